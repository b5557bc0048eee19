//! Habits of the house, kept by a test.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "tidy/uses.rs"]
mod uses;

use std::fs;
use std::path::{Path, PathBuf};

use uses::Files;

/// The rooms in the order in which the data passes. Each uses only those before it.
const ROOMS: [&str; 17] = [
    "text",
    "source",
    "plan",
    "finding",
    "project",
    "files",
    "read",
    "consolidate",
    "measure",
    "diff",
    "check",
    "score",
    "ledger",
    "workbook",
    "write",
    "pipeline",
    "build",
];

/// The files of the command line in groups: texts below, commands on top. A file uses those of its own group and of groups before.
const CLI: [&[&str]; 8] = [
    &["later", "localise", "offer", "panics", "places", "reader", "wrap"],
    &["args", "environment", "typed"],
    &["error", "paint", "render", "shortcut", "table"],
    &["ui"],
    &["words", "failure", "usage"],
    &["eject", "filled", "filter", "outputs", "overview", "settings_file", "untaken"],
    &[
        "book",
        "build",
        "cascade",
        "check",
        "diff",
        "explain",
        "export",
        "form",
        "forms",
        "init",
        "report",
        "returned",
        "score",
        "scorecards",
        "status",
        "waive",
    ],
    &["mod"],
];

/// The files of `write` in groups, the same way: what all outputs share, the outputs, what they are made from in a run, and the
/// writers that make them then.
const WRITE: [&[&str]; 6] = [
    &["words", "notice", "json", "alignment", "branches"],
    &["templates", "finding_cells"],
    &OUTPUTS,
    &["context"],
    &["writer"],
    &[
        "book/writer",
        "no_book/writer",
        "cascade/writer",
        "export/writer",
        "report/writer",
        "returned/give_back",
        "returned/leftovers",
        "returned/letter",
        "returned/notices",
        "returned/writer",
        "scorecard/writer",
    ],
];

/// The outputs, each in its own room of `write`. None uses another.
const OUTPUTS: [&str; 9] =
    ["book", "no_book", "cascade", "diff", "export", "form", "report", "returned", "scorecard"];

/// Every source file, relative to `src`, with its text.
fn sources() -> Vec<(String, String)> {
    below("src")
}

fn below(folder: &str) -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    collect(&src, &mut files);
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// Every source file of planbook and its crates, with its path and text.
fn own() -> Vec<(String, String)> {
    let named = |folder: &'static str| {
        below(folder).into_iter().map(move |(name, text)| (format!("{folder}/{name}"), text))
    };
    let of_crates = named("crates").filter(|(name, _)| name.contains("/src/"));
    named("src").chain(of_crates).collect()
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// The part of a file before its tests.
fn outside_tests(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod ").map_or(text, |tests| &text[..tests])
}

#[test]
fn no_file_is_longer_than_400_lines() {
    none(
        own()
            .iter()
            .filter(|(_, text)| text.lines().count() > 400)
            .map(|(name, text)| format!("{name} has {} lines", text.lines().count()))
            .collect(),
    );
}

#[test]
fn nothing_is_left_to_do() {
    let words = ["todo!", "unimplemented!", "TODO", "FIXME", "XXX", "dbg!"];
    none(
        own()
            .iter()
            .flat_map(|(name, text)| {
                words.iter().filter(|word| text.contains(**word)).map(move |word| format!("{name}: {word}"))
            })
            .collect(),
    );
}

#[test]
fn every_file_says_what_it_is() {
    none(
        own()
            .iter()
            .filter(|(name, text)| !name.ends_with("/tests.rs") && !text.starts_with("//!"))
            .map(|(name, _)| format!("{name} begins without a doc comment"))
            .collect(),
    );
}

#[test]
fn every_check_is_explained_in_both_languages() {
    let checks: Vec<_> = sources()
        .into_iter()
        .filter(|(name, text)| {
            name.starts_with("check/") && name.matches('/').count() == 2 && text.contains("fn check(")
        })
        .collect();
    assert!(!checks.is_empty());
    let hangul = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
    none(
        checks
            .iter()
            .filter(|(_, text)| {
                let head: Vec<&str> = text.lines().take_while(|line| line.starts_with("//!")).collect();
                let head = head.join("\n");
                !head.split_once("\n//! ---\n").is_some_and(|(ko, en)| hangul(ko) && en.len() > 40)
            })
            .map(|(name, _)| format!("src/{name}: Korean, a line `//! ---`, then English"))
            .collect(),
    );
}

#[test]
fn each_room_uses_only_those_before_it() {
    let mut complaints = Vec::new();
    for (name, text) in sources() {
        let room = name.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        let Some(own) = ROOMS.iter().position(|known| *known == room) else { continue };
        if name.ends_with("/tests.rs") {
            continue;
        }
        for (number, line) in outside_tests(&text).lines().enumerate() {
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if ROOMS.iter().position(|known| *known == used).is_some_and(|other| other > own) {
                    complaints.push(format!("src/{name}:{}: {room} uses {used}", number + 1));
                }
            }
        }
    }
    none(complaints);
}

#[test]
fn every_room_is_on_the_list() {
    let known = ["lib", "main", "cli", "testing"];
    let mut rooms: Vec<String> = sources()
        .iter()
        .filter_map(|(name, _)| name.split('/').next().map(|room| room.trim_end_matches(".rs").to_owned()))
        .collect();
    rooms.dedup();
    none(
        rooms
            .into_iter()
            .filter(|room| !ROOMS.contains(&room.as_str()) && !known.contains(&room.as_str()))
            .map(|room| format!("src/{room}: which place among the rooms has it?"))
            .collect(),
    );
}

/// The crate that edits workbooks is of use to anybody: what planbook is about has no place in it.
#[test]
fn the_crate_that_edits_workbooks_knows_nothing_of_plans() {
    let words = ["planbook", "severity", "department", "finding", "review", "kpi"];
    none(
        below("crates/xlsx-splice/src")
            .iter()
            .flat_map(|(name, text)| {
                let text = text.to_lowercase();
                words
                    .iter()
                    .filter(move |word| text.contains(**word))
                    .map(move |word| format!("crates/xlsx-splice/src/{name}: {word}"))
            })
            .collect(),
    );
}

#[test]
fn no_file_of_a_room_needs_one_that_needs_it() {
    let sources = sources();
    let circles = Files::read(&sources).circles().iter().map(|circle| circle.join(", ")).collect();
    none(circles);
}

#[test]
fn no_file_of_a_crate_needs_one_that_needs_it() {
    for folder in ["crates/xlsx-splice/src", "crates/typst-press/src"] {
        let circles = |files: &Files| files.circles().iter().map(|circle| circle.join(", ")).collect();
        none(circles(&Files::read(&below(folder))));
    }
}

#[test]
fn each_file_of_the_command_line_uses_only_those_of_groups_before_it() {
    none(out_of_order("cli", &CLI));
}

#[test]
fn each_file_of_the_outputs_uses_only_those_of_groups_before_it() {
    none(out_of_order("write", &WRITE));
}

#[test]
fn no_output_uses_another() {
    let sources = sources();
    let files = Files::read(&sources);
    let output = |file: &str| {
        let name = part(file, 1).to_owned();
        (part(file, 0) == "write" && OUTPUTS.contains(&name.as_str())).then_some(name)
    };
    let uses =
        files.uses().into_iter().flat_map(|(file, used)| used.into_iter().map(move |used| (file, used)));
    let crossing =
        uses.filter(|(file, used)| output(file).zip(output(used)).is_some_and(|(own, other)| own != other));
    none(crossing.map(|(file, used)| format!("src/{file} uses {used}")).collect());
}

/// The uses inside `room` that lead to a later group of `groups`, and files that are in none.
fn out_of_order(room: &str, groups: &[&[&str]]) -> Vec<String> {
    let (sources, mut complaints) = (sources(), Vec::new());
    let files = Files::read(&sources);
    // A file of a folder may have a group of its own.
    let group = |file: &str| {
        let (folder, in_folder) = (part(file, 1), format!("{}/{}", part(file, 1), part(file, 2)));
        let of = |name: &str| groups.iter().position(|group| group.contains(&name));
        of(&in_folder).or_else(|| of(folder))
    };
    let listed = format!("{room}/mod.rs");
    for (file, used) in files.uses().into_iter().filter(|(file, _)| part(file, 0) == room) {
        if file == listed && used.is_empty() {
            continue;
        }
        let Some(own) = group(file) else {
            complaints.push(format!("src/{file}: which group of files has it?"));
            continue;
        };
        let later = used.into_iter().filter(|used| part(used, 0) == room && group(used) > Some(own));
        complaints.extend(later.map(|used| format!("src/{file} uses {used}")));
    }
    complaints
}

/// The part of a file's path at `level`, without `.rs`: the room, then the file or folder in it.
fn part(file: &str, level: usize) -> &str {
    file.split('/').nth(level).unwrap_or_default().trim_end_matches(".rs")
}

#[test]
fn only_the_command_line_prints_or_reads_the_environment() {
    let words = ["println!", "print!(", "env::var", "io::stdout", "io::stderr", "SystemTime::now"];
    none(
        sources()
            .iter()
            .filter(|(name, _)| !name.starts_with("cli/"))
            .flat_map(|(name, text)| {
                let text = outside_tests(text).to_owned();
                words
                    .iter()
                    .filter(move |word| text.contains(**word))
                    .map(move |word| format!("src/{name}: {word}"))
            })
            .collect(),
    );
}
