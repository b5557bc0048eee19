//! Finding the header of a plan table by the words in it, and what each column under it holds.

use std::collections::BTreeMap;

use super::vocabulary::{Label, Role, Vocabulary};
use crate::plan::YearKind;
use crate::read::grid::Grid;
use crate::source::CellRef;

/// The most rows a header has.
const MAX_ROWS: u32 = 5;

/// The rows a header takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// First row.
    pub top: u32,
    /// Last row.
    pub bottom: u32,
}

/// The columns of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub perspective: Option<u16>,
    pub parent_goal: Option<u16>,
    pub parent_kpi: Option<u16>,
    pub parent_target: Option<u16>,
    pub goal: Option<u16>,
    pub kpi: Option<u16>,
    pub years: Vec<YearAt>,
    pub unit: Option<u16>,
    pub weight: Option<u16>,
    pub code: Option<u16>,
}

/// The column of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct YearAt {
    pub col: u16,
    pub year: i32,
    /// The heading as printed.
    pub label: String,
    /// The group heading over it.
    pub group: String,
    pub kind: Option<YearKind>,
}

/// A header understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub block: Block,
    pub columns: Columns,
    /// The left group's heading: the parent's name, and its cell.
    pub parent: Option<(CellRef, String)>,
    /// The right group's heading: the organisation's own name.
    pub own: Option<(CellRef, String)>,
    /// The heading of each column as printed.
    pub printed: BTreeMap<u16, String>,
    /// Headings that were not understood.
    pub unknown: Vec<(u16, String)>,
}

/// The headings above one column, from the top row to the bottom.
struct Path {
    col: u16,
    /// Cell, text and meaning, each heading once.
    cells: Vec<(CellRef, String, Option<Label>)>,
}

/// Every header of a sheet, from top to bottom.
pub(super) fn find(grid: &Grid, words: &Vocabulary) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for (row, cells) in grid.rows_from(0) {
        if headers.last().is_some_and(|last| row <= last.block.bottom) {
            continue;
        }
        if !cells.iter().any(|(_, shown)| words.is_kpi(&shown.text)) {
            continue;
        }
        let floor = headers.last().map_or(0, |last| last.block.bottom + 1);
        if let Some(header) = understand(grid, words, block_around(grid, words, row, floor)) {
            headers.push(header);
        }
    }
    headers
}

/// The rows of the header to which `row` belongs: up while there are headings or group names, down while there is
/// nothing but headings.
fn block_around(grid: &Grid, words: &Vocabulary, row: u32, floor: u32) -> Block {
    let labels = |row: u32| {
        let cells = grid.row(row);
        let known = cells.iter().filter(|(_, shown)| words.label(&shown.text).is_some()).count();
        (known, cells.len())
    };
    let mut bottom = row;
    while bottom + 1 < row + MAX_ROWS {
        let (known, all) = labels(bottom + 1);
        if known == 0 || known < all {
            break;
        }
        bottom += 1;
    }
    let mut top = row;
    while top > floor && bottom - top + 1 < MAX_ROWS {
        let (known, all) = labels(top - 1);
        let cells = grid.row(top - 1);
        let title = cells.iter().any(|(_, shown)| words.title(&shown.text).is_some());
        let short = cells.iter().all(|(_, shown)| shown.text.chars().count() <= 40);
        // A row of group names: several, or one that is merged over several columns.
        let spans = cells.iter().any(|&(col, _)| {
            grid.merged(CellRef::new(top - 1, col)).is_some_and(|merge| merge.last.col > merge.first.col)
        });
        if title || !short || (known == 0 && all < 2 && !spans) || all == 0 {
            break;
        }
        top -= 1;
    }
    Block { top, bottom }
}

fn understand(grid: &Grid, words: &Vocabulary, block: Block) -> Option<Header> {
    let paths = paths(grid, words, block);
    let roles: Vec<Role> = paths.iter().filter_map(|path| path.leaf()?.role).collect();
    let mut distinct = roles.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let years = year_columns(&paths);
    // A sentence with the word 성과지표 in a guide is no header: it takes several columns to make a table.
    if distinct.len() < 3 && (distinct.len() < 2 || years.is_empty()) {
        return None;
    }
    let own_group = years.first().and_then(|year| group_of(&paths, year.col)).map(|(cell, _)| cell);
    let (mut columns, parent_columns) = assign(&paths, own_group);
    columns.years = years;
    let group = |col: Option<u16>| group_of(&paths, col?);
    let own = group(columns.kpi).or_else(|| group(columns.goal));
    let parent = parent_columns
        .iter()
        .find_map(|&col| group_of(&paths, col))
        .filter(|parent| own.as_ref().is_none_or(|own| own.0 != parent.0));
    let mut unknown: Vec<(u16, String)> = paths
        .iter()
        .filter(|path| path.leaf().is_none())
        .filter_map(|path| path.cells.last().map(|(_, text, _)| (path.col, text.clone())))
        .collect();
    adopt_perspective(grid, block, &mut columns, &mut unknown);
    let printed = paths.iter().filter_map(|path| Some((path.col, path.cells.last()?.1.clone()))).collect();
    Some(Header { block, columns, parent, own, printed, unknown })
}

/// The headings above each column. In a row of group names a name that is not merged stands over the blank cells to
/// its right as far as these have headings of their own below.
fn paths(grid: &Grid, words: &Vocabulary, block: Block) -> Vec<Path> {
    let last = (block.top..=block.bottom)
        .flat_map(|row| grid.row(row).last().map(|(col, _)| *col))
        .max()
        .unwrap_or(0);
    let last = (block.top..=block.bottom)
        .filter_map(|row| grid.merged(CellRef::new(row, last)).map(|merge| merge.last.col))
        .max()
        .unwrap_or(last)
        .max(last)
        .min(last.saturating_add(64));
    let first = (block.top..=block.bottom)
        .filter_map(|row| grid.row(row).first().map(|(col, _)| *col))
        .min()
        .unwrap_or(0);
    let has_below = |row: u32, col: u16| {
        (row + 1..=block.bottom).any(|below| grid.own(CellRef::new(below, col)).is_some())
    };
    let mut paths: Vec<Path> = (first..=last).map(|col| Path { col, cells: Vec::new() }).collect();
    for row in block.top..=block.bottom {
        let mut carried: Option<CellRef> = None;
        for path in &mut paths {
            let cell = CellRef::new(row, path.col);
            let found = grid.shown(cell).map(|(at, _)| at);
            let at = match found {
                Some(at) => {
                    carried = has_below(row, at.col).then_some(at);
                    Some(at)
                }
                None if grid.merged(cell).is_some() => None,
                None => carried.filter(|_| row < block.bottom && has_below(row, path.col)),
            };
            if let Some(at) = at
                && path.cells.last().is_none_or(|(last, _, _)| *last != at)
                && let Some(shown) = grid.own(at)
            {
                path.cells.push((at, shown.text.to_string(), words.label(&shown.text)));
            }
        }
    }
    paths.retain(|path| !path.cells.is_empty());
    paths
}

impl Path {
    /// The lowest heading that is understood.
    fn leaf(&self) -> Option<Label> {
        self.cells.iter().rev().find_map(|(_, _, label)| *label)
    }

    /// The year and the heading it stands in.
    fn year(&self) -> Option<(i32, &str)> {
        self.cells
            .iter()
            .rev()
            .find_map(|(_, text, label)| label.and_then(|l| l.year).map(|y| (y, text.as_str())))
    }

    /// The headings 실적치 or 목표치 of a year's column: cell, text and kind.
    fn kind(&self) -> Option<(CellRef, &str, YearKind)> {
        self.cells.iter().rev().find_map(|(cell, text, label)| match label.and_then(|l| l.role) {
            Some(Role::Actual) => Some((*cell, text.as_str(), YearKind::Actual)),
            Some(Role::Target) => Some((*cell, text.as_str(), YearKind::Target)),
            _ => None,
        })
    }
}

/// The name over a column: the topmost heading that is no label.
fn group_of(paths: &[Path], col: u16) -> Option<(CellRef, String)> {
    let path = paths.iter().find(|path| path.col == col)?;
    let (last, above) = path.cells.split_last()?;
    let named = above.iter().find(|(_, _, label)| label.is_none())?;
    (named.0 != last.0).then(|| (named.0, named.1.clone()))
}

fn year_columns(paths: &[Path]) -> Vec<YearAt> {
    let mut years: Vec<YearAt> = Vec::new();
    let mut groups: Vec<Option<(CellRef, YearKind)>> = Vec::new();
    for path in paths {
        let Some((year, label)) = path.year() else { continue };
        if years.iter().any(|known| known.year == year) {
            continue;
        }
        let kind = path.kind();
        groups.push(kind.map(|(cell, _, kind)| (cell, kind)));
        years.push(YearAt {
            col: path.col,
            year,
            label: label.to_owned(),
            group: kind
                .filter(|(_, text, _)| *text != label)
                .map_or(String::new(), |(_, text, _)| text.to_owned()),
            kind: kind.map(|(_, _, kind)| kind),
        });
    }
    // One heading over all years cannot tell actuals from targets: then the plan year does.
    let one_group = years.len() > 1
        && groups.first().is_some_and(|first| first.is_some() && groups.iter().all(|g| g == first));
    if one_group {
        for year in &mut years {
            year.kind = None;
        }
    }
    years
}

/// Gives each column its field. Where objective and KPI stand there twice, the own ones are those under the years' group,
/// else those not marked as the parent's, else the right ones.
fn assign(paths: &[Path], own_group: Option<CellRef>) -> (Columns, Vec<u16>) {
    let mut columns = Columns::default();
    let mut twice: BTreeMap<Role, Vec<(u16, bool)>> = BTreeMap::new();
    for path in paths.iter().filter(|path| path.year().is_none()) {
        let Some(Label { role: Some(role), parent, .. }) = path.leaf() else { continue };
        let slot = match role {
            Role::Perspective => &mut columns.perspective,
            Role::Unit => &mut columns.unit,
            Role::Weight => &mut columns.weight,
            Role::Code => &mut columns.code,
            Role::Goal | Role::Kpi | Role::Target | Role::Actual => {
                let in_own_group =
                    own_group.is_some() && group_of(paths, path.col).map(|(cell, _)| cell) == own_group;
                twice
                    .entry(role)
                    .or_default()
                    .push((path.col, !parent && (own_group.is_none() || in_own_group)));
                continue;
            }
        };
        slot.get_or_insert(path.col);
    }
    let mut parents = Vec::new();
    for (role, own, parent) in [
        (Role::Goal, &mut columns.goal, &mut columns.parent_goal),
        (Role::Kpi, &mut columns.kpi, &mut columns.parent_kpi),
    ] {
        let found = twice.remove(&role).unwrap_or_default();
        let own_at = found.iter().rposition(|&(_, own)| own).or(found.len().checked_sub(1));
        *own = own_at.map(|at| found[at].0);
        *parent = found.iter().enumerate().find(|&(at, _)| Some(at) != own_at).map(|(_, &(col, _))| col);
        parents.extend(*parent);
    }
    columns.parent_target = twice.remove(&Role::Target).and_then(|found| found.first().map(|&(col, _)| col));
    parents.extend(columns.parent_target);
    (columns, parents)
}

/// A column to the left of all others whose heading nobody knows holds the perspectives: departments have
/// called it by many names.
fn adopt_perspective(grid: &Grid, block: Block, columns: &mut Columns, unknown: &mut Vec<(u16, String)>) {
    if columns.perspective.is_some() {
        return;
    }
    let known = [columns.parent_goal, columns.parent_kpi, columns.goal, columns.kpi];
    let Some(left) = known.into_iter().flatten().min().and_then(|col| col.checked_sub(1)) else { return };
    let headed = unknown.iter().position(|(col, _)| *col == left);
    let filled =
        grid.rows_from(block.bottom + 1).take(3).any(|(_, cells)| cells.iter().any(|(col, _)| *col == left));
    if headed.is_some() || filled {
        columns.perspective = Some(left);
        unknown.retain(|(col, _)| *col != left);
    }
}

impl Columns {
    /// Every column that was found, in the order of the fields.
    pub(super) fn all(&self) -> impl Iterator<Item = u16> + '_ {
        self.groups()
            .chain(self.kpi)
            .chain(self.years.iter().map(|year| year.col))
            .chain(self.unit)
            .chain(self.weight)
            .chain(self.code)
    }

    /// The columns whose cells stand for several rows.
    pub(super) fn groups(&self) -> impl Iterator<Item = u16> + '_ {
        [self.perspective, self.parent_goal, self.parent_kpi, self.parent_target, self.goal]
            .into_iter()
            .flatten()
    }

    /// The leftmost column.
    pub(super) fn left(&self) -> Option<u16> {
        self.all().min()
    }
}
