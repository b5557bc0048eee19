//! What a reader knows of a cell beside the text that it shows.

use super::{Grid, Line, Shown};
use crate::plan::value::Number;
use crate::read::shown::general;
use crate::source::CellRef;

/// Where the text of a cell comes from. Not every format tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::read) enum Origin {
    /// It may be anything.
    #[default]
    Any,
    /// A formula gives it.
    Formula,
    /// It is a number that stands as text: formulas take it for words.
    NumberAsText,
}

impl Grid {
    /// Says where the text comes from that was put in last, if that was into the cell `at`.
    pub(in crate::read) fn tell(&mut self, at: CellRef, origin: Origin) {
        if let Some(shown) = self.last_in(at) {
            shown.origin = origin;
        }
    }

    /// The same for a text: it may be a number that formulas take for words.
    pub(in crate::read) fn tell_text(&mut self, at: CellRef) {
        let is_number = |last: &Line| Number::parse_plain(&last.text).is_some();
        if self.last.as_ref().is_some_and(is_number) {
            self.tell(at, Origin::NumberAsText);
        }
    }

    /// Keeps the whole number behind a percentage that was put in last, if that was into the cell `at` and shows less.
    pub(in crate::read) fn tell_percentage(&mut self, at: CellRef, share: f64) {
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

    /// The text of a cell, of a percentage with all its decimals.
    pub(in crate::read) fn whole(&self, at: CellRef) -> Option<Shown> {
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
