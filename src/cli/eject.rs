//! Copies built-in templates into a folder for the user to change.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use planbook::files::shown;
use planbook::pipeline::PipelineError;
use planbook::project::files::plan_years_in;

use super::error::{CommandError, Exit};
use super::ui::Ui;

/// Copies the built-in `templates` (file name and text) into `folder` of the plan-year folder `dir`. Existing
/// files stay unchanged.
pub fn eject(dir: &Path, folder: &str, templates: &[(&str, &str)], ui: &Ui) -> Result<Exit, CommandError> {
    if !dir.is_dir() {
        return Err(PipelineError::NoFolder(dir.to_path_buf()).into());
    }
    let years = plan_years_in(dir);
    if !years.is_empty() {
        return Err(PipelineError::YearsInside { dir: dir.to_path_buf(), years }.into());
    }
    let folder = dir.join(folder);
    let create = |path: &Path, source| CommandError::Create { path: path.to_path_buf(), source };
    fs::create_dir_all(&folder).map_err(|error| create(&folder, error))?;
    let (mut made, mut kept) = (Vec::new(), Vec::new());
    for (name, text) in templates {
        let path = folder.join(name);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes()).map_err(|error| create(&path, error))?;
                made.push(*name);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if fs::read(&path).is_ok_and(|found| found != text.as_bytes()) {
                    kept.push(*name);
                }
            }
            Err(error) => return Err(create(&path, error)),
        }
    }
    tell(&shown(&folder), &made, &kept, ui);
    Ok(Exit::Done)
}

fn tell(folder: &str, made: &[&str], kept: &[&str], ui: &Ui) {
    let names = |names: &[&str]| names.join(", ");
    if !made.is_empty() {
        let made = names(made);
        ui.say(&ui.lang.pick(
            format!("서식을 {folder} 폴더에 꺼냈습니다: {made}"),
            format!("copied the templates into {folder}: {made}"),
        ));
        ui.say(ui.lang.pick(
            "고친 파일만 남기고 나머지는 지워도 됩니다. 없는 파일은 내장 서식을 씁니다",
            "keep the files you change and delete the others; in place of those, planbook uses the built-in templates",
        ));
    }
    if !kept.is_empty() {
        let kept = names(kept);
        ui.note(&ui.lang.pick(
            format!("이미 있고 내장 서식과 달라 그대로 둔 파일: {kept}"),
            format!("not overwritten, because they differ from the built-in templates: {kept}"),
        ));
    }
    if made.is_empty() && kept.is_empty() {
        ui.say(&ui.lang.pick(
            format!("{folder} 폴더에 내장 서식이 모두 그대로 있습니다"),
            format!("{folder} already contains all built-in templates, unchanged"),
        ));
    }
}
