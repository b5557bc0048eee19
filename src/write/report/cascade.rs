//! The cascade as a tree: the city's objectives, their KPIs, and below each KPI the rows of departments and
//! offices; and the rows that are not linked to any city KPI.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::findings::row_key;
use super::input::{ReportInput, count};
use crate::consolidate::{LinkKind, RowId, UnlinkedReason};
use crate::finding::{Lang, Severity};
use crate::plan::{Beside, Field, Indicator, PlanId};
use crate::source::escape_controls;
use crate::write::branches::{BranchStep, below, branches};
use crate::write::words;

/// The data for the template.
#[derive(Serialize)]
pub(super) struct CascadeData {
    /// The city's objectives.
    #[serde(rename = "goals")]
    objectives: Vec<Node>,
    /// The rows that are not linked to any city KPI, by organisation.
    loose: Vec<Node>,
    loose_count: String,
}

/// A line of the tree with its children.
#[derive(Serialize)]
struct Node {
    /// `goal`, `kpi`, `org` or `row`.
    kind: &'static str,
    name: String,
    org: String,
    target: String,
    weight: String,
    /// The kind of link to the line above.
    link: String,
    link_class: &'static str,
    /// The columns that only some forms have, each with its heading.
    more: String,
    /// Its location.
    place: String,
    /// The count of what is below it.
    count: String,
    mark: Option<Mark>,
    children: Vec<Node>,
}

/// The open findings of a row.
#[derive(Serialize)]
struct Mark {
    row: String,
    class: &'static str,
    text: String,
}

/// The worst severity and the number of open findings of every row that has any.
type Marks = BTreeMap<RowId, (Severity, usize)>;

impl CascadeData {
    pub(super) fn new(input: &ReportInput<'_>) -> Self {
        let marks = marks(input);
        let (lang, mut placed) = (input.lang, BTreeSet::new());
        let objectives = branches(input.context.city).into_iter().map(|objective| {
            let kpis = objective.kpis.iter().map(|kpi| {
                placed.extend(kpi.steps.iter().map(|step| step.row));
                // Counts organisations, not rows: one may cite a KPI several times.
                let citing = kpi.steps.iter().filter(|step| step.depth == 0).map(|step| step.row.plan);
                let cited = citing.collect::<BTreeSet<_>>().len();
                Node {
                    target: escape_controls(&kpi.kpi.printed_target()),
                    count: lang.pick(
                        format!("{}곳이 인용", count(cited)),
                        format!("cited by {} organisations", count(cited)),
                    ),
                    children: nest(input, &kpi.steps, &marks),
                    ..Node::named("kpi", &kpi.kpi.name)
                }
            });
            let kpis: Vec<Node> = kpis.collect();
            let unnamed = lang.pick("(전략목표 없음)", "(no objective)");
            let name = if objective.name.is_empty() { unnamed } else { objective.name };
            let number = count(kpis.len());
            Node {
                count: lang.pick(format!("지표 {number}개"), format!("{number} KPIs")),
                children: kpis,
                ..Node::named("goal", name)
            }
        });
        let objectives = objectives.collect();
        let loose = loose(input, &placed, &marks);
        Self { objectives, loose_count: count(loose.iter().map(|org| org.children.len()).sum()), loose }
    }
}

impl Node {
    fn named(kind: &'static str, name: &str) -> Self {
        Self {
            kind,
            name: escape_controls(name),
            org: String::new(),
            target: String::new(),
            weight: String::new(),
            link: String::new(),
            link_class: "",
            more: String::new(),
            place: String::new(),
            count: String::new(),
            mark: None,
            children: Vec::new(),
        }
    }

    fn row(input: &ReportInput<'_>, id: RowId, marks: &Marks) -> Self {
        let (city, lang) = (input.context.city, input.lang);
        let row = city.row(id);
        let value = city.value(id, city.year).map_or("", |value| &*value.text.text);
        let (unit, weight) = (&*row.unit.text.text, &*row.weight.text.text);
        let with_unit = if value.is_empty() || unit.is_empty() || value.contains(unit) {
            value.to_owned()
        } else {
            format!("{value} {unit}")
        };
        let mark = marks.get(&id).map(|(severity, number)| Mark {
            row: row_key(id.plan, id.row),
            class: severity.name(),
            text: lang.pick(
                format!("{} {number}건", words::severity(*severity, lang)),
                format!("{number} × {}", words::severity(*severity, lang)),
            ),
        });
        Self {
            org: escape_controls(city.org(id)),
            target: escape_controls(&with_unit),
            weight: escape_controls(weight),
            more: escape_controls(&more(row, lang)),
            place: city.place(id, Field::Kpi).to_string(),
            mark,
            ..Self::named("row", &row.kpi.text)
        }
    }
}

/// What a row has in columns that only some forms have: `1분기 목표 81 · 협업 기관 경찰서`.
fn more(row: &Indicator, lang: Lang) -> String {
    let columns = Beside::of(std::iter::once(row));
    let texts = columns.iter().filter_map(|column| {
        let text = column.text(row).filter(|text| !text.is_empty())?;
        Some(format!("{} {}", words::beside::heading(column, lang), text.text))
    });
    texts.collect::<Vec<_>>().join(" · ")
}

fn marks(input: &ReportInput<'_>) -> Marks {
    let mut marks = Marks::new();
    for (row, findings) in input.findings.rows() {
        let open = || findings.iter().filter(|finding| finding.waived.is_none());
        if let Some(severity) = open().map(|finding| finding.severity).min() {
            marks.insert(row, (severity, open().filter(|finding| finding.severity == severity).count()));
        }
    }
    marks
}

/// Nests `steps`, each with its descendants inside, no deeper than [`MAX_DEPTH`].
///
/// [`MAX_DEPTH`]: crate::write::branches::MAX_DEPTH
fn nest(input: &ReportInput<'_>, steps: &[BranchStep], marks: &Marks) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut rest = steps;
    while let Some(step) = rest.first() {
        let under = below(rest);
        let node = Node::row(input, step.row, marks);
        nodes.push(Node {
            link: words::link(step.kind, input.lang).to_owned(),
            link_class: match step.kind {
                LinkKind::Direct => "direct",
                LinkKind::Shared => "shared",
                LinkKind::Contributory => "contributory",
            },
            count: if under == 0 { String::new() } else { count(under) },
            children: nest(input, &rest[1..=under], marks),
            ..node
        });
        rest = &rest[under + 1..];
    }
    nodes
}

/// Every row that is not in `placed`, by organisation, with the reason.
fn loose(input: &ReportInput<'_>, placed: &BTreeSet<RowId>, marks: &Marks) -> Vec<Node> {
    let (city, lang) = (input.context.city, input.lang);
    // Excludes rows that no plan below cites: that does not unlink them from the city.
    let upward = city.unlinked.iter().filter(|row| row.reason != UnlinkedReason::NotCited);
    let reasons: BTreeMap<RowId, UnlinkedReason> = upward.map(|row| (row.row, row.reason)).collect();
    let mut by_plan: BTreeMap<PlanId, Vec<Node>> = BTreeMap::new();
    for row in city.rows().filter(|row| !placed.contains(row)) {
        let reason = match reasons.get(&row) {
            Some(&reason) => words::loose(reason, lang),
            None => {
                lang.pick("인용한 지표가 시 지표에 닿지 않음", "what it cites reaches no KPI of the city")
            }
        };
        let node = Node { link: reason.to_owned(), link_class: "loose", ..Node::row(input, row, marks) };
        by_plan.entry(row.plan).or_default().push(node);
    }
    let orgs = by_plan.into_iter().map(|(plan, children)| Node {
        count: lang.pick(format!("지표 {}개", children.len()), format!("{} KPIs", children.len())),
        children,
        ..Node::named("org", &city.plans[plan].org)
    });
    orgs.collect()
}
