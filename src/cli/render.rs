//! Formats findings for people.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use planbook::consolidate::FileCounts;
use planbook::finding::{Code, Finding, Lang, Message, Related, Severity};
use planbook::pipeline::Run;
use planbook::plan::value::show_count;
use planbook::project::files::{PassedOver, PassedOverReason};
use planbook::source::{escape_controls, escape_controls_in_lines};
use planbook::write::words;

use super::offer;
use super::paint::Paint;

/// Unless `--verbose`, related places and passed-over files beyond this number are counted, not listed.
pub const LISTED: usize = 5;

/// How findings are shown.
#[derive(Clone, Copy, Debug)]
pub struct TextStyle<'a> {
    /// The plan-year folder, for suggested commands.
    pub folder: Option<&'a Path>,
    pub lang: Lang,
    pub paint: Paint,
    /// Whether to list everything.
    pub verbose: bool,
    /// Less severe findings are counted by check, not shown.
    pub least: Severity,
}

/// Formats findings by organisation: those with errors first, the rest in book order, preceded by workbooks
/// without an organisation. Within each, the most severe come first. Findings below `least` are counted at
/// the end.
pub fn findings(findings: &[Finding], style: TextStyle<'_>) -> String {
    let mut groups: BTreeMap<_, Vec<&Finding>> = BTreeMap::new();
    let mut folded: BTreeMap<_, usize> = BTreeMap::new();
    for finding in findings {
        if finding.waived.is_none() && finding.severity > style.least {
            *folded.entry((finding.severity, finding.rule)).or_default() += 1;
            continue;
        }
        let name = finding.org.as_ref().unwrap_or(&finding.at.file);
        groups.entry((finding.plan, name)).or_default().push(finding);
    }
    let mut out = String::new();
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, group)| !group.iter().any(|finding| stands_as_error(finding)));
    for ((_, name), mut group) in groups {
        group.sort_by_key(|finding| finding.severity);
        let _ = writeln!(out, "{}", style.paint.bold(&escape_controls(name)));
        for finding in group {
            write_finding(&mut out, finding, style);
        }
        out.push('\n');
    }
    write_folded(&mut out, &folded, style);
    out
}

fn stands_as_error(finding: &Finding) -> bool {
    finding.waived.is_none() && finding.severity == Severity::Error
}

/// Writes one line with the count for each check whose findings are not shown.
fn write_folded(out: &mut String, folded: &BTreeMap<(Severity, Code), usize>, style: TextStyle<'_>) {
    let TextStyle { lang, paint, .. } = style;
    for ((severity, rule), count) in folded {
        let word = paint.severity(*severity, words::severity(*severity, lang));
        let title = lang.pick(rule.title().ko, rule.title().en);
        let _ = writeln!(
            out,
            "{word} {rule} {title}: {}",
            lang.pick(format!("{}건", show_count(*count)), show_count(*count))
        );
    }
    if let Some(((severity, _), _)) = folded.last_key_value() {
        let option = format!("`--severity {}`", severity.name());
        let more = lang.pick(
            format!("{option}: 이 지적 사항을 하나씩 보여 줍니다"),
            format!("{option} shows these one by one"),
        );
        let _ = writeln!(out, "→ {more}\n");
    }
}

fn write_finding(out: &mut String, finding: &Finding, style: TextStyle<'_>) {
    let TextStyle { lang, paint, .. } = style;
    let word = match finding.waived {
        Some(_) => paint.dim(lang.pick("유예됨", "waived")),
        None => paint.severity(finding.severity, words::severity(finding.severity, lang)),
    };
    let _ = writeln!(out, "  {word} {}  {}", finding.rule, finding.at);
    let mut line = |text: &str| {
        let _ = writeln!(out, "      {text}");
    };
    let told = |message: &Message| match style.folder {
        // In the current folder, the command needs no folder.
        Some(dir) if dir == Path::new(".") => message.clone().with("folder", String::new()).text(lang),
        Some(dir) => message.clone().with("folder", offer::path(dir)).text(lang),
        None => message.text(lang),
    };
    line(&escape_controls(&told(&finding.message)));
    if let Some(facts) = facts(finding, lang) {
        line(&escape_controls(&facts));
    }
    // A waived finding needs no action.
    if let Some(hint) = finding.hint.as_ref().filter(|_| finding.waived.is_none()) {
        // Lines to paste into a file stay separate lines.
        format!("→ {}", escape_controls_in_lines(&told(hint))).lines().for_each(&mut line);
    }
    if let Some(related) = related(&finding.related, style) {
        line(&related);
    }
    if let Some(reason) = &finding.waived {
        line(&format!("{}: {}", lang.pick("사유", "reason"), escape_controls(reason)));
    }
    if let Some(answer) = &finding.answer {
        let answer = escape_controls(&words::answer(answer, lang));
        line(&format!("{}: {answer}", lang.pick("부서의 답", "the department's answer")));
    }
    line(&paint.dim(&escape_controls(&finding.id)));
}

fn facts(finding: &Finding, lang: Lang) -> Option<String> {
    let expected =
        finding.expected.as_ref().map(|text| format!("{}: {text}", lang.pick("있어야 할 값", "expected")));
    let expected = expected.or_else(|| finding.expectation(lang));
    let found = |text: String| match finding.reckoned {
        Some(_) => text,
        None => format!("{}: {text}", lang.pick("적힌 값", "found")),
    };
    let actual = finding.found(lang).map(found);
    match (expected, actual) {
        (Some(expected), Some(actual)) => Some(format!("{expected} · {actual}")),
        (one, other) => one.or(other),
    }
}

fn related(related: &[Related], style: TextStyle<'_>) -> Option<String> {
    let listed = if style.verbose { related.len() } else { related.len().min(LISTED) };
    let mut places: Vec<String> = related[..listed].iter().map(|place| place.at.to_string()).collect();
    let rest = related.len() - listed;
    if rest > 0 {
        places.push(style.lang.pick(format!("그 밖에 {rest}곳"), format!("{rest} more")));
    }
    (!places.is_empty())
        .then(|| format!("{}: {}", style.lang.pick("함께 볼 곳", "see also"), places.join(", ")))
}

/// Returns the number of workbooks, and what else was submitted.
pub fn files(counts: FileCounts, lang: Lang) -> String {
    let FileCounts { workbooks, unread, documents } = counts;
    let [all, not_read, other] = [workbooks, unread, documents].map(show_count);
    let not_read = match unread {
        0 => String::new(),
        _ => lang.pick(format!("(읽지 못한 것 {not_read}개)"), format!(" ({not_read} not readable)")),
    };
    let other = match documents {
        0 => String::new(),
        _ => lang.pick(format!(", 통합 문서가 아닌 문서 {other}개"), format!(", {other} other documents")),
    };
    lang.pick(format!("통합 문서 {all}개{not_read}{other}"), format!("{all} workbooks{not_read}{other}"))
}

/// Returns one line on what was read and found.
pub fn summary(run: &Run, lang: Lang) -> String {
    let plans = run.city.plans.len();
    let rows = run.city.rows().count();
    let [errors, warnings, infos] =
        [Severity::Error, Severity::Warning, Severity::Info].map(|severity| show_count(run.count(severity)));
    let waived = run.waived();
    let [plans, rows] = [plans, rows].map(show_count);
    let files = files(run.city.file_counts(), lang);
    let waived = match waived {
        0 => String::new(),
        _ => lang.pick(format!(", 유예됨 {waived}건"), format!(", {waived} waived")),
    };
    lang.pick(
        format!(
            "{files}, 계획 {plans}개, 지표 {rows}개: 오류 {errors}건, 경고 {warnings}건, 참고 {infos}건{waived}"
        ),
        format!(
            "{files}, {plans} plans, {rows} KPIs: {errors} errors, {warnings} warnings, {infos} infos{waived}"
        ),
    )
}

/// Returns one line on how many of `all` findings are shown.
pub fn summary_of_shown(shown: &[Finding], all: usize, lang: Lang) -> String {
    let open = |severity| {
        shown.iter().filter(|finding| finding.severity == severity && finding.waived.is_none()).count()
    };
    let [errors, warnings, infos] = [Severity::Error, Severity::Warning, Severity::Info].map(open);
    let waived = match shown.iter().filter(|finding| finding.waived.is_some()).count() {
        0 => String::new(),
        waived => lang.pick(format!(", 유예됨 {waived}건"), format!(", {waived} waived")),
    };
    let count = shown.len();
    lang.pick(
        format!(
            "지적 사항 {all}건 가운데 {count}건: 오류 {errors}건, 경고 {warnings}건, 참고 {infos}건{waived}"
        ),
        format!("{count} of {all} findings: {errors} errors, {warnings} warnings, {infos} infos{waived}"),
    )
}

/// Returns the files that were passed over, one per line.
pub fn passed_over(list: &[PassedOver], lang: Lang, verbose: bool) -> Vec<String> {
    let list: Vec<&PassedOver> = list.iter().filter(|file| verbose || !file.reason.is_noise()).collect();
    let listed = if verbose { list.len() } else { list.len().min(LISTED) };
    let mut lines: Vec<String> = list[..listed]
        .iter()
        .map(|file| {
            let (name, why) = (escape_controls(&file.name), passed_over_words(file.reason, lang));
            lang.pick(format!("건너뜀: {name} ({why})"), format!("passed over: {name} ({why})"))
        })
        .collect();
    let rest = list.len() - listed;
    if rest > 0 {
        lines.push(lang.pick(
            format!("건너뜀: 그 밖에 {rest}개 (--verbose로 모두 볼 수 있습니다)"),
            format!("passed over: {rest} more (--verbose lists them all)"),
        ));
    }
    lines
}

fn passed_over_words(reason: PassedOverReason, lang: Lang) -> &'static str {
    match reason {
        PassedOverReason::LockFile => {
            lang.pick("열려 있는 문서의 잠금 파일", "lock file of an open workbook")
        }
        PassedOverReason::Litter => lang.pick("계획이 아닌 파일", "not a plan"),
        PassedOverReason::Hidden => lang.pick("숨김 파일", "hidden"),
        PassedOverReason::NotASpreadsheet => lang.pick("통합 문서가 아님", "not a spreadsheet"),
        PassedOverReason::OutsideWorkbooks => {
            lang.pick("workbooks 폴더 밖에 있음", "outside the folder `workbooks`")
        }
    }
}
