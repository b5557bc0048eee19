//! Scorecards: read back they are the plans they were made from, filled in they give the scores that Excel gives.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::common::{code, err, out, planbook};
use crate::libreoffice::recalculate;
use crate::package::Book;
use calamine::{Data, Range, Reader, Xlsx};
use planbook::check::FindingIndex;
use planbook::consolidate::{City, Context, RowId, consolidate};
use planbook::finding::Lang;
use planbook::plan::{COLUMNS, Plan, PlanId};
use planbook::project::Config;
use planbook::project::files::{self, Found, FoundKind};
use planbook::project::scoring::Lower;
use planbook::read::{ScorecardForm, read_workbooks};
use planbook::score::{
    Entered, Entries, Entry, ManualAchievement, RowIds, TargetRule, evaluate, measure_with,
};
use planbook::write::scorecard::{Scorecard, workbooks};
use proptest::prelude::*;

fn example() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "examples", "seoul-2009"].iter().collect()
}

fn read(dir: &Path, config: &Config) -> City {
    consolidate(read_workbooks(files::list(dir).found, config, None), config)
}

fn scorecards(city: &City, config: &Config, entries: &Entries, lang: Lang) -> Vec<Scorecard> {
    let context = Context { city, config };
    workbooks(&context, &FindingIndex::of(&planbook::check::run(&context)), entries, lang).unwrap()
}

/// The scorecards put into a folder of their own.
fn put(made: &[Scorecard]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("workbooks")).unwrap();
    for scorecard in made {
        fs::write(dir.path().join("workbooks").join(&scorecard.name), &scorecard.bytes).unwrap();
    }
    dir
}

/// Everything a plan says, without the places where it says it.
fn said(plan: &Plan) -> Vec<String> {
    let mut lines = vec![
        plan.org.to_string(),
        plan.title.text.to_string(),
        plan.note.to_string(),
        plan.parent_label.text.to_string(),
        plan.own_label.text.to_string(),
        format!("{:?}", plan.years),
    ];
    // A column that the plan lacks gets the usual heading; the scorecard's own columns may look like optional ones.
    let usual = COLUMNS.iter().filter(|column| !column.field.is_optional());
    lines.extend(usual.map(|column| plan.labels.label(column.field).to_owned()));
    for row in &plan.rows {
        let values: Vec<_> = row.values.iter().map(|value| (&*value.text.text, &value.meaning)).collect();
        lines.push(format!(
            "{:?} | {} | {} | {} | {} | {} | {values:?} | {} {} | {} {:?} | {} {:?}",
            (&row.perspective.text.text, &row.perspective.name, row.perspective.weight),
            row.parent_objective.text,
            row.parent_kpi.text,
            row.parent_target.text.text,
            row.objective.text,
            row.kpi.text,
            row.unit.text.text,
            row.unit.scale,
            row.weight.text.text,
            row.weight.percent,
            row.initiatives.text.text,
            row.initiatives.codes,
        ));
    }
    lines.extend(plan.footnotes.iter().map(|note| note.text.text.to_string()));
    lines
}

fn same_plans(before: &City, after: &City) {
    assert_eq!(before.plans.len(), after.plans.len());
    for ((plan, again), node) in before.plans.iter().zip(&after.plans).zip(&before.nodes) {
        let mut printed = plan.clone();
        printed.title.text = node.title.clone();
        assert_eq!(said(&printed), said(again), "{}", plan.org);
    }
}

#[test]
fn a_scorecard_reads_as_the_plan_it_was_made_from() {
    let config = Config::load(&example()).unwrap();
    let city = read(&example(), &config);
    for lang in [Lang::Ko, Lang::En] {
        let made = scorecards(&city, &config, &Entries::default(), lang);
        assert_eq!(made.len(), city.plans.len());
        let dir = put(&made);
        same_plans(&city, &read(dir.path(), &config));
    }
}

/// What a plan says in columns that only some forms have.
fn said_beside(plan: &Plan) -> Vec<String> {
    let row = |row: &planbook::plan::Indicator| {
        let levels: Vec<_> = row.levels.iter().map(|level| (&*level.name, &*level.text.text)).collect();
        let mut periods: Vec<_> = row
            .periods
            .iter()
            .map(|value| (value.year, value.distance, value.part, value.kind, &*value.text().text))
            .collect();
        periods.sort();
        let extra: Vec<_> = row.extra.iter().map(|extra| (&*extra.heading, &*extra.text.text)).collect();
        format!("{}: {levels:?} {periods:?} {extra:?}", row.kpi.text)
    };
    plan.rows.iter().map(row).collect()
}

#[test]
fn levels_quarters_and_other_columns_of_a_form_stand_on_its_scorecard_and_read_back() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("workbooks")).unwrap();
    let rows = [
        "전략목표,성과목표,성과지표,단위,가중치,2025년 실적,2026년 1분기 목표,2026년 2분기 목표,2026년 목표,기준값,협업 기관",
        "안전,1. 걷기 좋은 도시,보행 만족도,점,60,80,81,82,84,78,경찰서",
        "안전,1. 걷기 좋은 도시,보행 사고,건,20,12,3,6,10,15,",
        "이동,2. 빠른 도시,정시율,%,20,88,,89,90,85,버스조합",
    ];
    fs::write(dir.path().join("workbooks/교통국.csv"), rows.join("\n")).unwrap();
    let config = Config::default();
    let city = read(dir.path(), &config);
    let plan = &city.plans[0];
    let beside = said_beside(plan);
    assert!(
        beside[0].contains("안전") && beside[0].contains("Quarter(1)") && beside[0].contains("경찰서"),
        "{beside:?}"
    );
    for lang in [Lang::Ko, Lang::En] {
        let made = scorecards(&city, &config, &Entries::default(), lang);
        let again = read(put(&made).path(), &config);
        assert_eq!(beside, said_beside(&again.plans[0]));
    }
}

#[test]
fn without_its_marks_the_table_is_still_a_plan() {
    let config = Config::load(&example()).unwrap();
    let city = read(&example(), &config);
    let made = scorecards(&city, &config, &Entries::default(), Lang::Ko);
    let [first, ..] = made.as_slice() else { unreachable!() };
    let bytes = without_marks(&first.bytes);
    let dir = put(&[Scorecard { name: first.name.clone(), bytes }]);
    let again = read(dir.path(), &config);
    let plan = again.plans.iter().find(|plan| plan.rows.len() == city.plans[0].rows.len()).unwrap();
    assert_eq!(said(plan), said(&city.plans[0]));
}

/// The workbook with its marks made unreadable.
fn without_marks(bytes: &[u8]) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).unwrap();
        new.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        let content = match name.as_str() {
            "xl/sharedStrings.xml" => {
                let text = String::from_utf8(content).unwrap();
                text.replace(&format!("<t>{}</t>", ScorecardForm::SIGN), "<t/>").into_bytes()
            }
            _ => content,
        };
        std::io::Write::write_all(&mut new, &content).unwrap();
    }
    new.finish().unwrap().into_inner()
}

fn sheet(bytes: &[u8], number: usize) -> Range<Data> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    book.worksheet_range_at(number).unwrap().unwrap()
}

/// The first row below the marks that has a key, and the column of keys.
fn keys(table: &Range<Data>) -> (usize, BTreeMap<String, usize>) {
    let rows: Vec<_> = table.rows().collect();
    let sign = |cell: &Data| cell.to_string().starts_with(ScorecardForm::SIGN);
    let col = rows[2].iter().position(sign).unwrap();
    let key = |row: &&[Data]| row[col].to_string().split_once('/').map(|(id, _)| id.to_owned());
    (col, rows.iter().enumerate().filter_map(|(at, row)| Some((key(row)?, at))).collect())
}

#[test]
fn every_figure_on_every_scorecard_is_the_plans() {
    let config = Config::load(&example()).unwrap();
    let city = read(&example(), &config);
    let ids = RowIds::of(&city);
    for (plan, made) in scorecards(&city, &config, &Entries::default(), Lang::Ko).iter().enumerate() {
        let table = sheet(&made.bytes, 0);
        let marks: Vec<String> = table.rows().nth(2).unwrap().iter().map(ToString::to_string).collect();
        let (_, rows) = keys(&table);
        assert_eq!(rows.len(), city.plans[plan].rows.len());
        for (row, own) in city.plans[plan].rows.iter().enumerate() {
            let at = rows[&ids.key(RowId { plan: PlanId::at(plan), row }).id];
            let shown = |mark: &str| {
                let col =
                    marks.iter().position(|other| other.starts_with(&ScorecardForm::column(mark))).unwrap();
                table.get((at, col)).unwrap().to_string()
            };
            let figure = |text: &str| {
                text.replace(',', "").parse::<f64>().map_or_else(|_| text.to_owned(), |n| n.to_string())
            };
            assert_eq!(figure(&shown("weight")), figure(&own.weight.text.text), "{}", own.kpi.text);
            for (value, year) in own.values.iter().zip(&city.plans[plan].years) {
                assert_eq!(
                    figure(&shown(&year.year.to_string())),
                    figure(&value.text.text),
                    "{}",
                    own.kpi.text
                );
            }
            assert_eq!(shown("kpi"), *own.kpi.text);
            assert_eq!(shown("unit"), *own.unit.text.text);
        }
    }
}

/// Results for most rows: about the target, words where words belong, some missing.
fn entries(city: &City, config: &Config) -> Entries {
    let ids = RowIds::of(city);
    let polarities = planbook::project::Polarities::new(config, &city.names);
    let mut entries = Entries::default();
    for (count, id) in (0u32..).zip(city.rows()) {
        let key = ids.key(id);
        // Some results are shown as 100.0 % and are a little less.
        let factor = if count % 19 == 5 { 0.9998 } else { 0.55 + f64::from(count % 17) * 0.06 };
        let given = || ManualAchievement { text: "95.5%".into(), share: Some(0.955), typed: false };
        let (result, given) = match measure_with(city, id, &polarities).rule {
            _ if count % 11 == 3 => continue,
            TargetRule::AtLeast(number) | TargetRule::AtMost(number) => {
                (Entered::Number((number * factor * 1e3).round() / 1e3), None)
            }
            TargetRule::Between(low, high) => {
                (Entered::Number(((low + high) / 2.0 * factor * 1e3).round() / 1e3), None)
            }
            TargetRule::Within(bound) => (Entered::Number((-bound * factor * 1e3).round() / 1e3), None),
            TargetRule::Manual(_) => (Entered::Text(Arc::from("중·상")), (count % 2 == 0).then(given)),
        };
        let (state, file) = (key.state.clone(), Arc::from("a.xlsx"));
        entries
            .rows
            .insert(key.id.clone(), Entry { result: Some(result), given, state, file, ..Entry::default() });
    }
    entries
}

/// Scorecards have every row, filled in or not.
fn on_scorecards(city: &City, mut entries: Entries) -> Entries {
    let ids = RowIds::of(city);
    for key in city.rows().map(|id| ids.key(id)) {
        let blank = || Entry { state: key.state.clone(), ..Entry::default() };
        entries.rows.entry(key.id.clone()).or_insert_with(blank);
    }
    entries
}

#[test]
fn results_come_back_as_they_were_entered_and_give_the_same_scores() {
    let config = Config::load(&example()).unwrap();
    let city = read(&example(), &config);
    let entered = entries(&city, &config);
    let dir = put(&scorecards(&city, &config, &entered, Lang::Ko));
    let files = read_workbooks(files::list(dir.path()).found, &config, None);
    let again = Entries::of(&files, &city, &RowIds::of(&city));
    assert!(again.conflicts.is_empty());
    for (id, entry) in &entered.rows {
        let back = &again.rows[id];
        assert_eq!((&back.result, &back.state), (&entry.result, &entry.state), "{id}");
    }
    let context = Context { city: &city, config: &config };
    assert_eq!(evaluate(&context, &again), evaluate(&context, &on_scorecards(&city, entered)));
    same_plans(&city, &read(dir.path(), &config));
}

/// Whether two cells say the same, one of them reckoned anew.
fn same_cell(a: &Data, b: &Data) -> bool {
    match (a, b) {
        (Data::Error(_), _) | (_, Data::Error(_)) => false,
        (Data::Float(a), Data::Float(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0),
        (Data::Empty, Data::String(text)) | (Data::String(text), Data::Empty) => text.is_empty(),
        (a, b) => a == b || a.to_string() == b.to_string(),
    }
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_reckons_the_figures_that_the_scorecards_store() {
    let mut config = Config::load(&example()).unwrap();
    config.lower_is_better.push("만족도".to_owned());
    let city = read(&example(), &config);
    // All of them one way, every fourth the other: the starting and saving takes its time.
    for (lower, step) in [(Lower::Complement, 1), (Lower::Inverse, 4)] {
        config.score.lower = lower;
        let made = scorecards(&city, &config, &entries(&city, &config), Lang::Ko);
        let some: Vec<Scorecard> = made.into_iter().step_by(step).collect();
        let (dir, anew) = (put(&some), tempfile::tempdir().unwrap());
        recalculate(&dir.path().join("workbooks"), anew.path());
        for made in &some {
            let again = fs::read(anew.path().join(&made.name)).unwrap();
            for number in 0..5 {
                let (stored, reckoned) = (sheet(&made.bytes, number), sheet(&again, number));
                let start = stored.start().unwrap();
                for (row, col, cell) in stored.cells() {
                    let at = (u32::try_from(row).unwrap() + start.0, u32::try_from(col).unwrap() + start.1);
                    let other = reckoned.get_value(at).unwrap_or(&Data::Empty);
                    assert!(
                        same_cell(cell, other),
                        "{} sheet {number} {at:?}: {cell:?} {other:?}",
                        made.name
                    );
                }
            }
        }
    }
}

#[test]
fn the_same_plans_give_the_same_bytes() {
    let config = Config::load(&example()).unwrap();
    let city = read(&example(), &config);
    let make = || scorecards(&city, &config, &Entries::default(), Lang::Ko);
    assert!(make().iter().zip(make()).all(|(a, b)| a.bytes == b.bytes));
}

/// A workbook of one plan as departments send it, as delimited text.
fn city_of(rows: &[String], title: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("workbooks")).unwrap();
    let sheet = format!(
        "{title}\n\n관점\t한빛시\t\t\t기획실\t\t\t\t\t\t\t\n\
         \t전략목표\t핵심성과지표\t목표치\t전략목표\t핵심성과지표\t실적치\t목표치\t단위\t비중\t주요사업 코드번호\n\
         \t\t\t\t\t\t2025년\t2026년\t\t\t\n{}\n",
        rows.join("\n")
    );
    fs::write(dir.path().join("workbooks/기획실.tsv"), sheet).unwrap();
    dir
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[가-힣]{2,8}( [가-힣]{2,6})?",
        1 => "[a-zA-Z][a-z]{1,8}",
        1 => Just("=1+1".to_owned()),
        1 => Just("<b>&\"'".to_owned()),
        1 => Just("+합산 지표".to_owned()),
    ]
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        (0u32..1_000_000).prop_map(|n| n.to_string()),
        (0u32..10_000, 1usize..4).prop_map(|(n, d)| format!("{:.d$}", f64::from(n) / 7.0)),
        Just("1,234,567".to_owned()),
        Just("-".to_owned()),
        Just("75점이상".to_owned()),
        Just("84~86위".to_owned()),
        Just("18(75)".to_owned()),
        Just("전년대비 5% 이상".to_owned()),
        Just("기준점".to_owned()),
        Just("중 (65점이상)".to_owned()),
        Just("±7".to_owned()),
        Just("△3.5".to_owned()),
        Just("007".to_owned()),
        Just("0".to_owned()),
    ]
}

fn row() -> impl Strategy<Value = String> {
    let cited = prop_oneof![Just(String::new()), text()];
    let perspective = prop_oneof![Just(String::new()), Just("시민 (60)".to_owned()), Just("조직".to_owned())];
    let unit = prop_oneof![Just("%"), Just("건"), Just("천명"), Just("등급")];
    let weight = prop_oneof![Just("10".to_owned()), Just("2.5".to_owned()), Just("미정".to_owned())];
    let code = prop_oneof![Just(""), Just("기획-1"), Just("기획-2,3")];
    (perspective, (cited.clone(), cited, value()), text(), text(), (value(), value()), unit, weight, code).prop_map(
        |(perspective, (objective, kpi, target), own, name, (before, after), unit, weight, code)| {
            let target = if kpi.is_empty() { String::new() } else { target };
            format!("{perspective}\t{objective}\t{kpi}\t{target}\t{own}\t{name}\t{before}\t{after}\t{unit}\t{weight}\t{code}")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scorecards_of_generated_plans_read_as_these_plans(
        rows in prop::collection::vec(row(), 1..12),
        titled in any::<bool>(),
        filled in any::<bool>(),
    ) {
        let config = Config::default();
        let dir = city_of(&rows, if titled { "기획실 균형성과계획 (2담당관)" } else { "" });
        let city = read(dir.path(), &config);
        prop_assume!(city.plans.len() == 1);
        let entered = if filled { entries(&city, &config) } else { Entries::default() };
        let again = put(&scorecards(&city, &config, &entered, Lang::Ko));
        same_plans(&city, &read(again.path(), &config));
        let files = read_workbooks(files::list(again.path()).found, &config, None);
        let context = Context { city: &city, config: &config };
        prop_assert_eq!(evaluate(&context, &Entries::of(&files, &city, &RowIds::of(&city))), evaluate(&context, &on_scorecards(&city, entered)));
    }
}

fn small_city() -> tempfile::TempDir {
    city_of(
        &[
            "시민 (60)\t믿음직한 시\t시정만족도\t70%\t친절한 민원\t민원 만족도\t80\t90\t%\t60\t기획-1"
                .to_owned(),
            "조직 (40)\t배우는 시\t교육시간\t80\t배우는 조직\t매뉴얼 완성도\t중\t중·상\t등급\t40\t"
                .to_owned(),
        ],
        "기획실 균형성과계획",
    )
}

/// Fills in the result of the row at `number` of the only scorecard, as a user would, and gives its path.
fn fill_in(dir: &Path, result: f64) -> PathBuf {
    let config = Config::load(dir).unwrap();
    let city = read(dir, &config);
    let ids = RowIds::of(&city);
    let key = ids.key(RowId { plan: PlanId::at(0), row: 0 });
    let entry = Entry { result: Some(Entered::Number(result)), state: key.state.clone(), ..Entry::default() };
    let entries = Entries { rows: [(key.id.clone(), entry)].into(), ..Entries::default() };
    let path = dir.join("output/scorecards/01_기획실.xlsx");
    fs::write(&path, &scorecards(&city, &config, &entries, Lang::Ko)[0].bytes).unwrap();
    path
}

#[test]
fn score_says_what_to_do_without_scorecards_and_lists_what_is_missing() {
    let dir = small_city();
    let none = planbook(dir.path(), &["score", "."]);
    assert_eq!((code(&none), out(&none)), (2, String::new()));
    assert!(
        err(&none).contains("성과표가 없습니다") && err(&none).contains("planbook scorecards"),
        "{}",
        err(&none)
    );
    assert!(code(&planbook(dir.path(), &["scorecards", "."])) < 2);
    fill_in(dir.path(), 81.0);
    let score = planbook(dir.path(), &["score", "."]);
    assert!(out(&score).contains("90.0%") && out(&score).contains("54.00"), "{}", out(&score));
    assert!(err(&score).contains("매뉴얼 완성도 (달성률 직접 입력 필요)"), "{}", err(&score));
    let one = planbook(dir.path(), &["score", ".", "--org", "기획실", "--lang", "en"]);
    assert!(out(&one).contains("enter the achievement"), "{}", out(&one));
    let json: serde_json::Value =
        serde_json::from_slice(&planbook(dir.path(), &["score", ".", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["plans"][0]["rows"][0]["score"], 54.0);
    assert_eq!(json["plans"][0]["grade"], "B");
    assert_eq!(code(&planbook(dir.path(), &["score", ".", "--org", "없는 과"])), 2);
}

#[test]
fn new_scorecards_take_over_what_was_entered_and_lose_nothing() {
    let dir = small_city();
    planbook(dir.path(), &["scorecards", "."]);
    let path = fill_in(dir.path(), 81.0);
    let filled = fs::read(&path).unwrap();
    planbook(dir.path(), &["scorecards", "."]);
    assert_eq!(fs::read(&path).unwrap(), filled);
    // A KPI with another name: its result has no place any more, so the old scorecard is kept.
    let plan = dir.path().join("workbooks/기획실.tsv");
    fs::write(&plan, fs::read_to_string(&plan).unwrap().replace("민원 만족도", "민원 처리율")).unwrap();
    let again = planbook(dir.path(), &["scorecards", "."]);
    assert!(err(&again).contains("01_기획실.xlsx.bak"), "{}", err(&again));
    assert_eq!(fs::read(path.with_extension("xlsx.bak")).unwrap(), filled);
    // Another target: the result stays and `score` says that the plan has changed.
    fs::write(
        &plan,
        fs::read_to_string(&plan).unwrap().replace("처리율", "만족도").replace("\t90\t", "\t95\t"),
    )
    .unwrap();
    fs::write(&path, &filled).unwrap();
    let score = planbook(dir.path(), &["score", "."]);
    assert!(err(&score).contains("바뀐 지표 1개"), "{}", err(&score));
}

#[test]
fn a_scorecard_that_a_department_saved_with_notes_of_its_own_is_kept_whole() {
    let dir = small_city();
    planbook(dir.path(), &["scorecards", "."]);
    let path = fill_in(dir.path(), 81.0);
    // As every program does that saves a workbook.
    let date = "<dcterms:modified xsi:type=\"dcterms:W3CDTF\">";
    let part = "docProps/core.xml";
    let mut book = Book::of(&fs::read(&path).unwrap());
    let properties = book.text(part);
    let (before, after) = properties.split_once(date).unwrap();
    let saved = format!("{before}{date}2099{}", &after[4..]);
    let saved = book.set(part, saved).pack();
    fs::write(&path, &saved).unwrap();
    let again = planbook(dir.path(), &["scorecards", "."]);
    assert!(err(&again).contains("성과표 1개를 그대로"), "{}", err(&again));
    assert_eq!(fs::read(dir.path().join("output/이전/scorecards/01_기획실.xlsx")).unwrap(), saved);
    assert!(out(&planbook(dir.path(), &["score", "."])).contains("90.0%"));
    // The new one is as it was made, and nothing more is moved.
    let once_more = planbook(dir.path(), &["scorecards", "."]);
    assert!(!err(&once_more).contains("옮겨"), "{}", err(&once_more));
}

#[test]
fn what_is_no_scorecard_is_passed_over_and_said_so() {
    let dir = small_city();
    planbook(dir.path(), &["scorecards", "."]);
    fill_in(dir.path(), 90.0);
    let folder = dir.path().join("output/scorecards");
    fs::write(folder.join("메모.csv"), "가,나\n").unwrap();
    fs::write(folder.join("깨진.xlsx"), "PK\u{3}\u{4}").unwrap();
    let score = planbook(dir.path(), &["score", "."]);
    assert!(err(&score).contains("메모.csv") && err(&score).contains("깨진.xlsx"), "{}", err(&score));
    let found = Found { path: folder.join("01_기획실.xlsx"), name: Arc::from("x"), kind: FoundKind::File };
    let config = Config::default();
    assert!(read_workbooks(vec![found], &config, None)[0].outcome.as_ref().unwrap().is_scorecard());
}

/// Types `content` into the column `mark` of the first KPI of a scorecard, in the place of whatever stands there.
fn type_in(path: &Path, mark: &str, content: &str) {
    let bytes = fs::read(path).unwrap();
    let table = sheet(&bytes, 0);
    let marks: Vec<String> = table.rows().nth(2).unwrap().iter().map(ToString::to_string).collect();
    let col = marks.iter().position(|other| *other == ScorecardForm::column(mark)).unwrap();
    let row = *keys(&table).1.values().min().unwrap();
    let at = planbook::source::CellRef::new(u32::try_from(row).unwrap(), u16::try_from(col).unwrap());
    let (part, mut book) = ("xl/worksheets/sheet1.xml", Book::of(&bytes));
    let text = book.text(part);
    let start = text.find(&format!("<c r=\"{at}\"")).unwrap();
    let tag = start + text[start..].find('>').unwrap();
    let end = match text[..tag].ends_with('/') {
        true => tag + 1,
        false => start + text[start..].find("</c>").unwrap() + 4,
    };
    let style = text[start..tag].split("s=\"").nth(1).unwrap().split('"').next().unwrap();
    let cell = format!("<c r=\"{at}\" s=\"{style}\" {content}</c>");
    let bytes = book.set(part, format!("{}{cell}{}", &text[..start], &text[end..])).pack();
    fs::write(path, bytes).unwrap();
}

#[test]
fn an_achievement_typed_over_a_formula_counts_and_stands_on_the_next_scorecard() {
    let dir = small_city();
    let json = || -> serde_json::Value {
        serde_json::from_slice(&planbook(dir.path(), &["score", ".", "--format", "json"]).stdout).unwrap()
    };
    planbook(dir.path(), &["scorecards", "."]);
    let path = fill_in(dir.path(), 81.0);
    assert_eq!(json()["plans"][0]["rows"][0]["typed"], false);
    for (typed, achievement, told) in [
        ("><v>0.9567</v>", 0.9567, "달성률을 직접 적은 지표 1개"),
        ("t=\"inlineStr\"><is><t>95.67%</t></is>", 0.9567, "달성률을 직접 적은 지표 1개"),
        ("><v>95</v>", 1.2, "하한과 상한을 벗어난 지표 1개"),
        ("t=\"inlineStr\"><is><t>우수</t></is>", 0.9, "달성률 칸에 적은 것이 달성률이 아니거나"),
    ] {
        type_in(&path, ScorecardForm::ACHIEVEMENT, typed);
        let row = json()["plans"][0]["rows"][0].clone();
        assert_eq!((&row["achievement"], &row["typed"]), (&achievement.into(), &(achievement != 0.9).into()));
        let score = planbook(dir.path(), &["score", ".", "--org", "기획실"]);
        assert!(err(&score).contains(told), "{typed}: {}", err(&score));
    }
    type_in(&path, ScorecardForm::ACHIEVEMENT, "><v>0.9567</v>");
    // Words in the place of the result change nothing.
    type_in(&path, ScorecardForm::RESULT, "t=\"inlineStr\"><is><t>미정</t></is>");
    let before = json()["plans"][0].clone();
    assert_eq!(
        (&before["rows"][0]["achievement"], &before["rows"][0]["grade"]),
        (&0.9567.into(), &"B".into())
    );
    planbook(dir.path(), &["scorecards", "."]);
    assert_eq!(json()["plans"][0], before);
    let shown = out(&planbook(dir.path(), &["score", ".", "--org", "기획실"]));
    assert!(shown.contains("95.7%") && shown.contains("달성률 직접 적음"), "{shown}");
}

#[test]
fn what_was_typed_as_an_achievement_stands_on_the_next_scorecard_as_it_was_typed() {
    let dir = small_city();
    let row = || -> serde_json::Value {
        let json = planbook(dir.path(), &["score", ".", "--format", "json"]).stdout;
        serde_json::from_slice::<serde_json::Value>(&json).unwrap()["plans"][0]["rows"][0].clone()
    };
    planbook(dir.path(), &["scorecards", "."]);
    let path = fill_in(dir.path(), 81.0);
    for (typed, given, counts) in [
        ("><v>95</v>", "9500%", "120.0%"),
        ("><v>1.5</v>", "150%", "120.0%"),
        ("t=\"inlineStr\"><is><t>95</t></is>", "95", "120.0%"),
        ("t=\"inlineStr\"><is><t>우수</t></is>", "우수", "90.0%"),
    ] {
        type_in(&path, ScorecardForm::ACHIEVEMENT, typed);
        let before = row();
        assert_eq!((&before["given"], &before["doubt"]), (&given.into(), &"no_share".into()));
        planbook(dir.path(), &["scorecards", "."]);
        assert_eq!(row(), before, "{typed}");
        let told = err(&planbook(dir.path(), &["score", "."]));
        assert!(told.contains(&format!("적은 것: {given}, 센 달성률: {counts}")), "{told}");
        assert!(!told.contains("적은 값으로 셌습니다"), "{told}");
    }
}

#[test]
fn a_score_target_or_weight_changed_on_the_scorecard_is_told() {
    let dir = small_city();
    planbook(dir.path(), &["scorecards", "."]);
    let path = fill_in(dir.path(), 81.0);
    let told = || err(&planbook(dir.path(), &["score", "."]));
    assert!(!told().contains("고쳤으나"), "{}", told());
    type_in(&path, ScorecardForm::SCORE, "><v>58</v>");
    type_in(&path, "weight", "><v>70</v>");
    type_in(&path, "2026 target", "><v>80</v>");
    let all = "목표 80, 센 것: 90 · 비중 70, 센 것: 60 · 점수 58.00, 센 것: 54.00";
    assert!(told().contains("고쳤으나 세지 않은 것이 있는 지표 1개") && told().contains(all), "{}", told());
}

#[test]
fn files_among_the_scorecards_that_are_kept_are_told_with_their_own_reason_and_do_not_pile_up() {
    let dir = small_city();
    planbook(dir.path(), &["scorecards", "."]);
    let folder = dir.path().join("output/scorecards");
    let path = fill_in(dir.path(), 81.0);
    let filled = fs::read(&path).unwrap();
    fill_in(dir.path(), 72.0);
    fs::write(folder.join("01_기획실 (1).xlsx"), &filled).unwrap();
    fs::write(folder.join("빈.xlsx"), "").unwrap();
    fs::write(folder.join("결과.hwp"), "HWP Document File").unwrap();
    let run = || err(&planbook(dir.path(), &["scorecards", "."]));
    let first = run();
    assert!(!first.contains("지금 계획에"), "{first}");
    assert!(first.contains("빈.xlsx: 읽을 수 없어(") && first.contains("결과.hwp: 읽을 수 없어("), "{first}");
    assert!(first.contains("01_기획실.xlsx: 01_기획실 (1).xlsx와 결과가 달라"), "{first}");
    run();
    let names = || -> Vec<String> {
        let entries = fs::read_dir(&folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let after = names().len();
    run();
    assert_eq!((names().len(), names().iter().filter(|name| name.contains(".bak")).count()), (after, 1));
    // What is in the place of a scorecard makes way.
    fs::write(&path, "").unwrap();
    let told = run();
    assert!(
        told.contains("01_기획실.xlsx: 읽을 수 없어(") && told.contains("01_기획실.xlsx.bak2로 옮겨"),
        "{told}"
    );
}

#[test]
fn a_large_result_is_printed_as_its_target_is() {
    let row = "시민 (60)\t믿음직한 시\t시정만족도\t70%\t친절한 민원\t상담 건수\t70,000\t80,000\t건\t100\t";
    let dir = city_of(&[row.to_owned()], "기획실 균형성과계획");
    planbook(dir.path(), &["scorecards", "."]);
    fill_in(dir.path(), 80000.0);
    let told = out(&planbook(dir.path(), &["score", ".", "--org", "기획실"]));
    assert_eq!(told.matches("80,000").count(), 2, "{told}");
}

#[test]
fn scores_and_achievements_took_no_number_format_from_planbook_toml() {
    let config = Config::parse("[style.numbers]\nscore = \"0.000\"\npercent = \"0%\"\n").unwrap();
    let city = read(&example(), &config);
    let made = scorecards(&city, &config, &Entries::default(), Lang::Ko);
    let mut package = zip::ZipArchive::new(Cursor::new(&made[0].bytes)).unwrap();
    let mut styles = String::new();
    package.by_name("xl/styles.xml").unwrap().read_to_string(&mut styles).unwrap();
    assert!(styles.contains("\"0.000_)\"") && styles.contains("\"0%_)\""), "{styles}");
}

#[test]
fn who_is_responsible_is_read_and_shown_where_a_plan_says_it() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("workbooks")).unwrap();
    let sheet = |org: &str, owner: [&str; 2]| {
        format!(
            "{org} 균형성과계획\n\
             관점,한빛시,,,{org},,,,,,,\n\
             ,전략목표,핵심성과지표,목표치,전략목표,핵심성과지표,실적치,목표치,단위,비중,주요사업 코드번호,{}\n\
             ,,,,,,2025년,2026년,,,,\n\
             시민 고객 (100),믿음직한 시,시정만족도,70%,친절한 민원,예산집행률,90,91,%,100,기획-1,{}\n",
            owner[0], owner[1]
        )
    };
    fs::write(dir.path().join("workbooks/기획실.csv"), sheet("기획실", ["담당자", "김 과장"])).unwrap();
    fs::write(dir.path().join("workbooks/교통국.csv"), sheet("교통국", ["", ""])).unwrap();
    for args in [&["export", "."][..], &["scorecards", "."], &["form", "."]] {
        assert!(code(&planbook(dir.path(), args)) < 2, "{args:?}");
    }
    let json = fs::read_to_string(dir.path().join("output/data/indicators.json")).unwrap();
    let told: Vec<bool> = json
        .lines()
        .filter(|line| line.contains("\"org\""))
        .map(|line| line.contains("\"owner\":\"김 과장\""))
        .collect();
    assert_eq!(told, [false, true], "{json}");
    let csv = fs::read_to_string(dir.path().join("output/data/indicators.csv")).unwrap();
    assert!(csv.contains("initiative,owner,file") && csv.contains("cell_owner"), "{csv}");
    for (folder, name) in
        [("scorecards", "01_교통국.xlsx"), ("scorecards", "02_기획실.xlsx"), ("forms", "기획실.xlsx")]
    {
        let made = fs::read(dir.path().join("output").join(folder).join(name)).unwrap();
        let shown = sheet_texts(&made);
        assert_eq!(shown.contains("김 과장"), name.contains("기획실"), "{folder}/{name}: {shown}");
    }
}

/// All texts of a workbook's first sheet.
fn sheet_texts(workbook: &[u8]) -> String {
    let sheet = sheet(workbook, 0);
    sheet.used_cells().map(|(_, _, cell)| cell.to_string()).collect::<Vec<_>>().join(" | ")
}
