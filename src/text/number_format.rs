//! Spreadsheet number formats. The only module that uses the library for them. The library is young and panics
//! at some codes; here these give `None`, like every code that it does not accept.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ssfmt::{DateSystem, FormatOptions};

/// A parsed format code.
pub struct NumberFormat(ssfmt::NumberFormat);

impl NumberFormat {
    /// Parses `code`; `None` if the library cannot.
    pub fn parse(code: &str) -> Option<Self> {
        guarded(|| ssfmt::NumberFormat::parse(code).ok()).map(Self)
    }

    /// Whether the format adds a %.
    pub fn is_percentage(&self) -> bool {
        self.0.is_percentage()
    }

    /// Formats `number`; with `date1904` dates count from 1904, as on old Macs. `None` if the library cannot.
    pub fn show(&self, number: f64, date1904: bool) -> Option<String> {
        let date_system = if date1904 { DateSystem::Date1904 } else { DateSystem::Date1900 };
        let options = FormatOptions { date_system, ..FormatOptions::default() };
        guarded(|| self.0.try_format(number, &options).ok())
    }
}

/// The format code of a built-in id, the same in all languages.
pub fn built_in(id: u32) -> &'static str {
    ssfmt::format_code_from_id(id).unwrap_or("")
}

fn guarded<T>(work: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok().flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_format_with_a_stray_bracket_stopped_the_library() {
        assert!(NumberFormat::parse("]General").is_none());
    }

    #[test]
    fn the_library_formats_as_excel_does() {
        let shown =
            |code: &str, number| NumberFormat::parse(code).and_then(|format| format.show(number, false));
        let cases = [
            ("0%", 0.97, "97%"),
            ("#,##0", 1_234_567.0, "1,234,567"),
            ("#,##0.0", 1234.56, "1,234.6"),
            ("0.00E+00", 12_345.0, "1.23E+04"),
            ("yyyy-mm-dd", 46_203.0, "2026-06-30"),
            (r#"0"건""#, 3.0, "3건"),
            ("[Red]0.0", 2.5, "2.5"),
        ];
        for (code, number, text) in cases {
            assert_eq!(shown(code, number).as_deref(), Some(text), "{code}");
        }
        assert_eq!(built_in(9), "0%");
    }

    proptest! {
        #[test]
        fn no_code_panics(code in r"[\[\]0#?.,%;ymdhs@Eeral+ G*_\\/-]{0,12}", number in -1e9..1e9) {
            if let Some(format) = NumberFormat::parse(&code) {
                format.show(number, false);
            }
        }
    }
}
