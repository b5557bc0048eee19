//! Tables on the terminal. A Korean letter is two columns wide.

use unicode_width::UnicodeWidthStr;

use super::wrap;

/// The gap between two columns.
const GAP: &str = "  ";
/// The indent of continuation lines in a cell.
const HANG: usize = 2;

/// The alignment of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// A table with a heading.
#[derive(Debug)]
pub struct TextTable {
    headings: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

impl TextTable {
    /// Creates a table without rows.
    pub fn new<'a>(headings: impl IntoIterator<Item = (&'a str, Align)>) -> Self {
        let headings = headings.into_iter().map(|(heading, align)| (heading.to_owned(), align)).collect();
        Self { headings, rows: Vec::new() }
    }

    /// Adds a row with one text per column.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether any cell of a column has text.
    pub fn is_used(&self, column: usize) -> bool {
        self.rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()))
    }

    /// Formats the table in lines of at most `width` columns, its heading through `paint`, without empty
    /// columns. A table that is too wide wraps texts inside their columns. Columns that still do not fit
    /// follow in a further block, with the first column repeated and only the rows that have text there.
    pub fn render(&self, width: Option<usize>, paint: impl Fn(&str) -> String) -> String {
        let shown: Vec<TextColumn> = (0..self.headings.len())
            .filter(|column| *column == 0 || self.is_used(*column))
            .map(|column| self.column(column))
            .collect();
        let blocks = blocks(&shown, width.unwrap_or(usize::MAX));
        let texts = blocks.iter().enumerate().map(|(at, block)| self.block(block, at > 0, &paint));
        texts.collect::<Vec<_>>().join("\n")
    }

    fn column(&self, at: usize) -> TextColumn {
        let (heading, align) = &self.headings[at];
        let texts = || self.rows.iter().filter_map(|row| row.get(at)).chain([heading]);
        let words = texts().flat_map(|text| text.split(' ')).map(UnicodeWidthStr::width);
        let width = texts().map(|text| text.width()).max().unwrap_or(0);
        // Continuation lines are indented.
        let least = words.max().unwrap_or(0) + if *align == Align::Left { HANG } else { 0 };
        TextColumn { at, align: *align, width, least: least.min(width) }
    }

    /// Formats some columns of the table, at their widths. With `goes_on`, leaves out rows without text in
    /// them.
    fn block(&self, columns: &[TextColumn], goes_on: bool, paint: &impl Fn(&str) -> String) -> String {
        let line = |cell_of: &dyn Fn(usize) -> String| -> Vec<String> {
            let cells: Vec<Vec<String>> =
                columns.iter().map(|column| column.fold(&cell_of(column.at))).collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            let line_of = |at: usize| {
                let cells = cells.iter().zip(columns).map(|(lines, column)| {
                    pad(lines.get(at).map_or("", String::as_str), column.align, column.width)
                });
                cells.collect::<Vec<_>>().join(GAP).trim_end().to_owned()
            };
            (0..height).map(line_of).collect()
        };
        let mut out = String::new();
        for heading in line(&|column| self.headings[column].0.clone()) {
            out.push_str(&paint(&heading));
            out.push('\n');
        }
        let tells = |row: &&Vec<String>| {
            !goes_on
                || columns[1..].iter().any(|column| row.get(column.at).is_some_and(|cell| !cell.is_empty()))
        };
        for row in self.rows.iter().filter(tells) {
            for text in line(&|column| row.get(column).cloned().unwrap_or_default()) {
                out.push_str(&text);
                out.push('\n');
            }
        }
        out
    }
}

/// A column to show.
#[derive(Clone, Copy, Debug)]
struct TextColumn {
    at: usize,
    align: Align,
    /// Its width.
    width: usize,
    /// The least width that cuts no word.
    least: usize,
}

impl TextColumn {
    fn fold(&self, text: &str) -> Vec<String> {
        let hang = if self.align == Align::Left { HANG } else { 0 };
        wrap::fold_cell(text, self.width, hang).split('\n').map(str::to_owned).collect()
    }
}

/// Splits the columns into blocks no wider than `width`, each starting with the first column.
fn blocks(columns: &[TextColumn], width: usize) -> Vec<Vec<TextColumn>> {
    let Some((first, rest)) = columns.split_first() else { return Vec::new() };
    let mut blocks = vec![vec![*first]];
    for column in rest {
        if let Some(block) = blocks.last_mut() {
            let mut next = block.clone();
            next.push(*column);
            if needed(&next, |column| column.least) <= width || block.len() == 1 {
                *block = next;
                continue;
            }
        }
        blocks.push(vec![*first, *column]);
    }
    for block in &mut blocks {
        if needed(block, |column| column.least) > width {
            // A single long word: splitting it is better than letting the terminal break lines.
            block[0].least = block[0].least.min(width / 2);
        }
        narrow(block, width);
    }
    blocks
}

/// Narrows the widest columns until all fit into `width`.
fn narrow(columns: &mut [TextColumn], width: usize) {
    while needed(columns, |column| column.width) > width {
        let widest = columns.iter_mut().filter(|column| column.width > column.least);
        let Some(widest) = widest.max_by_key(|column| column.width) else { return };
        widest.width -= 1;
    }
}

fn needed(columns: &[TextColumn], width_of: impl Fn(&TextColumn) -> usize) -> usize {
    columns.iter().map(width_of).sum::<usize>() + GAP.len() * columns.len().saturating_sub(1)
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
        let mut table = TextTable::new([
            ("조직", Align::Left),
            ("오류", Align::Right),
            ("이견", Align::Right),
            ("해결", Align::Right),
        ]);
        table.row(["가나시 교통국", "3", "", "12"].map(str::to_owned));
        table.row(["IT과", "", "", ""].map(str::to_owned));
        let lines = "조직           오류  해결\n가나시 교통국     3    12\nIT과\n";
        assert_eq!(table.render(None, str::to_owned), lines);
        assert!(table.is_used(3) && !table.is_used(2));
    }

    #[test]
    fn texts_fold_inside_their_columns() {
        let mut table = TextTable::new([("지표", Align::Left), ("목표", Align::Right)]);
        table.row(["시민이 느끼는 친절도", "전년 대비 5%"].map(str::to_owned));
        table.row(["예산집행률", "91%"].map(str::to_owned));
        let lines = "지표          목표\n시민이        전년\n  느끼는      대비\n  친절도        5%\n예산집행률     91%\n";
        assert_eq!(table.render(Some(18), str::to_owned), lines);
    }

    #[test]
    fn columns_without_room_follow_below_and_the_second_table_was_almost_empty() {
        let mut table =
            TextTable::new([("조직", Align::Left), ("받아들임", Align::Right), ("해당없음", Align::Right)]);
        table.row(["교통국", "1", "2"].map(str::to_owned));
        table.row(["환경국", "3", ""].map(str::to_owned));
        let lines =
            "조직    받아들임\n교통국         1\n환경국         3\n\n조직    해당없음\n교통국         2\n";
        assert_eq!(table.render(Some(20), str::to_owned), lines);
    }
}
