//! Makes the outputs of a plan-year folder: read, consolidate, prepare the press, check, write.

use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::consolidate::Context;
use crate::files::{Output, WriteError};
use crate::finding::{Finding, Lang};
use crate::pipeline::{self, PipelineError, Run, Stage};
use crate::project::{Config, ConfigError};
use crate::read::Worker;
use crate::write::book::{BookError, BookWriter, Press, Scope};
use crate::write::cascade::CascadeWriter;
use crate::write::export::DataWriter;
use crate::write::report::ReportWriter;
use crate::write::returned::ReturnedWriter;
use crate::write::scorecard::ScorecardsWriter;
use crate::write::{Notice, Stopped, WriteContext, Writer, WriterError, Written};

/// Every output of [`build`], in the order of reports.
pub static WRITERS: [&dyn Writer; 6] = [
    &DataWriter,
    &CascadeWriter,
    &ScorecardsWriter,
    &ReturnedWriter { round: None },
    &BookWriter,
    &ReportWriter,
];

/// Options for making outputs.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The language of the outputs.
    pub lang: Lang,
    /// How to start the process that reads suspicious workbooks; `None` reads them in this process.
    pub worker: Option<Worker>,
    /// A folder whose fonts take precedence.
    pub fonts: Option<PathBuf>,
    /// The scope of the book.
    pub scope: Scope,
    /// Whether the book is for a print shop: with bleed and crop marks.
    pub print: bool,
    /// Returns the source location of the last panic, which only the owner of a panic hook knows.
    pub panicked_at: fn() -> String,
}

impl Default for BuildOptions {
    fn default() -> Self {
        let (lang, scope, panicked_at) = (Lang::default(), Scope::default(), String::new);
        Self { lang, worker: None, fonts: None, scope, print: false, panicked_at }
    }
}

/// Progress events while outputs are made.
pub enum Event<'a> {
    /// A stage begins.
    Stage(Stage),
    /// The plans have been checked.
    Checked(&'a Run),
    /// The press is ready, with its notices.
    Press(Vec<Notice>),
    /// Work on the output of this name begins.
    Begun(&'static str),
    /// An output was made or failed. These events come in the order of the writers.
    Ended(&'a Outcome),
    /// An output produced findings: all outputs are made once more, so that each contains them.
    Again,
}

/// Receives events, from any thread.
pub type Listener<'a> = &'a (dyn Fn(Event<'_>) + Sync);

/// The outcome of one output.
#[derive(Debug)]
pub struct Outcome {
    /// Its name, as [`Writer::name`].
    pub name: &'static str,
    /// The files written, the findings and the failures of parts.
    pub written: Written,
    /// Whether it succeeded.
    pub result: Result<(), WriterError>,
}

/// The outcome for a plan-year folder.
#[derive(Debug)]
pub struct Built {
    /// The city and all findings, including those from outputs.
    pub run: Run,
    /// The outcome of every output.
    pub outcomes: Vec<Outcome>,
    /// Whether no workbook could be read: then only outputs that report this were made.
    pub none_readable: bool,
}

/// No output can be made.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// planbook.toml is invalid.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is nothing to read.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    /// The outputs cannot be written to their folder.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Makes every output of the plan-year folder `dir` in the folder `out`. A failing output does not stop the
/// others.
///
/// # Errors
/// When there is nothing to read, or no output can be written to `out`.
pub fn build(
    dir: &Path,
    out: &Path,
    options: &BuildOptions,
    tell: Listener<'_>,
) -> Result<Built, BuildError> {
    write(dir, out, &WRITERS, options, tell)
}

/// Like [`build`], for the outputs of `writers` only.
///
/// # Errors
/// As [`build`].
pub fn write(
    dir: &Path,
    out: &Path,
    writers: &[&dyn Writer],
    options: &BuildOptions,
    tell: Listener<'_>,
) -> Result<Built, BuildError> {
    let config = Config::load(dir)?;
    let worker = options.worker.as_ref();
    let consolidated = pipeline::read(dir, &config, worker, &mut |stage| tell(Event::Stage(stage)))?;
    let plans = Context { city: &consolidated.city, config: &config };
    let press = writers.iter().any(|writer| writer.prints()).then(|| options.press(dir, &plans));
    let ready = press.as_ref().and_then(|press| press.as_ref().ok());
    let shows = |letter| ready.is_some_and(|press| press.shows(letter));
    tell(Event::Stage(Stage::Checking));
    let checked = consolidated.check(&config, ready.is_some().then_some(&shows));
    let (mut run, none_readable) = match checked {
        Ok(run) => (run, false),
        Err(PipelineError::NoneReadable(run)) if writers.iter().all(|one| one.tells_of_unreadable()) => {
            (*run, true)
        }
        Err(error) => return Err(error.into()),
    };
    if !none_readable {
        tell(Event::Checked(&run));
    }
    if let Some(press) = ready {
        tell(Event::Press(press.notices()));
    }
    let inputs = run.city.submissions.iter().map(|submission| &*submission.file);
    let output = Output::new(out, dir)?.protecting(inputs);
    let pass = |run: &Run, may_repeat| {
        let mut context = WriteContext::new(dir, run, &config, options.lang);
        (context.worker, context.press) = (worker, press.as_ref());
        Pass { context, output: &output, writers, options, tell, may_repeat }.run()
    };
    let mut outcomes = pass(&run, writers.len() > 1);
    let found: Vec<Finding> =
        outcomes.iter_mut().flat_map(|one| mem::take(&mut one.written.findings)).collect();
    if !found.is_empty() {
        run.add(found, &config);
        if writers.len() > 1 {
            tell(Event::Again);
            outcomes = pass(&run, false);
        }
    }
    Ok(Built { run, outcomes, none_readable })
}

impl BuildOptions {
    fn press(&self, dir: &Path, plans: &Context<'_>) -> Result<Press, BookError> {
        let press = self.attempt(|| Press::open(dir, self.fonts.clone(), plans, self.lang))?;
        Ok(press.about(self.scope.clone(), self.print))
    }

    /// Returns the result of `work`. A panic in planbook fails only this output, not the others.
    fn attempt<T, E: From<Stopped>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Stopped((self.panicked_at)()).into()))
    }
}

/// Makes all outputs once.
struct Pass<'a> {
    context: WriteContext<'a>,
    output: &'a Output,
    writers: &'a [&'a dyn Writer],
    options: &'a BuildOptions,
    tell: Listener<'a>,
    /// Whether all outputs are made once more if one has findings: from that output on, nothing is
    /// reported.
    may_repeat: bool,
}

impl Pass<'_> {
    /// Printing takes about as long as everything else, so it runs in parallel with the rest.
    fn run(&self) -> Vec<Outcome> {
        let ended = Mutex::new(Ended { outcomes: self.writers.iter().map(|_| None).collect(), told: 0 });
        let make = |prints| {
            for (at, writer) in self.writers.iter().enumerate().filter(|(_, one)| one.prints() == prints) {
                let outcome = self.outcome(*writer);
                let mut ended = ended.lock().unwrap_or_else(PoisonError::into_inner);
                ended.outcomes[at] = Some(outcome);
                ended.tell(self);
            }
        };
        rayon::join(|| make(true), || make(false));
        let ended = ended.into_inner().unwrap_or_else(PoisonError::into_inner);
        ended.outcomes.into_iter().flatten().collect()
    }

    fn outcome(&self, writer: &dyn Writer) -> Outcome {
        (self.tell)(Event::Begun(writer.name()));
        let mut written = Written::default();
        let result = self.options.attempt(|| writer.write(&self.context, self.output, &mut written));
        Outcome { name: writer.name(), written, result }
    }
}

/// The outputs that have ended, in the order of the writers, and how many of them are reported.
struct Ended {
    outcomes: Vec<Option<Outcome>>,
    told: usize,
}

impl Ended {
    /// Reports the ended outputs up to the first that is still running.
    fn tell(&mut self, pass: &Pass<'_>) {
        while let Some(Some(outcome)) = self.outcomes.get(self.told) {
            if pass.may_repeat && !outcome.written.findings.is_empty() {
                return;
            }
            (pass.tell)(Event::Ended(outcome));
            self.told += 1;
        }
    }
}

impl Built {
    /// The new files and folders, each once.
    pub fn made(&self) -> Vec<&Path> {
        let mut made: Vec<&Path> = Vec::new();
        for path in self.outcomes.iter().flat_map(|outcome| outcome.written.made()) {
            if !made.contains(&path) {
                made.push(path);
            }
        }
        made
    }
}

/// The outputs and parts of outputs that failed, by name, with the reason.
pub fn failures(outcomes: Vec<Outcome>) -> Vec<(&'static str, WriterError)> {
    let of = |Outcome { name, written, result }: Outcome| {
        result.err().map(|error| (name, error)).into_iter().chain(written.failed)
    };
    outcomes.into_iter().flat_map(of).collect()
}
