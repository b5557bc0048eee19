//! From a plan-year folder to the outputs, for the commands that make them.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use planbook::consolidate::Context;
use planbook::files::{self, Output};
use planbook::finding::Finding;
use planbook::ledger::{Board, Ledger, Receipt, Rounds};
use planbook::pipeline::{self, Consolidated, Run, Stage};
use planbook::project::Config;
use planbook::project::files::plan_year_above;
use planbook::read::is_as_made;
use planbook::score::{Entries, RowIds};
use planbook::write::report;
use planbook::write::returned::{self, LETTERS};
use planbook::write::scorecard::{self, Fate, Scorecard};
use planbook::write::templates::{Set, TemplateError, Templates};
use planbook::write::{cascade, export};

use super::error::{CommandError, Exit, attempt};
use super::filled::read_folder;
use super::offer;
use super::press::{Book, Press};
use super::reader;
use super::render::{self, shown};
use super::scorecards;
use super::ui::Ui;

/// What has been put in its place by this process.
static NEW: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The outputs that are new.
pub fn new_files() -> Vec<String> {
    NEW.lock().map(|new| new.clone()).unwrap_or_default()
}

/// Reads, consolidates and checks `dir`, and says which files were passed over.
pub fn run(dir: &Path, ui: &Ui) -> Result<(Run, Config), CommandError> {
    let (consolidated, config) = read(dir, ui)?;
    Ok((check(consolidated, &config, None, ui)?, config))
}

/// What the printing commands begin with: the run, the settings, and the press, or why there is none.
pub type RunForPrint = (Run, Config, Result<Press, CommandError>);

/// The same as [`run`] with the press prepared before the check, so that letters that no font shows are among the findings.
/// The fonts of the folder `fonts` come first.
pub fn run_for_print(dir: &Path, fonts: Option<PathBuf>, ui: &Ui) -> Result<RunForPrint, CommandError> {
    let (consolidated, config) = read(dir, ui)?;
    let press = attempt(|| Press::open(dir, fonts, &consolidated.city, &config, ui.lang));
    let shows = |c| press.as_ref().is_ok_and(|press| press.shows(c));
    let shows: Option<&dyn Fn(char) -> bool> = if press.is_ok() { Some(&shows) } else { None };
    let run = check(consolidated, &config, shows, ui)?;
    if let Ok(press) = &press {
        press.tell_what_it_uses(ui);
    }
    Ok((run, config, press))
}

fn read(dir: &Path, ui: &Ui) -> Result<(Consolidated, Config), CommandError> {
    ui.works_on(dir);
    if dir.is_dir()
        && let Some(above) = plan_year_above(dir)
    {
        let [dir, above] = [dir, &above].map(|folder| render::folder(folder, ui.lang));
        ui.note(&ui.lang.pick(
            format!(
                "{dir}는 {above}의 일부입니다. 설정(planbook.toml)과 지난 차수의 기록은 {above}에 있어 쓰지 않습니다. \
                 전체를 뜻하셨으면 {above}로 다시 실행하십시오"
            ),
            format!(
                "{dir} is a part of {above}, whose planbook.toml and ledger are not used here; for the whole, run this on {above}"
            ),
        ));
    }
    let config = Config::load(dir)?;
    let result = pipeline::read(dir, &config, reader::worker().as_ref(), &mut |stage| ui.progress(stage));
    ui.progress_done();
    Ok((result?, config))
}

fn check(
    consolidated: Consolidated,
    config: &Config,
    shows: Option<&dyn Fn(char) -> bool>,
    ui: &Ui,
) -> Result<Run, CommandError> {
    ui.progress(Stage::Checking);
    let result = consolidated.check(config, shows);
    ui.progress_done();
    let run = result?;
    for line in render::passed_over(&run.passed_over, ui.lang, ui.verbose) {
        ui.say(&line);
    }
    Ok(run)
}

/// The same for a workbook that lies in no plan-year folder.
pub fn run_alone(file: &Path, ui: &Ui) -> Result<(Run, Config), CommandError> {
    ui.note(ui.lang.pick(
        "이 통합 문서만 점검합니다. 다른 부서의 계획과 맞추어 보려면 한 해 폴더의 workbooks 폴더에 넣으십시오",
        "only this workbook is checked; to compare it with other plans, put it into the folder `workbooks` of a plan year",
    ));
    let (config, worker) = (Config::default(), reader::worker());
    let result = pipeline::run_workbook(file, &config, worker.as_ref(), &mut |stage| ui.progress(stage));
    ui.progress_done();
    Ok((result?, config))
}

/// Says in one line what came of `run` and gives the exit code.
pub fn finish(run: &Run, ui: &Ui) -> Exit {
    ui.say(&render::summary(run, ui.lang));
    if !run.findings.is_empty() {
        let check = ui.command("check", &[]);
        ui.say(&ui.lang.pick(
            format!("지적 사항은 {} 볼 수 있습니다", offer::with(&check, "으로/로")),
            format!("`{check}` shows the findings"),
        ));
    }
    Exit::of(&run.findings)
}

/// Puts the outputs of one run in their places.
pub struct Outputs<'a> {
    context: Context<'a>,
    run: &'a Run,
    /// The plan-year folder.
    dir: &'a Path,
    output: Output,
    ui: &'a Ui,
}

impl<'a> Outputs<'a> {
    /// Outputs of `run`, made from the folder `dir`, into `out`.
    pub fn open(
        dir: &'a Path,
        out: &Path,
        run: &'a Run,
        config: &'a Config,
        ui: &'a Ui,
    ) -> Result<Self, CommandError> {
        let plans = run.city.submissions.iter().map(|submission| &*submission.file);
        let output = Output::new(out, dir)?.protecting(plans);
        let context = Context { city: &run.city, config };
        Ok(Self { context, run, dir, output, ui })
    }

    /// What the outputs are made from.
    pub fn context(&self) -> &Context<'a> {
        &self.context
    }

    /// Says which outputs are new, and which are not because making them `failed`: a file is replaced whole or not at
    /// all, a folder file by file.
    pub fn tell_half_way(&self, failed: &[&str]) {
        let (files, folders): (Vec<&str>, Vec<&str>) = failed.iter().partition(|name| name.contains('.'));
        let list = |names: &[&str]| names.join(", ");
        let new = list(&new_files().iter().map(String::as_str).collect::<Vec<_>>());
        let lang = self.ui.lang;
        let mut parts = Vec::new();
        if !new.is_empty() {
            parts.push(lang.pick(format!("새로 만든 것: {new}"), format!("new: {new}")));
        }
        if !files.is_empty() {
            let files = list(&files);
            parts.push(lang.pick(
                format!("만들지 못해 이전 것이 있으면 그대로인 것: {files}"),
                format!("not made, an earlier one is untouched: {files}"),
            ));
        }
        if !folders.is_empty() {
            let folders = list(&folders);
            parts.push(lang.pick(
                format!("일부만 새것일 수 있는 폴더: {folders}"),
                format!("perhaps new only in part: {folders}"),
            ));
        }
        self.ui.note(&parts.join(" · "));
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
        let links_base = self.output.path_to_plans();
        let rounds = self.rounds();
        let findings = &self.run.findings;
        let bytes = cascade::workbook(&self.context, findings, &rounds, self.ui.lang, links_base.as_deref())?;
        self.put("cascade.xlsx", &bytes)
    }

    /// The round each workbook is in. Without a readable ledger there is no telling, which is no reason to fail.
    fn rounds(&self) -> Rounds {
        Ledger::load(self.dir).map(|ledger| Board::of(self.run, &ledger).rounds()).unwrap_or_default()
    }

    /// `scorecards/`. What was entered on scorecards of this year, in their folder or among the plans, stands on the new ones;
    /// those of another year go into a folder of their own, and one that holds what would be lost is kept under another name.
    pub fn scorecards(&self) -> Result<(), CommandError> {
        let (city, lang) = (self.context.city, self.ui.lang);
        let folder = self.output.path(scorecard::FOLDER)?;
        let old = read_folder(&folder, self.context.config);
        let ids = RowIds::of(city);
        let entries = Entries::of(old.iter().chain(city.workbooks()), city, &ids);
        let names = scorecard::names(city);
        let made = scorecard::workbooks(&self.context, &self.run.findings, &entries, lang)?;
        let mut moved: BTreeMap<String, usize> = BTreeMap::new();
        let (mut spent, mut gone) = (0usize, 0usize);
        for file in &old {
            let name = format!("{}/{}", scorecard::FOLDER, file.file);
            let fate = scorecard::fate(file, &names, (city, &ids), &entries, lang);
            match fate {
                Fate::Stays => {}
                Fate::Left(why) => self.ui.note(&scorecards::kept(&file.file, &why, None, lang)),
                Fate::Aside(why) => {
                    let aside = files::set_aside(&self.output.path(&name)?)?;
                    self.ui.note(&scorecards::kept(&file.file, &why, Some(&aside), lang));
                }
                Fate::Spent | Fate::Gone => {
                    self.output.move_aside(&name, &format!("{}/{name}", files::earlier(lang)))?;
                    *if fate == Fate::Gone { &mut gone } else { &mut spent } += 1;
                }
                Fate::Elsewhere(place) => {
                    let place = format!("{}/{place}", scorecard::FOLDER);
                    self.output.move_aside(&name, &format!("{place}/{}", file.file))?;
                    *moved.entry(place).or_default() += 1;
                }
            }
        }
        let worked_on = self.set_worked_on_aside(&made)?;
        let place = self.output.path(format!("{}/{}", files::earlier(lang), scorecard::FOLDER))?;
        for line in scorecards::earlier(spent, gone, worked_on, &place, lang) {
            self.ui.note(&line);
        }
        for (place, count) in moved {
            self.ui.note(&scorecards::moved(count, &self.output.path(place)?, city.year, lang));
        }
        for scorecard in made {
            self.output.put(format!("{}/{}", scorecard::FOLDER, scorecard.name), &scorecard.bytes)?;
        }
        self.made(&folder);
        Ok(())
    }

    /// Moves away the scorecards that somebody has saved and that `made` would replace: only the results on them stand on the new
    /// ones, not notes, sheets or formulas. Tells how many.
    fn set_worked_on_aside(&self, made: &[Scorecard]) -> Result<usize, CommandError> {
        let mut count = 0;
        for scorecard in made {
            let name = format!("{}/{}", scorecard::FOLDER, scorecard.name);
            let there = files::content(&self.output.path(&name)?);
            if there.is_empty() || there == scorecard.bytes || is_as_made(&there) {
                continue;
            }
            self.output.move_aside(&name, &format!("{}/{name}", files::earlier(self.ui.lang)))?;
            count += 1;
        }
        Ok(count)
    }

    /// `returned/`, and `data/returned.json`. Gives the receipts, and whether the covering messages are there: a template
    /// that is wrong stops only them.
    pub fn returned(&self) -> Result<(Vec<Receipt>, Result<(), CommandError>), CommandError> {
        self.ui.returning();
        let worker = reader::worker();
        let input = returned::Input {
            context: self.context,
            findings: &self.run.findings,
            lang: self.ui.lang,
            worker: worker.as_ref(),
        };
        let leftovers = returned::set_leftovers_aside(input, &self.output);
        let receipts = leftovers.and_then(|leftovers| {
            for line in render::leftovers(&leftovers, self.output.folder(), self.ui.lang) {
                self.ui.note(&line);
            }
            returned::write(input, &self.output)
        });
        self.ui.progress_done();
        let mut receipts = receipts?;
        let letters = self.templates(&LETTERS).map_err(Into::into).and_then(|templates| {
            returned::write_letters(input, &receipts, &templates, &self.output).map_err(CommandError::from)
        });
        if letters.is_err() {
            receipts.iter_mut().for_each(|receipt| receipt.letter = None);
        }
        let path = self.output.write(returned::RECEIPTS, |out| returned::write_receipts(&receipts, out))?;
        self.made(&self.output.path(returned::FOLDER)?);
        self.made(&path);
        for line in render::returned(&receipts, self.ui.lang, self.ui.verbose) {
            self.ui.say(&line);
        }
        Ok((receipts, letters))
    }

    /// `report.html`.
    pub fn report(&self, board: &Board) -> Result<(), CommandError> {
        let links_base = self.output.path_to_plans();
        let input = report::Input {
            context: self.context,
            findings: &self.run.findings,
            board,
            lang: self.ui.lang,
            links_base: links_base.as_deref(),
        };
        let page = report::page(&input, &self.templates(&report::TEMPLATES)?)?;
        self.put(report::FILE, page.as_bytes())
    }

    /// The templates of `set`, and which of them are the plan-year folder's own.
    fn templates(&self, set: &'static Set) -> Result<Templates, TemplateError> {
        let templates = Templates::of(self.dir, set)?;
        let own = templates.changed().collect::<Vec<_>>().join(", ");
        if !own.is_empty() {
            let folder = templates.folder();
            self.ui.say(&self.ui.lang.pick(
                format!("{folder} 폴더의 서식을 씁니다: {own}"),
                format!("using the templates in {folder}: {own}"),
            ));
        }
        Ok(templates)
    }

    /// `book.pdf`, or what it is called when it is about a part of the city or goes to the printer. Gives the findings that
    /// came up in it.
    pub fn book(&self, press: &Press) -> Result<Vec<Finding>, CommandError> {
        let book = self.print(press)?;
        self.put_book(press, &book)?;
        Ok(press.unset(&book, &self.context))
    }

    /// The book, to be put in its place later.
    pub fn print(&self, press: &Press) -> Result<Book, CommandError> {
        press.print(&self.context, &self.run.findings, self.ui.lang)
    }

    /// Puts the book in its place.
    pub fn put_book(&self, press: &Press, book: &Book) -> Result<(), CommandError> {
        let (name, pdf) = press.tell(book, self.ui);
        self.put(&name, pdf)
    }

    /// Says that the file `name`, which this run did not make, is there from an earlier one.
    pub fn tell_old(&self, name: &str) {
        if let Some(path) = self.output.path(name).ok().filter(|path| path.is_file()) {
            let path = shown(&path);
            self.ui.note(&self.ui.lang.pick(
                format!("{path}: 지난번에 만든 것이며, 이번 계획의 것이 아닙니다"),
                format!("{path} is of an earlier run and not of these plans"),
            ));
        }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), CommandError> {
        let path = self.output.write(name, |file| file.write_all(bytes))?;
        self.made(&path);
        Ok(())
    }

    fn made(&self, path: &Path) {
        let path = shown(path);
        if let Ok(mut new) = NEW.lock()
            && !new.contains(&path)
        {
            new.push(path.clone());
        }
        self.ui.say(&self.ui.lang.pick(format!("만들었습니다: {path}"), format!("made {path}")));
    }
}
