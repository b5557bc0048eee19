//! `data/indicators.csv`: the records of `indicators.json` as a table, years as columns.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::consolidate::{City, Context, RowId};
use crate::plan::value::show_number;
use crate::plan::{Field, Indicator, PeriodValue, ValueKind, YearKind};

/// Writes a heading and one line per KPI row.
///
/// UTF-8 with a byte order mark, without which Excel assumes the system code page. There is a column for
/// every year of any plan, empty for plans without that year. Text that a spreadsheet would run as a formula
/// gets a leading apostrophe (`guarded`).
///
/// # Errors
/// When `out` fails.
pub fn write(context: &Context<'_>, out: &mut impl Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let table = CsvColumns::of(context.city);
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(table.headings())?;
    for id in context.city.rows() {
        csv.write_record(table.record(context, id).iter().map(|text| guarded(text).into_owned()))?;
    }
    csv.flush()
}

/// `text` as written: with a leading apostrophe where a spreadsheet would take it for a formula, or where it
/// begins with an apostrophe itself, so that removing one always restores the text.
///
/// Formulas begin with `=`, `+`, `-` or `@`, in some languages with their full-width forms, after optional
/// tabs and line ends. A `-` alone and a negative number or share are values.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    let is_value = text
        .strip_prefix('-')
        .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || ".,%".contains(c)));
    let runs = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\''])
        || text.starts_with(['\t', '\r', '\n']);
    if runs && !is_value { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The columns of the file.
struct CsvColumns {
    /// The years of any plan.
    years: Vec<i32>,
    /// The columns of the plans' tables; one year stands for all of them.
    fields: Vec<Field>,
    /// What is joined in one column, where any row has it.
    joined: Vec<&'static Joined>,
}

/// What differs from form to form, joined in one column with `; ` between.
struct Joined {
    name: &'static str,
    text: fn(&Indicator) -> String,
}

/// The levels above the objective, the values of other periods, and the columns kept as they are.
static JOINED: [Joined; 3] = [
    Joined { name: "levels", text: |row| join(row.levels.iter().map(|level| level.text.text.to_string())) },
    Joined { name: "periods", text: |row| join(row.periods.iter().map(period)) },
    Joined {
        name: "extra",
        text: |row| join(row.extra.iter().map(|extra| format!("{}={}", extra.heading, extra.text.text))),
    },
];

fn join(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("; ")
}

/// `target 2026 Q1=89`.
fn period(period: &PeriodValue) -> String {
    let kind = match period.kind {
        ValueKind::Actual => "actual",
        ValueKind::Target => "target",
        ValueKind::Baseline => "baseline",
        ValueKind::Forecast => "forecast",
    };
    let year = period.year.map(|year| format!(" {year}")).unwrap_or_default();
    let part = period.part.map(|part| format!(" {part}")).unwrap_or_default();
    format!("{kind}{year}{part}={}", period.text().text)
}

impl CsvColumns {
    /// Those of the plans of `city`; a column that only some tables have is there where one has it.
    fn of(city: &City) -> Self {
        let years: BTreeSet<i32> =
            city.plans.iter().flat_map(|plan| plan.years.iter().map(|column| column.year)).collect();
        let is_there = |field: &Field| !field.is_optional() || city.plans.iter().any(|plan| plan.has(*field));
        let fields = Field::of_table([0]).filter(is_there).collect();
        let rows = || city.plans.iter().flat_map(|plan| &plan.rows);
        let joined =
            JOINED.iter().filter(|joined| rows().any(|row| !(joined.text)(row).is_empty())).collect();
        Self { years: years.into_iter().collect(), fields, joined }
    }

    /// The columns with the years one by one.
    fn single(&self) -> impl Iterator<Item = Field> {
        let all = Field::of_table(self.years.iter().copied());
        all.filter(|field| field.column().is_none() || self.fields.contains(field))
    }

    fn headings(&self) -> Vec<String> {
        let mut headings = ["plan", "row", "org", "parent_org"].map(str::to_owned).to_vec();
        let by_year = |name: &'static str| self.years.iter().map(move |year| format!("{name}_{year}"));
        for field in &self.fields {
            match field.column() {
                None => headings.extend(by_year("value").chain(by_year("kind"))),
                Some(column) if *field == Field::Perspective => {
                    headings.extend([column.id, "perspective_weight"].map(str::to_owned));
                }
                Some(_) if *field == Field::Code => {
                    headings.extend(["codes", "initiative"].map(str::to_owned));
                }
                Some(column) => headings.push(column.id.to_owned()),
            }
        }
        headings.extend(self.joined.iter().map(|joined| joined.name.to_owned()));
        headings.extend(["file", "sheet"].map(str::to_owned));
        headings.extend(self.single().map(|field| format!("cell_{field}")));
        headings
    }

    fn record(&self, context: &Context<'_>, id: RowId) -> Vec<String> {
        let city = context.city;
        let plan = &city.plans[id.plan];
        let row = &plan.rows[id.row];
        let value = |&year: &i32| city.value(id, year).map_or("", |value| &value.text.text).to_owned();
        let kind = |&year: &i32| match plan.year_index(year).and_then(|index| plan.years[index].kind) {
            Some(YearKind::Actual) => "actual".to_owned(),
            Some(YearKind::Target) => "target".to_owned(),
            None => String::new(),
        };
        let cell =
            |field: Field| row.cell_of(field, &plan.years).map_or_else(String::new, |cell| cell.to_string());
        let mut record = vec![id.plan.number().to_string(), id.row.to_string()];
        record.extend([plan.org.to_string(), city.parent_name(id.plan).to_owned()]);
        for field in &self.fields {
            match field.column() {
                None => record.extend(self.years.iter().map(value).chain(self.years.iter().map(kind))),
                Some(_) if *field == Field::Perspective => {
                    let weight = row.perspective.weight.map_or_else(String::new, show_number);
                    record.extend([row.perspective.name.to_string(), weight]);
                }
                Some(_) if *field == Field::Code => {
                    let name = row.initiatives.name.as_deref().unwrap_or_default();
                    record.extend([row.initiatives.codes.join(";"), name.to_owned()]);
                }
                Some(column) => record.push((column.text)(row).text.to_string()),
            }
        }
        record.extend(self.joined.iter().map(|joined| (joined.text)(row)));
        record.extend([plan.file.to_string(), row.sheet.to_string()]);
        record.extend(self.single().map(cell));
        record
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_text_runs_as_a_formula_in_a_spreadsheet() {
        for text in
            ["=1+1", "+82-2-120", "@SUM(A1)", "-2+3", " =1", "\t=1", "＝1", "- 시민만족도", "-1,000건"]
        {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in ["-", "-5.2", "-12.3%", "-1,000", "", "75", "1-2", "시민=고객"] {
            assert_eq!(guarded(text), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_the_same(text in "['=+@\\-\t a-c0-9가-나]{0,6}") {
            let written = guarded(&text);
            prop_assert_eq!(written.strip_prefix('\'').unwrap_or(&written), text.as_str());
        }
    }
}
