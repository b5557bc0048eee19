//! What `[style]` may not say.

use super::{Complaints, empty};
use crate::finding::Wording;
use crate::project::colour::{self, WHITE};
use crate::project::style::HouseStyle;

pub(super) static COLOUR: Wording = Wording {
    ko: "색이 아닙니다: `{value}`. #과 여섯 자리 16진수로 적으십시오 (예: #1f4e79)",
    en: "`{value}` is no colour; write # and six hexadecimal digits (as in #1f4e79)",
};
static TOO_LIGHT: Wording = Wording {
    ko: "흰 바탕과 구별되지 않는 색입니다: `{value}`. 더 진한 색을 적으십시오 (예: #9c1c1c)",
    en: "`{value}` cannot be told from white; write a stronger colour (as in #9c1c1c)",
};
static FONT: Wording = Wording {
    ko: "글꼴 이름이 너무 깁니다: `{value}`. 엑셀의 글꼴 이름은 31자까지입니다",
    en: "the font name `{value}` is too long; Excel takes up to 31 characters",
};
static NUMBERS: Wording = Wording {
    ko: "표시 형식이 아닙니다: `{value}`. 엑셀의 셀 서식(사용자 지정)에 적는 대로 적으십시오 (예: #,##0.0)",
    en: "`{value}` is no number format; write it as in Excel's Format Cells, Custom (as in #,##0.0)",
};

/// The least contrast to white of a colour that marks cells.
const VISIBLE: f64 = 1.15;
/// Characters of a font's name (Excel).
const FONT_NAME: usize = 31;
/// Characters of a number format (Excel).
const NUMBER_FORMAT: usize = 255;

impl HouseStyle {
    /// Every value of `[style]` that makes no sense.
    pub(super) fn complaints(&self, out: &mut Complaints) {
        if let Some(font) = &self.font {
            let at = ["style", "font"];
            out.unless(!font.trim().is_empty(), &at, || empty("font"));
            out.unless(font.chars().count() <= FONT_NAME, &at, || FONT.with([("value", font.clone())]));
        }
        if let Some(accent) = &self.accent {
            colour_complaint(out, accent, false, &["style", "accent"]);
        }
        let severities = [
            ("error", &self.severity.error),
            ("warning", &self.severity.warning),
            ("info", &self.severity.info),
        ];
        for (key, colour) in severities {
            if let Some(colour) = colour {
                // A mark must differ from white: cells that are white by the department's hand are no marks.
                colour_complaint(out, colour, true, &["style", "severity", key]);
            }
        }
        for (name, colour) in &self.perspectives {
            colour_complaint(out, colour, false, &["style", "perspectives", name]);
        }
        let numbers = &self.numbers;
        let formats = [
            ("count", &numbers.count),
            ("weight", &numbers.weight),
            ("percent", &numbers.percent),
            ("score", &numbers.score),
        ];
        for (key, format) in formats {
            let right = !format.trim().is_empty()
                && format.chars().count() <= NUMBER_FORMAT
                && ssfmt::NumberFormat::parse(format).is_ok_and(|parsed| shows_numbers(&parsed));
            let at = ["style", "numbers", key];
            out.unless(right, &at, || NUMBERS.with([("value", format.clone())]));
        }
    }
}

/// Whether a number can be read in what the format makes of it.
fn shows_numbers(format: &ssfmt::NumberFormat) -> bool {
    let text = format.try_format(8.0, &ssfmt::FormatOptions::default()).unwrap_or_default();
    text.contains('8')
}

fn colour_complaint(out: &mut Complaints, value: &str, visible: bool, at: &[&str]) {
    match colour::parse(value) {
        None => out.add(at, COLOUR.with([("value", value.to_owned())])),
        Some(parsed) => out.unless(!visible || colour::contrast(parsed, WHITE) >= VISIBLE, at, || {
            TOO_LIGHT.with([("value", value.to_owned())])
        }),
    }
}

#[cfg(test)]
mod tests {
    use crate::project::Config;

    #[test]
    fn each_slip_is_told_where_it_stands_and_what_is_right() {
        for (text, place, says) in [
            ("font = \" \"", "2:8", "`font` is empty"),
            ("accent = \"navy\"", "2:10", "six hexadecimal digits"),
            ("severity = { warning = \"#fffffe\" }", "2:24", "cannot be told from white"),
            ("perspectives = { \"시민\" = \"red\" }", "2:25", "six hexadecimal digits"),
            ("numbers = { percent = \"[[0\" }", "2:23", "is no number format"),
            ("numbers = { score = \"점\" }", "2:21", "is no number format"),
            ("severity = { fatal = \"#ff0000\" }", "2:14", "fatal"),
        ] {
            let faults = Config::parse(&format!("[style]\n{text}\n")).unwrap_err();
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            assert_eq!(faults.len(), 1, "{text}: {faults:?}");
            assert!(faults[0].starts_with(&format!("{place}: ")) && faults[0].contains(says), "{faults:?}");
        }
        for text in [
            "numbers = { percent = \"0%\", score = \"0.0\\\"점\\\"\" }",
            "severity = { warning = \"#ffeb3b\" }",
        ] {
            Config::parse(&format!("[style]\n{text}\n")).unwrap();
        }
    }
}
