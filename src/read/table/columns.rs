//! The columns of a table: which field each of them holds.

use super::paths::HeaderRows;
use super::paths::{HeadingPath, group_of};
use super::role::{Label, Role};
use super::vocabulary::Vocabulary;
use crate::plan::{ByColumn, COLUMNS, Field, ValueKind, YearKind, YearPart};
use crate::read::grid::Grid;
use crate::source::CellRef;

/// The columns of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TableColumns {
    pub single: ByColumn<Option<u16>>,
    pub years: Vec<YearAt>,
    /// The columns of other values.
    pub periods: Vec<PeriodAt>,
    /// The columns of the levels above the objective, the highest first.
    pub levels: Vec<u16>,
    /// The column of organisations, and whether its heading only says who is in charge.
    pub organisation: Option<(u16, bool)>,
    /// The column of the organisations' parents.
    pub parent_organisation: Option<u16>,
    /// The column of the rows' periods, where each value has a row of its own.
    pub period: Option<u16>,
    /// The column that says what a row's value is.
    pub value_kind: Option<u16>,
    /// The columns that are kept but not interpreted.
    pub extra: Vec<u16>,
}

/// The column of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct YearAt {
    pub col: u16,
    pub year: i32,
    /// The heading as printed.
    pub label: String,
    /// The group heading above it.
    pub group: String,
    pub kind: Option<YearKind>,
}

/// The column of a value that is not the one value of a year of the plan: a part of a year, a baseline, a
/// second kind of a year, a value without a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PeriodAt {
    pub col: u16,
    pub year: Option<i32>,
    /// Years from the plan year.
    pub distance: i32,
    pub part: Option<YearPart>,
    pub kind: ValueKind,
    /// The heading as printed.
    pub label: String,
}

/// Assigns fields to columns; returns the parent's columns too. `plan_year` is the year stated on the sheet.
pub(super) fn assign(
    paths: &[HeadingPath],
    own_group: Option<CellRef>,
    plan_year: Option<i32>,
) -> (TableColumns, Vec<u16>) {
    let mut columns = TableColumns::default();
    let mut found = Twice::default();
    let of_no_period = paths.iter().filter(|path| path.year().is_none() && path.part().is_none());
    for path in of_no_period {
        let Some(Label { role: Some(role), parent, .. }) = path.leaf() else { continue };
        let in_own_group =
            own_group.is_some() && group_of(paths, path.col).map(|(cell, _)| cell) == own_group;
        let side = SidedRole { col: path.col, parent, own: !parent && (own_group.is_none() || in_own_group) };
        match role {
            Role::Column(Field::Objective) => found.objectives.push(side),
            Role::Column(Field::Kpi) => found.kpis.push(side),
            Role::Target => found.targets.push(path.col),
            Role::Column(field) if columns.col(field).is_none() => columns.single.set(field, Some(path.col)),
            Role::Level => columns.levels.push(path.col),
            Role::Period => columns.period = columns.period.or(Some(path.col)),
            Role::ValueKind => columns.value_kind = columns.value_kind.or(Some(path.col)),
            // A group of columns may have such a name too; only the lowest heading counts.
            Role::Organisation | Role::InCharge | Role::ParentOrganisation if path.is_lowest(role) => {
                columns.set_organisation(path.col, role);
            }
            _ => {}
        }
    }
    let parents = found.settle(paths, own_group, &mut columns);
    columns.settle_levels();
    columns.periods = years_not_said(paths, &columns, plan_year);
    (columns, parents)
}

/// A column of a role that both the parent's plan and the own one may have.
#[derive(Clone, Copy)]
struct SidedRole {
    col: u16,
    /// Whether its heading is marked as the parent's.
    parent: bool,
    /// Whether it may be the organisation's own.
    own: bool,
}

/// The columns of roles that may occur twice.
#[derive(Default)]
struct Twice {
    objectives: Vec<SidedRole>,
    kpis: Vec<SidedRole>,
    targets: Vec<u16>,
}

impl Twice {
    /// Tells the own columns from the parent's: the own ones are those in the years' group, else those not
    /// marked as the parent's, else the right ones. Objectives beside a single KPI column are levels unless
    /// headings tell them apart. Returns the parent's columns.
    fn settle(
        self,
        paths: &[HeadingPath],
        own_group: Option<CellRef>,
        columns: &mut TableColumns,
    ) -> Vec<u16> {
        let group = |col: u16| group_of(paths, col).map(|(cell, _)| cell);
        // The years' group distinguishes the sides only if it covers an objective or KPI.
        let grouped = own_group.is_some() && self.objectives.iter().chain(&self.kpis).any(|side| side.own);
        let mut parents = Vec::new();
        for (own, parent, found) in [
            (Field::Objective, Field::ParentObjective, &self.objectives),
            (Field::Kpi, Field::ParentKpi, &self.kpis),
        ] {
            let own_at = found.iter().rposition(|side| side.own);
            let own_at = if grouped { own_at } else { own_at.or(found.len().checked_sub(1)) };
            let own_col = own_at.map(|at| found[at].col);
            let is_level = |side: &SidedRole| {
                let alone = match own {
                    Field::Objective => self.kpis.len() < 2,
                    // `평가지표` left of `세부지표`; a KPI of the parent comes with its objective or target.
                    _ => {
                        let heading =
                            |col: u16| paths.iter().find(|path| path.col == col).map(HeadingPath::joined);
                        self.objectives.is_empty()
                            && self.targets.is_empty()
                            && own_col.is_some_and(|col| side.col < col && heading(col) != heading(side.col))
                    }
                };
                alone && !side.parent && own_col.is_none_or(|col| group(col) == group(side.col))
            };
            let (levels, cited): (Vec<&SidedRole>, Vec<&SidedRole>) =
                found.iter().filter(|side| Some(side.col) != own_col).partition(|side| is_level(side));
            columns.levels.extend(levels.iter().map(|side| side.col));
            columns.single.set(own, own_col);
            let parent_col = cited.first().map(|side| side.col);
            columns.single.set(parent, parent_col);
            parents.extend(parent_col);
        }
        // A target without a year is the cited one if other parent columns exist or it comes before the KPI.
        // Otherwise it is an own target of an unknown year.
        let kpi = columns.col(Field::Kpi);
        let cited = |col: u16| !parents.is_empty() || kpi.is_none_or(|kpi| col < kpi);
        let target = self.targets.first().copied().filter(|&col| cited(col));
        columns.single.set(Field::ParentTarget, target);
        parents.extend(target);
        parents
    }
}

/// The columns of values whose headings say no year.
fn years_not_said(paths: &[HeadingPath], columns: &TableColumns, plan_year: Option<i32>) -> Vec<PeriodAt> {
    let open = paths.iter().filter(|path| {
        path.year().is_none() && path.part().is_none() && columns.col(Field::ParentTarget) != Some(path.col)
    });
    let period = |path: &HeadingPath| {
        let (_, label, _) = path.cells.last()?;
        let kind = match path.value_kind() {
            Some(kind) => kind,
            None if path.distance().is_some_and(|distance| distance < 0) => ValueKind::Actual,
            None if path.distance().is_some() => ValueKind::Target,
            // Long form: another column may say what the value is.
            None if path.leaf()?.role? == Role::AnyValue => ValueKind::Actual,
            None => return None,
        };
        let distance = path.distance().unwrap_or_default();
        // A baseline has a year of its own.
        let year = plan_year.filter(|_| kind != ValueKind::Baseline).map(|year| year + distance);
        Some(PeriodAt { col: path.col, year, distance, part: None, kind, label: label.clone() })
    };
    open.filter_map(period).collect()
}

/// Takes an unrecognised column left of all others as the perspectives, which departments name in many ways.
pub(super) fn adopt_perspective(
    grid: &Grid,
    block: HeaderRows,
    paths: &[HeadingPath],
    columns: &mut TableColumns,
    unknown: &mut Vec<(CellRef, String)>,
) {
    if columns.col(Field::Perspective).is_some() {
        return;
    }
    let known = [Field::ParentObjective, Field::ParentKpi, Field::Objective, Field::Kpi];
    let known = known.into_iter().filter_map(|field| columns.col(field));
    let Some(left) = known.min().and_then(|col| col.checked_sub(1)) else { return };
    let headed = unknown.iter().any(|(cell, _)| cell.col == left);
    let below: Vec<&str> = grid
        .rows_from(block.bottom + 1)
        .take(3)
        .flat_map(|(_, cells)| cells)
        .filter(|(col, _)| *col == left)
        .map(|(_, shown)| &*shown.text)
        .collect();
    // A column of numbers is a row count; a recognised heading has another meaning.
    // `지표 1` is a number too.
    let counts = !below.is_empty() && below.iter().all(|text| text.ends_with(|c: char| c.is_ascii_digit()));
    let is_known = !headed && paths.iter().any(|path| path.col == left && path.leaf().is_some());
    if (headed || !below.is_empty()) && !counts && !is_known {
        columns.single.set(Field::Perspective, Some(left));
        unknown.retain(|(cell, _)| cell.col != left);
    }
}

/// Accepts misspelt headings of missing columns (`비증`, `핵심성과지효`), so that a typo does not lose a column. They
/// are still reported.
pub(super) fn adopt_misspelt(
    words: &Vocabulary,
    columns: &mut TableColumns,
    unknown: &mut Vec<(CellRef, String)>,
) -> Vec<(CellRef, String, Role)> {
    let mut misspelt = Vec::new();
    unknown.retain(|(cell, text)| {
        let Some(role) = words.near(text) else { return true };
        let Role::Column(field) = role else { return true };
        let right_of_objective = columns.col(Field::Objective).is_none_or(|objective| cell.col > objective);
        let is_adopted = match field {
            Field::Kpi => right_of_objective,
            Field::Unit | Field::Weight => true,
            _ => false,
        };
        if !is_adopted || columns.col(field).is_some() {
            return true;
        }
        columns.single.set(field, Some(cell.col));
        misspelt.push((*cell, text.clone(), role));
        false
    });
    misspelt
}

impl TableColumns {
    /// The column of `field`.
    pub(super) fn col(&self, field: Field) -> Option<u16> {
        match field {
            Field::Year(year) => {
                self.years.iter().find(|column| column.year == year).map(|column| column.col)
            }
            _ => self.single.get(field).copied().flatten(),
        }
    }

    /// Takes `col` as a column of organisations; of two, the left one has the parents.
    fn set_organisation(&mut self, col: u16, role: Role) {
        let in_charge = role == Role::InCharge;
        if role == Role::ParentOrganisation {
            self.parent_organisation = self.parent_organisation.or(Some(col));
            return;
        }
        match self.organisation {
            None => self.organisation = Some((col, in_charge)),
            Some((_, true)) if !in_charge => self.organisation = Some((col, false)),
            Some((before, false)) if !in_charge && self.parent_organisation.is_none() => {
                self.parent_organisation = Some(before);
                self.organisation = Some((col, false));
            }
            Some(_) => {}
        }
    }

    /// Sorts the levels; the lowest one takes the place of the objective if the table has none, or if it
    /// comes between the objective and the KPI.
    fn settle_levels(&mut self) {
        self.levels.sort_unstable();
        let Some(&lowest) = self.levels.last() else { return };
        let objective = self.col(Field::Objective);
        let kpi = self.col(Field::Kpi).unwrap_or(u16::MAX);
        let takes = objective.is_none_or(|objective| objective < lowest && lowest < kpi);
        if takes {
            self.levels.pop();
            self.levels.extend(objective);
            self.levels.sort_unstable();
            self.single.set(Field::Objective, Some(lowest));
        }
    }

    /// Takes a target of the plan year without a year in its heading as the column of that year.
    pub(super) fn adopt_plan_year(&mut self, plan_year: Option<i32>) {
        let Some(year) = plan_year.filter(|year| self.years.iter().all(|other| other.year != *year)) else {
            return;
        };
        let is_it = |period: &PeriodAt| {
            period.year == Some(year) && period.part.is_none() && period.kind == ValueKind::Target
        };
        // Where each line says its period, the heading does not.
        if self.period.is_some() || self.periods.iter().filter(|period| is_it(period)).count() != 1 {
            return;
        }
        if let Some(at) = self.periods.iter().position(is_it) {
            let PeriodAt { col, label, .. } = self.periods.remove(at);
            let kind = Some(YearKind::Target);
            self.years.push(YearAt { col, year, label, group: String::new(), kind });
            self.years.sort_by_key(|year| year.col);
        }
    }

    /// Beside a baseline and without actuals, years whose headings do not say what they hold are planned.
    pub(super) fn plan_from_baseline(&mut self) {
        let has = |kind: ValueKind| self.periods.iter().any(|period| period.kind == kind);
        let has_actuals =
            has(ValueKind::Actual) || self.years.iter().any(|year| year.kind == Some(YearKind::Actual));
        if has(ValueKind::Baseline) && !has_actuals {
            for year in &mut self.years {
                year.kind.get_or_insert(YearKind::Target);
            }
        }
    }

    /// Every column that is read, whatever it holds.
    pub(super) fn read(&self) -> impl Iterator<Item = u16> + '_ {
        let others =
            [self.organisation.map(|(col, _)| col), self.parent_organisation, self.period, self.value_kind];
        self.all()
            .chain(self.periods.iter().map(|period| period.col))
            .chain(self.levels.iter().copied())
            .chain(others.into_iter().flatten())
            .chain(self.extra.iter().copied())
    }

    /// Every column of the fields, in their order.
    pub(super) fn all(&self) -> impl Iterator<Item = u16> + '_ {
        Field::of_table(self.years.iter().map(|year| year.year)).filter_map(|field| self.col(field))
    }

    /// The columns whose cells may span several rows.
    pub(super) fn groups(&self) -> impl Iterator<Item = u16> + '_ {
        COLUMNS.iter().filter(|column| column.merges).filter_map(|column| self.col(column.field))
    }

    /// The leftmost column.
    pub(super) fn left(&self) -> Option<u16> {
        self.all().min()
    }
}
