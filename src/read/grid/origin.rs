//! Where the text of a cell comes from: a formula, a number stored as text, a rounded percentage.

use super::Grid;
use super::text::{CellText, Origin, Shown};
use crate::plan::value::Number;
use crate::read::shown::general::general;
use crate::source::CellRef;

impl Grid {
    /// Sets the origin of the last text added, if it is in the cell `at`.
    pub(in crate::read) fn set_origin(&mut self, at: CellRef, origin: Origin) {
        if let Some(shown) = self.last_in(at) {
            shown.origin = origin;
        }
    }

    /// Marks the last text as [`Origin::NumberAsText`] if it is a number and in the cell `at`.
    pub(in crate::read) fn mark_number_as_text(&mut self, at: CellRef) {
        let is_number = |last: &CellText| Number::parse_plain(&last.text).is_some();
        if self.last.as_ref().is_some_and(is_number) {
            self.set_origin(at, Origin::NumberAsText);
        }
    }

    /// Keeps the stored number of the last text, a percentage in the cell `at`, if more precise than shown.
    pub(in crate::read) fn keep_exact_percentage(&mut self, at: CellRef, share: f64) {
        let number = |text: &str| text.trim_end_matches('%').replace(',', "").parse::<f64>().ok();
        let Some(shown) = self.last_in(at).filter(|shown| shown.percent) else { return };
        if number(&shown.text) != number(&general(share * 100.0)) {
            self.rounded.push((at, share));
        }
    }

    fn last_in(&mut self, at: CellRef) -> Option<&mut Shown> {
        let (col, shown) = self.rows.get_mut(&at.row)?.last_mut()?;
        (*col == at.col).then_some(shown)
    }

    /// The text of a cell; a percentage gets all its decimals.
    pub(in crate::read) fn exact(&self, at: CellRef) -> Option<Shown> {
        let shown = self.own(at)?.clone();
        let rounded = self.rounded.iter().find(|(cell, _)| *cell == at);
        Some(match rounded {
            Some((_, share)) => Shown { text: format!("{}%", general(share * 100.0)).into(), ..shown },
            None => shown,
        })
    }

    /// Whether the sheet has a formula.
    pub(in crate::read) fn has_formulas(&self) -> bool {
        let is_formula = |(_, shown): &(u16, Shown)| shown.origin == Origin::Formula;
        !self.unresolved.is_empty() || self.rows.values().flatten().any(is_formula)
    }
}
