//! How wide and how high text is, and how much of it a cell holds.

/// Characters a cell holds, in UTF-16 units (ECMA-376 Part 1, 18.4.12).
pub(super) const MAX_TEXT: usize = 32_767;
/// Height of a line of text in a table, in points, and what a row needs besides.
const LINE: f64 = 14.0;
const PADDING: f64 = 4.0;
/// The most lines a row is made high for; Excel allows rows of 409 points.
pub const MAX_LINES: u16 = 20;

/// The height of a row of so many lines, in points.
pub fn row_height(lines: u16) -> f64 {
    f64::from(lines) * LINE + PADDING
}

/// The width of a column that shows `text` on one line.
pub fn width_of(text: &str) -> f64 {
    digits(text) + 1.5
}

/// How wide `text` is, counted in digits. A Korean letter of the house font is as wide as one digit and three quarters.
fn digits(text: &str) -> f64 {
    text.chars().map(|c| if c < '\u{1100}' { 1.0 } else { 1.75 }).sum()
}

/// The lines that `text` fills in a column so many digits wide, at most [`MAX_LINES`].
pub fn lines_of(text: &str, width: f64) -> u16 {
    let digits = digits(text);
    let room = (width - 0.5).max(1.0);
    (1..MAX_LINES).find(|&lines| digits <= room * f64::from(lines)).unwrap_or(MAX_LINES)
}

/// `text` within what a cell holds.
pub fn cut(text: &str) -> String {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > MAX_TEXT {
            // The character before is at most two units long: one off makes room for the ellipsis.
            let kept = text[..at].chars().count() - 1;
            return text.chars().take(kept).chain(['…']).collect();
        }
    }
    text.to_owned()
}
