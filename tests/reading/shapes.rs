//! Plan tables in the shapes that offices give them: each fixture draws a workbook and says its rows.
//!
//! A fixture is a text: `= name` begins a sheet, `|` parts its cells, `<` merges a cell with the one left of it
//! and `^` with the one above; after `---` stand the rows that a reader counts, a line each:
//! `org | perspective | level > objective | kpi | unit | weight | values | other fields`.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use planbook::plan::{COLUMNS, Field, Indicator, Plan, ValueKind, YearKind};
use planbook::project::Config;
use planbook::read::{Contents, read_workbook};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

#[test]
fn every_shape_is_read_as_its_fixture_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/forms");
    let mut fixtures: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    fixtures.sort();
    assert!(!fixtures.is_empty());
    let mut wrong = String::new();
    for path in fixtures {
        let text = std::fs::read_to_string(&path).unwrap();
        let (drawn, truth) = text.split_once("\n---\n").unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let read = said(&read(&name, drawn));
        let truth: Vec<&str> = truth.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if read != truth {
            let _ = writeln!(
                wrong,
                "\n{name}\n  read:\n    {}\n  truth:\n    {}",
                read.join("\n    "),
                truth.join("\n    ")
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Two cards of an office, the second one a year later.
const CARDS: &str = "= 정의서
부서명 | 민원과 | |
지표명 | 민원 처리기간 | |
전략목표 | 빠른 행정 | |
단위 | 일 | 가중치 | 30
연도 | 2024년 실적 | 2025년 실적 | 2026년 목표
값 | 5.1 | 4.8 | 4.5

지표명 | 민원 만족도 | |
전략목표 | 친절한 행정 | |
단위 | 점 | 가중치 | 70
연도 | 2025년 실적 | 2026년 목표 | 2027년 목표
값 | 82 | 84 | 85";

#[test]
fn cards_of_an_office_with_different_years_are_one_plan() {
    let read = read("cards", CARDS);
    assert_eq!(read.plans.len(), 1);
    let plan = &read.plans[0];
    assert_eq!(plan.years.iter().map(|year| year.year).collect::<Vec<_>>(), [2024, 2025, 2026, 2027]);
    let values =
        |row: usize| -> Vec<&str> { plan.rows[row].values.iter().map(|value| &*value.text.text).collect() };
    assert_eq!((values(0), values(1)), (vec!["5.1", "4.8", "4.5", ""], vec!["", "82", "84", "85"]));
}

#[test]
fn cards_and_turned_tables_taught_as_no_plan_are_not_read() {
    let taught = |more: &str| {
        let form =
            format!("[[forms]]\nname = \"카드\"\nheadings = [\"지표명\", \"전략목표\", \"단위\"]\n{more}\n");
        Config::parse(&form).unwrap()
    };
    assert!(read_as("cards", CARDS, &taught("not_a_plan = true")).plans.is_empty());
    assert_eq!(read_as("cards", CARDS, &taught("shape = \"list\"\nnot_a_plan = true")).plans.len(), 1);
    let role = taught("[forms.roles]\n\"전략목표\" = \"perspective\"");
    let read = read_as("cards", CARDS, &role);
    assert_eq!(&*read.plans[0].rows[0].perspective.name, "빠른 행정");
    assert_eq!(read.forms[0].taught.as_deref(), Some("카드"));
}

/// Reads a drawn workbook.
fn read(name: &str, drawn: &str) -> Contents {
    read_as(name, drawn, &Config::default())
}

/// The same with settings.
fn read_as(name: &str, drawn: &str, config: &Config) -> Contents {
    let folder = tempfile::tempdir().unwrap();
    let file = format!("{name}.xlsx");
    let path = folder.path().join(&file);
    let mut workbook = Workbook::new();
    let lines: Vec<&str> = drawn.lines().filter(|line| !line.starts_with('#')).collect();
    for sheet in lines.join("\n").split("= ").filter(|sheet| !sheet.trim().is_empty()) {
        let (name, cells) = sheet.split_once('\n').unwrap();
        draw(workbook.add_worksheet().set_name(name.trim()).unwrap(), cells);
    }
    workbook.save(&path).unwrap();
    read_workbook(&path, &Arc::from(file), config).unwrap()
}

/// Draws the cells of a sheet.
fn draw(sheet: &mut Worksheet, drawn: &str) {
    let rows: Vec<Vec<&str>> = drawn.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
    let at = |row: usize, col: usize| rows.get(row).and_then(|cells| cells.get(col)).copied().unwrap_or("");
    for (row, cells) in rows.iter().enumerate() {
        for (col, cell) in cells.iter().enumerate().filter(|(_, cell)| !matches!(**cell, "" | "<" | "^")) {
            let right = (col + 1..).take_while(|&next| at(row, next) == "<").count();
            let below = (row + 1..).take_while(|&next| at(next, col) == "^").count();
            let (first_row, first_col) = (row as u32, col as u16);
            if right + below > 0 {
                let last = (first_row + below as u32, first_col + right as u16);
                sheet.merge_range(first_row, first_col, last.0, last.1, "", &Format::new()).unwrap();
            }
            let text = cell.replace("\\n", "\n");
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(first_row, first_col, number).unwrap(),
                Err(_) => sheet.write_string(first_row, first_col, text).unwrap(),
            };
        }
    }
}

/// What was read, a line for each KPI row.
fn said(contents: &Contents) -> Vec<String> {
    contents.plans.iter().flat_map(|plan| plan.rows.iter().map(|row| line(plan, row))).collect()
}

fn line(plan: &Plan, row: &Indicator) -> String {
    let parent = &plan.parent_label.text;
    let org = if parent.is_empty() { plan.org.to_string() } else { format!("{} < {parent}", plan.org) };
    let mut objective: Vec<&str> = row.levels.iter().map(|level| &*level.text.text).collect();
    objective.push(&row.objective.text);
    let mut parts = vec![
        org,
        row.perspective.text.text.to_string(),
        objective.join(" > "),
        row.kpi.text.to_string(),
        row.unit.text.text.to_string(),
        row.weight.text.text.to_string(),
        values(plan, row),
    ];
    let shown = |field: Field| COLUMNS.iter().position(|column| column.field == field);
    let others = COLUMNS.iter().filter(|column| {
        column.field.is_optional()
            || column.field == Field::Code
            || shown(column.field) < shown(Field::Objective) && column.field != Field::Perspective
    });
    let others = others.filter_map(|column| {
        let text = (column.text)(row);
        (!text.is_empty()).then(|| format!("{}={}", column.id, text.text))
    });
    let extra = row.extra.iter().map(|extra| format!("[{}]={}", extra.heading, extra.text.text));
    parts.extend(others.chain(extra));
    parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
}

fn values(plan: &Plan, row: &Indicator) -> String {
    let of_years = plan.years.iter().zip(&row.values).filter(|(_, value)| !value.text.is_empty());
    let of_years = of_years.map(|(year, value)| {
        let kind = match year.kind {
            Some(YearKind::Actual) => "a",
            Some(YearKind::Target) => "t",
            None => "?",
        };
        format!("{}{kind}={}", year.year, value.text.text)
    });
    let of_periods = row.periods.iter().map(|period| {
        let kind = match period.kind {
            ValueKind::Actual => "a",
            ValueKind::Target => "t",
            ValueKind::Baseline => "b",
            ValueKind::Forecast => "f",
        };
        let year = period.year.map_or("?".to_owned(), |year| year.to_string());
        let distance = if period.year.is_none() && period.distance != 0 {
            format!("{:+}", period.distance)
        } else {
            String::new()
        };
        let part = period.part.map(|part| format!(" {part}")).unwrap_or_default();
        format!("{year}{distance}{part} {kind}={}", period.value.text.text)
    });
    of_years.chain(of_periods).collect::<Vec<_>>().join("; ")
}
