//! `data/indicators.json`: one record per KPI row, in book order.

use std::io::{self, Write};

use schemars::{Schema, json_schema, schema_for};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value, json};

use super::by_year::ByYear;
use crate::consolidate::{Context, RowId};
use crate::plan::value::show_number;
use crate::plan::{COLUMNS, Field, Indicator, PeriodValue, Plan, ValueKind};
use crate::write::json::lines;

/// A KPI row.
struct IndicatorRecord<'a> {
    /// From 1.
    plan_number: usize,
    /// From 0.
    row_number: usize,
    parent_org: &'a str,
    plan: &'a Plan,
    row: &'a Indicator,
}

impl Serialize for IndicatorRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let IndicatorRecord { plan, row, .. } = *self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("plan", &self.plan_number)?;
        map.serialize_entry("row", &self.row_number)?;
        map.serialize_entry("org", &plan.org)?;
        map.serialize_entry("parent_org", self.parent_org)?;
        // All years share one key.
        for field in Field::of_table([0]) {
            match field.column() {
                None => {
                    map.serialize_entry("values", &ByYear { plan, values: &row.values })?;
                    map.serialize_entry("kinds", &Kinds(plan))?;
                }
                Some(column) if field == Field::Perspective => {
                    map.serialize_entry(column.id, &row.perspective.name)?;
                    let weight = row.perspective.weight.map(show_number);
                    map.serialize_entry("perspective_weight", &weight)?;
                }
                Some(_) if field == Field::Code => {
                    map.serialize_entry("codes", &row.initiatives.codes)?;
                    if let Some(name) = &row.initiatives.name {
                        map.serialize_entry("initiative", name)?;
                    }
                }
                Some(_) if field.is_optional() && row.cell_of(field, &plan.years).is_none() => {}
                Some(column) => map.serialize_entry(column.id, &(column.text)(row).text)?,
            }
        }
        if !row.levels.is_empty() {
            map.serialize_entry("levels", &Levels(row))?;
        }
        if !row.periods.is_empty() {
            map.serialize_entry("periods", &row.periods.iter().map(PeriodRecord::of).collect::<Vec<_>>())?;
        }
        if !row.extra.is_empty() {
            map.serialize_entry("extra", &Extras(row))?;
        }
        let source = CellSource { file: &plan.file, sheet: &row.sheet, cells: CellPlaces { plan, row } };
        map.serialize_entry("source", &source)?;
        map.end()
    }
}

/// The levels of objectives, the highest first; the plan's own objective is the last.
struct Levels<'a>(&'a Indicator);

impl Serialize for Levels<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let level = |name: &str, text: &str| json!({ "name": name, "text": text });
        let above = self.0.levels.iter().map(|above| level(&above.name, &above.text.text));
        serializer.collect_seq(above.chain([level("", &self.0.objective.text)]))
    }
}

/// A value beside those of the years.
#[derive(Serialize)]
struct PeriodRecord<'a> {
    /// None if nobody says it.
    year: Option<i32>,
    /// `Q1`, `H2`, `M12`, `P3`; `prior` for the year before an unknown plan year.
    part: Option<String>,
    kind: ValueKind,
    label: &'a str,
    value: &'a str,
}

impl<'a> PeriodRecord<'a> {
    fn of(period: &'a PeriodValue) -> Self {
        let prior = period.year.is_none() && period.distance < 0;
        Self {
            year: period.year,
            part: period.part.map(|part| part.to_string()).or_else(|| prior.then(|| "prior".to_owned())),
            kind: period.kind,
            label: &period.label,
            value: &period.text().text,
        }
    }
}

/// The columns that are kept as they are: heading → text.
struct Extras<'a>(&'a Indicator);

impl Serialize for Extras<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.extra.iter().map(|extra| (&*extra.heading, &*extra.text.text)))
    }
}

#[derive(Serialize)]
struct CellSource<'a> {
    file: &'a str,
    sheet: &'a str,
    cells: CellPlaces<'a>,
}

/// `{"2008": "actual", "2009": "target"}`.
struct Kinds<'a>(&'a Plan);

impl Serialize for Kinds<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.years.iter().map(|column| (column.year.to_string(), column.kind)))
    }
}

/// Cells by field, without the columns that the table lacks.
struct CellPlaces<'a> {
    plan: &'a Plan,
    row: &'a Indicator,
}

impl Serialize for CellPlaces<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for field in Field::of_table(self.plan.years.iter().map(|column| column.year)) {
            if let Some(cell) = self.row.cell_of(field, &self.plan.years) {
                map.serialize_entry(&field.to_string(), &cell.to_string())?;
            }
        }
        map.end()
    }
}

/// How the file is made.
pub fn schema() -> Schema {
    let text = json_schema!({ "type": "string" });
    let mut properties = Map::new();
    let mut set = |name: &str, schema: Schema| properties.insert(name.to_owned(), schema.into());
    for name in ["plan", "row"] {
        set(name, json_schema!({ "type": "integer", "minimum": 0 }));
    }
    for name in ["org", "parent_org"] {
        set(name, text.clone());
    }
    for field in Field::of_table([0]) {
        match field.column() {
            None => {
                set("values", by_year(&text));
                set("kinds", by_year(&json_schema!({ "enum": ["actual", "target"] })));
            }
            Some(_) if field == Field::Code => {
                set("codes", json_schema!({ "type": "array", "items": text }));
                set("initiative", text.clone());
            }
            Some(column) => {
                set(column.id, text.clone());
                if field == Field::Perspective {
                    set("perspective_weight", json_schema!({ "type": ["string", "null"] }));
                }
            }
        }
    }
    let level = json_schema!({
        "type": "object", "properties": { "name": text, "text": text }, "required": ["name", "text"]
    });
    set("levels", json_schema!({ "type": "array", "items": level }));
    let period = json_schema!({
        "type": "object",
        "properties": {
            "year": { "type": ["integer", "null"] },
            "part": { "type": ["string", "null"], "pattern": "^([HQMP][0-9]+|prior)$" },
            "kind": { "enum": ["actual", "target", "baseline", "forecast"] },
            "label": text,
            "value": text,
        },
        "required": ["year", "part", "kind", "label", "value"],
    });
    set("periods", json_schema!({ "type": "array", "items": period }));
    set("extra", json_schema!({ "type": "object", "additionalProperties": text }));
    let cells = json_schema!({ "type": "object", "additionalProperties": text });
    set(
        "source",
        json_schema!({
            "type": "object",
            "properties": { "file": text, "sheet": text, "cells": cells },
            "required": ["file", "sheet", "cells"],
        }),
    );
    let is_optional = |name: &str| {
        ["initiative", "levels", "periods", "extra"].contains(&name)
            || COLUMNS.iter().any(|column| column.id == name && column.field.is_optional())
    };
    let required: Vec<&String> = properties.keys().filter(|name| !is_optional(name)).collect();
    let record = json_schema!({ "type": "object", "properties": properties, "required": required });
    let mut whole = schema_for!(Vec<Value>);
    whole.insert("title".to_owned(), "Indicators".into());
    whole.insert("items".to_owned(), record.into());
    whole
}

fn by_year(value: &Schema) -> Schema {
    json_schema!({ "type": "object", "patternProperties": { "^[0-9]+$": value }, "additionalProperties": false })
}

/// Writes the records.
///
/// # Errors
/// When `out` fails.
pub fn write(context: &Context<'_>, out: &mut impl Write) -> io::Result<()> {
    lines(out, context.city.rows().map(|id| record(context, id)))
}

fn record<'a>(context: &Context<'a>, id: RowId) -> IndicatorRecord<'a> {
    let plan = &context.city.plans[id.plan];
    let parent_org = context.city.parent_name(id.plan);
    IndicatorRecord {
        plan_number: id.plan.number(),
        row_number: id.row,
        parent_org,
        plan,
        row: &plan.rows[id.row],
    }
}
