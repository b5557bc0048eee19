//! `planbook scorecards`: a scorecard per plan.

use std::path::Path;

use planbook::finding::Lang;
use planbook::source::visible;
use planbook::write::scorecard::Why;

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

/// That what `file` holds does not stand on the new scorecards, why, and what it is called now if it was in their way.
pub fn kept(file: &str, why: &Why, aside: Option<&Path>, lang: Lang) -> String {
    let why = match why {
        Why::Unreadable(reason) => {
            let reason = visible(&reason.text(lang));
            lang.pick(
                format!("읽을 수 없어({reason}) 적힌 것을 새 성과표에 옮기지 못했습니다"),
                format!("cannot be read ({reason}), so nothing on it stands on the new scorecards"),
            )
        }
        Why::Foreign => {
            lang.pick("planbook이 만든 성과표가 아닙니다", "is no scorecard made by planbook").to_owned()
        }
        Why::Contradicts(first) => {
            let first = visible(first);
            lang.pick(
                format!("{first}와 결과가 달라 새 성과표에는 {first}의 것을 옮겼습니다. 맞는 쪽을 남기고 다시 실행하십시오"),
                format!("has other results than {first}, whose stand on the new scorecard; keep the right one and run this again"),
            )
        }
        Why::NoPlace => lang
            .pick(
                "지금 계획에 없는 지표의 결과가 적혀 있습니다(지표나 목표의 이름이 바뀌었을 수 있습니다)",
                "has results for KPIs that the plans do not have now; they may have been renamed",
            )
            .to_owned(),
    };
    let file = visible(file);
    let Some(aside) = aside.map(shown) else {
        return lang.pick(
            format!("{file}: {why}. 파일은 그대로 두었습니다"),
            format!("{file} {why}; the file was left as it is"),
        );
    };
    lang.pick(
        format!("{file}: {why}. {aside}로 옮겨 두었습니다"),
        format!("{file} {why}; it was kept as {aside}"),
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
            format!("부서가 적어 저장한 성과표 {worked_on}개를 그대로 {place} 폴더로 옮겨 두었습니다. 적은 결과와 달성률은 적은 그대로 새 성과표에 있고, 더한 메모와 시트, 그 밖에 고친 것은 옮겨 둔 파일에만 있습니다"),
            format!("{worked_on} scorecards that somebody has saved were moved to {place} as they are; results and achievements stand on the new ones as they were entered, notes, sheets and other changes only there"),
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
