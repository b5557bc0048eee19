//! Headings, titles and totals as departments write them.

use super::lines::LevelLine;
use super::*;
use crate::plan::YearPart;
use crate::project::Config;

fn words() -> Vocabulary {
    Vocabulary::new(&LabelSettings::default())
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

#[test]
fn headings_of_other_languages_with_their_periods() {
    let words = words();
    let meant = |text| words.label(text).map(|label| (label.role, label.year, label.part, label.distance));
    let target = Some(Role::Target);
    for (text, found) in [
        ("Meta 2024", (target, Some(2024), None, None)),
        ("Cible 2025", (target, Some(2025), None, None)),
        ("Objetivo 2025", (target, Some(2025), None, None)),
        ("2024 Goal", (target, Some(2024), None, None)),
        ("令和7年度目標値", (target, Some(2025), None, None)),
        ("民國114年目標值", (target, Some(2025), None, None)),
        ("Target TW II", (target, None, Some(YearPart::Quarter(2)), None)),
        ("Meta 1er trimestre 2024", (target, Some(2024), Some(YearPart::Quarter(1)), None)),
        ("目标值 第一季度", (target, None, Some(YearPart::Quarter(1)), None)),
        ("FY 2023", (None, Some(2023), None, None)),
        ("2022-23", (None, Some(2022), None, None)),
        ("y1_2026_27", (None, Some(2026), None, None)),
        ("2024-Q1", (None, Some(2024), Some(YearPart::Quarter(1)), None)),
        ("2024Q1", (None, Some(2024), Some(YearPart::Quarter(1)), None)),
        ("1T 2024", (None, Some(2024), Some(YearPart::Quarter(1)), None)),
        ("05/2024", (None, Some(2024), Some(YearPart::Month(5)), None)),
        ("Jan-22", (None, Some(2022), Some(YearPart::Month(1)), None)),
        ("Realisasi tahun lalu", (Some(Role::Actual), None, None, Some(-1))),
        ("前年度実績", (Some(Role::Actual), None, None, Some(-1))),
        ("Réalisation N-1", (Some(Role::Actual), None, None, Some(-1))),
        ("Objetivo superior", (Some(Role::Column(Field::Objective)), None, None, None)),
        ("Indicator / measure of success", (Some(Role::Column(Field::Kpi)), None, None, None)),
        ("지표명\nKPI", (Some(Role::Column(Field::Kpi)), None, None, None)),
        ("2026 (target)", (target, Some(2026), None, None)),
    ] {
        assert_eq!(meant(text), Some(found), "{text}");
    }
    for text in
        ["12", "3.5", "25/26", "2024년 시민 만족도 조사", "copy", "set target", "02-2133-6114", "2500"]
    {
        assert_eq!(words.label(text), None, "{text}");
    }
}

#[test]
fn cells_of_a_period_column() {
    for (text, found) in [
        ("2024", Some((Some(2024), None))),
        ("2025-Q3", Some((Some(2025), Some(YearPart::Quarter(3))))),
        ("Sep 2021", Some((Some(2021), Some(YearPart::Month(9))))),
        ("09-2021", Some((Some(2021), Some(YearPart::Month(9))))),
        ("2024-03-31", Some((Some(2024), Some(YearPart::Month(3))))),
        ("31/03/2024", Some((Some(2024), Some(YearPart::Month(3))))),
        ("2024.05", Some((Some(2024), Some(YearPart::Month(5))))),
        ("2024-M06", Some((Some(2024), Some(YearPart::Month(6))))),
        ("Jan-Mar 2024", Some((Some(2024), Some(YearPart::Quarter(1))))),
        ("令和6年度", Some((Some(2024), None))),
        ("상반기", Some((None, Some(YearPart::Half(1))))),
        ("Year 2", Some((None, Some(YearPart::Number(2))))),
        ("12", None),
        ("on track", None),
    ] {
        assert_eq!(words().period_in(text), found, "{text}");
    }
}

#[test]
fn headings_that_no_list_has_are_guessed_by_their_words() {
    let words = words();
    for (text, role) in [
        ("Tipo de indicador", Role::Column(Field::IndicatorType)),
        ("Descripción detallada del indicador", Role::Column(Field::Definition)),
        ("Id indicador", Role::Column(Field::Number)),
        ("Nombre del indicador", Role::Column(Field::Kpi)),
        ("Meta 2024", Role::Target),
        ("Unidad de medida", Role::Column(Field::Unit)),
        ("Linea_Estrategica", Role::Level),
        ("success_measure", Role::Column(Field::Kpi)),
        ("Key Result", Role::Column(Field::Kpi)),
        ("Council KPI", Role::Column(Field::Kpi)),
        ("Unit used by the indicator", Role::Column(Field::Unit)),
        ("Nome completo do indicador", Role::Column(Field::Kpi)),
        ("Indicadores Plan estrategico", Role::Column(Field::Kpi)),
        ("Responsable de reportar el indicador", Role::Column(Field::Owner)),
        ("Source of indicator data", Role::Column(Field::DataSource)),
        ("부서 성과지표 목록", Role::Aside),
        ("지표 담당 책임자", Role::Column(Field::Owner)),
        ("成果指標の推移", Role::Column(Field::Kpi)),
        ("全年績效目標值", Role::Target),
        ("Jenis indikator kinerja daerah", Role::Column(Field::IndicatorType)),
        ("Target kinerja kota", Role::Target),
        ("Periodicidad del reporte", Role::Column(Field::Frequency)),
        ("Outcome performance indicator", Role::Column(Field::Kpi)),
    ] {
        let guesses = words.guess(text);
        assert_eq!(guesses.first().map(|(role, _)| *role), Some(role), "{text}: {guesses:?}");
        assert!(guesses[0].1 >= 0.4, "{text}: {guesses:?}");
    }
    let both: Vec<Role> = words.guess("Unidad").into_iter().map(|(role, _)| role).collect();
    assert!(both.contains(&Role::Organisation) && both[0] == Role::Column(Field::Unit), "{both:?}");
    let nothing = [
        "",
        "Joseph Mutiso",
        "서울특별시",
        "We measure the share of citizens who say that the city listens to them",
    ];
    assert!(nothing.iter().all(|text| words.guess(text).is_empty()));
}

#[test]
fn heading_lines_of_objectives() {
    let words = words();
    for (line, name, number, depth, text) in [
        ("전략목표 Ⅰ. 안전한 도시", "전략목표", Some("Ⅰ"), Some(1), "안전한 도시"),
        ("성과목표 Ⅰ-1. 재난 대응", "성과목표", Some("Ⅰ-1"), Some(2), "재난 대응"),
        ("【관리과제 1】 훈련", "관리과제", Some("1"), Some(1), "훈련"),
        ("Goal 2: A safe city", "Goal", Some("2"), Some(1), "A safe city"),
        ("Programme 3 – Roads", "Programme", Some("3"), Some(1), "Roads"),
        ("Objetivo Estratégico 1: Agua", "Objetivo Estratégico", Some("1"), Some(1), "Agua"),
        ("Eje 2. Movilidad", "Eje", Some("2"), Some(1), "Movilidad"),
        ("Sasaran 1", "Sasaran", Some("1"), Some(1), ""),
        ("基本目標1 安全なまち", "基本目標", Some("1"), Some(1), "安全なまち"),
        ("施策1-2 防災", "施策", Some("1-2"), Some(2), "防災"),
        ("第2章 福祉", "章", Some("2"), Some(1), "福祉"),
        ("Outcome 1.1 Better roads", "Outcome", Some("1.1"), Some(2), "Better roads"),
        ("Pilar: Educación", "Pilar", None, None, "Educación"),
        ("1. Clean air", "", Some("1"), Some(1), "Clean air"),
        ("1-1 대기질 개선", "", Some("1-1"), Some(2), "대기질 개선"),
        ("1.1 Roads", "", Some("1.1"), Some(2), "Roads"),
        ("Ⅰ-2 교통", "", Some("Ⅰ-2"), Some(2), "교통"),
        ("가. 복지", "", Some("가"), None, "복지"),
    ] {
        let found = words.level_line(line);
        let wanted = LevelLine { name, number: number.map(str::to_owned), depth_hint: depth, text };
        assert_eq!(found, Some(wanted), "{line}");
    }
    for line in [
        "전략 3개 수립",
        "1.5도 상승",
        "2024년 목표",
        "90%",
        "시민 만족도",
        "Number of programmes",
        "Programme 2024 results",
    ] {
        assert_eq!(words.level_line(line), None, "{line}");
    }
}

#[test]
fn lines_that_name_a_perspective() {
    let words = words();
    for (line, name) in [
        ("고객 관점 (30)", "고객 관점 (30)"),
        ("Customer perspective", "Customer perspective"),
        ("PERSPECTIVA FINANCIERA", "PERSPECTIVA FINANCIERA"),
        ("Financial", "Financial"),
        ("Perspective: Learning & Growth", "Learning & Growth"),
        ("学習と成長の視点", "学習と成長の視点"),
        ("PERSPECTIVA PROCESSOS INTERNOS", "PERSPECTIVA PROCESSOS INTERNOS"),
        ("1. 재무", "재무"),
    ] {
        assert_eq!(words.perspective_line(line).as_deref(), Some(name), "{line}");
    }
    for line in ["관점", "Perspective", "성과지표", "예산집행률", "Customer satisfaction"] {
        assert_eq!(words.perspective_line(line), None, "{line}");
    }
}

#[test]
fn a_heading_asked_for_again_means_the_same_and_not_too_many_are_remembered() {
    let config = Config::default();
    let words = Vocabulary::of(&config.labels, &config.forms);
    for text in ["성과지표", "2026년 목표", "목표", "Measure"] {
        assert_eq!(words.label(text), words.read_label(text), "{text}");
        assert_eq!(words.label(text), words.label(text), "{text}");
        assert_eq!(words.is_kpi(text), words.is_kpi(text), "{text}");
    }
    assert!((0..30_000).all(|number| words.label(&format!("낱말 {number}")).is_none()));
    assert!(words.known.labels.borrow().len() <= 8192);
}
