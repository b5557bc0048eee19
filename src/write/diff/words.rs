//! Changes in words.

use crate::consolidate::{City, RowId};
use crate::diff::{Change, ChangeKind, Diff, Item, NotCompared, PlanDiff};
use crate::finding::Lang;
use crate::plan::YearKind;
use crate::write::words;

/// `바뀜`, `추가`, `삭제` …
pub fn kind(kind: ChangeKind, lang: Lang) -> &'static str {
    match kind {
        ChangeKind::Added => lang.pick("추가", "added"),
        ChangeKind::Removed => lang.pick("삭제", "removed"),
        ChangeKind::Renamed => lang.pick("이름 바뀜", "renamed"),
        ChangeKind::Moved => lang.pick("자리 옮김", "moved"),
        ChangeKind::Changed => lang.pick("내용 바뀜", "changed"),
        ChangeKind::Notation => lang.pick("표기만 다름", "notation only"),
        ChangeKind::Unfilled => lang.pick("아직 적지 않음", "not filled in yet"),
    }
}

/// What a change is about: `2009 목표치`, `비중`, `지표 순서`.
pub fn item(item: &Item, lang: Lang) -> String {
    match item {
        Item::Plan => lang.pick("계획", "plan"),
        Item::Title => lang.pick("계획 제목", "title"),
        Item::Parent => lang.pick("상위 조직", "parent organisation"),
        Item::Years => lang.pick("연도", "years"),
        Item::Footnote => lang.pick("표 아래 적은 글", "footnote"),
        Item::Kpi => lang.pick("지표", "KPI"),
        Item::Order => lang.pick("지표 순서", "order"),
        Item::PerspectiveWeight => lang.pick("관점 비중", "perspective weight"),
        Item::Value { year, old, new } => return value(*year, *old, *new, lang),
        Item::Field(field) => return words::field(*field, lang),
        Item::Beside(column) => return words::beside::heading(column, lang),
    }
    .to_owned()
}

/// `목표치 2009`; `2009 실적치 → 목표치` where the kind of the value changed.
fn value(year: i32, old: Option<YearKind>, new: Option<YearKind>, lang: Lang) -> String {
    let word = |kind: Option<YearKind>| match kind {
        Some(YearKind::Actual) => lang.pick("실적치", "actual"),
        Some(YearKind::Target) => lang.pick("목표치", "target"),
        None => lang.pick("값", "value"),
    };
    if old == new {
        format!("{} {year}", word(new))
    } else {
        format!("{year} {} → {}", word(old), word(new))
    }
}

/// The KPIs a change concerns: one, or the first and the number of others. Empty for a change of the plan.
pub fn kpis(diff: &Diff<'_>, plan: &PlanDiff, change: &Change, lang: Lang) -> String {
    let Some(first) = kpi_names(diff, plan, change).next() else { return String::new() };
    match change.rows.len() - 1 {
        0 => first.to_owned(),
        more => lang.pick(format!("{first} 외 {more}건"), format!("{first} and {more} more")),
    }
}

/// The names of the KPIs a change is about, the new one where there is one.
pub fn kpi_names<'a>(
    diff: &'a Diff<'_>,
    plan: &'a PlanDiff,
    change: &'a Change,
) -> impl Iterator<Item = &'a str> {
    change.rows.iter().filter_map(|row| {
        let (city, id) = match (plan.new.zip(row.new), plan.old.zip(row.old)) {
            (Some((plan, row)), _) => (diff.new, RowId { plan, row }),
            (None, Some((plan, row))) => (diff.old, RowId { plan, row }),
            (None, None) => return None,
        };
        Some(&*city.row(id).kpi.text)
    })
}

/// One side of a change, with key facts about an added or removed plan or KPI.
pub fn side(diff: &Diff<'_>, plan: &PlanDiff, change: &Change, is_new: bool, lang: Lang) -> String {
    let side = if is_new { &change.new } else { &change.old };
    let Some(side) = side else { return String::new() };
    let (city, at) = if is_new { (diff.new, plan.new) } else { (diff.old, plan.old) };
    let came_or_went = matches!(change.kind, ChangeKind::Added | ChangeKind::Removed);
    let facts = match (&change.item, at) {
        (Item::Plan, Some(plan)) if came_or_went => {
            let count = city.plans[plan].rows.len();
            lang.pick(format!("지표 {count}개"), format!("{count} KPIs"))
        }
        (Item::Kpi, Some(plan)) if came_or_went => {
            let row = change.rows.first().and_then(|row| if is_new { row.new } else { row.old });
            row.map(|row| facts(city, RowId { plan, row }, lang)).unwrap_or_default()
        }
        (Item::Order, _) => return lang.pick(format!("{}번째", side.text), format!("no. {}", side.text)),
        (Item::PerspectiveWeight, Some(plan)) => {
            let row = change.rows.first().and_then(|row| if is_new { row.new } else { row.old });
            row.map(|row| city.plans[plan].rows[row].perspective.name.to_string()).unwrap_or_default()
        }
        _ => String::new(),
    };
    if facts.is_empty() { side.text.clone() } else { format!("{} ({facts})", side.text) }
}

/// Target of the plan year, unit and weight of a KPI.
fn facts(city: &City, id: RowId, lang: Lang) -> String {
    let row = city.row(id);
    let mut facts = Vec::new();
    if let Some(value) = city.value(id, city.year).filter(|value| !value.text.is_empty()) {
        let kind = self::value(city.year, Some(YearKind::Target), Some(YearKind::Target), lang);
        facts.push(format!("{kind}: {} {}", value.text.text, row.unit.text.text).trim_end().to_owned());
    }
    if !row.weight.text.is_empty() {
        let word = words::field(crate::plan::Field::Weight, lang);
        facts.push(format!("{word}: {}", row.weight.text.text));
    }
    facts.join(", ")
}

/// One line: how many organisations, plans and KPIs were compared, and the result.
pub fn summary(diff: &Diff<'_>, lang: Lang) -> String {
    let (plans, changed) = (diff.plans.len(), diff.changed_plans().count());
    let counts: Vec<String> = ChangeKind::ALL
        .into_iter()
        .filter(|&kind| kind.is_change() && diff.count(kind) > 0)
        .map(|of| {
            lang.pick(
                format!("{} {}건", kind(of, lang), diff.count(of)),
                format!("{} {}", diff.count(of), kind(of, lang)),
            )
        })
        .collect();
    let counts = if counts.is_empty() {
        lang.pick("바뀐 것이 없습니다", "nothing changed").to_owned()
    } else {
        counts.join(", ")
    };
    let notation = match diff.count(ChangeKind::Notation) {
        0 => String::new(),
        count => {
            lang.pick(format!(" (표기만 다른 곳 {count}곳)"), format!(" ({count} differ in notation only)"))
        }
    };
    let unfilled = match diff.count(ChangeKind::Unfilled) {
        0 => String::new(),
        count => lang
            .pick(format!(" (아직 적지 않은 값 {count}개)"), format!(" ({count} values not filled in yet)")),
    };
    lang.pick(
        format!("계획 {plans}개 가운데 {changed}개가 바뀜: {counts}{notation}{unfilled}"),
        format!("{changed} of {plans} plans changed: {counts}{notation}{unfilled}"),
    )
}

/// The note on a plan without a counterpart.
pub fn not_compared(plan: &NotCompared, lang: Lang) -> String {
    let file = &plan.file;
    lang.pick(
        format!("견주지 못했습니다: 한쪽의 {file} 파일에서 계획을 읽을 수 없습니다"),
        format!("not compared: on one side no plan can be read from {file}"),
    )
}
