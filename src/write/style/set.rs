//! How cells are set: where text stands, how numbers look.

use rust_xlsxwriter::{Format, FormatAlign};

use super::{Style, color};

/// How a cell's content is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// Text from the left, so many steps in; at most [`Set::MAX_INDENT`].
    Text(u8),
    /// Text in the middle.
    Centre,
    /// A number with so many decimals, thousands separated or not; at most [`Set::MAX_DECIMALS`].
    Number(u8, bool),
    /// A count, by `[style.numbers]`.
    Count,
    /// A sum of weights, likewise.
    Weight,
    /// A share or an achievement, likewise.
    Percent,
    /// A score, likewise.
    Score,
    /// A link.
    Link,
    /// A number with all its decimals.
    General,
    /// A part of 1 as a percentage with one decimal.
    Share,
    /// The same with all its decimals.
    FullShare,
    /// A part of 1 as a change in percent, with its sign.
    Change,
    /// A change in percentage points, with its sign.
    Points,
}

impl Set {
    /// The deepest indent.
    pub const MAX_INDENT: u8 = 6;
    /// The most decimals a number keeps its look with.
    pub const MAX_DECIMALS: u8 = 6;
    pub(super) const COUNT: usize =
        11 + Self::MAX_INDENT as usize + 1 + 2 * (Self::MAX_DECIMALS as usize + 1);

    /// Its place among [`Set::all`].
    pub(super) fn index(self) -> usize {
        match self {
            Set::Centre => 0,
            Set::Link => 1,
            Set::Count => 2,
            Set::Weight => 3,
            Set::Percent => 4,
            Set::Score => 5,
            Set::General => 6,
            Set::Share => 7,
            Set::FullShare => 8,
            Set::Change => 9,
            Set::Points => 10,
            Set::Text(indent) => 11 + usize::from(indent.min(Self::MAX_INDENT)),
            Set::Number(decimals, grouped) => {
                let numbers = 12 + usize::from(Self::MAX_INDENT);
                numbers + 2 * usize::from(decimals.min(Self::MAX_DECIMALS)) + usize::from(grouped)
            }
        }
    }

    pub(super) fn all() -> impl Iterator<Item = Set> {
        let numbers = (0..=Self::MAX_DECIMALS).flat_map(|d| [Set::Number(d, false), Set::Number(d, true)]);
        let fixed = [Set::Centre, Set::Link, Set::Count, Set::Weight, Set::Percent, Set::Score];
        let worked_out = [Set::General, Set::Share, Set::FullShare, Set::Change, Set::Points];
        let fixed = fixed.into_iter().chain(worked_out);
        fixed.chain((0..=Self::MAX_INDENT).map(Set::Text)).chain(numbers)
    }

    pub(super) fn apply(self, format: Format, style: &Style) -> Format {
        let number = |pattern: &str| format.clone().set_align(FormatAlign::Right).set_num_format(pattern);
        match self {
            Set::Text(0) => format,
            Set::Text(indent) => format.set_align(FormatAlign::Left).set_indent(indent),
            Set::Centre => format.set_align(FormatAlign::Center),
            Set::Number(decimals, grouped) => {
                let whole = if grouped { "#,##0" } else { "0" };
                let point = if decimals == 0 { "" } else { "." };
                let zeros = "0".repeat(usize::from(decimals));
                number(&aside(&format!("{whole}{point}{zeros}")))
            }
            Set::Count => number(&aside(&style.numbers.count)),
            Set::Weight => number(&aside(&style.numbers.weight)),
            Set::Percent => number(&aside(&style.numbers.percent)),
            Set::Score => number(&aside(&style.numbers.score)),
            Set::Link => format.set_font_color(color(style.link)),
            Set::General => format.set_align(FormatAlign::Right),
            Set::Share => number("0.0%_)"),
            Set::FullShare => number("0.0########%"),
            Set::Change => number("+0.0%_);-0.0%_);0.0%_)"),
            Set::Points => number(r#"+0.0"%p"_);-0.0"%p"_);0.0"%p"_)"#),
        }
    }
}

/// A number format that keeps the width of a bracket free before the cell's edge. One of several parts stays as it is.
fn aside(pattern: &str) -> String {
    if pattern.contains(';') { pattern.to_owned() } else { format!("{pattern}_)") }
}
