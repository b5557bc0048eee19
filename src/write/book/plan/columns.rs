//! The widths of the columns of a plan's table.

use super::super::measure::Measured;
use super::super::sheet::INSET_X;
use super::align::AlignedNumbers;
use super::table::PlanTable;
use crate::plan::{Content, Field};

/// Allowance for rounding between the widths measured here and those of the typesetter, in points.
pub(super) const SLACK: f64 = 0.5;
/// Running text or a number may be broken inside a word longer than this, in em.
const LONG_WORD: f64 = 9.0;
/// The same for any other word in a column of values.
const LONG_VALUE: f64 = 6.5;
/// A phrase longer than this may be broken between its words, in em.
const LONG_PHRASE: f64 = 5.0;
/// A heading's word longer than this may be broken, in em.
const LONG_LABEL: f64 = 8.0;

/// The widths that the columns need, independent of the type size.
pub(super) struct ColumnWidths(Vec<Need>);

/// The width that a column needs, in em.
#[derive(Clone, Copy)]
struct Need {
    /// The minimum: the width of its widest word.
    least: f64,
    /// The width it can use beyond that.
    wish: f64,
    /// Whether it holds running text, which can always use more width.
    prose: bool,
}

impl ColumnWidths {
    /// Measures the needs of `table`, whose cells are measured in `header` and `body`. `continued` is the
    /// width of the mark on a merged cell that continues from the previous page.
    pub(super) fn new(
        table: &PlanTable,
        header: &[Measured],
        body: &[Measured],
        numbers: &AlignedNumbers,
        continued: f64,
    ) -> Self {
        let mut columns: Vec<MeasuredColumn> = table
            .columns
            .iter()
            .enumerate()
            .map(|(x, column)| MeasuredColumn {
                need: Need {
                    least: if column.is_marked() { continued } else { numbers.width(x).min(LONG_WORD) },
                    wish: 0.0,
                    prose: column.content() == Content::Prose,
                },
                lengths: 0.0,
                squares: 0.0,
            })
            .collect();
        for (cell, text) in table.header.iter().zip(header).filter(|(cell, _)| cell.colspan == 1) {
            let need = &mut columns[cell.x].need;
            need.least = need.least.max(text.widest_word().min(LONG_LABEL));
        }
        for (cell, text) in table.body.iter().zip(body).filter(|(cell, _)| cell.colspan == 1) {
            columns[cell.x].add(text, cell.rowspan);
        }
        let mut needs: Vec<Need> = columns.into_iter().map(MeasuredColumn::into_need).collect();
        // The year columns should be equally wide.
        let years = || {
            table
                .columns
                .iter()
                .enumerate()
                .filter(|(_, column)| matches!(column.field(), Some(Field::Year(_))))
                .map(|(x, _)| x)
        };
        let widest = years().map(|x| needs[x].least).fold(0.0, f64::max);
        for x in years() {
            needs[x].wish = needs[x].wish.max(widest - needs[x].least);
        }
        Self(needs)
    }

    /// The total width that the columns need at type size `size` so that only over-long words are broken.
    pub(super) fn needed(&self, size: f64) -> f64 {
        self.0.iter().map(|need| need.points(size)).sum()
    }

    /// Distributes `total` points at type size `size`: first every column's minimum, then by the wishes, then
    /// the rest to the running text. If there is too little, the widest columns are narrowed.
    pub(super) fn widths(&self, total: f64, size: f64) -> Vec<f64> {
        let mut widths: Vec<f64> = self.0.iter().map(|need| need.points(size)).collect();
        let spare = total - self.needed(size);
        if spare <= 0.0 {
            let level = level(&widths, total);
            return widths.into_iter().map(|width| width.min(level)).collect();
        }
        let wished: f64 = self.0.iter().map(|need| need.wish * size).sum();
        let part = if wished > 0.0 { (spare / wished).min(1.0) } else { 0.0 };
        for (need, width) in self.0.iter().zip(&mut widths) {
            *width += need.wish * size * part;
        }
        let left = total - widths.iter().sum::<f64>();
        let prose: f64 =
            self.0.iter().zip(&widths).filter(|(need, _)| need.prose).map(|(_, width)| width).sum();
        for (_, width) in self.0.iter().zip(&mut widths).filter(|(need, _)| need.prose) {
            *width += left * *width / prose;
        }
        widths
    }
}

impl Need {
    fn points(&self, size: f64) -> f64 {
        self.least * size + 2.0 * INSET_X + SLACK
    }
}

/// Returns the width to which wider columns are cut so that all together take `total`.
fn level(widths: &[f64], total: f64) -> f64 {
    let mut sorted = widths.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (mut left, mut count) = (total, sorted.len());
    for width in sorted {
        if width * count as f64 > left {
            return left / count as f64;
        }
        left -= width;
        count -= 1;
    }
    total
}

/// A column whose cells are being measured.
struct MeasuredColumn {
    need: Need,
    lengths: f64,
    squares: f64,
}

impl MeasuredColumn {
    /// A text that spans `rows` rows can spread over as many lines.
    fn add(&mut self, text: &Measured, rows: usize) {
        let long = if self.need.prose { LONG_WORD } else { LONG_VALUE };
        let phrase = text.widest_phrase();
        let whole = if phrase <= LONG_PHRASE { phrase } else { text.widest_word().min(long) };
        self.need.least = self.need.least.max(whole);
        let length = text.natural() / rows as f64;
        self.lengths += length;
        self.squares += length * length;
    }

    /// The mean of the lengths, each weighted by itself: long texts make rows high and count for more.
    fn into_need(self) -> Need {
        let mean = if self.lengths > 0.0 { self.squares / self.lengths } else { 0.0 };
        Need { wish: (mean - self.need.least).max(0.0), ..self.need }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Lang;
    use crate::testing::plan;
    use crate::write::book::measure::Ruler;

    fn widths(kpi: &str, value: &str) -> Vec<f64> {
        let plan = plan("교통국", "가나시")
            .row(&format!("정책 | 시 | 지표 | 1% | 목표 | {kpi} | {value} | 2 | 3 | 4 | 건 | 1 | "))
            .build();
        let table = PlanTable::of(&plan, Lang::Ko);
        let ruler = Ruler::new(|_| 1.0);
        let measured = |cells: &[crate::write::book::plan::table::PlanCell]| -> Vec<Measured> {
            cells.iter().map(|cell| ruler.measure(&cell.text)).collect()
        };
        let numbers = AlignedNumbers::of(&table, &ruler);
        ColumnWidths::new(&table, &measured(&table.header), &measured(&table.body), &numbers, 0.0)
            .widths(760.0, 8.0)
    }

    #[test]
    fn the_columns_fill_the_width() {
        for (kpi, value) in [
            ("지표", "1"),
            (&*"긴 지표 이름 ".repeat(40), "응대율 80 배차율 80"),
            (&*"가".repeat(400), &*"9".repeat(400)),
        ] {
            assert!((widths(kpi, value).iter().sum::<f64>() - 760.0).abs() < 1e-6);
        }
    }

    #[test]
    fn a_value_keeps_its_widest_word_whole() {
        let plain = widths(&"아주 긴 지표 이름 ".repeat(20), "1");
        let wide = widths(&"아주 긴 지표 이름 ".repeat(20), "127,491");
        assert!(wide[6] >= 6.5 * 8.0 && wide[6] > plain[6], "{wide:?}");
    }

    #[test]
    fn the_years_are_equally_wide_where_there_is_room() {
        let wide = widths("지표", "12,491");
        assert!(wide[6..10].iter().all(|width| (width - wide[6]).abs() < 1e-6), "{wide:?}");
    }

    #[test]
    fn where_there_is_too_little_the_widest_columns_give_way() {
        assert_eq!(level(&[10.0, 40.0, 90.0], 100.0), 50.0);
        assert_eq!(level(&[10.0, 60.0, 90.0], 100.0), 45.0);
        assert_eq!(level(&[50.0, 50.0, 50.0], 90.0), 30.0);
    }

    #[test]
    fn running_text_takes_what_is_left() {
        let short = widths("지표", "1");
        assert!(short[5] > short[10] && short[4] > short[10]);
    }
}
