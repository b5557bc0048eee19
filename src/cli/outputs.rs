//! From a plan-year folder to the outputs, for the commands that make them.

use std::io::Write;
use std::path::{Component, Path, PathBuf};

use planbook::consolidate::Context;
use planbook::pipeline::{self, Run};
use planbook::project::Config;
use planbook::write::files::Output;
use planbook::write::{cascade, export};

use super::error::{CommandError, Exit};
use super::reader;
use super::render::{self, shown};
use super::ui::Ui;

/// Reads, consolidates and checks `dir`, and says which files were passed over.
pub fn run(dir: &Path, ui: &Ui) -> Result<(Run, Config), CommandError> {
    let config = Config::load(dir)?;
    let result = pipeline::run(dir, &config, reader::worker().as_ref(), &mut |stage| ui.progress(stage));
    ui.progress_done();
    let run = result?;
    for line in render::passed_over(&run.passed_over, ui.lang, ui.verbose) {
        ui.say(&line);
    }
    Ok((run, config))
}

/// Says in one line what came of `run` and gives the exit code.
pub fn finish(run: &Run, ui: &Ui) -> Exit {
    ui.say(&render::summary(run, ui.lang));
    if !run.findings.is_empty() {
        ui.say(
            ui.lang
                .pick("지적 사항은 `planbook check`로 볼 수 있습니다", "`planbook check` shows the findings"),
        );
    }
    Exit::of(run)
}

/// Puts the outputs of one run in their places.
pub struct Outputs<'a> {
    context: Context<'a>,
    run: &'a Run,
    output: Output,
    links_base: Option<String>,
    ui: &'a Ui,
}

impl<'a> Outputs<'a> {
    /// Outputs of `run`, made from the folder `dir`, into `out`.
    pub fn open(
        dir: &Path,
        out: &Path,
        run: &'a Run,
        config: &'a Config,
        ui: &'a Ui,
    ) -> Result<Self, CommandError> {
        let plans = run.city.submissions.iter().map(|submission| &*submission.file);
        let output = Output::new(out, dir)?.protecting(plans);
        let context = Context { city: &run.city, config };
        Ok(Self { context, run, output, links_base: from_there(out, dir), ui })
    }

    /// `data/`.
    pub fn data(&self) -> Result<(), CommandError> {
        let paths = export::write(&self.context, &self.run.findings, self.ui.lang, &self.output)?;
        for path in paths {
            self.made(&path);
        }
        Ok(())
    }

    /// `cascade.xlsx`.
    pub fn cascade(&self) -> Result<(), CommandError> {
        let bytes =
            cascade::workbook(&self.context, &self.run.findings, self.ui.lang, self.links_base.as_deref())?;
        self.put("cascade.xlsx", &bytes)
    }

    /// `book.pdf`, with fonts from the folder `fonts` first.
    #[cfg(feature = "book")]
    pub fn book(&self, fonts: Option<PathBuf>) -> Result<(), CommandError> {
        use planbook::write::book::{BookOptions, pdf};

        let options = BookOptions { fonts_dir: fonts, ..BookOptions::default() };
        let book = pdf(&self.context, self.ui.lang, &options)?;
        self.put("book.pdf", &book.pdf)?;
        let (pages, font) = (book.pages, planbook::source::visible(&book.font));
        self.ui.say(&self.ui.lang.pick(
            format!("책자: {pages}쪽, 글꼴 {font}"),
            format!("the book: {pages} pages, set in {font}"),
        ));
        if !book.missing_letters.is_empty() {
            let letters: String = book.missing_letters.iter().collect();
            let letters = planbook::source::visible(&letters);
            self.ui.say(&self.ui.lang.pick(
                format!("글꼴에 없어 책자에 나오지 않는 글자: {letters}"),
                format!("no font shows these letters of the book: {letters}"),
            ));
        }
        Ok(())
    }

    /// Says that this planbook cannot print.
    #[cfg(not(feature = "book"))]
    pub fn book(&self, _fonts: Option<PathBuf>) -> Result<(), CommandError> {
        Err(CommandError::BuiltWithoutBook)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), CommandError> {
        let path = self.output.write(name, |file| file.write_all(bytes))?;
        self.made(&path);
        Ok(())
    }

    fn made(&self, path: &Path) {
        let path = shown(path);
        self.ui.say(&self.ui.lang.pick(format!("만들었습니다: {path}"), format!("made {path}")));
    }
}

/// The folder `dir` as seen from `out`, with `/` between its parts, for links that still lead there after both
/// have moved together.
///
/// Only where both are given from the current folder downwards: then the answer rests on what was typed, and not
/// on where this machine keeps its files, which must not change a single byte of an output.
fn from_there(out: &Path, dir: &Path) -> Option<String> {
    let (out, dir) = (steps_down(out)?, steps_down(dir)?);
    let shared = out.iter().zip(&dir).take_while(|(a, b)| a == b).count();
    let up = out[shared..].iter().map(|_| "..");
    let steps: Vec<&str> = up.chain(dir[shared..].iter().copied()).collect();
    Some(if steps.is_empty() { ".".to_owned() } else { steps.join("/") })
}

fn steps_down(path: &Path) -> Option<Vec<&str>> {
    path.components()
        .filter(|part| *part != Component::CurDir)
        .map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_rest_on_what_was_typed_not_on_where_it_runs() {
        let seen = |out: &str, dir: &str| from_there(Path::new(out), Path::new(dir));
        assert_eq!(seen("output", "examples/seoul").as_deref(), Some("../examples/seoul"));
        assert_eq!(seen("./a/out", "a/plans/").as_deref(), Some("../plans"));
        assert_eq!(seen("output", ".").as_deref(), Some(".."));
        assert_eq!(seen("/tmp/out", "plans"), None);
        assert_eq!(seen("../out", "plans"), None);
    }
}
