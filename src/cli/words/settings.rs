//! Texts for a planbook.toml that cannot be used: each faulty line as written and as it should be.

use planbook::files::shown;
use planbook::finding::Lang;
use planbook::project::{ConfigError, FILE_NAME, Fault};
use planbook::source::escape_controls;
use unicode_width::UnicodeWidthStr;

use super::files::os_words;
use super::text::ErrorWords;

/// How many columns of a long line are shown on each side of the fault.
const AROUND: usize = 36;

/// Returns the text of `error`.
pub(super) fn words(error: &ConfigError, lang: Lang) -> ErrorWords {
    match error {
        ConfigError::Io { path, source } => ErrorWords::new(lang.pick(
            format!("{} 파일을 읽을 수 없습니다: {}", shown(path), os_words(source, lang)),
            format!("cannot read {}: {}", shown(path), os_words(source, lang)),
        )),
        ConfigError::Invalid { path, faults } => ErrorWords::new(lang.pick(
            format!("{} 파일에 고칠 곳이 있습니다", shown(path)),
            format!("{} has errors", shown(path)),
        ))
        .details(faults.iter().flat_map(|fault| fault_lines(fault, lang)).collect()),
        ConfigError::Misnamed { path } => ErrorWords::new(lang.pick(
            format!("설정 파일의 이름이나 자리가 달라 읽지 않습니다: {}", shown(path)),
            format!("the settings file has the wrong name or is in the wrong folder, so it is not read: {}", shown(path)),
        ))
        .hint(lang.pick(
            format!(
                "한 해 계획의 폴더에 {FILE_NAME}이라는 이름으로 두십시오. 끝의 .txt가 보이지 않으면 파일 탐색기의 ‘보기’에서 ‘파일 확장명’을 켜십시오. \
                 쓰지 않을 파일이면 지우거나 다른 이름으로 바꾸십시오"
            ),
            format!(
                "put it into the plan-year folder under the name {FILE_NAME} (if the Explorer hides a .txt at its end, turn on file name \
                 extensions); if you do not need it, delete it or give it an unrelated name"
            ),
        )),
    }
}

/// Returns what is wrong, the line with a caret under the fault, and the corrected line.
fn fault_lines(fault: &Fault, lang: Lang) -> Vec<String> {
    let Fault { line, column, message, written, instead } = fault;
    let place = lang.pick(format!("{line}줄 {column}칸"), format!("line {line}, column {column}"));
    let mut lines = vec![format!("{place}: {}", escape_controls(&message.text(lang)))];
    let (piece, under) = around(written, column - 1);
    if !piece.trim().is_empty() {
        lines.push(format!("    {piece}"));
        lines.push(format!("    {}^", " ".repeat(under)));
    }
    let head = lang.pick("  이렇게: ", "  better: ");
    match instead.as_deref().map(str::trim_end) {
        None => {}
        Some("") => lines.push(lang.pick("  이 줄은 지우십시오", "  delete this line").to_owned()),
        Some(instead) => {
            for (index, line) in instead.lines().enumerate() {
                let gap = " ".repeat(head.width());
                let head = if index == 0 { head } else { &gap };
                lines.push(format!("{head}{}", tidy(line)));
            }
        }
    }
    lines
}

/// Returns a line as a terminal shows it.
fn tidy(line: &str) -> String {
    escape_controls(&line.replace('\t', " "))
}

/// Returns the part of `line` around the letter `at`, and its width before that letter.
fn around(line: &str, at: usize) -> (String, usize) {
    let before: String = line.chars().take(at).collect();
    let behind: String = line.chars().skip(at).collect();
    let (before, behind) = (tidy(&before), tidy(&behind));
    let mut begin: String = before.chars().rev().scan(0, |width, c| fits(width, c).then_some(c)).collect();
    begin = begin.chars().rev().collect();
    let mut end: String = behind.chars().scan(0, |width, c| fits(width, c).then_some(c)).collect();
    if begin.len() < before.len() {
        begin.insert(0, '…');
    }
    if end.len() < behind.len() {
        end.push('…');
    }
    (format!("{begin}{end}"), begin.width())
}

fn fits(width: &mut usize, c: char) -> bool {
    *width += c.to_string().width();
    *width <= AROUND
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_stands_under_the_place_behind_korean_letters() {
        assert_eq!(around("예산 = 1", 3), ("예산 = 1".to_owned(), 5));
        let (piece, under) = around(&"가".repeat(100), 50);
        assert_eq!((piece.width(), under), (36 * 2 + 2, 37));
    }
}
