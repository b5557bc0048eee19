//! Characters that are wider than meant.

use crate::plan::Text;

/// Full-width digits and signs (`８５％`) as the plain ones they are meant to be.
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
