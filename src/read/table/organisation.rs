//! Finds the organisation of a plan without a title: from a label cell, a column, the sheet name or the file
//! name.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::PlanTable;
use super::vocabulary::{Role, Vocabulary};
use super::words::{BLANK_TABS, BLANK_WORDS};
use crate::plan::{Footnote, Plan, Text};
use crate::read::grid::Grid;
use crate::source::CellRef;
use crate::text::names::plain_key;

/// How far above the header a label may be, in rows.
const REACH: u32 = 12;

/// The organisation in a label cell above row `top`, not higher than `floor`: `부서명: 환경국`, or the label and the name in
/// neighbouring cells.
pub(super) fn labelled(grid: &Grid, words: &Vocabulary, floor: u32, top: u32) -> Option<String> {
    let is_label = |text: &str| {
        let role = words.label(text).and_then(|label| label.role);
        matches!(role, Some(Role::Organisation | Role::InCharge))
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

fn names_something(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// The name of a sheet, unless it is a default or describes the content (`Sheet1`, `성과지표`, `2026 계획`).
pub(super) fn by_sheet(grid: &Grid) -> Option<Arc<str>> {
    let key = plain_key(&grid.name);
    let bare = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let blank =
        BLANK_TABS.iter().any(|tab| plain_key(tab) == bare) || distinctive_words(&grid.name).is_empty();
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
        bare.is_empty() || BLANK_WORDS.iter().any(|blank| plain_key(blank) == bare)
    };
    name.split(|c: char| !c.is_alphanumeric() && c != '·' && c != 'ㆍ')
        .filter(|word| !word.is_empty() && !is_blank(word))
        .collect()
}

/// Splits a table into one per organisation; `orgs` names the organisation of each row, and a blank name
/// continues the one above. Remarks follow their rows; those without a row stay with the first table.
pub(super) fn split(table: PlanTable, orgs: Vec<Option<Arc<str>>>) -> Vec<PlanTable> {
    let PlanTable { plan, remarks, .. } = table;
    let mut parts: Vec<PlanTable> = Vec::new();
    let mut current: Option<Arc<str>> = None;
    let footnotes: Vec<Footnote> = plan.footnotes.clone();
    let blank = Plan { rows: Vec::new(), footnotes: Vec::new(), ..plan.clone() };
    for (row, org) in plan.rows.into_iter().zip(orgs) {
        current = org.or(current);
        let name = current.clone().unwrap_or_else(|| blank.org.clone());
        let known = parts.iter_mut().find(|part| plain_key(&part.plan.org) == plain_key(&name));
        match known {
            Some(part) => part.plan.rows.push(row),
            None => parts.push(PlanTable {
                plan: Plan { org: name, own_label: Text::absent(), rows: vec![row], ..blank.clone() },
                remarks: Vec::new(),
                titled: true,
            }),
        }
    }
    let Some(first) = parts.first_mut() else {
        return vec![PlanTable { plan: blank, remarks, titled: true }];
    };
    first.plan.footnotes = footnotes;
    for remark in remarks {
        let of_row = |part: &PlanTable| {
            let row = remark.cell.map(|cell| cell.row);
            part.plan.rows.iter().any(|own| own.kpi.cell.map(|cell| cell.row) == row && row.is_some())
        };
        let at = parts.iter().position(of_row).unwrap_or(0);
        parts[at].remarks.push(remark);
    }
    parts
}

/// The organisation named in a row's cell.
pub(super) fn of_row(grid: &Grid, row: u32, col: u16) -> Option<Arc<str>> {
    grid.shown(CellRef::new(row, col)).map(|(_, shown)| shown.text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::config::Labels;

    #[test]
    fn a_file_names_its_organisation_without_years_and_versions() {
        let words = Vocabulary::new(&Labels::default());
        for (file, name) in [
            ("workbooks/환경국_2026.xlsx", Some("환경국")),
            ("30_문화시설사업단_최종(수정).xlsx", Some("문화시설사업단")),
            ("2026년 성과관리계획_교통국 v2.xlsx", Some("교통국")),
            ("환경국 성과관리계획 - 복사본.xlsx", Some("환경국")),
            ("Parks_Department_FY2026_final.xlsx", Some("Parks Department")),
            ("a.xlsx", None),
            ("2026_최종.xlsx", None),
            ("성과계획.xlsx", None),
        ] {
            assert_eq!(by_file(file, &words).as_deref(), name, "{file}");
        }
    }

    #[test]
    fn default_sheet_names_are_not_organisations() {
        for (sheet, named) in [
            ("Sheet1", false),
            ("시트2", false),
            ("Tabelle1", false),
            ("성과지표", false),
            ("2026 계획", false),
            ("환경국", true),
            ("대중교통과", true),
            ("Parks", true),
        ] {
            assert_eq!(by_sheet(&Grid::new(sheet, false)).is_some(), named, "{sheet}");
        }
    }
}
