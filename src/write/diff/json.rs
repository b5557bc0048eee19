//! The changes as data.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;

use super::words;
use crate::diff::{Change, ChangeKind, Diff, Item, PlanDiff, Side};

#[derive(Serialize, JsonSchema)]
struct DiffDocument<'a> {
    years: YearSpan,
    plans: usize,
    changed_plans: usize,
    counts: ChangeCounts,
    changes: Vec<ChangeRecord<'a>>,
    not_compared: Vec<NotComparedRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct YearSpan {
    old: i32,
    new: i32,
}

#[derive(Serialize, JsonSchema)]
struct ChangeCounts {
    added: usize,
    removed: usize,
    renamed: usize,
    moved: usize,
    changed: usize,
    notation: usize,
    unfilled: usize,
}

#[derive(Serialize, JsonSchema)]
struct ChangeRecord<'a> {
    org: &'a str,
    change: &'static str,
    item: String,
    kpis: Vec<&'a str>,
    old: Option<&'a str>,
    new: Option<&'a str>,
    at: RowPosition<'a>,
}

#[derive(Serialize, JsonSchema)]
struct RowPosition<'a> {
    old: Option<PlaceRecord<'a>>,
    new: Option<PlaceRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct PlaceRecord<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    cell: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct NotComparedRecord<'a> {
    org: &'a str,
    file: &'a str,
}

/// The JSON Schema of the file.
pub fn schema() -> Schema {
    schema_for!(DiffDocument<'_>)
}

/// Writes the changes; notation-only changes and unfilled values only if `all`.
///
/// # Errors
/// When `out` fails.
pub fn write(diff: &Diff<'_>, all: bool, out: &mut impl Write) -> io::Result<()> {
    let document = DiffDocument {
        years: YearSpan { old: diff.old.year, new: diff.new.year },
        plans: diff.plans.len(),
        changed_plans: diff.changed_plans().count(),
        counts: ChangeCounts {
            added: diff.count(ChangeKind::Added),
            removed: diff.count(ChangeKind::Removed),
            renamed: diff.count(ChangeKind::Renamed),
            moved: diff.count(ChangeKind::Moved),
            changed: diff.count(ChangeKind::Changed),
            notation: diff.count(ChangeKind::Notation),
            unfilled: diff.count(ChangeKind::Unfilled),
        },
        changes: diff
            .changes()
            .filter(|(_, change)| all || change.kind.is_change())
            .map(|(plan, change)| record(diff, plan, change))
            .collect(),
        not_compared: diff
            .not_compared
            .iter()
            .map(|plan| NotComparedRecord { org: &plan.org, file: &plan.file })
            .collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn record<'a>(diff: &'a Diff<'_>, plan: &'a PlanDiff, change: &'a Change) -> ChangeRecord<'a> {
    ChangeRecord {
        org: &plan.org,
        change: change.kind.as_str(),
        item: item(&change.item),
        kpis: words::kpi_names(diff, plan, change).collect(),
        old: change.old.as_ref().map(|side| side.text.as_str()),
        new: change.new.as_ref().map(|side| side.text.as_str()),
        at: RowPosition { old: place(change.old.as_ref()), new: place(change.new.as_ref()) },
    }
}

fn place(side: Option<&Side>) -> Option<PlaceRecord<'_>> {
    let place = side?.place.as_ref()?;
    Some(PlaceRecord {
        file: &place.file,
        sheet: place.sheet.as_deref(),
        cell: place.cell.map(|cell| cell.to_string()),
    })
}

/// The stable name of a change's subject; fields as in the other files, a year as its number.
fn item(item: &Item) -> String {
    match item {
        Item::Plan => "plan".to_owned(),
        Item::Title => "title".to_owned(),
        Item::Parent => "parent_org".to_owned(),
        Item::Years => "years".to_owned(),
        Item::Footnote => "footnote".to_owned(),
        Item::Kpi => "kpi".to_owned(),
        Item::Order => "order".to_owned(),
        Item::PerspectiveWeight => "perspective_weight".to_owned(),
        Item::Value { year, .. } => year.to_string(),
        Item::Field(field) => field.to_string(),
        Item::Beside(column) => column.to_string(),
    }
}
