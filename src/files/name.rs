//! File names made from the texts of plans: one rule for all outputs.

use std::path::Path;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::digest::hexadecimal;
use crate::source::escape_controls;

/// Limits of a name made from a text, in characters and bytes.
const LONGEST: usize = 60;
const MOST_BYTES: usize = 180;

/// Names that Windows reserves for devices, with and without an extension (Microsoft, Naming Files, Paths,
/// and Namespaces).
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
/// The same, followed by a digit.
const PORTS: [&str; 2] = ["COM", "LPT"];

/// A path for display, with characters that could control a terminal made visible.
pub fn shown(path: &Path) -> String {
    escape_controls(&path.to_string_lossy())
}

/// `text` as a file name without extension, or a part of one, valid on every system. Invalid characters
/// become `_`; nothing is hidden, reserved or invisible at the edges. Where that changes the text, a hash of
/// the whole text follows, so that no two texts share a name.
pub fn file_name(text: &str) -> String {
    let text: String = text.trim().nfc().collect();
    let mut name = String::new();
    for (count, c) in text.chars().filter(|&c| !is_invisible(c)).enumerate() {
        let c = if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '_' } else { c };
        if count == LONGEST || name.len() + c.len_utf8() > MOST_BYTES {
            break;
        }
        name.push(c);
    }
    // A leading dot hides a file, `~$` marks a lock file, and Windows drops trailing dots and spaces.
    let name = name.trim_start_matches(['.', '~', ' ']).trim_end_matches(['.', ' ']);
    let front = if name.is_empty() || is_reserved(name) { "_" } else { "" };
    if name == text && front.is_empty() {
        return text;
    }
    let print = &hexadecimal(&Sha256::digest(text.as_bytes()))[..6];
    format!("{front}{name}-{print}")
}

/// The same for each part of a path separated by `/`; the result cannot leave its folder.
pub fn path_name(path: &str) -> String {
    path.split('/').filter(|part| !part.is_empty()).map(file_name).collect::<Vec<_>>().join("/")
}

/// Whether Windows reserves the name for a device: the part before its first dot counts.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let numbered = |port: &&str| {
        let mut number = stem.strip_prefix(*port).unwrap_or_default().chars();
        matches!(number.next(), Some('0'..='9' | '¹' | '²' | '³')) && number.next().is_none()
    };
    DEVICES.contains(&stem.as_str()) || PORTS.iter().any(numbered)
}

/// Characters that cannot be seen and would make two names look alike.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_plain_name_stays_as_it_is() {
        for name in ["교통국", "기술심사담당관(국)", "IT·AI과 2팀", "a.b", "CONTROL", "COM10", "본부 (2)"]
        {
            assert_eq!(file_name(name), name);
        }
        assert_eq!(file_name(" 교통국 "), "교통국");
    }

    #[test]
    fn no_two_names_share_a_file() {
        let names = [
            "?", "*", "...", "a/b", "a\\b", "a_b", "CON", "con.txt", "nul", "COM1", "LPT¹", "", ".", "..",
            "a.", "a",
        ];
        let long = ["가".repeat(300), "가".repeat(301), "😀".repeat(80)];
        let files: BTreeSet<String> = names
            .into_iter()
            .chain(long.iter().map(String::as_str))
            .map(|name| file_name(name).to_lowercase())
            .collect();
        assert_eq!(files.len(), names.len() + long.len(), "{files:?}");
        assert!(file_name("?").starts_with("_-") && file_name("...").starts_with("_-"));
    }

    #[test]
    fn names_are_taken_by_every_system() {
        for name in [
            "CON",
            "aux.xlsx",
            "COM1",
            "...",
            ".숨김",
            "~$잠금",
            "끝.",
            "a\u{202e}b",
            "x\\..\\..\\evil",
            "탭\t",
            "NUL .x",
        ] {
            let file = file_name(name);
            assert!(
                !is_reserved(&file) && !file.starts_with(['.', '~', ' ']) && !file.ends_with(['.', ' ']),
                "{file}"
            );
            assert!(
                !file.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|'])
                    && !file.chars().any(char::is_control)
            );
        }
        assert!(file_name(&"😀".repeat(300)).len() < 200);
        assert!(file_name(&"가".repeat(300)).chars().count() < 70);
        let path = path_name("x\\..\\..\\evil/../a");
        assert!(path.split('/').all(|part| part != ".." && !part.contains('\\')), "{path}");
    }
}
