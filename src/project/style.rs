//! `[style]`: what everything that planbook hands out looks like.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::colour::Rgb;

/// `[style]`: the house style of workbooks, report and book. What is not named has the built-in look.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HouseStyle {
    /// The font of workbooks.
    pub font: Option<String>,
    /// The colour of titles and headings. `[book] accent` goes before it in the book.
    #[schemars(with = "String")]
    pub accent: Rgb,
    /// Colours of findings.
    pub severity: SeverityColours,
    /// Colours of perspectives, by name.
    #[schemars(with = "BTreeMap<String, String>")]
    pub perspectives: BTreeMap<String, Rgb>,
    /// How numbers look that planbook works out itself. A number of a plan looks as the department wrote it.
    pub numbers: NumberFormats,
}

impl Default for HouseStyle {
    fn default() -> Self {
        Self {
            font: None,
            // A dark blue that prints as dark grey.
            accent: [0x1f, 0x4e, 0x79],
            severity: SeverityColours::default(),
            perspectives: BTreeMap::new(),
            numbers: NumberFormats::default(),
        }
    }
}

/// `[style.severity]`: a colour by severity. What lies behind text and in marked cells is a light tint of it.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SeverityColours {
    /// Of errors.
    #[schemars(with = "Option<String>")]
    pub error: Option<Rgb>,
    /// Of warnings.
    #[schemars(with = "Option<String>")]
    pub warning: Option<Rgb>,
    /// Of what is worth knowing.
    #[schemars(with = "Option<String>")]
    pub info: Option<Rgb>,
}

/// `[style.numbers]`: number formats, as the spreadsheet's own dialogue takes them.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NumberFormats {
    /// Of counts.
    pub count: String,
    /// Of sums of weights.
    pub weight: String,
    /// Of shares and achievements.
    pub percent: String,
    /// Of scores.
    pub score: String,
}

impl Default for NumberFormats {
    fn default() -> Self {
        let [count, weight, percent, score] = ["#,##0", "General", "0.0%", "0.00"].map(str::to_owned);
        Self { count, weight, percent, score }
    }
}
