//! One workbook, from its file to its plans.

use std::path::Path;
use std::sync::Arc;

use super::grid::{AffectedCells, Grid};
use super::outcome::{Contents, ReadError, Remark, RemarkKind, WorkbookKind};
use super::plain::PlainSheet;
use super::sniff::{DetectedFile, sniff};
use super::table::{self, Vocabulary};
use super::{answers, delimited, document, html, mhtml, ods, scorecard, spreadsheet_xml, xls, xlsb, xlsx};
use crate::project::Config;

/// Reads one workbook in this process. `file` is the file name its plans get, relative to the plan-year
/// folder.
pub fn read_workbook(path: &Path, file: &Arc<str>, config: &Config) -> Result<Contents, ReadError> {
    read_source(sniff(path)?, path, file, &Vocabulary::of(&config.labels, &config.forms))
}

/// Reads a workbook whose format is known.
pub(super) fn read_source(
    source: DetectedFile,
    path: &Path,
    file: &Arc<str>,
    words: &Vocabulary,
) -> Result<Contents, ReadError> {
    let mut grids = grids(source, path)?;
    let answers = answers::take(&mut grids);
    let kind = scorecard::take(&mut grids).map_or(WorkbookKind::Own, WorkbookKind::Scorecard);
    let mut contents = Contents { answers, kind, ..table::plans(file, &grids, words) };
    contents.remarks.extend(unread_remarks(&grids));
    Ok(contents)
}

/// Remarks on what could not be read.
fn unread_remarks(grids: &[Grid]) -> Vec<Remark> {
    let remark = |grid: &Grid, kind| Remark { sheet: grid.name.clone(), cell: None, plan: None, kind };
    let of = |kind: fn(Vec<String>, usize) -> RemarkKind, cells: fn(&Grid) -> &AffectedCells| {
        let some = grids.iter().map(move |grid| (grid, cells(grid))).filter(|(_, cells)| cells.count > 0);
        some.map(move |(grid, cells)| remark(grid, kind(cells.first.clone(), cells.count)))
    };
    let cells = of(RemarkKind::UnreadCells, |grid| &grid.unread)
        .chain(of(RemarkKind::LostLetters, |grid| &grid.lost))
        .chain(of(RemarkKind::OpenQuotes, |grid| &grid.open_quotes))
        .chain(of(RemarkKind::DroppedLetters, |grid| &grid.dropped));
    let missing: Vec<&Grid> = grids.iter().filter(|grid| grid.unread.whole).collect();
    let names = missing.iter().take(5).map(|grid| grid.name.clone()).collect();
    let sheets = missing.first().map(|first| remark(first, RemarkKind::MissingSheets(names, missing.len())));
    sheets.into_iter().chain(cells).collect()
}

/// The sheets as shown, without planbook's review sheet.
pub(super) fn plain_sheets(source: DetectedFile, path: &Path) -> Result<Vec<PlainSheet>, ReadError> {
    let mut grids = grids(source, path)?;
    // Drop the review sheet; its answers were read before.
    answers::take(&mut grids);
    Ok(grids.into_iter().map(PlainSheet::of).collect())
}

/// The sheets of a file.
pub(super) fn grids(source: DetectedFile, path: &Path) -> Result<Vec<Grid>, ReadError> {
    Ok(match source {
        DetectedFile::Xlsx(mut package) => xlsx::read(&mut package)?,
        DetectedFile::Xlsb(mut package) => xlsb::read(&xlsb::take_parts(&mut package)?)?,
        DetectedFile::Ods(mut package) => ods::read(&mut package)?,
        DetectedFile::Xls(book) => xls::read(&book, path)?,
        DetectedFile::Docx(mut package) => document::read_docx(&mut package)?,
        DetectedFile::Hwpx(mut package) => document::read_hwpx(&mut package)?,
        DetectedFile::Delimited => delimited::read(path)?,
        DetectedFile::Html => html::read(path)?,
        DetectedFile::Mhtml => mhtml::read(path)?,
        DetectedFile::SpreadsheetXml => spreadsheet_xml::read(path)?,
    })
}
