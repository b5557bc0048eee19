//! `cascade.xlsx`: every figure in it is the model's, and its formulas come to what is stored with them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use crate::libreoffice::recalculate;
use calamine::{Data, Range, Reader, Xlsx};
use planbook::check::{self, FindingIndex};
use planbook::consolidate::{City, Context, LinkTarget, RowId, consolidate};
use planbook::finding::{Finding, Lang};
use planbook::ledger::Rounds;
use planbook::measure::Comparison;
use planbook::pipeline;
use planbook::plan::{
    Indicator, Initiatives, Perspective, Plan, Text, Unit, Value, Weight, YearColumn, YearKind,
};
use planbook::project::Config;
use planbook::read::{Contents, Submission};
use planbook::source::CellRef;
use planbook::write::cascade::workbook;
use proptest::prelude::*;

/// The row of headings.
const HEADING: usize = 3;

type Book = BTreeMap<String, Range<Data>>;

fn open(bytes: &[u8]) -> Book {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    book.sheet_names().into_iter().map(|name| (name.clone(), book.worksheet_range(&name).unwrap())).collect()
}

fn get(sheet: &Range<Data>, row: usize, col: usize) -> Data {
    sheet
        .get_value((u32::try_from(row).unwrap(), u32::try_from(col).unwrap()))
        .cloned()
        .unwrap_or(Data::Empty)
}

fn text(sheet: &Range<Data>, row: usize, col: usize) -> String {
    get(sheet, row, col).to_string()
}

/// A number; nothing is 0.
fn number(sheet: &Range<Data>, row: usize, col: usize) -> f64 {
    match get(sheet, row, col) {
        Data::Float(number) => number,
        Data::Int(number) => number as f64,
        Data::Empty => 0.0,
        other => panic!("{other:?} in row {row}, column {col} is no number"),
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

fn made(city: &City, config: &Config, findings: &[Finding]) -> Vec<u8> {
    let rounds: Rounds = city.plans.iter().map(|plan| (plan.file.clone(), 2)).collect();
    workbook(&Context { city, config }, &FindingIndex::of(findings), &rounds, Lang::Ko, Some("..")).unwrap()
}

/// Holds every figure of the workbook against the city.
fn assert_figures(city: &City, findings: &[Finding], bytes: &[u8]) {
    let book = open(bytes);
    for (name, sheet) in &book {
        assert!(!sheet.used_cells().any(|(_, _, cell)| matches!(cell, Data::Error(_))), "{name}");
    }
    organisations(city, findings, &book["조직"]);
    alignment(city, &book["목표×조직"]);
    common(city, &book["공통지표"]);
    rollups(city, &book["합산"]);
    data(city, &book["지표 자료"], &book["연도별 자료"]);
    let cited: usize = city.city_kpis.iter().map(|kpi| kpi.citations.len().max(1)).sum();
    assert_eq!(book["시 목표치 인용"].get_size().0, HEADING + 1 + cited);
    assert_eq!(book["지적사항"].get_size().0, HEADING + 1 + findings.len());
    let in_rows = city.plans.iter().flat_map(|plan| &plan.rows).map(|row| row.initiatives.codes.len());
    let below = city.plans.iter().flat_map(|plan| &plan.footnotes).map(|note| note.initiatives.codes.len());
    assert_eq!(book["주요사업 코드"].get_size().0, HEADING + 1 + in_rows.chain(below).sum::<usize>());
}

fn organisations(city: &City, findings: &[Finding], sheet: &Range<Data>) {
    let mut totals = [0.0; 5];
    for (index, plan) in city.plans.iter().enumerate() {
        let row = HEADING + 1 + index;
        let own = || findings.iter().filter(|finding| finding.plan.is_some_and(|plan| plan.index() == index));
        let open = |severity: usize| {
            own().filter(|finding| finding.waived.is_none() && finding.severity as usize == severity).count()
        };
        let waived = own().filter(|finding| finding.waived.is_some()).count();
        let counts = [plan.rows.len(), open(0), open(1), open(2), waived];
        assert_eq!(text(sheet, row, 0), &*plan.org);
        assert!(same(number(sheet, row, 2), 2.0), "the round");
        let weights: f64 = plan.rows.iter().filter_map(|own| own.weight.percent).sum();
        assert!(same(number(sheet, row, 4), weights));
        for ((col, count), total) in [3, 5, 6, 7, 8].into_iter().zip(counts).zip(&mut totals) {
            assert!(same(number(sheet, row, col), count as f64), "{} column {col}", plan.org);
            *total += count as f64;
        }
    }
    for (col, total) in [3, 5, 6, 7, 8].into_iter().zip(totals) {
        assert!(same(number(sheet, HEADING + 1 + city.plans.len(), col), total));
    }
}

/// The objectives a row leads up to, found upwards one by one.
fn objectives_above(city: &City, row: RowId, seen: &mut BTreeSet<RowId>) -> BTreeSet<usize> {
    if !seen.insert(row) {
        return BTreeSet::new();
    }
    let mut objectives = BTreeSet::new();
    for link in city.links.iter().filter(|link| link.child == row) {
        match link.target {
            LinkTarget::City(_) => {
                let key = &city.row_keys(row).parent_objective;
                let known = city.city_objectives.iter().position(|objective| objective.key == *key);
                objectives.insert(known.unwrap_or(city.city_objectives.len()));
            }
            LinkTarget::Row(above) => objectives.extend(objectives_above(city, above, seen)),
        }
    }
    objectives
}

fn alignment(city: &City, sheet: &Range<Data>) {
    let mut shares: BTreeMap<(usize, Option<usize>), (f64, f64)> = BTreeMap::new();
    for row in city.rows() {
        let objectives = objectives_above(city, row, &mut BTreeSet::new());
        let mut columns: BTreeSet<Option<usize>> = objectives.into_iter().map(Some).collect();
        if columns.is_empty() {
            columns.insert(None);
        }
        for objective in columns {
            let share = shares.entry((row.plan.index(), objective)).or_default();
            share.0 += 1.0;
            share.1 += city.row(row).weight.percent.unwrap_or(0.0);
        }
    }
    let without = shares.keys().any(|(_, objective)| *objective == Some(city.city_objectives.len()));
    let objectives: Vec<Option<usize>> =
        (0..city.city_objectives.len() + usize::from(without)).map(Some).chain([None]).collect();
    for (at, objective) in objectives.into_iter().enumerate() {
        let col = 4 + 2 * at;
        let (mut count, mut carriers) = (0.0, 0.0);
        for plan in 0..city.plans.len() {
            let row = HEADING + 2 + plan;
            let share = shares.get(&(plan, objective)).copied().unwrap_or_default();
            assert!(same(number(sheet, row, col), share.0) && same(number(sheet, row, col + 1), share.1));
            count += share.0;
            carriers += f64::from(share.0 > 0.0);
        }
        let below = HEADING + 2 + city.plans.len();
        if below > HEADING + 2 {
            assert!(same(number(sheet, below, col), count));
            assert!(same(number(sheet, below + 1, col), carriers));
        }
    }
}

fn years(city: &City) -> Vec<i32> {
    let years = city.plans.iter().flat_map(|plan| plan.years.iter().map(|column| column.year));
    years.collect::<BTreeSet<_>>().into_iter().collect()
}

fn common(city: &City, sheet: &Range<Data>) {
    let years = years(city);
    let mut head = HEADING;
    for matrix in city.common.iter().filter(|matrix| !matrix.rows.is_empty()) {
        while text(sheet, head, 0) != *matrix.name {
            head += 1;
        }
        let last = head + 1 + matrix.rows.len();
        let config = Config::default();
        let comparison = Comparison::of(Context { city, config: &config }, matrix);
        for (row, &id) in (head + 2..).zip(&matrix.rows) {
            assert_eq!(text(sheet, row, 0), **city.org(id));
            for (col, &year) in (2..).zip(&years) {
                let written = city.value(id, year).map_or("", |value| &*value.text.text);
                match get(sheet, row, col) {
                    Data::Float(number) => assert!(same(number, written.replace(',', "").parse().unwrap())),
                    other => assert_eq!(other.to_string(), written),
                }
            }
        }
        let columns = (2..).zip(years.iter().copied()).chain([(years.len() + 4, city.year)]);
        for (col, year) in columns {
            let spread = comparison.spread(year).map(|spread| spread.numbers);
            for (row, quart) in (last + 1..).zip(0..5) {
                match spread {
                    Some(numbers) => assert!(same(number(sheet, row, col), numbers[quart])),
                    None => assert_eq!(text(sheet, row, col), ""),
                }
            }
        }
        head = last + 7;
    }
}

fn rollups(city: &City, sheet: &Range<Data>) {
    let years = years(city);
    let mut head = HEADING + 1;
    for sums in city.rollups.chunk_by(|a, b| (a.common, a.parent) == (b.common, b.parent)) {
        let below = head + 1 + sums[0].children.len();
        assert_eq!(text(sheet, head, 2), **city.org(sums[0].parent));
        for sum in sums {
            let col = 3 + years.iter().position(|&year| year == sum.year).unwrap();
            if let Some(value) = sum.value {
                assert!(same(number(sheet, head, col), value));
            }
            match sum.sum {
                Some(total) => assert!(same(number(sheet, below, col), total)),
                None => assert_eq!(text(sheet, below, col), ""),
            }
            match sum.value.zip(sum.sum) {
                Some((value, total)) => {
                    assert!((number(sheet, below + 1, col) - (value - total)).abs() < 1e-6)
                }
                None => assert_eq!(text(sheet, below + 1, col), ""),
            }
        }
        head = below + 2;
    }
}

fn data(city: &City, kpis: &Range<Data>, values: &Range<Data>) {
    let mut line = HEADING;
    for (at, id) in city.rows().enumerate() {
        let row = HEADING + 1 + at;
        let own = city.row(id);
        assert!(same(number(kpis, row, 0), (at + 1) as f64));
        assert_eq!(
            (text(kpis, row, 2), text(kpis, row, 9)),
            (city.org(id).to_string(), own.kpi.text.to_string())
        );
        assert!(same(number(kpis, row, 12), own.weight.percent.unwrap_or(0.0)));
        assert!(same(number(kpis, row, 14), city.amount(id, city.year).unwrap_or(0.0)));
        for column in &city.plans[id.plan].years {
            line += 1;
            assert!(same(number(values, line, 0), (at + 1) as f64));
            assert!(same(number(values, line, 5), column.year.into()));
            assert_eq!(text(values, line, 7), &*city.value(id, column.year).unwrap().text.text);
            match city.amount(id, column.year) {
                Some(amount) => assert!(same(number(values, line, 8), amount)),
                None => assert_eq!(text(values, line, 8), ""),
            }
        }
    }
}

fn seoul() -> (pipeline::Run, Config) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009");
    let config = Config::load(&folder).unwrap();
    (pipeline::run(&folder, &config, None, &mut |_| {}).unwrap(), config)
}

#[test]
fn every_figure_of_the_example_is_the_models() {
    let (run, config) = seoul();
    assert_figures(&run.city, &run.findings, &made(&run.city, &config, &run.findings));
}

/// A row: whom it cites, its KPI, values, unit, weight and code.
type RowText = (usize, usize, [String; 4], usize, String, String);

fn indicator(parent: &str, (cited, kpi, values, unit, weight, code): RowText, row: u32) -> Indicator {
    let cell = |text: &str, col: u16| Text::new(text, CellRef::new(row, col));
    let kpis = ["버스", "전철", "예산집행률", "창의아이디어 제안 건수", "업무의 창의적 개선 건수", "=1+1"];
    let objectives = ["편한 도시", "푸른 도시", ""];
    let cited_kpi = if parent == "가나시" {
        ["시정만족도", "대기질", "안전"][cited % 3]
    } else {
        kpis[cited % 6]
    };
    Indicator {
        sheet: "계획".into(),
        perspective: Perspective::read(cell("시민 (100)", 0)),
        parent_objective: cell(objectives[cited % 3], 1),
        parent_kpi: cell(if cited == 7 { "" } else { cited_kpi }, 2),
        parent_target: Value::read(cell(&values[2], 3)),
        objective: cell("목표", 4),
        kpi: cell(kpis[kpi], 5),
        values: (6..).zip(&values).map(|(col, value)| Value::read(cell(value, col))).collect(),
        unit: Unit::read(cell(["건", "천건", "%", ""][unit], 10)),
        weight: Weight::read(cell(&weight, 11)),
        initiatives: Initiatives::read(cell(&code, 12)),
        ..Indicator::default()
    }
}

fn generated(plans: Vec<Vec<RowText>>) -> City {
    let config = Config::default();
    let plans = plans.into_iter().enumerate().map(|(index, rows)| {
        let parent =
            if index % 3 == 0 { "가나시".to_owned() } else { format!("국{}", index - index % 3) };
        let years = [2023, 2024, 2025, 2026].map(|year| YearColumn {
            year,
            label: format!("{year}년").into(),
            group: "".into(),
            kind: Some(if year < 2025 { YearKind::Actual } else { YearKind::Target }),
        });
        let rows = (5..).zip(rows).map(|(at, row)| indicator(&parent, row, at)).collect();
        let file: Arc<str> = format!("workbooks/{index:05}.xlsx").into();
        let plan = Plan {
            org: format!("국{index}").into(),
            title: Text::new(format!("국{index} 계획"), CellRef::new(0, 0)),
            note: "".into(),
            parent_label: Text::new(parent, CellRef::new(2, 1)),
            parent_in_rows: false,
            own_label: Text::new(format!("국{index}"), CellRef::new(2, 4)),
            labels: planbook::plan::Labels::default(),
            years: years.into(),
            rows,
            footnotes: Vec::new(),
            file: file.clone(),
            sheet: "계획".into(),
            header: CellRef::new(2, 0),
        };
        Submission::named(file, Ok(Contents { plans: vec![plan], ..Contents::default() }))
    });
    consolidate(plans.collect(), &config)
}

fn row() -> impl Strategy<Value = RowText> {
    let value = prop_oneof![
        4 => (0u32..2000).prop_map(|tenths| format!("{}", f64::from(tenths) / 10.0)),
        1 => Just("-".to_owned()),
        1 => Just("1,234".to_owned()),
        1 => Just("80 이상".to_owned()),
        1 => Just("21(22)".to_owned()),
        1 => Just("중 (65점이상)".to_owned()),
        1 => Just(String::new()),
    ];
    let values = [value.clone(), value.clone(), value.clone(), value];
    let weight = prop_oneof![Just("20"), Just("12.5"), Just("미정"), Just("")].prop_map(str::to_owned);
    let code =
        prop_oneof![Just("교통-1"), Just("교통-10, 교통-2"), Just("3"), Just("")].prop_map(str::to_owned);
    (0usize..8, 0usize..6, values, 0usize..4, weight, code)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_of_any_city_is_the_models(plans in prop::collection::vec(prop::collection::vec(row(), 0..6), 1..10)) {
        let city = generated(plans);
        let config = Config::default();
        let findings = check::run(&Context { city: &city, config: &config });
        assert_figures(&city, &findings, &made(&city, &config, &findings));
    }
}

/// `bytes` calculated anew and saved by LibreOffice.
fn recalculated(bytes: &[u8]) -> Vec<u8> {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(from.path().join("book.xlsx"), bytes).unwrap();
    recalculate(from.path(), to.path());
    fs::read(to.path().join("book.xlsx")).unwrap()
}

#[test]
#[ignore = "needs LibreOffice"]
fn formulas_calculated_anew_come_to_what_is_stored() {
    let mut wrong = rust_xlsxwriter::Workbook::new();
    let formula = rust_xlsxwriter::Formula::new("1+1").set_result("3");
    wrong.add_worksheet().write_formula(0, 0, formula).unwrap();
    let right = recalculated(&wrong.save_to_buffer().unwrap());
    assert!(same(number(&open(&right)["Sheet1"], 0, 0), 2.0), "LibreOffice does not calculate anew here");

    let (run, config) = seoul();
    let bytes = made(&run.city, &config, &run.findings);
    let again = open(&recalculated(&bytes));
    let mut book = Xlsx::new(Cursor::new(&bytes[..])).unwrap();
    let mut formulas = 0;
    for (name, sheet) in open(&bytes) {
        let written = book.worksheet_formula(&name).unwrap();
        let Some(start) = written.start() else { continue };
        for (row, col, _) in written.used_cells().filter(|cell| !cell.2.is_empty()) {
            let (row, col) = (row + start.0 as usize, col + start.1 as usize);
            let (stored, found) = (number(&sheet, row, col), number(&again[&name], row, col));
            assert!(
                same(stored, found),
                "{name} row {row} column {col}: {stored} is stored, {found} is right"
            );
            formulas += 1;
        }
    }
    assert!(formulas > 200, "{formulas} formulas");
}

#[test]
fn a_city_of_many_objectives_and_organisations_has_its_lists_instead_of_a_matrix_too_wide() {
    let row = |at: usize| -> RowText {
        let value = |year: usize| ((at * 37 + year * 11) % 100).to_string();
        (0, at % 6, [value(0), value(1), value(2), value(3)], 0, "50".to_owned(), "교통-1".to_owned())
    };
    let plans = (0..130).map(|plan| (0..2).map(|at| row(2 * plan + at)).collect());
    let mut submissions = generated(plans.collect()).plans;
    for (index, plan) in submissions.iter_mut().enumerate() {
        plan.parent_label = Text::new("가나시", CellRef::new(2, 1));
        for own in &mut plan.rows {
            own.parent_objective = Text::new(format!("목표 {index}"), CellRef::new(5, 1));
            own.parent_kpi = Text::new(format!("시 지표 {index}"), CellRef::new(5, 2));
        }
    }
    let submissions = submissions.into_iter().map(|plan| {
        Submission::named(plan.file.clone(), Ok(Contents { plans: vec![plan], ..Contents::default() }))
    });
    let config = Config::default();
    let city = consolidate(submissions.collect(), &config);
    let findings = check::run(&Context { city: &city, config: &config });
    let book = open(&made(&city, &config, &findings));
    let list = &book["목표×조직"];
    assert_eq!((city.city_objectives.len(), list.get_size().0), (130, HEADING + 1 + 130));
    for line in HEADING + 1..HEADING + 131 {
        assert!(same(number(list, line, 3), 2.0) && same(number(list, line, 4), 100.0));
    }
}
