//! The words of headings: what a cell of a plan table's header stands for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::project::config::{FixedTable, Labels};
use crate::project::names::plain_key;

/// What a heading stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Perspective,
    Goal,
    Kpi,
    Target,
    Actual,
    Unit,
    Weight,
    Code,
}

impl Role {
    /// The fixed name of the column, as `Field` shows it; both kinds of values are `year`.
    pub(super) fn field_name(self) -> &'static str {
        match self {
            Role::Perspective => "perspective",
            Role::Goal => "goal",
            Role::Kpi => "kpi",
            Role::Target | Role::Actual => "year",
            Role::Unit => "unit",
            Role::Weight => "weight",
            Role::Code => "code",
        }
    }
}

/// A heading understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// What it stands for; none for a bare year.
    pub role: Option<Role>,
    /// Whether it says that it is the parent's (`상위 전략목표`).
    pub parent: bool,
    /// The year in it (`2009년 목표`).
    pub year: Option<i32>,
}

/// All words, the built-in ones and those taught in planbook.toml, and the tables it teaches by their positions.
pub(in crate::read) struct Vocabulary {
    words: BTreeMap<String, Role>,
    /// The letters with which a heading over KPIs can begin: a quick no for most cells.
    kpi_initials: Vec<char>,
    /// Tables at fixed positions.
    pub(super) fixed: Vec<FixedTable>,
    parents: Vec<String>,
    titles: Vec<String>,
    totals: Vec<String>,
    footnotes: Vec<String>,
}

const PERSPECTIVE: &[&str] = &["관점", "perspective"];
const GOAL: &[&str] = &[
    "전략목표",
    "성과목표",
    "전략과제",
    "추진목표",
    "strategic objective",
    "strategic goal",
    "objective",
    "goal",
    "objectives",
    "goals",
];
const KPI: &[&str] = &[
    "핵심성과지표",
    "성과지표",
    "핵심지표",
    "지표명",
    "성과지표명",
    "지표",
    "kpi",
    "kpis",
    "key performance indicator",
    "indicator",
    "performance indicator",
    "measure",
    "performance measure",
];
const TARGET: &[&str] = &["목표치", "목표", "목표값", "target", "targets", "plan"];
const ACTUAL: &[&str] = &["실적치", "실적", "실적값", "actual", "actuals", "result", "results"];
const UNIT: &[&str] = &["단위", "unit", "units", "uom", "unit of measure"];
const WEIGHT: &[&str] = &["비중", "가중치", "배점", "weight", "weights", "weighting"];
const CODE: &[&str] = &[
    "주요사업 코드번호",
    "주요사업 코드",
    "주요사업",
    "사업코드",
    "코드번호",
    "코드",
    "비고",
    "initiative",
    "initiatives",
    "initiative code",
    "code",
    "codes",
    "remarks",
];
const PARENT: &[&str] = &["상위", "상위기관", "상위조직", "parent", "cascaded from", "corporate"];
const TITLE: &[&str] =
    &["균형성과계획", "성과관리계획", "성과계획", "balanced scorecard", "performance plan", "scorecard"];
const TOTAL: &[&str] = &["계", "합계", "총계", "소계", "total", "sum", "subtotal", "grand total"];
const FOOTNOTE: &[&str] = &["기타주요사업", "기타 사업", "other initiatives"];

impl Vocabulary {
    /// The built-in words and the taught ones.
    pub(in crate::read) fn new(labels: &Labels) -> Self {
        let mut words = BTreeMap::new();
        for (role, built_in, taught) in [
            (Role::Perspective, PERSPECTIVE, &labels.perspective),
            (Role::Goal, GOAL, &labels.goal),
            (Role::Kpi, KPI, &labels.kpi),
            (Role::Target, TARGET, &labels.target),
            (Role::Actual, ACTUAL, &labels.actual),
            (Role::Unit, UNIT, &labels.unit),
            (Role::Weight, WEIGHT, &labels.weight),
            (Role::Code, CODE, &labels.code),
        ] {
            for word in built_in {
                words.entry(plain_key(word)).or_insert(role);
            }
            // A taught word wins over a built-in one.
            for word in taught {
                words.insert(plain_key(word), role);
            }
        }
        let parents = keys(PARENT, &labels.parent);
        let kpis = words.iter().filter(|(_, role)| **role == Role::Kpi).map(|(word, _)| word);
        let mut kpi_initials: Vec<char> =
            kpis.chain(&parents).filter_map(|word| word.chars().next()).collect();
        kpi_initials.sort_unstable();
        kpi_initials.dedup();
        Self {
            words,
            kpi_initials,
            fixed: labels.fixed.clone(),
            parents,
            titles: keys(TITLE, &labels.title),
            totals: keys(TOTAL, &labels.total),
            footnotes: keys(FOOTNOTE, &labels.footnote),
        }
    }

    /// What a heading stands for, if it is one.
    pub(super) fn label(&self, text: &str) -> Option<Label> {
        // A heading is short; a plain number of any length but a year's is none.
        if text.len() > 120 || text.chars().count() > 40 {
            return None;
        }
        if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'%'))
            && text.len() != 4
        {
            return None;
        }
        let key = plain_key(&full_years(text));
        if key.is_empty() {
            return None;
        }
        let (year, rest) = take_year(&key);
        if rest.is_empty() {
            return year.map(|year| Label { role: None, parent: false, year: Some(year) });
        }
        if let Some(role) = self.role(&rest).or_else(|| self.role_without_brackets(text, year)) {
            return Some(Label { role: Some(role), parent: false, year });
        }
        let parent = self.parents.iter().find_map(|prefix| rest.strip_prefix(prefix.as_str()))?;
        let role = self.role(parent)?;
        Some(Label { role: Some(role), parent: true, year })
    }

    /// Whether a cell is the heading over a column of KPIs.
    pub(super) fn is_kpi(&self, text: &str) -> bool {
        let initial = text.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
        let possible = initial.is_some_and(|c| {
            !c.is_ascii() && !('가'..='힣').contains(&c) || self.kpi_initials.binary_search(&c).is_ok()
        });
        possible && self.label(text).is_some_and(|label| label.role == Some(Role::Kpi))
    }

    fn role(&self, key: &str) -> Option<Role> {
        let bare = key.trim_end_matches(['%', '％', '*', '※', ':']);
        self.words.get(bare).copied()
    }

    /// `주요사업 (Initiative)`, `비중 (100%)`: the words before the bracket.
    fn role_without_brackets(&self, text: &str, year: Option<i32>) -> Option<Role> {
        let before = text.split(['(', '（', '[']).next()?;
        let key = plain_key(before);
        let key = if year.is_some() { take_year(&key).1 } else { key };
        (!key.is_empty()).then(|| self.role(&key)).flatten()
    }

    /// The heading a text comes nearest to without being one, for the hint about a missing column.
    pub(super) fn near(&self, text: &str) -> Option<Role> {
        let key = plain_key(text);
        if key.is_empty() || key.chars().count() > 20 {
            return None;
        }
        self.words
            .iter()
            .map(|(word, &role)| (strsim::normalized_damerau_levenshtein(&key, word), role))
            .filter(|&(similarity, _)| similarity >= 0.5)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, role)| role)
    }

    /// Splits a title `NAME 균형성과계획 (…)` into the name and what stands in the brackets.
    pub(super) fn title<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        // The title's words may be spaced out; the name before them must come back as written.
        let letters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
        let joined: String = letters.iter().flat_map(|(_, c)| c.to_lowercase()).collect();
        let at = self.titles.iter().filter_map(|title| joined.find(title.as_str())).min()?;
        let chars_before = joined[..at].chars().count();
        let start = letters.get(chars_before)?.0;
        let name = text[..start].trim().trim_end_matches(['·', '-', ':', '–']).trim();
        let note = text[start..].split_once(['(', '（']).map_or("", |(_, note)| note);
        let note = note.trim().trim_end_matches([')', '）']).trim();
        (!name.is_empty()).then_some((name, note))
    }

    /// Whether a cell heads a total row.
    pub(super) fn is_total(&self, text: &str) -> bool {
        // Most cells are too long to be one of these words, however spaced out.
        if text.len() > 40 {
            return false;
        }
        let key = plain_key(text);
        self.totals.contains(&key)
    }

    /// Whether a line below a table is a note to it.
    pub(super) fn is_footnote(&self, text: &str) -> bool {
        let key = plain_key(text);
        text.starts_with(['※', '*', '·', '＊', '☞', '◦', '○', '주', '†'])
            || self.footnotes.iter().any(|word| key.contains(word.as_str()))
    }
}

fn keys(built_in: &[&str], taught: &[String]) -> Vec<String> {
    built_in
        .iter()
        .copied()
        .chain(taught.iter().map(String::as_str))
        .map(plain_key)
        .filter(|key| !key.is_empty())
        .collect()
}

/// `’09` as 2009: the key of a heading keeps no apostrophe that would tell a year from a weight.
fn full_years(text: &str) -> Cow<'_, str> {
    let Some(at) = text.find(['’', '‘', '\'', '`']) else { return Cow::Borrowed(text) };
    let (before, after) = text.split_at(at);
    let mut digits = after.chars();
    digits.next();
    let digits = digits.as_str();
    let short = digits.bytes().take_while(u8::is_ascii_digit).count() == 2;
    if short { Cow::Owned(format!("{before}20{digits}")) } else { Cow::Borrowed(text) }
}

/// Takes a year out of a heading's key: `2009년목표치` gives 2009 and `목표치`; `09목표` and `fy26` count too.
fn take_year(key: &str) -> (Option<i32>, String) {
    let bytes = key.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let year = match (end - at, key[at..end].parse::<i32>()) {
            (4, Ok(year)) if (1900..2200).contains(&year) => Some(year),
            (2, Ok(short)) if at == 0 || key[..at].ends_with("fy") => {
                // Two digits alone are no year: `20` may be a weight. With 년 or FY they are.
                let marked = key[end..].starts_with('년') || key[..at].ends_with("fy");
                marked.then_some(2000 + short)
            }
            _ => None,
        };
        if let Some(year) = year {
            let before = key[..at].trim_end_matches("fy");
            let after = key[end..].trim_start_matches("년도").trim_start_matches('년');
            return (Some(year), format!("{before}{after}"));
        }
        at = end;
    }
    (None, key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Vocabulary {
        Vocabulary::new(&Labels::default())
    }

    #[test]
    fn headings_as_departments_write_them() {
        let words = words();
        let role = |text| words.label(text).and_then(|label| label.role);
        assert_eq!(role("실 적 치"), Some(Role::Actual));
        assert_eq!(role("전략\n목표"), Some(Role::Goal));
        assert_eq!(role("성 과 목 표"), Some(Role::Goal));
        assert_eq!(role("주요사업(Initiative)"), Some(Role::Code));
        assert_eq!(role("비중(%)"), Some(Role::Weight));
        assert_eq!(role("Weight (%)"), Some(Role::Weight));
        assert_eq!(role("서울시"), None);
        assert_eq!(words.label("2009년"), Some(Label { role: None, parent: false, year: Some(2009) }));
        assert_eq!(
            words.label("2009년 목표치"),
            Some(Label { role: Some(Role::Target), parent: false, year: Some(2009) })
        );
        assert_eq!(
            words.label("FY2026 Target").map(|l| (l.role, l.year)),
            Some((Some(Role::Target), Some(2026)))
        );
        assert_eq!(
            words.label("’08년 실적").map(|l| (l.role, l.year)),
            Some((Some(Role::Actual), Some(2008)))
        );
        assert_eq!(
            words.label("상위 전략목표"),
            Some(Label { role: Some(Role::Goal), parent: true, year: None })
        );
        assert_eq!(words.label("20"), None);
    }

    #[test]
    fn titles_give_the_name_as_written() {
        let words = words();
        assert_eq!(words.title("교통 기획관 균형성과 계획 (1담당관)"), Some(("교통 기획관", "1담당관")));
        assert_eq!(words.title("기술심사담당관(국) 균형성과계획"), Some(("기술심사담당관(국)", "")));
        assert_eq!(words.title("Transport Bureau Balanced Scorecard"), Some(("Transport Bureau", "")));
        assert_eq!(words.title("균형성과계획"), None);
        assert_eq!(words.title("식품안전추진단 (3 과)"), None);
    }

    #[test]
    fn a_misspelt_heading_is_near_its_column() {
        assert_eq!(words().near("비증"), Some(Role::Weight));
        assert_eq!(words().near("핵심성과지료"), Some(Role::Kpi));
        assert_eq!(words().near("담당자 연락처"), None);
    }
}
