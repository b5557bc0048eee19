//! What the typesetter says of a template, in words of the office. It speaks English only; what is not known here stays as it is.

use crate::finding::Lang;

/// The beginning, the middle and the end of what is said around one or two facts, and the same in Korean: `{0}`, `{1}`.
static PHRASES: &[(&[&str], &str)] = &[
    (&["unknown variable: ", ""], "`{0}`: 모르는 이름입니다"),
    (&["dictionary does not contain key ", ""], "자료에 {0} 항목이 없습니다"),
    (&["dictionary does not have key ", ""], "자료에 {0} 항목이 없습니다"),
    (&["expected ", ", found ", ""], "{0} 자리에 {1}: 종류가 맞지 않습니다"),
    (&["cannot add ", " and ", ""], "{0}, {1}: 더할 수 없는 것들입니다"),
    (&["cannot join ", " with ", ""], "{0}, {1}: 이을 수 없는 것들입니다"),
    (&["cannot subtract ", " from ", ""], "{1}에서 {0}: 뺄 수 없습니다"),
    (&["cannot multiply ", " with ", ""], "{0}, {1}: 곱할 수 없는 것들입니다"),
    (&["cannot divide by zero"], "0으로 나눌 수 없습니다"),
    (&["cannot access fields on type ", ""], "{0}에는 그런 항목이 없습니다"),
    (&["type ", " has no method `", "`"], "{0}에는 `{1}`이라는 기능이 없습니다"),
    (&["missing argument: ", ""], "`{0}`: 함수에 넣을 값이 빠졌습니다"),
    (&["unexpected argument: ", ""], "`{0}`: 함수가 모르는 값입니다"),
    (&["unexpected argument"], "함수에 넣은 값이 너무 많습니다"),
    (
        &["array index out of bounds (index: ", ", len: ", ") and no default value was specified"],
        "목록은 {1}개인데 {0}번째를 찾습니다",
    ),
    (&["array index out of bounds (index: ", ", len: ", ")"], "목록은 {1}개인데 {0}번째를 찾습니다"),
    (&["file not found (searched at ", ")"], "{0} 파일이 없습니다"),
    (&["file is not valid UTF-8", ""], "파일이 UTF-8이 아닙니다. UTF-8로 저장하십시오"),
    (&["unresolved import"], "불러올 파일에 그런 이름이 없습니다"),
    (&["unclosed delimiter"], "여는 괄호를 닫지 않았습니다"),
    (&["unclosed string"], "따옴표를 닫지 않았습니다"),
    (&["unclosed raw text"], "백틱(`)을 닫지 않았습니다"),
    (&["unexpected closing ", ""], "닫는 {0}: 여는 것이 없습니다"),
    (&["unexpected end of block"], "묶음이 중간에 끝났습니다"),
    (&["unexpected ", ""], "{0}: 여기에 올 수 없는 것입니다"),
    (&["expected ", ""], "여기에는 {0}: 빠진 것이 있습니다"),
    (&["the character `", "` is not valid in code"], "`{0}`: 여기에 쓸 수 없는 글자입니다"),
    (&["loop seems to be infinite"], "반복이 끝나지 않습니다"),
    (&["maximum function call depth exceeded"], "함수가 스스로를 끝없이 부릅니다"),
    (&["maximum show rule depth exceeded"], "show 규칙이 스스로를 끝없이 부릅니다"),
    (&["maximum layout depth exceeded"], "조판이 끝없이 겹칩니다"),
    (&["label ", " does not exist in the document"], "{0}: 이런 자리 이름(label)이 없습니다"),
    (&["label `", "` does not exist in the document"], "`{0}`: 이런 자리 이름(label)이 없습니다"),
    (&["pagebreaks are not allowed inside of containers"], "상자 안에서는 쪽을 나눌 수 없습니다"),
    (&["page configuration is not allowed inside of containers"], "상자 안에서는 종이를 바꿀 수 없습니다"),
    (&["failed to decode image", ""], "그림 파일을 읽을 수 없습니다{0}"),
    (&["failed to parse ", ""], "읽을 수 없습니다: {0}"),
    (&["assertion failed: ", ""], "서식이 정한 조건에 맞지 않습니다: {0}"),
    (&["panicked with: ", ""], "서식이 스스로 멈추었습니다: {0}"),
];

/// Kinds of values, as they are called.
static KINDS: &[(&str, &str)] = &[
    ("string", "글"),
    ("integer", "정수"),
    ("float", "소수"),
    ("array", "목록"),
    ("dictionary", "항목 묶음"),
    ("content", "내용"),
    ("function", "함수"),
    ("length", "길이"),
    ("boolean", "참·거짓"),
    ("none", "빈 값"),
    ("auto", "자동"),
    ("color", "색"),
    ("ratio", "비율"),
    ("relative length", "길이"),
    ("expression", "식"),
    ("comma", "쉼표"),
    ("semicolon or line break", "줄바꿈이나 쌍반점"),
    ("closing paren", "닫는 괄호"),
    ("identifier", "이름"),
    ("end of file", "파일의 끝"),
];

/// `message` of the typesetter in `lang`.
pub(super) fn said(message: &str, lang: Lang) -> String {
    let known = match lang {
        Lang::En => None,
        Lang::Ko => PHRASES.iter().find_map(|(parts, korean)| Some(filled(korean, &facts(message, parts)?))),
    };
    known.unwrap_or_else(|| message.to_owned())
}

/// What stands between `parts` in `message`; none where it does not consist of them.
fn facts<'m>(message: &'m str, parts: &[&str]) -> Option<Vec<&'m str>> {
    let (first, others) = parts.split_first()?;
    let mut rest = message.strip_prefix(first)?;
    let mut facts = Vec::new();
    for (index, part) in others.iter().enumerate() {
        let last = index + 1 == others.len();
        let at = if last {
            rest.len().checked_sub(part.len()).filter(|_| rest.ends_with(part))?
        } else {
            rest.find(part)?
        };
        facts.push(&rest[..at]);
        rest = &rest[at + part.len()..];
    }
    rest.is_empty().then_some(facts)
}

fn filled(korean: &str, facts: &[&str]) -> String {
    let called = |fact: &str| {
        let kinds: Vec<&str> = fact
            .split(" or ")
            .map(|kind| KINDS.iter().find(|(name, _)| *name == kind).map_or(kind, |(_, korean)| korean))
            .collect();
        kinds.join(" 또는 ")
    };
    facts
        .iter()
        .enumerate()
        .fold(korean.to_owned(), |text, (index, fact)| text.replace(&format!("{{{index}}}"), &called(fact)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_mistakes_are_told_in_korean() {
        for (message, korean) in [
            ("unknown variable: titel", "`titel`: 모르는 이름입니다"),
            ("dictionary does not contain key \"titel\"", "자료에 \"titel\" 항목이 없습니다"),
            ("expected length, found string", "길이 자리에 글: 종류가 맞지 않습니다"),
            ("expected content or string, found none", "내용 또는 글 자리에 빈 값: 종류가 맞지 않습니다"),
            ("unclosed delimiter", "여는 괄호를 닫지 않았습니다"),
            (
                "array index out of bounds (index: 3, len: 2) and no default value was specified",
                "목록은 2개인데 3번째를 찾습니다",
            ),
            ("something new", "something new"),
        ] {
            assert_eq!(said(message, Lang::Ko), korean);
            assert_eq!(said(message, Lang::En), message);
        }
    }
}
