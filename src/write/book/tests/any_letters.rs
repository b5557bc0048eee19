//! Books of letters that no office writes: every script, both directions, stacked marks, endless words.

use proptest::prelude::*;
use proptest::sample::select;
use typst_press::typst::layout::{Frame, FrameItem, Point};

use super::*;
use crate::plan::PlanId;
use crate::testing::config;

/// What words are made of: each entry is a range of letters or a few of them.
const LETTERS: [&str; 14] = [
    "가나다라마바사 지표 달성률 도시",
    "ABCxyz 0123456789 -/()%,.~&",
    "שלום עולם דגל־מלך",
    "عربي السلام عليكم ١٢٣",
    "ܫܠܡܐ 𐤀𐤁𐤂 ߒߞߏ",
    "नमस्ते हिन्दी বাংলা தமிழ்",
    "ไทย ภาษา ខ្មែរ မြန်မာ བོད་སྐད",
    "나랏말ᄊᆞ미듕귁",
    "e\u{301}\u{302}\u{303}\u{328} a\u{0300}o\u{20dd} שָׁלוֹם مُحَمَّد",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏽☂️🇰🇷",
    "\u{e000}\u{f02ef}\u{10fffd}\u{fffd}\u{ffff}",
    "\u{202a}\u{202b}\u{202e}\u{202c}\u{2066}\u{2067}\u{2069}\u{200e}\u{200f}\u{61c}\u{200b}\u{200d}\u{feff}\u{ad}\u{3164}",
    "㎡㎍⁄²³₂①㉮ⅳ™→※◆〓",
    "\u{a0}\u{2003}\u{2028}\u{2029}\u{85}\t",
];

fn letter() -> impl Strategy<Value = String> {
    let known = select(LETTERS.iter().flat_map(|letters| letters.chars()).collect::<Vec<char>>());
    let any = any::<char>().prop_filter("no sign of the test plans", |c| !matches!(c, '|' | '^' | '~'));
    prop_oneof![9 => known.prop_map(String::from), 1 => any.prop_map(String::from), 4 => select(&LETTERS[..]).prop_map(str::to_owned)]
        .prop_map(|text| text.replace(['|', '^', '~'], ""))
}

fn text(longest: usize) -> impl Strategy<Value = String> {
    let word = prop::collection::vec(letter(), 0..longest);
    prop::collection::vec(word.prop_map(|letters| letters.concat()), 1..4).prop_map(|words| words.join(" "))
}

/// A plan of two rows and a note; `long` is an endless word in one of its cells.
fn some_plan() -> impl Strategy<Value = PlanText> {
    let endless = prop_oneof![
        Just(String::new()),
        select(vec!["가", "W", "ש", "ع", "e\u{301}", "😀", "1"]).prop_map(|letter| letter.repeat(3_000))
    ];
    (prop::collection::vec(text(6), 26), text(8), endless, 0..13usize).prop_map(
        |(texts, org, endless, at)| {
            let org = if org.trim().is_empty() { "교통국".to_owned() } else { org };
            let cells = |row: usize| -> Vec<String> {
                let cell = |column: usize| {
                    let text = texts[row * 13 + column].clone();
                    if row == 0 && column == at { format!("{text}{endless}") } else { text }
                };
                (0..13).map(cell).collect()
            };
            plan(&org, "가나시")
                .row(&cells(0).join(" | "))
                .row(&cells(1).join(" | "))
                .footnote(&format!("※ {}{endless}", texts[3]))
        },
    )
}

/// Finds text that extends beyond its page.
fn beyond(frame: &Frame, at: Point, paper: (f64, f64), found: &mut Vec<String>) {
    for (offset, item) in frame.items() {
        let at = at + *offset;
        match item {
            FrameItem::Group(group)
                if group.transform.is_identity() || group.transform.is_only_translate() =>
            {
                beyond(&group.frame, at + Point::new(group.transform.tx, group.transform.ty), paper, found);
            }
            FrameItem::Text(text) => {
                let (left, right, foot) = (at.x.to_pt(), (at.x + text.width()).to_pt(), at.y.to_pt());
                if left < -1.0 || right > paper.0 + 1.0 || foot < 0.0 || foot > paper.1 + 1.0 {
                    found.push(format!(
                        "{:?} from {left:.0} to {right:.0}, {foot:.0} of {paper:?}",
                        text.text
                    ));
                }
            }
            _ => {}
        }
    }
}

fn assert_on_the_page(context: &Context<'_>) {
    let found = caught(|| {
        with_pages(context, &[], &BookOptions::default(), |document, _, _| {
            let mut found = Vec::new();
            for page in document.pages() {
                let paper = (page.frame.width().to_pt(), page.frame.height().to_pt());
                beyond(&page.frame, Point::zero(), paper, &mut found);
            }
            found
        })
    });
    // If the typesetter panics here, only the book made below, which works around the panic, is tested.
    assert!(found.as_ref().is_ok_and(Vec::is_empty) || found.is_err(), "{found:?}");
}

fn assert_made(plans: Vec<PlanText>, settings: &str) -> TypesetBook {
    let config = config(settings);
    let city = city(plans, &config);
    let context = Context { city: &city, config: &config };
    assert_on_the_page(&context);
    print(&city, &config, &BookOptions::default()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_in_a_plan_the_book_is_made_and_nothing_leaves_the_page(plans in prop::collection::vec(some_plan(), 1..3)) {
        let book = assert_made(plans, "city = '가나시'");
        prop_assert!(book.pages > 0 && book.pdf.starts_with(b"%PDF-"));
    }
}

fn row(kpi: &str) -> String {
    format!("정책 (100) | 시 | 지표 | 1% | 목표 | {kpi} | 1 | 2 | 3 | 4 | 건 | 50 | ")
}

#[test]
fn right_to_left_words_are_set_as_they_are() {
    let words = ["ד ד", "שלום עולם", "عربي (السلام) عليكم", "목표 שלום 10% 달성", "ܫܠܡܐ ܫܠܡܐ"];
    let plan = words.iter().fold(plan("교통국", "가나시"), |plan, kpi| plan.row(&row(kpi)));
    let book = assert_made(vec![plan], "city = '가나시'");
    assert!(book.conceded.is_empty(), "{:?}", book.conceded);
}

#[test]
fn a_word_of_three_thousand_letters_stays_on_its_page() {
    for letter in ["가", "W", "ש", "9", "😀"] {
        let word = letter.repeat(3_000);
        let plan = plan("교통국", "가나시").row(&row(&word)).footnote(&word);
        let book = assert_made(vec![plan], "city = '가나시'");
        assert!(book.page_count_mismatches.is_empty(), "{letter}: {:?}", book.page_count_mismatches);
    }
}

#[test]
fn a_plan_at_which_the_typesetter_stops_costs_its_letters_and_not_the_book() {
    // Without kerning the shaper panics at right-to-left words.
    let old = built_in::BUILT_IN.iter().find(|(name, _)| *name == "book.typ").unwrap().1;
    let old = old.replace("kerning: book.kerning", "kerning: false");
    let plans = [plan("교통국", "가나시").row(&row("ד ד")), plan("환경국", "가나시").row(&row("하천"))];
    let city = city(plans, &Config::default());
    let book = with_templates(&city, &[("book.typ", &old)]).unwrap();
    assert_eq!(book.conceded.letters.iter().collect::<Vec<_>>(), [&'ד']);
    assert!(book.conceded.plans.is_empty() && book.conceded.parts.is_empty());
    assert!(book.page_count_mismatches.is_empty() && book.unmet.is_empty());
    let found = check::unset(
        &Context { city: &city, config: &Config::default() },
        &book.conceded.letters,
        &book.conceded.plans,
    );
    assert_eq!(found.iter().map(|finding| finding.plan).collect::<Vec<_>>(), [Some(PlanId::at(0))]);
}

#[test]
fn where_nothing_else_helps_a_page_says_so_and_the_numbers_stay_right() {
    let plans = [plan("교통국", "가나시").row(&row("ד ד")), plan("환경국", "가나시").row(&row("하천"))];
    let config = Config::default();
    let city = city(plans, &config);
    let context = Context { city: &city, config: &config };
    let usual = print(&city, &config, &BookOptions::default()).unwrap();
    let selection = Selection::new(&Scope::City, &city, &config.book).unwrap();
    let unset = ["plan-1", "part-kpi-index"].map(str::to_owned);
    let concessions = Concessions { sections: unset.into(), ..Concessions::default() };
    let (mut press, fonts) = (BookPress::default(), fonts(&context));
    let options = BookOptions::default();
    let Ok(book) = press.attempt(&context, &[], &selection, Lang::Ko, &fonts, &options, &concessions) else {
        panic!("not made")
    };
    assert_eq!((book.pages, book.page_count_mismatches, book.unmet), (usual.pages, vec![], vec![]));
    assert_eq!(book.conceded.plans, [PlanId::at(0)].into());
    assert_eq!(book.conceded.parts, [BookPart::KpiIndex].into());
}
