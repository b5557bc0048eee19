use std::path::Path;

use super::page::hash;
use super::*;
use crate::check::FindingIndex;
use crate::consolidate::Context;
use crate::finding::Lang;
use crate::ledger::{Answered, Board, BoardLine, Open, SubmissionStatus};
use crate::project::Config;
use crate::testing::{city, plan};
use crate::write::templates::Templates;

fn board() -> Board {
    let line = BoardLine {
        file: "workbooks/교통국.xlsx".into(),
        orgs: vec!["교통국".into(), "버스과".into()],
        standing: SubmissionStatus::Returned,
        round: 2,
        open: Open { warning: 1, ..Open::default() },
        waived: 0,
        accepted: 0,
        answered: Answered { fixed: 1, disagree: 1, ..Answered::default() },
        still_there: 1,
        settled: 3,
        others: Vec::new(),
    };
    Board { workbooks: vec![line], missing: vec!["환경국".into()], ..Board::default() }
}

fn made(lang: Lang, links_base: Option<&str>) -> String {
    let config = Config::default();
    let row = |perspective: &str, parent: &str, kpi: &str, value: &str| {
        format!("{perspective}|큰 목표|{parent}|90|목표|{kpi}|80|80|{value}|81|%|50|")
    };
    let plans = vec![
        plan("교통국", "한빛시").row(&row("고객 (50)", "시정만족도", "정시율", "95")).row(&row(
            "역량 (50)",
            "",
            "예산집행률",
            "91",
        )),
        plan("버스과", "교통국").row(&row("고객 (100)", "정시율", "배차율", "88")),
    ];
    let city = city(plans, &config);
    let context = Context { city: &city, config: &config };
    let findings = crate::check::run(&context);
    let board = board();
    let input =
        ReportInput { context, findings: &FindingIndex::of(&findings), board: &board, lang, links_base };
    page(&input, &Templates::of(Path::new("nowhere"), &TEMPLATES).unwrap()).unwrap()
}

#[test]
fn the_board_names_who_is_missing_first_and_shows_answers_where_there_are_any() {
    let page = made(Lang::Ko, None);
    let board = page.split_once("id=\"board\"").unwrap().1;
    let places = ["환경국", "미제출", "돌려보냄"].map(|text| board.find(text).unwrap());
    assert!(places.is_sorted());
    assert!(page.contains(">그대로</th>") && page.contains(">해결</th>") && !page.contains(">유예</th>"));
    assert!(page.contains("<small>버스과</small>"));
    assert!(page.contains("돌려보낸 통합 문서 1개의 답을 기다리고"));
    assert!(made(Lang::En, None).contains(">Still there</th>"));
}

#[test]
fn one_severity_stood_for_all_findings_of_a_check() {
    let page = made(Lang::Ko, None);
    let table = page.split_once("id=\"by-rule\"").unwrap().1.split_once("</table>").unwrap().0;
    let heads: Vec<&str> =
        table.split("<th scope=\"col\"").skip(1).map(|th| th.split(['>', '<']).nth(1).unwrap()).collect();
    assert_eq!(heads, ["코드", "점검", "오류", "경고", "참고", "모두"]);
    let row = table.split("<tr>").nth(2).unwrap();
    assert_eq!(row.matches("<td class=\"number").count(), 4);
}

#[test]
fn an_office_hangs_below_its_bureau_and_what_cites_nothing_stands_by_itself() {
    let page = made(Lang::Ko, None);
    let tree = page.split_once("id=\"tree\"").unwrap().1;
    let places = ["큰 목표", "시정만족도", "정시율", "배차율", "시 지표에 닿지 않는 지표", "예산집행률"];
    assert!(places.map(|text| tree.find(text).unwrap()).is_sorted());
}

#[test]
fn links_to_workbooks_are_relative_and_escaped() {
    let config = Config::default();
    let city = city(Vec::<crate::plan::Plan>::new(), &config);
    let context = Context { city: &city, config: &config };
    let board = Board::default();
    let findings = &FindingIndex::of(&[]);
    let input = |links_base| ReportInput { context, findings, board: &board, lang: Lang::Ko, links_base };
    assert_eq!(
        input(Some("../2026")).href("workbooks/a b#1%.xlsx").unwrap(),
        "../2026/workbooks/a%20b%231%25.xlsx"
    );
    assert_eq!(input(Some("a:b")).href("x\"y").unwrap(), "a%3Ab/x%22y");
    assert_eq!(input(None).href("x"), None);
    assert_eq!(input(Some("..")).href("x\u{fffd}"), None);
}

#[test]
fn the_policy_names_the_script_and_the_style_that_are_on_the_page() {
    let page = made(Lang::Ko, Some(".."));
    let between = |before: &str, after: &str| {
        let (_, rest) = page.split_once(before).unwrap();
        rest.split_once(after).unwrap().0
    };
    assert!(page.contains(&hash(between("<style>", "</style>")).replace('=', "&#x3D;")), "style");
    assert!(page.contains(&hash(between("<script>", "</script>")).replace('=', "&#x3D;")), "script");
    // Checks the notation with a known digest.
    assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}
