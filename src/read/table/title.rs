//! The title above a table, and the names a table gives its organisation.

use super::header::Header;
use super::vocabulary::Vocabulary;
use crate::plan::Text;
use crate::read::grid::Grid;
use crate::source::CellRef;

/// How many rows above the header a title may stand.
const REACH: u32 = 12;

/// A title found.
#[derive(Clone, Debug)]
pub(super) struct Title {
    /// Its row.
    pub row: u32,
    /// The cell as written.
    pub text: Text,
    /// The organisation's name in it, if the title's words are there.
    pub name: Option<String>,
    /// What stands in brackets after it.
    pub note: String,
}

/// The title above `header`, not higher than row `floor`: the nearest line with the title's words, else a line that begins
/// with the header's own name.
pub(super) fn above(grid: &Grid, words: &Vocabulary, header: &Header, floor: u32) -> Option<Title> {
    let top = header.block.top;
    let rows = (floor.max(top.saturating_sub(REACH))..top).rev();
    let mut named = None;
    for row in rows {
        // A line of the table above may hold the title's words too, but never stands so alone.
        if grid.row(row).len() > 3 {
            continue;
        }
        for (col, shown) in grid.row(row) {
            let cell = CellRef::new(row, *col);
            if let Some((name, note)) = words.title(&shown.text) {
                return Some(Title {
                    row,
                    text: Text::new(shown.text.clone(), cell),
                    name: Some(name.to_owned()),
                    note: note.to_owned(),
                });
            }
            let own = header.own.as_ref().map(|(_, own)| joined(own));
            if named.is_none()
                && own.is_some_and(|own| !own.is_empty() && joined(&shown.text).starts_with(&own))
            {
                let note = shown.text.split_once('(').map_or("", |(_, note)| note.trim_end_matches(')'));
                named = Some(Title {
                    row,
                    text: Text::new(shown.text.clone(), cell),
                    name: None,
                    note: note.trim().to_owned(),
                });
            }
        }
    }
    named
}

fn joined(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A name whose letters are spaced out (`경 제 진 흥 관`) as one word; any other as written.
pub(super) fn closed_up(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.len() > 1 && words.iter().all(|word| word.chars().count() == 1) {
        words.concat()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaced_out_names_close_up() {
        assert_eq!(closed_up("경 제 진 흥 관"), "경제진흥관");
        assert_eq!(closed_up("맑은 환경 본부"), "맑은 환경 본부");
        assert_eq!(closed_up("City Hall"), "City Hall");
    }
}
