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

/// Reads a drawn workbook.
fn read(name: &str, drawn: &str) -> Contents {
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
    read_workbook(&path, &Arc::from(file), &Config::default()).unwrap()
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
