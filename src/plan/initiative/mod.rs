//! Codes of initiatives (주요사업 코드번호).

mod codes;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::Text;
use codes::Codes;
pub use codes::MalformedCode;

/// The content of a code cell or of a footnote of other initiatives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Initiatives {
    /// The cell as written.
    pub text: Text,
    /// The codes in regular form, in order: `경본-13`, or a bare number if no prefix is written.
    pub codes: Vec<Arc<str>>,
    /// The initiative's name, if one follows its number (`1. 창의서울포럼 운영`).
    pub name: Option<Arc<str>>,
    /// Codes not written in regular form.
    pub malformed: Vec<MalformedCode>,
}

/// Words in the label before the codes of other initiatives.
const LABELS: [&str; 6] = ["사업", "코드", "initiative", "project", "program", "code"];
/// Words that may end such a list.
const CLOSING: [&str; 4] = ["등", "외", "참조", "etc"];

impl Initiatives {
    /// Reads a code cell.
    ///
    /// Regular forms are `경본-13`, further numbers of the same prefix after a comma (`경본-13,19`, `경본-13~15`),
    /// codes separated by a comma, blank or line break, and numbers without a prefix, which are the
    /// department's own (`2`, `1. 창의서울포럼 운영`). A missing or other hyphen (`여성13`, `경본 23`) and a number
    /// separated by a blank alone (`한강-12 13`) are malformed. A cell that starts with `※` or `*` is a remark
    /// without codes.
    pub fn read(text: Text) -> Self {
        let line = plain(&text.text);
        let line = line.trim();
        if line.starts_with(['※', '*', '＊']) {
            return Self { text, ..Self::default() };
        }
        if let Some((codes, name)) = codes::numbered_names(line) {
            return Self { text, codes, name: Some(name), malformed: Vec::new() };
        }
        let Codes { codes, malformed, after, .. } = codes::scan(line, false);
        let is_name = after.first().is_some_and(|word| !CLOSING.contains(word));
        let name = is_name.then(|| Arc::from(after.join(" ")));
        Self { text, codes, name, malformed }
    }

    /// Reads a footnote such as `※ 기타주요사업 : 경본-5, 6`. A footnote about something else has no codes.
    pub fn read_footnote(text: Text) -> Self {
        let line = plain(&text.text);
        let found = codes::scan(&line, true);
        let label = found.before.join(" ").to_lowercase();
        let is_labelled = LABELS.iter().any(|word| label.contains(word));
        let is_list = found.after.iter().all(|word| CLOSING.contains(word));
        if (is_labelled && (is_list || found.has_regular)) || (is_list && found.has_regular) {
            return Self { text, codes: found.codes, name: None, malformed: found.malformed };
        }
        Self { text, ..Self::default() }
    }
}

/// `text` in NFC, without the invisible characters left by copying from web pages.
fn plain(text: &str) -> String {
    text.nfc().filter(|c| !matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')).collect()
}

#[cfg(test)]
mod tests;
