//! Bounds: 이상, 이하, 초과, 미만 and their English counterparts.

use serde::{Deserialize, Serialize};

/// The kind of bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    /// 이상: at least.
    AtLeast,
    /// 이하: at most.
    AtMost,
    /// 초과: more than.
    Above,
    /// 미만: less than.
    Below,
}

/// Words and signs after a number.
const SUFFIXES: [(&str, Bound); 18] = [
    ("이상", Bound::AtLeast),
    ("이하", Bound::AtMost),
    ("이내", Bound::AtMost),
    ("초과", Bound::Above),
    ("미만", Bound::Below),
    ("↑", Bound::AtLeast),
    ("↓", Bound::AtMost),
    ("or more", Bound::AtLeast),
    ("or above", Bound::AtLeast),
    ("or higher", Bound::AtLeast),
    ("or over", Bound::AtLeast),
    ("and above", Bound::AtLeast),
    ("or less", Bound::AtMost),
    ("or fewer", Bound::AtMost),
    ("or below", Bound::AtMost),
    ("or lower", Bound::AtMost),
    ("or under", Bound::AtMost),
    ("and below", Bound::AtMost),
];

/// Words and signs before a number, longer ones first.
const PREFIXES: [(&str, Bound); 28] = [
    ("≥", Bound::AtLeast),
    (">=", Bound::AtLeast),
    ("=>", Bound::AtLeast),
    ("≤", Bound::AtMost),
    ("<=", Bound::AtMost),
    ("=<", Bound::AtMost),
    (">", Bound::Above),
    ("<", Bound::Below),
    ("at least ", Bound::AtLeast),
    ("no less than ", Bound::AtLeast),
    ("not less than ", Bound::AtLeast),
    ("minimum ", Bound::AtLeast),
    ("min. ", Bound::AtLeast),
    ("min ", Bound::AtLeast),
    ("최소 ", Bound::AtLeast),
    ("at most ", Bound::AtMost),
    ("no more than ", Bound::AtMost),
    ("not more than ", Bound::AtMost),
    ("up to ", Bound::AtMost),
    ("maximum ", Bound::AtMost),
    ("max. ", Bound::AtMost),
    ("max ", Bound::AtMost),
    ("최대 ", Bound::AtMost),
    ("more than ", Bound::Above),
    ("over ", Bound::Above),
    ("less than ", Bound::Below),
    ("fewer than ", Bound::Below),
    ("under ", Bound::Below),
];

/// The bound at the start of the text after a number, and the rest.
pub(super) fn suffix(text: &str) -> Option<(Bound, &str)> {
    strip(text, &SUFFIXES)
}

/// The bound at the start of `text`, and the rest.
pub(super) fn prefix(text: &str) -> Option<(Bound, &str)> {
    strip(text, &PREFIXES)
}

fn strip<'a>(text: &'a str, words: &[(&str, Bound)]) -> Option<(Bound, &'a str)> {
    words.iter().find_map(|&(word, bound)| {
        let head = text.get(..word.len())?;
        head.eq_ignore_ascii_case(word).then(|| (bound, text[word.len()..].trim_start()))
    })
}
