//! What reading a workbook gives: its plans, what was noticed on the way, or why it could not be read.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::finding::Answer;
use crate::plan::Plan;
use crate::project::files::Obstacle;
use crate::project::files::{Found, FoundKind};
use crate::source::{CellRange, CellRef};

/// One workbook of the plan-year folder, read or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// Path relative to the plan-year folder, `/` between its parts.
    pub file: Arc<str>,
    /// The file as it was found in the folder.
    pub found: Found,
    /// What came of it.
    pub outcome: Result<Contents, ReadError>,
}

/// What a workbook holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Contents {
    /// Its plans, by sheet and place.
    pub plans: Vec<Plan>,
    /// What was noticed while reading.
    pub remarks: Vec<Remark>,
    /// The department's answers; none where no review sheet of ours stands in the workbook.
    pub answers: Option<Answers>,
    /// What was entered on a scorecard of ours, by row; none where the workbook is no scorecard.
    pub results: Option<Vec<ResultRow>>,
    /// The workbook that the answers are about where this one was made for the remarks alone. It then has no plans.
    pub review_of: Option<Arc<str>>,
}

/// A KPI row of a scorecard with what was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRow {
    /// What the row is known by.
    pub id: String,
    /// The state of the plan that the scorecard was made from.
    pub state: String,
    /// The plan year that the scorecard is for, if it tells.
    pub year: Option<i32>,
    /// The city that the scorecard was made for; empty where it does not tell.
    pub city: Arc<str>,
    /// The result; none where its cell is blank.
    pub result: Option<EnteredText>,
    /// What stands in the column of achievements, and who gave it.
    pub achievement: Option<(EnteredText, GivenBy)>,
    /// What a person typed over the formula of the score.
    pub score: Option<Arc<str>>,
    /// What a person typed over the formula of the grade.
    pub grade: Option<Arc<str>>,
    /// The sheet.
    pub sheet: Arc<str>,
    /// The cell of the result.
    pub cell: CellRef,
}

/// A cell as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnteredText {
    /// The text.
    pub text: Arc<str>,
    /// Whether the % in it comes from the number format.
    pub percent: bool,
    /// Whether it is a number that stands as text, which formulas take for words.
    pub as_text: bool,
}

/// Who gave an achievement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GivenBy {
    /// The scorecard's formula.
    Formula,
    /// A person, in the place of the formula or where there was none.
    Person,
    /// The one or the other: the file has no formulas, as .csv.
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
    /// What came of `found`.
    pub fn new(found: Found, outcome: Result<Contents, ReadError>) -> Self {
        Self { file: found.name.clone(), found, outcome }
    }

    /// What came of the file `name`, which stands in no folder.
    pub fn named(name: impl Into<Arc<str>>, outcome: Result<Contents, ReadError>) -> Self {
        Self::new(Found { path: PathBuf::new(), name: name.into(), kind: FoundKind::File }, outcome)
    }

    /// Whether it is a document of another kind and no workbook at all.
    pub fn is_document(&self) -> bool {
        self.outcome.as_ref().is_err_and(ReadError::is_document)
    }

    /// The workbook that this one holds the remarks on and nothing else; none for a department's own.
    pub fn review_of(&self) -> Option<&Arc<str>> {
        self.outcome.as_ref().ok()?.review_of.as_ref()
    }
}

/// Something noticed while reading that is no failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Sheet.
    pub sheet: Arc<str>,
    /// Cell, where one is concerned.
    pub cell: Option<CellRef>,
    /// Index into [`Contents::plans`] of the plan concerned, if any.
    pub plan: Option<usize>,
    /// What it is.
    pub kind: RemarkKind,
}

/// The kinds of [`Remark`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RemarkKind {
    /// A hidden sheet was passed over.
    HiddenSheet,
    /// Rows of a plan that are hidden were read all the same.
    HiddenRows(Vec<CellRange>),
    /// Columns of a plan that are hidden were read all the same.
    HiddenColumns(Vec<CellRange>),
    /// The table lacks columns.
    MissingColumns {
        /// The columns not found, by the fixed names of `Field` (`unit`, `weight`, `year` …).
        missing: Vec<String>,
        /// The headings that were found, as written.
        found: Vec<String>,
        /// Pairs of a heading that was not understood and the column it may be meant for.
        near: Vec<(String, String)>,
    },
    /// A formula whose result the file does not hold.
    FormulaWithoutResult,
    /// A row with values but no KPI.
    RowWithoutKpi,
    /// Cells that look like a plan row but lie outside every table.
    StrayRow,
    /// A table whose headings were understood and none of whose rows was: the headings, as written.
    NoRows(Vec<String>),
    /// A column of a plan table with something in it that is not read. The remark's cell is its heading's.
    UnreadColumn {
        /// The heading, as written.
        heading: String,
        /// Why it is not read.
        reason: UnreadReason,
    },
    /// A cell of the table shows an error (`#REF!`) where something is to be read.
    ErrorCell(String),
    /// The word of a heading stands where a value is to be read.
    HeadingAsValue(String),
    /// A number of the table has a decimal comma although others have a point, and is not read as one.
    DecimalComma(String),
    /// A row of a sheet without a plan table that comes nearest to a header: its headings that are known, and the other ones.
    NearHeader {
        /// Headings that were understood.
        known: Vec<String>,
        /// Other texts of the row.
        unknown: Vec<String>,
    },
    /// Letters that no workbook can hold were left out of cells: the first of these, and how many there are.
    DroppedLetters(Vec<String>, usize),
    /// Neither title nor sheet names the organisation; it was taken from the name of the file, or not found.
    Organisation {
        /// Whether the file's name says it.
        by_file: bool,
    },
    /// Sheets that the workbook names and does not hold: the first of them, and how many there are.
    MissingSheets(Vec<Arc<str>>, usize),
    /// Cells that could not be read: the first of them, as the file names them, and how many there are.
    UnreadCells(Vec<String>, usize),
    /// Cells in which letters were lost before the file came here (U+FFFD): the first of them, and how many there are.
    LostLetters(Vec<String>, usize),
    /// Cells of a text file that begin with a quote which is never closed: the first of them, and how many there are.
    OpenQuotes(Vec<String>, usize),
}

/// Why a column is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum UnreadReason {
    /// Another column was taken for this year.
    AnotherOfYear(i32),
    /// It is about a part of a year.
    PartOfYear,
    /// It holds values, and nothing says of which year.
    NoYear,
    /// What it holds is known and has no place in a plan: numbers, people, definitions.
    Aside,
    /// Nobody knows what it holds.
    Unknown,
}

impl UnreadReason {
    /// Whether values of the plan are lost with it.
    pub fn loses_values(self) -> bool {
        matches!(self, Self::AnotherOfYear(_) | Self::PartOfYear | Self::NoYear)
    }
}

/// Why a workbook could not be read. Every kind has its own advice: see `check::reading::unreadable`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ReadError {
    /// The file holds nothing.
    #[error("the file is empty")]
    Empty,
    /// A password is needed.
    #[error("the workbook is encrypted")]
    Encrypted,
    /// A program that guards documents has locked it: which one.
    #[error("the file is locked by {0}")]
    Locked(String),
    /// The file is no spreadsheet, whatever its name says.
    #[error("the file is no spreadsheet but {0}")]
    NotASpreadsheet(String),
    /// It is a document of another kind, by its extension.
    #[error("the file is a document (.{0}) and no workbook")]
    OtherDocument(String),
    /// It was saved by Excel 4 or older.
    #[error("the file was saved by Excel 4 or older")]
    OldExcel,
    /// A folder bears a workbook's name.
    #[error("this is a folder")]
    Folder,
    /// The operating system refused.
    #[error("the file cannot be opened ({0:?})")]
    Unreadable(Obstacle),
    /// The file or one of its parts is broken.
    #[error("the workbook is damaged: {cause}")]
    Damaged {
        /// The part; none where it is the file as a whole.
        part: Option<String>,
        /// What the library says that came upon it; nobody but a developer is shown that.
        cause: String,
    },
    /// A part that every workbook has is not there.
    #[error("the workbook lacks {0}")]
    Lacks(String),
    /// It holds more than any plan: parts, cells, text.
    #[error("the workbook is too large: {0}")]
    TooLarge(String),
    /// It would take more memory than planbook gives one workbook, in MB.
    #[error("the workbook is too large: {0} MB")]
    OutOfMemory(u64),
    /// It took longer than planbook gives one workbook.
    #[error("reading took longer than {0} s")]
    TooSlow(u64),
    /// A link leads back to a folder above it.
    #[error("the link leads in a circle")]
    LinkLoop,
    /// The part of planbook that read it stopped.
    #[error("the reader gave up: {0}")]
    ReaderFailed(String),
}

/// Files of other spreadsheet programs: documents that cannot be read, and workbooks all the same.
const OTHER_WORKBOOKS: [&str; 2] = ["cell", "numbers"];
/// Pictures: a plan is hardly ever one, and what is one needs to be typed.
const PICTURES: [&str; 7] = ["jpg", "jpeg", "png", "gif", "tif", "tiff", "bmp"];

impl ReadError {
    /// The file as a whole is broken.
    pub(super) fn damaged(cause: impl std::fmt::Display) -> Self {
        Self::Damaged { part: None, cause: cause.to_string() }
    }

    /// A part of the file is broken.
    pub(super) fn damaged_part(part: impl Into<String>, cause: impl std::fmt::Display) -> Self {
        let part = part.into();
        Self::Damaged { cause: format!("{part}: {cause}"), part: Some(part) }
    }

    /// Whether the file is a document of another kind and no workbook at all.
    pub fn is_document(&self) -> bool {
        matches!(self, Self::OtherDocument(extension) if !OTHER_WORKBOOKS.contains(&extension.as_str()))
    }

    /// Whether it is a picture.
    pub fn is_picture(&self) -> bool {
        matches!(self, Self::OtherDocument(extension) if PICTURES.contains(&extension.as_str()))
    }

    /// Whether only the office can settle it, on its own computer: the department can do nothing about it.
    pub fn is_for_the_office(&self) -> bool {
        matches!(self, Self::Folder | Self::LinkLoop | Self::Unreadable(_))
    }
}
