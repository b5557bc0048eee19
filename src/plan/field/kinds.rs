//! What a column of the plan table may be.

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
