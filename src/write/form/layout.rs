//! The positions of a form's columns and headings: the department's own layout, or the usual one.

use crate::finding::Lang;
use crate::plan::{Field, Group, Labels, Plan, Presence, YearColumn};

use super::next::{Next, usual_labels};
use super::years::usual_year;

/// A heading and the cells it spans, rows counted from the header's first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct HeaderCell {
    pub rows: (u32, u32),
    pub cols: (u16, u16),
    pub text: String,
    /// Its column; none for the name above a group.
    pub field: Option<Field>,
}

/// The header of a form.
#[derive(Clone, Debug)]
pub(super) struct FormLayout {
    /// The columns from left to right.
    pub columns: Vec<Field>,
    pub heads: Vec<HeaderCell>,
    /// Rows of the header.
    pub rows: u32,
}

impl FormLayout {
    /// The department's own: its columns in their order under its own headings.
    pub(super) fn own(next: &Next, lang: Lang) -> Self {
        let plan = &next.plan;
        let named = !plan.parent_label.is_empty()
            || !plan.own_label.is_empty()
            || plan.labels.label(Field::Kpi).is_empty();
        let columns = own_order(plan).unwrap_or_else(|| fields(plan));
        Self::new(next, columns, named, &plan.labels, &plan.years, lang)
    }

    /// The usual one, for a plan whose own headings planbook does not read reliably.
    pub(super) fn usual(next: &Next, lang: Lang) -> Self {
        let years: Vec<YearColumn> =
            next.plan.years.iter().map(|year| usual_year(year.year, year.kind, lang)).collect();
        Self::new(next, fields(&next.plan), true, &Labels::default(), &years, lang)
    }

    fn new(
        next: &Next,
        columns: Vec<Field>,
        named: bool,
        labels: &Labels,
        years: &[YearColumn],
        lang: Lang,
    ) -> Self {
        let year_groups = years.iter().any(|year| !year.group.is_empty());
        let (names, below) = (u32::from(named), u32::from(year_groups));
        let rows = names + 1 + below;
        let usual = usual_labels(lang, named);
        let mut heads = Vec::new();
        if named {
            heads.extend(names_over(next, &columns, lang));
        }
        for (col, &field) in (0..).zip(&columns) {
            let year = years.iter().find(|year| Field::Year(year.year) == field);
            let head = match year {
                Some(year) if !year.group.is_empty() => HeaderCell {
                    rows: (names + below, names + below),
                    cols: (col, col),
                    text: year.label.to_string(),
                    field: Some(field),
                },
                _ => {
                    let text =
                        year.map_or_else(|| label(field, labels, &usual), |year| year.label.to_string());
                    let top = if field.group() == Group::Row { 0 } else { names };
                    HeaderCell { rows: (top, rows - 1), cols: (col, col), text, field: Some(field) }
                }
            };
            heads.push(head);
        }
        if year_groups {
            heads.extend(groups_over(&columns, years, names));
        }
        Self { columns, heads, rows }
    }

    /// The column of `field`.
    pub(super) fn col(&self, field: Field) -> Option<u16> {
        self.columns.iter().position(|&own| own == field).and_then(|at| u16::try_from(at).ok())
    }

    /// The last column.
    pub(super) fn last(&self) -> u16 {
        u16::try_from(self.columns.len()).unwrap_or(u16::MAX).saturating_sub(1)
    }
}

/// The columns of a plan in their usual order: those every plan has, the parent's and the others where it has them.
fn fields(plan: &Plan) -> Vec<Field> {
    let has = |field: Field| {
        !plan.labels.label(field).is_empty() || plan.rows.iter().any(|row| row.cell_of(field, &[]).is_some())
    };
    let cites = Group::Parent.fields().any(has);
    Field::of_table(plan.years.iter().map(|year| year.year))
        .filter(|&field| match field.column() {
            Some(column) if column.group == Group::Parent => cites,
            Some(column) => column.presence == Presence::Required || has(field),
            None => true,
        })
        .collect()
}

/// The columns in the plan's own order; none where it does not fit what a form adds: perspectives first, the
/// parent's columns side by side, KPI before weight.
fn own_order(plan: &Plan) -> Option<Vec<Field>> {
    let row = plan.rows.first()?;
    let mut after = 0;
    let mut placed: Vec<(u16, Field)> = fields(plan)
        .into_iter()
        .map(|field| {
            // Cells of years are the former plan's, at the same positions.
            after = row.cell_of(field, &plan.years).map_or(after, |cell| cell.col);
            (after, field)
        })
        .collect();
    placed.sort_by_key(|&(col, _)| col);
    let order: Vec<Field> = placed.into_iter().map(|(_, field)| field).collect();
    let at = |field: Field| order.iter().position(|&own| own == field);
    let parents: Vec<usize> = (0..order.len()).filter(|&at| order[at].group() == Group::Parent).collect();
    let side_by_side = parents.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    (at(Field::Perspective) == Some(0) && side_by_side && at(Field::Kpi) < at(Field::Weight)).then_some(order)
}

fn label(field: Field, own: &Labels, usual: &Labels) -> String {
    let printed = own.label(field);
    if printed.is_empty() { usual.label(field) } else { printed }.to_owned()
}

/// The names of the parent and the organisation above their columns.
fn names_over(next: &Next, columns: &[Field], lang: Lang) -> Vec<HeaderCell> {
    let plan = &next.plan;
    let parent = match (&*plan.parent_label.text, next.parent.as_str()) {
        ("", "") => lang.pick("상위 조직", "Parent").to_owned(),
        ("", resolved) => resolved.to_owned(),
        (printed, _) => printed.to_owned(),
    };
    let own = if plan.own_label.is_empty() { &plan.org } else { &plan.own_label.text };
    let groups: Vec<Group> = columns.iter().map(|&field| field.group()).collect();
    runs(&groups)
        .into_iter()
        .filter_map(|(group, cols)| {
            let text = match group {
                Group::Parent => parent.clone(),
                Group::Own => own.to_string(),
                Group::Row => return None,
            };
            Some(HeaderCell { rows: (0, 0), cols, text, field: None })
        })
        .collect()
}

/// The group headings above years. A heading above both actuals and targets must stay a single one; a heading
/// above targets only must not be merged with it, or it would no longer mark them as targets.
fn groups_over(columns: &[Field], years: &[YearColumn], row: u32) -> Vec<HeaderCell> {
    let group = |field: &Field| {
        years
            .iter()
            .find(|year| Field::Year(year.year) == *field)
            .map(|year| year.group.clone())
            .filter(|group| !group.is_empty())
    };
    let groups: Vec<_> = columns.iter().map(group).collect();
    let found: Vec<_> = runs(&groups).into_iter().filter_map(|(group, cols)| Some((group?, cols))).collect();
    let all_alike = years.windows(2).all(|pair| pair[0].kind == pair[1].kind);
    let head = |text: &str, cols| HeaderCell { rows: (row, row), cols, text: text.to_owned(), field: None };
    match &found[..] {
        [(text, (first, last))] if all_alike => (*first..=*last).map(|col| head(text, (col, col))).collect(),
        _ => found.iter().map(|(text, cols)| head(text, *cols)).collect(),
    }
}

/// Runs of equal neighbours with their first and last position.
fn runs<T: Clone + PartialEq>(all: &[T]) -> Vec<(T, (u16, u16))> {
    let mut runs: Vec<(T, (u16, u16))> = Vec::new();
    for (at, one) in (0..).zip(all) {
        match runs.last_mut() {
            Some((same, (_, last))) if same == one => *last = at,
            _ => runs.push((one.clone(), (at, at))),
        }
    }
    runs
}
