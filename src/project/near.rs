//! The Korean names of settings and their values, and guesses at misspelt ones.

use super::signs::{half, is_blank};

/// The names of settings and values, each with its Korean and other names, without blanks; the likeliest
/// first if several share a name.
pub(super) const CALLED: &[(&str, &[&str])] = &[
    // Top level.
    ("city", &["도시", "시", "시이름", "시명", "자치단체", "지자체", "기관"]),
    ("year", &["연도", "년도", "해", "계획연도"]),
    ("organisations", &["조직", "조직명", "부서", "부서명", "조직이름", "부서이름"]),
    ("parents", &["상위조직", "상위부서", "상위"]),
    ("roster", &["명단", "조직명단", "부서명단", "제출명단"]),
    ("spellings", &["표기", "다른표기", "이름표기"]),
    ("letters", &["글자"]),
    ("units", &["단위"]),
    ("lower_is_better", &["낮을수록좋음", "낮을수록좋은지표", "하향지표"]),
    ("direction", &["방향"]),
    ("labels", &["머리글", "제목줄", "표머리"]),
    ("forms", &["서식", "표서식", "양식"]),
    ("common", &["공통지표", "공통"]),
    ("city_kpis", &["시지표", "시목표", "시성과지표"]),
    ("checks", &["점검", "검사"]),
    ("waive", &["유예", "예외"]),
    ("style", &["모양", "꾸밈", "스타일"]),
    ("book", &["책자", "책"]),
    ("return", &["반려", "돌려주기", "환류"]),
    ("score", &["점수", "평가", "성과표"]),
    ("read", &["읽기"]),
    // Headings and columns.
    ("perspective", &["관점"]),
    ("parent_goal", &["상위목표", "상위전략목표"]),
    ("parent_kpi", &["상위지표", "상위성과지표"]),
    ("parent_target", &["상위목표치"]),
    ("goal", &["목표", "전략목표", "성과목표"]),
    ("kpi", &["지표", "성과지표", "핵심성과지표"]),
    ("target", &["목표치", "목표값", "목표"]),
    ("actual", &["실적", "실적치", "실적값"]),
    ("unit", &["단위"]),
    ("weight", &["비중", "가중치", "배점"]),
    ("code", &["코드", "코드번호", "사업코드"]),
    ("owner", &["책임자", "담당자"]),
    ("number", &["번호", "연번"]),
    ("indicator_type", &["지표유형", "유형"]),
    ("definition", &["정의", "지표정의"]),
    ("formula", &["산식", "측정산식"]),
    ("data_source", &["자료출처", "출처"]),
    ("frequency", &["측정주기", "주기"]),
    ("rationale", &["목표설정근거", "설정근거"]),
    ("budget", &["사업비", "예산"]),
    ("remark", &["참고사항", "특이사항"]),
    ("parent", &["상위", "상위조직"]),
    ("title", &["제목", "표제"]),
    ("total", &["합계", "계", "총계"]),
    ("footnote", &["각주", "주석"]),
    ("fixed", &["고정", "자리"]),
    ("sheet", &["시트"]),
    ("first_row", &["첫행", "시작행", "첫줄"]),
    ("last_row", &["끝행", "마지막행", "끝줄"]),
    ("org", &["조직", "부서"]),
    ("columns", &["열"]),
    ("actuals", &["실적", "실적치"]),
    ("targets", &["목표치", "목표"]),
    // Forms.
    ("headings", &["머리글", "머리글들", "제목줄"]),
    ("roles", &["역할", "열의뜻", "뜻"]),
    ("shape", &["꼴", "표모양", "모양"]),
    ("not_a_plan", &["계획아님", "계획이아님", "계획표아님"]),
    // Common KPIs and checks.
    ("rollup", &["합산", "집계"]),
    ("required", &["필수"]),
    ("off", &["끄기", "끔", "제외", "사용안함"]),
    ("severity", &["심각도", "등급"]),
    ("tolerance", &["허용폭", "허용오차", "오차"]),
    ("except", &["제외", "예외"]),
    ("sum", &["합", "합계", "비중의합", "비중합계"]),
    ("per", &["범위", "단위별", "합의범위"]),
    ("id", &["식별번호", "번호", "아이디"]),
    ("reason", &["사유", "이유", "까닭"]),
    // Appearance.
    ("font", &["글꼴", "폰트", "서체"]),
    ("fonts", &["글꼴", "폰트", "서체"]),
    ("accent", &["색", "강조색", "색상"]),
    ("perspectives", &["관점", "관점색"]),
    ("numbers", &["숫자", "숫자형식"]),
    ("count", &["건수", "개수"]),
    ("percent", &["비율", "백분율", "퍼센트"]),
    ("subtitle", &["부제", "부제목", "작은제목"]),
    ("issuer", &["발행", "발행처", "발행기관"]),
    ("date", &["날짜", "발행일"]),
    ("logo", &["로고", "휘장", "그림"]),
    ("logo_alt", &["로고설명", "휘장설명", "그림설명"]),
    ("paper", &["종이", "용지"]),
    ("margins", &["여백"]),
    ("inside", &["안쪽"]),
    ("outside", &["바깥쪽", "바깥"]),
    ("top", &["위", "위쪽"]),
    ("bottom", &["아래", "아래쪽"]),
    ("parts", &["부분", "구성", "차례"]),
    ("imprint", &["판권"]),
    ("remarks", &["비고"]),
    ("recto", &["오른쪽면", "홀수쪽"]),
    ("due", &["기한", "마감", "제출기한"]),
    ("contact", &["문의", "문의처", "연락처", "담당자"]),
    ("cap", &["상한", "최고"]),
    ("floor", &["하한", "최저"]),
    ("lower", &["낮을수록좋음", "하향"]),
    ("grades", &["등급"]),
    ("name", &["이름", "등급이름"]),
    ("from", &["부터", "하한", "이상"]),
    ("seconds", &["초", "시간"]),
    ("memory_mb", &["메모리"]),
    // Values.
    ("error", &["오류", "errors"]),
    ("warning", &["경고", "warn"]),
    ("info", &["참고"]),
    ("sum", &["합계", "합산"]),
    ("compare", &["비교"]),
    ("up", &["상향", "증가"]),
    ("down", &["하향", "감소"]),
    ("list", &["목록", "줄마다지표"]),
    ("long", &["긴표", "세로로긴표"]),
    ("transposed", &["가로지표", "뒤집힌표"]),
    ("card", &["카드", "지표정의서"]),
    ("matrix", &["행렬", "조직별표"]),
    ("cover", &["표지"]),
    ("contents", &["차례", "목차"]),
    ("map", &["전략지도"]),
    ("weights", &["비중"]),
    ("plans", &["계획"]),
    ("findings", &["지적사항"]),
];

/// The one of `known` that is meant: by one of its other names, or as a misspelling.
pub(super) fn near<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    meant(word, known).or_else(|| nearest(&word.trim().to_lowercase(), known.iter().copied()))
}

/// The one of `known` that `word` probably misspells.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| {
            let letters = candidate.chars().count();
            *distance < letters && *distance * 3 <= letters.max(3)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The first of `known` that has exactly `word` as another name.
pub(super) fn called<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = CALLED.iter().find(|(name, called)| known.contains(name) && called.contains(&word))?.0;
    known.iter().copied().find(|known| *known == name)
}

/// The one of `known` that has `word`, or nearly so, as another name.
pub(super) fn meant<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word: String = word.chars().map(half).filter(|c| !is_blank(*c)).collect();
    let here = || CALLED.iter().filter(|(name, _)| known.contains(name));
    let near = || nearest(&word, here().flat_map(|(_, called)| called.iter().copied()));
    called(&word, known).or_else(|| called(near()?, known))
}
