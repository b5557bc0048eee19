//! What a heading may mean: the roles of columns.

use super::periods::date;
use crate::plan::{Field, YearPart};

/// The meaning of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A column of the plan table; the parent's columns use the words of the own ones.
    Column(Field),
    Target,
    Actual,
    /// A year's starting value: used as its actual if nothing else is.
    Baseline,
    /// An expected value.
    Forecast,
    /// A value whose kind another column says (long form).
    AnyValue,
    /// The period of a row (long form): a year, a quarter, a month.
    Period,
    /// The kind of a row's value (long form): actual or target.
    ValueKind,
    /// A level of objectives above the plan's own: pillar, programme, outcome.
    Level,
    /// The organisation of a row.
    Organisation,
    /// The parent of a row's organisation.
    ParentOrganisation,
    /// Who is in charge of a row.
    InCharge,
    /// Recognised but not part of a plan: numbers, people, definitions.
    Aside,
}

impl Role {
    /// Whether it identifies a plan table.
    pub(super) fn is_of_a_plan(self) -> bool {
        match self {
            Role::Column(field) => !field.is_optional(),
            Role::Target | Role::Actual | Role::Forecast => true,
            _ => false,
        }
    }

    /// Whether its cells hold values.
    pub(super) fn is_value(self) -> bool {
        matches!(self, Role::Target | Role::Actual | Role::Baseline | Role::Forecast | Role::AnyValue)
    }

    /// The fixed name of the column, as in `Field`; actuals and targets are `year`.
    pub(super) fn field_name(self) -> String {
        match self {
            Role::Column(field) => field.to_string(),
            Role::Target | Role::Actual | Role::Baseline | Role::Forecast => "year".to_owned(),
            _ => Field::File.to_string(),
        }
    }
}

/// A recognised heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Label {
    /// Its role; none for a bare year.
    pub role: Option<Role>,
    /// Whether it is marked as the parent's (`상위 전략목표`).
    pub parent: bool,
    /// The year in it (`2009년 목표`).
    pub year: Option<i32>,
    /// The year relative to the plan year (`전년도 실적`).
    pub distance: Option<i32>,
    /// The part of a year in it (`1분기`).
    pub part: Option<YearPart>,
}

impl Label {
    pub(super) fn year(year: i32) -> Self {
        Self { year: Some(year), ..Self::default() }
    }

    /// A heading that is a month, or a date at the beginning or end of one.
    pub(super) fn of_date(text: &str) -> Option<Self> {
        let (year, month, day) =
            date(text).filter(|_| !text.trim().chars().all(|c| c.is_ascii_digit() || c == '.'))?;
        let of_a_month = day.is_none_or(|day| day == 1 || day >= 28);
        of_a_month.then(|| Self { part: Some(YearPart::Month(month)), ..Self::year(year) })
    }

    /// Whether a year in it belongs to what it describes (`2025년 목표치 산출근거`), not to a value.
    pub(super) fn is_described(&self) -> bool {
        matches!(self.role, Some(Role::Column(field)) if field.is_optional())
    }

    /// Resolves a relative year if the plan year is known.
    pub(super) fn in_plan_year(self, plan_year: Option<i32>) -> Self {
        let relative = self.distance.zip(plan_year).map(|(distance, year)| year + distance);
        Self { year: self.year.or(relative), ..self }
    }
}
