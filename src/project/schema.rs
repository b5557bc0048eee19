//! The JSON Schema of planbook.toml, with which editors complete names and mark mistakes.

use schemars::transform::{Transform, transform_subschemas};
use schemars::{Schema, schema_for};
use serde_json::Value;

use super::Config;

impl Config {
    /// The JSON Schema of the file.
    pub fn schema() -> Schema {
        let mut schema = schema_for!(Config);
        as_written.transform(&mut schema);
        schema
    }
}

/// TOML has no null: a setting without a value is left out. Only plain values are kept as defaults.
fn as_written(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if schema.get("default").is_some_and(|it| matches!(it, Value::Null | Value::Array(_) | Value::Object(_)))
    {
        schema.remove("default");
    }
    transform_subschemas(&mut as_written, schema);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::resolve::known;

    #[test]
    fn the_schema_knows_the_names_that_are_read() {
        let schema = Config::schema();
        for (heading, part) in [
            (None, None),
            (Some("[labels]"), Some("LabelSettings")),
            (Some("[[labels.fixed]]"), Some("FixedTable")),
            (Some("[[forms]]"), Some("FormEntry")),
            (Some("[common.\"가\"]"), Some("CommonKpi")),
            (Some("[[city_kpis]]"), Some("CityKpiEntry")),
            (Some("[checks.W101]"), Some("CheckSwitch")),
            (Some("[[waive]]"), Some("Waiver")),
            (Some("[style]"), Some("HouseStyle")),
            (Some("[style.severity]"), Some("SeverityColourSettings")),
            (Some("[style.numbers]"), Some("NumberFormats")),
            (Some("[book]"), Some("BookSettings")),
            (Some("[book.margins]"), Some("Margins")),
            (Some("[return]"), Some("Returned")),
            (Some("[score]"), Some("Scoring")),
            (Some("[[score.grades]]"), Some("Grade")),
            (Some("[read]"), Some("ReadLimits")),
        ] {
            let whole = schema.as_value();
            let part = part.map_or(whole, |part| &whole["$defs"][part]);
            let names: Vec<&str> =
                part["properties"].as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(names, known(heading), "{heading:?}");
            assert_eq!(part["additionalProperties"], false, "{heading:?}");
        }
    }
}
