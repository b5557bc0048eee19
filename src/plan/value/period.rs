//! Dates, which are not measurements (`12월`, `3분기`), and frequencies (`반기별 1회`, `2 per quarter`).

use super::Meaning;
use super::normalise::squeeze;
use super::number::scan_scaled;

/// Words that may end a date.
const CLOSING: [&str; 7] = ["말까지", "까지", "말", "초", "중", "경", "내"];
/// Parts of a date; `true` marks parts of a year, which make a date even without a year.
const DATE_PARTS: [(&str, bool); 8] = [
    ("/4분기", true),
    ("년도", false),
    ("년", false),
    ("월", true),
    ("분기", true),
    ("반기", true),
    ("일", false),
    (".", false),
];

/// English months in full; longer abbreviations (`Sept`) match by prefix.
const MONTHS: [&str; 11] = [
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Abbreviated English months, parts of the year, and accompanying words.
const ENGLISH_DATES: [&str; 24] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "q1", "q2", "q3",
    "q4", "h1", "h2", "by", "end", "of", "early", "late", "mid",
];

/// `12월`, `2009년 6월말`, `3/4분기`, `'09.12월`, `Q3 2010`: a date, not an amount. A duration such as `3년` or `5일`
/// is not a date.
pub(super) fn date(text: &str) -> Option<Meaning> {
    if is_english_date(text) {
        return Some(Meaning::State(text.into(), None));
    }
    let squeezed = squeeze(text);
    let mut rest = CLOSING.iter().find_map(|word| squeezed.strip_suffix(word)).unwrap_or(&squeezed);
    let mut is_time = false;
    while !rest.is_empty() {
        let quoted = rest.strip_prefix('\'');
        let digits = quoted.unwrap_or(rest);
        let end = digits.find(|c: char| !c.is_ascii_digit()).filter(|&end| (1..=4).contains(&end))?;
        let (part, names_part) = DATE_PARTS.iter().find(|(part, _)| digits[end..].starts_with(part))?;
        let is_year = quoted.is_some() || (end == 4 && ("1900".."2200").contains(&&digits[..end]));
        is_time |= *names_part || (is_year && *part != ".");
        rest = &digits[end + part.len()..];
    }
    is_time.then(|| Meaning::State(text.into(), None))
}

/// Whether `text` consists of months or quarters and numbers.
fn is_english_date(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains(|c: char| c.is_ascii_alphabetic())
        && lower.split([' ', '.', ',', '-', '/', '\'']).all(|word| {
            let is_month = word.len() > 3 && MONTHS.iter().any(|month| month.starts_with(word));
            word.bytes().all(|b| b.is_ascii_digit()) || is_month || ENGLISH_DATES.contains(&word)
        })
}

/// Periods and their number per year.
const PERIODS: [(&str, u16); 19] = [
    ("연", 1),
    ("년", 1),
    ("반기", 2),
    ("분기", 4),
    ("격월", 6),
    ("월", 12),
    ("격주", 26),
    ("주", 52),
    ("일", 365),
    ("years", 1),
    ("year", 1),
    ("annum", 1),
    ("half-year", 2),
    ("halfyear", 2),
    ("quarter", 4),
    ("month", 12),
    ("week", 52),
    ("day", 365),
    ("workingday", 250),
];

/// `반기별 1회`, `매월 2회`, `4회/년`, `2 per quarter`.
pub(super) fn frequency(text: &str) -> Option<Meaning> {
    let squeezed = squeeze(text);
    let at = squeezed.find(|c: char| c.is_ascii_digit())?;
    let before = &squeezed[..at];
    let (times, _, after) = scan_scaled(&squeezed[at..], false)?;
    let counted = ["회", "번", "차례", "times", "x"].iter().find_map(|word| after.strip_prefix(word));
    let after = counted.unwrap_or(after);
    let after = after.strip_suffix("이상").unwrap_or(after);
    let periods = if before.is_empty() {
        let each =
            ["per", "each", "every", "/", "씩/", "a"].iter().find_map(|word| after.strip_prefix(word))?;
        periods(each)
    } else {
        periods(before).filter(|_| counted.is_some() && after.is_empty())
    }?;
    Some(Meaning::Frequency { periods, times })
}

/// The number of periods per year: `매월`, `분기별`, `quarter`.
fn periods(word: &str) -> Option<u16> {
    let core = word.strip_prefix('매').unwrap_or(word);
    let core = ["별로", "별", "당", "마다", "간", "중", "에"]
        .iter()
        .find_map(|suffix| core.strip_suffix(suffix))
        .unwrap_or(core);
    PERIODS.iter().find(|(period, _)| *period == core).map(|&(_, periods)| periods)
}
