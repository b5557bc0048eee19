//! The book as a whole: what Typst makes of the templates and the data.

use typst::foundations::NativeElement;
use typst::introspection::Introspector;
use typst::model::{Document, HeadingElem};

use super::*;
use crate::check;
use crate::consolidate::City;
use crate::project::Config;
use crate::testing::{PlanText, city, config, consistent_city, plan};

mod links;

/// The pages of a city's plans, without the parts around them.
fn document(city: &City) -> PagedDocument {
    let config = config("[book]\nparts = ['plans']");
    document_of(&Context { city, config: &config }, &[], &Scope::City)
}

/// The pages of a book. Needs a Korean font; the error says how to get one.
fn document_of(context: &Context<'_>, findings: &[Finding], scope: &Scope) -> PagedDocument {
    let fonts = Fonts::find(&BookOptions::default(), &[]).unwrap();
    let ruler = Ruler::of_fonts(&fonts);
    let selection = Selection::new(scope, context.city, &context.config.book).unwrap();
    let data = BookData::new(context, findings, &selection, Lang::Ko, fonts.families(), &ruler, false);
    set(&BookWorld::new(&fonts, &TEMPLATES, data.files().unwrap()).unwrap())
        .unwrap_or_else(|error| panic!("{error}"))
}

/// The pages of the whole book of a city.
fn whole(city: &City) -> PagedDocument {
    document_of(&Context { city, config: &Config::default() }, &[], &Scope::City)
}

fn headings(document: &PagedDocument) -> Vec<String> {
    let found = document.introspector().query(&HeadingElem::ELEM.select());
    let headings = found.iter().filter_map(|heading| heading.to_packed::<HeadingElem>());
    headings.map(|heading| heading.body.plain_text().to_string()).collect()
}

fn pdf_of(city: &City) -> Book {
    let config = Config::default();
    pdf(&Context { city, config: &config }, &[], Lang::Ko, &BookOptions::default()).unwrap()
}

/// A plan with `rows` rows, three to an objective.
fn long_plan(rows: usize) -> PlanText {
    (0..rows).fold(plan("교통국", "가나시"), |plan, row| {
        let goal = row / 3;
        plan.row(&format!("정책 성과 (100) | 시의 목표 | 시의 지표 | 50% | 목표 {goal} | 지표 {row} | 1 | 2 | 3 | 4 | 건 | 1 | "))
    })
}

#[test]
fn a_city_that_fits_has_a_page_and_a_bookmark_for_each_plan() {
    let city = city(consistent_city(), &Config::default());
    let document = document(&city);
    assert_eq!(document.pages().len(), city.plans.len());
    let titles: Vec<&str> = city.plans.iter().map(|plan| &*plan.title.text).collect();
    assert_eq!(headings(&document), titles);
    assert_eq!(document.info().title.as_deref(), Some("2025년도 성과관리계획"));
}

#[test]
fn every_part_around_the_plans_stands_under_its_own_bookmark() {
    let city = city(consistent_city(), &Config::default());
    let headings = headings(&whole(&city));
    let places: Vec<_> = ["계획을 읽는 법", "시 전략지도", "공통지표", "관점별 비중", "교통국 균형성과계획"]
        .iter()
        .map(|title| headings.iter().position(|heading| heading == title))
        .collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{headings:?}");
}

#[test]
fn the_parts_are_set_for_a_city_without_plans_and_with_one_odd_plan() {
    let odd = "아주 긴 이름을 가진 조직과 그 지표 ".repeat(15);
    let row = format!(
        "{odd} (30) | {odd} | {odd} | {odd} | {odd} | 예산집행률 | {odd} | 1 | 기준점 | 3 | {odd} | 30 | {odd}"
    );
    for plans in [vec![], vec![plan(&odd, "가나시").row(&row).row(&row).footnote(&odd)]] {
        let document = whole(&city(plans, &Config::default()));
        assert!(headings(&document).contains(&"시 전략지도".to_owned()));
    }
}

#[test]
fn a_long_plan_goes_on_over_pages_under_one_bookmark() {
    let document = document(&city([long_plan(120)], &Config::default()));
    assert!(document.pages().len() > 2, "{} pages", document.pages().len());
    assert_eq!(headings(&document), ["교통국 균형성과계획"]);
}

#[test]
fn a_plan_without_rows_still_has_its_page() {
    let document = document(&city([plan("교통국", "가나시")], &Config::default()));
    assert_eq!(document.pages().len(), 1);
}

#[test]
fn what_stands_in_a_workbook_is_no_markup() {
    let org = r#"#panic() *국* $x <a> @b \ "c" // d"#;
    let book = [plan(org, "가나시").row(
        "#let x = 1 (100) | = 제목 | _지표_ | `50` | *목표* | #lorem(9) | 1 | 2 | 3 | 4 | $건$ | 100 | [코드]",
    )];
    let city = city(book, &Config::default());
    assert_eq!(headings(&document(&city)), [format!("{org} 균형성과계획")]);
    let config =
        config("[book]\nparts = ['cover', 'contents', 'plans', 'kpi-index', 'code-index', 'findings']");
    let context = Context { city: &city, config: &config };
    let whole = document_of(&context, &check::run(&context), &Scope::City);
    assert!(headings(&whole).contains(&format!("{org} 균형성과계획")));
}

#[test]
fn the_same_plans_give_the_same_bytes() {
    let city = city(consistent_city(), &Config::default());
    let (one, two) = (pdf_of(&city), pdf_of(&city));
    assert!(one.pdf.starts_with(b"%PDF-"));
    assert!(one.pdf == two.pdf);
    assert!(one.missing_letters.is_empty(), "{:?}", one.missing_letters);
}

#[test]
fn a_letter_that_no_font_has_is_reported() {
    let book = [plan("교통국", "가나시").footnote("※ \u{10FFFD}")];
    assert_eq!(pdf_of(&city(book, &Config::default())).missing_letters, ['\u{10FFFD}']);
}

#[test]
fn without_a_font_the_error_says_how_to_get_one() {
    let empty = tempfile::tempdir().unwrap();
    let city = city(consistent_city(), &Config::default());
    let config = Config::default();
    let context = Context { city: &city, config: &config };
    let options = BookOptions {
        fonts_dir: Some(empty.path().to_owned()),
        system_fonts: false,
        ..BookOptions::default()
    };
    let error = pdf(&context, &[], Lang::Ko, &options).unwrap_err();
    assert_eq!(error, BookError::NoFont);
    for word in ["apt install fonts-nanum", "맑은 고딕", "Apple SD Gothic Neo", "--fonts"] {
        assert!(error.text(Lang::Ko).contains(word), "{word}");
    }
    let options = BookOptions { fonts_dir: Some(empty.path().join("없음")), ..options };
    assert!(matches!(pdf(&context, &[], Lang::Ko, &options), Err(BookError::NoFontFolder { .. })));
}

#[test]
fn an_error_in_a_template_names_file_and_line() {
    let fonts = Fonts::find(&BookOptions::default(), &[]).unwrap();
    let templates =
        [("book.typ", "#import \"other.typ\": x\n#x()"), ("other.typ", "\n\n#let x() = 1 + (a: 2)")];
    let error = set(&BookWorld::new(&fonts, &templates, Vec::new()).unwrap()).unwrap_err();
    let BookError::Template { file, line, message } = error else { panic!("{error}") };
    assert_eq!((file.as_str(), line), ("other.typ", Some(3)));
    assert!(message.contains("cannot add"), "{message}");
}

#[test]
fn cities_of_no_plan_and_of_deep_trees_and_long_names_are_printed() {
    let none = pdf_of(&city(Vec::<PlanText>::new(), &Config::default()));
    assert!(none.pages > 0);
    let name = |depth: usize| format!("{depth}단계 {}", "조직".repeat(120));
    let parent = |depth: usize| if depth == 0 { "가나시".to_owned() } else { name(depth - 1) };
    let deep = (0..9).map(|depth| {
        plan(&name(depth), &parent(depth)).row(&format!(
            "정책 (100) | 목표 | 지표 | 1 | 목표 | {} | 1 | 2 | 3 | 4 | 건 | 1 | {}-1",
            "지표".repeat(150),
            "코드".repeat(60)
        ))
    });
    let city = city(deep, &config("city = '가나시'"));
    assert!(pdf_of(&city).pages > 9);
}
