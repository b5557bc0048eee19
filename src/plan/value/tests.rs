use super::*;
use crate::source::CellRef;

fn read(text: &str) -> Meaning {
    Value::read(Text::new(text, CellRef::default())).meaning
}

fn bare(amount: f64) -> Number {
    Number::bare(amount)
}

fn with(amount: f64, unit: &str) -> Number {
    Number { amount, unit: Some(unit.into()) }
}

fn pair(first: f64, second: Number) -> Meaning {
    Meaning::Pair(Some(Box::new(bare(first))), second)
}

fn state(words: &str, value: Option<Meaning>) -> Meaning {
    Meaning::State(words.into(), value.map(Box::new))
}

fn parts(parts: &[(&str, Meaning)]) -> Meaning {
    Meaning::Parts(parts.iter().map(|(label, part)| ((*label).into(), part.clone())).collect())
}

fn number(amount: f64) -> Meaning {
    Meaning::Number(bare(amount))
}

fn number_with(amount: f64, unit: &str) -> Meaning {
    Meaning::Number(with(amount, unit))
}

#[track_caller]
fn check(expected: &[(&str, Meaning)]) {
    for (text, meaning) in expected {
        assert_eq!(&read(text), meaning, "{text}");
    }
}

#[test]
fn a_meaning_stays_small() {
    assert!(size_of::<Meaning>() <= 40, "{}", size_of::<Meaning>());
}

#[test]
fn nothing_and_baselines() {
    check(&[
        ("", Meaning::Empty),
        ("-", Meaning::NotApplicable),
        ("–", Meaning::NotApplicable),
        ("N/A", Meaning::NotApplicable),
        ("해당 없음", Meaning::NotApplicable),
        ("기준점", Meaning::Baseline(0.0)),
        ("기준점 +0.5", Meaning::Baseline(0.5)),
        ("Baseline", Meaning::Baseline(0.0)),
    ]);
}

#[test]
fn plain_numbers_and_units() {
    check(&[
        ("28,604", number(28_604.0)),
        ("70.0", number(70.0)),
        ("２８，６０４", number(28_604.0)),
        ("28\u{a0}604", number(28_604.0)),
        ("-3.5", number(-3.5)),
        ("△3.5", number(-3.5)),
        ("▲ 3.5", number(-3.5)),
        ("- 3.5", number(-3.5)),
        (".5", number(0.5)),
        ("44.5%", number_with(44.5, "%")),
        ("0.5%p", number_with(0.5, "%p")),
        ("39,589건", number_with(39_589.0, "건")),
        ("60 시간", number_with(60.0, "시간")),
        ("52 μg/m³", number_with(52.0, "μg/m³")),
        ("180,000 TOE", number_with(180_000.0, "TOE")),
        ("25개구", number_with(25.0, "개구")),
        ("약 100명", number_with(100.0, "명")),
        ("총 34개소", number_with(34.0, "개소")),
        ("₩1,200", number_with(1_200.0, "원")),
        ("$1.2M", number_with(1.2e6, "$")),
        ("1.2 million", number_with(1.2e6, "")),
        ("52㎍/㎥", number_with(52.0, "㎍/㎥")),
        ("1.2E+06", number(1.2e6)),
        ("75 points", number_with(75.0, "points")),
    ]);
}

#[test]
fn scales_are_multiplied_out() {
    check(&[
        ("6천만건", number_with(6e7, "건")),
        ("4.6천만건", number_with(4.6e7, "건")),
        ("36만", number_with(36e4, "")),
        ("1,500만", number_with(1.5e7, "")),
        ("750만명", number_with(7.5e6, "명")),
        ("880천명", number_with(8.8e5, "명")),
        ("957천㎡", number_with(957e3, "㎡")),
        ("895,879 백만원", number_with(895_879e6, "원")),
        ("2억 3천만원", number_with(2.3e8, "원")),
        ("1억2천만", number_with(1.2e8, "")),
        ("1조 2,000억원", number_with(1.2e12, "원")),
        ("2억 5천", number_with(2.5e8, "")),
        ("3만 5천", number_with(35_000.0, "")),
        ("3만5000명", number_with(35_000.0, "명")),
        ("5조", number_with(5e12, "")),
        ("3조각", number_with(3.0, "조각")),
    ]);
}

#[test]
fn pairs_and_multiple_values() {
    check(&[
        ("21(22)", pair(21.0, bare(22.0))),
        ("9.38 (9.07)", pair(9.38, bare(9.07))),
        ("185(1,825)", pair(185.0, bare(1825.0))),
        ("11 (34개소)", pair(11.0, with(34.0, "개소"))),
        ("11 （누계 34）", pair(11.0, bare(34.0))),
        ("- (7.36)", Meaning::Pair(None, bare(7.36))),
        ("-(9)", Meaning::Pair(None, bare(9.0))),
        ("987kW (850KW)", Meaning::Pair(Some(Box::new(with(987.0, "kW"))), with(850.0, "KW"))),
        ("8,804 / 5,206", Meaning::MultiValue(vec![number(8804.0), number(5206.0)])),
        ("137/22", Meaning::MultiValue(vec![number(137.0), number(22.0)])),
        ("30 10", Meaning::MultiValue(vec![number(30.0), number(10.0)])),
        ("100점 1회", Meaning::MultiValue(vec![number_with(100.0, "점"), number_with(1.0, "회")])),
        ("- 5,809 - 1,134", Meaning::MultiValue(vec![number(5809.0), number(1134.0)])),
        ("- 1,134 - 5,809", Meaning::MultiValue(vec![number(1134.0), number(5809.0)])),
        ("- / 5", Meaning::MultiValue(vec![Meaning::NotApplicable, number(5.0)])),
        (
            "3건이하 5건이하",
            Meaning::MultiValue(vec![
                Meaning::Bound(Bound::AtMost, with(3.0, "건")),
                Meaning::Bound(Bound::AtMost, with(5.0, "건")),
            ]),
        ),
    ]);
}

#[test]
fn tolerances_bounds_ranges_and_ranks() {
    check(&[
        ("±7", Meaning::Tolerance(bare(7.0))),
        ("± 5%", Meaning::Tolerance(with(5.0, "%"))),
        ("75점이상", Meaning::Bound(Bound::AtLeast, with(75.0, "점"))),
        ("80점 이상 유지", Meaning::Bound(Bound::AtLeast, with(80.0, "점"))),
        ("80점 이상", Meaning::Bound(Bound::AtLeast, with(80.0, "점"))),
        ("65점이 상", Meaning::Bound(Bound::AtLeast, with(65.0, "점"))),
        ("3건이하", Meaning::Bound(Bound::AtMost, with(3.0, "건"))),
        ("5 미만", Meaning::Bound(Bound::Below, bare(5.0))),
        ("10위 이내", Meaning::Bound(Bound::AtMost, with(10.0, "위"))),
        ("at least 75", Meaning::Bound(Bound::AtLeast, bare(75.0))),
        ("≥ 75", Meaning::Bound(Bound::AtLeast, bare(75.0))),
        ("<= 3", Meaning::Bound(Bound::AtMost, bare(3.0))),
        ("75 or more", Meaning::Bound(Bound::AtLeast, bare(75.0))),
        ("75+", Meaning::Bound(Bound::AtLeast, bare(75.0))),
        ("84~86위", Meaning::Range(84.0, with(86.0, "위"))),
        ("84 ～86위", Meaning::Range(84.0, with(86.0, "위"))),
        ("70–80", Meaning::Range(70.0, bare(80.0))),
        ("2~3천명", Meaning::Range(2000.0, with(3000.0, "명"))),
        ("83위", Meaning::Rank(83.0)),
        ("10th", Meaning::Rank(10.0)),
    ]);
}

#[test]
fn promises_of_growth() {
    let growth = |amount, unit| Meaning::Growth(with(amount, unit));
    check(&[
        ("전년대비 5% 이상", growth(5.0, "%")),
        ("전년 대비 5% 증가", growth(5.0, "%")),
        ("전년대비 5% 향상", growth(5.0, "%")),
        ("1%이상 감축", growth(-1.0, "%")),
        ("전년대비1 %이상 감소", growth(-1.0, "%")),
        ("2008년 전년대비 3% 절감", growth(-3.0, "%")),
        ("전년대비 105% 수준", growth(5.0, "%")),
        ("+5% vs. prior year", growth(5.0, "%")),
        ("5% increase", growth(5.0, "%")),
        ("전년대비 0.5점 향상", growth(0.5, "점")),
        ("체감만족도 전년대비 5% 이상", growth(5.0, "%")),
        ("246건 (전년대비 5% 증가)", state("전년대비 5% 증가", Some(number_with(246.0, "건")))),
    ]);
    assert_eq!(read("1%이상 감축").growth(), Some(-1.0));
    assert_eq!(read("전년대비 0.5점 향상").growth(), None);
    assert_eq!(read("5% 이상").growth(), None);
}

#[test]
fn grades_frequencies_and_dates() {
    let grade = |name: &str, points: Option<Meaning>| Meaning::Grade(name.into(), points.map(Box::new));
    let at_least = |points| Meaning::Bound(Bound::AtLeast, with(points, "점"));
    check(&[
        ("중", grade("중", None)),
        ("나급 이상", grade("나급 이상", None)),
        ("중상 등급", grade("중상 등급", None)),
        ("중상정도", grade("중상정도", None)),
        ("우수", grade("우수", None)),
        ("A등급", grade("A등급", None)),
        ("중 (65점이상)", grade("중", Some(at_least(65.0)))),
        ("중·상 (75점이상)", grade("중·상", Some(at_least(75.0)))),
        ("반기별 1회", Meaning::Frequency { periods: 2, times: 1.0 }),
        ("분기별 1회", Meaning::Frequency { periods: 4, times: 1.0 }),
        ("매월 2회", Meaning::Frequency { periods: 12, times: 2.0 }),
        ("4회/년", Meaning::Frequency { periods: 1, times: 4.0 }),
        ("2 per quarter", Meaning::Frequency { periods: 4, times: 2.0 }),
        ("12월", state("12월", None)),
        ("3/4분기", state("3/4분기", None)),
        ("'09.12월말", state("'09.12월말", None)),
        ("2009년 6월", state("2009년 6월", None)),
        ("Q3", state("Q3", None)),
        ("Q3 2010", state("Q3 2010", None)),
        ("by Dec. 2010", state("by Dec. 2010", None)),
        ("12월말 완료", state("12월말 완료", None)),
        ("3년", number_with(3.0, "년")),
    ]);
}

#[test]
fn words_with_numbers() {
    check(&[
        ("도입", state("도입", None)),
        ("시행 (정비추진)", state("시행 (정비추진)", None)),
        ("4개년 계획수립", state("4개년 계획수립", None)),
        ("1,2345", state("1,2345", None)),
        ("설계완료 38.2", state("설계완료", Some(number(38.2)))),
        ("53 협상완료", state("협상완료", Some(number(53.0)))),
        ("실시설계 공사 2%", state("실시설계 공사", Some(number_with(2.0, "%")))),
        ("66,802 환경기준치 이하", state("환경기준치 이하", Some(number(66_802.0)))),
        ("우수이상 3개공기업", state("우수이상", Some(number_with(3.0, "개공기업")))),
        ("응대율 80", state("응대율", Some(number(80.0)))),
        ("80(강남)", state("강남", Some(number(80.0)))),
        (
            "응대율 80 배차율 80 탑승률 81",
            parts(&[("응대율", number(80.0)), ("배차율", number(80.0)), ("탑승률", number(81.0))]),
        ),
        ("신규 12 부적격자 조치10", parts(&[("신규", number(12.0)), ("부적격자 조치", number(10.0))])),
        ("점검 24회 조치 85%", parts(&[("점검", number_with(24.0, "회")), ("조치", number_with(85.0, "%"))])),
        ("절거 85회 85%", parts(&[("절거", number_with(85.0, "회")), ("", number_with(85.0, "%"))])),
        (
            "20개 공구 교육 5회",
            parts(&[("", number_with(20.0, "개")), ("공구 교육", number_with(5.0, "회"))]),
        ),
        ("1단계 20 2단계 7", parts(&[("1단계", number(20.0)), ("2단계", number(7.0))])),
        ("95 실시계획(70)", parts(&[("", number(95.0)), ("실시계획", number(70.0))])),
        ("20(100) 80(강북)", parts(&[("", pair(20.0, bare(100.0))), ("강북", number(80.0))])),
    ]);
}

#[test]
fn the_number_of_the_year() {
    for (text, amount) in [
        ("6천만건", Some(6e7)),
        ("21(22)", Some(21.0)),
        ("-(9)", None),
        ("75점이상", Some(75.0)),
        ("83위", Some(83.0)),
        ("84~86위", None),
        ("중 (65점이상)", Some(65.0)),
        ("설계완료 38.2", Some(38.2)),
        ("반기별 1회", Some(2.0)),
        ("8,804 / 5,206", None),
        ("전년대비 5% 이상", None),
        ("기준점", None),
        ("-", None),
    ] {
        assert_eq!(read(text).amount(), amount, "{text}");
    }
}

#[test]
fn nested_brackets_and_the_longest_cell_are_parsed_in_time() {
    for text in ["(".repeat(2900), "([{".repeat(900), "(".repeat(32_767), "1,234 ".repeat(5000)] {
        assert!(matches!(read(&text), Meaning::State(..)), "{text:.20}");
    }
}

#[test]
fn amounts_in_sentences_have_separators() {
    for (number, shown) in
        [(1162.0, "1,162"), (14445.9, "14,445.9"), (-1_234_567.0, "-1,234,567"), (999.0, "999"), (0.5, "0.5")]
    {
        assert_eq!(show_amount(number), shown);
    }
}

#[test]
fn numbers_in_sentences_part_their_thousands_and_keep_what_is_written() {
    for (text, shown) in [
        ("1162", "1,162"),
        ("3775.80", "3,775.80"),
        ("-3048", "-3,048"),
        ("950", "950"),
        ("1,162", "1,162"),
        ("2010년", "2010년"),
        ("0012", "0012"),
    ] {
        assert_eq!(super::show_written(text), shown);
    }
    assert_eq!(super::show_count(1234), "1,234");
}
