//! Language and colour from the environment.

use std::ffi::{OsStr, OsString};

use clap::ValueEnum;
use planbook::finding::Lang;

use super::args::{Color, Language};

/// Settings needed before the arguments are parsed: the help and parse errors depend on them.
#[derive(Clone, Copy, Debug)]
pub struct Early {
    pub lang: Lang,
    pub color: Color,
}

/// Reads `--lang` and `--color` from `args`, and the language from the environment.
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
        T::from_str(value, true).ok()
    })
}

/// Returns the language of the environment. As in other programs, the first variable that is set decides.
fn language() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable);
    language_of(set.as_deref(), sys_locale::get_locale)
}

/// Returns the language of the locale `set`; where that names no language, that of the system locale; Korean
/// where neither names one.
fn language_of(set: Option<&str>, system: impl FnOnce() -> Option<String>) -> Lang {
    match set.and_then(named) {
        Some(lang) => lang,
        None => system().as_deref().and_then(named).unwrap_or(Lang::Ko),
    }
}

/// Returns the language that a locale (`ko_KR.UTF-8`, `en-US`, `C`) names.
fn named(locale: &str) -> Option<Lang> {
    let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default().to_lowercase();
    match language.as_str() {
        "" | "c" | "posix" => None,
        "ko" | "kor" | "korean" => Some(Lang::Ko),
        _ => Some(Lang::En),
    }
}

/// Whether the user or the terminal rules out colours, whatever the output is.
pub fn without_color() -> bool {
    variable("NO_COLOR").is_some() || variable("TERM").is_some_and(|term| term == "dumb")
}

#[allow(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var_os(OsStr::new(name))
        .map(|value| value.to_string_lossy().into_owned())
        .filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_other_language_than_korean_gets_english_and_no_language_korean() {
        let of = |set: Option<&str>, system: Option<&str>| language_of(set, || system.map(str::to_owned));
        for korean in ["ko_KR.UTF-8", "ko", "ko-KR", "Korean_Korea.949"] {
            assert_eq!(of(Some(korean), Some("en-US")), Lang::Ko, "{korean}");
        }
        for english in ["en_US.UTF-8", "de_DE", "ja_JP.eucJP", "fr"] {
            assert_eq!(of(Some(english), Some("ko-KR")), Lang::En, "{english}");
        }
        for none in [None, Some(""), Some("C"), Some("C.UTF-8"), Some("POSIX")] {
            assert_eq!(of(none, None), Lang::Ko, "{none:?}");
            assert_eq!(of(none, Some("ko-KR")), Lang::Ko, "{none:?}");
            assert_eq!(of(none, Some("C")), Lang::Ko, "{none:?}");
            assert_eq!(of(none, Some("de-DE")), Lang::En, "{none:?}");
        }
    }
}
