//! Which row of a plan is which of the other's: by names, then by likeness.

use super::Sides;
use super::change::RowPair;
use super::meet::Open;
use super::same::{self, Sameness};
use crate::plan::Meaning;

/// How far apart two rows may stand among those still open to be looked at together. It bounds the work in plans of
/// thousands of rows.
const REACH: usize = 40;
/// Letters of a name that are compared.
const LETTERS: usize = 80;
/// From this likeness on two rows are one KPI under two names. See [`likeness`].
const ALIKE: u32 = 2250;

/// Pairs the rows of a plan. The pairs stand in the new order; what is gone stands behind what it stood behind.
pub(super) fn pair(sides: &Sides<'_>) -> Vec<RowPair> {
    let (old, new) = (&sides.old.keys, &sides.new.keys);
    let mut open = Open::new(old.len(), new.len());
    // The strictest first, so that a KPI that stands twice in a plan finds its own.
    open.meet(
        |row| {
            Some((&old[row].kpi, &old[row].goal, &old[row].perspective, &old[row].parent_kpi, &old[row].unit))
        },
        |row| {
            Some((&new[row].kpi, &new[row].goal, &new[row].perspective, &new[row].parent_kpi, &new[row].unit))
        },
    );
    open.meet(|row| Some((&old[row].kpi, &old[row].goal)), |row| Some((&new[row].kpi, &new[row].goal)));
    open.meet(
        |row| Some(&old[row].kpi).filter(|kpi| !kpi.is_empty()),
        |row| Some(&new[row].kpi).filter(|kpi| !kpi.is_empty()),
    );
    let renamed = renamed(sides, &open);
    open.take(renamed);
    in_order(&open)
}

/// Open rows that are one KPI under two names, the likest first.
fn renamed(sides: &Sides<'_>, open: &Open) -> Vec<(usize, usize)> {
    let before = Neighbours::of(sides, open);
    let mut candidates = Vec::new();
    for (at, &old) in open.old.iter().enumerate() {
        let near = at.saturating_sub(REACH)..open.new.len().min(at + REACH + 1);
        for &new in open.new.get(near).unwrap_or_default() {
            let likeness = likeness(sides, old, new) + before.bonus(old, new);
            if likeness >= ALIKE {
                candidates.push((old, new, likeness));
            }
        }
    }
    candidates.sort_by_key(|&(old, new, likeness)| (u32::MAX - likeness, old.abs_diff(new), old + new, old));
    let (mut olds, mut news) = (vec![false; sides.old.keys.len()], vec![false; sides.new.keys.len()]);
    let mut found = Vec::new();
    for (old, new, _) in candidates {
        if !olds[old] && !news[new] {
            (olds[old], news[new]) = (true, true);
            found.push((old, new));
        }
    }
    found
}

/// How like two rows are: their names (up to 2000), objective and unit (500 each), the values of the years they share
/// (1000, half of it where the values never change), initiative codes (500), what they cite and their weight (250 each).
fn likeness(sides: &Sides<'_>, old: usize, new: usize) -> u32 {
    let (a, b) = (&sides.old.keys[old], &sides.new.keys[new]);
    let (before, after) = (&sides.old.plan.rows[old], &sides.new.plan.rows[new]);
    let start = |name: &str| name.chars().take(LETTERS).collect::<String>();
    let name = strsim::normalized_damerau_levenshtein(&start(a.kpi.as_str()), &start(b.kpi.as_str()));
    let same_codes = !before.initiatives.codes.is_empty()
        && same::codes(&before.initiatives, &after.initiatives) != Sameness::Differs;
    let same_weight =
        before.weight.percent.is_some() && same::weights(&before.weight, &after.weight) != Sameness::Differs;
    let points = |same: bool, points: u32| if same { points } else { 0 };
    // A likeness of names is between 0 and 1.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let name = (name * 2000.0).round() as u32;
    name + points(a.goal == b.goal, 500)
        + points(a.unit == b.unit, 500)
        + same_values(sides, old, new)
        + points(same_codes, 500)
        + points(!a.parent_kpi.is_empty() && a.parent_kpi == b.parent_kpi, 250)
        + points(same_weight, 250)
}

fn same_values(sides: &Sides<'_>, old: usize, new: usize) -> u32 {
    let (before, after) = (&sides.old.plan.rows[old], &sides.new.plan.rows[new]);
    let (mut both, mut same, mut texts) = (0, 0, Vec::new());
    for (year, value) in sides.old.plan.years.iter().zip(&before.values) {
        let Some(other) = sides.new.plan.year_index(year.year).and_then(|index| after.values.get(index))
        else {
            continue;
        };
        let says_nothing = |meaning: &Meaning| matches!(meaning, Meaning::Empty | Meaning::Dash);
        if says_nothing(&value.meaning) && says_nothing(&other.meaning) {
            continue;
        }
        both += 1;
        if same::values(value, &before.unit, other, &after.unit) != Sameness::Differs {
            same += 1;
            texts.push(same::squeezed(&value.text.text));
        }
    }
    let most: u32 = if texts.windows(2).any(|pair| pair[0] != pair[1]) { 1000 } else { 500 };
    (most * same).checked_div(both).unwrap_or(0)
}

/// For each row the new row that stands next above it among those that are paired.
struct Neighbours {
    old: Vec<Option<usize>>,
    new: Vec<Option<usize>>,
}

impl Neighbours {
    fn of(sides: &Sides<'_>, open: &Open) -> Self {
        let (mut old, mut new) = (vec![None; sides.old.keys.len()], vec![None; sides.new.keys.len()]);
        for &(before, after) in &open.pairs {
            (old[before], new[after]) = (Some(after), Some(after));
        }
        Self { old: carried(&old), new: carried(&new) }
    }

    /// What standing behind the same row adds to the likeness.
    fn bonus(&self, old: usize, new: usize) -> u32 {
        if self.old[old] == self.new[new] { 250 } else { 0 }
    }
}

/// Each empty place gets what stands above it.
fn carried(partners: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut above = None;
    let carry = |partner: &Option<usize>| {
        above = partner.or(above);
        above
    };
    partners.iter().map(carry).collect()
}

/// Pairs and lone rows in the new order, what is gone behind the row that it stood behind.
fn in_order(open: &Open) -> Vec<RowPair> {
    let mut partner: Vec<Option<usize>> = vec![None; open.old.len() + open.pairs.len()];
    for &(old, new) in &open.pairs {
        partner[old] = Some(new);
    }
    let above = carried(&partner);
    let mut rows: Vec<((usize, usize, usize), RowPair)> = Vec::new();
    // Places are counted from 1, so that what stood above everything comes first.
    rows.extend(
        open.pairs.iter().map(|&(old, new)| ((new + 1, 0, 0), RowPair { old: Some(old), new: Some(new) })),
    );
    rows.extend(open.new.iter().map(|&new| ((new + 1, 0, 0), RowPair { old: None, new: Some(new) })));
    rows.extend(
        open.old.iter().map(|&old| {
            ((above[old].map_or(0, |new| new + 1), 1, old), RowPair { old: Some(old), new: None })
        }),
    );
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, pair)| pair).collect()
}
