//! Translates the typesetter's messages about templates into the office's words. Typst speaks English only;
//! unknown messages stay as they are.

use typst_press::{Message, MessageKind};

use crate::finding::Lang;

/// The Korean text of a message of `kind`, with `{0}` and `{1}` for its facts.
fn korean(kind: MessageKind) -> Option<&'static str> {
    Some(match kind {
        MessageKind::UnknownVariable => "`{0}`: 모르는 이름입니다",
        MessageKind::MissingKey => "자료에 {0} 항목이 없습니다",
        MessageKind::WrongType => "{0} 자리에 {1}: 종류가 맞지 않습니다",
        MessageKind::CannotAdd => "{0}, {1}: 더할 수 없는 것들입니다",
        MessageKind::CannotJoin => "{0}, {1}: 이을 수 없는 것들입니다",
        MessageKind::CannotSubtract => "{1}에서 {0}: 뺄 수 없습니다",
        MessageKind::CannotMultiply => "{0}, {1}: 곱할 수 없는 것들입니다",
        MessageKind::DivisionByZero => "0으로 나눌 수 없습니다",
        MessageKind::NoFields => "{0}에는 그런 항목이 없습니다",
        MessageKind::NoMethod => "{0}에는 `{1}`이라는 기능이 없습니다",
        MessageKind::MissingArgument => "`{0}`: 함수에 넣을 값이 빠졌습니다",
        MessageKind::UnknownArgument => "`{0}`: 함수가 모르는 값입니다",
        MessageKind::TooManyArguments => "함수에 넣은 값이 너무 많습니다",
        MessageKind::IndexOutOfBounds => "목록은 {1}개인데 {0}번째를 찾습니다",
        MessageKind::FileNotFound => "{0} 파일이 없습니다",
        MessageKind::NotUtf8 => "파일이 UTF-8이 아닙니다. UTF-8로 저장하십시오",
        MessageKind::UnresolvedImport => "불러올 파일에 그런 이름이 없습니다",
        MessageKind::UnclosedDelimiter => "여는 괄호를 닫지 않았습니다",
        MessageKind::UnclosedString => "따옴표를 닫지 않았습니다",
        MessageKind::UnclosedRaw => "백틱(`)을 닫지 않았습니다",
        MessageKind::UnexpectedClosing => "닫는 {0}: 여는 것이 없습니다",
        MessageKind::StrayCommentEnd => "`*/`: 이 설명을 여는 `/*`가 없습니다",
        MessageKind::Unexpected => "{0}: 여기에 올 수 없는 것입니다",
        MessageKind::Expected => "여기에는 {0}: 빠진 것이 있습니다",
        MessageKind::InvalidCharacter => "`{0}`: 여기에 쓸 수 없는 글자입니다",
        MessageKind::InfiniteLoop => "반복이 끝나지 않습니다",
        MessageKind::CallDepth => "함수가 스스로를 끝없이 부릅니다",
        MessageKind::ShowDepth => "show 규칙이 스스로를 끝없이 부릅니다",
        MessageKind::LayoutDepth => "조판이 끝없이 겹칩니다",
        MessageKind::LabelNotFound => "{0}: 이런 자리 이름(label)이 없습니다",
        MessageKind::PagebreakInContainer => "상자 안에서는 쪽을 나눌 수 없습니다",
        MessageKind::PageInContainer => "상자 안에서는 종이를 바꿀 수 없습니다",
        MessageKind::CannotDecodeImage => "그림 파일을 읽을 수 없습니다{0}",
        MessageKind::CannotParse => "읽을 수 없습니다: {0}",
        MessageKind::AssertionFailed => "서식이 정한 조건에 맞지 않습니다: {0}",
        MessageKind::Panic => "서식이 스스로 멈추었습니다: {0}",
        MessageKind::Other => return None,
    })
}

/// Names of the kinds of values.
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

/// Returns `message` in `lang`.
pub(super) fn said(message: &Message, lang: Lang) -> String {
    let known = korean(message.kind).filter(|_| lang == Lang::Ko);
    known.map_or_else(|| message.text.clone(), |korean| filled(korean, &message.facts))
}

fn filled(korean: &str, facts: &[String]) -> String {
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
        for (kind, facts, korean) in [
            (MessageKind::UnknownVariable, &["titel"][..], "`titel`: 모르는 이름입니다"),
            (
                MessageKind::WrongType,
                &["content or string", "none"],
                "내용 또는 글 자리에 빈 값: 종류가 맞지 않습니다",
            ),
            (MessageKind::IndexOutOfBounds, &["3", "2"], "목록은 2개인데 3번째를 찾습니다"),
            (MessageKind::Other, &[], "as said"),
        ] {
            let facts = facts.iter().map(|fact| (*fact).to_owned()).collect();
            let message = Message { text: "as said".to_owned(), kind, facts };
            assert_eq!(said(&message, Lang::Ko), korean);
            assert_eq!(said(&message, Lang::En), "as said");
        }
    }
}
