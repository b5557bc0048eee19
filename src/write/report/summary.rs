//! The head of the page: key figures, open findings by severity, and next steps.

use serde::Serialize;

use super::input::{ReportInput, SEVERITIES, by_severity, count};
use crate::finding::{Finding, Lang};
use crate::ledger::SubmissionStatus;
use crate::measure::objectives::{ObjectiveCounts, unlinked};
use crate::write::words;

/// Figures and next steps.
#[derive(Serialize)]
pub(super) struct Summary {
    /// The key figures.
    figures: Vec<Figure>,
    /// Open findings by severity.
    severities: Vec<SeverityTotal>,
    /// All open findings.
    open: String,
    waived: String,
    /// The bar's content in one sentence, for screen readers.
    bar_label: String,
    steps: Vec<NextStep>,
}

#[derive(Serialize)]
struct Figure {
    number: String,
    label: &'static str,
    note: String,
}

#[derive(Serialize)]
struct SeverityTotal {
    name: &'static str,
    word: &'static str,
    count: String,
    /// Its section of the bar, in thousandths.
    x: String,
    width: String,
}

/// A next step: a sentence, optionally a command to type, and a section of the page to look at.
#[derive(Serialize)]
struct NextStep {
    text: String,
    command: Option<&'static str>,
    link: Option<SectionLink>,
}

#[derive(Serialize)]
struct SectionLink {
    to: &'static str,
    text: &'static str,
}

impl Summary {
    pub(super) fn new(input: &ReportInput<'_>) -> Self {
        let lang = input.lang;
        let open = by_severity(input.findings.iter().filter(|finding| finding.waived.is_none()));
        let waived = input.findings.iter().filter(|finding| finding.waived.is_some()).count();
        let all: usize = open.iter().sum();
        let mut x = 0;
        let severities = SEVERITIES.iter().zip(open).map(|(&severity, number)| {
            let width = (number * 1000).checked_div(all).unwrap_or(0);
            let piece = SeverityTotal {
                name: severity.name(),
                word: words::severity(severity, lang),
                count: count(number),
                x: x.to_string(),
                width: width.to_string(),
            };
            x += width;
            piece
        });
        let severities: Vec<SeverityTotal> = severities.collect();
        let parts: Vec<String> =
            severities.iter().map(|part| format!("{} {}", part.word, part.count)).collect();
        Self {
            figures: figures(input),
            bar_label: parts.join(", "),
            severities,
            open: count(all),
            waived: if waived == 0 {
                String::new()
            } else {
                let waived = count(waived);
                lang.pick(format!("유예 {waived}건"), format!("{waived} waived"))
            },
            steps: steps(input, open),
        }
    }
}

fn figures(input: &ReportInput<'_>) -> Vec<Figure> {
    let (city, lang, board) = (input.context.city, input.lang, input.board);
    let files = city.file_counts();
    let told = |number: usize, ko: &str, en: &str| {
        (number > 0).then(|| lang.pick(format!("{ko} {number}개"), format!("{number} {en}")))
    };
    let documents = city.workbooks().filter(|file| file.is_document()).count();
    let notes = [
        told(unread(input) - documents, "읽지 못한 것", "not readable"),
        told(files.documents, "다른 문서", "other documents"),
    ];
    let unread = notes.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let missing = match board.missing.len() {
        0 => String::new(),
        missing => lang.pick(format!("미제출 {missing}곳"), format!("{missing} not sent")),
    };
    let (objectives, kpis) = (ObjectiveCounts::of(city).counted.len(), city.city_kpis.len());
    let unlinked = unlinked(city);
    vec![
        Figure {
            number: count(files.workbooks), label: lang.pick("통합 문서", "workbooks"), note: unread
        },
        Figure { number: count(city.plans.len()), label: lang.pick("계획", "plans"), note: missing },
        Figure {
            number: count(city.rows().count()),
            label: lang.pick("성과지표", "KPIs"),
            note: lang.pick(
                format!("시 목표 {objectives}개, 시 지표 {kpis}개, 연계되지 않은 지표 {unlinked}개"),
                format!("{objectives} objectives and {kpis} KPIs of the city; {unlinked} rows not linked"),
            ),
        },
    ]
}

/// The number of workbooks without a readable plan.
fn unread(input: &ReportInput<'_>) -> usize {
    let lines = input.board.workbooks.iter();
    lines
        .filter(|line| matches!(line.standing, SubmissionStatus::Unreadable | SubmissionStatus::NoPlan))
        .count()
}

/// The next steps, most urgent first.
fn steps(input: &ReportInput<'_>, open: [usize; 3]) -> Vec<NextStep> {
    let lang = input.lang;
    let step = |ko: String, en: String, command, to: Option<&'static str>| NextStep {
        text: lang.pick(ko, en),
        command,
        link: to.map(|to| SectionLink { to, text: place(to, lang) }),
    };
    let mut steps = Vec::new();
    let missing = input.board.missing.len();
    if missing > 0 {
        steps.push(step(
            format!("아직 내지 않은 조직 {missing}곳에 제출을 요청하십시오."),
            format!("Organisations that have sent nothing yet: {missing}. Ask them for their plans."),
            None,
            Some("board"),
        ));
    }
    let unread = unread(input);
    if unread > 0 {
        steps.push(step(
            format!("계획을 읽지 못한 파일 {unread}개는 까닭을 보고 다시 받으십시오."),
            format!("Files that gave no plan: {unread}. See why, and ask for them again."),
            None,
            Some("board"),
        ));
    }
    let with_open = input.board.workbooks.iter().filter(|line| line.open.all() > 0);
    let (returned, to_return): (Vec<_>, Vec<_>) =
        with_open.partition(|line| line.standing == SubmissionStatus::Returned);
    if !to_return.is_empty() {
        let number = to_return.len();
        steps.push(step(
            format!("지적 사항이 있는 통합 문서 {number}개를 부서에 돌려보내십시오. 검토 의견을 적은 파일과 안내문이 returned 폴더에 만들어집니다."),
            format!("Workbooks with findings to return: {number}. The files with remarks, and a covering message for each, are made in the folder returned."),
            Some(lang.pick("planbook return 폴더", "planbook return DIR")),
            Some("findings"),
        ));
    }
    if !returned.is_empty() {
        let number = returned.len();
        steps.push(step(
            format!("돌려보낸 통합 문서 {number}개의 답을 기다리고, 다시 오면 workbooks 폴더에 넣고 점검하십시오."),
            format!("Returned workbooks that are not back yet: {number}. Put what comes in into the folder workbooks and check again."),
            Some(lang.pick("planbook check 폴더", "planbook check DIR")),
            Some("board"),
        ));
    }
    let disagreed = input.findings.iter().filter(|finding| disagrees(finding)).count();
    if disagreed > 0 {
        steps.push(step(
            format!("부서가 이견을 낸 지적 {disagreed}건을 살펴보고, 받아들이면 사유를 적어 유예하십시오."),
            format!("Findings that departments disagree with: {disagreed}. Look at them, and waive with a reason what you accept."),
            Some(lang.pick("planbook waive 식별번호 폴더 --reason \"사유\"", "planbook waive ID DIR --reason \"why it stands\"")),
            Some("findings"),
        ));
    }
    if open[0] == 0 && missing == 0 && unread == 0 {
        steps.push(step(
            "남은 오류가 없습니다. 책자를 만들 수 있습니다.".to_owned(),
            "No error is left: the book can be made.".to_owned(),
            Some(lang.pick("planbook book 폴더", "planbook book DIR")),
            None,
        ));
    }
    steps
}

/// Whether the department disagrees and the office has not decided yet.
fn disagrees(finding: &Finding) -> bool {
    use crate::finding::Action::{Disagree, NotApplicable};
    finding.waived.is_none()
        && finding.answer.as_ref().is_some_and(|answer| matches!(answer.action, Disagree | NotApplicable))
}

/// The name of a section of the page.
fn place(id: &str, lang: Lang) -> &'static str {
    match id {
        "board" => lang.pick("제출 현황", "Submissions"),
        _ => lang.pick("지적 사항", "Findings"),
    }
}
