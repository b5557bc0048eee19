//! The colours of the page, light and dark, made from those of the house style.
//!
//! The house style only has colours for paper. The dark colours are mixed from them. Text colours are moved
//! towards black or white until they are readable on their background, so that any house colours make a
//! readable page.

use std::fmt::Write;

use crate::finding::Severity;
use crate::project::colour::{Rgb, WHITE, contrast, hex, mixed};
use crate::workbook::Style;

/// The minimum contrast of text is 4.5 (WCAG 2.2, success criterion 1.4.3). Dark mode needs more to be as
/// readable.
const TEXT: f64 = 5.2;
const TEXT_IN_THE_DARK: f64 = 7.0;

/// The dark background, before the house colour is mixed in.
const NIGHT: Rgb = [0x0E, 0x13, 0x18];

/// The surfaces of a theme: the page, and the cards on it.
struct Theme<'a> {
    style: &'a Style,
    paper: Rgb,
    card: Rgb,
    dark: bool,
}

/// The CSS rules that define a variable for each colour and for the font.
pub(super) fn variables(style: &Style) -> String {
    let light = Theme { style, paper: mixed(WHITE, style.sub_band, 0.55), card: WHITE, dark: false };
    let paper = mixed(NIGHT, style.accent, 0.10);
    let dark = Theme { style, paper, card: mixed(paper, WHITE, 0.055), dark: true };
    let font = style.font.replace(['"', '\\', '<'], "");
    format!(
        ":root{{color-scheme:light;--font:\"{font}\",\"Malgun Gothic\",\"Apple SD Gothic Neo\",\"Noto Sans KR\",\"Noto Sans CJK KR\",\
         NanumGothic,system-ui,sans-serif;{}}}\n@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{}}}}}",
        light.rules(),
        dark.rules()
    )
}

impl Theme<'_> {
    fn rules(&self) -> String {
        // `surface` converts a colour of the house style to one for a background.
        let style = self.style;
        let surface = |light: Rgb, tint: Rgb| if self.dark { mixed(self.card, tint, 0.26) } else { light };
        let head = if self.dark { mixed(self.paper, style.accent, 0.45) } else { style.accent };
        let text = if self.dark { TEXT_IN_THE_DARK } else { TEXT };
        // Text is on the page, on cards and on bands; the contrast is lowest on the band.
        let band = surface(style.band, style.accent);
        let mut colours = vec![
            ("paper", self.paper),
            ("card", self.card),
            ("ink", readable(style.ink, self.paper, 11.0)),
            ("muted", readable(style.muted, band, text)),
            ("accent", readable(style.accent, band, text)),
            ("link", readable(style.link, band, text)),
            ("head", head),
            ("on-head", readable(style.on_accent, head, 7.0)),
            ("band", band),
            ("sub-band", if self.dark { mixed(self.card, style.accent, 0.16) } else { style.sub_band }),
            ("line", if self.dark { mixed(self.card, WHITE, 0.16) } else { style.line }),
        ];
        let severities = [
            ("error", "error-fill", Severity::Error),
            ("warning", "warning-fill", Severity::Warning),
            ("info", "info-fill", Severity::Info),
        ];
        for (name, fill_name, severity) in severities {
            let (ink, fill) = (style.severity(severity).ink, style.severity(severity).fill);
            let fill = surface(fill, ink);
            // The colour is also used for text on a card.
            let ink = readable(readable(ink, fill, text), self.card, text);
            colours.extend([(name, ink), (fill_name, fill)]);
        }
        colours.iter().fold(String::new(), |mut rules, (name, rgb)| {
            let _ = write!(rules, "--{name}:{};", hex(*rgb));
            rules
        })
    }
}

/// `ink`, or the nearest colour to it towards black or white that has at least the contrast `least` with
/// `ground`.
fn readable(ink: Rgb, ground: Rgb, least: f64) -> Rgb {
    let end = if contrast(WHITE, ground) > contrast([0; 3], ground) { WHITE } else { [0; 3] };
    let steps = (0..=20).map(|step| mixed(ink, end, f64::from(step) / 20.0));
    steps.into_iter().find(|&ink| contrast(ink, ground) >= least).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::colour::parse;

    #[test]
    fn any_colour_becomes_readable_on_any_ground() {
        let some = ["#000000", "#ffffff", "#12161b", "#767676", "#fadbd8", "#8a94a0", "#9c1c1c"]
            .map(|text| parse(text).unwrap());
        for ground in some {
            for ink in some {
                assert!(
                    contrast(readable(ink, ground, 4.5), ground) >= 4.5,
                    "{} on {}",
                    hex(ink),
                    hex(ground)
                );
            }
        }
        let ink = Style::default().ink;
        assert_eq!(readable(ink, WHITE, 4.5), ink);
    }

    #[test]
    fn both_themes_name_the_same_colours() {
        let names = |rules: &str| -> Vec<String> {
            rules.split(';').filter_map(|rule| Some(rule.split_once(':')?.0.to_owned())).collect()
        };
        let style = Style::default();
        let theme = |dark: bool| Theme { style: &style, paper: WHITE, card: WHITE, dark }.rules();
        let [light, dark] = [theme(false), theme(true)];
        assert_eq!(names(&light), names(&dark));
    }
}
