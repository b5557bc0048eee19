//! Target rules, and the achievement of results.

use super::rules;
use super::*;
use crate::consolidate::{City, RowId};
use crate::plan::PlanId;
use crate::project::scoring::{Lower, Scoring};
use crate::project::{Config, Polarities};
use crate::testing::{city, config, plan};

fn one(kpi: &str, last: &str, target: &str, unit: &str) -> (City, Measure) {
    let config = Config::default();
    let row =
        format!("시민 (100) | 목표 | 지표 | 1 | 목표 | {kpi} | 1 | {last} | {target} | 9 | {unit} | 100 | ");
    let city = city([plan("교통국", "가나시").row(&row)], &config);
    let polarities = Polarities::new(&config, &city.names);
    let measure = measure_with(&city, RowId { plan: PlanId::at(0), row: 0 }, &polarities);
    (city, measure)
}

#[test]
fn a_target_asks_for_what_is_written() {
    for (kpi, last, target, unit, aim) in [
        ("만족도", "80", "90", "%", TargetRule::AtLeast(90.0)),
        ("교통사고 사망자 수", "80", "90", "명", TargetRule::AtMost(90.0)),
        ("만족도", "80", "75점이상", "점", TargetRule::AtLeast(75.0)),
        ("피해건수", "5", "3건이하", "건", TargetRule::AtMost(3.0)),
        ("정비 실적", "1", "5천만건", "건", TargetRule::AtLeast(5e7)),
        ("정비 실적", "1", "5천만건", "천건", TargetRule::AtLeast(5e4)),
        ("정비 실적", "1", "2,650", "천명", TargetRule::AtLeast(2650.0)),
        ("확충 수", "1", "18(75)", "개소", TargetRule::AtLeast(18.0)),
        ("도시 경쟁력", "90위", "83위", "위", TargetRule::AtMost(83.0)),
        ("도시 경쟁력", "90위", "84~86위", "위", TargetRule::AtMost(86.0)),
        ("농도", "1", "70~80", "점", TargetRule::Between(70.0, 80.0)),
        ("세입추계의 정확도", "1", "±7", "%", TargetRule::Within(7.0)),
        ("제안 건수", "100", "전년대비 5% 이상", "건", TargetRule::AtLeast(105.0)),
        ("사용량", "100", "전년대비 5% 감축", "건", TargetRule::AtMost(95.0)),
        ("점검", "1", "반기별 1회", "회", TargetRule::AtLeast(2.0)),
        ("사망자 수", "1", "0", "명", TargetRule::AtMost(0.0)),
        ("유치 건수", "1", "0", "건", TargetRule::Manual(ManualReason::Zero)),
        ("제안 건수", "-", "전년대비 5% 이상", "건", TargetRule::Manual(ManualReason::NoBase)),
        ("완성도", "중", "중 (65점이상)", "등급", TargetRule::Manual(ManualReason::Qualitative)),
        ("공정률", "1", "공사착공", "%", TargetRule::Manual(ManualReason::Qualitative)),
        ("지수", "1", "기준점", "점", TargetRule::Manual(ManualReason::Baseline)),
        ("지원액", "1", "14,000 / 6,600", "억원", TargetRule::Manual(ManualReason::Several)),
        ("지원액", "1", "-", "억원", TargetRule::Manual(ManualReason::NoTarget)),
    ] {
        let (city, measure) = one(kpi, last, target, unit);
        match (measure.rule, aim) {
            (TargetRule::AtLeast(a), TargetRule::AtLeast(b))
            | (TargetRule::AtMost(a), TargetRule::AtMost(b)) => {
                assert!((a - b).abs() < 1e-9, "{kpi} {target}: {a}");
            }
            (found, aim) => assert_eq!(found, aim, "{kpi} {target} of {}", city.year),
        }
    }
}

#[test]
fn results_are_compared_with_the_target_within_floor_and_cap() {
    let (complement, inverse) = (Scoring::default(), Scoring { lower: Lower::Inverse, ..Scoring::default() });
    for (aim, result, rules, share) in [
        (TargetRule::AtLeast(50.0), 45.0, &complement, 0.9),
        (TargetRule::AtLeast(50.0), 500.0, &complement, 1.2),
        (TargetRule::AtLeast(50.0), -5.0, &complement, 0.0),
        (TargetRule::AtLeast(-10.0), -12.0, &complement, 0.8),
        (TargetRule::AtMost(10.0), 11.0, &complement, 0.9),
        (TargetRule::AtMost(10.0), 9.0, &complement, 1.1),
        (TargetRule::AtMost(10.0), 30.0, &complement, 0.0),
        (TargetRule::AtMost(10.0), 20.0, &inverse, 0.5),
        (TargetRule::AtMost(10.0), 0.0, &inverse, 1.2),
        (TargetRule::AtMost(0.0), 0.0, &inverse, 1.0),
        (TargetRule::AtMost(0.0), 1.0, &complement, 0.0),
        (TargetRule::Between(70.0, 80.0), 75.0, &complement, 1.0),
        (TargetRule::Between(70.0, 80.0), 63.0, &complement, 0.9),
        (TargetRule::Between(70.0, 80.0), 88.0, &complement, 0.9),
        (TargetRule::Within(10.0), -10.0, &complement, 1.0),
        (TargetRule::Within(10.0), -11.0, &complement, 0.9),
    ] {
        let reached = aim.reached(result, rules).unwrap();
        assert!((reached - share).abs() < 1e-9, "{aim:?} {result}: {reached}");
    }
    assert_eq!(TargetRule::Manual(ManualReason::Several).reached(1.0, &complement), None);
}

#[test]
fn a_grade_is_not_lost_to_binary_numbers() {
    let scoring = Scoring::default();
    assert_eq!(rules::grade(2.0 - 1.1, &scoring), "B");
    assert_eq!(
        (rules::grade(0.8994, &scoring), rules::grade(1.2, &scoring), rules::grade(0.0, &scoring)),
        ("C", "S", "D")
    );
}

#[test]
fn what_is_shown_as_100_percent_is_graded_so() {
    let scoring = Scoring::default();
    for (share, shown, grade) in [
        (0.9998, "100.0", "A"),
        (0.9995, "100.0", "A"),
        (0.999_499, "99.9", "B"),
        (0.8995, "90.0", "B"),
        (0.8994, "89.9", "C"),
        (1.0996, "110.0", "S"),
        (2.0 - 1.1, "90.0", "B"),
    ] {
        let as_shown = format!("{:.1}", rules::shown(share) * 100.0);
        assert_eq!((as_shown.as_str(), rules::grade(share, &scoring)), (shown, grade), "{share}");
    }
}

#[test]
fn nonsense_under_score_is_reported() {
    for (text, says) in [
        ("cap = 0", "the cap should be a number above the floor"),
        ("floor = -1", "the floor should be a number, 0 or more"),
        ("grades = []", "at least one grade"),
        ("grades = [{ name = \"A\", from = 80 }]", "the lowest grade begins at 80"),
        ("grades = [{ name = \"A\", from = 0 }, { name = \"B\", from = 0 }]", "different numbers"),
        ("lower = \"invers\"", "did you mean `inverse`"),
    ] {
        let faults = Config::parse(&format!("[score]\n{text}\n")).unwrap_err();
        let all = faults.iter().map(ToString::to_string).collect::<String>();
        assert!(all.contains(says), "{text}: {all}");
    }
    assert_eq!(config("[score]\nlower = \"inverse\"").score.lower, Lower::Inverse);
}

#[test]
fn ids_outlive_moved_rows_and_states_tell_changed_figures() {
    let config = Config::default();
    let rows = [
        "시민 (100) | 목표 | 지표 | 1 | 목표 | 가 지표 | 1 | 2 | 3 | 4 | 건 | 60 | ",
        "시민 (100) | 목표 | 지표 | 1 | 목표 | 나 지표 | 1 | 2 | 3 | 4 | 건 | 40 | ",
    ];
    let [first, second] = rows;
    let one = city([plan("교통국", "가나시").row(first).row(second).row(first)], &config);
    let moved = second.replace("| 3 |", "| 5 |");
    let other = city([plan("교통국", "가나시").row(&moved).row(first)], &config);
    let (ids, others) = (RowIds::of(&one), RowIds::of(&other));
    let key = |ids: &RowIds, row| ids.key(RowId { plan: PlanId::at(0), row }).clone();
    assert_eq!(key(&ids, 0), key(&others, 1));
    assert_eq!(key(&ids, 1).id, key(&others, 0).id);
    assert_ne!(key(&ids, 1).state, key(&others, 0).state);
    assert_ne!(key(&ids, 0).id, key(&ids, 2).id, "twins have ids of their own");
}
