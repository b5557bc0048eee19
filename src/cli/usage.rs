//! Reports errors on the command line in the user's language.

use clap::Command;
use clap::error::{ContextKind, ErrorKind};
use planbook::finding::{Lang, Wording};
use planbook::source::escape_controls;
use planbook::text::names;

use super::error::Exit;
use super::failure;
use super::offer;
use super::paint::Paint;
use super::ui::Ui;
use super::words::{asked, paths};

/// What an option or a command expects, with an example.
struct WantedArg {
    by: &'static str,
    what: Wording,
    like: Wording,
}

/// What options without a fixed list of values and commands with required arguments expect.
const WANTED: [WantedArg; 13] = [
    wanted(
        "--reason",
        "유예하는 까닭을 적으십시오",
        "give the reason for the waiver",
        "\"부서와 협의해 하반기에 고치기로 함\"",
        "\"agreed with the department\"",
    ),
    wanted("--date", "실제로 있는 날짜를 적으십시오", "give a date that exists", "2026-01-20", "2026-01-20"),
    wanted("--year", "연도는 네 자리 숫자로 적으십시오", "a year has four digits", "2027", "2027"),
    wanted(
        "--org",
        "조직의 이름을 적으십시오. 띄어쓰기가 있으면 큰따옴표로 묶습니다",
        "give the name of an organisation, in quotes if it contains spaces",
        "교통국",
        "\"Transport Bureau\"",
    ),
    wanted(
        "--parent",
        "상위 조직의 이름을 적으십시오. 띄어쓰기가 있으면 큰따옴표로 묶습니다",
        "give the name of the parent, in quotes if it contains spaces",
        "교통국",
        "\"Transport Bureau\"",
    ),
    wanted(
        "--code",
        "점검 코드를 적으십시오. 여럿이면 쉼표로 잇습니다",
        "give the code of a check; separate several with commas",
        "W101,T406",
        "W101,T406",
    ),
    wanted(
        "--file",
        "통합 문서의 이름을 적으십시오",
        "give the name of a workbook",
        "01_기획실.xlsx",
        "01_planning.xlsx",
    ),
    wanted(
        "--out",
        "결과를 저장할 폴더나 파일을 적으십시오",
        "give the folder or file for the results",
        "결과",
        "results",
    ),
    wanted("--fonts", "글꼴 파일이 있는 폴더를 적으십시오", "give a folder with font files", "글꼴", "fonts"),
    wanted(
        "--scorecards",
        "성과표가 있는 폴더를 적으십시오",
        "give the folder of the scorecards",
        "output/scorecards",
        "output/scorecards",
    ),
    wanted(
        "--severity",
        "심각도는 error(오류), warning(경고), info(참고) 가운데 하나입니다",
        "a severity is error, warning or info",
        "info",
        "info",
    ),
    wanted(
        "waive",
        "`planbook check`가 지적 사항마다 마지막 줄에 보여 주는 식별번호와, 유예하는 까닭을 적으십시오",
        "give the id that `planbook check` shows as the last line of a finding, and the reason for the waiver",
        "W101-f6559a211c --reason \"부서와 협의함\"",
        "W101-f6559a211c --reason \"agreed with the department\"",
    ),
    wanted(
        "diff",
        "비교할 이전 폴더나 통합 문서를 적으십시오",
        "give the earlier folder or workbook",
        "2025 2026",
        "2025 2026",
    ),
];

/// Korean names of the commands.
const CALLED: [(&str, &str); 17] = [
    ("만들기", "build"),
    ("점검", "check"),
    ("비교", "diff"),
    ("책자", "book"),
    ("연계도", "cascade"),
    ("내보내기", "export"),
    ("서식", "form"),
    ("보고서", "report"),
    ("반려", "return"),
    ("돌려주기", "return"),
    ("성과표", "scorecards"),
    ("점수", "score"),
    ("설명", "explain"),
    ("시작", "init"),
    ("현황", "status"),
    ("유예", "waive"),
    ("도움말", "help"),
];

const fn wanted(
    by: &'static str,
    ko: &'static str,
    en: &'static str,
    like: &'static str,
    like_en: &'static str,
) -> WantedArg {
    WantedArg { by, what: Wording { ko, en }, like: Wording { ko: like, en: like_en } }
}

/// Prints help or version where asked for, else what is wrong with the command line.
pub fn report(error: &clap::Error, command: &Command, ui: &Ui) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe is no error.
            let _ = ui.text(&rendered(error, ui.out));
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ui.complain(rendered(error, ui.err).trim_end());
            Exit::Failed
        }
        _ => {
            failure::complain(ui, &slip(error, ui.lang));
            let help = match ui.typed.command() {
                Some(name) if name != "help" => format!("planbook {name} --help"),
                _ => "planbook --help".to_owned(),
            };
            let see = ui.lang.pick(format!("쓰는 법은 `{help}`로 볼 수 있습니다"), format!("see `{help}`"));
            for line in advice(error, command, ui).into_iter().chain([see]) {
                ui.complain(&format!("  {line}"));
            }
            Exit::Failed
        }
    }
}

fn rendered(error: &clap::Error, paint: Paint) -> String {
    let text = error.render();
    if paint.is_on() { text.ansi().to_string() } else { text.to_string() }
}

fn fact(error: &clap::Error, kind: ContextKind) -> String {
    escape_controls(&error.get(kind).map(ToString::to_string).unwrap_or_default())
}

fn slip(error: &clap::Error, lang: Lang) -> String {
    let arg = fact(error, ContextKind::InvalidArg);
    let value = fact(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = fact(error, ContextKind::InvalidSubcommand);
            lang.pick(format!("없는 명령입니다: `{name}`"), format!("there is no command `{name}`"))
        }
        ErrorKind::UnknownArgument => lang.pick(
            format!("이 명령에 쓸 수 없는 것입니다: `{arg}`"),
            format!("`{arg}` cannot be used with this command"),
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.trim().is_empty() => {
            lang.pick(format!("`{arg}` 뒤에 값을 적어야 합니다"), format!("`{arg}` needs a value"))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => lang.pick(
            format!("`{arg}`에 쓸 수 없는 값입니다: `{value}`"),
            format!("`{value}` is not a valid value for `{arg}`"),
        ),
        ErrorKind::MissingRequiredArgument => {
            lang.pick(format!("빠진 것이 있습니다: {arg}"), format!("something is missing: {arg}"))
        }
        ErrorKind::ArgumentConflict => {
            let prior = fact(error, ContextKind::PriorArg);
            lang.pick(
                format!("함께 쓸 수 없습니다: `{arg}`, `{prior}`"),
                format!("`{arg}` and `{prior}` cannot be used together"),
            )
        }
        ErrorKind::MissingSubcommand => lang.pick("명령을 적어야 합니다", "a command is missing").to_owned(),
        _ => escape_controls(
            error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: "),
        ),
    }
}

/// Returns what to do about the error.
fn advice(error: &clap::Error, command: &Command, ui: &Ui) -> Option<String> {
    let lang = ui.lang;
    let arg = fact(error, ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = fact(error, ContextKind::InvalidSubcommand);
            paths::unquoted(&word, ui)
                .or_else(|| near_command(&word, command, lang))
                .or_else(|| paths::near(word.as_ref(), lang))
        }
        ErrorKind::UnknownArgument if arg.starts_with('-') => {
            suggested(error, lang).or_else(|| elsewhere(&arg, command, lang))
        }
        ErrorKind::UnknownArgument => paths::unquoted(&arg, ui)
            .or_else(|| too_many(&arg, ui))
            .or_else(|| near_command(&arg, command, lang)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let known = fact(error, ContextKind::ValidValue);
            let known = Some(known)
                .filter(|known| !known.is_empty())
                .map(|known| lang.pick(format!("쓸 수 있는 값: {known}"), format!("valid values: {known}")));
            suggested(error, lang).or_else(|| example(&arg, lang)).or(known)
        }
        ErrorKind::MissingRequiredArgument => match arg.split(", ").find(|arg| !arg.starts_with("--")) {
            Some(_) => example(ui.typed.command()?, lang),
            None => arg.split(", ").find_map(|arg| example(arg, lang)),
        },
        _ => None,
    }
}

fn suggested(error: &clap::Error, lang: Lang) -> Option<String> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let near = kinds.into_iter().find_map(|kind| error.get(kind))?;
    Some(lang.pick(format!("혹시 `{near}`입니까?"), format!("did you mean `{near}`?")))
}

/// Returns what the option or command at the start of `arg` expects.
fn example(arg: &str, lang: Lang) -> Option<String> {
    let by = arg.split(' ').next()?;
    let WantedArg { what, like, .. } = WANTED.iter().find(|wanted| wanted.by == by)?;
    let (what, like) = (lang.pick(what.ko, what.en), lang.pick(like.ko, like.en));
    let by = if by.starts_with('-') { by.to_owned() } else { format!("planbook {by}") };
    Some(lang.pick(format!("{what}. 예: `{by} {like}`"), format!("{what}, such as `{by} {like}`")))
}

fn near_command(word: &str, command: &Command, lang: Lang) -> Option<String> {
    let known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    if known.contains(&word) {
        return None;
    }
    let called = CALLED.iter().copied().filter(|(_, name)| known.contains(name));
    let near = names::near(word, known.iter().map(|name| (*name, *name)).chain(called));
    let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    asked::one_of(&near, lang)
}

/// Returns the commands that have an option this one lacks.
fn elsewhere(option: &str, command: &Command, lang: Lang) -> Option<String> {
    let name = option.trim_start_matches('-');
    let knows = |sub: &&Command| sub.get_arguments().any(|arg| arg.get_long() == Some(name));
    let names: Vec<&str> = command.get_subcommands().filter(knows).map(Command::get_name).collect();
    let names = Some(names.join(", ")).filter(|names| !names.is_empty())?;
    Some(lang.pick(
        format!("{} 쓰는 명령: {names}", offer::with(option, "을/를")),
        format!("the commands that take `{option}`: {names}"),
    ))
}

/// Returns the message about a superfluous word.
fn too_many(word: &str, ui: &Ui) -> Option<String> {
    let is_there = std::path::Path::new(word).exists();
    is_there.then(|| {
        let words = match ui.typed.command() {
            Some("diff") => ui.lang.pick("한 번에 둘만 비교합니다", "this command compares two at a time"),
            _ => ui.lang.pick("이 명령은 폴더 하나로 실행합니다", "this command takes one folder at a time"),
        };
        words.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_option_with_a_value_has_an_example_or_a_list_of_values() {
        let command = super::super::Cli::command();
        for arg in command.get_subcommands().flat_map(Command::get_arguments) {
            let Some(long) = arg.get_long().filter(|_| arg.get_action().takes_values()) else { continue };
            let is_told = example(&format!("--{long} <X>"), Lang::Ko).is_some();
            assert!(is_told || !arg.get_possible_values().is_empty(), "--{long}");
        }
    }
}
