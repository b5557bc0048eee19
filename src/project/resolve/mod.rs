//! Turns the parsed planbook.toml into [`Config`]: every value is read once, into the type it is used in,
//! and every invalid one is reported with its position.

mod book;
pub(super) mod complaint;
mod forms;
mod kinds;
mod labels;
mod scoring;
mod section;
mod style;

use complaint::{Cause, Complaint};
use kinds::{at_least_0, code_named, filled, limit, severity, year};
use section::{Section, keyed, list, named, number, one_of, switch, table, text, that};
use toml::de::DeTable;

use super::book::BookSettings;
use super::common::{CommonKpi, Polarity, RollUpRule, WeightScope};
use super::config::{CheckSwitch, CityKpiEntry, Config, LabelSettings, ReadLimits, Returned, Waiver};
use super::scoring::Scoring;
use super::style::HouseStyle;
use crate::finding::{Code, Wording};

static TOLERANCE: Wording = Wording {
    ko: "허용 폭은 0 이상의 숫자여야 합니다",
    en: "the tolerance should be a number, 0 or more",
};
static REASON: Wording = Wording {
    ko: "지적 사항을 그대로 두려면 사유(reason)를 적어야 합니다: `{id}`",
    en: "waiving `{id}` needs a reason",
};

static WEIGHT_SUM: Wording =
    Wording { ko: "비중의 합은 0보다 커야 합니다", en: "the sum of the weights must be above 0" };
static ONLY_W101: Wording = Wording {
    ko: "`sum`과 `per`는 `[checks.W101]`에만 적습니다: `{value}`",
    en: "`sum` and `per` are settings of `[checks.W101]` only: `{value}`",
};

/// The settings of `text` and all complaints about them, in the order of the text; `None` if its syntax is
/// wrong.
pub(super) fn settings(text: &str) -> Option<(Config, Vec<Complaint>)> {
    let document = DeTable::parse(text).ok()?;
    let mut complaints = Vec::new();
    let config = Section::read(document.get_ref(), 0..0, &mut complaints, Config::read);
    complaints.sort_by_key(|complaint| complaint.span.start);
    Some((config, complaints))
}

/// A heading with the entry of a list above it that it belongs to.
pub(super) fn standing(heading: &str) -> String {
    let name: String = heading.chars().filter(|c| !matches!(c, '[' | ']' | ' ')).collect();
    match name.strip_prefix("forms") {
        Some("") => "[[forms]]".to_owned(),
        Some(rest) if rest.starts_with('.') => format!("[[forms]]\n{heading}"),
        _ => heading.to_owned(),
    }
}

/// The names allowed below a heading; empty if any name is.
pub(super) fn known(heading: Option<&str>) -> Vec<&'static str> {
    const NONE: &str = "no-such-name";
    let text = format!("{}\n{NONE} = 1\n", heading.map(standing).unwrap_or_default());
    let (_, complaints) = settings(&text).unwrap_or_default();
    let names = complaints.into_iter().filter(|it| text.get(it.span.clone()) == Some(NONE));
    let known = |it: Complaint| if let Cause::Name(known) = it.cause { Some(known) } else { None };
    names.filter_map(known).next().unwrap_or_default()
}

impl Config {
    fn read(section: &mut Section<'_>) -> Self {
        let mut config = Self::default();
        section.set("city", &mut config.city, filled);
        section.set("year", &mut config.year, year);
        section.set("organisations", &mut config.organisations, named(filled));
        section.set("parents", &mut config.parents, named(filled));
        section.set("roster", &mut config.roster, list(filled));
        section.set("spellings", &mut config.spellings, named(filled));
        section.set("letters", &mut config.letters, named(text));
        section.set("units", &mut config.units, named(filled));
        section.set("lower_is_better", &mut config.lower_is_better, list(text));
        section.set("direction", &mut config.polarity, named(one_of(Polarity::NAMES)));
        section.set("labels", &mut config.labels, table(LabelSettings::read));
        config.read_forms(section);
        section.set("common", &mut config.common, named(table(CommonKpi::read)));
        section.set("city_kpis", &mut config.city_kpis, list(table(CityKpiEntry::read)));
        section.set("checks", &mut config.checks, keyed(code_named, table(CheckSwitch::read)));
        let others = config.checks.iter().filter(|(code, _)| **code != Code::W101);
        for (code, _) in others.filter(|(_, check)| check.sum.is_some() || check.per.is_some()) {
            section.complain("checks", ONLY_W101.with([("value", code.to_string())]));
        }
        section.set("waive", &mut config.waive, list(table(Waiver::read)));
        section.set("style", &mut config.style, table(HouseStyle::read));
        section.set("book", &mut config.book, table(BookSettings::read));
        section.set("return", &mut config.returned, table(Returned::read));
        section.set("score", &mut config.score, table(Scoring::read));
        section.set("read", &mut config.read, table(ReadLimits::read));
        config
    }
}

impl CommonKpi {
    fn read(section: &mut Section<'_>) -> Self {
        let mut kpi = Self::default();
        section.set("spellings", &mut kpi.spellings, list(text));
        section.set("rollup", &mut kpi.rollup, one_of(RollUpRule::NAMES));
        section.set("required", &mut kpi.required, switch);
        section.set("direction", &mut kpi.polarity, one_of(Polarity::NAMES));
        section.set("off", &mut kpi.off, switch);
        kpi
    }
}

impl CityKpiEntry {
    fn read(section: &mut Section<'_>) -> Self {
        let mut entry = Self::default();
        section.set("goal", &mut entry.objective, text);
        section.set("kpi", &mut entry.kpi, filled);
        section.set("target", &mut entry.target, text);
        section.require(&["kpi"]);
        entry
    }
}

impl CheckSwitch {
    fn read(section: &mut Section<'_>) -> Self {
        let mut check = Self::default();
        section.set("severity", &mut check.severity, severity);
        section.set("off", &mut check.off, switch);
        section.set("tolerance", &mut check.tolerance, |value| at_least_0(value, &TOLERANCE));
        section.set("except", &mut check.except, list(text));
        let is_sum = |sum: &f64| sum.is_finite() && *sum > 0.0;
        section.set("sum", &mut check.sum, that(number, is_sum, |_| WEIGHT_SUM.with([])));
        section.set("per", &mut check.per, one_of(WeightScope::NAMES));
        check
    }
}

impl Waiver {
    fn read(section: &mut Section<'_>) -> Self {
        let mut waiver = Self::default();
        section.set("id", &mut waiver.id, text);
        section.set("reason", &mut waiver.reason, text);
        section.require(&["id", "reason"]);
        let code = waiver.id.split('-').next().unwrap_or_default();
        if let (true, Err(message)) = (section.has("id"), code_named(code)) {
            section.complain("id", message);
        }
        if section.has("reason") && waiver.reason.trim().is_empty() {
            section.complain("reason", REASON.with([("id", waiver.id.clone())]));
        }
        waiver
    }
}

impl Returned {
    fn read(section: &mut Section<'_>) -> Self {
        let mut returned = Self::default();
        section.set("severity", &mut returned.severity, severity);
        section.set("due", &mut returned.due, filled);
        section.set("contact", &mut returned.contact, filled);
        returned
    }
}

impl ReadLimits {
    fn read(section: &mut Section<'_>) -> Self {
        let mut limits = Self::default();
        section.set("seconds", &mut limits.seconds, limit);
        section.set("memory_mb", &mut limits.memory_mb, limit);
        limits
    }
}
