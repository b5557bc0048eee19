//! The colours of the page, light and dark, made from those of the house style.
//!
//! The house style knows paper only. The dark colours are mixed from it, and any colour of text is moved towards black or
//! white until it can be read on what it stands on, so that other house colours make a readable page, too.

use std::fmt::Write;

use crate::write::style::{self, colour};

/// Contrast that text needs at least is 4.5 (WCAG 2.2, success criterion 1.4.3). In the dark it takes more to read as well.
const TEXT: f64 = 5.2;
const TEXT_IN_THE_DARK: f64 = 7.0;

/// Surfaces of a theme: the page and what lies on it.
struct Theme {
    paper: u32,
    card: u32,
    dark: bool,
}

/// The style rules that give every colour and the font a name.
pub(super) fn variables() -> String {
    let light = Theme { paper: mix(0xFFFFFF, colour::SUB_BAND, 0.55), card: 0xFFFFFF, dark: false };
    let paper = mix(0x0E1318, colour::ACCENT, 0.10);
    let dark = Theme { paper, card: mix(paper, 0xFFFFFF, 0.055), dark: true };
    let font = style::FONT.replace(['"', '\\', '<'], "");
    format!(
        ":root{{color-scheme:light;--font:\"{font}\",\"Malgun Gothic\",\"Apple SD Gothic Neo\",\"Noto Sans KR\",\"Noto Sans CJK KR\",\
         NanumGothic,system-ui,sans-serif;{}}}\n@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{}}}}}",
        light.rules(),
        dark.rules()
    )
}

impl Theme {
    fn rules(&self) -> String {
        // What a colour of the house style comes to as a surface, and as text on the surface `on`.
        let surface = |light: u32, tint: u32| if self.dark { mix(self.card, tint, 0.26) } else { light };
        let head = if self.dark { mix(self.paper, colour::ACCENT, 0.45) } else { colour::ACCENT };
        let text = if self.dark { TEXT_IN_THE_DARK } else { TEXT };
        // Text stands on the page, on cards and on bands; the band is the worst of them.
        let band = surface(colour::BAND, colour::ACCENT);
        let mut colours = vec![
            ("paper", self.paper),
            ("card", self.card),
            ("ink", readable(colour::INK, self.paper, 11.0)),
            ("muted", readable(colour::MUTED, band, text)),
            ("accent", readable(colour::ACCENT, band, text)),
            ("link", readable(colour::LINK, band, text)),
            ("head", head),
            ("on-head", readable(colour::ON_ACCENT, head, 7.0)),
            ("band", band),
            ("sub-band", if self.dark { mix(self.card, colour::ACCENT, 0.16) } else { colour::SUB_BAND }),
            ("line", if self.dark { mix(self.card, 0xFFFFFF, 0.16) } else { colour::LINE }),
        ];
        let severities = [
            ("error", "error-fill", colour::ERROR, colour::ERROR_FILL),
            ("warning", "warning-fill", colour::WARNING, colour::WARNING_FILL),
            ("info", "info-fill", colour::INFO, colour::INFO_FILL),
        ];
        for (name, fill_name, ink, fill) in severities {
            let fill = surface(fill, ink);
            // It stands on the page, too.
            let ink = readable(readable(ink, fill, text), self.card, text);
            colours.extend([(name, ink), (fill_name, fill)]);
        }
        colours.iter().fold(String::new(), |mut rules, (name, rgb)| {
            let _ = write!(rules, "--{name}:#{rgb:06X};");
            rules
        })
    }
}

fn channels(rgb: u32) -> [f64; 3] {
    [16, 8, 0].map(|shift| f64::from((rgb >> shift) & 0xFF))
}

/// `part` of `other` mixed into `rgb`.
fn mix(rgb: u32, other: u32, part: f64) -> u32 {
    let mixed = channels(rgb).into_iter().zip(channels(other)).map(|(a, b)| a + (b - a) * part);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
    mixed.fold(0, |rgb, channel| (rgb << 8) | channel.round() as u32)
}

/// Relative luminance (WCAG 2.2).
fn luminance(rgb: u32) -> f64 {
    let linear = channels(rgb).map(|channel| {
        let part = channel / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// Contrast ratio (WCAG 2.2).
fn contrast(a: u32, b: u32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// `ink`, or the nearest to it on the way to black or white that has so much contrast with `ground`.
fn readable(ink: u32, ground: u32, least: f64) -> u32 {
    let end = if contrast(0xFFFFFF, ground) > contrast(0x000000, ground) { 0xFFFFFF } else { 0x000000 };
    let steps = (0..=20).map(|step| mix(ink, end, f64::from(step) / 20.0));
    steps.into_iter().find(|&ink| contrast(ink, ground) >= least).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_as_the_guidelines_have_it() {
        assert!((contrast(0xFFFFFF, 0x000000) - 21.0).abs() < 1e-9);
        assert!((contrast(0x777777, 0xFFFFFF) - 4.478).abs() < 1e-3);
    }

    #[test]
    fn any_colour_becomes_readable_on_any_ground() {
        for ground in [0x000000, 0xFFFFFF, 0x12161B, 0x767676, 0xFADBD8] {
            for ink in [0x000000, 0xFFFFFF, 0x8A94A0, 0x9C1C1C, 0x1F4E79, 0x7A5200] {
                assert!(contrast(readable(ink, ground, 4.5), ground) >= 4.5, "{ink:06X} on {ground:06X}");
            }
        }
        assert_eq!(readable(colour::INK, 0xFFFFFF, 4.5), colour::INK);
    }

    #[test]
    fn both_themes_name_the_same_colours() {
        let names = |rules: &str| -> Vec<String> {
            rules.split(';').filter_map(|rule| Some(rule.split_once(':')?.0.to_owned())).collect()
        };
        let [light, dark] = [false, true].map(|dark| Theme { paper: 0xFFFFFF, card: 0xFFFFFF, dark }.rules());
        assert_eq!(names(&light), names(&dark));
    }
}
