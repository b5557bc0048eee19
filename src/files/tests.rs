use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::*;
use crate::project::files::{Found, FoundKind};

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn folders_are_made_and_files_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let out = Output::new(&dir.path().join("out"), &dir.path().join("in")).unwrap();
    for text in ["one", "two"] {
        let path = out.write("data/a.txt", |file| file.write_all(text.as_bytes())).unwrap();
        assert_eq!(fs::read_to_string(path).unwrap(), text);
    }
    assert_eq!(names(&dir.path().join("out/data")), ["a.txt"]);
}

#[test]
fn a_failure_leaves_the_old_file_whole_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.txt");
    replace(&path, |file| file.write_all(b"old")).unwrap();
    let failed = replace(&path, |file| {
        file.write_all(&[b'n'; 100_000])?;
        Err(io::Error::other("disk full"))
    });
    assert!(failed.unwrap_err().to_string().ends_with("a.txt: disk full"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(names(dir.path()), ["a.txt"]);
}

#[test]
fn a_file_where_a_folder_should_be_is_an_error_with_its_path() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("data"), "").unwrap();
    let error = replace(&dir.path().join("data/a.json"), |_| Ok(())).unwrap_err();
    assert!(error.to_string().contains("a.json"));
}

#[test]
fn the_plan_year_folder_is_no_output_folder() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("plans");
    fs::create_dir(&input).unwrap();
    for out in [input.clone(), input.join("../plans"), input.join("x/..")] {
        fs::create_dir_all(input.join("x")).unwrap();
        assert!(matches!(Output::new(&out, &input), Err(WriteError::OutIsInput { .. })), "{out:?}");
    }
    assert!(Output::new(&input.join("output"), &input).is_ok());
}

#[test]
fn a_folder_that_workbooks_are_read_from_is_no_output_folder() {
    let dir = tempfile::tempdir().unwrap();
    let [flat, year] = ["flat", "year"].map(|name| dir.path().join(name));
    fs::create_dir_all(flat.join("bureau")).unwrap();
    fs::create_dir_all(year.join("workbooks")).unwrap();
    for (out, input) in [
        ("flat/bureau", &flat),
        ("flat/new", &flat),
        ("year/workbooks", &year),
        ("year/workbooks/2025", &year),
    ] {
        let output = Output::new(&dir.path().join(out), input);
        assert!(matches!(output, Err(WriteError::OutIsInput { .. })), "{out}");
    }
    for (out, input) in
        [("flat/output", &flat), ("year/output", &year), ("year/new", &year), ("elsewhere", &flat)]
    {
        let output = Output::new(&dir.path().join(out), input).unwrap();
        assert!(output.path("cascade.xlsx").is_ok(), "{out}");
    }
}

#[test]
fn outputs_that_would_land_among_the_plans_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("returned");
    fs::create_dir(&input).unwrap();
    let out = Output::new(dir.path(), &input).unwrap();
    assert!(matches!(out.path("returned/a.xlsx"), Err(WriteError::OntoInput { .. })));
    assert!(out.path("cascade.xlsx").is_ok());
}

#[test]
fn a_plan_is_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("cascade.xlsx"), "a plan of that name").unwrap();
    let out = Output::new(&dir.path().join("."), &dir.path().join("cascade.xlsx")).unwrap();
    assert!(matches!(out.path("cascade.xlsx"), Err(WriteError::OntoInput { .. })));

    let folder = dir.path().join("year");
    fs::create_dir_all(folder.join("bureau")).unwrap();
    fs::write(folder.join("bureau/cascade.xlsx"), "a plan").unwrap();
    fs::create_dir(folder.join("output")).unwrap();
    fs::write(folder.join("output/cascade.xlsx"), "named as a plan").unwrap();
    let out = Output::new(&folder.join("output"), &folder).unwrap().protecting(["output/cascade.xlsx"]);
    assert!(matches!(out.path("cascade.xlsx"), Err(WriteError::OntoInput { .. })));
    assert!(out.path("book.pdf").is_ok());
}

#[test]
fn the_way_to_the_plans_is_relative() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("plans");
    fs::create_dir(&input).unwrap();
    fs::write(input.join("a.xlsx"), "").unwrap();
    let way = |out: &str, input: &str| {
        Output::new(&dir.path().join(out), &dir.path().join(input)).unwrap().path_to_plans().unwrap()
    };
    assert_eq!(way("out", "plans"), "../plans");
    assert_eq!(way("out/deep", "plans"), "../../plans");
    assert_eq!(way("plans/output", "plans"), "..");
    assert_eq!(way(".", "plans"), "plans");
    assert_eq!(way("plans", "plans/a.xlsx"), ".");
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_onto_a_plan() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("plans");
    fs::create_dir(&input).unwrap();
    std::os::unix::fs::symlink(&input, dir.path().join("link")).unwrap();
    assert!(matches!(Output::new(&dir.path().join("link"), &input), Err(WriteError::OutIsInput { .. })));
    let folder = dir.path().join("out");
    fs::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink(&input, folder.join("returned")).unwrap();
    let out = Output::new(&folder, &input).unwrap();
    assert!(matches!(out.path("returned/a.xlsx"), Err(WriteError::OntoInput { .. })));
}

#[test]
fn names_do_not_lead_out_of_the_folder() {
    let out = Output::new(Path::new("out"), Path::new("in")).unwrap();
    for name in ["../a", "/a", "data/../../a", ""] {
        assert!(matches!(out.path(name), Err(WriteError::Outside { .. })), "{name}");
    }
}

#[test]
fn what_is_moved_aside_is_kept_whole_and_under_its_own_name() {
    let dir = tempfile::tempdir().unwrap();
    let out = Output::new(&dir.path().join("out"), &dir.path().join("in")).unwrap();
    let put = |text: &str| out.put("returned/sub/a.xlsx", text.as_bytes()).unwrap();
    for (text, name) in [("one", "old/a.xlsx"), ("two", "old/a (2).xlsx"), ("one", "old/a.xlsx")] {
        put(text);
        assert_eq!(out.move_aside("returned/sub/a.xlsx", "old/a.xlsx").unwrap().as_deref(), Some(name));
    }
    assert_eq!(names(&dir.path().join("out")), ["old"], "empty folders go");
    assert_eq!(names(&dir.path().join("out/old")), ["a (2).xlsx", "a.xlsx"]);
    assert_eq!(out.move_aside("returned/sub/a.xlsx", "old/a.xlsx").unwrap(), None);
}

#[test]
fn what_did_not_change_is_not_written_again() {
    let dir = tempfile::tempdir().unwrap();
    let out = Output::new(&dir.path().join("out"), &dir.path().join("in")).unwrap();
    let time = |path: &Path| fs::metadata(path).unwrap().modified().unwrap();
    let path = out.put("a.txt", b"one").unwrap();
    let past = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    File::options().write(true).open(&path).unwrap().set_modified(past).unwrap();
    out.put("a.txt", b"one").unwrap();
    assert_eq!(time(&path), past);
    out.put("a.txt", b"two").unwrap();
    assert_ne!(time(&path), past);
}

#[test]
fn a_hash_is_sha256_and_only_files_have_one() {
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(sha256(b"abc"), abc);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.xlsx");
    fs::write(&path, "abc").unwrap();
    let found = |kind| Found { path: path.clone(), name: "a.xlsx".into(), kind };
    assert_eq!(sha256_of(&found(FoundKind::File)).unwrap(), abc);
    assert!(sha256_of(&found(FoundKind::Folder)).is_err());
}

#[test]
fn plans_of_organisations_called_by_signs_alone_do_not_overwrite_each_other() {
    assert_eq!(file_name("plan-교통국"), "plan-교통국");
    assert_ne!(file_name("plan-?"), file_name("plan-*"));
    assert!(file_name("plan-?").starts_with("plan-_"));
}
