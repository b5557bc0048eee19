//! Tables on the terminal. A Korean letter is two columns wide.

use unicode_width::UnicodeWidthStr;

/// What stands between two columns.
const GAP: &str = "  ";

/// To which side a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// A table with a heading.
#[derive(Debug)]
pub struct Table {
    headings: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub fn new<'a>(headings: impl IntoIterator<Item = (&'a str, Align)>) -> Self {
        let headings = headings.into_iter().map(|(heading, align)| (heading.to_owned(), align)).collect();
        Self { headings, rows: Vec::new() }
    }

    /// Adds a row with a text a column.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether anything stands in a column.
    pub fn is_used(&self, column: usize) -> bool {
        self.rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()))
    }

    /// The table as lines, its heading through `paint`. Columns from `optional` on in which nothing stands are left out.
    pub fn render(&self, optional: usize, paint: impl Fn(&str) -> String) -> String {
        let shown: Vec<(usize, Align, usize)> = (self.headings.iter().enumerate())
            .filter(|(column, _)| *column < optional || self.is_used(*column))
            .map(|(column, (heading, align))| {
                let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
                (column, *align, cells.chain([heading.width()]).max().unwrap_or(0))
            })
            .collect();
        let line = |cell_of: &dyn Fn(usize) -> String| {
            let cells: Vec<String> =
                shown.iter().map(|&(column, align, width)| pad(&cell_of(column), align, width)).collect();
            cells.join(GAP).trim_end().to_owned()
        };
        let mut out = paint(&line(&|column| self.headings[column].0.clone())) + "\n";
        for row in &self.rows {
            out.push_str(&line(&|column| row.get(column).cloned().unwrap_or_default()));
            out.push('\n');
        }
        out
    }
}

fn pad(text: &str, align: Align, width: usize) -> String {
    let room = " ".repeat(width.saturating_sub(text.width()));
    match align {
        Align::Left => format!("{text}{room}"),
        Align::Right => format!("{room}{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_letters_take_two_columns_and_unused_columns_none() {
        let mut table = Table::new([
            ("조직", Align::Left),
            ("오류", Align::Right),
            ("이견", Align::Right),
            ("해결", Align::Right),
        ]);
        table.row(["가나시 교통국", "3", "", "12"].map(str::to_owned));
        table.row(["IT과", "", "", ""].map(str::to_owned));
        let lines = "조직           오류  해결\n가나시 교통국     3    12\nIT과\n";
        assert_eq!(table.render(1, str::to_owned), lines);
        assert!(table.is_used(3) && !table.is_used(2));
    }
}
