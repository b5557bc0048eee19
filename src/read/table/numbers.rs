//! Recognises spreadsheet errors and numbers with decimal commas.

use std::ops::Range;

use super::columns::TableColumns;
use crate::plan::Field;
use crate::read::grid::Grid;

/// Whether a cell shows an error (ECMA-376 Part 1, 18.18.11, and those of LibreOffice).
pub(super) fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 22] = [
        "#REF!",
        "#DIV/0!",
        "#N/A",
        "#VALUE!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#BUSY!",
        "#GETTING_DATA",
        "#UNKNOWN!",
        "#PYTHON!",
        "#EXTERNAL!",
        "#BEZUG!",
        "#WERT!",
        "#ZAHL!",
        "#NV",
        "#####",
    ];
    let text = text.trim();
    ERRORS.iter().any(|error| text.eq_ignore_ascii_case(error))
        || text
            .strip_prefix("Err:")
            .is_some_and(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()))
}

/// The notation of a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notation {
    /// `60,5`, `1.234,5`
    Comma,
    /// `60.5`, `1,234.5`
    Point,
    /// `1.234`: ambiguous, thousands or thousandths.
    Groups,
    Other,
}

fn notation(text: &str) -> Notation {
    let number = text.trim().trim_start_matches(['-', '+']).trim_end_matches('%').trim_end();
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let grouped = |text: &str, by: char| {
        let mut groups = text.split(by);
        groups.next().is_some_and(|first| all(first) && first.len() <= 3)
            && groups.all(|group| all(group) && group.len() == 3)
    };
    if let Some((whole, decimals)) = number.rsplit_once(',') {
        let few = all(decimals) && (decimals.len() != 3 || whole == "0");
        return if few && (all(whole) || grouped(whole, '.')) { Notation::Comma } else { Notation::Other };
    }
    let Some((whole, decimals)) = number.rsplit_once('.') else { return Notation::Other };
    match (all(decimals), decimals.len()) {
        (true, 3) if whole != "0" && grouped(number, '.') => Notation::Groups,
        (true, _) if all(whole) || grouped(whole, ',') => Notation::Point,
        _ => Notation::Other,
    }
}

/// Whether a table uses decimal commas: at least one number does, and none has a decimal point.
pub(super) fn has_decimal_commas(grid: &Grid, columns: &TableColumns, rows: Range<u32>) -> bool {
    let cols: Vec<u16> =
        columns.years.iter().map(|year| year.col).chain(columns.col(Field::Weight)).collect();
    let (mut comma, mut point) = (false, false);
    for (row, cells) in grid.rows_from(rows.start) {
        if row >= rows.end {
            break;
        }
        for (_, shown) in cells.iter().filter(|(col, _)| cols.contains(col)) {
            match notation(&shown.text) {
                Notation::Comma => comma = true,
                Notation::Point => point = true,
                Notation::Groups | Notation::Other => {}
            }
        }
    }
    comma && !point
}

/// Whether `text` is a number with a decimal comma.
pub(super) fn has_decimal_comma(text: &str) -> bool {
    notation(text) == Notation::Comma
}

/// Converts a number with a decimal comma to a decimal point without thousands dots; none for other texts.
pub(super) fn with_point(text: &str) -> Option<String> {
    match notation(text) {
        Notation::Comma => Some(text.replace('.', "").replace(',', ".")),
        Notation::Groups => Some(text.replace('.', "")),
        Notation::Point | Notation::Other => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_spreadsheets() {
        for text in ["#REF!", "#DIV/0!", "#n/a", "Err:502", "#BEZUG!"] {
            assert!(is_error(text), "{text}");
        }
        for text in ["#1", "Err", "Error", "N/A", "-", "0"] {
            assert!(!is_error(text), "{text}");
        }
    }

    #[test]
    fn decimal_commas_become_points() {
        for (text, plain) in [
            ("60,5", Some("60.5")),
            ("1.234,5", Some("1234.5")),
            ("12.500", Some("12500")),
            ("-0,5%", Some("-0.5%")),
            ("0,125", Some("0.125")),
            ("1,234", None),
            ("60.5", None),
            ("1,234.5", None),
            ("75", None),
            ("3,4단계", None),
        ] {
            assert_eq!(with_point(text).as_deref(), plain, "{text}");
        }
    }
}
