//! The scorecards of all plans.

use rayon::prelude::*;
use rust_xlsxwriter::{ProtectionOptions, Worksheet, XlsxError};

use super::columns::CardColumns;
use super::input::{CardInput, CardRow};
use super::numbers::CommonNumbers;
use super::{common, findings, settings, summary, table, words};
use crate::check::FindingIndex;
use crate::consolidate::{City, Context};
use crate::files::file_name;
use crate::finding::Lang;
use crate::plan::{Plan, PlanId, RowId};
use crate::project::Polarities;
use crate::project::scoring::Scoring;
use crate::read::ScorecardForm;
use crate::score::{Entries, RowIds, measure_with, row_score};
use crate::workbook::{self, About, Book, Formats, Sheet, Style};

/// The folder of scorecards.
pub const FOLDER: &str = "scorecards";

/// A scorecard cannot be built: it has more rows than a sheet can hold.
#[derive(Debug, thiserror::Error)]
#[error("{name} cannot be put together: {error}")]
pub struct ScorecardError {
    /// The scorecard's name.
    pub name: String,
    /// Why.
    pub error: XlsxError,
}

/// A scorecard.
#[derive(Debug)]
pub struct Scorecard {
    /// Its file name.
    pub name: String,
    /// The workbook, the same bytes for the same input.
    pub bytes: Vec<u8>,
}

/// The names of the scorecards, in book order: `07_교통국.xlsx`.
pub fn names(city: &City) -> Vec<String> {
    let digits = city.plans.len().to_string().len().max(2);
    let name =
        |(id, plan): (PlanId, &Plan)| format!("{:0digits$}_{}.xlsx", id.number(), file_name(&plan.org));
    city.numbered_plans().map(name).collect()
}

/// The scorecards of all plans, in book order, built on all cores and filled in from `entries`.
///
/// # Errors
/// When a sheet would need more rows or columns than Excel has.
pub fn workbooks(
    context: &Context<'_>,
    findings: &FindingIndex<'_>,
    entries: &Entries,
    lang: Lang,
) -> Result<Vec<Scorecard>, ScorecardError> {
    let city = context.city;
    let formats = Formats::of(Style::of(context.config));
    let numbers = CommonNumbers::of(*context);
    let ids = RowIds::of(city);
    let polarities = Polarities::new(context.config, &city.names);
    let names = names(city);
    let plans: Vec<(PlanId, String)> = city.plan_ids().zip(names).collect();
    plans
        .into_par_iter()
        .map(|(index, name)| {
            let input = CardInput {
                city,
                rules: &context.config.score,
                polarities: &polarities,
                plan: &city.plans[index],
                index,
                findings: findings.of_plan(index),
                lang,
                formats: &formats,
                numbers: &numbers,
                ids: &ids,
                columns: CardColumns::of(&city.plans[index], city.year, lang),
                rows: rows(city, index, &ids, entries, &polarities, &context.config.score),
            };
            match workbook(&input) {
                Ok(bytes) => Ok(Scorecard { name, bytes }),
                Err(error) => Err(ScorecardError { name, error }),
            }
        })
        .collect()
}

fn rows<'a>(
    city: &City,
    plan: PlanId,
    ids: &RowIds,
    entries: &'a Entries,
    polarities: &Polarities<'_>,
    rules: &Scoring,
) -> Vec<CardRow<'a>> {
    (0..city.plans[plan].rows.len())
        .map(|row| {
            let id = RowId { plan, row };
            let (key, measure) = (ids.key(id), measure_with(city, id, polarities));
            let entry = entries.rows.get(&key.id);
            let score = row_score(city, id, &measure, entry, &key.state, rules);
            CardRow { id, measure, entry, score }
        })
        .collect()
}

/// Fills a sheet.
type CardFill = fn(&CardInput<'_>, &mut Sheet<'_>) -> workbook::Result;

/// The functions that fill the sheets, in order.
const SHEETS: [CardFill; 5] = [table::fill, summary::fill, common::fill, findings::fill, settings::fill];

fn workbook(input: &CardInput<'_>) -> workbook::Result<Vec<u8>> {
    let City { name, year, .. } = input.city;
    let title = words::title(input.city, input.plan, input.lang);
    let about = About { title: &title, subject: name, company: "", year: *year };
    let mut book = Book::new(input.formats, Some(about))?;
    settings::define_names(input, &mut book)?;
    for (number, (name, fill)) in input.sheets().iter().zip(SHEETS).enumerate() {
        let mut sheet = book.sheet(name)?;
        fill(input, &mut sheet)?;
        if number > 0 {
            mark_other_sheet(sheet.worksheet)?;
        }
        protect(sheet.worksheet);
        let header = header_text(&format!("{} {}", input.city.name, input.plan.org));
        sheet.worksheet.set_header(format!("&L{header}&R{year}"));
        sheet.finish()?;
    }
    book.save()
}

/// Protects formulas and plan texts from accidental edits. There is no password, so anyone can unprotect the
/// sheet.
fn protect(worksheet: &mut Worksheet) {
    let options = ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    };
    worksheet.protect_with_options(&options);
}

/// Adds the hidden mark of a sheet that is not a plan.
fn mark_other_sheet(worksheet: &mut Worksheet) -> workbook::Result {
    const COLUMN: u16 = 40;
    worksheet.write_string(0, COLUMN, ScorecardForm::OTHER_SHEET)?;
    worksheet.set_column_hidden(COLUMN)?;
    Ok(())
}

/// Text for a page header, where `&` is special and 255 characters are the maximum.
fn header_text(text: &str) -> String {
    text.chars().take(100).collect::<String>().replace('&', "&&")
}
