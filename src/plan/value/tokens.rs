//! Splits a normalised text into numbers, brackets and words.

use super::bound;
use super::number::{Number, scan};
use super::{Bound, Meaning};

/// A token of a value.
pub(super) enum Token<'a> {
    /// A number, bound, range, tolerance or dash.
    Value(Meaning),
    /// The content of brackets.
    Bracket(&'a str),
    /// Anything else up to the next space or number.
    Word(&'a str),
}

/// Units that make their number part of a name if more text follows: `4개년 계획`, `2단계 7`, `2009년 35`.
const NAMING: [&str; 12] =
    ["개년", "년", "년도", "년차", "차", "차년도", "단계", "호선", "월", "분기", "반기", "주년"];

/// Splits `text` into tokens.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut may_be_dash = true;
    // If the text starts with a dash, later dashes are bullets too and not ranges.
    let bulleted = text.starts_with("- ");
    loop {
        let next = rest.trim_start_matches(is_separator);
        // A dash means "not applicable" at the start of a cell or of one of several values; elsewhere it is a
        // bullet or joins words.
        may_be_dash |= rest[..rest.len() - next.len()].contains(['/', ',']);
        rest = next;
        if rest.is_empty() {
            return found;
        }
        let token;
        (token, rest) = take(rest, may_be_dash, bulleted);
        may_be_dash = false;
        found.extend(token);
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '/' | '=' | '~' | '·' | 'ㆍ' | '→' | '&')
}

/// The next token of `text`, none for a bullet, and the rest.
fn take(text: &str, may_be_dash: bool, bulleted: bool) -> (Option<Token<'_>>, &str) {
    if let Some(after) = text.strip_prefix('-')
        && !after.starts_with(|c: char| c.is_alphanumeric() || c == '.')
    {
        let ends = after.trim_start().is_empty() || after.trim_start().starts_with(['(', '[', '/', ',']);
        return ((may_be_dash && ends).then_some(Token::Value(Meaning::NotApplicable)), after);
    }
    if let Some(after) =
        text.strip_prefix('.').filter(|after| !after.starts_with(|c: char| c.is_ascii_digit()))
    {
        return (None, after);
    }
    if let Some((inner, after)) = bracket(text) {
        return (Some(Token::Bracket(inner)), after);
    }
    if let Some((value, after)) = value(text, bulleted) {
        let token = if is_name(&value, after) {
            Token::Word(text[..text.len() - after.len()].trim_end())
        } else {
            Token::Value(value)
        };
        return (Some(token), after);
    }
    let end = word_end(text);
    (Some(Token::Word(&text[..end])), &text[end..])
}

/// The content of the bracket at the start of `text`, and the rest. An unclosed bracket extends to the end.
fn bracket(text: &str) -> Option<(&str, &str)> {
    let (open, close) = match text.chars().next()? {
        '(' => ('(', ')'),
        '[' => ('[', ']'),
        '{' => ('{', '}'),
        _ => return None,
    };
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some((&text[1..at], &text[at + 1..]));
            }
        }
    }
    Some((&text[1..], ""))
}

/// A number, bound, range or tolerance at the start of `text`, and the rest.
fn value(text: &str, bulleted: bool) -> Option<(Meaning, &str)> {
    if let Some(rest) = text.strip_prefix('±').or_else(|| text.strip_prefix("+/-")) {
        let found = scan(rest.trim_start())?;
        return Some((Meaning::Tolerance(found.number), found.rest));
    }
    if let Some((bound, rest)) = bound::prefix(text) {
        let found = scan(rest.trim_start())?;
        return Some((Meaning::Bound(bound, found.number), found.rest));
    }
    let found = scan(text)?;
    let after = found.rest.trim_start();
    if !(bulleted && after.starts_with('-'))
        && let Some(range) = range(&found.number, found.scale, after)
    {
        return Some(range);
    }
    if let Some((bound, rest)) = bound::suffix(after) {
        return Some((Meaning::Bound(bound, found.number), rest));
    }
    if let Some(rest) = found.rest.strip_prefix('+')
        && !rest.starts_with(char::is_alphanumeric)
    {
        return Some((Meaning::Bound(Bound::AtLeast, found.number), rest));
    }
    Some((Meaning::Number(found.number), found.rest))
}

/// The range that starts with `first`, if `after` continues with `~86위`. The scale and unit of the second
/// number apply to the first if it has none (`2~3천명`). With a hyphen, only an ascending pair is a range.
fn range<'a>(first: &Number, scale: f64, after: &'a str) -> Option<(Meaning, &'a str)> {
    let hyphen = after.starts_with('-');
    let rest = ["~", "-", "to ", "내지 "].iter().find_map(|sign| after.strip_prefix(sign))?.trim_start();
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let second = scan(rest)?;
    let from = if scale == 1.0 && first.unit.is_none() { first.amount * second.scale } else { first.amount };
    let to = second.number;
    (!hyphen || from < to.amount).then_some((Meaning::Range(from, to), second.rest))
}

/// Whether a number is part of a name: `4개년` in `4개년 계획수립`.
fn is_name(value: &Meaning, after: &str) -> bool {
    let Meaning::Number(Number { unit: Some(unit), .. }) = value else { return false };
    NAMING.contains(&unit.trim_end_matches(['말', '초', '중']))
        && after.trim_start().starts_with(|c: char| c.is_alphanumeric())
}

/// The end of the word at the start of `text`: a space, separator, bracket, or number after Hangul.
///
/// Latin letters keep the digits after them (`Q3`). Text that starts with a digit but is not a number
/// (`1,2345`) stays whole, so that no part of it is taken for one.
fn word_end(text: &str) -> usize {
    let whole = text.starts_with(|c: char| c.is_ascii_digit() || c == '\'' || c == '.');
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let number = c.is_ascii_digit() && !before.is_ascii_alphanumeric();
        let stops = c.is_whitespace()
            || (!whole && (matches!(c, '(' | '[' | '{' | ',' | ';' | ':' | '=' | '/' | '~') || number));
        if stops && at > 0 {
            return at;
        }
        before = c;
    }
    text.len()
}
