//! What planbook.toml may not say although its form is right.

mod book;
mod scoring;
mod style;

use super::config::{Config, FixedTable};
use super::load::nearest;
use crate::finding::{Code, Message, Severity, Wording};
use crate::plan::COLUMNS;
use crate::source::{CellRef, LAST_ROW, parse_column};

/// A value or a key that makes no sense, and the keys and list positions that lead to it.
pub(super) struct Complaint {
    pub at: Vec<String>,
    pub message: Message,
}

impl Complaint {
    /// Whether the key itself is wrong, not what stands behind it.
    pub(super) fn is_of_key(&self) -> bool {
        self.message.args.iter().any(|(name, value)| *name == "value" && self.at.last() == Some(value))
    }
}

static YEAR: Wording = Wording {
    ko: "연도는 네 자리 숫자여야 합니다: `{value}`",
    en: "the year `{value}` should have four digits",
};
static EMPTY: Wording = Wording { ko: "`{key}` 항목이 비어 있습니다", en: "`{key}` is empty" };
static NO_SUCH_CHECK: Wording =
    Wording { ko: "없는 점검 코드입니다: `{value}`", en: "there is no check `{value}`" };
static NO_SUCH_CHECK_NEAR: Wording = Wording {
    ko: "없는 점검 코드입니다: `{value}`. 혹시 {near}입니까?",
    en: "there is no check `{value}`; did you mean {near}?",
};
static SEVERITY: Wording = Wording {
    ko: "없는 심각도입니다: `{value}`. error(오류), warning(경고), info(참고) 가운데 하나를 적으십시오",
    en: "`{value}` is no severity; write error, warning or info",
};
static TOLERANCE: Wording = Wording {
    ko: "허용 폭은 0 이상의 숫자여야 합니다",
    en: "the tolerance should be a number, 0 or more",
};
static REASON: Wording = Wording {
    ko: "지적 사항을 그대로 두려면 사유(reason)를 적어야 합니다: `{id}`",
    en: "waiving `{id}` needs a reason",
};
static ROW: Wording = Wording {
    ko: "행 번호는 1부터 {last}까지이고, 끝 행은 첫 행보다 앞설 수 없습니다",
    en: "rows are counted from 1 to {last}, and the last may not stand before the first",
};
static CELL: Wording = Wording {
    ko: "셀 주소가 아닙니다: `{value}` (예: B2)",
    en: "`{value}` is no cell (such as B2)",
};
static COLUMN: Wording = Wording {
    ko: "열 이름이 아닙니다: `{value}` (예: F)",
    en: "`{value}` is no column (such as F)",
};
static FIELD: Wording = Wording {
    ko: "없는 열 이름입니다: `{value}`. 쓸 수 있는 이름: {known}",
    en: "there is no field `{value}`; known: {known}",
};
static NO_KPI: Wording = Wording {
    ko: "지표명이 있는 열(`columns`의 kpi)을 적어야 합니다",
    en: "`columns` must name the column of the KPI",
};
static LIMIT: Wording = Wording { ko: "1 이상이어야 합니다", en: "must be 1 or more" };

#[derive(Default)]
struct Complaints(Vec<Complaint>);

impl Complaints {
    fn add(&mut self, at: &[&str], message: Message) {
        self.0.push(Complaint { at: at.iter().map(|&step| step.to_owned()).collect(), message });
    }

    fn unless(&mut self, right: bool, at: &[&str], message: impl FnOnce() -> Message) {
        if !right {
            self.add(at, message());
        }
    }
}

impl Config {
    /// Every value that makes no sense.
    pub(super) fn complaints(&self) -> Vec<Complaint> {
        let mut out = Complaints::default();
        if let Some(year) = self.year {
            out.unless(is_year(year), &["year"], || YEAR.with([("value", year.to_string())]));
        }
        if let Some(city) = &self.city {
            out.unless(!city.trim().is_empty(), &["city"], || empty("city"));
        }
        self.names_complaints(&mut out);
        self.check_complaints(&mut out);
        for (index, table) in self.labels.fixed.iter().enumerate() {
            fixed_complaints(&mut out, table, &index.to_string());
        }
        self.style.complaints(&mut out);
        self.book.complaints(&mut out);
        self.score.complaints(&mut out);
        if let Some(severity) = &self.returned.severity {
            severity_complaint(&mut out, severity, &["return", "severity"]);
        }
        for (key, text) in [("due", &self.returned.due), ("contact", &self.returned.contact)] {
            let right = text.as_ref().is_none_or(|text| !text.trim().is_empty());
            out.unless(right, &["return", key], || empty(key));
        }
        out.unless(self.read.seconds > 0, &["read", "seconds"], || LIMIT.with([]));
        out.unless(self.read.memory_mb > 0, &["read", "memory_mb"], || LIMIT.with([]));
        out.0
    }

    fn names_complaints(&self, out: &mut Complaints) {
        let tables = [
            ("organisations", &self.organisations),
            ("parents", &self.parents),
            ("spellings", &self.spellings),
            ("units", &self.units),
        ];
        for (name, table) in tables {
            for (from, to) in table {
                out.unless(!to.trim().is_empty(), &[name, from], || empty(from));
            }
        }
        for (index, org) in self.roster.iter().enumerate() {
            out.unless(!org.trim().is_empty(), &["roster", &index.to_string()], || empty("roster"));
        }
        for (index, entry) in self.city_kpis.iter().enumerate() {
            let at = ["city_kpis", &index.to_string(), "kpi"];
            out.unless(!entry.kpi.trim().is_empty(), &at, || empty("kpi"));
        }
    }

    fn check_complaints(&self, out: &mut Complaints) {
        for (code, switch) in &self.checks {
            out.unless(known(code), &["checks", code], || no_such_check(code));
            if let Some(severity) = &switch.severity {
                severity_complaint(out, severity, &["checks", code, "severity"]);
            }
            let right = switch.tolerance.is_none_or(|tolerance| tolerance.is_finite() && tolerance >= 0.0);
            out.unless(right, &["checks", code, "tolerance"], || TOLERANCE.with([]));
        }
        for (index, waiver) in self.waive.iter().enumerate() {
            let index = index.to_string();
            let code = waiver.id.split('-').next().unwrap_or_default();
            out.unless(known(code), &["waive", &index, "id"], || no_such_check(code));
            out.unless(!waiver.reason.trim().is_empty(), &["waive", &index, "reason"], || {
                REASON.with([("id", waiver.id.clone())])
            });
        }
    }
}

fn severity_complaint(out: &mut Complaints, severity: &str, at: &[&str]) {
    out.unless(Severity::named(severity).is_some(), at, || SEVERITY.with([("value", severity.to_owned())]));
}

fn fixed_complaints(out: &mut Complaints, table: &FixedTable, index: &str) {
    let at = |rest: &[&'static str]| [&["labels", "fixed", index], rest].concat();
    let last = LAST_ROW + 1;
    let rows_right = (1..=last).contains(&table.first_row)
        && (table.last_row == 0 || (table.first_row..=last).contains(&table.last_row));
    out.unless(rows_right, &at(&["first_row"]), || ROW.with([("last", last.to_string())]));
    for (key, cell) in [("org", &table.org), ("parent", &table.parent)] {
        if let Some(cell) = cell {
            out.unless(cell.parse::<CellRef>().is_ok(), &at(&[key]), || CELL.with([("value", cell.clone())]));
        }
    }
    out.unless(table.columns.contains_key("kpi"), &at(&[]), || NO_KPI.with([]));
    let known = || COLUMNS.iter().map(|column| column.id);
    for field in table.columns.keys() {
        let is_known = known().any(|id| id == field);
        out.unless(is_known, &["labels", "fixed", index, "columns", field], || {
            FIELD.with([("value", field.clone()), ("known", known().collect::<Vec<_>>().join(", "))])
        });
    }
    for (key, years) in [("actuals", &table.actuals), ("targets", &table.targets)] {
        for year in years.keys() {
            out.unless(year.parse().is_ok_and(is_year), &["labels", "fixed", index, key, year], || {
                YEAR.with([("value", year.clone())])
            });
        }
    }
    for (key, columns) in
        [("columns", &table.columns), ("actuals", &table.actuals), ("targets", &table.targets)]
    {
        for (name, letters) in columns {
            out.unless(parse_column(letters).is_some(), &["labels", "fixed", index, key, name], || {
                COLUMN.with([("value", letters.clone())])
            });
        }
    }
}

fn is_year(year: i32) -> bool {
    (1000..=9999).contains(&year)
}

fn known(code: &str) -> bool {
    // Tables are looked up by the exact code, so `w101` would be a switch without effect.
    Code::ALL.iter().any(|known| known.as_str() == code)
}

fn empty(key: &str) -> Message {
    EMPTY.with([("key", key.to_owned())])
}

fn no_such_check(code: &str) -> Message {
    let value = ("value", code.to_owned());
    match nearest(&code.to_uppercase(), Code::ALL.iter().map(|code| code.as_str())) {
        Some(near) => NO_SUCH_CHECK_NEAR.with([value, ("near", near.to_owned())]),
        None => NO_SUCH_CHECK.with([value]),
    }
}
