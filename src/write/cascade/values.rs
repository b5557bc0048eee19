//! The data, one line per KPI and year.

use super::tab::{CascadeInput, FilledTab, HEADING};
use crate::consolidate::RowId;
use crate::finding::Lang;
use crate::plan::{PeriodValue, Plan, ValueKind, YearColumn};
use crate::workbook::{Cell, CellFormat, Columns, Sheet, Table};
use crate::write::words;

/// The most lines written: a sheet has 1,048,576 rows, and `data/` has all lines.
const MOST: usize = 1_000_000;

/// A year of a row, with the row's number on the sheet of KPIs.
struct ValueLine<'a> {
    number: usize,
    id: RowId,
    value: ValueAt<'a>,
}

/// A value of a row: of a year of the plan, or of another period.
#[derive(Clone, Copy)]
enum ValueAt<'a> {
    Year(&'a YearColumn),
    Period(&'a PeriodValue),
}

impl ValueAt<'_> {
    fn year(self) -> Option<i32> {
        match self {
            ValueAt::Year(column) => Some(column.year),
            ValueAt::Period(value) => value.year,
        }
    }

    fn part(self, lang: Lang) -> String {
        match self {
            ValueAt::Period(PeriodValue { part: Some(part), .. }) => words::beside::part(*part, lang),
            _ => String::new(),
        }
    }

    fn kind(self) -> Option<ValueKind> {
        match self {
            ValueAt::Year(column) => column.kind.map(ValueKind::from),
            ValueAt::Period(value) => Some(value.kind),
        }
    }
}

fn columns(input: CascadeInput<'_>) -> Columns<'_, ValueLine<'_>> {
    let CascadeInput { city, lang, .. } = input;
    let own = |line: &ValueLine<'_>| city.row(line.id);
    let columns = Columns::<ValueLine<'_>>::new(lang)
        .column(("지표 번호", "KPI no."), 9.0, |line| Cell::count(line.number).muted())
        .column(("조직", "Organisation"), 26.0, move |line| city.org(line.id))
        .column(("관점", "Perspective"), 16.0, move |line| &own(line).perspective.name)
        .column(("핵심성과지표", "KPI"), 38.0, move |line| &own(line).kpi.text)
        .column(("단위", "Unit"), 10.0, move |line| Cell::text(&own(line).unit.text.text).centred())
        .column(("연도", "Year"), 9.0, |line| {
            Cell::number_or_blank(line.value.year().map(f64::from), CellFormat::Number(0, false))
        });
    let has_parts = city.rows().any(|id| city.row(id).periods.iter().any(|value| value.part.is_some()));
    let columns = if has_parts {
        columns.column(("기간", "Period"), 9.0, move |line| Cell::text(&line.value.part(lang)).centred())
    } else {
        columns
    };
    columns
        .column(("구분", "Kind"), 9.0, move |line| {
            Cell::text(line.value.kind().map_or("", |kind| words::beside::kind(kind, lang))).centred()
        })
        .column(("적힌 값", "As written"), 24.0, move |line| {
            let written = match line.value {
                ValueAt::Year(column) => city.written(line.id, column.year),
                ValueAt::Period(value) => &value.text().text,
            };
            Cell::text(written).centred()
        })
        .column(("수치", "Number"), 14.0, move |line| {
            let amount = match line.value {
                ValueAt::Year(column) => city.amount(line.id, column.year),
                ValueAt::Period(value) => value.amount(&own(line).unit),
            };
            Cell::number_or_blank(amount, CellFormat::Weight)
        })
}

pub(super) fn fill(input: CascadeInput<'_>, sheet: &mut Sheet<'_>) -> FilledTab {
    let CascadeInput { city, lang, .. } = input;
    let of_rows =
        |plan: &Plan| plan.rows.iter().map(|row| plan.years.len() + row.periods.len()).sum::<usize>();
    let all: usize = city.plans.iter().map(of_rows).sum();
    let note = lang.pick(
        "지표와 연도마다 한 줄입니다. 지표 번호는 '지표 자료' 시트의 번호입니다. 수치는 단위의 배수를 풀어 적었고, 수가 아닌 값에는 없습니다.",
        "A line for each KPI and year; the number is that of the sheet 'KPI data'. Numbers are in the base of their unit; \
         what is no number has none.",
    );
    let cut = lang.pick(
        format!("{all}줄 가운데 앞의 {MOST}줄입니다. 모두는 data/indicators.csv에 있습니다."),
        format!("The first {MOST} of {all} lines; data/indicators.csv has all."),
    );
    sheet.title(lang.pick("연도별 자료", "Values by year"), if all > MOST { &cut } else { note })?;
    let mut table = Table::new(sheet, HEADING, columns(input))?;
    let lines = (1..).zip(city.rows()).flat_map(|(number, id)| {
        let years = city.plans[id.plan].years.iter().map(ValueAt::Year);
        let periods = city.row(id).periods.iter().map(ValueAt::Period);
        years.chain(periods).map(move |value| ValueLine { number, id, value })
    });
    table.lines(sheet, lines.take(MOST))?;
    table.finish_as_table(sheet, lang.pick("연도별자료", "YearValues"), 0)?;
    Ok(None)
}
