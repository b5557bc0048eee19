//! Paper sizes for `[book] paper`.

use std::str::FromStr;

/// A sheet of paper as the reader sees it, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// The known names and their portrait sizes: A by ISO 216, B by JIS P 0138, which is what B4 and B5 mean in
/// Korea, and the North American ones.
const NAMED: [(&str, f64, f64); 8] = [
    ("A3", 297.0, 420.0),
    ("A4", 210.0, 297.0),
    ("A5", 148.0, 210.0),
    ("B4", 257.0, 364.0),
    ("B5", 182.0, 257.0),
    ("Letter", 215.9, 279.4),
    ("Legal", 215.9, 355.6),
    ("Tabloid", 279.4, 431.8),
];

/// The range of edge lengths that paper can have, in millimetres.
const EDGE: std::ops::RangeInclusive<f64> = 100.0..=1200.0;

impl Paper {
    /// A4 landscape, the usual paper of such plans.
    pub const DEFAULT: Paper = Paper { width: 297.0, height: 210.0 };

    /// The known names.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMED.iter().map(|(name, ..)| *name)
    }
}

/// The text is not a paper size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no size of paper")]
pub struct UnknownPaper(pub String);

/// Parses `A4`, `B5 portrait`, `297x210mm`. A name alone means landscape, because plans are wide.
impl FromStr for Paper {
    type Err = UnknownPaper;

    fn from_str(text: &str) -> Result<Self, UnknownPaper> {
        let unknown = || UnknownPaper(text.to_owned());
        if let Some(paper) = measured(text) {
            return Ok(paper);
        }
        let mut words = text.split_whitespace();
        let name = words.next().ok_or_else(unknown)?;
        let &(_, short, long) =
            NAMED.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)).ok_or_else(unknown)?;
        let upright = match words.next().map(str::to_lowercase).as_deref() {
            None | Some("landscape" | "가로") => false,
            Some("portrait" | "세로") => true,
            Some(_) => return Err(unknown()),
        };
        if words.next().is_some() {
            return Err(unknown());
        }
        let (width, height) = if upright { (short, long) } else { (long, short) };
        Ok(Paper { width, height })
    }
}

/// The size given as width and height: `297x210mm`, `297 × 210 mm`.
fn measured(text: &str) -> Option<Paper> {
    let text = text.trim();
    let (width, height) = text.strip_suffix("mm").unwrap_or(text).split_once(['x', 'X', '×', '*'])?;
    let edge = |text: &str| {
        let text = text.trim();
        text.strip_suffix("mm").unwrap_or(text).trim().parse().ok().filter(|length| EDGE.contains(length))
    };
    Some(Paper { width: edge(width)?, height: edge(height)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(text: &str) -> Option<(f64, f64)> {
        text.parse::<Paper>().ok().map(|paper| (paper.width, paper.height))
    }

    #[test]
    fn a_name_alone_is_landscape() {
        assert_eq!(paper("A4"), Some((297.0, 210.0)));
        assert_eq!(paper("a4 가로"), Some((297.0, 210.0)));
        assert_eq!(paper("B5 portrait"), Some((182.0, 257.0)));
        assert_eq!(paper("letter 세로"), Some((215.9, 279.4)));
    }

    #[test]
    fn a_measured_sheet_is_taken_as_written() {
        for text in ["210x297mm", "210×297", "210 mm × 297 mm", " 210 x 297 mm "] {
            assert_eq!(paper(text), Some((210.0, 297.0)), "{text}");
        }
    }

    #[test]
    fn what_is_no_paper_is_refused() {
        for text in ["", "A9", "A4 quer", "A4 landscape twice", "210", "10x10mm", "NaNx200mm", "99999x200"] {
            assert_eq!(paper(text), None, "{text}");
        }
    }
}
