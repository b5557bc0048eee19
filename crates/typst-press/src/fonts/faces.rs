//! Font faces: origin, coverage, and lazily loaded data.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use fontdb::{Database, FaceInfo, Source};
use typst::foundations::Bytes;
use typst::text::{Coverage, Font, FontInfo};

/// The origin of a face, in order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// The requested folder.
    Folder,
    /// Built into this program.
    Program,
    /// The operating system.
    System,
}

/// A face of a font file.
pub(super) struct Face {
    pub origin: Origin,
    /// What Typst knows of it.
    pub info: FontInfo,
    /// The family's names in all languages of the font.
    pub names: Vec<String>,
    file: File,
    index: u32,
    font: OnceLock<Option<Font>>,
}

/// Identifies a loaded font: the address of its data and its index in a collection.
pub(super) type FontKey = (usize, u32);

/// The key of a loaded font.
pub(super) fn key(font: &Font) -> FontKey {
    (font.data().as_slice().as_ptr() as usize, font.index())
}

enum File {
    Path(PathBuf),
    Data(&'static str, &'static [u8]),
}

/// Fonts that show every character as a box with its number.
const LAST_RESORT: [&str; 2] = ["lastresort", "adobenotdef"];

impl Face {
    /// The face's font, loaded on first use.
    pub(super) fn font(&self) -> Option<Font> {
        let load = || {
            let data = match &self.file {
                File::Path(path) => Bytes::new(fs::read(path).ok()?),
                File::Data(_, data) => Bytes::new(*data),
            };
            Font::new(data, self.index)
        };
        self.font.get_or_init(load).clone()
    }

    /// The font's key, once it is loaded.
    pub(super) fn key(&self) -> Option<FontKey> {
        self.font.get()?.as_ref().map(key)
    }

    /// The file it is in.
    pub(super) fn file_name(&self) -> String {
        match &self.file {
            File::Path(path) => path.display().to_string(),
            File::Data(name, _) => (*name).to_owned(),
        }
    }
}

/// The faces of the font files below `folder`.
pub(super) fn in_folder(folder: &Path) -> Vec<Face> {
    let mut database = Database::new();
    database.load_fonts_dir(folder);
    on_disk(&database, Origin::Folder)
}

/// The faces of the operating system's fonts, including the user's.
pub(super) fn of_system() -> Vec<Face> {
    let mut database = Database::new();
    database.load_system_fonts();
    on_disk(&database, Origin::System)
}

/// The faces of the embedded font file `name`.
pub(super) fn embedded(name: &'static str, data: &'static [u8]) -> Vec<Face> {
    let mut database = Database::new();
    database.load_font_source(Source::Binary(Arc::new(data)));
    faces(&database, Origin::Program, |_| Some(File::Data(name, data)))
}

/// The faces of files, sorted by path: file systems list them in different orders, and the book must not
/// depend on that.
fn on_disk(database: &Database, origin: Origin) -> Vec<Face> {
    let mut found = faces(database, origin, |face| match &face.source {
        Source::File(path) | Source::SharedFile(path, _) => Some(File::Path(path.clone())),
        Source::Binary(_) => None,
    });
    found.sort_by_cached_key(|face| (face.file_name(), face.index));
    found
}

fn faces(database: &Database, origin: Origin, file: impl Fn(&FaceInfo) -> Option<File>) -> Vec<Face> {
    let face = |face: &FaceInfo| {
        let info = database.with_face_data(face.id, info)??;
        let mut names: Vec<String> = face.families.iter().map(|(name, _)| name.clone()).collect();
        names.push(info.family.clone());
        let shows_boxes = |name: &String| {
            LAST_RESORT.iter().any(|word| folded(name).trim_start_matches('.').starts_with(word))
        };
        if names.iter().any(shows_boxes) {
            return None;
        }
        Some(Face { origin, info, names, file: file(face)?, index: face.index, font: OnceLock::new() })
    };
    database.faces().filter_map(face).collect()
}

/// Typst's information about the face at `index` of a font file. Symbol fonts claim ranges in which some
/// glyphs are missing; Typst would use them in place of fonts that have the characters.
fn info(data: &[u8], index: u32) -> Option<FontInfo> {
    let mut info = FontInfo::new(data, index)?;
    let face = ttf_parser::Face::parse(data, index).ok()?;
    let has_glyph =
        |c: &u32| char::from_u32(*c).and_then(|c| face.glyph_index(c)).is_some_and(|glyph| glyph.0 != 0);
    if !info.coverage.iter().all(|c| has_glyph(&c)) {
        info.coverage = Coverage::from_vec(info.coverage.iter().filter(has_glyph).collect());
    }
    Some(info)
}

/// A family's name without case and spaces.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_covered_only_where_there_is_a_glyph_for_it() {
        for face in of_system() {
            let data = fs::read(face.file_name()).unwrap();
            let ttf = ttf_parser::Face::parse(&data, face.index).unwrap();
            let glyph = |c: char| ttf.glyph_index(c).is_some_and(|glyph| glyph.0 != 0);
            let lacking = face.info.coverage.iter().filter_map(char::from_u32).find(|&c| !glyph(c));
            assert_eq!(lacking, None, "{}", face.file_name());
        }
    }
}
