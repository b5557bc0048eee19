//! The columns of the scorecard's table: content, heading, width and mark of each.

use crate::finding::Lang;
use crate::plan::{Beside, COLUMNS, Field, Group, Plan, YearKind};
use crate::read::ScorecardForm;
use crate::write::words;
use crate::write::words::of_year;

/// The row of the note, below the title.
pub(super) const NOTE: u32 = 1;
/// The hidden row of marks.
pub(super) const MARKS: u32 = 2;
/// The header's first and last row.
pub(super) const HEAD: (u32, u32) = (3, 5);
/// The body's first row.
pub(super) const BODY: u32 = 6;

/// The part of the table that a column belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CardPart {
    /// A column of the plan.
    Plan(Group),
    /// A year's column of the plan.
    Year,
    /// A column that the scorecard adds.
    Result,
    /// The plan's findings.
    Findings,
    /// The hidden column of marks.
    Marks,
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct CardColumn {
    pub part: CardPart,
    /// Its heading. Those of years are written together.
    pub heading: String,
    pub width: f64,
    /// The mark by which the reader recognises it.
    pub mark: String,
}

/// The columns, from left to right.
#[derive(Clone, Debug)]
pub(super) struct CardColumns {
    pub all: Vec<CardColumn>,
    pub perspective: u16,
    pub objective: u16,
    pub kpi: u16,
    pub unit: u16,
    pub weight: u16,
    /// The levels above the objective, the highest first.
    pub levels: Vec<(Beside, u16)>,
    /// One for each of the plan's years.
    pub years: Vec<u16>,
    /// The values of other periods.
    pub periods: Vec<(Beside, u16)>,
    pub trend: u16,
    pub change: u16,
    pub result: u16,
    pub achievement: u16,
    pub score: u16,
    pub grade: u16,
    pub how: u16,
    /// The parent's objective, KPI and target; none where the plan has no such columns.
    pub parent: Option<[u16; 3]>,
    pub code: u16,
    /// The columns that only some plans have.
    pub optional: Vec<(Field, u16)>,
    /// The columns kept as they are.
    pub kept: Vec<(Beside, u16)>,
    pub findings: u16,
    /// The hidden column of marks.
    pub key: u16,
}

/// Builds [`CardColumns`] from left to right.
struct CardColumnsBuilder<'a> {
    plan: &'a Plan,
    lang: Lang,
    all: Vec<CardColumn>,
}

impl CardColumnsBuilder<'_> {
    /// Appends a column and returns its number.
    fn add(&mut self, part: CardPart, heading: &str, width: f64, mark: &str) -> u16 {
        self.all.push(CardColumn { part, heading: heading.to_owned(), width, mark: mark.to_owned() });
        u16::try_from(self.all.len() - 1).unwrap_or(u16::MAX)
    }

    /// Appends a column of the plan, under the department's own heading, else under the usual one.
    fn own(&mut self, field: Field, width: f64) -> u16 {
        let printed = self.plan.labels.label(field);
        let heading = if printed.is_empty() { words::field(field, self.lang) } else { printed.to_owned() };
        self.add(CardPart::Plan(field.group()), &heading, width, &field.to_string())
    }

    fn years(&mut self, width: f64) -> Vec<u16> {
        let plan = self.plan;
        let years = plan.years.iter().map(|year| {
            let kind = match year.kind {
                Some(YearKind::Actual) => " actual",
                Some(YearKind::Target) => " target",
                None => "",
            };
            self.add(CardPart::Year, "", width, &format!("{}{kind}", Field::Year(year.year)))
        });
        years.collect()
    }

    fn optional(&mut self) -> Vec<(Field, u16)> {
        let plan = self.plan;
        let columns = COLUMNS.iter().filter(|column| column.field.is_optional() && plan.has(column.field));
        columns.map(|column| (column.field, self.own(column.field, column.width))).collect()
    }

    /// Appends those columns that only some plans have and that `is` selects.
    fn beside(&mut self, group: Group, is: fn(&Beside) -> bool, width: f64) -> Vec<(Beside, u16)> {
        let columns = Beside::of(self.plan.rows.iter()).into_iter().filter(is);
        columns
            .map(|column| {
                let heading = words::beside::heading(&column, self.lang);
                let mark = ScorecardForm::beside(&column);
                let at = self.add(CardPart::Plan(group), &heading, width, &mark);
                (column, at)
            })
            .collect()
    }

    fn added(&mut self, ko: &str, en: &str, width: f64, mark: &str) -> u16 {
        self.add(CardPart::Result, self.lang.pick(ko, en), width, mark)
    }
}

impl CardColumns {
    /// The columns for `plan` and its results for `year`.
    pub fn of(plan: &Plan, year: i32, lang: Lang) -> Self {
        const EXTRA: &str = ScorecardForm::EXTRA;
        let cites =
            plan.rows.iter().any(|row| Group::Parent.fields().any(|field| row.cell_of(field, &[]).is_some()));
        let reached = if year == 0 { "Reached".to_owned() } else { format!("Reached in {year}") };
        let result = lang.pick(format!("{}결과", of_year(year, lang)), reached);
        let mut side = CardColumnsBuilder { plan, lang, all: Vec::new() };
        let columns = Self {
            perspective: side.own(Field::Perspective, 14.0),
            levels: side.beside(Group::Own, |column| matches!(column, Beside::Level(..)), 17.0),
            objective: side.own(Field::Objective, 19.0),
            kpi: side.own(Field::Kpi, 25.0),
            unit: side.own(Field::Unit, 6.5),
            weight: side.own(Field::Weight, 6.5),
            years: side.years(8.5),
            periods: side.beside(Group::Own, |column| matches!(column, Beside::Period(_)), 8.5),
            trend: side.added("추세", "Trend", 8.5, EXTRA),
            change: side.added("전년 대비", "Against last year", 8.5, EXTRA),
            result: side.add(CardPart::Result, &result, 10.0, ScorecardForm::RESULT),
            achievement: side.added("달성률", "Achieved", 9.0, ScorecardForm::ACHIEVEMENT),
            score: side.added("점수", "Score", 7.0, ScorecardForm::SCORE),
            grade: side.added("등급", "Grade", 5.5, ScorecardForm::GRADE),
            how: side.added("평가 방법", "How it is reckoned", 14.0, EXTRA),
            parent: (cites || !plan.parent_label.is_empty()).then(|| {
                [
                    side.own(Field::ParentObjective, 15.0),
                    side.own(Field::ParentKpi, 15.0),
                    side.own(Field::ParentTarget, 8.5),
                ]
            }),
            code: side.own(Field::Code, 10.0),
            optional: side.optional(),
            kept: side.beside(Group::Row, |column| matches!(column, Beside::Extra(..)), 14.0),
            findings: side.add(CardPart::Findings, lang.pick("지적사항", "Findings"), 10.5, EXTRA),
            key: side.add(CardPart::Marks, "", 10.0, ""),
            all: Vec::new(),
        };
        Self { all: side.all, ..columns }
    }

    /// The columns of a part with their numbers.
    pub fn of_part(&self, part: CardPart) -> impl Iterator<Item = (u16, &CardColumn)> {
        (0..).zip(&self.all).filter(move |(_, column)| column.part == part)
    }
}
