//! Findings as a person reads them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use planbook::consolidate::FileCounts;
use planbook::finding::{Code, Finding, Lang, Message, Related, Severity, with_particle};
use planbook::ledger::Recorded;
use planbook::ledger::{Outcome, Receipt};
use planbook::pipeline::Run;
use planbook::plan::value::show_count;
use planbook::project::files::{PassedOver, PassedOverReason};
use planbook::source::{visible, visible_lines};
use planbook::write::returned::Leftovers;
use planbook::write::words;

use super::offer;
use super::ui::Paint;

/// Related places and passed-over files beyond this number are counted, not listed, unless `--verbose`.
pub const LISTED: usize = 5;

/// How to show findings.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    /// The plan-year folder, for the commands offered.
    pub folder: Option<&'a Path>,
    /// Language.
    pub lang: Lang,
    /// Colours.
    pub paint: Paint,
    /// Whether everything is listed.
    pub verbose: bool,
    /// Findings less severe than this are counted by check, not shown.
    pub least: Severity,
}

/// Findings by organisation, those with errors first, else in book order with workbooks that belong to none in
/// front; severest first within each. Those below the least severity to show are counted at the end.
pub fn findings(findings: &[Finding], style: Style<'_>) -> String {
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
        let _ = writeln!(out, "{}", style.paint.bold(&visible(name)));
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

/// A line for each check whose findings are not shown, with their number.
fn write_folded(out: &mut String, folded: &BTreeMap<(Severity, Code), usize>, style: Style<'_>) {
    let Style { lang, paint, .. } = style;
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

fn write_finding(out: &mut String, finding: &Finding, style: Style<'_>) {
    let Style { lang, paint, .. } = style;
    let word = match finding.waived {
        Some(_) => paint.dim(lang.pick("유예됨", "waived")),
        None => paint.severity(finding.severity, words::severity(finding.severity, lang)),
    };
    let _ = writeln!(out, "  {word} {}  {}", finding.rule, finding.at);
    let mut line = |text: &str| {
        let _ = writeln!(out, "      {text}");
    };
    let told = |message: &Message| match style.folder {
        // Where planbook runs, no folder is to be typed.
        Some(dir) if dir == Path::new(".") => message.clone().with("folder", String::new()).text(lang),
        Some(dir) => message.clone().with("folder", offer::path(dir)).text(lang),
        None => message.text(lang),
    };
    line(&visible(&told(&finding.message)));
    if let Some(facts) = facts(finding, lang) {
        line(&visible(&facts));
    }
    // Nothing is to be done about what is waived.
    if let Some(hint) = finding.hint.as_ref().filter(|_| finding.waived.is_none()) {
        // Lines that are to be pasted stay lines.
        format!("→ {}", visible_lines(&told(hint))).lines().for_each(&mut line);
    }
    if let Some(related) = related(&finding.related, style) {
        line(&related);
    }
    if let Some(reason) = &finding.waived {
        line(&format!("{}: {}", lang.pick("사유", "reason"), visible(reason)));
    }
    if let Some(answer) = &finding.answer {
        let answer = visible(&words::answer(answer, lang));
        line(&format!("{}: {answer}", lang.pick("부서의 답", "the department's answer")));
    }
    line(&paint.dim(&visible(&finding.id)));
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

fn related(related: &[Related], style: Style<'_>) -> Option<String> {
    let listed = if style.verbose { related.len() } else { related.len().min(LISTED) };
    let mut places: Vec<String> = related[..listed].iter().map(|place| place.at.to_string()).collect();
    let rest = related.len() - listed;
    if rest > 0 {
        places.push(style.lang.pick(format!("그 밖에 {rest}곳"), format!("{rest} more")));
    }
    (!places.is_empty())
        .then(|| format!("{}: {}", style.lang.pick("함께 볼 곳", "see also"), places.join(", ")))
}

/// How many workbooks there are, and what else was handed in.
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

/// What was read and what was found, in one line.
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

/// What of `all` findings is shown, in one line.
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

/// What of the folder was left alone, a line each.
pub fn passed_over(list: &[PassedOver], lang: Lang, verbose: bool) -> Vec<String> {
    let list: Vec<&PassedOver> = list.iter().filter(|file| verbose || !file.reason.is_noise()).collect();
    let listed = if verbose { list.len() } else { list.len().min(LISTED) };
    let mut lines: Vec<String> = list[..listed]
        .iter()
        .map(|file| {
            let (name, why) = (visible(&file.name), passed_over_words(file.reason, lang));
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

/// What became of the departments' workbooks: their number in one line, then those that could not take the remarks.
pub fn returned(receipts: &[Receipt], lang: Lang, verbose: bool) -> Vec<String> {
    let count = |outcome| receipts.iter().filter(|receipt| receipt.outcome == outcome).count();
    let [annotated, unchanged, substituted] =
        [Outcome::Annotated, Outcome::Unchanged, Outcome::Substituted].map(count);
    let notes = show_count(receipts.iter().map(|receipt| receipt.notes.len()).sum());
    let all = receipts.len();
    let mut lines = vec![lang.pick(
        format!(
            "돌려줄 통합 문서 {all}개(메모 {notes}개): 검토 의견을 적은 것 {annotated}개, 지적이 없어 그대로인 것 {unchanged}개, \
             검토 의견을 새 통합 문서에 적은 것 {substituted}개"
        ),
        format!(
            "{all} workbooks to return ({notes} notes): {annotated} with remarks, {unchanged} as they are, {substituted} with the \
             remarks in a workbook of their own"
        ),
    )];
    let letters = receipts.iter().filter(|receipt| receipt.letter.is_some()).count();
    if letters > 0 {
        lines.push(lang.pick(
            format!("메일에 붙여 쓸 안내문 {letters}개(.txt)가 통합 문서 옆에 있습니다"),
            format!("{letters} covering messages (.txt) to paste into a mail lie beside the workbooks"),
        ));
    }
    let listed = if verbose { substituted } else { LISTED };
    let instead = receipts.iter().filter_map(|receipt| Some((receipt.review.as_ref()?, receipt)));
    lines.extend(instead.take(listed).map(|(review, receipt)| {
        let reason = receipt.reason.as_deref().unwrap_or_default();
        format!("  {} → {}: {}", visible(&receipt.file), visible(review), visible(reason))
    }));
    if let Some(rest) = substituted.checked_sub(listed).filter(|rest| *rest > 0) {
        lines.push(lang.pick(
            format!("  그 밖에 {rest}개 (--verbose로 모두 볼 수 있습니다)"),
            format!("  {rest} more (--verbose lists them all)"),
        ));
    }
    lines.extend(receipts.iter().flat_map(|receipt| &receipt.aside).map(|aside| {
        let aside = visible(aside);
        let to = with_particle(&aside, "으로/로");
        lang.pick(
            format!(
                "  지난번에 만든 뒤 누군가 고친 파일이어서 {to} 남겨 두었습니다. 부서의 답은 workbooks 폴더에 넣어야 읽습니다"
            ),
            format!(
                "  {aside} was kept: somebody has worked on it since it was made. Answers are read from the workbooks folder only"
            ),
        )
    }));
    lines.extend(receipts.iter().filter_map(|receipt| receipt.outdated.as_ref()).map(|old| {
        let file = visible(&old.file);
        let about = with_particle(&file, "은/는");
        if old.removed {
            lang.pick(
                format!("  지난번에 따로 만든 {about} 이제 맞지 않아 지웠습니다"),
                format!("  removed {file}: an earlier run made it, and it no longer holds"),
            )
        } else {
            lang.pick(
                format!("  {about} planbook이 만든 것이 아니어서 그대로 두었습니다. 함께 보내지 않도록 살펴 주십시오"),
                format!("  {file} stays, because planbook did not make it; take care not to send it along"),
            )
        }
    }));
    lines
}

/// What lay among the workbooks to return and is not of this run.
pub fn leftovers(leftovers: &Leftovers, out: &Path, lang: Lang) -> Vec<String> {
    let Leftovers { place, moved, others } = leftovers;
    let named = |names: &[String]| {
        let listed: Vec<String> = names.iter().take(LISTED).map(|name| visible(name)).collect();
        let more = if names.len() > LISTED { " …" } else { "" };
        format!("{}{more}", listed.join(", "))
    };
    let mut lines = Vec::new();
    if !moved.is_empty() {
        let (count, names, place) = (moved.len(), named(moved), shown(&out.join(place)));
        lines.push(lang.pick(
            format!("지금 폴더에 없는 통합 문서의 것이어서 지난번에 만든 파일 {count}개를 {place} 폴더로 옮겼습니다: {names}"),
            format!("{count} files of an earlier run, for workbooks that are not in the folder now, were moved to {place}: {names}"),
        ));
    }
    if !others.is_empty() {
        let (count, names) = (others.len(), named(others));
        lines.push(lang.pick(
            format!(
                "이번에 만들지 않은 파일 {count}개가 있습니다. 함께 보내지 않도록 살펴 주십시오: {names}"
            ),
            format!("{count} files are not of this run; take care not to send them along: {names}"),
        ));
    }
    lines
}

/// That a round was entered into the ledger, and where a damaged one was put.
pub fn recorded(recorded: &Recorded, lang: Lang) -> Vec<String> {
    let path = shown(&recorded.path);
    let aside = recorded.set_aside.as_ref().map(|aside| {
        let aside = shown(aside);
        lang.pick(
            format!(
                "알림: {path} 파일이 손상되어 {aside}에 남겨 두고 새로 시작했습니다. 지난 차수의 기록만 빠집니다. 성한 사본이 있으면 \
                 제자리에 되돌려 놓고 다시 실행하십시오"
            ),
            format!(
                "note: {path} was damaged; it is kept as {aside}, and a new one was begun. Only the history of earlier rounds is \
                 missing; if there is a sound copy, put it back and run again"
            ),
        )
    });
    let entered = lang.pick(format!("차수를 기록했습니다: {path}"), format!("entered the round into {path}"));
    aside.into_iter().chain(recorded.changed.then_some(entered)).collect()
}

fn passed_over_words(reason: PassedOverReason, lang: Lang) -> &'static str {
    match reason {
        PassedOverReason::LockFile => {
            lang.pick("열려 있는 문서의 잠금 파일", "lock file of an open workbook")
        }
        PassedOverReason::Litter => lang.pick("계획이 아닌 파일", "no plan"),
        PassedOverReason::Hidden => lang.pick("숨김 파일", "hidden"),
        PassedOverReason::NotASpreadsheet => lang.pick("통합 문서가 아님", "no spreadsheet"),
        PassedOverReason::OutsideWorkbooks => {
            lang.pick("workbooks 폴더 밖에 있음", "outside the folder `workbooks`")
        }
    }
}

/// A folder as it is spoken of.
pub fn folder(path: &Path, lang: Lang) -> String {
    match path == Path::new(".") {
        true => lang.pick("지금 폴더", "the current folder").to_owned(),
        false => lang.pick(format!("{} 폴더", shown(path)), shown(path)),
    }
}

/// A path with what could steer the terminal made visible.
pub fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy())
}
