//! Stored numbers as the sheet shows them (ECMA-376 Part 1, 18.8.31).

use std::collections::BTreeMap;

use calamine::DataRef;
use ssfmt::{DateSystem, FormatOptions, NumberFormat};

use super::grid::{Grid, Overflow};

/// Number formats, parsed once each.
#[derive(Default)]
pub(super) struct Formats {
    parsed: BTreeMap<String, Option<Parsed>>,
    options: FormatOptions,
}

struct Parsed {
    format: NumberFormat,
    percent: bool,
}

impl Formats {
    /// The formats of a workbook; with `date1904` its days count from 1904, as on old Macs.
    pub(super) fn counting_from(date1904: bool) -> Self {
        let date_system = if date1904 { DateSystem::Date1904 } else { DateSystem::Date1900 };
        Self { parsed: BTreeMap::new(), options: FormatOptions { date_system, ..FormatOptions::default() } }
    }

    /// Puts what a cell holds into the grid as it is shown under the format `code`.
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

    /// The text of `number` under the format `code`, and whether the format puts a % to it.
    pub(super) fn show(&mut self, number: f64, code: &str) -> (String, bool) {
        if code.is_empty() || code.eq_ignore_ascii_case("general") || code == "@" {
            return (general(number), false);
        }
        if code == "0" && number.fract() == 0.0 && number.abs() < 1e15 {
            return (format!("{number:.0}"), false);
        }
        if !self.parsed.contains_key(code) {
            let parsed = NumberFormat::parse(code).ok().map(|format| {
                let percent = format.is_percentage();
                Parsed { format, percent }
            });
            self.parsed.insert(code.to_owned(), parsed);
        }
        let (number, code) = (as_shown(number, code), code);
        match self.parsed.get(code) {
            Some(Some(parsed)) => match parsed.format.try_format(number, &self.options) {
                Ok(text) => (text, parsed.percent),
                Err(_) => (general(number), false),
            },
            _ => (general(number), false),
        }
    }
}

/// `number` rounded to the digits that the format `code` shows, half away from zero as its decimal digits are written: 1.005 under
/// 0.00 is 1.01, although the binary number lies below. Formats that scale by commas and dates are left to the library, which
/// then rounds nothing but what was rounded here.
fn as_shown(number: f64, code: &str) -> f64 {
    // The first section stands for all: sections differ in signs and words, seldom in digits.
    let section = code.split(';').next().unwrap_or(code);
    let mut bare = String::new();
    let mut quoted = false;
    let mut letters = section.chars();
    while let Some(c) = letters.next() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => while letters.next().is_some_and(|c| c != ']') {},
            c => bare.push(c.to_ascii_lowercase()),
        }
    }
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
    // How many decimals of the number itself are shown.
    let places = i32::try_from(decimals).unwrap_or(0) + 2 * percents - 3 * thousands;
    round_decimal(number, places)
}

/// `number` rounded to so many decimals, negative ones before the point, by the shortest digits that stand for it.
fn round_decimal(number: f64, places: i32) -> f64 {
    let shortest = format!("{:e}", number.abs());
    let Some((digits, exponent)) = shortest.split_once('e') else { return number };
    let (digits, exponent): (String, i32) = (digits.replace('.', ""), exponent.parse().unwrap_or(0));
    // The digit behind the last one that is kept.
    let kept = exponent + 1 + places;
    let Ok(kept) = usize::try_from(kept) else { return 0.0 };
    if kept >= digits.len() {
        return number;
    }
    let up = digits.as_bytes()[kept] >= b'5';
    let whole: f64 = digits[..kept].parse().unwrap_or(0.0);
    let rounded = (whole + f64::from(u8::from(up))) * 10f64.powi(-places);
    // Powers of ten are not exact: the nearest number that is written with these decimals.
    let decimals = usize::try_from(places.max(0)).unwrap_or(0);
    format!("{rounded:.decimals$}").parse::<f64>().unwrap_or(rounded).copysign(number)
}

/// A number in the format General: at most eleven digits, no trailing zeros.
pub(super) fn general(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    let size = number.abs();
    if size != 0.0 && !(1e-9..1e15).contains(&size) {
        return format!("{number:E}");
    }
    let whole = if size < 1.0 { 1.0 } else { size.log10().floor() + 1.0 };
    let decimals = (10.0 - whole).clamp(0.0, 9.0);
    let text = format!("{number:.0$}", decimals as usize);
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_as_a_person_sees_them() {
        let mut formats = Formats::default();
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
        ] {
            assert_eq!(formats.show(number, code), (text.to_owned(), percent), "{number} as {code}");
        }
    }

    #[test]
    fn dates_of_a_1904_workbook_are_not_read_four_years_early() {
        let mut formats = Formats::counting_from(true);
        assert_eq!(formats.show(44_741.0, "yyyy-mm-dd").0, "2026-06-30");
        assert_eq!(Formats::counting_from(false).show(46_203.0, "yyyy-mm-dd").0, "2026-06-30");
    }

    #[test]
    fn a_format_nobody_understands_still_shows_the_number() {
        assert_eq!(Formats::default().show(3.0, "[[[").0, "3");
    }
}
