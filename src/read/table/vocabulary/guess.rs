//! What a heading may mean that is not in the vocabulary: by the words in it.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::Vocabulary;
use crate::plan::Field;
use crate::read::table::periods::{plain_years, take_year};
use crate::read::table::role::Role;
use crate::read::table::words::{WORDS, WordMeaning, tokens};

/// A longer text is a sentence, not a heading.
const MOST_LETTERS: usize = 60;

/// A word of the vocabulary in a heading.
struct Hit<'w> {
    meanings: &'w [WordMeaning],
    letters: usize,
}

impl Vocabulary {
    /// What a heading that is not itself in the vocabulary may mean, by the words in it (`Nome do indicador`,
    /// `Tipo de indicador`), with a confidence from 0 to 1; the most likely first.
    pub(in crate::read::table) fn guess(&self, text: &str) -> Vec<(Role, f32)> {
        let count = text.chars().count();
        if count == 0 || count > MOST_LETTERS {
            return Vec::new();
        }
        let label = self.label(text).and_then(|label| label.role);
        let mut found: Vec<(Role, f32)> = label.map(|role| (role, 1.0)).into_iter().collect();
        let plain = plain_years(text);
        let (year, key) = take_year(&plain);
        for meaning in WORDS.meanings_of(&key).into_iter().flatten() {
            found.push((meaning.role, if meaning.weak { 0.5 } else { 0.8 }));
        }
        if found.is_empty() {
            found = by_words(&tokens(&plain), year.is_some());
        }
        if found.is_empty() {
            found = self.near(text).map(|role| (role, 0.7)).into_iter().collect();
        }
        let mut kept: Vec<(Role, f32)> = Vec::new();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (role, confidence) in found {
            if kept.iter().all(|(known, _)| *known != role) {
                kept.push((role, confidence));
            }
        }
        kept
    }

    /// The heading that a text resembles without being one, to suggest a missing column.
    pub(in crate::read::table) fn near(&self, text: &str) -> Option<Role> {
        let key = crate::read::table::words::key(text);
        if key.is_empty() || key.chars().count() > 20 {
            return None;
        }
        let key = letters(&key);
        let length = key.chars().count();
        let taught: Vec<Spelled> = self.taught.iter().map(|(word, role)| Spelled::of(word, *role)).collect();
        let set = letter_set(&key);
        // Latin words resemble each other more.
        let least = if key.is_ascii() { 0.82 } else { 0.75 };
        taught
            .iter()
            .chain(&*SPELLED)
            .filter(|word| {
                let longest = word.length.max(length) as f64;
                // Each difference adds and removes at most one letter each.
                let fewest = f64::from((word.set ^ set).count_ones().div_ceil(2));
                word.role.is_of_a_plan()
                    && word.length.abs_diff(length) * 4 <= length.max(4)
                    && 1.0 - fewest / longest >= least
            })
            .map(|word| (strsim::normalized_damerau_levenshtein(&key, &word.letters), word.role))
            .filter(|&(similarity, _)| similarity >= least)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, role)| role)
    }
}

/// The words that a plan is known by, letter by letter.
static SPELLED: LazyLock<Vec<Spelled>> = LazyLock::new(|| {
    let strong = WORDS.meanings.iter().filter(|(_, meanings)| !meanings[0].weak);
    strong
        .map(|(word, meanings)| Spelled::of(word, meanings[0].role))
        .filter(|word| word.role.is_of_a_plan())
        .collect()
});

/// A word, letter by letter.
struct Spelled {
    letters: String,
    /// The number of its letters.
    length: usize,
    set: u64,
    role: Role,
}

impl Spelled {
    fn of(word: &str, role: Role) -> Self {
        let letters = letters(word);
        Self { length: letters.chars().count(), set: letter_set(&letters), role, letters }
    }
}

/// Which letters a word has, several letters to a bit: words that differ much here are far apart.
fn letter_set(letters: &str) -> u64 {
    letters.chars().fold(0, |set, c| set | 1 << (u32::from(c) % 64))
}

/// Compares by Jamo: 비증 is one letter from 비중, while 비용 is another word.
fn letters(text: &str) -> String {
    text.nfd().collect()
}

/// Roles by the words of the vocabulary in a heading.
fn by_words(tokens: &[String], dated: bool) -> Vec<(Role, f32)> {
    let (hits, unknown) = hits(tokens);
    let known: usize = hits.iter().map(|hit| hit.letters).sum();
    let Some(main) = main_hit(&hits) else { return Vec::new() };
    let share = known as f32 / (known + unknown).max(1) as f32;
    let meanings = main.meanings;
    // `Number of staff` is a KPI's name.
    let counts = meanings[0].role == Role::Column(Field::Number) && unknown > 0;
    let confidence = match share {
        _ if counts => 0.3,
        share if share > 0.99 => 0.9,
        share if share >= 0.5 => 0.7,
        share if share >= 0.3 => 0.5,
        _ => 0.4,
    };
    let strength = |meaning: &WordMeaning| {
        let unsaid = if meaning.weak { 0.6 } else { 1.0 };
        if dated && meaning.role.is_value() { 1.1 } else { unsaid }
    };
    let order = |(at, meaning): (usize, &WordMeaning)| {
        let later = 1.0 - 0.1 * at.min(5) as f32;
        (meaning.role, f32::min(confidence * strength(meaning) * later, 0.95))
    };
    meanings.iter().enumerate().map(order).collect()
}

/// The words of the vocabulary in a heading, longest first at each place, and the number of other letters.
fn hits(tokens: &[String]) -> (Vec<Hit<'static>>, usize) {
    let pieces = pieces(tokens);
    let (mut hits, mut unknown, mut at) = (Vec::new(), 0, 0);
    while at < pieces.len() {
        let longest = (at + 1..=pieces.len().min(at + 10)).rev().find_map(|end| {
            let word = pieces[at..end].concat();
            // A single letter or syllable is part of any word.
            let (count, is_latin) = (word.chars().count(), word.is_ascii());
            let meanings = WORDS.meanings_of(&word).filter(|_| count >= 2)?;
            (!is_latin || count >= 3 || end > at + 1 || count == 2 && tokens.len() < 4)
                .then_some((end, Hit { meanings, letters: count }))
        });
        let plain = (at + 1..=pieces.len().min(at + 4))
            .rev()
            .find(|&end| WORDS.plain.contains(&pieces[at..end].concat()));
        match (longest, plain) {
            (Some((end, hit)), _) => {
                hits.push(hit);
                at = end;
            }
            (None, Some(end)) => at = end,
            (None, None) => {
                unknown += pieces[at].chars().filter(|c| c.is_alphabetic()).count();
                at += 1;
            }
        }
    }
    (hits, unknown)
}

/// Words of scripts without spaces letter by letter, others whole.
fn pieces(tokens: &[String]) -> Vec<String> {
    let letters = |word: &String| match word.is_ascii() {
        true => vec![word.clone()],
        false => word.chars().map(String::from).collect(),
    };
    tokens.iter().flat_map(letters).collect()
}

/// The word that says what the heading is about: of two, that of the KPI's aspects (`indicator type`); of two
/// aspects, the main noun.
fn main_hit<'h, 'w>(hits: &'h [Hit<'w>]) -> Option<&'h Hit<'w>> {
    let best = hits.iter().map(|hit| rank(hit, hits)).max()?;
    let mut main = hits.iter().filter(|hit| rank(hit, hits) == best);
    let heads = hits.iter().fold([true; 2], |all, hit| {
        let heads = hit.meanings[0].heads;
        [all[0] && heads[0], all[1] && heads[1]]
    });
    match heads {
        [true, false] => main.next(),
        _ => main.next_back(),
    }
}

/// How much a word says about a heading among others.
fn rank(hit: &Hit<'_>, hits: &[Hit<'_>]) -> u8 {
    let has = |hit: &Hit<'_>, role: Role| hit.meanings.iter().any(|meaning| meaning.role == role);
    let about_kpi = hits.iter().any(|hit| hit.meanings[0].role == Role::Column(Field::Kpi));
    match hit.meanings[0] {
        WordMeaning { weak: true, .. } => 0,
        WordMeaning { role: Role::Column(Field::Perspective), .. } => 1,
        // `Result indicator` is an indicator, `Service measure` too.
        _ if about_kpi && (has(hit, Role::Level) || has(hit, Role::Column(Field::Objective))) => 1,
        WordMeaning { role: Role::Level | Role::Organisation | Role::ParentOrganisation, .. } => 2,
        WordMeaning { role: Role::Column(Field::Objective), .. } => 3,
        WordMeaning { role: Role::Column(Field::Kpi), .. } => 4,
        _ => 5,
    }
}
