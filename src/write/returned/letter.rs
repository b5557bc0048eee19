//! The covering message of each workbook, from a template: text to paste into an e-mail.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::form::sheet_name;
use super::returnable::{accepted, open, to_return};
use super::review;
use crate::files::Output;
use crate::finding::{Action, Code, Finding, Lang, ReviewForm, Severity};
use crate::ledger::Receipt;
use crate::read::Submission;
use crate::source::escape_controls;
use crate::write::templates::{Set, TemplateError, Templates};
use crate::write::{WriteContext, WriterError};

/// The templates of the covering messages, one per language.
pub static LETTERS: Set = Set {
    folder: "templates/letter",
    files: &[
        ("ko.hbs", include_str!("../../../templates/letter/ko.hbs")),
        ("en.hbs", include_str!("../../../templates/letter/en.hbs")),
    ],
    html: false,
};

/// Sheets and organisations beyond these numbers are counted, not named.
const SHEETS: usize = 20;
const ORGANISATIONS: usize = 4;

/// The data for the template.
#[derive(Serialize)]
struct Letter<'a> {
    city: String,
    year: i32,
    /// The addressee.
    to: String,
    /// The workbook's name, without folders.
    file: String,
    total: usize,
    counts: String,
    errors: bool,
    warnings: bool,
    infos: bool,
    sheets: Vec<OfSheet>,
    /// The number of sheets that are not listed.
    more_sheets: usize,
    /// The number of findings marked in their cells, by a note or a colour.
    noted: usize,
    /// Whether all findings are.
    all_noted: bool,
    /// What to do instead with a file that is not the department's plan and needs no correction.
    instead: String,
    /// Other files with a plan of the same organisation.
    others: String,
    /// Findings that are still there although answered as fixed.
    still_there: usize,
    /// Findings that the department disagreed with and the office waived.
    accepted: usize,
    /// Whether the workbook could not be read.
    unreadable: bool,
    /// What to do about it.
    remedy: String,
    /// The name of the review workbook, if the remarks are in one.
    review: Option<String>,
    /// Why the remarks are in a review workbook.
    reason: String,
    review_sheet: &'static str,
    action: &'static str,
    remark: &'static str,
    choices: String,
    due: Option<&'a str>,
    contact: Option<&'a str>,
}

/// The findings of a sheet; those of the workbook as a whole have no sheet name.
#[derive(Serialize)]
struct OfSheet {
    sheet: Option<String>,
    counts: String,
}

/// Writes the covering message of every workbook of `context` to the path in its receipt.
///
/// # Errors
/// When a template uses an unknown name, or a file cannot be written.
pub(super) fn write_letters(
    context: &WriteContext<'_>,
    receipts: &[Receipt],
    templates: &Templates,
    output: &Output,
) -> Result<(), WriterError> {
    // Renders all messages before writing any, so that a template error does not leave half a round behind.
    for (name, text) in texts(context, receipts, templates)? {
        output.put(name, text.as_bytes())?;
    }
    Ok(())
}

/// The name and text of every message.
fn texts(
    context: &WriteContext<'_>,
    receipts: &[Receipt],
    templates: &Templates,
) -> Result<Vec<(String, String)>, TemplateError> {
    let mut orgs: BTreeMap<&str, Vec<&Arc<str>>> = BTreeMap::new();
    for plan in &context.city().plans {
        orgs.entry(&plan.file).or_default().push(&plan.org);
    }
    let companions = context.city().companions();
    let template = context.lang.pick("ko", "en");
    let senders = &context.city().senders;
    let text = |(submission, receipt): (&Submission, &Receipt)| {
        let name = receipt.letter.clone()?;
        let findings = open(&context.findings, &submission.file);
        let sender: Vec<_> = senders.get(&submission.file).into_iter().collect();
        let orgs = orgs.get(&*submission.file).unwrap_or(&sender);
        let accepted = accepted(&context.findings, &submission.file);
        let unreadable = submission.outcome.is_err();
        let others =
            companions.get(&*submission.file).into_iter().flatten().map(|file| escape_controls(file));
        let others = others.collect::<Vec<_>>().join(", ");
        let letter =
            Letter { accepted, others, ..Letter::new(context, receipt, unreadable, &findings, orgs) };
        Some(templates.render(template, &letter).map(|text| (name, for_mail(&text))))
    };
    to_return(context.city()).zip(receipts).filter_map(text).collect()
}

impl<'a> Letter<'a> {
    fn new(
        context: &WriteContext<'a>,
        receipt: &Receipt,
        unreadable: bool,
        findings: &[&Finding],
        orgs: &[&Arc<str>],
    ) -> Self {
        let (lang, city) = (context.lang, context.city());
        let config = &context.config.returned;
        let mut sheets = by_sheet(findings, lang);
        let more_sheets = sheets.len().saturating_sub(SHEETS);
        sheets.truncate(SHEETS);
        let any = |severity| findings.iter().any(|finding| finding.severity == severity);
        let fixed = |finding: &&&Finding| finding.answer.as_ref().is_some_and(|a| a.action == Action::Fixed);
        let choices: Vec<&str> = Action::CHOICES.iter().map(|choice| choice.text(lang)).collect();
        let told: BTreeSet<&str> = receipt
            .notes
            .iter()
            .chain(&receipt.marked_only)
            .flat_map(|cell| &cell.ids)
            .map(String::as_str)
            .collect();
        let noted = findings.iter().filter(|finding| told.contains(finding.id.as_str())).count();
        let hint = |rules: &[Code]| {
            escape_controls(&capitalised(&review::remedy(findings, rules, lang).unwrap_or_default()))
        };
        Self {
            city: escape_controls(&city.name),
            year: city.year,
            to: addressee(orgs, lang),
            file: base_name(receipt.returned.as_deref().unwrap_or(&receipt.file)),
            total: findings.len(),
            counts: review::counts(findings, lang),
            errors: any(Severity::Error),
            warnings: any(Severity::Warning),
            infos: any(Severity::Info),
            sheets,
            more_sheets,
            noted,
            all_noted: noted == findings.len(),
            instead: hint(&[Code::R002, Code::R011]),
            others: String::new(),
            still_there: findings.iter().filter(fixed).count(),
            accepted: 0,
            unreadable: unreadable && !findings.is_empty(),
            remedy: hint(&[Code::R001]),
            review: receipt.review.as_deref().map(base_name),
            reason: escape_controls(receipt.reason.as_deref().unwrap_or_default()),
            review_sheet: sheet_name(lang),
            action: lang.pick(ReviewForm::ACTION.ko, ReviewForm::ACTION.en),
            remark: lang.pick(ReviewForm::REMARK.ko, ReviewForm::REMARK.en),
            choices: choices.join(lang.pick("·", ", ")),
            due: config.due.as_deref(),
            contact: config.contact.as_deref(),
        }
    }
}

/// The organisations whose plans the workbook holds.
fn addressee(orgs: &[&Arc<str>], lang: Lang) -> String {
    let named: Vec<String> = orgs.iter().take(ORGANISATIONS).map(|org| escape_controls(org)).collect();
    let named = named.join(", ");
    match orgs.len() {
        0 => lang.pick("성과관리계획", "whom it concerns").to_owned(),
        1..=ORGANISATIONS => named,
        all => {
            let more = all - ORGANISATIONS;
            lang.pick(format!("{named} 외 {more}개 조직"), format!("{named} and {more} more"))
        }
    }
}

/// The findings by sheet, in book order; those of the workbook as a whole come first.
fn by_sheet(findings: &[&Finding], lang: Lang) -> Vec<OfSheet> {
    let mut by_sheet: BTreeMap<Option<&Arc<str>>, Vec<&Finding>> = BTreeMap::new();
    for &finding in findings {
        by_sheet.entry(finding.at.sheet.as_ref()).or_default().push(finding);
    }
    let mut sheets: Vec<_> = by_sheet.into_iter().collect();
    // Some of a sheet's findings belong to no plan.
    let plan = |own: &[&Finding]| own.iter().filter_map(|finding| finding.plan).min();
    sheets.sort_by_key(|(sheet, own)| (sheet.is_some(), plan(own), *sheet));
    let counted = sheets.into_iter().map(|(sheet, own)| OfSheet {
        sheet: sheet.map(|sheet| escape_controls(sheet)),
        counts: review::counts(&own, lang),
    });
    counted.collect()
}

/// A hint as a sentence, with a capital letter.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn base_name(path: &str) -> String {
    escape_controls(path.rsplit('/').next().unwrap_or_default())
}

/// The text with a byte order mark and CRLF line ends, which every Windows editor reads.
fn for_mail(text: &str) -> String {
    format!("\u{feff}{}\r\n", text.trim_end().replace('\n', "\r\n"))
}
