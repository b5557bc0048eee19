//! Built-in defaults that planbook.toml can replace: common KPIs, spellings of letters and units.

use std::collections::BTreeMap;

use super::config::{CommonKpi, RollUp};

/// Letters folded anywhere in a name: 율 and 률 are one word after different sounds.
pub(super) fn letters() -> Vec<(String, String)> {
    vec![("율".into(), "률".into())]
}

/// Spellings of units that mean the same.
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
    ]
    .map(|(a, b)| (a.to_owned(), b.to_owned()))
    .to_vec()
}

/// KPIs that every organisation measures for itself.
pub(super) fn common_kpis() -> BTreeMap<String, CommonKpi> {
    let kpi = |spellings: &[&str], rollup: RollUp, required: bool| CommonKpi {
        spellings: spellings.iter().map(|&s| s.to_owned()).collect(),
        rollup,
        required,
        ..CommonKpi::default()
    };
    BTreeMap::from([
        ("예산집행률".to_owned(), kpi(&[], RollUp::Compare, true)),
        (
            "창의아이디어 제안 건수".to_owned(),
            kpi(&["창의아이디어 제안 및 실행건수", "창의아이디어 제안"], RollUp::Sum, false),
        ),
        ("업무의 창의적 개선 건수".to_owned(), kpi(&["업무의 창의적 개선"], RollUp::Sum, false)),
        ("1인당 교육시간".to_owned(), kpi(&["1인당 직무관련 교육시간"], RollUp::Compare, true)),
        ("리스크관리 역량".to_owned(), kpi(&[], RollUp::Compare, false)),
        (
            "위기관리 매뉴얼 완성도".to_owned(),
            kpi(&["위험관리 매뉴얼 완성도", "리스크관리 매뉴얼 완성도"], RollUp::Compare, false),
        ),
        ("공무원 청렴도".to_owned(), kpi(&["공무원 청렴지수"], RollUp::Compare, false)),
    ])
}
