//! `[book]` in planbook.toml: what the printed book looks like and what it contains.

use serde::{Deserialize, Serialize};

/// `[book]`: the printed book.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Book {
    /// Title on the cover. Default: city and year.
    pub title: Option<String>,
    /// Line below the title.
    pub subtitle: Option<String>,
    /// Font families, first choice first.
    pub fonts: Vec<String>,
    /// What the book contains, in this order. Default: [`BookPart::DEFAULT`].
    pub parts: Option<Vec<BookPart>>,
}

/// A part of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BookPart {
    /// The cover.
    Cover,
    /// Bureaus and offices, with page numbers.
    Contents,
    /// How to read a plan.
    Guide,
    /// The city's strategy map, and who carries which goal.
    Map,
    /// The common KPIs over all organisations.
    Common,
    /// The weights of the perspectives.
    Weights,
    /// The plans, in the order of the organisations.
    Plans,
}

impl BookPart {
    /// What a book contains when planbook.toml does not say.
    pub const DEFAULT: [BookPart; 7] = [
        BookPart::Cover,
        BookPart::Contents,
        BookPart::Guide,
        BookPart::Map,
        BookPart::Common,
        BookPart::Weights,
        BookPart::Plans,
    ];
}
