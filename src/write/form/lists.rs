//! The sheet with the drop-down lists: units, common KPIs, and the parents' objectives and KPIs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::correct::Corrections;
use super::next::Next;
use super::words;
use crate::consolidate::{City, CommonMatrix, Context, Parent};
use crate::finding::Lang;
use crate::text::NameKey;
use crate::workbook::range::{Fixed, in_column, on_sheet, range};
use crate::workbook::{self, Cell, Columns, Sheet, Table};

/// The heading row; the values follow below.
const HEADING: u32 = 2;
/// The longest list that is still usable.
const LONGEST: usize = 500;

/// The content of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum List {
    Units,
    CommonKpis,
    /// The objectives of a parent, by its name.
    Objectives(String),
    /// Its KPIs.
    Kpis(String),
}

/// The lists of a form.
#[derive(Clone, Debug)]
pub(super) struct Lists {
    sheet: String,
    columns: Vec<(List, Vec<Arc<str>>)>,
}

/// The lists common to all forms of a city, collected once.
#[derive(Debug)]
pub(super) struct CityLists {
    units: Vec<Arc<str>>,
    common: Vec<Arc<str>>,
    objectives: Vec<Arc<str>>,
    kpis: Vec<Arc<str>>,
}

impl CityLists {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let city = context.city;
        let units = city.rows().map(|id| (&city.row_keys(id).unit, &city.row(id).unit.text.text));
        // A built-in name that nobody here uses is no suggestion.
        let is_of_city = |matrix: &&CommonMatrix| {
            !matrix.rows.is_empty() || context.config.common.contains_key(&*matrix.name)
        };
        let common = city.common.iter().filter(is_of_city).map(|matrix| matrix.name.clone());
        Self {
            units: by_use(units),
            common: common.collect(),
            objectives: city
                .city_objectives
                .iter()
                .map(|objective| objective.name.clone())
                .take(LONGEST)
                .collect(),
            kpis: city.city_kpis.iter().map(|kpi| kpi.name.clone()).take(LONGEST).collect(),
        }
    }
}

/// Names by frequency, each in its commonest spelling.
fn by_use<'a>(names: impl Iterator<Item = (&'a NameKey, &'a Arc<str>)>) -> Vec<Arc<str>> {
    let mut uses: BTreeMap<&NameKey, BTreeMap<&Arc<str>, usize>> = BTreeMap::new();
    for (key, name) in names.filter(|(_, name)| !name.is_empty()) {
        *uses.entry(key).or_default().entry(name).or_default() += 1;
    }
    let mut counted: Vec<(usize, Arc<str>)> = uses
        .into_values()
        .filter_map(|spellings| {
            let all = spellings.values().sum();
            let (name, _) = spellings.into_iter().rev().max_by_key(|&(_, count)| count)?;
            Some((all, name.clone()))
        })
        .collect();
    counted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    counted.into_iter().map(|(_, name)| name).take(LONGEST).collect()
}

/// Names in order, without duplicates by key.
fn once<'a>(names: impl Iterator<Item = (&'a NameKey, &'a Arc<str>)>) -> Vec<Arc<str>> {
    let mut known = std::collections::BTreeSet::new();
    let fresh = names.filter(|(key, name)| !name.is_empty() && known.insert((*key).clone()));
    fresh.map(|(_, name)| name.clone()).take(LONGEST).collect()
}

impl Lists {
    /// The lists for these plans, on the sheet called `sheet`.
    pub(super) fn new(
        city: &City,
        common: &CityLists,
        corrections: &Corrections,
        sheet: String,
        plans: &[Next],
    ) -> Self {
        let mut lists = Self {
            sheet,
            columns: vec![(List::Units, common.units.clone()), (List::CommonKpis, common.common.clone())],
        };
        for next in plans {
            let name = &next.parent;
            if lists.columns.iter().any(|(list, _)| *list == List::Objectives(name.clone())) {
                continue;
            }
            let (objectives, kpis) = match &next.above {
                Parent::Plan(plan) => {
                    let rows = || city.nodes[*plan].row_keys.iter().zip(&city.plans[*plan].rows);
                    (
                        once(rows().map(|(keys, row)| (&keys.objective, &row.objective.text))),
                        once(rows().map(|(keys, row)| (&keys.kpi, &row.kpi.text))),
                    )
                }
                _ => (common.objectives.clone(), common.kpis.clone()),
            };
            for (list, names) in
                [(List::Objectives(name.clone()), objectives), (List::Kpis(name.clone()), kpis)]
            {
                // A declared misprint has its correction's key, so neither appears twice.
                lists.columns.push((list, names.iter().map(|name| corrections.name(name)).collect()));
            }
        }
        lists.columns.retain(|(_, values)| !values.is_empty());
        lists
    }

    /// The sheet's name.
    pub(super) fn name(&self) -> &str {
        &self.sheet
    }

    /// The cells of a list, if there is one.
    pub(super) fn range(&self, list: &List) -> Option<String> {
        let at = self.columns.iter().position(|(own, _)| own == list)?;
        let last = HEADING + u32::try_from(self.columns[at].1.len()).ok()?;
        let cells = in_column(u16::try_from(at).ok()?, &(HEADING + 1..=last));
        Some(on_sheet(&self.sheet, &range(cells, Fixed::Both)))
    }

    /// Writes the sheet.
    pub(super) fn write(&self, mut sheet: Sheet<'_>, lang: Lang) -> workbook::Result {
        let note = lang.pick(
            "표의 칸에서 고를 수 있는 이름입니다. 고치지 않아도 됩니다.",
            "The names to choose from in the table. Nothing needs to be changed here.",
        );
        sheet.title(words::names(lang).lists, note)?;
        let columns = self.columns.iter().fold(Columns::<usize>::new(lang), |columns, (list, values)| {
            let (heading, width) = list.heading(lang);
            columns.named(heading, width, |&at| {
                values.get(at).map_or_else(Cell::nothing, |name| Cell::text(name))
            })
        });
        let mut table = Table::new(&mut sheet, HEADING, columns)?;
        table.headings(&mut sheet)?;
        let longest = self.columns.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
        table.lines(&mut sheet, 0..longest)?;
        sheet.worksheet.set_freeze_panes(HEADING + 1, 0)?.set_repeat_rows(HEADING, HEADING)?.protect();
        sheet.finish()
    }
}

impl List {
    /// Heading and width of its column. A heading that ends in a word of plan tables would make this sheet
    /// one.
    fn heading(&self, lang: Lang) -> (String, f64) {
        match self {
            List::Units => (lang.pick("단위 목록", "List of units").to_owned(), 14.0),
            List::CommonKpis => (lang.pick("공통지표 목록", "List of common KPIs").to_owned(), 28.0),
            List::Objectives(name) => {
                (lang.pick(format!("{name} 목표 목록"), format!("Objectives of {name}: list")), 34.0)
            }
            List::Kpis(name) => {
                (lang.pick(format!("{name} 지표 목록"), format!("KPIs of {name}: list")), 34.0)
            }
        }
    }
}
