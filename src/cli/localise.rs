//! Help in the user's language.
//!
//! Every help text and every name of a value is written as `한국어 | English`, both beside each other in the source;
//! only one of the two is
//! shown. The words clap itself brings are replaced here.

use clap::builder::{Resettable, StyledStr};
use clap::{Arg, Command};
use planbook::finding::Lang;

/// Heading of the options that every command knows.
pub const GLOBAL: &str = "공통 선택 사항 | Global options";
const OPTIONS: &str = "선택 사항 | Options";
const ARGUMENTS: &str = "인수 | Arguments";
const COMMANDS: &str = "명령 | Commands";
const USAGE: &str = "사용법: | Usage:";
const HELP: &str = "도움말을 보여 줍니다 | Print help";
const HELP_COMMAND: &str = "명령의 도움말을 보여 줍니다 | Print the help of a command";

/// Puts all help of `command` and its subcommands into `lang`.
pub fn command(command: &mut Command, lang: Lang) {
    command.build();
    *command = localised(std::mem::take(command), lang);
}

fn localised(mut command: Command, lang: Lang) -> Command {
    let is_help = command.get_name() == "help";
    if let Some(about) = command.get_about().map(|about| pick(about, lang)) {
        command = command.about(if is_help { of(HELP_COMMAND, lang).into() } else { about });
    }
    if let Some(after) = command.get_after_help().map(|after| pick(after, lang)) {
        command = command.after_help(after);
    }
    let usage = of(USAGE, lang);
    command
        .help_template(format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"))
        .subcommand_help_heading(of(COMMANDS, lang))
        .mut_args(|arg| localised_arg(arg, lang))
        .mut_subcommands(|sub| localised(sub, lang))
}

/// Values and defaults are named in the help texts themselves; clap would add them in English.
fn localised_arg(arg: Arg, lang: Lang) -> Arg {
    let is_help = arg.get_id() == "help";
    let heading = match arg.get_help_heading() {
        Some(_) => GLOBAL,
        None if is_help => GLOBAL,
        None if arg.is_positional() => ARGUMENTS,
        None => OPTIONS,
    };
    let help = if is_help {
        of(HELP, lang).into()
    } else {
        arg.get_help().map(|help| pick(help, lang)).unwrap_or_default()
    };
    let names: Vec<String> = arg
        .get_value_names()
        .unwrap_or_default()
        .iter()
        .map(|name| name.split_once(" | ").map_or(name.as_str(), |(ko, en)| lang.pick(ko, en)).to_owned())
        .collect();
    let arg = if names.is_empty() { arg } else { arg.value_names(names) };
    // A doc comment in the source is no longer text for users.
    arg.help(help)
        .long_help(Resettable::Reset)
        .help_heading(of(heading, lang))
        .hide_default_value(true)
        .hide_possible_values(true)
}

fn pick(text: &StyledStr, lang: Lang) -> StyledStr {
    let text = text.to_string();
    match text.split_once(" | ") {
        Some((ko, en)) => lang.pick(ko, en).trim().to_owned().into(),
        None => text.into(),
    }
}

fn of(both: &'static str, lang: Lang) -> &'static str {
    both.split_once(" | ").map_or(both, |(ko, en)| lang.pick(ko, en))
}
