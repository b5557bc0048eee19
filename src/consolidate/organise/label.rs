//! Names of organisations in headers: letter-spaced, or as the title of the head.

use std::sync::Arc;

/// Kinds of organisation. Such a word followed by `장` and without a prefix is a head's title without a name.
const KINDS: &[&str] = &[
    "본부",
    "부본부",
    "국",
    "실",
    "단",
    "소",
    "원",
    "부",
    "과",
    "팀",
    "관",
    "처",
    "청",
    "센터",
    "사업소",
    "사업단",
    "추진단",
    "사업본부",
    "담당관",
];
/// Titles of heads in English.
const TITLES: &[&str] = &["director", "director general", "head", "chief", "manager"];
/// Separators between an English title and the name.
const LINKS: &[&str] = &[" of the ", " of ", ", "];

/// The printed name on one line, without blanks if it is letter-spaced (`경 제 진 흥 관`).
pub(super) fn tidy(printed: &Arc<str>) -> Arc<str> {
    let words = printed.split_whitespace();
    let single = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(|c| !c.is_ascii()) && letters.next().is_none()
    };
    let spaced_out = printed.contains(char::is_whitespace) && words.clone().all(single);
    if spaced_out { words.collect::<String>().into() } else { printed.clone() }
}

/// The organisation whose head a label names: 경영기획실 for `경영기획실장`, Transport Bureau for `Director of the
/// Transport Bureau`. None if the label is not a head's title, or is one without a name.
pub(super) fn head_of(label: &str) -> Option<Arc<str>> {
    if is_bare_head(label) {
        return None;
    }
    let label = label.trim();
    if let Some(stem) = label.strip_suffix('장') {
        return Some(stem.trim_end().into()).filter(|stem: &Arc<str>| !stem.is_empty());
    }
    let lower = label.to_ascii_lowercase();
    TITLES.iter().find_map(|title| {
        let rest = lower.strip_prefix(title)?;
        let link = LINKS.iter().find(|link| rest.starts_with(**link))?;
        label.get(title.len() + link.len()..).map(|name| name.trim().into())
    })
}

/// Words that end like a kind of organisation but are not one.
const NO_KINDS: &[&str] = &[
    "결과", "성과", "효과", "경과", "통과", "초과", "현실", "사실", "확실", "내실", "내부", "외부", "세부",
    "일부", "지원", "민원", "직원", "의원", "인원", "회원", "장소", "명단", "진단", "판단", "수단", "요청",
    "신청", "한국", "민국", "기관", "습관",
];
/// Kinds of organisation in English.
const ENGLISH_KINDS: &[&str] = &["department", "bureau", "office", "division", "agency", "headquarters"];

/// Whether a name contains a kind of organisation: 환경국, Parks Department.
pub(super) fn is_kind_of_organisation(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let korean = name.chars().count() > 2
        && !name.contains(char::is_whitespace)
        && KINDS.iter().any(|kind| name.ends_with(kind))
        && !NO_KINDS.iter().any(|word| name.ends_with(word));
    korean || ENGLISH_KINDS.iter().any(|kind| name.split_whitespace().any(|word| word == *kind))
}

/// Whether a label is a head's title without the organisation's name: `본 부 장`, `Director`.
pub(super) fn is_bare_head(label: &str) -> bool {
    let joined: String = label.split_whitespace().collect();
    let korean = joined.strip_suffix('장').is_some_and(|kind| KINDS.contains(&kind));
    korean || TITLES.iter().any(|title| label.trim().eq_ignore_ascii_case(title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_spaced_out_throughout_are_joined() {
        for (printed, name) in [
            ("경 제 진 흥 관", "경제진흥관"),
            ("맑은 환경 본부", "맑은 환경 본부"),
            ("상수도사업본부 부본부장", "상수도사업본부 부본부장"),
            ("A B", "A B"),
            ("교통국", "교통국"),
        ] {
            assert_eq!(&*tidy(&Arc::from(printed)), name);
        }
    }

    #[test]
    fn a_heads_title_names_its_organisation() {
        for (label, organisation) in [
            ("경영기획실장", Some("경영기획실")),
            ("도시교통본부장", Some("도시교통본부")),
            ("Director of the Transport Bureau", Some("Transport Bureau")),
            ("head of Parks", Some("Parks")),
            ("경영기획실", None),
            ("본 부 장", None),
            ("Director", None),
            ("장", None),
            ("Headquarters", None),
        ] {
            assert_eq!(head_of(label).as_deref(), organisation, "{label}");
        }
        for bare in ["본 부 장", "국장", "실 장", "director"] {
            assert!(is_bare_head(bare), "{bare}");
        }
        for named in ["문화국장", "시장", "장", "국", ""] {
            assert!(!is_bare_head(named), "{named}");
        }
    }
}
