//! Results from filled scorecards, as the actuals of a form.

use crate::consolidate::{City, RowId};
use crate::plan::value::show_number;
use crate::score::{Entered, Entries, RowIds};

/// What was entered on the scorecards of the plan year.
#[derive(Debug)]
pub(super) struct Results<'a> {
    entries: &'a Entries,
    ids: RowIds,
}

impl<'a> Results<'a> {
    pub(super) fn new(entries: &'a Entries, city: &City) -> Self {
        Self { entries, ids: RowIds::of(city) }
    }

    /// The result of the row `id` as its plan writes values: thousands are parted where the plan parts them.
    pub(super) fn text(&self, city: &City, id: RowId) -> Option<String> {
        let entry = self.entries.rows.get(&self.ids.key(id).id)?;
        match entry.result.as_ref()? {
            Entered::Text(text) => Some(text.to_string()),
            Entered::Number(number) => {
                let parts = city.row(id).values.iter().any(|value| value.text.text.contains(','));
                let plain = show_number(*number);
                Some(if parts { parted(&plain) } else { plain })
            }
        }
    }
}

/// `1234567.5` as `1,234,567.5`.
fn parted(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = rest.find('.').map_or((rest, ""), |point| rest.split_at(point));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        for (number, text) in
            [("1234567.5", "1,234,567.5"), ("999", "999"), ("-1000", "-1,000"), ("0.25", "0.25")]
        {
            assert_eq!(parted(number), text);
        }
    }
}
