//! The order of the stages: folder → workbooks → plans → city → findings.

use std::fs;
use std::path::{Path, PathBuf};

use crate::check;
use crate::consolidate::{City, Context, consolidate};
use crate::finding::{Finding, Severity};
use crate::project::Config;
use crate::project::files::{self, Found, FoundKind, Listing, PassedOver};
use crate::read::{self, Worker};

/// A stage that is about to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The workbooks are read.
    Reading,
    /// The plans are put together.
    Consolidating,
    /// The checks run.
    Checking,
}

/// What a plan-year folder comes to: everything the outputs are made of.
#[derive(Debug)]
pub struct Run {
    /// The consolidated city.
    pub city: City,
    /// Findings, most severe first, then in book order; waived ones are marked.
    pub findings: Vec<Finding>,
    /// The departments' own workbooks as they were found, in the order of [`City::workbooks`].
    pub found: Vec<Found>,
    /// Files of the folder that were left alone.
    pub passed_over: Vec<PassedOver>,
}

impl Run {
    /// Adds findings that came up while outputs were made.
    pub fn add(&mut self, found: Vec<Finding>, config: &Config) {
        self.findings.extend(found);
        check::settle(&mut self.findings, &Context { city: &self.city, config });
    }

    /// How many findings have `severity` and are not waived.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.severity == severity && f.waived.is_none()).count()
    }

    /// How many findings are waived.
    pub fn waived(&self) -> usize {
        self.findings.iter().filter(|finding| finding.waived.is_some()).count()
    }
}

/// There is nothing to work on.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The plan-year folder is not there.
    #[error("{} does not exist", .0.display())]
    NoFolder(PathBuf),
    /// The path leads to something that is no folder.
    #[error("{} is no folder", .0.display())]
    NotAFolder(PathBuf),
    /// The folder is no plan year itself, but holds folders that are.
    #[error("{} holds plan years: {}", dir.display(), years.join(", "))]
    YearsInside {
        /// The folder.
        dir: PathBuf,
        /// The plan years' folders, as seen from it.
        years: Vec<String>,
    },
    /// The folder holds no workbook.
    #[error("there is no workbook in {}", dir.display())]
    NoWorkbook {
        /// The folder.
        dir: PathBuf,
        /// What it holds instead.
        passed_over: Vec<PassedOver>,
    },
    /// No workbook could be read. The findings say why.
    #[error("none of the {} files can be read", .0.city.submissions.len())]
    NoneReadable(Box<Run>),
}

/// Reads, consolidates and checks the plan-year folder `dir`. `worker` starts the process that reads a single
/// workbook; without one they are read in this process. `progress` is told of each stage.
///
/// # Errors
/// When there is no workbook, or none that can be read. Everything else is a finding.
pub fn run(
    dir: &Path,
    config: &Config,
    worker: Option<&Worker>,
    progress: &mut dyn FnMut(Stage),
) -> Result<Run, PipelineError> {
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
    run_listed(listing, config, worker, progress)
}

/// The same for the one workbook at `path`. Its name is that of the file, without folders.
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
    run_listed(Listing { found, passed_over: Vec::new() }, config, worker, progress)
}

fn run_listed(
    Listing { mut found, passed_over }: Listing,
    config: &Config,
    worker: Option<&Worker>,
    progress: &mut dyn FnMut(Stage),
) -> Result<Run, PipelineError> {
    let submissions = read::read_workbooks(&found, config, worker);
    let none_readable = submissions.iter().all(|s| s.outcome.is_err() || s.review_of().is_some());
    progress(Stage::Consolidating);
    let city = consolidate(submissions, config);
    // Both lists stand by file name.
    let mut handed_in = city.submissions.iter().map(|submission| city.is_handed_in(submission));
    found.retain(|_| handed_in.next().unwrap_or(false));
    progress(Stage::Checking);
    let findings = check::run(&Context { city: &city, config });
    let run = Run { city, findings, found, passed_over };
    if none_readable { Err(PipelineError::NoneReadable(Box::new(run))) } else { Ok(run) }
}
