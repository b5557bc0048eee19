//! Numbers of a column, one below the other: units under units, decimals under decimals.
//!
//! A column's numbers stand in the middle of it as a whole. A text beside them stays in the middle by itself.

use super::super::measure::Ruler;
use super::table::Table;

/// How far each body cell's text stands right of the middle of its column, in em.
pub(super) fn shifts(table: &Table, ruler: &Ruler<'_>) -> Vec<f64> {
    let width = |text: &str| ruler.measure(text).natural();
    let numbers: Vec<Option<(f64, f64)>> = table
        .body
        .iter()
        .map(|cell| {
            let aligned = cell.colspan == 1 && table.columns[cell.x].is_value();
            let (whole, rest) = split(&cell.text).filter(|_| aligned)?;
            Some((width(whole), width(rest)))
        })
        .collect();
    let mut widest = vec![(0.0_f64, 0.0_f64); table.columns.len()];
    for (cell, &(whole, rest)) in table.body.iter().zip(&numbers).filter_map(|(c, n)| Some((c, n.as_ref()?)))
    {
        let column = &mut widest[cell.x];
        *column = (column.0.max(whole), column.1.max(rest));
    }
    let shift = |(cell, number): (&super::table::Cell, &Option<(f64, f64)>)| {
        let (most_whole, most_rest) = widest[cell.x];
        number.map_or(0.0, |(whole, rest)| ((most_whole - whole) - (most_rest - rest)) / 2.0)
    };
    table.body.iter().zip(&numbers).map(shift).collect()
}

/// A plain number as what stands before its point and the rest. `None` for any other text.
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
    fn units_stand_under_units_and_the_whole_in_the_middle() {
        let plan = ["6.19", "115", "-", "45.5", "127(491)"]
            .iter()
            .fold(plan("교통국", "가나시"), |plan, value| {
                plan.row(&format!("정책 | 시 | 지표 | 1% | 목표 | 지표 | {value} | 2 | 3 | 4 | 건 | 1 | "))
            })
            .build();
        let table = Table::of(&plan, Lang::Ko);
        let shifts = shifts(&table, &Ruler::new(|_| 1.0));
        let column: Vec<_> =
            table.body.iter().zip(shifts).filter(|(cell, _)| cell.x == 6).map(|(_, shift)| shift).collect();
        // Widest: three letters before the point, three from it on.
        let unit_digit = |text: &str, shift: f64| {
            let (whole, rest) = split(text).unwrap();
            (whole.len() as f64 - rest.len() as f64) / 2.0 + shift
        };
        assert_eq!(unit_digit("6.19", column[0]), 0.0);
        assert_eq!(unit_digit("115", column[1]), 0.0);
        assert_eq!(unit_digit("45.5", column[3]), 0.0);
        assert_eq!((column[2], column[4]), (0.0, 0.0));
    }
}
