//! Sheet names and defined names that Excel accepts.

use std::collections::BTreeSet;

/// The longest sheet name, in UTF-16 units.
const LONGEST: usize = 31;

/// The sheet names of a workbook, all distinct.
#[derive(Debug, Default)]
pub struct SheetNames(BTreeSet<String>);

impl SheetNames {
    /// `name` as a new sheet's name; numbered where it is taken.
    pub fn add(&mut self, name: &str) -> String {
        let plain = sheet_name(name);
        let others = (2..).map(|number: u32| {
            let suffix = format!(" ({number})");
            format!("{}{suffix}", cut(&plain, LONGEST - suffix.len()))
        });
        let mut names = std::iter::once(plain.clone()).chain(others);
        names.find(|name| self.0.insert(name.to_lowercase())).unwrap_or_default()
    }
}

/// `name` as a sheet name: without forbidden characters and not too long.
pub fn sheet_name(name: &str) -> String {
    let is_taken = |c: char| c.is_control() || "[]:*?/\\".contains(c);
    let plain: String = name.chars().map(|c| if is_taken(c) { '_' } else { c }).collect();
    match plain.trim().trim_matches('\'') {
        // Excel reserves this name.
        plain if plain.is_empty() || plain.eq_ignore_ascii_case("history") => "plan".to_owned(),
        plain => cut(plain, LONGEST),
    }
}

/// The beginning of `name`, at most `most` UTF-16 units.
fn cut(name: &str, most: usize) -> String {
    let mut units = 0;
    let kept = name.chars().take_while(|c| {
        units += c.len_utf16();
        units <= most
    });
    kept.collect::<String>().trim_end_matches('\'').to_owned()
}

/// `name` as a defined name: one word.
pub fn defined_name(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_have_names_that_excel_takes() {
        let mut names = SheetNames::default();
        let long = "가".repeat(40);
        for (name, sheet) in [
            ("교통국", "교통국".to_owned()),
            ("교통국", "교통국 (2)".to_owned()),
            ("가/나:다", "가_나_다".to_owned()),
            ("''", "plan".to_owned()),
            ("History", "plan (2)".to_owned()),
            (&long, "가".repeat(31)),
            (&long, format!("{} (2)", "가".repeat(27))),
        ] {
            assert_eq!(names.add(name), sheet);
        }
        assert_eq!(defined_name("목표×조직 표"), "목표_조직_표");
    }
}
