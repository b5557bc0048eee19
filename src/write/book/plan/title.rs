//! The title above a plan's table, and the running head.

use serde::Serialize;

use super::super::measure::{Lines, Ruler};
use super::super::sheet::{INSET_Y, PaperSheet};
use super::block::text_height;
use crate::consolidate::City;
use crate::finding::Lang;
use crate::plan::{Plan, PlanId};

/// Sizes of a title, largest first. The first at which the title takes one or two lines is used.
const SIZES: [f64; 3] = [14.0, 12.0, 10.0];
/// A title is cut at this many lines; the notes then give it in full.
const MOST_LINES: usize = 6;
/// Size of the title on the pages after the first.
const NEXT_SIZE: f64 = 12.0;
/// Size of the text that follows the title there.
const MARK_SIZE: f64 = 9.0;
/// Size of the title as submitted.
const WRITTEN_SIZE: f64 = 8.0;
/// Size of the running head.
const HEAD_SIZE: f64 = 8.0;
/// Space between two names of the running head, in em.
const HEAD_GAP: f64 = 2.0;
/// Bold letters are wider than the regular ones that the ruler measures.
const BOLD: f64 = 1.12;

/// A plan's title.
#[derive(Serialize)]
pub(super) struct Title {
    /// As written, with the organisation's name corrected.
    pub text: String,
    /// The title broken into lines, as it is set.
    pub lines: Lines,
    pub size: f64,
    /// Height of its block, including the space below.
    pub height: f64,
    /// On one line, for the pages after the first.
    pub next: String,
    pub next_size: f64,
    pub next_height: f64,
    pub mark_size: f64,
    /// The title as submitted, if a corrected one is printed.
    pub written: Option<String>,
    pub written_size: f64,
    /// The whole title, if its lines do not hold all of it.
    pub cut: Option<String>,
}

impl Title {
    /// Returns the title of `plan`, printed as `printed`, or as the organisation's name if that is empty. On
    /// later pages `continued` follows it. If the title was corrected, the submitted one is printed below.
    pub(super) fn of(
        plan: &Plan,
        printed: &str,
        sheet: &PaperSheet,
        ruler: &Ruler<'_>,
        continued: &str,
        lang: Lang,
    ) -> Self {
        let text = if printed.is_empty() { plan.org.to_string() } else { printed.to_owned() };
        let measured = ruler.measure(&text);
        let at = |size: f64| (size, measured.broken(sheet.width() / size / BOLD));
        let (size, lines) = SIZES
            .iter()
            .map(|&size| at(size))
            .find(|(_, lines)| lines.len() <= 2)
            .unwrap_or_else(|| at(SIZES[2]));
        let cut = (lines.len() > MOST_LINES).then(|| text.clone());
        let lines = ruler.at_most(lines, MOST_LINES, sheet.width() / size / BOLD);
        let mark = (ruler.measure(continued).natural() + 1.0) * MARK_SIZE;
        let space = 4.0 * INSET_Y;
        let written = (!printed.is_empty() && printed != &*plan.title.text).then(|| {
            let told = format!("({} {})", lang.pick("낸 제목:", "as submitted:"), plan.title.text);
            ruler.shortened(&told, sheet.width() / WRITTEN_SIZE)
        });
        let below = if written.is_some() { 2.0 * INSET_Y + text_height(1, WRITTEN_SIZE) } else { 0.0 };
        Self {
            next: ruler.shortened(&text, (sheet.width() - mark) / NEXT_SIZE / BOLD),
            height: text_height(lines.len(), size) + below + space,
            next_size: NEXT_SIZE,
            next_height: text_height(1, NEXT_SIZE) + space,
            mark_size: MARK_SIZE,
            written,
            written_size: WRITTEN_SIZE,
            text,
            lines,
            size,
            cut,
        }
    }
}

/// Returns the bureau and the organisation, on one line.
pub(super) fn running_head(city: &City, plan: PlanId, sheet: &PaperSheet, ruler: &Ruler<'_>) -> Vec<String> {
    let bureau = city.ancestors(plan).last().map(|&bureau| &city.plans[bureau].org);
    let names: Vec<_> = bureau.into_iter().chain([&city.plans[plan].org]).collect();
    let each = sheet.width() / HEAD_SIZE / names.len() as f64 - HEAD_GAP;
    names.into_iter().map(|name| ruler.shortened(name, each)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::plan;

    fn title(org: &str) -> Title {
        Title::of(
            &plan("교통국", "가나시").build(),
            org,
            &PaperSheet::a4_landscape(),
            &Ruler::new(|_| 1.0),
            "(계속)",
            Lang::Ko,
        )
    }

    #[test]
    fn a_corrected_title_tells_what_was_submitted() {
        let mut plan = plan("교통국", "가나시").build();
        plan.title.text = "교퉁국 계획".into();
        let title = |printed| {
            Title::of(&plan, printed, &PaperSheet::a4_landscape(), &Ruler::new(|_| 1.0), "(계속)", Lang::Ko)
        };
        let (corrected, as_written) = (title("교통국 계획"), title("교퉁국 계획"));
        assert_eq!(corrected.written.as_deref(), Some("(낸 제목: 교퉁국 계획)"));
        assert_eq!(as_written.written, None);
        assert!(corrected.height > as_written.height);
    }

    #[test]
    fn a_long_title_is_set_smaller_before_it_is_cut() {
        assert_eq!((title("교통국").size, title("교통국").lines.len()), (14.0, 1));
        let long = title(&"도시교통본부 ".repeat(20));
        assert!(long.size < 14.0 && long.cut.is_none(), "{}", long.size);
        let endless = title(&"도시교통본부 ".repeat(400));
        assert_eq!(endless.lines.len(), MOST_LINES);
        assert!(endless.lines[MOST_LINES - 1].ends_with('…'));
        assert_eq!(endless.cut.as_deref(), Some(&*endless.text));
    }
}
