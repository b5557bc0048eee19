//! Which of the families found the book is set in.

use std::collections::BTreeMap;

use typst::text::{FontBook, FontVariant};

use super::faces::{Face, Origin, folded};
use crate::finding::{Lang, Wording};
use crate::source::visible;

/// Families that show Korean well in small print, best first: the ones of Linux distributions, Windows and macOS.
const KOREAN: [&str; 10] = [
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

/// Likewise for Latin letters.
const LATIN: [&str; 7] =
    ["Noto Sans", "Source Sans 3", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans"];

/// Syllables that a font for Korean must have: the first and the last of Unicode's, and some between.
const HANGUL: &str = "가각한글횡힣";
/// Letters that any other font for text must have.
const TEXT: &str = "AZaz09%(),.";

/// How many families may stand in for one another. Typst looks further by itself.
const MOST: usize = 4;
/// How many near names are told.
const NEAR: usize = 3;

/// A family that planbook.toml names and that is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unheeded {
    /// There is no such font here.
    NotFound {
        /// The name in planbook.toml.
        family: String,
        /// The nearest names of fonts that are there.
        near: Vec<String>,
    },
    /// It does not show the letters the book is written in.
    LacksScript {
        /// The name in planbook.toml.
        family: String,
    },
}

static NOT_FOUND: Wording = Wording {
    ko: "planbook.toml에 적은 글꼴 {family|이/가} 이 컴퓨터에 없습니다. 비슷한 이름의 글꼴: {near}",
    en: "the font {family} named in planbook.toml is not installed here; the nearest names: {near}",
};
static LACKS_SCRIPT: Wording = Wording {
    ko: "planbook.toml에 적은 글꼴 {family}에는 한글이 없어 쓰지 않았습니다",
    en: "the font {family} named in planbook.toml does not have the letters of the book and was not used",
};

impl Unheeded {
    /// What to tell the user, in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        let message = match self {
            Self::NotFound { family, near } => {
                NOT_FOUND.with([("family", visible(family)), ("near", visible(&near.join(", ")))])
            }
            Self::LacksScript { family } => LACKS_SCRIPT.with([("family", visible(family))]),
        };
        message.text(lang)
    }
}

/// The families of the book.
pub(super) struct Choice {
    /// Best first; empty where none shows the book's script.
    pub families: Vec<String>,
    /// What was wished for in vain.
    pub unheeded: Vec<Unheeded>,
}

/// A family among those found.
struct Family<'a> {
    name: &'a str,
    origin: Origin,
    /// Whether it shows the book's script.
    fits: bool,
}

impl Choice {
    /// Chooses for a book written in `hangul`, or else in Latin letters: `wished` families first.
    pub(super) fn new(book: &FontBook, faces: &[Face], wished: &[String], hangul: bool) -> Self {
        let (sample, preferred) = if hangul { (HANGUL, &KOREAN[..]) } else { (TEXT, &LATIN[..]) };
        let shows_script = |family: &str| {
            let regular = book.select(&family.to_lowercase(), FontVariant::default());
            let info = regular.and_then(|index| book.info(index));
            info.is_some_and(|info| sample.chars().all(|c| info.coverage.contains(u32::from(c))))
        };
        let mut all: Vec<Family<'_>> = book
            .families()
            .map(|(name, mut faces_of)| {
                let origin = faces_of.next().map_or(Origin::System, |index| faces[index].origin);
                Family { name, origin, fits: shows_script(name) }
            })
            .collect();
        let rank = |family: &str| preferred.iter().position(|known| folded(known) == folded(family));
        all.sort_by_key(|family| {
            let place = rank(family.name);
            (family.origin, place.is_none(), place, family.name)
        });
        let names = names(faces);
        let mut families: Vec<String> = Vec::new();
        let mut unheeded = Vec::new();
        for wish in wished {
            let found =
                names.get(&folded(wish)).and_then(|name| all.iter().find(|family| family.name == *name));
            match found {
                Some(family) if family.fits => families.push(family.name.to_owned()),
                Some(_) => unheeded.push(Unheeded::LacksScript { family: wish.clone() }),
                None => unheeded.push(Unheeded::NotFound {
                    family: wish.clone(),
                    near: nearest(wish, all.iter().filter(|family| family.fits), faces),
                }),
            }
        }
        for (index, family) in all.iter().filter(|family| family.fits).enumerate() {
            let good = rank(family.name).is_some() || family.origin != Origin::System || index == 0;
            if good && families.len() < MOST && !families.iter().any(|name| name == family.name) {
                families.push(family.name.to_owned());
            }
        }
        Self { families, unheeded }
    }
}

/// Families by their folded names in every language: Windows lists 맑은 고딕, Typst knows Malgun Gothic.
fn names(faces: &[Face]) -> BTreeMap<String, &str> {
    let mut names = BTreeMap::new();
    for face in faces {
        for name in &face.names {
            names.entry(folded(name)).or_insert(face.info.family.as_str());
        }
    }
    names
}

/// The names nearest to `wish` of the families that would do.
fn nearest<'a>(wish: &str, fitting: impl Iterator<Item = &'a Family<'a>>, faces: &[Face]) -> Vec<String> {
    let fitting: Vec<&str> = fitting.map(|family| family.name).collect();
    let names =
        faces.iter().filter(|face| fitting.contains(&face.info.family.as_str())).flat_map(|face| &face.names);
    let wish = folded(wish);
    let mut near: Vec<(f64, &String)> =
        names.map(|name| (strsim::jaro_winkler(&wish, &folded(name)), name)).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.dedup_by(|a, b| a.1 == b.1);
    near.into_iter().take(NEAR).map(|(_, name)| name.clone()).collect()
}
