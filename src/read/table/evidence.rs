//! What columns hold, by their headings' words and by the cells below them.

mod profile;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::columns::TableColumns;
use super::long_form::kind_in;
use super::paths::HeaderRows;
use super::paths::HeadingPath;
use super::role::{Label, Role};
use super::vocabulary::Vocabulary;
use super::words::{WORDS, WordMeaning, key};
use crate::plan::{Field, Initiatives, Text};
use crate::read::grid::{Grid, Shown};
use crate::source::CellRef;
use profile::{Profile, texts_below};

/// How many rows of a sheet are searched for a header.
const SEARCHED_ROWS: usize = 200;
/// The most columns that are judged.
const MAX_COLUMNS: usize = 200;
/// The lowest confidence of a role among headings that are otherwise understood.
const SURE_ROLE: f32 = 0.7;
/// How much less sure than the likeliest role another role of a heading may be.
const NEXT_BEST: f32 = 0.25;
/// The lowest confidence of a column of KPIs in a table that is read.
const SURE_KPI: f32 = 0.58;
/// The lowest confidence of a role that the cells below support.
const WEAK_ROLE: f32 = 0.45;
/// The lowest confidence of a role in a row that may be a header.
const POSSIBLE_ROLE: f32 = 0.35;

/// A row that is likely to be a header.
#[derive(Debug)]
pub(super) struct Guess {
    /// The row.
    pub row: u32,
    /// How sure it is that a plan table is below, from 0 to 1.
    pub confidence: f32,
    columns: BTreeMap<u16, (String, Label, f32)>,
    /// The column whose heading is a perspective and whose cells are KPIs.
    perspective: Option<(u16, String)>,
}

impl Guess {
    /// The meaning of the heading in a column.
    pub(super) fn label(&self, col: u16) -> Option<Label> {
        self.columns.get(&col).map(|(_, label, _)| *label)
    }

    /// The confidence of each column.
    pub(super) fn confidences(&self) -> BTreeMap<u16, f32> {
        self.columns.iter().map(|(&col, &(_, _, confidence))| (col, confidence)).collect()
    }

    /// The perspective that heads the KPIs, at `row`.
    pub(super) fn perspective(&self, grid: &Grid, row: u32) -> Option<(CellRef, String)> {
        let (col, _) = self.perspective.as_ref()?;
        let cell = CellRef::new(row, *col);
        grid.own(cell).map(|shown| (cell, shown.text.to_string()))
    }

    /// Whether `row` has the same headings; the one of the KPIs may be another perspective.
    pub(super) fn is_repeated_at(&self, grid: &Grid, row: u32) -> bool {
        let named = self.perspective.as_ref().map(|(col, _)| *col);
        let same = |col: u16, text: &str| {
            let shown = grid.own(CellRef::new(row, col));
            shown.is_some_and(|shown| *shown.text == *text || Some(col) == named)
        };
        row == self.row || self.columns.iter().all(|(&col, (text, ..))| same(col, text))
    }
}

/// The likeliest header row of a sheet on which no heading is exactly a word for KPIs.
pub(super) fn header(grid: &Grid, words: &Vocabulary, plan_year: Option<i32>) -> Option<Guess> {
    let possible = grid.rows_from(0).take(SEARCHED_ROWS).filter(|(_, cells)| may_be_headings(cells));
    let guesses = possible.filter_map(|(row, cells)| judge(grid, words, plan_year, row, cells));
    guesses.max_by(|a, b| {
        let weight = |guess: &Guess| guess.columns.values().map(|(.., confidence)| confidence).sum::<f32>();
        let total = |guess: &Guess| guess.confidence * (1.0 + weight(guess).min(8.0) / 8.0);
        total(a).total_cmp(&total(b)).then(b.row.cmp(&a.row))
    })
}

/// Whether a row may be headings: short texts, few numbers.
fn may_be_headings(cells: &[(u16, Shown)]) -> bool {
    if cells.len() < 2 || cells.len() > MAX_COLUMNS {
        return false;
    }
    let texts = cells.iter().filter(|(_, shown)| shown.text.chars().any(char::is_alphabetic)).count();
    let long = cells.iter().filter(|(_, shown)| shown.text.chars().count() > 60).count();
    texts >= 2 && texts * 3 >= cells.len() * 2 && long * 3 <= cells.len()
}

fn judge(
    grid: &Grid,
    words: &Vocabulary,
    plan_year: Option<i32>,
    row: u32,
    cells: &[(u16, Shown)],
) -> Option<Guess> {
    let mut open: Vec<(u16, Role, f32)> = Vec::new();
    let mut columns: BTreeMap<u16, (String, Label, f32)> = BTreeMap::new();
    for (col, shown) in cells {
        let label = words.label(&shown.text);
        let by_word = label.and_then(|label| label.role);
        if let (Some(label), None) = (label, by_word) {
            columns.insert(*col, (shown.text.to_string(), label.in_plan_year(plan_year), 1.0));
            continue;
        }
        // What a word of the vocabulary may mean besides counts less than its meaning.
        let less = if by_word.is_some() { 0.1 } else { 0.0 };
        let guesses = words.guess(&shown.text).into_iter().filter(|(role, _)| Some(*role) != by_word);
        let roles = by_word.map(|role| (role, 1.0)).into_iter();
        let roles: Vec<(Role, f32)> = roles.chain(guesses.map(|(role, sure)| (role, sure - less))).collect();
        let best = roles.iter().map(|(_, sure)| *sure).fold(0.0, f32::max);
        open.extend(
            roles
                .iter()
                .filter(|(_, sure)| *sure + NEXT_BEST >= best)
                .map(|&(role, sure)| (*col, role, sure)),
        );
    }
    // Most rows are no header; only then the cells below are looked at.
    let may_be = open.iter().any(|(_, role, _)| matches!(*role, Role::Target | Role::Column(Field::Kpi)));
    if !may_be || open.len() + columns.len() < 2 {
        return None;
    }
    let mut profiles: BTreeMap<u16, Profile> = BTreeMap::new();
    for (col, role, sure) in &mut open {
        *sure += profiles.entry(*col).or_insert_with(|| Profile::of(grid, row, *col)).supports(*role);
    }
    let perspective = name_kpis(grid, words, row, cells, &mut open);
    open.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    let mut taken: BTreeSet<Role> = BTreeSet::new();
    for (col, role, sure) in open {
        if sure < POSSIBLE_ROLE || columns.contains_key(&col) || occurs_once(role) && !taken.insert(role) {
            continue;
        }
        let text = grid.own(CellRef::new(row, col)).map(|shown| shown.text.to_string()).unwrap_or_default();
        let label = words.label(&text).map(|label| label.in_plan_year(plan_year)).unwrap_or_default();
        columns.insert(col, (text, Label { role: Some(role), ..label }, sure.min(1.0)));
    }
    let confidence = confidence(&columns)?;
    Some(Guess { row, confidence, columns, perspective })
}

/// Whether a table has at most one column of a role.
fn occurs_once(role: Role) -> bool {
    !matches!(
        role,
        Role::Level
            | Role::Target
            | Role::Actual
            | Role::Baseline
            | Role::Forecast
            | Role::AnyValue
            | Role::Organisation
            | Role::Aside
            | Role::Column(Field::Objective)
    )
}

/// How sure it is that the columns are a plan table; none if no column may hold the KPIs.
fn confidence(columns: &BTreeMap<u16, (String, Label, f32)>) -> Option<f32> {
    let is_kpi = |label: &Label| label.role == Some(Role::Column(Field::Kpi));
    let kpi = columns.values().find(|(_, label, _)| is_kpi(label)).map(|(.., sure)| *sure)?;
    let worth = |label: &Label| match label.role {
        Some(Role::Aside | Role::Column(Field::Number | Field::Remark)) => 0.0,
        Some(Role::Column(field)) if field.is_optional() => 0.5,
        Some(_) => 1.0,
        None => 0.5,
    };
    let others = columns.values().filter(|(_, label, _)| !is_kpi(label));
    let support: f32 = others.map(|(_, label, sure)| worth(label) * sure).sum();
    let confidence = kpi.min(1.0) * (0.4 + 0.6 * support.min(1.5) / 1.5);
    // A heading that merely contains a word for KPIs is asked about.
    Some(if kpi < SURE_KPI { confidence.min(0.45) } else { confidence })
}

/// Where no heading may mean KPIs: a column of names under the name of a perspective, beside actuals and
/// targets, or one of sentences under a word for targets.
fn name_kpis(
    grid: &Grid,
    words: &Vocabulary,
    row: u32,
    cells: &[(u16, Shown)],
    open: &mut Vec<(u16, Role, f32)>,
) -> Option<(u16, String)> {
    let kpi = Role::Column(Field::Kpi);
    if open.iter().any(|&(_, role, sure)| role == kpi && sure >= POSSIBLE_ROLE) {
        return None;
    }
    let has = |wanted: Role| open.iter().any(|&(_, role, sure)| role == wanted && sure >= SURE_ROLE);
    let past = cells.iter().any(|(_, shown)| {
        words.label(&shown.text).and_then(|label| label.distance).is_some_and(|distance| distance < 0)
    });
    let measured = has(Role::Target) && (has(Role::Actual) || past);
    let named = cells.iter().find(|(_, shown)| words.perspective_line(&shown.text).is_some());
    if let Some((col, shown)) = named.filter(|_| measured) {
        open.retain(|(other, ..)| other != col);
        open.push((*col, kpi, 0.8 + Profile::of(grid, row, *col).supports(kpi)));
        return Some((*col, shown.text.to_string()));
    }
    let sentences = open.iter().find(|&&(col, role, _)| {
        let profile = Profile::of(grid, row, col);
        role == Role::Target && profile.numbers < 0.1 && profile.length > 20.0 && profile.distinct > 0.6
    });
    if let Some(&(col, ..)) = sentences {
        open.retain(|(other, ..)| *other != col);
        open.push((col, kpi, 0.6));
    }
    None
}

/// Gives headings that the vocabulary lacks the role that their words and cells suggest, if it is free; returns
/// how sure each of them is.
pub(super) fn guess_open(
    grid: &Grid,
    words: &Vocabulary,
    block: HeaderRows,
    paths: &mut [HeadingPath],
) -> BTreeMap<u16, f32> {
    contradict(grid, words, block, paths);
    let mut confidence = take_sentences_as_levels(grid, block, paths);
    take_parents_of_organisations(words, paths);
    let mut taken: BTreeSet<Role> = paths.iter().filter_map(|path| path.leaf()?.role).collect();
    let central = [Field::Kpi, Field::Objective, Field::Perspective].map(Role::Column);
    for path in paths.iter_mut().filter(|path| path.leaf().is_none()).take(MAX_COLUMNS) {
        let Some((_, text, label)) = path.cells.last_mut() else { continue };
        let profile = Profile::of(grid, block.bottom, path.col);
        // A misspelt word is read too, but reported.
        let misspelt = words.near(text);
        let guesses = words.guess(text).into_iter().filter(|(role, _)| misspelt != Some(*role));
        let guesses = guesses.map(|(role, sure)| (role, sure + profile.supports(role)));
        let best = guesses
            .filter(|(role, sure)| {
                let wanted = match role {
                    // An organisation in each row, where no heading says it plainly.
                    Role::Organisation if !taken.contains(role) => profile.is_grouping(),
                    Role::Target | Role::Actual if !taken.contains(role) => profile.numbers > 0.7,
                    _ => *sure >= SURE_ROLE,
                };
                wanted
                    && *sure >= WEAK_ROLE
                    && profile.filled > 0
                    && !central.contains(role)
                    && (!occurs_once(*role) || !taken.contains(role))
            })
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((role, sure)) = best {
            taken.insert(role);
            confidence.insert(path.col, sure.min(1.0));
            *label = Some(Label { role: Some(role), ..Label::default() });
        }
    }
    confidence
}

/// Takes back roles that the cells below contradict: names that are numbers, units that are offices, kinds of
/// values that are none.
fn contradict(grid: &Grid, words: &Vocabulary, block: HeaderRows, paths: &mut [HeadingPath]) {
    let roles: Vec<Role> = paths.iter().filter_map(|path| path.leaf()?.role).collect();
    let count = |role: &Role| roles.iter().filter(|other| *other == role).count();
    let is_twice = |role: Role| count(&role) >= 2;
    let cites = is_twice(Role::Column(Field::Objective)) && is_twice(Role::Column(Field::Kpi));
    for path in paths.iter_mut().filter(|path| path.year().is_none() && path.part().is_none()) {
        let Some(role) = path.leaf().and_then(|leaf| leaf.role) else { continue };
        let profile = Profile::of(grid, block.bottom, path.col);
        if role == Role::Column(Field::Code) && holds_remarks(grid, block, path) {
            if let Some((.., label)) = path.cells.last_mut() {
                *label = Some(Label { role: Some(Role::Column(Field::Remark)), ..Label::default() });
            }
            continue;
        }
        if profile.filled < 3 {
            continue;
        }
        let names = matches!(
            role,
            Role::Column(Field::Kpi | Field::Objective | Field::Perspective)
                | Role::Level
                | Role::Organisation
        );
        let other = match role {
            // The parent's columns may cite by a number.
            _ if names && profile.numbers > 0.8 && !(cites && is_twice(role)) => None,
            Role::Column(Field::Unit) if profile.numbers < 0.2 && profile.length > 15.0 => {
                let org =
                    words.guess(&path.joined()).into_iter().find(|(role, _)| *role == Role::Organisation);
                org.filter(|_| profile.is_grouping()).map(|(role, _)| role)
            }
            Role::ValueKind => {
                let texts = texts_below(grid, block.bottom, path.col);
                if texts.iter().all(|text| kind_in(words, text).is_some()) {
                    continue;
                }
                None
            }
            _ => continue,
        };
        for (.., label) in &mut path.cells {
            *label = None;
        }
        if let (Some((.., label)), Some(role)) = (path.cells.last_mut(), other) {
            *label = Some(Label { role: Some(role), ..Label::default() });
        }
    }
}

/// Whether a column under a heading that may mean codes or remarks (`비고`) has texts and no code.
fn holds_remarks(grid: &Grid, block: HeaderRows, path: &HeadingPath) -> bool {
    let is_remark = |meaning: &WordMeaning| meaning.role == Role::Column(Field::Remark);
    let meanings = path.cells.last().and_then(|(_, text, _)| WORDS.meanings.get(&key(text)));
    let has_code = |text: &str| {
        let read = Initiatives::read(Text { text: Arc::from(text), cell: None });
        !read.codes.is_empty() || !read.malformed.is_empty()
    };
    let texts = texts_below(grid, block.bottom, path.col);
    meanings.is_some_and(|meanings| meanings.iter().any(is_remark))
        && !texts.is_empty()
        && !texts.into_iter().any(has_code)
}

/// Takes the column left of the organisations for their parents, if its heading may mean an organisation too.
fn take_parents_of_organisations(words: &Vocabulary, paths: &mut [HeadingPath]) {
    let org = paths.iter().find(|path| path.is_lowest(Role::Organisation)).map(|path| path.col);
    let left = org.and_then(|col| col.checked_sub(1));
    let Some(path) = paths.iter_mut().find(|path| Some(path.col) == left && path.leaf().is_none()) else {
        return;
    };
    let text = path.cells.last().map(|(_, text, _)| text.clone()).unwrap_or_default();
    let means = |(role, _): &(Role, f32)| matches!(role, Role::Organisation | Role::ParentOrganisation);
    if let (Some((.., label)), true) = (path.cells.last_mut(), words.guess(&text).iter().any(means)) {
        *label = Some(Label { role: Some(Role::ParentOrganisation), ..Label::default() });
    }
}

/// Takes columns of sentences left of the KPIs for levels of objectives, though their headings may mean values
/// (`Result`).
fn take_sentences_as_levels(grid: &Grid, block: HeaderRows, paths: &mut [HeadingPath]) -> BTreeMap<u16, f32> {
    let kpi =
        paths.iter().find(|path| path.leaf().is_some_and(|leaf| leaf.role == Some(Role::Column(Field::Kpi))));
    let Some(kpi) = kpi.map(|path| path.col) else { return BTreeMap::new() };
    let mut taken = BTreeMap::new();
    for path in
        paths.iter_mut().filter(|path| path.col < kpi && path.year().is_none() && path.part().is_none())
    {
        let profile = Profile::of(grid, block.bottom, path.col);
        let sentences = profile.filled > 0 && profile.numbers < 0.3 && profile.length >= 12.0;
        let is_value = path.value_kind().is_some() || path.is_lowest(Role::AnyValue);
        if let (Some((.., label)), true) = (path.cells.last_mut(), sentences && is_value) {
            *label = Some(Label { role: Some(Role::Level), ..Label::default() });
            taken.insert(path.col, SURE_ROLE);
        }
    }
    taken
}

/// Takes a column whose cells are all kinds of values (`목표`, `실적`), or all periods, for what its lines hold,
/// whatever its heading is.
pub(super) fn adopt_long_form(
    grid: &Grid,
    words: &Vocabulary,
    block: HeaderRows,
    paths: &[HeadingPath],
    columns: &mut TableColumns,
) {
    if columns.col(Field::Kpi).is_none() {
        return;
    }
    // `Type` may head kinds of indicators or of values.
    let of_types = columns.col(Field::IndicatorType);
    let read: BTreeSet<u16> = columns.read().filter(|col| Some(*col) != of_types).collect();
    let open = paths.iter().map(|path| path.col).filter(|col| !read.contains(col));
    for col in open.take(MAX_COLUMNS).collect::<Vec<_>>() {
        let texts = texts_below(grid, block.bottom, col);
        let all = |is: &dyn Fn(&str) -> bool| texts.len() >= 2 && texts.iter().all(|text| is(text));
        let several = texts.iter().collect::<BTreeSet<_>>().len() >= 2;
        if columns.value_kind.is_none() && several && all(&|text| kind_in(words, text).is_some()) {
            columns.value_kind = Some(col);
            columns.single.set(Field::IndicatorType, of_types.filter(|types| *types != col));
        } else if columns.period.is_none()
            && columns.years.is_empty()
            && several
            && all(&|text| words.period_in(text).is_some_and(|(_, part)| part.is_some()))
        {
            columns.period = Some(col);
        }
    }
}
