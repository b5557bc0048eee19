//! Corrects misprints of the organisation's name in plan titles.

use std::ops::Range;
use std::sync::Arc;

/// `title` with the first of `misprints` that occurs in it replaced by `name`. A title that contains the name
/// is unchanged.
pub(super) fn corrected(title: &Arc<str>, misprints: &[&str], name: &str) -> Arc<str> {
    if misprints.is_empty() || title.is_empty() || find(title, name).is_some() {
        return title.clone();
    }
    match misprints.iter().find_map(|misprint| find(title, misprint)) {
        Some(found) => format!("{}{name}{}", &title[..found.start], &title[found.end..]).into(),
        None => title.clone(),
    }
}

/// The range of `name` in `title` as whole words, ignoring blanks.
fn find(title: &str, name: &str) -> Option<Range<usize>> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let starts = title.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| at);
    let mut starts = starts.filter(|&at| !is_letter(title[..at].chars().next_back()));
    starts.find_map(|start| {
        let end = start + length(&title[start..], name)?;
        (!is_letter(title[end..].chars().next())).then_some(start..end)
    })
}

/// The length of the prefix of `text` that spells `name`, ignoring blanks.
fn length(text: &str, name: &str) -> Option<usize> {
    let mut letters = name.chars().filter(|c| !c.is_whitespace());
    let mut wanted = letters.next()?;
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        if c != wanted {
            return None;
        }
        match letters.next() {
            Some(next) => wanted = next,
            None => return Some(at + c.len_utf8()),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_was_printed_with_a_misprint_that_planbook_toml_names() {
        for (title, printed) in [
            ("수도본부 부분부장 균형성과계획", "수도본부 부본부장 균형성과계획"),
            ("수도 본부 부 분 부 장  균형성과계획", "수도본부 부본부장  균형성과계획"),
            ("(수도본부 부분부장)", "(수도본부 부본부장)"),
            ("수도본부 부분부장실 균형성과계획", "수도본부 부분부장실 균형성과계획"),
            ("상수도본부 부분부장 균형성과계획", "상수도본부 부분부장 균형성과계획"),
            ("수도본부 부본부장 균형성과계획", "수도본부 부본부장 균형성과계획"),
            ("", ""),
        ] {
            let corrected = corrected(&title.into(), &["수도본부 부분부장"], "수도본부 부본부장");
            assert_eq!(&*corrected, printed, "{title}");
        }
        assert_eq!(
            &*corrected(&"교통 부본부 계획".into(), &["부본부"], "교통 부본부"),
            "교통 부본부 계획",
            "the rest of the name is not misprinted"
        );
    }
}
