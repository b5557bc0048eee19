//! The index of initiative codes: by prefix, then by number.

use std::collections::{BTreeMap, BTreeSet};

use super::super::labels;
use super::super::pages::Chunk;
use super::super::scope::Selection;
use super::PartInput;
use super::index::{Index, IndexEntry, IndexGroup};
use crate::consolidate::{City, RowId};
use crate::finding::Lang;
use crate::plan::{Initiatives, PlanId};

const COLUMNS: usize = 5;

/// A series of codes, listed under one heading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Series<'c> {
    /// Codes with the same prefix.
    Prefix(&'c str),
    /// Numbers without a prefix, which belong to one organisation; identified by its plan.
    Own(PlanId),
}

/// A code's number, or a word in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum CodeNumber<'c> {
    Figure(u64),
    Word(&'c str),
}

/// A place that names a code.
#[derive(Clone, Debug)]
struct Use<'c> {
    plan: PlanId,
    label: String,
    /// Whether the use is below the table, not beside a KPI.
    other: bool,
    name: Option<&'c str>,
}

/// Uses by series and number; beside each number is the code as printed.
type CodeUses<'c> = BTreeMap<Series<'c>, BTreeMap<(CodeNumber<'c>, &'c str), Vec<Use<'c>>>>;

/// The index of the initiative codes in the book of `selection`.
pub(in super::super) fn code_index(input: &PartInput<'_>, selection: &Selection, plans: &[Chunk]) -> Index {
    let lang = input.lang;
    let groups = groups(input.city, selection, lang);
    let references = groups.iter().flat_map(|group| &group.entries).flat_map(|entry| &entry.references);
    let remark = match references.into_iter().any(|reference| reference.mark) {
        true => lang.pick(
            "※ 표 아래 기타 주요사업에 적힌 것",
            "※ named below the table, among the other initiatives",
        ),
        false => "",
    };
    let title = lang.pick("주요사업 코드 찾아보기", "Index of initiative codes");
    Index::new(input, ("code-index", title, remark), COLUMNS, groups, plans)
}

/// Groups the codes by prefix.
fn groups(city: &City, selection: &Selection, lang: Lang) -> Vec<IndexGroup> {
    let issuers = issuers(city);
    let codes = gather(city, selection.plans.iter().map(|&(plan, _)| plan));
    codes
        .into_iter()
        .map(|(series, numbers)| {
            let (head, note) = match series {
                Series::Prefix(prefix) => {
                    let issuer = issuers.get(prefix).map_or("", |&plan| &city.plans[plan].org);
                    (prefix, issuer.to_owned())
                }
                Series::Own(plan) => (
                    &*city.plans[plan].org,
                    lang.pick("앞글자 없는 번호", "numbers without a prefix").to_owned(),
                ),
            };
            let entries = numbers.into_iter().map(|((_, code), uses)| {
                let name = uses.iter().find_map(|code| code.name);
                let text = name.map_or_else(|| code.to_owned(), |name| format!("{code} {name}"));
                IndexEntry::new(
                    &text,
                    uses.into_iter().map(|it| (&*city.plans[it.plan].org, it.label, it.other)),
                )
            });
            IndexGroup { head: head.to_owned(), note, entries: entries.collect() }
        })
        .collect()
}

/// Returns every use of a code in `plans`, in their order.
fn gather(city: &City, plans: impl Iterator<Item = PlanId>) -> CodeUses<'_> {
    let mut codes = CodeUses::new();
    for index in plans {
        let plan = &city.plans[index];
        let in_table =
            plan.rows.iter().enumerate().map(|(row, indicator)| {
                (&indicator.initiatives, labels::row(RowId { plan: index, row }), false)
            });
        let below = plan.footnotes.iter().map(|note| (&note.initiatives, labels::notes(index), true));
        for (initiatives, label, other) in in_table.chain(below) {
            for code in &initiatives.codes {
                let (series, number) = match code.rsplit_once('-') {
                    Some((prefix, number)) => (Series::Prefix(prefix), number),
                    None => (Series::Own(index), &**code),
                };
                let number = number.parse().map_or(CodeNumber::Word(number), CodeNumber::Figure);
                let uses = codes.entry(series).or_default().entry((number, code)).or_default();
                uses.push(Use { plan: index, label: label.clone(), other, name: name(initiatives) });
            }
        }
    }
    codes
}

/// Returns the initiative's name, if it clearly belongs to one code.
fn name(initiatives: &Initiatives) -> Option<&str> {
    initiatives.name.as_deref().filter(|_| initiatives.codes.len() == 1)
}

/// Returns the probable bureau of each prefix: the one that, with its offices, uses most of its numbers.
fn issuers(city: &City) -> BTreeMap<&str, PlanId> {
    let mut numbers: BTreeMap<&str, BTreeMap<PlanId, BTreeSet<CodeNumber<'_>>>> = BTreeMap::new();
    for (series, codes) in gather(city, city.plan_ids()) {
        let Series::Prefix(prefix) = series else { continue };
        for ((number, _), uses) in codes {
            for code in uses {
                let bureau = city.ancestors(code.plan).last().copied().unwrap_or(code.plan);
                numbers.entry(prefix).or_default().entry(bureau).or_default().insert(number);
            }
        }
    }
    let most = |bureaus: BTreeMap<PlanId, BTreeSet<CodeNumber<'_>>>| {
        // `max_by_key` keeps the last of equals, hence the reversal.
        bureaus.into_iter().rev().max_by_key(|(_, numbers)| numbers.len()).map(|(bureau, _)| bureau)
    };
    numbers.into_iter().filter_map(|(prefix, bureaus)| Some((prefix, most(bureaus)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{BookSettings, Config};
    use crate::testing::{city, plan};
    use crate::write::book::Scope;

    fn row(kpi: &str, code: &str) -> String {
        format!("관점 (100) | 시의 목표 | 시 지표 | 1 | 목표 | {kpi} | 1 | 2 | 3 | 4 | 건 | 20 | {code}")
    }

    fn indexed(city: &City) -> Vec<IndexGroup> {
        groups(city, &Selection::new(&Scope::City, city, &BookSettings::default()).unwrap(), Lang::Ko)
    }

    fn entries(group: &IndexGroup) -> Vec<&str> {
        group.entries.iter().map(|entry| &*entry.name).collect()
    }

    #[test]
    fn codes_stand_by_number_under_the_bureau_that_issues_them() {
        let plans = [
            plan("도로과", "교통국").row(&row("도로", "교통-10")).row(&row("보도", "교통-2")),
            plan("교통국", "가나시").row(&row("버스", "교통-9, 환경-1")),
            plan("환경국", "가나시").row(&row("하천", "환경-1")).row(&row("공기", "환경-2")),
        ];
        let index = indexed(&city(plans, &Config::default()));
        let [traffic, air] = &index[..] else { panic!("two prefixes") };
        assert_eq!((&*traffic.head, &*traffic.note), ("교통", "교통국"));
        assert_eq!(entries(traffic), ["교통-2", "교통-9", "교통-10"]);
        assert_eq!(air.note, "환경국");
        let orgs: Vec<&str> = air.entries[0].references.iter().map(|it| &*it.org).collect();
        assert_eq!(orgs, ["교통국", "환경국"]);
    }

    #[test]
    fn numbers_without_a_prefix_are_the_organisations_own() {
        let plans = [plan("대변인", "가나시")
            .row(&row("보도", "1. 창의서울포럼 운영"))
            .footnote("※ 기타주요사업 : 감사-5")];
        let index = indexed(&city(plans, &Config::default()));
        let [prefix, own] = &index[..] else { panic!("two series") };
        assert_eq!((&*own.head, entries(own)), ("대변인", vec!["1 창의서울포럼 운영"]));
        let reference = &prefix.entries[0].references[0];
        assert_eq!((&*reference.labels[0], reference.mark), ("notes-1", true));
    }
}
