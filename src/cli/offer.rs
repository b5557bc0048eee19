//! Formats the commands that planbook suggests to the user; no other module writes them.

use std::ffi::OsString;
use std::path::Path;

use planbook::files::shown;
use planbook::finding::with_particle;

/// Returns a command for the plan-year folder `dir`, to be typed in the current folder: `planbook check 2026
/// --code W101`.
pub fn command(name: &str, dir: Option<&Path>, more: &[&str]) -> String {
    let mut words = vec!["planbook".to_owned(), name.to_owned()];
    words.extend(dir.filter(|dir| *dir != Path::new(".")).map(path));
    words.extend(more.iter().map(|word| quoted(word)));
    words.join(" ")
}

/// Returns a whole command line, starting with the program's name.
pub fn line(words: &[OsString]) -> String {
    let words = words.iter().map(|word| quoted(&shown(Path::new(word))));
    ["planbook".to_owned()].into_iter().chain(words).collect::<Vec<_>>().join(" ")
}

/// Returns `offered` in backticks with the Korean particle that fits its sound; `forms` as in a `Wording`.
pub fn with(offered: &str, forms: &str) -> String {
    with_particle(&format!("`{offered}`"), forms)
}

/// Returns a path as the user types it. `./` keeps a leading hyphen from being read as an option.
pub fn path(path: &Path) -> String {
    let path = shown(path);
    if path.starts_with('-') { quoted(&format!("./{path}")) } else { quoted(&path) }
}

/// Quotes `word` where a shell would split or change it.
pub fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./\\:,=+@%~".contains(c);
    let is_taken_apart = |c: char| if cfg!(windows) { c == '"' } else { "\"$`\\!".contains(c) };
    let has_backslash = !cfg!(windows) && word.contains('\\');
    if !word.is_empty() && word.chars().all(is_plain) && !has_backslash {
        word.to_owned()
    } else if word.chars().any(is_taken_apart) && !word.contains('\'') {
        format!("'{word}'")
    } else if cfg!(windows) {
        format!("\"{word}\"")
    } else {
        let escaped: Vec<String> = word
            .chars()
            .map(|c| if "\"$`\\".contains(c) { format!("\\{c}") } else { c.to_string() })
            .collect();
        format!("\"{}\"", escaped.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offered_command_has_quotes_where_a_shell_needs_them() {
        let check = |dir: &str| command("check", Some(Path::new(dir)), &[]);
        assert_eq!(check("."), "planbook check");
        assert_eq!(check("../서울-2009"), "planbook check ../서울-2009");
        assert_eq!(check("우리 시/2026"), "planbook check \"우리 시/2026\"");
        assert_eq!(check("계획(최종)"), "planbook check \"계획(최종)\"");
        assert_eq!(check("-2026"), "planbook check ./-2026");
        assert_eq!(
            command("waive", None, &["W101-1", "--reason", "부서 협의"]),
            "planbook waive W101-1 --reason \"부서 협의\""
        );
        assert_eq!(with("planbook check 2026", "을/를"), "`planbook check 2026`을");
        assert_eq!(with("planbook build \"2009년\"", "으로/로"), "`planbook build \"2009년\"`으로");
        assert_eq!(with("--year 2010", "으로/로"), "`--year 2010`으로");
        assert_eq!(quoted("$2026"), "'$2026'".replace('\'', if cfg!(windows) { "\"" } else { "'" }));
    }
}
