//! Help in the user's language.
//!
//! Every help text and value name is written as `한국어 | English` in the source, and only one of the two is
//! shown. This module also replaces clap's own words.

use clap::builder::{Resettable, StyledStr};
use clap::{Arg, Command};
use planbook::finding::Lang;
use unicode_width::UnicodeWidthStr;

/// Heading of the options of every command.
pub const GLOBAL: &str = "공통 선택 사항 | Global options";
const OPTIONS: &str = "선택 사항 | Options";
const ARGUMENTS: &str = "인수 | Arguments";
const COMMANDS: &str = "명령 | Commands";
const USAGE: &str = "사용법: | Usage:";
const HELP_NAME: &str = "help";
const HELP: &str = "도움말을 보여 줍니다 | Print help";
const COMMAND: &str = "명령 | COMMAND";
const HELP_COMMAND: &str = "명령의 도움말을 보여 줍니다 | Print the help of a command";

/// Translates all help of `command` and its subcommands into `lang`.
pub fn command(command: &mut Command, lang: Lang) {
    command.build();
    *command = localised(std::mem::take(command), lang);
}

fn localised(mut command: Command, lang: Lang) -> Command {
    let is_help = command.get_name() == HELP_NAME;
    if let Some(about) = command.get_about().map(|about| pick(about, lang)) {
        command = command.about(if is_help { of(HELP_COMMAND, lang).into() } else { about });
    }
    if let Some(after) = command.get_after_help().map(|after| pick(after, lang)) {
        command = command.after_help(after);
    }
    let (usage, how) = (of(USAGE, lang), usage(&command, lang));
    let mut place = 0;
    command
        .override_usage(how)
        .help_template(format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"))
        .subcommand_help_heading(of(COMMANDS, lang))
        .mut_args(|arg| {
            let arg = localised_arg(arg, lang);
            if !arg.is_positional() {
                return arg;
            }
            // In the order of declaration, which is the order of use.
            place += 1;
            arg.display_order(place)
        })
        .mut_subcommands(|sub| localised(sub, lang))
}

/// Returns the usage line: `planbook waive [폴더] <식별번호> --reason <사유> [선택 사항]`.
fn usage(command: &Command, lang: Lang) -> String {
    let name = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
    if command.get_name() == HELP_NAME {
        return format!("{name} [{}]", of(COMMAND, lang));
    }
    let shown = |arg: &&Arg| !arg.is_hide_set();
    let of_arg = |arg: &Arg| {
        let many = if arg.get_num_args().is_some_and(|range| range.max_values() > 1) { "..." } else { "" };
        let names = value_names(arg, lang).join(" ");
        if arg.is_required_set() { format!("<{names}>{many}") } else { format!("[{names}]{many}") }
    };
    let mut parts = vec![name.clone()];
    parts.extend(command.get_positionals().filter(shown).map(of_arg));
    let needed = command.get_opts().filter(|arg| arg.is_required_set());
    let long = needed.filter_map(|arg| Some(format!("--{} {}", arg.get_long()?, of_arg(arg))));
    parts.extend(long);
    let options = format!("[{}]", of(OPTIONS, lang));
    if command.get_subcommands().next().is_none() {
        parts.push(options);
        return parts.join(" ");
    }
    let (command, folder, workbook) =
        (of(COMMAND, lang), lang.pick("폴더", "DIR"), lang.pick("통합 문서", "WORKBOOK"));
    let below = " ".repeat(UnicodeWidthStr::width(of(USAGE, lang)) + 1);
    format!(
        "{name} <{command}> [{folder}] {options}\n{below}{name} <{folder}>\n{below}{name} <{workbook}>..."
    )
}

fn value_names(arg: &Arg, lang: Lang) -> Vec<String> {
    let one = |name: &str| name.split_once(" | ").map_or(name, |(ko, en)| lang.pick(ko, en)).to_owned();
    match arg.get_value_names() {
        // The argument of clap's own `help` command.
        _ if arg.get_id() == "subcommand" => vec![of(COMMAND, lang).to_owned()],
        names => names.unwrap_or_default().iter().map(|name| one(name)).collect(),
    }
}

/// Removes clap's lists of values and defaults, which are in English; the help texts name these themselves.
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
    let names = value_names(&arg, lang);
    let arg = if names.is_empty() { arg } else { arg.value_names(names) };
    // Removes the long help, which clap takes from doc comments.
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
