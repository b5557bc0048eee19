//! The macro that makes the table of columns.

/// Generates `Field`, `Column` and `COLUMNS` from the rows of the table; the years come in between.
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
