use super::*;
use crate::consolidate::City;
use crate::finding::Lang;
use crate::project::Config;
use crate::testing::{PlanText, city, config, consistent_city, plan};
use crate::write::book::measure::Ruler;
use crate::write::book::sheet::PaperSheet;

fn common(city: &City) -> CommonData {
    let (sheet, ruler) = (PaperSheet::a4_landscape(), Ruler::new(|_| 0.9));
    let config = Config::default();
    CommonData::new(&PartInput { city, config: &config, sheet: &sheet, ruler: &ruler, lang: Lang::Ko })
}

fn hours(org: usize, value: &str, unit: &str) -> PlanText {
    plan(&format!("국{org}"), "가나시").row(&format!(
        "역량 | 인재 | 1인당 교육시간 | 80시간 | 목표 | 1인당 교육시간 | 70 | 75 | {value} | 90 | {unit} | 100 | "
    ))
}

#[test]
fn every_common_kpi_has_its_rows_in_the_order_of_the_organisations() {
    let common = common(&city(consistent_city(), &config("city = '가나시'")));
    let kpi = common.kpis.iter().find(|kpi| kpi.name.concat() == "예산집행률").unwrap();
    let orgs: Vec<String> = kpi.rows.iter().map(|row| row.organisation.lines.concat()).collect();
    assert_eq!(orgs, ["교통국", "도로과", "대중교통과", "환경국", "자원순환과", "경영기획실", "예산과"]);
    assert_eq!(kpi.years, ["2023 실적", "2024 실적", "2025 목표", "2026 목표"]);
    assert_eq!(kpi.rows[0].values[2].lines.concat(), "96.0");
    assert_eq!(kpi.spreads[2].numbers, ["95", "95.75", "96", "96.25", "97"]);
}

#[test]
fn what_cannot_be_drawn_is_printed_and_told() {
    let mut plans: Vec<PlanText> = (0..9).map(|org| hours(org, "80", "시간")).collect();
    plans.extend([
        hours(9, "기준점", "시간"),
        hours(10, "85", "%"),
        hours(11, "300", "시간"),
        hours(12, "", "시간"),
    ]);
    let common = common(&city(plans, &config("city = '가나시'")));
    let rows = &common.kpis[0].rows;
    let told = |row: usize| (rows[row].values[2].lines.concat(), rows[row].remark.concat());
    assert_eq!(told(0), ("80".into(), String::new()));
    assert_eq!(told(9), ("기준점".into(), "숫자 하나가 아님".into()));
    assert_eq!(told(10), ("85".into(), "단위가 다름".into()));
    assert_eq!(told(12), (String::new(), "목표 없음".into()));
    assert!(rows[9].planned.is_none() && rows[10].planned.is_none());
    assert!(rows[11].values[2].far);
    assert_eq!(rows[11].planned.as_ref().map(|mark| mark.shape), Some("right"));
    let ends: Vec<_> = common.kpis[0].spreads.iter().map(|spread| spread.ends).collect();
    assert_eq!(ends[2], ["dot", "right"], "the range ends beyond the scale, so it has no cap");
    assert_eq!(ends[1], ["dot", "dot"]);
}

#[test]
fn the_city_target_stands_where_its_number_does() {
    let plans = (0..9).map(|org| hours(org, "80", "시간"));
    let common = common(&city(plans, &config("city = '가나시'")));
    let kpi = &common.kpis[0];
    let planned = kpi.rows[0].planned.as_ref().unwrap();
    assert_eq!(kpi.target, Some((planned.x, "80".to_owned())));
}
