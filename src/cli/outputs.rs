//! Runs the library for the commands that make outputs, and reports what it did.

use std::path::Path;

use planbook::build::{self, BuildOptions, Built, Event, Outcome};
use planbook::files::shown;
use planbook::pipeline::{self, PipelineError, Run};
use planbook::project::Config;
use planbook::project::files::plan_year_above;
use planbook::write::{Detail, Notice, Told, Writer, returned};

use super::args::{FolderArg, OutArg};
use super::error::{CommandError, Exit};
use super::failure;
use super::offer;
use super::panics;
use super::places;
use super::reader;
use super::render;
use super::ui::Ui;

/// Reads, consolidates and checks `dir`, and reports which files were passed over.
pub fn run(dir: &Path, ui: &Ui) -> Result<(Run, Config), CommandError> {
    begin(dir, ui);
    let config = Config::load(dir)?;
    let result = pipeline::run(dir, &config, reader::worker().as_ref(), &mut |stage| ui.progress(stage));
    ui.progress_done();
    let run = result?;
    tell_passed_over(&run, ui);
    Ok((run, config))
}

/// Records the folder in use, and warns if it is only part of a plan year.
fn begin(dir: &Path, ui: &Ui) {
    ui.works_on(dir);
    let Some(above) = plan_year_above(dir).filter(|_| dir.is_dir()) else { return };
    let [dir, above] = [dir, &above].map(|folder| places::folder(folder, ui.lang));
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

fn tell_passed_over(run: &Run, ui: &Ui) {
    for line in render::passed_over(&run.passed_over, ui.lang, ui.verbose) {
        ui.say(&line);
    }
}

/// Reads and checks a single workbook outside any plan-year folder.
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

/// Prints a one-line summary of `run` and returns the exit code.
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

/// Returns the options for making outputs, in the language of `ui`.
pub fn options(ui: &Ui) -> BuildOptions {
    BuildOptions {
        lang: ui.lang,
        worker: reader::worker(),
        panicked_at: panics::last_position,
        ..BuildOptions::default()
    }
}

/// Runs one writer and reports the result.
pub fn write(folder: &FolderArg, out: &OutArg, writer: &dyn Writer, ui: &Ui) -> Result<Exit, CommandError> {
    let built = make(folder, out, &[writer], &options(ui), &|outcome| tell(outcome, ui), ui)?;
    end(built, ui)
}

/// Runs `writers`; passes each outcome to `told` when its writer has ended.
pub fn make(
    folder: &FolderArg,
    out: &OutArg,
    writers: &[&dyn Writer],
    options: &BuildOptions,
    told: &(dyn Fn(&Outcome) + Sync),
    ui: &Ui,
) -> Result<Built, CommandError> {
    begin(&folder.dir, ui);
    let built = build::write(&folder.dir, &out.out, writers, options, &|event| {
        match event {
        Event::Stage(stage) => ui.progress(stage),
        Event::Begun(name) if name == returned::FOLDER => ui.returning(),
        Event::Begun(_) => {}
        Event::Checked(run) => {
            ui.progress_done();
            tell_passed_over(run, ui);
        }
        Event::Press(notices) => notices.iter().for_each(|notice| tell_notice(notice, ui)),
        Event::Ended(outcome) => {
            ui.progress_done();
            told(outcome);
        }
        Event::Again => ui.note(ui.lang.pick(
            "책자에 적힌 대로 싣지 못한 계획이 있습니다. 모든 결과에 그 지적(R015)이 들도록 한 번 더 만듭니다",
            "a plan could not be set in the book as written; all outputs are made once more, to include that finding (R015)",
        )),
    }
    });
    ui.progress_done();
    Ok(built?)
}

/// Reports what a writer did.
pub fn tell(outcome: &Outcome, ui: &Ui) {
    for told in &outcome.written.told {
        match told {
            Told::Made(path) => {
                let path = shown(path);
                ui.say(&ui.lang.pick(format!("만들었습니다: {path}"), format!("made {path}")));
            }
            Told::Notice(notice) => tell_notice(notice, ui),
            Told::NoLedger(error) => failure::mention(&CommandError::Ledger(error.clone()), ui),
        }
    }
}

fn tell_notice(notice: &Notice, ui: &Ui) {
    match notice.detail {
        Detail::Full if !ui.verbose => {}
        Detail::Brief if ui.verbose => {}
        _ if notice.is_caution => ui.note(notice.text(ui.lang)),
        _ => ui.say(notice.text(ui.lang)),
    }
}

/// Prints the closing summary for one output and returns the exit code.
pub fn end(built: Built, ui: &Ui) -> Result<Exit, CommandError> {
    if let Some((_, error)) = build::failures(built.outcomes).into_iter().next() {
        return Err(error.into());
    }
    if built.none_readable {
        return Err(PipelineError::NoneReadable(Box::new(built.run)).into());
    }
    Ok(finish(&built.run, ui))
}
