//! Adds waivers to planbook.toml without changing anything else in it.

use toml_edit::{DocumentMut, InlineTable, Value};

use super::Config;
use super::config::Waiver;
use super::fault::Fault;

/// Returns the text of a planbook.toml with `waivers` added. The existing text stays byte for byte: they
/// are added at the end, or to the list if the file has `waive = […]`.
///
/// # Errors
/// When `text` is not a valid planbook.toml, before or after.
pub fn add_waivers(text: &str, waivers: &[Waiver]) -> Result<String, Vec<Fault>> {
    Config::parse(text)?;
    let added = match text.trim_start_matches('\u{feff}').parse::<DocumentMut>() {
        Ok(document) if document.get("waive").is_some_and(toml_edit::Item::is_value) => {
            into_list(document, waivers)
        }
        _ => at_the_end(text, waivers),
    };
    Config::parse(&added)?;
    Ok(added)
}

fn at_the_end(text: &str, waivers: &[Waiver]) -> String {
    let block = |Waiver { id, reason }: &Waiver| {
        let (id, reason) = (Value::from(id.as_str()), Value::from(reason.as_str()));
        format!("[[waive]]\nid = {id}\nreason = {reason}")
    };
    appended(text, &waivers.iter().map(block).collect::<Vec<_>>())
}

/// `text` with blocks of lines added at its end, each after a blank line, with its line ends.
pub(super) fn appended(text: &str, blocks: &[String]) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = text.to_owned();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(newline);
    }
    for block in blocks {
        if !out.is_empty() {
            out.push_str(newline);
        }
        for line in block.split('\n') {
            out.push_str(line);
            out.push_str(newline);
        }
    }
    out
}

fn into_list(mut document: DocumentMut, waivers: &[Waiver]) -> String {
    if let Some(list) = document.get_mut("waive").and_then(|item| item.as_array_mut()) {
        for Waiver { id, reason } in waivers {
            let entries = [("id", id.as_str()), ("reason", reason.as_str())];
            list.push(entries.into_iter().collect::<InlineTable>());
        }
    }
    document.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiver(id: &str, reason: &str) -> Waiver {
        Waiver { id: id.to_owned(), reason: reason.to_owned() }
    }

    #[test]
    fn the_file_stays_as_it_is_and_the_waiver_comes_last() {
        let template = include_str!("../../templates/planbook.toml");
        let awkward = waiver("W101-0123456789", "\"하반기\"에 \\ 다시\n정함");
        let text = add_waivers(template, std::slice::from_ref(&awkward)).unwrap();
        assert!(text.starts_with(template));
        let again = add_waivers(&text, &[waiver("T406-1", "목표를 협의함")]).unwrap();
        assert_eq!(Config::parse(&again).unwrap().waive, [awkward, waiver("T406-1", "목표를 협의함")]);
    }

    #[test]
    fn waivers_that_stand_in_the_middle_of_the_file_stay_there() {
        let text = "\u{feff}# 설정\r\n[[waive]]\r\nid = \"W101-1\" # 첫째\r\nreason = \"가\"\r\n\r\n[read]\r\nseconds = 9";
        let added = add_waivers(text, &[waiver("W102-2", "나")]).unwrap();
        assert_eq!(
            added.strip_prefix(text),
            Some("\r\n\r\n[[waive]]\r\nid = \"W102-2\"\r\nreason = \"나\"\r\n")
        );
        assert_eq!(Config::parse(&added).unwrap().waive.len(), 2);
    }

    #[test]
    fn a_list_in_brackets_grows_by_the_waiver_and_keeps_its_comments() {
        let text =
            "# 유예\nwaive = [\n  { id = \"W101-1\", reason = \"가\" }, # 첫째\n]\nyear = 2026 # 연도\n";
        let added = add_waivers(text, &[waiver("W102-2", "나")]).unwrap();
        assert_eq!(Config::parse(&added).unwrap().waive, [waiver("W101-1", "가"), waiver("W102-2", "나")]);
        assert!(added.contains("# 첫째") && added.ends_with("year = 2026 # 연도\n"), "{added}");
    }

    #[test]
    fn a_new_file_holds_just_the_waiver() {
        let text = add_waivers("", &[waiver("W101-1", "가")]).unwrap();
        assert_eq!(text, "[[waive]]\nid = \"W101-1\"\nreason = \"가\"\n");
    }

    #[test]
    fn a_file_with_faults_is_left_alone() {
        assert!(add_waivers("yaer = 2026\n", &[waiver("W101-1", "가")]).is_err());
    }
}
