//! `cascade.xlsx`: the whole city in one workbook. A sheet a file; `tab::Tab` names them in their order.

mod alignment;
mod chain;
mod codes;
mod common;
mod findings;
mod kpis;
mod loose;
mod organisations;
mod overview;
mod rollups;
mod tab;
mod targets;
mod values;
mod writer;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::sheet::{Sheet, external, internal};
use super::style::{Formats, Style};
use crate::check::FindingIndex;
use crate::consolidate::{City, Context, RowId};
use crate::finding::Lang;
use crate::ledger::Rounds;
use crate::plan::Field;
use crate::project::Config;
use crate::source::Place;
use tab::Tab;
pub use writer::CascadeWriter;

/// The row of a sheet's heading; above it stand title, explanation and the way back.
const HEADING: u32 = 3;
/// The row of the way back to the first sheet.
const WAY_BACK: u32 = 2;

/// The workbook cannot be put together: more rows than a sheet holds.
#[derive(Debug, thiserror::Error)]
#[error("cascade.xlsx cannot be put together: {0}")]
pub struct WorkbookError(#[from] XlsxError);

/// What every sheet is given.
#[derive(Clone, Copy)]
struct Input<'a> {
    city: &'a City,
    config: &'a Config,
    findings: &'a FindingIndex<'a>,
    rounds: &'a Rounds,
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
        self.named(&self.city.place(row, Field::Kpi))
    }

    /// Name of and link to a place.
    fn named(&self, place: &Place) -> (String, Option<String>) {
        let cell = place.cell.map(|cell| cell.to_string()).unwrap_or_default();
        (format!("{}!{cell}", place.sheet.as_deref().unwrap_or_default()), self.link(place))
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
    findings: &FindingIndex<'_>,
    rounds: &Rounds,
    lang: Lang,
    links_base: Option<&str>,
) -> Result<Vec<u8>, WorkbookError> {
    let input = Input { city: context.city, config: context.config, findings, rounds, lang, links_base };
    let formats = Formats::of(Style::of(context.config));
    let mut book = Workbook::new();
    book.set_default_format(&formats.style.plain(), 20, 64)?;
    book.set_properties(&properties(input)?);
    let mut names = Vec::new();
    for tab in Tab::ALL {
        let mut sheet = Sheet::new(book.add_worksheet(), &formats, tab.name(lang), tab.columns(input))?;
        // `&` begins a code in headers.
        sheet.worksheet.set_header(format!("&L{}", title(input).replace('&', "&&")));
        sheet.worksheet.set_tab_color(tab.colour(&formats.style));
        let filled = tab.fill(input, &mut sheet)?;
        if tab != Tab::Overview {
            let back = lang.pick("← 요약으로", "← to the overview");
            sheet.way(WAY_BACK, 0, back, internal(Tab::Overview.name(lang), 0))?;
        }
        if let Some(range) = filled {
            names.push((tab.defined_name(lang), format!("='{}'!{range}", tab.name(lang))));
        }
        sheet.finish()?;
    }
    for (name, range) in names {
        book.define_name(name, &range)?;
    }
    Ok(book.save_to_buffer()?)
}

/// The rows of a table as a name of the workbook refers to them: heading and lines, so many columns.
fn range(heading: u32, last: u32, columns: usize) -> String {
    let last_col = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
    format!("$A${}:${}${}", heading + 1, crate::source::column_letters(last_col), last.max(heading) + 1)
}

/// Title and a date that does not depend on the clock: the first day of the plan year.
fn properties(input: Input<'_>) -> Result<DocProperties, XlsxError> {
    let year =
        u16::try_from(input.city.year).ok().filter(|year| (1900..=9999).contains(year)).unwrap_or(2000);
    Ok(DocProperties::new()
        .set_title(title(input))
        .set_subject(input.lang.pick("목표·지표 연계도", "Cascade of objectives and KPIs"))
        .set_company(&*input.city.name)
        .set_author("planbook")
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, 1, 1)?))
}

fn title(input: Input<'_>) -> String {
    let City { name, year, .. } = input.city;
    input.lang.pick(format!("{name} {year}년도 성과관리계획"), format!("{name}: performance plans {year}"))
}

#[cfg(test)]
mod tests;
