//! Messages about the exported file: standards it does not meet, and steps that failed.

use typst_press::{ExportWarning, Unmet, UnmetReason};

use crate::finding::{Lang, Wording};

static UNMET: Wording = Wording {
    ko: "책자는 {standard} 표준을 지키지 못합니다: {reason}",
    en: "The book does not meet {standard}: {reason}",
};
static MISSING_GLYPH: Wording = Wording {
    ko: "글꼴에 없는 글자가 있습니다 ({what})",
    en: "no font has some of its letters ({what})",
};
static NO_MEANING: Wording = Wording {
    ko: "뜻이 정해지지 않은 글자가 있습니다 ({what})",
    en: "it has letters without an agreed meaning ({what})",
};
static FONT_LICENCE: Wording = Wording {
    ko: "글꼴의 사용 조건이 파일에 넣는 것을 허락하지 않습니다 ({what})",
    en: "the licence of a font forbids embedding it ({what})",
};
static NO_ALT_TEXT: Wording = Wording {
    ko: "서식의 그림에 그 내용을 말로 적은 글(alt)이 없습니다{place}",
    en: "a picture of the templates has no words (alt) that say what it shows{place}",
};
static SKIPPED_LEVEL: Wording = Wording {
    ko: "서식이 제목의 단계를 건너뜁니다{place}",
    en: "the templates skip a level of headings{place}",
};
static FIRST_LEVEL: Wording = Wording {
    ko: "서식의 첫 제목이 첫째 단계가 아닙니다{place}",
    en: "the first heading of the templates is not of the first level{place}",
};
static TOO_LARGE: Wording = Wording { ko: "책자가 너무 큽니다", en: "it is too large" };
static OTHER: Wording = Wording { ko: "{what}{place}", en: "{what}{place}" };

/// Returns which standard a book does not meet and why, in `lang`.
pub fn unmet(unmet: &Unmet, lang: Lang) -> String {
    let (wording, what) = match &unmet.reason {
        UnmetReason::MissingGlyph(what) => (&MISSING_GLYPH, what.as_str()),
        UnmetReason::NoMeaning(what) => (&NO_MEANING, what.as_str()),
        UnmetReason::FontLicence(what) => (&FONT_LICENCE, what.as_str()),
        UnmetReason::NoAltText => (&NO_ALT_TEXT, ""),
        UnmetReason::SkippedHeadingLevel => (&SKIPPED_LEVEL, ""),
        UnmetReason::FirstHeadingLevel => (&FIRST_LEVEL, ""),
        UnmetReason::TooLarge => (&TOO_LARGE, ""),
        UnmetReason::Other(what) => (&OTHER, what.as_str()),
    };
    let place = unmet.place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
    let reason = wording.with([("what", what.to_owned()), ("place", place)]).text(lang);
    UNMET.with([("standard", unmet.standard.name().to_owned()), ("reason", reason)]).text(lang)
}

static NOT_PACKED: Wording = Wording {
    ko: "책자 파일을 줄이지 못해 크기가 몇 배 큽니다. 내용은 같으니 그대로 쓰셔도 됩니다",
    en: "the book's file could not be packed and is several times larger; what is in it is the same, and it can be used",
};
static NO_CROP_MARKS: Wording = Wording {
    ko: "책자에 재단선을 넣지 못했습니다. 도련은 들어 있습니다. 인쇄소에 재단선을 넣어 달라고 하거나 이전 planbook으로 만드십시오",
    en: "the book has no crop marks, though it has its bleed; ask the printer to add them, or make it with an earlier planbook",
};

/// Returns what could not be done to a book's file, in `lang`.
pub fn warning(warning: ExportWarning, lang: Lang) -> String {
    let wording = match warning {
        ExportWarning::NotPacked => &NOT_PACKED,
        ExportWarning::NoCropMarks => &NO_CROP_MARKS,
    };
    wording.with([]).text(lang)
}

#[cfg(test)]
mod tests {
    use typst_press::Standard;

    use super::*;

    #[test]
    fn a_standard_that_is_not_met_is_told_with_reason_and_place() {
        let told = |reason, place: Option<&str>| {
            unmet(&Unmet { standard: Standard::Ua1, reason, place: place.map(str::to_owned) }, Lang::En)
        };
        assert_eq!(
            told(UnmetReason::NoAltText, Some("cover.typ:3")),
            "The book does not meet PDF/UA-1: a picture of the templates has no words (alt) that say what it shows (cover.typ:3)"
        );
        assert_eq!(
            told(UnmetReason::NoMeaning("\\u{e000}".to_owned()), None),
            "The book does not meet PDF/UA-1: it has letters without an agreed meaning (\\u{e000})"
        );
    }
}
