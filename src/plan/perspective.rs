//! A perspective (관점) and the weight printed under its name.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Text;
use super::value::Number;

/// A perspective of a balanced scorecard, such as `정책 성과 (60)`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Perspective {
    /// The cell as written.
    pub text: Text,
    /// The name without the weight (`정책 성과`).
    pub name: Arc<str>,
    /// The weight printed in brackets, in percent of the plan.
    pub weight: Option<f64>,
}

impl Perspective {
    /// Reads `name (weight)`, the weight with or without %, or a name alone.
    pub fn read(text: Text) -> Self {
        let split = text.text.char_indices().rev().find(|&(_, c)| matches!(c, '(' | '（' | '[')).and_then(
            |(at, bracket)| {
                let inner = text.text[at + bracket.len_utf8()..].trim();
                let inner = inner.strip_suffix([')', '）', ']'])?.trim();
                let weight = Number::parse_plain(inner.trim_end_matches(['%', '％', '점']).trim())?;
                Some((Arc::from(text.text[..at].trim()), weight))
            },
        );
        match split {
            Some((name, weight)) => Self { text, name, weight: Some(weight) },
            None => Self { name: text.text.clone(), text, weight: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::CellRef;

    #[test]
    fn weight_in_brackets_with_and_without_percent() {
        for (text, name, weight) in [
            ("시민 고객 (20)", "시민 고객", Some(20.0)),
            ("정책성과(65%)", "정책성과", Some(65.0)),
            ("창의 [12.5 %]", "창의", Some(12.5)),
            ("조직 역량", "조직 역량", None),
            ("시민 (고객)", "시민 (고객)", None),
            ("(60)", "", Some(60.0)),
        ] {
            let read = Perspective::read(Text::new(text, CellRef::default()));
            assert_eq!((&*read.name, read.weight), (name, weight), "{text}");
        }
    }
}
