//! `planbook init`: a new plan-year folder.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use planbook::files::shown;
use planbook::project::FILE_NAME;
use planbook::project::files::WORKBOOKS;

use super::error::{CommandError, Exit};
use super::offer;
use super::ui::Ui;

/// The commented planbook.toml for a new folder.
const TEMPLATE: &str = include_str!("../../templates/planbook.toml");

/// Makes a new plan-year folder.
#[derive(Debug, clap::Args)]
#[command(about = "한 해 계획의 새 폴더를 만듭니다 | Make a new plan-year folder")]
pub struct Args {
    /// See `help`.
    #[arg(
        value_name = "폴더 | DIR",
        default_value = ".",
        help = "만들 폴더 (기본값: 지금 폴더) | The folder to make (default: the current one)"
    )]
    dir: PathBuf,
}

impl Args {
    /// Creates the folder, `workbooks` and planbook.toml; overwrites nothing.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let inside =
            |name| if self.dir == Path::new(".") { PathBuf::from(name) } else { self.dir.join(name) };
        let workbooks = inside(WORKBOOKS);
        fs::create_dir_all(&workbooks)
            .map_err(|source| CommandError::Create { path: workbooks.clone(), source })?;
        let path = inside(FILE_NAME);
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .and_then(|mut file| file.write_all(TEMPLATE.as_bytes()));
        match written {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return Err(CommandError::AlreadyThere(path));
            }
            Err(source) => return Err(CommandError::Create { path, source }),
        }
        let (path, workbooks) = (shown(&path), shown(&workbooks));
        let check = ui.command("check", &[]);
        let to_run = offer::with(&check, "을/를");
        ui.say(&ui.lang.pick(
            format!(
                "{path} 파일을 만들었습니다. 부서의 통합 문서를 {workbooks} 폴더에 넣고 {to_run} 실행하십시오"
            ),
            format!("made {path}; put the departments' workbooks into {workbooks} and run `{check}`"),
        ));
        Ok(Exit::Done)
    }
}
