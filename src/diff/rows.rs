//! Matches the rows of two plans: by names, then by similarity.

use super::change::RowPair;
use super::pairing::Unpaired;
use super::same::{self, Sameness};
use super::sides::PlanPair;
use crate::plan::Meaning;

/// How far apart two unpaired rows may be to be compared. It bounds the work in plans of thousands of rows.
const REACH: usize = 40;
/// The number of letters of a name that are compared.
const LETTERS: usize = 80;
/// The least similarity at which two rows are one KPI under two names. See [`similarity`].
const MIN_SIMILARITY: u32 = 2250;

/// Pairs the rows of a plan. Pairs come in the new order; a removed row follows the row it followed before.
pub(super) fn pair(sides: &PlanPair<'_>) -> Vec<RowPair> {
    let (old, new) = (&sides.old.keys, &sides.new.keys);
    let mut unpaired = Unpaired::new(old.len(), new.len());
    // The strictest key first, so that a KPI that occurs twice in a plan finds its own counterpart.
    unpaired.pair_by_key(
        |row| {
            Some((
                &old[row].kpi,
                &old[row].objective,
                &old[row].perspective,
                &old[row].parent_kpi,
                &old[row].unit,
            ))
        },
        |row| {
            Some((
                &new[row].kpi,
                &new[row].objective,
                &new[row].perspective,
                &new[row].parent_kpi,
                &new[row].unit,
            ))
        },
    );
    unpaired.pair_by_key(
        |row| Some((&old[row].kpi, &old[row].objective)),
        |row| Some((&new[row].kpi, &new[row].objective)),
    );
    unpaired.pair_by_key(
        |row| Some(&old[row].kpi).filter(|kpi| !kpi.is_empty()),
        |row| Some(&new[row].kpi).filter(|kpi| !kpi.is_empty()),
    );
    let renamed = renamed(sides, &unpaired);
    unpaired.add_pairs(renamed);
    in_order(&unpaired)
}

/// Unpaired rows that are one KPI under two names, most similar first.
fn renamed(sides: &PlanPair<'_>, unpaired: &Unpaired) -> Vec<(usize, usize)> {
    let before = Neighbours::of(sides, unpaired);
    let mut candidates = Vec::new();
    for (at, &old) in unpaired.old.iter().enumerate() {
        let near = at.saturating_sub(REACH)..unpaired.new.len().min(at + REACH + 1);
        for &new in unpaired.new.get(near).unwrap_or_default() {
            let similarity = similarity(sides, old, new) + before.bonus(old, new);
            if similarity >= MIN_SIMILARITY {
                candidates.push((old, new, similarity));
            }
        }
    }
    candidates
        .sort_by_key(|&(old, new, similarity)| (u32::MAX - similarity, old.abs_diff(new), old + new, old));
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

/// The similarity of two rows: names (up to 2000), objective and unit (500 each), values of shared years
/// (1000, or 500 if the values never change), initiative codes (500), citation and weight (250 each).
fn similarity(sides: &PlanPair<'_>, old: usize, new: usize) -> u32 {
    let (a, b) = (&sides.old.keys[old], &sides.new.keys[new]);
    let (before, after) = (&sides.old.plan.rows[old], &sides.new.plan.rows[new]);
    let start = |name: &str| name.chars().take(LETTERS).collect::<String>();
    let name = strsim::normalized_damerau_levenshtein(&start(a.kpi.as_str()), &start(b.kpi.as_str()));
    let same_codes = !before.initiatives.codes.is_empty()
        && same::codes(&before.initiatives, &after.initiatives) != Sameness::Differs;
    let same_weight =
        before.weight.percent.is_some() && same::weights(&before.weight, &after.weight) != Sameness::Differs;
    let points = |same: bool, points: u32| if same { points } else { 0 };
    // The similarity of names is between 0 and 1.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let name = (name * 2000.0).round() as u32;
    name + points(a.objective == b.objective, 500)
        + points(a.unit == b.unit, 500)
        + same_values(sides, old, new)
        + points(same_codes, 500)
        + points(!a.parent_kpi.is_empty() && a.parent_kpi == b.parent_kpi, 250)
        + points(same_weight, 250)
}

fn same_values(sides: &PlanPair<'_>, old: usize, new: usize) -> u32 {
    let (before, after) = (&sides.old.plan.rows[old], &sides.new.plan.rows[new]);
    let (mut both, mut same, mut texts) = (0, 0, Vec::new());
    for (year, value) in sides.old.plan.years.iter().zip(&before.values) {
        let Some(other) = sides.new.plan.year_index(year.year).and_then(|index| after.values.get(index))
        else {
            continue;
        };
        let says_nothing = |meaning: &Meaning| matches!(meaning, Meaning::Empty | Meaning::NotApplicable);
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

/// For each row, the new row of the nearest paired row at or above it.
struct Neighbours {
    old: Vec<Option<usize>>,
    new: Vec<Option<usize>>,
}

impl Neighbours {
    fn of(sides: &PlanPair<'_>, unpaired: &Unpaired) -> Self {
        let (mut old, mut new) = (vec![None; sides.old.keys.len()], vec![None; sides.new.keys.len()]);
        for &(before, after) in &unpaired.pairs {
            (old[before], new[after]) = (Some(after), Some(after));
        }
        Self { old: carried(&old), new: carried(&new) }
    }

    /// The points for following the same row.
    fn bonus(&self, old: usize, new: usize) -> u32 {
        if self.old[old] == self.new[new] { 250 } else { 0 }
    }
}

/// Fills each empty position with the nearest value above.
fn carried(partners: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut above = None;
    let carry = |partner: &Option<usize>| {
        above = partner.or(above);
        above
    };
    partners.iter().map(carry).collect()
}

/// Pairs and single rows in the new order; a removed row follows the row it followed before.
fn in_order(unpaired: &Unpaired) -> Vec<RowPair> {
    let mut partner: Vec<Option<usize>> = vec![None; unpaired.old.len() + unpaired.pairs.len()];
    for &(old, new) in &unpaired.pairs {
        partner[old] = Some(new);
    }
    let above = carried(&partner);
    let mut rows: Vec<((usize, usize, usize), RowPair)> = Vec::new();
    // Positions count from 1, so that removed rows above all others come first.
    rows.extend(
        unpaired
            .pairs
            .iter()
            .map(|&(old, new)| ((new + 1, 0, 0), RowPair { old: Some(old), new: Some(new) })),
    );
    rows.extend(unpaired.new.iter().map(|&new| ((new + 1, 0, 0), RowPair { old: None, new: Some(new) })));
    rows.extend(
        unpaired.old.iter().map(|&old| {
            ((above[old].map_or(0, |new| new + 1), 1, old), RowPair { old: Some(old), new: None })
        }),
    );
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, pair)| pair).collect()
}
