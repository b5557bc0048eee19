//! Reads from the finished PDF's bytes where bookmarks and links lead, and compares that with the text there.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Object, ObjectIdentifier, Rect, String as PdfString};
use typst_press::typst::foundations::Label;
use typst_press::typst::layout::{Frame, FrameItem, Point};
use typst_press::typst::utils::PicoStr;
use typst_press::typst_layout::Page;

use super::*;
use crate::check;
use crate::consolidate::RowId;
use crate::testing::config;

/// Every part.
const ALL: &str = "parts = ['cover', 'contents', 'plans', 'kpi-index', 'code-index', 'findings']";

/// A city with a plan of several pages, offices, codes and findings.
fn some_city() -> City {
    let long = (0..90).fold(plan("상수도본부", "가나시"), |plan, row| {
        plan.row(&format!(
            "정책 성과 (100) | 시의 목표 | 시의 지표 | 50% | 목표 {} | 누수량 {row:03}호 | 1 | 2 | 3 | 4 | 건 | 1 | 상수-{row}",
            row / 3
        ))
    });
    let long = long.footnote("※ 기타주요사업 : 상수-91, 92");
    let office = plan("정수장", "상수도본부")
        .row("정책 | 목표 0 | 누수량 000호 | 1 | 목표 | 수질 | 1 | 2 | 3 | 4 | 건 | 40 | ");
    city(consistent_city().into_iter().chain([long, office]), &Config::default())
}

/// A book as pages and as a file.
fn book(city: &City, toml: &str, scope: Scope) -> (PagedDocument, Vec<u8>) {
    let config = config(&format!("[book]\n{toml}"));
    let context = Context { city, config: &config };
    let document = document_of(&context, &check::run(&context), &scope);
    let options = BookOptions { scope, ..BookOptions::default() };
    let book = pdf(&context, &check::run(&context), Lang::Ko, &fonts(&context), &options).unwrap();
    assert!(book.page_count_mismatches.is_empty(), "{:?}", book.page_count_mismatches);
    (document, book.pdf)
}

/// Runs of text with their places, in points from the top left.
fn texts(frame: &Frame, at: Point, out: &mut Vec<(Point, String)>) {
    for (offset, item) in frame.items() {
        match item {
            FrameItem::Group(group) => texts(&group.frame, at + *offset, out),
            FrameItem::Text(text) => out.push((at + *offset, text.text.to_string())),
            _ => {}
        }
    }
}

/// The text of each page without spaces.
fn pages(document: &PagedDocument) -> Vec<String> {
    let text = |page: &Page| {
        let mut out = Vec::new();
        texts(&page.frame, Point::zero(), &mut out);
        without_spaces(&out.into_iter().map(|(_, text)| text).collect::<String>())
    };
    document.pages().iter().map(text).collect()
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Returns the page of each label, from 0, and its distance from the paper's top edge, as in the templates'
/// data.
fn places(city: &City, toml: &str) -> BTreeMap<String, (usize, f64)> {
    let config = config(&format!("[book]\n{toml}"));
    let context = Context { city, config: &config };
    let told = with_pages(&context, &check::run(&context), &BookOptions::default(), |_, world, _| {
        world.text(super::super::sections::PLACES).unwrap().to_owned()
    });
    let told: super::super::pages::BookPlaces = serde_json::from_str(&told).unwrap();
    told.into_iter().map(|(label, (page, y))| (label, (page - 1, y))).collect()
}

/// A PDF whose destinations can be looked up.
struct File<'a> {
    pdf: &'a Pdf,
    page_by_id: BTreeMap<ObjectIdentifier, usize>,
    named: BTreeMap<Vec<u8>, Array<'a>>,
}

impl<'a> File<'a> {
    fn new(pdf: &'a Pdf) -> Self {
        let ids = pdf.pages().iter().map(|page| page.raw().obj_id().unwrap());
        let mut file = Self { pdf, page_by_id: ids.zip(0..).collect(), named: BTreeMap::new() };
        let names = file.catalog().get::<Dict<'_>>("Names").and_then(|names| names.get("Dests"));
        names.into_iter().for_each(|node| file.read_names(&node));
        file
    }

    fn catalog(&self) -> Dict<'a> {
        self.pdf.xref().get(self.pdf.xref().root_id()).unwrap()
    }

    /// Reads a node of the tree of named destinations, and those below it.
    fn read_names(&mut self, node: &Dict<'a>) {
        let names: Vec<Object<'a>> = node.get::<Array<'_>>("Names").unwrap_or_default().iter().collect();
        for pair in names.chunks(2) {
            let [Object::String(name), Object::Array(place)] = pair else { panic!("{pair:?}") };
            self.named.insert(name.as_bytes().to_vec(), place.clone());
        }
        for kid in node.get::<Array<'_>>("Kids").unwrap_or_default().iter::<Dict<'_>>() {
            self.read_names(&kid);
        }
    }

    /// Returns the page that a link or bookmark leads to, directly or by a named destination.
    fn target(&self, link: &Dict<'a>) -> usize {
        let place = match link.get::<Object<'_>>("Dest") {
            Some(Object::Array(place)) => place,
            Some(Object::String(name)) => self.named[name.as_bytes()].clone(),
            other => panic!("leads nowhere: {other:?}"),
        };
        let Some(MaybeRef::Ref(page)) = place.raw_iter().next() else { panic!("no page") };
        self.page_by_id[&ObjectIdentifier::from(page)]
    }

    /// Returns every bookmark with its depth and the page it leads to.
    fn bookmarks(&self) -> Vec<(usize, String, usize)> {
        let mut out = Vec::new();
        let outlines = self.catalog().get::<Dict<'_>>("Outlines").unwrap();
        self.walk(outlines.get("First"), 0, &mut out);
        out
    }

    fn walk(&self, first: Option<Dict<'a>>, depth: usize, out: &mut Vec<(usize, String, usize)>) {
        let items = std::iter::successors(first, |item| item.get::<Dict<'_>>("Next"));
        for item in items {
            let title = item.get::<PdfString<'_>>("Title").unwrap();
            out.push((depth, utf16(title.as_bytes()), self.target(&item)));
            self.walk(item.get("First"), depth + 1, out);
        }
    }

    /// Returns every link: the page it is on, its rectangle, and the page it leads to.
    fn links(&self) -> Vec<(usize, Rect, usize)> {
        let mut out = Vec::new();
        for (number, page) in self.pdf.pages().iter().enumerate() {
            let annotations = page.raw().get::<Array<'_>>("Annots").unwrap_or_default();
            for annotation in annotations.iter::<Dict<'_>>() {
                out.push((number, annotation.get("Rect").unwrap(), self.target(&annotation)));
            }
        }
        out
    }
}

/// Decodes a PDF text string in UTF-16 with a byte order mark, as Korean titles are written.
fn utf16(bytes: &[u8]) -> String {
    let Some(text) = bytes.strip_prefix(&[0xFE, 0xFF]) else {
        return String::from_utf8(bytes.to_vec()).unwrap();
    };
    let units: Vec<u16> = text.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

#[test]
fn every_bookmark_leads_to_the_page_with_its_title() {
    let (document, bytes) = book(&some_city(), ALL, Scope::City);
    let (pages, pdf) = (pages(&document), Pdf::new(bytes).unwrap());
    let bookmarks = File::new(&pdf).bookmarks();
    assert_eq!(bookmarks.len(), headings(&document).len());
    for (_, title, page) in &bookmarks {
        assert!(pages[*page].contains(&without_spaces(title)), "{title}: page {}", page + 1);
    }
    let nested: Vec<(usize, &str)> =
        bookmarks.iter().map(|(depth, title, _)| (*depth, title.trim_end_matches(" 균형성과계획"))).collect();
    let plans = [
        (0, "차 례"),
        (0, "조직별 성과계획"),
        (1, "교통국"),
        (2, "도로과"),
        (2, "대중교통과"),
        (1, "환경국"),
    ];
    assert_eq!(&nested[..plans.len()], plans);
    for part in ["성과지표 찾아보기", "주요사업 코드 찾아보기", "지적 사항"] {
        assert!(nested.contains(&(0, part)), "{part}: {nested:?}");
    }
}

#[test]
fn every_link_leads_to_the_page_whose_number_is_printed() {
    for scope in [Scope::City, Scope::Bureau("상수도본부".to_owned())] {
        let (document, bytes) = book(&some_city(), ALL, scope);
        let pdf = Pdf::new(bytes).unwrap();
        let links = File::new(&pdf).links();
        assert!(links.len() > 100, "{}", links.len());
        for (number, area, target) in links {
            let page = &document.pages()[number];
            let height = page.frame.height().to_pt();
            let mut all = Vec::new();
            texts(&page.frame, Point::zero(), &mut all);
            let printed: String = all
                .into_iter()
                .filter(|(at, _)| (area.x0 - 0.1..area.x1 - 0.1).contains(&at.x.to_pt()))
                .filter(|(at, _)| (area.y0..area.y1).contains(&(height - at.y.to_pt())))
                .map(|(_, text)| text)
                .collect();
            let printed = printed.trim_end_matches('쪽');
            let start = printed.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
            assert_eq!(printed[start..].len(), (target + 1).to_string().len(), "{printed}");
            assert_eq!(printed[start..].parse(), Ok(target + 1), "{printed}: page {}", number + 1);
        }
    }
}

#[test]
fn links_to_rows_lead_to_the_very_line_of_the_kpi() {
    let city = some_city();
    let (document, _) = book(&city, ALL, Scope::City);
    let (set, places) = (pages(&document), places(&city, ALL));
    for row in city.rows() {
        let (org, kpi) = (city.org(row), &city.row(row).kpi.text);
        let (page, y) = places[&labels::row(row)];
        assert!(set[page].contains(&without_spaces(org)), "{org}: {kpi}");
        let mut all = Vec::new();
        texts(&document.pages()[page].frame, Point::zero(), &mut all);
        let beside = |at: &Point| (y..y + 40.0).contains(&at.y.to_pt());
        let line: String = all.into_iter().filter(|(at, _)| beside(at)).map(|(_, text)| text).collect();
        assert!(without_spaces(&line).contains(&without_spaces(kpi)), "{org}: {kpi}, {y}: {line}");
    }
    let (long, _) = city.numbered_plans().find(|(_, plan)| &*plan.org == "상수도본부").unwrap();
    let (last, _) = places[&labels::row(RowId { plan: long, row: 89 })];
    assert!(last > places[&labels::plan(long)].0, "the plan goes on over pages");
    assert_eq!(places[&labels::notes(long)].0, last);
}

#[test]
fn every_part_and_plan_begins_on_the_page_that_was_expected() {
    for (city, toml) in [
        (some_city(), ALL),
        (some_city(), "recto = false"),
        (city(Vec::<PlanText>::new(), &Config::default()), ""),
    ] {
        let (document, _) = book(&city, toml, Scope::City);
        for (label, (expected, _)) in places(&city, toml) {
            if let Some(page) = start(&document, &label) {
                assert_eq!(page, expected + 1, "{label}");
            }
        }
    }
}

/// Returns the page of a title, from 1; `None` for the cover.
fn start(document: &PagedDocument, label: &str) -> Option<usize> {
    let introspector = document.introspector();
    let title = introspector.query_label(Label::new(PicoStr::intern(label))?).ok()?;
    Some(introspector.page(title.location()?)?.get())
}

#[test]
fn a_bureau_with_offices_begins_on_the_right_and_the_page_before_may_be_empty() {
    let city = some_city();
    let (document, _) = book(&city, "", Scope::City);
    let places = places(&city, "");
    let bureaus = city.plan_ids().filter(|&plan| !city.nodes[plan].children.is_empty());
    assert!(bureaus.clone().count() > 3);
    for bureau in bureaus {
        assert_eq!(places[&labels::plan(bureau)].0 % 2, 0, "{}", city.plans[bureau].org);
    }
    let empty = pages(&document).iter().filter(|page| page.is_empty()).count();
    assert!(empty > 0);
    let (tight, _) = book(&city, "recto = false", Scope::City);
    assert_eq!(tight.pages().len(), document.pages().len() - empty);
}

#[test]
fn a_booklet_has_its_own_contents_and_a_single_plan_is_nothing_else() {
    let city = some_city();
    let (booklet, _) = book(&city, ALL, Scope::Bureau("환경국".to_owned()));
    let titles = headings(&booklet);
    assert!(titles.iter().any(|title| title == "자원순환과 균형성과계획"), "{titles:?}");
    assert!(titles.iter().all(|title| !title.contains("교통") && !title.contains("상수")), "{titles:?}");
    let (single, _) = book(&city, ALL, Scope::Plan("환경국".to_owned()));
    assert_eq!((headings(&single), single.pages().len()), (vec!["환경국 균형성과계획".to_owned()], 1));
}
