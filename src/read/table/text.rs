//! Converts full-width characters.

use crate::plan::Text;

/// Replaces full-width digits and signs (`８５％`) by ASCII.
pub(super) fn half_width(text: Text) -> Text {
    if !text.text.chars().any(|c| ('！'..='～').contains(&c)) {
        return text;
    }
    let plain: String = text
        .text
        .chars()
        .map(|c| match u32::from(c) {
            code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect();
    Text { text: plain.into(), cell: text.cell }
}
