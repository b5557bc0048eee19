//! The columns of the plan table: the single list used by reading, checks and outputs.
//!
//! To add a column, add a row to the table in `columns`, a field to [`Indicator`] and a key to `[labels]`.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Indicator, Text};

/// Whose plan a column describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The row as a whole.
    Row,
    /// The parent plan, which the row cites.
    Parent,
    /// The organisation itself.
    Own,
}

impl Group {
    /// Its columns, without the years.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        COLUMNS.iter().filter(move |column| column.group == self).map(|column| column.field)
    }
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Running text, aligned left.
    Prose,
    /// A word or two.
    Word,
    /// A number in most rows.
    Number,
    /// A number, or text in place of one.
    Value,
    /// Codes of initiatives.
    Code,
}

/// Whether a plan table has a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// A table without it is incomplete. A parent's column is required only if the table has another one.
    Required,
    /// Common, but optional.
    Usual,
    /// Some tables have it: no table is known by it, and outputs show it where a plan has it.
    Optional,
}

/// The name of a column in Korean and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// As departments write it.
    pub ko: &'static str,
    /// The English term.
    pub en: &'static str,
}

/// A column of the plan table.
#[derive(Debug)]
pub struct Column {
    /// Its field.
    pub field: Field,
    /// The fixed name in data files, in planbook.toml and in the marks of a scorecard.
    pub id: &'static str,
    /// Whose plan it describes.
    pub group: Group,
    /// What its cells hold.
    pub content: Content,
    /// Whether a table must have it.
    pub presence: Presence,
    /// Whether one cell may span several rows.
    pub merges: bool,
    /// The usual heading, below the name of the parent or of the organisation.
    pub heading: Name,
    /// Its name on its own, without such a group name.
    pub name: Name,
    /// Its explanation for readers of the book.
    pub about: Name,
    /// How to fill it in; `{year}` is the plan year.
    pub fill_in: Name,
    /// Its width in a list, in characters of a worksheet.
    pub width: f64,
    /// Its minimum and maximum width in a form.
    pub form_width: (f64, f64),
    /// Its text in a row.
    pub text: fn(&Indicator) -> &Text,
    /// Reads its text into a row.
    pub read: fn(&mut Indicator, Text),
}

/// Generates [`Field`] and [`COLUMNS`] from the rows of the table; the years come in between.
macro_rules! columns {
    (
        before { $($(#[$before_doc:meta])* $before:ident { $($before_row:tt)* })* }
        after { $($(#[$after_doc:meta])* $after:ident { $($after_row:tt)* })* }
    ) => {
        /// A column of the plan table, as findings and exports name it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$before_doc])* $before,)*
            /// The value of a year.
            Year(i32),
            $($(#[$after_doc])* $after,)*
            /// The workbook as a whole.
            File,
        }

        /// Every column of the plan table except the years, in the usual order.
        pub static COLUMNS: [Column; COUNT] = [
            $(Column { field: Field::$before, $($before_row)* },)*
            $(Column { field: Field::$after, $($after_row)* },)*
        ];

        /// The same columns, to number and count them.
        enum Slot {
            $($before,)*
            $($after,)*
            /// The number of columns.
            End,
        }

        /// The number of columns without the years.
        pub(super) const COUNT: usize = Slot::End as usize;
        /// How many of them come before the years.
        pub(super) const BEFORE: usize = [$(Slot::$before as usize),*].len();

        impl Field {
            /// Its index in [`COLUMNS`].
            pub(super) const fn slot(self) -> Option<usize> {
                match self {
                    $(Field::$before => Some(Slot::$before as usize),)*
                    $(Field::$after => Some(Slot::$after as usize),)*
                    Field::Year(_) | Field::File => None,
                }
            }
        }
    };
}

mod columns;

use columns::{BEFORE, COUNT};
pub use columns::{COLUMNS, Field};

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
