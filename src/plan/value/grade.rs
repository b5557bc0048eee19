//! Grades: `중 (65점이상)`, `나급 이상`, `A등급`, `우수`.

use super::normalise::squeeze;

/// Grades that are words by themselves.
const WORDS: [&str; 27] = [
    "최상",
    "상",
    "상중",
    "중상",
    "중",
    "중하",
    "하",
    "최하",
    "최우수",
    "우수",
    "탁월",
    "양호",
    "보통",
    "미흡",
    "부진",
    "불량",
    "excellent",
    "verygood",
    "good",
    "satisfactory",
    "fair",
    "poor",
    "high",
    "medium",
    "low",
    "outstanding",
    "average",
];
/// Letters that are grades only if the word for grade follows.
const LETTERS: [&str; 7] = ["가", "나", "다", "라", "마", "바", "사"];

/// A grade and what is written in brackets after it; none for other texts.
pub(super) fn split(text: &str) -> Option<(&str, Option<&str>)> {
    let (name, points) = match text.split_once('(') {
        Some((name, inner)) => (name.trim(), Some(inner.strip_suffix(')')?)),
        None => (text, None),
    };
    is_grade(name).then_some((name, points))
}

fn is_grade(name: &str) -> bool {
    let squeezed: String = squeeze(name).chars().filter(|c| !matches!(c, '·' | 'ㆍ' | '.')).collect();
    let level = ["이상", "이하"].iter().find_map(|word| squeezed.strip_suffix(word)).unwrap_or(&squeezed);
    let bare = ["등급", "급", "수준", "정도", "grade"]
        .iter()
        .find_map(|word| level.strip_suffix(word))
        .unwrap_or(level);
    WORDS.contains(&bare)
        || (bare != level && LETTERS.contains(&bare))
        || (name.starts_with(|c: char| c.is_ascii_uppercase()) && is_rating(bare))
}

/// `A`, `B+`, `AAA`, `S`.
fn is_rating(letters: &str) -> bool {
    let core = letters.trim_end_matches(['+', '-']);
    let mut all = core.chars();
    let first = all.next();
    letters.len() - core.len() <= 1
        && core.len() <= 3
        && matches!(first, Some('a'..='f' | 's'))
        && all.all(|c| Some(c) == first)
}
