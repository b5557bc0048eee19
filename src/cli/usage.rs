//! Slips on the command line, in the user's language.

use clap::error::{ContextKind, ErrorKind};
use planbook::finding::Lang;
use planbook::source::visible;

use super::error::{self, Exit};
use super::ui::{Paint, Ui};

/// Prints help and version where they were asked for, else what is wrong with the command line.
pub fn report(error: &clap::Error, ui: &Ui) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader that has gone away is no error.
            let _ = ui.text(&rendered(error, ui.out));
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ui.complain(rendered(error, ui.err).trim_end());
            Exit::Failed
        }
        _ => {
            error::complain(ui, &slip(error, ui.lang));
            for line in hints(error, ui.lang) {
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

fn slip(error: &clap::Error, lang: Lang) -> String {
    let fact = |kind| visible(&error.get(kind).map(ToString::to_string).unwrap_or_default());
    let arg = fact(ContextKind::InvalidArg);
    let value = fact(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = fact(ContextKind::InvalidSubcommand);
            lang.pick(format!("없는 명령입니다: `{name}`"), format!("there is no command `{name}`"))
        }
        ErrorKind::UnknownArgument => {
            lang.pick(format!("이 명령에 쓸 수 없는 것입니다: `{arg}`"), format!("`{arg}` is not known here"))
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            lang.pick(format!("`{arg}` 뒤에 값을 적어야 합니다"), format!("`{arg}` needs a value"))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => lang.pick(
            format!("`{arg}`에 쓸 수 없는 값입니다: `{value}`"),
            format!("`{value}` is no value for `{arg}`"),
        ),
        ErrorKind::MissingRequiredArgument => {
            lang.pick(format!("빠진 것이 있습니다: {arg}"), format!("something is missing: {arg}"))
        }
        ErrorKind::ArgumentConflict => {
            let prior = fact(ContextKind::PriorArg);
            lang.pick(
                format!("함께 쓸 수 없습니다: `{arg}`, `{prior}`"),
                format!("`{arg}` and `{prior}` do not go together"),
            )
        }
        ErrorKind::MissingSubcommand => lang.pick("명령을 적어야 합니다", "a command is missing").to_owned(),
        _ => visible(error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ")),
    }
}

fn hints(error: &clap::Error, lang: Lang) -> Vec<String> {
    let mut hints = Vec::new();
    let suggested =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(near) = suggested.into_iter().find_map(|kind| error.get(kind)) {
        hints.push(lang.pick(format!("혹시 `{near}`입니까?"), format!("did you mean `{near}`?")));
    } else if let Some(known) = error.get(ContextKind::ValidValue) {
        hints.push(lang.pick(format!("쓸 수 있는 값: {known}"), format!("known values: {known}")));
    }
    hints.push(lang.pick("쓰는 법은 `planbook --help`로 볼 수 있습니다", "see `planbook --help`").to_owned());
    hints
}
