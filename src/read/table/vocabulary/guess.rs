//! What headings outside the vocabulary may mean, by the words in them.

use std::collections::BTreeMap;

use super::language::{Head, Language, all};
use super::{Role, heading_key, role_named};

/// The longest heading that is judged, in characters.
const MAX_LENGTH: usize = 60;

/// The words of all languages, for guesses.
#[derive(Debug)]
pub(super) struct Guesser {
    languages: Vec<LanguageWords>,
}

#[derive(Debug)]
struct LanguageWords {
    head: Head,
    stop: Vec<String>,
    plain: Vec<String>,
    /// Words by their first token.
    words: BTreeMap<String, Vec<Word>>,
    /// Words of scripts without spaces.
    unspaced: Vec<(String, Role, bool)>,
}

#[derive(Debug)]
struct Word {
    tokens: Vec<String>,
    role: Role,
    weak: bool,
}

impl Guesser {
    /// The words of all languages.
    pub(super) fn new() -> Self {
        Self { languages: all().iter().map(LanguageWords::new).collect() }
    }

    /// The roles that a heading may have, with a confidence from 0 to 1, the likeliest first.
    pub(super) fn guess(&self, text: &str) -> Vec<(Role, f32)> {
        if text.chars().count() > MAX_LENGTH {
            return Vec::new();
        }
        let text = text.split(['(', '（', '[']).next().filter(|text| !text.trim().is_empty()).unwrap_or(text);
        let tokens = tokens(text);
        let mut best: BTreeMap<Role, f32> = BTreeMap::new();
        for language in &self.languages {
            for (role, sure) in language.judge(&tokens) {
                let held = best.entry(role).or_default();
                *held = held.max(sure);
            }
        }
        let mut guesses: Vec<(Role, f32)> = best.into_iter().collect();
        guesses.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        guesses
    }
}

impl LanguageWords {
    fn new(language: &Language) -> Self {
        let keys = |words: &[String]| words.iter().map(|word| heading_key(word)).collect();
        let mut words: BTreeMap<String, Vec<Word>> = BTreeMap::new();
        let mut unspaced = Vec::new();
        let stop: Vec<String> = keys(&language.stop);
        for (map, weak) in [(&language.roles, false), (&language.weak, true)] {
            for (role, text) in
                map.iter().flat_map(|(role, texts)| texts.iter().map(move |text| (role, text)))
            {
                let Some(role) = role_named(role) else { continue };
                let tokens: Vec<String> =
                    tokens(text).into_iter().filter(|token| !stop.contains(token)).collect();
                if let [word] = tokens.as_slice()
                    && is_unspaced(word)
                    && word.chars().count() >= 2
                {
                    unspaced.push((word.clone(), role, weak));
                }
                if let Some(first) = tokens.first() {
                    words.entry(first.clone()).or_default().push(Word { tokens, role, weak });
                }
            }
        }
        Self { head: language.head, stop, plain: keys(&language.plain), words, unspaced }
    }

    fn judge(&self, tokens: &[String]) -> Vec<(Role, f32)> {
        let all: Vec<&String> = tokens.iter().filter(|token| !self.stop.contains(token)).collect();
        let bare: Vec<&String> = all.iter().copied().filter(|token| !self.plain.contains(token)).collect();
        let tokens = if bare.is_empty() { all } else { bare };
        let unspaced: Vec<&str> =
            tokens.iter().map(|token| token.as_str()).filter(|token| is_unspaced(token)).collect();
        let mut found = self.inside(&unspaced.concat(), unspaced.len() == tokens.len());
        for at in 0..tokens.len() {
            for word in self.words.get(tokens[at]).into_iter().flatten() {
                let end = at + word.tokens.len();
                if end <= tokens.len() && word.tokens.iter().zip(&tokens[at..end]).all(|(a, b)| a == *b) {
                    let is_head = match self.head {
                        Head::First => at == 0,
                        Head::Last => end == tokens.len(),
                    };
                    let short = word.tokens.len() == 1 && word.tokens[0].len() < 3;
                    let whole = word.tokens.len() == tokens.len();
                    if whole || is_head || !short {
                        found.push((word.role, confidence(whole, is_head, word.weak)));
                    }
                }
            }
        }
        found
    }

    /// The words inside a text without spaces: the last one decides.
    fn inside(&self, text: &str, is_all: bool) -> Vec<(Role, f32)> {
        let found = self.unspaced.iter().filter(|(word, ..)| text.contains(word.as_str()));
        let sure = |word: &str, weak: bool| confidence(word == text && is_all, text.ends_with(word), weak);
        found.map(|(word, role, weak)| (*role, sure(word, *weak))).collect()
    }
}

fn confidence(whole: bool, is_head: bool, weak: bool) -> f32 {
    match (whole, is_head, weak) {
        (true, _, false) => 0.9,
        (true, _, true) => 0.55,
        (false, true, false) => 0.7,
        (false, true, true) => 0.4,
        (false, false, false) => 0.4,
        (false, false, true) => 0.2,
    }
}

/// Whether a token is of a script without spaces between words.
fn is_unspaced(token: &str) -> bool {
    token.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '가'..='힣'))
}

/// The words of a heading: parted by anything but letters and digits, and before capitals (`kpiName`).
fn tokens(text: &str) -> Vec<String> {
    let mut parted = String::with_capacity(text.len() + 4);
    let mut before = ' ';
    for c in text.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            parted.push(' ');
        }
        parted.push(if c.is_alphanumeric() || c == '#' || c == '%' { c } else { ' ' });
        before = c;
    }
    parted.split_whitespace().map(heading_key).filter(|token| !token.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Field;

    #[test]
    fn the_word_that_decides_gives_the_role() {
        let guesser = Guesser::new();
        let first = |text: &str| guesser.guess(text).first().map(|(role, _)| *role);
        for (text, role) in [
            ("Tipo de indicador", Role::Column(Field::IndicatorType)),
            ("Descripción del indicador", Role::Column(Field::Definition)),
            ("Nombre del indicador", Role::Column(Field::Kpi)),
            ("Indicator type", Role::Column(Field::IndicatorType)),
            ("Linea_Estrategica", Role::Level),
            ("Objetivo_Estrategico", Role::Column(Field::Objective)),
            ("success_measure", Role::Column(Field::Kpi)),
            ("responsible_dept", Role::InCharge),
            ("핵심 성과지표", Role::Column(Field::Kpi)),
            ("主要成果指標", Role::Column(Field::Kpi)),
        ] {
            assert_eq!(first(text), Some(role), "{text}");
        }
        assert!(guesser.guess("Color of the car").is_empty());
    }
}
