//! The house style: fonts and colours of all outputs.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format};

use crate::finding::Severity;
use crate::project::colour::{Rgb, WHITE, contrast, mixed, readable};
use crate::project::{Config, NumberFormats};
use crate::text::{NameKey, Names};

/// The font of workbooks: part of every Korean Windows, substituted elsewhere.
const FONT: &str = "맑은 고딕";

/// Text size in tables, in points.
pub const TEXT_SIZE: f64 = 10.0;

/// Size of sheet titles, in points.
pub(super) const TITLE_SIZE: f64 = 16.0;

/// Text.
pub(super) const INK: Rgb = [0x1F, 0x29, 0x33];

/// Text that is repeated or matters less.
const MUTED: Rgb = [0x8A, 0x94, 0xA0];

/// Lines between cells.
const LINE: Rgb = [0xC9, 0xD1, 0xD9];

/// Links.
const LINK: Rgb = [0x0B, 0x5C, 0xAD];

/// Behind cells to fill in.
const ANSWER: Rgb = [0xFF, 0xF9, 0xE5];

/// Achieved results.
const REACHED: Rgb = [0x2E, 0x7D, 0x4F];

/// Perspectives without a colour in planbook.toml, in the order of the plans. Distinguishable by colour-blind
/// readers (after Okabe and Ito).
pub(super) const PERSPECTIVES: [Rgb; 6] = [
    [0x00, 0x72, 0xB2],
    [0xD5, 0x7F, 0x00],
    [0x00, 0x8E, 0x68],
    [0xB0, 0x5A, 0x8C],
    [0x4F, 0x9C, 0xC9],
    [0x8A, 0x7A, 0x10],
];

/// The colours of a severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeverityColours {
    /// Text, on white and on `fill`.
    pub ink: Rgb,
    /// Fill behind text.
    pub fill: Rgb,
    /// Fill of a marked cell in a department's workbook; stronger than `fill`, text on it stays legible.
    pub mark: Rgb,
}

pub(super) const SEVERITIES: [SeverityColours; 3] = [
    SeverityColours { ink: [0x9C, 0x1C, 0x1C], fill: [0xFA, 0xDB, 0xD8], mark: [0xF4, 0xB8, 0xB0] },
    SeverityColours { ink: [0x7A, 0x52, 0x00], fill: [0xFD, 0xEB, 0xC8], mark: [0xFC, 0xE0, 0x8C] },
    SeverityColours { ink: [0x28, 0x52, 0x7A], fill: [0xE3, 0xED, 0xF7], mark: [0xC0, 0xDC, 0xF4] },
];

impl SeverityColours {
    /// Tints of `colour`: light, but always visible on white.
    pub(super) fn tints_of(colour: Rgb) -> Self {
        let tint = |least: f64| {
            let parts = (0..=90).rev().map(|percent| mixed(colour, WHITE, f64::from(percent) / 100.0));
            parts.into_iter().find(|&tint| contrast(tint, WHITE) >= least).unwrap_or(colour)
        };
        let fill = tint(1.2);
        Self { ink: readable(colour, INK, fill), fill, mark: tint(1.5) }
    }
}

/// The house style.
#[derive(Clone, Debug)]
pub struct Style {
    /// The font of workbooks.
    pub font: String,
    /// Text.
    pub ink: Rgb,
    /// Text that is repeated or matters less.
    pub muted: Rgb,
    /// Titles: the accent, dark enough to be legible on white.
    pub title: Rgb,
    /// Behind headings: the accent.
    pub accent: Rgb,
    /// Text on [`Style::accent`].
    pub on_accent: Rgb,
    /// A band above a group of rows.
    pub band: Rgb,
    /// A second, lighter band.
    pub sub_band: Rgb,
    /// Lines between cells.
    pub line: Rgb,
    /// Links.
    pub link: Rgb,
    /// Behind cells to fill in.
    pub answer: Rgb,
    /// Achieved results.
    pub reached: Rgb,
    /// Formats of numbers that planbook calculates.
    pub numbers: NumberFormats,
    severities: [SeverityColours; 3],
    names: Names,
    perspectives: BTreeMap<NameKey, Rgb>,
}

impl Default for Style {
    fn default() -> Self {
        Self::of(&Config::default())
    }
}

impl Style {
    /// The house style with the overrides of `[style]`.
    pub fn of(config: &Config) -> Self {
        let own = &config.style;
        let accent = own.accent;
        let given = [own.severity.error, own.severity.warning, own.severity.info];
        let severities = std::array::from_fn(|i| given[i].map_or(SEVERITIES[i], SeverityColours::tints_of));
        let names = config.names();
        let perspectives = own.perspectives.iter().map(|(name, colour)| (names.key(name), *colour)).collect();
        Self {
            font: own.font.as_deref().map_or(FONT, str::trim).to_owned(),
            ink: INK,
            muted: MUTED,
            title: readable(accent, INK, WHITE),
            accent,
            on_accent: if contrast(accent, WHITE) >= contrast(accent, INK) { WHITE } else { INK },
            band: mixed(accent, WHITE, 0.82),
            sub_band: mixed(accent, WHITE, 0.92),
            line: LINE,
            link: LINK,
            answer: ANSWER,
            reached: REACHED,
            numbers: own.numbers.clone(),
            severities,
            names,
            perspectives,
        }
    }

    /// The colours of a severity.
    pub fn severity(&self, severity: Severity) -> SeverityColours {
        self.severities[severity as usize]
    }

    /// The colour of a perspective, the `nth` to occur.
    pub fn perspective(&self, name: &str, nth: usize) -> Rgb {
        let given = self.perspectives.get(&self.names.key(name)).copied();
        given.unwrap_or(PERSPECTIVES[nth % PERSPECTIVES.len()])
    }

    /// A light tint of a perspective's colour, for text backgrounds.
    pub fn perspective_tint(&self, name: &str, nth: usize) -> Rgb {
        mixed(self.perspective(name, nth), WHITE, 0.82)
    }

    /// Plain text of a size and colour.
    pub fn text(&self, size: f64, ink: Rgb) -> Format {
        Format::new().set_font_name(&self.font).set_font_size(size).set_font_color(color(ink))
    }

    /// The default cell format.
    pub fn plain(&self) -> Format {
        self.text(TEXT_SIZE, self.ink)
    }
}

/// Converts a colour for rust_xlsxwriter.
pub fn color([red, green, blue]: Rgb) -> Color {
    Color::RGB(u32::from_be_bytes([0, red, green, blue]))
}
