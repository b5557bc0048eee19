//! The submission board: who has sent a plan, in which round, and what is open.

use std::sync::Arc;

use serde::Serialize;

use super::{Input, count_or_blank};
use crate::finding::Lang;
use crate::source::visible;

/// The submission board, as the ledger and a run make it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    /// A line a workbook, by file name.
    pub lines: Vec<BoardLine>,
    /// Organisations on the roster that have sent no plan.
    pub missing: Vec<Arc<str>>,
}

/// A workbook on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardLine {
    /// Relative to the plan-year folder.
    pub file: Arc<str>,
    /// The organisations whose plans it holds; none where nothing could be read.
    pub orgs: Vec<Arc<str>>,
    /// Where it stands.
    pub standing: Standing,
    /// The round it is in, from 1.
    pub round: usize,
    /// Open errors, warnings and infos.
    pub open: [usize; 3],
    /// Waived findings.
    pub waived: usize,
    /// Answers: fixed, disagree, not applicable, other.
    pub answered: [usize; 4],
    /// Waived findings to which the department had objected.
    pub accepted: usize,
    /// Findings answered as fixed that still stand.
    pub still_there: usize,
    /// Findings of earlier rounds that are gone.
    pub settled: usize,
}

/// Where a workbook stands between department and office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It cannot be read.
    Unreadable,
    /// There is no plan in it.
    NoPlan,
    /// It came in and was not returned yet.
    Sent,
    /// It was returned and has not come in again.
    Returned,
    /// It came in again since it was returned.
    SentAgain,
}

impl BoardLine {
    /// All open findings.
    pub fn all_open(&self) -> usize {
        self.open.iter().sum()
    }
}

impl Standing {
    fn text(self, lang: Lang) -> &'static str {
        match self {
            Standing::Unreadable => lang.pick("읽지 못함", "not readable"),
            Standing::NoPlan => lang.pick("계획표 없음", "no plan"),
            Standing::Sent => lang.pick("제출", "sent"),
            Standing::Returned => lang.pick("돌려보냄", "returned"),
            Standing::SentAgain => lang.pick("다시 제출", "sent again"),
        }
    }

    /// The class of its badge.
    fn class(self) -> &'static str {
        match self {
            Standing::Unreadable | Standing::NoPlan => "error",
            Standing::Sent | Standing::SentAgain => "good",
            Standing::Returned => "info",
        }
    }
}

/// The board as the template sets it.
#[derive(Serialize)]
pub(super) struct BoardData {
    columns: Vec<&'static str>,
    rows: Vec<RowData>,
    /// Whether the columns of answers are there, which then want an explanation.
    answers: bool,
}

#[derive(Serialize)]
struct RowData {
    name: String,
    /// Organisations after the first.
    others: String,
    /// The workbook as findings name it, and without its folder.
    path: String,
    file: String,
    href: Option<String>,
    standing: &'static str,
    class: &'static str,
    cells: Vec<Cell>,
}

#[derive(Clone, Serialize)]
struct Cell {
    text: String,
    class: &'static str,
}

impl BoardData {
    /// Those that are missing first; columns that are empty throughout are left out.
    pub(super) fn new(input: &Input<'_>) -> Self {
        let lang = input.lang;
        let headings: [(&str, &str); 12] = [
            ("차수", "Round"),
            ("오류", "Errors"),
            ("경고", "Warnings"),
            ("참고", "Infos"),
            ("유예", "Waived"),
            ("수정함", "Fixed"),
            ("이견", "Disagree"),
            ("해당 없음", "N/A"),
            ("기타", "Other"),
            ("받아들임", "Accepted"),
            ("그대로", "Still there"),
            ("해결", "Settled"),
        ];
        let lines = &input.board.lines;
        let all: Vec<[Cell; 12]> = lines.iter().map(cells).collect();
        let shown: Vec<usize> = (0..headings.len())
            .filter(|&column| column < 4 || all.iter().any(|cells| !cells[column].text.is_empty()))
            .collect();
        let missing = input.board.missing.iter().map(|org| RowData {
            name: visible(org),
            others: String::new(),
            path: String::new(),
            file: String::new(),
            href: None,
            standing: lang.pick("미제출", "not sent"),
            class: "error",
            cells: vec![Cell { text: String::new(), class: "" }; shown.len()],
        });
        let sent = lines.iter().zip(&all).map(|(line, cells)| {
            let cells = shown.iter().map(|&column| cells[column].clone()).collect();
            row(line, cells, input)
        });
        Self {
            columns: shown.iter().map(|&column| lang.pick(headings[column].0, headings[column].1)).collect(),
            rows: missing.chain(sent).collect(),
            answers: shown.iter().any(|&column| column > 4),
        }
    }
}

fn cells(line: &BoardLine) -> [Cell; 12] {
    let cell = |number: usize, class: &'static str| Cell {
        text: count_or_blank(number),
        class: if number == 0 { "" } else { class },
    };
    let ([error, warning, info], [fixed, disagree, not_applicable, other]) = (line.open, line.answered);
    [
        cell(line.round, ""),
        cell(error, "error"),
        cell(warning, "warning"),
        cell(info, "info"),
        cell(line.waived, ""),
        cell(fixed, ""),
        cell(disagree, ""),
        cell(not_applicable, ""),
        cell(other, ""),
        cell(line.accepted, ""),
        cell(line.still_there, "warning"),
        cell(line.settled, ""),
    ]
}

fn row(line: &BoardLine, cells: Vec<Cell>, input: &Input<'_>) -> RowData {
    let file = visible(line.file.rsplit('/').next().unwrap_or_default());
    let mut orgs = line.orgs.iter().map(|org| visible(org));
    let name = orgs.next().unwrap_or_else(|| file.clone());
    RowData {
        others: orgs.collect::<Vec<_>>().join(", "),
        name,
        path: visible(&line.file),
        file,
        href: input.href(&line.file),
        standing: line.standing.text(input.lang),
        class: line.standing.class(),
        cells,
    }
}
