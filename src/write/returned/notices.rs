//! Notices about returned workbooks: what was done to each, leftovers in the folder, and the round in the
//! ledger.

use std::path::Path;

use super::leftovers::Leftovers;
use crate::files::shown;
use crate::finding::with_particle;
use crate::ledger::{Outdated, Receipt, Recorded, ReturnOutcome};
use crate::plan::value::show_count;
use crate::source::escape_controls;
use crate::write::{Detail, Notice};

/// Files beyond this number are counted, not named, unless all details are asked for.
const LISTED: usize = 5;

/// What was done to the departments' workbooks: their number in one line, then those that cannot hold the
/// remarks.
pub(super) fn returned(receipts: &[Receipt]) -> Vec<Notice> {
    let mut notices = vec![totals(receipts)];
    let letters = receipts.iter().filter(|receipt| receipt.letter.is_some()).count();
    if letters > 0 {
        notices.push(Notice::news(|lang| {
            lang.pick(
                format!("메일에 붙여 쓸 안내문 {letters}개(.txt)가 통합 문서 옆에 있습니다"),
                format!("{letters} covering messages (.txt) to paste into a mail lie beside the workbooks"),
            )
        }));
    }
    notices.extend(substituted(receipts));
    notices.extend(receipts.iter().flat_map(|receipt| &receipt.aside).map(|aside| kept(aside)));
    notices.extend(receipts.iter().filter_map(|receipt| receipt.outdated.as_ref()).map(outdated));
    notices
}

fn totals(receipts: &[Receipt]) -> Notice {
    let count = |outcome| receipts.iter().filter(|receipt| receipt.outcome == outcome).count();
    let [annotated, unchanged, substituted] =
        [ReturnOutcome::Annotated, ReturnOutcome::Unchanged, ReturnOutcome::Substituted].map(count);
    let notes = show_count(receipts.iter().map(|receipt| receipt.notes.len()).sum());
    let all = receipts.len();
    Notice::news(|lang| {
        lang.pick(
            format!(
                "돌려줄 통합 문서 {all}개(메모 {notes}개): 검토 의견을 적은 것 {annotated}개, 지적이 없어 그대로인 것 {unchanged}개, \
                 검토 의견을 새 통합 문서에 적은 것 {substituted}개"
            ),
            format!(
                "{all} workbooks to return ({notes} notes): {annotated} with remarks, {unchanged} as they are, {substituted} with \
                 the remarks in a workbook of their own"
            ),
        )
    })
}

/// The review workbooks, each with its reason.
fn substituted(receipts: &[Receipt]) -> Vec<Notice> {
    let instead = receipts.iter().filter_map(|receipt| Some((receipt.review.as_ref()?, receipt)));
    let line = |(number, (review, receipt)): (usize, (&String, &Receipt))| {
        let reason = escape_controls(receipt.reason.as_deref().unwrap_or_default());
        let (file, review) = (escape_controls(&receipt.file), escape_controls(review));
        let detail = if number < LISTED { Detail::Always } else { Detail::Full };
        Notice::news(|_| format!("  {file} → {review}: {reason}")).told(detail)
    };
    let mut notices: Vec<Notice> = instead.enumerate().map(line).collect();
    if let Some(rest) = notices.len().checked_sub(LISTED).filter(|rest| *rest > 0) {
        let more = Notice::news(|lang| {
            lang.pick(
                format!("  그 밖에 {rest}개 (--verbose로 모두 볼 수 있습니다)"),
                format!("  {rest} more (--verbose lists them all)"),
            )
        });
        notices.push(more.told(Detail::Brief));
    }
    notices
}

fn kept(aside: &str) -> Notice {
    let aside = escape_controls(aside);
    let to = with_particle(&aside, "으로/로");
    Notice::news(|lang| {
        lang.pick(
            format!(
                "  지난번에 만든 뒤 누군가 고친 파일이어서 {to} 남겨 두었습니다. 부서의 답은 workbooks 폴더에 넣어야 읽습니다"
            ),
            format!(
                "  {aside} was kept: somebody has worked on it since it was made. Answers are read from the workbooks folder only"
            ),
        )
    })
}

fn outdated(old: &Outdated) -> Notice {
    let file = escape_controls(&old.file);
    let about = with_particle(&file, "은/는");
    Notice::news(|lang| match old.removed {
        true => lang.pick(
            format!("  지난번에 따로 만든 {about} 이제 맞지 않아 지웠습니다"),
            format!("  removed {file}: an earlier run made it, and it no longer holds"),
        ),
        false => lang.pick(
            format!(
                "  {about} planbook이 만든 것이 아니어서 그대로 두었습니다. 함께 보내지 않도록 살펴 주십시오"
            ),
            format!("  {file} stays, because planbook did not make it; take care not to send it along"),
        ),
    })
}

/// The files among the returned workbooks in the output folder `out` that this run did not write.
pub(super) fn leftovers(leftovers: &Leftovers, out: &Path) -> Vec<Notice> {
    let Leftovers { place, moved, others } = leftovers;
    let named = |names: &[String]| {
        let listed: Vec<String> = names.iter().take(LISTED).map(|name| escape_controls(name)).collect();
        let more = if names.len() > LISTED { " …" } else { "" };
        format!("{}{more}", listed.join(", "))
    };
    let mut notices = Vec::new();
    if !moved.is_empty() {
        let (count, names, place) = (moved.len(), named(moved), shown(&out.join(place)));
        notices.push(Notice::caution(|lang| lang.pick(
            format!("지금 폴더에 없는 통합 문서의 것이어서 지난번에 만든 파일 {count}개를 {place} 폴더로 옮겼습니다: {names}"),
            format!("{count} files of an earlier run, for workbooks that are not in the folder now, were moved to {place}: {names}"),
        )));
    }
    if !others.is_empty() {
        let (count, names) = (others.len(), named(others));
        notices.push(Notice::caution(|lang| {
            lang.pick(
                format!(
                    "이번에 만들지 않은 파일 {count}개가 있습니다. 함께 보내지 않도록 살펴 주십시오: {names}"
                ),
                format!("{count} files are not of this run; take care not to send them along: {names}"),
            )
        }));
    }
    notices
}

/// Reports that a round was entered into the ledger, and where a damaged ledger was moved.
pub(super) fn recorded(recorded: &Recorded) -> Vec<Notice> {
    let path = shown(&recorded.path);
    let aside = recorded.set_aside.as_ref().map(|aside| {
        let aside = shown(aside);
        Notice::news(|lang| lang.pick(
            format!(
                "알림: {path} 파일이 손상되어 {aside}에 남겨 두고 새로 시작했습니다. 지난 차수의 기록만 빠집니다. 성한 사본이 있으면 \
                 제자리에 되돌려 놓고 다시 실행하십시오"
            ),
            format!(
                "note: {path} was damaged; it is kept as {aside}, and a new one was begun. Only the history of earlier rounds is \
                 missing; if there is a sound copy, put it back and run again"
            ),
        ))
    });
    let entered = Notice::news(|lang| {
        lang.pick(format!("차수를 기록했습니다: {path}"), format!("entered the round into {path}"))
    });
    aside.into_iter().chain(recorded.changed.then_some(entered)).collect()
}
