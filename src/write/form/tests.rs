//! Forms of small cities, read back by planbook.

use proptest::prelude::*;

use super::*;
use crate::check;
use crate::consolidate::consolidate;
use crate::finding::{Code, Severity};
use crate::plan::{Field, Plan, PlanId, Text, Value};
use crate::project::Config;
use crate::read::{Contents, Submission};
use crate::testing::{PlanText, city, config, consistent_city, plan};

/// The form of the plans with these indices, and what planbook reads from it.
fn form(city: &City, config: &Config, plans: &[usize], year: i32) -> (Vec<Next>, Vec<u8>, Contents) {
    let context = Context { city, config };
    let press = FormWriter::new(&context, year, Lang::Ko);
    let next: Vec<Next> = plans.iter().map(|&at| next::carry_over(press.carry(), PlanId::at(at))).collect();
    let (bytes, difference) = press.make(&next).unwrap();
    assert_eq!(difference, None, "it does not read back");
    let contents = read::plans_in(&bytes, &"workbooks/form.xlsx".into(), config).unwrap();
    (next, bytes, contents)
}

fn texts(row: &crate::plan::Indicator) -> [String; 8] {
    [
        row.perspective.text.text.to_string(),
        row.parent_objective.text.to_string(),
        row.parent_kpi.text.to_string(),
        row.objective.text.to_string(),
        row.kpi.text.to_string(),
        row.unit.text.text.to_string(),
        row.weight.text.text.to_string(),
        row.initiatives.text.text.to_string(),
    ]
}

/// Asserts that `new` is `old` a year later: the same rows with the known values of the new years, nothing
/// else.
fn assert_a_year_later(old: &Plan, new: &Plan) {
    assert_eq!(new.org, old.org);
    assert_eq!(new.title.text, old.title.text);
    assert_eq!(new.parent_label.text, old.parent_label.text);
    assert_eq!(new.rows.len(), old.rows.len());
    assert_eq!(new.footnotes.len(), old.footnotes.len());
    let shifted: Vec<i32> = old.years.iter().map(|column| column.year + 1).collect();
    assert_eq!(new.years.iter().map(|column| column.year).collect::<Vec<_>>(), shifted);
    for (old_row, new_row) in old.rows.iter().zip(&new.rows) {
        assert_eq!(texts(new_row), texts(old_row));
        for (column, value) in new.years.iter().zip(&new_row.values) {
            let before = old.year_index(column.year);
            let kept = before.filter(|&at| {
                old.years[at].kind
                    == old.years.iter().find(|c| c.year == column.year - 1).and_then(|c| c.kind)
            });
            let expected = kept.map_or("", |at| &*old_row.values[at].text.text);
            assert_eq!(&*value.text.text, expected, "{} {}", old_row.kpi.text, column.year);
        }
    }
}

#[test]
fn a_form_says_what_the_plan_said_a_year_later() {
    let config = Config::default();
    let city = city(consistent_city(), &config);
    for index in 0..city.plans.len() {
        let (_, _, contents) = form(&city, &config, &[index], 2026);
        assert_eq!(contents.remarks, []);
        assert_a_year_later(&city.plans[index], &contents.plans[0]);
    }
}

#[test]
fn the_plans_of_a_workbook_stay_together() {
    let config = Config::default();
    let city = city(consistent_city(), &config);
    let (_, bytes, contents) = form(&city, &config, &[0, 1, 2], 2026);
    assert_eq!(contents.plans.len(), 3);
    let sheets = read::sheets_in(&bytes).unwrap();
    let names: Vec<&str> = sheets.iter().map(|sheet| &*sheet.name).collect();
    assert_eq!(names, ["교통국", "도로과", "대중교통과", "작성 안내", "목록"]);
}

/// Fills in a form as a department does: last year's target as actual, for the later year the planned or the
/// same target.
fn filled_in(next: &Next) -> Next {
    let mut next = next.clone();
    for row in 0..next.plan.rows.len() {
        let mut last = String::new();
        for (at, value) in next.plan.rows[row].values.iter_mut().enumerate() {
            if value.text.is_empty() {
                let planned = match &next.columns[at] {
                    next::KnownValues::Targets(targets) => targets[row].text.text.to_string(),
                    _ => last.clone(),
                };
                *value = Value::read(Text { text: planned.into(), cell: value.text.cell });
            }
            last = value.text.text.to_string();
        }
    }
    next
}

fn findings(contents: Vec<(String, Contents)>, config: &Config) -> Vec<(Code, Severity)> {
    let submissions =
        contents.into_iter().map(|(file, contents)| Submission::named(file, Ok(contents))).collect();
    let city = consolidate(submissions, config);
    assert_eq!(city.year, 2026);
    check::run(&Context { city: &city, config })
        .into_iter()
        .filter(|finding| finding.severity != Severity::Info)
        .map(|finding| (finding.rule, finding.severity))
        .collect()
}

#[test]
fn forms_have_no_findings_that_departments_did_not_cause() {
    let config = Config::default();
    let city = city(consistent_city(), &config);
    let press_context = Context { city: &city, config: &config };
    let press = FormWriter::new(&press_context, 2026, Lang::Ko);
    let (mut open, mut filled) = (Vec::new(), Vec::new());
    // By workbook: bureaus with their offices.
    for (file, plans) in [("01", 0..3), ("02", 3..5), ("03", 5..7)] {
        let next: Vec<Next> = plans.map(PlanId::at).map(|id| next::carry_over(press.carry(), id)).collect();
        let entered: Vec<Next> = next.iter().map(filled_in).collect();
        for (kind, next) in [(&mut open, &next), (&mut filled, &entered)] {
            let (bytes, difference) = press.make(next).unwrap();
            assert_eq!(difference, None);
            let file = format!("workbooks/{file}.xlsx");
            let contents = read::plans_in(&bytes, &file.as_str().into(), &config).unwrap();
            kind.push((file, contents));
        }
    }
    // The office had planned 84 hours for a year for which its bureau had planned 85.
    let own = [(Code::S305, Severity::Warning)];
    assert_eq!(findings(open, &config), own, "as handed out");
    assert_eq!(findings(filled, &config), own, "filled in");
}

#[test]
fn what_the_parent_plans_for_the_new_year_is_cited() {
    let config = Config::default();
    let city = city(consistent_city(), &config);
    let (next, ..) = form(&city, &config, &[1], 2026);
    let cited: Vec<&str> = next[0].plan.rows.iter().map(|row| &*row.parent_target.text.text).collect();
    assert_eq!(cited, ["67.0", "95%", "97.0%", "120건", "85시간"]);
}

#[test]
fn targets_cited_part_by_part_are_renewed_part_by_part() {
    let config = Config::default();
    let city = city(
        [
            plan("교통국", "가나시")
                .row("시민 (50) | 목표 | 시정만족도 | 1 | 편리한 교통 | 버스 만족도 | 1 | 3 | 4 | 6 | 회 | 50 | ")
                .row("정책 (50) | 목표 | 시정만족도 | 1 | 안전한 교통 | 정비 건수 | 1 | 9 | 13 | 15 | 건 | 50 | "),
            plan("도로과", "교통국장")
                .row("시민 (100) | 편리한 교통 | 버스 만족도 정비 건수 | 4회 13건 | 도로 | 도로 지표 | 1 | 2 | 3 | 4 | 점 | 100 | "),
        ],
        &config,
    );
    let (next, ..) = form(&city, &config, &[1], 2026);
    assert_eq!(&*next[0].plan.rows[0].parent_target.text.text, "6회 15건");
}

#[test]
fn a_running_total_waits_for_the_year_that_is_not_entered_yet() {
    let config = Config::default();
    let rows = "시민 (100) | 목표 | 지표 | 1 | 목표 | 확충 수(누계) | 21(22) | 35(57) | 18(75) | 16(91) | 개소 | 100 | ";
    let city = city([plan("교통국", "가나시").row(rows)], &config);
    let (_, _, contents) = form(&city, &config, &[0], 2026);
    assert!(
        findings(vec![("workbooks/a.xlsx".into(), contents)], &config)
            .iter()
            .all(|(code, _)| *code != Code::T401)
    );
}

#[test]
fn years_without_a_target_of_the_plan_year_come_right() {
    let config = Config::default();
    let mut plans: Vec<PlanText> = consistent_city();
    plans.push(
        plan("늦은과", "교통국")
            .years("2024a 2025a 2026t")
            .row("시민 (100) | 편리한 교통 | 교통 만족도 | 65.0 | 목표 | 지표 | 1 | 2 | 3 | 점 | 100 | "),
    );
    let city = city(plans, &config);
    let late = city.plans.len() - 1;
    let (next, ..) = form(&city, &config, &[late], 2026);
    let years: Vec<i32> = next[0].plan.years.iter().map(|column| column.year).collect();
    assert_eq!(years, [2024, 2025, 2026], "its first target is of the plan year");
}

#[test]
fn headings_that_are_not_understood_give_way_to_the_usual_ones() {
    let config = Config::default();
    let mut own = plan("교통국", "가나시")
        .row("시민 (100) | 목표 | 지표 | 1 | 목표 | 지표 | 1 | 2 | 3 | 4 | 점 | 100 | ")
        .build();
    own.labels.set(Field::Kpi, "핵심성과지효".into());
    own.labels.set(Field::Weight, "비증".into());
    let city = city([own], &config);
    let (_, _, contents) = form(&city, &config, &[0], 2026);
    let labels = &contents.plans[0].labels;
    assert_eq!((labels.label(Field::Kpi), labels.label(Field::Weight)), ("핵심성과지표", "비중"));
}

#[test]
fn an_empty_form_has_the_citys_perspectives_and_the_kpis_all_must_have() {
    let config = Config::default();
    let city = city(consistent_city(), &config);
    let context = Context { city: &city, config: &config };
    let press = FormWriter::new(&context, 2026, Lang::Ko);
    let next = blank::plan(press.carry(), "보행정책과", ("교통국", &Parent::Plan(PlanId::at(0))));
    let names: Vec<&str> = next.plan.rows.iter().map(|row| &*row.perspective.name).collect();
    let mut names = names;
    names.dedup();
    assert_eq!(names, ["시민 고객", "정책 성과", "창의", "조직 역량"]);
    let kpis: Vec<&str> =
        next.plan.rows.iter().map(|row| &*row.kpi.text).filter(|kpi| !kpi.is_empty()).collect();
    assert_eq!(kpis, ["예산집행률", "창의아이디어 제안 건수", "1인당 교육시간"]);
    let (bytes, difference) = press.make(&[next]).unwrap();
    assert_eq!(difference, None);
    let contents = read::plans_in(&bytes, &"form.xlsx".into(), &config).unwrap();
    let read = &contents.plans[0];
    assert_eq!((&*read.org, &*read.title.text), ("보행정책과", "보행정책과 균형성과계획"));
    assert_eq!(read.rows.len(), 3);
    assert_eq!(&*read.rows[0].perspective.name, "창의");
}

#[test]
fn the_same_plans_give_the_same_bytes() {
    let config = Config::default();
    let once = form(&city(consistent_city(), &config), &config, &[0, 1], 2026).1;
    let again = form(&city(consistent_city(), &config), &config, &[0, 1], 2026).1;
    assert!(once == again);
}

#[test]
fn long_plans_and_long_names_read_back() {
    let config = Config::default();
    let name = "도로 정비율 ".repeat(20);
    let mut long = plan("교통국", "가나시");
    for row in 0..200 {
        long = long.row(&format!(
            "관점 {} | 목표 | 지표 | 1 | 목표 | {name}{row} | 1 | 2 | 3 | 4 | 점 | 0.5 | ",
            row / 50
        ));
    }
    let city = city([long], &config);
    let (_, _, contents) = form(&city, &config, &[0], 2026);
    assert_eq!(contents.plans[0].rows.len(), 200);
}

#[test]
fn years_in_headings_and_names_move() {
    for (text, by, shifted) in [
        ("2009년", 1, "2010년"),
        ("’09", 1, "’10"),
        ("'09년", 1, "'10년"),
        ("09년", 2, "11년"),
        ("FY26", 1, "FY27"),
        ("2009 (9월말)", 1, "2010 (9월말)"),
        ("2009년 목표 (2007~2009)", 1, "2010년 목표 (2008~2010)"),
        ("12345", 1, "12345"),
    ] {
        assert_eq!(years::shift_years(text, by, &|_| true), shifted);
    }
}

#[test]
fn a_form_for_a_year_gone_by_is_refused() {
    let city = city(consistent_city(), &config("year = 2025"));
    assert_eq!(year_of(&city, None).unwrap(), 2026);
    assert_eq!(year_of(&city, Some(2030)).unwrap(), 2030);
    assert!(matches!(year_of(&city, Some(2024)), Err(FormError::Year { .. })));
    assert!(matches!(year_of(&city, Some(20_260)), Err(FormError::Year { .. })));
}

/// A text as departments write it: words, numbers with signs, what looks like a formula or a footnote.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[가-힣]{1,6}( [가-힣]{1,6}){0,4}",
        "[가-힣]{2,8} ?\\([가-힣0-9%]{1,5}\\)",
        Just("=1+1".to_owned()),
        Just("@교통 만족도".to_owned()),
        Just("+5".to_owned()),
        "[가-힣a-zA-Z·,]{100,120}",
    ]
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("-".to_owned()),
        (0u32..100_000).prop_map(|number| number.to_string()),
        (1000u32..9_999_999).prop_map(|number| {
            let digits = number.to_string();
            let (head, tail) = digits.split_at(digits.len() - 3);
            format!("{},{tail}", head.trim_end_matches(','))
        }),
        "[0-9]{1,2}\\.[0-9]{1,2}",
        Just("전년대비 5% 이상".to_owned()),
        Just("중 (65점이상)".to_owned()),
        "[0-9]{1,2}\\([0-9]{1,3}\\)",
        "[0-9]{1,3}%",
    ]
}

/// A plan with varying actuals and targets, with or without optional columns.
fn any_plan() -> impl Strategy<Value = Plan> {
    let row = (text(), text(), text(), value(), text(), text(), prop::collection::vec(value(), 7), 0u8..4);
    (1usize..4, 1usize..4, any::<bool>(), any::<bool>(), any::<bool>(), prop::collection::vec(row, 1..12))
        .prop_map(|(actuals, targets, parents, codes, weighed, rows)| {
            let first = 2025 - i32::try_from(actuals).unwrap();
            let years: Vec<String> = (0..actuals + targets)
                .map(|at| {
                    format!("{}{}", first + i32::try_from(at).unwrap(), if at < actuals { 'a' } else { 't' })
                })
                .collect();
            let mut made = plan("교통국", "가나시").years(&years.join(" "));
            for (at, (perspective, objective, kpi, target, own, name, values, goes_on)) in
                rows.iter().enumerate()
            {
                let clean = |text: &str| text.replace('|', " ");
                let shared = at > 0 && *goes_on > 0;
                let up =
                    |text: String, from: u8| if shared && *goes_on >= from { "^".to_owned() } else { text };
                let weight = if weighed { format!(" ({})", at * 5 + 5) } else { String::new() };
                let cited = |text: &str, from| if parents { up(clean(text), from) } else { "~".to_owned() };
                let values: Vec<&str> = values.iter().take(actuals + targets).map(String::as_str).collect();
                made = made.row(&format!(
                    "{} | {} | {} | {} | {} | {} | {} | 건 | {} | {}",
                    up(format!("{}{weight}", clean(perspective)), 1),
                    cited(objective, 2),
                    cited(kpi, 2),
                    cited(target, 2),
                    up(clean(own), 3),
                    clean(name),
                    values.join(" | "),
                    at + 1,
                    if codes { "교통-1" } else { "~" },
                ));
            }
            let mut own = made.footnote("※ 기타주요사업 : 교통-7").build();
            if !parents {
                own.parent_label = Text::absent();
            }
            own
        })
}

#[test]
fn a_difference_on_reading_back_is_reported_with_its_place() {
    let config = Config::default();
    let city = city(consistent_city(), &config);
    let (next, _, mut contents) = form(&city, &config, &[0], 2027);
    contents.plans[0].rows[0].unit.text.text = "곳".into();
    let layout = FormLayout::own(&next[0], Lang::Ko);
    let told = verify::difference(&contents, &[(&next[0], &layout)], Lang::Ko).unwrap();
    let row = &next[0].plan.rows[0];
    assert!(told.contains(&*row.kpi.text) && told.contains("`곳`로 읽힙니다"), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_plan_reads_back_a_year_later(own in any_plan()) {
        let config = config("year = 2025");
        let city = city([own], &config);
        let (_, _, contents) = form(&city, &config, &[0], 2026);
        prop_assert_eq!(contents.remarks.len(), 0);
        assert_a_year_later(&city.plans[0], &contents.plans[0]);
    }
}
