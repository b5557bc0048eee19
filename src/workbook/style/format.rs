//! Cell formats: alignment and number formats.

use rust_xlsxwriter::{Format, FormatAlign};

use super::house::{Style, color};

/// A cell's alignment or number format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellFormat {
    /// Text from the left, indented by steps; at most [`CellFormat::MAX_INDENT`].
    Text(u8),
    /// Centred text.
    Centre,
    /// A number with decimals, thousands separated or not; at most [`CellFormat::MAX_DECIMALS`].
    Number(u8, bool),
    /// A count, by `[style.numbers]`.
    Count,
    /// A sum of weights, likewise.
    Weight,
    /// A share (0–1) as a percentage, likewise.
    Percent,
    /// A score, likewise.
    Score,
    /// A link.
    Link,
    /// A number with all its decimals.
    General,
    /// A share as a percentage with all its decimals.
    FullShare,
    /// A share as a signed change in percent.
    Change,
    /// A signed change in percentage points.
    Points,
}

impl CellFormat {
    /// The deepest indent.
    pub const MAX_INDENT: u8 = 6;
    /// The most decimals a number format keeps.
    pub const MAX_DECIMALS: u8 = 6;

    pub(super) fn all() -> impl Iterator<Item = Self> {
        use CellFormat::{Centre, Change, Count, FullShare, General, Link, Percent, Points, Score, Weight};
        let fixed = [Centre, Link, Count, Weight, Percent, Score, General, FullShare, Change, Points];
        let numbers = (0..=Self::MAX_DECIMALS).flat_map(|d| [Self::Number(d, false), Self::Number(d, true)]);
        fixed.into_iter().chain((0..=Self::MAX_INDENT).map(Self::Text)).chain(numbers)
    }

    pub(super) fn apply(self, format: Format, style: &Style) -> Format {
        let number = |pattern: &str| format.clone().set_align(FormatAlign::Right).set_num_format(pattern);
        match self {
            Self::Text(0) => format,
            Self::Text(indent) => format.set_align(FormatAlign::Left).set_indent(indent),
            Self::Centre => format.set_align(FormatAlign::Center),
            Self::Number(decimals, grouped) => number(&aside(&number_pattern(decimals, grouped))),
            Self::Count => number(&aside(&style.numbers.count)),
            Self::Weight => number(&aside(&style.numbers.weight)),
            Self::Percent => number(&aside(&style.numbers.percent)),
            Self::Score => number(&aside(&style.numbers.score)),
            Self::Link => format.set_font_color(color(style.link)),
            Self::General => format.set_align(FormatAlign::Right),
            Self::FullShare => number("0.0########%"),
            Self::Change => number("+0.0%_);-0.0%_);0.0%_)"),
            Self::Points => number(r#"+0.0"%p"_);-0.0"%p"_);0.0"%p"_)"#),
        }
    }
}

/// The number format with this many decimals, thousands separated or not.
pub fn number_pattern(decimals: u8, grouped: bool) -> String {
    let whole = if grouped { "#,##0" } else { "0" };
    let point = if decimals == 0 { "" } else { "." };
    format!("{whole}{point}{}", "0".repeat(usize::from(decimals)))
}

/// A number format padded by the width of a bracket on the right. A format of several sections is unchanged.
fn aside(pattern: &str) -> String {
    if pattern.contains(';') { pattern.to_owned() } else { format!("{pattern}_)") }
}
