//! The built-in words of headings, Korean and English. A city's own words go into `[labels]` of planbook.toml.

pub(super) const PERSPECTIVE: &[&str] = &["관점", "perspective"];
pub(super) const GOAL: &[&str] = &[
    "전략목표",
    "성과목표",
    "전략과제",
    "추진목표",
    "strategic objective",
    "strategic goal",
    "objective",
    "goal",
    "objectives",
    "goals",
];
pub(super) const KPI: &[&str] = &[
    "핵심성과지표",
    "성과지표",
    "핵심지표",
    "지표명",
    "성과지표명",
    "지표",
    "kpi",
    "kpis",
    "key performance indicator",
    "indicator",
    "performance indicator",
    "measure",
    "performance measure",
];
pub(super) const TARGET: &[&str] = &["목표치", "목표", "목표값", "target", "targets", "plan"];
pub(super) const ACTUAL: &[&str] = &["실적치", "실적", "실적값", "actual", "actuals", "result", "results"];
pub(super) const UNIT: &[&str] = &["단위", "unit", "units", "uom", "unit of measure"];
pub(super) const WEIGHT: &[&str] = &["비중", "가중치", "배점", "weight", "weights", "weighting"];
pub(super) const CODE: &[&str] = &[
    "주요사업 코드번호",
    "주요사업 코드",
    "주요사업",
    "사업코드",
    "코드번호",
    "코드",
    "비고",
    "initiative",
    "initiatives",
    "initiative code",
    "code",
    "codes",
    "remarks",
];
pub(super) const PARENT: &[&str] = &[
    "상위",
    "상위기관",
    "상위조직",
    "상위부서",
    "상위계획",
    "상급기관",
    "parent",
    "cascaded from",
    "corporate",
];
/// Words over a group of columns that name no organisation.
pub(super) const GENERIC: &[&str] = &[
    "상위",
    "상위계획",
    "상위목표",
    "상위기관",
    "상위조직",
    "자체",
    "자체계획",
    "자체목표",
    "부서",
    "부서계획",
    "본부서",
    "우리부서",
    "parent",
    "own",
    "department",
];
pub(super) const TITLE: &[&str] = &[
    "균형성과계획",
    "직무성과계획",
    "성과관리계획",
    "성과계획",
    "balanced scorecard",
    "performance plan",
    "scorecard",
];
pub(super) const TOTAL: &[&str] = &["계", "합계", "총계", "소계", "total", "sum", "subtotal", "grand total"];
pub(super) const FOOTNOTE: &[&str] = &["기타주요사업", "기타 사업", "other initiatives"];
