//! Habits of the house, kept by a test.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

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
fn no_file_of_a_crate_needs_one_that_needs_it() {
    none(below("crates").iter().filter_map(|(name, _)| circle(&below("crates"), name)).collect());
}

/// The circle of files that `start` is the first of, if it uses itself by way of others.
fn circle(files: &[(String, String)], start: &str) -> Option<String> {
    let mut seen: Vec<&str> = vec![];
    let mut next = used(files, start);
    while let Some(name) = next.pop() {
        if name == start {
            return Some(format!("crates/{start} uses itself by way of {}", seen.join(", ")));
        }
        if !seen.contains(&name) {
            seen.push(name);
            next.extend(used(files, name));
        }
    }
    None
}

/// The files that the file `name` of a crate names by `crate::`, outside its tests. Files that only list others use none.
fn used<'f>(files: &'f [(String, String)], name: &str) -> Vec<&'f str> {
    let Some((_, text)) = files.iter().find(|(other, _)| other == name) else { return vec![] };
    let Some((root, _)) = name.split_once("/src/") else { return vec![] };
    let paths = outside_tests(text)
        .lines()
        .filter(|line| !line.starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1));
    let file_of = |path: &str| {
        let path: String = path.chars().take_while(|c| c.is_alphanumeric() || "_:".contains(*c)).collect();
        let mut parts: Vec<&str> = path.split("::").filter(|part| !part.is_empty()).collect();
        while !parts.is_empty() {
            let stem = format!("{root}/src/{}", parts.join("/"));
            let found = files
                .iter()
                .find(|(other, _)| *other == format!("{stem}.rs") || *other == format!("{stem}/mod.rs"));
            if let Some((found, _)) = found {
                return Some(found.as_str());
            }
            parts.pop();
        }
        None
    };
    paths.filter_map(file_of).collect()
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
