//! Minimal plan tables in layouts that departments use: what is read, and from which cells.

use std::sync::Arc;

use planbook::plan::{Field, Plan, YearKind};
use planbook::project::Config;
use planbook::read::{Contents, RemarkKind, read_workbook};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// Reads a sheet given as text: one line per row, `|` between cells, `_` for an empty one.
fn read_text(table: &str) -> Contents {
    read_text_with(table, &Config::default())
}

fn read_text_with(table: &str, config: &Config) -> Contents {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("부서.csv");
    let lines: Vec<String> = table
        .lines()
        .map(|line| {
            let cells = line.split('|').map(|cell| cell.trim().replace('_', "").replace("\\n", "\n"));
            cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(",")
        })
        .collect();
    std::fs::write(&path, lines.join("\n")).unwrap();
    read_workbook(&path, &Arc::from("부서.csv"), config).unwrap()
}

/// Reads a workbook whose sheets `fill` makes.
fn read_book(fill: impl FnOnce(&mut Workbook)) -> Contents {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("부서.xlsx");
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save(&path).unwrap();
    read_workbook(&path, &Arc::from("부서.xlsx"), &Config::default()).unwrap()
}

/// Writes a table in the notation of [`read_text`] at row `top` and column `left`.
fn put(sheet: &mut Worksheet, top: u32, left: u16, table: &str) {
    for (row, line) in (top..).zip(table.lines()) {
        for (col, cell) in (left..).zip(line.split('|')) {
            let cell = cell.trim();
            match cell.parse::<f64>() {
                _ if cell == "_" || cell.is_empty() => {}
                Ok(number) => {
                    sheet.write_number(row, col, number).unwrap();
                }
                Err(_) => {
                    sheet.write_string(row, col, cell).unwrap();
                }
            }
        }
    }
}

fn only(contents: &Contents) -> &Plan {
    assert_eq!(contents.plans.len(), 1, "{:?}", contents.plans.iter().map(|p| &p.org).collect::<Vec<_>>());
    &contents.plans[0]
}

/// The texts of a row, in the order of the fields, values by year.
fn texts(plan: &Plan, row: usize) -> Vec<String> {
    let row = &plan.rows[row];
    let mut texts: Vec<&str> = vec![
        &row.perspective.name,
        &row.parent_objective.text,
        &row.parent_kpi.text,
        &row.parent_target.text.text,
        &row.objective.text,
        &row.kpi.text,
    ];
    texts.extend(row.values.iter().map(|value| &*value.text.text));
    texts.extend([&*row.unit.text.text, &*row.weight.text.text]);
    texts.into_iter().map(str::to_owned).collect()
}

fn kinds(plan: &Plan) -> Vec<(i32, Option<YearKind>)> {
    plan.years.iter().map(|year| (year.year, year.kind)).collect()
}

const FULL: &str = "가람국 균형성과계획 (3과)
_
관점|가람시|_|_|가람국|_|_|_|_|_|주요사업 코드번호
_|전략목표|핵심성과지표|목표치|성과목표|핵심성과지표|실적치|목표치|단위|가중치|_
_|_|_|_|_|_|2024년|2025년|_|_|_
시민 (60)|편한 도시|만족도|80%|빠른 처리|처리 시간|5|4|일|40|가람-1
_|_|_|_|_|처리 건수|10|20|건|20|_
학습 (40)|배우는 조직|교육|_|교육 확대|교육 시간|8|9|시간|40|가람-2
계|_|_|_|_|_|_|_|_|100|_
※ 기타주요사업 : 가람-3, 4";

#[test]
fn three_rows_without_merges_and_blank_below() {
    let contents = read_text(FULL);
    let plan = only(&contents);
    assert_eq!((&*plan.org, &*plan.note, &*plan.parent_label.text), ("가람국", "3과", "가람시"));
    assert_eq!(plan.rows.len(), 3);
    assert_eq!(
        texts(plan, 1),
        ["시민", "편한 도시", "만족도", "80%", "빠른 처리", "처리 건수", "10", "20", "건", "20"]
    );
    assert_eq!(plan.rows[1].cell(Field::Objective, &plan.years).to_string(), "E6");
    // A new parent KPI without a target cites none.
    assert_eq!(texts(plan, 2)[3], "");
    assert_eq!(kinds(plan), [(2024, Some(YearKind::Actual)), (2025, Some(YearKind::Target))]);
    assert_eq!(plan.footnotes[0].initiatives.codes, ["가람-3".into(), "가람-4".into()]);
    assert_eq!(
        (plan.labels.label(Field::Objective), plan.labels.label(Field::Weight)),
        ("성과목표", "가중치")
    );
}

#[test]
fn one_row_with_the_years_words_and_the_parents_prefix() {
    let contents = read_text(
        "관점|상위 전략목표|상위 성과지표|상위 목표치|전략목표|성과지표|비중(%)|단위|’23 실적|2024년 실적|2025년 목표
재정|a|b|1|c|d|100|건|1|2|3",
    );
    let plan = only(&contents);
    assert_eq!(texts(plan, 0), ["재정", "a", "b", "1", "c", "d", "1", "2", "3", "건", "100"]);
    assert_eq!(plan.years.len(), 3);
    assert_eq!(&*plan.org, "부서");
    assert!(plan.rows[0].initiatives.text.cell.is_none());
}

#[test]
fn one_heading_over_actuals_and_targets_leaves_the_kind_open() {
    let contents = read_text(
        "관점|시|_|_|국|_|_|_|_|_|_
_|전략목표|핵심성과지표|목표치|전략목표|핵심성과지표|목표치|_|_|단위|비중
_|_|_|_|_|_|2023|2024|2025|_|_
고객|a|b|1|c|d|1|2|3|건|100",
    );
    assert_eq!(kinds(only(&contents)), [(2023, None), (2024, None), (2025, None)]);
}

#[test]
fn english_headings_and_two_header_rows() {
    let contents = read_text(
        "Transport Bureau Balanced Scorecard (4 divisions)
Perspective|Parent objective|Parent KPI|Parent target|Strategic objective|KPI|Actual|_|Target|_|Unit|Weight (%)|Initiatives
_|_|_|_|_|_|FY2024|FY2025|FY2026|FY2027|_|_|_
Customer (100%)|Liveable city|Satisfaction|80%|Shorter trips|Minutes|9|8|7|6|min|100%|TR-1",
    );
    let plan = only(&contents);
    assert_eq!(&*plan.org, "Transport Bureau");
    assert_eq!(texts(plan, 0)[4..], ["Shorter trips", "Minutes", "9", "8", "7", "6", "min", "100"]);
    assert_eq!(plan.rows[0].perspective.weight, Some(100.0));
    assert_eq!(kinds(plan)[3], (2027, Some(YearKind::Target)));
}

#[test]
fn taught_words_and_fixed_positions_need_no_code() {
    let config = Config::parse(
        "[labels]\nperspective = ['Ambito']\ngoal = ['Obiettivo']\nkpi = ['Indicatore']\nactual = ['Consuntivo']\ntarget = ['Atteso']\nunit = ['Misura']\nweight = ['Peso']\n",
    )
    .unwrap();
    let contents = read_text_with(
        "Ambito|Obiettivo|Indicatore|Consuntivo 2024|Atteso 2025|Misura|Peso\nUtenti|o|k|1|2|n|100",
        &config,
    );
    let plan = only(&contents);
    assert_eq!(texts(plan, 0), ["Utenti", "", "", "", "o", "k", "1", "2", "n", "100"]);

    let config = Config::parse(
        "[[labels.fixed]]\nfirst_row = 3\norg = 'A1'\ncolumns = { perspective = 'A', goal = 'B', kpi = 'C', unit = 'F', weight = 'G' }\nactuals = { 2024 = 'D' }\ntargets = { 2025 = 'E' }\n",
    )
    .unwrap();
    let contents = read_text_with("누리과\n?|?|?|?|?|?|?\n고객|목표|지표|1|2|건|100", &config);
    let plan = only(&contents);
    assert_eq!(&*plan.org, "누리과");
    assert_eq!(texts(plan, 0), ["고객", "", "", "", "목표", "지표", "1", "2", "건", "100"]);
}

#[test]
fn a_missing_column_is_named_with_its_near_miss() {
    let contents = read_text("관점|전략목표|핵심성과지표|2024 실적|2025 목표|단위|비증\n고객|a|b|1|2|건|100");
    let remark = contents.remarks.iter().find_map(|remark| match &remark.kind {
        RemarkKind::MissingColumns { missing, near, .. } => Some((missing.clone(), near.clone())),
        _ => None,
    });
    let (missing, near) = remark.unwrap();
    assert_eq!(missing, ["weight"]);
    assert_eq!(near, [("비증".to_owned(), "weight".to_owned())]);
    assert_eq!(contents.plans[0].rows.len(), 1);
}

#[test]
fn two_plans_one_below_the_other() {
    let second = FULL.replace("가람국", "나래국").replace("(3과)", "");
    let contents = read_text(&format!("{FULL}\n_\n{second}"));
    let names: Vec<&str> = contents.plans.iter().map(|plan| &*plan.org).collect();
    assert_eq!(names, ["가람국", "나래국"]);
    assert_eq!(contents.plans[1].rows[0].kpi.cell.unwrap().to_string(), "F17");
    assert_eq!(contents.plans[0].footnotes.len(), 1);
}

#[test]
fn a_plan_goes_on_under_a_second_header() {
    let header: Vec<&str> = FULL.lines().skip(2).take(3).collect();
    let more = "혁신 (0)|새 도시|새 지표|1|새 목표|다른 지표|1|2|건|0|_";
    let contents = read_text(&format!("{FULL}\n_\n{}\n{more}", header.join("\n")));
    let plan = only(&contents);
    assert_eq!(plan.rows.len(), 4);
    assert_eq!(texts(plan, 3)[0], "혁신");
}

#[test]
fn a_plan_goes_on_on_a_second_sheet_and_hidden_and_guide_sheets_do_not_count() {
    let lines: Vec<&str> = FULL.lines().collect();
    let first = lines[..7].join("\n");
    let second = [&lines[..5], &lines[7..8]].concat().join("\n");
    let contents = read_book(|workbook| {
        put(
            workbook.add_worksheet().set_name("작성요령").unwrap(),
            0,
            0,
            "성과지표는 단위와 비중을 적습니다",
        );
        put(workbook.add_worksheet().set_name("계획").unwrap(), 4, 2, &first);
        put(workbook.add_worksheet().set_name("계획 (2)").unwrap(), 0, 0, &second);
        put(workbook.add_worksheet().set_name("작년").unwrap().set_hidden(true), 0, 0, FULL);
    });
    let plan = only(&contents);
    assert_eq!(plan.rows.len(), 3);
    assert_eq!((&*plan.rows[0].sheet, &*plan.rows[2].sheet), ("계획", "계획 (2)"));
    assert_eq!(plan.rows[0].kpi.cell.unwrap().to_string(), "H10");
    assert!(contents.remarks.iter().any(|r| r.kind == RemarkKind::HiddenSheet && &*r.sheet == "작년"));
}

#[test]
fn merged_cells_and_number_formats_are_read_as_seen() {
    let contents = read_book(|workbook| {
        let sheet = workbook.add_worksheet();
        let plain = Format::new();
        sheet.merge_range(0, 0, 1, 0, "관점", &plain).unwrap();
        sheet.merge_range(0, 1, 1, 1, "전 략 목 표", &plain).unwrap();
        sheet.merge_range(0, 2, 1, 2, "핵심\n성과지표", &plain).unwrap();
        sheet.merge_range(0, 3, 0, 4, "실 적 치", &plain).unwrap();
        sheet.write_string(0, 5, "목표치").unwrap();
        put(sheet, 1, 3, "2023|2024|2025");
        sheet.merge_range(0, 6, 1, 6, "단 위", &plain).unwrap();
        sheet.merge_range(0, 7, 1, 7, "비 중", &plain).unwrap();
        sheet.merge_range(2, 0, 3, 0, "시민\n고객\n(100%)", &plain).unwrap();
        sheet.merge_range(2, 1, 3, 1, "목표", &plain).unwrap();
        put(sheet, 2, 2, "이용률\n관광객");
        sheet.write_number_with_format(2, 3, 0.97, &Format::new().set_num_format("0%")).unwrap();
        sheet.write_number_with_format(2, 4, 0.682, &Format::new().set_num_format("0.0%")).unwrap();
        sheet.write_string(2, 5, "８５").unwrap();
        sheet.write_string(2, 6, "%").unwrap();
        sheet.write_number_with_format(2, 7, 0.6, &Format::new().set_num_format("0%")).unwrap();
        sheet.write_number_with_format(3, 3, 28604.0, &Format::new().set_num_format("#,##0")).unwrap();
        sheet.write_number_with_format(3, 4, 70.0, &Format::new().set_num_format("0.0")).unwrap();
        sheet.write_formula(3, 5, rust_xlsxwriter::Formula::new("D4*2").set_result("57208")).unwrap();
        sheet.write_string(3, 6, "명").unwrap();
        sheet.write_number(3, 7, 40.0).unwrap();
    });
    let plan = only(&contents);
    assert_eq!(texts(plan, 0)[5..], ["이용률", "97", "68.2", "85", "%", "60"]);
    assert_eq!(texts(plan, 1)[5..], ["관광객", "28,604", "70.0", "57208", "명", "40"]);
    assert_eq!(plan.rows[1].perspective.text.cell.unwrap().to_string(), "A3");
    assert_eq!(
        (&*plan.rows[1].perspective.name, plan.rows[1].perspective.weight),
        ("시민 고객", Some(100.0))
    );
}

#[test]
fn hidden_rows_and_columns_are_read_and_said_so() {
    let contents = read_book(|workbook| {
        let sheet = workbook.add_worksheet();
        put(sheet, 0, 0, FULL);
        sheet.set_row_hidden(6).unwrap();
        sheet.set_column_hidden(8).unwrap();
    });
    assert_eq!(only(&contents).rows.len(), 3);
    let kinds: Vec<&RemarkKind> = contents.remarks.iter().map(|remark| &remark.kind).collect();
    assert!(matches!(kinds[..], [RemarkKind::HiddenRows(_), RemarkKind::HiddenColumns(_)]), "{kinds:?}");
}

#[test]
fn a_row_without_kpi_and_rows_far_below_are_pointed_out() {
    let contents = read_text(
        "관점|전략목표|핵심성과지표|2024 실적|2025 목표|단위|비중
고객|a|b|1|2|건|100
_|_|_|3|4|_|5
_
_
_
_
고객|a|c|1|2|건|100",
    );
    assert_eq!(contents.plans[0].rows.len(), 1);
    let places: Vec<(RemarkKind, String)> = contents
        .remarks
        .iter()
        .map(|remark| (remark.kind.clone(), remark.cell.unwrap().to_string()))
        .collect();
    assert_eq!(places, [(RemarkKind::RowWithoutKpi, "D3".into()), (RemarkKind::StrayRow, "A8".into())]);
}

#[test]
fn a_guide_that_mentions_kpis_is_not_a_plan() {
    let contents = read_text("작성요령\n1. 핵심성과지표|비중은 100\n성과지표\n단위");
    assert!(contents.plans.is_empty());
}

#[test]
fn a_header_repeated_right_below_the_body_takes_no_rows_with_it() {
    let lines: Vec<&str> = FULL.lines().collect();
    let more = "혁신 (0)|새 도시|새 지표|1|새 목표|다른 지표|1|2|건|0|_";
    let text = [&lines[..8], &lines[2..5], &[more]].concat().join("\n");
    let plan = &read_text(&text).plans;
    assert_eq!(plan.len(), 1);
    assert_eq!((plan[0].rows.len(), &*plan[0].org), (4, "가람국"));
    // Nor with a total row in between.
    let text = [&lines[..9], &lines[2..5], &[more]].concat().join("\n");
    assert_eq!(read_text(&text).plans.iter().map(|plan| plan.rows.len()).collect::<Vec<_>>(), [4]);
}

#[test]
fn names_before_headings_distinguish_the_sides() {
    let contents = read_text(
        "관점|한빛시 전략목표|한빛시 성과지표|한빛시 목표치|안전국 전략목표|안전국 성과지표|2024 실적|2025 목표|단위|비중
고객|a|b|1|c|d|5|6|건|100",
    );
    let plan = only(&contents);
    assert_eq!((&*plan.parent_label.text, &*plan.org), ("한빛시", "안전국"));
    assert_eq!(texts(plan, 0), ["고객", "a", "b", "1", "c", "d", "5", "6", "건", "100"]);
    let contents = read_text(
        "관점|상위조직 전략목표|상위조직 성과지표|상위조직 목표치|전략목표|성과지표|2024 실적|2025 목표|단위|비중
고객|a|b|1|c|d|5|6|건|100",
    );
    assert_eq!(texts(only(&contents), 0)[1..4], ["a", "b", "1"]);
}

#[test]
fn one_odd_year_or_a_remark_under_a_heading_does_not_lose_the_others() {
    let header = "관점|전략목표|핵심성과지표|실적|_|목표|_|단위|비중";
    for years in ["_|_|_|2024|2025 (잠정)|2026|2027|_|(%)", "_|_|_|2024|2025|2026|2027~2030|_|_"] {
        let contents = read_text(&format!("{header}\n{years}\n고객|a|b|1|2|3|4|건|100"));
        let plan = only(&contents);
        assert_eq!(plan.years[..3].iter().map(|y| y.year).collect::<Vec<_>>(), [2024, 2025, 2026], "{years}");
        assert!(!contents.remarks.iter().any(|remark| remark.kind == RemarkKind::RowWithoutKpi), "{years}");
        assert_eq!(plan.rows.len(), 1);
    }
}

#[test]
fn a_misspelt_kpi_heading_is_reported_and_its_column_read_on_its_own_side() {
    let text = FULL.replacen("성과목표|핵심성과지표", "성과목표|핵심성과지효", 1);
    let contents = read_text(&text);
    let plan = only(&contents);
    assert_eq!(texts(plan, 0)[2..6], ["만족도", "80%", "빠른 처리", "처리 시간"]);
    let remark = contents
        .remarks
        .iter()
        .find(|remark| matches!(remark.kind, RemarkKind::MissingColumns { .. }))
        .unwrap();
    assert_eq!(remark.cell.unwrap().to_string(), "F4");
}
