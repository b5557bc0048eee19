//! Reads the department's answers from the review sheet of a returned workbook. The sheet is never a plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::grid::{Grid, Shown};
use super::outcome::{Answers, Submission, WorkbookKind};
use crate::finding::{Action, Answer, ReviewForm, Wording};
use crate::source::CellRef;

/// The headings are within the first rows; departments may have inserted rows above them.
const HEAD_ROWS: u32 = 20;

/// Removes planbook's review sheets from `grids` and returns their answers; none without such a sheet.
pub(super) fn take(grids: &mut Vec<Grid>) -> Option<Answers> {
    let mut answers: Option<Answers> = None;
    grids.retain(|grid| {
        let columns = ReviewColumns::find(grid);
        let is_review = columns.is_some() || is_signed(grid);
        if is_review {
            let answers = answers.get_or_insert_default();
            for (id, answer) in columns.iter().flat_map(|columns| columns.answers(grid)) {
                answers.entry(id).or_insert(answer);
            }
        }
        !is_review
    });
    answers
}

/// Whether the sheet has the mark of a review sheet, even if its headings are gone.
fn is_signed(grid: &Grid) -> bool {
    let mut rows = grid.rows_from(0).take_while(|(row, _)| *row < HEAD_ROWS);
    rows.any(|(_, cells)| cells.iter().any(|(_, shown)| shown.text.starts_with(ReviewForm::SIGN)))
}

/// The columns of a review sheet, found by heading because departments may move them.
struct ReviewColumns {
    head: u32,
    id: u16,
    action: u16,
    remark: u16,
}

impl ReviewColumns {
    fn find(grid: &Grid) -> Option<Self> {
        let rows = grid.rows_from(0).take_while(|(row, _)| *row < HEAD_ROWS);
        rows.into_iter().find_map(|(head, cells)| {
            let at = |is_it: &dyn Fn(&str) -> bool| {
                cells.iter().find(|(_, shown)| is_it(&shown.text)).map(|(column, _)| *column)
            };
            let of =
                |wording: Wording| at(&|text| text == wording.ko || text.eq_ignore_ascii_case(wording.en));
            let id = at(&|text| text.eq_ignore_ascii_case(ReviewForm::ID))?;
            Some(Self { head, id, action: of(ReviewForm::ACTION)?, remark: of(ReviewForm::REMARK)? })
        })
    }

    /// The answers below the headings by finding id. Rows without action and remark are skipped.
    fn answers<'a>(&'a self, grid: &'a Grid) -> impl Iterator<Item = (String, Answer)> + 'a {
        grid.rows_from(self.head + 1).filter_map(|(row, _)| {
            let text = |column| grid.shown(CellRef::new(row, column)).map(|(_, Shown { text, .. })| text);
            let id = text(self.id)?;
            let (action, remark) = (text(self.action), text(self.remark));
            action.or(remark)?;
            let or_empty = |text: Option<&Arc<str>>| text.map_or("", |text| text).to_owned();
            Some((
                id.to_string(),
                Answer { action: Action::read(&or_empty(action)), remark: or_empty(remark) },
            ))
        })
    }
}

/// Identifies review workbooks by name and review sheet. If the workbook under review is present, only the
/// answers are kept; otherwise the review workbook is read like any other.
pub(super) fn link_reviews(submissions: &mut [Submission]) {
    let mut names: BTreeMap<String, Arc<str>> = BTreeMap::new();
    // If two workbooks could have given a review workbook its name, the first one counts.
    for choice in 0..2 {
        for submission in &*submissions {
            let name = composed(ReviewForm::stems(&submission.file)[choice]);
            names.entry(name).or_insert_with(|| submission.file.clone());
        }
    }
    for submission in submissions {
        let Ok(contents) = &mut submission.outcome else { continue };
        let name = composed(submission.file.rsplit_once('.').map_or("", |(name, _)| name));
        let suffixes = [ReviewForm::SUFFIX.ko, ReviewForm::SUFFIX.en];
        let about = suffixes.iter().find_map(|suffix| names.get(name.strip_suffix(suffix)?));
        if let (Some(about), Some(_)) = (about, &contents.answers) {
            contents.kind = WorkbookKind::ReviewOf(about.clone());
            contents.plans.clear();
            contents.remarks.clear();
        }
    }
}

/// A name in NFC: macOS decomposes Korean letters.
fn composed(name: &str) -> String {
    name.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Contents;

    fn grid(rows: &[(u32, &[&str])]) -> Grid {
        let mut grid = Grid::new("검토의견", false);
        for (row, cells) in rows {
            for (column, text) in (0..).zip(*cells) {
                grid.put(*row, column, text, false).unwrap();
            }
        }
        grid.finish()
    }

    fn answer(action: &str, remark: &str) -> Answer {
        Answer { action: Action::read(action), remark: remark.to_owned() }
    }

    #[test]
    fn answers_are_found_by_the_headings_wherever_they_were_moved() {
        let mut grids = vec![grid(&[
            (0, &["검토 의견"]),
            (5, &["의견", "코드", "id", "조치"]),
            (6, &["기준이 다릅니다", "W101", "W101-1", "이견 있음"]),
            (7, &["", "W102", "W102-2", "수정함"]),
            (8, &["", "W103", "W103-3", ""]),
            (9, &["확인 중", "W103", "W103-4", ""]),
            (10, &["옮겨 적은 줄", "W101", "W101-1", "수정함"]),
        ])];
        let answers = take(&mut grids).unwrap();
        let expected = [
            ("W101-1", answer("이견 있음", "기준이 다릅니다")),
            ("W102-2", answer("수정함", "")),
            ("W103-4", answer("", "확인 중")),
        ];
        assert_eq!(answers, expected.map(|(id, answer)| (id.to_owned(), answer)).into());
        assert!(grids.is_empty(), "the review sheet is not a plan");
    }

    #[test]
    fn the_english_form_is_recognised_too() {
        let rows: &[(u32, &[&str])] =
            &[(3, &["Action", "Remark", "id"]), (4, &["not applicable", "no such team", "S304-1"])];
        let answers = take(&mut vec![grid(rows)]).unwrap();
        assert_eq!(answers["S304-1"], answer("해당 없음", "no such team"));
    }

    #[test]
    fn a_review_sheet_that_lost_its_headings_is_still_no_plan() {
        let mut grids = vec![grid(&[(0, &["", "planbook 1 {}"])]), grid(&[(0, &["전략목표"])])];
        assert_eq!(take(&mut grids), Some(Answers::new()));
        assert_eq!(grids.len(), 1);
    }

    #[test]
    fn a_workbook_without_a_review_sheet_has_no_answers() {
        let mut grids = vec![grid(&[(0, &["번호", "id", "조치"])])];
        assert_eq!(take(&mut grids), None);
        assert_eq!(grids.len(), 1);
    }

    fn returned(file: &str) -> Submission {
        let contents = Contents { answers: Some(Answers::new()), ..Contents::default() };
        Submission::named(Arc::from(file), Ok(contents))
    }

    fn about(submissions: &[Submission]) -> Vec<Option<&str>> {
        let contents = submissions.iter().map(|submission| submission.outcome.as_ref().unwrap());
        contents.map(|contents| contents.review_of().map(|file| &**file)).collect()
    }

    #[test]
    fn a_review_workbook_is_about_the_workbook_beside_it() {
        let decomposed: String = "w/가/기획실_검토의견.xlsx".nfd().collect();
        let mut submissions =
            [returned("w/가/기획실.xls"), returned(&decomposed), returned("w/기획실_review.xlsx")];
        link_reviews(&mut submissions);
        assert_eq!(about(&submissions), [None, Some("w/가/기획실.xls"), None]);
    }

    #[test]
    fn a_review_workbook_is_recognised_by_a_name_that_was_long_or_taken() {
        let (short, long) = ("w/기획실.xls", format!("w/{}.xls", "가".repeat(80)));
        let [cut, _] = ReviewForm::stems(&long);
        let mut submissions = [
            returned(&long),
            returned(short),
            returned("w/기획실.xlsx"),
            returned(&format!("{cut}_검토의견.xlsx")),
            returned("w/기획실_검토의견.xlsx"),
            returned("w/기획실.xlsx_검토의견.xlsx"),
        ];
        link_reviews(&mut submissions);
        let expected = [None, None, None, Some(long.as_str()), Some(short), Some("w/기획실.xlsx")];
        assert_eq!(about(&submissions), expected);
    }
}
