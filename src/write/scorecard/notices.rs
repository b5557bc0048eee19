//! Notices about scorecards that were already in the folder.

use std::path::Path;

use super::Why;
use crate::files::shown;
use crate::finding::Lang;
use crate::source::escape_controls;
use crate::write::Notice;

/// Reports that the entries in `file` are not on the new scorecards, why, and its new name if it was renamed.
pub(super) fn kept(file: &str, why: &Why, aside: Option<&Path>) -> Notice {
    Notice::caution(|lang| kept_words(file, why, aside, lang))
}

fn kept_words(file: &str, why: &Why, aside: Option<&Path>, lang: Lang) -> String {
    let why = match why {
        Why::Unreadable(reason) => {
            let reason = escape_controls(&reason.text(lang));
            lang.pick(
                format!("읽을 수 없어({reason}) 적힌 것을 새 성과표에 옮기지 못했습니다"),
                format!("cannot be read ({reason}), so nothing on it stands on the new scorecards"),
            )
        }
        Why::Foreign => {
            lang.pick("planbook이 만든 성과표가 아닙니다", "is no scorecard made by planbook").to_owned()
        }
        Why::Contradicts(first) => {
            let first = escape_controls(first);
            lang.pick(
                format!("{first}와 결과가 달라 새 성과표에는 {first}의 것을 옮겼습니다. 맞는 쪽을 남기고 다시 실행하십시오"),
                format!("has other results than {first}, whose stand on the new scorecard; keep the right one and run this again"),
            )
        }
        Why::NoPlace => lang
            .pick(
                "지금 계획에 없는 지표의 결과가 적혀 있습니다(지표나 목표의 이름이 바뀌었을 수 있습니다)",
                "has results for KPIs that the plans do not have now; they may have been renamed",
            )
            .to_owned(),
    };
    let file = escape_controls(file);
    let Some(aside) = aside.map(shown) else {
        return lang.pick(
            format!("{file}: {why}. 파일은 그대로 두었습니다"),
            format!("{file} {why}; the file was left as it is"),
        );
    };
    lang.pick(
        format!("{file}: {why}. {aside}로 옮겨 두었습니다"),
        format!("{file} {why}; it was kept as {aside}"),
    )
}

/// Reports that scorecards of another year or city were moved to a separate folder.
pub(super) fn moved(count: usize, place: &Path, year: i32) -> Notice {
    let place = shown(place);
    Notice::caution(|lang| {
        lang.pick(
        format!("다른 해나 다른 시의 성과표 {count}개를 적은 결과와 함께 {place} 폴더로 옮겨 두었습니다. {year}년 성과표에는 쓰지 않습니다"),
        format!("{count} scorecards of another year or city were moved to {place} with all their results, none of which count for {year}"),
    )
    })
}

/// Reports the scorecards moved to `place`: those whose results are on new ones, those of organisations that
/// no longer have a plan, and those that somebody has saved.
pub(super) fn earlier(spent: usize, gone: usize, saved: usize, place: &Path) -> Vec<Notice> {
    let place = shown(place);
    let mut notices = Vec::new();
    if saved > 0 {
        notices.push(Notice::caution(|lang| lang.pick(
            format!("부서가 적어 저장한 성과표 {saved}개를 그대로 {place} 폴더로 옮겨 두었습니다. 적은 결과와 달성률은 적은 그대로 새 성과표에 있고, 더한 메모와 시트, 그 밖에 고친 것은 옮겨 둔 파일에만 있습니다"),
            format!("{saved} scorecards that somebody has saved were moved to {place} as they are; results and achievements stand on the new ones as they were entered, notes, sheets and other changes only there"),
        )));
    }
    if spent > 0 {
        notices.push(Notice::caution(|lang| lang.pick(
            format!("이름이나 자리가 바뀌어 더 쓰지 않는 성과표 {spent}개를 {place} 폴더로 옮겨 두었습니다. 적은 결과는 새 성과표에 있습니다"),
            format!("{spent} scorecards of other names or places are no longer used and were moved to {place}; their results stand on the new ones"),
        )));
    }
    if gone > 0 {
        notices.push(Notice::caution(|lang| lang.pick(
            format!("지금 계획이 없는 조직의 성과표 {gone}개를 적은 결과와 함께 {place} 폴더로 옮겨 두었습니다. 계획을 다시 넣고 성과표도 되돌려 놓으면 결과를 이어 씁니다"),
            format!("{gone} scorecards of organisations that have no plan now were moved to {place} with their results; once plan and scorecard are back, the results count again"),
        )));
    }
    notices
}
