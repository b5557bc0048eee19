//! Chooses a document's font families among those found.

use std::collections::BTreeMap;

use typst::text::{FontBook, FontVariant};

use super::faces::{Face, Origin, folded};

/// A script and its suitable fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Script {
    /// Characters that a font for it must have.
    pub sample: &'static str,
    /// Families that are legible in small print, best first.
    pub families: &'static [&'static str],
}

impl Script {
    /// Korean. The sample includes the first and the last of Unicode's syllables; the families are those of
    /// Linux distributions, Windows and macOS.
    pub const KOREAN: Self = Self {
        sample: "가각한글횡힣",
        families: &[
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
        ],
    };
    /// Latin letters, figures and punctuation.
    pub const LATIN: Self = Self {
        sample: "AZaz09%(),.",
        families: &[
            "Noto Sans",
            "Source Sans 3",
            "Segoe UI",
            "Helvetica Neue",
            "Arial",
            "Liberation Sans",
            "DejaVu Sans",
        ],
    };
}

/// The most fallback families. Typst then searches further itself.
const MAX_FAMILIES: usize = 4;
/// The most similar names suggested.
const MAX_SUGGESTIONS: usize = 3;

/// A requested family that is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnavailableFont {
    /// It is not installed.
    NotFound {
        /// The name that was asked for.
        family: String,
        /// The most similar names of available fonts.
        near: Vec<String>,
    },
    /// It lacks characters of the script.
    LacksScript {
        /// The name that was asked for.
        family: String,
    },
}

/// The families of a document.
pub(super) struct Choice {
    /// Best first; empty where none shows the script.
    pub families: Vec<String>,
    /// Requested families that are unavailable.
    pub unavailable: Vec<UnavailableFont>,
}

/// A family among those found.
struct Family<'a> {
    name: &'a str,
    origin: Origin,
    /// Whether it has the script's characters.
    fits: bool,
}

impl Choice {
    /// Chooses families for text in `script`, beginning with the `wished` ones.
    pub(super) fn new(book: &FontBook, faces: &[Face], wished: &[String], script: &Script) -> Self {
        let shows_script = |family: &str| {
            let regular = book.select(&family.to_lowercase(), FontVariant::default());
            let info = regular.and_then(|index| book.info(index));
            info.is_some_and(|info| script.sample.chars().all(|c| info.coverage.contains(u32::from(c))))
        };
        let mut all: Vec<Family<'_>> = book
            .families()
            .map(|(name, mut faces_of)| {
                let origin = faces_of.next().map_or(Origin::System, |index| faces[index].origin);
                Family { name, origin, fits: shows_script(name) }
            })
            .collect();
        let rank = |family: &str| script.families.iter().position(|known| folded(known) == folded(family));
        all.sort_by_key(|family| {
            let place = rank(family.name);
            (family.origin, place.is_none(), place, family.name)
        });
        let names = names(faces);
        let mut families: Vec<String> = Vec::new();
        let mut unavailable = Vec::new();
        for wish in wished {
            let found =
                names.get(&folded(wish)).and_then(|name| all.iter().find(|family| family.name == *name));
            match found {
                Some(family) if family.fits => families.push(family.name.to_owned()),
                Some(_) => unavailable.push(UnavailableFont::LacksScript { family: wish.clone() }),
                None => unavailable.push(UnavailableFont::NotFound {
                    family: wish.clone(),
                    near: nearest(wish, all.iter().filter(|family| family.fits), faces),
                }),
            }
        }
        for (index, family) in all.iter().filter(|family| family.fits).enumerate() {
            let good = rank(family.name).is_some() || family.origin != Origin::System || index == 0;
            if good && families.len() < MAX_FAMILIES && !families.iter().any(|name| name == family.name) {
                families.push(family.name.to_owned());
            }
        }
        Self { families, unavailable }
    }
}

/// Families by their folded names in every language: Windows lists 맑은 고딕, Typst lists Malgun Gothic.
fn names(faces: &[Face]) -> BTreeMap<String, &str> {
    let mut names = BTreeMap::new();
    for face in faces {
        for name in &face.names {
            names.entry(folded(name)).or_insert(face.info.family.as_str());
        }
    }
    names
}

/// The names most similar to `wish` among suitable families.
fn nearest<'a>(wish: &str, fitting: impl Iterator<Item = &'a Family<'a>>, faces: &[Face]) -> Vec<String> {
    let fitting: Vec<&str> = fitting.map(|family| family.name).collect();
    let names =
        faces.iter().filter(|face| fitting.contains(&face.info.family.as_str())).flat_map(|face| &face.names);
    let wish = folded(wish);
    let mut near: Vec<(f64, &String)> =
        names.map(|name| (strsim::jaro_winkler(&wish, &folded(name)), name)).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.dedup_by(|a, b| a.1 == b.1);
    near.into_iter().take(MAX_SUGGESTIONS).map(|(_, name)| name.clone()).collect()
}
