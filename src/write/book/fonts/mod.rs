//! Fonts: found in a given folder, in this program and on the system, never downloaded.

mod choose;
mod embedded;
mod faces;
mod small;

use std::collections::BTreeSet;
use std::path::PathBuf;

use typst::layout::{Abs, Frame, FrameItem};
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;
use typst_layout::PagedDocument;

use super::BookError;
use crate::consolidate::Context;
use crate::finding::Lang;
use choose::Choice;
pub use choose::Unheeded;
use faces::{Face, FontKey};
use small::SmallFigures;
pub(super) use small::{Setting as SmallFigureSetting, has_small_figures};

/// Where to look for fonts.
#[derive(Clone, Debug)]
pub struct FontSources {
    /// A folder with font files that come before all others.
    pub folder: Option<PathBuf>,
    /// Whether the fonts built into this program and those of the system are looked at.
    pub usual: bool,
}

impl Default for FontSources {
    fn default() -> Self {
        Self { folder: None, usual: true }
    }
}

/// The fonts that were found, and the families the book is set in.
pub struct Fonts {
    book: LazyHash<FontBook>,
    faces: Vec<Face>,
    families: Vec<String>,
    regular: Font,
    /// The regular face of each of the families.
    regulars: Vec<FontInstance>,
    small: Option<SmallFigures>,
    unheeded: Vec<Unheeded>,
}

/// What is printed for a letter that no font shows: the geta mark, which printers set for a sort they lack; or what
/// comes closest to it.
const SUBSTITUTES: [char; 3] = ['〓', '□', '?'];

impl Fonts {
    /// Looks for fonts in `sources` and chooses those for the book of `context`: the families that planbook.toml
    /// names, then those of the folder and of this program, then those known to be good, then any.
    ///
    /// # Errors
    /// When the folder cannot be opened, or no font shows the book's script.
    pub fn find(context: &Context<'_>, lang: Lang, sources: &FontSources) -> Result<Self, BookError> {
        let hangul = lang == Lang::Ko || has_hangul(context);
        let mut faces = Vec::new();
        if let Some(folder) = &sources.folder {
            if !folder.is_dir() {
                return Err(BookError::NoFontFolder { folder: folder.display().to_string() });
            }
            faces.extend(faces::in_folder(folder));
        }
        if sources.usual {
            faces.extend(embedded::FILES.iter().flat_map(|(name, data)| faces::embedded(name, data)));
            faces.extend(faces::of_system());
        }
        let book = FontBook::from_infos(faces.iter().map(|face| face.info.clone()));
        let Choice { families, unheeded } = Choice::new(&book, &faces, &context.config.book.fonts, hangul);
        let regular = families
            .first()
            .and_then(|family| book.select(&family.to_lowercase(), FontVariant::default()))
            .and_then(|index| faces[index].font())
            .ok_or(if hangul { BookError::NoFont } else { BookError::NoFontAtAll })?;
        let regulars = families
            .iter()
            .filter_map(|family| book.select(&family.to_lowercase(), FontVariant::default()))
            .filter_map(|index| faces[index].font().map(in_small_print))
            .collect::<Vec<_>>();
        let good = small::GOOD.iter().filter_map(|family| {
            let index = book.select(&family.to_lowercase(), FontVariant::default())?;
            Some((faces[index].info.family.clone(), faces[index].font().map(in_small_print)?))
        });
        let small = regulars.first().and_then(|face| SmallFigures::new(face, good));
        Ok(Self { book: LazyHash::new(book), faces, families, regular, regulars, small, unheeded })
    }

    /// The family the book is set in, and those that step in for letters it does not have.
    pub fn families(&self) -> &[String] {
        &self.families
    }

    /// How raised and lowered figures are set, where they would be too small.
    pub(super) fn small_figures(&self) -> Option<&SmallFigureSetting> {
        self.small.as_ref().map(SmallFigures::setting)
    }

    /// Families that planbook.toml names and that are not used.
    pub fn unheeded(&self) -> &[Unheeded] {
        &self.unheeded
    }

    /// Family and file of each font that text of `document` is set in.
    pub(super) fn used(&self, document: &PagedDocument) -> BTreeSet<(String, String)> {
        let mut used = BTreeSet::new();
        for page in document.pages() {
            note_fonts(&page.frame, &mut used);
        }
        let faces = self.faces.iter().filter(|face| face.key().is_some_and(|key| used.contains(&key)));
        faces.map(|face| (face.info.family.clone(), face.file_name())).collect()
    }

    /// The width of `letter` in em, in the font that Typst takes for it: the first family that has it, else the
    /// most similar font. One that no font shows is as wide as what is printed for it.
    pub(super) fn advance(&self, letter: char) -> f64 {
        if !letter.is_ascii() && !('가'..='힣').contains(&letter) && typst::text::is_default_ignorable(letter)
        {
            return 0.0;
        }
        let width = |face: &FontInstance, glyph: u16| face.x_advance(glyph).map_or(1.0, |em| em.get());
        let glyph = |face: &FontInstance| face.ttf().glyph_index(letter).map(|glyph| width(face, glyph.0));
        let small = self.small.as_ref().and_then(|small| small.face_of(letter));
        small
            .into_iter()
            .chain(&self.regulars)
            .find_map(glyph)
            .or_else(|| glyph(&self.fallback(letter)?))
            .or_else(|| {
                let substitute = self.substitute();
                (letter != substitute && !self.shows(letter)).then(|| self.advance(substitute))
            })
            .unwrap_or_else(|| self.regulars.first().map_or(1.0, |face| width(face, 0)))
    }

    fn fallback(&self, letter: char) -> Option<FontInstance> {
        let mut text = [0; 4];
        let text = letter.encode_utf8(&mut text);
        let index = self.book.select_fallback(Some(self.regular.info()), FontVariant::default(), text)?;
        self.faces.get(index)?.font().map(in_small_print)
    }

    /// All fonts, as Typst looks them up.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// The font at `index` of [`Fonts::book`].
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.faces.get(index)?.font()
    }

    /// Whether some font shows `c`, or nothing is to be seen of it anyway.
    pub fn shows(&self, c: char) -> bool {
        c.is_whitespace()
            || c.is_control()
            || typst::text::is_default_ignorable(c)
            || self.regular.info().coverage.contains(u32::from(c))
            || self.faces.iter().any(|face| face.info.coverage.contains(u32::from(c)))
    }

    /// The letters of `texts` that no font found can show.
    pub(super) fn missing<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> BTreeSet<char> {
        let letters: BTreeSet<char> =
            texts.into_iter().flat_map(str::chars).filter(|c| !c.is_ascii()).collect();
        letters.into_iter().filter(|&c| !self.shows(c)).collect()
    }

    /// What is printed for a letter that no font shows.
    pub(super) fn substitute(&self) -> char {
        let known = SUBSTITUTES.into_iter().find(|&c| self.regular.info().coverage.contains(u32::from(c)));
        known.unwrap_or('?')
    }
}

/// A face in the size of small print: variable fonts may follow the size.
fn in_small_print(font: Font) -> FontInstance {
    font.instantiate(FontVariant::default(), Abs::pt(8.0), &FontVariations::default())
}

/// Adds the fonts of the text in `frame`.
fn note_fonts(frame: &Frame, used: &mut BTreeSet<FontKey>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Text(text) => {
                used.insert(faces::key(&text.font));
            }
            FrameItem::Group(group) => note_fonts(&group.frame, used),
            _ => {}
        }
    }
}

/// Whether anything in the plans of `context` is written in Hangul.
fn has_hangul(context: &Context<'_>) -> bool {
    let hangul = |text: &str| text.chars().any(|c| matches!(c, '가'..='힣' | 'ㄱ'..='ㆎ' | 'ᄀ'..='ᇿ'));
    let city = context.city;
    hangul(&city.name) || city.plans.iter().any(|plan| plan.printed().any(|text| hangul(text.text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{city, config, consistent_city, plan};

    fn find(config: &Config, lang: Lang, plans: Vec<crate::testing::PlanText>) -> Fonts {
        let city = city(plans, config);
        Fonts::find(&Context { city: &city, config }, lang, &FontSources::default()).unwrap()
    }

    #[test]
    fn a_family_that_is_not_there_is_told_with_the_names_that_are_near() {
        let fonts = find(&config("[book]\nfonts = ['NanumGothik']"), Lang::Ko, consistent_city());
        let [Unheeded::NotFound { family, near }] = fonts.unheeded() else {
            panic!("{:?}", fonts.unheeded())
        };
        assert_eq!(family, "NanumGothik");
        assert!(!near.is_empty());
    }

    #[test]
    fn a_plan_in_english_alone_asks_for_no_korean_font() {
        let plans =
            vec![plan("Roads", "Springfield").row("A | B | C | 1 | D | E | 1 | 2 | 3 | 4 | F | 100 | ")];
        let english = city(plans.clone(), &Config::default());
        let config = Config::default();
        let context = Context { city: &english, config: &config };
        // The test plans have Korean titles.
        assert_eq!(has_hangul(&context), english.plans[0].title.text.contains('균'));
        assert!(has_hangul(&Context { city: &city(consistent_city(), &config), config: &config }));
    }

    #[test]
    fn private_letters_are_missing_and_invisible_ones_are_not() {
        let fonts = find(&Config::default(), Lang::Ko, consistent_city());
        let missing = fonts.missing(["가\u{200b}\u{feff} \u{10FFFD}x"]);
        assert_eq!(missing.into_iter().collect::<Vec<_>>(), ['\u{10FFFD}']);
        assert_ne!(fonts.substitute(), '?');
    }
}
