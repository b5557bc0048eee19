//! Lines that hold for the rows or tables below them: levels of objectives, perspectives, organisations.

use std::sync::Arc;

use super::columns::TableColumns;
use super::role::Role;
use super::vocabulary::Vocabulary;
use super::vocabulary::lines::LevelLine;
use super::words::WORDS;
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
        // `전략목표 Ⅰ | 안전한 도시`: the objective's text may have a cell of its own.
        let whole = cells.get(1).map(|(_, next)| format!("{} {}", shown.text.trim(), next.text.trim()));
        let apart =
            whole.filter(|whole| is_number_of_level(words, &shown.text) && words.level_line(whole).is_some());
        let whole = apart.map_or_else(|| shown.text.clone(), Arc::from);
        let Some(line) = words.level_line(&whole) else { continue };
        // A number alone may head a section of the document.
        let counts = !line.name.is_empty() || !has_objective && row + NEAR >= top;
        if counts && !is_title(words, &shown.text) {
            stack.push(&line, Text::new(whole.clone(), CellRef::new(row, *col)));
        }
    }
}

/// Whether a text is a level's name and number and nothing else: `성과목표 Ⅰ-1`.
fn is_number_of_level(words: &Vocabulary, text: &str) -> bool {
    words.level_line(text).is_some_and(|line| !line.name.is_empty() && line.text.is_empty())
}

/// Whether a line without other cells names an organisation.
pub(super) fn is_organisation(words: &Vocabulary, text: &str) -> bool {
    let name = text.trim();
    let count = name.chars().count();
    if count > MAX_NAME || name.ends_with(['.', ':', '：', ')']) {
        return false;
    }
    if WORDS.is_organisation(name) {
        return true;
    }
    // `Parks Department`: one of several words is a word for organisations.
    let parts: Vec<&str> = name.split_whitespace().collect();
    let is_word = |word: &&str| {
        let role = words.label(word).and_then(|label| label.role);
        word.chars().count() >= 4 && role == Some(Role::Organisation)
    };
    (2..=6).contains(&parts.len()) && parts.iter().any(is_word)
}
