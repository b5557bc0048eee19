//! The forms met in the workbooks of a folder: tables with the same headings are one form.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::outcome::{FormColumn, Submission, TableForm};
use crate::project::Config;
use crate::project::forms::{FormRole, HeadingKey, TableShape, ValueRole, numbered};
use crate::source::column_letters;

/// A form met in the workbooks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FormMet {
    /// The entry of `[[forms]]` in planbook.toml that knows it, by its name.
    pub taught: Option<Arc<str>>,
    /// Whether its tables are plans; false only where planbook.toml says so.
    pub is_plan: bool,
    /// The shape of its tables.
    pub shape: TableShape,
    /// How sure the reading is, in percent: of the least sure table.
    pub confidence: u8,
    /// Whether its tables are sure enough to be read.
    pub is_sure: bool,
    /// Its tables, by workbook and position.
    pub tables: Vec<FormPlace>,
    /// Its columns, in the order of the first table; of a card its labels, of a transposed table its rows.
    pub columns: Vec<ColumnMet>,
}

/// A table of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FormPlace {
    /// The workbook, relative to the plan-year folder.
    pub file: Arc<str>,
    /// The sheet.
    pub sheet: Arc<str>,
    /// The range of its headings (`A3:N4`).
    pub range: String,
    /// The number of KPI rows read from it.
    pub rows: usize,
}

/// A column of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ColumnMet {
    /// Where it stands in the first table: a column, or a cell if the labels stand below each other.
    pub at: String,
    /// Its heading as in `[[forms]]`: a second column of one heading has ` #2` behind it.
    pub heading: String,
    /// Its role in the first table, as in `[[forms]]`.
    pub role: String,
    /// Its roles in other tables, without years.
    pub also: Vec<String>,
    /// How sure the role is, in percent.
    pub confidence: u8,
}

/// What makes two tables the same form.
type Key = (TableShape, Vec<(String, usize)>);

/// The forms of all workbooks except scorecards: those to be asked about first, then in the order of the workbooks.
pub fn met(submissions: &[Submission], config: &Config) -> Vec<FormMet> {
    let mut forms: Vec<FormMet> = Vec::new();
    let mut known: BTreeMap<Key, usize> = BTreeMap::new();
    for (submission, form) in tables(submissions) {
        let at = *known.entry(key(form)).or_insert_with(|| {
            forms.push(FormMet::new(form, config));
            forms.len() - 1
        });
        forms[at].add(submission, form);
    }
    forms.sort_by_key(|form| form.is_sure);
    forms
}

/// The tables of all workbooks except scorecards.
pub fn tables(submissions: &[Submission]) -> impl Iterator<Item = (&Submission, &TableForm)> {
    submissions.iter().flat_map(|submission| {
        let contents = submission.outcome.as_ref().ok().filter(|contents| !contents.is_scorecard());
        contents.into_iter().flat_map(|contents| &contents.forms).map(move |form| (submission, form))
    })
}

fn key(form: &TableForm) -> Key {
    let keys = HeadingKey::of_all(form.columns.iter().map(|column| &*column.heading));
    (form.shape, keys.into_iter().map(|key| (key.key, key.nth)).collect())
}

/// Where a column of a form stands: `F`, or `F3` if the headings stand below each other.
pub fn place_of(form: &TableForm, column: &FormColumn) -> String {
    match form.shape {
        TableShape::Card | TableShape::Transposed => column.cell.to_string(),
        _ => column_letters(column.cell.col),
    }
}

/// A role without its year: the same in all years.
fn in_any_year(role: &str) -> String {
    match FormRole::parse(role) {
        Some(FormRole::Value(value)) => FormRole::Value(ValueRole { year: None, ..value }).to_string(),
        _ => role.to_owned(),
    }
}

impl FormMet {
    fn new(form: &TableForm, config: &Config) -> Self {
        let headings = numbered(form.columns.iter().map(|column| &*column.heading));
        let columns = form.columns.iter().zip(headings).map(|(column, heading)| ColumnMet {
            at: place_of(form, column),
            heading,
            role: column.role.clone(),
            also: Vec::new(),
            confidence: column.confidence,
        });
        Self {
            taught: form.taught.clone(),
            is_plan: !config.is_no_plan(form.taught.as_deref()),
            shape: form.shape,
            confidence: form.confidence,
            is_sure: form.is_sure(),
            tables: Vec::new(),
            columns: columns.collect(),
        }
    }

    fn add(&mut self, submission: &Submission, form: &TableForm) {
        self.confidence = self.confidence.min(form.confidence);
        self.is_sure &= form.is_sure();
        self.tables.push(FormPlace {
            file: submission.file.clone(),
            sheet: form.sheet.clone(),
            range: form.headings.to_string(),
            rows: form.rows,
        });
        for (own, other) in self.columns.iter_mut().zip(&form.columns) {
            own.confidence = own.confidence.min(other.confidence);
            let role = in_any_year(&other.role);
            if role != in_any_year(&own.role) && !own.also.contains(&role) {
                own.also.push(role);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{form, workbook_of_forms};

    #[test]
    fn tables_with_the_same_headings_are_one_form_wherever_they_stand_and_in_any_year() {
        let workbooks = [
            workbook_of_forms("1.xlsx", vec![form("A3", 95, "사업명=kpi|2026년 목표=target 2026")]),
            workbook_of_forms(
                "2.xlsx",
                vec![
                    form("C9", 60, "사 업 명=kpi|2027년 목표=target 2027"),
                    form("A1", 30, "품목=kpi|단가=extra"),
                ],
            ),
            workbook_of_forms("3.xlsx", vec![form("A3", 90, "사업명=goal|2026년 목표=target 2026")]),
        ];
        let forms = met(&workbooks, &Config::default());
        let told: Vec<(usize, u8, bool)> =
            forms.iter().map(|form| (form.tables.len(), form.confidence, form.is_sure)).collect();
        assert_eq!(told, [(1, 30, false), (3, 60, true)]);
        let [name, target] = &forms[1].columns[..] else { panic!() };
        assert_eq!((name.also.as_slice(), target.also.len()), (&["goal".to_owned()][..], 0));
        assert_eq!((name.at.as_str(), forms[1].tables[1].range.as_str()), ("A", "C9:D9"));
    }
}
