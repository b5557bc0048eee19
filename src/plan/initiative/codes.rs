//! Finds codes in a line of text.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// What a line holds.
#[derive(Default)]
pub(super) struct Codes<'a> {
    /// The codes in regular form.
    pub codes: Vec<Arc<str>>,
    /// Codes in another form.
    pub malformed: Vec<MalformedCode>,
    /// Whether a code with prefix and hyphen is among them.
    pub has_regular: bool,
    /// Words before the first code.
    pub before: Vec<&'a str>,
    /// Words after it.
    pub after: Vec<&'a str>,
}

/// Codes with the same prefix, while reading.
struct PrefixGroup<'a> {
    prefix: &'a str,
    start: usize,
    end: usize,
    numbers: Vec<String>,
    is_malformed: bool,
}

/// The most codes that a range such as `경본-5~8` may expand to.
const LONGEST_RANGE: u32 = 100;

/// Finds codes in `line`.
///
/// Words before the first code are a label. After a label, only text with a separator or hyphen counts as a
/// code: `목표 100` does not. A footnote always has a label: with `lenient`, the first code after it may be
/// `도기본 32` or `5`.
pub(super) fn scan(line: &str, lenient: bool) -> Codes<'_> {
    let mut found = Codes::default();
    let mut group: Option<PrefixGroup<'_>> = None;
    let mut at = 0;
    while at < line.len() {
        let gap = separator_len(&line[at..]);
        let is_parted = line[at..at + gap].contains(|c: char| !c.is_whitespace());
        at += gap;
        let rest = &line[at..];
        if rest.is_empty() {
            break;
        }
        if let Some(code) = code_at(rest).filter(|code| code.is_likely(&found, group.as_ref(), lenient)) {
            found.finish_group(line, group.take());
            found.has_regular |= code.separator == "-";
            let end = at + code.len;
            let (numbers, len) = with_range(code.number, code.prefix, &line[end..]);
            group = Some(PrefixGroup {
                prefix: code.prefix,
                start: at,
                end: end + len,
                numbers,
                is_malformed: code.separator != "-" || !code.number.is_ascii(),
            });
            at = end + len;
            continue;
        }
        let own_numbering = found.codes.is_empty() && (lenient || found.before.is_empty());
        if let Some(number) = number_at(rest).filter(|_| group.is_some() || own_numbering) {
            let group = group.get_or_insert(PrefixGroup {
                prefix: "",
                start: at,
                end: at,
                numbers: vec![],
                is_malformed: false,
            });
            group.is_malformed |= !number.is_ascii() || !(is_parted || group.numbers.is_empty());
            let (numbers, len) = with_range(number, group.prefix, &rest[number.len()..]);
            group.numbers.extend(numbers);
            at += number.len() + len;
            group.end = at;
            continue;
        }
        found.finish_group(line, group.take());
        let len = word_len(rest);
        let is_remark = rest.starts_with('(') && rest[..len].ends_with(')');
        let word = rest[..len].trim_matches(|c: char| matches!(c, '(' | ')' | '-' | '.'));
        at += len;
        if !word.is_empty() && !is_remark {
            if found.codes.is_empty() { found.before.push(word) } else { found.after.push(word) }
        }
    }
    found.finish_group(line, group);
    found
}

impl<'a> Codes<'a> {
    /// Stores the codes of a finished group.
    fn finish_group(&mut self, line: &'a str, group: Option<PrefixGroup<'a>>) {
        let Some(group) = group else { return };
        let codes: Vec<Arc<str>> = group
            .numbers
            .iter()
            .map(|number| {
                if group.prefix.is_empty() {
                    number.as_str().into()
                } else {
                    format!("{}-{number}", group.prefix).into()
                }
            })
            .collect();
        if group.is_malformed {
            let written = line[group.start..group.end].trim().into();
            self.malformed.push(MalformedCode { written, likely: codes.join(", ").into() });
        }
        self.codes.extend(codes);
    }
}

/// A prefix and a number at the start of a text.
struct ScannedCode<'a> {
    prefix: &'a str,
    /// The separator between the two; `-` in a regular code.
    separator: &'a str,
    number: &'a str,
    len: usize,
}

impl ScannedCode<'_> {
    /// Whether this is probably a code: ordinary text may also have a blank before a number (`목표 100`).
    fn is_likely(&self, found: &Codes<'_>, group: Option<&PrefixGroup<'_>>, lenient: bool) -> bool {
        if !self.separator.chars().all(char::is_whitespace) {
            return true;
        }
        let is_label = ["사업", "코드", "번호"].iter().any(|word| self.prefix.ends_with(word));
        let opens = found.codes.is_empty() && group.is_none();
        let seen = group.is_some_and(|group| group.prefix == self.prefix)
            || found
                .codes
                .iter()
                .any(|code| code.strip_prefix(self.prefix).is_some_and(|rest| rest.starts_with('-')));
        !is_label && (self.separator.is_empty() || seen || (opens && (lenient || found.before.is_empty())))
    }
}

/// The code at the start of `text`: letters, a separator and digits that are not part of something else.
fn code_at(text: &str) -> Option<ScannedCode<'_>> {
    let prefix = &text[..text.find(|c: char| !c.is_alphabetic()).filter(|&end| end > 0)?];
    let after = &text[prefix.len()..];
    let separator = &after[..after.find(|c: char| !is_separator(c)).unwrap_or(after.len())];
    let is_single = separator.chars().filter(|c| !c.is_whitespace()).count() <= 1;
    let number = number_at(&after[separator.len()..]).filter(|_| is_single)?;
    Some(ScannedCode { prefix, separator, number, len: prefix.len() + separator.len() + number.len() })
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || is_hyphen(c) || matches!(c, '_' | '.')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−' | '－')
}

/// The number of a code at the start of `text`, optionally with a part after a hyphen (`3-1`); none if the
/// digits belong to something else (`2009년`, `8.95`, `5%`).
fn number_at(text: &str) -> Option<&str> {
    let digits = digits_len(text);
    let part = text[digits..].strip_prefix('-').map_or(0, digits_len);
    let len = if part > 0 { digits + 1 + part } else { digits };
    let rest = &text[len..];
    let next = rest.chars().next();
    let goes_on = next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '%' | '％' | '\''))
        || (next == Some('.') && digits_len(&rest[1..]) > 0);
    ((1..=12).contains(&digits) && !goes_on).then(|| &text[..len])
}

/// The length of the digits, ASCII or full-width, at the start of `text`.
fn digits_len(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit() && !('０'..='９').contains(&c)).unwrap_or(text.len())
}

/// `number` in ASCII digits and, if `~8` follows, all numbers up to that one; and the length of the range
/// suffix.
fn with_range(number: &str, prefix: &str, after: &str) -> (Vec<String>, usize) {
    let first = plain(number);
    let last =
        after.trim_start().strip_prefix(['~', '～', '∼', '〜']).map(str::trim_start).and_then(|rest| {
            let before = after.len() - rest.len();
            match code_at(rest).filter(|code| code.prefix == prefix) {
                Some(code) => Some((plain(code.number), before + code.len)),
                None => number_at(rest).map(|number| (plain(number), before + number.len())),
            }
        });
    if let Some((last, len)) = last
        && let (Ok(from), Ok(to)) = (first.parse::<u32>(), last.parse::<u32>())
        && from < to
        && to - from <= LONGEST_RANGE
    {
        let width = if first.starts_with('0') { first.len() } else { 1 };
        return ((from..=to).map(|number| format!("{number:0width$}")).collect(), len);
    }
    (vec![first], 0)
}

/// `number` with full-width digits converted to ASCII.
fn plain(number: &str) -> String {
    number
        .chars()
        .map(|c| char::from_digit(c as u32 & 0xf, 10).filter(|_| !c.is_ascii()).unwrap_or(c))
        .collect()
}

/// The length of the separators between codes at the start of `text`: blanks, commas, `및`.
fn separator_len(text: &str) -> usize {
    let mut rest = text;
    loop {
        let next = rest.trim_start_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    ',' | '，' | '、' | ';' | ':' | '：' | '/' | '·' | 'ㆍ' | '&' | '※' | '*' | '＊'
                )
        });
        let word = ["및 ", "와 ", "과 ", "and "].iter().find_map(|word| next.strip_prefix(word));
        match word {
            Some(after) => rest = after,
            None => return text.len() - next.len(),
        }
    }
}

/// The length of the word at the start of `text`; at least one character.
fn word_len(text: &str) -> usize {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let rest = &text[first..];
    first
        + rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '：')).unwrap_or(rest.len())
}

/// `1. 창의서울포럼 운영`: numbers with a full stop or bracket, each with its name; several names are joined by commas.
pub(super) fn numbered_names(line: &str) -> Option<(Vec<Arc<str>>, Arc<str>)> {
    let (number, mut rest) = numbered(line)?;
    let mut codes: Vec<Arc<str>> = vec![number.into()];
    let mut names: Vec<String> = Vec::new();
    let mut from = 0;
    while let Some(at) = rest[from..].find(' ').map(|at| at + from) {
        if let Some((number, after)) = numbered(&rest[at + 1..]) {
            names.push(rest[..at].trim().to_owned());
            codes.push(number.into());
            rest = after;
            from = 0;
        } else {
            from = at + 1;
        }
    }
    names.push(rest.trim().to_owned());
    Some((codes, names.join(", ").into()))
}

/// The number of a numbered name at the start of `text`, and the name.
fn numbered(text: &str) -> Option<(String, &str)> {
    let body = text.strip_prefix('(').unwrap_or(text);
    let digits = digits_len(body);
    let name = body[digits..].strip_prefix(['.', ')'])?.trim_start();
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '\'' | '‘' | '“' | '"' | '「'));
    ((1..=4).contains(&digits) && is_name).then(|| (plain(&body[..digits]), name))
}

/// A code, or several with the same prefix, as written and as probably meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MalformedCode {
    /// As written (`여성13`, `경본13,19`).
    pub written: Arc<str>,
    /// In regular form (`여성-13`; `경본-13, 경본-19`).
    pub likely: Arc<str>,
}
