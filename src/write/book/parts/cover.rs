//! The cover: its texts, and the size of its title.

use serde::Serialize;

use super::super::measure::{Lines, Ruler};
use super::super::sheet::PaperSheet;
use super::super::{BookOptions, Logo};
use crate::consolidate::Context;
use crate::finding::Lang;
use crate::project::BookSettings;

/// The cover. Lengths are in points.
#[derive(Serialize)]
pub(in crate::write::book) struct CoverData {
    /// Width of the coloured band along the binding.
    band: f64,
    /// Distance of the text from the band and from the edges of the paper.
    margin: f64,
    /// The year, set in the band.
    year: String,
    year_size: f64,
    title: Lines,
    title_size: f64,
    subtitle: Lines,
    subtitle_size: f64,
    issuer: Lines,
    issuer_size: f64,
    date: Option<String>,
    date_size: f64,
    logo: Option<LogoData>,
}

#[derive(Serialize)]
struct LogoData {
    name: &'static str,
    alt: String,
    height: f64,
    width: f64,
}

/// Bold letters are wider than the regular ones that the ruler measures.
const BOLD: f64 = 1.12;
/// The share of the paper's width that the band takes.
const BAND: f64 = 0.2;
/// The logo's height as a share of the paper's shorter edge.
const LOGO: f64 = 0.11;

impl CoverData {
    /// Makes the cover of the city's book.
    pub(in crate::write::book) fn new(
        context: &Context<'_>,
        title: &str,
        subtitle: &str,
        (sheet, ruler): (&PaperSheet, &Ruler<'_>),
        options: &BookOptions,
        lang: Lang,
    ) -> Self {
        let book: &BookSettings = &context.config.book;
        let (paper_width, paper_height) = sheet.paper();
        let short = paper_width.min(paper_height);
        let (band, margin) = (paper_width * BAND, short * 0.09);
        let room = paper_width - band - 2.0 * margin;
        let fitted =
            |text: &str, largest: f64, lines: usize| fitted(text, room, short * largest, lines, ruler);
        let (title_size, title) = fitted(title, 0.066, 2);
        let (subtitle_size, subtitle) = fitted(subtitle, 0.03, 2);
        let city = context.city.name.to_string();
        let issuer_text = book.issuer.clone().unwrap_or(city);
        let (issuer_size, issuer) = fitted(&issuer_text, 0.036, 2);
        let year = if context.city.year == 0 { String::new() } else { context.city.year.to_string() };
        let year_width = ruler.measure(&year).natural() * BOLD;
        let logo_width = |logo: &Logo| (short * LOGO * logo.ratio).min(room);
        let logo = |logo: &Logo| LogoData {
            name: logo.name,
            alt: book.logo_alt.clone().unwrap_or_else(|| {
                lang.pick(format!("{issuer_text} 휘장"), format!("Emblem: {issuer_text}"))
            }),
            width: logo_width(logo),
            height: logo_width(logo) / logo.ratio,
        };
        Self {
            band,
            margin,
            year_size: (band * 0.66 / year_width.max(1.0)).min(short * 0.11),
            year,
            title,
            title_size,
            subtitle,
            subtitle_size,
            issuer,
            issuer_size,
            date: book.date.clone().filter(|date| !date.trim().is_empty()),
            date_size: short * 0.021,
            logo: options.logo.as_ref().map(logo),
        }
    }
}

/// Returns the largest size, down from `largest`, at which bold `text` takes at most `lines` lines of `width`
/// and breaks no word, with those lines. If no size fits, the smallest is used.
fn fitted(text: &str, width: f64, largest: f64, lines: usize, ruler: &Ruler) -> (f64, Lines) {
    let measured = ruler.measure(text);
    let sizes = (0..).map(|step| largest * 0.95_f64.powi(step)).take_while(|size| *size > largest * 0.35);
    let fits = |size: f64| {
        let room = width / size / BOLD;
        measured.widest_word() <= room && measured.broken(room).len() <= lines
    };
    let size = sizes.into_iter().find(|&size| fits(size)).unwrap_or(largest * 0.35);
    (size, measured.broken(width / size / BOLD))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, width: f64) -> (f64, Lines) {
        fitted(text, width, 40.0, 2, &Ruler::new(|c| if c == ' ' { 0.3 } else { 0.9 }))
    }

    #[test]
    fn a_title_is_as_large_as_two_lines_allow() {
        let (size, lines) = set("2026년도 성과관리계획", 600.0);
        assert_eq!((size, lines.len()), (40.0, 1));
        let (size, lines) = set("균형성과관리(BSC)에 기반한 2026년도 한빛특별자치시 성과관리계획", 600.0);
        assert!(size <= 40.0 && lines.len() == 2, "{size} {lines:?}");
    }

    #[test]
    fn a_title_without_end_is_still_set_in_full() {
        let title = "아주 긴 제목 ".repeat(60);
        let (size, lines) = set(&title, 600.0);
        assert!(size >= 14.0);
        assert_eq!(lines.concat().trim(), title.trim());
    }
}
