//! The columns of the plan table: the one list that reading, checks and outputs go by.
//!
//! A new column is a row of the table in `columns`, its place in [`Indicator`], and a key of `[labels]`.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Indicator, Text};

/// Whose plan a column describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The row as a whole.
    Row,
    /// The plan above, which the row cites.
    Parent,
    /// The organisation itself.
    Own,
}

impl Group {
    /// Its columns, but those of the years.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        COLUMNS.iter().filter(move |column| column.group == self).map(|column| column.field)
    }
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Running text, which reads better from the left edge.
    Prose,
    /// A word or two.
    Word,
    /// A number in most rows.
    Number,
    /// A number, or what was written instead of one.
    Value,
    /// Codes of initiatives.
    Code,
}

/// Whether a plan table has a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// A table without it is incomplete. Of the parent's columns: one that has another of them.
    Required,
    /// Many tables have it.
    Usual,
    /// Some tables have it: no table is known by it, and outputs show it where a plan has it.
    Optional,
}

/// What a column is called in Korean and in English.
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
    /// Whether one cell may stand for several rows.
    pub merges: bool,
    /// The usual heading, below the name of the parent or of the organisation.
    pub heading: Name,
    /// What it is called where no such name stands above it.
    pub name: Name,
    /// What it tells a reader of the book.
    pub about: Name,
    /// How it is to be filled in; `{year}` is the plan year.
    pub fill_in: Name,
    /// Its width in a list, in characters of a worksheet.
    pub width: f64,
    /// Its least and greatest width in a form.
    pub form_width: (f64, f64),
    /// The words of headings over it, Korean and English. The parent's columns have those of the own ones.
    pub words: &'static [&'static str],
    /// Its text in a row.
    pub text: fn(&Indicator) -> &Text,
    /// Reads its text into a row.
    pub read: fn(&mut Indicator, Text),
}

/// Makes of each row of the table a [`Field`] and a [`Column`], those of the years in between.
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

        /// Every column of the plan table but those of the years, in the usual order.
        pub static COLUMNS: [Column; COUNT] = [
            $(Column { field: Field::$before, $($before_row)* },)*
            $(Column { field: Field::$after, $($after_row)* },)*
        ];

        /// The same, to count them by.
        enum Slot {
            $($before,)*
            $($after,)*
            /// How many there are.
            End,
        }

        /// How many columns there are beside those of the years.
        pub(super) const COUNT: usize = Slot::End as usize;
        /// How many of them stand before the years.
        pub(super) const BEFORE: usize = [$(Slot::$before as usize),*].len();

        impl Field {
            /// Its place in [`COLUMNS`].
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

    /// Its row of [`COLUMNS`]; none of a year and of the workbook.
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

    /// Whether one cell may stand for several rows.
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

/// Something for each column of the plan table but those of the years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByColumn<T>([T; COUNT]);

/// The headings of a plan's table as that department prints them; empty where it prints none.
pub type Labels = ByColumn<Arc<str>>;

impl<T> ByColumn<T> {
    /// What `make` gives for each column.
    pub fn of(mut make: impl FnMut(&'static Column) -> T) -> Self {
        Self(std::array::from_fn(|slot| make(&COLUMNS[slot])))
    }

    /// What there is for `field`; none for a year and for the workbook.
    pub fn get(&self, field: Field) -> Option<&T> {
        field.slot().map(|slot| &self.0[slot])
    }

    /// Puts `value` in the place of `field`, if it has one.
    pub fn set(&mut self, field: Field, value: T) {
        if let Some(slot) = field.slot() {
            self.0[slot] = value;
        }
    }

    /// All of it, in the usual order of the columns.
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
