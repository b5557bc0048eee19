//! Headings of columns that only some forms have.

use crate::finding::Lang;
use crate::plan::{Beside, Period, ValueKind, YearPart};

/// The heading of a column beside those of every plan table: as the form has it, else by what it holds.
pub fn heading(column: &Beside, lang: Lang) -> String {
    match column {
        Beside::Level(at, name) if name.is_empty() => {
            lang.pick(format!("상위 목표 {}", at + 1), format!("Level {}", at + 1))
        }
        Beside::Level(_, name) => name.to_string(),
        Beside::Period(period) => self::period(period, lang),
        Beside::Extra(heading, _) => heading.to_string(),
    }
}

/// A period and what its value is: `2026년 1분기 목표`, `2026 Q1 target`, `기준값`.
pub fn period(period: &Period, lang: Lang) -> String {
    let year = match (period.year, period.distance) {
        (Some(year), _) => lang.pick(format!("{year}년"), year.to_string()),
        (None, 0) => String::new(),
        (None, -1) => lang.pick("전년도", "last year").to_owned(),
        (None, 1) => lang.pick("다음 해", "next year").to_owned(),
        (None, years) => lang.pick(format!("{years:+}년"), format!("{years:+} years")),
    };
    let part = period.part.map_or_else(String::new, |part| self::part(part, lang));
    let kind = self::kind(period.kind, lang);
    let again = if period.nth == 0 { String::new() } else { format!("({})", period.nth + 1) };
    let words = [year.as_str(), part.as_str(), kind, again.as_str()];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What a value is: `실적`, `target`.
pub fn kind(kind: ValueKind, lang: Lang) -> &'static str {
    match kind {
        ValueKind::Actual => lang.pick("실적", "actual"),
        ValueKind::Target => lang.pick("목표", "target"),
        ValueKind::Baseline => lang.pick("기준값", "baseline"),
        ValueKind::Forecast => lang.pick("전망", "forecast"),
    }
}

/// A part of a year: `상반기`, `1분기`, `3월`; `H1`, `Q1`, `March`.
pub fn part(part: YearPart, lang: Lang) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = |number: u8| usize::from(number).checked_sub(1).and_then(|at| MONTHS.get(at)).copied();
    match lang {
        Lang::Ko => match part {
            YearPart::Half(1) => "상반기".to_owned(),
            YearPart::Half(_) => "하반기".to_owned(),
            YearPart::Quarter(number) => format!("{number}분기"),
            YearPart::Month(number) => format!("{number}월"),
            YearPart::Number(number) => format!("{number}차"),
        },
        Lang::En => match part {
            YearPart::Month(number) => month(number).map_or_else(|| part.to_string(), str::to_owned),
            YearPart::Number(number) => format!("period {number}"),
            _ => part.to_string(),
        },
    }
}
