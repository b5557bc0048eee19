//! The cells below a heading, in numbers.

use std::collections::BTreeSet;

use super::super::role::Role;
use crate::plan::Field;
use crate::plan::value::Number;
use crate::read::grid::Grid;

/// How many rows below a header are looked at.
const SAMPLED_ROWS: usize = 300;

/// The cells of a column below its heading.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Profile {
    /// The number of filled cells.
    pub(super) filled: usize,
    /// The share of numbers among them.
    pub(super) numbers: f32,
    /// The share of different texts among them.
    pub(super) distinct: f32,
    /// The mean number of characters.
    pub(super) length: f32,
}

impl Profile {
    /// The profile of the cells of `col` below row `bottom`.
    pub(super) fn of(grid: &Grid, bottom: u32, col: u16) -> Self {
        let texts = texts_below(grid, bottom, col);
        let filled = texts.len();
        let numbers = texts.iter().filter(|text| is_number(text)).count();
        let length = texts.iter().map(|text| text.chars().count()).sum();
        let distinct = texts.iter().collect::<BTreeSet<_>>().len();
        let share = |part: usize| if filled == 0 { 0.0 } else { part as f32 / filled as f32 };
        Self { filled, numbers: share(numbers), distinct: share(distinct), length: share(length) }
    }

    /// Whether the cells are short texts that many rows share.
    pub(super) fn is_grouping(&self) -> bool {
        self.filled > 5 && self.numbers < 0.2 && self.distinct <= 0.5 && self.length <= 60.0
    }

    /// How far the cells speak for or against a role.
    pub(super) fn supports(&self, role: Role) -> f32 {
        if self.filled == 0 {
            return 0.0;
        }
        let numeric = self.numbers > 0.5;
        let long = self.length > 40.0 && !numeric;
        match role {
            Role::Column(Field::Kpi) => {
                let name = if self.length >= 8.0 && self.distinct >= 0.5 { 0.15 } else { 0.0 };
                let repeated = if self.filled > 5 && self.distinct < 0.2 { -0.3 } else { 0.0 };
                name + repeated + if numeric { -0.6 } else { 0.0 }
            }
            Role::Column(Field::Objective | Field::Perspective)
            | Role::Level
            | Role::Organisation
            | Role::ParentOrganisation
                if numeric =>
            {
                -0.5
            }
            Role::Column(Field::Unit) if numeric || self.length > 25.0 => -0.5,
            Role::Column(Field::Weight) if !numeric => -0.6,
            Role::Target | Role::Actual | Role::Baseline | Role::Forecast | Role::AnyValue if long => -0.4,
            _ => 0.0,
        }
    }
}

/// Whether a cell shows a number, with a sign, a currency or a percent sign.
fn is_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "%％$€£¥₩+-()<>=≤≥~".contains(c));
    Number::parse_plain(bare).is_some() || bare.is_empty()
}

/// The texts of `col` below row `bottom`.
pub(super) fn texts_below(grid: &Grid, bottom: u32, col: u16) -> Vec<&str> {
    let rows = grid.rows_from(bottom + 1).take(SAMPLED_ROWS);
    let cells = rows.filter_map(|(_, cells)| {
        let at = cells.binary_search_by_key(&col, |(col, _)| *col).ok()?;
        Some(&*cells[at].1.text)
    });
    cells.collect()
}
