//! Colours, derived from the accent so that text in and on them is legible.

use serde::Serialize;

use crate::project::Rgb;
use crate::project::colour::{WHITE, contrast, hex, mixed, readable};

/// The colours of the book, as `#rrggbb`.
#[derive(Serialize)]
pub(super) struct Look {
    /// Areas in the city's colour.
    band: String,
    /// Text on such areas.
    on_band: String,
    /// Titles and strong rules: the accent, dark enough to be legible on white.
    accent: String,
    /// Headers of tables.
    tint: String,
    /// The column of perspectives.
    faint: String,
}

const INK: Rgb = [0x1d, 0x2a, 0x3a];

impl Look {
    /// Derives the colours from `accent`.
    pub(super) fn new(accent: Rgb) -> Self {
        let text = readable(accent, INK, WHITE);
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
