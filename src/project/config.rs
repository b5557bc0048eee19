//! planbook.toml, read and resolved. Everything in it has a working default.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, json_schema};
use serde::{Deserialize, Serialize};

use super::book::BookSettings;
use super::colour::Rgb;
pub use super::common::{CommonKpi, Polarity, RollUpRule, WeightScope};
use super::defaults;
pub use super::forms::FormEntry;
use super::scoring::Scoring;
use super::style::HouseStyle;
use crate::finding::{Code, Severity};
use crate::plan::{ByColumn, Field};
use crate::source::CellRef;
use crate::text::{NameKey, Names};

/// What planbook.toml says, with the built-in defaults filled in.
///
/// `templates/planbook.toml` is the commented file that `planbook init` writes; it names every key.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The city. Default: the parent that most plans name and that has no plan itself.
    pub city: Option<String>,
    /// The plan year. Default: the first target year of most plans.
    pub year: Option<i32>,
    /// Other names of organisations: printed name = name to use.
    pub organisations: BTreeMap<String, String>,
    /// Parents that differ from what the headers print: organisation = parent.
    pub parents: BTreeMap<String, String>,
    /// Organisations that must submit a plan.
    pub roster: Vec<String>,
    /// Spellings of names of KPIs and objectives: spelling = name.
    pub spellings: BTreeMap<String, String>,
    /// Letters folded anywhere in a name (`율` = `률`). Default: `율` = `률`.
    pub letters: Option<BTreeMap<String, String>>,
    /// Spellings of units: spelling = unit (`건수` = `건`). Added to the defaults.
    pub units: BTreeMap<String, String>,
    /// Words that, at the end of a KPI's name, say that lower is better (`누수량`). Added to the defaults.
    pub lower_is_better: Vec<String>,
    /// `[direction]`: the polarity of single KPIs.
    #[serde(rename = "direction")]
    pub polarity: BTreeMap<String, Polarity>,
    /// Words of headings, added to the built-in ones.
    pub labels: LabelSettings,
    /// Forms recognised by their headings. Tables of other forms are read by the words of their headings.
    pub forms: Vec<FormEntry>,
    /// Common KPIs, by name. Added to the defaults, which a same-named entry replaces.
    pub common: BTreeMap<String, CommonKpi>,
    /// The city's own objectives and KPIs. Default: what the top plans cite.
    pub city_kpis: Vec<CityKpiEntry>,
    /// Switches of single checks, by code.
    pub checks: BTreeMap<Code, CheckSwitch>,
    /// Findings that the office waives, with a reason.
    pub waive: Vec<Waiver>,
    /// The house style.
    pub style: HouseStyle,
    /// The printed book.
    pub book: BookSettings,
    /// The workbooks returned to the departments.
    #[serde(rename = "return")]
    pub returned: Returned,
    /// Achievement, score and grade.
    pub score: Scoring,
    /// Limits of reading.
    pub read: ReadLimits,
}

/// `[labels]`: words of headings, added to the built-in ones of every language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LabelSettings {
    /// `관점`.
    pub perspective: Vec<String>,
    /// `전략목표`, `성과목표`.
    #[serde(rename = "goal")]
    pub objective: Vec<String>,
    /// `핵심성과지표`.
    pub kpi: Vec<String>,
    /// `목표치` over a single column: the parent's target; over years: targets.
    pub target: Vec<String>,
    /// `실적치` over years.
    pub actual: Vec<String>,
    /// `단위`.
    pub unit: Vec<String>,
    /// `비중`, `가중치`.
    pub weight: Vec<String>,
    /// `주요사업 코드번호`.
    pub code: Vec<String>,
    /// `책임자`, `담당자`.
    pub owner: Vec<String>,
    /// `번호`.
    pub number: Vec<String>,
    /// `지표유형`.
    pub indicator_type: Vec<String>,
    /// `지표방향`.
    #[serde(rename = "direction")]
    pub polarity: Vec<String>,
    /// `정의`.
    pub definition: Vec<String>,
    /// `산식`.
    pub formula: Vec<String>,
    /// `자료출처`.
    pub data_source: Vec<String>,
    /// `측정주기`.
    pub frequency: Vec<String>,
    /// `목표설정근거`.
    pub rationale: Vec<String>,
    /// `사업비`.
    pub budget: Vec<String>,
    /// `참고사항`.
    pub remark: Vec<String>,
    /// Words in front of a heading that mark a column of the parent (`상위`).
    pub parent: Vec<String>,
    /// Words that follow the organisation's name in a title (`균형성과계획`).
    pub title: Vec<String>,
    /// First words of a total row (`계`).
    pub total: Vec<String>,
    /// Words of the footnote that lists other initiatives (`기타주요사업`).
    pub footnote: Vec<String>,
    /// Tables at fixed positions; `[[forms]]` recognises a form at any position.
    pub fixed: Vec<FixedTable>,
}

impl LabelSettings {
    /// The words configured for a column.
    pub fn taught(&self, field: Field) -> &[String] {
        match field {
            Field::Perspective => &self.perspective,
            Field::Objective => &self.objective,
            Field::Kpi => &self.kpi,
            Field::Unit => &self.unit,
            Field::Weight => &self.weight,
            Field::Code => &self.code,
            Field::Owner => &self.owner,
            Field::Number => &self.number,
            Field::IndicatorType => &self.indicator_type,
            Field::Polarity => &self.polarity,
            Field::Definition => &self.definition,
            Field::Formula => &self.formula,
            Field::DataSource => &self.data_source,
            Field::Frequency => &self.frequency,
            Field::Rationale => &self.rationale,
            Field::Budget => &self.budget,
            Field::Remark => &self.remark,
            // The parent's columns use the words of the own ones.
            Field::ParentObjective
            | Field::ParentKpi
            | Field::ParentTarget
            | Field::Year(_)
            | Field::File => &[],
        }
    }
}

/// `[[labels.fixed]]`: a table that has the same position in every workbook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FixedTable {
    /// The sheet's name; empty for every sheet.
    pub sheet: String,
    /// The first row of the body, as the spreadsheet counts (from 1).
    pub first_row: u32,
    /// The last row of the body; 0: as far as there are rows.
    pub last_row: u32,
    /// Cell of the organisation's name.
    #[schemars(with = "Option<String>")]
    pub org: Option<CellRef>,
    /// Cell of the parent's name.
    #[schemars(with = "Option<String>")]
    pub parent: Option<CellRef>,
    /// Where each column is: `perspective`, `parent_goal`, `parent_kpi`, `parent_target`, `goal`, `kpi`, `unit`, `weight`, `code`, `owner` and the other ids of columns.
    #[schemars(with = "BTreeMap<String, String>")]
    pub columns: ByColumn<Option<u16>>,
    /// Columns of actuals by year (`2008 = "H"`).
    #[schemars(with = "BTreeMap<i32, String>")]
    pub actuals: BTreeMap<i32, u16>,
    /// Columns of targets by year.
    #[schemars(with = "BTreeMap<i32, String>")]
    pub targets: BTreeMap<i32, u16>,
}

/// `[[city_kpis]]`: a KPI of the city.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CityKpiEntry {
    /// The city's objective.
    #[serde(default)]
    #[schemars(rename = "goal")]
    pub objective: String,
    /// The KPI.
    pub kpi: String,
    /// Its target of the plan year.
    #[serde(default)]
    pub target: String,
}

/// `[checks.W101]`: switches of one check.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CheckSwitch {
    /// Replaces the default severity: `error`, `warning`, `info`, or the same in Korean.
    #[schemars(schema_with = "severity_names")]
    pub severity: Option<Severity>,
    /// Turns the check off.
    pub off: bool,
    /// How far numbers may differ; its meaning is in `planbook explain CODE`.
    pub tolerance: Option<f64>,
    /// KPIs that the check skips.
    pub except: Vec<String>,
    /// W101 only: what the weights add up to. Default: what they do in most plans.
    pub sum: Option<f64>,
    /// W101 only: over what they add up: `plan`, `perspective`, `objective`.
    pub per: Option<WeightScope>,
}

/// How planbook.toml may write a severity.
fn severity_names(_: &mut schemars::SchemaGenerator) -> Schema {
    json_schema!({ "enum": ["error", "warning", "info", "오류", "경고", "참고"] })
}

/// `[[waive]]`: a finding that the office waives, with a reason.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The finding's id.
    pub id: String,
    /// Why the office waives it.
    pub reason: String,
}

/// `[return]`: the workbooks returned to the departments.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Returned {
    /// Findings of at least this severity are marked in the cells. The review sheet lists all findings.
    #[schemars(schema_with = "severity_names")]
    pub severity: Severity,
    /// The date by which departments should answer, as the covering messages should print it.
    pub due: Option<String>,
    /// Whom departments may ask, as the covering messages should print it.
    pub contact: Option<String>,
}

impl Default for Returned {
    fn default() -> Self {
        Self { severity: Severity::Warning, due: None, contact: None }
    }
}

/// `[read]`: limits of reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReadLimits {
    /// The seconds that reading one workbook may take.
    pub seconds: u64,
    /// The memory that reading one workbook may take, in mebibytes.
    pub memory_mb: u64,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self { seconds: 8, memory_mb: 384 }
    }
}

impl Config {
    /// Whether `code` is switched on.
    pub fn is_on(&self, code: Code) -> bool {
        self.checks.get(&code).is_none_or(|switch| !switch.off)
    }

    /// Whether the tables of the form with this name are no plans.
    pub fn is_no_plan(&self, form: Option<&str>) -> bool {
        self.forms.iter().any(|entry| entry.not_a_plan && Some(entry.name.as_str()) == form)
    }

    /// The severity that planbook.toml sets for all findings of `code`, if any.
    pub fn severity(&self, code: Code) -> Option<Severity> {
        self.checks.get(&code)?.severity
    }

    /// The tolerance set for `code`, else `default`.
    pub fn tolerance(&self, code: Code, default: f64) -> f64 {
        self.checks.get(&code).and_then(|switch| switch.tolerance).unwrap_or(default)
    }

    /// Whether `code` skips the KPI `key`.
    pub fn excepts(&self, code: Code, names: &Names, key: &NameKey) -> bool {
        let switch = self.checks.get(&code);
        switch.is_some_and(|switch| switch.except.iter().any(|name| names.key(name) == *key))
    }

    /// The colour of titles and headings in the book, which may differ from the house style.
    pub fn book_accent(&self) -> Rgb {
        self.book.accent.unwrap_or(self.style.accent)
    }

    /// The common KPIs by name: the built-in ones, replaced or extended by planbook.toml's.
    pub fn common_kpis(&self) -> BTreeMap<String, CommonKpi> {
        let mut all = defaults::common_kpis();
        all.extend(self.common.clone());
        all.retain(|_, kpi| !kpi.off);
        all
    }

    /// Returns the folding of names: letters, spellings, the common KPIs' spellings, and the names that
    /// planbook.toml sets.
    pub fn names(&self) -> Names {
        let letters: Vec<(String, String)> = match &self.letters {
            Some(letters) => letters.iter().map(|(a, b)| (a.clone(), b.clone())).collect(),
            None => defaults::letters(),
        };
        let mut whole: Vec<(String, String)> = Vec::new();
        for (name, kpi) in self.common_kpis() {
            whole.extend(kpi.spellings.into_iter().map(|spelling| (spelling, name.clone())));
        }
        whole.extend(self.spellings.iter().map(|(a, b)| (a.clone(), b.clone())));
        let mut names = Names::new(
            letters.iter().map(|(a, b)| (a.as_str(), b.as_str())),
            whole.iter().map(|(a, b)| (a.as_str(), b.as_str())),
        );
        let common = self.common.iter().filter(|(_, kpi)| !kpi.off).map(|(name, _)| name);
        let given = common.chain(self.spellings.values()).chain(self.organisations.values());
        given.for_each(|name| names.declare(name));
        names
    }

    /// Returns the folding of units: the built-in spellings, replaced or extended by planbook.toml's.
    pub fn unit_names(&self) -> Names {
        let mut whole = defaults::units();
        whole.extend(self.units.iter().map(|(a, b)| (a.clone(), b.clone())));
        Names::new([], whole.iter().map(|(a, b)| (a.as_str(), b.as_str())))
    }
}
