//! Aligns the numbers of a column: units under units, decimals under decimals.
//!
//! On average a column's numbers are centred in it. Any other text is centred by itself.

use super::super::measure::Ruler;
use super::table::{PlanCell, PlanTable};
use crate::plan::Content;

/// The numbers of a table's body, measured in em.
pub(super) struct AlignedNumbers {
    /// For each cell, the widths before the point and from it on; `None` if the text is not a plain number.
    cells: Vec<Option<(f64, f64)>>,
    columns: Vec<Numeric>,
}

/// The numbers of a column.
#[derive(Clone, Copy, Default)]
struct Numeric {
    /// The greatest width before the point.
    whole: f64,
    /// The greatest width from the point on.
    rest: f64,
    /// How far right of the middle the point is set, so that the numbers are centred on average.
    point: f64,
}

impl AlignedNumbers {
    /// Measures the numbers of `table`.
    pub(super) fn of(table: &PlanTable, ruler: &Ruler<'_>) -> Self {
        let width = |text: &str| ruler.measure(text).natural();
        let number = |cell: &PlanCell| {
            let aligned = cell.colspan == 1 && table.columns[cell.x].content() == Content::Number;
            let (whole, rest) = split(&cell.text).filter(|_| aligned)?;
            Some((width(whole), width(rest)))
        };
        let cells: Vec<_> = table.body.iter().map(number).collect();
        let column = |x: usize| {
            let numbers =
                table.body.iter().zip(&cells).filter(|(cell, _)| cell.x == x).filter_map(|(_, n)| *n);
            let (mut column, mut count) = (Numeric::default(), 0.0);
            for (whole, rest) in numbers {
                column.whole = column.whole.max(whole);
                column.rest = column.rest.max(rest);
                column.point += (whole - rest) / 2.0;
                count += 1.0;
            }
            Numeric { point: if count > 0.0 { column.point / count } else { 0.0 }, ..column }
        };
        let columns = (0..table.columns.len()).map(column).collect();
        Self { cells, columns }
    }

    /// Returns the width that the aligned numbers of column `x` take.
    pub(super) fn width(&self, x: usize) -> f64 {
        self.columns[x].whole + self.columns[x].rest
    }

    /// Returns how far right of the middle of column `x`, whose inner width is `inner`, the text of `cell` is
    /// set.
    pub(super) fn shift(&self, cell: usize, x: usize, inner: f64) -> f64 {
        let Some((whole, rest)) = self.cells[cell] else { return 0.0 };
        let column = self.columns[x];
        let (least, most) = (column.whole - inner / 2.0, inner / 2.0 - column.rest);
        let point = if least <= most { column.point.clamp(least, most) } else { column.point };
        let free = (inner - whole - rest).max(0.0) / 2.0;
        (point + (rest - whole) / 2.0).clamp(-free, free)
    }
}

/// Splits a plain number into the text before its point and the rest. `None` for any other text.
fn split(text: &str) -> Option<(&str, &str)> {
    let digits = text.trim_start_matches(['-', '+', '−', '△', '▲', '±']);
    let whole = digits.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
    let rest = whole.strip_suffix('%').unwrap_or(whole);
    let decimals = rest.strip_prefix('.').unwrap_or(rest);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && decimals.chars().all(|c| c.is_ascii_digit())
        && (rest.is_empty() || !decimals.is_empty());
    plain.then(|| text.split_at(text.len() - whole.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Lang;
    use crate::testing::plan;

    #[test]
    fn only_a_plain_number_is_aligned() {
        assert_eq!(split("1,742"), Some(("1,742", "")));
        assert_eq!(split("12.75"), Some(("12", ".75")));
        assert_eq!(split("△3.0%"), Some(("△3", ".0%")));
        for text in ["", "-", "127(491)", "4.6천만건", "80 90", "1.2.3", "5.", "기준점"] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    #[test]
    fn units_stand_under_units_wherever_the_column_has_the_room() {
        let values = ["6.19", "115", "-", "45.5", "127(491)"];
        let row =
            |value: &str| format!("정책 | 시 | 지표 | 1% | 목표 | 지표 | {value} | 2 | 3 | 4 | 건 | 1 | ");
        let plan = values.iter().fold(plan("교통국", "가나시"), |plan, value| plan.row(&row(value))).build();
        let table = PlanTable::of(&plan, Lang::Ko);
        let numbers = AlignedNumbers::of(&table, &Ruler::new(|_| 1.0));
        assert_eq!(numbers.width(6), 6.0);
        for inner in [6.0, 7.0, 20.0] {
            let cells = table.body.iter().enumerate().filter(|(_, cell)| cell.x == 6);
            let column: Vec<_> = cells.map(|(cell, _)| numbers.shift(cell, 6, inner)).collect();
            // Three, four and four letters: the point is at the middle plus what the shift adds.
            let points = [1.0 - 2.0 + column[0], 3.0 - 1.5 + column[1], 2.0 - 2.0 + column[3]];
            assert!(points.iter().all(|point| (point - points[0]).abs() < 1e-9), "{points:?}");
            assert_eq!((column[2], column[4]), (0.0, 0.0));
            assert!(points[0] - 3.0 >= -inner / 2.0 && points[0] + 3.0 <= inner / 2.0);
        }
    }
}
