//! The formats of cells, made once per workbook.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::format::CellFormat;
use super::house::{Style, TEXT_SIZE, TITLE_SIZE, color};
use crate::finding::Severity;
use crate::project::colour::{Rgb, WHITE, mixed};

/// A cell's style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellStyle {
    /// Ordinary.
    Body,
    /// Waived, or less important.
    Muted,
    /// Repeated from above, on one line.
    Repeated,
    /// Bold.
    Strong,
    /// A band above a group of rows; its text overflows into empty cells.
    Band,
    /// A band above a smaller group.
    SubBand,
    /// A column's heading.
    Heading,
    /// Coloured by severity.
    Severity(Severity),
    /// The old value of a change.
    Old,
    /// The new value of a change.
    New,
    /// To be filled in: not locked on a protected sheet.
    Input,
}

impl CellStyle {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        use CellStyle::{Band, Body, Heading, Input, Muted, New, Old, Repeated, Strong, SubBand};
        let marked = [Severity::Error, Severity::Warning, Severity::Info].map(Self::Severity);
        let plain = [Body, Muted, Repeated, Strong, Band, SubBand, Heading, Old, New, Input];
        plain.into_iter().chain(marked)
    }

    /// Whether long text wraps.
    pub fn wraps(self) -> bool {
        !matches!(self, Self::Repeated | Self::Band)
    }

    pub(super) fn format(self, style: &Style) -> Format {
        let base = style
            .plain()
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_border_color(color(style.line));
        let base = if self.wraps() { base.set_text_wrap() } else { base };
        let fill = |format: Format, fill: Rgb| format.set_background_color(color(fill));
        let severity = |severity: Severity, format: Format| {
            let colours = style.severity(severity);
            fill(format.set_font_color(color(colours.ink)), colours.fill)
        };
        match self {
            Self::Body => base,
            Self::Muted | Self::Repeated => base.set_font_color(color(style.muted)),
            Self::Strong => base.set_bold(),
            Self::Band => fill(base.set_bold(), style.band),
            Self::SubBand => fill(base.set_bold(), style.sub_band),
            Self::Heading => fill(base.set_bold().set_font_color(color(style.on_accent)), style.accent)
                .set_align(FormatAlign::Center),
            Self::Old => severity(Severity::Error, base),
            Self::New => severity(Severity::Info, base),
            Self::Input => fill(base, style.answer).set_unlocked(),
            Self::Severity(own) => severity(own, base.set_bold()).set_align(FormatAlign::Center),
        }
    }
}

/// The formats of a workbook, made once.
#[derive(Debug)]
pub struct Formats {
    /// The style they are made from.
    pub style: Style,
    styles: Vec<CellStyle>,
    set: Vec<CellFormat>,
    /// Each style in each format.
    cells: Vec<Format>,
    /// A sheet's title.
    pub title: Format,
    /// The line below it.
    pub note: Format,
    /// The heading of a block on a sheet.
    pub section: Format,
    /// A link outside tables.
    pub nav_link: Format,
    /// Conditional: cells to be filled in.
    pub entry: Format,
    /// Conditional: proposed values that may be changed.
    pub proposed: Format,
    /// Conditional: wrong values.
    pub wrong: Format,
    /// Conditional: correct values.
    pub right: Format,
}

impl Formats {
    /// Makes the formats of a style.
    pub fn of(style: Style) -> Self {
        let (styles, set) = (CellStyle::all().collect::<Vec<_>>(), CellFormat::all().collect::<Vec<_>>());
        let cells = styles.iter().flat_map(|own| {
            let plain = own.format(&style);
            set.iter().map(|set| set.apply(plain.clone(), &style)).collect::<Vec<_>>()
        });
        let over = |severity| {
            let colours = style.severity(severity);
            Format::new().set_font_color(color(colours.ink)).set_background_color(color(colours.fill))
        };
        Self {
            cells: cells.collect(),
            styles,
            set,
            title: style.text(TITLE_SIZE, style.title).set_bold(),
            note: style.text(TEXT_SIZE, style.muted),
            section: style.text(12.0, style.title).set_bold(),
            nav_link: style.text(TEXT_SIZE, style.link),
            entry: Format::new().set_background_color(color(style.answer)),
            proposed: over(Severity::Info).set_italic(),
            wrong: over(Severity::Error).set_bold(),
            right: Format::new().set_background_color(color(mixed(style.reached, WHITE, 0.85))),
            style,
        }
    }

    /// The format of a cell.
    pub fn cell(&self, style: CellStyle, format: CellFormat) -> &Format {
        let row = self.styles.iter().position(|own| *own == style).unwrap_or(0);
        let column = self.set.iter().position(|own| *own == format).unwrap_or(0);
        &self.cells[row * self.set.len() + column]
    }
}
