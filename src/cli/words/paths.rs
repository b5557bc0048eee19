//! Texts for a path that does not exist or is of the wrong kind, with what may be meant.

use std::fs;
use std::path::Path;

use planbook::files::shown;
use planbook::finding::Lang;
use planbook::project::files::OUTPUT;
use planbook::text::names;

use super::super::offer::{self, quoted};
use super::super::shortcut::plan_year_of;
use super::super::ui::Ui;
use super::asked;
use super::text::ErrorWords;

/// There is no folder at `path`, or no file where the name looks like a file's.
pub(super) fn no_folder(path: &Path, ui: &Ui) -> ErrorWords {
    let (lang, name) = (ui.lang, shown(path));
    if is_file_name(path) {
        let trouble = lang.pick(format!("{name} 파일이 없습니다"), format!("there is no file {name}"));
        return ErrorWords::new(trouble).hint(meant(path, ui));
    }
    let trouble = lang.pick(format!("{name} 폴더가 없습니다"), format!("there is no folder {name}"));
    let init = offer::command("init", Some(path), &[]);
    ErrorWords::new(trouble).hint(instead(path, ui).unwrap_or_else(|| {
        lang.pick(
            format!("경로를 확인하거나 {} 새로 만드십시오", offer::with(&init, "으로/로")),
            format!("check the path, or make the folder with `{init}`"),
        )
    }))
}

/// There is neither a folder nor a file at `path`.
pub(super) fn not_there(path: &Path, ui: &Ui) -> ErrorWords {
    let name = shown(path);
    ErrorWords::new(
        ui.lang.pick(format!("{name} 폴더나 파일이 없습니다"), format!("there is no folder or file {name}")),
    )
    .hint(meant(path, ui))
}

fn meant(path: &Path, ui: &Ui) -> String {
    instead(path, ui).unwrap_or_else(|| ui.lang.pick("경로를 확인하십시오", "check the path").to_owned())
}

fn instead(path: &Path, ui: &Ui) -> Option<String> {
    unquoted(&path.to_string_lossy(), ui).or_else(|| near(path, ui.lang))
}

/// Whether `path` is named like a file: `2026.xlsx`, not `2026.1`.
fn is_file_name(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    (2..=5).contains(&extension.len()) && extension.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Returns the hint for a word that is part of a text with blanks.
pub(in crate::cli) fn unquoted(word: &str, ui: &Ui) -> Option<String> {
    let whole = ui.typed.unquoted(word)?;
    Some(ui.lang.pick(
        format!("띄어쓰기가 있으면 큰따옴표로 묶으십시오: `{whole}`"),
        format!("put quotes around text with spaces: `{whole}`"),
    ))
}

/// Returns the folders, workbooks or check that a mistyped `path` may mean.
pub(in crate::cli) fn near(path: &Path, lang: Lang) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    let folder = path.parent().unwrap_or(Path::new(""));
    let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut entries: Vec<_> =
        fs::read_dir(listed).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let is_meant = |entry: &Path| {
        let own = entry.file_name().unwrap_or_default();
        let hidden = own.to_string_lossy().starts_with('.') || own == OUTPUT;
        !hidden && entry.is_dir() != is_file_name(path)
    };
    let entries = entries.iter().filter(|entry| is_meant(entry)).filter_map(|entry| entry.file_name());
    let known = entries.map(|own| (own.to_string_lossy(), folder.join(own)));
    let found = names::near(&name, known);
    let found: Vec<String> = found.iter().map(|path| format!("`{}`", quoted(&shown(path)))).collect();
    let codes = || asked::near_code(&name).map(|code| format!("`{code}`"));
    let all = if found.is_empty() { codes().into_iter().collect() } else { found };
    asked::one_of(&all, lang)
}

/// A file was given where a folder is needed.
pub(super) fn not_a_folder(path: &Path, lang: Lang) -> ErrorWords {
    let name = shown(path);
    let words =
        ErrorWords::new(lang.pick(format!("폴더가 아닙니다: {name}"), format!("{name} is not a folder")));
    words.hint(match plan_year_of(path) {
        Some(dir) => {
            let dir = quoted(&shown(&dir));
            lang.pick(
                format!("이 파일이 든 한 해 폴더를 적으십시오: `{dir}`"),
                format!("give the plan-year folder that contains it: `{dir}`"),
            )
        }
        None => lang
            .pick("통합 문서가 들어 있는 폴더를 적으십시오", "give the folder that the workbooks are in")
            .to_owned(),
    })
}

/// The given file is not a workbook.
pub(super) fn not_a_workbook(path: &Path, lang: Lang) -> ErrorWords {
    let name = shown(path);
    ErrorWords::new(lang.pick(format!("통합 문서가 아닙니다: {name}"), format!("{name} is not a workbook"))).hint(
        lang.pick(
            "부서의 통합 문서(.xlsx .xlsm .xls .xlsb .ods .csv .tsv .hwpx .docx)나 한 해 계획의 폴더를 적으십시오",
            "give a department's workbook (.xlsx .xlsm .xls .xlsb .ods .csv .tsv .hwpx .docx) or a plan-year folder",
        ),
    )
}

#[cfg(test)]
mod tests {
    use planbook::finding::Code;

    use super::*;

    #[test]
    fn a_code_is_near_by_one_letter() {
        assert_eq!(asked::near_code("w1o1"), Some(Code::W101));
        assert_eq!(asked::near_code("서울2009"), None);
    }
}
