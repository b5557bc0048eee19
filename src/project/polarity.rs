//! Whether a higher or a lower value of a KPI is better, judged by its name.

use std::collections::BTreeMap;

use super::common::Polarity;
use super::config::Config;
use super::defaults;
use crate::text::{NameKey, Names, plain_key};

/// Judges by a KPI's name whether a higher or a lower value is better.
///
/// Higher is better unless the name ends in a word of `lower_is_better`. A word of reduction may follow
/// (`처리기간 단축`), and counting words (`사망자 수`, `complaint rate`); a remark in brackets at the end is ignored.
/// What is counted decides: for `처리기간 단축률` or `민원 만족도`, higher is better. A word in front may negate the
/// word (`무재해율`, `days without accidents`). `[direction]` in planbook.toml takes precedence.
#[derive(Clone, Debug)]
pub struct Polarities<'a> {
    names: &'a Names,
    words: Endings,
    reductions: Endings,
    counts: Endings,
    /// Words of what is counted, which a word of reduction may follow.
    counted: Endings,
    ranks: Vec<String>,
    declared: BTreeMap<NameKey, Polarity>,
}

impl<'a> Polarities<'a> {
    /// Combines the built-in words with those of `config`, folded by `names`.
    pub fn new(config: &Config, names: &'a Names) -> Self {
        let own = config.lower_is_better.iter().map(String::as_str);
        let fold = |word: &str| names.key(word).as_str().to_owned();
        Self {
            names,
            words: Endings::new(defaults::LOWER_IS_BETTER.iter().copied().chain(own).map(fold)),
            reductions: Endings::new(defaults::REDUCTIONS.iter().copied().map(fold)),
            counts: Endings::new(defaults::COUNTING_WORDS.iter().copied().map(fold)),
            counted: Endings::new(defaults::COUNTED.iter().copied().map(fold)),
            declared: config.polarity.iter().map(|(kpi, way)| (names.key(kpi), *way)).collect(),
            ranks: defaults::RANKS.iter().copied().map(fold).collect(),
        }
    }

    /// The polarity that `[direction]` in planbook.toml sets for the KPI with this key.
    pub fn declared(&self, key: &NameKey) -> Option<Polarity> {
        self.declared.get(key).copied()
    }

    /// The polarity of the KPI with this name, folded to `key`; `unit` is the unit of its values.
    pub fn of(&self, kpi: &str, key: &NameKey, unit: &str) -> Polarity {
        if let Some(declared) = self.declared(key) {
            return declared;
        }
        let remark = kpi.rfind(['(', '（', '[']).filter(|&at| at > 0 && kpi.ends_with([')', '）', ']']));
        let kpi = remark.map_or(kpi, |at| &kpi[..at]);
        let without_remark = remark.map(|_| self.names.key(kpi));
        let key = without_remark.as_ref().unwrap_or(key).as_str();
        let reduced = self.reductions.without(key);
        // The values are the remaining count: `보상건수 감소` in cases, but not in %, which is the size of the
        // reduction.
        let counts = |name: &str| self.counted.first_of(name).is_some() && !unit.contains(['%', '％']);
        if reduced.is_some_and(counts) {
            return Polarity::Down;
        }
        let mut name = reduced.unwrap_or(key);
        loop {
            if let Some(word) = self.words.first_of(name) {
                return if self.is_turned(kpi, word) { Polarity::Up } else { Polarity::Down };
            }
            match self.counts.without(name) {
                Some(shorter) => name = shorter,
                None => return Polarity::Up,
            }
        }
    }

    /// Whether a word in front of `word` negates its last occurrence in the name: `무재해`, `without
    /// accidents`.
    fn is_turned(&self, kpi: &str, word: &str) -> bool {
        let tokens: Vec<String> = kpi
            .split(|c: char| c.is_whitespace() || matches!(c, '·' | 'ㆍ' | ',' | '/' | '-' | '‐' | '‑'))
            .filter(|token| !token.is_empty())
            .map(|token| self.names.key(token).as_str().to_owned())
            .collect();
        // The token in which the word begins. 업무재해 begins with 업무, so 무 does not negate it.
        let first = word.split_whitespace().next().unwrap_or(word);
        tokens.iter().enumerate().rev().any(|(at, token)| {
            let turned = defaults::TURNING_SYLLABLES
                .iter()
                .any(|turning| token.strip_prefix(turning).is_some_and(|rest| rest.starts_with(first)));
            let before = at.checked_sub(1).map(|before| tokens[before].as_str());
            let after_a_word = (token.starts_with(first) || first.starts_with(token.as_str()))
                && before.is_some_and(|before| defaults::TURNING_WORDS.contains(&before));
            turned || after_a_word
        })
    }

    /// Whether a unit counts positions in a ranking.
    pub fn is_rank(&self, unit: &str) -> bool {
        self.ranks.contains(&plain_key(unit))
    }
}

/// Words by their last letter, so that a name is compared only with those that may end it.
#[derive(Clone, Debug, Default)]
struct Endings(BTreeMap<char, Vec<String>>);

impl Endings {
    fn new(words: impl Iterator<Item = String>) -> Self {
        let mut endings = Self::default();
        for word in words {
            if let Some(last) = word.chars().next_back() {
                endings.0.entry(last).or_default().push(word);
            }
        }
        endings
    }

    /// The first word with which `name` ends.
    fn first_of(&self, name: &str) -> Option<&str> {
        let words = self.0.get(&name.chars().next_back()?)?;
        words.iter().map(String::as_str).find(|word| name.ends_with(word))
    }

    /// `name` without the first word with which it ends; `None` if there is none or nothing would remain.
    fn without<'n>(&self, name: &'n str) -> Option<&'n str> {
        name.strip_suffix(self.first_of(name)?).filter(|rest| !rest.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_decides() {
        let config = Config { lower_is_better: vec!["누수량".to_owned()], ..Config::default() };
        let names = config.names();
        let polarities = Polarities::new(&config, &names);
        for (kpi, polarity) in [
            ("교통사고 사망자 수", Polarity::Down),
            ("재난사고 발생건수", Polarity::Down),
            ("식품수거검사 부적합율", Polarity::Down),
            ("지하철 건설부채 규모", Polarity::Down),
            ("계약심사 처리기간 단축", Polarity::Down),
            ("미세먼지 오염도", Polarity::Down),
            ("공기질(미세먼지) 수준", Polarity::Down),
            ("컨벤션 개최순위(건수)", Polarity::Down),
            ("금융경쟁력 지수(순위)", Polarity::Up),
            ("누수량", Polarity::Down),
            ("Traffic deaths", Polarity::Down),
            ("Complaint rate", Polarity::Down),
            ("Number of complaints", Polarity::Down),
            ("민원사무 처리기간 단축율", Polarity::Up),
            ("민원 만족도", Polarity::Up),
            ("고충민원 조정·중재 건수", Polarity::Up),
            ("안전사고 예방 교육 횟수", Polarity::Up),
            ("오염물질 검사 실적", Polarity::Up),
            ("수", Polarity::Up),
            ("", Polarity::Up),
        ] {
            assert_eq!(polarities.of(kpi, &names.key(kpi), "건"), polarity, "{kpi}");
        }
    }

    #[test]
    fn a_word_in_front_turns_what_is_better() {
        let config = Config::default();
        let names = config.names();
        let polarities = Polarities::new(&config, &names);
        for (kpi, unit, polarity) in [
            ("시청사 건립공사 무재해율", "%", Polarity::Up),
            ("무사고 운행률", "%", Polarity::Up),
            ("무결함 비율", "%", Polarity::Up),
            ("미체납률", "%", Polarity::Up),
            ("업무재해율", "%", Polarity::Down),
            ("업무 재해율", "%", Polarity::Down),
            ("산업 재해율", "%", Polarity::Down),
            ("Days without accidents", "days", Polarity::Up),
            ("Non-violation rate", "%", Polarity::Up),
            ("Accidents", "no.", Polarity::Down),
            ("차량파손 보상건수 감소", "건", Polarity::Down),
            ("보상건수 감소", "%", Polarity::Up),
            ("온실가스 감축", "톤", Polarity::Up),
        ] {
            assert_eq!(polarities.of(kpi, &names.key(kpi), unit), polarity, "{kpi}");
        }
    }

    #[test]
    fn planbook_toml_says_which_way_both_ways() {
        let polarity = [("버스 보조금".to_owned(), Polarity::Down), ("민원 건수".to_owned(), Polarity::Up)];
        let config = Config { polarity: polarity.into(), ..Config::default() };
        let names = config.names();
        let polarities = Polarities::new(&config, &names);
        assert_eq!(polarities.of("버스보조금", &names.key("버스보조금"), "원"), Polarity::Down);
        assert_eq!(polarities.of("민원 건수", &names.key("민원 건수"), "건"), Polarity::Up);
    }
}
