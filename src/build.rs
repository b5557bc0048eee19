//! From a plan-year folder to its outputs: read, consolidate, prepare the press, check, write.

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

/// Every output of [`build`], in the order in which they are told.
pub static WRITERS: [&dyn Writer; 6] = [
    &DataWriter,
    &CascadeWriter,
    &ScorecardsWriter,
    &ReturnedWriter { round: None },
    &BookWriter,
    &ReportWriter,
];

/// How outputs are made.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The language of the outputs.
    pub lang: Lang,
    /// How a workbook that may be dangerous is read; without it, in this process.
    pub worker: Option<Worker>,
    /// A folder whose fonts come first.
    pub fonts: Option<PathBuf>,
    /// What the book is about.
    pub scope: Scope,
    /// Whether the book goes to the printer: with bleed and crop marks.
    pub print: bool,
    /// Where in its source the program panicked last, which only who set a panic hook knows.
    pub panicked_at: fn() -> String,
}

impl Default for BuildOptions {
    fn default() -> Self {
        let (lang, scope, panicked_at) = (Lang::default(), Scope::default(), String::new);
        Self { lang, worker: None, fonts: None, scope, print: false, panicked_at }
    }
}

/// What is told while outputs are made.
pub enum Event<'a> {
    /// A stage begins.
    Stage(Stage),
    /// The plans are checked.
    Checked(&'a Run),
    /// The press is ready; what there is to say of it.
    Press(Vec<Notice>),
    /// The output of this name begins.
    Begun(&'static str),
    /// An output is made, or is not. They come in the order of their writers.
    Ended(&'a Outcome),
    /// Findings came up in an output: all are made once more, so that each has them.
    Again,
}

/// Who is told, from any thread.
pub type Listener<'a> = &'a (dyn Fn(Event<'_>) + Sync);

/// What came of an output.
#[derive(Debug)]
pub struct Outcome {
    /// Its name, as [`Writer::name`].
    pub name: &'static str,
    /// What was done.
    pub written: Written,
    /// Whether it is there.
    pub result: Result<(), WriterError>,
}

/// What came of a plan-year folder.
#[derive(Debug)]
pub struct Built {
    /// The city and all findings, with those that came up in outputs.
    pub run: Run,
    /// Every output.
    pub outcomes: Vec<Outcome>,
    /// Whether no workbook could be read: only outputs that tell of that were made.
    pub none_readable: bool,
}

/// Outputs cannot be made at all.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// planbook.toml is of no use.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is nothing to work on.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    /// They cannot go where they are to go.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Makes every output of the plan-year folder `dir` in the folder `out`. One that fails does not stop the others.
///
/// # Errors
/// When there is nothing to work on, or no output can go to `out`.
pub fn build(
    dir: &Path,
    out: &Path,
    options: &BuildOptions,
    tell: Listener<'_>,
) -> Result<Built, BuildError> {
    write(dir, out, &WRITERS, options, tell)
}

/// The same for the outputs of `writers` alone.
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

    /// What `work` comes to. That it stops by a mistake of planbook's own costs what it was to make, not the rest.
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
    /// Whether all are made once more if findings come up: nothing is told from that output on.
    may_repeat: bool,
}

impl Pass<'_> {
    /// Printing takes about as long as everything else: it goes on beside the others.
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

/// What has ended so far, by the order of writers, and how much of that is told.
struct Ended {
    outcomes: Vec<Option<Outcome>>,
    told: usize,
}

impl Ended {
    /// Tells what has ended, up to the first that has not.
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
    /// The files and folders that are new, each once.
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

/// What of `outcomes` could not be made, by name, and why: whole outputs and parts of them.
pub fn failures(outcomes: Vec<Outcome>) -> Vec<(&'static str, WriterError)> {
    let of = |Outcome { name, written, result }: Outcome| {
        result.err().map(|error| (name, error)).into_iter().chain(written.failed)
    };
    outcomes.into_iter().flat_map(of).collect()
}
