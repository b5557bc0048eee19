//! Plans that are hard to typeset: compares the typeset pages, cell by cell, with what was fitted.

use typst_press::typst::layout::{Frame, FrameItem, Point};
use typst_press::typst_layout::Page as SetPage;
use typst_press::{PagedDocument, Replacements};

use super::super::BookOptions;
use super::super::measure::Ruler;
use super::super::scope::{Scope, Selection};
use super::super::sheet::{INSET_X, PaperSheet};
use super::super::tests::{fonts, with_pages};
use super::block::Block;
use super::table::{BookColumn, PlanTable};
use super::*;
use crate::consolidate::Context;
use crate::finding::Lang;
use crate::plan::{Field, Plan};
use crate::testing::{PlanText, city, config, plan};

const CONTINUED: &str = "(계속)";

/// Returns `rows` rows under one perspective, `per_objective` to an objective.
fn rows(org: &str, rows: usize, per_objective: usize, kpi: &str) -> PlanText {
    (0..rows).fold(plan(org, "가나시"), |plan, row| {
        let objective = match row % per_objective {
            0 => format!("{}번째 목표인 살기 좋은 도시", row / per_objective + 1),
            _ => "^".to_owned(),
        };
        let left = if row == 0 {
            "정책 성과 (100) | 시민이 행복한 도시 | 시정 만족도 | 70%"
        } else {
            "^ | ^ | ^ | ^"
        };
        plan.row(&format!(
            "{left} | {objective} | {kpi} {} | {row}.5 | 1,2{row}0 | - | {row}% | 건 | 1 | 도시-{row}",
            row + 1
        ))
    })
}

fn with_labels(plan: PlanText, change: impl Fn(&mut crate::plan::Labels)) -> Plan {
    let mut plan = plan.build();
    change(&mut plan.labels);
    plan
}

/// Plans as hard as real ones can be.
fn hard() -> Vec<Plan> {
    let codes = (1..=90).map(|code| format!("도시-{code}")).collect::<Vec<_>>().join(", ");
    let long = "시민이 체감하는 대중교통 이용 편의성 향상을 위한 버스·지하철·자전거 연계 환승체계 구축 실적";
    let years: Vec<String> =
        (0..12).map(|y| format!("{}{}", 2014 + y, if y < 8 { 'a' } else { 't' })).collect();
    let values: Vec<String> = (0..12).map(|y| format!("{},{:03}.{y}", 10 + y, y * 71)).collect();
    let values = values.join(" | ");
    let years_row = |plan: PlanText, n: usize| {
        plan.row(&format!(
            "정책 성과 (100) | 시정 | 만족도 | 70% | 목표 {n} | 지표 {n} | {values} | 건 | 20 | 도시-{n}"
        ))
    };
    vec![
        rows("여든줄과", 80, 3, "지표").footnote("※ 기타주요사업 : 도시-91").build(),
        rows("긴지표과", 14, 3, &format!("{long} 및 {long}")).build(),
        rows("긴주석과", 12, 2, "지표").footnote(&format!("※ 기타주요사업 코드번호 : {codes}")).build(),
        (1..=5).fold(plan("열두해과", "가나시").years(&years.join(" ")), years_row).build(),
        plan("홀로과", "").row("정책 성과 (100) | ~ | ~ | ~ | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 100 | 홀로-1").build(),
        plan("무코드과", "가나시").row("정책 성과 (100) | 시 | 만족도 | 1% | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 100 | ~").build(),
        plan("무관점과", "가나시").row("~ | 시 | 만족도 | 1% | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 100 | 무관-1").build(),
        rows("한줄과", 1, 1, "지표").build(),
        rows(&"서울특별시 도시기반시설본부 지하철건설 ".repeat(6), 10, 2, "지표").build(),
        rows("큰목표과", 60, 60, "한 목표 아래의 지표").footnote("※ 기타주요사업 : 도시-61").build(),
        with_labels(
            plan("긴값과", "본 부 장")
                .row("시민 고객 (40) | 택시 | 달성 | 응대율 97 배차율 92 탑승률 90 | 목표 | 응대율 | 응대율 80 배차율 80 탑승률 80 | 신규 24 부적격자 조치 24 | 12.7 (42.7) | 기본 및 실시 설계 | ㎍/㎥ | 60 | 교통-22,23")
                .row("정책 성과 (60) | https://www.city.example/plans/2025/scorecard?org=transport | 안전점검·보수보강·정밀진단 | 100% | 초고밀도첨단융복합산업단지조성기반시설 | KPI-with-a-very-long-latin-compound/name | 1,234,567,890 | △3.5% | ±5 | 전년대비 5% 증가 | 개 소 | 40 | 교통기획관-101~교통기획관-110"),
            |labels| {
                labels.set(Field::Unit, "단 위".into());
                labels.set(Field::Weight, "비 중".into());
            },
        ),
    ]
}

/// Plans more extreme than any real one, and one of a city that writes no Korean.
fn absurd() -> Vec<Plan> {
    let years: Vec<String> = (0..60).map(|year| format!("{}t", 1990 + year)).collect();
    let values = ["1,234.5"; 60].join(" | ");
    let codes = (1..=200).map(|code| format!("도시-{code}")).collect::<Vec<_>>().join(", ");
    let giant = "이름이 아주 긴 핵심성과지표 ".repeat(130);
    let row = "Policy (100) | Clean streets everywhere | Satisfaction of residents | 85% | Cleaner parks";
    vec![
        plan("영줄과", "가나시").build(),
        rows("옛글과", 3, 1, "나랏말ᄊᆞ미 Ω ☂ 𝛑 \u{10FFFD} 지표").build(),
        rows("거인과", 4, 2, &giant).footnote(&"※ 한 쪽을 넘는 주석 ".repeat(900)).build(),
        plan("코드과", "가나시")
            .row(&format!("정책 성과 (100) | {giant} | 만족도 | 1% | {giant}{giant} | 지표 1 | 1 | 2 | 3 | 4 | 건 | 50 | {codes}"))
            .row("^ | ^ | ^ | ^ | ^ | 지표 2 | 1 | 2 | 3 | 4 | 건 | 50 | 도시-201")
            .build(),
        with_labels(rows("머리글과", 40, 3, "지표"), |labels| labels.set(Field::Kpi, "끝없는 머리글 ".repeat(400).into())),
        plan("예순해과", "가나시")
            .years(&years.join(" "))
            .row(&format!("정책 성과 (100) | 시 | 지표 | 1% | 목표 | 지표 | {values} | 건 | 100 | 도시-1"))
            .build(),
        rows(&"끝이 없는 이름의 조직 ".repeat(200), 40, 2, "지표").build(),
        plan("Department of Parks and Open Spaces", "Springfield")
            .row(&format!("{row} | Litter collected per kilometre of path | 1,200.5 | 1,150 | n/a | 1,100 | tonnes | 60 | PARK-1, PARK-2"))
            .row("^ | ^ | ^ | ^ | ^ | Internationalisation-and-accessibility-programme | 1 | 2 | 3 | 4 | % | 40 | PARK-3")
            .build(),
    ]
}

/// Typeset text, in points from the page's top left corner.
struct GlyphRun {
    x: f64,
    width: f64,
    /// Its bottom edge.
    y: f64,
    size: f64,
    text: String,
}

fn runs(frame: &Frame, at: Point, found: &mut Vec<GlyphRun>) {
    for (offset, item) in frame.items() {
        let at = at + *offset;
        match item {
            FrameItem::Group(group) => {
                runs(&group.frame, at + Point::new(group.transform.tx, group.transform.ty), found);
            }
            FrameItem::Text(text) => found.push(GlyphRun {
                x: at.x.to_pt(),
                width: text.width().to_pt(),
                y: at.y.to_pt(),
                size: text.size.to_pt(),
                text: text.text.to_string(),
            }),
            _ => {}
        }
    }
}

/// Returns the text of the runs, line by line.
fn lines_of(runs: &[&GlyphRun]) -> Vec<String> {
    let same_line = |a: &&GlyphRun, b: &&GlyphRun| (a.y - b.y).abs() < 0.5;
    let lines =
        runs.chunk_by(same_line).map(|line| line.iter().map(|run| run.text.as_str()).collect::<String>());
    lines.map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// Returns the edges of `lengths` placed one after the other from `start`.
fn edges<'a>(start: f64, lengths: impl IntoIterator<Item = &'a f64>) -> Vec<f64> {
    let sums = lengths.into_iter().scan(start, |sum, length| {
        *sum += length;
        Some(*sum)
    });
    std::iter::once(start).chain(sums).collect()
}

/// Fails unless `page` shows page `number` of `data` exactly as fitted, with every text inside its cell.
fn assert_set_as_fitted(
    data: &PlanData,
    number: usize,
    page: &SetPage,
    left: f64,
    paper: &serde_json::Value,
) {
    let mut found = Vec::new();
    runs(&page.frame, Point::zero(), &mut found);
    let (top, bottom) = (paper["top"].as_f64().unwrap(), paper["bottom"].as_f64().unwrap());
    let foot = page.frame.height().to_pt() - bottom + 0.1;
    let title = if number == 0 { data.title.height } else { data.title.next_height };
    let shown = &data.pages[number];
    let mut placed = 0;
    let mut table_foot = top + title;
    if let Some(body) = &shown.body {
        let x = edges(left, &data.widths);
        let y = edges(top + title, data.header.heights.iter().chain(&body.heights));
        table_foot = y[y.len() - 1];
        assert!(table_foot <= foot, "{}: the table reaches below the page", data.title.text);
        let header = data.header.cells.iter().map(|cell| (cell, 0));
        for (cell, from) in header.chain(body.cells.iter().map(|cell| (cell, data.header.heights.len()))) {
            let (x0, x1) = (x[cell.x], x[cell.x + cell.colspan]);
            let (y0, y1) = (y[cell.y + from], y[cell.y + from + cell.rowspan]);
            let center = |run: &GlyphRun| (run.x + run.width / 2.0, run.y - 0.36 * run.size);
            let inside = |run: &&GlyphRun| {
                let (x, y) = center(run);
                x0 < x && x < x1 && y0 < y && y < y1
            };
            let own: Vec<&GlyphRun> = found.iter().filter(inside).collect();
            for run in &own {
                let reaches_out = run.x < x0 || run.x + run.width > x1;
                let too_high = run.y - 0.86 * run.size < y0 - 0.1 || run.y + 0.14 * run.size > y1 + 0.1;
                assert!(
                    !reaches_out && !too_high,
                    "{}: {:?} reaches out of its cell",
                    data.title.text,
                    run.text
                );
            }
            placed += own.len();
            let mark = cell.continued.then_some(CONTINUED);
            let wanted = cell.lines.iter().map(|line| line.trim_end()).chain(mark);
            let wanted: Vec<&str> = wanted.filter(|line| !line.is_empty()).collect();
            assert_eq!(lines_of(&own), wanted, "{}", data.title.text);
        }
    }
    let table = found.iter().filter(|run| run.y > top + title && run.y < table_foot).count();
    assert_eq!(placed, table, "{}: a text stands in no cell", data.title.text);
    let below: Vec<&GlyphRun> = found.iter().filter(|run| run.y > table_foot && run.y < foot).collect();
    let notes: Vec<&str> =
        shown.notes.iter().flat_map(|note| note.iter()).map(|line| line.trim_end()).collect();
    assert_eq!(lines_of(&below), notes, "{}", data.title.text);
    assert!(shown.body.is_some() || !notes.is_empty(), "{}: an empty page", data.title.text);
}

/// Fails unless every cell of the plan's table is printed whole, and again on every page where it continues.
fn assert_complete(data: &PlanData, table: &PlanTable) {
    let bodies: Vec<&Block> = data.pages.iter().filter_map(|page| page.body.as_ref()).collect();
    for x in 0..table.columns.len() {
        let cells = || bodies.iter().flat_map(|body| &body.cells).filter(|cell| cell.x == x);
        let marked = table.columns[x].is_marked();
        let printed: String =
            cells().filter(|cell| marked && !cell.continued).flat_map(|cell| cell.lines.clone()).collect();
        let wanted: String =
            table.body.iter().filter(|cell| marked && cell.x == x).map(|cell| cell.text.as_str()).collect();
        assert_eq!(printed.replace([' ', '\n'], ""), wanted.replace([' ', '\n'], ""), "{}", data.title.text);
        for body in &bodies {
            let covered: usize = body
                .cells
                .iter()
                .filter(|cell| cell.x <= x && x < cell.x + cell.colspan)
                .map(|cell| cell.rowspan)
                .sum();
            assert_eq!(covered, body.heights.len(), "{}: rows without a cell in column {x}", data.title.text);
        }
    }
}

/// Fails if a word is broken that would fit its cell.
fn assert_no_word_broken(data: &PlanData, table: &PlanTable, ruler: &Ruler<'_>) {
    for cell in data.pages.iter().filter_map(|page| page.body.as_ref()).flat_map(|body| &body.cells) {
        if table.columns[cell.x] == BookColumn::Field(Field::Perspective) {
            continue;
        }
        let width: f64 = data.widths[cell.x..cell.x + cell.colspan].iter().sum();
        for pair in cell.lines.windows(2).filter(|pair| !pair[0].ends_with(' ')) {
            let word =
                format!("{}{}", pair[0].rsplit(' ').next().unwrap(), pair[1].split(' ').next().unwrap());
            let wide = ruler.measure(&word).natural() * data.size > width - 2.0 * INSET_X - 1.0;
            assert!(wide, "{}: {word:?} is broken", data.title.text);
        }
    }
}

fn assert_plain(text: &str) {
    let joiners = ['\u{2060}', '\u{200B}', '\u{AD}', '\u{FEFF}'];
    assert!(!text.contains(joiners), "{text:?}");
}

/// Typesets the book of `plans` and compares every page with what was fitted.
fn assert_set_well(plans: Vec<Plan>) {
    let config = config("[book]\nparts = ['plans']");
    let city = city(plans, &config);
    let context = Context { city: &city, config: &config };
    with_pages(&context, &[], &BookOptions::default(), |document, _, fonts| {
        assert_set_as_fitted_throughout(
            &context,
            document,
            &Ruler::of_fonts(fonts, &Replacements::default()),
        );
    });
}

fn assert_set_as_fitted_throughout(context: &Context<'_>, document: &PagedDocument, ruler: &Ruler<'_>) {
    let city = context.city;
    let selection = Selection::new(&Scope::City, city, &context.config.book).unwrap();
    let sheet = PaperSheet::a4_landscape();
    let paper = serde_json::to_value(&sheet).unwrap();
    let mut pages = document.pages().iter().enumerate();
    for &(plan, _) in &selection.plans {
        let place = Place { plan, level: 1, recto: false };
        let fitted = bureau(city, &[place], &sheet, ruler, CONTINUED, Lang::Ko).remove(0);
        let table = PlanTable::of(&city.plans[plan], Lang::Ko);
        for number in 0..fitted.pages.len() {
            let (index, page) = pages.next().expect("a page for each that was fitted");
            let left = paper[if index % 2 == 0 { "inside" } else { "outside" }].as_f64().unwrap();
            assert_set_as_fitted(&fitted, number, page, left, &paper);
        }
        assert_complete(&fitted, &table);
        assert_no_word_broken(&fitted, &table, ruler);
    }
    assert!(pages.next().is_none());
    document.pages().iter().for_each(|page| {
        let mut found = Vec::new();
        runs(&page.frame, Point::zero(), &mut found);
        found.iter().for_each(|run| assert_plain(&run.text));
    });
}

#[test]
fn hard_plans_are_set_as_well_as_any() {
    assert_set_well(hard());
}

#[test]
fn absurd_plans_flow_on_over_pages() {
    assert_set_well(absurd());
}

#[test]
#[ignore = "writes target/tmp/hard-cases/book.pdf and plans.json, to be compared by other programs"]
fn hard_plans_as_files() {
    let config = config("[book]\nparts = ['plans']");
    let city = city(hard(), &config);
    let context = Context { city: &city, config: &config };
    let book = super::super::pdf(&context, &[], Lang::Ko, &fonts(&context), &BookOptions::default()).unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tmp/hard-cases");
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(format!("{folder}/book.pdf"), book.pdf).unwrap();
    let plans: Vec<_> = city.numbered_plans().map(|(index, plan)| record(index.number(), plan)).collect();
    std::fs::write(format!("{folder}/plans.json"), serde_json::to_string(&plans).unwrap()).unwrap();
}

/// A plan as plain texts.
fn record(no: usize, plan: &Plan) -> serde_json::Value {
    let row = |row: &crate::plan::Indicator| {
        let weight = row.perspective.weight.map(|weight| weight.to_string());
        let perspective = serde_json::json!({ "name": row.perspective.name, "weight": weight });
        serde_json::json!({
            "perspective": if row.perspective.name.is_empty() { serde_json::Value::Null } else { perspective },
            "parent_goal": row.parent_objective.text,
            "parent_kpi": row.parent_kpi.text,
            "parent_target": row.parent_target.text.text,
            "goal": row.objective.text,
            "kpi": row.kpi.text,
            "values": row.values.iter().map(|value| &value.text.text).collect::<Vec<_>>(),
            "unit": row.unit.text.text,
            "weight": row.weight.text.text,
            "code": row.initiatives.text.text,
        })
    };
    serde_json::json!({
        "no": no,
        "org": plan.org,
        "title": plan.title.text,
        "rows": plan.rows.iter().map(row).collect::<Vec<_>>(),
    })
}
