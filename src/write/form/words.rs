//! The texts of a form for the person who fills it in.

use super::next::{KnownValues, Next};
use crate::finding::Lang;
use crate::plan::{Field, Name, YearKind};

/// How a column is to be filled in.
pub(super) fn note(field: Field, next: &Next, plan_year: i32, lang: Lang) -> String {
    match field {
        Field::Year(year) => year_note(year, next, lang),
        _ => {
            let Name { ko, en } = field.column().map_or(Name { ko: "", en: "" }, |column| column.fill_in);
            lang.pick(ko, en).replace("{year}", &plan_year.to_string())
        }
    }
}

fn year_note(year: i32, next: &Next, lang: Lang) -> String {
    let at = next.plan.year_index(year);
    let kind = at.and_then(|at| next.plan.years[at].kind);
    if next.reached == Some(year) {
        return lang.pick(
            format!("{year}년에 이룬 실적입니다. 성과표에 적은 결과를 옮겨 두었으니, 그 뒤에 확정된 값이 다르면 고치고 빈칸은 적으십시오. 당초 목표는 표 오른쪽에 있습니다."),
            format!("What was reached in {year}, as entered on the scorecards. Correct what has been settled otherwise since, and fill in what is blank. What had been planned stands to the right of the table."),
        );
    }
    match (kind, at.map(|at| &next.columns[at])) {
        (Some(YearKind::Actual), Some(KnownValues::Actuals)) => lang.pick(
            format!("지난 계획에 적힌 {year}년 실적입니다. 그 뒤에 확정된 값이 다르면 고치십시오."),
            format!("Actuals of {year} as the former plan has them. Correct what has been settled otherwise since."),
        ),
        (Some(YearKind::Actual), Some(KnownValues::Targets(_))) => lang.pick(
            format!("{year}년에 이룬 실적을 적습니다. 잰 값이 없으면 - 를 적습니다. 당초 목표는 표 오른쪽에 있습니다."),
            format!("What was reached in {year}; - where nothing was measured. What had been planned stands to the right of the table."),
        ),
        (Some(YearKind::Actual), _) => lang.pick(
            format!("{year}년에 이룬 실적을 적습니다. 잰 값이 없으면 - 를 적습니다."),
            format!("What was reached in {year}; - where nothing was measured."),
        ),
        (_, Some(KnownValues::Targets(_))) => lang.pick(
            format!("{year}년 목표치입니다. 파란 값은 지난 계획이 정해 둔 목표이니 확인하거나 고치십시오. 단위는 적지 않습니다."),
            format!("The target for {year}. A blue value is what the former plan had set: keep it or change it. Leave the unit out."),
        ),
        _ => lang.pick(
            format!("{year}년 목표치를 적습니다. 단위는 적지 않습니다."),
            format!("The target for {year}, without its unit."),
        ),
    }
}

/// The line below the title.
pub(super) fn legend(lang: Lang) -> &'static str {
    lang.pick(
        "노란 칸을 채우고, 파란 값(지난 계획의 목표)은 확인하거나 고치십시오. 머리글에 마우스를 올리면 적는 법이 보입니다.",
        "Fill in the yellow cells; keep or change the blue values (targets of the former plan). Headings explain themselves when pointed at.",
    )
}

/// The line below the last row for KPIs.
pub(super) fn more_rows(lang: Lang) -> &'static str {
    lang.pick(
        "↑ 지표를 더하려면 위의 빈 줄에 적거나, 넣을 자리의 줄 번호에서 마우스 오른쪽 단추로 [삽입]을 누르십시오.",
        "↑ To add a KPI, use the empty rows above, or right-click a row number where it belongs and choose Insert.",
    )
}

/// The names of the lists, the guide and the reference columns.
pub(super) struct FormNames {
    pub guide: &'static str,
    pub lists: &'static str,
    pub aside: &'static str,
    pub perspective_sum: &'static str,
    pub perspective_check: &'static str,
    pub total: &'static str,
}

/// The names in `lang`. None is a heading of plan tables, because the additional sheets must not be read as
/// plans. The name above the reference columns is in brackets so that it is read as a remark and not as
/// another name in the header.
pub(super) fn names(lang: Lang) -> FormNames {
    lang.pick(
        FormNames {
            guide: "작성 안내",
            lists: "목록",
            aside: "(참고: 적지 않는 칸)",
            perspective_sum: "관점별 비중 합",
            perspective_check: "비중 확인",
            total: "합계",
        },
        FormNames {
            guide: "How to fill in",
            lists: "Lists",
            aside: "(For reference: leave as is)",
            perspective_sum: "Sum by perspective",
            perspective_check: "Weight check",
            total: "Total",
        },
    )
}

/// The heading over the former targets of `year`.
pub(super) fn former_target(year: i32, lang: Lang) -> String {
    lang.pick(format!("{year}년 당초 목표"), format!("{year} as planned"))
}

/// Title and text of the message on the cell for the actual of `year`.
pub(super) fn former_target_message(year: i32, target: &str, unit: &str, lang: Lang) -> (String, String) {
    let value = format!("{target} {unit}");
    let value = value.trim_end();
    lang.pick(
        (format!("{year}년 실적"), format!("지난 계획의 {year}년 목표치: {value}")),
        (format!("Actual of {year}"), format!("The former plan's target for {year}: {value}")),
    )
}

/// The steps at the head of the guide.
pub(super) fn steps(year: i32, lang: Lang) -> [String; 6] {
    lang.pick(
        [
            format!("지난해의 실적을 노란 칸에 적습니다. {year}년 계획은 지난 계획을 이어받아 미리 채워 두었습니다."),
            "파란 값은 지난 계획이 이미 정해 둔 목표입니다. 그대로 쓰거나 고칩니다.".to_owned(),
            "없어진 지표는 그 줄을 지우고, 새 지표는 빈 줄에 적거나 줄을 끼워 넣어 적습니다.".to_owned(),
            "비중 합계가 100이 아니거나 관점의 비중과 다르면 빨갛게 보입니다. 고치면 사라집니다.".to_owned(),
            "제목과 머리글은 잠겨 있습니다. 셀을 합치거나 나누어야 하면 [검토] 탭의 [시트 보호 해제]를 누르십시오. 암호는 없습니다.".to_owned(),
            "다 채우면 그대로 저장하여 기획 부서에 보내십시오. 시트를 숨기거나 열을 옮기지 마십시오.".to_owned(),
        ],
        [
            format!("Enter last year's actuals into the yellow cells. The plan of {year} begins with what the former one said."),
            "Blue values are targets that the former plan had set already. Keep or change them.".to_owned(),
            "Delete the row of a KPI that is gone; write a new one into an empty row, or insert a row for it.".to_owned(),
            "Weights that do not sum to 100, or not to their perspective's, are shown in red until they do.".to_owned(),
            "Title and headings are locked. To merge or split cells, choose Unprotect Sheet on the Review tab; there is no password.".to_owned(),
            "When all is filled in, save the workbook and send it to the planning office. Do not hide sheets or move columns.".to_owned(),
        ],
    )
}

/// The entries of the legend on the guide: cells to fill in, proposals, what is wrong.
pub(super) fn colours(lang: Lang) -> [&'static str; 3] {
    lang.pick(
        ["채울 칸", "지난 계획에서 가져온 제안", "고칠 곳"],
        ["To be filled in", "Proposed by the former plan", "To be corrected"],
    )
}

/// Texts of the message about weights: correct, before and after the sum, too little, too much.
pub(super) fn weights(lang: Lang) -> [&'static str; 5] {
    lang.pick(
        ["비중 합계 100", "비중 합계 ", ": 100이 되어야 합니다", " 모자랍니다", " 넘칩니다"],
        ["Weights sum to 100", "Weights sum to ", ", not to 100", " short of 100", " above 100"],
    )
}

/// The text beside a perspective whose weight is not the sum of its rows, before and after the weight.
pub(super) fn perspective_weight(lang: Lang) -> [&'static str; 2] {
    lang.pick(["≠ 괄호 안의 ", ""], ["≠ ", " in brackets"])
}
