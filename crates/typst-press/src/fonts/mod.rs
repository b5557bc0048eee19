//! Finds fonts in a given folder, in this program and on the system; never downloads any.

mod choose;
mod faces;
mod small;

use std::collections::BTreeSet;
use std::path::PathBuf;

use typst::layout::{Abs, Frame, FrameItem};
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;
use typst_layout::PagedDocument;

use choose::Choice;
pub use choose::{Script, UnavailableFont};
use faces::{Face, FontKey};
use small::SmallFigures;

/// Where to look for fonts, in order of preference.
#[derive(Clone, Debug)]
pub struct FontSources {
    /// A folder with font files, searched recursively.
    pub folder: Option<PathBuf>,
    /// Embedded font files: names and data.
    pub embedded: &'static [(&'static str, &'static [u8])],
    /// Whether to use the operating system's fonts, including the user's.
    pub system: bool,
}

impl Default for FontSources {
    /// The fonts of the operating system.
    fn default() -> Self {
        Self { folder: None, embedded: &[], system: true }
    }
}

/// The fonts found, and the families of the document.
pub struct Fonts {
    book: LazyHash<FontBook>,
    faces: Vec<Face>,
    families: Vec<String>,
    regular: Font,
    /// The regular face of each of the families.
    regulars: Vec<FontInstance>,
    small: Option<SmallFigures>,
    unavailable: Vec<UnavailableFont>,
}

/// No usable fonts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// The requested folder cannot be opened.
    #[error("the font folder {} cannot be opened", .0.display())]
    NoFolder(PathBuf),
    /// No font found has the script's characters.
    #[error("no font was found that shows `{sample}`")]
    NoFont {
        /// Characters of the script.
        sample: &'static str,
    },
}

/// The substitutes for a character that no font has: the geta mark, which printers use for a missing sort, or
/// the nearest available one.
const SUBSTITUTES: [char; 3] = ['〓', '□', '?'];

impl Fonts {
    /// Finds fonts in `sources` and chooses those for text in `script`: first the `wished` families, then
    /// those of the folder and of the program, then known good ones, then any.
    ///
    /// # Errors
    /// When the folder cannot be opened, or no font has the script's characters.
    pub fn find(script: &Script, wished: &[String], sources: &FontSources) -> Result<Self, FontError> {
        let mut faces = Vec::new();
        if let Some(folder) = &sources.folder {
            if !folder.is_dir() {
                return Err(FontError::NoFolder(folder.clone()));
            }
            faces.extend(faces::in_folder(folder));
        }
        faces.extend(sources.embedded.iter().flat_map(|(name, data)| faces::embedded(name, data)));
        if sources.system {
            faces.extend(faces::of_system());
        }
        let book = FontBook::from_infos(faces.iter().map(|face| face.info.clone()));
        let Choice { families, unavailable } = Choice::new(&book, &faces, wished, script);
        let regular = families
            .first()
            .and_then(|family| book.select(&family.to_lowercase(), FontVariant::default()))
            .and_then(|index| faces[index].font())
            .ok_or(FontError::NoFont { sample: script.sample })?;
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
        Ok(Self { book: LazyHash::new(book), faces, families, regular, regulars, small, unavailable })
    }

    /// The main family, and its fallbacks for missing characters.
    pub fn families(&self) -> &[String] {
        &self.families
    }

    /// The family for [raised and lowered figures](crate::RAISED_AND_LOWERED), where the first of
    /// [`Fonts::families`] draws them illegibly small.
    pub fn raised_and_lowered(&self) -> Option<&str> {
        self.small.as_ref().map(|small| small.family.as_str())
    }

    /// Requested families that are not used.
    pub fn unavailable(&self) -> &[UnavailableFont] {
        &self.unavailable
    }

    /// Family and file of each font used in `document`.
    pub(crate) fn used(&self, document: &PagedDocument) -> BTreeSet<(String, String)> {
        let mut used = BTreeSet::new();
        for page in document.pages() {
            note_fonts(&page.frame, &mut used);
        }
        let faces = self.faces.iter().filter(|face| face.key().is_some_and(|key| used.contains(&key)));
        faces.map(|face| (face.info.family.clone(), face.file_name())).collect()
    }

    /// The width of `letter` in em, in the font Typst uses for it: the first family that has it, else the
    /// most similar font. A character without a font has the width of its substitute.
    pub fn advance(&self, letter: char) -> f64 {
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

    /// Typst's index of all fonts.
    pub fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// The font at `index` of [`Fonts::book`].
    pub fn font(&self, index: usize) -> Option<Font> {
        self.faces.get(index)?.font()
    }

    /// Whether some font has `c`, or `c` is invisible.
    pub fn shows(&self, c: char) -> bool {
        c.is_whitespace()
            || c.is_control()
            || typst::text::is_default_ignorable(c)
            || self.regular.info().coverage.contains(u32::from(c))
            || self.faces.iter().any(|face| face.info.coverage.contains(u32::from(c)))
    }

    /// The characters of `texts` that no font has.
    pub fn missing<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> BTreeSet<char> {
        let letters: BTreeSet<char> =
            texts.into_iter().flat_map(str::chars).filter(|c| !c.is_ascii()).collect();
        letters.into_iter().filter(|&c| !self.shows(c)).collect()
    }

    /// The substitute for a character that no font has.
    pub fn substitute(&self) -> char {
        let known = SUBSTITUTES.into_iter().find(|&c| self.regular.info().coverage.contains(u32::from(c)));
        known.unwrap_or('?')
    }
}

/// A face at small print size, to which variable fonts may adapt.
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
