//! `planbook scorecards`: a scorecard per plan.

use std::path::Path;

use planbook::finding::Lang;
use planbook::source::visible;

use super::args::{FolderArg, OutArg};
use super::error::{CommandError, Exit};
use super::outputs::{self, Outputs};
use super::render::shown;
use super::ui::Ui;

/// Writes `scorecards/`.
#[derive(Debug, clap::Args)]
#[command(
    about = "계획마다 한 해 결과를 적을 성과표를 만듭니다: scorecards/ | A scorecard per plan, to be filled in with the year's results: scorecards/"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    #[command(flatten)]
    out: OutArg,
}

impl Args {
    /// Reads the folder and writes the scorecards. What was entered on those already there is taken over.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let (run, config) = outputs::run(&self.folder.dir, ui)?;
        Outputs::open(&self.folder.dir, &self.out.out, &run, &config, ui)?.scorecards()?;
        Ok(outputs::finish(&run, ui))
    }
}

/// That a scorecard of an earlier run was kept under another name.
pub fn kept_as(file: &str, aside: &Path, lang: Lang) -> String {
    let (file, aside) = (visible(file), shown(aside));
    lang.pick(
        format!("{file}: 지금 계획에 맞지 않는 것이 적혀 있어 {aside}로 옮겨 두었습니다"),
        format!("{file} holds what does not fit the plans as they are now and was kept as {aside}"),
    )
}

/// That scorecards of another year or city were moved into a folder of their own.
pub fn moved(count: usize, place: &Path, year: i32, lang: Lang) -> String {
    let place = shown(place);
    lang.pick(
        format!("다른 해나 다른 시의 성과표 {count}개를 적은 결과와 함께 {place} 폴더로 옮겨 두었습니다. {year}년 성과표에는 쓰지 않습니다"),
        format!("{count} scorecards of another year or city were moved to {place} with all their results, none of which count for {year}"),
    )
}

/// What was moved to `place`: scorecards whose results stand on new ones, those of organisations that have no plan now, and
/// those that somebody has saved.
pub fn earlier(spent: usize, gone: usize, worked_on: usize, place: &Path, lang: Lang) -> Vec<String> {
    let place = shown(place);
    let mut lines = Vec::new();
    if worked_on > 0 {
        lines.push(lang.pick(
            format!("부서가 적어 저장한 성과표 {worked_on}개를 그대로 {place} 폴더로 옮겨 두었습니다. 적은 결과는 새 성과표에 있고, 더한 메모와 시트, 고친 수식은 옮겨 둔 파일에만 있습니다"),
            format!("{worked_on} scorecards that somebody has saved were moved to {place} as they are; their results stand on the new ones, notes, sheets and formulas of their own only there"),
        ));
    }
    if spent > 0 {
        lines.push(lang.pick(
            format!("이름이나 자리가 바뀌어 더 쓰지 않는 성과표 {spent}개를 {place} 폴더로 옮겨 두었습니다. 적은 결과는 새 성과표에 있습니다"),
            format!("{spent} scorecards of other names or places are no longer used and were moved to {place}; their results stand on the new ones"),
        ));
    }
    if gone > 0 {
        lines.push(lang.pick(
            format!("지금 계획이 없는 조직의 성과표 {gone}개를 적은 결과와 함께 {place} 폴더로 옮겨 두었습니다. 계획을 다시 넣고 성과표도 되돌려 놓으면 결과를 이어 씁니다"),
            format!("{gone} scorecards of organisations that have no plan now were moved to {place} with their results; once plan and scorecard are back, the results count again"),
        ));
    }
    lines
}
