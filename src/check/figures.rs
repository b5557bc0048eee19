//! Compares the rows of two plans regardless of spacing and spelling.

use std::borrow::Cow;

use crate::consolidate::{City, RowId};
use crate::text::NameKey;

/// A row's weight, unit and values, normalised to find duplicates.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Figures<'c> {
    /// In millionths of a percent, because a weight may result from a sum or a product.
    weight: Option<i64>,
    unit: &'c NameKey,
    /// Without spaces.
    values: Vec<Cow<'c, str>>,
}

impl<'c> Figures<'c> {
    /// The figures of the row `id`.
    pub(super) fn of(city: &'c City, id: RowId) -> Self {
        let row = city.row(id);
        #[allow(clippy::cast_possible_truncation, reason = "a weight beyond that is no weight")]
        let millionths = |percent: f64| (percent * 1e6).round() as i64;
        Self {
            weight: row.weight.percent.map(millionths),
            unit: &city.row_keys(id).unit,
            values: row.values.iter().map(|value| unspaced(&value.text.text)).collect(),
        }
    }

    /// Whether any value contains a digit.
    pub(super) fn any_number(&self) -> bool {
        self.values.iter().any(|value| value.contains(|c: char| c.is_ascii_digit()))
    }
}

fn unspaced(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) { text.split_whitespace().collect() } else { text.into() }
}
