//! The workbook of a small city, read back with calamine and part by part.

use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, Xlsx};

use super::*;
use crate::check::{self, FindingIndex};
use crate::consolidate::{City, Context};
use crate::finding::Lang;
use crate::ledger::Rounds;
use crate::project::Config;
use crate::testing::{city, config, consistent_city, plan};

fn bytes_of(city: &City, config: &Config, lang: Lang, base: Option<&str>) -> Vec<u8> {
    let context = Context { city, config };
    workbook(&context, &FindingIndex::of(&check::run(&context)), &Rounds::new(), lang, base).unwrap()
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    Xlsx::new(Cursor::new(bytes)).unwrap().worksheet_range(name).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(bytes))
        .unwrap()
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// The text of every cell, by row.
fn texts(range: &Range<Data>) -> Vec<Vec<String>> {
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// A bureau whose weights do not sum to 100, with awkward texts.
fn awkward() -> City {
    city(
        [plan("교통국", "가나시")
            .row("시민 (90) | 편리한 도시 | 시정만족도 | 70% | =1+1 | @교통 만족도 | 1,200 | 35.0 | 21(22) | - | 점 | 90 | ")
            .file("01_교통 & 국's.xlsx")],
        &Config::default(),
    )
}

#[test]
fn sheets_in_both_languages() {
    let config = Config::default();
    let city = city(consistent_city(), &config);
    for (lang, names) in [
        (
            Lang::Ko,
            [
                "요약",
                "조직",
                "연계도",
                "목표×조직",
                "시 목표치 인용",
                "공통지표",
                "합산",
                "지적사항",
                "미연결",
                "주요사업 코드",
                "지표 자료",
                "연도별 자료",
            ],
        ),
        (
            Lang::En,
            [
                "Overview",
                "Organisations",
                "Cascade",
                "Alignment",
                "City targets",
                "Common KPIs",
                "Roll-ups",
                "Findings",
                "UnlinkedRow rows",
                "Initiative codes",
                "KPI data",
                "Values by year",
            ],
        ),
    ] {
        let bytes = bytes_of(&city, &config, lang, None);
        assert_eq!(Xlsx::new(Cursor::new(&bytes)).unwrap().sheet_names(), names);
    }
}

#[test]
fn the_same_city_gives_the_same_bytes() {
    let config = Config::default();
    let once = bytes_of(&city(consistent_city(), &config), &config, Lang::Ko, Some(".."));
    let again = bytes_of(&city(consistent_city(), &config), &config, Lang::Ko, Some(".."));
    assert!(once == again);
    assert!(part(&once, "docProps/core.xml").contains("2025-01-01T00:00:00Z"));
}

#[test]
fn the_cascade_steps_down_from_city_to_office() {
    let config = Config::default();
    let bytes = bytes_of(&city(consistent_city(), &config), &config, Lang::Ko, None);
    let rows = texts(&sheet(&bytes, "연계도"));
    assert_eq!(rows[3][..5], ["시 전략목표", "시 핵심성과지표", "시 목표치", "단계", "조직"]);
    assert_eq!(rows[3][8], "2025 목표치");
    assert_eq!(rows[4][0], "시민이 만족하는 시정");
    assert_eq!(rows[5][..4], ["시민이 만족하는 시정", "시정만족도", "70%*", "시"]);
    assert_eq!(rows[6][3..9], ["1", "교통국", "기여", "편리한 교통", "교통 만족도", "65"]);
    assert_eq!(rows[7][3..9], ["2", "도로과", "직접", "편리한 도로", "교통만족도", "65"]);
    let xml = part(&bytes, "xl/worksheets/sheet3.xml");
    assert!(xml.contains("outlineLevel=\"3\"") && xml.contains("summaryBelow=\"0\""));
    assert!(xml.contains("<autoFilter ref=\"A4:"));
    assert!(xml.contains("state=\"frozen\""));
}

#[test]
fn numbers_are_numbers_as_they_were_written_and_texts_never_formulas() {
    let bytes = bytes_of(&awkward(), &Config::default(), Lang::Ko, None);
    let cascade = sheet(&bytes, "연계도");
    assert_eq!(cascade.get_value((6, 6)), Some(&Data::String("=1+1".into())));
    assert_eq!(cascade.get_value((6, 7)), Some(&Data::String("@교통 만족도".into())));
    assert_eq!(cascade.get_value((6, 8)), Some(&Data::String("21(22)".into())));
    assert_eq!(cascade.get_value((6, 10)), Some(&Data::Float(90.0)));
    // All formulas are planbook's own.
    for index in 1..=12 {
        let xml = part(&bytes, &format!("xl/worksheets/sheet{index}.xml"));
        for formula in xml.split("<f>").skip(1) {
            let known = ["SUBTOTAL(109,", "COUNTIF(", "SUM(", "ROUND(", "QUARTILE("];
            assert!(known.iter().any(|known| formula.starts_with(known)), "{}", &formula[..40]);
        }
    }
}

#[test]
fn findings_link_to_their_cells_only_where_the_folder_is_known() {
    let config = Config::default();
    let rels = "xl/worksheets/_rels/sheet8.xml.rels";
    let bytes = bytes_of(&awkward(), &config, Lang::Ko, Some("../plans"));
    assert!(part(&bytes, rels).contains("Target=\"../plans/workbooks/01_교통%20&amp;%20국's.xlsx\""));
    assert!(part(&bytes, "xl/worksheets/sheet8.xml").contains("location=\"'교통국'!L6\""));
    let rows = texts(&sheet(&bytes, "지적사항"));
    let row = rows.iter().find(|row| row[1] == "W101").unwrap();
    assert_eq!((&*row[0], &*row[5]), ("오류", "교통국"));
    assert_eq!(
        (&*row[4], &*row[8], &*row[9]),
        ("L6", "비중 합계: 90", "100"),
        "what is written before what should be"
    );

    let bytes = bytes_of(&awkward(), &config, Lang::Ko, None);
    assert!(zip::ZipArchive::new(Cursor::new(&bytes)).unwrap().by_name(rels).is_err());
}

#[test]
fn the_overview_counts_and_leads_to_the_findings() {
    let config = Config::default();
    let bytes = bytes_of(&awkward(), &config, Lang::Ko, None);
    let rows = texts(&sheet(&bytes, "요약"));
    assert_eq!(rows[0][0], "가나시 2025년도 성과관리계획");
    let count = |name: &str| rows.iter().find(|row| row[0] == name).unwrap()[1].clone();
    assert_eq!((count("통합 문서"), count("계획"), count("성과지표")), ("1".into(), "1".into(), "1".into()));
    let orgs = texts(&sheet(&bytes, "조직"));
    assert_eq!(orgs[4][..5], ["교통국", "가나시", "", "1", "90"]);
    assert!(part(&bytes, "xl/worksheets/sheet2.xml").contains("location=\"'지적사항'!A5\""));
}

#[test]
fn waived_findings_are_listed_but_not_counted() {
    let plain = Config::default();
    let context = Context { city: &awkward(), config: &plain };
    let findings = check::run(&context);
    let id = &findings.iter().find(|finding| finding.rule.as_str() == "W101").unwrap().id;
    let config = config(&format!("[[waive]]\nid = \"{id}\"\nreason = \"협의함\""));
    let bytes = bytes_of(&awkward(), &config, Lang::Ko, None);
    let rows = texts(&sheet(&bytes, "지적사항"));
    let row = rows.iter().find(|row| row[1] == "W101").unwrap();
    assert_eq!((row[0].as_str(), row[12].as_str()), ("유예됨", "협의함"));
    let overview = texts(&sheet(&bytes, "요약"));
    let check = overview.iter().find(|row| row[0].starts_with("W101 ")).unwrap();
    assert_eq!((check[1].as_str(), check[4].as_str()), ("", "1"));
}

#[test]
fn roll_ups_show_the_childrens_sum_beside_the_parents_figure() {
    let config = Config::default();
    let bytes = bytes_of(&city(consistent_city(), &config), &config, Lang::Ko, None);
    let rows = texts(&sheet(&bytes, "합산"));
    assert_eq!(rows[3][3..7], ["2023 실적", "2024 실적", "2025 목표", "2026 목표"]);
    let at = rows.iter().position(|row| row[1] == "상위" && row[2] == "교통국").unwrap();
    assert_eq!(rows[at][3..7], ["80", "100", "110", "120"]);
    assert_eq!((&*rows[at + 1][2], &*rows[at + 2][2]), ("도로과", "대중교통과"));
    assert_eq!(rows[at + 3][3..7], ["80", "100", "110", "120"]);
    assert_eq!(rows[at + 4][3..7], ["0"; 4]);
    let xml = part(&bytes, "xl/worksheets/sheet7.xml");
    assert!(xml.contains("<f>SUM(D6:D7)</f><v>80</v>"), "{xml}");
}

#[test]
fn a_name_that_looks_like_a_formula_stays_a_name_in_the_chart_too() {
    let config = config("[common.\"=1+1\"]\n");
    let plans = ["가국", "나국"].map(|org| {
        plan(org, "가나시").row("시민 (100) | 목표 | 시 지표 | 1 | 목표 | =1+1 | 1 | 2 | 3 | 4 | 점 | 100 | ")
    });
    let bytes = bytes_of(&city(plans, &config), &config, Lang::Ko, None);
    let chart = part(&bytes, "xl/charts/chart1.xml");
    assert!(chart.contains("'공통지표'!$A$4") || chart.contains("공통지표!$A$4"), "{chart}");
    assert!(!chart.contains("<c:f>1+1"));
}

#[test]
fn loose_rows_say_why() {
    let config = Config::default();
    let mut plans = consistent_city();
    plans.truncate(1);
    plans.push(plan("도로과", "교통국장").row(
        "시민 (100) | 없는 목표 | 없는 지표 | 1 | 편리한 도로 | 도로 만족도 | 1 | 2 | 3 | 4 | 점 | 100 | ",
    ));
    let bytes = bytes_of(&city(plans, &config), &config, Lang::Ko, None);
    let rows = texts(&sheet(&bytes, "미연결"));
    assert!(
        rows.iter()
            .any(|row| row[..2] == ["상위 계획에 없는 지표를 인용", "도로과"] && row[4] == "없는 지표")
    );
    assert!(rows.iter().any(|row| row[..2] == ["하위 계획이 인용하지 않음", "교통국"]));
}
