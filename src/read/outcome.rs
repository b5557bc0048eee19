//! The outcome of reading a workbook: its plans and remarks, or why it could not be read.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::finding::Answer;
use crate::plan::Plan;
use crate::project::files::Obstacle;
use crate::project::files::{Found, FoundKind};
pub use crate::project::forms::TableShape;
use crate::source::{CellRange, CellRef};

/// One workbook of the plan-year folder, read or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// Path relative to the plan-year folder, separated by `/`.
    pub file: Arc<str>,
    /// The file as listed.
    pub found: Found,
    /// The result of reading it.
    pub outcome: Result<Contents, ReadError>,
}

/// The content of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Contents {
    /// Its plans, by sheet and position.
    pub plans: Vec<Plan>,
    /// Remarks made while reading.
    pub remarks: Vec<Remark>,
    /// How its tables were understood, by sheet and position.
    pub forms: Vec<TableForm>,
    /// The department's answers; none without planbook's review sheet.
    pub answers: Option<Answers>,
    /// What the workbook is.
    pub kind: WorkbookKind,
}

/// What a workbook is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum WorkbookKind {
    /// A department's own workbook, with plans or without.
    #[default]
    Own,
    /// planbook's scorecard, with what was entered on it, by row.
    Scorecard(Vec<ResultRow>),
    /// planbook's review of another workbook. It has answers, but no plans.
    ReviewOf(Arc<str>),
}

impl Contents {
    /// What was entered on planbook's scorecard, by row; none if the workbook is not a scorecard.
    pub fn results(&self) -> Option<&[ResultRow]> {
        match &self.kind {
            WorkbookKind::Scorecard(rows) => Some(rows),
            WorkbookKind::Own | WorkbookKind::ReviewOf(_) => None,
        }
    }

    /// The workbook under review, if this is planbook's review of one.
    pub fn review_of(&self) -> Option<&Arc<str>> {
        match &self.kind {
            WorkbookKind::ReviewOf(file) => Some(file),
            WorkbookKind::Own | WorkbookKind::Scorecard(_) => None,
        }
    }

    /// Whether it is planbook's scorecard.
    pub fn is_scorecard(&self) -> bool {
        self.results().is_some()
    }
}

/// How a table was understood, for `planbook forms` and for findings about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableForm {
    /// The sheet.
    pub sheet: Arc<str>,
    /// The range of its headings.
    pub headings: CellRange,
    /// The shape of the table.
    pub shape: TableShape,
    /// Its columns; of a transposed table its rows, of a card its labels.
    pub columns: Vec<FormColumn>,
    /// How sure the reading is, in percent.
    pub confidence: u8,
    /// The entry of `[[forms]]` in planbook.toml that decided it, by its name.
    pub taught: Option<Arc<str>>,
    /// The number of KPI rows read from it.
    pub rows: usize,
}

impl TableForm {
    /// The confidence, in percent, below which a table is not read but asked about.
    pub const SURE: u8 = 50;

    /// Whether the table was not read because it is not surely a plan.
    pub fn is_unsure(&self) -> bool {
        self.rows == 0 && !self.is_sure()
    }

    /// Whether what its columns hold is settled: by planbook.toml, or by the evidence.
    pub fn is_sure(&self) -> bool {
        self.taught.is_some() || self.confidence >= Self::SURE
    }
}

/// What a column was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormColumn {
    /// The cell of its heading.
    pub cell: CellRef,
    /// Its heading as written, those above it in front (`2026년 목표 / 1분기`).
    pub heading: Arc<str>,
    /// Its role: the id of a column of the plan table, `org`, `parent_org`, `level`, `period`, `kind`, `value`,
    /// `target 2026`, `actual 2025 Q1`, `baseline`, `forecast`, `extra` (kept, not interpreted), `aside`.
    pub role: String,
    /// How sure the role is, in percent.
    pub confidence: u8,
}

/// A KPI row of a scorecard with its entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRow {
    /// The row's id.
    pub id: String,
    /// Digest of the plan's state when the scorecard was made.
    pub state: String,
    /// The plan year of the scorecard, if stated.
    pub year: Option<i32>,
    /// The city of the scorecard; empty if not stated.
    pub city: Arc<str>,
    /// The result; none if its cell is blank.
    pub result: Option<EnteredText>,
    /// The achievement and who gave it.
    pub achievement: Option<(EnteredText, GivenBy)>,
    /// A score typed over the formula.
    pub score: Option<Arc<str>>,
    /// A grade typed over the formula.
    pub grade: Option<Arc<str>>,
    /// The sheet.
    pub sheet: Arc<str>,
    /// The cell of the result.
    pub cell: CellRef,
}

/// The text of a cell as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnteredText {
    /// The text.
    pub text: Arc<str>,
    /// Whether the % in it comes from the number format.
    pub percent: bool,
    /// Whether it is a number stored as text, which formulas do not treat as a number.
    pub as_text: bool,
}

/// Who gave an achievement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GivenBy {
    /// The scorecard's formula.
    Formula,
    /// A person, over the formula or without one.
    Person,
    /// Unknown: the file format has no formulas (.csv).
    Anyone,
}

/// Answers by the ids of the findings.
pub type Answers = BTreeMap<String, Answer>;

impl ResultRow {
    /// Whether a person entered anything.
    pub fn is_filled_in(&self) -> bool {
        self.result.is_some() || self.achievement.as_ref().is_some_and(|(_, by)| *by != GivenBy::Formula)
    }
}

impl Submission {
    /// The outcome of reading `found`.
    pub fn new(found: Found, outcome: Result<Contents, ReadError>) -> Self {
        Self { file: found.name.clone(), found, outcome }
    }

    /// The outcome for a file `name` outside any folder.
    pub fn named(name: impl Into<Arc<str>>, outcome: Result<Contents, ReadError>) -> Self {
        Self::new(Found { path: PathBuf::new(), name: name.into(), kind: FoundKind::File }, outcome)
    }

    /// Whether it is a document of another kind, not a workbook.
    pub fn is_document(&self) -> bool {
        self.outcome.as_ref().is_err_and(ReadError::is_document)
    }

    /// The workbook under review, if this is a review workbook; none for a department's own.
    pub fn review_of(&self) -> Option<&Arc<str>> {
        self.outcome.as_ref().ok()?.review_of()
    }
}

/// An observation made while reading; not a failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Sheet.
    pub sheet: Arc<str>,
    /// Cell, where one is concerned.
    pub cell: Option<CellRef>,
    /// Index into [`Contents::plans`] of the plan concerned, if any.
    pub plan: Option<usize>,
    /// Its kind.
    pub kind: RemarkKind,
}

/// The kinds of [`Remark`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RemarkKind {
    /// A hidden sheet was skipped.
    HiddenSheet,
    /// Hidden rows of a plan were read.
    HiddenRows(Vec<CellRange>),
    /// Hidden columns of a plan were read.
    HiddenColumns(Vec<CellRange>),
    /// The table lacks columns.
    MissingColumns {
        /// The columns not found, by the fixed names of `Field` (`unit`, `weight`, `year` …).
        missing: Vec<String>,
        /// The headings found, as written.
        found: Vec<String>,
        /// Pairs of an unrecognised heading and the column it may mean.
        near: Vec<(String, String)>,
    },
    /// A formula without a stored result.
    FormulaWithoutResult,
    /// A row with values but no KPI.
    RowWithoutKpi,
    /// Cells that look like a plan row but lie outside every table.
    StrayRow,
    /// A table with recognised headings but no readable rows: the headings, as written.
    NoRows(Vec<String>),
    /// A non-empty column of a plan table that is not read. The remark's cell is its heading.
    UnreadColumn {
        /// The heading, as written.
        heading: String,
        /// Why it is not read.
        reason: UnreadReason,
    },
    /// A cell to be read shows an error (`#REF!`).
    ErrorCell(String),
    /// A cell for a value contains the word of a heading.
    HeadingAsValue(String),
    /// A number with a decimal comma in a table with decimal points; it is not read as a decimal.
    DecimalComma(String),
    /// The row most similar to a header, on a sheet without a plan table.
    NearHeader {
        /// Recognised headings.
        known: Vec<String>,
        /// Other texts of the row.
        unknown: Vec<String>,
    },
    /// Characters that no workbook can hold were removed: the first cells, and their number.
    DroppedLetters(Vec<String>, usize),
    /// Neither title nor sheet names the organisation; it was taken from the file name, or not found.
    Organisation {
        /// Whether it was taken from the file name.
        by_file: bool,
    },
    /// Sheets that the workbook lists but does not contain: the first of them, and their number.
    MissingSheets(Vec<Arc<str>>, usize),
    /// Cells that could not be read: the first of them, as named in the file, and their number.
    UnreadCells(Vec<String>, usize),
    /// Cells whose characters were already lost (U+FFFD): the first of them, and their number.
    LostLetters(Vec<String>, usize),
    /// Cells of a text file that start with a quote that is never closed: the first of them, and their
    /// number.
    OpenQuotes(Vec<String>, usize),
}

/// Why a column is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum UnreadReason {
    /// Another column was used for this year.
    AnotherOfYear(i32),
    /// It covers a part of a year.
    PartOfYear,
    /// It holds values of an unknown year.
    NoYear,
    /// Its content is known but not part of a plan: numbers, people, definitions.
    Aside,
    /// Its content is unknown.
    Unknown,
}

impl UnreadReason {
    /// Whether plan values are lost with it.
    pub fn loses_values(self) -> bool {
        matches!(self, Self::AnotherOfYear(_) | Self::PartOfYear | Self::NoYear)
    }
}

/// Why a workbook could not be read. `check::reading::unreadable` has advice for each kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ReadError {
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// The workbook needs a password.
    #[error("the workbook is encrypted")]
    Encrypted,
    /// A document protection program has locked it; the program's name.
    #[error("the file is locked by {0}")]
    Locked(String),
    /// The file is not a spreadsheet, despite its name.
    #[error("the file is not a spreadsheet but {0}")]
    NotASpreadsheet(String),
    /// It is a document of another kind, by its extension.
    #[error("the file is a document (.{0}), not a workbook")]
    OtherDocument(String),
    /// It was saved by Excel 4 or older.
    #[error("the file was saved by Excel 4 or older")]
    OldExcel,
    /// A folder has a workbook's name.
    #[error("this is a folder")]
    Folder,
    /// The operating system refused.
    #[error("the file cannot be opened ({0:?})")]
    Unreadable(Obstacle),
    /// The file or one of its parts is broken.
    #[error("the workbook is damaged: {cause}")]
    Damaged {
        /// The damaged part; none for the whole file.
        part: Option<String>,
        /// The library's message, for developers only.
        cause: String,
    },
    /// A mandatory part is missing.
    #[error("the workbook lacks {0}")]
    Lacks(String),
    /// It exceeds the limits on parts, cells or text.
    #[error("the workbook is too large: {0}")]
    TooLarge(String),
    /// It needs more memory than the limit per workbook, in MB.
    #[error("the workbook is too large: {0} MB")]
    OutOfMemory(u64),
    /// It took longer than the limit per workbook.
    #[error("reading took longer than {0} s")]
    TooSlow(u64),
    /// A symbolic link leads back to a folder above it.
    #[error("the link leads in a circle")]
    LinkLoop,
    /// The reader panicked or its process ended.
    #[error("the reader gave up: {0}")]
    ReaderFailed(String),
}

/// Unreadable formats of other spreadsheet programs; they count as workbooks, not documents.
const OTHER_WORKBOOKS: [&str; 2] = ["cell", "numbers"];
/// Pictures: rarely a plan, and a plan in one must be typed in.
const PICTURES: [&str; 7] = ["jpg", "jpeg", "png", "gif", "tif", "tiff", "bmp"];

impl ReadError {
    /// The whole file is damaged.
    pub(super) fn damaged(cause: impl std::fmt::Display) -> Self {
        Self::Damaged { part: None, cause: cause.to_string() }
    }

    /// A part of the file is damaged.
    pub(super) fn damaged_part(part: impl Into<String>, cause: impl std::fmt::Display) -> Self {
        let part = part.into();
        Self::Damaged { cause: format!("{part}: {cause}"), part: Some(part) }
    }

    /// Whether the file is a document of another kind, not a workbook.
    pub fn is_document(&self) -> bool {
        matches!(self, Self::OtherDocument(extension) if !OTHER_WORKBOOKS.contains(&extension.as_str()))
    }

    /// Whether it is a picture.
    pub fn is_picture(&self) -> bool {
        matches!(self, Self::OtherDocument(extension) if PICTURES.contains(&extension.as_str()))
    }

    /// Whether only the office can fix it, on its own computer; the department cannot.
    pub fn is_for_the_office(&self) -> bool {
        matches!(self, Self::Folder | Self::LinkLoop | Self::Unreadable(_))
    }
}
