//! 인용한 목표는 전년대비 증가율(또는 감축률)을 약속하는데, 자기 숫자로는 전년 값에서 계획 연도 목표까지 그만큼 늘거나 줄지
//! 않습니다. 인용한 지표와 자기 지표가 같을 때만 봅니다.
//!
//! 예: ‘전년대비 5% 이상’을 인용한 제안 건수가 105건에서 110건으로 4.8%만 늘어납니다.
//!
//! 고치는 법: 목표를 약속한 만큼으로 고치십시오. 전년 실적이 유난히 커서 따를 수 없으면 사유를 적어
//! 유예하십시오(`planbook waive`). `tolerance`는 못 미쳐도 되는 폭을 %포인트로 적은 것입니다(기본 0). `except`에 적은 지표는 보지
//! 않습니다.
//!
//! ---
//! The cited target promises growth (or a cut) against the year before, and the plan's own numbers do not
//! grow (or shrink) by that much from the year before to the plan year. Only checked where the row's own KPI
//! is the cited one.
//!
//! Example: "5 % or more over the year before" is cited, but the ideas proposed rise from 105 to 110, by 4.8
//! %.
//!
//! To resolve it: raise the target to the promised value. If last year's figure was exceptional, waive the
//! finding with the reason (`planbook waive`). `tolerance` is the allowed shortfall in percentage points (0
//! by default). KPIs named in `except` are skipped.

use crate::check::Report;
use crate::consolidate::{City, Context, RowId};
use crate::finding::{Code, Wording};
use crate::measure::last_actual;
use crate::plan::Field;
use crate::plan::value::{show_amount, show_number, show_written};

/// Promised growth where the plan's numbers shrink, stay, or grow too little.
static GROWTH: [Wording; 3] = [
    Wording {
        ko: "인용한 목표는 ‘{cited}’인데 {before}에서 {actual|으로/로} {percent}% 줄어듭니다. 약속대로면 {expected} 이상이어야 합니다",
        en: "it cites “{cited}” but shrinks by {percent}%, from {before} to {actual}; the promise makes at least {expected}",
    },
    Wording {
        ko: "인용한 목표는 ‘{cited}’인데 {before}에서 {actual|으로/로} 늘어나지 않습니다. 약속대로면 {expected} 이상이어야 합니다",
        en: "it cites “{cited}” but does not grow from {before} to {actual}; the promise makes at least {expected}",
    },
    Wording {
        ko: "인용한 목표는 ‘{cited}’인데 {before}에서 {actual|으로/로} {percent}% 늘어납니다. 약속대로면 {expected} 이상이어야 합니다",
        en: "it cites “{cited}” but grows by {percent}%, from {before} to {actual}; the promise makes at least {expected}",
    },
];
/// Promised cut where the plan's numbers shrink too little, stay, or grow.
static CUT: [Wording; 3] = [
    Wording {
        ko: "인용한 목표는 ‘{cited}’인데 {before}에서 {actual|으로/로} {percent}% 줄어듭니다. 약속대로면 {expected} 이하여야 합니다",
        en: "it cites “{cited}” but shrinks by {percent}%, from {before} to {actual}; the promise makes at most {expected}",
    },
    Wording {
        ko: "인용한 목표는 ‘{cited}’인데 {before}에서 {actual|으로/로} 줄어들지 않습니다. 약속대로면 {expected} 이하여야 합니다",
        en: "it cites “{cited}” but does not shrink from {before} to {actual}; the promise makes at most {expected}",
    },
    Wording {
        ko: "인용한 목표는 ‘{cited}’인데 {before}에서 {actual|으로/로} {percent}% 늘어납니다. 약속대로면 {expected} 이하여야 합니다",
        en: "it cites “{cited}” but grows by {percent}%, from {before} to {actual}; the promise makes at most {expected}",
    },
];
static KEEP: Wording = Wording {
    ko: "목표를 약속한 만큼으로 고치거나, 따를 수 없으면 {waive}",
    en: "set the target that was promised, or {waive}",
};

/// A promise and the plan's numbers it is about.
struct Promise {
    percent: f64,
    before: f64,
    target: f64,
}

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let tolerance = context.config.tolerance(Code::T402, 0.0);
    for row in city.rows() {
        if let Some(promise) = promise(city, row).filter(|promise| promise.is_broken(tolerance)) {
            file(city, row, &promise, report);
        }
    }
}

fn promise(city: &City, row: RowId) -> Option<Promise> {
    let keys = city.row_keys(row);
    let percent = city.row(row).parent_target.meaning.growth()?;
    if keys.kpi.is_empty() || keys.kpi != keys.parent_kpi {
        return None;
    }
    // A promise relative to the year before needs that year's number.
    let (last, _, before) = last_actual(city, row)?;
    if last != city.year - 1 || before <= 0.0 {
        return None;
    }
    Some(Promise { percent, before, target: city.amount(row, city.year)? })
}

impl Promise {
    fn change(&self) -> f64 {
        (self.target / self.before - 1.0) * 100.0
    }

    fn is_broken(&self, tolerance: f64) -> bool {
        // Allow for the division's rounding: 105 is 5 % more than 100.
        let shortfall =
            if self.percent < 0.0 { self.change() - self.percent } else { self.percent - self.change() };
        shortfall > tolerance + 1e-9
    }
}

/// The promised value in the row's notation: for whole numbers, the next whole one that keeps the promise.
fn rounded(city: &City, row: RowId, promised: f64, percent: f64) -> f64 {
    let values = city.row(row).values.iter().filter_map(|value| value.meaning.number());
    let mut whole = values.map(|number| number.amount.fract() == 0.0).peekable();
    if whole.peek().is_some() && whole.all(|is_whole| is_whole) {
        // Allow for the multiplication's rounding: 5 % more than 100 is 105.
        return if percent < 0.0 { (promised + 1e-9).floor() } else { (promised - 1e-9).ceil() };
    }
    (promised * 100.0).round() / 100.0
}

fn file(city: &City, row: RowId, promise: &Promise, report: &mut Report<'_>) {
    let text = |year: i32| city.value(row, year).map_or("", |value| &*value.text.text).to_owned();
    let promised = promise.before * (1.0 + promise.percent / 100.0) / city.row(row).unit.scale;
    let expected = show_amount(rounded(city, row, promised, promise.percent));
    let (own, before) = (text(city.year), text(city.year - 1));
    let change = (promise.change() * 10.0).round() / 10.0;
    let way = if change < 0.0 { 0 } else { 1 + usize::from(change > 0.0) };
    let wording = &if promise.percent < 0.0 { &CUT } else { &GROWTH }[way];
    let message = wording.with([
        ("cited", city.row(row).parent_target.text.text.to_string()),
        ("before", show_written(&before)),
        ("actual", show_written(&own)),
        ("percent", show_number(change.abs())),
        ("expected", expected.clone()),
    ]);
    report
        .row(Code::T402, row, Field::Year(city.year), message)
        .expected(expected, own)
        .hint(KEEP.with([]))
        .related(row, Field::ParentTarget)
        .related(row, Field::Year(city.year - 1))
        .file();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Finding, Lang};
    use crate::project::Config;
    use crate::testing::{at, findings, plan};

    fn found(cited: &str, kpi: &str, values: &str) -> Vec<Finding> {
        let row = format!("창의 | | 제안 건수 | {cited} | 목표 | {kpi} | {values} | 건 | 100 | ");
        findings(Code::T402, [plan("국", "시").row(&row)], &Config::default())
    }

    #[test]
    fn growth_short_of_the_promise_is_told() {
        let found = found("전년대비 5%이상", "제안건수", "95 | 105 | 110 | 115");
        assert_eq!(found.len(), 1);
        assert_eq!(at(&found[0]), "국!I6");
        assert_eq!(found[0].expected.as_deref(), Some("111"));
        assert!(found[0].message.text(Lang::Ko).contains("4.8%"));
    }

    #[test]
    fn the_message_says_whether_numbers_grow_or_shrink() {
        let message = |cited: &str, values: &str| {
            found(cited, "제안 건수", &format!("- | {values} | -"))[0].message.text(Lang::Ko)
        };
        assert!(message("전년대비 5% 이상", "105 | 108").contains("105에서 108로 2.9% 늘어납니다"));
        assert!(message("전년대비 5% 이상", "100 | 90").contains("100에서 90으로 10% 줄어듭니다"));
        assert!(message("전년대비 5% 이상", "100 | 100").contains("100에서 100으로 늘어나지 않습니다"));
        assert!(message("5% 이상 감축", "100 | 100").contains("100에서 100으로 줄어들지 않습니다"));
        assert!(message("5% 이상 감축", "100 | 103").contains("100에서 103으로 3% 늘어납니다"));
    }

    #[test]
    fn a_kept_promise_is_fine_to_the_last_digit() {
        assert!(found("전년대비 5% 이상", "제안 건수", "- | 100 | 105 | 110").is_empty());
        assert!(found("전년대비 5% 증가", "제안 건수", "- | 163건 | 246건 | 297건").is_empty());
    }

    #[test]
    fn a_promised_cut_looks_the_other_way() {
        assert_eq!(found("1%이상 감축", "제안 건수", "- | 100 | 100 | 98").len(), 1);
        assert!(found("1%이상 감축", "제안 건수", "- | 100 | 99 | 98").is_empty());
    }

    #[test]
    fn nothing_to_compare_is_no_finding() {
        assert!(found("전년대비 5%이상", "개선 건수", "- | 100 | 90 | 90").is_empty());
        assert!(found("전년대비 5%이상", "제안 건수", "90 | - | 90 | 90").is_empty());
        assert!(found("110", "제안 건수", "90 | 100 | 90 | 90").is_empty());
    }
}
