//! `[book]` in planbook.toml: what the printed book looks like and what it contains.

use schemars::JsonSchema;
use serde::Serialize;

use super::colour::Rgb;
use super::paper::Paper;

/// `[book]`: the printed book.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BookSettings {
    /// Title on the cover. Default: city and year.
    pub title: Option<String>,
    /// Line below the title.
    pub subtitle: Option<String>,
    /// Who issues it, at the foot of the cover. Default: the city.
    pub issuer: Option<String>,
    /// Line of the date, below the issuer.
    pub date: Option<String>,
    /// The colour of titles and rules. Default: that of `[style]`.
    #[schemars(with = "Option<String>")]
    pub accent: Option<Rgb>,
    /// Picture on the cover: path from the plan-year folder.
    pub logo: Option<String>,
    /// A text for readers who cannot see the picture. Default: the issuer.
    pub logo_alt: Option<String>,
    /// Font families, first choice first.
    pub fonts: Vec<String>,
    /// The paper it is printed on.
    #[schemars(with = "String")]
    pub paper: Paper,
    /// The margins of its pages.
    pub margins: Margins,
    /// What the book contains, in this order.
    pub parts: Vec<BookPart>,
    /// Lines of the imprint besides title, year, issuer and date. If there are any, the book ends with an imprint.
    pub imprint: Vec<String>,
    /// Whether the part `weights` names the plans whose weights do not add up. Default: no, because the whole city reads the book.
    pub remarks: bool,
    /// Whether a bureau with offices begins on a right-hand page, after an empty page if necessary.
    pub recto: bool,
}

/// `[book.margins]`: the margins of a page, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Margins {
    /// On the side of the binding.
    pub inside: f64,
    /// On the other side.
    pub outside: f64,
    /// At the top, where the running head is.
    pub top: f64,
    /// At the bottom, where the page number is.
    pub bottom: f64,
}

impl Default for Margins {
    fn default() -> Self {
        Self { inside: 16.0, outside: 11.0, top: 15.0, bottom: 13.0 }
    }
}

impl Default for BookSettings {
    fn default() -> Self {
        Self {
            title: None,
            subtitle: None,
            issuer: None,
            date: None,
            accent: None,
            logo: None,
            logo_alt: None,
            fonts: Vec::new(),
            paper: Paper::DEFAULT,
            margins: Margins::default(),
            parts: BookPart::DEFAULT.to_vec(),
            imprint: Vec::new(),
            remarks: false,
            recto: true,
        }
    }
}

/// A part of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BookPart {
    /// The cover.
    Cover,
    /// Bureaus and offices, with page numbers.
    Contents,
    /// How to read a plan.
    Guide,
    /// The city's strategy map, with the organisations that have each objective.
    Map,
    /// The common KPIs of all organisations.
    Common,
    /// The weights of the perspectives.
    Weights,
    /// The plans, in the order of the organisations.
    Plans,
    /// Every KPI with the organisations that have it.
    KpiIndex,
    /// Every initiative code with the organisations that name it.
    CodeIndex,
    /// The findings that are not waived.
    Findings,
    /// Title, issuer, date and the lines of `imprint`.
    Imprint,
}

impl BookPart {
    /// Their names in planbook.toml.
    pub(super) const NAMES: &[(&str, Self)] = &[
        ("cover", Self::Cover),
        ("contents", Self::Contents),
        ("guide", Self::Guide),
        ("map", Self::Map),
        ("common", Self::Common),
        ("weights", Self::Weights),
        ("plans", Self::Plans),
        ("kpi-index", Self::KpiIndex),
        ("code-index", Self::CodeIndex),
        ("findings", Self::Findings),
        ("imprint", Self::Imprint),
    ];

    /// Its name in planbook.toml.
    pub fn name(self) -> String {
        Self::NAMES.iter().find(|(_, part)| *part == self).map_or("", |(name, _)| name).to_owned()
    }

    /// The parts of a book if planbook.toml does not name any.
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

    /// The parts that a booklet of one bureau may contain: those not about the whole city.
    pub const BOOKLET: [BookPart; 7] = [
        BookPart::Cover,
        BookPart::Contents,
        BookPart::Plans,
        BookPart::KpiIndex,
        BookPart::CodeIndex,
        BookPart::Findings,
        BookPart::Imprint,
    ];
}
