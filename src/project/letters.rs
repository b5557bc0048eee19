//! Letters of planbook.toml that no workbook can hold.

use toml::{Table, Value};

use crate::source::writable;

/// The settings without such letters; none where there are none.
pub(super) fn cleaned(text: &str) -> Option<Table> {
    // Such a letter stands in the file as it is or as an escape of TOML.
    if !text.contains(['\\', '\u{fffe}', '\u{ffff}']) && !text.contains("_x") {
        return None;
    }
    let table: Table = text.parse().ok()?;
    let clean = clean_table(&table);
    (clean != table).then_some(clean)
}

fn clean_table(table: &Table) -> Table {
    table.iter().map(|(key, value)| (writable(key).into_owned(), clean(value))).collect()
}

fn clean(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(writable(text).into_owned()),
        Value::Array(values) => Value::Array(values.iter().map(clean).collect()),
        Value::Table(table) => Value::Table(clean_table(table)),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::project::Config;

    #[test]
    fn letters_that_no_workbook_holds_do_not_come_in_by_the_settings() {
        for written in ["서울\u{fffe}시", "서울\\uFFFF시", "서울_xFFFE_시"] {
            let config = Config::parse(&format!("city = \"{written}\"\n")).unwrap();
            assert_eq!(config.city.as_deref(), Some("서울시"), "{written}");
        }
    }
}
