//! The index of initiative codes: a line for each place that mentions one.

use super::tab::{CascadeInput, FilledTab, HEADING};
use crate::consolidate::RowId;
use crate::plan::{Field, Initiatives, PlanId};
use crate::source::Place;
use crate::workbook::{Cell, Columns, Sheet, Table};

/// A place that mentions a code.
struct CodeMention<'c> {
    /// The sort key: owner (0 for a code with a prefix), prefix and number, so that 2 sorts before 10.
    order: (usize, &'c str, u64, &'c str),
    code: &'c str,
    name: &'c str,
    plan: PlanId,
    row: Option<usize>,
    at: Place,
}

/// A place that mentions a code, and the number of such places.
type CodeLine<'c> = (&'c CodeMention<'c>, usize);

fn columns(input: CascadeInput<'_>) -> Columns<'_, CodeLine<'_>> {
    let CascadeInput { city, lang, .. } = input;
    let plan = |own: &CodeMention<'_>| &city.plans[own.plan];
    let row = move |own: &CodeMention<'_>| own.row.map(|row| &plan(own).rows[row]);
    Columns::<CodeLine<'_>>::new(lang)
        .column(("코드", "Code"), 16.0, |(own, _)| Cell::text(own.code).strong())
        .column(("주요사업", "Initiative"), 30.0, |(own, _)| own.name)
        .column(("적은 곳 수", "Named"), 10.0, |(_, count)| Cell::count(*count).muted())
        .column(("조직", "Organisation"), 28.0, move |(own, _)| &plan(own).org)
        .column(("전략목표", "Objective"), 32.0, move |(own, _)| {
            row(own).map_or("", |row| &row.objective.text)
        })
        .column(("핵심성과지표", "KPI"), 38.0, move |(own, _)| match row(own) {
            Some(row) => Cell::text(&row.kpi.text),
            None => Cell::text(lang.pick("(표 아래 기타 주요사업)", "(listed below the table)")).muted(),
        })
        .column(("적은 곳", "Source"), 24.0, move |(own, _)| input.place(&own.at))
}

pub(super) fn fill(input: CascadeInput<'_>, sheet: &mut Sheet<'_>) -> FilledTab {
    let lang = input.lang;
    let title = lang.pick("주요사업 코드 찾아보기", "Index of initiative codes");
    let note = lang.pick(
        "코드마다 그것을 적은 지표와 자리입니다. 앞글자가 없는 번호는 그 조직의 번호이며, 표 아래 기타 주요사업도 들어 있습니다.",
        "Each code with the KPIs that name it. A number without a prefix is the organisation's own; lists below the \
         tables are included.",
    );
    sheet.title(title, note)?;
    let uses = gather(input);
    let mut table = Table::new(sheet, HEADING, columns(input))?;
    for same in uses.chunk_by(|a, b| a.order == b.order) {
        for own in same {
            table.line(sheet, &(own, same.len()))?;
        }
    }
    table.finish(sheet, 1).map(Some)
}

/// Every place that mentions a code, sorted by code.
fn gather(input: CascadeInput<'_>) -> Vec<CodeMention<'_>> {
    let city = input.city;
    let mut uses = Vec::new();
    for (index, plan) in city.numbered_plans() {
        for (row, own) in plan.rows.iter().enumerate() {
            let at = city.place(RowId { plan: index, row }, Field::Code);
            uses.extend(named(&own.initiatives, index, Some(row), &at));
        }
        for footnote in &plan.footnotes {
            let at = Place {
                file: plan.file.clone(),
                sheet: Some(footnote.sheet.clone()),
                cell: footnote.text.cell,
            };
            uses.extend(named(&footnote.initiatives, index, None, &at));
        }
    }
    uses.sort_by_key(|own| own.order);
    uses
}

fn named<'c>(
    initiatives: &'c Initiatives,
    plan: PlanId,
    row: Option<usize>,
    at: &Place,
) -> impl Iterator<Item = CodeMention<'c>> {
    initiatives.codes.iter().map(move |code| {
        let (prefix, number) = code.rsplit_once('-').unwrap_or(("", code));
        // Numbers without a prefix are the organisation's own and sort last, by organisation.
        let own = if prefix.is_empty() { plan.number() } else { 0 };
        let order = (own, prefix, number.parse().unwrap_or(u64::MAX), &**code);
        CodeMention {
            order,
            code,
            name: initiatives.name.as_deref().unwrap_or_default(),
            plan,
            row,
            at: at.clone(),
        }
    })
}
