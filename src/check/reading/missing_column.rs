//! 계획표에 있어야 할 열을 찾지 못했습니다. 그 열의 내용은 비어 있는 것으로 다루며, 그 열을 보는 다른 점검은 쉽니다.
//!
//! 예: 머리글에 "단위"가 "단의"로 잘못 적혀 있으면 단위 열이 없다고 알리고, 비슷한 머리글로 "단의"를 보여 줍니다.
//!
//! 고치는 법: 빠진 열을 넣거나 머리글을 고치십시오. 부서가 다른 말을 쓰는 것이라면 planbook.toml의 `[labels]`에 그 말을
//! 적어 두면 다음부터 알아봅니다. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! 폴더의 다른 계획 대부분에 그 열이 있을 때만 알립니다. 어느 양식에도 없는 열은 빠진 것이 아닙니다.
//!
//! ---
//! A column that a plan table should have was not found. Its contents are read as empty, and checks that need
//! it are skipped. It is only reported if most other plans of the folder have the column: what no form has is not
//! missing.
//!
//! Example: a heading "Wieght" over the weights: the column weight is reported missing, and "Wieght" is shown
//! as a near miss.
//!
//! To resolve it: insert the column or correct the heading. If the department uses another word, enter it
//! under `[labels]` in planbook.toml; it is recognised from then on. `tolerance` and `except` are not used.

use super::noticed;
use crate::check::Report;
use crate::check::words::{HEADINGS, quoted};
use crate::consolidate::{City, Context};
use crate::finding::{Code, Lang, Wording};
use crate::plan::{COLUMNS, Column, Field, PlanId};
use crate::read::RemarkKind;

static MISSING: Wording = Wording {
    ko: "계획표에 {columns_ko} 열이 없습니다",
    en: "the plan table has no column for: {columns_en}",
};
static NEAR: Wording = Wording {
    ko: "비슷한 머리글이 있습니다: {near_ko}. 머리글을 고치거나 {enter:[labels]}",
    en: "a heading comes near: {near_en}; correct it or {enter:[labels]}",
};
static FOUND: Wording = Wording {
    ko: "찾은 머리글: {found}. 빠진 열을 넣거나, 다른 말을 쓰는 양식이면 {enter:[labels]}",
    en: "headings found: {found}; put the column in, or where the form has another word for it {enter:[labels]}",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for notice in noticed(context.city) {
        let RemarkKind::MissingColumns { missing, found, near } = &notice.remark.kind else { continue };
        let missing: Vec<&String> = missing
            .iter()
            .filter(|id| near.iter().any(|(_, name)| name == *id) || is_usual(context.city, notice.plan, id))
            .collect();
        if missing.is_empty() {
            continue;
        }
        let columns = |lang| missing.iter().map(|name| called(name, lang)).collect::<Vec<_>>().join(", ");
        let pairs = |lang| {
            let pair =
                |(heading, name): &(String, String)| format!("{} → {}", quoted(heading), called(name, lang));
            near.iter().map(pair).collect::<Vec<_>>().join(", ")
        };
        let message = MISSING.with([("columns_ko", columns(Lang::Ko)), ("columns_en", columns(Lang::En))]);
        let hint = if near.is_empty() {
            FOUND.with([("found", found.join(", "))])
        } else {
            NEAR.with([("near_ko", pairs(Lang::Ko)), ("near_en", pairs(Lang::En))])
        };
        let field = missing.first().and_then(|id| column(id)).map_or(Field::File, |column| column.field);
        let identity = missing.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(" ");
        let actual = found.join(", ");
        let draft = match notice.plan {
            Some(plan) => report.plan(Code::R003, plan, field, message, notice.at),
            None => report.file(Code::R003, message, notice.at),
        };
        draft.actual(actual).calculated_as(&HEADINGS).hint(hint).identified_by(identity).file();
    }
}

/// Whether most other plans of the folder have a column: what a form never had is not missing from it.
fn is_usual(city: &City, plan: Option<PlanId>, id: &str) -> bool {
    let file = plan.map(|plan| &city.plans[plan].file);
    let others = city.plans.iter().filter(|other| Some(&other.file) != file);
    let (mut all, mut with) = (0, 0);
    for other in others {
        all += 1;
        with += usize::from(column(id).map_or(!other.years.is_empty(), |column| other.has(column.field)));
    }
    all > 0 && with * 2 > all
}

fn column(id: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|column| column.id == id)
}

fn called(id: &str, lang: Lang) -> &str {
    match column(id) {
        Some(column) => lang.pick(column.name.ko, column.name.en),
        None => lang.pick("연도별 실적치·목표치", "actuals and targets by year"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::finding::Finding;
    use crate::project::Config;
    use crate::read::Remark;
    use crate::source::CellRef;
    use crate::testing::{at, consistent_city, findings, findings_in, submissions, told};

    fn missing(near: &[(&str, &str)]) -> Vec<Finding> {
        let mut workbooks = submissions(consistent_city());
        let remark = Remark {
            sheet: "대중교통과".into(),
            cell: Some(CellRef::new(2, 0)),
            plan: Some(2),
            kind: RemarkKind::MissingColumns {
                missing: vec!["unit".into(), "weight".into()],
                found: vec!["관점".into(), "단의".into()],
                near: near.iter().map(|&(a, b)| (a.into(), b.into())).collect(),
            },
        };
        if let Ok(contents) = &mut workbooks[0].outcome {
            contents.remarks.push(remark);
        }
        let city = consolidate(workbooks, &Config::default());
        findings_in(Code::R003, &city, &Config::default())
    }

    #[test]
    fn the_columns_and_the_near_miss_are_named() {
        let found = missing(&[("단의", "unit")]);
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["대중교통과!A3"]);
        assert_eq!(found[0].org.as_deref(), Some("대중교통과"));
        assert_eq!(found[0].field, Field::Unit);
        assert_eq!(
            told(&found[0]),
            "계획표에 단위, 비중 열이 없습니다\n\
             the plan table has no column for: unit, weight\n\
             → 비슷한 머리글이 있습니다: ‘단의’ → 단위. 머리글을 고치거나 planbook.toml의 [labels]에 적으십시오\n\
             → a heading comes near: ‘단의’ → unit; correct it or enter it under [labels] in planbook.toml"
        );
    }

    #[test]
    fn without_a_near_miss_the_headings_found_are_listed() {
        assert!(told(&missing(&[])[0]).contains("찾은 머리글: 관점, 단의."));
        assert!(findings(Code::R003, consistent_city(), &Config::default()).is_empty());
    }
}
