//! How wide each column of a plan's table is.

use super::super::measure::Measured;
use super::super::sheet::INSET_X;
use super::table::Table;

/// Rounding between the widths measured here and those of the typesetter, in points.
pub(super) const SLACK: f64 = 0.5;
/// A word in running text longer than this may be broken, in em.
const LONG_WORD: f64 = 9.0;
/// Likewise in a column of values.
const LONG_VALUE: f64 = 6.5;

/// What the columns need, whatever the type size.
pub(super) struct Columns(Vec<Need>);

/// What a column needs, in em.
#[derive(Clone, Copy)]
struct Need {
    /// What it must have: the width of its widest word.
    least: f64,
    /// What it would like to have beyond that.
    wish: f64,
    /// Whether it holds running text, which can always use more.
    prose: bool,
}

impl Columns {
    /// The needs of `table`, whose cells are measured in `header` and `body`. `continued` is the width of what a
    /// merged cell says on the page after.
    pub(super) fn new(table: &Table, header: &[Measured], body: &[Measured], continued: f64) -> Self {
        let mut columns: Vec<Column> = table
            .columns
            .iter()
            .map(|column| Column {
                need: Need {
                    least: if column.merges() { continued } else { 0.0 },
                    wish: 0.0,
                    prose: column.is_prose(),
                },
                lengths: 0.0,
                squares: 0.0,
            })
            .collect();
        for (cell, text) in table.header.iter().zip(header).filter(|(cell, _)| cell.colspan == 1) {
            let need = &mut columns[cell.x].need;
            need.least = need.least.max(text.widest_word());
        }
        for (cell, text) in table.body.iter().zip(body) {
            columns[cell.x].add(text, cell.rowspan);
        }
        Self(columns.into_iter().map(Column::into_need).collect())
    }

    /// Shares `total` points out for type of `size`: to every column the least, what is left by the wishes, and
    /// what then is left to the running text.
    pub(super) fn widths(&self, total: f64, size: f64) -> Vec<f64> {
        let least = |need: &Need| need.least * size + 2.0 * INSET_X + SLACK;
        let needed: f64 = self.0.iter().map(least).sum();
        if needed >= total {
            return self.0.iter().map(|need| least(need) * total / needed).collect();
        }
        let wished: f64 = self.0.iter().map(|need| need.wish * size).sum();
        let part = if wished > 0.0 { ((total - needed) / wished).min(1.0) } else { 0.0 };
        let mut widths: Vec<f64> = self.0.iter().map(|need| least(need) + need.wish * size * part).collect();
        let left = total - widths.iter().sum::<f64>();
        let prose: f64 =
            self.0.iter().zip(&widths).filter(|(need, _)| need.prose).map(|(_, width)| width).sum();
        for (_, width) in self.0.iter().zip(&mut widths).filter(|(need, _)| need.prose) {
            *width += left * *width / prose;
        }
        widths
    }
}

/// A column while its cells are looked at.
struct Column {
    need: Need,
    lengths: f64,
    squares: f64,
}

impl Column {
    /// A text over so many rows has as many lines to spread over.
    fn add(&mut self, text: &Measured, rows: usize) {
        let long = if self.need.prose { LONG_WORD } else { LONG_VALUE };
        self.need.least = self.need.least.max(text.widest_word().min(long));
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
        let table = Table::of(&plan, Lang::Ko);
        let ruler = Ruler::new(|_| 1.0);
        let measured = |cells: &[crate::write::book::plan::table::Cell]| -> Vec<Measured> {
            cells.iter().map(|cell| ruler.measure(&cell.text)).collect()
        };
        Columns::new(&table, &measured(&table.header), &measured(&table.body), 0.0).widths(760.0, 8.0)
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
    fn running_text_takes_what_is_left() {
        let short = widths("지표", "1");
        assert!(short[5] > short[10] && short[4] > short[10]);
    }
}
