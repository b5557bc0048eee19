//! Formats stored numbers as the sheet shows them (ECMA-376 Part 1, 18.8.31).

pub(super) mod general;
mod section;

use std::collections::BTreeMap;

use calamine::DataRef;

use super::grid::{Grid, Overflow};
use crate::text::{NumberFormat, number_format};
use general::general;
use section::{FormatSection, choose, sections};

/// A cache of parsed number formats.
#[derive(Default)]
pub(super) struct NumberFormats {
    /// The sections of each code.
    split: BTreeMap<String, Vec<FormatSection>>,
    parsed: BTreeMap<String, Option<Parsed>>,
    date1904: bool,
}

/// A section of a format.
struct Parsed {
    format: NumberFormat,
    percent: bool,
}

impl NumberFormats {
    /// The formats of a workbook; with `date1904` dates count from 1904, as on old Macs.
    pub(super) fn counting_from(date1904: bool) -> Self {
        Self { date1904, ..Self::default() }
    }

    /// Adds a cell's value to the grid, formatted by `code`.
    pub(super) fn put(
        &mut self,
        grid: &mut Grid,
        (row, col): (u32, u32),
        value: &DataRef<'_>,
        code: &str,
    ) -> Result<(), Overflow> {
        let number = match value {
            DataRef::Empty => return Ok(()),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                return grid.put(row, col, text, false);
            }
            DataRef::SharedString(text) => return grid.put(row, col, text, false),
            DataRef::Bool(yes) => return grid.put(row, col, if *yes { "TRUE" } else { "FALSE" }, false),
            DataRef::Error(error) => return grid.put(row, col, &error.to_string(), false),
            DataRef::Int(number) => *number as f64,
            DataRef::Float(number) => *number,
            DataRef::DateTime(date) => date.as_f64(),
        };
        let (text, percent) = self.show(number, code);
        grid.put(row, col, &text, percent)
    }

    /// Formats `number` by `code`; also returns whether the format adds a %.
    pub(super) fn show(&mut self, number: f64, code: &str) -> (String, bool) {
        if code.is_empty() || code.eq_ignore_ascii_case("general") || code == "@" {
            return (general(number), false);
        }
        if code == "0" && number.fract() == 0.0 && number.abs() < 1e15 {
            return (format!("{number:.0}"), false);
        }
        let number = significant(number);
        let sections = self.split.entry(code.to_owned()).or_insert_with(|| sections(code));
        let is_only = sections.len() == 1;
        let Some((section, signed)) = choose(sections, number) else { return (general(number), false) };
        let number = if signed { number } else { number.abs() };
        if section.code.is_empty() && !is_only {
            // A missing section shows nothing.
            return (String::new(), false);
        }
        if let Some(text) = section.around(number) {
            return (text, false);
        }
        let number = as_shown(number, &section.bare);
        let parsed = self.parsed.entry(section.code.clone()).or_insert_with(|| {
            let format = NumberFormat::parse(&section.code)?;
            let percent = format.is_percentage();
            Some(Parsed { format, percent })
        });
        match parsed {
            Some(parsed) => match parsed.format.show(number, self.date1904) {
                Some(text) => (text, parsed.percent),
                None => (general(number), false),
            },
            None => (general(number), false),
        }
    }
}

/// The built-in format code of an id. Ids 27 to 36 and 50 to 58 are dates that depend on the language; these
/// are Korean Excel's (ECMA-376 Part 1, 18.8.30).
pub(super) fn built_in(id: u32) -> &'static str {
    match id {
        14 => "mm-dd-yy",
        27 | 36 | 50 | 57 => r#"yyyy"年" mm"月" dd"日""#,
        28 | 29 | 51 | 54 | 58 => "mm-dd",
        30 => "mm-dd-yy",
        31 => r#"yyyy"년" mm"월" dd"일""#,
        32 => r#"h"시" mm"분""#,
        33 => r#"h"시" mm"분" ss"초""#,
        34 | 35 | 52 | 53 | 55 | 56 => "yyyy-mm-dd",
        41 => r#"_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)"#,
        42 => r#"_($* #,##0_);_($* (#,##0);_($* "-"_);_(@_)"#,
        43 => r#"_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)"#,
        44 => r#"_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)"#,
        id => number_format::built_in(id),
    }
}

/// `number` rounded to the 15 significant digits that Excel shows; the rest is binary rounding error.
fn significant(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}

/// `number` rounded to the digits that a section shows, half away from zero by its decimal digits: 1.005
/// under 0.00 gives 1.01, although the binary number is smaller. Dates are left to the library.
fn as_shown(number: f64, bare: &str) -> f64 {
    let is_number =
        bare.contains(['0', '#', '?']) && !bare.contains(['y', 'm', 'd', 'h', 's', 'e', '/', '@']);
    if !is_number || !number.is_finite() || number.abs() >= 1e15 {
        return number;
    }
    let last = bare.rfind(['0', '#', '?']).unwrap_or(0);
    let thousands = i32::try_from(bare[last + 1..].chars().take_while(|&c| c == ',').count()).unwrap_or(0);
    let decimals = bare
        .find('.')
        .map_or(0, |point| bare[point..].chars().filter(|c| matches!(c, '0' | '#' | '?')).count());
    let percents = i32::try_from(bare.matches('%').count()).unwrap_or(0);
    // The decimals of the stored number that are shown.
    let places = i32::try_from(decimals).unwrap_or(0) + 2 * percents - 3 * thousands;
    round_decimal(number, places)
}

/// `number` rounded to `places` decimals (negative: digits before the point), by its shortest decimal
/// representation.
fn round_decimal(number: f64, places: i32) -> f64 {
    let shortest = format!("{:e}", number.abs());
    let Some((digits, exponent)) = shortest.split_once('e') else { return number };
    let (digits, exponent): (String, i32) = (digits.replace('.', ""), exponent.parse().unwrap_or(0));
    // The position of the first dropped digit.
    let kept = exponent + 1 + places;
    let Ok(kept) = usize::try_from(kept) else { return 0.0 };
    if kept >= digits.len() {
        return number;
    }
    let up = digits.as_bytes()[kept] >= b'5';
    let whole: f64 = digits[..kept].parse().unwrap_or(0.0);
    let rounded = (whole + f64::from(u8::from(up))) * 10f64.powi(-places);
    // Powers of ten are not exact; parsing the decimal text gives the nearest number.
    let decimals = usize::try_from(places.max(0)).unwrap_or(0);
    format!("{rounded:.decimals$}").parse::<f64>().unwrap_or(rounded).copysign(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_as_a_person_sees_them() {
        let mut formats = NumberFormats::default();
        for (number, code, text, percent) in [
            (0.97, "0%", "97%", true),
            (0.682, "0.0%", "68.2%", true),
            (28604.0, "#,##0", "28,604", false),
            (70.0, "0.0", "70.0", false),
            (71.18, "0", "71", false),
            (2.5, "General", "2.5", false),
            (0.1 + 0.2, "General", "0.3", false),
            (1234567.0, "#,##0.0,", "1,234.6", false),
            (-5.0, "0;\"△\"0", "△5", false),
            (2009.0, "0\"년\"", "2009년", false),
            (5.0, "", "5", false),
            (1e20, "General", "1E20", false),
            (1_234_567.0, "#,##0,", "1,235", false),
            (1_234_500_000.0, "#,##0.0,,", "1,234.5", false),
            (1.005, "0.00", "1.01", false),
            (-2.5, "0", "-3", false),
            (0.125, "0.0%", "12.5%", true),
            (0.0449, "0.0%", "4.5%", true),
            (1.45, "0.0", "1.5", false),
            (0.4, "0", "0", false),
            (-0.04, "0.0", "0.0", false),
            (1.0 - 0.9, "0.00000000000000000", "0.10000000000000000", false),
            (4.35 * 100.0 - 0.5, "0", "435", false),
            (0.285, "0%", "29%", true),
            (1234.5, "#,##0.0_);(#,##0.0)", "1,234.5 ", false),
        ] {
            assert_eq!(formats.show(number, code), (text.to_owned(), percent), "{number} as {code}");
        }
    }

    #[test]
    fn the_section_that_shows_a_number_decides_its_digits() {
        let mut formats = NumberFormats::default();
        for (number, code, text) in [
            (1234.0, r#"[>=1000000]0.0,,"백만";0"#, "1234"),
            (1_234_567.0, r#"[>=1000000]0.0,,"백만";0"#, "1.2백만"),
            (-1234.0, r#"[>=1000000]0.0,,"백만";0"#, "-1234"),
            (0.04, r#"0.0;-0.0;"-""#, "0.0"),
            (0.0, r#"0.0;-0.0;"-""#, "-"),
            (-1.25, "0;-0.00", "-1.25"),
            (-1.25, "0.00;△0.0", "△1.3"),
            (0.5, "[<1]0.00;[<10]0.0;0", "0.50"),
            (5.25, "[<1]0.00;[<10]0.0;0", "5.3"),
            (55.25, "[<1]0.00;[<10]0.0;0", "55"),
            (-5.0, "[<1]0.00;[<10]0.0;0", "-5.00"),
            (-5.0, "[<0]\"△\"0;0", "△5"),
            (-5.0, "[>=0]0;\"△\"0", "△5"),
            (-5.0, "[Red]General;[Blue]\"△\"General", "△5"),
            (12.5, "0.0;@", "12.5"),
            (-12.5, "0.0;@", "-12.5"),
            (0.0, "0;-0;;@", ""),
            (7.0, "\"a;b\"0;-0", "a;b7"),
        ] {
            assert_eq!(formats.show(number, code).0, text, "{number} as {code}");
        }
    }

    #[test]
    fn the_date_formats_of_korean_excel_show_dates() {
        let mut formats = NumberFormats::default();
        let shown = |id| formats.show(46_203.5, built_in(id)).0;
        let dates = [27, 28, 30, 31, 32, 33, 35, 57].map(shown);
        assert_eq!(
            dates,
            [
                "2026年 06月 30日",
                "06-30",
                "06-30-26",
                "2026년 06월 30일",
                "12시 00분",
                "12시 00분 00초",
                "2026-06-30",
                "2026年 06月 30日"
            ]
        );
    }

    #[test]
    fn dates_of_a_1904_workbook_are_not_read_four_years_early() {
        let mut formats = NumberFormats::counting_from(true);
        assert_eq!(formats.show(44_741.0, "yyyy-mm-dd").0, "2026-06-30");
        assert_eq!(NumberFormats::counting_from(false).show(46_203.0, "yyyy-mm-dd").0, "2026-06-30");
    }

    #[test]
    fn an_invalid_format_still_shows_the_number() {
        assert_eq!(NumberFormats::default().show(3.0, "[[[").0, "3");
    }
}
