//! The content and format of cells.

use super::style::{CellFormat, CellStyle};
use crate::finding::Severity;
use crate::plan::value::Number;

/// A formula with its cached result, for programs that do not calculate. planbook composes it; it never holds
/// a plan's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// The formula.
    pub text: String,
    /// Its cached result; empty where there is none.
    pub result: String,
}

impl Formula {
    /// A formula with the cached `result`.
    pub fn new(text: impl Into<String>, result: impl ToString) -> Self {
        Self { text: text.into(), result: result.to_string() }
    }
}

/// A cell's content.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum CellContent {
    /// Nothing, and no borders.
    Nothing,
    /// Text; borders only where it is empty.
    Text(String),
    Number(f64),
    Formula(Formula),
    Link {
        text: String,
        target: Option<String>,
    },
}

/// A cell: content, style and format.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub(super) content: CellContent,
    pub(super) style: CellStyle,
    pub(super) format: CellFormat,
}

impl Cell {
    fn of(content: CellContent, format: CellFormat) -> Self {
        Self { content, style: CellStyle::Body, format }
    }

    /// No cell: neither content nor borders.
    pub fn nothing() -> Self {
        Self::of(CellContent::Nothing, CellFormat::Text(0))
    }

    /// An empty cell with borders.
    pub fn blank() -> Self {
        Self::text("")
    }

    /// Text.
    pub fn text(text: &str) -> Self {
        Self::of(CellContent::Text(text.to_owned()), CellFormat::Text(0))
    }

    /// A value: a number that displays exactly as written if possible, else text.
    pub fn value(text: &str) -> Self {
        match as_number(text) {
            Some((number, format)) => Self::number(number, format),
            None => Self::text(text).centred(),
        }
    }

    /// A number.
    pub fn number(number: f64, format: CellFormat) -> Self {
        Self::of(CellContent::Number(number), format)
    }

    /// A number, or a blank cell for none.
    pub fn number_or_blank(number: Option<f64>, format: CellFormat) -> Self {
        number.map_or_else(|| Self::blank().centred(), |number| Self::number(number, format))
    }

    /// A count.
    #[allow(
        clippy::cast_precision_loss,
        reason = "no count comes near the 53 bits that a float holds exactly"
    )]
    pub fn count(count: usize) -> Self {
        Self::number(count as f64, CellFormat::Count)
    }

    /// A count in `style`, or an ordinary blank cell for 0.
    pub fn count_or_blank(count: usize, style: CellStyle) -> Self {
        if count == 0 { Self::blank().centred() } else { Self::count(count).styled(style) }
    }

    /// A formula.
    pub fn formula(formula: Formula, format: CellFormat) -> Self {
        Self::of(CellContent::Formula(formula), format)
    }

    /// Text as a link, or plain text where `target` is none or the sheet has no links left.
    pub fn link(text: &str, target: Option<String>) -> Self {
        Self::text(text).linked(target)
    }

    /// The same cell as a link, on the same conditions.
    pub fn linked(self, target: Option<String>) -> Self {
        match self.content {
            CellContent::Text(text) => Self { content: CellContent::Link { text, target }, ..self },
            _ => self,
        }
    }

    /// The same in another style.
    pub fn styled(self, style: CellStyle) -> Self {
        Self { style, ..self }
    }

    /// The same in another style where `it` holds.
    pub fn styled_if(self, it: bool, style: CellStyle) -> Self {
        if it { self.styled(style) } else { self }
    }

    /// The same in the colours of a severity.
    pub fn marked(self, severity: Severity) -> Self {
        self.styled(CellStyle::Severity(severity))
    }

    /// The same in bold.
    pub fn strong(self) -> Self {
        self.styled(CellStyle::Strong)
    }

    /// The same in muted text.
    pub fn muted(self) -> Self {
        self.styled(CellStyle::Muted)
    }

    /// The same, centred.
    pub fn centred(self) -> Self {
        Self { format: CellFormat::Centre, ..self }
    }

    /// The same, indented by `steps`, up to the deepest indent.
    pub fn indented(self, steps: usize) -> Self {
        let steps = u8::try_from(steps).unwrap_or(u8::MAX).min(CellFormat::MAX_INDENT);
        Self { format: CellFormat::Text(steps), ..self }
    }

    /// The number it holds.
    pub(super) fn as_number(&self) -> Option<f64> {
        match self.content {
            CellContent::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// Text converts to a text cell.
impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::text(text.as_ref())
    }
}

/// The number [`Cell::value`] stores for `text`, if any.
pub fn number_in(text: &str) -> Option<f64> {
    as_number(text).map(|(number, _)| number)
}

/// The number in `text`, and the format that displays it exactly as written.
pub fn as_number(text: &str) -> Option<(f64, CellFormat)> {
    let number = Number::parse_plain(text)?;
    let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let grouped = text.contains(',');
    // `007`, `+5`, `△3` and numbers of more than 15 digits would be displayed differently.
    let plain = text.replace(',', "");
    let faithful = format!("{number:.decimals$}") == plain && plain.len() <= 16;
    // Below 1,000 there is no separator to show.
    let decimals = u8::try_from(decimals).ok().filter(|&decimals| decimals <= CellFormat::MAX_DECIMALS)?;
    faithful.then_some((number, CellFormat::Number(decimals, grouped)))
}
