//! The sheet of findings: one line per finding, with its cell as a link to the workbook.

use super::tab::{CascadeInput, FilledTab, HEADING};
use crate::finding::{Finding, Reader, Wording};
use crate::workbook::{Columns, Sheet, Table};
use crate::write::finding_cells;
use crate::write::words::told::FindingColumn;

pub(super) const NAME: Wording = Wording::of("지적사항", "Findings");

/// The row of the finding at `index` on this sheet.
pub(super) fn row_of(index: usize) -> u32 {
    finding_cells::row_of(HEADING, index)
}

fn columns(input: CascadeInput<'_>) -> Columns<'_, Finding> {
    let width = |told: FindingColumn| match told {
        FindingColumn::Severity | FindingColumn::Code => 8.0,
        FindingColumn::File => 30.0,
        FindingColumn::Cell => 7.0,
        FindingColumn::Organisation => 20.0,
        FindingColumn::Field => 12.0,
        FindingColumn::Message => 46.0,
        FindingColumn::Found | FindingColumn::Expected => 14.0,
        FindingColumn::ToDo => 36.0,
        FindingColumn::Id => 17.0,
        FindingColumn::Answer => 24.0,
        _ => 15.0,
    };
    let list = FindingColumn::CITY.map(|told| (told, width(told)));
    finding_cells::columns(list, Reader::Office, input.lang, move |told, finding, cell| match told {
        // The cell links to the finding's location; without a cell, the file does.
        FindingColumn::Cell => cell.linked(input.link(&finding.at)),
        FindingColumn::File if finding.at.cell.is_none() => cell.linked(input.link(&finding.at)),
        _ => cell,
    })
}

pub(super) fn fill(input: CascadeInput<'_>, sheet: &mut Sheet<'_>) -> FilledTab {
    let lang = input.lang;
    let title = lang.pick("지적 사항", "Findings");
    let note = lang.pick(
        "심각한 것부터, 같은 것끼리는 책의 순서로 적었습니다. 셀을 누르면 해당 통합 문서가 열립니다.",
        "Most severe first, then in book order. A cell opens the workbook it stands in.",
    );
    sheet.title(title, note)?;
    let mut table = Table::new(sheet, HEADING, columns(input))?;
    table.lines(sheet, input.findings.iter())?;
    table.finish(sheet, 2).map(Some)
}
