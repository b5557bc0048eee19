//! Workbooks made up for measuring, and a command measured while it works on them.
#![allow(dead_code, reason = "each benchmark uses some of it")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use tempfile::TempDir;

/// `number` workbooks of one plan and 18 KPIs each, by ten bureaus' worth of offices.
pub fn workbooks(number: usize) -> TempDir {
    let all = tempfile::tempdir().unwrap();
    (0..number).into_par_iter().for_each(|number| plan(all.path(), number));
    all
}

/// A folder with the first `size` of the workbooks of `all`.
pub fn folder_of(all: &TempDir, size: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let workbooks = folder.path().join("workbooks");
    std::fs::create_dir(&workbooks).unwrap();
    for number in 0..size {
        std::fs::hard_link(all.path().join(name(number)), workbooks.join(name(number))).unwrap();
    }
    folder
}

/// Runs `command` and gives its time and its peak memory in MB (Linux only).
pub fn measured(command: &mut Command) -> (Duration, u64) {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        if let Ok(text) = std::fs::read_to_string(&status)
            && let Some(line) = text.lines().find(|line| line.starts_with("VmHWM"))
        {
            peak = line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or(peak);
        }
        if child.try_wait().unwrap().is_some() {
            return (start.elapsed(), peak / 1024);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn name(number: usize) -> String {
    format!("{number:05}.xlsx")
}

/// A plan of a bureau (every tenth) or of an office below it.
fn plan(folder: &Path, number: usize) {
    let bureau = format!("가상{}국", number / 10);
    let (org, parent) = if number.is_multiple_of(10) {
        (bureau, "가상시".to_owned())
    } else {
        (format!("가상{number}과"), bureau)
    };
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    sheet.write_string(0, 0, format!("{org} 균형성과계획")).unwrap();
    sheet.merge_range(2, 1, 2, 3, &parent, &plain).unwrap();
    sheet.merge_range(2, 4, 2, 11, &org, &plain).unwrap();
    let headings = ["관점", "", "", "", "", "", "", "", "", "", "", "", "주요사업 코드번호"];
    let second = [
        "",
        "전략목표",
        "핵심성과지표",
        "목표치",
        "전략목표",
        "핵심성과지표",
        "실적치",
        "",
        "목표치",
        "",
        "단위",
        "비중",
    ];
    let years = ["", "", "", "", "", "", "2024년", "2025년", "2026년", "2027년"];
    for (row, texts) in [(2, &headings[..]), (3, &second[..]), (4, &years[..])] {
        for (col, text) in (0..).zip(texts) {
            if !text.is_empty() {
                sheet.write_string(row, col, *text).unwrap();
            }
        }
    }
    for row in 0..18u32 {
        let at = row + 5;
        let numbered = |what: &str| format!("{what} {row} ({})", number / 10);
        for (col, text) in [
            (0, "시민 고객".to_owned()),
            (1, numbered("상위 목표")),
            (2, numbered("지표")),
            (3, format!("{}%", 70 + row)),
            (4, numbered("목표")),
            (
                5,
                if row < 16 {
                    numbered("지표")
                } else {
                    ["예산집행률", "1인당 교육시간"][row as usize - 16].to_owned()
                },
            ),
            (10, "%".to_owned()),
            (12, format!("사업-{row}")),
        ] {
            sheet.write_string(at, col, text).unwrap();
        }
        for (col, value) in [(6, 60), (7, 65), (8, 70), (9, 75)] {
            sheet.write_number(at, col, f64::from(value + row)).unwrap();
        }
        sheet.write_number(at, 11, if row < 16 { 6.0 } else { 2.0 }).unwrap();
    }
    workbook.save(folder.join(name(number))).unwrap();
}
