//! 계획표의 제목과 시트 이름에 조직의 이름이 없습니다. 파일 이름에서 알 수 있으면 그 이름을 쓰고, 알 수 없으면 파일 이름 그대로를
//! 씁니다.
//!
//! 예: 시트 이름이 "Sheet1"이고 제목이 없는 계획표가 환경국_2026.xlsx에 있으면 조직을 환경국으로 봅니다.
//!
//! 고치는 법: 표 위에 "환경국 성과관리계획"처럼 제목을 적거나 "부서명: 환경국"이라고 적으십시오. 시트의 이름을 조직 이름으로 바꾸어도
//! 됩니다. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! Neither the title nor the sheet name of a plan table names the organisation. It is taken from the file
//! name; if that does not name one, the file name itself is used.
//!
//! Example: a table without a title on a sheet called Sheet1 in Parks_2026.xlsx is read as the plan of Parks.
//!
//! To resolve it: write a title such as "Parks performance plan" above the table, or "Department: Parks", or
//! name the sheet after the organisation. `tolerance` and `except` are not used.

use super::noticed;
use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::Context;
use crate::finding::{Code, Severity, Wording};
use crate::plan::Field;
use crate::read::RemarkKind;

static BY_FILE: Wording = Wording {
    ko: "조직의 이름이 표에 없어 파일 이름에서 {org|으로/로} 보았습니다",
    en: "the table does not name its organisation; by its file name it was taken for {org}",
};
static NOT_TOLD: Wording = Wording {
    ko: "어느 조직의 계획인지 알 수 없어 파일 이름 {org|을/를} 조직 이름으로 썼습니다",
    en: "nothing says which organisation's plan this is; the file name, {org}, was used",
};
static WRITE_TITLE: Wording = Wording {
    ko: "표 위에 ‘○○국 성과관리계획’이나 ‘부서명: ○○국’이라고 적으십시오",
    en: "write the organisation above the table, as in “Department: Parks”",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for notice in noticed(context.city) {
        let (RemarkKind::Organisation { by_file }, Some(plan)) = (&notice.remark.kind, notice.plan) else {
            continue;
        };
        let org = ("org", quoted(&context.city.plans[plan].org));
        let (wording, severity) =
            if *by_file { (&BY_FILE, Severity::Info) } else { (&NOT_TOLD, Severity::Warning) };
        report
            .plan(Code::R013, plan, Field::File, wording.with([org]), notice.at)
            .hint(WRITE_TITLE.with([]))
            .severity(severity)
            .file();
    }
}
