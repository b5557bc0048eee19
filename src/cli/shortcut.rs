//! A folder or workbooks without a command: what users type in a hurry, and what Windows passes when files
//! are dropped on the program.

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};

use planbook::files::shown;
use planbook::finding::Lang;
use planbook::project::FILE_NAME;
use planbook::project::files::{LEDGER, OUTPUT, WORKBOOKS, is_workbook, plan_year_above, plan_years_in};

use super::offer;
use super::places;
use super::typed::Typed;

/// The meaning of such a command line.
#[derive(Debug)]
pub struct Meant {
    /// The full command line, with its command.
    pub args: Vec<OsString>,
    /// The message about it.
    pub told: Option<String>,
}

/// Returns the meaning of `typed` where its first word is an existing path instead of a command; `None`
/// otherwise.
pub fn meant(typed: &Typed, lang: Lang) -> Option<Meant> {
    let args = typed.words();
    let at = typed.first()?;
    let path = Path::new(&args[at]);
    if typed.command().is_some() || !path.exists() {
        return None;
    }
    let (before, rest) = (args[..at].iter().cloned(), &args[at..]);
    if !path.is_dir() {
        let args = before.chain([OsString::from("check")]).chain(rest.iter().cloned()).collect();
        let path = shown(path);
        let told =
            lang.pick(format!("통합 문서를 점검합니다: {path}"), format!("checking the workbook {path}"));
        return Some(Meant { args, told: is_workbook(Path::new(&rest[0])).then_some(told) });
    }
    let dir = plan_year(path);
    let mut meant: Vec<OsString> = before.chain(["build".into(), dir.clone().into()]).collect();
    meant.extend(rest[1..].iter().cloned());
    let has_out = rest.iter().any(|arg| is_out(arg));
    if !has_out {
        let out = if dir == Path::new(".") { OUTPUT.into() } else { dir.join(OUTPUT) };
        meant.extend(["--out".into(), out.into()]);
    }
    // `build` refuses a folder that only contains plan years, so nothing is announced.
    let is_one = plan_years_in(&dir).is_empty();
    let (command, dir) = (offer::line(&meant[1..]), places::folder(&dir, lang));
    let told = match has_out {
        true => lang.pick(
            format!("{dir}의 모든 결과를 만듭니다 (`{command}`)"),
            format!("making every output of {dir} (`{command}`)"),
        ),
        false => lang.pick(
            format!("{dir}의 모든 결과를 그 안의 {OUTPUT} 폴더에 만듭니다 (`{command}`)"),
            format!("making every output of {dir} in its folder {OUTPUT} (`{command}`)"),
        ),
    };
    Some(Meant { args: meant, told: is_one.then_some(told) })
}

fn is_out(arg: &OsStr) -> bool {
    let arg = arg.to_string_lossy();
    arg == "--out" || arg.starts_with("--out=") || arg.starts_with("-o")
}

/// Returns the plan-year folder that `dir` is or belongs to. Outputs must not end up among the `workbooks`.
fn plan_year(dir: &Path) -> PathBuf {
    if has_own(dir) || dir.join(WORKBOOKS).is_dir() {
        return dir.to_owned();
    }
    let among_workbooks =
        || ancestor(dir, |folder| folder.file_name().is_some_and(|name| name == WORKBOOKS), 1);
    plan_year_above(dir).or_else(among_workbooks).unwrap_or_else(|| dir.to_owned())
}

/// Returns the plan-year folder that contains the workbook `file`.
pub fn plan_year_of(file: &Path) -> Option<PathBuf> {
    let is_plan_year = |path: &Path| has_own(path) || file_is_among_workbooks(file, path);
    ancestor(file, is_plan_year, 0)
}

fn file_is_among_workbooks(file: &Path, folder: &Path) -> bool {
    let workbooks = folder.join(WORKBOOKS);
    workbooks.is_dir() && file.canonicalize().is_ok_and(|file| file.starts_with(&workbooks))
}

fn has_own(folder: &Path) -> bool {
    [FILE_NAME, LEDGER].iter().any(|own| folder.join(own).is_file())
}

/// Returns the folder `more` levels above the nearest ancestor of `path` for which `is_it` holds, as the user
/// would write it.
fn ancestor(path: &Path, is_it: impl Fn(&Path) -> bool, more: usize) -> Option<PathBuf> {
    let real = path.canonicalize().ok()?;
    let up = real.ancestors().position(is_it)? + more;
    let found = real.ancestors().nth(up)?;
    let names = path.components().rev().take_while(|part| matches!(part, Component::Normal(_))).count();
    let typed = path.ancestors().nth(up).filter(|_| names >= up).map(|typed| match typed.as_os_str() {
        name if name.is_empty() => PathBuf::from("."),
        _ => typed.to_owned(),
    });
    let is_same = |typed: &PathBuf| typed.canonicalize().is_ok_and(|typed| typed == found);
    Some(typed.filter(is_same).unwrap_or_else(|| plain(found)))
}

/// Removes the `\\?\` that Windows puts before a canonical path.
fn plain(path: &Path) -> PathBuf {
    match path.to_str().and_then(|path| path.strip_prefix(r"\\?\")) {
        Some(bare) if bare.as_bytes().get(1) == Some(&b':') => bare.into(),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn meant_by(args: &[&str]) -> Option<Vec<String>> {
        let args: Vec<OsString> = ["planbook"].iter().chain(args).map(OsString::from).collect();
        let meant = meant(&Typed::new(&args, &super::super::Cli::command()), Lang::En)?;
        Some(meant.args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect())
    }

    #[test]
    fn a_word_that_is_no_path_stays_a_misspelt_command() {
        assert_eq!(meant_by(&["biuld"]), None);
        assert_eq!(meant_by(&["--lang", "."]), None);
        assert_eq!(meant_by(&["-q"]), None);
    }

    #[test]
    fn options_stay_where_they_are_and_a_given_place_for_the_outputs_counts() {
        assert_eq!(
            meant_by(&["--lang", "ko", "src", "-v"]).unwrap(),
            ["planbook", "--lang", "ko", "build", "src", "-v", "--out", "src/output"].map(str::to_owned)
        );
        assert_eq!(
            meant_by(&["src", "-o", "x"]).unwrap(),
            ["planbook", "build", "src", "-o", "x"].map(str::to_owned)
        );
    }
}
