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
    /// Whether a bureau with offices begins on a right-hand page, after an empty one where need be. Default: true.
    pub recto: Option<bool>,
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
    /// Every KPI with the organisations that carry it.
    KpiIndex,
    /// Every initiative code with the organisations that name it.
    CodeIndex,
    /// What the checks found and nobody has waived.
    Findings,
}

impl BookPart {
    /// What a book contains when planbook.toml does not say.
    pub const DEFAULT: [BookPart; 9] = [
        BookPart::Cover,
        BookPart::Contents,
        BookPart::Guide,
        BookPart::Map,
        BookPart::Common,
        BookPart::Weights,
        BookPart::Plans,
        BookPart::KpiIndex,
        BookPart::CodeIndex,
    ];

    /// The parts that a booklet of one bureau may contain: those that are not about the city as a whole.
    pub const BOOKLET: [BookPart; 6] = [
        BookPart::Cover,
        BookPart::Contents,
        BookPart::Plans,
        BookPart::KpiIndex,
        BookPart::CodeIndex,
        BookPart::Findings,
    ];
}
