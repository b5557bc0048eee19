//! Forms that planbook.toml knows by their headings (`[[forms]]`), and what their columns mean.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::paths::HeaderRows;
use super::paths::{HeadingPath, paths};
use crate::project::config::FormEntry;
use crate::project::forms::{FormRole, HeadingKey, TableShape, ValueRole};
use crate::read::grid::{Grid, Shown};

/// The most rows of the headings of a taught form.
const MAX_ROWS: u32 = 5;
/// The longest heading that is compared, in bytes.
const LONGEST: usize = 200;
/// How many rows of a sheet with a word of a taught heading are searched.
const SEARCHED_ROWS: usize = 500;

/// The forms of planbook.toml.
#[derive(Debug, Default)]
pub(in crate::read) struct Taught {
    forms: Vec<TaughtForm>,
    /// The lowest of the headings above each other, of all forms: a row without any is no header.
    lowest: BTreeSet<String>,
}

/// A form of planbook.toml.
#[derive(Debug)]
struct TaughtForm {
    name: Arc<str>,
    shape: Option<TableShape>,
    is_plan: bool,
    /// The headings that a table of the form has, without their years.
    needed: BTreeSet<(String, usize)>,
    /// What its headings mean.
    roles: BTreeMap<HeadingKey, FormRole>,
    /// The last year in its headings.
    last_year: Option<i32>,
}

/// A form that the headings of a table belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// The name of the form.
    pub name: Arc<str>,
    /// Its shape, where planbook.toml says it.
    pub shape: Option<TableShape>,
    /// Whether the table is a plan.
    pub is_plan: bool,
    /// The role of each of the headings; none where planbook.toml gives none.
    pub roles: Vec<Option<FormRole>>,
}

/// A table of a taught form on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TaughtTable {
    /// The rows of its headings.
    pub rows: HeaderRows,
    /// Its form, with the roles of `headings`.
    pub form: Known,
    /// The headings by column.
    pub headings: Vec<(u16, String)>,
}

impl TaughtTable {
    fn of(taught: &Taught, rows: HeaderRows, headings: Vec<(u16, String)>) -> Option<Self> {
        let texts: Vec<String> = headings.iter().map(|(_, text)| text.clone()).collect();
        Some(Self { rows, form: taught.known(&texts)?, headings })
    }

    /// Its columns, each with the role that planbook.toml gives it.
    pub(super) fn roles(&self) -> impl Iterator<Item = (u16, FormRole)> + '_ {
        self.headings.iter().zip(&self.form.roles).filter_map(|((col, _), role)| Some((*col, (*role)?)))
    }
}

impl Taught {
    pub(super) fn new(forms: &[FormEntry]) -> Self {
        let forms: Vec<TaughtForm> = forms.iter().map(TaughtForm::new).collect();
        let lowest = forms.iter().flat_map(|form| &form.needed).map(|(key, _)| lowest(key).to_owned());
        Self { lowest: lowest.collect(), forms }
    }

    /// Whether planbook.toml knows no form.
    pub(super) fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// The form that a table, or a block of labels, with these `headings` belongs to: all headings of the form
    /// are among them, wherever they stand. Of several forms, the one with the most headings.
    pub(super) fn known(&self, headings: &[String]) -> Option<Known> {
        if self.forms.is_empty() {
            return None;
        }
        let keys = HeadingKey::of_all(headings.iter().map(String::as_str));
        let has = |form: &&TaughtForm| {
            form.needed.iter().all(|(key, nth)| keys.iter().any(|it| it.key == *key && it.nth >= *nth))
        };
        // The first of equals.
        let form = self.forms.iter().filter(has).rev().max_by_key(|form| form.needed.len())?;
        let (name, shape, is_plan) = (form.name.clone(), form.shape, form.is_plan);
        Some(Known { name, shape, is_plan, roles: form.roles_of(&keys) })
    }

    /// The tables of taught forms on a sheet, from top to bottom.
    pub(super) fn tables(&self, grid: &Grid) -> Vec<TaughtTable> {
        if self.forms.is_empty() {
            return Vec::new();
        }
        let may_be = |cells: &[(u16, Shown)]| cells.iter().any(|(_, shown)| self.may_be_heading(&shown.text));
        let rows = grid.rows_from(0).filter(|(_, cells)| may_be(cells)).take(SEARCHED_ROWS);
        let mut tables: Vec<TaughtTable> = Vec::new();
        for (row, _) in rows {
            let floor = tables.last().map_or(0, |table| table.rows.bottom + 1);
            tables.extend(self.table_at(grid, row, floor));
        }
        tables
    }

    fn may_be_heading(&self, text: &str) -> bool {
        text.len() <= LONGEST && self.lowest.contains(lowest(&HeadingKey::of(text).key))
    }

    /// The table whose lowest row of headings is `row`; further rows above it are taken as far as they are needed.
    fn table_at(&self, grid: &Grid, row: u32, floor: u32) -> Option<TaughtTable> {
        (row.saturating_sub(MAX_ROWS - 1).max(floor)..=row).rev().find_map(|top| {
            let rows = HeaderRows { top, bottom: row };
            let headings =
                paths(grid, &|_, _| None, rows).iter().map(|path| (path.col, joined(path))).collect();
            TaughtTable::of(self, rows, headings)
        })
    }
}

/// The lowest of the headings of a key.
fn lowest(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// The headings above a column in one text.
pub(super) fn joined(path: &HeadingPath) -> String {
    path.cells.iter().map(|(_, text, _)| text.as_str()).collect::<Vec<_>>().join(" / ")
}

impl TaughtForm {
    fn new(form: &FormEntry) -> Self {
        let keys: Vec<HeadingKey> = form.headings.iter().map(|heading| HeadingKey::of(heading)).collect();
        let roles: BTreeMap<HeadingKey, FormRole> =
            form.roles.iter().map(|(heading, role)| (HeadingKey::of(heading), *role)).collect();
        Self {
            name: form.name.as_str().into(),
            shape: form.shape,
            is_plan: !form.not_a_plan,
            last_year: keys.iter().chain(roles.keys()).filter_map(|key| key.year).max(),
            needed: keys.into_iter().map(|key| (key.key, key.nth)).collect(),
            roles,
        }
    }

    fn roles_of(&self, keys: &[HeadingKey]) -> Vec<Option<FormRole>> {
        let is_own = |key: &&HeadingKey| self.roles.keys().any(|own| own.key == key.key);
        let last_year = keys.iter().filter(is_own).filter_map(|key| key.year).max();
        // A form taught in 2026 is known again in 2027, with all its years one later.
        let later = last_year.zip(self.last_year).map_or(0, |(found, taught)| found - taught);
        keys.iter().map(|key| self.role_of(key, later)).collect()
    }

    /// The role of a heading whose year is `later` than in planbook.toml: that of the heading of the same year,
    /// else of the nearest.
    fn role_of(&self, heading: &HeadingKey, later: i32) -> Option<FormRole> {
        let same = self.roles.iter().filter(|(key, _)| key.key == heading.key && key.nth == heading.nth);
        let distance = |key: &HeadingKey| match (key.year, heading.year) {
            (Some(taught), Some(found)) => (taught + later - found).unsigned_abs(),
            (None, None) => 0,
            _ => u32::MAX,
        };
        let (key, role) = same.min_by_key(|(key, _)| distance(key))?;
        Some(match role {
            FormRole::Value(value) => FormRole::Value(in_year_of(*value, key.year, heading.year)),
            role => *role,
        })
    }
}

/// The value's role where its heading has the year `found` instead of `taught`.
fn in_year_of(value: ValueRole, taught: Option<i32>, found: Option<i32>) -> ValueRole {
    let year = match (value.year, taught, found) {
        (Some(year), Some(taught), Some(found)) => Some(year + found - taught),
        // Years of other calendars are for the reader of headings.
        (None, _, Some(found)) if (1900..2200).contains(&found) => Some(found),
        (year, ..) => year,
    };
    ValueRole { year, ..value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;

    fn taught(text: &str) -> Taught {
        Taught::new(&Config::parse(text).unwrap().forms)
    }

    fn roles(taught: &Taught, headings: &[&str]) -> Option<String> {
        let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
        let role = |role: &Option<FormRole>| role.map_or("-".to_owned(), |role| role.to_string());
        Some(taught.known(&headings)?.roles.iter().map(role).collect::<Vec<_>>().join(", "))
    }

    const FORM: &str = "
[[forms]]
name = \"서식 1\"
headings = [\"사업명\", \"2025년\", \"2026년\", \"2026년 목표 / 1분기\"]
[forms.roles]
\"사업명\" = \"kpi\"
\"2025년\" = \"actual 2025\"
\"2026년\" = \"target 2026\"
\"2026년 목표 / 1분기\" = \"target 2026 Q1\"
";

    #[test]
    fn a_form_is_known_by_its_headings_wherever_they_stand() {
        let taught = taught(FORM);
        let known = roles(
            &taught,
            &["2026년 / 2026년 목표 / 1분기", "비고", "교통국 / 사 업 명", "2025년", "2026년"],
        );
        assert_eq!(known.as_deref(), Some("target 2026 Q1, -, kpi, actual 2025, target 2026"));
        assert_eq!(roles(&taught, &["사업명", "2025년", "2026년"]), None);
    }

    #[test]
    fn a_form_taught_in_one_year_is_known_again_in_the_next() {
        let headings = ["사업명", "2026년", "2027년", "2027년 목표 / 1분기"];
        let known = roles(&taught(FORM), &headings);
        assert_eq!(known.as_deref(), Some("kpi, actual 2026, target 2027, target 2027 Q1"));
        let japanese = "[[forms]]\nname = \"x\"\nheadings = [\"施策\", \"令和7年度目標\"]\nroles = { \"施策\" = \"kpi\", \"令和7年度目標\" = \"target 2025\" }\n";
        assert_eq!(
            roles(&super::tests::taught(japanese), &["施策", "令和8年度目標"]).as_deref(),
            Some("kpi, target 2026")
        );
    }

    #[test]
    fn a_second_column_of_a_heading_has_a_role_of_its_own() {
        let taught = taught(
            "[[forms]]\nname = \"x\"\nheadings = [\"지표\", \"실적\", \"실적 #2\"]\nroles = { \"지표\" = \"kpi\", \"실적\" = \"actual 2025\", \"실적 #2\" = \"actual 2026\" }\n",
        );
        assert_eq!(
            roles(&taught, &["지표", "실적", "실적"]).as_deref(),
            Some("kpi, actual 2025, actual 2026")
        );
        assert_eq!(roles(&taught, &["지표", "실적"]), None);
    }

    #[test]
    fn of_two_forms_the_one_with_more_headings_is_taken() {
        let taught = taught(
            "[[forms]]\nname = \"작은\"\nheadings = [\"지표\"]\n[[forms]]\nname = \"큰\"\nheadings = [\"지표\", \"목표\"]\nnot_a_plan = true\n",
        );
        let known = |headings: &[&str]| {
            let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
            taught.known(&headings).map(|known| (known.name.to_string(), known.is_plan))
        };
        assert_eq!(known(&["목표", "지표"]), Some(("큰".to_owned(), false)));
        assert_eq!(known(&["지표"]), Some(("작은".to_owned(), true)));
        assert_eq!(known(&["목표"]), None);
    }
}
