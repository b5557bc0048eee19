//! `data/indicators.json`: one record a KPI row, in book order.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{ByYear, lines};
use crate::consolidate::{Context, RowId};
use crate::plan::value::show_number;
use crate::plan::{Field, Indicator, Plan};

#[derive(Serialize)]
struct Record<'a> {
    /// From 1.
    plan: usize,
    /// From 0.
    row: usize,
    org: &'a str,
    parent_org: &'a str,
    perspective: &'a str,
    perspective_weight: Option<String>,
    parent_goal: &'a str,
    parent_kpi: &'a str,
    parent_target: &'a str,
    goal: &'a str,
    kpi: &'a str,
    values: ByYear<'a>,
    kinds: Kinds<'a>,
    unit: &'a str,
    weight: &'a str,
    codes: &'a [std::sync::Arc<str>],
    #[serde(skip_serializing_if = "Option::is_none")]
    initiative: Option<&'a str>,
    source: Source<'a>,
}

#[derive(Serialize)]
struct Source<'a> {
    file: &'a str,
    sheet: &'a str,
    cells: Cells<'a>,
}

/// `{"2008": "actual", "2009": "target"}`.
struct Kinds<'a>(&'a Plan);

impl Serialize for Kinds<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.years.iter().map(|column| (column.year.to_string(), column.kind)))
    }
}

/// Cells by field; a column that the table lacks has no key.
struct Cells<'a> {
    plan: &'a Plan,
    row: &'a Indicator,
}

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for field in fields(self.plan.years.iter().map(|column| column.year)) {
            if let Some(cell) = self.row.cell_of(field, &self.plan.years) {
                map.serialize_entry(&field.to_string(), &cell.to_string())?;
            }
        }
        map.end()
    }
}

/// The columns of a plan's table in order, with its years in between.
pub(super) fn fields(years: impl Iterator<Item = i32>) -> impl Iterator<Item = Field> {
    use Field::{Code, Goal, Kpi, ParentGoal, ParentKpi, ParentTarget, Perspective, Unit, Weight};
    [Perspective, ParentGoal, ParentKpi, ParentTarget, Goal, Kpi]
        .into_iter()
        .chain(years.map(Field::Year))
        .chain([Unit, Weight, Code])
}

/// Writes the records.
///
/// # Errors
/// When `out` fails.
pub fn write(context: &Context<'_>, out: &mut impl Write) -> io::Result<()> {
    lines(out, context.city.rows().map(|id| record(context, id)))
}

fn record<'a>(context: &Context<'a>, id: RowId) -> Record<'a> {
    let plan = &context.city.plans[id.plan];
    let row = &plan.rows[id.row];
    Record {
        plan: id.plan + 1,
        row: id.row,
        org: &plan.org,
        parent_org: context.city.parent_name(id.plan),
        perspective: &row.perspective.name,
        perspective_weight: row.perspective.weight.map(show_number),
        parent_goal: &row.parent_goal.text,
        parent_kpi: &row.parent_kpi.text,
        parent_target: &row.parent_target.text.text,
        goal: &row.goal.text,
        kpi: &row.kpi.text,
        values: ByYear { plan, values: &row.values },
        kinds: Kinds(plan),
        unit: &row.unit.text.text,
        weight: &row.weight.text.text,
        codes: &row.initiatives.codes,
        initiative: row.initiatives.name.as_deref(),
        source: Source { file: &plan.file, sheet: &row.sheet, cells: Cells { plan, row } },
    }
}
