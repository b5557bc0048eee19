//! Decodes text of any encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::ReadError;

/// Decoded text, and how many characters were replaced by U+FFFD.
pub(super) struct Decoded {
    pub text: String,
    pub unreadable: usize,
}

/// Decodes `bytes`: by byte order mark, as UTF-8, as UTF-16 without a mark, as CP949 (the default of Korean
/// spreadsheets), else by a detector. A few bad bytes lose only their characters.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(Decoded::of(encoding, &bytes[mark..]));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        if text.contains('\0') {
            return utf16_without_mark(bytes);
        }
        return Ok(Decoded { text: text.to_owned(), unreadable: 0 });
    }
    if bytes.contains(&0) {
        return utf16_without_mark(bytes);
    }
    // encoding_rs names CP949 after its subset EUC-KR, as browsers do.
    let korean = Decoded::of(encoding_rs::EUC_KR, bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let mut guess = detector.guess(None, Utf8Detection::Allow);
    // Chinese text may decode as Korean, but then with far too many Chinese characters.
    let letters =
        |wanted: std::ops::RangeInclusive<char>| korean.text.chars().filter(|c| wanted.contains(c)).count();
    let is_korean = letters('一'..='\u{9fff}') * 10 < letters('가'..='힣');
    if guess == encoding_rs::EUC_KR && !is_korean && Decoded::of(encoding_rs::GBK, bytes).unreadable == 0 {
        guess = encoding_rs::GBK;
    }
    if korean.unreadable == 0 && is_korean {
        return Ok(korean);
    }
    let guessed = Decoded::of(guess, bytes);
    let utf8 = Decoded::of(encoding_rs::UTF_8, bytes);
    // Valid text with a few errors: few characters lost and many Hangul.
    let is_sound = |decoded: &Decoded| {
        let hangul = decoded.text.chars().filter(|c| ('가'..='힣').contains(c)).count();
        decoded.unreadable * 20 < hangul
    };
    let korean = is_korean.then_some(korean);
    let best =
        [Some(utf8), korean].into_iter().flatten().filter(is_sound).min_by_key(|decoded| decoded.unreadable);
    let best = best.unwrap_or(guessed);
    let is_text = best.unreadable * 10 <= best.text.chars().count();
    if is_text { Ok(best) } else { Err(ReadError::NotASpreadsheet("BIN".into())) }
}

impl Decoded {
    /// The text of `bytes` in `encoding`.
    pub(super) fn of(encoding: &'static Encoding, bytes: &[u8]) -> Self {
        let (text, any) = encoding.decode_without_bom_handling(bytes);
        let unreadable = if any { text.matches('\u{fffd}').count() } else { 0 };
        Self { text: text.into_owned(), unreadable }
    }
}

fn utf16_without_mark(bytes: &[u8]) -> Result<Decoded, ReadError> {
    // In UTF-16, every second byte of line ends and delimiters is zero.
    let zero_high = bytes.iter().skip(1).step_by(2).filter(|&&b| b == 0).count();
    let zero_low = bytes.iter().step_by(2).filter(|&&b| b == 0).count();
    let encoding = if zero_high >= zero_low { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if zero_high.max(zero_low) > 0 && !text.contains('\0') => {
            Ok(Decoded { text: text.into_owned(), unreadable: 0 })
        }
        _ => Err(ReadError::NotASpreadsheet("BIN".into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_any_code_page_is_read() {
        for (encoding, text) in [
            (
                encoding_rs::WINDOWS_1252,
                "Zufriedenheit der Bürger;Café & crèche;Qualité de l'été;Straßenlänge über",
            ),
            (
                encoding_rs::WINDOWS_1250,
                "Źródło wskaźnika;Zadowolenie mieszkańców;Liczba zgłoszeń;Ścieżki rowerowe",
            ),
            (encoding_rs::SHIFT_JIS, "基本目標,施策,指標名,単位,令和5年度実績,市民満足度の向上を図る"),
            (encoding_rs::GBK, "战略目标,绩效指标,单位,目标值,市民满意度,预算执行率,环境保护投资"),
            (encoding_rs::EUC_KR, "관점,전략목표,성과지표"),
        ] {
            let (bytes, ..) = encoding.encode(text);
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.unreadable), (text, 0), "{}", encoding.name());
        }
    }

    #[test]
    fn one_bad_byte_costs_its_letter_and_no_more() {
        let text = "관점,전략목표,성과지표,단위\n시민,살기 좋은 도시,시민만족도,점\n내부,효율적인 행정,예산집행률,%\n";
        for encoding in [encoding_rs::EUC_KR, encoding_rs::UTF_8] {
            let mut bytes = encoding.encode(text).0.into_owned();
            let at = bytes.len() - 3;
            bytes.insert(at, 0xff);
            let decoded = decode(&bytes).unwrap();
            assert!((1..=2).contains(&decoded.unreadable), "{}", encoding.name());
            assert!(decoded.text.starts_with("관점,전략목표"), "{}", encoding.name());
        }
    }
}
