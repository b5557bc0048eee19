//! The second year of an office: results stay in their year, outputs of another folder are out of the way, forms know what was
//! reached.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::common::{code, err, out, planbook};
use planbook::check::FindingIndex;
use planbook::consolidate::{City, Context, RowId, consolidate};
use planbook::finding::Lang;
use planbook::plan::PlanId;
use planbook::project::{Config, files};
use planbook::read::{read_sheets, read_workbooks};
use planbook::score::{Entered, Entries, Entry, RowIds};
use planbook::write::scorecard::workbooks;

/// A plan of `org` in the city `city` for `year`, as delimited text.
fn plan(city: &str, org: &str, year: i32) -> String {
    let last = year - 1;
    format!(
        "{org} 균형성과계획\n\n관점\t{city}\t\t\t{org}\t\t\t\t\t\t\t\n\
         \t전략목표\t핵심성과지표\t목표치\t전략목표\t핵심성과지표\t실적치\t목표치\t단위\t비중\t주요사업 코드번호\n\
         \t\t\t\t\t\t{last}년\t{year}년\t\t\t\n\
         시민 (60)\t믿음직한 시\t시정만족도\t70%\t친절한 민원\t상담 건수\t3,800\t4,000\t건\t60\t기획-1\n\
         조직 (40)\t배우는 시\t교육시간\t80\t배우는 조직\t민원 만족도\t80\t90\t%\t40\t\n"
    )
}

/// A plan-year folder `name` in `dir` with a plan of each organisation.
fn year(dir: &Path, name: &str, city: &str, orgs: &[&str], year: i32) {
    let folder = dir.join(name).join("workbooks");
    fs::create_dir_all(&folder).unwrap();
    for org in orgs {
        fs::write(folder.join(format!("{org}.tsv")), plan(city, org, year)).unwrap();
    }
}

fn read(dir: &Path) -> (City, Config) {
    let config = Config::load(dir).unwrap();
    (consolidate(read_workbooks(files::list(dir).found, &config, None), &config), config)
}

/// The scorecard of the first plan in `dir`, its first row filled in.
fn filled(dir: &Path, result: Entered) -> (String, Vec<u8>) {
    filled_of(dir, 0, result)
}

fn filled_of(dir: &Path, plan: usize, result: Entered) -> (String, Vec<u8>) {
    let (city, config) = read(dir);
    let ids = RowIds::of(&city);
    let key = ids.key(RowId { plan: PlanId::at(plan), row: 0 });
    let entry = Entry { result: Some(result), state: key.state.clone(), ..Entry::default() };
    let entries = Entries { rows: [(key.id.clone(), entry)].into(), ..Entries::default() };
    let context = Context { city: &city, config: &config };
    let findings = planbook::check::run(&context);
    let made =
        workbooks(&context, &FindingIndex::of(&findings), &entries, Lang::Ko).unwrap().swap_remove(plan);
    (made.name, made.bytes)
}

fn fill(dir: &Path, folder: &str, result: f64) -> PathBuf {
    let (name, bytes) = filled(&dir.join(folder), Entered::Number(result));
    let path = dir.join("output/scorecards").join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// Every file below a folder of the outputs, by name.
fn listed(dir: &Path, folder: &str) -> Vec<String> {
    let root = dir.join(folder);
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| entry.path().strip_prefix(&root).unwrap().to_str().unwrap().to_owned()).collect()
}

fn score(dir: &Path, args: &[&str]) -> serde_json::Value {
    let all: Vec<&str> =
        ["score"].into_iter().chain(args.iter().copied()).chain(["--format", "json"]).collect();
    let output = planbook(dir, &all);
    assert!(code(&output) < 2, "{}", err(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn results_of_another_year_are_neither_carried_nor_scored_nor_lost() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    year(dir.path(), "two", "한빛시", &["기획실"], 2027);
    planbook(dir.path(), &["scorecards", "one"]);
    let path = fill(dir.path(), "one", 3900.0);
    let bytes = fs::read(&path).unwrap();
    let early = planbook(dir.path(), &["score", "two"]);
    assert!(code(&early) == 2 && err(&early).contains("2026년 성과표만 있고 2027년"), "{}", err(&early));

    let told = planbook(dir.path(), &["scorecards", "two"]);
    assert!(err(&told).contains("2026년 폴더로 옮겨"), "{}", err(&told));
    assert_eq!(fs::read(dir.path().join("output/scorecards/2026년/01_기획실.xlsx")).unwrap(), bytes);
    let two = score(dir.path(), &["two"]);
    assert_eq!(two["plans"][0]["rows"][0]["result"], serde_json::Value::Null);
    assert_eq!(two["elsewhere"][0]["year"], 2026);
    assert_eq!(score(dir.path(), &["one"])["plans"][0]["rows"][0]["result"], "3900");

    // Back again: each year's results return to their own scorecards.
    planbook(dir.path(), &["scorecards", "one"]);
    assert_eq!(fs::read(&path).unwrap(), bytes);
    assert_eq!(score(dir.path(), &["one"])["conflicts"], serde_json::json!([]));
    assert!(listed(dir.path(), "output/scorecards").contains(&"2027년/01_기획실.xlsx".to_owned()));
}

#[test]
fn results_of_another_city_are_not_taken_for_ones_own() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실", "복지국"], 2026);
    year(dir.path(), "two", "가람시", &["총무국"], 2026);
    planbook(dir.path(), &["scorecards", "one"]);
    fill(dir.path(), "one", 3900.0);
    planbook(dir.path(), &["scorecards", "two"]);
    assert_eq!(
        listed(dir.path(), "output/scorecards"),
        ["01_총무국.xlsx", "한빛시 2026년/01_기획실.xlsx", "한빛시 2026년/02_복지국.xlsx"]
    );
}

#[test]
fn a_city_under_another_name_keeps_its_results() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    planbook(dir.path(), &["scorecards", "one"]);
    fill(dir.path(), "one", 3900.0);
    fs::write(dir.path().join("one/planbook.toml"), "city = \"한빛특별시\"\n").unwrap();
    planbook(dir.path(), &["scorecards", "one"]);
    assert_eq!(score(dir.path(), &["one"])["plans"][0]["rows"][0]["result"], "3900");
}

#[test]
fn a_foreign_file_in_the_place_of_a_scorecard_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    fs::create_dir_all(dir.path().join("output/scorecards")).unwrap();
    let path = dir.path().join("output/scorecards/01_기획실.xlsx");
    let foreign = rust_xlsxwriter::Workbook::new().save_to_buffer().unwrap_or_default();
    fs::write(&path, &foreign).unwrap();
    planbook(dir.path(), &["scorecards", "one"]);
    assert_eq!(fs::read(path.with_extension("xlsx.bak")).unwrap(), foreign);
}

#[test]
fn results_become_the_actuals_of_the_next_form() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    planbook(dir.path(), &["scorecards", "one"]);
    let bare = planbook(dir.path(), &["form", "one", "-o", "bare"]);
    assert!(!err(&bare).contains("실적으로 옮깁니다"), "{}", err(&bare));
    fill(dir.path(), "one", 3900.0);
    let told = planbook(dir.path(), &["form", "one", "--year", "2027"]);
    assert!(err(&told).contains("결과 1개를 2026년 실적으로"), "{}", err(&told));
    let next = dir.path().join("next/workbooks");
    fs::create_dir_all(&next).unwrap();
    fs::copy(dir.path().join("output/forms/기획실.xlsx"), next.join("기획실.xlsx")).unwrap();
    let (city, _) = read(&dir.path().join("next"));
    let row = |row| RowId { plan: PlanId::at(0), row };
    let text = |id, year| city.value(id, year).unwrap().text.text.to_string();
    assert_eq!((text(row(0), 2026), text(row(1), 2026)), ("3,900".to_owned(), String::new()));
}

#[test]
fn a_scorecard_in_place_of_the_plan_gives_its_results() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실", "복지국"], 2026);
    let (name, bytes) = filled(&dir.path().join("one"), Entered::Number(3900.0));
    let workbooks = dir.path().join("one/workbooks");
    fs::remove_file(workbooks.join("기획실.tsv")).unwrap();
    fs::write(workbooks.join(name), bytes).unwrap();
    planbook(dir.path(), &["scorecards", "one"]);
    let scored = score(dir.path(), &["one"]);
    let plans = scored["plans"].as_array().unwrap();
    assert_eq!(plans.len(), 2);
    let own = plans.iter().find(|plan| plan["org"] == "기획실").unwrap();
    assert_eq!(own["rows"][0]["result"], "3900");
    let check = planbook(dir.path(), &["check", "one"]);
    assert!(out(&check).contains("결과 1개는 `planbook score one`가 읽습니다"), "{}", out(&check));
}

#[test]
fn a_result_with_its_unit_counts_and_stands_as_a_number_on_the_next_scorecard() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    planbook(dir.path(), &["scorecards", "one"]);
    let (name, bytes) = filled(&dir.path().join("one"), Entered::Text("3,900건".into()));
    fs::write(dir.path().join("output/scorecards").join(name), bytes).unwrap();
    let scored = score(dir.path(), &["one"]);
    assert_eq!(scored["plans"][0]["rows"][0]["achievement"], 0.975);
    assert_eq!(scored["with_unit"], serde_json::json!(["상담 건수"]));
    planbook(dir.path(), &["scorecards", "one"]);
    let again = score(dir.path(), &["one"]);
    assert_eq!(again["with_unit"], serde_json::json!([]));
    assert_eq!(again["plans"][0]["rows"][0]["achievement"], 0.975);
}

#[test]
fn a_result_that_can_hardly_be_meant_is_asked_about() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    planbook(dir.path(), &["scorecards", "one"]);
    for (result, words) in [(112.0, "10분의 1도"), (400_000.0, "열 배가"), (-5.0, "음수로")] {
        fill(dir.path(), "one", result);
        let told = planbook(dir.path(), &["score", "one"]);
        assert!(code(&told) < 2 && err(&told).contains(words), "{}", err(&told));
    }
}

/// Two organisations with these results, and what `args` tell of them.
fn told_of(results: [&str; 2], args: &[&str]) -> (tempfile::TempDir, String) {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실", "복지국"], 2026);
    planbook(dir.path(), &["scorecards", "one"]);
    for (plan, result) in results.iter().enumerate() {
        let (name, bytes) = filled_of(&dir.path().join("one"), plan, Entered::Text((*result).into()));
        fs::write(dir.path().join("output/scorecards").join(name), bytes).unwrap();
    }
    let told = planbook(dir.path(), args);
    assert!(code(&told) < 2, "{}", err(&told));
    (dir, err(&told))
}

#[test]
fn with_one_organisation_nothing_is_told_of_another() {
    let (dir, told) = told_of(["3900", "3,900건"], &["score", "one", "--org", "기획실"]);
    assert!(told.contains("글자로 저장된 결과 1개(예: 상담 건수)") && !told.contains("--org"), "{told}");
    let scored = score(dir.path(), &["one", "--org", "기획실"]);
    assert_eq!(scored["plans"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&scored["plans"][0]["org"], &scored["plans"][0]["rows"][0]["achievement"]),
        (&"기획실".into(), &0.975.into())
    );
    assert_eq!(scored["with_unit"].as_array().unwrap().len(), 1);
    assert_eq!(score(dir.path(), &["one"])["with_unit"].as_array().unwrap().len(), 2);
}

#[test]
fn a_number_that_is_given_roughly_is_no_result_to_reckon_with() {
    let (dir, told) = told_of(["약 3900", "3900건 내외"], &["score", "one"]);
    assert!(
        told.contains("점수를 낼 수 없는 지표 2개") && told.contains("(결과가 숫자가 아님: 약 3900)"),
        "{told}"
    );
    assert_eq!(score(dir.path(), &["one"])["plans"][0]["rows"][0]["achievement"], serde_json::Value::Null);
}

#[test]
fn scorecards_in_the_output_of_the_plan_year_are_found_without_being_named() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "우리 해", "한빛시", &["기획실"], 2026);
    let none = planbook(dir.path(), &["form", "우리 해"]);
    assert!(
        err(&none).contains("2026년 결과가 없습니다") && err(&none).contains("우리 해/output/scorecards"),
        "{}",
        err(&none)
    );
    planbook(dir.path(), &["scorecards", "우리 해", "-o", "우리 해/output"]);
    // An empty one in the current folder counts for less than one with results.
    planbook(dir.path(), &["scorecards", "우리 해"]);
    let (name, bytes) = filled(&dir.path().join("우리 해"), Entered::Number(3900.0));
    fs::write(dir.path().join("우리 해/output/scorecards").join(&name), &bytes).unwrap();
    let scored = score(dir.path(), &["우리 해"]);
    assert_eq!(
        (&scored["plans"][0]["rows"][0]["result"], &scored["scorecards"]),
        (&"3900".into(), &"우리 해/output/scorecards".into())
    );
    let form = planbook(dir.path(), &["form", "우리 해"]);
    assert!(
        err(&form).contains("성과표를 읽은 폴더: 우리 해/output/scorecards")
            && err(&form).contains("결과 1개를"),
        "{}",
        err(&form)
    );
    // Where both have results, the current folder's count, and the other is named.
    fs::write(dir.path().join("output/scorecards").join(&name), &bytes).unwrap();
    let both = planbook(dir.path(), &["score", "우리 해"]);
    assert!(err(&both).contains("`--scorecards \"우리 해/output/scorecards\"`를"), "{}", err(&both));
}

#[test]
fn form_counts_the_results_of_its_organisations_and_asks_what_score_asks() {
    let (dir, told) = told_of(["미정", "400000"], &["form", "one", "--org", "복지국"]);
    assert!(told.contains("결과 1개를 2026년 실적으로") && told.contains("열 배가 넘는 결과 1개"), "{told}");
    assert!(!told.contains("미정"), "{told}");
    let all = err(&planbook(dir.path(), &["form", "one"]));
    assert!(
        all.contains("결과 2개를") && all.contains("숫자가 아닌 결과 1개") && all.contains("미정"),
        "{all}"
    );
}

#[test]
fn form_tells_of_scorecards_it_could_not_read_and_of_results_that_differ() {
    let (dir, _) = told_of(["3900", "3800"], &["score", "one"]);
    let folder = dir.path().join("output/scorecards");
    let (_, other) = filled(&dir.path().join("one"), Entered::Number(3700.0));
    fs::write(folder.join("다른 기획실.xlsx"), other).unwrap();
    fs::write(folder.join("빈.xlsx"), "").unwrap();
    fs::write(folder.join("메모.csv"), "가,나\n").unwrap();
    for command in ["score", "form"] {
        let told = err(&planbook(dir.path(), &[command, "one"]));
        for says in
            ["빈.xlsx: 읽을 수 없습니다", "메모.csv: planbook이 만든", "다른 기획실.xlsx의 결과가 다릅니다"]
        {
            assert!(told.contains(says), "{command} {says}: {told}");
        }
    }
    let other = err(&planbook(dir.path(), &["form", "one", "--org", "복지국"]));
    assert!(other.contains("빈.xlsx") && !other.contains("결과가 다릅니다"), "{other}");
}

#[test]
fn a_form_for_another_year_than_the_next_is_asked_about() {
    let (dir, told) = told_of(["3900", "3900"], &["form", "one", "--year", "2044"]);
    assert!(told.contains("18년 뒤") && told.contains("--year 2027"), "{told}");
    assert!(told.contains("2026년 실적을 적는 칸이 없어"), "{told}");
    let same = err(&planbook(dir.path(), &["form", "one", "--year", "2026"]));
    assert!(same.contains("계획 연도(2026년)와 같습니다"), "{same}");
    let next = err(&planbook(dir.path(), &["form", "one"]));
    assert!(!next.contains("계획 연도"), "{next}");
}

#[test]
fn scorecards_that_were_renumbered_leave_no_second_ones() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["복지국"], 2026);
    planbook(dir.path(), &["scorecards", "one"]);
    fill(dir.path(), "one", 3900.0);
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    planbook(dir.path(), &["scorecards", "one"]);
    assert_eq!(listed(dir.path(), "output/scorecards"), ["01_기획실.xlsx", "02_복지국.xlsx"]);
    assert_eq!(listed(dir.path(), "output/이전"), ["scorecards/01_복지국.xlsx"]);
    assert_eq!(score(dir.path(), &["one"])["plans"][1]["rows"][0]["result"], "3900");
}

#[test]
fn the_results_of_an_organisation_without_a_plan_are_out_of_the_way_and_whole() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실", "복지국"], 2026);
    planbook(dir.path(), &["scorecards", "one"]);
    let bytes = fs::read(fill(dir.path(), "one", 3900.0)).unwrap();
    fs::remove_file(dir.path().join("one/workbooks/기획실.tsv")).unwrap();
    let told = planbook(dir.path(), &["scorecards", "one"]);
    assert!(err(&told).contains("계획이 없는 조직의 성과표 1개"), "{}", err(&told));
    assert_eq!(fs::read(dir.path().join("output/이전/scorecards/01_기획실.xlsx")).unwrap(), bytes);
    assert_eq!(listed(dir.path(), "output/scorecards"), ["01_복지국.xlsx"]);
}

#[test]
fn the_total_of_one_organisation_stands_in_the_table_and_a_near_miss_is_answered() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    planbook(dir.path(), &["scorecards", "one"]);
    fill(dir.path(), "one", 3999.0);
    let one = planbook(dir.path(), &["score", "one", "--org", "기획실"]);
    let total = out(&one).lines().find(|line| line.starts_with("합계")).unwrap().to_owned();
    // 99.975 % is shown as 100.0 % and graded so.
    for part in ["100", "1/2", "100.0%", "59.98", "A"] {
        assert!(total.contains(part), "{part}: {total}");
    }
    let near = planbook(dir.path(), &["score", "one", "--org", "기획"]);
    assert!(code(&near) == 2 && err(&near).contains("혹시 기획실입니까?"), "{}", err(&near));
}

#[test]
fn a_department_that_sends_again_under_another_name_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실", "복지국"], 2026);
    planbook(dir.path(), &["return", "one"]);
    let before = listed(dir.path(), "output/returned");
    let old = "workbooks/기획실.tsv";
    assert!(before.iter().any(|name| name.starts_with(old)), "{before:?}");
    let workbooks = dir.path().join("one/workbooks");
    fs::rename(workbooks.join("기획실.tsv"), workbooks.join("기획실_최종(수정).tsv")).unwrap();
    let mine = dir.path().join("output/returned/workbooks/메모.hwp");
    fs::write(&mine, "mine").unwrap();
    let told = planbook(dir.path(), &["return", "one"]);
    assert!(
        err(&told).contains("이전 폴더로 옮겼습니다") && err(&told).contains("메모.hwp"),
        "{}",
        err(&told)
    );
    let after = listed(dir.path(), "output/returned");
    assert!(!after.iter().any(|name| name.starts_with("workbooks/기획실.")), "{after:?}");
    let moved: Vec<String> = before.into_iter().filter(|name| name.contains("기획실")).collect();
    assert_eq!(listed(dir.path(), "output/이전/returned"), moved);
    assert_eq!(fs::read_to_string(mine).unwrap(), "mine");
}

#[test]
fn outputs_of_another_folder_are_out_of_the_way_without_receipts_too() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    year(dir.path(), "two", "가람시", &["총무국"], 2026);
    planbook(dir.path(), &["return", "one"]);
    fs::remove_dir_all(dir.path().join("output/data")).unwrap();
    planbook(dir.path(), &["return", "two"]);
    let left = listed(dir.path(), "output/returned");
    assert!(!left.iter().any(|name| name.contains("기획실") && name.ends_with(".xlsx")), "{left:?}");
}

#[test]
fn a_foreign_file_in_the_place_of_a_returned_workbook_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    let path = dir.path().join("output/returned/workbooks/기획실.tsv");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "mine").unwrap();
    let told = planbook(dir.path(), &["return", "one"]);
    assert!(err(&told).contains("기획실.tsv.bak"), "{}", err(&told));
    assert_eq!(fs::read_to_string(path.with_extension("tsv.bak")).unwrap(), "mine");
    let again = planbook(dir.path(), &["return", "one"]);
    assert!(err(&again).contains("이번에 만들지 않은 파일 1개"), "{}", err(&again));
}

#[test]
fn receipts_that_name_files_elsewhere_move_nothing() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    let data = dir.path().join("output/data");
    fs::create_dir_all(&data).unwrap();
    fs::write(dir.path().join("output/mine.txt"), "mine").unwrap();
    fs::write(dir.path().join("else.txt"), "mine").unwrap();
    let receipts = r#"[{"returned": "mine.txt", "review": "../else.txt", "letter": "returned/../mine.txt"}]"#;
    fs::write(data.join("returned.json"), receipts).unwrap();
    assert!(code(&planbook(dir.path(), &["return", "one"])) < 2);
    assert!(dir.path().join("output/mine.txt").exists() && dir.path().join("else.txt").exists());
}

#[test]
fn covering_messages_that_say_the_same_are_not_written_again() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    planbook(dir.path(), &["return", "one"]);
    let letter =
        listed(dir.path(), "output/returned").into_iter().find(|name| name.ends_with(".txt")).unwrap();
    let letter = dir.path().join("output/returned").join(letter);
    let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(&letter).unwrap().set_modified(past).unwrap();
    planbook(dir.path(), &["return", "one"]);
    assert_eq!(fs::metadata(&letter).unwrap().modified().unwrap(), past);
    fs::write(
        dir.path().join("one/planbook.toml"),
        "[return]\ndue = \"3월 2일\"\n[common.\"예산집행률\"]\nrequired = true\n",
    )
    .unwrap();
    planbook(dir.path(), &["return", "one"]);
    assert_ne!(fs::metadata(&letter).unwrap().modified().unwrap(), past);
}

#[test]
fn a_city_that_begins_gets_forms_whatever_its_organisations_are_called() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("new")).unwrap();
    let names = ["환경과", "CON", "...", "?", "*", "a/b", "끝."];
    let mut args = vec!["form", "new", "--blank", "--year", "2027"];
    args.extend(names.iter().flat_map(|name| ["--org", *name]));
    let output = planbook(dir.path(), &args);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(!err(&output).contains("다릅니다"), "there is nothing to compare: {}", err(&output));
    let forms = listed(dir.path(), "output/forms");
    assert_eq!(forms.len(), names.len(), "{forms:?}");
    assert!(forms.iter().all(|name| !name.starts_with('.') && !name.starts_with("CON.")), "{forms:?}");
    let found = files::list(&dir.path().join("output/forms")).found;
    let form = found.iter().find(|found| &*found.name == "환경과.xlsx").unwrap();
    let sheets = read_sheets(form, &Config::default(), None).unwrap();
    let told: String = sheets[0].cells.iter().map(|(_, text)| format!("{text} ")).collect();
    assert!(told.contains("실적치 목표치") && told.contains("2025년 2026년 2027년 2028년"), "{told}");
    fs::write(dir.path().join("new/planbook.toml"), "year = 2027\nroster = [\"환경과\", \"보행과\"]\n")
        .unwrap();
    let roster = planbook(dir.path(), &["form", "new", "--blank", "-o", "all"]);
    assert_eq!(code(&roster), 0, "{}", err(&roster));
    assert_eq!(listed(dir.path(), "all/forms"), ["보행과.xlsx", "환경과.xlsx"]);
    fs::remove_file(dir.path().join("new/planbook.toml")).unwrap();
    let none = planbook(dir.path(), &["form", "new", "--blank", "--org", "환경과"]);
    assert!(code(&none) == 2 && err(&none).contains("--year"), "{}", err(&none));
}

#[test]
fn a_folder_with_a_strange_name_does_not_end_form() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    let strange = dir.path().join("one/workbooks/x\\..\\..\\evil");
    if cfg!(unix) {
        fs::create_dir(&strange).unwrap();
        fs::write(strange.join("복지국.tsv"), plan("한빛시", "복지국", 2026)).unwrap();
        let output = planbook(dir.path(), &["form", "one"]);
        assert!(code(&output) < 2, "{}", err(&output));
        assert_eq!(listed(dir.path(), "output/forms").len(), 2);
    }
}

#[test]
fn one_heading_over_all_years_is_not_handed_on() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    let path = dir.path().join("one/workbooks/기획실.tsv");
    let wrong = fs::read_to_string(&path).unwrap().replace("실적치\t목표치", "목표치\t");
    fs::write(&path, wrong).unwrap();
    fs::write(dir.path().join("one/planbook.toml"), "year = 2026\n").unwrap();
    assert!(code(&planbook(dir.path(), &["form", "one"])) < 2);
    let found = files::list(&dir.path().join("output/forms")).found;
    let sheets = read_sheets(&found[0], &Config::default(), None).unwrap();
    let header = sheets[0].cells.iter().filter(|(cell, text)| cell.row == 4 && text.contains('치'));
    let heads: Vec<&str> = header.map(|(_, text)| &**text).collect();
    assert_eq!(heads, ["목표치", "실적치", "목표치"], "the parent's target, then the years");
}

#[test]
fn a_form_that_is_not_filled_in_is_no_change() {
    let dir = tempfile::tempdir().unwrap();
    year(dir.path(), "one", "한빛시", &["기획실"], 2026);
    year(dir.path(), "two", "한빛시", &["기획실"], 2026);
    let path = dir.path().join("two/workbooks/기획실.tsv");
    let blank = fs::read_to_string(&path).unwrap().replace("\t4,000\t", "\t\t").replace("\t90\t", "\t\t");
    fs::write(&path, &blank).unwrap();
    let told = out(&planbook(dir.path(), &["diff", "one", "two"]));
    assert_eq!(told, "계획 1개 가운데 0개가 바뀜: 바뀐 것이 없습니다 (아직 적지 않은 값 2개)\n");
    let all = out(&planbook(dir.path(), &["diff", "two", "one", "--all"]));
    assert!(all.contains("아직 적지 않음"), "{all}");
}
