//! Errors of commands, and how a command ends. The texts are in `words`; `failure` prints them.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use planbook::build::BuildError;
use planbook::files::WriteError;
use planbook::finding::{Finding, Severity, UnknownCode};
use planbook::ledger::LedgerError;
use planbook::pipeline::PipelineError;
use planbook::project::ConfigError;
use planbook::write::book::BookError;
use planbook::write::cascade::WorkbookError;
use planbook::write::diff::ComparisonError;
use planbook::write::form::FormError;
use planbook::write::scorecard::ScorecardError;
use planbook::write::templates::TemplateError;
use planbook::write::{Stopped, WriterError};

use super::later::Later;

/// How a command ends; the discriminant is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, with no unwaived finding of severity error.
    Done = 0,
    /// Done, with at least one such finding.
    Findings = 1,
    /// Not done.
    Failed = 2,
}

impl Exit {
    /// Returns how a command ends that produced or shows `findings`.
    pub fn of(findings: &[Finding]) -> Self {
        let stands = |finding: &Finding| finding.severity == Severity::Error && finding.waived.is_none();
        if findings.iter().any(stands) { Exit::Findings } else { Exit::Done }
    }
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// planbook.toml cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is nothing to read.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    /// No check has this code.
    #[error(transparent)]
    Code(#[from] UnknownCode),
    /// No finding has this id.
    #[error("there is no finding {id}")]
    UnknownFinding {
        /// The id as typed.
        id: String,
        /// The id that was probably meant.
        near: Option<String>,
    },
    /// `waive` was given a folder but no finding.
    #[error("the id of a finding is missing")]
    NoId,
    /// The given file is not a workbook.
    #[error("{} is not a workbook", .0.display())]
    NotAWorkbook(PathBuf),
    /// The ledger cannot be used or written.
    #[error(transparent)]
    Ledger(#[from] Arc<LedgerError>),
    /// An output could not be written to its path.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// cascade.xlsx could not be made.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// The workbook of changes could not be made.
    #[error(transparent)]
    Comparison(#[from] ComparisonError),
    /// A scorecard could not be made.
    #[error(transparent)]
    Scorecard(#[from] ScorecardError),
    /// `score` found no scorecard.
    #[error("there is no scorecard in {}", super::places::listed(.0))]
    NoScorecards(Vec<PathBuf>),
    /// `score` found scorecards of other years only.
    #[error("there is no scorecard of {year} in {}", folder.display())]
    OtherYears {
        /// Where it looked.
        folder: PathBuf,
        /// The years of the scorecards found.
        years: BTreeSet<i32>,
        /// The plan year.
        year: i32,
    },
    /// `score` was asked for an organisation without a plan.
    #[error("there is no plan of {name}")]
    NoSuchPlan {
        /// The name as typed.
        name: String,
        /// The organisations that may be meant.
        near: Vec<Arc<str>>,
    },
    /// `check` was asked for a workbook that is not there.
    #[error("there is no workbook {name}")]
    NoSuchWorkbook {
        /// The name as typed.
        name: String,
        /// The workbooks that may be meant.
        near: Vec<Arc<str>>,
    },
    /// `check` was given two folders.
    #[error("{} and {} are two folders", .0.display(), .1.display())]
    SeveralFolders(PathBuf, PathBuf),
    /// Forms could not be made.
    #[error(transparent)]
    Form(#[from] FormError),
    /// An empty form was requested without its organisation or parent.
    #[error("an empty form needs an organisation and its parent")]
    BlankNeeds {
        /// Whether the organisation is missing.
        org: bool,
        /// The city, as a possible parent, where the parent is missing; empty where the city is unknown.
        parent: Option<String>,
    },
    /// A template of the report or of the covering messages is wrong.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// `diff` was given a path that does not exist.
    #[error("{} does not exist", .0.display())]
    NotThere(PathBuf),
    /// `diff` was given a folder and a workbook.
    #[error("{} is a folder and {} is not", folder.display(), workbook.display())]
    FolderAndWorkbook {
        /// The folder.
        folder: PathBuf,
        /// The workbook.
        workbook: PathBuf,
    },
    /// The given name of the workbook of changes is not a workbook's.
    #[error("{} is not a name for a workbook", .0.display())]
    NotAWorkbookName(PathBuf),
    /// The book could not be made.
    #[error(transparent)]
    Book(#[from] BookError),
    /// Standard output cannot be written.
    #[error(transparent)]
    Output(io::Error),
    /// `init` found a planbook.toml.
    #[error("{} already exists", .0.display())]
    AlreadyThere(PathBuf),
    /// `init` could not create something.
    #[error("{}: {source}", path.display())]
    Create {
        /// The path.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// A bug in planbook.
    #[error(transparent)]
    Stopped(Stopped),
    /// The command comes with a later version.
    #[error("`{}` comes with a later version", .0.name)]
    Later(&'static Later),
}

impl From<WriterError> for CommandError {
    fn from(error: WriterError) -> Self {
        match error {
            WriterError::Write(error) => Self::Write(error),
            WriterError::Workbook(error) => Self::Workbook(error),
            WriterError::Scorecard(error) => Self::Scorecard(error),
            WriterError::Template(error) => Self::Template(error),
            WriterError::Book(error) => Self::Book(error),
            WriterError::Stopped(error) => Self::Stopped(error),
        }
    }
}

impl From<BuildError> for CommandError {
    fn from(error: BuildError) -> Self {
        match error {
            BuildError::Config(error) => Self::Config(error),
            BuildError::Pipeline(error) => Self::Pipeline(error),
            BuildError::Write(error) => Self::Write(error),
        }
    }
}
