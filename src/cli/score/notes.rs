//! Reports missing, unusable and doubtful results on the scorecards.

use planbook::finding::Lang;
use planbook::plan::value::show_count;
use planbook::score::{Doubt, EditedField, IgnoredEdit, PlanScore, RowScore, ScoreReport};
use planbook::source::escape_controls;

use super::super::offer;
use super::super::ui::Ui;
use super::super::untaken;
use super::tables::{percent, remark};

/// The most KPIs listed per note: `MOST_ENTERED` for filled-in ones, `MOST_BLANK` for blank ones.
const MOST_ENTERED: usize = 50;
const MOST_BLANK: usize = 10;

/// A row with its plan.
type ScoredRow<'a> = (&'a PlanScore, &'a RowScore);

/// Prints lists of KPIs.
#[derive(Clone, Copy)]
pub struct Notes<'a> {
    /// Where to print them.
    pub ui: &'a Ui,
    /// Whether the KPIs belong to organisations asked for, rather than to all.
    pub asked: bool,
}

/// Reports what is missing and what does not fit, for the organisation `asked` for or for all.
pub(super) fn tell(report: &ScoreReport, asked: bool, ui: &Ui) {
    let notes = Notes { ui, asked };
    let rows = report.score.plans.iter().flat_map(|plan| plan.rows.iter().map(move |row| (plan, row)));
    let rows: Vec<ScoredRow<'_>> = rows.collect();
    // Entries that do not count come before blanks.
    let without = rows.iter().copied().filter(|(_, row)| row.achievement.is_none());
    let (entered, blank): (Vec<_>, Vec<_>) = without.partition(|(_, row)| row.result.is_some());
    notes.entered(&entered);
    notes.doubtful(&rows);
    notes.typed(&rows);
    notes.edited(&rows);
    notes.blank(blank);
    let changed = rows.iter().filter(|(_, row)| row.changed).count();
    if changed > 0 {
        let (changed, again) = (show_count(changed), &report.again);
        let to_run = offer::with(again, "을/를");
        ui.note(&ui.lang.pick(
            format!("성과표를 만든 뒤 목표나 비중, 단위가 바뀐 지표 {changed}개: 지금의 계획으로 계산했습니다. {to_run} 실행해 새로 만들면 적은 결과는 그대로 옮겨집니다"),
            format!("{changed} KPIs whose target, weight or unit has changed since their scorecard was made were scored by the plan as it is now; `{again}` makes new scorecards and keeps the results"),
        ));
    }
    not_plain(report, ui);
    untaken::tell(&report.untaken, ui);
}

impl Notes<'_> {
    /// Lists results that yield no score.
    fn entered(self, rows: &[ScoredRow<'_>]) {
        let count = rows.len();
        let heading = self.ui.lang.pick(
            format!("적은 결과로 점수를 낼 수 없는 지표 {count}개: 결과를 숫자로 고치거나, 달성률 칸에 직접 적으십시오. 잠긴 칸은 엑셀의 [검토]에서 [시트 보호 해제]를 누른 뒤에 적습니다"),
            format!("{count} KPIs have results that cannot be scored: enter a number, or the achievement itself; to unlock a cell, use Review > Unprotect Sheet"),
        );
        self.list(&heading, rows, MOST_ENTERED);
    }

    /// Lists achievements entered by hand although they follow from the result.
    fn typed(self, rows: &[ScoredRow<'_>]) {
        let is_typed = |(_, row): &ScoredRow<'_>| {
            row.typed && row.by_hand.is_none() && row.doubt != Some(Doubt::NoShare)
        };
        let rows: Vec<ScoredRow<'_>> = rows.iter().copied().filter(is_typed).collect();
        let count = rows.len();
        let heading = self.ui.lang.pick(
            format!("달성률을 직접 적은 지표 {count}개: 계산한 값 대신 적은 값으로 셌습니다. 계산한 값을 쓰려면 그 칸을 지우십시오"),
            format!("{count} KPIs have an achievement entered by hand, which counts instead of the calculated one; clear the cell to use the calculated one"),
        );
        self.list_of(&heading, &rows, MOST_ENTERED, given);
    }

    /// Lists changes to cells that are not for input.
    fn edited(self, rows: &[ScoredRow<'_>]) {
        let rows: Vec<ScoredRow<'_>> =
            rows.iter().copied().filter(|(_, row)| !row.edited.is_empty()).collect();
        let count = rows.len();
        let heading = self.ui.lang.pick(
            format!("성과표에서 고쳤으나 세지 않은 것이 있는 지표 {count}개: 목표, 단위, 비중은 계획의 것을, 점수와 등급은 달성률에서 계산한 것을 씁니다. 목표나 비중을 바꾸려면 부서의 계획 통합 문서를 고치고, 점수를 바꾸려면 달성률 칸에 적으십시오"),
            format!("{count} KPIs have changes on the scorecard that do not count: target, unit and weight are the plan's, score and grade follow from the achievement; to change a target or weight, edit the department's workbook; to change a score, enter the achievement"),
        );
        self.list_of(&heading, &rows, MOST_ENTERED, edits);
    }

    /// Lists KPIs not filled in yet.
    fn blank(self, rows: Vec<ScoredRow<'_>>) {
        // An entry in the achievement cell is already queried elsewhere.
        let rows = rows.into_iter().filter(|(_, row)| row.given.is_none());
        let (by_hand, blank): (Vec<_>, Vec<_>) = rows.partition(|(_, row)| row.by_hand.is_some());
        let lang = self.ui.lang;
        let count = show_count(by_hand.len());
        let heading = lang.pick(
            format!("목표가 숫자가 아니어서 달성률을 직접 적어야 하는 지표 {count}개"),
            format!("{count} KPIs whose target is not a plain number: enter the achievement itself"),
        );
        self.list(&heading, &by_hand, MOST_BLANK);
        let count = show_count(blank.len());
        let heading =
            lang.pick(format!("결과가 빠진 지표 {count}개"), format!("{count} KPIs without a result"));
        self.list(&heading, &blank, MOST_BLANK);
    }

    /// Lists implausible entries, which count all the same.
    pub fn doubtful(self, rows: &[ScoredRow<'_>]) {
        for doubt in
            [None, Some(Doubt::TenTimes), Some(Doubt::ATenth), Some(Doubt::Negative), Some(Doubt::NoShare)]
        {
            let is_meant = |(_, row): &ScoredRow<'_>| match doubt {
                Some(_) => row.doubt == doubt && !row.looks_like_fraction,
                None => row.looks_like_fraction,
            };
            let rows: Vec<ScoredRow<'_>> = rows.iter().copied().filter(is_meant).collect();
            let question = self.question(doubt, rows.len());
            match doubt {
                Some(Doubt::NoShare) => self.list_of(&question, &rows, MOST_ENTERED, given),
                _ => self.list(&question, &rows, MOST_ENTERED),
            }
        }
    }

    /// Returns the question about `count` results; without a doubt, the one about results that may be shares.
    fn question(self, doubt: Option<Doubt>, count: usize) -> String {
        let lang = self.ui.lang;
        match doubt {
            None => lang.pick(
                format!("단위가 %인데 1 이하로 적은 결과 {count}개: 97%를 뜻하면 0.97이 아니라 97로 적으십시오"),
                format!("{count} results in % are 1 or less: if 97 % is meant, enter 97, not 0.97"),
            ),
            Some(Doubt::TenTimes) => lang.pick(
                format!("목표와 지난 실적의 열 배가 넘는 결과 {count}개: 자릿수와 단위를 확인하십시오"),
                format!("{count} results are at least ten times the target and the last actual: check digits and unit"),
            ),
            Some(Doubt::ATenth) => lang.pick(
                format!("목표와 지난 실적의 10분의 1도 안 되는 결과 {count}개: 자릿수와 단위를 확인하십시오"),
                format!("{count} results are at most a tenth of the target and the last actual: check digits and unit"),
            ),
            Some(Doubt::Negative) => lang.pick(
                format!("다른 값은 모두 0 이상인데 음수로 적은 결과 {count}개: 부호를 확인하십시오"),
                format!("{count} results are negative where no other value is: check the sign"),
            ),
            Some(Doubt::NoShare) => lang.pick(
                format!("달성률 칸에 적은 것이 달성률이 아니거나 하한과 상한을 벗어난 지표 {count}개: 95%처럼 적으십시오. 벗어난 것은 하한이나 상한으로 셌고, 글은 세지 않았습니다"),
                format!("{count} KPIs have no achievement in its cell, or one below the floor or above the cap: enter it like 95%; one outside the limits counts as floor or cap, text does not count"),
            ),
        }
    }

    /// Lists at most `most` of `rows` with their results under `heading`.
    pub fn list(self, heading: &str, rows: &[ScoredRow<'_>], most: usize) {
        self.list_of(heading, rows, most, |row, lang| {
            let label = match remark(row, lang) {
                remark if !remark.is_empty() && !row.typed => remark,
                _ => lang.pick("결과", "result"),
            };
            let result = row.shown_result().map(|result| format!(": {}", escape_controls(&result)));
            format!("{label}{}", result.unwrap_or_default())
        });
    }

    /// Like [`Notes::list`], with the text that `says` returns for each row.
    fn list_of(
        self,
        heading: &str,
        rows: &[ScoredRow<'_>],
        most: usize,
        says: fn(&RowScore, Lang) -> String,
    ) {
        if rows.is_empty() {
            return;
        }
        let (ui, lang) = (self.ui, self.ui.lang);
        ui.note(heading);
        let shown = if ui.verbose { rows.len() } else { most };
        for (plan, row) in rows.iter().take(shown) {
            let (org, kpi) = (escape_controls(&plan.org), escape_controls(&row.kpi));
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

/// Returns what was entered in the achievement cell, and what counts.
fn given(row: &RowScore, lang: Lang) -> String {
    let given = escape_controls(row.given.as_deref().unwrap_or_default());
    match row.achievement {
        Some(_) => {
            let counts = percent(row.achievement);
            lang.pick(
                format!("적은 것: {given}, 센 달성률: {counts}"),
                format!("entered: {given}, counts as {counts}"),
            )
        }
        None => lang
            .pick(format!("적은 것: {given}, 센 달성률 없음"), format!("entered: {given}, does not count")),
    }
}

/// Returns the changed fields of the scorecard, each with the value that counts.
fn edits(row: &RowScore, lang: Lang) -> String {
    let edit = |edit: &IgnoredEdit| {
        let what = match edit.what {
            EditedField::Target => lang.pick("목표", "target"),
            EditedField::Unit => lang.pick("단위", "unit"),
            EditedField::Weight => lang.pick("비중", "weight"),
            EditedField::Score => lang.pick("점수", "score"),
            EditedField::Grade => lang.pick("등급", "grade"),
        };
        let [there, counts] = [&edit.there, &edit.counts].map(|text| escape_controls(text));
        let counts = if counts.is_empty() { lang.pick("없음", "nothing") } else { &counts };
        lang.pick(format!("{what} {there}, 센 것: {counts}"), format!("{what} {there}, counts: {counts}"))
    };
    row.edited.iter().map(edit).collect::<Vec<_>>().join(" · ")
}

/// Reports results read as numbers that the scorecard's own formulas ignore.
fn not_plain(report: &ScoreReport, ui: &Ui) {
    let Some(first) = report.not_plain.first() else { return };
    let (count, first, again) = (report.not_plain.len(), escape_controls(first), &report.again);
    let to_run = offer::with(again, "을/를");
    ui.note(&ui.lang.pick(
        format!("단위나 %까지 적었거나 글자로 저장된 결과 {count}개(예: {first})를 숫자로 읽어 계산했습니다. 성과표 안의 계산에는 들어가지 않으니, {to_run} 실행해 새로 만들면 숫자로 옮겨집니다"),
        format!("{count} results with their unit or %, or stored as text (such as that of {first}), were read as numbers; the formulas on their scorecards ignore them. `{again}` makes new scorecards with them as numbers"),
    ));
}
