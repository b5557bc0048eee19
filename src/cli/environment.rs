//! What the environment says: language and colour.

use std::ffi::{OsStr, OsString};

use clap::ValueEnum;
use planbook::finding::Lang;

use super::args::{Color, Language};

/// What must be known before the arguments are parsed: the help and the errors of parsing depend on it.
#[derive(Clone, Copy, Debug)]
pub struct Early {
    pub lang: Lang,
    pub color: Color,
}

/// Looks for `--lang` and `--color` among `args`, and for the language in the environment.
pub fn before_parsing(args: &[OsString]) -> Early {
    Early {
        lang: option::<Language>(args, "--lang").map_or_else(language, Lang::from),
        color: option(args, "--color").unwrap_or_default(),
    }
}

fn option<T: ValueEnum>(args: &[OsString], name: &str) -> Option<T> {
    let args: Vec<&str> = args.iter().map_while(|arg| arg.to_str()).take_while(|arg| *arg != "--").collect();
    args.iter().enumerate().rev().find_map(|(index, arg)| {
        let value = match arg.strip_prefix(name)? {
            "" => args.get(index + 1)?,
            rest => rest.strip_prefix('=')?,
        };
        T::from_str(value, false).ok()
    })
}

/// English where the environment asks for it, else Korean. The first of the variables that is set decides, as for
/// other programs.
fn language() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable);
    match set {
        Some(locale) if locale.starts_with("en") => Lang::En,
        _ => Lang::Ko,
    }
}

/// Whether colours are unwanted or of no use, whatever the output is.
pub fn without_color() -> bool {
    variable("NO_COLOR").is_some() || variable("TERM").is_some_and(|term| term == "dumb")
}

#[allow(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var_os(OsStr::new(name))
        .map(|value| value.to_string_lossy().into_owned())
        .filter(|value| !value.is_empty())
}
