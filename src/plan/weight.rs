//! The weight of a KPI (비중, 가중치), in percent of its plan.

use serde::{Deserialize, Serialize};

use super::Text;
use super::value::Number;

/// A weight as written and as a number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Weight {
    /// The cell as written, a trailing % taken off.
    pub text: Text,
    /// Percent of the plan; `None` if the cell is empty or not a number.
    pub percent: Option<f64>,
    /// Whether the cell is merged with that of a row above, whose weight covers both rows.
    #[serde(default)]
    pub shared: bool,
}

impl Weight {
    /// Reads `20`, `20%`, `2.5 점`.
    pub fn read(text: Text) -> Self {
        let plain = text.text.trim_end_matches(['%', '％', '점']).trim();
        let percent = Number::parse_plain(plain);
        let text = if percent.is_some() { Text { text: plain.into(), cell: text.cell } } else { text };
        Self { text, percent, shared: false }
    }

    /// The weight of a row whose cell, `text`, is merged with that of a row above, where it counts.
    pub fn shared(text: Text) -> Self {
        Self { text: Text { text: "".into(), cell: text.cell }, percent: None, shared: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::CellRef;

    #[test]
    fn percent_signs_go_and_words_stay() {
        for (text, shown, percent) in [
            ("20", "20", Some(20.0)),
            ("6%", "6", Some(6.0)),
            ("2.5", "2.5", Some(2.5)),
            ("", "", None),
            ("미정", "미정", None),
        ] {
            let weight = Weight::read(Text::new(text, CellRef::default()));
            assert_eq!((&*weight.text.text, weight.percent), (shown, percent), "{text}");
        }
    }
}
