//! Explanations of the checks with findings, as printed by `planbook explain`.

use std::collections::BTreeSet;

use serde::Serialize;

use super::input::ReportInput;
use crate::check::explain;
use crate::finding::Code;

/// A check with its explanation.
#[derive(Serialize)]
pub(super) struct CheckData {
    code: &'static str,
    title: &'static str,
    paragraphs: Vec<Vec<Span>>,
}

/// A span of a paragraph.
#[derive(Serialize)]
struct Span {
    text: String,
    /// Whether it is code, to be typed as shown.
    code: bool,
}

/// Every check with findings, by code.
pub(super) fn all(input: &ReportInput<'_>) -> Vec<CheckData> {
    let codes: BTreeSet<Code> = input.findings.iter().map(|finding| finding.rule).collect();
    let data = codes.into_iter().map(|code| {
        let explanation = explain(code, input.lang);
        CheckData {
            code: code.as_str(),
            title: explanation.title,
            paragraphs: explanation.text.split("\n\n").map(spans).collect(),
        }
    });
    data.collect()
}

/// The spans of a Markdown paragraph. The only markup in the explanations is code in backquotes.
fn spans(paragraph: &str) -> Vec<Span> {
    let lines: Vec<&str> = paragraph.lines().map(str::trim).collect();
    let pieces = lines.join(" ");
    let pieces =
        pieces.split('`').enumerate().map(|(at, text)| Span { text: text.to_owned(), code: at % 2 == 1 });
    pieces.filter(|span| !span.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Lang;

    #[test]
    fn explanations_are_paragraphs_with_code_and_nothing_else() {
        for &code in Code::ALL {
            for lang in [Lang::Ko, Lang::En] {
                let text = explain(code, lang).text;
                let marked = |line: &str| line.starts_with(['#', '-', '*', '>', '|']) || line.contains("**");
                assert!(!text.lines().any(marked), "{code}: this Markdown would be shown as it is");
                assert!(text.matches('`').count().is_multiple_of(2), "{code}");
            }
        }
        let spans = spans("one `two`\nthree");
        let pieces: Vec<_> = spans.iter().map(|span| (span.text.as_str(), span.code)).collect();
        assert_eq!(pieces, [("one ", false), ("two", true), (" three", false)]);
    }
}
