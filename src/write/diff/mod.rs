//! Changes between two states of the plans: in words, as data, as a workbook.

pub mod json;
mod summary;
mod table;
mod whole;
pub mod words;

use rust_xlsxwriter::XlsxError;

use crate::diff::{Change, Diff, Kind, PlanDiff};
use crate::finding::{Lang, Severity, Wording};
use crate::workbook::{self, About, Book, Formats, Sheet, Style};

/// The workbook cannot be written: too many rows for a sheet.
#[derive(Debug, thiserror::Error)]
#[error("the workbook of changes cannot be put together: {0}")]
pub struct ComparisonError(#[from] XlsxError);

/// One side of the comparison: its name and link base in the workbook.
#[derive(Clone, Debug)]
pub struct Source {
    /// The folder or workbook as it was typed.
    pub name: String,
    /// The base folder of its files, relative to the workbook.
    pub links_base: Option<String>,
}

/// The input of every sheet.
#[derive(Clone, Copy)]
struct SheetInput<'a> {
    diff: &'a Diff<'a>,
    old: &'a Source,
    new: &'a Source,
    lang: Lang,
}

impl SheetInput<'_> {
    /// The workbook's title.
    fn title(&self) -> String {
        let name = &self.diff.new.name;
        let en = format!("{name}: performance plans, old and new");
        self.lang.pick(format!("{name} 성과관리계획 신·구 대비"), en)
    }
}

/// A sheet.
struct Tab {
    name: Wording,
    fill: fn(SheetInput<'_>, &mut Sheet<'_>) -> workbook::Result,
}

/// The sheets in their order.
static TABS: [Tab; 3] = [
    Tab { name: Wording::of("요약", "Summary"), fill: summary::fill },
    Tab { name: table::NAME, fill: table::fill },
    Tab { name: Wording::of("지표 대비", "KPIs side by side"), fill: whole::fill },
];

/// The changes of a plan, without notation-only changes and unfilled values.
fn real(plan: &PlanDiff) -> impl Iterator<Item = &Change> {
    plan.changes.iter().filter(|change| change.kind.is_change())
}

/// The colour of a kind: added, removed or changed.
pub fn colour(kind: Kind) -> Severity {
    match kind {
        Kind::Added => Severity::Info,
        Kind::Removed => Severity::Error,
        Kind::Renamed | Kind::Moved | Kind::Changed | Kind::Notation | Kind::Unfilled => Severity::Warning,
    }
}

/// The workbook as bytes, the same for the same input: a summary, a table of the changes with old and new side by
/// side, and the KPIs that changed, whole.
///
/// # Errors
/// When a sheet would need more rows than Excel has.
pub fn workbook(
    diff: &Diff<'_>,
    old: &Source,
    new: &Source,
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
