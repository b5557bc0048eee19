//! The real book: every field of every row as printed, and the cell it came from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use planbook::plan::{Field, Indicator, Plan};
use planbook::project::Config;
use planbook::read::read_workbook;
use planbook::source::{CellRange, CellRef};
use serde_json::Value as Json;

use crate::truth::truth;

fn all_plans() -> Vec<Plan> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009/workbooks");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .flat_map(|path| {
            let name: Arc<str> = path.file_name().unwrap().to_string_lossy().into();
            read_workbook(path, &name, &Config::default())
                .unwrap_or_else(|error| panic!("{name}: {error}"))
                .plans
        })
        .collect()
}

fn text_of(row: &Indicator, plan: &Plan, field: &str) -> String {
    let text = match field {
        "perspective" => &row.perspective.name,
        "parent_goal" => &row.parent_objective.text,
        "parent_kpi" => &row.parent_kpi.text,
        "parent_target" => &row.parent_target.text.text,
        "goal" => &row.objective.text,
        "kpi" => &row.kpi.text,
        "unit" => &row.unit.text.text,
        "weight" => &row.weight.text.text,
        year => {
            let year: i32 = year.trim_start_matches('v').parse().unwrap();
            &row.values[plan.year_index(year).unwrap()].text.text
        }
    };
    text.to_string()
}

#[test]
fn every_field_of_every_row_is_read_as_printed() {
    let expected = truth("expected.json");
    let plans = all_plans();
    let mut by_plan: BTreeMap<u64, Vec<&Json>> = BTreeMap::new();
    for record in expected.as_array().unwrap() {
        by_plan.entry(record["plan"].as_u64().unwrap()).or_default().push(record);
    }
    let (mut rows, mut wrong) = (0, Vec::new());
    assert_eq!(plans.len(), by_plan.len());
    for (plan, records) in plans.iter().zip(by_plan.values()) {
        let org = records[0]["org"].as_str().unwrap();
        if plan.rows.len() != records.len() {
            wrong.push(format!("{org}: {} rows, {} expected", plan.rows.len(), records.len()));
            continue;
        }
        for (row, record) in plan.rows.iter().zip(records) {
            rows += 1;
            for field in [
                "perspective",
                "parent_goal",
                "parent_kpi",
                "parent_target",
                "goal",
                "kpi",
                "v2007",
                "v2008",
                "v2009",
                "v2010",
                "unit",
                "weight",
            ] {
                let expected = record[field].as_str().unwrap_or_default();
                let expected = if field == "weight" { expected.trim_end_matches('%') } else { expected };
                let read = text_of(row, plan, field);
                if read != expected {
                    wrong.push(format!(
                        "{org} {} {field}: read {read:?}, expected {expected:?}",
                        record["row"]
                    ));
                }
            }
            let weight =
                record["perspective_weight"].as_str().map(|w| w.trim_end_matches('%').parse().unwrap());
            if row.perspective.weight != weight {
                wrong.push(format!(
                    "{org} {} perspective weight {:?} {weight:?}",
                    record["row"], row.perspective.weight
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.iter().take(60).cloned().collect::<Vec<_>>().join("\n")
    );
    assert_eq!(rows, expected.as_array().unwrap().len());
}

/// The merged ranges of a sheet according to calamine, which reports none for .ods.
fn merges(file: &str, sheet: &str) -> Vec<CellRange> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009/workbooks").join(file);
    let ranges = match calamine::open_workbook_auto(path).unwrap() {
        calamine::Sheets::Xlsx(mut workbook) => workbook.merge_cells_by_sheet_name(sheet).unwrap(),
        calamine::Sheets::Xls(workbook) => workbook.merge_cells_by_sheet_name(sheet).unwrap(),
        _ => Vec::new(),
    };
    let corner = |(row, col): (u32, u32)| CellRef::new(row, u16::try_from(col).unwrap());
    ranges.iter().map(|range| CellRange::new(corner(range.start), corner(range.end))).collect()
}

#[test]
fn every_field_names_the_cell_it_came_from() {
    let truth = truth("workbooks.json");
    let plans = all_plans();
    let mut index = 0;
    let (mut cells, mut wrong) = (0, Vec::new());
    for book in truth.as_array().unwrap() {
        for expected in book["plans"].as_array().unwrap() {
            let plan = &plans[index];
            index += 1;
            assert_eq!(*plan.file, *book["file"].as_str().unwrap());
            let merges = merges(&plan.file, &plan.sheet);
            for (row, record) in plan.rows.iter().zip(expected["rows"].as_array().unwrap()) {
                assert_eq!(*row.sheet, *expected["sheet"].as_str().unwrap());
                for (field, name) in [
                    (Field::Perspective, "perspective"),
                    (Field::ParentObjective, "parent_goal"),
                    (Field::ParentKpi, "parent_kpi"),
                    (Field::ParentTarget, "parent_target"),
                    (Field::Objective, "goal"),
                    (Field::Kpi, "kpi"),
                    (Field::Year(2007), "v0"),
                    (Field::Year(2008), "v1"),
                    (Field::Year(2009), "v2"),
                    (Field::Year(2010), "v3"),
                    (Field::Unit, "unit"),
                    (Field::Weight, "weight"),
                    (Field::Code, "code"),
                ] {
                    let expected: CellRef = record[name].as_str().unwrap().parse().unwrap();
                    let read = row.cell(field, &plan.years);
                    cells += 1;
                    // The expected data has a cell for every row. A merged cell is given by its top left one;
                    // a blank one that continues the cell above, by that cell.
                    let whole = merges.iter().find(|merge| merge.contains(expected));
                    let fits = match whole {
                        Some(merge) => read == merge.first,
                        None => read == expected || (read.col == expected.col && read.row < expected.row),
                    };
                    if !fits {
                        wrong.push(format!("{} {name}: {read}, expected {expected}", plan.org));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(cells, 1031 * 13);
}
