//! `[style]`: the house style.

use super::kinds::{colour, filled};
use super::section::{Section, SettingValue, named, parsed, table, text, that};
use crate::finding::Wording;
use crate::project::colour::{Rgb, WHITE, contrast};
use crate::project::style::{HouseStyle, NumberFormats, SeverityColourSettings};
use crate::text::NumberFormat;

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
/// The most characters of a font name (Excel).
const FONT_NAME: usize = 31;
/// The most characters of a number format (Excel).
const NUMBER_FORMAT: usize = 255;

impl HouseStyle {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let mut style = Self::default();
        section.set("font", &mut style.font, font);
        section.set("accent", &mut style.accent, colour);
        section.set("severity", &mut style.severity, table(SeverityColourSettings::read));
        section.set("perspectives", &mut style.perspectives, named(colour));
        section.set("numbers", &mut style.numbers, table(NumberFormats::read));
        style
    }
}

impl SeverityColourSettings {
    fn read(section: &mut Section<'_>) -> Self {
        let mut colours = Self::default();
        section.set_called(["error", "오류"], &mut colours.error, mark);
        section.set_called(["warning", "경고"], &mut colours.warning, mark);
        section.set_called(["info", "참고"], &mut colours.info, mark);
        colours
    }
}

impl NumberFormats {
    fn read(section: &mut Section<'_>) -> Self {
        let mut formats = Self::default();
        section.set("count", &mut formats.count, format);
        section.set("weight", &mut formats.weight, format);
        section.set("percent", &mut formats.percent, format);
        section.set("score", &mut formats.score, format);
        formats
    }
}

fn font(value: &mut SettingValue<'_>) -> Option<String> {
    let is_short = |font: &String| font.chars().count() <= FONT_NAME;
    that(filled, is_short, |font| FONT.with([("value", font.clone())]))(value)
}

/// A mark must differ from white: white cells are the department's own, not marks.
fn mark(value: &mut SettingValue<'_>) -> Option<Rgb> {
    let found = colour(value)?;
    if contrast(found, WHITE) >= VISIBLE {
        return Some(found);
    }
    let written = text(value)?;
    value.complain(TOO_LIGHT.with([("value", written)]))
}

fn format(value: &mut SettingValue<'_>) -> Option<String> {
    parsed(|format| shows_numbers(format).then(|| format.to_owned()), &NUMBERS)(value)
}

/// Whether a number stays readable when the spreadsheet shows it in this format.
fn shows_numbers(format: &str) -> bool {
    let shown = |format: NumberFormat| format.show(8.0, false).unwrap_or_default();
    !format.trim().is_empty()
        && format.chars().count() <= NUMBER_FORMAT
        && NumberFormat::parse(format).is_some_and(|parsed| shown(parsed).contains('8'))
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
