//! The note on a cell: all findings of the cell, one below the other.

use std::fmt::Write;

use super::form::sheet_name;
use crate::finding::{Finding, Lang, Reader};
use crate::source::Place;
use crate::write::words;
use crate::write::words::told::FindingColumn;

/// Findings and other places beyond these numbers are only counted: a note should be readable at a glance.
const FINDINGS: usize = 8;
const PLACES: usize = 4;
/// The most characters a note has for one finding.
const LETTERS: usize = 1_000;

/// The text of the note on `findings`, which are all in one cell.
pub(super) fn text(findings: &[&Finding], lang: Lang) -> String {
    let about = |finding: &&Finding| bounded(about(finding, lang), lang);
    let mut told: Vec<String> = findings.iter().take(FINDINGS).map(about).collect();
    if let Some(more) = findings.len().checked_sub(FINDINGS).filter(|more| *more > 0) {
        told.push(lang.pick(
            format!("그 밖에 {more}건은 ‘{}’ 시트에 있습니다.", sheet_name(lang)),
            format!("{more} more on the sheet “{}”.", sheet_name(lang)),
        ));
    }
    told.join("\n\n")
}

fn about(finding: &Finding, lang: Lang) -> String {
    let severity = words::severity(finding.severity, lang);
    let mut text = format!("[{}] {severity}: {}", finding.rule, finding.message.text(lang));
    let mut line = |heading: &str, content: &str| {
        let _ = write!(text, "\n{heading}: {content}");
    };
    if let Some(actual) = &finding.found {
        let what = finding.reckoned.map(|what| lang.pick(what.ko, what.en));
        line(what.unwrap_or(FindingColumn::Found.heading(lang)), &value(actual, lang));
    }
    if let Some(expected) = &finding.expected {
        line(FindingColumn::Expected.heading(lang), &value(expected, lang));
    }
    if let Some(with) = &finding.compared_with {
        line(lang.pick("견준 값", "Compared with"), &value(with, lang));
    }
    if let Some(hint) = &finding.hint {
        line(FindingColumn::ToDo.heading(lang), &hint.text_for(Reader::Department, lang));
    }
    if let Some(related) = related(finding, lang) {
        line(lang.pick("함께 볼 곳", "See also"), &related);
    }
    text
}

/// `text`, cut to the length readable in a note.
fn bounded(text: String, lang: Lang) -> String {
    let Some((end, _)) = text.char_indices().nth(LETTERS) else { return text };
    let sheet = sheet_name(lang);
    let rest =
        lang.pick(format!("… (전체는 ‘{sheet}’ 시트에)"), format!("… (in full on the sheet “{sheet}”)"));
    format!("{}{rest}", text[..end].trim_end())
}

/// A value as shown in a note; an empty one is described as empty.
pub(super) fn value(text: &str, lang: Lang) -> String {
    if text.is_empty() { lang.pick("(비어 있음)", "(empty)").to_owned() } else { text.to_owned() }
}

/// The related places of a finding; those of another department with its name and file.
pub(super) fn related(finding: &Finding, lang: Lang) -> Option<String> {
    let mut places: Vec<String> = finding
        .related
        .iter()
        .take(PLACES)
        .map(|related| {
            let place = place(&related.at);
            if related.at.file == finding.at.file {
                return place;
            }
            let file = related.at.file.rsplit('/').next().unwrap_or_default();
            format!("{} ({file} {place})", related.org)
        })
        .collect();
    if let Some(more) = finding.related.len().checked_sub(PLACES).filter(|more| *more > 0) {
        places.push(lang.pick(format!("그 밖에 {more}곳"), format!("{more} more")));
    }
    (!places.is_empty()).then(|| places.join(", "))
}

/// A place within its workbook: `계획!L6`.
pub(super) fn place(at: &Place) -> String {
    let sheet = at.sheet.as_deref().unwrap_or_default();
    match at.cell {
        Some(cell) => format!("{sheet}!{cell}"),
        None => sheet.to_owned(),
    }
}
