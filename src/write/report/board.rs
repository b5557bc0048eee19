//! The submission board: who has submitted a plan, in which round, and which findings are open.

use serde::Serialize;

use super::input::{ReportInput, count_or_blank};
use crate::finding::Severity;
use crate::ledger::{BoardCount, BoardLine, COUNTS, SubmissionStatus};
use crate::source::escape_controls;

/// The CSS class of a status badge.
fn class(standing: SubmissionStatus) -> &'static str {
    match standing {
        SubmissionStatus::Unreadable | SubmissionStatus::NoPlan => "error",
        SubmissionStatus::Sent | SubmissionStatus::SentAgain => "good",
        SubmissionStatus::Returned => "info",
    }
}

/// The number of leading counts that are shown even if they are 0 in every row.
const ALWAYS: usize = 4;

/// The board's data for the template.
#[derive(Serialize)]
pub(super) struct BoardData {
    columns: Vec<&'static str>,
    rows: Vec<BoardRow>,
    /// Whether there are columns of answers, which then need an explanation.
    answers: bool,
}

#[derive(Serialize)]
struct BoardRow {
    name: String,
    /// The organisations after the first.
    others: String,
    /// The workbook's path as in findings, and its name without the folder.
    path: String,
    file: String,
    href: Option<String>,
    standing: &'static str,
    class: &'static str,
    cells: Vec<BoardCell>,
}

#[derive(Clone, Serialize)]
struct BoardCell {
    text: String,
    class: &'static str,
}

impl BoardData {
    /// Lists missing organisations first, and omits columns that are empty in every row.
    pub(super) fn new(input: &ReportInput<'_>) -> Self {
        let lang = input.lang;
        let lines = &input.board.workbooks;
        let is_shown = |(at, count): &(usize, &BoardCount)| {
            *at < ALWAYS || lines.iter().any(|line| (count.of)(line) > 0)
        };
        let shown: Vec<(usize, &BoardCount)> = COUNTS.iter().enumerate().filter(is_shown).collect();
        let missing = input.board.missing.iter().map(|org| BoardRow {
            name: escape_controls(org),
            others: String::new(),
            path: String::new(),
            file: String::new(),
            href: None,
            standing: SubmissionStatus::missing(lang),
            class: "error",
            cells: vec![BoardCell { text: String::new(), class: "" }; shown.len()],
        });
        let sent = lines.iter().map(|line| {
            let cells = shown.iter().map(|(_, count)| cell(count, line)).collect();
            row(line, cells, input)
        });
        Self {
            columns: shown.iter().map(|(_, count)| lang.pick(count.heading.ko, count.heading.en)).collect(),
            rows: missing.chain(sent).collect(),
            answers: shown.iter().any(|(at, _)| *at > ALWAYS),
        }
    }
}

fn cell(count: &BoardCount, line: &BoardLine) -> BoardCell {
    let number = (count.of)(line);
    let class = count.severity.filter(|_| number > 0).map_or("", Severity::name);
    BoardCell { text: count_or_blank(number), class }
}

fn row(line: &BoardLine, cells: Vec<BoardCell>, input: &ReportInput<'_>) -> BoardRow {
    let file = escape_controls(line.file.rsplit('/').next().unwrap_or_default());
    let mut orgs = line.orgs.iter().map(|org| escape_controls(org));
    let name = orgs.next().unwrap_or_else(|| file.clone());
    BoardRow {
        others: orgs.collect::<Vec<_>>().join(", "),
        name,
        path: escape_controls(&line.file),
        file,
        href: input.href(&line.file),
        standing: line.standing.text(input.lang),
        class: class(line.standing),
        cells,
    }
}
