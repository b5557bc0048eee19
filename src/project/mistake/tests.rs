use proptest::prelude::*;

use super::faults;
use crate::finding::Lang;
use crate::project::config::Config;
use crate::project::fault::Fault;

/// The first line, all English messages and the first suggestion of the faults in `text`.
fn told(text: &str) -> (usize, String, Option<String>) {
    let faults = faults(text);
    let first = faults.first().cloned().unwrap_or_else(|| panic!("nothing told of {text}"));
    let words: Vec<String> = faults.iter().map(|fault| fault.message.text(Lang::En)).collect();
    (first.line, words.join(" / "), faults.iter().find_map(|fault| fault.instead.clone()))
}

/// The text with all suggestions applied.
fn taken(text: &str, faults: &[Fault]) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for fault in faults {
        if let Some(instead) = &fault.instead {
            lines[fault.line - 1].clone_from(instead);
        }
    }
    lines.join("\n")
}

#[test]
fn each_line_is_told_as_it_should_be_written() {
    let cases = [
        ("[spellings]\n예산 집행율 = \"예산집행률\"", 2, "\"예산 집행율\" = \"예산집행률\""),
        ("[spellings]\n예산집행율 = 예산집행률", 2, "\"예산집행율\" = \"예산집행률\""),
        ("city = \"한빛시", 1, "city = \"한빛시\""),
        ("city = 한빛시\"", 1, "city = \"한빛시\""),
        ("city = “한빛시”", 1, "city = \"한빛시\""),
        ("city = ＂한빛시＂", 1, "city = \"한빛시\""),
        ("city ＝ \"한빛시\"", 1, "city = \"한빛시\""),
        ("year = ２０２６", 1, "year = 2026"),
        ("［book］\ntitle = \"가\"", 1, "[book]"),
        ("roster = [“가”， “나”]", 1, "roster = [\"가\", \"나\"]"),
        ("roster = [\"가\" \"나\"]", 1, "roster = [\"가\", \"나\"]"),
        ("roster = [가, 나]", 1, "roster = [\"가\", \"나\"]"),
        ("roster = [\"가, \"나\"]", 1, "roster = [\"가\", \"나\"]"),
        ("city: \"한빛시\"", 1, "city = \"한빛시\""),
        ("city → 한빛시", 1, "city = \"한빛시\""),
        ("city => \"한빛시\"", 1, "city = \"한빛시\""),
        ("year == 2026", 1, "year = 2026"),
        ("year 2026", 1, "year = 2026"),
        ("year = 2026년", 1, "year = 2026"),
        ("year = \"2026\"", 1, "year = 2026"),
        ("year = 2,026", 1, "year = 2026"),
        ("city = 2026", 1, "city = \"2026\""),
        ("[book\ntitle = \"가\"", 1, "[book]"),
        ("[book]]\ntitle = \"가\"", 1, "[book]"),
        ("[[book]]\ntitle = \"가\"", 1, "[book]"),
        ("[waive]\nid = \"W101-0123456789\"\nreason = \"가\"", 1, "[[waive]]"),
        ("[common.예산집행률]\nrequired = true", 1, "[common.\"예산집행률\"]"),
        ("[checks W101]\noff = true", 1, "[checks.W101]"),
        ("[checks.W101]\noff = 예", 2, "off = true"),
        ("[checks.W101]\noff = No", 2, "off = false"),
        ("[checks.W101]\noff = \"true\"", 2, "off = true"),
        ("[checks.W101]\ntolerance = 0,5", 2, "tolerance = 0.5"),
        ("[checks.W101]\ntolerance = 0.5%", 2, "tolerance = 0.5"),
        ("[checks.W101]\nseverity = 경고", 2, "severity = \"경고\""),
        ("[checks.W101]\nseverity = \"eror\"", 2, "severity = \"error\""),
        ("[checks.w101]\noff = true", 1, "[checks.W101]"),
        ("[style]\naccent = #1f4e79", 2, "accent = \"#1f4e79\""),
        ("[style]\naccent = \"1f4e79\"", 2, "accent = \"#1f4e79\""),
        ("[return]\ndue = 2026-01-20", 2, "due = \"2026-01-20\""),
        ("[return]\ndue = 2026년 1월 20일(화)", 2, "due = \"2026년 1월 20일(화)\""),
        ("[book]\nlogo = \"C:\\그림\\temp.png\"", 2, "logo = 'C:\\그림\\temp.png'"),
        ("[book]\nlogo = \"C:\\temp\"", 2, "logo = 'C:\\temp'"),
        ("[book]\nlogo = C:\\temp\\new.png", 2, "logo = 'C:\\temp\\new.png'"),
        ("[return]\ncontact = \"\"\"기획관", 2, "contact = \"기획관\""),
        ("[return]\ncontact = '''기획관\n[read]\nseconds = 9", 2, "contact = \"기획관\""),
        ("이 파일은 설정입니다\nyear = 2026", 1, "# 이 파일은 설정입니다"),
        ("// 설정\nyear = 2026", 1, "# 설정"),
        ("year = 2026 올해", 1, "year = 2026"),
        ("city = \"한빛시\" 우리 시", 1, "city = \"한빛시\" # 우리 시"),
        ("city = \"한빛시\" year = 2026", 1, "city = \"한빛시\"\nyear = 2026"),
        ("city = \"한빛시\", year = 2026", 1, "city = \"한빛시\"\nyear = 2026"),
        ("[return] severity = \"error\"", 1, "[return]\nseverity = \"error\""),
        ("city = \"한빛시\",\nyear = 2026", 1, "city = \"한빛시\""),
        ("\"city\": \"한빛시\",", 1, "\"city\" = \"한빛시\""),
        ("city =", 1, "# city ="),
        ("yaer = 2026", 1, "year = 2026"),
        ("[boook]\ntitle = \"가\"", 1, "[book]"),
        ("[common.\"가\"]\nrollup = \"합계\"", 2, "rollup = \"sum\""),
        ("[direction]\n누수량 = down", 2, "\"누수량\" = \"down\""),
        ("[style]\nseverity = { error: \"#9c1c1c\" }", 2, "severity = { error = \"#9c1c1c\" }"),
        ("[style]\nperspectives = { 시민 = \"#0072b2\"", 2, "perspectives = { \"시민\" = \"#0072b2\" }"),
        ("roster = \"가\"", 1, "roster = [\"가\"]"),
        ("roster = [\"가\", \"나\"\n[direction]\n\"가\" = \"up\"", 1, "roster = [\"가\", \"나\"]"),
        ("roster = [\n  \"가\"\n  \"나\",\n]", 2, "  \"가\","),
        ("roster = [\n  “가”,\n  나,\n]", 2, "  \"가\","),
        ("city = \"그는 \"한빛\" 시\"", 1, "city = '그는 \"한빛\" 시'"),
        ("도시 = \"서울시\"", 1, "city = \"서울시\""),
        ("연도: 2026년", 1, "year = 2026"),
        ("[책자]\ntitle = \"가\"", 1, "[book]"),
        ("[점검.W101]\noff = true", 1, "[checks.W101]"),
        ("[book]\n 제 목 = 가", 2, " title = \"가\""),
        ("[letters]\n율 ＝ “률”", 2, "\"율\" = \"률\""),
    ];
    let mut wrong = Vec::new();
    for (text, line, instead) in cases {
        let found = told(text);
        if (found.0, found.2.as_deref()) != (line, Some(instead)) {
            wrong.push(format!(
                "{text}\n   wanted {line}: {instead}\n   found  {}: {:?} ({})",
                found.0, found.2, found.1
            ));
            continue;
        }
        let again = taken(text, &faults(text));
        if let Err(left) = Config::parse(&again) {
            wrong.push(format!("{again}\n   is still wrong: {left:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    let text = "city: 한빛시\nyear = 2026년\n\n[spellings]\n예산 집행율 = “예산집행률”\n\n[checks.W101]\noff = 예\nseverty = \"error\"\n\n[return\nseverity = \"fatal\"\n";
    let found = faults(text);
    let lines: Vec<usize> = found.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [1, 1, 2, 5, 5, 8, 9, 11, 12], "{found:#?}");
    let left = faults(&taken(text, &found));
    assert_eq!(left.len(), 1, "{left:#?}");
}

#[test]
fn a_second_setting_or_heading_names_the_first() {
    assert_eq!(
        told("year = 2026\ncity = \"가\"\nyear = 2027").1,
        "the same setting is on line 1; delete one of the two"
    );
    let (line, words, _) = told("[book]\ntitle = \"가\"\n[read]\nseconds = 9\n[book]\ndate = \"나\"");
    assert_eq!((line, words.contains("heading is on line 1")), (5, true), "{words}");
}

#[test]
fn a_heading_of_what_is_set_above_names_that_line() {
    for text in ["city = \"x\"\n[city]\na = 1", "[book]\ntitle = \"a\"\n[book.title]\nx = 1"] {
        let found = faults(text);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].message.text(Lang::En).starts_with("the same setting is on line"), "{found:#?}");
    }
}

#[test]
fn a_second_mistake_behind_the_first_is_told_with_it_and_the_line_mended_of_both() {
    let found = faults("yaer = \"2026\"\nroster = [1, \"가\", 2]\nwaive = 3\na.b.c = 1\n");
    let told: Vec<_> =
        found.iter().map(|fault| (fault.line, fault.column, fault.instead.as_deref())).collect();
    let wanted = [
        (1, 1, Some("year = 2026")),
        (1, 8, None),
        (2, 11, Some("roster = [\"1\", \"가\", \"2\"]")),
        (3, 9, None),
        (4, 1, None),
    ];
    assert_eq!(told, wanted, "{found:#?}");
}

#[test]
fn nothing_is_suggested_for_what_is_left_empty() {
    for text in ["city = \"\"", "roster = [\"\", \"나\"]", "[return]\ndue = \"\""] {
        let found = faults(text);
        assert!(found.len() == 1 && found[0].instead.is_none(), "{found:#?}");
    }
}

/// Messages are in the reader's language: none of the libraries' own words get through.
#[test]
fn whatever_is_wrong_is_told_in_korean() {
    let is_english = |text: &str| {
        let bare: Vec<&str> = text.split('`').step_by(2).collect();
        ["invalid", "expected", "unknown", "duplicate", "missing", "TOML"]
            .iter()
            .any(|it| bare.concat().contains(it))
    };
    let values =
        ["1", "\"x\"", "true", "1.5", "2026-01-20", "[1]", "{ x = 1 }", "", "{ x = 1, x = 2 }", "[[", "nan"];
    for name in [
        "city",
        "year",
        "roster",
        "units",
        "labels",
        "checks.W101",
        "waive",
        "book.parts",
        "book.margins",
        "score.grades",
        "read.seconds",
        "no",
    ] {
        for value in values {
            let text = format!("{name} = {value}\n{name} = {value}\n[{name}]\n");
            let found = faults(&text);
            assert!(!found.is_empty(), "{text}");
            for fault in found {
                let told = fault.message.text(Lang::Ko);
                assert!(!is_english(&told), "{text}\n{told}");
            }
        }
    }
}

#[test]
fn a_setting_of_the_whole_below_a_heading_is_sent_to_the_top() {
    for text in ["[return]\nyear = 2026", "[units]\nyear = 2026"] {
        let (line, words, instead) = told(text);
        assert!(line == 2 && words.contains("at the top") && instead.is_none(), "{words}");
    }
}

#[test]
fn a_korean_name_is_told_once_with_the_setting_it_means() {
    assert_eq!(told("도시 = \"서울시\"").1, "unknown key `도시`; did you mean `city`?");
    let (_, words, instead) = told("부서별점수 = 3");
    assert!(
        words.starts_with("unknown key `부서별점수`; expected one of: city") && !words.contains(" / "),
        "{words}"
    );
    assert_eq!(instead, None);
    assert_eq!(faults("[spellings]\n\"제목\" = \"표제\"\n"), []);
}

#[test]
fn a_severity_goes_by_its_korean_name_and_the_sign_stands_under_one_that_is_none() {
    let text = "[checks.W101]\nseverity = \"참고\"\n[return]\nseverity = \"오류\"\n[style]\nseverity = { \"경고\" = \"#7a5200\" }\n";
    let config = Config::parse(text).unwrap();
    assert_eq!(config.severity(crate::finding::Code::W101), Some(crate::finding::Severity::Info));
    assert_eq!(config.returned.severity, crate::finding::Severity::Error);
    assert!(config.style.severity.warning.is_some());
    let wrong = faults("[checks.W101]\nseverity = \"심각\"\n");
    assert_eq!((wrong[0].line, wrong[0].column), (2, 12));
}

#[test]
fn settings_in_braces_as_of_another_kind_of_file_are_told_line_by_line() {
    let text = "{\n  \"city\": \"한빛시\",\n  \"year\": 2026\n}\n";
    let found = faults(text);
    assert_eq!(Config::parse(&taken(text, &found)).unwrap().year, Some(2026), "{found:#?}");
}

#[test]
fn paths_that_are_written_right_are_left_alone() {
    for text in
        ["[book]\nlogo = 'C:\\temp'\n", "[book]\nlogo = \"C:\\\\temp\"\n", "[return]\ndue = \"1\\t2\"\n"]
    {
        assert_eq!(faults(text), [], "{text}");
    }
}

/// The commented template with its examples switched on.
fn examples() -> String {
    include_str!("../../../templates/planbook.toml")
        .lines()
        .map(|line| {
            line.strip_prefix('#')
                .filter(|rest| !rest.starts_with([' ', '#']) || rest.starts_with("    {"))
                .unwrap_or(line)
        })
        .flat_map(|line| [line, "\n"])
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn advice_never_makes_it_worse(
        slips in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0usize..16), 1..4),
    ) {
        let mut lines: Vec<Vec<char>> = examples().lines().map(|line| line.chars().collect()).collect();
        for (line, at, slip) in slips {
            let set: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].first().is_some_and(|c| *c != '#')).collect();
            let line = set[line.index(set.len())];
            let letters = &mut lines[line];
            if letters.is_empty() { continue }
            let at = at.index(letters.len());
            let others = ['“', '＝', '"', ',', ' ', '가', '\\', ':', ']', '[', '\'', '{', '#'];
            match slip {
                0 => { letters.remove(at); }
                1 => letters.truncate(at),
                2 => { let c = letters[at]; letters.insert(at, c); }
                slip => letters.insert(at, others[slip - 3]),
            }
        }
        let text: String = lines.into_iter().flat_map(|line| line.into_iter().chain(['\n'])).collect();
        let found = faults(&text);
        let Err(_) = Config::parse(&text) else { return Ok(()) };
        prop_assert!(!found.is_empty());
        let mended = taken(&text, &found);
        let left = faults(&mended);
        let open = found.iter().filter(|fault| fault.instead.is_none()).count();
        // If every fault has a suggestion, applying them all leaves no fault.
        for fault in found.iter().filter(|fault| fault.instead.is_some()) {
            let instead = fault.instead.clone().unwrap_or_default();
            prop_assert!(open > 0 || left.is_empty(), "{text}\n{found:#?}\n{left:#?}");
            prop_assert!(instead != fault.written);
        }
        prop_assert!(open > 0 || Config::parse(&mended).is_ok());
    }
}
