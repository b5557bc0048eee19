//! Results from filled scorecards, as the actuals of a form.

use crate::consolidate::{City, RowId};
use crate::plan::value::{show_amount, show_number};
use crate::score::{Entered, Entries, RowIds};

/// The results entered on the scorecards of the plan year.
#[derive(Debug)]
pub(super) struct KnownResults<'a> {
    entries: &'a Entries,
    ids: RowIds,
}

impl<'a> KnownResults<'a> {
    pub(super) fn new(entries: &'a Entries, city: &City) -> Self {
        Self { entries, ids: RowIds::of(city) }
    }

    /// The result of the row `id` in the plan's notation, with thousands separators where the plan uses them.
    pub(super) fn text(&self, city: &City, id: RowId) -> Option<String> {
        let entry = self.entries.rows.get(&self.ids.key(id).id)?;
        match entry.result.as_ref()? {
            Entered::Text(text) => Some(text.to_string()),
            Entered::Number(number) => {
                let parts = city.row(id).values.iter().any(|value| value.text.text.contains(','));
                Some(if parts { show_amount(*number) } else { show_number(*number) })
            }
        }
    }
}
