//! Adds forms to planbook.toml without changing anything else in it.

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item};

use super::entry::FormEntry;
use crate::project::Config;
use crate::project::fault::Fault;
use crate::project::waive::appended;

/// A form to be written into planbook.toml, with what to tell whoever corrects it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormNotes {
    /// The form.
    pub form: FormEntry,
    /// Lines above it.
    pub intro: Vec<String>,
    /// A line above each of its headings, in their order.
    pub headings: Vec<String>,
    /// The line above `not_a_plan`; none leaves the setting out.
    pub not_a_plan: Option<String>,
}

/// Returns the text of a planbook.toml with `forms` added. The existing text stays byte for byte: they are
/// added at the end, or to the list if the file has `forms = […]`.
///
/// # Errors
/// When `text` is not a valid planbook.toml, before or after.
pub fn add_forms(text: &str, forms: &[FormNotes]) -> Result<String, Vec<Fault>> {
    Config::parse(text)?;
    let blocks: Vec<String> = forms.iter().map(block).collect();
    let added = match text.trim_start_matches('\u{feff}').parse::<DocumentMut>() {
        Ok(document) if document.get("forms").is_some_and(Item::is_value) => into_list(document, &blocks),
        _ => appended(text, &blocks),
    };
    Config::parse(&added)?;
    Ok(added)
}

/// The lines of a form.
fn block(notes: &FormNotes) -> String {
    let FormNotes { form, intro, headings, not_a_plan } = notes;
    let mut lines: Vec<String> = intro.iter().map(|line| comment(line)).collect();
    lines.push("[[forms]]".to_owned());
    lines.push(format!("name = {}", quoted(&form.name)));
    let list: Vec<String> = form.headings.iter().map(|heading| quoted(heading)).collect();
    lines.push(format!("headings = [{}]", list.join(", ")));
    if let Some(shape) = form.shape {
        lines.push(format!("shape = {}", quoted(shape.name())));
    }
    if let Some(line) = not_a_plan {
        lines.push(comment(line));
        lines.push(format!("not_a_plan = {}", form.not_a_plan));
    }
    lines.push("[forms.roles]".to_owned());
    for (at, heading) in form.headings.iter().enumerate() {
        let Some(role) = form.roles.get(heading) else { continue };
        lines.extend(headings.get(at).map(|line| comment(line)));
        lines.push(format!("{} = {}", quoted(heading), quoted(&role.to_string())));
    }
    lines.join("\n")
}

/// Text in quotes; a name with line breaks too stays on its line.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().filter(|c| *c != '\u{7f}').collect();
    serde_json::Value::from(plain).to_string()
}

/// A comment of one line; a heading in it may hold line breaks.
fn comment(line: &str) -> String {
    let plain: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("# {plain}")
}

/// The document with the forms of `blocks` in its list; comments have no place there.
fn into_list(mut document: DocumentMut, blocks: &[String]) -> String {
    for block in blocks {
        let added = block.parse::<DocumentMut>().ok();
        let tables = added.as_ref().and_then(|added| added.get("forms")?.as_array_of_tables());
        let tables: Vec<InlineTable> = tables.into_iter().flat_map(inline).collect();
        if let Some(list) = document.get_mut("forms").and_then(Item::as_array_mut) {
            tables.into_iter().for_each(|table| list.push(table));
        }
    }
    document.to_string()
}

fn inline(tables: &ArrayOfTables) -> Vec<InlineTable> {
    let bare = |table: &toml_edit::Table| {
        let mut table = table.clone().into_inline_table();
        table.fmt();
        table
    };
    tables.iter().map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::forms::FormRole;

    fn notes() -> FormNotes {
        let headings = ["성과\n지표\"명", "2026년 목표"].map(str::to_owned);
        let roles = ["kpi", "target 2026"].map(|role| FormRole::parse(role).unwrap());
        FormNotes {
            form: FormEntry {
                name: "서식 1".to_owned(),
                roles: headings.iter().cloned().zip(roles).collect(),
                headings: headings.to_vec(),
                ..FormEntry::default()
            },
            intro: vec!["확인하십시오".to_owned()],
            headings: headings.iter().map(|heading| format!("A3 {heading}")).collect(),
            not_a_plan: Some("계획이 아니면 true".to_owned()),
        }
    }

    #[test]
    fn the_file_stays_as_it_is_and_the_forms_come_last() {
        let template = include_str!("../../../templates/planbook.toml");
        for before in ["", template, "\u{feff}# 설정\r\nyear = 2026"] {
            let text = add_forms(before, &[notes()]).unwrap();
            assert!(text.starts_with(before), "{text}");
            assert_eq!(Config::parse(&text).unwrap().forms, [notes().form]);
            assert_eq!(text.matches("\r\n").count() > 0, before.contains("\r\n"));
        }
    }

    #[test]
    fn a_list_in_brackets_grows_by_the_form() {
        let text = "forms = [\n  { name = \"가\", headings = [\"지표\"] }, # 첫째\n]\nyear = 2026\n";
        let added = add_forms(text, &[notes()]).unwrap();
        let forms = Config::parse(&added).unwrap().forms;
        assert_eq!((forms.len(), &forms[1]), (2, &notes().form));
        assert!(added.contains("# 첫째") && added.ends_with("year = 2026\n"), "{added}");
    }
}
