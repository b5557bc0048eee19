//! `cascade.xlsx`: the whole city in one workbook.
//!
//! Sheets: an overview, the cascade, the common KPIs, the findings, what hangs loose.

mod chain;
mod common;
mod findings;
mod loose;
mod overview;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::sheet::{Column, Sheet, external};
use super::style::{Formats, Style};
use crate::consolidate::{City, Context, RowId};
use crate::finding::{Finding, Lang};
use crate::plan::Field;
use crate::source::Place;

/// The workbook cannot be put together: more rows than a sheet holds.
#[derive(Debug, thiserror::Error)]
#[error("cascade.xlsx cannot be put together: {0}")]
pub struct WorkbookError(#[from] XlsxError);

/// The columns of a sheet.
type Columns = fn(Input<'_>) -> Vec<Column>;
/// Fills a sheet.
type Fill = fn(Input<'_>, &mut Sheet<'_>) -> Result<(), XlsxError>;

/// What every sheet is given.
#[derive(Clone, Copy)]
struct Input<'a> {
    city: &'a City,
    findings: &'a [Finding],
    lang: Lang,
    links_base: Option<&'a str>,
}

impl Input<'_> {
    /// The link to a place in a plan's workbook.
    fn link(&self, place: &Place) -> Option<String> {
        external(self.links_base?, place)
    }

    /// Name of and link to the KPI cell of a row.
    fn source(&self, row: RowId) -> (String, Option<String>) {
        let place = self.city.place(row, Field::Kpi);
        let cell = place.cell.map(|cell| cell.to_string()).unwrap_or_default();
        (format!("{}!{cell}", place.sheet.as_deref().unwrap_or_default()), self.link(&place))
    }

    /// The names of the sheets, in their order.
    fn sheets(&self) -> [&'static str; 5] {
        self.lang.pick(
            ["요약", "연계도", "공통지표", "지적사항", "미연결"],
            ["Overview", "Cascade", "Common KPIs", "Findings", "Loose rows"],
        )
    }
}

/// The workbook as bytes, the same for the same input.
///
/// `links_base` is the plan-year folder as seen from where the workbook will lie, with `/` between its parts
/// (`../examples/seoul-2009`). With it, places are links into the departments' workbooks.
///
/// # Errors
/// When a sheet would need more rows than Excel has.
pub fn workbook(
    context: &Context<'_>,
    findings: &[Finding],
    lang: Lang,
    links_base: Option<&str>,
) -> Result<Vec<u8>, WorkbookError> {
    let input = Input { city: context.city, findings, lang, links_base };
    let formats = Formats::of(Style::of(context.config));
    let mut book = Workbook::new();
    book.set_default_format(&formats.style.plain(), 20, 64)?;
    book.set_properties(&properties(input)?);
    let sheets: [(Columns, Fill); 5] = [
        (overview::columns, overview::fill),
        (chain::columns, chain::fill),
        (common::columns, common::fill),
        (findings::columns, findings::fill),
        (loose::columns, loose::fill),
    ];
    for (name, (columns, fill)) in input.sheets().into_iter().zip(sheets) {
        let mut sheet = Sheet::new(book.add_worksheet(), &formats, name, columns(input))?;
        fill(input, &mut sheet)?;
        sheet.finish()?;
    }
    Ok(book.save_to_buffer()?)
}

/// Title and a date that does not depend on the clock: the first day of the plan year.
fn properties(input: Input<'_>) -> Result<DocProperties, XlsxError> {
    let year =
        u16::try_from(input.city.year).ok().filter(|year| (1900..=9999).contains(year)).unwrap_or(2000);
    Ok(DocProperties::new()
        .set_title(title(input))
        .set_author("planbook")
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, 1, 1)?))
}

fn title(input: Input<'_>) -> String {
    let City { name, year, .. } = input.city;
    input.lang.pick(format!("{name} {year}년도 성과관리계획"), format!("{name}: performance plans {year}"))
}

#[cfg(test)]
mod tests;
