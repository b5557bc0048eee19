//! Numbers as people write them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A number and the unit written at it, if any.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// The amount, scale words multiplied out (`6천만건` is 60,000,000).
    pub amount: f64,
    /// The unit written at the number, without its scale (`건`, `%`); none where the number stands bare.
    pub unit: Option<Arc<str>>,
}

impl Number {
    /// Reads digits with thousands separators, a sign and a decimal point, and nothing else.
    pub fn parse_plain(text: &str) -> Option<f64> {
        let body = text.strip_prefix(['-', '+', '−', '△', '▲']).unwrap_or(text);
        let negative = text.starts_with(['-', '−', '△', '▲']);
        let (whole, fraction) = body.split_once('.').unwrap_or((body, "0"));
        let digits_only = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let mut groups = whole.split(',');
        let head = groups.next()?;
        let grouped = groups.clone().next().is_some();
        if !digits_only(head) || (grouped && head.len() > 3) || !digits_only(fraction) {
            return None;
        }
        if !groups.all(|group| group.len() == 3 && digits_only(group)) {
            return None;
        }
        let amount: f64 = body.replace(',', "").parse().ok()?;
        Some(if negative { -amount } else { amount })
    }
}
