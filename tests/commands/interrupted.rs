//! A full disk, a folder that cannot be written to, a run that is killed: no half file, originals untouched, and the user is
//! told which file and what to do.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::common::{code, command, err, planbook};

/// A few workbooks of the example, the largest among them, in a folder of their own.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009/workbooks");
    fs::create_dir(dir.path().join("workbooks")).unwrap();
    for name in ["08_감사관.xlsx", "09_비상기획관.xlsx", "16_경쟁력강화본부.xlsx", "30_문화시설사업단.xlsx"]
    {
        fs::copy(from.join(name), dir.path().join("workbooks").join(name)).unwrap();
    }
    dir
}

/// Every file below a folder, by its path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => drop(found.insert(path.clone(), fs::read(&path).unwrap_or_default())),
            }
        }
    }
    found
}

fn is_draft(path: &Path) -> bool {
    path.file_name().unwrap().to_string_lossy().starts_with(".planbook-")
}

/// planbook with no file allowed to grow beyond `blocks` of 512 or 1024 bytes, as on a full disk.
fn on_a_full_disk(dir: &Path, blocks: u32, args: &str) -> std::process::Output {
    let script =
        format!("trap '' XFSZ; ulimit -f {blocks}; exec '{}' {args}", env!("CARGO_BIN_EXE_planbook"));
    Command::new("sh").args(["-c", &script]).current_dir(dir).env_remove("LANG").output().unwrap()
}

#[test]
fn a_full_disk_leaves_the_old_files_whole_and_names_the_one_that_did_not_fit() {
    let dir = folder();
    let sent = files(&dir.path().join("workbooks"));
    let whole = planbook(dir.path(), &["return", ".", "-o", "out", "--lang", "en"]);
    assert_eq!(code(&whole), 1, "{}", err(&whole));
    let (old, out) = (files(&dir.path().join("out")), dir.path().join("out"));
    // Now everything is told in another language, so no file stays what it was.
    let failed = on_a_full_disk(dir.path(), 8, "return . -o out --lang ko");
    assert_eq!(code(&failed), 2, "{}", err(&failed));
    assert!(err(&failed).contains("out/returned/workbooks/"), "{}", err(&failed));
    assert!(
        err(&failed).contains("오류") && err(&failed).lines().count() >= 2,
        "what to do: {}",
        err(&failed)
    );
    let complete = planbook(dir.path(), &["return", ".", "-o", "new", "--lang", "ko"]);
    assert_eq!(code(&complete), 1);
    let new = files(&dir.path().join("new"));
    for (path, content) in files(&out) {
        assert!(!is_draft(&path), "{} was left behind", path.display());
        let again = new.get(&dir.path().join("new").join(path.strip_prefix(&out).unwrap()));
        assert!(
            old.get(&path) == Some(&content) || again == Some(&content),
            "{} is neither old nor new",
            path.display()
        );
    }
    assert_eq!(files(&dir.path().join("workbooks")), sent);
    let first = on_a_full_disk(dir.path(), 8, "return . -o other --lang ko");
    assert_eq!(code(&first), 2);
    assert!(files(&dir.path().join("other")).keys().all(|path| !is_draft(path)));
}

#[test]
fn a_folder_that_cannot_be_written_to_is_named() {
    let dir = folder();
    let sent = files(dir.path());
    // A file stands where the folder is to be: that stops the mightiest user as well.
    fs::create_dir(dir.path().join("out")).unwrap();
    fs::write(dir.path().join("out/returned"), "").unwrap();
    let output = planbook(dir.path(), &["return", ".", "-o", "out"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("out/returned"), "{}", err(&output));
    fs::remove_dir_all(dir.path().join("out")).unwrap();
    assert_eq!(files(dir.path()), sent);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let locked = dir.path().join("locked");
        fs::create_dir(&locked).unwrap();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
        if fs::write(locked.join("try"), "").is_err() {
            let output = planbook(dir.path(), &["return", ".", "-o", "locked"]);
            assert_eq!(code(&output), 2);
            assert!(err(&output).contains("locked"), "{}", err(&output));
        }
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn a_run_that_is_killed_leaves_no_half_file_and_the_next_one_clears_up() {
    let dir = folder();
    let sent = files(&dir.path().join("workbooks"));
    let [korean, english] = ["ko", "en"].map(|lang| {
        assert_eq!(code(&planbook(dir.path(), &["return", ".", "-o", "out", "--lang", lang])), 1);
        files(&dir.path().join("out"))
    });
    for moment in 0..24u64 {
        let lang = if moment % 2 == 0 { "ko" } else { "en" };
        let mut run = command(dir.path(), &["return", ".", "-o", "out", "--lang", lang])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(moment * 6));
        run.kill().unwrap();
        run.wait().unwrap();
        for (path, content) in files(&dir.path().join("out")) {
            let whole = korean.get(&path) == Some(&content) || english.get(&path) == Some(&content);
            assert!(whole || is_draft(&path), "{} is half a file", path.display());
        }
        assert_eq!(files(&dir.path().join("workbooks")), sent);
    }
    fs::write(dir.path().join("out/returned/workbooks/.planbook-1-0.tmp"), "half").unwrap();
    assert_eq!(code(&planbook(dir.path(), &["return", ".", "-o", "out", "--lang", "ko"])), 1);
    let left = files(&dir.path().join("out"));
    assert!(left.keys().all(|path| !is_draft(path)), "{:?}", left.keys());
    assert_eq!(left, korean);
}
