//! Periods as offices write them in headings.

use super::calendar::fiscal_years;
use super::*;
use crate::read::table::words::WORDS;

#[test]
fn fiscal_years_are_the_year_they_begin_in() {
    for (text, meant) in [
        ("2024/25 Actual", "2024 Actual"),
        ("FY2024-25", "FY2024"),
        ("FY24/25", "FY2024"),
        ("2099/00", "2099"),
        ("2024-2025 목표", "2024 목표"),
        ("y1_2026_27", "y1_2026"),
        ("2024/26", "2024/26"),
        ("2027~2030", "2027~2030"),
        ("25/26", "25/26"),
        ("2024-01", "2024-01"),
    ] {
        assert_eq!(fiscal_years(text), meant, "{text}");
    }
}

#[test]
fn years_of_eras_are_years_of_the_common_era() {
    for (text, year, rest) in [
        ("令和7年度", Some(2025), ""),
        ("令和元年度", Some(2019), ""),
        ("令和６年度（2024年度）目標値", Some(2024), "目標値"),
        ("R7", Some(2025), ""),
        ("R5年度実績", Some(2023), "実績"),
        ("平成30年度", Some(2018), ""),
        ("H30", Some(2018), ""),
        ("H2", None, "h2"),
        ("R1", None, "r1"),
        ("民國114年", Some(2025), ""),
        ("114年度目標值", Some(2025), "目標值"),
        ("พ.ศ. 2568", Some(2025), ""),
        ("2568", Some(2025), ""),
        ("２０２４年度", Some(2024), ""),
        ("2500", None, "2500"),
    ] {
        let found = take_year(&plain_years(text));
        assert_eq!(found, (year, rest.to_owned()), "{text}");
    }
}

#[test]
fn dates_and_months_in_digits() {
    for (text, found) in [
        ("2024-05", Some((2024, 5, None))),
        ("05/2024", Some((2024, 5, None))),
        ("2024年5月", Some((2024, 5, None))),
        ("2024-03-31", Some((2024, 3, Some(31)))),
        ("31/03/2024", Some((2024, 3, Some(31)))),
        ("12/31/2024", Some((2024, 12, Some(31)))),
        ("2/1/2015", Some((2015, 2, Some(1)))),
        ("2022-01-01 00:00:00", Some((2022, 1, Some(1)))),
        ("2024-13", None),
        ("12.5", None),
    ] {
        assert_eq!(date(text), found, "{text}");
    }
}

#[test]
fn parts_of_a_year_in_headings() {
    for (text, rest) in [
        ("1분기", Some("")),
        ("1/4분기 목표", Some("목표")),
        ("제2분기", Some("")),
        ("Q1", Some("")),
        ("Q4 Target", Some("target")),
        ("1st Quarter", Some("")),
        ("상반기 실적", Some("실적")),
        ("H2", Some("")),
        ("9월말", Some("")),
        ("12월", Some("")),
        ("March", Some("")),
        ("목표", None),
        ("13월", None),
        ("5분기", None),
    ] {
        let found = WORDS.periods.without_part(&key(text));
        assert_eq!(found.as_ref().map(|(_, rest)| &**rest), rest, "{text}");
    }
}

#[test]
fn parts_of_a_year_in_other_languages() {
    for (text, part) in [
        ("1er trimestre", YearPart::Quarter(1)),
        ("T1", YearPart::Quarter(1)),
        ("1T", YearPart::Quarter(1)),
        ("2º trimestre", YearPart::Quarter(2)),
        ("III Trimestre", YearPart::Quarter(3)),
        ("4ème trimestre", YearPart::Quarter(4)),
        ("Primer semestre", YearPart::Half(1)),
        ("Semestre 2", YearPart::Half(2)),
        ("第1四半期", YearPart::Quarter(1)),
        ("第２四半期", YearPart::Quarter(2)),
        ("上期", YearPart::Half(1)),
        ("一季度", YearPart::Quarter(1)),
        ("第三季度", YearPart::Quarter(3)),
        ("十二月", YearPart::Month(12)),
        ("Triwulan IV", YearPart::Quarter(4)),
        ("TW1", YearPart::Quarter(1)),
        ("TW II", YearPart::Quarter(2)),
        ("Semester I", YearPart::Half(1)),
        ("Agustus", YearPart::Month(8)),
        ("dezembro", YearPart::Month(12)),
        ("févr.", YearPart::Month(2)),
        ("out", YearPart::Month(10)),
        ("Year 3", YearPart::Number(3)),
        ("5차년도", YearPart::Number(5)),
    ] {
        let found = WORDS.periods.parts_of(&key(text)).find(|(_, rest)| rest.is_empty());
        assert_eq!(found.map(|(part, _)| part), Some(part), "{text}");
    }
}

#[test]
fn years_by_their_distance() {
    let of = |text: &str| WORDS.periods.relative_year(&key(text));
    assert_eq!(of("전년도 실적"), Some((-1, "실적".to_owned())));
    assert_eq!(of("금년도"), Some((0, String::new())));
    assert_eq!(of("Last year actual"), Some((-1, "actual".to_owned())));
    assert_eq!(of("Réalisation N-1").map(|(distance, _)| distance), Some(-1));
    assert_eq!(of("前年度実績"), Some((-1, "実績".to_owned())));
    assert_eq!(of("año anterior").map(|(distance, _)| distance), Some(-1));
    assert_eq!(of("Realisasi tahun lalu").map(|(distance, _)| distance), Some(-1));
    assert_eq!(of("目標"), None);
}
