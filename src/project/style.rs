//! `[style]`: the appearance of workbooks, report and book.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::colour::Rgb;

/// `[style]`: the house style of workbooks, report and book. A setting left out keeps its default.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HouseStyle {
    /// The font of workbooks.
    pub font: Option<String>,
    /// The colour of titles and headings. In the book, `[book] accent` replaces it.
    #[schemars(with = "String")]
    pub accent: Rgb,
    /// Colours of findings.
    pub severity: SeverityColourSettings,
    /// Colours of perspectives, by name.
    #[schemars(with = "BTreeMap<String, String>")]
    pub perspectives: BTreeMap<String, Rgb>,
    /// Formats of the numbers that planbook calculates. Numbers of plans keep the department's format.
    pub numbers: NumberFormats,
}

impl Default for HouseStyle {
    fn default() -> Self {
        Self {
            font: None,
            // A dark blue that prints as dark grey.
            accent: [0x1f, 0x4e, 0x79],
            severity: SeverityColourSettings::default(),
            perspectives: BTreeMap::new(),
            numbers: NumberFormats::default(),
        }
    }
}

/// `[style.severity]`: a colour for each severity. The background of text and of marked cells is a light tint of it.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SeverityColourSettings {
    /// The colour of errors.
    #[schemars(with = "Option<String>")]
    pub error: Option<Rgb>,
    /// The colour of warnings.
    #[schemars(with = "Option<String>")]
    pub warning: Option<Rgb>,
    /// The colour of infos.
    #[schemars(with = "Option<String>")]
    pub info: Option<Rgb>,
}

/// `[style.numbers]`: number formats, as typed in a spreadsheet program.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NumberFormats {
    /// The format of counts.
    pub count: String,
    /// The format of sums of weights.
    pub weight: String,
    /// The format of shares and achievements.
    pub percent: String,
    /// The format of scores.
    pub score: String,
}

impl Default for NumberFormats {
    fn default() -> Self {
        let [count, weight, percent, score] = ["#,##0", "General", "0.0%", "0.00"].map(str::to_owned);
        Self { count, weight, percent, score }
    }
}
