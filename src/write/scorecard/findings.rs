//! The sheet of the plan's findings.

use super::input::CardInput;
use super::places::CardPlaces;
use crate::finding::{Finding, Reader};
use crate::workbook::link::internal;
use crate::workbook::{self, Cell, CellStyle, Columns, Sheet, Table};
use crate::write::finding_cells;
use crate::write::words::told::FindingColumn;

const HEADING: u32 = 2;

/// The row of the finding at `index` on this sheet.
pub(super) fn row_of(index: usize) -> u32 {
    finding_cells::row_of(HEADING, index)
}

fn columns<'a>(input: &'a CardInput<'_>, places: &'a CardPlaces) -> Columns<'a, Finding> {
    let width = |told: FindingColumn| match told {
        FindingColumn::Severity | FindingColumn::Code => 8.0,
        FindingColumn::Place | FindingColumn::Answer => 20.0,
        FindingColumn::Kpi => 26.0,
        FindingColumn::Field => 12.0,
        FindingColumn::Message => 46.0,
        FindingColumn::Found | FindingColumn::Expected => 14.0,
        FindingColumn::ToDo => 38.0,
        FindingColumn::Id => 17.0,
        _ => 15.0,
    };
    let list = FindingColumn::SCORECARD.map(|told| (told, width(told)));
    finding_cells::columns(list, Reader::ScorecardOwner, input.lang, move |told, finding, cell| match told {
        FindingColumn::Kpi => kpi(input, places, finding),
        _ => cell,
    })
}

/// The finding's KPI, linked to its row of the scorecard.
fn kpi(input: &CardInput<'_>, places: &CardPlaces, finding: &Finding) -> Cell {
    let name = finding.row.and_then(|row| input.plan.rows.get(row)).map_or("", |row| &row.kpi.text);
    let at = finding.row.and_then(|row| places.kpis.get(row));
    let target = at.map(|&row| internal(&input.sheets()[0], row));
    Cell::link(name, target).styled_if(finding.waived.is_some(), CellStyle::Muted)
}

pub(super) fn fill(input: &CardInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result {
    let lang = input.lang;
    let note = match input.findings.len() {
        0 => lang.pick("지적 사항이 없습니다.", "Nothing was found.").to_owned(),
        count => lang.pick(
            format!("{count}건, 심각한 것부터. 위치는 낸 파일의 셀입니다. 성과지표를 누르면 성과표의 그 줄로 갑니다."),
            format!("{count}, most severe first. The place is that in the workbook as sent; a KPI leads to its row of the scorecard."),
        ),
    };
    sheet.title(lang.pick("지적 사항", "Findings"), &note)?;
    let places = CardPlaces::of(input);
    let mut table = Table::new(sheet, HEADING, columns(input, &places))?;
    table.lines(sheet, input.findings.iter().copied())?;
    table.finish(sheet, 2)?;
    Ok(())
}
