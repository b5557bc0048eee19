//! Texts of the cells of values: errors, and numbers with decimal commas.

use std::ops::Range;

use super::header::Columns;
use crate::plan::Field;
use crate::read::grid::Grid;

/// Whether a cell shows an error (ECMA-376 Part 1, 18.18.11; LibreOffice counts some of its own).
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

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `60,5`, `1.234,5`
    Comma,
    /// `60.5`, `1,234.5`
    Point,
    /// `1.234`: thousands in one language, thousandths in another.
    Groups,
    Other,
}

fn form(text: &str) -> Form {
    let number = text.trim().trim_start_matches(['-', '+']).trim_end_matches('%').trim_end();
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let grouped = |text: &str, by: char| {
        let mut groups = text.split(by);
        groups.next().is_some_and(|first| all(first) && first.len() <= 3)
            && groups.all(|group| all(group) && group.len() == 3)
    };
    if let Some((whole, decimals)) = number.rsplit_once(',') {
        let few = all(decimals) && (decimals.len() != 3 || whole == "0");
        return if few && (all(whole) || grouped(whole, '.')) { Form::Comma } else { Form::Other };
    }
    let Some((whole, decimals)) = number.rsplit_once('.') else { return Form::Other };
    match (all(decimals), decimals.len()) {
        (true, 3) if whole != "0" && grouped(number, '.') => Form::Groups,
        (true, _) if all(whole) || grouped(whole, ',') => Form::Point,
        _ => Form::Other,
    }
}

/// Whether the numbers of a table are written with decimal commas: some are, and none with a decimal point.
pub(super) fn has_decimal_commas(grid: &Grid, columns: &Columns, rows: Range<u32>) -> bool {
    let cols: Vec<u16> =
        columns.years.iter().map(|year| year.col).chain(columns.col(Field::Weight)).collect();
    let (mut comma, mut point) = (false, false);
    for (row, cells) in grid.rows_from(rows.start) {
        if row >= rows.end {
            break;
        }
        for (_, shown) in cells.iter().filter(|(col, _)| cols.contains(col)) {
            match form(&shown.text) {
                Form::Comma => comma = true,
                Form::Point => point = true,
                Form::Groups | Form::Other => {}
            }
        }
    }
    comma && !point
}

/// Whether a text is a number with a decimal comma.
pub(super) fn has_decimal_comma(text: &str) -> bool {
    form(text) == Form::Comma
}

/// A number with a decimal comma written with a point, its thousands without dots; none where it is no such number.
pub(super) fn with_point(text: &str) -> Option<String> {
    match form(text) {
        Form::Comma => Some(text.replace('.', "").replace(',', ".")),
        Form::Groups => Some(text.replace('.', "")),
        Form::Point | Form::Other => None,
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
