//! The PDF standards a file should meet, and those it cannot.

use typst::diag::SourceDiagnostic;
use typst_pdf::PdfStandard;

use crate::upstream::conformance::{Concerned, UnmetReason};

/// A PDF standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// PDF/A-2a: archiving, with document structure.
    A2a,
    /// PDF/A-2u: archiving, all text has Unicode values.
    A2u,
    /// PDF/A-2b: archiving, visual appearance only.
    A2b,
    /// PDF/UA-1: accessibility.
    Ua1,
}

impl Standard {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::A2a => "PDF/A-2a",
            Self::A2u => "PDF/A-2u",
            Self::A2b => "PDF/A-2b",
            Self::Ua1 => "PDF/UA-1",
        }
    }

    fn typst(self) -> PdfStandard {
        match self {
            Self::A2a => PdfStandard::A_2a,
            Self::A2u => PdfStandard::A_2u,
            Self::A2b => PdfStandard::A_2b,
            Self::Ua1 => PdfStandard::Ua_1,
        }
    }
}

/// A standard that a file should meet but does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The standard.
    pub standard: Standard,
    /// The reason.
    pub reason: UnmetReason,
    /// The cause's position in the Typst files, if known: `file:line`.
    pub place: Option<String>,
}

/// The current standards: the first of each list.
pub(crate) struct StandardTargets<'s>(Vec<&'s [Standard]>);

impl<'s> StandardTargets<'s> {
    /// The first of each of `lists`.
    pub(crate) fn highest(lists: &'s [Vec<Standard>]) -> Self {
        Self(lists.iter().map(Vec::as_slice).collect())
    }

    /// The current standards.
    pub(crate) fn standards(&self) -> Vec<Standard> {
        self.0.iter().filter_map(|list| list.first()).copied().collect()
    }

    /// The current standards as Typst's type.
    pub(crate) fn typst(&self) -> Vec<PdfStandard> {
        self.standards().into_iter().map(Standard::typst).collect()
    }

    /// Replaces the standards that `errors` mention by the next of their lists, and returns the dropped ones.
    /// If no error mentions any, all are dropped, to see whether they were the cause. None where none is
    /// left. `place` gives an error's position in the Typst files.
    pub(crate) fn lower(
        &mut self,
        errors: &[SourceDiagnostic],
        place: impl Fn(&SourceDiagnostic) -> Option<String>,
    ) -> Vec<Unmet> {
        let unmet = |standard: Standard, error: &SourceDiagnostic| Unmet {
            standard,
            reason: UnmetReason::of(&error.message),
            place: place(error),
        };
        let speaks_of = |error: &SourceDiagnostic, standard: Standard| match Concerned::by(&error.message) {
            Concerned::These(names) => names.contains(&standard.name()),
            Concerned::All => true,
            Concerned::Unknown => false,
        };
        let mut given_up = Vec::new();
        for list in &mut self.0 {
            if let Some((&standard, lower)) = list.split_first()
                && let Some(error) = errors.iter().find(|error| speaks_of(error, standard))
            {
                given_up.push(unmet(standard, error));
                *list = lower;
            }
        }
        if let Some(error) = errors.first().filter(|_| given_up.is_empty()) {
            given_up = self.standards().into_iter().map(|standard| unmet(standard, error)).collect();
            self.0.clear();
        }
        given_up
    }
}

#[cfg(test)]
mod tests {
    use typst::syntax::Span;

    use super::*;

    /// The standards dropped for the error `message`, and those tried next.
    fn lowered(message: &str) -> (Vec<Unmet>, Vec<Standard>) {
        let lists = [vec![Standard::A2a, Standard::A2u], vec![Standard::Ua1]];
        let mut aim = StandardTargets::highest(&lists);
        let errors = [SourceDiagnostic::error(Span::detached(), message)];
        (aim.lower(&errors, |_| Some("cover.typ:3".to_owned())), aim.standards())
    }

    #[test]
    fn only_the_standard_that_fails_is_given_up() {
        let (unmet, left) = lowered("PDF/UA-1 error: missing alt text");
        let place = Some("cover.typ:3".to_owned());
        assert_eq!(unmet, [Unmet { standard: Standard::Ua1, reason: UnmetReason::NoAltText, place }]);
        assert_eq!(left, [Standard::A2a]);
    }

    #[test]
    fn a_list_is_gone_through_step_by_step() {
        let (unmet, left) = lowered("PDF/A-2a error: the PDF contains the codepoint `\\u{e000}`");
        assert_eq!(unmet[0].reason, UnmetReason::NoMeaning("\\u{e000}".to_owned()));
        assert_eq!(left, [Standard::A2u, Standard::Ua1]);
    }

    #[test]
    fn a_fault_of_both_is_told_of_both_and_an_unknown_one_costs_all() {
        for message in [
            "PDF/A-2a, PDF/UA-1 error: something new",
            "embedding PDFs is currently not supported in this export mode",
            "an error in other words than before",
        ] {
            assert_eq!(lowered(message).0.len(), 2, "{message}");
        }
        assert_eq!(lowered("an error in other words than before").1, []);
    }
}
