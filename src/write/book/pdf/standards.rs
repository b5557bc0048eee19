//! The standards a book is held to, and what is said of one that it cannot meet.

use typst::diag::SourceDiagnostic;
use typst_pdf::PdfStandard;

use crate::finding::{Lang, Message, Wording};

/// A standard with its name.
type Named = (PdfStandard, &'static str);

/// For the archive. Each asks less than the one before: no structure, then not even letters that have a meaning.
const ARCHIVE: [Named; 3] =
    [(PdfStandard::A_2a, "PDF/A-2a"), (PdfStandard::A_2u, "PDF/A-2u"), (PdfStandard::A_2b, "PDF/A-2b")];
/// For screen readers.
const ACCESS: [Named; 1] = [(PdfStandard::Ua_1, "PDF/UA-1")];

/// The standards that are tried for.
pub(super) struct Aim {
    archive: &'static [Named],
    access: &'static [Named],
}

/// A standard that the book does not meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The standard, as it is called.
    pub standard: &'static str,
    reason: Message,
}

static UNMET: Wording = Wording {
    ko: "책자는 {standard} 표준을 지키지 못합니다: {reason}",
    en: "The book does not meet {standard}: {reason}",
};

/// The export's words, and what they mean. `{what}` is what the export quotes.
static REASONS: [(&str, Wording); 7] = [
    (
        "could not be displayed",
        Wording {
            ko: "글꼴에 없는 글자가 있습니다 ({what})",
            en: "no font has some of its letters ({what})",
        },
    ),
    (
        "codepoint",
        Wording {
            ko: "뜻이 정해지지 않은 글자가 있습니다 ({what})",
            en: "it has letters without an agreed meaning ({what})",
        },
    ),
    (
        "too restrictive",
        Wording {
            ko: "글꼴의 사용 조건이 파일에 넣는 것을 허락하지 않습니다 ({what})",
            en: "the licence of a font forbids embedding it ({what})",
        },
    ),
    (
        "missing alt text",
        Wording {
            ko: "서식의 그림에 그 내용을 말로 적은 글(alt)이 없습니다{place}",
            en: "a picture of the templates has no words (alt) that say what it shows{place}",
        },
    ),
    (
        "heading level",
        Wording {
            ko: "서식이 제목의 단계를 건너뜁니다{place}",
            en: "the templates skip a level of headings{place}",
        },
    ),
    (
        "must be of level 1",
        Wording {
            ko: "서식의 첫 제목이 첫째 단계가 아닙니다{place}",
            en: "the first heading of the templates is not of the first level{place}",
        },
    ),
    ("too many indirect objects", Wording { ko: "책자가 너무 큽니다", en: "it is too large" }),
];

static OTHER: Wording = Wording { ko: "{message}{place}", en: "{message}{place}" };

impl Aim {
    /// PDF/A-2a and PDF/UA-1.
    pub(super) fn highest() -> Self {
        Self { archive: &ARCHIVE, access: &ACCESS }
    }

    /// What is tried for now.
    pub(super) fn standards(&self) -> Vec<PdfStandard> {
        self.named().map(|(standard, _)| standard).collect()
    }

    /// Likewise, as they are called.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.named().map(|(_, name)| name).collect()
    }

    fn named(&self) -> impl Iterator<Item = Named> {
        self.archive.first().into_iter().chain(self.access.first()).copied()
    }

    /// Gives up the standards that `errors` speak of, the next lower one taking their place, and says which. None
    /// if the trouble lies elsewhere. `place` tells where in the templates an error stands.
    pub(super) fn lower(
        &mut self,
        errors: &[SourceDiagnostic],
        place: impl Fn(&SourceDiagnostic) -> Option<String>,
    ) -> Vec<Unmet> {
        let mut unmet = Vec::new();
        for list in [&mut self.archive, &mut self.access] {
            if let Some(&(_, standard)) = list.first()
                && let Some(error) = errors.iter().find(|error| speaks_of(&error.message, standard))
            {
                unmet.push(Unmet { standard, reason: reason(&error.message, place(error)) });
                *list = &list[1..];
            }
        }
        unmet
    }
}

/// Whether an error's `message` speaks of `standard`: it begins `PDF/A-2a, PDF/UA-1 error: `, or says only that
/// something does not go with "this export mode".
fn speaks_of(message: &str, standard: &str) -> bool {
    match message.split_once(" error: ") {
        Some((standards, _)) => standards.split(", ").any(|name| name == standard),
        None => message.contains("this export mode"),
    }
}

fn reason(message: &str, place: Option<String>) -> Message {
    let message = message.split_once(" error: ").map_or(message, |(_, rest)| rest);
    let what = message.split('`').nth(1).or_else(|| message.strip_prefix("license of ")).unwrap_or_default();
    let wording =
        REASONS.iter().find(|(words, _)| message.contains(words)).map_or(&OTHER, |(_, wording)| wording);
    wording.with([
        ("what", what.to_owned()),
        ("message", message.to_owned()),
        ("place", place.map(|place| format!(" ({place})")).unwrap_or_default()),
    ])
}

impl Unmet {
    /// What is not met and why, in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        UNMET.with([("standard", self.standard.to_owned()), ("reason", self.reason.text(lang))]).text(lang)
    }
}

#[cfg(test)]
mod tests {
    use typst::syntax::Span;

    use super::*;

    fn lowered(message: &str) -> (Vec<String>, Vec<&'static str>) {
        let mut aim = Aim::highest();
        let errors = [SourceDiagnostic::error(Span::detached(), message)];
        let unmet = aim.lower(&errors, |_| Some("cover.typ:3".to_owned()));
        (unmet.iter().map(|unmet| unmet.text(Lang::En)).collect(), aim.names())
    }

    #[test]
    fn only_the_standard_that_fails_is_given_up() {
        let (unmet, left) = lowered("PDF/UA-1 error: missing alt text");
        assert_eq!(
            unmet,
            [
                "The book does not meet PDF/UA-1: a picture of the templates has no words (alt) that say what it shows (cover.typ:3)"
            ]
        );
        assert_eq!(left, ["PDF/A-2a"]);
    }

    #[test]
    fn the_archive_standard_is_lowered_step_by_step() {
        let (unmet, left) = lowered("PDF/A-2a error: the PDF contains the codepoint `\\u{e000}`");
        assert_eq!(
            unmet,
            ["The book does not meet PDF/A-2a: it has letters without an agreed meaning (\\u{e000})"]
        );
        assert_eq!(left, ["PDF/A-2u", "PDF/UA-1"]);
    }

    #[test]
    fn a_fault_of_both_is_told_of_both_and_any_other_of_none() {
        assert_eq!(lowered("PDF/A-2a, PDF/UA-1 error: something new").0.len(), 2);
        assert_eq!(lowered("embedding PDFs is currently not supported in this export mode").0.len(), 2);
        assert_eq!(lowered("failed to process image"), (vec![], vec!["PDF/A-2a", "PDF/UA-1"]));
    }
}
