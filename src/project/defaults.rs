//! Built-in defaults that planbook.toml can replace: common KPIs, spellings of letters and units.

use std::collections::BTreeMap;

use super::common::{CommonKpi, RollUpRule};

/// Letters treated as equal anywhere in a name: 율 and 률 are one word after different sounds.
pub(super) fn letters() -> Vec<(String, String)> {
    vec![("율".into(), "률".into())]
}

/// Spellings of units with the same meaning.
pub(super) fn units() -> Vec<(String, String)> {
    [
        ("건수", "건"),
        ("회수", "회"),
        ("횟수", "회"),
        ("개수", "개"),
        ("대수", "대"),
        ("점수", "점"),
        ("시간/인", "시간"),
        ("시간/명", "시간"),
        ("퍼센트", "%"),
        ("％", "%"),
        ("m³", "㎥"),
        ("m²", "㎡"),
        ("m2", "㎡"),
        ("m3", "㎥"),
        ("percent", "%"),
        ("points", "점"),
        ("point", "점"),
    ]
    .map(|(a, b)| (a.to_owned(), b.to_owned()))
    .to_vec()
}

/// Words at the end of a KPI's name that make lower values better. See [`super::Polarities`].
pub(super) const LOWER_IS_BETTER: &[&str] = &[
    "사망",
    "사망자",
    "사상자",
    "부상자",
    "사고",
    "사고발생",
    "재해",
    "화재",
    "범죄",
    "피해",
    "부채",
    "채무",
    "체납",
    "격차",
    "오염",
    "미세먼지",
    "소음",
    "악취",
    "배출량",
    "불만",
    "불편",
    "민원",
    "지적",
    "부적합",
    "불량",
    "오류",
    "고장",
    "결함",
    "중단",
    "차질",
    "지연",
    "위반",
    "실업",
    "이직",
    "결식",
    "순위",
    "처리기간",
    "처리시간",
    "대기기간",
    "대기시간",
    "소요기간",
    "소요시간",
    "소요",
    "출동시간",
    "deaths",
    "fatalities",
    "injuries",
    "accidents",
    "incidents",
    "crimes",
    "complaint",
    "complaints",
    "errors",
    "defects",
    "failures",
    "delays",
    "violations",
    "pollution",
    "emissions",
    "noise",
    "debt",
    "arrears",
    "unemployment",
    "turnover",
    "rank",
    "ranking",
    "waiting time",
    "response time",
    "processing time",
];

/// Words that may follow such a word while the values still measure what it names.
pub(super) const REDUCTIONS: &[&str] = &["감소", "감축", "단축", "줄이기", "최소화"];

/// Words of what is counted: if a word of reduction follows, the values are the remaining count.
pub(super) const COUNTED: &[&str] = &[
    "건수",
    "인원수",
    "자수",
    "일수",
    "횟수",
    "회수",
    "기간",
    "시간",
    "비율",
    "률",
    "농도",
    "cases",
    "time",
    "rate",
];

/// Syllables that negate the word they begin.
pub(super) const TURNING_SYLLABLES: &[&str] = &["무", "비", "미", "불", "탈", "non"];

/// Words that negate the next word.
pub(super) const TURNING_WORDS: &[&str] = &["without", "no", "non", "zero", "무", "비", "미"];

/// Counting words that may follow such a word; of two with the same ending, the longer comes first.
pub(super) const COUNTING_WORDS: &[&str] = &[
    "건수",
    "인원수",
    "일수",
    "수",
    "인원",
    "발생",
    "비율",
    "률",
    "규모",
    "수준",
    "정도",
    "농도",
    "도",
    "금액",
    "액",
    "rate",
    "ratio",
    "cases",
    "count",
    "number",
    "level",
    "amount",
];

/// What each organisation measures among its own people or clients, if a KPI's name contains it.
pub(crate) const MEASURED_BY_EACH: &[&str] = &[
    "청렴도",
    "청렴지수",
    "청렴수준",
    "고객만족도",
    "고객 만족도",
    "민원만족도",
    "민원인 만족도",
    "이용자 만족도",
    "이용객 만족도",
    "직원만족도",
    "직원 만족도",
    "내부만족도",
    "내부고객",
    "친절도",
    "조직문화",
    "integrity",
    "customer satisfaction",
    "client satisfaction",
    "user satisfaction",
    "employee satisfaction",
    "staff satisfaction",
    "employee engagement",
];

/// Units that count positions in a ranking.
pub(super) const RANKS: &[&str] = &["위", "순위", "rank"];

/// KPIs that every organisation measures for itself.
pub(super) fn common_kpis() -> BTreeMap<String, CommonKpi> {
    let kpi = |spellings: &[&str], rollup: RollUpRule| CommonKpi {
        spellings: spellings.iter().map(|&s| s.to_owned()).collect(),
        rollup,
        ..CommonKpi::default()
    };
    BTreeMap::from([
        ("예산집행률".to_owned(), kpi(&[], RollUpRule::Compare)),
        (
            "창의아이디어 제안 건수".to_owned(),
            kpi(&["창의아이디어 제안 및 실행건수", "창의아이디어 제안"], RollUpRule::Sum),
        ),
        ("업무의 창의적 개선 건수".to_owned(), kpi(&["업무의 창의적 개선"], RollUpRule::Sum)),
        ("1인당 교육시간".to_owned(), kpi(&["1인당 직무관련 교육시간"], RollUpRule::Compare)),
        ("리스크관리 역량".to_owned(), kpi(&[], RollUpRule::Compare)),
        (
            "위기관리 매뉴얼 완성도".to_owned(),
            kpi(&["위험관리 매뉴얼 완성도", "리스크관리 매뉴얼 완성도"], RollUpRule::Compare),
        ),
        ("공무원 청렴도".to_owned(), kpi(&["공무원 청렴지수"], RollUpRule::Compare)),
    ])
}
