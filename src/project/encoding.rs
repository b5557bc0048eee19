//! The encodings in which editors save planbook.toml.

use encoding_rs::Encoding;

/// Decodes `bytes`: by byte order mark, as UTF-8, as UTF-16 without a mark, or as CP949, in which older
/// Windows editors save Korean. A UTF-8 byte order mark is kept.
///
/// # Errors
/// When letters cannot be decoded; the text has U+FFFD in their place.
pub(super) fn decoded(bytes: &[u8]) -> Result<String, String> {
    if let Some((encoding, mark)) =
        Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != encoding_rs::UTF_8)
    {
        return all(encoding, &bytes[mark..]);
    }
    if bytes.contains(&0) {
        // In Latin letters, blanks and line ends, every second byte of UTF-16 is zero.
        let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
        let little = zeros(1) >= zeros(0);
        return all(if little { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE }, bytes);
    }
    all(encoding_rs::UTF_8, bytes).or_else(|text| all(encoding_rs::EUC_KR, bytes).map_err(|_| text))
}

fn all(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, String> {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    if bad { Err(text.into_owned()) } else { Ok(text.into_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_saved_by_an_older_editor_is_read() {
        let text = "# 설정\r\ncity = \"한빛시\"\r\n";
        let utf16 = |big: bool| -> Vec<u8> {
            text.encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            encoding_rs::EUC_KR.encode(text).0.into_owned(),
            [b"\xff\xfe".to_vec(), utf16(false)].concat(),
            [b"\xfe\xff".to_vec(), utf16(true)].concat(),
            utf16(false),
            utf16(true),
        ] {
            assert_eq!(decoded(&bytes).as_deref(), Ok(text));
        }
        assert!(decoded(b"city = \"\xff\xff\"").is_err());
    }
}
