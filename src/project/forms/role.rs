//! What a column of a form means, as planbook.toml and `planbook forms` write it.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::finding::Lang;
use crate::plan::{COLUMNS, Column, Field, Name, ValueKind, YearPart};
use crate::project::near;
use crate::text::names::plain_key;

/// The meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum FormRole {
    /// A column of the plan table, by its id.
    Column(Field),
    /// The organisation of a row.
    Organisation,
    /// The parent of a row's organisation.
    ParentOrganisation,
    /// A level of objectives above the plan's own.
    Level,
    /// The period of a row (long form).
    Period,
    /// The kind of a row's value (long form).
    KindOfValue,
    /// A value.
    Value(ValueRole),
    /// Kept as it is, not interpreted.
    Extra,
    /// Not read.
    Aside,
}

/// The value that a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ValueRole {
    /// What the value is; none where the year or another column says it.
    pub kind: Option<ValueKind>,
    /// The year; none for the plan year, or as the heading says.
    pub year: Option<i32>,
    /// The part of the year; none for the whole year.
    pub part: Option<YearPart>,
}

/// A role that is no column of the plan table: its id, its names, other words for it.
struct NamedRole {
    role: FormRole,
    id: &'static str,
    ko: &'static str,
    en: &'static str,
    words: &'static [&'static str],
}

const NAMED: [NamedRole; 7] = [
    NamedRole {
        role: FormRole::Organisation,
        id: "org",
        ko: "조직",
        en: "organisation",
        words: &["부서", "기관", "department"],
    },
    NamedRole {
        role: FormRole::ParentOrganisation,
        id: "parent_org",
        ko: "상위 조직",
        en: "parent organisation",
        words: &["상위부서", "상위기관"],
    },
    NamedRole {
        role: FormRole::Level,
        id: "level",
        ko: "위 단계 목표",
        en: "level of objectives",
        words: &["단계", "목표단계"],
    },
    NamedRole {
        role: FormRole::Period, id: "period", ko: "기간", en: "period", words: &["시기", "연도"]
    },
    NamedRole {
        role: FormRole::KindOfValue,
        id: "kind",
        ko: "값의 종류(실적, 목표)",
        en: "kind of value (actual, target)",
        words: &["값의종류", "값종류", "종류"],
    },
    NamedRole {
        role: FormRole::Extra,
        id: "extra",
        ko: "그대로 둠",
        en: "kept as it is",
        words: &["그대로", "보관"],
    },
    NamedRole {
        role: FormRole::Aside,
        id: "aside",
        ko: "읽지 않음",
        en: "not read",
        words: &["제외", "무시", "안읽음"],
    },
];

/// Kinds of values: kind, id, Korean and English name, other words.
type KindWords = (Option<ValueKind>, &'static str, &'static str, &'static str, &'static [&'static str]);

const KINDS: [KindWords; 5] = [
    (
        Some(ValueKind::Target),
        "target",
        "목표",
        "target",
        &["목표치", "목표값", "계획", "계획치", "targets", "plan"],
    ),
    (Some(ValueKind::Actual), "actual", "실적", "actual", &["실적치", "실적값", "결과", "actuals", "result"]),
    (Some(ValueKind::Baseline), "baseline", "기준값", "baseline", &["기준", "기준치", "현재", "base"]),
    (
        Some(ValueKind::Forecast),
        "forecast",
        "전망",
        "forecast",
        &["전망치", "예상", "예상치", "추정", "estimate"],
    ),
    (None, "value", "값", "value", &["values", "수치"]),
];

impl FormRole {
    /// Parses a role: its id, or its Korean or English name.
    pub fn parse(text: &str) -> Option<Self> {
        let key = plain_key(text);
        let is = |word: &str| plain_key(word) == key;
        let by_id = |id: &str| NAMED.iter().find(|named| named.id == id).map(|named| named.role);
        by_id(text.trim())
            .or_else(|| field(text.trim()))
            .or_else(|| ValueRole::parse(text).map(FormRole::Value))
            .or_else(|| {
                let named = NAMED
                    .iter()
                    .find(|named| is(named.ko) || is(named.en) || named.words.iter().any(|word| is(word)));
                named.map(|named| named.role)
            })
            .or_else(|| {
                let of = |name: fn(&Column) -> Name| {
                    let named = COLUMNS.iter().find(|column| is(name(column).ko) || is(name(column).en));
                    named.map(|column| FormRole::Column(column.field))
                };
                of(|column| column.name).or_else(|| of(|column| column.heading))
            })
            .or_else(|| near::called(&key, &ids()).and_then(field))
    }

    /// Its name in plain words.
    pub fn name(self, lang: Lang) -> String {
        match self {
            FormRole::Column(field) => field.column().map_or_else(
                || field.to_string(),
                |column| lang.pick(column.name.ko, column.name.en).to_owned(),
            ),
            FormRole::Value(value) => value.name(lang),
            _ => named(self).map_or_else(String::new, |named| lang.pick(named.ko, named.en).to_owned()),
        }
    }

    /// The roles that a column of this one may have instead, the likeliest first.
    pub fn alternatives(self) -> Vec<Self> {
        const NAMES: [&str; 7] = ["kpi", "goal", "level", "perspective", "org", "parent_org", "code"];
        const PARENTS: [&str; 5] = ["parent_goal", "parent_kpi", "parent_target", "goal", "kpi"];
        const FACTS: [&str; 8] =
            ["kpi", "unit", "weight", "number", "definition", "formula", "owner", "remark"];
        const VALUES: [&str; 5] = ["target", "actual", "baseline", "forecast", "value"];
        const ANY: [&str; 9] =
            ["kpi", "goal", "level", "org", "unit", "weight", "target", "actual", "definition"];
        let own = self.to_string();
        let own = own.split(' ').next().unwrap_or_default();
        let near: &[&str] = match self {
            FormRole::Value(_) => &VALUES,
            FormRole::Extra | FormRole::Aside | FormRole::Period | FormRole::KindOfValue => &ANY,
            _ if NAMES.contains(&own) || matches!(self, FormRole::Level) => &NAMES,
            _ if PARENTS.contains(&own) => &PARENTS,
            _ => &FACTS,
        };
        let others = near.iter().chain(&["extra", "aside"]).filter(|id| **id != own);
        others.filter_map(|id| Self::parse(id)).collect()
    }
}

/// The role of the plan table's column with this id.
fn field(id: &str) -> Option<FormRole> {
    COLUMNS.iter().find(|column| column.id == id).map(|column| FormRole::Column(column.field))
}

/// The ids of all roles; those of values without their year.
pub(in crate::project) fn ids() -> Vec<&'static str> {
    let columns = COLUMNS.iter().map(|column| column.id);
    columns.chain(NAMED.iter().map(|named| named.id)).chain(KINDS.iter().map(|kind| kind.1)).collect()
}

fn named(role: FormRole) -> Option<&'static NamedRole> {
    NAMED.iter().find(|named| named.role == role)
}

/// The id: `kpi`, `target 2026 Q1`.
impl fmt::Display for FormRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormRole::Column(field) => write!(f, "{field}"),
            FormRole::Value(value) => write!(f, "{value}"),
            _ => f.write_str(named(*self).map_or("", |named| named.id)),
        }
    }
}

impl TryFrom<String> for FormRole {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is no role"))
    }
}

impl From<FormRole> for String {
    fn from(role: FormRole) -> Self {
        role.to_string()
    }
}

impl ValueRole {
    /// Parses `target 2026`, `2025년 1분기 실적`, `목표`.
    fn parse(text: &str) -> Option<Self> {
        let RoleWords { year, part, rest } = RoleWords::of(text);
        let kind = KINDS.iter().find(|kind| is_called(kind, &rest))?.0;
        Some(Self { kind, year, part })
    }

    /// Whether a heading only says which values stand below it: a year, a part of one, a kind.
    pub(super) fn is_named_in(heading: &str) -> bool {
        let RoleWords { year, part, rest } = RoleWords::of(heading);
        let is_kind = KINDS.iter().any(|kind| kind.0.is_some() && is_called(kind, &rest));
        is_kind || rest.is_empty() && (year.is_some() || part.is_some())
    }

    fn kind(self) -> &'static KindWords {
        KINDS.iter().find(|kind| kind.0 == self.kind).unwrap_or(&KINDS[KINDS.len() - 1])
    }

    fn name(self, lang: Lang) -> String {
        let (.., ko, en, _) = *self.kind();
        let year = self.year.map(|year| lang.pick(format!("{year}년"), year.to_string()));
        let part = self.part.map(|part| part_name(part, lang));
        let kind = lang.pick(ko, en).to_owned();
        let words = [year, part, Some(kind)].into_iter().flatten();
        let words: Vec<String> = if lang == Lang::Ko { words.collect() } else { words.rev().collect() };
        words.join(" ")
    }
}

/// The id, then year and part: `target 2026 Q1`.
impl fmt::Display for ValueRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind().1)?;
        self.year.map_or(Ok(()), |year| write!(f, " {year}"))?;
        self.part.map_or(Ok(()), |part| write!(f, " {part}"))
    }
}

fn part_name(part: YearPart, lang: Lang) -> String {
    match (part, lang) {
        (YearPart::Half(1), Lang::Ko) => "상반기".to_owned(),
        (YearPart::Half(_), Lang::Ko) => "하반기".to_owned(),
        (YearPart::Quarter(number), Lang::Ko) => format!("{number}분기"),
        (YearPart::Month(number), Lang::Ko) => format!("{number}월"),
        (YearPart::Number(number), Lang::Ko) => format!("{number}기"),
        (part, Lang::En) => part.to_string(),
    }
}

fn is_called((_, id, ko, _, words): &KindWords, word: &str) -> bool {
    *id == word || *ko == word || words.contains(&word)
}

/// The words of a value's role.
#[derive(Default)]
struct RoleWords {
    year: Option<i32>,
    part: Option<YearPart>,
    rest: String,
}

impl RoleWords {
    fn of(text: &str) -> Self {
        let mut words = Self::default();
        let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
        for word in text
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')'))
            .filter(|word| !word.is_empty())
        {
            let word = words.take_year(word);
            match part(word) {
                Some(part) if words.part.is_none() => words.part = Some(part),
                _ => words.rest.push_str(word),
            }
        }
        words
    }

    /// The word without a year in front of it.
    fn take_year<'w>(&mut self, word: &'w str) -> &'w str {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let Some(year) = word[..digits].parse().ok().filter(|_| digits == 4 && self.year.is_none()) else {
            return word;
        };
        self.year = Some(year);
        let rest = &word[digits..];
        rest.strip_prefix("년도").or_else(|| rest.strip_prefix('년')).unwrap_or(rest)
    }
}

/// `q1`, `h2`, `m12`, `p3`, `1분기`, `1/4분기`, `상반기`, `3월`, `3기`.
fn part(word: &str) -> Option<YearPart> {
    let numbered = |number: &str, most: u8, part: fn(u8) -> YearPart| {
        number.parse::<u8>().ok().filter(|number| (1..=most).contains(number)).map(part)
    };
    match word {
        "상반기" => return Some(YearPart::Half(1)),
        "하반기" => return Some(YearPart::Half(2)),
        _ => {}
    }
    let quarter = word.strip_suffix("/4분기").or_else(|| word.strip_suffix("분기"));
    quarter
        .and_then(|number| numbered(number, 4, YearPart::Quarter))
        .or_else(|| numbered(word.strip_suffix('월')?, 12, YearPart::Month))
        .or_else(|| numbered(word.strip_suffix('기')?, 99, YearPart::Number))
        .or_else(|| numbered(word.strip_prefix('q')?, 4, YearPart::Quarter))
        .or_else(|| numbered(word.strip_prefix('h')?, 2, YearPart::Half))
        .or_else(|| numbered(word.strip_prefix('m')?, 12, YearPart::Month))
        .or_else(|| numbered(word.strip_prefix('p')?, 99, YearPart::Number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_known_by_its_id_and_by_korean_and_english_names() {
        for (text, id) in [
            ("kpi", "kpi"),
            ("성과지표", "kpi"),
            ("핵심성과지표", "kpi"),
            ("전략목표", "goal"),
            ("상위 조직", "parent_org"),
            ("부서", "org"),
            ("단위", "unit"),
            ("가중치", "weight"),
            ("측정산식", "formula"),
            ("목표", "target"),
            ("Target 2026", "target 2026"),
            ("2026년 목표", "target 2026"),
            ("2025년 1분기 실적", "actual 2025 Q1"),
            ("actual 2025 q1", "actual 2025 Q1"),
            ("2025년 상반기 실적치", "actual 2025 H1"),
            ("기준값", "baseline"),
            ("value 2026", "value 2026"),
            ("그대로 둠", "extra"),
            ("읽지 않음", "aside"),
        ] {
            assert_eq!(FormRole::parse(text).map(|role| role.to_string()).as_deref(), Some(id), "{text}");
        }
        for text in ["", "2026", "지표 아님", "target 2026 Q5", "kpi 2026"] {
            assert_eq!(FormRole::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_id_and_every_name_means_the_role_it_names() {
        for id in ids() {
            let role = FormRole::parse(id).unwrap();
            assert_eq!(role.to_string(), id);
            for lang in [Lang::Ko, Lang::En] {
                assert_eq!(FormRole::parse(&role.name(lang)), Some(role), "{}", role.name(lang));
            }
            assert!(role.alternatives().len() >= 4 && !role.alternatives().contains(&role), "{id}");
        }
    }
}
