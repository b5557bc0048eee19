//! Text widths, row heights, and the length limit of cell text.

/// The longest cell text, in UTF-16 units (ECMA-376 Part 1, 18.4.12).
pub(super) const MAX_TEXT: usize = 32_767;
/// Height of a line of text in a table, and the padding of a row, in points.
const LINE: f64 = 14.0;
const PADDING: f64 = 4.0;
/// The most lines a row grows for; Excel limits rows to 409 points.
pub const MAX_LINES: u16 = 20;

/// The height of a row with `lines`, in points.
pub fn row_height(lines: u16) -> f64 {
    f64::from(lines) * LINE + PADDING
}

/// The width of a column that shows `text` on one line.
pub fn width_of(text: &str) -> f64 {
    width_in_digits(text) + 1.5
}

/// The width of `text` in digits. A Korean letter of the house font is 1.75 digits wide.
fn width_in_digits(text: &str) -> f64 {
    text.chars().map(|c| if c < '\u{1100}' { 1.0 } else { 1.75 }).sum()
}

/// The lines that `text` needs in a column of `width` digits, at most [`MAX_LINES`].
pub fn lines_of(text: &str, width: f64) -> u16 {
    let width_in_digits = width_in_digits(text);
    let room = (width - 0.5).max(1.0);
    (1..MAX_LINES).find(|&lines| width_in_digits <= room * f64::from(lines)).unwrap_or(MAX_LINES)
}

/// `text`, cut to what a cell can hold.
pub fn cut(text: &str) -> String {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > MAX_TEXT {
            // The last character has at most two units: dropping one makes room for the ellipsis.
            let kept = text[..at].chars().count() - 1;
            return text.chars().take(kept).chain(['…']).collect();
        }
    }
    text.to_owned()
}
