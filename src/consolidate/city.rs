//! The consolidated city: organisations, keys, links, roll-ups. Checks and writers read it and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::plan::{Field, Indicator, Meaning, Plan, PlanId, RowId, Value};
use crate::project::config::{CommonKpi, Polarity};
use crate::project::{Config, Polarities};
use crate::read::Submission;
use crate::source::Place;
use crate::text::{NameKey, Names};

/// The parent of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parent {
    /// The city itself.
    City,
    /// Another plan of the book.
    Plan(PlanId),
    /// A named organisation without a plan, or one where a cycle of parents was cut.
    Missing(Arc<str>),
    /// The table does not name one.
    Unnamed,
}

/// A plan's place in the tree of organisations, and the keys by which its names are compared.
#[derive(Clone, Debug)]
pub struct PlanNode {
    /// The plan's title for printing, with misprints of the organisation's name corrected by planbook.toml.
    /// Empty if the plan has none.
    pub title: Arc<str>,
    /// The parent.
    pub parent: Parent,
    /// The plans whose parent it is, in book order.
    pub children: Vec<PlanId>,
    /// Key of the organisation.
    pub org_key: NameKey,
    /// Keys of the rows.
    pub row_keys: Vec<RowKeys>,
}

/// How a row relates to the KPI it cites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// The child has the same KPI: values must agree.
    Direct,
    /// A common KPI that parent and child each measure for themselves.
    Shared,
    /// Another KPI that contributes to the cited one.
    Contributory,
}

/// A link from a row up to the KPI it cites.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The row below.
    pub child: RowId,
    /// The cited KPI.
    pub target: LinkTarget,
    /// The kind of link.
    pub kind: LinkKind,
}

/// The upper end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkTarget {
    /// A city KPI: position in [`City::city_kpis`].
    City(usize),
    /// A row of the parent's plan.
    Row(RowId),
}

/// A row without a link to its parent plan, or one that no child cites.
#[derive(Clone, Debug, PartialEq)]
pub struct UnlinkedRow {
    /// The row.
    pub row: RowId,
    /// Why.
    pub reason: UnlinkedReason,
}

/// Why a row is unlinked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnlinkedReason {
    /// It cites no KPI of a parent.
    CitesNothing,
    /// The KPI it cites is not in the parent's plan.
    NotInParent,
    /// The parent's plan is not in the book.
    ParentMissing,
    /// It belongs to a plan with children, and none of them cites it.
    NotCited,
}

/// An objective of the city, as the top plans cite it or as planbook.toml gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct CityObjective {
    /// As planbook.toml writes it, else the commonest spelling.
    pub name: Arc<str>,
    /// Its key.
    pub key: NameKey,
    /// The KPIs cited under it: positions in [`City::city_kpis`]. A KPI may be cited under several
    /// objectives.
    pub kpis: Vec<usize>,
}

/// A KPI of the city.
#[derive(Clone, Debug, PartialEq)]
pub struct CityKpi {
    /// As planbook.toml writes it, else the commonest spelling.
    pub name: Arc<str>,
    /// Its key.
    pub key: NameKey,
    /// The city's target of the plan year: planbook.toml's, else the one that a clear majority cites; none if
    /// unknown.
    pub target: Option<Value>,
    /// Where the target comes from.
    pub source: TargetSource,
    /// Whether any plan has a value of the year before, the base of growth promises.
    pub base_known: bool,
    /// The cited targets grouped by meaning, most cited first.
    pub cited: Vec<CitedTarget>,
    /// Every row that cites it, in book order.
    pub citations: Vec<RowId>,
}

/// Where a city's target comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetSource {
    /// planbook.toml gives it.
    Declared,
    /// A majority of the citing plans cites it.
    Inferred {
        /// Plans that cite it.
        count: usize,
        /// Plans that cite a target for the KPI.
        of: usize,
    },
    /// There is no majority.
    Unknown,
}

/// A target cited for a city KPI, with all its spellings.
#[derive(Clone, Debug, PartialEq)]
pub struct CitedTarget {
    /// The most frequent spelling.
    pub value: Value,
    /// All spellings.
    pub texts: BTreeSet<Arc<str>>,
    /// The plans that cite it.
    pub plans: BTreeSet<PlanId>,
    /// Whether it equals the target in planbook.toml.
    pub is_declared: bool,
}

impl CityKpi {
    /// Whether planbook.toml gives the target.
    pub fn is_declared(&self) -> bool {
        self.source == TargetSource::Declared
    }

    /// Whether `text`, cited as the KPI's target, means the city's target; none if that is unknown.
    pub fn is_cited_right(&self, text: &str) -> Option<bool> {
        let is_right = |cited: &CitedTarget| match self.source {
            TargetSource::Declared => cited.is_declared,
            _ => self.cited.first() == Some(cited),
        };
        let promised = self.target.as_ref()?.meaning.growth().is_some();
        // Without the year before, a growth promise cannot be compared with a number.
        let is_number =
            |cited: &CitedTarget| cited.texts.contains(text) && cited.value.meaning.growth().is_none();
        if promised && !self.base_known && self.cited.iter().any(is_number) {
            return None;
        }
        Some(self.cited.iter().filter(|cited| is_right(cited)).any(|cited| cited.texts.contains(text)))
    }

    /// The target as printed, with an asterisk if inferred.
    pub fn printed_target(&self) -> String {
        let mark = if matches!(self.source, TargetSource::Inferred { .. }) { "*" } else { "" };
        self.target.as_ref().map_or_else(String::new, |target| format!("{}{mark}", target.text.text))
    }
}

/// A common KPI across all organisations.
#[derive(Clone, Debug, PartialEq)]
pub struct CommonMatrix {
    /// Its name.
    pub name: Arc<str>,
    /// Its key.
    pub key: NameKey,
    /// Its rule: roll-up, polarity, whether required.
    pub rule: CommonKpi,
    /// Its rows, in book order; a plan may have none, or more than one.
    pub rows: Vec<RowId>,
    /// Rows whose KPI is this one with a remark in brackets; their values may be on another scale.
    pub variants: Vec<RowId>,
    /// Whether every plan must have it: by planbook.toml, else if at least two thirds of five or more
    /// organisations have it.
    pub required: bool,
}

/// A parent's value and the sum of its children's values, for a KPI that rolls up by sum.
#[derive(Clone, Debug, PartialEq)]
pub struct RollUpSum {
    /// The common KPI: position in [`City::common`].
    pub common: usize,
    /// The parent's row.
    pub parent: RowId,
    /// The year.
    pub year: i32,
    /// The parent's value in its row's unit, if it is a number.
    pub value: Option<f64>,
    /// The children's rows with the KPI.
    pub children: Vec<RowId>,
    /// The sum of their numbers in the parent's unit; `None` if a child's value is not a number. A `-` counts
    /// as 0, but if all children have `-` there is no sum.
    pub sum: Option<f64>,
}

/// Keys of a row's names, normalised once for all checks.
#[derive(Clone, Debug, PartialEq)]
pub struct RowKeys {
    /// The perspective's.
    pub perspective: NameKey,
    /// The cited objective's.
    pub parent_objective: NameKey,
    /// The cited KPI's; empty if none is cited.
    pub parent_kpi: NameKey,
    /// The objective's.
    pub objective: NameKey,
    /// The KPI's.
    pub kpi: NameKey,
    /// The unit's, by the table of unit spellings.
    pub unit: NameKey,
    /// Position of the common KPI in [`City::common`] that the KPI is, if any.
    pub common: Option<usize>,
    /// Whether each organisation measures the KPI for itself, so that values may differ between
    /// organisations.
    pub own_measure: bool,
}

/// The city's plans, consolidated.
#[derive(Debug)]
pub struct City {
    /// The city's name.
    pub name: Arc<str>,
    /// The plan year: the year whose targets the plans set.
    pub year: i32,
    /// The plans in book order, with resolved organisation names and kinds of years.
    pub plans: Vec<Plan>,
    /// What consolidation knows of each of [`City::plans`], in the same order.
    pub nodes: Vec<PlanNode>,
    /// City objectives in the order in which they are first cited.
    pub city_objectives: Vec<CityObjective>,
    /// City KPIs, likewise.
    pub city_kpis: Vec<CityKpi>,
    /// Links by child, in book order. A row has several where the cell it cites names several KPIs.
    pub links: Vec<Link>,
    /// Unlinked rows, in book order.
    pub unlinked: Vec<UnlinkedRow>,
    /// Common KPIs with all their rows.
    pub common: Vec<CommonMatrix>,
    /// Roll-ups.
    pub rollups: Vec<RollUpSum>,
    /// Organisations on the roster that submitted nothing.
    pub missing: Vec<Arc<str>>,
    /// The organisation of each file that has no readable plan, inferred from the file's name.
    pub senders: BTreeMap<Arc<str>, Arc<str>>,
    /// Every workbook, read or not, by file name. Their plans have moved to [`City::plans`].
    pub submissions: Vec<Submission>,
    /// For each of [`City::submissions`], the position in [`City::plans`] of its first plan.
    pub plan_offsets: Vec<usize>,
    /// How names are compared.
    pub names: Names,
    /// How units are compared.
    pub units: Names,
}

impl City {
    /// The row `id`. Ids come from this city, so the row exists.
    pub fn row(&self, id: RowId) -> &Indicator {
        &self.plans[id.plan].rows[id.row]
    }

    /// The keys of the row `id`.
    pub fn row_keys(&self, id: RowId) -> &RowKeys {
        &self.nodes[id.plan].row_keys[id.row]
    }

    /// The value of `year` in the row `id`, if the plan has that year.
    pub fn value(&self, id: RowId, year: i32) -> Option<&Value> {
        let plan = &self.plans[id.plan];
        plan.rows[id.row].values.get(plan.year_index(year)?)
    }

    /// The text of the row's value for `year`; empty if it has none.
    pub fn written(&self, id: RowId, year: i32) -> &str {
        self.value(id, year).map_or("", |value| &value.text.text)
    }

    /// The row's number for `year`, in the base of its unit (명 if the unit is 천명).
    pub fn amount(&self, id: RowId, year: i32) -> Option<f64> {
        Some(self.value(id, year)?.meaning.number()?.in_base(&self.row(id).unit))
    }

    /// The polarity of the row `id`: by a common KPI's rule, else by ranks, else by the KPI's name.
    pub fn polarity(&self, id: RowId, polarities: &Polarities<'_>) -> Polarity {
        let (row, keys) = (self.row(id), self.row_keys(id));
        let ranked = row.values.iter().any(|value| matches!(value.meaning, Meaning::Rank(_)));
        if let Some(declared) = polarities.declared(&keys.kpi) {
            return declared;
        }
        match keys.common {
            Some(common) => self.common[common].rule.polarity,
            None if ranked || polarities.is_rank(&row.unit.text.text) => Polarity::Down,
            None => polarities.of(&row.kpi.text, &keys.kpi, &row.unit.text.text),
        }
    }

    /// Whether the values of two rows for `year` agree, each in its own unit. `None` if a plan lacks the
    /// year.
    pub fn agrees(&self, id: RowId, other: RowId, year: i32, tolerance: f64) -> Option<bool> {
        let (own, others) = (self.value(id, year)?, self.value(other, year)?);
        Some(own.agrees(&self.row(id).unit, others, &self.row(other).unit, tolerance))
    }

    /// The location of `field` in the row `id`.
    pub fn place(&self, id: RowId, field: Field) -> Place {
        self.plans[id.plan].place(id.row, field)
    }

    /// The keys of the organisations, plan by plan.
    pub fn org_keys(&self) -> impl Iterator<Item = &NameKey> {
        self.nodes.iter().map(|node| &node.org_key)
    }

    /// Key of the organisation that owns the row `id`.
    pub fn org_key(&self, id: RowId) -> &NameKey {
        &self.nodes[id.plan].org_key
    }

    /// The name of the organisation that owns the row `id`.
    pub fn org(&self, id: RowId) -> &Arc<str> {
        &self.plans[id.plan].org
    }

    /// The ids of the plans, in book order.
    pub fn plan_ids(&self) -> impl DoubleEndedIterator<Item = PlanId> + ExactSizeIterator + Clone + use<> {
        PlanId::first(self.plans.len())
    }

    /// The plans with their ids, in book order.
    pub fn numbered_plans(&self) -> impl Iterator<Item = (PlanId, &Plan)> {
        self.plan_ids().zip(&self.plans)
    }

    /// Every row, in book order.
    pub fn rows(&self) -> impl Iterator<Item = RowId> + '_ {
        self.numbered_plans().flat_map(|(plan, p)| (0..p.rows.len()).map(move |row| RowId { plan, row }))
    }

    /// The plan at position `plan` of `submission`.
    pub fn plan_of(&self, submission: usize, plan: usize) -> PlanId {
        PlanId::at(self.plan_offsets[submission] + plan)
    }

    /// The resolved name of a plan's parent, empty if none is named.
    pub fn parent_name(&self, plan: PlanId) -> &str {
        match &self.nodes[plan].parent {
            Parent::City => &self.name,
            Parent::Plan(parent) => &self.plans[*parent].org,
            Parent::Missing(name) => name,
            Parent::Unnamed => "",
        }
    }

    /// The plans above `plan`, nearest first. Finite, because consolidation cuts cycles.
    pub fn ancestors(&self, plan: PlanId) -> Vec<PlanId> {
        let above = |plan: PlanId| match self.nodes[plan].parent {
            Parent::Plan(parent) => Some(parent),
            _ => None,
        };
        std::iter::successors(above(plan), |&plan| above(plan)).collect()
    }
}

/// The input of checks and writers.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The consolidated city.
    pub city: &'a City,
    /// planbook.toml.
    pub config: &'a Config,
}
