//! Finds the page of everything.
//!
//! Rust cuts the whole book into pages, so it knows the page numbers before anything is set, and links can
//! target a place on a page. If Typst had to find the page of a label, it would have to set the book several
//! times.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::plan::PlanId;
use crate::project::BookPart;

/// The typesetter's rounding must not overfill a full page.
pub(super) const SLACK: f64 = 1.0;

/// Cuts a column of items with these `heights` into pages: the first has room for `first`, the others for
/// `next`. No page is empty; an item higher than a page gets a page to itself.
pub(super) fn cut(heights: impl IntoIterator<Item = f64>, first: f64, next: f64) -> Vec<Range<usize>> {
    let mut pages: Vec<Range<usize>> = Vec::new();
    let mut left = first;
    for (index, height) in heights.into_iter().enumerate() {
        match pages.last_mut() {
            Some(page) if height <= left => page.end = index + 1,
            page => {
                left = if page.is_some() { next } else { first };
                pages.push(index..index + 1);
            }
        }
        left -= height;
    }
    pages
}

/// A place that links target.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    /// Its label.
    pub label: String,
    /// Its page, counted from the first of its chunk.
    pub page: usize,
    /// Distance from the top edge of the paper.
    pub y: f64,
}

/// Consecutive pages whose layout does not depend on what comes before: a part of the book, or a plan.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chunk {
    /// The part that it is or belongs to.
    pub part: BookPart,
    /// The plan that it is, as a position among the city's plans.
    pub plan: Option<PlanId>,
    /// The organisation whose plan it is.
    pub org: Option<String>,
    /// The label of its title.
    pub label: String,
    /// Whether it begins on a right-hand page, after an empty page if necessary.
    pub recto: bool,
    /// How many pages it has.
    pub pages: usize,
    /// The places in it.
    pub spots: Vec<Spot>,
}

/// Page, from 1, and distance from the top edge of the paper, by label.
pub(super) type BookPlaces = BTreeMap<String, (usize, f64)>;

/// Returns the places in `chunks` that begin on the pages `starts`.
pub(super) fn places(chunks: &[Chunk], starts: &[usize]) -> BookPlaces {
    let mut places = BookPlaces::new();
    for (chunk, start) in chunks.iter().zip(starts) {
        places.insert(chunk.label.clone(), (*start, 0.0));
        places.extend(chunk.spots.iter().map(|spot| (spot.label.clone(), (start + spot.page, spot.y))));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_cut_where_a_page_is_full_and_nothing_is_lost() {
        assert_eq!(cut([3.0, 3.0, 3.0, 9.0, 1.0], 7.0, 6.0), [0..2, 2..3, 3..4, 4..5]);
        assert_eq!(cut([8.0], 7.0, 6.0).len(), 1, "what is higher than a page has one to itself");
        assert!(cut([], 7.0, 6.0).is_empty());
    }

    #[test]
    fn places_move_with_the_pages_before_them() {
        let spots = vec![Spot { label: "row".to_owned(), page: 1, y: 9.0 }];
        let plan = Chunk {
            part: BookPart::Plans,
            plan: None,
            org: None,
            label: "plan".to_owned(),
            recto: false,
            pages: 2,
            spots,
        };
        let of = |start: usize| places(std::slice::from_ref(&plan), &[start]);
        assert_eq!((of(3)["plan"], of(3)["row"], of(5)["row"]), ((3, 0.0), (4, 9.0), (6, 9.0)));
    }
}
