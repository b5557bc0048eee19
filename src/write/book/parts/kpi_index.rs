//! The index of KPIs: 가나다, then Latin, then figures and signs.

use std::collections::BTreeMap;

use super::super::labels;
use super::super::pages::Chunk;
use super::super::scope::Selection;
use super::PartInput;
use super::index::{Index, IndexEntry, IndexGroup};
use crate::consolidate::{City, RowId};
use crate::finding::Lang;
use crate::text::NameKey;
use crate::text::names::plain_key;

const COLUMNS: usize = 4;

/// The index of the KPIs in the book of `selection`. KPIs whose names the city folds into one share an entry,
/// under the name that planbook.toml gives or else the most common spelling.
pub(in super::super) fn kpi_index(input: &PartInput<'_>, selection: &Selection, plans: &[Chunk]) -> Index {
    let title = input.lang.pick("성과지표 찾아보기", "Index of KPIs");
    Index::new(input, ("kpi-index", title, ""), COLUMNS, groups(input.city, selection, input.lang), plans)
}

/// Groups the KPIs by first letter.
fn groups(city: &City, selection: &Selection, lang: Lang) -> Vec<IndexGroup> {
    let mut by_key: BTreeMap<&NameKey, Vec<RowId>> = BTreeMap::new();
    for &(plan, _) in &selection.plans {
        for (row, keys) in
            city.nodes[plan].row_keys.iter().enumerate().filter(|(_, keys)| !keys.kpi.is_empty())
        {
            by_key.entry(&keys.kpi).or_default().push(RowId { plan, row });
        }
    }
    let mut kpis: Vec<(Initial, String, &str, Vec<RowId>)> = by_key
        .into_iter()
        .map(|(key, rows)| {
            let name = city.names.declared(key).map_or_else(|| commonest(city, &rows), |name| &**name);
            let key = plain_key(name);
            (Initial::of(&key), key, name, rows)
        })
        .collect();
    kpis.sort();
    kpis.chunk_by(|(a, ..), (b, ..)| a == b)
        .map(|chunk| IndexGroup {
            head: chunk.first().map(|(initial, ..)| initial.head(lang)).unwrap_or_default(),
            note: String::new(),
            entries: chunk
                .iter()
                .map(|(_, _, name, rows)| {
                    IndexEntry::new(name, rows.iter().map(|&row| (&**city.org(row), labels::row(row), false)))
                })
                .collect(),
        })
        .collect()
}

/// Returns the spelling that most of `rows` use; the first in a tie.
fn commonest<'c>(city: &'c City, rows: &[RowId]) -> &'c str {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let names = || rows.iter().map(|&row| &*city.row(row).kpi.text);
    for name in names() {
        *uses.entry(name).or_default() += 1;
    }
    // `max_by_key` keeps the last of equals, hence the reversal.
    names().rev().max_by_key(|name| uses[name]).unwrap_or_default()
}

/// The heading that a name is listed under, in the order of the headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Initial {
    /// The first consonant of a Hangul syllable, as an index into [`CONSONANTS`].
    Hangul(usize),
    /// Another letter, in upper case.
    Letter(char),
    /// A digit or a sign.
    Other,
}

/// The nineteen initial consonants in Unicode's order. Doubled ones are listed under the single one.
const CONSONANTS: [char; 19] = [
    'ㄱ', 'ㄱ', 'ㄴ', 'ㄷ', 'ㄷ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅂ', 'ㅅ', 'ㅅ', 'ㅇ', 'ㅈ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ',
    'ㅍ', 'ㅎ',
];
/// The number of syllables that begin with the same consonant.
const PER_CONSONANT: u32 = 588;

impl Initial {
    /// Returns the heading that a folded name is listed under.
    fn of(key: &str) -> Self {
        match key.chars().next() {
            Some(c @ '가'..='힣') => {
                let consonant = ((u32::from(c) - u32::from('가')) / PER_CONSONANT) as usize;
                let listed = CONSONANTS.iter().position(|&other| other == CONSONANTS[consonant]);
                Self::Hangul(listed.unwrap_or(consonant))
            }
            Some(c) if c.is_alphabetic() => Self::Letter(c.to_uppercase().next().unwrap_or(c)),
            _ => Self::Other,
        }
    }

    fn head(self, lang: Lang) -> String {
        match self {
            Self::Hangul(consonant) => CONSONANTS[consonant].to_string(),
            Self::Letter(letter) => letter.to_string(),
            Self::Other => lang.pick("숫자·기호", "Figures and signs").to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{BookSettings, Config};
    use crate::testing::{city, config, plan};
    use crate::write::book::Scope;

    fn row(kpi: &str) -> String {
        format!("관점 (100) | 시의 목표 | 시 지표 | 1 | 목표 | {kpi} | 1 | 2 | 3 | 4 | 건 | 20 | ")
    }

    fn indexed(city: &City, scope: &Scope) -> Vec<IndexGroup> {
        groups(city, &Selection::new(scope, city, &BookSettings::default()).unwrap(), Lang::Ko)
    }

    fn heads(index: &[IndexGroup]) -> Vec<(&str, Vec<String>)> {
        let names = |group: &IndexGroup| group.entries.iter().map(|entry| entry.name.clone()).collect();
        index.iter().map(|group| (&*group.head, names(group))).collect()
    }

    #[test]
    fn kpis_stand_in_the_order_of_a_korean_dictionary() {
        let names = [
            "UN 순위",
            "하천 수질",
            "1인당 교육시간",
            "꽃길 조성",
            "가로수",
            "까치 서식지",
            "기부금",
            "bsc 점수",
        ];
        let plans = names.iter().fold(plan("교통국", "가나시"), |plan, name| plan.row(&row(name)));
        let index = indexed(&city([plans], &Config::default()), &Scope::City);
        let expected = [
            ("ㄱ", vec!["가로수", "기부금", "까치 서식지", "꽃길 조성"]),
            ("ㅎ", vec!["하천 수질"]),
            ("B", vec!["bsc 점수"]),
            ("U", vec!["UN 순위"]),
            ("숫자·기호", vec!["1인당 교육시간"]),
        ];
        let expected = expected.map(|(head, names)| (head, names.into_iter().map(str::to_owned).collect()));
        assert_eq!(heads(&index), expected);
    }

    #[test]
    fn spellings_of_one_kpi_are_one_entry_with_every_row() {
        let plans = [
            plan("교통국", "가나시").row(&row("예산집행율")).row(&row("예산 집행률")),
            plan("환경국", "가나시").row(&row("예산 집행률")).row(&row("")),
        ];
        let index = indexed(&city(plans, &Config::default()), &Scope::City);
        assert_eq!(heads(&index), [("ㅇ", vec!["예산 집행률".to_owned()])]);
        let references = &index[0].entries[0].references;
        assert_eq!(references[0].labels, ["kpi-1-0", "kpi-1-1"]);
        assert_eq!(references[1].labels, ["kpi-2-0"]);
    }

    #[test]
    fn the_index_named_a_kpi_by_a_spelling_that_planbook_toml_corrects() {
        let plans =
            [plan("교통국", "가나시").row(&row("집행도")).row(&row("집행도")).row(&row("예산집행 률"))];
        let config = config("[spellings]\n\"집행도\" = \"예산 집행률\"");
        assert_eq!(
            heads(&indexed(&city(plans, &config), &Scope::City)),
            [("ㅇ", vec!["예산 집행률".to_owned()])]
        );
    }

    #[test]
    fn a_booklets_index_leads_only_into_the_booklet() {
        let plans = [
            plan("교통국", "가나시").row(&row("버스")),
            plan("환경국", "가나시").row(&row("버스")).row(&row("하천")),
        ];
        let index = indexed(&city(plans, &Config::default()), &Scope::Bureau("교통국".to_owned()));
        assert_eq!(heads(&index), [("ㅂ", vec!["버스".to_owned()])]);
        assert_eq!(index[0].entries[0].references.len(), 1);
    }
}
