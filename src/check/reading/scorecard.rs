//! 부서의 계획이 있을 자리에 planbook이 만든 성과표가 있습니다. 성과표에도 계획표가 들어 있어 계획으로 읽히지만, 부서가 낸 것이 아니므로 제출 현황이
//! 실제와 달라집니다.
//!
//! 예: 부서가 결과를 적어 보낸 성과표를 workbooks 폴더에 넣었습니다.
//!
//! 고치는 법: 결과를 적은 성과표는 output/scorecards 폴더(또는 `planbook score`의 `--scorecards`로 정한 폴더)에 두고, workbooks 폴더에는 부서가 낸 계획을
//! 두십시오. 성과표에 적은 결과는 여기 있어도 `score`, `scorecards`, `form`이 함께 읽습니다. 그 조직의 계획이 따로 있으면 성과표의 계획표는 쓰지 않습니다. 이
//! 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! A scorecard written by planbook is where a department's plan belongs. It contains a plan and is read as
//! one, but the department did not submit it, so the submission board is wrong.
//!
//! Example: a scorecard returned with results was put into the workbooks folder.
//!
//! To resolve it: keep filled scorecards in output/scorecards (or in the `--scorecards` folder of `planbook
//! score`), and the department's submission in the workbooks folder. Results entered on a scorecard also
//! count here for `score`, `scorecards` and `form`; its table counts as a plan only where the organisation
//! has no other. `tolerance` and `except` are not used.

use crate::check::Report;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::read::{Contents, WorkbookKind};
use crate::source::Place;

static SCORECARD: Wording = Wording {
    ko: "부서가 낸 계획이 아니라 planbook이 만든 성과표입니다",
    en: "this is a scorecard that planbook wrote, not the plan that the department sent",
};
static MOVE: Wording = Wording {
    ko: "결과를 적은 성과표라면 output/scorecards 폴더로 옮기고, 여기에는 부서가 낸 계획을 두십시오",
    en: "move a filled scorecard to output/scorecards, and put here what the department sent",
};
static SEND_THE_PLAN: Wording = Wording {
    ko: "이 파일은 성과표이므로 고치지 마시고, 부서의 계획이 든 통합 문서를 보내 주십시오. 성과표에 적은 결과는 따로 읽습니다",
    en: "this file is a scorecard, which need not be corrected: please send the workbook with your plan; results entered on the scorecard are read from it",
};
static FILLED: Wording = Wording {
    ko: "부서가 낸 계획이 아니라 planbook이 만든 성과표입니다. 적힌 결과 {count}개는 {run:score|이/가} 읽습니다",
    en: "this is a scorecard that planbook wrote, not the plan that the department sent; the {count} results on it count for {run:score}",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for submission in context.city.workbooks() {
        let Ok(Contents { kind: WorkbookKind::Scorecard(rows), .. }) = &submission.outcome else { continue };
        let at = Place::file(&submission.file);
        let message = match rows.iter().filter(|row| row.is_filled_in()).count() {
            0 => SCORECARD.with([]),
            count => FILLED.with([("count", count.to_string())]),
        };
        report.file(Code::R011, message, at).hint(MOVE.with([]).to_department(&SEND_THE_PLAN)).file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::project::Config;
    use crate::testing::{at, consistent_city, findings, findings_in, submissions};

    #[test]
    fn a_scorecard_among_the_plans_is_named() {
        let mut workbooks = submissions(consistent_city());
        workbooks[1].outcome.as_mut().unwrap().kind = WorkbookKind::Scorecard(Vec::new());
        let file = workbooks[1].file.to_string();
        let city = consolidate(workbooks, &Config::default());
        let found = findings_in(Code::R011, &city, &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), [file]);
    }

    #[test]
    fn what_departments_sent_is_no_scorecard() {
        assert!(findings(Code::R011, consistent_city(), &Config::default()).is_empty());
    }
}
