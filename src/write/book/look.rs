//! Colours, made from the accent so that text on them and in them can be read.

use serde::Serialize;

use crate::project::Rgb;

/// The colours of the book, as `#rrggbb`.
#[derive(Serialize)]
pub(super) struct Look {
    /// Areas in the city's colour.
    band: String,
    /// Text on such areas.
    on_band: String,
    /// Titles and strong rules: the accent, dark enough to be read on white.
    accent: String,
    /// Headers of tables.
    tint: String,
    /// The column of perspectives.
    faint: String,
}

const WHITE: Rgb = [255; 3];
const INK: Rgb = [0x1d, 0x2a, 0x3a];

/// The least contrast of text that WCAG 2.2 asks for (1.4.3).
const READABLE: f64 = 4.5;

impl Look {
    /// The colours around `accent`.
    pub(super) fn new(accent: Rgb) -> Self {
        let dark = (0..=100).map(|percent| mixed(accent, INK, f64::from(percent) / 100.0));
        let text = dark.into_iter().find(|&colour| contrast(colour, WHITE) >= READABLE).unwrap_or(INK);
        let on_band = if contrast(accent, WHITE) >= contrast(accent, INK) { WHITE } else { INK };
        Self {
            band: hex(accent),
            on_band: hex(on_band),
            accent: hex(text),
            tint: hex(mixed(accent, WHITE, 0.89)),
            faint: hex(mixed(accent, WHITE, 0.95)),
        }
    }
}

/// `one` with so large a `part` of `other` in it.
fn mixed(one: Rgb, other: Rgb, part: f64) -> Rgb {
    std::array::from_fn(|i| (f64::from(one[i]) * (1.0 - part) + f64::from(other[i]) * part).round() as u8)
}

/// Contrast ratio of two colours (WCAG 2.2).
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance (WCAG 2.2).
fn luminance(colour: Rgb) -> f64 {
    let linear = colour.map(|channel| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dark_accent_is_taken_as_it_is() {
        let look = Look::new([0x1f, 0x4e, 0x79]);
        assert_eq!((look.accent.as_str(), look.on_band.as_str()), ("#1f4e79", "#ffffff"));
    }

    #[test]
    fn a_light_accent_stays_on_areas_and_is_darkened_in_text() {
        let look = Look::new([0xff, 0xe0, 0x33]);
        assert_eq!((look.band.as_str(), look.on_band.as_str()), ("#ffe033", "#1d2a3a"));
        assert_ne!(look.accent, look.band);
    }
}
