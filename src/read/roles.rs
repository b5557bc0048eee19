//! The roles of columns in words.

use crate::finding::Lang;
use crate::plan::COLUMNS;

/// Roles beside those of the plan table's columns, in Korean and English.
const OTHERS: [(&str, &str, &str); 12] = [
    ("target", "목표", "target"),
    ("actual", "실적", "actual"),
    ("baseline", "기준값", "baseline"),
    ("forecast", "전망", "forecast"),
    ("value", "값", "value"),
    ("org", "조직", "organisation"),
    ("parent_org", "상위 조직", "parent organisation"),
    ("level", "상위 단계 목표", "level above the objective"),
    ("period", "기간", "period"),
    ("kind", "값의 종류", "kind of value"),
    ("extra", "그대로 보관", "kept as it is"),
    ("aside", "읽지 않음", "not read"),
];

/// A role as in [`super::FormColumn::role`] in words: `target 2026 Q1` is `2026년 1분기 목표`.
pub fn role_in_words(role: &str, lang: Lang) -> String {
    let mut parts = role.split(' ');
    let name = parts.next().unwrap_or_default();
    let column =
        COLUMNS.iter().find(|column| column.id == name).map(|column| (column.name.ko, column.name.en));
    let other = OTHERS.iter().find(|(id, ..)| *id == name).map(|(_, ko, en)| (*ko, *en));
    let (ko, en) = column.or(other).unwrap_or((name, name));
    let period: Vec<String> = parts.map(|part| period_in_words(part, lang)).collect();
    match lang {
        _ if period.is_empty() => lang.pick(ko, en).to_owned(),
        Lang::Ko => format!("{} {ko}", period.join(" ")),
        Lang::En => format!("{en} {}", period.join(" ")),
    }
}

fn period_in_words(part: &str, lang: Lang) -> String {
    let number = part.get(1..).unwrap_or_default();
    match (part.chars().next(), lang) {
        (Some('Q'), Lang::Ko) => format!("{number}분기"),
        (Some('H'), Lang::Ko) => if number == "1" { "상반기" } else { "하반기" }.to_owned(),
        (Some('M'), Lang::Ko) => format!("{number}월"),
        (Some(c), Lang::Ko) if c.is_ascii_digit() => format!("{part}년"),
        _ => part.to_owned(),
    }
}

/// The id of a role, given as an id or in words of either language.
pub fn role_named(text: &str) -> Option<String> {
    let mut parts = text.split_whitespace();
    let name = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let is = |id: &str, ko: &str, en: &str| [id, ko, en].iter().any(|known| known.eq_ignore_ascii_case(name));
    let whole = text.trim();
    let column = COLUMNS.iter().find(|column| {
        [column.id, column.name.ko, column.name.en].iter().any(|known| known.eq_ignore_ascii_case(whole))
    });
    if let Some(column) = column {
        return Some(column.id.to_owned());
    }
    if let Some((id, ..)) = OTHERS.iter().find(|(_, ko, en)| [*ko, *en].contains(&whole)) {
        return Some((*id).to_owned());
    }
    let (id, ..) = OTHERS.iter().find(|(id, ko, en)| is(id, ko, en))?;
    let is_period = |part: &&str| {
        let digits = part.trim_start_matches(['Q', 'H', 'M', 'P']);
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && part.len() <= 4
    };
    let fits = rest.len() <= 2 && rest.iter().all(is_period);
    let takes_period = ["target", "actual", "baseline", "forecast", "value"].contains(id);
    (fits && (rest.is_empty() || takes_period)).then(|| [&[*id], rest.as_slice()].concat().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_in_words_and_back() {
        assert_eq!(role_in_words("target 2026 Q1", Lang::Ko), "2026년 1분기 목표");
        assert_eq!(role_in_words("kpi", Lang::En), "KPI");
        assert_eq!(role_named("target 2026 Q1").as_deref(), Some("target 2026 Q1"));
        assert_eq!(role_named("조직").as_deref(), Some("org"));
        assert_eq!(role_named("비중").as_deref(), Some("weight"));
        assert_eq!(role_named("kpi 2026"), None);
        assert_eq!(role_named("colour"), None);
    }
}
