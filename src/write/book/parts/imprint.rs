//! The imprint: the book's title, issuer and date, and the office's own lines.

use serde::Serialize;

use super::super::measure::Lines;
use super::{BOLD, PartInput};

const TITLE_SIZE: f64 = 13.0;
const SIZE: f64 = 9.0;
/// Width of the column of labels.
const NAMES: f64 = 60.0;
/// The greatest width of the imprint.
const WIDTH: f64 = 340.0;

/// The imprint. Lengths are in points.
#[derive(Serialize)]
pub(in super::super) struct Imprint {
    width: f64,
    title: Lines,
    title_size: f64,
    size: f64,
    names: f64,
    /// Labels and their values.
    facts: Vec<(&'static str, Lines)>,
    /// Further lines from planbook.toml.
    lines: Vec<Lines>,
}

impl Imprint {
    /// Makes the imprint of the book called `title`.
    pub(in super::super) fn new(input: &PartInput<'_>, title: &str) -> Self {
        let (book, lang) = (&input.config.book, input.lang);
        let width = input.sheet.width().min(WIDTH);
        let issuer = book.issuer.clone().unwrap_or_else(|| input.city.name.to_string());
        let year = (input.city.year != 0).then(|| input.city.year.to_string());
        let date = book.date.clone().filter(|date| !date.trim().is_empty());
        let facts = [
            (lang.pick("계획 연도", "Plan year"), year.map(|year| lang.pick(format!("{year}년"), year))),
            (lang.pick("펴낸 곳", "Issued by"), Some(issuer)),
            (lang.pick("펴낸 날", "Date"), date),
        ];
        let set = |(name, fact): (&'static str, Option<String>)| {
            Some((name, input.lines(&fact?, width - NAMES, SIZE)))
        };
        Self {
            width,
            title: input.lines(title, width / BOLD, TITLE_SIZE),
            title_size: TITLE_SIZE,
            size: SIZE,
            names: NAMES,
            facts: facts.into_iter().filter_map(set).collect(),
            lines: book.imprint.iter().take(MOST).map(|line| input.lines(line, width, SIZE)).collect(),
        }
    }
}

/// The most lines that fit on the page.
const MOST: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Lang;
    use crate::testing::{city, config, plan};
    use crate::write::book::measure::Ruler;
    use crate::write::book::sheet::PaperSheet;

    #[test]
    fn the_imprint_names_the_issuer_and_the_date_and_what_the_office_adds() {
        let config =
            config("[book]\nissuer = '기획조정실'\ndate = '2026. 1.'\nimprint = ['발간등록번호 51-0000']");
        let city = city([plan("교통국", "가나시")], &config);
        let (sheet, ruler) = (PaperSheet::a4_landscape(), Ruler::new(|_| 0.9));
        let input = PartInput { city: &city, config: &config, sheet: &sheet, ruler: &ruler, lang: Lang::Ko };
        let imprint = Imprint::new(&input, "성과관리계획");
        let told: Vec<_> = imprint.facts.iter().map(|(name, fact)| (*name, fact.concat())).collect();
        assert_eq!(told[1..], [("펴낸 곳", "기획조정실".to_owned()), ("펴낸 날", "2026. 1.".to_owned())]);
        assert_eq!(imprint.lines[0].concat(), "발간등록번호 51-0000");
    }
}
