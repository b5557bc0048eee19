//! `data/cascade.json`: objectives of the city → KPIs → departments → offices, unlinked rows, common KPIs,
//! roll-ups.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;
use serde::ser::Serializer;

use super::by_year::ByYear;
use crate::consolidate::{
    City, Context, LinkKind, RollUpSum, RowId, TargetSource, UnlinkedReason, UnlinkedRow,
};
use crate::project::config::RollUpRule;
use crate::write::branches::{BranchStep, KpiBranch, ObjectiveBranch, below, branches};
use crate::write::json::document;

#[derive(Serialize, JsonSchema)]
struct CascadeDocument<'a> {
    city: &'a str,
    year: i32,
    #[schemars(with = "Vec<ObjectiveRecord<'_>>")]
    #[serde(rename = "goals")]
    objectives: Seq<'a, ObjectiveBranch<'a>>,
    #[schemars(with = "Vec<UnlinkedRecord<'_>>")]
    loose: Seq<'a, UnlinkedRow>,
    common: Vec<CommonKpiRecord<'a>>,
    #[schemars(with = "Vec<RollUpRecord<'_>>")]
    rollups: Seq<'a, RollUpSum>,
    missing: &'a [std::sync::Arc<str>],
}

/// A list whose records are created one by one while they are written.
struct Seq<'a, T> {
    city: &'a City,
    items: &'a [T],
}

/// An item of a [`Seq`].
trait CascadeItem: Sized {
    fn record<'a>(&'a self, city: &'a City) -> impl Serialize + 'a;
}

impl<T: CascadeItem> Serialize for Seq<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.items.iter().map(|item| item.record(self.city)))
    }
}

#[derive(Serialize, JsonSchema)]
struct ObjectiveRecord<'a> {
    #[serde(rename = "goal")]
    objective: &'a str,
    #[schemars(with = "Vec<CityKpiRecord<'_>>")]
    kpis: Seq<'a, KpiBranch<'a>>,
}

impl CascadeItem for ObjectiveBranch<'_> {
    fn record<'a>(&'a self, city: &'a City) -> impl Serialize + 'a {
        ObjectiveRecord { objective: self.name, kpis: Seq { city, items: &self.kpis } }
    }
}

#[derive(Serialize, JsonSchema)]
struct CityKpiRecord<'a> {
    kpi: &'a str,
    target: Option<&'a str>,
    declared: bool,
    inferred: Option<Inferred>,
    citations: usize,
    #[schemars(with = "Vec<LinkedRow<'_>>")]
    rows: LinkedRows<'a>,
}

impl CascadeItem for KpiBranch<'_> {
    fn record<'a>(&'a self, city: &'a City) -> impl Serialize + 'a {
        CityKpiRecord {
            kpi: &self.kpi.name,
            target: self.kpi.target.as_ref().map(|target| &*target.text.text),
            declared: self.kpi.is_declared(),
            inferred: match self.kpi.source {
                TargetSource::Inferred { count, of } => Some(Inferred { count, of }),
                TargetSource::Declared | TargetSource::Unknown => None,
            },
            citations: self.kpi.citations.len(),
            rows: LinkedRows { city, steps: &self.steps },
        }
    }
}

/// An inferred target: how many plans cite it, of how many that cite one.
#[derive(Serialize, JsonSchema)]
struct Inferred {
    count: usize,
    of: usize,
}

/// Rows of one level, each with the rows linked to it.
struct LinkedRows<'a> {
    city: &'a City,
    steps: &'a [BranchStep],
}

impl Serialize for LinkedRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rest = self.steps;
        serializer.collect_seq(std::iter::from_fn(|| {
            let first = rest.first()?;
            let (own, others) = rest.split_at(1 + below(rest));
            rest = others;
            Some(LinkedRow {
                at: RowAt::new(self.city, first.row),
                objective: &self.city.row(first.row).objective.text,
                kpi: &self.city.row(first.row).kpi.text,
                target: self.city.value(first.row, self.city.year).map(|value| &*value.text.text),
                unit: &self.city.row(first.row).unit.text.text,
                weight: &self.city.row(first.row).weight.text.text,
                link: link_name(first.kind),
                below: LinkedRows { city: self.city, steps: &own[1..] },
            })
        }))
    }
}

#[derive(Serialize, JsonSchema)]
struct LinkedRow<'a> {
    #[serde(flatten)]
    at: RowAt<'a>,
    #[serde(rename = "goal")]
    objective: &'a str,
    kpi: &'a str,
    target: Option<&'a str>,
    unit: &'a str,
    weight: &'a str,
    link: &'static str,
    #[schemars(with = "Vec<LinkedRow<'_>>")]
    below: LinkedRows<'a>,
}

/// A row's position: `plan` from 1 and `row` from 0, as in `indicators.json`.
#[derive(Serialize, JsonSchema)]
struct RowAt<'a> {
    plan: usize,
    row: usize,
    org: &'a str,
}

impl<'a> RowAt<'a> {
    fn new(city: &'a City, id: RowId) -> Self {
        Self { plan: id.plan.number(), row: id.row, org: city.org(id) }
    }
}

#[derive(Serialize, JsonSchema)]
struct UnlinkedRecord<'a> {
    #[serde(flatten)]
    at: RowAt<'a>,
    kpi: &'a str,
    parent_kpi: &'a str,
    reason: &'static str,
}

impl CascadeItem for UnlinkedRow {
    fn record<'a>(&'a self, city: &'a City) -> impl Serialize + 'a {
        let row = city.row(self.row);
        UnlinkedRecord {
            at: RowAt::new(city, self.row),
            kpi: &row.kpi.text,
            parent_kpi: &row.parent_kpi.text,
            reason: reason_name(self.reason),
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct CommonKpiRecord<'a> {
    kpi: &'a str,
    rollup: RollUpRule,
    required: bool,
    #[schemars(with = "Vec<CommonRow<'_>>")]
    rows: Seq<'a, RowId>,
}

#[derive(Serialize, JsonSchema)]
struct CommonRow<'a> {
    #[serde(flatten)]
    at: RowAt<'a>,
    #[schemars(with = "BTreeMap<i32, String>")]
    values: ByYear<'a>,
    unit: &'a str,
}

impl CascadeItem for RowId {
    fn record<'a>(&'a self, city: &'a City) -> impl Serialize + 'a {
        let row = city.row(*self);
        CommonRow {
            at: RowAt::new(city, *self),
            values: ByYear { plan: &city.plans[self.plan], values: &row.values },
            unit: &row.unit.text.text,
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct RollUpRecord<'a> {
    kpi: &'a str,
    #[serde(flatten)]
    at: RowAt<'a>,
    year: i32,
    value: Option<f64>,
    sum: Option<f64>,
    children: Vec<RowAt<'a>>,
}

impl CascadeItem for RollUpSum {
    fn record<'a>(&'a self, city: &'a City) -> impl Serialize + 'a {
        RollUpRecord {
            kpi: &city.common[self.common].name,
            at: RowAt::new(city, self.parent),
            year: self.year,
            value: self.value,
            sum: self.sum,
            children: self.children.iter().map(|&child| RowAt::new(city, child)).collect(),
        }
    }
}

fn link_name(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Direct => "direct",
        LinkKind::Shared => "shared",
        LinkKind::Contributory => "contributory",
    }
}

fn reason_name(reason: UnlinkedReason) -> &'static str {
    match reason {
        UnlinkedReason::CitesNothing => "cites_nothing",
        UnlinkedReason::NotInParent => "not_in_parent",
        UnlinkedReason::ParentMissing => "parent_missing",
        UnlinkedReason::NotCited => "not_cited",
    }
}

/// How the file is made.
pub fn schema() -> Schema {
    schema_for!(CascadeDocument<'_>)
}

/// Writes the cascade.
///
/// # Errors
/// When `out` fails.
pub fn write(context: &Context<'_>, out: &mut impl Write) -> io::Result<()> {
    let city = context.city;
    let objectives = branches(city);
    let common = city
        .common
        .iter()
        .map(|matrix| CommonKpiRecord {
            kpi: &matrix.name,
            rollup: matrix.rule.rollup,
            required: matrix.required,
            rows: Seq { city, items: &matrix.rows },
        })
        .collect();
    let cascade = CascadeDocument {
        city: &city.name,
        year: city.year,
        objectives: Seq { city, items: &objectives },
        loose: Seq { city, items: &city.unlinked },
        common,
        rollups: Seq { city, items: &city.rollups },
        missing: &city.missing,
    };
    document(out, &cascade)
}
