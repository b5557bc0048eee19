//! Fonts: found in a given folder and on the system, never downloaded.

use std::collections::BTreeSet;

use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInfo, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;
use typst_kit::fonts::{FontPath, FontStore, scan, system};

use super::{BookError, BookOptions};

/// Families that show Korean well, first choice first: the ones of Linux distributions, Windows and macOS.
const PREFERRED: [&str; 10] = [
    "NanumGothic",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "Source Han Sans K",
    "Source Han Sans KR",
    "Pretendard",
    "NanumBarunGothic",
    "UnDotum",
];

/// Syllables that a font for Korean must have: the first and the last of Unicode's, and some between.
const HANGUL: &str = "가각한글횡힣";

/// The fonts that were found, and the one the book is set in.
pub(super) struct Fonts {
    store: FontStore,
    /// The families that show Korean, best first; never empty.
    families: Vec<String>,
    /// The regular face of each of them.
    faces: Vec<FontInstance>,
}

impl Fonts {
    /// Looks into the folder of `options` first, then where the system keeps its fonts. `wished` families come
    /// before the [`PREFERRED`] ones, those before any other that shows Korean.
    pub(super) fn find(options: &BookOptions, wished: &[String]) -> Result<Self, BookError> {
        let mut store = FontStore::new();
        if let Some(folder) = &options.fonts_dir {
            if !folder.is_dir() {
                return Err(BookError::NoFontFolder { folder: folder.display().to_string() });
            }
            store.extend(in_fixed_order(scan(folder)));
        }
        if options.system_fonts {
            store.extend(in_fixed_order(system()));
        }
        let wished = wished.iter().map(String::as_str).chain(PREFERRED);
        let families = choose(store.book(), wished);
        let faces: Vec<FontInstance> = families
            .iter()
            .filter_map(|family| store.book().select(&family.to_lowercase(), FontVariant::default()))
            .filter_map(|index| store.font(index).map(regular))
            .collect();
        if faces.is_empty() {
            return Err(BookError::NoFont);
        }
        Ok(Self { store, families, faces })
    }

    /// The family the book is set in, and those that step in for letters it does not have.
    pub(super) fn families(&self) -> &[String] {
        &self.families
    }

    /// The width of `letter` in em, in the font that Typst takes for it: the first family that has it, else the
    /// most similar font, else the first family's sign for a letter it does not have.
    pub(super) fn advance(&self, letter: char) -> f64 {
        let width = |face: &FontInstance, glyph: u16| face.x_advance(glyph).map_or(1.0, |em| em.get());
        let glyph = |face: &FontInstance| face.ttf().glyph_index(letter).map(|glyph| width(face, glyph.0));
        self.faces
            .iter()
            .find_map(glyph)
            .or_else(|| glyph(&self.fallback(letter)?))
            .unwrap_or_else(|| self.faces.first().map_or(1.0, |face| width(face, 0)))
    }

    fn fallback(&self, letter: char) -> Option<FontInstance> {
        let like = self.faces.first().map(|face| face.font().info());
        let mut text = [0; 4];
        let text = letter.encode_utf8(&mut text);
        let index = self.store.book().select_fallback(like, FontVariant::default(), text)?;
        self.store.font(index).map(regular)
    }

    /// All fonts, as Typst looks them up.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        self.store.book()
    }

    /// The font at `index` of [`Fonts::book`].
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.store.font(index)
    }

    /// The letters of `texts` that no font found can show.
    pub(super) fn missing<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Vec<char> {
        let letters: BTreeSet<char> = texts
            .flat_map(str::chars)
            .filter(|c| !c.is_ascii() && !c.is_control() && !c.is_whitespace())
            .collect();
        let infos: Vec<&FontInfo> = (0..).map_while(|index| self.store.book().info(index)).collect();
        letters
            .into_iter()
            .filter(|&c| !infos.iter().any(|info| info.coverage.contains(u32::from(c))))
            .collect()
    }
}

/// A face in the size of small print: variable fonts may follow the size.
fn regular(font: Font) -> FontInstance {
    font.instantiate(FontVariant::default(), Abs::pt(8.0), &FontVariations::default())
}

/// The order in which a file system lists its files differs between machines; the book must not.
fn in_fixed_order(found: impl Iterator<Item = (FontPath, FontInfo)>) -> Vec<(FontPath, FontInfo)> {
    let mut found: Vec<_> = found.collect();
    found.sort_by(|(a, _), (b, _)| (&a.path, a.index).cmp(&(&b.path, b.index)));
    found
}

/// The `wished` families that are there and show Korean, else the first by name that does.
fn choose<'a>(book: &FontBook, wished: impl Iterator<Item = &'a str>) -> Vec<String> {
    let shows_korean = |family: &&str| {
        book.select(&family.to_lowercase(), FontVariant::default())
            .and_then(|index| book.info(index))
            .is_some_and(|info| HANGUL.chars().all(|c| info.coverage.contains(u32::from(c))))
    };
    let chosen: Vec<String> = wished.filter(shows_korean).map(str::to_owned).collect();
    if chosen.is_empty() {
        let all: BTreeSet<&str> = book.families().map(|(family, _)| family).collect();
        return all.into_iter().find(shows_korean).map(str::to_owned).into_iter().collect();
    }
    chosen
}
