//! Page setup, and what fits on a page: A4 within its margins, scaled down until all columns fit, as
//! spreadsheets do.

use rust_xlsxwriter::Worksheet;

/// The printable area of an A4 sheet in points, short side and long side, without header and footer margins.
const PORTRAIT: [f64; 2] = [537.6, 755.4];
const LANDSCAPE: [f64; 2] = [784.2, 508.8];
/// Safety margin for differences between programs and fonts.
const SAFE: f64 = 0.97;
/// Points per character of the default font in a column, and a column's padding.
const CHARACTER: f64 = 5.25;
const BESIDE: f64 = 3.75;
/// The smallest scale that is still legible.
const LEGIBLE: f64 = 0.6;

/// Sets up the pages of a worksheet: A4 landscape, one page wide, name of the sheet and page numbers at the foot.
pub fn set_up(worksheet: &mut Worksheet) {
    worksheet
        .set_paper_size(9)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3)
        .set_footer("&L&A&R&P / &N")
        .set_screen_gridlines(false);
}

/// Page orientation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// Higher than wide.
    Portrait,
    /// Wider than high.
    Landscape,
}

/// A page with columns on it.
#[derive(Clone, Copy, Debug)]
pub struct SheetPage {
    /// How many points of rows it holds.
    pub room: f64,
}

impl SheetPage {
    /// A page as wide as columns of `widths` characters.
    pub fn of(widths: impl Iterator<Item = f64>, orientation: Orientation) -> Self {
        let [width, height] = match orientation {
            Orientation::Portrait => PORTRAIT,
            Orientation::Landscape => LANDSCAPE,
        };
        let wide: f64 = widths.map(|width| width * CHARACTER + BESIDE).sum();
        // Scaling down to the width also fits more rows.
        Self { room: height * SAFE * (wide / width).max(1.0) }
    }

    /// Whether rows of this total height are still legible when scaled to one page.
    pub fn holds_legibly(&self, high: f64) -> bool {
        high <= self.room / SAFE / LEGIBLE
    }

    /// Distributes rows of `heights` over pages, beginning on a new page.
    pub fn flow(&self, heights: impl Iterator<Item = f64>) -> PageFlow {
        let mut flow = PageFlow { begins: Vec::new(), used: 0.0 };
        for (row, height) in (0..).zip(heights) {
            if flow.used > 0.0 && flow.used + height > self.room {
                flow.begins.push(row);
                flow.used = 0.0;
            }
            flow.used += height;
        }
        flow
    }

    /// Whether an unbreakable block of this height begins a new page after `flow`.
    pub fn parts(&self, flow: &PageFlow, high: f64) -> bool {
        flow.used > 0.0 && flow.used + high > self.room
    }
}

/// Rows on pages.
#[derive(Clone, Debug, PartialEq)]
pub struct PageFlow {
    /// The rows that begin a page after the first, counted from the first row.
    pub begins: Vec<u32>,
    /// How full the last page is, in points.
    pub used: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_was_cut_by_the_end_of_a_page() {
        let page = SheetPage::of([10.0; 5].into_iter(), Orientation::Landscape);
        let rows = |count: usize| std::iter::repeat_n(18.0, count);
        let parts = |page: &SheetPage, count: usize, high: f64| page.parts(&page.flow(rows(count)), high);
        assert!(!parts(&page, 12, 270.0), "216 and 270 points fit");
        assert!(parts(&page, 13, 270.0));
        assert_eq!(page.flow(rows(30)).begins, [27]);
        assert!(!parts(&page, 30, 270.0), "three rows have gone to a second page");
        assert!(!parts(&page, 0, 900.0), "what is higher than a page begins one already");
        let wide = SheetPage::of([10.0; 20].into_iter(), Orientation::Landscape);
        assert!(!parts(&wide, 17, 270.0), "four times as many columns make all of it smaller");
    }

    #[test]
    fn an_overview_a_little_longer_than_a_page_took_two() {
        let page = SheetPage::of([44.0, 12.0, 12.0, 12.0, 12.0].into_iter(), Orientation::Portrait);
        assert!(page.holds_legibly(83.0 * 15.0) && !page.holds_legibly(90.0 * 15.0));
    }
}
