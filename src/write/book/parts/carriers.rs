//! Which organisations carry which of the city's objectives: a table with a mark for each pair.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::measure::Lines;
use super::super::pages::{SLACK, cut};
use super::objectives::Objectives;
use super::{BOLD, Organisation, PAD, PartInput, SIZE, row_height};
use crate::consolidate::{City, LinkTarget, RowId};
use crate::write::book::plan::text_height;

/// Width of the organisations' column.
const NAMES: f64 = 132.0;
/// The least and the greatest width of an objective's column.
const COLUMN: (f64, f64) = (18.0, 34.0);
/// Heights that the objectives' names may take; the first that fits all of them is used.
const HEADINGS: [f64; 6] = [70.0, 90.0, 110.0, 130.0, 160.0, 200.0];

/// The tables: one, or several if there are many objectives.
#[derive(Serialize)]
pub(super) struct Carriers {
    title: &'static str,
    lead: Lines,
    organisation: &'static str,
    total: &'static str,
    names_width: f64,
    tables: Vec<CarrierTable>,
    /// Height left below the last table.
    #[serde(skip)]
    left: f64,
}

#[derive(Clone, Serialize)]
struct CarrierTable {
    column_width: f64,
    heading_height: f64,
    #[serde(rename = "goals")]
    objectives: Vec<Heading>,
    /// For each objective, the number of organisations that carry it.
    totals: Vec<usize>,
    rows: Vec<CarrierRow>,
}

#[derive(Clone, Serialize)]
struct Heading {
    number: usize,
    name: Lines,
}

#[derive(Clone, Serialize)]
struct CarrierRow {
    organisation: Organisation,
    height: f64,
    marks: Vec<&'static str>,
}

/// Size of the title above the first table.
const TITLE_SIZE: f64 = 13.0;
/// Height of the title on every later page, including the space below.
const AGAIN: f64 = TITLE_SIZE + 6.0;
/// Height of the row with the objectives' totals.
const TOTALS: f64 = 16.0;
/// The organisation cites the objective's KPI itself.
const DIRECT: &str = "●";
/// The organisation is linked to the objective through another plan's row.
const THROUGH: &str = "○";

impl Carriers {
    /// Finds which organisations carry which of `objectives`.
    pub(super) fn new(input: &PartInput<'_>, objectives: &Objectives) -> Self {
        let carried = carried(input.city, objectives);
        let organisations = input.organisations(NAMES);
        let room = input.sheet.width() - NAMES;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few columns")]
        let most = (room / COLUMN.0).floor().max(1.0) as usize;
        let count = objectives.drawn.len();
        let each = count.div_ceil(count.div_ceil(most).max(1)).max(1);
        let places: Vec<usize> = (0..count).collect();
        let tables: Vec<CarrierTable> = places
            .chunks(each)
            .map(|places| table(input, objectives, places, &organisations, &carried))
            .collect();
        let lead = input.lang.pick(
            "● 계획이 시 지표를 직접 인용합니다. ○ 상위 조직의 지표를 거쳐 시 목표에 이바지합니다. 번호는 전략지도의 목표 번호입니다.",
            "● The plan cites a KPI of the goal. ○ It contributes by way of the KPI of the organisation above. \
             Numbers are those of the strategy map.",
        );
        let lead = input.lines(lead, input.sheet.width(), super::LEAD_SIZE);
        let above = text_height(1, TITLE_SIZE) + text_height(lead.len(), super::LEAD_SIZE) + 12.0;
        let height = input.sheet.height() - SLACK;
        let (tables, left) = on_pages(&tables, above, height);
        Self {
            title: input.lang.pick("조직별 시 목표 분담", "Who carries which goal"),
            lead,
            organisation: input.lang.pick("조직", "Organisation"),
            total: input.lang.pick("조직 수", "Organisations"),
            names_width: NAMES,
            tables,
            left,
        }
    }

    /// How many pages they take.
    pub(super) fn pages(&self) -> usize {
        self.tables.len()
    }

    /// The height left below the last table; `None` if there is no table.
    pub(super) fn left(&self) -> Option<f64> {
        (!self.tables.is_empty()).then_some(self.left)
    }
}

/// Cuts the tables into pages of this `height`, one table a page, and returns the height left on the last.
/// `above` is the height above the first table.
fn on_pages(tables: &[CarrierTable], above: f64, height: f64) -> (Vec<CarrierTable>, f64) {
    let mut pages = Vec::new();
    let mut left = 0.0;
    for (number, table) in tables.iter().enumerate() {
        let room = height - table.heading_height - TOTALS;
        let room = room - AGAIN;
        let first = if number == 0 { room + AGAIN - above } else { room };
        for rows in cut(table.rows.iter().map(|row| row.height), first, room) {
            let rows = table.rows[rows].to_vec();
            let room = if pages.is_empty() { first } else { room };
            left = room - rows.iter().map(|row| row.height).sum::<f64>();
            pages.push(CarrierTable { rows, ..table.clone() });
        }
    }
    (pages, left)
}

fn table(
    input: &PartInput<'_>,
    objectives: &Objectives,
    places: &[usize],
    organisations: &[Organisation],
    carried: &[BTreeMap<usize, bool>],
) -> CarrierTable {
    let column_width = ((input.sheet.width() - NAMES) / places.len() as f64).clamp(COLUMN.0, COLUMN.1);
    let broken = |height: f64| -> Vec<Heading> {
        let name = |&place: &usize| {
            let name = input.lines(&objectives.drawn[place].name, (height - 2.0 * PAD) / BOLD, SIZE);
            Heading { number: place + 1, name }
        };
        places.iter().map(name).collect()
    };
    let fits = |headings: &[Heading]| {
        headings.iter().all(|heading| text_height(heading.name.len(), SIZE) + 2.0 <= column_width)
    };
    let tallest = HEADINGS[HEADINGS.len() - 1];
    let heading_height = HEADINGS.into_iter().find(|&height| fits(&broken(height))).unwrap_or(tallest);
    let mut headings = broken(heading_height);
    // A name too long for the tallest heading ends in an ellipsis; the map has it in full.
    for heading in &mut headings {
        while heading.name.len() > 1 && text_height(heading.name.len(), SIZE) + 2.0 > column_width {
            heading.name.pop();
            if let Some(last) = heading.name.last_mut() {
                *last = format!("{}…", last.trim_end());
            }
        }
    }
    let total = |place: &usize| carried.iter().filter(|own| own.contains_key(place)).count();
    // If objectives take several tables, each lists only the organisations that carry one of its objectives.
    // With every organisation in every table, a large city's book would consist of blank cells.
    let several = places.len() < objectives.drawn.len();
    let carries = |organisation: &&Organisation| {
        places.iter().any(|place| carried[organisation.plan].contains_key(place))
    };
    let listed = organisations.iter().filter(|organisation| !several || carries(organisation));
    let rows = listed.map(|organisation| {
        let mark = |place: &usize| match carried[organisation.plan].get(place) {
            Some(true) => DIRECT,
            Some(false) => THROUGH,
            None => "",
        };
        CarrierRow {
            organisation: organisation.clone(),
            height: row_height(organisation.lines.len()) - 1.4,
            marks: places.iter().map(mark).collect(),
        }
    });
    CarrierTable {
        column_width,
        heading_height,
        objectives: headings,
        totals: places.iter().map(total).collect(),
        rows: rows.collect(),
    }
}

/// For each plan, the objectives it carries and whether it cites them itself.
fn carried(city: &City, objectives: &Objectives) -> Vec<BTreeMap<usize, bool>> {
    let by_kpi = objectives.by_kpi();
    let mut above: BTreeMap<RowId, Vec<LinkTarget>> = BTreeMap::new();
    for link in &city.links {
        above.entry(link.child).or_default().push(link.target);
    }
    let mut carried = vec![BTreeMap::new(); city.plans.len()];
    for &row in above.keys() {
        let mut seen = BTreeSet::from([row]);
        let mut waiting = vec![row];
        while let Some(at) = waiting.pop() {
            for target in above.get(&at).into_iter().flatten() {
                match target {
                    LinkTarget::City(kpi) => {
                        if let Some(&objective) = by_kpi.get(kpi) {
                            *carried[row.plan].entry(objective).or_insert(false) |= at == row;
                        }
                    }
                    LinkTarget::Row(up) if seen.insert(*up) => waiting.push(*up),
                    LinkTarget::Row(_) => {}
                }
            }
        }
    }
    carried
}

#[cfg(test)]
mod tests {
    use super::super::perspectives::Perspectives;
    use super::*;
    use crate::testing::{city, config, consistent_city};

    #[test]
    fn bureaus_carry_objectives_themselves_and_their_offices_through_them() {
        let city = city(consistent_city(), &config("city = '가나시'"));
        let objectives = Objectives::of(&city, &Perspectives::of(&city));
        let carried = carried(&city, &objectives);
        let plan = |name: &str| city.plans.iter().position(|plan| &*plan.org == name).unwrap();
        let safety = objectives.drawn.iter().position(|objective| &*objective.name == "안전한 도시").unwrap();
        assert_eq!(carried[plan("교통국")].get(&safety), Some(&true));
        assert_eq!(carried[plan("도로과")].get(&safety), Some(&false));
        assert_eq!(carried[plan("환경국")].get(&safety), None);
    }
}
