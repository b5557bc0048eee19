//! The shared strings of a workbook (ECMA-376 Part 1, 18.4).

use quick_xml::events::Event;

use crate::read::ReadError;
use crate::read::grid::{CellText, MAX_LETTERS, one_line};
use crate::read::xml::{self, Document};

/// Maximum bytes in a cell.
pub(super) const MAX_BYTES: usize = MAX_LETTERS * 4;

/// The shared strings in order, as cells show them; none for a blank one.
pub(super) fn read(name: &str, content: &[u8]) -> Result<Vec<Option<CellText>>, ReadError> {
    let mut document = Document::new(name, content);
    let mut strings = Vec::new();
    loop {
        match document.next()? {
            Event::Start(e) if e.local_name().as_ref() == "si" => {
                strings.push(one_line(&rich(&mut document)?));
            }
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// The text of an `si` or `is`, after its start tag: all runs joined, without phonetic hints.
pub(super) fn rich(document: &mut Document<'_>) -> Result<String, ReadError> {
    let own = document.depth();
    let mut text = String::new();
    while document.depth() >= own {
        match document.next()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "rPh" => document.skip()?,
                "t" => {
                    let preserved = xml::attribute(&e, "space").is_some_and(|value| value == "preserve");
                    let mut run = String::new();
                    document.text(&mut run, MAX_BYTES)?;
                    let run = if preserved { &run } else { run.trim_matches([' ', '\t', '\r', '\n']) };
                    if text.len() <= MAX_BYTES {
                        push_unescaped(&mut text, run);
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(text)
}

/// Appends `written` to `text`, decoding escapes such as `_x000D_`: a UTF-16 code unit that XML cannot hold.
pub(super) fn push_unescaped(text: &mut String, written: &str) {
    let mut rest = written;
    let mut units = Vec::new();
    while let Some(at) = rest.find("_x") {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        units.clear();
        while let Some(unit) = escaped(rest) {
            units.push(unit);
            rest = &rest[7..];
        }
        if units.is_empty() {
            text.push('_');
            rest = &rest[1..];
        }
        let decoded = char::decode_utf16(units.iter().copied());
        text.extend(decoded.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
    text.push_str(rest);
}

/// The UTF-16 code unit of an escape at the start of `text`.
fn escaped(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_come_together_and_pronunciation_is_left_out() {
        let part = r#"<sst uniqueCount="9999999999"><si><t> 가 </t></si><si><r><rPr><b/></rPr><t xml:space="preserve">나 </t></r><r><t>다&amp;라</t></r>
            <rPh sb="0" eb="1"><t>마</t></rPh></si><si/><si><t>_x0041__xD83D__xDCF7_ _x5F_ _x005F_x0041_ _x가나다라_</t></si></sst>"#;
        let strings = read("s", part.as_bytes()).unwrap();
        let texts: Vec<Option<&str>> =
            strings.iter().map(|line| line.as_ref().map(|line| &*line.text)).collect();
        assert_eq!(texts, [Some("가"), Some("나 다&라"), None, Some("A📷 _x5F_ _x0041_ _x가나다라_")]);
    }

    #[test]
    fn a_string_is_truncated_to_the_limit_of_a_cell() {
        let part = format!("<sst><si><t>{}</t></si></sst>", "가나".repeat(100_000));
        let strings = read("s", part.as_bytes()).unwrap();
        assert_eq!(strings[0].as_ref().map(|line| line.text.chars().count()), Some(MAX_LETTERS));
        assert!(read("s", b"<sst><si><t>a</si></sst>").is_err());
    }
}
