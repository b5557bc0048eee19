//! `[book]`: the printed book.

use super::complaint::Cause;
use super::kinds::{colour, filled};
use super::section::{Section, SettingValue, list, number, one_of, placed, switch, table, text, that};
use crate::finding::Wording;
use crate::project::book::{BookPart, BookSettings, Margins};
use crate::project::paper::Paper;

static PAPER: Wording = Wording {
    ko: "알 수 없는 종이 크기입니다: `{value}`. {known} 가운데 하나를 적고 세로로 쓰려면 `A4 세로`처럼, 다른 크기는 `210x297mm`처럼 \
         적으십시오",
    en: "`{value}` is no size of paper; write one of {known}, upright as in `A4 portrait`, or measured as in `210x297mm`",
};
static MARGIN: Wording = Wording {
    ko: "여백은 0 이상 100 이하의 숫자(mm)여야 합니다",
    en: "a margin is a number of millimetres from 0 to 100",
};
static NO_ROOM: Wording = Wording {
    ko: "여백을 빼면 {width}×{height} mm만 남아 계획표를 실을 수 없습니다. 너비 {least_width} mm, 높이 {least_height} mm는 남도록 종이를 \
         키우거나 여백을 줄이십시오",
    en: "only {width} × {height} mm are left between the margins, too little for a plan's table; larger paper or smaller margins \
         should leave {least_width} × {least_height} mm",
};
static TWICE: Wording = Wording {
    ko: "책자에 같은 부분을 두 번 넣을 수 없습니다: `{value}`",
    en: "`{value}` stands in the list twice; a book holds each part once",
};
static NO_PLANS: Wording = Wording {
    ko: "`plans`가 빠졌습니다. 차례와 색인이 가리키는 계획이 책자에 있어야 합니다",
    en: "`plans` is missing: the contents and indexes of a book lead to its plans",
};

/// The smallest area between the margins in which a plan's table can be read, in millimetres.
const LEAST: (f64, f64) = (150.0, 80.0);

impl BookSettings {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let mut book = Self::default();
        section.set("title", &mut book.title, filled);
        section.set("subtitle", &mut book.subtitle, text);
        section.set("issuer", &mut book.issuer, text);
        section.set("date", &mut book.date, text);
        section.set("accent", &mut book.accent, colour);
        section.set("logo", &mut book.logo, filled);
        section.set("logo_alt", &mut book.logo_alt, text);
        section.set("fonts", &mut book.fonts, list(filled));
        let before = section.complaints();
        section.set("paper", &mut book.paper, paper);
        section.set("margins", &mut book.margins, table(Margins::read));
        if section.complaints() == before {
            book.check_room(section);
        }
        book.read_parts(section);
        section.set("imprint", &mut book.imprint, list(text));
        section.set("remarks", &mut book.remarks, switch);
        section.set("recto", &mut book.recto, switch);
        if !book.imprint.is_empty() && !book.parts.contains(&BookPart::Imprint) {
            book.parts.push(BookPart::Imprint);
        }
        book
    }

    fn check_room(&self, section: &mut Section<'_>) {
        let (paper, margins) = (self.paper, self.margins);
        let width = paper.width - margins.inside - margins.outside;
        let height = paper.height - margins.top - margins.bottom;
        if width < LEAST.0 || height < LEAST.1 {
            let length = |length: f64| format!("{}", length.max(0.0).round());
            let message = NO_ROOM.with([
                ("width", length(width)),
                ("height", length(height)),
                ("least_width", length(LEAST.0)),
                ("least_height", length(LEAST.1)),
            ]);
            section.complain("paper", message);
        }
    }

    fn read_parts(&mut self, section: &mut Section<'_>) {
        let (before, mut parts) = (section.complaints(), Vec::new());
        section.set("parts", &mut parts, list(placed(one_of(BookPart::NAMES))));
        if !section.has("parts") || section.complaints() > before {
            return;
        }
        self.parts = parts.iter().map(|(_, part)| *part).collect();
        for (index, (span, part)) in parts.iter().enumerate() {
            if self.parts[..index].contains(part) {
                let message = TWICE.with([("value", part.name())]);
                section.complain_at(span.clone(), message, Cause::Value);
            }
        }
        if !self.parts.contains(&BookPart::Plans) {
            section.complain("parts", NO_PLANS.with([]));
        }
    }
}

impl Margins {
    fn read(section: &mut Section<'_>) -> Self {
        let mut margins = Self::default();
        section.set("inside", &mut margins.inside, margin);
        section.set("outside", &mut margins.outside, margin);
        section.set("top", &mut margins.top, margin);
        section.set("bottom", &mut margins.bottom, margin);
        margins
    }
}

fn margin(value: &mut SettingValue<'_>) -> Option<f64> {
    that(number, |margin| (0.0..=100.0).contains(margin), |_| MARGIN.with([]))(value)
}

fn paper(value: &mut SettingValue<'_>) -> Option<Paper> {
    let name = text(value)?;
    name.parse().ok().or_else(|| {
        let known = Paper::names().collect::<Vec<_>>().join(", ");
        value.complain(PAPER.with([("value", name), ("known", known)]))
    })
}

#[cfg(test)]
mod tests {
    use crate::finding::Lang;
    use crate::project::Config;

    fn faults(text: &str) -> Vec<String> {
        let faults = Config::parse(&format!("[book]\n{text}\n")).unwrap_err();
        faults.iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn each_slip_is_told_where_it_stands_and_what_is_right() {
        for (text, place, says) in [
            ("paper = \"A9\"", "2:9", "A3, A4, A5, B4, B5"),
            ("paper = \"100x100mm\"", "2:9", "only 73 × 72 mm are left"),
            ("margins = { inside = -1 }", "2:22", "from 0 to 100"),
            ("accent = \"blue\"", "2:10", "six hexadecimal digits"),
            ("accent = \"#12345é\"", "2:10", "six hexadecimal digits"),
            ("logo = \" \"", "2:8", "`logo` is empty"),
            ("fonts = [\"a\", \"\"]", "2:15", "`fonts` is empty"),
            ("parts = [\"plans\", \"cover\", \"plans\"]", "2:28", "twice"),
            ("parts = [\"cover\"]", "2:9", "`plans` is missing"),
            ("parts = [\"plan\"]", "2:10", "did you mean `plans`?"),
            ("parts = [\"xyzzy\"]", "2:10", "expected one of: cover, contents"),
        ] {
            let faults = faults(text);
            assert_eq!(faults.len(), 1, "{text}: {faults:?}");
            assert!(faults[0].starts_with(&format!("{place}: ")) && faults[0].contains(says), "{faults:?}");
        }
    }

    #[test]
    fn a_slip_in_the_parts_is_told_in_korean() {
        let message = |text: &str| Config::parse(text).unwrap_err()[0].message.text(Lang::Ko);
        assert_eq!(
            message("[book]\nparts = [\"planz\"]"),
            "쓸 수 없는 값입니다: `planz`. 혹시 `plans`입니까?"
        );
    }
}
