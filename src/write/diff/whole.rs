//! The KPIs that changed, whole: a line as it was above a line as it is, what differs in colour.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::XlsxError;

use super::{Input, real};
use crate::diff::{Item, PlanDiff, RowPair};
use crate::plan::{Content, Field};
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet};
use crate::write::words as outputs;

const HEADING: u32 = 2;

/// The columns of the plan table, with every year of either side that a row to be shown has.
fn fields(input: Input<'_>) -> Vec<Field> {
    let mut years = BTreeSet::new();
    for plan in input.diff.changed_plans() {
        for (city, at) in [(input.diff.old, plan.old), (input.diff.new, plan.new)] {
            years.extend(at.into_iter().flat_map(|at| &city.plans[at].years).map(|column| column.year));
        }
    }
    Field::of_table(years).collect()
}

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let lang = input.lang;
    let org = (lang.pick("조직", "Organisation").to_owned(), 16.0);
    let side = (lang.pick("신구", "Side").to_owned(), 7.0);
    let fields = fields(input)
        .into_iter()
        .map(|field| (outputs::field(field, lang), field.column().map_or(11.0, |column| column.width)));
    [org, side].into_iter().chain(fields).collect()
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let lang = input.lang;
    let note = lang.pick(
        "바뀐 지표의 행을 이전과 이후로 나란히 적었습니다. 바뀐 칸에 색이 있습니다.",
        "The rows of the KPIs that changed, as they were and as they are. What differs is coloured.",
    );
    sheet.title(lang.pick("지표 대비", "KPIs side by side"), note)?;
    let fields = fields(input);
    let mut at = HEADING;
    for plan in input.diff.changed_plans() {
        let mut changed: BTreeMap<RowPair, BTreeSet<Field>> = BTreeMap::new();
        for change in real(plan) {
            for row in &change.rows {
                changed.entry(*row).or_default().extend(column(change.item));
            }
        }
        for row in &plan.rows {
            if let Some(changed) = changed.get(row) {
                at = pair(input, sheet, at, (plan, row), changed, &fields)?;
            }
        }
    }
    sheet.table(HEADING, at, 2)
}

/// Writes a KPI's lines below `at` and gives the last of them.
fn pair(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    mut at: u32,
    (plan, row): (&PlanDiff, &RowPair),
    changed: &BTreeSet<Field>,
    fields: &[Field],
) -> Result<u32, XlsxError> {
    let lang = input.lang;
    let is_lone = row.old.is_none() || row.new.is_none();
    let sides = [
        (input.diff.old, plan.old.zip(row.old), lang.pick("이전", "old"), CellStyle::Old),
        (input.diff.new, plan.new.zip(row.new), lang.pick("이후", "new"), CellStyle::New),
    ];
    for (city, id, word, look) in sides {
        let Some((in_plan, in_row)) = id else { continue };
        at += 1;
        let indicator = &city.plans[in_plan].rows[in_row];
        sheet.text(at, 0, &plan.org, CellStyle::Body, CellFormat::Text(0))?;
        sheet.text(at, 1, word, look, CellFormat::Centre)?;
        for (col, &field) in (2..).zip(fields) {
            let look = if is_lone || changed.contains(&field) { look } else { CellStyle::Body };
            let text = indicator.text_of(field, &city.plans[in_plan].years).map_or("", |text| &text.text);
            match field.content() {
                Content::Number | Content::Value => sheet.value(at, col, text, look)?,
                _ => sheet.text(at, col, text, look, CellFormat::Text(0))?,
            }
        }
    }
    Ok(at)
}

/// The column that a change colours.
fn column(item: Item) -> Option<Field> {
    match item {
        Item::Kpi | Item::Order => Some(Field::Kpi),
        Item::PerspectiveWeight => Some(Field::Perspective),
        Item::Value { year, .. } => Some(Field::Year(year)),
        Item::Field(field) => Some(field),
        Item::Plan | Item::Title | Item::Parent | Item::Years | Item::Footnote => None,
    }
}
