//! The summary: how much changed, organisation by organisation.

use rust_xlsxwriter::XlsxError;

use super::{Input, colour, real, table, title, words};
use crate::diff::Kind;
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet, internal};

const HEADING: u32 = 4;
/// The kinds that have a column.
const KINDS: [Kind; 5] = [Kind::Changed, Kind::Added, Kind::Removed, Kind::Renamed, Kind::Moved];

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let lang = input.lang;
    let name = (lang.pick("조직", "Organisation").to_owned(), 34.0);
    let kinds = KINDS
        .into_iter()
        .chain([Kind::Notation, Kind::Unfilled])
        .map(|kind| (words::kind(kind, lang).to_owned(), 13.0));
    let note = (lang.pick("알림", "Note").to_owned(), 40.0);
    [name].into_iter().chain(kinds).chain([note]).collect()
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let (diff, lang) = (input.diff, input.lang);
    sheet.title(&title(input), &words::summary(diff, lang))?;
    let (old, new) = (&input.old.name, &input.new.name);
    let sources = lang.pick(format!("이전: {old} · 이후: {new}"), format!("Old: {old} · new: {new}"));
    sheet.worksheet.write_string_with_format(2, 0, sources, &sheet.formats.note)?;
    let (mut row, mut first) = (HEADING, table::HEADING + 1);
    for plan in diff.plans.iter().filter(|plan| !plan.changes.is_empty()) {
        row += 1;
        let lines = u32::try_from(real(plan).count()).unwrap_or(u32::MAX);
        let link = plan.is_changed().then(|| internal(input.sheets()[1], first));
        sheet.link(row, 0, &plan.org, link, CellStyle::Body)?;
        for (col, kind) in (1..).zip(KINDS) {
            let count = plan.changes.iter().filter(|change| change.kind == kind).count();
            number(sheet, row, col, count, CellStyle::Severity(colour(kind)))?;
        }
        let notation = plan.changes.iter().filter(|change| change.kind == Kind::Notation).count();
        number(sheet, row, 6, notation, CellStyle::Muted)?;
        let unfilled = plan.changes.iter().filter(|change| change.kind == Kind::Unfilled).count();
        number(sheet, row, 7, unfilled, CellStyle::Muted)?;
        sheet.text(row, 8, "", CellStyle::Body, CellFormat::Text(0))?;
        first += lines;
    }
    for plan in &diff.not_compared {
        row += 1;
        sheet.text(row, 0, &plan.org, CellStyle::Body, CellFormat::Text(0))?;
        for col in 1..8 {
            sheet.text(row, col, "", CellStyle::Body, CellFormat::Centre)?;
        }
        sheet.text(row, 8, &words::not_compared(plan, lang), CellStyle::Body, CellFormat::Text(0))?;
    }
    sheet.table(HEADING, row, 1)
}

/// A count, nothing for none.
fn number(sheet: &mut Sheet<'_>, row: u32, col: u16, count: usize, look: CellStyle) -> Result<(), XlsxError> {
    if count == 0 {
        sheet.text(row, col, "", CellStyle::Body, CellFormat::Centre)
    } else {
        sheet.count(row, col, count, look)
    }
}
