//! What `planbook explain` prints: the doc comment of a check's own file.

use super::registry::source;
use crate::finding::{Code, Lang};

/// The explanation of a check in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The code.
    pub code: Code,
    /// What the check is called.
    pub title: &'static str,
    /// Meaning, example, how to resolve it; Markdown.
    pub text: String,
}

/// Explains `code`.
pub fn explain(code: Code, lang: Lang) -> Explanation {
    let title = lang.pick(code.title().ko, code.title().en);
    let lines: Vec<&str> = source(code)
        .lines()
        .take_while(|line| line.starts_with("//!"))
        .map(|line| line.trim_start_matches("//!").trim_start_matches(' '))
        .collect();
    let text = lines.join("\n");
    let (ko, en) = text.split_once("\n---\n").unwrap_or((&text, &text));
    Explanation { code, title, text: lang.pick(ko, en).trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_checked_and_explained_in_both_languages() {
        for &code in Code::ALL {
            let (ko, en) = (explain(code, Lang::Ko), explain(code, Lang::En));
            assert!(ko.text.len() > 100 && en.text.len() > 100, "{code} is not explained");
            assert_ne!(ko.text, en.text, "{code} is explained in one language only");
        }
    }
}
