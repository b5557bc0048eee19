//! Headings, titles and totals as departments write them.

use super::*;

fn words() -> Vocabulary {
    Vocabulary::new(&Labels::default())
}

#[test]
fn headings_as_departments_write_them() {
    let words = words();
    let role = |text| words.label(text).and_then(|label| label.role);
    assert_eq!(role("실 적 치"), Some(Role::Actual));
    assert_eq!(role("전략\n목표"), Some(Role::Column(Field::Objective)));
    assert_eq!(role("성 과 목 표"), Some(Role::Column(Field::Objective)));
    assert_eq!(role("주요사업(Initiative)"), Some(Role::Column(Field::Code)));
    assert_eq!(role("비중(%)"), Some(Role::Column(Field::Weight)));
    assert_eq!(role("Weight (%)"), Some(Role::Column(Field::Weight)));
    assert_eq!(role("서울시"), None);
    assert_eq!(words.label("2009년"), Some(Label { year: Some(2009), ..Label::default() }));
    assert_eq!(
        words.label("2009년 목표치"),
        Some(Label { role: Some(Role::Target), year: Some(2009), ..Label::default() })
    );
    assert_eq!(
        words.label("FY2026 Target").map(|l| (l.role, l.year)),
        Some((Some(Role::Target), Some(2026)))
    );
    assert_eq!(words.label("’08년 실적").map(|l| (l.role, l.year)), Some((Some(Role::Actual), Some(2008))));
    assert_eq!(
        words.label("상위 전략목표"),
        Some(Label { role: Some(Role::Column(Field::Objective)), parent: true, ..Label::default() })
    );
    assert_eq!(words.label("20"), None);
}

#[test]
fn titles_give_the_name_as_written() {
    let words = words();
    assert_eq!(words.title("교통 기획관 균형성과 계획 (1담당관)"), Some(("교통 기획관", "1담당관")));
    assert_eq!(words.title("기술심사담당관(국) 균형성과계획"), Some(("기술심사담당관(국)", "")));
    assert_eq!(words.title("Transport Bureau Balanced Scorecard"), Some(("Transport Bureau", "")));
    assert_eq!(words.title("균형성과계획"), None);
    assert_eq!(words.title("식품안전추진단 (3 과)"), None);
    for title in [
        "2027년도 경제실 성과관리계획",
        "경제실 2027년도 성과관리계획(안)",
        "[붙임] 경제실 성과관리계획",
        "Ⅱ. 경제실 성과관리계획",
        "1. 경제실 직무성과계획",
        "2027년 성과관리계획(경제실)",
        "2027년도 성과관리계획 - 경제실",
    ] {
        assert_eq!(words.title(title).map(|(name, _)| name), Some("경제실"), "{title}");
    }
    assert_eq!(words.title("2027년도 성과관리계획"), None);
}

#[test]
fn remarks_beside_years_totals_and_group_names() {
    let words = words();
    let year = |text| words.label(text).and_then(|label| label.year);
    assert_eq!((year("2026 (잠정)"), year("2026(9월말)"), year("2027~2030")), (Some(2026), Some(2026), None));
    assert!(words.is_total("계:") && words.is_total("합 계 (100)") && !words.is_total("계획 수립"));
    assert_eq!(words.group_name("상위계획(한빛시)").as_deref(), Some("한빛시"));
    assert_eq!(words.group_name("기술심사담당관(국)").as_deref(), Some("기술심사담당관(국)"));
    assert_eq!(words.group_name("자체 계획"), None);
}

#[test]
fn a_misspelt_heading_is_near_its_column() {
    assert_eq!(words().near("비증"), Some(Role::Column(Field::Weight)));
    assert_eq!(words().near("핵심성과지료"), Some(Role::Column(Field::Kpi)));
    assert_eq!(words().near("담당자 연락처"), None);
    assert_eq!(words().near("비용"), None);
}
