//! What is missing on the scorecards, what does not fit, and what is asked about.

use std::collections::BTreeMap;

use planbook::consolidate::City;
use planbook::plan::value::show_count;
use planbook::score::{Doubt, PlanScore, RowScore};
use planbook::source::visible;

use super::super::ui::Ui;
use super::Report;
use super::tables::remark;

/// How many KPIs are listed at most that were filled in and do not count as meant, and that were not filled in.
const MOST_ENTERED: usize = 50;
const MOST_BLANK: usize = 10;

/// Says what is missing and what does not fit, of the organisation asked for or of all.
pub(super) fn tell(report: &Report<'_>, city: &City, org: Option<&str>, ui: &Ui) {
    let lang = ui.lang;
    let asked = |plan: &&PlanScore| org.is_none_or(|org| city.org_keys[plan.plan - 1] == city.names.key(org));
    let rows = || {
        let plans = report.score.plans.iter().filter(asked);
        plans.flat_map(|plan| plan.rows.iter().map(move |row| (plan, row)))
    };
    // What somebody filled in and does not count comes before what nobody has filled in yet.
    let (entered, blank): (Vec<_>, Vec<_>) =
        rows().filter(|(_, row)| row.achievement.is_none()).partition(|(_, row)| row.result.is_some());
    let (by_hand, blank): (Vec<_>, Vec<_>) = blank.into_iter().partition(|(_, row)| row.by_hand.is_some());
    let count = entered.len();
    list(
        lang.pick(
            format!("적은 결과로 점수를 낼 수 없는 지표 {count}개: 결과를 숫자로 고치거나, 달성률 칸에 직접 적으십시오"),
            format!("{count} KPIs whose results give no score: enter a number, or the achievement itself"),
        ),
        &entered,
        MOST_ENTERED,
        ui,
    );
    doubtful(&rows().collect::<Vec<_>>(), ui);
    let count = show_count(by_hand.len());
    list(
        lang.pick(
            format!("목표가 숫자가 아니어서 달성률을 직접 적어야 하는 지표 {count}개"),
            format!(
                "{count} KPIs whose targets are no plain numbers: the achievement itself is to be entered"
            ),
        ),
        &by_hand,
        MOST_BLANK,
        ui,
    );
    let count = show_count(blank.len());
    list(
        lang.pick(format!("결과가 빠진 지표 {count}개"), format!("{count} KPIs without a result")),
        &blank,
        MOST_BLANK,
        ui,
    );
    let changed = rows().filter(|(_, row)| row.changed).count();
    if changed > 0 {
        let (changed, make) = (show_count(changed), ui.command("scorecards", &[]));
        ui.note(&lang.pick(
            format!("성과표를 만든 뒤 목표나 비중, 단위가 바뀐 지표 {changed}개: 지금의 계획으로 계산했습니다. `{make}`로 새로 만들면 적은 결과는 그대로 옮겨집니다"),
            format!("{changed} KPIs have another target, weight or unit than on their scorecard and were scored by the plan as it is now; `{make}` makes new ones and takes the results over"),
        ));
    }
    with_unit(report, ui);
    conflicts(report, ui);
    passed_over(report, ui);
}

/// Results read by their unit: the workbook itself does not reckon with them.
fn with_unit(report: &Report<'_>, ui: &Ui) {
    let Some(first) = report.with_unit.first() else { return };
    let (count, first, make) = (report.with_unit.len(), visible(first), ui.command("scorecards", &[]));
    ui.note(&ui.lang.pick(
        format!("단위나 %까지 적은 결과 {count}개(예: {first})를 숫자로 읽어 계산했습니다. 성과표 안의 계산에는 들어가지 않으니, `{make}`로 새로 만들면 숫자로 옮겨집니다"),
        format!("{count} results with their unit or % (such as that of {first}) were read as numbers; the formulas of their scorecards do not take them, which `{make}` mends by making new ones"),
    ));
}

/// Results that contradict each other, or have no KPI.
fn conflicts(report: &Report<'_>, ui: &Ui) {
    for [kpi, first, other] in &report.conflicts {
        let (kpi, first, other) = (visible(kpi), visible(first), visible(other));
        ui.note(&ui.lang.pick(
            format!("{kpi}: {first}, {other}의 결과가 다릅니다. {first}의 것으로 계산했습니다"),
            format!("{kpi}: {first} and {other} give different results; the one of {first} counts"),
        ));
    }
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    for [file, _] in &report.unknown {
        *unknown.entry(file).or_default() += 1;
    }
    for (file, count) in unknown {
        let file = visible(file);
        ui.note(&ui.lang.pick(
            format!("{file}: 지금 계획에 없는 지표의 결과가 {count}개 있습니다(지표나 목표의 이름이 바뀌었을 수 있습니다)"),
            format!("{file}: {count} results are for KPIs that the plan does not have now; they may have been renamed"),
        ));
    }
}

/// Files in the folder that do not count: of another year or city, unreadable, no scorecards.
fn passed_over(report: &Report<'_>, ui: &Ui) {
    let mut elsewhere: BTreeMap<(Option<i32>, &str), (usize, usize)> = BTreeMap::new();
    for other in &report.elsewhere {
        let (files, results) = elsewhere.entry((other.year, &other.city)).or_default();
        *files += 1;
        *results += other.results;
    }
    for ((year, city), (files, results)) in elsewhere {
        let city = if city.is_empty() { String::new() } else { format!("{} ", visible(city)) };
        let year = year.map(|year| ui.lang.pick(format!("{year}년"), year.to_string())).unwrap_or_default();
        ui.note(&ui.lang.pick(
            format!("{city}{year} 성과표 {files}개(적은 결과 {results}개)는 셈에 넣지 않았습니다"),
            format!("{files} scorecards of {city}{year} ({results} results on them) do not count"),
        ));
    }
    for (file, reason) in &report.unreadable {
        let (file, reason) = (visible(file), visible(reason));
        ui.note(&ui.lang.pick(
            format!("{file}: 읽을 수 없습니다 ({reason})"),
            format!("{file}: cannot be read ({reason})"),
        ));
    }
    for file in &report.no_scorecard {
        let file = visible(file);
        ui.note(&ui.lang.pick(
            format!("{file}: planbook이 만든 성과표가 아니어서 지나쳤습니다"),
            format!("{file} is no scorecard made by planbook and was passed over"),
        ));
    }
}

/// Results that can hardly be meant as they stand. They count all the same.
fn doubtful(rows: &[(&PlanScore, &RowScore)], ui: &Ui) {
    let lang = ui.lang;
    let of = |doubt: Option<Doubt>| -> Vec<_> {
        let asked = |row: &&(&PlanScore, &RowScore)| match doubt {
            Some(_) => row.1.doubt == doubt && !row.1.may_be_a_part_of_1,
            None => row.1.may_be_a_part_of_1,
        };
        rows.iter().filter(asked).copied().collect()
    };
    let parts_of_one = of(None);
    let count = parts_of_one.len();
    list(
        lang.pick(
            format!("단위가 %인데 1 이하로 적은 결과 {count}개: 97%를 뜻하면 0.97이 아니라 97로 적으십시오"),
            format!("{count} results in % that are not above 1: where 97 % is meant, enter 97, not 0.97"),
        ),
        &parts_of_one,
        MOST_ENTERED,
        ui,
    );
    for doubt in [Doubt::TenTimes, Doubt::ATenth, Doubt::Negative] {
        let rows = of(Some(doubt));
        let count = rows.len();
        let heading = match doubt {
            Doubt::TenTimes => lang.pick(
                format!("목표와 지난 실적의 열 배가 넘는 결과 {count}개: 자릿수와 단위를 확인하십시오"),
                format!("{count} results are ten times the target and the last actual, or more: check digits and unit"),
            ),
            Doubt::ATenth => lang.pick(
                format!("목표와 지난 실적의 10분의 1도 안 되는 결과 {count}개: 자릿수와 단위를 확인하십시오"),
                format!("{count} results are a tenth of the target and the last actual, or less: check digits and unit"),
            ),
            Doubt::Negative => lang.pick(
                format!("다른 값은 모두 0 이상인데 음수로 적은 결과 {count}개: 부호를 확인하십시오"),
                format!("{count} results are negative where no other value is: check the sign"),
            ),
        };
        list(heading, &rows, MOST_ENTERED, ui);
    }
}

/// Lists `rows` under `heading`, at most so many of them.
fn list(heading: String, rows: &[(&PlanScore, &RowScore)], most: usize, ui: &Ui) {
    if rows.is_empty() {
        return;
    }
    let lang = ui.lang;
    ui.note(&heading);
    let shown = if ui.verbose { rows.len() } else { most };
    for (plan, row) in rows.iter().take(shown) {
        let remark = match remark(row, lang) {
            "" => lang.pick("결과", "result"),
            remark => remark,
        };
        let entered = row.result.as_deref().map(|result| format!(": {}", visible(result)));
        let (org, kpi) = (visible(&plan.org), visible(&row.kpi));
        ui.say(&format!("  {org}: {kpi} ({remark}{})", entered.unwrap_or_default()));
    }
    if let Some(rest) = rows.len().checked_sub(shown).filter(|rest| *rest > 0) {
        ui.say(&lang.pick(
            format!("  … 그 밖에 {rest}개 (`--verbose`로 모두, `--org 조직`으로 조직마다)"),
            format!("  … and {rest} more (`--verbose` for all, `--org NAME` for one organisation)"),
        ));
    }
}
