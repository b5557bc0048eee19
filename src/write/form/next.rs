//! A plan carried over into another plan year: years shifted, known values filled in, the rest left blank.

use std::collections::BTreeMap;
use std::ops::Range;

use super::correct::Corrections;
use super::results::KnownResults;
use super::years::{moved, shift_years};
use crate::consolidate::{City, LinkTarget, Parent, RowId};
use crate::finding::Lang;
use crate::plan::value::Number;
use crate::plan::{Field, Group, Indicator, Labels, Plan, PlanId, Text, Value, YearColumn, YearKind};
use crate::source::CellRef;

/// A plan as shown on its form.
#[derive(Clone, Debug)]
pub(super) struct Next {
    /// The plan of the new year, with the cells of the source plan; merged rows stay merged.
    pub plan: Plan,
    /// What the form knows about each of its years.
    pub columns: Vec<KnownValues>,
    /// Its parent.
    pub above: Parent,
    /// The resolved name of its parent, empty where it has none.
    pub parent: String,
    /// The year whose actuals come from filled scorecards.
    pub reached: Option<i32>,
    /// Whether the rows are blank.
    pub blank: bool,
}

/// What a form knows about the values of a year.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum KnownValues {
    /// Nothing: the values must be entered.
    Nothing,
    /// The actuals.
    Actuals,
    /// The former plan's targets: shown beside actuals to be entered, and proposed as new targets.
    Targets(Vec<Value>),
}

/// The input for carrying plans over.
#[derive(Clone, Copy)]
pub(super) struct Carry<'a> {
    pub city: &'a City,
    /// The results of the plan year.
    pub results: Option<&'a KnownResults<'a>>,
    pub corrections: &'a Corrections,
    /// The plan year of the form.
    pub year: i32,
    pub lang: Lang,
}

/// The plan at `index` carried over into the year of the form.
pub(super) fn carry_over(carry: Carry<'_>, index: PlanId) -> Next {
    let Carry { city, year, lang, .. } = carry;
    let old = &city.plans[index];
    let (years, by) = moved(city, old, year, lang);
    let columns: Vec<KnownValues> = years.iter().map(|column| known(city, old, column)).collect();
    let mut plan = old.clone();
    let cited = cited_targets(city, index, year);
    let mut reached = false;
    for (row, own) in plan.rows.iter_mut().enumerate() {
        let olds = &old.rows[row].values;
        let result = carry.results.and_then(|results| results.text(city, RowId { plan: index, row }));
        own.values = years
            .iter()
            .zip(&columns)
            .enumerate()
            .map(|(at, (column, known))| {
                let kept = match known {
                    KnownValues::Actuals => old.year_index(column.year).and_then(|index| olds.get(index)),
                    KnownValues::Targets(targets) if column.kind != Some(YearKind::Actual) => {
                        targets.get(row)
                    }
                    _ => None,
                };
                let text = match &result {
                    Some(result) if column.kind == Some(YearKind::Actual) && column.year == city.year => {
                        reached = true;
                        Text { text: result.as_str().into(), cell: None }
                    }
                    _ => kept.map_or_else(Text::absent, |value| value.text.clone()),
                };
                // The year changes, the column stays.
                Value::read(Text { text: text.text, cell: olds.get(at).and_then(|value| value.text.cell) })
            })
            .collect();
        if let Some(target) = cited.get(&row) {
            own.parent_target = target.clone();
        }
    }
    plan.years = years;
    plan.title = title(old, city.year, by, lang);
    let (above, parent) = (city.nodes[index].parent.clone(), city.parent_name(index).to_owned());
    carry.corrections.apply(&mut plan, &parent);
    Next { plan, columns, above, parent, reached: reached.then_some(city.year), blank: false }
}

/// The usual headings.
pub(super) fn usual_labels(lang: Lang, grouped: bool) -> Labels {
    Labels::of(|column| {
        let name = if grouped || column.group != Group::Parent { column.heading } else { column.name };
        match lang {
            Lang::Ko => name.ko.into(),
            Lang::En => capitalised(name.en).into(),
        }
    })
}

/// `text` with a capital first letter.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The usual title.
pub(super) fn usual_title(org: &str, note: &str, lang: Lang) -> String {
    let title = lang.pick(format!("{org} 균형성과계획"), format!("{org} Performance Plan"));
    if note.is_empty() { title } else { format!("{title} ({note})") }
}

/// What the old plan knows about a year of the new one. Values of years before its plan year are actuals,
/// whatever the heading says.
fn known(city: &City, old: &Plan, column: &YearColumn) -> KnownValues {
    let Some(index) = old.year_index(column.year) else { return KnownValues::Nothing };
    let was_reached = old.years[index].kind == Some(YearKind::Actual) || column.year < city.year;
    match column.kind {
        Some(YearKind::Actual) if was_reached => KnownValues::Actuals,
        _ if was_reached => KnownValues::Nothing,
        _ => KnownValues::Targets(
            old.rows.iter().map(|row| row.values.get(index).cloned().unwrap_or_default()).collect(),
        ),
    }
}

/// The targets that the plan cites of its parent, updated to the new year, by row. Where the parent's plan
/// has none, or where this year's was cited wrongly, the printed value is kept.
fn cited_targets(city: &City, index: PlanId, year: i32) -> BTreeMap<usize, Value> {
    let first = city.links.partition_point(|link| link.child.plan < index);
    let links = || city.links[first..].iter().take_while(|link| link.child.plan == index);
    let rows = &city.plans[index].rows;
    let mut cited = BTreeMap::new();
    for group in runs(rows, Field::ParentTarget) {
        let mut parents: Vec<RowId> = Vec::new();
        for link in links().filter(|link| group.contains(&link.child.row)) {
            match link.target {
                LinkTarget::Row(parent) if !parents.contains(&parent) => parents.push(parent),
                _ => {}
            }
        }
        let citation = ParentCitation { city, year, text: &rows[group.start].parent_target.text };
        if let Some(text) =
            citation.renewed(&parents).or_else(|| citation.by_own_kpi(index, &group, &parents))
        {
            let cell = citation.text.cell;
            for row in group {
                cited.insert(row, Value::read(Text { text: text.as_str().into(), cell }));
            }
        }
    }
    cited
}

/// A cell that cites a parent's target.
struct ParentCitation<'a> {
    city: &'a City,
    year: i32,
    text: &'a Text,
}

impl ParentCitation<'_> {
    /// The new text of the cell when it cites these rows: a single one, several with the same target, or,
    /// part by part, several with different targets (`90% 394건`).
    fn renewed(&self, parents: &[RowId]) -> Option<String> {
        let whole = &*self.text.text;
        let by_parts = || {
            let parts: Vec<&str> = whole.split_whitespace().collect();
            let mut left = parents.to_vec();
            let mut renew = |part: &&str| {
                let at = left.iter().position(|&parent| self.from(parent, part).is_some())?;
                self.from(left.remove(at), part)
            };
            let several = parts.len() > 1 && parts.len() == parents.len();
            let texts: Option<Vec<String>> = parts.iter().filter(|_| several).map(&mut renew).collect();
            texts.filter(|texts| !texts.is_empty()).map(|texts| texts.join(" "))
        };
        let as_one = || {
            let mut texts = parents.iter().filter_map(|&parent| self.from(parent, whole));
            let first = texts.next()?;
            texts.all(|other| other == first).then_some(first)
        };
        by_parts().or_else(as_one)
    }

    /// The same where the cited name was miscopied: the target is that of the parent's row with the citing
    /// row's own KPI.
    fn by_own_kpi(&self, index: PlanId, group: &Range<usize>, parents: &[RowId]) -> Option<String> {
        let above = parents.first()?.plan;
        let keys = &self.city.nodes[index].row_keys;
        let same = |row: &RowId| group.clone().any(|own| keys[own].kpi == self.city.row_keys(*row).kpi);
        let rows = (0..self.city.plans[above].rows.len()).map(|row| RowId { plan: above, row });
        self.renewed(&rows.filter(same).collect::<Vec<_>>())
    }

    /// The new text for `text`, if it cites the parent's row correctly.
    fn from(&self, parent: RowId, text: &str) -> Option<String> {
        let city = self.city;
        let unit = &city.row(parent).unit;
        let (was, is) = (city.value(parent, city.year)?, city.value(parent, self.year)?);
        let value = |text: &str| Value::read(Text { text: text.into(), cell: self.text.cell });
        if text.is_empty() || is.text.is_empty() || !was.is_cited_as(unit, &value(text), 0.0) {
            return None;
        }
        // The child's suffix after the parent's number, as in 92%, is kept.
        let (number, behind) = number_and_rest(text);
        let bare = !number.is_empty() && Number::parse_plain(&is.text.text).is_some();
        let plain = is.text.text.to_string();
        let written = if bare { format!("{plain}{behind}") } else { plain.clone() };
        [written, plain].into_iter().find(|text| is.is_cited_as(unit, &value(text), 0.0))
    }
}

/// The rows that share a cell of `field`.
pub(super) fn runs(rows: &[Indicator], field: Field) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in 0..rows.len() {
        let goes_on =
            at > 0 && rows[at - 1].sheet == rows[at].sheet && shared(&rows[at - 1], &rows[at], field);
        match runs.last_mut() {
            Some(run) if goes_on => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Whether two neighbouring rows share a cell in a column.
pub(super) fn shared(above: &Indicator, below: &Indicator, field: Field) -> bool {
    let cell = above.cell_of(field, &[]);
    cell.is_some() && cell == below.cell_of(field, &[])
}

/// Splits a text into a leading number and the rest.
fn number_and_rest(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    text.split_at(end)
}

/// The title with the spaces inside a leading organisation name removed: `교 통 국 균형성과계획` is 교통국's.
fn unspaced(title: &str, org: &str) -> String {
    let mut letters = org.chars().filter(|c| !c.is_whitespace()).peekable();
    for (at, c) in title.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        if letters.next() != Some(c) {
            break;
        }
        if letters.peek().is_none() {
            return format!("{org}{}", &title[at + c.len_utf8()..]);
        }
    }
    title.to_owned()
}

/// The title with its plan year shifted; a new one where there is none, or where it does not use the
/// organisation's name of planbook.toml.
fn title(old: &Plan, plan_year: i32, by: i32, lang: Lang) -> Text {
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let names_it = letters(&old.title.text).contains(&letters(&old.org));
    let text = if old.title.is_empty() || !names_it {
        usual_title(&old.org, &old.note, lang)
    } else {
        shift_years(&unspaced(&old.title.text, &old.org), by, &|year| year == plan_year)
    };
    Text { text: text.into(), cell: old.title.cell.or(Some(CellRef::default())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_spaced_out_is_written_as_it_is_called() {
        for (title, org, written) in [
            ("교 통 국 균형성과계획", "교통국", "교통국 균형성과계획"),
            ("교통 국 균형성과계획(2과)", "교통국", "교통국 균형성과계획(2과)"),
            ("2026년 교통국 계획", "교통국", "2026년 교통국 계획"),
            ("교통", "교통국", "교통"),
        ] {
            assert_eq!(unspaced(title, org), written);
        }
    }
}
