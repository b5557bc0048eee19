//! The tables of scores: all organisations, or the KPIs of one.

use planbook::consolidate::City;
use planbook::finding::Lang;
use planbook::plan::PlanId;
use planbook::plan::value::{show_count, show_number};
use planbook::score::rules::shown;
use planbook::score::{CityScore, Doubt, PlanScore, RowScore, Tally};
use planbook::source::escape_controls;

use super::super::error::CommandError;
use super::super::table::{Align, TextTable};
use super::super::ui::Ui;

/// Formats a share as a percentage, rounded as it is graded.
pub(super) fn percent(share: Option<f64>) -> String {
    share.map_or_else(String::new, |share| format!("{:.1}%", shown(share) * 100.0))
}

/// Returns a row for each organisation, indented by its level below the city.
pub(super) fn overview(score: &CityScore, ui: &Ui) -> String {
    let lang = ui.lang;
    let headings = lang.pick(
        ["조직", "지표", "평가", "빠짐", "비중", "점수", "달성률", "등급", "하위 포함"],
        ["Organisation", "KPIs", "Scored", "Missing", "Weight", "Score", "Achieved", "Grade", "With offices"],
    );
    let align = |at: usize| if at == 0 { Align::Left } else { Align::Right };
    let mut table =
        TextTable::new(headings.into_iter().enumerate().map(|(at, heading)| (heading, align(at))));
    for plan in &score.plans {
        let tally = &plan.tally;
        let missing = tally.rows - tally.scored;
        table.row([
            format!("{}{}", "  ".repeat(plan.depth), escape_controls(&plan.org)),
            show_count(tally.rows),
            show_count(tally.scored),
            if missing == 0 { String::new() } else { show_count(missing) },
            show_number(tally.weight),
            if tally.scored == 0 { String::new() } else { format!("{:.2}", tally.score) },
            percent(plan.achievement),
            plan.grade.clone(),
            if plan.offices > 1 { percent(plan.with_offices) } else { String::new() },
        ]);
    }
    let mut out = table.render(ui.width, |text| ui.out.bold(text));
    let (city, year, plans) = (escape_controls(&score.city), score.year, score.scored_plans);
    let (mean, grade) = (percent(score.achievement), &score.grade);
    let all = score.plans.len();
    let of_all =
        |count: fn(&Tally) -> usize| score.plans.iter().map(|plan| count(&plan.tally)).sum::<usize>();
    let (scored, rows) = (of_all(|tally| tally.scored), of_all(|tally| tally.rows));
    let so_far = if scored < rows { lang.pick(" (잠정)", " (so far)") } else { "" };
    let [plans, all, scored, rows] = [plans, all, scored, rows].map(show_count);
    out.push_str(&match score.achievement {
        Some(_) => lang.pick(
            format!(
                "\n{city} {year}년: 결과가 있는 계획 {plans}/{all}개, 지표 {scored}/{rows}개의 평균 달성률 {mean}, 등급 {grade}{so_far}\n"
            ),
            format!(
                "\n{city} {year}: mean achievement of {plans} of {all} plans and {scored} of {rows} KPIs {mean}, grade {grade}{so_far}\n"
            ),
        ),
        None => lang.pick(
            format!("\n{city} {year}년: 아직 적은 결과가 없습니다\n"),
            format!("\n{city} {year}: no results yet\n"),
        ),
    });
    let explained = lang.pick(
        "점수: 비중 × 달성률의 합 / 달성률: 점수 ÷ 평가한 지표의 비중 / 하위 포함: 이 조직과 하위 조직의 달성률 평균",
        "Score: sum of weight × achievement / Achieved: score ÷ weight of what is scored / With offices: mean achievement of the organisation and those below it",
    );
    out.push_str(&format!("{}\n", ui.out.dim(explained)));
    out
}

/// Returns the perspectives and KPIs of each plan.
pub(super) fn each(score: &CityScore, ui: &Ui) -> String {
    score.plans.iter().map(|plan| detail(plan, ui)).collect::<Vec<_>>().join("\n")
}

/// Returns the plans of the organisation `org`.
pub(super) fn plans_of(org: &str, city: &City) -> Result<Vec<PlanId>, CommandError> {
    let key = city.names.key(org);
    let plans: Vec<PlanId> = city.plan_ids().filter(|plan| city.nodes[*plan].org_key == key).collect();
    if plans.is_empty() {
        return Err(CommandError::NoSuchPlan { name: org.to_owned(), near: city.near_orgs(org) });
    }
    Ok(plans)
}

fn detail(plan: &PlanScore, ui: &Ui) -> String {
    let lang = ui.lang;
    let headings = lang.pick(
        ["성과지표", "비중", "목표", "결과", "달성률", "점수", "등급", "비고"],
        ["KPI", "Weight", "Target", "Result", "Achieved", "Score", "Grade", "Remark"],
    );
    let align = |at: usize| if at == 0 || at == 7 { Align::Left } else { Align::Right };
    let mut table =
        TextTable::new(headings.into_iter().enumerate().map(|(at, heading)| (heading, align(at))));
    let score_text = |score: Option<f64>| score.map_or_else(String::new, |score| format!("{score:.2}"));
    let mut rows = plan.rows.iter();
    for perspective in &plan.perspectives {
        for row in rows.by_ref().take(perspective.tally.rows) {
            table.row([
                escape_controls(&row.kpi),
                row.weight.map_or_else(String::new, show_number),
                escape_controls(&row.target),
                escape_controls(&row.shown_result().unwrap_or_default()),
                percent(row.achievement),
                score_text(row.score),
                row.grade.clone(),
                remark(row, lang).to_owned(),
            ]);
        }
        let tally = &perspective.tally;
        table.row([
            format!("  [{}]", escape_controls(&perspective.perspective)),
            show_number(tally.weight),
            String::new(),
            format!("{}/{}", tally.scored, tally.rows),
            percent(perspective.achievement),
            score_text(perspective.achievement.map(|_| tally.score)),
            perspective.grade.clone(),
            String::new(),
        ]);
    }
    let tally = &plan.tally;
    table.row([
        lang.pick("합계", "Total").to_owned(),
        show_number(tally.weight),
        String::new(),
        format!("{}/{}", tally.scored, tally.rows),
        percent(plan.achievement),
        score_text(plan.achievement.map(|_| tally.score)),
        plan.grade.clone(),
        String::new(),
    ]);
    format!(
        "{}\n{}",
        ui.out.bold(&escape_controls(&plan.org)),
        table.render(ui.width, |text| ui.out.bold(text))
    )
}

/// Returns the remark on a row without an achievement, or with another than its scorecard's.
pub(super) fn remark(row: &RowScore, lang: Lang) -> &'static str {
    match (&row.achievement, &row.result, row.by_hand) {
        _ if !row.on_scorecard => lang.pick("성과표에 없음", "not on the scorecard"),
        _ if row.changed => lang.pick("성과표를 만든 뒤 계획이 바뀜", "the plan has changed since"),
        (None, _, Some(_)) => lang.pick("달성률 직접 입력 필요", "enter the achievement"),
        (None, Some(_), None) => lang.pick("결과가 숫자가 아님", "the result is not a number"),
        (None, None, None) => lang.pick("결과 없음", "no result"),
        (Some(_), ..) if row.doubt == Some(Doubt::NoShare) => {
            lang.pick("적은 달성률 확인 필요", "check the achievement entered")
        }
        (Some(_), ..) if row.typed => lang.pick("달성률 직접 적음", "achievement entered by hand"),
        (Some(_), ..) => "",
    }
}
