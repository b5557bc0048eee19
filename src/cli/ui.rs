//! Output to the user: data on standard output, messages on standard error.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use planbook::finding::{Lang, Severity};
use planbook::pipeline::Stage;

use super::args::{Color, GlobalArgs};
use super::error::CommandError;
use super::offer;
use super::paint::Paint;
use super::typed::Typed;
use super::wrap;

/// How to print, and in what language.
#[derive(Debug)]
pub struct Ui {
    pub lang: Lang,
    /// Whether `--verbose` is given.
    pub verbose: bool,
    quiet: bool,
    /// Colours on standard output.
    pub out: Paint,
    /// Colours on standard error.
    pub err: Paint,
    /// The width of standard output; `None` where text is not wrapped.
    pub width: Option<usize>,
    err_width: Option<usize>,
    /// The command line as typed.
    pub typed: Typed,
    folder: OnceLock<PathBuf>,
}

/// The indent of continuation lines.
const HANG: usize = 2;

impl Ui {
    /// Creates the output that the arguments ask for.
    pub fn new(args: &GlobalArgs, lang: Lang, typed: Typed) -> Self {
        Self {
            lang,
            verbose: args.verbose,
            quiet: args.quiet,
            typed,
            out: Paint::new(args.color, io::stdout().is_terminal()),
            err: Paint::new(args.color, io::stderr().is_terminal()),
            ..Self::plain(lang)
        }
    }

    /// Creates an output for use before the arguments are known.
    pub fn plain(lang: Lang) -> Self {
        let (width, err_width) = (wrap::of_output(), wrap::of_talk());
        let no = Paint::NONE;
        let (typed, folder) = (Typed::default(), OnceLock::new());
        Self { lang, verbose: false, quiet: false, out: no, err: no, width, err_width, typed, folder }
    }

    /// Like [`Ui::plain`], in `color`, for when `typed` could not be parsed.
    pub fn early(lang: Lang, color: Color, typed: Typed) -> Self {
        Self {
            typed,
            out: Paint::new(color, io::stdout().is_terminal()),
            err: Paint::new(color, io::stderr().is_terminal()),
            ..Self::plain(lang)
        }
    }

    /// Records the plan-year folder in use, for the commands suggested next.
    pub fn works_on(&self, dir: &Path) {
        // The first call wins: a command works on one folder.
        let _ = self.folder.set(dir.to_owned());
    }

    /// Returns the plan-year folder in use.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.get().map(PathBuf::as_path)
    }

    /// Returns the command `name` for the folder in use, with `more` appended, as the user types it here.
    pub fn command(&self, name: &str, more: &[&str]) -> String {
        offer::command(name, self.folder(), more)
    }

    /// Writes text for people to standard output, wrapped on a terminal.
    pub fn text(&self, text: &str) -> Result<(), CommandError> {
        self.data(wrap::fold(text, self.width, HANG).as_bytes())
    }

    /// Writes paragraphs to standard output, without indenting continuation lines.
    pub fn paragraphs(&self, text: &str) -> Result<(), CommandError> {
        match self.width {
            Some(_) => self.data(wrap::fold(&wrap::join_paragraphs(text), self.width, 0).as_bytes()),
            None => self.data(text.as_bytes()),
        }
    }

    /// Writes data to standard output. A closed pipe (`| head`) is no error.
    pub fn data(&self, bytes: &[u8]) -> Result<(), CommandError> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(CommandError::Output(error)),
            _ => Ok(()),
        }
    }

    /// Prints a line on standard error, unless `--quiet`.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            self.complain(line);
        }
    }

    /// Prints a note that needs attention but does not stop the command.
    pub fn note(&self, line: &str) {
        let heading = self.err.severity(Severity::Warning, self.lang.pick("알림", "note"));
        self.say(&format!("{heading}: {line}"));
    }

    /// Prints a line on standard error, even with `--quiet`. A failure to print is ignored.
    pub fn complain(&self, line: &str) {
        let line = self.err.harmless(line);
        let _ = writeln!(io::stderr().lock(), "{}", wrap::fold(&line, self.err_width, HANG));
    }

    /// Shows the current step on a terminal; the next line replaces it.
    pub fn progress(&self, stage: Stage) {
        let words = match stage {
            Stage::Reading => self.lang.pick("통합 문서를 읽는 중입니다…", "reading the workbooks…"),
            Stage::Consolidating => self.lang.pick("계획을 한데 묶는 중입니다…", "consolidating the plans…"),
            Stage::Checking => self.lang.pick("점검하는 중입니다…", "checking…"),
        };
        self.transient(words);
    }

    /// Shows on a terminal that the departments' workbooks are being written.
    pub fn returning(&self) {
        self.transient(self.lang.pick("통합 문서에 검토 의견을 적는 중입니다…", "writing the notes…"));
    }

    /// Clears the line of [`Ui::progress`].
    pub fn progress_done(&self) {
        self.transient("");
    }

    fn transient(&self, words: &str) {
        if !self.quiet && io::stderr().is_terminal() {
            let mut err = io::stderr().lock();
            let _ = write!(err, "\r\x1b[2K{words}").and_then(|()| err.flush());
        }
    }
}
