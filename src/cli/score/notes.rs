//! What is missing on the scorecards, what does not fit, and what is asked about.

use std::collections::BTreeMap;

use planbook::finding::Lang;
use planbook::plan::value::show_count;
use planbook::score::{Doubt, PlanScore, Report, RowScore};
use planbook::source::visible;

use super::super::ui::Ui;
use super::tables::{percent, remark};

/// How many KPIs are listed at most that were filled in and do not count as meant, and that were not filled in.
const MOST_ENTERED: usize = 50;
const MOST_BLANK: usize = 10;

/// A row with its plan.
type Row<'a> = (&'a PlanScore, &'a RowScore);

/// Lists of KPIs.
#[derive(Clone, Copy)]
pub struct Notes<'a> {
    /// Where they are told.
    pub ui: &'a Ui,
    /// Whether they are of organisations that were asked for, and not of all.
    pub asked: bool,
}

/// Says what is missing and what does not fit, of the organisation `asked` for or of all.
pub(super) fn tell(report: &Report, asked: bool, ui: &Ui) {
    let notes = Notes { ui, asked };
    let rows = report.score.plans.iter().flat_map(|plan| plan.rows.iter().map(move |row| (plan, row)));
    let rows: Vec<Row<'_>> = rows.collect();
    // What somebody filled in and does not count comes before what nobody has filled in yet.
    let without = rows.iter().copied().filter(|(_, row)| row.achievement.is_none());
    let (entered, blank): (Vec<_>, Vec<_>) = without.partition(|(_, row)| row.result.is_some());
    notes.entered(&entered);
    notes.doubtful(&rows);
    notes.typed(&rows);
    notes.blank(blank);
    let changed = rows.iter().filter(|(_, row)| row.changed).count();
    if changed > 0 {
        let (changed, again) = (show_count(changed), &report.again);
        ui.note(&ui.lang.pick(
            format!("성과표를 만든 뒤 목표나 비중, 단위가 바뀐 지표 {changed}개: 지금의 계획으로 계산했습니다. `{again}`을 실행해 새로 만들면 적은 결과는 그대로 옮겨집니다"),
            format!("{changed} KPIs have another target, weight or unit than on their scorecard and were scored by the plan as it is now; `{again}` makes new ones and takes the results over"),
        ));
    }
    not_plain(report, ui);
    conflicts(report, ui);
    passed_over(report, ui);
}

impl Notes<'_> {
    /// Results that give no score.
    fn entered(self, rows: &[Row<'_>]) {
        let count = rows.len();
        let heading = self.ui.lang.pick(
            format!("적은 결과로 점수를 낼 수 없는 지표 {count}개: 결과를 숫자로 고치거나, 달성률 칸에 직접 적으십시오. 잠긴 칸은 엑셀의 [검토]에서 [시트 보호 해제]를 누른 뒤에 적습니다"),
            format!("{count} KPIs whose results give no score: enter a number, or the achievement itself; a locked cell opens with Review > Unprotect Sheet"),
        );
        self.list(&heading, rows, MOST_ENTERED);
    }

    /// Achievements that a person gave although one follows from the result.
    fn typed(self, rows: &[Row<'_>]) {
        let is_typed = |(_, row): &Row<'_>| row.typed && row.by_hand.is_none();
        let rows: Vec<Row<'_>> = rows.iter().copied().filter(is_typed).collect();
        let count = rows.len();
        let heading = self.ui.lang.pick(
            format!("달성률을 직접 적은 지표 {count}개: 계산한 값 대신 적은 값으로 셌습니다. 계산한 값을 쓰려면 그 칸을 지우십시오"),
            format!("{count} KPIs whose achievement was entered by hand, which counts in the place of the one reckoned; clear the cell to have it reckoned"),
        );
        self.list_of(&heading, &rows, MOST_ENTERED, achieved);
    }

    /// What nobody has filled in yet.
    fn blank(self, rows: Vec<Row<'_>>) {
        let (by_hand, blank): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, row)| row.by_hand.is_some());
        let lang = self.ui.lang;
        let count = show_count(by_hand.len());
        let heading = lang.pick(
            format!("목표가 숫자가 아니어서 달성률을 직접 적어야 하는 지표 {count}개"),
            format!(
                "{count} KPIs whose targets are no plain numbers: the achievement itself is to be entered"
            ),
        );
        self.list(&heading, &by_hand, MOST_BLANK);
        let count = show_count(blank.len());
        let heading =
            lang.pick(format!("결과가 빠진 지표 {count}개"), format!("{count} KPIs without a result"));
        self.list(&heading, &blank, MOST_BLANK);
    }

    /// What can hardly be meant as it stands, and counts all the same.
    pub fn doubtful(self, rows: &[Row<'_>]) {
        for doubt in
            [None, Some(Doubt::TenTimes), Some(Doubt::ATenth), Some(Doubt::Negative), Some(Doubt::NoShare)]
        {
            let is_meant = |(_, row): &Row<'_>| match doubt {
                Some(_) => row.doubt == doubt && !row.looks_like_fraction,
                None => row.looks_like_fraction,
            };
            let rows: Vec<Row<'_>> = rows.iter().copied().filter(is_meant).collect();
            let question = self.question(doubt, rows.len());
            match doubt {
                Some(Doubt::NoShare) => self.list_of(&question, &rows, MOST_ENTERED, achieved),
                _ => self.list(&question, &rows, MOST_ENTERED),
            }
        }
    }

    /// What is asked about `count` results; without a doubt, of those that may be a part of 1.
    fn question(self, doubt: Option<Doubt>, count: usize) -> String {
        let lang = self.ui.lang;
        match doubt {
            None => lang.pick(
                format!("단위가 %인데 1 이하로 적은 결과 {count}개: 97%를 뜻하면 0.97이 아니라 97로 적으십시오"),
                format!("{count} results in % that are not above 1: where 97 % is meant, enter 97, not 0.97"),
            ),
            Some(Doubt::TenTimes) => lang.pick(
                format!("목표와 지난 실적의 열 배가 넘는 결과 {count}개: 자릿수와 단위를 확인하십시오"),
                format!("{count} results are ten times the target and the last actual, or more: check digits and unit"),
            ),
            Some(Doubt::ATenth) => lang.pick(
                format!("목표와 지난 실적의 10분의 1도 안 되는 결과 {count}개: 자릿수와 단위를 확인하십시오"),
                format!("{count} results are a tenth of the target and the last actual, or less: check digits and unit"),
            ),
            Some(Doubt::Negative) => lang.pick(
                format!("다른 값은 모두 0 이상인데 음수로 적은 결과 {count}개: 부호를 확인하십시오"),
                format!("{count} results are negative where no other value is: check the sign"),
            ),
            Some(Doubt::NoShare) => lang.pick(
                format!("달성률 칸에 적은 것이 달성률이 아니거나 하한과 상한을 벗어난 지표 {count}개: 95%처럼 적으십시오. 벗어난 것은 하한이나 상한으로 셌습니다"),
                format!("{count} KPIs whose cell of the achievement holds none, or one beyond floor or cap, which counts as these: enter it as 95%"),
            ),
        }
    }

    /// Lists `rows` with their results under `heading`, at most so many of them.
    pub fn list(self, heading: &str, rows: &[Row<'_>], most: usize) {
        self.list_of(heading, rows, most, |row, lang| {
            let label = match remark(row, lang) {
                remark if !remark.is_empty() && !row.typed => remark,
                _ => lang.pick("결과", "result"),
            };
            let result = row.result.as_deref().map(|result| format!(": {}", visible(result)));
            format!("{label}{}", result.unwrap_or_default())
        });
    }

    /// The same with what `says` gives of each.
    fn list_of(self, heading: &str, rows: &[Row<'_>], most: usize, says: fn(&RowScore, Lang) -> String) {
        if rows.is_empty() {
            return;
        }
        let (ui, lang) = (self.ui, self.ui.lang);
        ui.note(heading);
        let shown = if ui.verbose { rows.len() } else { most };
        for (plan, row) in rows.iter().take(shown) {
            let (org, kpi) = (visible(&plan.org), visible(&row.kpi));
            ui.say(&format!("  {org}: {kpi} ({})", says(row, lang)));
        }
        let Some(rest) = rows.len().checked_sub(shown).filter(|rest| *rest > 0) else { return };
        let by_org = if self.asked {
            ""
        } else {
            lang.pick(", `--org 조직`으로 조직마다", ", `--org NAME` for one organisation")
        };
        ui.say(&lang.pick(
            format!("  … 그 밖에 {rest}개 (`--verbose`로 모두{by_org})"),
            format!("  … and {rest} more (`--verbose` for all{by_org})"),
        ));
    }
}

/// The achievement that counts.
fn achieved(row: &RowScore, lang: Lang) -> String {
    let label = lang.pick("달성률", "achievement");
    match row.achievement {
        Some(_) => format!("{label} {}", percent(row.achievement)),
        None => lang.pick("달성률 없음", "no achievement").to_owned(),
    }
}

/// Results that were read as numbers and that the workbook itself does not reckon with.
fn not_plain(report: &Report, ui: &Ui) {
    let Some(first) = report.not_plain.first() else { return };
    let (count, first, again) = (report.not_plain.len(), visible(first), &report.again);
    ui.note(&ui.lang.pick(
        format!("단위나 %까지 적었거나 글자로 저장된 결과 {count}개(예: {first})를 숫자로 읽어 계산했습니다. 성과표 안의 계산에는 들어가지 않으니, `{again}`을 실행해 새로 만들면 숫자로 옮겨집니다"),
        format!("{count} results with their unit or %, or stored as text (such as that of {first}), were read as numbers; the formulas of their scorecards do not take them, which `{again}` mends by making new ones"),
    ));
}

/// Results that contradict each other, or have no KPI.
fn conflicts(report: &Report, ui: &Ui) {
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
fn passed_over(report: &Report, ui: &Ui) {
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
