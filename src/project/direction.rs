//! Which way a KPI is better, by its name.

use std::collections::BTreeMap;

use super::config::{Config, Direction};
use super::defaults;
use super::names::{NameKey, Names, plain_key};

/// Tells by a KPI's name which way it is better.
///
/// Higher is better unless the name ends in a word of `lower_is_better`. A word of reduction may follow
/// (`처리기간 단축`), and counting words (`사망자 수`, `complaint rate`); a remark in brackets at the end does not count. What
/// is counted decides, so a `처리기간 단축률` or a `민원 만족도` stays a KPI of which more is better.
#[derive(Clone, Debug)]
pub struct Directions<'a> {
    names: &'a Names,
    words: Endings,
    reductions: Endings,
    counts: Endings,
    ranks: Vec<String>,
}

impl<'a> Directions<'a> {
    /// The built-in words with those of `config`, folded by `names`.
    pub fn new(config: &Config, names: &'a Names) -> Self {
        let own = config.lower_is_better.iter().map(String::as_str);
        let fold = |word: &str| names.key(word).as_str().to_owned();
        Self {
            names,
            words: Endings::new(defaults::LOWER_IS_BETTER.iter().copied().chain(own).map(fold)),
            reductions: Endings::new(defaults::REDUCTIONS.iter().copied().map(fold)),
            counts: Endings::new(defaults::COUNTING_WORDS.iter().copied().map(fold)),
            ranks: defaults::RANKS.iter().copied().map(fold).collect(),
        }
    }

    /// Which way the KPI of this name, folded to `key`, is better.
    pub fn of(&self, kpi: &str, key: &NameKey) -> Direction {
        let remark = kpi.rfind(['(', '（', '[']).filter(|&at| at > 0 && kpi.ends_with([')', '）', ']']));
        let without_remark = remark.map(|at| self.names.key(&kpi[..at]));
        let key = without_remark.as_ref().unwrap_or(key).as_str();
        let mut name = self.reductions.without(key).unwrap_or(key);
        loop {
            if self.words.first_of(name).is_some() {
                return Direction::Down;
            }
            match self.counts.without(name) {
                Some(shorter) => name = shorter,
                None => return Direction::Up,
            }
        }
    }

    /// Whether a unit counts places in a ranking.
    pub fn is_rank(&self, unit: &str) -> bool {
        self.ranks.contains(&plain_key(unit))
    }
}

/// Words by their last letter, so that a name is compared with the few that it may end in.
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

    /// The first word that `name` ends in.
    fn first_of(&self, name: &str) -> Option<&str> {
        let words = self.0.get(&name.chars().next_back()?)?;
        words.iter().map(String::as_str).find(|word| name.ends_with(word))
    }

    /// `name` without the first word it ends in; `None` where it ends in none or nothing would be left.
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
        let directions = Directions::new(&config, &names);
        for (kpi, direction) in [
            ("교통사고 사망자 수", Direction::Down),
            ("재난사고 발생건수", Direction::Down),
            ("식품수거검사 부적합율", Direction::Down),
            ("지하철 건설부채 규모", Direction::Down),
            ("계약심사 처리기간 단축", Direction::Down),
            ("미세먼지 오염도", Direction::Down),
            ("공기질(미세먼지) 수준", Direction::Down),
            ("컨벤션 개최순위(건수)", Direction::Down),
            ("금융경쟁력 지수(순위)", Direction::Up),
            ("누수량", Direction::Down),
            ("Traffic deaths", Direction::Down),
            ("Complaint rate", Direction::Down),
            ("Number of complaints", Direction::Down),
            ("민원사무 처리기간 단축율", Direction::Up),
            ("민원 만족도", Direction::Up),
            ("고충민원 조정·중재 건수", Direction::Up),
            ("안전사고 예방 교육 횟수", Direction::Up),
            ("오염물질 검사 실적", Direction::Up),
            ("수", Direction::Up),
            ("", Direction::Up),
        ] {
            assert_eq!(directions.of(kpi, &names.key(kpi)), direction, "{kpi}");
        }
    }
}
