//! Finds the organisation of a plan without a title: from a label cell, a column, the sheet name or the file
//! name.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::columns::TableColumns;
use super::header::Header;
use super::lines;
use super::plan_table::PlanTable;
use super::role::Role;
use super::vocabulary::Vocabulary;
use super::words::{WORDS, is_blank_tab, is_blank_word};
use crate::plan::{Extra, Footnote, Indicator, Plan, Text};
use crate::read::grid::Grid;
use crate::source::CellRef;
use crate::text::names::plain_key;

/// How far above the header a label may be, in rows.
const REACH: u32 = 12;

/// The organisation in a label cell of one of `roles` above row `top`, not higher than `floor`: `부서명: 환경국`, or the label and the name in
/// neighbouring cells.
pub(super) fn labelled(
    grid: &Grid,
    words: &Vocabulary,
    floor: u32,
    top: u32,
    roles: &[Role],
) -> Option<String> {
    let is_label = |text: &str| {
        let role = words.label(text).and_then(|label| label.role);
        role.is_some_and(|role| roles.contains(&role))
    };
    for row in (floor.max(top.saturating_sub(REACH))..top).rev() {
        let cells = grid.row(row);
        for (index, (_, shown)) in cells.iter().enumerate() {
            if let Some((label, name)) = shown.text.split_once([':', '：'])
                && is_label(label)
                && names_something(name)
            {
                return Some(name.trim().to_owned());
            }
            let next = cells.get(index + 1).map(|(_, shown)| &*shown.text);
            if let Some(name) = next.filter(|name| names_something(name) && words.label(name).is_none())
                && is_label(&shown.text)
            {
                return Some(name.trim().to_owned());
            }
        }
    }
    None
}

/// Whether a label above row `top` names the organisation.
pub(super) fn is_labelled(grid: &Grid, words: &Vocabulary, floor: u32, top: u32) -> bool {
    labelled(grid, words, floor, top, &[Role::Organisation]).is_some()
}

/// The organisation that a line of its own names above row `top`, not higher than `floor`.
pub(super) fn above(grid: &Grid, words: &Vocabulary, floor: u32, top: u32) -> Option<String> {
    let rows = (floor.max(top.saturating_sub(REACH))..top).rev();
    let single = |row: u32| match grid.row(row) {
        [(_, shown)] => Some(&*shown.text),
        _ => None,
    };
    rows.filter_map(single).find(|text| lines::is_organisation(words, text)).map(str::to_owned)
}

fn names_something(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// The name of a sheet, unless it is a default or describes the content (`Sheet1`, `성과지표`, `2026 계획`).
pub(super) fn by_sheet(grid: &Grid, words: &Vocabulary) -> Option<Arc<str>> {
    if grid.of_document {
        return None;
    }
    let key = plain_key(&grid.name);
    let bare = key.trim_end_matches(|c: char| c.is_ascii_digit());
    // A tab may be called as what is on it: a word of headings or of titles.
    let is_heading = words.guess(&grid.name).into_iter().any(|(role, sure)| {
        sure >= 0.7 && !matches!(role, Role::Organisation | Role::ParentOrganisation | Role::InCharge)
    });
    let blank = is_blank_tab(bare)
        || is_heading
        || words.is_title_word(&grid.name)
        || distinctive_words(&grid.name).is_empty();
    (!blank).then(|| grid.name.clone())
}

/// The organisation in a file name: the rest without years, numbers and words such as 최종 or copy.
pub(super) fn by_file(file: &str, words: &Vocabulary) -> Option<String> {
    in_name(file, words).0
}

/// As [`by_file`], with each of the remaining words.
pub(in crate::read) fn in_name(file: &str, words: &Vocabulary) -> (Option<String>, Vec<String>) {
    let base = file.rsplit('/').next().unwrap_or(file);
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let stem: String = stem.nfc().collect();
    let words_left = distinctive_words(&stem);
    let kept: Vec<&str> = words_left
        .iter()
        .filter_map(|word| match words.title(word) {
            Some((name, _)) => Some(name),
            None => (!words.is_title_word(word)).then_some(*word),
        })
        .collect();
    let name = kept.join(" ");
    let letters = name.chars().filter(|c| c.is_alphabetic());
    // One or two Latin letters are not a name.
    let wide = letters.clone().any(|c| !c.is_ascii());
    let names = wide && letters.clone().count() >= 2 || letters.count() >= 3;
    let words = kept.into_iter().map(str::to_owned).collect();
    (names.then(|| name.clone()), words)
}

/// The words of a name that may name an organisation.
fn distinctive_words(name: &str) -> Vec<&str> {
    let is_blank = |word: &str| {
        let key = plain_key(word);
        let bare = key.trim_matches(|c: char| c.is_ascii_digit());
        bare.is_empty() || is_blank_word(bare)
    };
    let mut words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric() && c != '·' && c != 'ㆍ')
        .filter(|word| !word.is_empty())
        .collect();
    remove_titles(&mut words);
    words.retain(|word| !is_blank(word));
    words
}

/// Removes words that are a plan's title together: `Balanced Scorecard`.
fn remove_titles(words: &mut Vec<&str>) {
    const LONGEST: usize = 5;
    for length in (2..=LONGEST).rev() {
        let mut at = 0;
        while at + length <= words.len() {
            let phrase = plain_key(&words[at..at + length].concat());
            if WORDS.titles.contains(&phrase) {
                words.drain(at..at + length);
            } else {
                at += 1;
            }
        }
    }
}

/// The organisation of a row, and its parent where the table has a column of parents.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RowOrganisation {
    /// The organisation.
    pub name: Arc<str>,
    /// The parent.
    pub parent: Option<Text>,
}

/// The organisation of a row: in its column, else the line `banner` above it.
pub(super) fn of_row(
    grid: &Grid,
    row: u32,
    columns: &TableColumns,
    banner: Option<&Arc<str>>,
) -> Option<RowOrganisation> {
    let shown = |col: u16| grid.shown(CellRef::new(row, col));
    let Some((col, _)) = columns.organisation.or(columns.parent_organisation.map(|col| (col, false))) else {
        return banner.map(|name| RowOrganisation { name: name.clone(), parent: None });
    };
    let parent = columns.parent_organisation.filter(|_| columns.organisation.is_some()).and_then(shown);
    let parent = parent.map(|(cell, shown)| Text::new(shown.text.clone(), cell));
    match shown(col) {
        Some((_, own)) => Some(RowOrganisation { name: own.text.clone(), parent }),
        // A row of the parent itself.
        None => {
            let own_row = parent.filter(|text| text.cell.is_some_and(|cell| cell.row == row))?;
            Some(RowOrganisation { name: own_row.text, parent: None })
        }
    }
}

/// Whether the organisations named in the rows decide, not the table's title. `unnamed` tells whether nothing
/// else names the organisation, `titled` whether the table names one.
pub(super) fn decides(
    columns: &TableColumns,
    orgs: &[Option<RowOrganisation>],
    rows: &[Indicator],
    unnamed: impl Fn() -> bool,
    titled: bool,
) -> bool {
    match columns.organisation {
        // The person or office in charge counts as organisation only as a last resort.
        Some((_, true)) => unnamed() || columns.parent_organisation.is_some(),
        Some((_, false)) if titled => columns.parent_organisation.is_some() || are_plans(orgs, rows),
        _ => true,
    }
}

/// Whether the rows of each organisation are a plan of its own: they have the same sum of weights, or there
/// are more organisations than one of them has parts.
fn are_plans(orgs: &[Option<RowOrganisation>], rows: &[Indicator]) -> bool {
    const MANY: usize = 10;
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    let mut current = String::new();
    for (org, row) in orgs.iter().zip(rows) {
        if let Some(org) = org {
            current = plain_key(&org.name);
        }
        *sums.entry(current.clone()).or_default() += row.weight.percent.unwrap_or_default();
    }
    let first = sums.values().next().copied().unwrap_or_default();
    let equal = first > 0.0 && sums.values().all(|sum| (sum - first).abs() < 0.01);
    sums.len() >= 2 && equal || sums.len() >= MANY
}

/// Keeps the column of organisations as an extra one of each row.
pub(super) fn keep_as_extra(grid: &Grid, header: &Header, rows: &mut [Indicator]) {
    let columns = &header.columns;
    for col in [columns.parent_organisation, columns.organisation.map(|(col, _)| col)].into_iter().flatten() {
        let heading: Arc<str> = header.printed.get(&col).map_or("", String::as_str).into();
        for row in rows.iter_mut() {
            let cell = row.kpi.cell.map(|cell| CellRef::new(cell.row, col));
            if let Some((cell, shown)) = cell.and_then(|cell| grid.shown(cell)) {
                row.extra.push(Extra { heading: heading.clone(), text: Text::new(shown.text.clone(), cell) });
            }
        }
    }
}

/// Splits a table into one per organisation; `orgs` names the organisation of each row, and a blank name
/// continues the one above. Remarks follow their rows; those without a row stay with the first table.
pub(super) fn split(table: PlanTable, orgs: Vec<Option<RowOrganisation>>) -> Vec<PlanTable> {
    let PlanTable { plan, remarks, form, .. } = table;
    let mut parts: Vec<PlanTable> = Vec::new();
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    let mut current: Option<RowOrganisation> = None;
    let footnotes: Vec<Footnote> = plan.footnotes.clone();
    let blank = Plan { rows: Vec::new(), footnotes: Vec::new(), ..plan.clone() };
    for (row, org) in plan.rows.into_iter().zip(orgs) {
        current = org.or(current);
        let org = current.clone();
        let name = org.as_ref().map_or_else(|| blank.org.clone(), |org| org.name.clone());
        // Two bureaus may have offices of one name.
        let parent = org.as_ref().and_then(|org| org.parent.as_ref()).map_or("", |parent| &*parent.text);
        let key = format!("{}\0{}", plain_key(parent), plain_key(&name));
        let at = *index.entry(key).or_insert(parts.len());
        if let Some(part) = parts.get_mut(at) {
            part.plan.rows.push(row);
            continue;
        }
        let parent = org.and_then(|org| org.parent);
        let parent_in_rows = parent.is_some();
        let parent_label = parent.unwrap_or_else(|| blank.parent_label.clone());
        let own_label = Text::absent();
        let own =
            Plan { org: name, own_label, parent_label, parent_in_rows, rows: vec![row], ..blank.clone() };
        parts.push(PlanTable { plan: own, remarks: Vec::new(), titled: true, form: None });
    }
    let Some(first) = parts.first_mut() else {
        return vec![PlanTable { plan: blank, remarks, titled: true, form }];
    };
    first.plan.footnotes = footnotes;
    first.form = form;
    let rows: BTreeMap<u32, usize> = (0..)
        .zip(&parts)
        .flat_map(|(at, part)| part.plan.rows.iter().map(move |row| (row.kpi.cell, at)))
        .filter_map(|(cell, at)| Some((cell?.row, at)))
        .collect();
    for remark in remarks {
        let at = remark.cell.and_then(|cell| rows.get(&cell.row)).copied().unwrap_or(0);
        parts[at].remarks.push(remark);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::config::LabelSettings;

    #[test]
    fn a_file_names_its_organisation_without_years_and_versions() {
        let words = Vocabulary::new(&LabelSettings::default());
        for (file, name) in [
            ("workbooks/환경국_2026.xlsx", Some("환경국")),
            ("30_문화시설사업단_최종(수정).xlsx", Some("문화시설사업단")),
            ("2026년 성과관리계획_교통국 v2.xlsx", Some("교통국")),
            ("환경국 성과관리계획 - 복사본.xlsx", Some("환경국")),
            ("Parks_Department_FY2026_final.xlsx", Some("Parks Department")),
            ("Balanced Scorecard FY25.xlsx", None),
            ("a.xlsx", None),
            ("2026_최종.xlsx", None),
            ("성과계획.xlsx", None),
        ] {
            assert_eq!(by_file(file, &words).as_deref(), name, "{file}");
        }
    }

    #[test]
    fn default_sheet_names_are_not_organisations() {
        let words = Vocabulary::new(&LabelSettings::default());
        for (sheet, named) in [
            ("Sheet1", false),
            ("시트2", false),
            ("Tabelle1", false),
            ("성과지표", false),
            ("Scorecard", false),
            ("Performance Measures", false),
            ("2026 계획", false),
            ("환경국", true),
            ("대중교통과", true),
            ("Parks", true),
        ] {
            assert_eq!(by_sheet(&Grid::new(sheet, false), &words).is_some(), named, "{sheet}");
        }
    }
}
