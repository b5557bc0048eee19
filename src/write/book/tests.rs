//! Tests of the whole book: what Typst makes of the templates and the data.

use typst_press::typst::foundations::NativeElement;
use typst_press::typst::introspection::Introspector;
use typst_press::typst::model::{Document, HeadingElem};
use typst_press::{Concessions, FileWorld, PagedDocument, Replacements, caught};

use super::data::BookData;
use super::look::Look;
use super::make::{to_json, world};
use super::measure::Ruler;
use super::scope::Selection;
use super::sections::LOOK;
use super::*;
use crate::check;
use crate::consolidate::{City, Context};
use crate::finding::{Finding, Lang};
use crate::project::{BookPart, Config};
use crate::testing::{PlanText, city, config, consistent_city, plan};

mod any_letters;
mod file;
mod links;

/// Fonts for `city`. Needs a Korean font; the error says how to get one.
pub(super) fn fonts(context: &Context<'_>) -> Fonts {
    find_fonts(context, Lang::Ko, &FontSources::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// The pages of a city's plans, without the parts around them.
fn document(city: &City) -> PagedDocument {
    let config = config("[book]\nparts = ['plans']");
    document_of(&Context { city, config: &config }, &[], &Scope::City)
}

/// Returns what `look_at` finds in the typeset pages of a book.
pub(super) fn with_pages<T>(
    context: &Context<'_>,
    findings: &[Finding],
    options: &BookOptions,
    look_at: impl FnOnce(&PagedDocument, &FileWorld<'_>, &Fonts) -> T,
) -> T {
    let fonts = fonts(context);
    let replaced = Replacements::default();
    let ruler = Ruler::of_fonts(&fonts, &replaced);
    let selection = Selection::new(&options.scope, context.city, &context.config.book).unwrap();
    let data = BookData::new(context, findings, &selection, Lang::Ko, &fonts, &ruler, options);
    let mut files = data.files().unwrap();
    files.push((LOOK.to_owned(), to_json(&Look::new(context.config.book_accent())).unwrap()));
    let mut world = world(&fonts, options, files).unwrap();
    let set = BookPress::default().set(&mut world, data.chunks(), &Concessions::default());
    let document = set.unwrap_or_else(|error| panic!("{error}")).assemble();
    look_at(&document, &world, &fonts)
}

/// The pages of a book.
fn document_of(context: &Context<'_>, findings: &[Finding], scope: &Scope) -> PagedDocument {
    let options = BookOptions { scope: scope.clone(), ..BookOptions::default() };
    with_pages(context, findings, &options, |document, _, _| document.clone())
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

fn pdf_of(city: &City) -> TypesetBook {
    let config = Config::default();
    print(city, &config, &BookOptions::default()).unwrap()
}

fn print(city: &City, config: &Config, options: &BookOptions) -> Result<TypesetBook, BookError> {
    let context = Context { city, config };
    pdf(&context, &[], Lang::Ko, &fonts(&context), options)
}

/// A plan with `rows` rows, three to an objective.
fn long_plan(rows: usize) -> PlanText {
    (0..rows).fold(plan("교통국", "가나시"), |plan, row| {
        let objective = row / 3;
        plan.row(&format!("정책 성과 (100) | 시의 목표 | 시의 지표 | 50% | 목표 {objective} | 지표 {row} | 1 | 2 | 3 | 4 | 건 | 1 | "))
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
fn what_has_not_changed_is_not_set_again_and_the_book_is_the_same_as_a_fresh_one() {
    let config = Config::default();
    let mut press = BookPress::default();
    let mut print = |city: &City| {
        let context = Context { city, config: &config };
        let book = press.pdf(&context, &[], Lang::Ko, &fonts(&context), &BookOptions::default()).unwrap();
        (book.pdf, press.retypeset())
    };
    let before = city(consistent_city(), &config);
    let mut after = city(consistent_city(), &config);
    after.plans[2].rows[0].kpi.text = "새로운 지표".into();
    let (first, all) = print(&before);
    assert!(all > before.plans.len());
    assert_eq!(print(&before), (first, 0));
    let (again, anew) = print(&after);
    assert!((1..=4).contains(&anew), "the plan, the index of KPIs, what else names the KPI: {anew}");
    assert!(again == pdf_of(&after).pdf);
}

#[test]
fn a_template_that_takes_more_pages_than_expected_moves_what_follows() {
    let guide = "#let guide(book) = for i in range(3) { page(str(book.start + i)) }";
    let city = city(consistent_city(), &Config::default());
    let pages = |templates: &[(&str, &str)]| with_templates(&city, templates).unwrap();
    let (usual, longer) = (pages(&[]), pages(&[("guide.typ", guide)]));
    assert!(longer.pages > usual.pages);
    assert_eq!(
        (usual.page_count_mismatches.len(), longer.page_count_mismatches),
        (0, vec!["guide".to_owned()])
    );
    let pdf = hayro_syntax::Pdf::new(longer.pdf).unwrap();
    assert_eq!(pdf.pages().len(), longer.pages);
}

#[test]
fn a_letter_that_no_font_has_is_reported_and_replaced() {
    let book = pdf_of(&city([plan("교통국", "가나시").footnote("※ \u{10FFFD}")], &Config::default()));
    assert_eq!(book.missing_letters.into_iter().collect::<Vec<_>>(), ['\u{10FFFD}']);
}

#[test]
fn without_a_font_the_error_says_how_to_get_one() {
    let empty = tempfile::tempdir().unwrap();
    let city = city(consistent_city(), &Config::default());
    let config = Config::default();
    let context = Context { city: &city, config: &config };
    let find = |folder| {
        let sources = FontSources { folder: Some(folder), embedded: &[], system: false };
        find_fonts(&context, Lang::Ko, &sources)
    };
    let error = find(empty.path().to_owned()).err().unwrap();
    assert_eq!(error, BookError::NoFont);
    for word in ["apt install fonts-nanum", "맑은 고딕", "Apple SD Gothic Neo", "--fonts"] {
        assert!(error.text(Lang::Ko).contains(word), "{word}");
    }
    assert!(matches!(find(empty.path().join("없음")).err(), Some(BookError::NoFontFolder { .. })));
}

/// Makes a book in which `templates` replace built-in ones.
pub(super) fn with_templates(city: &City, templates: &[(&str, &str)]) -> Result<TypesetBook, BookError> {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join(TEMPLATES_FOLDER);
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in templates {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let config = Config::default();
    print(city, &config, &BookOptions::of(dir.path(), &config).unwrap())
}

fn template_error(city: &City, templates: &[(&str, &str)]) -> BookTemplateError {
    match with_templates(city, templates) {
        Err(BookError::Template(error)) => *error,
        Ok(book) => panic!("printed on {} pages", book.pages),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn an_error_in_a_template_is_shown_with_its_line_and_the_plan_it_met() {
    let plans = built_in::BUILT_IN.iter().find(|(name, _)| *name == "plan.typ").unwrap().1;
    let plans = plans.replace(
        "  let (paper, continued) =",
        "  if p.org == \"도로과\" { (:).titel }\n  let (paper, continued) =",
    );
    let city = city(consistent_city(), &Config::default());
    let org = city.plans[1].org.to_string();
    let error = template_error(&city, &[("plan.typ", &plans.replace("도로과", &org))]);
    let line = plans.lines().position(|line| line.contains("titel")).unwrap() + 1;
    assert_eq!(error.file(Lang::Ko), "templates/book/plan.typ");
    let place = error.error.place.as_ref().unwrap();
    assert_eq!(place.line, line);
    assert!(place.text.chars().skip(place.column - 1).collect::<String>().starts_with("titel"), "{place:?}");
    assert!(error.error.message.text.contains("titel"), "{:?}", error.error);
    assert_eq!(error.plan.as_deref(), Some(&*org));
    assert!(!error.error.calls.is_empty());
    let told = BookError::Template(Box::new(error)).details(Lang::Ko).join("\n");
    assert!(told.contains("^^^^^") && told.contains(&format!("이때 조판하던 계획: {org}")), "{told}");
}

#[test]
fn an_error_outside_the_plans_names_no_plan() {
    let city = city(consistent_city(), &Config::default());
    let error = template_error(&city, &[("cover.typ", "#let cover(book) = 1 + (a: 2)")]);
    assert_eq!((error.error.place.map(|place| place.line), error.plan), (Some(1), None));
}

#[test]
fn a_loop_without_end_in_a_template_ends_with_an_error() {
    let city = city([plan("교통국", "가나시")], &Config::default());
    let error =
        template_error(&city, &[("cover.typ", "#let cover(book) = { let n = 1; while n > 0 { n += 1 } }")]);
    assert!(error.error.message.text.contains("infinite"), "{:?}", error.error);
    let error = template_error(&city, &[("cover.typ", "#let cover(book) = cover(book)")]);
    assert!(error.error.message.text.contains("depth"), "{:?}", error.error);
}

#[test]
fn a_template_reads_files_of_its_folder_and_nothing_else() {
    let city = city([plan("교통국", "가나시")], &Config::default());
    let cover = "#import \"own.typ\": word\n#let cover(book) = page(word)";
    assert!(with_templates(&city, &[("cover.typ", cover), ("own.typ", "#let word = [말]")]).is_ok());
    for path in ["/etc/passwd", "../../planbook.toml", "../secret.typ"] {
        let error =
            template_error(&city, &[("cover.typ", &format!("#let cover(book) = page(read(\"{path}\"))"))]);
        assert!(error.error.place.is_some(), "{path}: {:?}", error.error);
    }
}

#[test]
fn the_paper_and_margins_of_planbook_toml_are_used() {
    let plans = || [long_plan(40)];
    for (paper, width) in [("A4", 842.0), ("B5 portrait", 516.0), ("300x400mm", 850.0)] {
        let config = config(&format!("[book]\nparts = ['plans']\npaper = '{paper}'"));
        let city = city(plans(), &config);
        let document = document_of(&Context { city: &city, config: &config }, &[], &Scope::City);
        let found = document.pages()[0].frame.width().to_pt();
        assert!((found - width).abs() < 1.0, "{paper}: {found}");
    }
}

#[test]
fn a_cover_is_made_with_all_it_can_bear_and_with_a_logo() {
    let dir = tempfile::tempdir().unwrap();
    let svg =
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>"#;
    std::fs::write(dir.path().join("seal.svg"), svg).unwrap();
    let long = "아주 긴 이름을 가진 ".repeat(30);
    let config = config(&format!(
        "[book]\nparts = ['cover', 'plans']\ntitle = '{long}'\nsubtitle = '{long}'\nissuer = '{long}'\ndate = '2026. 1.'\nlogo = 'seal.svg'\naccent = '#ffe033'"
    ));
    let city = city([plan("교통국", "가나시")], &config);
    let options = BookOptions::of(dir.path(), &config).unwrap();
    let book = print(&city, &config, &options).unwrap();
    assert_eq!((book.pages, book.unmet), (3, vec![]), "cover, title of the plans, plan");
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
