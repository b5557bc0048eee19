//! The first stages, in order: folder → workbooks → plans → city → findings.

use std::fs;
use std::path::{Path, PathBuf};

use crate::check;
pub use crate::check::Run;
use crate::consolidate::{City, Context, consolidate};
use crate::project::Config;
use crate::project::files::{self, Found, FoundKind, Listing, PassedOver};
use crate::read::{self, Submission, Worker};

/// A stage that is about to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The workbooks are read.
    Reading,
    /// The plans are consolidated.
    Consolidating,
    /// The checks run.
    Checking,
}

/// A plan-year folder that is read and consolidated, but not yet checked.
#[derive(Debug)]
pub struct Consolidated {
    /// The consolidated city.
    pub city: City,
    passed_over: Vec<PassedOver>,
}

impl Consolidated {
    /// Checks the plans. `shows` returns whether the book's fonts have a letter; `None` if the fonts are
    /// unknown.
    ///
    /// # Errors
    /// When no workbook could be read.
    pub fn check(self, config: &Config, shows: Option<&dyn Fn(char) -> bool>) -> Result<Run, PipelineError> {
        let Self { city, passed_over } = self;
        let findings = check::run_for_print(&Context { city: &city, config }, shows);
        let readable = |s: &Submission| s.outcome.is_ok() && s.review_of().is_none();
        let none_readable = !city.submissions.iter().any(readable);
        let run = Run { city, findings, passed_over };
        if none_readable { Err(PipelineError::NoneReadable(Box::new(run))) } else { Ok(run) }
    }
}

/// There is nothing to read.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The plan-year folder does not exist.
    #[error("{} does not exist", .0.display())]
    NoFolder(PathBuf),
    /// The path is not a folder.
    #[error("{} is no folder", .0.display())]
    NotAFolder(PathBuf),
    /// The folder is not a plan year, but contains folders that are.
    #[error("{} holds plan years: {}", dir.display(), years.join(", "))]
    YearsInside {
        /// The folder.
        dir: PathBuf,
        /// The plan years' folders, relative to it.
        years: Vec<String>,
    },
    /// The folder contains no workbook.
    #[error("there is no workbook in {}", dir.display())]
    NoWorkbook {
        /// The folder.
        dir: PathBuf,
        /// What it contains instead.
        passed_over: Vec<PassedOver>,
    },
    /// No workbook could be read. The findings say why.
    #[error("none of the {} files can be read", .0.city.submissions.len())]
    NoneReadable(Box<Run>),
}

/// Reads, consolidates and checks the plan-year folder `dir`. `worker` starts the process that reads a
/// suspicious workbook; without it, all are read in this process. `progress` is called with each stage.
///
/// # Errors
/// When there is no workbook, or none is readable. Any other problem becomes a finding.
pub fn run(
    dir: &Path,
    config: &Config,
    worker: Option<&Worker>,
    progress: &mut dyn FnMut(Stage),
) -> Result<Run, PipelineError> {
    let consolidated = read(dir, config, worker, progress)?;
    progress(Stage::Checking);
    consolidated.check(config, None)
}

/// Reads and consolidates the plan-year folder `dir`, for callers with work to do before the check.
///
/// # Errors
/// When there is no workbook.
pub fn read(
    dir: &Path,
    config: &Config,
    worker: Option<&Worker>,
    progress: &mut dyn FnMut(Stage),
) -> Result<Consolidated, PipelineError> {
    match fs::metadata(dir) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => return Err(PipelineError::NotAFolder(dir.to_path_buf())),
        Err(_) => return Err(PipelineError::NoFolder(dir.to_path_buf())),
    }
    let years = files::plan_years_in(dir);
    if !years.is_empty() {
        return Err(PipelineError::YearsInside { dir: dir.to_path_buf(), years });
    }
    progress(Stage::Reading);
    let listing = files::list(dir);
    if listing.found.is_empty() {
        return Err(PipelineError::NoWorkbook { dir: dir.to_path_buf(), passed_over: listing.passed_over });
    }
    Ok(read_listed(listing, config, worker, progress))
}

/// Like [`run`], for the one workbook at `path`. Its name is the file name, without folders.
///
/// # Errors
/// When it cannot be read.
pub fn run_workbook(
    path: &Path,
    config: &Config,
    worker: Option<&Worker>,
    progress: &mut dyn FnMut(Stage),
) -> Result<Run, PipelineError> {
    progress(Stage::Reading);
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into();
    let found = vec![Found { path: path.to_path_buf(), name, kind: FoundKind::File }];
    let listing = Listing { found, passed_over: Vec::new() };
    let consolidated = read_listed(listing, config, worker, progress);
    progress(Stage::Checking);
    consolidated.check(config, None)
}

fn read_listed(
    Listing { found, passed_over }: Listing,
    config: &Config,
    worker: Option<&Worker>,
    progress: &mut dyn FnMut(Stage),
) -> Consolidated {
    let submissions = read::read_workbooks(found, config, worker);
    progress(Stage::Consolidating);
    let city = consolidate(submissions, config);
    Consolidated { city, passed_over }
}
