//! An empty form for a department without a plan: the city's perspectives in the layout of a sibling plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::next::{Carry, KnownValues, Next, carry_over, usual_title};
use super::years::{shift_years, two_and_two};
use crate::consolidate::{City, Parent, RowId};
use crate::finding::Lang;
use crate::plan::{COLUMNS, Field, Indicator, Labels, Perspective, Plan, Text, Unit, Value};
use crate::source::CellRef;
use crate::text::NameKey;

/// Rows per perspective. With more, two KPIs, each in the first row of its perspective, would be separated by
/// a gap that ends a table.
const ROWS: usize = 3;
/// Number of unnamed perspectives where no plan has any.
const PERSPECTIVES: usize = 4;

/// The empty plan of `org` below `parent`, laid out like the first plan below the same parent, else like the
/// first plan, else in the usual way.
pub(super) fn plan(carry: Carry<'_>, org: &str, parent: (&str, &Parent)) -> Next {
    let Carry { city, year, lang, .. } = carry;
    let sibling = city.plan_ids().find(|&other| city.nodes[other].parent == *parent.1);
    let sample = sibling.into_iter().chain(city.plan_ids()).find(|&at| !city.plans[at].rows.is_empty());
    let (mut plan, row) = match sample {
        Some(at) => (carry_over(carry, at).plan, city.plans[at].rows[0].clone()),
        None => (usual_plan(year, lang), usual_row()),
    };
    let name = sample.map(|at| title(&city.plans[at], city.year, year, org, lang));
    plan.title = Text::new(name.unwrap_or_else(|| usual_title(org, "", lang)), CellRef::default());
    plan.org = org.into();
    plan.note = "".into();
    plan.sheet = org.into();
    // If the sample's header has no group of names, neither does this one.
    for (label, name) in [(&mut plan.parent_label, parent.0), (&mut plan.own_label, org)] {
        if !label.is_empty() {
            *label = Text { text: name.into(), cell: label.cell };
        }
    }
    plan.footnotes.clear();
    plan.rows = rows(city, &row);
    Next {
        columns: vec![KnownValues::Nothing; plan.years.len()],
        plan,
        parent: parent.0.to_owned(),
        above: parent.1.clone(),
        reached: None,
        blank: true,
    }
}

/// An empty plan in the usual layout.
fn usual_plan(year: i32, lang: Lang) -> Plan {
    Plan {
        org: "".into(),
        title: Text::absent(),
        note: "".into(),
        parent_label: Text::absent(),
        parent_in_rows: false,
        own_label: Text::absent(),
        labels: Labels::default(),
        years: two_and_two(year, lang).to_vec(),
        rows: Vec::new(),
        footnotes: Vec::new(),
        file: "".into(),
        sheet: "".into(),
        header: CellRef::default(),
    }
}

/// A row of such a plan.
fn usual_row() -> Indicator {
    let mut row = Indicator::default();
    for (col, field) in (0..).zip(Field::of_table(0..4).filter(|field| !field.is_optional())) {
        let text = Text::new("", CellRef::new(0, col));
        match field.column() {
            Some(column) => (column.read)(&mut row, text),
            None => row.values.push(Value::read(text)),
        }
    }
    row
}

/// The sample's title for another name.
fn title(sample: &Plan, plan_year: i32, year: i32, org: &str, lang: Lang) -> String {
    let whole = &*sample.title.text;
    let words = match whole.rfind(['(', '（']) {
        Some(at) if !sample.note.is_empty() => whole[..at].trim_end(),
        _ => whole,
    };
    match words.contains(&*sample.org) {
        true => {
            let words = shift_years(words, year - plan_year, &|own| own == plan_year);
            words.replacen(&*sample.org, org, 1)
        }
        false => usual_title(org, "", lang),
    }
}

/// Rows for each perspective, beginning with the required common KPIs.
fn rows(city: &City, sample: &Indicator) -> Vec<Indicator> {
    let mut perspectives: Vec<(Option<NameKey>, Arc<str>)> =
        perspectives(city).into_iter().map(|(key, name)| (Some(key), name)).collect();
    if perspectives.is_empty() {
        perspectives = vec![(None, "".into()); PERSPECTIVES];
    }
    let mut rows: Vec<Indicator> = Vec::new();
    let mut required = required(city);
    for (key, name) in perspectives {
        let (own, others) = required
            .into_iter()
            .partition(|(perspective, ..)| key.as_ref().is_none_or(|key| key == perspective));
        required = others;
        let own: Vec<(NameKey, Arc<str>, Arc<str>)> = own;
        let first = rows.len();
        for at in 0..ROWS.max(own.len() + 1) {
            let row = emptied(sample, first + at, first, &name);
            rows.push(match own.get(at) {
                Some((_, kpi, unit)) => Indicator {
                    kpi: Text { text: kpi.clone(), cell: row.kpi.cell },
                    unit: Unit::read(Text { text: unit.clone(), cell: row.unit.text.cell }),
                    ..row
                },
                None => row,
            });
        }
    }
    rows
}

/// A row with the columns of `sample`, empty but for the perspective, whose cell begins in the row `first`.
fn emptied(sample: &Indicator, row: usize, first: usize, perspective: &Arc<str>) -> Indicator {
    let at = |text: &Text, row: usize| Text {
        text: "".into(),
        cell: text.cell.map(|cell| CellRef::new(u32::try_from(row).unwrap_or(u32::MAX), cell.col)),
    };
    let mut empty = Indicator {
        sheet: sample.sheet.clone(),
        values: sample.values.iter().map(|value| Value::read(at(&value.text, row))).collect(),
        ..Indicator::default()
    };
    for column in &COLUMNS {
        (column.read)(&mut empty, at((column.text)(sample), row));
    }
    let name = Text { text: perspective.clone(), ..at(&sample.perspective.text, first) };
    empty.perspective = Perspective::read(name);
    empty
}

/// The perspectives that at least a third of the plans have, in their usual order.
fn perspectives(city: &City) -> Vec<(NameKey, Arc<str>)> {
    /// The number of plans with it, the sum of its positions there, its spellings.
    #[derive(Default)]
    struct PerspectiveUse {
        plans: usize,
        places: usize,
        names: BTreeMap<Arc<str>, usize>,
    }
    let mut uses: BTreeMap<&NameKey, PerspectiveUse> = BTreeMap::new();
    for (node, plan) in city.nodes.iter().zip(&city.plans) {
        let mut known: Vec<&NameKey> = Vec::new();
        for (keys, row) in node.row_keys.iter().zip(&plan.rows) {
            let key = &keys.perspective;
            if key.is_empty() || known.contains(&key) {
                continue;
            }
            let own = uses.entry(key).or_default();
            own.plans += 1;
            own.places += known.len();
            *own.names.entry(row.perspective.name.clone()).or_default() += 1;
            known.push(key);
        }
    }
    let filled = city.plans.iter().filter(|plan| !plan.rows.is_empty()).count();
    let mut usual: Vec<(&NameKey, PerspectiveUse)> =
        uses.into_iter().filter(|(_, own)| own.plans * 3 >= filled).collect();
    // By mean position; cross-multiplied to stay with integers.
    usual.sort_by(|(_, a), (_, b)| (a.places * b.plans).cmp(&(b.places * a.plans)));
    let name = |own: PerspectiveUse| {
        own.names.into_iter().rev().max_by_key(|(_, count)| *count).map(|(name, _)| name)
    };
    usual.into_iter().filter_map(|(key, own)| Some((key.clone(), name(own)?))).collect()
}

/// The common KPIs that every plan must have: usual perspective, name, usual unit.
fn required(city: &City) -> Vec<(NameKey, Arc<str>, Arc<str>)> {
    city.common
        .iter()
        .filter(|matrix| matrix.required)
        .filter_map(|matrix| {
            let perspective = commonest(matrix.rows.iter().map(|&id| &city.row_keys(id).perspective))?;
            let unit = commonest(matrix.rows.iter().map(|&id: &RowId| &city.row(id).unit.text.text))?;
            Some((perspective.clone(), matrix.name.clone(), unit.clone()))
        })
        .collect()
}

fn commonest<T: Ord>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(one, _)| one)
}
