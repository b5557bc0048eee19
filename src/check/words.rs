//! Texts shared by several checks.

use crate::finding::Wording;

/// Minimum similarity for a suggestion, from 0 (nothing in common) to 1 (equal).
const LIKELY: f64 = 0.6;

/// The label of headings found in several cells.
pub(super) static HEADINGS: Wording = Wording { ko: "찾은 머리글", en: "headings found" };

/// `text` in quotation marks, so that a name of several words reads as one.
pub(super) fn quoted(text: &str) -> String {
    format!("‘{text}’")
}

/// The similarity of two folded names, from 0 to 1. A name that continues the other is very similar.
pub(super) fn similarity(a: &str, b: &str) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.chars().count() >= 4 && long.contains(short) {
        return 0.95;
    }
    strsim::normalized_levenshtein(a, b)
}

/// The candidate most similar to `key`, if similar enough; the first of equals.
pub(super) fn nearest<'a, T>(key: &str, candidates: impl IntoIterator<Item = (&'a str, T)>) -> Option<T> {
    let mut best: Option<(f64, T)> = None;
    for (name, candidate) in candidates {
        let score = similarity(key, name);
        if score >= LIKELY && best.as_ref().is_none_or(|(top, _)| score > *top) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Formats ascending ranges of whole numbers as a list: `2, 5–7`.
pub(super) fn ranges(spans: impl IntoIterator<Item = (String, String)>) -> String {
    let parts: Vec<String> = spans
        .into_iter()
        .map(|(first, last)| if first == last { first } else { format!("{first}–{last}") })
        .collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested_and_a_strange_one_is_not() {
        let names = ["음식물폐기물처리수준시민만족도", "대기환경만족도"];
        let among = |key: &str| nearest(key, names.iter().map(|&name| (name, name)));
        assert_eq!(among("음식폐기물처리수준시민만족도"), Some(names[0]));
        assert_eq!(among("위험발견비율"), None);
    }

    #[test]
    fn a_name_with_an_addition_is_very_like_it() {
        assert!(similarity("예산운영의효률성", "예산운영의효률성절감목표달성률") > 0.9);
    }

    #[test]
    fn single_numbers_and_spans() {
        let spans = [(2, 2), (5, 7)].map(|(a, b): (u32, u32)| (a.to_string(), b.to_string()));
        assert_eq!(ranges(spans), "2, 5–7");
    }
}
