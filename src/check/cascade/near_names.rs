//! 시 전체의 전략목표나 지표, 또는 부서의 지표 가운데 이름이 아주 비슷한 것이 있습니다. 같은 것이라면 따로 세어지고 연계에서 빠지므로 기획
//! 부서에 묻습니다. 부서의 통합 문서에는 적지 않습니다.
//!
//! 예: "신성장 동력산업 육성"과 "신성장 동력산업의 육성", "다둥이 행복카드"와 "다동이 행복카드".
//!
//! 고치는 법: 같은 것이면 planbook.toml의 `[spellings]`에 적으십시오. 다른 것이면 `except`에 이름을 적으면 더는 묻지 않습니다. `tolerance`는 쓰지
//! 않습니다.
//!
//! ---
//! Two objectives or KPIs of the city, or KPIs of departments, have almost the same name. If they are the
//! same, they are wrongly counted separately and not linked, so the planning office is asked; departments'
//! workbooks do not mention it.
//!
//! Example: "Promote growth industries" and "Promote growth industry".
//!
//! To resolve it: if they are the same, say so under `[spellings]` in planbook.toml. If not, name one in
//! `except`, and the question is not repeated. `tolerance` is not used.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::{City, Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::{Field, PlanId};
use crate::source::Place;
use crate::text::NameKey;

static NEAR: Wording = Wording {
    ko: "{kind_ko} {usual}({count}곳), {other}({others}곳): 이름이 거의 같습니다. 같은 것입니까?",
    en: "{kind_en} {usual} ({count} plans) and {other} ({others} plans) have almost the same name: are they one?",
};
static PASTE: Wording = Wording {
    ko: "같은 것이면 planbook.toml에 적으십시오. 붙여 넣을 내용:\n[spellings]\n{line}",
    en: "if they are one, say so in planbook.toml; lines to paste:\n[spellings]\n{line}",
};

/// Shorter names that differ by a letter mean different things.
const SHORTEST: usize = 5;
/// Letters that distinguish names on purpose.
const OPPOSITES: [&str; 24] = [
    "내외",
    "남녀",
    "상하",
    "전후",
    "대소",
    "신구",
    "유무",
    "동서남북",
    "시군구국",
    "좌우",
    "매입출",
    "증감",
    "장단",
    "고저중",
    "초중고",
    "일이삼사",
    "가나다라마바사아자차카타파하",
    "실국과",
    "부미불비무",
    "갑을병정",
    "종횡",
    "공사",
    "주부",
    "수전",
];

/// A name and where it is used.
struct UsedName<'c> {
    text: &'c Arc<str>,
    plans: BTreeSet<PlanId>,
    row: RowId,
    unit: &'c NameKey,
}

/// A name of a row, as written and as compared.
type NameOf = fn(&City, RowId) -> (&Arc<str>, &NameKey);

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let kinds: [(&str, &str, Field, NameOf); 3] = [
        ("인용한 전략목표", "the cited objectives", Field::ParentObjective, |city, row| {
            (&city.row(row).parent_objective.text, &city.row_keys(row).parent_objective)
        }),
        ("인용한 지표", "the cited KPIs", Field::ParentKpi, |city, row| {
            (&city.row(row).parent_kpi.text, &city.row_keys(row).parent_kpi)
        }),
        ("지표", "the KPIs", Field::Kpi, |city, row| (&city.row(row).kpi.text, &city.row_keys(row).kpi)),
    ];
    let mut told: BTreeSet<(NameKey, NameKey)> = BTreeSet::new();
    for (ko, en, field, name) in kinds {
        let used = used(city, field, name);
        for (one, other) in near_pairs(&used) {
            if told.insert((one.clone(), other.clone())) {
                file(report, (ko, en, field), &used[one], &used[other], (one, other));
            }
        }
    }
}

fn used<'c>(city: &'c City, field: Field, name: NameOf) -> BTreeMap<&'c NameKey, UsedName<'c>> {
    let mut used: BTreeMap<&NameKey, UsedName<'_>> = BTreeMap::new();
    for row in city.rows() {
        let (text, key) = name(city, row);
        if key.is_empty() {
            continue;
        }
        let unit = &city.row_keys(row).unit;
        let entry = used.entry(key).or_insert_with(|| UsedName { text, plans: BTreeSet::new(), row, unit });
        entry.plans.insert(row.plan);
        // A cited name has no unit.
        if field != Field::Kpi {
            entry.unit = &city.row_keys(entry.row).unit;
        }
    }
    used
}

/// Pairs of names that differ by one letter or by word order. Names that one plan has both of are different
/// things, and so are KPIs with different units.
fn near_pairs<'c>(used: &BTreeMap<&'c NameKey, UsedName<'c>>) -> Vec<(&'c NameKey, &'c NameKey)> {
    let mut by_shape: BTreeMap<String, Vec<&'c NameKey>> = BTreeMap::new();
    for &key in used.keys() {
        let letters: Vec<char> = key.as_str().chars().collect();
        if letters.len() < SHORTEST {
            continue;
        }
        // Two names that differ by a letter are equal once that letter is removed.
        by_shape.entry(key.as_str().to_owned()).or_default().push(key);
        for at in 0..letters.len() {
            let shape: String = letters[..at].iter().chain(&letters[at + 1..]).collect();
            by_shape.entry(shape).or_default().push(key);
        }
        let mut sorted = letters;
        sorted.sort_unstable();
        by_shape.entry(format!("\u{1}{}", sorted.iter().collect::<String>())).or_default().push(key);
    }
    let mut pairs = BTreeSet::new();
    for keys in by_shape.values().filter(|keys| keys.len() < 20) {
        for (at, &one) in keys.iter().enumerate() {
            for &other in &keys[at + 1..] {
                let (one, other) = (one.min(other), one.max(other));
                if one != other
                    && may_be_one(one.as_str(), other.as_str())
                    && !are_in_one_plan(&used[one], &used[other])
                {
                    pairs.insert((one, other));
                }
            }
        }
    }
    pairs.into_iter().collect()
}

fn are_in_one_plan(one: &UsedName<'_>, other: &UsedName<'_>) -> bool {
    !one.plans.is_disjoint(&other.plans)
}

/// Whether two names may be the same: they do not differ in digits, single letters or opposites.
fn may_be_one(one: &str, other: &str) -> bool {
    let differing = |a: &str, b: &str| -> Vec<char> {
        let mut rest: Vec<char> = b.chars().collect();
        a.chars()
            .filter(|c| match rest.iter().position(|other| other == c) {
                Some(at) => {
                    rest.swap_remove(at);
                    false
                }
                None => true,
            })
            .collect()
    };
    let (mine, theirs) = (differing(one, other), differing(other, one));
    let tells = |c: &char| c.is_ascii_digit() || ('Ⅰ'..='ⅿ').contains(c) || "미불비무".contains(*c);
    let opposite = mine
        .iter()
        .zip(&theirs)
        .any(|(a, b)| OPPOSITES.iter().any(|letters| letters.contains(*a) && letters.contains(*b)));
    let is_short = one.is_ascii() && one.len().min(other.len()) < 12;
    !mine.iter().chain(&theirs).any(tells) && !opposite && !is_short
}

fn file(
    report: &mut Report<'_>,
    (ko, en, field): (&str, &str, Field),
    one: &UsedName<'_>,
    other: &UsedName<'_>,
    keys: (&NameKey, &NameKey),
) {
    let (usual, odd) = if other.plans.len() > one.plans.len() { (other, one) } else { (one, other) };
    let message = NEAR.with([
        ("kind_ko", ko.to_owned()),
        ("kind_en", en.to_owned()),
        ("usual", quoted(usual.text)),
        ("count", usual.plans.len().to_string()),
        ("other", quoted(odd.text)),
        ("others", odd.plans.len().to_string()),
    ]);
    let string = |text: &str| toml::Value::from(text).to_string();
    let line = format!("{} = {}", string(odd.text), string(usual.text));
    report
        .file(Code::L206, message, Place::file(&Arc::from("planbook.toml")))
        .about(keys.0)
        .identified_by(keys.1.as_str())
        .hint(PASTE.with([("line", line)]))
        .related(odd.row, field)
        .related(usual.row, field)
        .file();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{config, findings, plan, told};

    fn citing(objectives: &[&str], config: &Config) -> Vec<String> {
        let plans = objectives.iter().enumerate().map(|(number, objective)| {
            plan(&format!("{number}국"), "가나시").row(&format!(
                "관점 | {objective} | 시정 만족도 | 1 | 목표 | 지표{number} | 1 | 2 | 3 | 4 | 건 | 100 | "
            ))
        });
        findings(Code::L206, plans, config).iter().map(told).collect()
    }

    #[test]
    fn objectives_that_differ_by_a_syllable_or_the_order_of_words_are_a_question_with_a_line_to_paste() {
        let found = citing(
            &["물 재이용 산업 육성", "물 재이용 산업의 육성", "물 재이용 산업 육성"],
            &Config::default(),
        );
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("\"물 재이용 산업의 육성\" = \"물 재이용 산업 육성\""), "{}", found[0]);
        assert_eq!(citing(&["위험관리 역량강화", "위험역량 관리강화"], &Config::default()).len(), 1);
        assert_eq!(citing(&["고품질 교통서비스", "고품격 교통서비스"], &Config::default()).len(), 1);
    }

    #[test]
    fn what_tells_names_apart_on_purpose_is_not_asked() {
        for pair in [
            ["1단계 사업 추진", "2단계 사업 추진"],
            ["국내 관광객 유치", "국외 관광객 유치"],
            ["상반기 사업 실적", "하반기 사업 실적"],
            ["재활용 처리율", "미재활용 처리율"],
            ["환경", "환영"],
        ] {
            assert!(citing(&pair, &Config::default()).is_empty(), "{pair:?}");
        }
        let toml = config("[spellings]\n\"물 재이용 산업의 육성\" = \"물 재이용 산업 육성\"");
        assert!(citing(&["물 재이용 산업 육성", "물 재이용 산업의 육성"], &toml).is_empty());
    }
}
