//! The encoding of XML parts (XML 1.0, 4.3.3 and appendix F).

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The encoding label in an XML declaration at the beginning of `bytes`, as written.
pub fn declared_encoding(bytes: &[u8]) -> Option<&str> {
    let head = std::str::from_utf8(bytes.get(..bytes.len().min(200))?.split(|&b| b == b'>').next()?).ok()?;
    let after =
        head.strip_prefix("<?xml")?.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after[1..].split(quote).next()
}

/// The encoding of a part, and the length of its byte order mark.
pub(crate) fn encoding_of(part: &[u8]) -> (&'static Encoding, usize) {
    match part {
        [0xef, 0xbb, 0xbf, ..] => (UTF_8, 3),
        [0xff, 0xfe, ..] => (UTF_16LE, 2),
        [0xfe, 0xff, ..] => (UTF_16BE, 2),
        [b'<', 0, ..] => (UTF_16LE, 0),
        [0, b'<', ..] => (UTF_16BE, 0),
        _ => {
            let declared = declared_encoding(part).and_then(|label| Encoding::for_label(label.as_bytes()));
            // A part declared as UTF-16 but with single-byte characters is UTF-8.
            let declared = declared.filter(|encoding| ![UTF_16LE, UTF_16BE].contains(encoding));
            (declared.unwrap_or(UTF_8), 0)
        }
    }
}

/// Converts a part to UTF-8. A converted part loses its XML declaration, which would name the old encoding.
/// Undecodable bytes become U+FFFD.
pub(crate) fn to_utf8(part: Vec<u8>) -> Vec<u8> {
    let (encoding, mark) = encoding_of(&part);
    if encoding == UTF_8 {
        return part;
    }
    let (text, _) = encoding.decode_without_bom_handling(&part[mark..]);
    let body = match text.find("?>") {
        Some(end) if text.starts_with("<?xml") => &text[end + 2..],
        _ => &text,
    };
    body.as_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_in_the_encoding_it_names_is_read() {
        let (korean, ..) =
            encoding_rs::EUC_KR.encode(r#"<?xml version="1.0" encoding="euc-kr"?><a>목표</a>"#);
        assert_eq!(to_utf8(korean.into_owned()), "<a>목표</a>".as_bytes());
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>";
        assert_eq!(to_utf8(latin.to_vec()), "<a>é</a>".as_bytes());
        for kept in [r#"<?xml version="1.0" encoding="UTF-16"?><a>목표</a>"#, "<a/>", ""] {
            assert_eq!(to_utf8(kept.as_bytes().to_vec()), kept.as_bytes());
        }
    }
}
