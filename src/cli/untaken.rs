//! Reports the entries among the scorecards that do not count, in the same words for every command that
//! reads results.

use std::collections::BTreeMap;

use planbook::score::Untaken;
use planbook::source::escape_controls;

use super::ui::Ui;

/// Reports all of it.
pub fn tell(untaken: &Untaken, ui: &Ui) {
    tell_conflicts(untaken, ui);
    tell_elsewhere(untaken, ui);
    for (file, reason) in &untaken.unreadable {
        let (file, reason) = (escape_controls(file), escape_controls(reason));
        ui.note(&ui.lang.pick(
            format!("{file}: 읽을 수 없습니다 ({reason})"),
            format!("{file}: cannot be read ({reason})"),
        ));
    }
    for file in &untaken.no_scorecard {
        let file = escape_controls(file);
        ui.note(&ui.lang.pick(
            format!("{file}: planbook이 만든 성과표가 아니어서 지나쳤습니다"),
            format!("{file} is not a scorecard made by planbook and was passed over"),
        ));
    }
}

/// Reports results that contradict each other or have no KPI.
fn tell_conflicts(untaken: &Untaken, ui: &Ui) {
    for [kpi, first, other] in &untaken.conflicts {
        let (kpi, first, other) = (escape_controls(kpi), escape_controls(first), escape_controls(other));
        ui.note(&ui.lang.pick(
            format!("{kpi}: {first}, {other}의 결과가 다릅니다. {first}의 것을 썼습니다"),
            format!("{kpi}: {first} and {other} give different results; the one of {first} counts"),
        ));
    }
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    for [file, _] in &untaken.unknown {
        *unknown.entry(file).or_default() += 1;
    }
    for (file, count) in unknown {
        let file = escape_controls(file);
        ui.note(&ui.lang.pick(
            format!("{file}: 지금 계획에 없는 지표의 결과가 {count}개 있습니다(지표나 목표의 이름이 바뀌었을 수 있습니다)"),
            format!("{file}: {count} results are for KPIs that the plan no longer has; they may have been renamed"),
        ));
    }
}

fn tell_elsewhere(untaken: &Untaken, ui: &Ui) {
    let mut elsewhere: BTreeMap<(Option<i32>, &str), (usize, usize)> = BTreeMap::new();
    for other in &untaken.elsewhere {
        let (files, results) = elsewhere.entry((other.year, &other.city)).or_default();
        *files += 1;
        *results += other.results;
    }
    for ((year, city), (files, results)) in elsewhere {
        let city = if city.is_empty() { String::new() } else { format!("{} ", escape_controls(city)) };
        let year = year.map(|year| ui.lang.pick(format!("{year}년"), year.to_string())).unwrap_or_default();
        ui.note(&ui.lang.pick(
            format!("{city}{year} 성과표 {files}개(적은 결과 {results}개)는 쓰지 않았습니다"),
            format!("{files} scorecards of {city}{year} ({results} results on them) do not count"),
        ));
    }
}
