//! Columns that only some forms have: levels above the objective, values of other periods, and columns that are kept as
//! they are.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::{Indicator, PeriodValue, Text, ValueKind, YearPart};

/// A column beside those of every plan table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// A level above the objective: its position from the top, and what the form calls it.
    Level(usize, Arc<str>),
    /// A value of another period or kind than the values of the plan's years.
    Period(Period),
    /// A column kept as it is: its heading, and its number among those of that heading.
    Extra(Arc<str>, usize),
}

/// The period of a value and what it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// The year; none if nobody says it.
    pub year: Option<i32>,
    /// Years from the plan year, if the form says only that.
    pub distance: i32,
    /// The part of the year; none for the whole year.
    pub part: Option<YearPart>,
    /// What the value is.
    pub kind: ValueKind,
    /// Its number among the values of a row that agree in all these.
    pub nth: usize,
}

impl Period {
    fn is(&self, value: &PeriodValue) -> bool {
        let PeriodValue { year, distance, part, kind, .. } = value;
        (self.year, self.distance, self.part, self.kind) == (*year, *distance, *part, *kind)
    }

    /// The value of `row` for it.
    pub fn value<'r>(&self, row: &'r Indicator) -> Option<&'r PeriodValue> {
        row.periods.iter().filter(|value| self.is(value)).nth(self.nth)
    }
}

/// `level 1`, `2026 Q1 target`, the heading, as in `data/*.json`.
impl fmt::Display for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Level(at, _) => write!(f, "level {}", at + 1),
            Self::Period(Period { year, part, kind, .. }) => {
                let year = year.map_or_else(String::new, |year| format!("{year} "));
                let part = part.map_or_else(String::new, |part| format!("{part} "));
                write!(f, "{year}{part}{}", kind.name())
            }
            Self::Extra(heading, _) => f.write_str(heading),
        }
    }
}

impl Beside {
    /// The columns of `rows`: levels from the top, then periods in their order, then the others as they come.
    pub fn of<'r>(rows: impl Iterator<Item = &'r Indicator> + Clone) -> Vec<Self> {
        let deepest = rows.clone().map(|row| row.levels.len()).max().unwrap_or(0);
        let name = |at: usize| {
            let names = rows.clone().filter_map(|row| row.levels.get(at)).map(|level| &level.name);
            names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default()
        };
        let mut columns: Vec<Self> = (0..deepest).map(|at| Self::Level(at, name(at))).collect();
        let mut periods: Vec<Period> = Vec::new();
        let mut extras: Vec<(Arc<str>, usize)> = Vec::new();
        for row in rows {
            for period in row.period_columns() {
                if !periods.contains(&period) {
                    periods.push(period);
                }
            }
            for (at, extra) in row.extra.iter().enumerate() {
                let nth = row.extra[..at].iter().filter(|other| other.heading == extra.heading).count();
                if !extras.iter().any(|known| *known.0 == *extra.heading && known.1 == nth) {
                    extras.push((extra.heading.clone(), nth));
                }
            }
        }
        periods.sort();
        columns.extend(periods.into_iter().map(Self::Period));
        columns.extend(extras.into_iter().map(|(heading, nth)| Self::Extra(heading, nth)));
        columns
    }

    /// What `row` has in the column.
    pub fn text<'r>(&self, row: &'r Indicator) -> Option<&'r Text> {
        match self {
            Self::Level(at, _) => row.levels.get(*at).map(|level| &level.text),
            Self::Period(period) => period.value(row).map(PeriodValue::text),
            Self::Extra(heading, nth) => {
                let mut of_heading = row.extra.iter().filter(|extra| extra.heading == *heading);
                of_heading.nth(*nth).map(|extra| &extra.text)
            }
        }
    }
}

impl Indicator {
    /// The columns of the row's values of other periods.
    fn period_columns(&self) -> impl Iterator<Item = Period> + '_ {
        self.periods.iter().enumerate().map(|(at, value)| {
            let PeriodValue { year, distance, part, kind, .. } = value.clone();
            let period = Period { year, distance, part, kind, nth: 0 };
            let nth = self.periods[..at].iter().filter(|other| period.is(other)).count();
            Period { nth, ..period }
        })
    }
}

/// Reads a part as it is displayed: `H1`, `Q3`, `M12`, `P3`.
impl FromStr for YearPart {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut letters = text.chars();
        let letter = letters.next().ok_or(())?;
        let number = letters.as_str().parse().map_err(|_| ())?;
        match letter {
            'H' => Ok(YearPart::Half(number)),
            'Q' => Ok(YearPart::Quarter(number)),
            'M' => Ok(YearPart::Month(number)),
            'P' => Ok(YearPart::Number(number)),
            _ => Err(()),
        }
    }
}
