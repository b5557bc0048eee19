//! Commands of later versions. The help names them, so that nobody searches for them, and they say what to
//! use until then.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command};
use planbook::finding::Wording;

/// A command that does not exist yet.
#[derive(Debug)]
pub struct Later {
    /// The name as typed on the command line.
    pub name: &'static str,
    about: &'static str,
    /// The command to use until then.
    pub instead: &'static str,
    /// The text saying what to use until then, with `{command}` for `instead` in backticks.
    pub meanwhile: &'static Wording,
}

static REPORT: Wording = Wording {
    ko: "그때까지는 {command|이/가} 만드는 report.html을 쓰십시오",
    en: "until then use report.html, which {command} makes",
};
static LATER: [Later; 1] = [Later {
    name: "serve",
    instead: "report",
    about: "[다음 버전] 웹 화면에서 씁니다 | [later] Use planbook on a local web page",
    meanwhile: &REPORT,
}];

/// Returns the later command called `name`.
pub fn find(name: &str) -> Option<&'static Later> {
    LATER.iter().find(|later| later.name == name)
}

/// Returns the folder among the arguments of a later command.
pub fn folder(args: &ArgMatches) -> Option<PathBuf> {
    let words = args.get_many::<String>("rest").into_iter().flatten();
    words.map(PathBuf::from).find(|path| Path::is_dir(path))
}

/// Adds the later commands to the help of `command`. They accept any arguments, so that the answer is always
/// the same.
pub fn add_to(command: Command) -> Command {
    command.subcommands(LATER.iter().map(|later| {
        let rest = Arg::new("rest").action(ArgAction::Append).num_args(0..).allow_hyphen_values(true);
        Command::new(later.name).about(later.about).arg(rest.trailing_var_arg(true).hide(true))
    }))
}
