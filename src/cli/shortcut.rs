//! A folder or workbooks without a command: what is typed by somebody in a hurry, and what Windows passes on when files are
//! dropped on the program.

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};

use planbook::finding::Lang;
use planbook::project::FILE_NAME;
use planbook::project::files::{LEDGER, OUTPUT, WORKBOOKS, is_workbook, plan_year_above, plan_years_in};

use super::offer;
use super::render::{self, shown};
use super::typed::Typed;

/// What is meant.
#[derive(Debug)]
pub struct Meant {
    /// The command line with its command.
    pub args: Vec<OsString>,
    /// What is to be said of it.
    pub told: Option<String>,
}

/// What was `typed` means where the first word is no command but something that is there; none where it is not.
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
    // One that only holds plan years is refused.
    let is_one = plan_years_in(&dir).is_empty();
    let (command, dir) = (offer::line(&meant[1..]), render::folder(&dir, lang));
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

/// The plan-year folder that the folder `dir` is or is a part of. Outputs of its `workbooks` must not land among them.
fn plan_year(dir: &Path) -> PathBuf {
    if has_own(dir) || dir.join(WORKBOOKS).is_dir() {
        return dir.to_owned();
    }
    let among_workbooks =
        || ancestor(dir, |folder| folder.file_name().is_some_and(|name| name == WORKBOOKS), 1);
    plan_year_above(dir).or_else(among_workbooks).unwrap_or_else(|| dir.to_owned())
}

/// The plan-year folder that the workbook `file` lies in.
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

/// The folder `more` steps above the nearest one on the way up from `path` that `is_it`, as the user would write it.
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

/// Without the `\\?\` that Windows puts before a path that it has followed.
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
