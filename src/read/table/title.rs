//! Finds the title above a table and the organisation's name in it.

use super::header::Header;
use super::vocabulary::Vocabulary;
use crate::plan::Text;
use crate::read::grid::Grid;
use crate::source::CellRef;

/// How far above the header a title may be, in rows.
const REACH: u32 = 12;

/// A title.
#[derive(Clone, Debug)]
pub(super) struct FoundTitle {
    /// Its row.
    pub row: u32,
    /// The cell as written.
    pub text: Text,
    /// The organisation's name in it, if it contains the words of a title.
    pub name: Option<String>,
    /// The text in brackets after the name.
    pub note: String,
}

/// The title above `header`, not higher than row `floor`: the nearest line with words of a title, else a line
/// that starts with the header's own name.
pub(super) fn above(grid: &Grid, words: &Vocabulary, header: &Header, floor: u32) -> Option<FoundTitle> {
    let top = header.block.top;
    let rows = (floor.max(top.saturating_sub(REACH))..top).rev();
    let mut named = None;
    for row in rows {
        // A row of the table above may contain words of a title too, but has more cells.
        if grid.row(row).len() > 3 {
            continue;
        }
        for (col, shown) in grid.row(row) {
            let cell = CellRef::new(row, *col);
            if let Some((name, note)) = words.title(&shown.text) {
                return Some(FoundTitle {
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
                named = Some(FoundTitle {
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

/// Joins a letter-spaced name (`경 제 진 흥 관`) to one word; leaves others unchanged.
pub(super) fn join_spaced_letters(name: &str) -> String {
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
    fn letter_spaced_names_are_joined() {
        assert_eq!(join_spaced_letters("경 제 진 흥 관"), "경제진흥관");
        assert_eq!(join_spaced_letters("맑은 환경 본부"), "맑은 환경 본부");
        assert_eq!(join_spaced_letters("City Hall"), "City Hall");
    }
}
