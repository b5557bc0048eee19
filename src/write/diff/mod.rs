//! Changes between two states of the plans: in words, as data, as a workbook.

mod input;
pub mod json;
mod summary;
mod table;
mod whole;
pub mod words;

use rust_xlsxwriter::XlsxError;

use crate::diff::Diff;
use crate::finding::{Lang, Wording};
use crate::workbook::{self, About, Book, Formats, Sheet, Style};
use input::SheetInput;
pub use input::{DiffSource, colour};

/// The workbook cannot be written: too many rows for a sheet.
#[derive(Debug, thiserror::Error)]
#[error("the workbook of changes cannot be put together: {0}")]
pub struct ComparisonError(#[from] XlsxError);

/// A sheet.
struct DiffTab {
    name: Wording,
    fill: fn(SheetInput<'_>, &mut Sheet<'_>) -> workbook::Result,
}

/// The sheets in their order.
static TABS: [DiffTab; 3] = [
    DiffTab { name: Wording::of("요약", "Summary"), fill: summary::fill },
    DiffTab { name: table::NAME, fill: table::fill },
    DiffTab { name: Wording::of("지표 대비", "KPIs side by side"), fill: whole::fill },
];

/// The workbook as bytes, the same for the same input: a summary, a table of the changes with old and new side by
/// side, and the KPIs that changed, whole.
///
/// # Errors
/// When a sheet would need more rows than Excel has.
pub fn workbook(
    diff: &Diff<'_>,
    old: &DiffSource,
    new: &DiffSource,
    style: Style,
    lang: Lang,
) -> Result<Vec<u8>, ComparisonError> {
    let input = SheetInput { diff, old, new, lang };
    let formats = Formats::of(style);
    let about = About { title: &input.title(), subject: "", company: "", year: diff.new.year };
    let mut book = Book::new(&formats, Some(about))?;
    for tab in &TABS {
        let mut sheet = book.sheet(tab.name.pick(lang))?;
        (tab.fill)(input, &mut sheet)?;
        sheet.finish()?;
    }
    Ok(book.save()?)
}

#[cfg(test)]
mod tests;
