//! The consolidated city: organisations, keys, links, roll-ups. Checks and writers read it and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::plan::{Field, Indicator, Meaning, Plan, Value};
use crate::project::config::{CommonKpi, Direction};
use crate::project::{Config, Directions};
use crate::read::Submission;
use crate::source::Place;
use crate::text::{NameKey, Names};

/// A KPI row of the city: plan and row, both from 0 and in book order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId {
    /// Position of the plan in [`City::plans`].
    pub plan: usize,
    /// Row within the plan.
    pub row: usize,
}

/// The parent of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parent {
    /// The city itself.
    City,
    /// Another plan of the book.
    Plan(usize),
    /// A named organisation that sent no plan; or one whose plan would close a circle of parents, cut here.
    Missing(Arc<str>),
    /// The table names none.
    Unnamed,
}

/// How a row hangs on what it cites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// The child carries the very KPI it cites: values must agree.
    Direct,
    /// A common KPI that parent and child each measure for themselves.
    Shared,
    /// Another KPI that contributes to the cited one.
    Contributory,
}

/// A link from a row up to what it cites.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The row below.
    pub child: RowId,
    /// What it hangs on.
    pub target: LinkTarget,
    /// How.
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

/// A row that hangs loose.
#[derive(Clone, Debug, PartialEq)]
pub struct Loose {
    /// The row.
    pub row: RowId,
    /// Why.
    pub reason: LooseReason,
}

/// Why a row hangs loose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LooseReason {
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
pub struct CityGoal {
    /// As planbook.toml writes it, else the commonest spelling.
    pub name: Arc<str>,
    /// Its key.
    pub key: NameKey,
    /// The KPIs cited under it: positions in [`City::city_kpis`]. A KPI may be cited under several.
    pub kpis: Vec<usize>,
}

/// A KPI of the city.
#[derive(Clone, Debug, PartialEq)]
pub struct CityKpi {
    /// As planbook.toml writes it, else the commonest spelling.
    pub name: Arc<str>,
    /// Its key.
    pub key: NameKey,
    /// The city's target of the plan year: planbook.toml's, else the one that a clear majority cites; none where nobody
    /// knows.
    pub target: Option<Value>,
    /// Where the target comes from.
    pub source: TargetSource,
    /// Whether any plan has a value of the year before, from which promises of growth count.
    pub base_known: bool,
    /// The targets that the plans cite, those of one meaning together, most cited first.
    pub cited: Vec<CitedTarget>,
    /// Every row that cites it, in book order.
    pub citations: Vec<RowId>,
}

/// Where a city's target comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetSource {
    /// planbook.toml gives it.
    Declared,
    /// So many plans cite it, of so many that cite one.
    Inferred {
        /// Plans that cite it.
        count: usize,
        /// Plans that cite a target for the KPI.
        of: usize,
    },
    /// No majority cites one.
    Unknown,
}

/// A target cited for a city KPI, in all the ways it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct CitedTarget {
    /// As most write it.
    pub value: Value,
    /// Every way it is written.
    pub texts: BTreeSet<Arc<str>>,
    /// The plans that cite it.
    pub plans: BTreeSet<usize>,
    /// Whether it is what planbook.toml gives.
    pub is_declared: bool,
}

impl CityKpi {
    /// Whether planbook.toml gives the target.
    pub fn is_declared(&self) -> bool {
        self.source == TargetSource::Declared
    }

    /// Whether a cell that cites the KPI with `text` says what the city's target says; none where nobody knows it.
    pub fn is_cited_right(&self, text: &str) -> Option<bool> {
        let is_right = |cited: &CitedTarget| match self.source {
            TargetSource::Declared => cited.is_declared,
            _ => self.cited.first() == Some(cited),
        };
        let promised = self.target.as_ref()?.meaning.growth().is_some();
        // What a promise comes to nobody can say without the year before.
        let is_number =
            |cited: &CitedTarget| cited.texts.contains(text) && cited.value.meaning.growth().is_none();
        if promised && !self.base_known && self.cited.iter().any(is_number) {
            return None;
        }
        Some(self.cited.iter().filter(|cited| is_right(cited)).any(|cited| cited.texts.contains(text)))
    }

    /// The target as it is printed: one that was inferred bears an asterisk.
    pub fn printed_target(&self) -> String {
        let mark = if matches!(self.source, TargetSource::Inferred { .. }) { "*" } else { "" };
        self.target.as_ref().map_or_else(String::new, |target| format!("{}{mark}", target.text.text))
    }
}

/// A common KPI over all organisations.
#[derive(Clone, Debug, PartialEq)]
pub struct CommonMatrix {
    /// Its name.
    pub name: Arc<str>,
    /// Its key.
    pub key: NameKey,
    /// Roll-up, direction, whether required.
    pub rule: CommonKpi,
    /// Its rows, in book order; a plan may have none, or more than one.
    pub rows: Vec<RowId>,
    /// Rows that carry it with a remark in brackets behind its name, which may be on another scale.
    pub variants: Vec<RowId>,
    /// Whether every plan must carry it: as planbook.toml says, else where at least two thirds of five or more
    /// organisations carry it.
    pub required: bool,
}

/// A parent's value beside the sum of its children's, for a KPI that rolls up by sum.
#[derive(Clone, Debug, PartialEq)]
pub struct RollUpSum {
    /// The common KPI: position in [`City::common`].
    pub common: usize,
    /// The parent's row.
    pub parent: RowId,
    /// The year.
    pub year: i32,
    /// The parent's value in its row's unit, where it is a number.
    pub value: Option<f64>,
    /// The children's rows that carry the KPI.
    pub children: Vec<RowId>,
    /// The sum of their numbers in the parent's unit; `None` where a child's value is no number. A `-` counts as
    /// nothing, and where no child has more than that there is no sum.
    pub sum: Option<f64>,
}

/// Keys of a row's names, so that no check folds them again.
#[derive(Clone, Debug, PartialEq)]
pub struct RowKeys {
    /// The perspective's.
    pub perspective: NameKey,
    /// The cited objective's.
    pub parent_goal: NameKey,
    /// The cited KPI's; empty where nothing is cited.
    pub parent_kpi: NameKey,
    /// The objective's.
    pub goal: NameKey,
    /// The KPI's.
    pub kpi: NameKey,
    /// The unit's, by the spellings of units.
    pub unit: NameKey,
    /// Position of the common KPI in [`City::common`] that the KPI is, if any.
    pub common: Option<usize>,
    /// Whether each organisation measures the KPI for itself, so that the values of two need not be the same.
    pub own_measure: bool,
}

/// Everything known about the city's plans.
#[derive(Debug)]
pub struct City {
    /// The city's name.
    pub name: Arc<str>,
    /// The plan year: targets of this year are what the plans are about.
    pub year: i32,
    /// The plans in book order, organisations named, kinds of years settled.
    pub plans: Vec<Plan>,
    /// The title of each plan as it is printed: a misprint of the organisation's name that planbook.toml knows is put right.
    /// Empty where the plan has none.
    pub titles: Vec<Arc<str>>,
    /// The parent of each plan.
    pub parents: Vec<Parent>,
    /// The children of each plan, in book order.
    pub children: Vec<Vec<usize>>,
    /// Key of each plan's organisation.
    pub org_keys: Vec<NameKey>,
    /// Keys of each plan's rows.
    pub keys: Vec<Vec<RowKeys>>,
    /// City objectives in the order in which they are first cited.
    pub city_goals: Vec<CityGoal>,
    /// City KPIs, likewise.
    pub city_kpis: Vec<CityKpi>,
    /// Links by child, in book order. A row has several where the cell it cites names several KPIs.
    pub links: Vec<Link>,
    /// What hangs loose, in book order.
    pub loose: Vec<Loose>,
    /// Common KPIs with all their rows.
    pub common: Vec<CommonMatrix>,
    /// Roll-ups.
    pub rollups: Vec<RollUpSum>,
    /// Organisations on the roster that have handed in nothing.
    pub missing: Vec<Arc<str>>,
    /// Whose plan a file is that gave none, by the file, where its name tells.
    pub senders: BTreeMap<Arc<str>, Arc<str>>,
    /// Every workbook, read or not, by file name. The plans inside have moved to [`City::plans`].
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
        &self.keys[id.plan][id.row]
    }

    /// The value of `year` in the row `id`, if the plan has that year.
    pub fn value(&self, id: RowId, year: i32) -> Option<&Value> {
        let plan = &self.plans[id.plan];
        plan.rows[id.row].values.get(plan.year_index(year)?)
    }

    /// The value that the row `id` has for `year` as it is written; empty where it has none.
    pub fn written(&self, id: RowId, year: i32) -> &str {
        self.value(id, year).map_or("", |value| &value.text.text)
    }

    /// The number that the row `id` has for `year`, in the base of the row's unit (명 where it is 천명).
    pub fn amount(&self, id: RowId, year: i32) -> Option<f64> {
        Some(self.value(id, year)?.meaning.number()?.in_base(&self.row(id).unit))
    }

    /// Which way the row `id` is better: a common KPI's rule, then ranks, then the KPI's name.
    pub fn direction(&self, id: RowId, directions: &Directions<'_>) -> Direction {
        let (row, keys) = (self.row(id), self.row_keys(id));
        let ranked = row.values.iter().any(|value| matches!(value.meaning, Meaning::Rank(_)));
        if let Some(declared) = directions.declared(&keys.kpi) {
            return declared;
        }
        match keys.common {
            Some(common) => self.common[common].rule.direction,
            None if ranked || directions.is_rank(&row.unit.text.text) => Direction::Down,
            None => directions.of(&row.kpi.text, &keys.kpi, &row.unit.text.text),
        }
    }

    /// Whether two rows say the same for `year`, each in its own unit. `None` where a plan lacks the year.
    pub fn agrees(&self, id: RowId, other: RowId, year: i32, tolerance: f64) -> Option<bool> {
        let (own, others) = (self.value(id, year)?, self.value(other, year)?);
        Some(own.agrees(&self.row(id).unit, others, &self.row(other).unit, tolerance))
    }

    /// The place of `field` in the row `id`.
    pub fn place(&self, id: RowId, field: Field) -> Place {
        self.plans[id.plan].place(id.row, field)
    }

    /// Key of the organisation that owns the row `id`.
    pub fn org_key(&self, id: RowId) -> &NameKey {
        &self.org_keys[id.plan]
    }

    /// The name of the organisation that owns the row `id`.
    pub fn org(&self, id: RowId) -> &Arc<str> {
        &self.plans[id.plan].org
    }

    /// Every row, in book order.
    pub fn rows(&self) -> impl Iterator<Item = RowId> + '_ {
        self.plans
            .iter()
            .enumerate()
            .flat_map(|(plan, p)| (0..p.rows.len()).map(move |row| RowId { plan, row }))
    }

    /// The position in [`City::plans`] of the plan that stood at `plan` in the contents of `submission`.
    pub fn plan_of(&self, submission: usize, plan: usize) -> usize {
        self.plan_offsets[submission] + plan
    }

    /// The resolved name of a plan's parent, empty where none is named.
    pub fn parent_name(&self, plan: usize) -> &str {
        match &self.parents[plan] {
            Parent::City => &self.name,
            Parent::Plan(parent) => &self.plans[*parent].org,
            Parent::Missing(name) => name,
            Parent::Unnamed => "",
        }
    }

    /// The plans above `plan`, nearest first. Consolidation has cut circles, so the way up ends.
    pub fn ancestors(&self, plan: usize) -> Vec<usize> {
        let above = |plan: usize| match self.parents[plan] {
            Parent::Plan(parent) => Some(parent),
            _ => None,
        };
        std::iter::successors(above(plan), |&plan| above(plan)).collect()
    }
}

/// What the checks and writers are given besides the city.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The consolidated city.
    pub city: &'a City,
    /// planbook.toml.
    pub config: &'a Config,
}
