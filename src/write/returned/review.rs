//! The texts of the review sheet: the findings, and the cells to answer in.

use std::collections::BTreeSet;

use super::form::{ColumnKind, ReviewColumn, ReviewRow, ReviewSheet, sheet_name};
use super::note;
use crate::finding::{Action, Code, Finding, Lang, Reader, ReviewForm, Severity, Wording};
use crate::write::words;
use crate::write::words::told::FindingColumn;

/// The sheet for `findings`. `accepted` is the number that the office waived because the department
/// disagreed. `reason` says why the remarks could not be inserted into the department's own workbook, where
/// that is so.
pub(super) fn sheet(findings: &[&Finding], accepted: usize, reason: Option<&str>, lang: Lang) -> ReviewSheet {
    let mut rows: Vec<&Finding> = findings.to_vec();
    // The most severe first, then in the order of the workbook.
    rows.sort_by_key(|finding| (finding.severity, finding.plan, finding.at.sheet.clone(), finding.at.cell));
    ReviewSheet {
        name: sheet_name(lang).to_owned(),
        title: title(findings, lang),
        lead: lead(findings, accepted, reason, lang),
        columns: columns(lang),
        rows: rows.into_iter().map(|finding| row(finding, lang)).collect(),
        choices: Action::CHOICES.iter().map(|choice| choice.text(lang).to_owned()).collect(),
    }
}

fn title(findings: &[&Finding], lang: Lang) -> String {
    let orgs: BTreeSet<_> =
        findings.iter().filter_map(|finding| Some((finding.plan, finding.org.clone()?))).collect();
    let mut names: Vec<String> = orgs.into_iter().map(|(_, org)| org.to_string()).collect();
    names.dedup();
    let title = lang.pick("검토 의견", "Review");
    if names.is_empty() { title.to_owned() } else { format!("{title}: {}", names.join(", ")) }
}

/// The number of findings of each severity that occurs.
pub(super) fn counts(findings: &[&Finding], lang: Lang) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .filter(|severity| count(*severity) > 0)
        .map(|severity| {
            let (word, count) = (words::severity(severity, lang), count(severity));
            lang.pick(format!("{word} {count}건"), format!("{count} × {word}"))
        })
        .collect();
    counts.join(", ")
}

/// What the department should do about a file with one of these findings, which concern the whole file.
pub(super) fn remedy(findings: &[&Finding], rules: &[Code], lang: Lang) -> Option<String> {
    let of_file = findings.iter().find(|finding| rules.contains(&finding.rule))?;
    of_file.hint.as_ref().map(|hint| hint.text_for(Reader::Department, lang))
}

fn lead(findings: &[&Finding], accepted: usize, reason: Option<&str>, lang: Lang) -> String {
    let counts = counts(findings, lang);
    let mut what = lang.pick(
        format!("지적 사항은 {counts}입니다. 오류는 꼭 고쳐야 하고, 경고는 살펴보아야 하며, 참고는 맞으면 그대로 두어도 됩니다."),
        format!("Found: {counts}. Errors must be put right, warnings looked at; infos may stay where they are right."),
    );
    if accepted > 0 {
        what.push_str(&lang.pick(
            format!(" 이견을 받아들여 뺀 것이 {accepted}건 있습니다."),
            format!(" Left out because your objection was accepted: {accepted}."),
        ));
    }
    let how = lang.pick(
        "‘위치’를 누르면 그 셀로 갑니다. 고친 다음 ‘조치’에서 하나를 고르십시오. ‘이견 있음’이면 ‘의견’에 까닭을 적으십시오. \
         다 되면 이 파일을 이름 그대로 다시 보내 주십시오. 이 시트와 셀의 메모·색은 지우지 않아도 됩니다.",
        "“Place” leads to the cell. Mend it, then choose an action; where you disagree, give the reason as a remark. \
         Send this file back under its own name. This sheet, the notes and the colours may stay.",
    );
    let Some(reason) = reason else { return format!("{what}\n{how}") };
    if let Some(remedy) = remedy(findings, &[Code::R001], lang) {
        return lang.pick(
            format!("보내신 파일을 읽을 수 없었습니다: {reason}.\n{remedy}."),
            format!("The file you sent could not be read: {reason}.\nWhat to do: {remedy}."),
        );
    }
    let instead = lang.pick(
        format!(
            "보내신 파일에는 적어 넣지 못해 이 통합 문서에 따로 적었습니다: {reason}.\n\
             고치는 일은 보내신 파일에서 하고, 답은 이 시트에 적어 두 파일을 함께 보내 주십시오."
        ),
        format!(
            "The remarks stand in this workbook because they could not be put into the one you sent: {reason}.\n\
             Mend the one you sent, answer here, and send both."
        ),
    );
    format!("{what}\n{instead}")
}

fn columns(lang: Lang) -> Vec<ReviewColumn> {
    let told = FindingColumn::REVIEW.map(|told| {
        let (width, kind) = match told {
            FindingColumn::Severity => (8.0, ColumnKind::Severity),
            FindingColumn::Code => (7.0, ColumnKind::Text),
            FindingColumn::Place => (16.0, ColumnKind::Place),
            FindingColumn::Organisation => (15.0, ColumnKind::Text),
            FindingColumn::Field => (12.0, ColumnKind::Text),
            FindingColumn::Message => (36.0, ColumnKind::Text),
            FindingColumn::ToDo => (38.0, ColumnKind::Text),
            _ => (13.0, ColumnKind::Text),
        };
        ReviewColumn { heading: told.heading(lang).to_owned(), width, kind }
    });
    let answer = |form: Wording, width, kind| {
        let heading = lang.pick(form.ko, form.en).to_owned();
        ReviewColumn { heading, width, kind }
    };
    let answers = [
        answer(ReviewForm::ACTION, 12.0, ColumnKind::Action),
        answer(ReviewForm::REMARK, 30.0, ColumnKind::Remark),
    ];
    told.into_iter().chain(answers).collect()
}

fn row(finding: &Finding, lang: Lang) -> ReviewRow {
    let at = &finding.at;
    let answer = finding.answer.as_ref();
    let fixed = answer.filter(|answer| answer.action == Action::Fixed);
    let still_there = fixed.map(|_| words::still_there(lang).to_owned());
    let hint = finding.hint.as_ref().map(|hint| hint.text_for(Reader::Department, lang));
    let related = note::related(finding, lang)
        .map(|related| format!("{}: {related}", lang.pick("함께 볼 곳", "See also")));
    let to_do: Vec<String> = [still_there, hint, related].into_iter().flatten().collect();
    let place = match note::place(at) {
        place if place.is_empty() => lang.pick("파일 전체", "the whole file").to_owned(),
        place => place,
    };
    let value = |text: &Option<String>| text.as_ref().map(|text| note::value(text, lang)).unwrap_or_default();
    let told = FindingColumn::REVIEW.map(|told| match told {
        FindingColumn::Place => place.clone(),
        FindingColumn::Found => value(&finding.found(lang)),
        FindingColumn::Expected => value(&finding.expectation(lang)),
        FindingColumn::ToDo => to_do.join("\n"),
        _ => told.text(finding, Reader::Department, lang),
    });
    // The department's last answer is kept until it changes it.
    let answers = [
        answer.map(|answer| answer.action.text(lang).to_owned()).unwrap_or_default(),
        answer.map(|answer| answer.remark.clone()).unwrap_or_default(),
    ];
    let cells = told.into_iter().chain(answers).collect();
    let link = at.sheet.clone().zip(at.cell);
    ReviewRow { cells, severity: finding.severity, link, id: finding.id.clone() }
}
