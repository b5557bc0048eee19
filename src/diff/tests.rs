use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::project::Config;
use crate::testing::{PlanText, city, consistent_city, plan};

const ROW: &str =
    "시민 고객 (40) | 시정 | 시정만족도 | 70 | 교통 | 교통만족도 | 61 | 63 | 65 | 67 | 점 | 40 | 교통-1";
const OTHER: &str =
    "정책 성과 (60) | 안전 | 안전 지수 | 85 | 도로 | 도로 정비율 | 85 | 88 | 92 | 95 | % | 60 | 교통-2";
const THIRD: &str = "^ | ^ | ^ | ^ | ^ | 포장 보수율 | 71 | 74 | 78 | 80 | % | 10 | 교통-3";

fn of(rows: &[&str]) -> City {
    let plan = rows.iter().fold(plan("교통국", "가나시"), |plan, row| plan.row(row));
    city([plan], &Config::default())
}

/// One line per change: kind, item, old and new.
fn lines(old: &City, new: &City) -> Vec<String> {
    let side = |side: &Option<Side>| side.as_ref().map_or("·".to_owned(), |side| side.text.clone());
    let diff = diff(old, new);
    diff.changes()
        .map(|(plan, Change { kind, item, old, new, rows })| {
            let item = match item {
                Item::Value { year, .. } => year.to_string(),
                Item::Field(field) => field.to_string(),
                item => format!("{item:?}"),
            };
            format!("{} {} {item} {} → {} ×{}", plan.org, kind.as_str(), side(old), side(new), rows.len())
        })
        .collect()
}

fn changes_of_rows(old: &[&str], new: &[&str]) -> Vec<String> {
    lines(&of(old), &of(new))
}

#[test]
fn the_same_plans_differ_in_nothing() {
    let (old, new) =
        (city(consistent_city(), &Config::default()), city(consistent_city(), &Config::default()));
    assert_eq!(lines(&old, &new), [""; 0]);
    assert_eq!(diff(&old, &new).plans.len(), 7);
}

#[test]
fn a_target_a_weight_a_unit_and_codes_are_reported_field_by_field() {
    let new = ROW.replace("| 65 |", "| 70 |").replace("점 | 40 | 교통-1", "% | 35 | 교통-1, 교통-9");
    assert_eq!(
        changes_of_rows(&[ROW, OTHER], &[&new, OTHER]),
        [
            "교통국 changed 2025 65 → 70 ×1",
            "교통국 changed unit 점 → % ×1",
            "교통국 changed weight 40 → 35 ×1",
            "교통국 changed code 교통-1 → 교통-1, 교통-9 ×1",
        ]
    );
}

#[test]
fn another_notation_is_its_own_kind_of_change() {
    let new =
        ROW.replace("교통만족도", "교통 만족도").replace("| 65 |", "| 65.0 |").replace("| 70 |", "| 70점 |");
    let lines = changes_of_rows(&[ROW, OTHER], &[&new, OTHER]);
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line.starts_with("교통국 notation ")), "{lines:?}");
}

#[test]
fn a_renamed_kpi_is_one_change_and_another_kpi_two() {
    let renamed = OTHER.replace("도로 정비율", "노후 도로를 고친 비율");
    assert_eq!(
        changes_of_rows(&[ROW, OTHER], &[ROW, &renamed]),
        ["교통국 renamed Kpi 도로 정비율 → 노후 도로를 고친 비율 ×1"]
    );
    let another = OTHER.replace("도로 정비율 | 85 | 88 | 92 | 95 | %", "저상버스 | 10 | 12 | 14 | 16 | 대");
    assert_eq!(
        changes_of_rows(&[ROW, OTHER], &[ROW, &another]),
        ["교통국 removed Kpi 도로 정비율 → · ×1", "교통국 added Kpi · → 저상버스 ×1"]
    );
}

#[test]
fn a_row_in_another_place_has_moved_and_the_others_have_not() {
    let third = THIRD.replace("^ | ^ | ^ | ^ | ^", "정책 성과 (60) | 안전 | 안전 지수 | 85 | 도로");
    assert_eq!(
        changes_of_rows(&[ROW, OTHER, &third], &[&third, ROW, OTHER]),
        ["교통국 moved Order 3 → 1 ×1"]
    );
    let under_another = third.replace("| 도로 |", "| 교통 |");
    assert_eq!(
        changes_of_rows(&[ROW, OTHER, &third], &[ROW, OTHER, &under_another]),
        ["교통국 moved goal 도로 → 교통 ×1"]
    );
}

#[test]
fn a_cell_that_spans_rows_is_reported_once() {
    let new = OTHER.replace("| 도로 |", "| 튼튼한 도로 |").replace("(60)", "(55)");
    assert_eq!(
        changes_of_rows(&[ROW, OTHER, THIRD], &[ROW, &new, THIRD]),
        ["교통국 changed goal 도로 → 튼튼한 도로 ×2", "교통국 changed PerspectiveWeight 60 → 55 ×2",]
    );
}

#[test]
fn years_parent_title_and_footnotes_belong_to_the_plan() {
    let old =
        city([plan("교통국", "가나시").row(ROW).footnote("※ 기타주요사업 : 교통-7")], &Config::default());
    let new = plan("교통국", "다라시").years("2024a 2025t 2026t 2027t").row(ROW).footnote("※ 없음");
    let lines = lines(&old, &city([new], &Config::default()));
    assert_eq!(
        &lines[..3],
        [
            "교통국 changed Parent 가나시 → 다라시 ×0",
            "교통국 changed Years 2023, 2024, 2025, 2026 → 2024, 2025, 2026, 2027 ×0",
            "교통국 changed Footnote ※ 기타주요사업 : 교통-7 → ※ 없음 ×0",
        ]
    );
    assert!(lines.contains(&"교통국 changed 2024 63 → 61 ×1".to_owned()), "{lines:?}");
}

fn renamed_city(from: &str, to: &str) -> City {
    let plans = consistent_city().into_iter().map(|text| {
        let mut plan = text.build();
        if &*plan.org == from {
            plan.org = to.into();
            plan.title.text = plan.title.text.replace(from, to).into();
        }
        plan
    });
    city(plans, &Config::default())
}

#[test]
fn an_organisation_with_the_same_kpis_under_another_name_was_renamed() {
    let old = city(consistent_city(), &Config::default());
    let lines = lines(&old, &renamed_city("대중교통과", "버스정책과"));
    assert!(lines.contains(&"버스정책과 renamed Plan 대중교통과 → 버스정책과 ×0".to_owned()), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("added") || line.contains("removed")), "{lines:?}");
}

#[test]
fn offices_of_one_name_are_distinguished_by_their_bureau() {
    let office = |parent: &str, row: &str| plan("총무과", parent).row(row);
    let plans = |rows: [&str; 2]| {
        let bureaus = ["동구", "서구"].map(|name| plan(name, "가나시").row(ROW));
        let offices = [office("동구", rows[0]), office("서구", rows[1])];
        city(bureaus.into_iter().chain(offices), &Config::default())
    };
    let new = OTHER.replace("| 92 |", "| 93 |");
    let mut swapped: Vec<PlanText> = ["동구", "서구"].map(|name| plan(name, "가나시").row(ROW)).into();
    swapped.extend([office("서구", &new), office("동구", ROW)]);
    let lines = lines(&plans([ROW, OTHER]), &city(swapped, &Config::default()));
    assert_eq!(lines, ["총무과 changed 2025 92 → 93 ×1"]);
}

/// A change as reported with the sides swapped.
fn inverted(change: &Change) -> Change {
    let kind = match change.kind {
        ChangeKind::Added => ChangeKind::Removed,
        ChangeKind::Removed => ChangeKind::Added,
        kind => kind,
    };
    let item = match change.item.clone() {
        Item::Value { year, old, new } => Item::Value { year, old: new, new: old },
        item => item,
    };
    let mut rows: Vec<RowPair> =
        change.rows.iter().map(|row| RowPair { old: row.new, new: row.old }).collect();
    rows.sort();
    Change { kind, item, rows, old: change.new.clone(), new: change.old.clone() }
}

fn set(changes: impl IntoIterator<Item = Change>) -> BTreeSet<String> {
    changes
        .into_iter()
        .map(|mut change| {
            change.rows.sort();
            // The location of a cell that spans rows is that of the first row, which depends on the order.
            if change.rows.len() > 1 {
                change.old.iter_mut().chain(&mut change.new).for_each(|side| side.place = None);
            }
            format!("{change:?}")
        })
        .collect()
}

prop_compose! {
    /// A plan of a few rows from a small set of words, so that names match and repeat.
    fn some_plan()(rows in prop::collection::vec((0..2usize, 0..3usize, 0..6usize, 1..4u32, 0..3usize), 1..9)) -> City {
        let text = rows.iter().fold(plan("교통국", "가나시"), |plan, &(perspective, objective, kpi, value, unit)| {
            let perspective = ["시민 고객 (40)", "정책 성과 (60)"][perspective];
            let objective = ["편리한 교통", "안전한 도로", "깨끗한 도로"][objective];
            let kpi = ["교통 만족도", "교통만족도", "도로 정비율", "도로 정비 실적", "버스 대수", "버스 도입 대수"][kpi];
            let unit = ["점", "%", "대"][unit];
            plan.row(&format!(
                "{perspective} | 시정 | 시정만족도 | 70 | {objective} | {kpi} | 1{value} | 2{value} | 30 | 4{value} | {unit} | 10 | 교통-{value}"
            ))
        });
        city([text], &Config::default())
    }
}

proptest! {
    #[test]
    fn a_plan_held_against_itself_has_no_changes(plan in some_plan()) {
        prop_assert_eq!(diff(&plan, &plan).changes().count(), 0);
    }

    #[test]
    fn the_other_way_round_every_change_is_inverted(old in some_plan(), new in some_plan()) {
        let forth = diff(&old, &new);
        let back = diff(&new, &old);
        let inverted = set(back.changes().map(|(_, change)| inverted(change)));
        prop_assert_eq!(set(forth.changes().map(|(_, change)| change.clone())), inverted);
    }

    #[test]
    fn every_row_of_either_side_is_accounted_for_once(old in some_plan(), new in some_plan()) {
        let diff = diff(&old, &new);
        let rows = &diff.plans[0].rows;
        let mut olds: Vec<usize> = rows.iter().filter_map(|row| row.old).collect();
        olds.sort_unstable();
        prop_assert_eq!(olds, (0..old.plans[0].rows.len()).collect::<Vec<_>>());
        let news: Vec<usize> = rows.iter().filter_map(|row| row.new).collect();
        prop_assert_eq!(news, (0..new.plans[0].rows.len()).collect::<Vec<_>>());
    }

    #[test]
    fn the_old_values_with_the_changes_applied_are_the_new_ones(old in some_plan(), new in some_plan()) {
        let diff = diff(&old, &new);
        let plan = &diff.plans[0];
        for row in &plan.rows {
            let (Some(before), Some(after)) = (row.old, row.new) else { continue };
            for (index, column) in old.plans[0].years.iter().enumerate() {
                let changed = plan.changes.iter().find(|change| {
                    change.rows == [*row]
                        && matches!(change.item, Item::Value { year, .. } if year == column.year)
                });
                let written = &old.plans[0].rows[before].values[index].text.text;
                let now = changed.and_then(|change| change.new.as_ref()).map_or(&**written, |side| &side.text);
                prop_assert_eq!(now, &*new.plans[0].rows[after].values[index].text.text);
            }
        }
    }
}
