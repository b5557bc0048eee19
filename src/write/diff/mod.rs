//! What changed between two states of the plans: in words, as data, as a workbook.

pub mod json;
mod summary;
mod table;
mod whole;
pub mod words;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::diff::{Change, Diff, Kind, PlanDiff, Side};
use crate::finding::{Lang, Severity};
use crate::workbook::{Column, Sheet, external};
use crate::workbook::{Formats, Style};

/// The workbook cannot be put together: more rows than a sheet holds.
#[derive(Debug, thiserror::Error)]
#[error("the workbook of changes cannot be put together: {0}")]
pub struct ComparisonError(#[from] XlsxError);

/// One side of the comparison, as the workbook calls it and links to it.
#[derive(Clone, Debug)]
pub struct Source {
    /// The folder or workbook as it was typed.
    pub name: String,
    /// The folder that its files are relative to, as seen from where the workbook will lie.
    pub links_base: Option<String>,
}

/// What every sheet is given.
#[derive(Clone, Copy)]
struct Input<'a> {
    diff: &'a Diff<'a>,
    old: &'a Source,
    new: &'a Source,
    lang: Lang,
}

impl Input<'_> {
    /// The names of the sheets, in their order.
    fn sheets(&self) -> [&'static str; 3] {
        self.lang.pick(["요약", "신구대비표", "지표 대비"], ["Summary", "Changes", "KPIs side by side"])
    }

    fn links(&self) -> [Option<&str>; 2] {
        [self.old.links_base.as_deref(), self.new.links_base.as_deref()]
    }
}

/// The changes of a plan that are more than notation, and no blanks of a form.
fn real(plan: &PlanDiff) -> impl Iterator<Item = &Change> {
    plan.changes.iter().filter(|change| change.kind.is_change())
}

/// Cell of and link to one side of a change.
fn place(side: Option<&Side>, base: Option<&str>) -> (String, Option<String>) {
    let Some(place) = side.and_then(|side| side.place.as_ref()) else { return Default::default() };
    let cell = place.cell.map(|cell| cell.to_string()).unwrap_or_default();
    let shown = format!("{}!{cell}", place.sheet.as_deref().unwrap_or_default());
    (shown, base.and_then(|base| external(base, place)))
}

/// The colour of a kind: what is new, what is gone, what is other than it was.
pub fn colour(kind: Kind) -> Severity {
    match kind {
        Kind::Added => Severity::Info,
        Kind::Removed => Severity::Error,
        Kind::Renamed | Kind::Moved | Kind::Changed | Kind::Notation | Kind::Unfilled => Severity::Warning,
    }
}

/// The columns of a sheet.
type Columns = fn(Input<'_>) -> Vec<Column>;
/// Fills a sheet.
type Fill = fn(Input<'_>, &mut Sheet<'_>) -> Result<(), XlsxError>;

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
    let input = Input { diff, old, new, lang };
    let formats = Formats::of(style);
    let mut book = Workbook::new();
    book.set_default_format(&formats.style.plain(), 20, 64)?;
    book.set_properties(&properties(input)?);
    let sheets: [(Columns, Fill); 3] =
        [(summary::columns, summary::fill), (table::columns, table::fill), (whole::columns, whole::fill)];
    for (name, (columns, fill)) in input.sheets().into_iter().zip(sheets) {
        let mut sheet = Sheet::new(book.add_worksheet(), &formats, name, columns(input))?;
        fill(input, &mut sheet)?;
        sheet.finish()?;
    }
    Ok(book.save_to_buffer()?)
}

/// Title and a date that does not depend on the clock: the first day of the new plan year.
fn properties(input: Input<'_>) -> Result<DocProperties, XlsxError> {
    let year = input.diff.new.year;
    let year = u16::try_from(year).ok().filter(|year| (1900..=9999).contains(year)).unwrap_or(2000);
    Ok(DocProperties::new()
        .set_title(title(input))
        .set_author("planbook")
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, 1, 1)?))
}

fn title(input: Input<'_>) -> String {
    let name = &input.diff.new.name;
    input
        .lang
        .pick(format!("{name} 성과관리계획 신·구 대비"), format!("{name}: performance plans, old and new"))
}

#[cfg(test)]
mod tests;
