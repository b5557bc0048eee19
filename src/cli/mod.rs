//! The command line: one file per command with its arguments, help and handler. Only this module prints and
//! reads the environment.

mod args;
mod book;
mod build;
mod cascade;
mod check;
mod diff;
mod eject;
mod environment;
mod error;
mod explain;
mod export;
mod failure;
mod filled;
mod filter;
mod form;
mod forms;
mod init;
mod later;
mod localise;
mod offer;
mod outputs;
mod overview;
mod paint;
mod panics;
mod places;
mod reader;
mod render;
mod report;
mod returned;
mod score;
mod scorecards;
mod settings_file;
mod shortcut;
mod status;
mod table;
mod typed;
mod ui;
mod untaken;
mod usage;
mod waive;
mod words;
mod wrap;

use std::ffi::OsString;
use std::panic;
use std::process::ExitCode;

use std::path::PathBuf;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use planbook::finding::Lang;

use self::args::GlobalArgs;
use self::error::{CommandError, Exit};
use self::typed::Typed;
use self::ui::Ui;

/// The whole command line. Help texts are Korean and English, parted by ` | `; see [`localise`].
#[derive(Debug, Parser)]
#[command(
    name = "planbook",
    version,
    about = "부서별 성과계획 통합 문서를 모아 점검하고 시 전체 계획으로 묶습니다 | \
             Gathers departments' performance-plan workbooks, checks them and consolidates them for the whole city",
    after_help = "폴더만 적거나 프로그램에 끌어다 놓으면 그 안의 output 폴더에 모든 결과를 만들고, 통합 문서만 적으면 그것을 점검합니다\n\
                  종료 코드: 0 끝남, 오류 없음 · 1 끝남, 오류 있음 · 2 실행하지 못함 | \
                  Given only a folder, typed or dropped on the program, planbook makes every output in its folder `output`; given only workbooks, it checks them\n\
                  Exit codes: 0 done, no errors · 1 done, errors found · 2 not done",
    disable_version_flag = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Check(check::Args),
    Diff(diff::Args),
    Book(book::Args),
    Cascade(cascade::Args),
    Export(export::Args),
    Form(form::Args),
    Forms(forms::Args),
    Report(report::Args),
    Return(returned::Args),
    Scorecards(scorecards::Args),
    Score(score::Args),
    Explain(explain::Args),
    Init(init::Args),
    Status(status::Args),
    Waive(waive::Args),
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    if reader::is_asked_for(&args) {
        return reader::run();
    }
    panics::record();
    let early = environment::before_parsing(&args);
    let exit = panic::catch_unwind(|| run(&args, early))
        .unwrap_or_else(|_| failure::report_panic(&Ui::plain(early.lang), &panics::last_position()));
    ExitCode::from(exit as u8)
}

fn run(args: &[OsString], early: environment::Early) -> Exit {
    // `Ui` wraps the help like all other text, so clap must not.
    let mut command = later::add_to(Cli::command().color(early.color.into()).term_width(0));
    localise::command(&mut command, early.lang);
    let typed = Typed::new(args, &command);
    let meant = shortcut::meant(&typed, early.lang);
    let args = meant.as_ref().map_or(typed.words(), |meant| &meant.args);
    let matches = match command.try_get_matches_from_mut(args) {
        Ok(matches) => matches,
        Err(error) => return usage::report(&error, &command, &Ui::early(early.lang, early.color, typed)),
    };
    let told = meant.as_ref().and_then(|meant| meant.told.as_deref());
    let (ui, result) = dispatch(&matches, told, &command, typed, early.lang);
    match result {
        Ok(exit) => exit,
        Err(error) => failure::report(&error, &ui),
    }
}

/// Runs the command in `matches`, after showing `told`: how planbook understood a shortcut.
fn dispatch(
    matches: &ArgMatches,
    told: Option<&str>,
    command: &clap::Command,
    typed: Typed,
    lang: Lang,
) -> (Ui, Result<Exit, CommandError>) {
    if let Some((name, rest)) = matches.subcommand()
        && let Some(later) = later::find(name)
    {
        let ui = Ui::plain(lang);
        later::folder(rest).iter().for_each(|dir| ui.works_on(dir));
        return (ui, Err(CommandError::Later(later)));
    }
    let cli = match Cli::from_arg_matches(matches) {
        Ok(cli) => cli,
        Err(error) => {
            let ui = Ui::plain(lang);
            let exit = usage::report(&error, command, &ui);
            return (ui, Ok(exit));
        }
    };
    let ui = Ui::new(&cli.global, lang, typed);
    if let Some(dir) = matches.subcommand().and_then(|(_, args)| args.try_get_one::<PathBuf>("dir").ok()?) {
        ui.works_on(dir);
    }
    if let Some(told) = told {
        ui.say(told);
    }
    let result = match cli.command {
        Command::Build(args) => args.run(&ui),
        Command::Check(args) => args.run(&ui),
        Command::Diff(args) => args.run(&ui),
        Command::Book(args) => args.run(&ui),
        Command::Cascade(args) => args.run(&ui),
        Command::Export(args) => args.run(&ui),
        Command::Form(args) => args.run(&ui),
        Command::Forms(args) => args.run(&ui),
        Command::Report(args) => args.run(&ui),
        Command::Return(args) => args.run(&ui),
        Command::Scorecards(args) => args.run(&ui),
        Command::Score(args) => args.run(&ui),
        Command::Explain(args) => args.run(&ui),
        Command::Init(args) => args.run(&ui),
        Command::Status(args) => args.run(&ui),
        Command::Waive(args) => args.run(&ui),
    };
    (ui, result)
}
