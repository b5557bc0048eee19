//! The sheet of unlinked rows: rows without a parent KPI, and rows that no child cites.

use super::tab::{CascadeInput, FilledTab, HEADING};
use crate::consolidate::{UnlinkedReason, UnlinkedRow};
use crate::finding::Wording;
use crate::workbook::{Cell, CellStyle, Columns, Sheet, Table};
use crate::write::words;

pub(super) const NAME: Wording = Wording::of("미연결", "UnlinkedRow rows");

fn columns(input: CascadeInput<'_>) -> Columns<'_, UnlinkedRow> {
    let CascadeInput { city, lang, .. } = input;
    let own = |loose: &UnlinkedRow| city.row(loose.row);
    Columns::<UnlinkedRow>::new(lang)
        .column(("사유", "Reason"), 30.0, move |loose| {
            let reason = Cell::text(words::loose(loose.reason, lang));
            reason.styled_if(loose.reason == UnlinkedReason::NotCited, CellStyle::Muted)
        })
        .column(("조직", "Organisation"), 24.0, move |loose| city.org(loose.row))
        .column(("상위 조직", "Parent"), 20.0, move |loose| {
            Cell::text(city.parent_name(loose.row.plan)).muted()
        })
        .column(("인용한 전략목표", "Cited objective"), 28.0, move |loose| {
            &own(loose).parent_objective.text
        })
        .column(("인용한 성과지표", "Cited KPI"), 28.0, move |loose| &own(loose).parent_kpi.text)
        .column(("전략목표", "Objective"), 28.0, move |loose| &own(loose).objective.text)
        .column(("핵심성과지표", "KPI"), 32.0, move |loose| &own(loose).kpi.text)
        .named(input.target_heading(), 13.0, move |loose| Cell::value(city.written(loose.row, city.year)))
        .column(("단위", "Unit"), 9.0, move |loose| Cell::text(&own(loose).unit.text.text).centred())
        .column(("원본", "Source"), 22.0, move |loose| input.source(loose.row))
}

pub(super) fn fill(input: CascadeInput<'_>, sheet: &mut Sheet<'_>) -> FilledTab {
    let lang = input.lang;
    let title = lang.pick("연계되지 않은 지표", "Unlinked rows");
    let note = lang.pick(
        "상위 계획과 이어지지 않은 지표, 그리고 하위 조직이 있는데도 아무도 인용하지 않은 지표입니다.",
        "Rows that lead up to nothing, and rows of a plan with children that none of them cites.",
    );
    sheet.title(title, note)?;
    let mut table = Table::new(sheet, HEADING, columns(input))?;
    table.lines(sheet, &input.city.unlinked)?;
    if input.city.unlinked.is_empty() {
        table.none(sheet, lang.pick("연계되지 않은 것이 없습니다", "Every row is linked"))?;
    }
    table.finish(sheet, 2).map(Some)
}
