use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::diff::diff;
use crate::project::Config;
use crate::testing::{city, plan};

const ROW: &str =
    "시민 고객 (40) | 시정 | 시정만족도 | 70 | 교통 | 교통만족도 | 61 | 63 | 65 | 67 | 점 | 40 | 교통-1";

fn sheets(lang: Lang) -> Vec<(String, Vec<Vec<String>>)> {
    let old = city([plan("교통국", "가나시").row(ROW)], &Config::default());
    let new = ROW.replace("| 65 |", "| =1+1 |");
    let new =
        city([plan("교통국", "가나시").row(&new), plan("환경국", "가나시").row(ROW)], &Config::default());
    let source = |name: &str| DiffSource { name: name.to_owned(), links_base: Some("..".to_owned()) };
    let diff = diff(&old, &new);
    let bytes = workbook(&diff, &source("2025"), &source("2026"), Style::default(), lang).unwrap();
    assert_eq!(bytes, workbook(&diff, &source("2025"), &source("2026"), Style::default(), lang).unwrap());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let shown = |cell: &Data| cell.to_string();
    book.worksheets()
        .into_iter()
        .map(|(name, range)| (name, range.rows().map(|row| row.iter().map(shown).collect()).collect()))
        .collect()
}

#[test]
fn old_and_new_stand_side_by_side_and_text_is_no_formula() {
    let sheets = sheets(Lang::Ko);
    assert_eq!(
        sheets.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["요약", "신구대비표", "지표 대비"]
    );
    let table = &sheets[1].1;
    assert_eq!(table[3][..6], ["교통국", "내용 바뀜", "교통만족도", "목표치 2025", "65", "=1+1"]);
    assert_eq!(table[4][..6], ["환경국", "추가", "", "계획", "", "환경국 (지표 1개)"]);
    let whole = &sheets[2].1;
    assert_eq!((&*whole[3][1], &*whole[3][10]), ("이전", "65"));
    assert_eq!((&*whole[4][1], &*whole[4][10]), ("이후", "=1+1"));
}

#[test]
fn the_summary_counts_by_organisation() {
    let summary = &sheets(Lang::En)[0].1;
    assert_eq!(summary[1][0], "2 of 2 plans changed: 1 changed, 1 added");
    assert_eq!(summary[5][..3], ["교통국", "1", ""]);
    assert_eq!(summary[6][..3], ["환경국", "", "1"]);
}
