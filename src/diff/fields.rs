//! Changes within a plan and within its rows.

use std::collections::BTreeSet;
use std::sync::Arc;

use foldhash::HashMap;

use super::change::{Change, ChangeKind, Item, RowPair, Side};
use super::order;
use super::same::{self, Sameness};
use super::sides::{PlanPair, RowNameKeys};
use crate::plan::value::show_number;
use crate::plan::{Beside, COLUMNS, Field, Footnote, Plan, Presence, Text, YearKind};
use crate::source::Place;
use crate::text::{NameKey, Names};

/// Changes of the plan outside its rows: organisation, title, parent, years, footnotes.
pub(super) fn plan_changes(sides: &PlanPair<'_>, names: &Names) -> Vec<Change> {
    let (old, new) = (sides.old.plan, sides.new.plan);
    let mut changes = Changes::default();
    let by_name = |a: &str, b: &str| same::names(a, b, names.key(a) == names.key(b));
    let head = |plan: &Plan, text: &str| Side { text: text.to_owned(), place: Some(plan.header_place()) };
    changes.add_to_plan(by_name(&old.org, &new.org), ChangeKind::Renamed, Item::Plan, || {
        (head(old, &old.org), head(new, &new.org))
    });
    changes.add_to_plan(by_name(&old.title.text, &new.title.text), ChangeKind::Changed, Item::Title, || {
        (written(old, &old.sheet, &old.title), written(new, &new.sheet, &new.title))
    });
    changes.add_to_plan(
        by_name(sides.old.parent, sides.new.parent),
        ChangeKind::Changed,
        Item::Parent,
        || (head(old, sides.old.parent), head(new, sides.new.parent)),
    );
    let years = |plan: &Plan| -> String {
        let years: BTreeSet<i32> = plan.years.iter().map(|column| column.year).collect();
        years.iter().map(i32::to_string).collect::<Vec<_>>().join(", ")
    };
    let (before, after) = (years(old), years(new));
    changes.add_to_plan(same::lines(&before, &after), ChangeKind::Changed, Item::Years, || {
        (head(old, &before), head(new, &after))
    });
    footnotes(old, new, &mut changes);
    changes.list
}

/// Lines below the table: lines in both plans are dropped, the rest is paired in order.
fn footnotes(old: &Plan, new: &Plan, changes: &mut Changes) {
    let mut unpaired = super::pairing::Unpaired::new(old.footnotes.len(), new.footnotes.len());
    let key = |footnote: &Footnote| Some(same::squeezed(&footnote.text.text));
    unpaired.pair_by_key(|line| key(&old.footnotes[line]), |line| key(&new.footnotes[line]));
    let side = |plan: &Plan, line: usize| {
        let Footnote { sheet, text, .. } = &plan.footnotes[line];
        written(plan, sheet, text)
    };
    for &(before, after) in &unpaired.pairs {
        let (a, b) = (&old.footnotes[before].text.text, &new.footnotes[after].text.text);
        changes.add_to_plan(same::lines(a, b), ChangeKind::Changed, Item::Footnote, || {
            (side(old, before), side(new, after))
        });
    }
    for at in 0..unpaired.old.len().max(unpaired.new.len()) {
        let before = unpaired.old.get(at).map(|&line| side(old, line));
        let after = unpaired.new.get(at).map(|&line| side(new, line));
        let kind = match (&before, &after) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
            _ => ChangeKind::Changed,
        };
        changes.list.push(Change { kind, item: Item::Footnote, rows: Vec::new(), old: before, new: after });
    }
}

/// Changes in the rows, in the order of `rows`.
pub(super) fn row_changes(sides: &PlanPair<'_>, rows: &[RowPair]) -> Vec<Change> {
    let mut changes = Changes::default();
    let paired: Vec<usize> = rows.iter().filter(|row| row.new.is_some()).filter_map(|row| row.old).collect();
    let mut out_of_order = order::moved(&paired).into_iter();
    for &row in rows {
        match (row.old, row.new) {
            (Some(old), Some(new)) => {
                let was_moved = out_of_order.next().unwrap_or_default();
                RowSides { sides, row, old, new }.compare(was_moved, &mut changes);
            }
            (Some(old), None) => {
                let side = kpi(sides.old.plan, old);
                changes.list.push(Change {
                    kind: ChangeKind::Removed,
                    item: Item::Kpi,
                    rows: vec![row],
                    old: Some(side),
                    new: None,
                });
            }
            (None, Some(new)) => {
                let side = kpi(sides.new.plan, new);
                changes.list.push(Change {
                    kind: ChangeKind::Added,
                    item: Item::Kpi,
                    rows: vec![row],
                    old: None,
                    new: Some(side),
                });
            }
            (None, None) => {}
        }
    }
    changes.list
}

/// Collects changes.
#[derive(Default)]
struct Changes {
    list: Vec<Change>,
    /// The index in `list` of each change of a cell that spans several rows.
    shared: HashMap<(String, String, String), usize>,
}

impl Changes {
    /// Adds a change of the plan: of `kind`, or of notation if only that differs.
    fn add_to_plan(
        &mut self,
        sameness: Sameness,
        kind: ChangeKind,
        item: Item,
        sides: impl FnOnce() -> (Side, Side),
    ) {
        self.add(sameness, kind, item, &[], sides);
    }

    fn add(
        &mut self,
        sameness: Sameness,
        kind: ChangeKind,
        item: Item,
        rows: &[RowPair],
        sides: impl FnOnce() -> (Side, Side),
    ) {
        let kind = match sameness {
            Sameness::Same => return,
            Sameness::Notation => ChangeKind::Notation,
            Sameness::Differs => kind,
        };
        let (old, new) = sides();
        self.list.push(Change { kind, item, rows: rows.to_vec(), old: Some(old), new: Some(new) });
    }

    /// Adds the change of a cell that may span several rows: once, with all its rows.
    fn add_shared(
        &mut self,
        name: &str,
        (sameness, kind, item): (Sameness, ChangeKind, Item),
        row: RowPair,
        (old, new): (Side, Side),
    ) {
        if sameness == Sameness::Same {
            return;
        }
        let key = (format!("{name} {sameness:?}"), old.text.clone(), new.text.clone());
        if let Some(&at) = self.shared.get(&key) {
            self.list[at].rows.push(row);
            return;
        }
        self.shared.insert(key, self.list.len());
        self.add(sameness, kind, item, &[row], || (old, new));
    }
}

/// A row present on both sides.
struct RowSides<'a> {
    sides: &'a PlanPair<'a>,
    row: RowPair,
    old: usize,
    new: usize,
}

impl RowSides<'_> {
    fn compare(&self, was_moved: bool, changes: &mut Changes) {
        let (old, new) = (&self.sides.old.plan.rows[self.old], &self.sides.new.plan.rows[self.new]);
        let (a, b) = (&self.sides.old.keys[self.old], &self.sides.new.keys[self.new]);
        let rows = [self.row];
        let kpi_names = same::names(&old.kpi.text, &new.kpi.text, a.kpi == b.kpi);
        changes.add(kpi_names, ChangeKind::Renamed, Item::Kpi, &rows, || {
            (kpi(self.sides.old.plan, self.old), kpi(self.sides.new.plan, self.new))
        });
        let moved = self.compare_position(changes);
        if was_moved && !moved {
            let place = |row: usize| (row + 1).to_string();
            changes.add(Sameness::Differs, ChangeKind::Moved, Item::Order, &rows, || {
                self.sides_of(Field::Kpi, &place(self.old), &place(self.new))
            });
        }
        self.compare_citation(changes);
        self.compare_values(changes);
        let units = same::names(&old.unit.text.text, &new.unit.text.text, a.unit == b.unit);
        let codes = same::codes(&old.initiatives, &new.initiatives);
        for (field, sameness, before, after) in [
            (Field::Unit, units, &old.unit.text, &new.unit.text),
            (Field::Weight, same::weights(&old.weight, &new.weight), &old.weight.text, &new.weight.text),
            (Field::Code, codes, &old.initiatives.text, &new.initiatives.text),
        ] {
            changes.add(sameness, ChangeKind::Changed, Item::Field(field), &rows, || {
                self.sides_of(field, &before.text, &after.text)
            });
        }
        for column in COLUMNS.iter().filter(|column| column.presence == Presence::Optional) {
            let (before, after) = (&(column.text)(old).text, &(column.text)(new).text);
            changes.add(
                same::lines(before, after),
                ChangeKind::Changed,
                Item::Field(column.field),
                &rows,
                || self.sides_of(column.field, before, after),
            );
        }
        self.compare_beside(changes);
    }

    /// Compares the columns that only some forms have.
    fn compare_beside(&self, changes: &mut Changes) {
        let (old, new) = (&self.sides.old.plan.rows[self.old], &self.sides.new.plan.rows[self.new]);
        for column in Beside::of([old, new].into_iter()) {
            let texts = (column.text(old), column.text(new));
            let text = |text: Option<&Text>| text.map_or_else(|| Arc::from(""), |text| text.text.clone());
            let (before, after) = (text(texts.0), text(texts.1));
            let sameness = match &column {
                Beside::Period(period) => match (period.value(old), period.value(new)) {
                    (Some(a), Some(b)) => same::values(&a.value, &old.unit, &b.value, &new.unit),
                    _ => Sameness::Differs,
                },
                _ => same::lines(&before, &after),
            };
            let side = |plan: &Plan, row: usize, text: Option<&Text>| match text {
                Some(text) => written(plan, &plan.rows[row].sheet, text),
                None => Side { text: String::new(), place: Some(plan.place(row, Field::Kpi)) },
            };
            let sides =
                (side(self.sides.old.plan, self.old, texts.0), side(self.sides.new.plan, self.new, texts.1));
            let name = format!("{column:?}");
            changes.add_shared(&name, (sameness, ChangeKind::Changed, Item::Beside(column)), self.row, sides);
        }
    }

    /// Compares perspective and objective. Returns whether the row moved to another one that is on both
    /// sides.
    fn compare_position(&self, changes: &mut Changes) -> bool {
        let (old, new) = (&self.sides.old.plan.rows[self.old], &self.sides.new.plan.rows[self.new]);
        let mut moved = false;
        let perspectives = (&old.perspective.name, &new.perspective.name);
        for (field, (before, after), key) in [
            (Field::Perspective, perspectives, (|keys| &keys.perspective) as fn(&RowNameKeys) -> &NameKey),
            (Field::Objective, (&old.objective.text, &new.objective.text), |keys| &keys.objective),
        ] {
            let (a, b) = (key(&self.sides.old.keys[self.old]), key(&self.sides.new.keys[self.new]));
            let contains = |keys: &[RowNameKeys], name: &NameKey| keys.iter().any(|keys| key(keys) == name);
            let elsewhere =
                a != b && (contains(&self.sides.new.keys, a) || contains(&self.sides.old.keys, b));
            moved |= elsewhere;
            let kind = if elsewhere { ChangeKind::Moved } else { ChangeKind::Changed };
            let sameness = same::names(before, after, a == b);
            self.compare_shared(field, sameness, kind, before, after, changes);
        }
        let weight = |weight: Option<f64>| weight.map(show_number).unwrap_or_default();
        let (before, after) = (weight(old.perspective.weight), weight(new.perspective.weight));
        // Report a changed perspective weight only within the same perspective.
        if before != after
            && self.sides.old.keys[self.old].perspective == self.sides.new.keys[self.new].perspective
        {
            let sides = self.sides_of(Field::Perspective, &before, &after);
            let what = (Sameness::Differs, ChangeKind::Changed, Item::PerspectiveWeight);
            // The name keeps perspectives apart that change from and to the same weights.
            let name = format!("weight of {}", self.sides.new.keys[self.new].perspective);
            changes.add_shared(&name, what, self.row, sides);
        }
        moved
    }

    /// Compares the citation of the parent plan.
    fn compare_citation(&self, changes: &mut Changes) {
        let (old, new) = (&self.sides.old.plan.rows[self.old], &self.sides.new.plan.rows[self.new]);
        let (a, b) = (&self.sides.old.keys[self.old], &self.sides.new.keys[self.new]);
        let (before, after) = (&old.parent_objective.text, &new.parent_objective.text);
        let sameness = same::names(before, after, a.parent_objective == b.parent_objective);
        self.compare_shared(Field::ParentObjective, sameness, ChangeKind::Changed, before, after, changes);
        let (before, after) = (&old.parent_kpi.text, &new.parent_kpi.text);
        let sameness = same::names(before, after, a.parent_kpi == b.parent_kpi);
        self.compare_shared(Field::ParentKpi, sameness, ChangeKind::Changed, before, after, changes);
        let (before, after) = (&old.parent_target, &new.parent_target);
        let sameness = same::values(before, &old.unit, after, &new.unit);
        self.compare_shared(
            Field::ParentTarget,
            sameness,
            ChangeKind::Changed,
            &before.text.text,
            &after.text.text,
            changes,
        );
    }

    /// Compares the values of the years that both tables have.
    fn compare_values(&self, changes: &mut Changes) {
        let (old, new) = (self.sides.old.plan, self.sides.new.plan);
        for (old_index, (column, value)) in old.years.iter().zip(&old.rows[self.old].values).enumerate() {
            let Some(index) = new.year_index(column.year) else { continue };
            let Some(other) = new.rows[self.new].values.get(index) else { continue };
            let sameness = same::values(value, &old.rows[self.old].unit, other, &new.rows[self.new].unit);
            let item = Item::Value { year: column.year, old: column.kind, new: new.years[index].kind };
            let kind = match same::blank(value, other) {
                // A target in place of an actual not entered yet, or an empty form.
                Some(is_new) if column.kind != new.years[index].kind => {
                    let blank = if is_new { new.years[index].kind } else { column.kind };
                    if blank == Some(YearKind::Actual) { ChangeKind::Unfilled } else { ChangeKind::Changed }
                }
                Some(true) if is_form(new, index) => ChangeKind::Unfilled,
                Some(false) if is_form(old, old_index) => ChangeKind::Unfilled,
                _ => ChangeKind::Changed,
            };
            changes.add(sameness, kind, item, &[self.row], || {
                self.sides_of(Field::Year(column.year), &value.text.text, &other.text.text)
            });
        }
    }

    fn compare_shared(
        &self,
        field: Field,
        sameness: Sameness,
        kind: ChangeKind,
        before: &Arc<str>,
        after: &Arc<str>,
        changes: &mut Changes,
    ) {
        let sides = self.sides_of(field, before, after);
        changes.add_shared(&field.to_string(), (sameness, kind, Item::Field(field)), self.row, sides);
    }

    fn sides_of(&self, field: Field, before: &str, after: &str) -> (Side, Side) {
        let side = |plan: &Plan, row: usize, text: &str| Side {
            text: text.to_owned(),
            place: Some(plan.place(row, field)),
        };
        (side(self.sides.old.plan, self.old, before), side(self.sides.new.plan, self.new, after))
    }
}

/// Whether at least half of the plan's values in a column are blank, as in a form not filled in yet.
/// Otherwise a missing value is a change.
fn is_form(plan: &Plan, column: usize) -> bool {
    let values = || plan.rows.iter().filter_map(|row| row.values.get(column));
    values().filter(|value| value.text.is_empty()).count() * 2 >= values().count()
}

/// The KPI of a row and its cell.
fn kpi(plan: &Plan, row: usize) -> Side {
    Side { text: plan.rows[row].kpi.text.to_string(), place: Some(plan.place(row, Field::Kpi)) }
}

/// A text of a plan and its cell, or the table's header if it has none.
fn written(plan: &Plan, sheet: &Arc<str>, text: &Text) -> Side {
    let place = text.cell.map_or_else(|| plan.header_place(), |cell| Place::cell(&plan.file, sheet, cell));
    Side { text: text.text.to_string(), place: Some(place) }
}
