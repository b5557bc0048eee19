//! Lines that hold for the rows or tables below them: levels of objectives, perspectives, organisations.

use std::sync::Arc;

use super::columns::TableColumns;
use super::role::Role;
use super::vocabulary::Vocabulary;
use super::vocabulary::lines::LevelLine;
use crate::plan::{Field, Level, Text};
use crate::read::grid::Grid;
use crate::source::CellRef;

/// How far above a header an unnamed numbered line may be to be an objective, in rows.
const NEAR: u32 = 3;
/// The most cells of a heading line.
const MAX_CELLS: usize = 3;
/// The longest name of an organisation on a line of its own.
const MAX_NAME: usize = 40;

/// The levels of objectives that hold at some row, the highest first.
#[derive(Clone, Debug, Default)]
pub(super) struct LevelStack(Vec<StackedLevel>);

#[derive(Clone, Debug)]
struct StackedLevel {
    /// The number of parts of its number (`Ⅰ-1` has two); 0 without a number.
    depth: usize,
    level: Level,
}

impl LevelStack {
    /// Adds a line: it replaces the level of the same name or depth, and ends those below it.
    pub(super) fn push(&mut self, line: &LevelLine<'_>, text: Text) {
        let depth = line.depth_hint.map_or(0, usize::from);
        let same_name = |held: &StackedLevel| !line.name.is_empty() && *held.level.name == *line.name;
        let same_depth = |held: &StackedLevel| depth > 0 && held.depth >= depth;
        let end = self.0.iter().position(same_name).or_else(|| {
            let unnamed = line.name.is_empty() || self.0.iter().all(|held| held.level.name.is_empty());
            self.0.iter().position(same_depth).filter(|_| unnamed)
        });
        self.0.truncate(end.unwrap_or(self.0.len()));
        self.0.push(StackedLevel { depth, level: Level { name: Arc::from(line.name), text } });
    }

    /// Replaces the lowest level by a line that says neither its level nor a number.
    pub(super) fn replace_lowest(&mut self, text: Text) {
        if self.0.last().is_some_and(|held| held.depth == 0 && held.level.name.is_empty()) {
            self.0.pop();
        }
        self.0.push(StackedLevel { depth: 0, level: Level { name: Arc::from(""), text } });
    }

    /// The levels above the objective, and the objective if the table has no column of objectives.
    pub(super) fn split(&self, has_objective: bool) -> (Vec<Level>, Option<Text>) {
        let mut levels: Vec<Level> = self.0.iter().map(|held| held.level.clone()).collect();
        let objective = if has_objective { None } else { levels.pop().map(|level| level.text) };
        (levels, objective)
    }
}

/// Whether a text is the title of a plan.
pub(super) fn is_title(words: &Vocabulary, text: &str) -> bool {
    words.title(text).is_some() || words.is_title_word(text)
}

/// Adds the heading lines between row `floor` and the header at row `top` to `stack`.
pub(super) fn above(
    grid: &Grid,
    words: &Vocabulary,
    floor: u32,
    top: u32,
    columns: &TableColumns,
    stack: &mut LevelStack,
) {
    let has_objective = columns.col(Field::Objective).is_some();
    for (row, cells) in grid.rows_from(floor) {
        if row >= top {
            break;
        }
        if cells.len() > MAX_CELLS {
            continue;
        }
        let Some((col, shown)) = cells.first() else { continue };
        let Some(line) = words.level_line(&shown.text) else { continue };
        // A number alone may head a section of the document.
        let counts = !line.name.is_empty() || !has_objective && row + NEAR >= top;
        if counts && !is_title(words, &shown.text) {
            stack.push(&line, Text::new(shown.text.clone(), CellRef::new(row, *col)));
        }
    }
}

/// Whether a line without other cells names an organisation.
pub(super) fn is_organisation(words: &Vocabulary, text: &str) -> bool {
    let name = text.trim();
    let count = name.chars().count();
    if count > MAX_NAME || name.ends_with(['.', ':', '：', ')']) {
        return false;
    }
    let hangul = |c: char| ('가'..='힣').contains(&c);
    if name.chars().any(hangul) {
        const ENDINGS: [&str; 14] = [
            "국",
            "과",
            "실",
            "담당관",
            "본부",
            "사업소",
            "센터",
            "추진단",
            "사업단",
            "기획관",
            "관리소",
            "위원회",
            "보건소",
            "읍",
        ];
        const OTHERS: [&str; 10] =
            ["성과", "효과", "결과", "과실", "내실", "확충과", "평가", "교실", "사실", "현실"];
        return count <= 14
            && !name.contains(' ')
            && ENDINGS.iter().any(|ending| name.ends_with(ending))
            && !OTHERS.iter().any(|ending| name.ends_with(ending));
    }
    // `Parks Department`: one of several words is a word for organisations.
    let parts: Vec<&str> = name.split_whitespace().collect();
    let is_word = |word: &&str| {
        let role = words.label(word).and_then(|label| label.role);
        word.chars().count() >= 4 && role == Some(Role::Organisation)
    };
    (2..=6).contains(&parts.len()) && parts.iter().any(is_word)
}
