use super::*;
use crate::finding::Lang;
use crate::testing::{city, config, consistent_city, plan};
use crate::write::book::measure::Ruler;
use crate::write::book::sheet::PaperSheet;

fn weights(city: &City) -> WeightsData {
    set(city, "[book]\nremarks = true")
}

fn set(city: &City, settings: &str) -> WeightsData {
    let (sheet, ruler) = (PaperSheet::a4_landscape(), Ruler::new(|_| 0.9));
    let config = config(settings);
    WeightsData::new(&PartInput { city, config: &config, sheet: &sheet, ruler: &ruler, lang: Lang::Ko })
}

fn row(perspective: &str, weight: &str) -> String {
    format!("{perspective} | 시 | 지표 | 1 | 목표 | 지표 {perspective} | 1 | 2 | 3 | 4 | 건 | {weight} | ")
}

fn texts(row: &WeightRow) -> Vec<String> {
    row.cells.iter().map(|lines| lines.concat()).collect()
}

#[test]
fn weights_are_added_up_by_perspective() {
    let weights = weights(&city(consistent_city(), &config("city = '가나시'")));
    assert_eq!(texts(&weights.rows[0]), ["30", "40", "20", "10"]);
    assert_eq!((weights.rows[0].total.as_str(), weights.rows[0].remark.concat().as_str()), ("100", ""));
    assert_eq!(texts(&weights.rows[2]), ["", "70", "20", "10"]);
    assert_eq!(weights.summary[0].1, ["3", "7", "7", "7"]);
    let bar = &weights.rows[0].bar;
    let end = bar.last().map_or(0.0, |segment| segment.x + segment.width);
    assert!((end - weights.hundred).abs() < 1e-6);
}

#[test]
fn sums_that_are_not_100_or_not_as_printed_are_told() {
    let plans = [
        plan("교통국", "가나시").row(&row("정책 (60)", "58")).row(&row("창의 (40)", "40")),
        plan("환경국", "가나시").row(&row("정책 (80)", "80")).row(&row("창의 (40)", "40")),
        plan("복지국", "가나시"),
    ];
    let weights = weights(&city(plans, &config("city = '가나시'")));
    let remarks: Vec<String> = weights.rows.iter().map(|row| row.remark.concat()).collect();
    assert_eq!(remarks, ["▼ 2 모자람 · 정책 60 ≠ 58", "▲ 20 넘침", "지표 없음"]);
}

#[test]
fn the_city_is_not_told_which_plans_do_not_add_up_unless_the_office_asks() {
    let plans = [plan("교통국", "가나시").row(&row("정책 (60)", "58"))];
    let city = city(plans, &config("city = '가나시'"));
    let (plain, told) = (set(&city, ""), weights(&city));
    assert_eq!((plain.rows[0].remark.concat().as_str(), plain.rows[0].total.as_str()), ("", "58"));
    assert!(!plain.head.lead.concat().contains("맞지 않"));
    assert!(told.head.lead.concat().contains("맞지 않") && !told.rows[0].remark.concat().is_empty());
}

#[test]
fn rare_perspectives_share_a_column() {
    let mut plans: Vec<_> = (0..3)
        .map(|org| {
            ["가", "나", "다", "라", "마"]
                .iter()
                .fold(plan(&format!("국{org}"), "시"), |plan, name| plan.row(&row(name, "20")))
        })
        .collect();
    plans.push(plan("다른 국", "시").row(&row("혁신", "60")).row(&row("", "40")));
    let weights = weights(&city(plans, &config("city = '시'")));
    assert_eq!(weights.perspectives.len(), MOST);
    assert_eq!(weights.rows[3].cells[MOST].concat(), "혁신 60, 관점 없음 40");
    assert_eq!(weights.rows[3].bar.iter().map(|segment| segment.shade).collect::<Vec<_>>(), [MOST, MOST]);
}
