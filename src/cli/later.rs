//! Commands that come with later versions: named in the help, so that nobody looks for them in vain, and plain about
//! what to use meanwhile.

use clap::{Arg, ArgAction, Command};
use planbook::finding::Wording;

/// A command that is not there yet.
#[derive(Debug)]
pub struct Later {
    /// What is typed.
    pub name: &'static str,
    about: &'static str,
    /// What to use until then.
    pub meanwhile: Wording,
}

const FINDINGS: Wording = Wording {
    ko: "그때까지는 `planbook check`의 목록이나 cascade.xlsx의 지적사항 시트를 쓰십시오",
    en: "until then use the list of `planbook check` or the sheet of findings in cascade.xlsx",
};
static LATER: [Later; 2] = [
    Later {
        name: "report",
        about: "[다음 버전] 한 쪽짜리 보고서를 만듭니다 | [later] A report on one page",
        meanwhile: FINDINGS,
    },
    Later {
        name: "serve",
        about: "[다음 버전] 웹 화면에서 씁니다 | [later] The same on a local web page",
        meanwhile: FINDINGS,
    },
];

/// The later command called `name`.
pub fn find(name: &str) -> Option<&'static Later> {
    LATER.iter().find(|later| later.name == name)
}

/// Adds the later commands to the help of `command`. They take any arguments, so that the answer is always the same.
pub fn add_to(command: Command) -> Command {
    command.subcommands(LATER.iter().map(|later| {
        let rest = Arg::new("rest").action(ArgAction::Append).num_args(0..).allow_hyphen_values(true);
        Command::new(later.name).about(later.about).arg(rest.trailing_var_arg(true).hide(true))
    }))
}
