//! The changed KPIs in full: the old line above the new one, differences in colour.

use std::collections::{BTreeMap, BTreeSet};

use super::input::{SheetInput, real};
use crate::consolidate::City;
use crate::diff::{Item, PlanDiff, RowPair};
use crate::plan::{Content, Field, PlanId};
use crate::workbook::{self, Cell, CellStyle, Columns, Sheet, Table};
use crate::write::words as outputs;

const HEADING: u32 = 2;

/// The columns of the plan table, with every year that a shown row has on either side.
fn fields(input: SheetInput<'_>) -> Vec<Field> {
    let mut years = BTreeSet::new();
    for plan in input.diff.changed_plans() {
        for (city, at) in [(input.diff.old, plan.old), (input.diff.new, plan.new)] {
            years.extend(at.into_iter().flat_map(|at| &city.plans[at].years).map(|column| column.year));
        }
    }
    let is_there = |field: &Field| {
        !field.is_optional()
            || input.diff.changed_plans().any(|plan| {
                [(input.diff.old, plan.old), (input.diff.new, plan.new)]
                    .into_iter()
                    .any(|(city, at)| at.is_some_and(|at| city.plans[at].has(*field)))
            })
    };
    Field::of_table(years).filter(is_there).collect()
}

/// The old or new state of a KPI.
struct StateLine<'a> {
    org: &'a str,
    city: &'a City,
    plan: PlanId,
    row: usize,
    side: &'static str,
    style: CellStyle,
    /// The changed columns; none where the whole row was added or removed.
    changed: Option<&'a BTreeSet<Field>>,
}

impl StateLine<'_> {
    fn cell(&self, field: Field) -> Cell {
        let plan = &self.city.plans[self.plan];
        let text = plan.rows[self.row].text_of(field, &plan.years).map_or("", |text| &text.text);
        let cell = match field.content() {
            Content::Number | Content::Value => Cell::value(text),
            _ => Cell::text(text),
        };
        let differs = self.changed.is_none_or(|changed| changed.contains(&field));
        cell.styled_if(differs, self.style)
    }
}

fn columns<'a>(input: SheetInput<'_>) -> Columns<'a, StateLine<'a>> {
    let columns = Columns::<StateLine<'_>>::new(input.lang)
        .column(("조직", "Organisation"), 16.0, |line| line.org)
        .column(("신구", "Side"), 7.0, |line| Cell::text(line.side).styled(line.style).centred());
    fields(input).into_iter().fold(columns, |columns, field| {
        let width = field.column().map_or(11.0, |column| column.width);
        columns.named(outputs::field(field, input.lang), width, move |line| line.cell(field))
    })
}

pub(super) fn fill(input: SheetInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result {
    let lang = input.lang;
    let note = lang.pick(
        "바뀐 지표의 행을 이전과 이후로 나란히 적었습니다. 바뀐 칸에 색이 있습니다.",
        "The rows of the KPIs that changed, as they were and as they are. What differs is coloured.",
    );
    sheet.title(lang.pick("지표 대비", "KPIs side by side"), note)?;
    let plans: Vec<_> = input.diff.changed_plans().map(|plan| (plan, changed(plan))).collect();
    let mut table = Table::new(sheet, HEADING, columns(input))?;
    for (plan, changed) in &plans {
        let rows = plan.rows.iter().filter_map(|row| Some((row, changed.get(row)?)));
        for (row, changed) in rows {
            table.lines(sheet, lines(input, plan, row, changed))?;
        }
    }
    table.finish(sheet, 2)?;
    Ok(())
}

/// The changed columns, by KPI.
fn changed(plan: &PlanDiff) -> BTreeMap<RowPair, BTreeSet<Field>> {
    let mut changed: BTreeMap<RowPair, BTreeSet<Field>> = BTreeMap::new();
    for change in real(plan) {
        for row in &change.rows {
            changed.entry(*row).or_default().extend(column(&change.item));
        }
    }
    changed
}

/// The lines of a KPI.
fn lines<'a>(
    input: SheetInput<'a>,
    plan: &'a PlanDiff,
    row: &RowPair,
    changed: &'a BTreeSet<Field>,
) -> impl Iterator<Item = StateLine<'a>> {
    let SheetInput { diff, lang, .. } = input;
    let is_lone = row.old.is_none() || row.new.is_none();
    let line = move |city, id: Option<(PlanId, usize)>, side, style| {
        let (at, row) = id?;
        let changed = (!is_lone).then_some(changed);
        Some(StateLine { org: &plan.org, city, plan: at, row, side, style, changed })
    };
    let old = line(diff.old, plan.old.zip(row.old), lang.pick("이전", "old"), CellStyle::Old);
    let new = line(diff.new, plan.new.zip(row.new), lang.pick("이후", "new"), CellStyle::New);
    old.into_iter().chain(new)
}

/// The column that a change colours.
fn column(item: &Item) -> Option<Field> {
    match item {
        Item::Kpi | Item::Order => Some(Field::Kpi),
        Item::PerspectiveWeight => Some(Field::Perspective),
        Item::Value { year, .. } => Some(Field::Year(*year)),
        Item::Field(field) => Some(*field),
        Item::Plan | Item::Title | Item::Parent | Item::Years | Item::Footnote | Item::Beside(_) => None,
    }
}
