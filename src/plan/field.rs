//! The columns of the plan table: the single list used by reading, checks and outputs.
//!
//! To add a column, add a row to the table in `columns`, a field to [`Indicator`] and a key to `[labels]`.

#[macro_use]
mod define;
mod columns;
mod kinds;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use columns::{BEFORE, COUNT};
pub use columns::{COLUMNS, Column, Field};
pub use kinds::{Content, Group, Name, Presence};

impl Group {
    /// Its columns, without the years.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        COLUMNS.iter().filter(move |column| column.group == self).map(|column| column.field)
    }
}

impl Field {
    /// The columns of a table with `years`, in the usual order.
    pub fn of_table(years: impl IntoIterator<Item = i32>) -> impl Iterator<Item = Field> {
        let (before, after) = COLUMNS.split_at(BEFORE);
        let field = |column: &'static Column| column.field;
        before.iter().map(field).chain(years.into_iter().map(Field::Year)).chain(after.iter().map(field))
    }

    /// Its row of [`COLUMNS`]; none for a year or the workbook.
    pub fn column(self) -> Option<&'static Column> {
        self.slot().map(|slot| &COLUMNS[slot])
    }

    /// Whose plan it describes.
    pub fn group(self) -> Group {
        match self {
            Field::Year(_) => Group::Own,
            _ => self.column().map_or(Group::Row, |column| column.group),
        }
    }

    /// What its cells hold.
    pub fn content(self) -> Content {
        match self {
            Field::Year(_) => Content::Number,
            _ => self.column().map_or(Content::Word, |column| column.content),
        }
    }

    /// Whether only some tables have it.
    pub fn is_optional(self) -> bool {
        self.column().is_some_and(|column| column.presence == Presence::Optional)
    }

    /// Whether one cell may span several rows.
    pub fn merges(self) -> bool {
        self.column().is_some_and(|column| column.merges)
    }
}

/// The fixed name used in `data/*.json`; a year is its number.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::Year(year) => write!(f, "{year}"),
            _ => f.write_str(self.column().map_or("file", |column| column.id)),
        }
    }
}

/// A value for each column of the plan table except the years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByColumn<T>([T; COUNT]);

/// The headings of a plan's table as the department prints them; empty if missing.
pub type Labels = ByColumn<Arc<str>>;

impl<T> ByColumn<T> {
    /// Calls `make` for each column.
    pub fn of(mut make: impl FnMut(&'static Column) -> T) -> Self {
        Self(std::array::from_fn(|slot| make(&COLUMNS[slot])))
    }

    /// The value of `field`; none for a year or the workbook.
    pub fn get(&self, field: Field) -> Option<&T> {
        field.slot().map(|slot| &self.0[slot])
    }

    /// Sets the value of `field`; ignored for a year or the workbook.
    pub fn set(&mut self, field: Field, value: T) {
        if let Some(slot) = field.slot() {
            self.0[slot] = value;
        }
    }

    /// All values, in the usual order of the columns.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }
}

impl Labels {
    /// The heading of `field` as printed.
    pub fn label(&self, field: Field) -> &str {
        self.get(field).map_or("", |label| label)
    }
}
