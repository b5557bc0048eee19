//! How cells are set: where text stands, how numbers look.

use rust_xlsxwriter::{Format, FormatAlign};

use super::{Style, color};

/// How a cell's content is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellFormat {
    /// Text from the left, so many steps in; at most [`CellFormat::MAX_INDENT`].
    Text(u8),
    /// Text in the middle.
    Centre,
    /// A number with so many decimals, thousands separated or not; at most [`CellFormat::MAX_DECIMALS`].
    Number(u8, bool),
    /// A count, by `[style.numbers]`.
    Count,
    /// A sum of weights, likewise.
    Weight,
    /// A part of 1 as a percentage, likewise.
    Percent,
    /// A score, likewise.
    Score,
    /// A link.
    Link,
    /// A number with all its decimals.
    General,
    /// A part of 1 as a percentage with all its decimals.
    FullShare,
    /// A part of 1 as a change in percent, with its sign.
    Change,
    /// A change in percentage points, with its sign.
    Points,
}

impl CellFormat {
    /// The deepest indent.
    pub const MAX_INDENT: u8 = 6;
    /// The most decimals a number keeps its look with.
    pub const MAX_DECIMALS: u8 = 6;
    pub(super) const COUNT: usize =
        10 + Self::MAX_INDENT as usize + 1 + 2 * (Self::MAX_DECIMALS as usize + 1);

    /// Its place among [`CellFormat::all`].
    pub(super) fn index(self) -> usize {
        match self {
            CellFormat::Centre => 0,
            CellFormat::Link => 1,
            CellFormat::Count => 2,
            CellFormat::Weight => 3,
            CellFormat::Percent => 4,
            CellFormat::Score => 5,
            CellFormat::General => 6,
            CellFormat::FullShare => 7,
            CellFormat::Change => 8,
            CellFormat::Points => 9,
            CellFormat::Text(indent) => 10 + usize::from(indent.min(Self::MAX_INDENT)),
            CellFormat::Number(decimals, grouped) => {
                let numbers = 11 + usize::from(Self::MAX_INDENT);
                numbers + 2 * usize::from(decimals.min(Self::MAX_DECIMALS)) + usize::from(grouped)
            }
        }
    }

    pub(super) fn all() -> impl Iterator<Item = CellFormat> {
        let numbers = (0..=Self::MAX_DECIMALS)
            .flat_map(|d| [CellFormat::Number(d, false), CellFormat::Number(d, true)]);
        let fixed = [
            CellFormat::Centre,
            CellFormat::Link,
            CellFormat::Count,
            CellFormat::Weight,
            CellFormat::Percent,
            CellFormat::Score,
        ];
        let worked_out = [CellFormat::General, CellFormat::FullShare, CellFormat::Change, CellFormat::Points];
        let fixed = fixed.into_iter().chain(worked_out);
        fixed.chain((0..=Self::MAX_INDENT).map(CellFormat::Text)).chain(numbers)
    }

    pub(super) fn apply(self, format: Format, style: &Style) -> Format {
        let number = |pattern: &str| format.clone().set_align(FormatAlign::Right).set_num_format(pattern);
        match self {
            CellFormat::Text(0) => format,
            CellFormat::Text(indent) => format.set_align(FormatAlign::Left).set_indent(indent),
            CellFormat::Centre => format.set_align(FormatAlign::Center),
            CellFormat::Number(decimals, grouped) => number(&aside(&number_pattern(decimals, grouped))),
            CellFormat::Count => number(&aside(&style.numbers.count)),
            CellFormat::Weight => number(&aside(&style.numbers.weight)),
            CellFormat::Percent => number(&aside(&style.numbers.percent)),
            CellFormat::Score => number(&aside(&style.numbers.score)),
            CellFormat::Link => format.set_font_color(color(style.link)),
            CellFormat::General => format.set_align(FormatAlign::Right),
            CellFormat::FullShare => number("0.0########%"),
            CellFormat::Change => number("+0.0%_);-0.0%_);0.0%_)"),
            CellFormat::Points => number(r#"+0.0"%p"_);-0.0"%p"_);0.0"%p"_)"#),
        }
    }
}

/// The number format of so many decimals, thousands separated or not.
pub fn number_pattern(decimals: u8, grouped: bool) -> String {
    let whole = if grouped { "#,##0" } else { "0" };
    let point = if decimals == 0 { "" } else { "." };
    format!("{whole}{point}{}", "0".repeat(usize::from(decimals)))
}

/// A number format that keeps the width of a bracket free before the cell's edge. One of several parts stays as it is.
fn aside(pattern: &str) -> String {
    if pattern.contains(';') { pattern.to_owned() } else { format!("{pattern}_)") }
}
