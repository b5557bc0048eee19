//! Growth promises relative to the year before: `전년대비 5% 이상`, `1%이상 감축`, `+5% vs. prior year`.

use super::Meaning;
use super::normalise::squeeze;
use super::number::{Number, Scanned, scan};

/// Words for the year before; a promise also needs a word of comparison.
const YEAR_BEFORE: [&str; 8] =
    ["전년", "작년", "지난해", "전기", "직전", "prioryear", "previousyear", "lastyear"];
const COMPARING: [&str; 11] =
    ["대비", "보다", "比", "비", "vs", "over", "than", "on", "against", "from", "to"];
/// Phrases that express a promise on their own.
const YEAR_ON_YEAR: [&str; 4] = ["yoy", "y/y", "yearonyear", "year-on-year"];
/// Words for less.
const CUT: [&str; 18] = [
    "감축",
    "감소",
    "절감",
    "저감",
    "축소",
    "단축",
    "하락",
    "인하",
    "경감",
    "감액",
    "reduction",
    "reduce",
    "decrease",
    "decline",
    "cut",
    "lower",
    "less",
    "fewer",
];
/// Words for more or better.
const RISE: [&str; 19] = [
    "증가",
    "향상",
    "상승",
    "증대",
    "개선",
    "제고",
    "인상",
    "성장",
    "신장",
    "확대",
    "증액",
    "increase",
    "growth",
    "grow",
    "rise",
    "improvement",
    "improve",
    "higher",
    "more",
];
/// Words that may accompany them without changing the meaning.
const BESIDE: [&str; 14] = [
    "매년",
    "연평균",
    "연간",
    "이상",
    "이하",
    "이내",
    "수준",
    "씩",
    "으로",
    "atleast",
    "by",
    "of",
    "in",
    "a",
];

/// Reads a growth promise.
///
/// Without words for the year before, the text must consist of a percentage and a word of change.
pub(super) fn read(text: &str) -> Option<Meaning> {
    let squeezed = squeeze(text);
    let prior = says_year_before(&squeezed);
    if prior && is_remark(text) {
        return None;
    }
    // A number alone is not a promise.
    if !prior && !CUT.iter().chain(&RISE).any(|word| squeezed.contains(word)) {
        return None;
    }
    let (mut number, signed, beside) = first_number(text)?;
    let cut = CUT.iter().any(|word| beside.contains(word));
    let rise = RISE.iter().any(|word| beside.contains(word));
    let in_percent = number.is_percent() || number.unit.as_deref().is_some_and(|unit| unit.starts_with('%'));
    if !prior && !(in_percent && (cut || rise) && is_only_change(&beside)) {
        return None;
    }
    // 전년대비 105%, with no word of change, is the level that 5% more gives.
    if number.is_percent() && number.amount >= 100.0 && !signed && !cut && !rise {
        number.amount -= 100.0;
    }
    if cut && !rise {
        number.amount = -number.amount.abs();
    }
    Some(Meaning::Growth(number))
}

fn says_year_before(squeezed: &str) -> bool {
    let against = |text: &str| COMPARING.iter().any(|word| text.contains(word));
    YEAR_BEFORE.iter().any(|word| squeezed.contains(word) && against(squeezed))
        || YEAR_ON_YEAR.iter().any(|phrase| squeezed.contains(phrase))
}

/// Whether the promise is in brackets after another number, as a remark on it.
fn is_remark(text: &str) -> bool {
    let Some((outside, inside)) = text.split_once('(') else { return false };
    inside.contains(|c: char| c.is_ascii_digit())
        && outside.contains(|c: char| c.is_ascii_digit())
        && !says_year_before(&squeeze(outside))
}

/// The first number other than a year or month, whether it has a sign, and the squeezed words around it.
fn first_number(text: &str) -> Option<(Number, bool, String)> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let starts = (c.is_ascii_digit() || matches!(c, '+' | '-' | '△')) && !before.is_ascii_alphanumeric();
        before = c;
        if !starts {
            continue;
        }
        let Some(Scanned { number, rest, .. }) = scan(&text[at..]) else { continue };
        if matches!(number.unit.as_deref(), Some("년" | "년도" | "월")) {
            before = '0';
            continue;
        }
        let beside = squeeze(&text[..at]) + &squeeze(rest);
        return Some((number, !c.is_ascii_digit(), beside));
    }
    None
}

/// Whether `beside` consists of words of change and words that may accompany them.
fn is_only_change(beside: &str) -> bool {
    let mut rest = beside;
    'words: while !rest.is_empty() {
        for word in CUT.iter().chain(&RISE).chain(&BESIDE) {
            if let Some(after) = rest.strip_prefix(word) {
                rest = after;
                continue 'words;
            }
        }
        return false;
    }
    true
}
