//! The house style of everything planbook hands out: fonts, colours, and the cell formats of its workbooks.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::finding::Severity;

/// The font of workbooks; every Korean Windows has it, and others replace it.
pub const FONT: &str = "맑은 고딕";
/// Size of text in tables, in points.
pub const TEXT_SIZE: f64 = 10.0;
/// Size of a sheet's title, in points.
pub const TITLE_SIZE: f64 = 16.0;

/// Colours as `0xRRGGBB`.
pub mod colour {
    /// Text.
    pub const INK: u32 = 0x1F2933;
    /// Text that is repeated or matters less.
    pub const MUTED: u32 = 0x8A94A0;
    /// Titles and headings.
    pub const ACCENT: u32 = 0x1F4E79;
    /// Text on [`ACCENT`].
    pub const ON_ACCENT: u32 = 0xFFFFFF;
    /// A band over a group of rows.
    pub const BAND: u32 = 0xD6E4F0;
    /// A second, lighter band.
    pub const SUB_BAND: u32 = 0xEEF4F9;
    /// Lines between cells.
    pub const LINE: u32 = 0xC9D1D9;
    /// Links.
    pub const LINK: u32 = 0x0B5CAD;
    /// Errors, on white and as text on [`ERROR_FILL`].
    pub const ERROR: u32 = 0x9C1C1C;
    /// Behind errors.
    pub const ERROR_FILL: u32 = 0xFADBD8;
    /// Warnings.
    pub const WARNING: u32 = 0x7A5200;
    /// Behind warnings.
    pub const WARNING_FILL: u32 = 0xFDEBC8;
    /// What is worth knowing.
    pub const INFO: u32 = 0x28527A;
    /// Behind what is worth knowing.
    pub const INFO_FILL: u32 = 0xE3EDF7;
    /// Behind cells that wait for an entry.
    pub const ENTRY_FILL: u32 = 0xFFF6CC;
    /// Behind what is as it should be.
    pub const RIGHT_FILL: u32 = 0xDFF1E3;
}

/// Text colour and fill of a severity.
pub fn severity_colours(severity: Severity) -> (u32, u32) {
    match severity {
        Severity::Error => (colour::ERROR, colour::ERROR_FILL),
        Severity::Warning => (colour::WARNING, colour::WARNING_FILL),
        Severity::Info => (colour::INFO, colour::INFO_FILL),
    }
}

/// What a cell looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Ordinary.
    Body,
    /// Settled, or of less weight.
    Muted,
    /// Repeated from above, on one line.
    Repeated,
    /// In bold.
    Strong,
    /// A line over a group of rows, its text running on over empty cells.
    Band,
    /// A line over a smaller group.
    SubBand,
    /// A column's heading.
    Heading,
    /// Coloured by severity.
    Severity(Severity),
    /// As it was, where it changed.
    Old,
    /// As it is, where it changed.
    New,
}

impl Look {
    const ALL: [Look; 12] = [
        Look::Body,
        Look::Muted,
        Look::Repeated,
        Look::Strong,
        Look::Band,
        Look::SubBand,
        Look::Heading,
        Look::Severity(Severity::Error),
        Look::Severity(Severity::Warning),
        Look::Severity(Severity::Info),
        Look::Old,
        Look::New,
    ];

    /// Whether long text goes on on a further line.
    pub fn wraps(self) -> bool {
        !matches!(self, Look::Repeated | Look::Band)
    }

    fn format(self) -> Format {
        let base = text(TEXT_SIZE, colour::INK)
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(colour::LINE));
        let base = if self.wraps() { base.set_text_wrap() } else { base };
        let fill = |format: Format, fill: u32| format.set_background_color(Color::RGB(fill));
        match self {
            Look::Body => base,
            Look::Muted | Look::Repeated => base.set_font_color(Color::RGB(colour::MUTED)),
            Look::Strong => base.set_bold(),
            Look::Band => fill(base.set_bold(), colour::BAND),
            Look::SubBand => fill(base.set_bold(), colour::SUB_BAND),
            Look::Heading => {
                fill(base.set_bold().set_font_color(Color::RGB(colour::ON_ACCENT)), colour::ACCENT)
                    .set_align(FormatAlign::Center)
            }
            Look::Old => fill(base.set_font_color(Color::RGB(colour::ERROR)), colour::ERROR_FILL),
            Look::New => fill(base.set_font_color(Color::RGB(colour::INFO)), colour::INFO_FILL),
            Look::Severity(severity) => {
                let (ink, behind) = severity_colours(severity);
                fill(base.set_bold().set_font_color(Color::RGB(ink)), behind).set_align(FormatAlign::Center)
            }
        }
    }
}

/// How a cell's content is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// Text from the left, so many steps in; at most [`Set::MAX_INDENT`].
    Text(u8),
    /// Text in the middle.
    Centre,
    /// A number with so many decimals, thousands separated or not; at most [`Set::MAX_DECIMALS`].
    Number(u8, bool),
    /// A link.
    Link,
}

impl Set {
    /// The deepest indent.
    pub const MAX_INDENT: u8 = 6;
    /// The most decimals a number keeps its look with.
    pub const MAX_DECIMALS: u8 = 6;
    const COUNT: usize = 2 + Self::MAX_INDENT as usize + 1 + 2 * (Self::MAX_DECIMALS as usize + 1);

    fn all() -> impl Iterator<Item = Set> {
        let numbers = (0..=Self::MAX_DECIMALS).flat_map(|d| [Set::Number(d, false), Set::Number(d, true)]);
        [Set::Centre, Set::Link].into_iter().chain((0..=Self::MAX_INDENT).map(Set::Text)).chain(numbers)
    }

    fn apply(self, format: Format) -> Format {
        match self {
            Set::Text(0) => format,
            Set::Text(indent) => format.set_align(FormatAlign::Left).set_indent(indent),
            Set::Centre => format.set_align(FormatAlign::Center),
            Set::Number(decimals, grouped) => {
                let whole = if grouped { "#,##0" } else { "0" };
                let point = if decimals == 0 { "" } else { "." };
                let zeros = "0".repeat(usize::from(decimals));
                // `_)` keeps the width of a bracket free before the cell's edge.
                let pattern = format!("{whole}{point}{zeros}_)");
                format.set_align(FormatAlign::Right).set_num_format(pattern)
            }
            Set::Link => format.set_font_color(Color::RGB(colour::LINK)),
        }
    }
}

/// The formats of a workbook, made once.
#[derive(Debug)]
pub struct Formats {
    cells: Vec<Format>,
    /// A sheet's title.
    pub title: Format,
    /// The line below it.
    pub note: Format,
    /// The heading of a block on a sheet.
    pub section: Format,
    /// Laid by condition over cells that wait for an entry.
    pub entry: Format,
    /// Laid by condition over what is proposed and may be changed.
    pub proposed: Format,
    /// Laid by condition over what is wrong.
    pub wrong: Format,
    /// Laid by condition over what is as it should be.
    pub right: Format,
}

impl Formats {
    /// The house style.
    pub fn new() -> Self {
        let cells =
            Look::ALL.iter().flat_map(|look| Set::all().map(move |set| set.apply(look.format()))).collect();
        Self {
            cells,
            title: text(TITLE_SIZE, colour::ACCENT).set_bold(),
            note: text(TEXT_SIZE, colour::MUTED),
            section: text(12.0, colour::ACCENT).set_bold(),
            entry: Format::new().set_background_color(Color::RGB(colour::ENTRY_FILL)),
            proposed: Format::new()
                .set_italic()
                .set_font_color(Color::RGB(colour::INFO))
                .set_background_color(Color::RGB(colour::INFO_FILL)),
            wrong: Format::new()
                .set_bold()
                .set_font_color(Color::RGB(colour::ERROR))
                .set_background_color(Color::RGB(colour::ERROR_FILL)),
            right: Format::new().set_background_color(Color::RGB(colour::RIGHT_FILL)),
        }
    }

    /// The format of a cell.
    pub fn cell(&self, look: Look, set: Set) -> &Format {
        let look = Look::ALL.iter().position(|&other| other == look).unwrap_or(0);
        let set = Set::all().position(|other| other == set).unwrap_or(0);
        &self.cells[look * Set::COUNT + set]
    }
}

impl Default for Formats {
    fn default() -> Self {
        Self::new()
    }
}

/// Plain text of a size and colour.
pub fn text(size: f64, ink: u32) -> Format {
    Format::new().set_font_name(FONT).set_font_size(size).set_font_color(Color::RGB(ink))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_and_setting_has_its_own_place() {
        assert_eq!(Set::all().count(), Set::COUNT);
        let formats = Formats::new();
        for look in Look::ALL {
            for set in Set::all() {
                assert_eq!(*formats.cell(look, set), set.apply(look.format()));
            }
        }
    }
}
