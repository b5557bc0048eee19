//! `planbook score`: achievement and score from the results on the scorecards.

mod notes;
mod tables;

use std::path::{Path, PathBuf};

use planbook::consolidate::Context;
use planbook::files::shown;
use planbook::finding::Lang;
use planbook::project::files::OUTPUT;
use planbook::score::{self, Asked, CityScore, RowIds, ScoreReport, Untaken, is_scorecard};

use super::args::{self, FolderArg, TextOrJson};
use super::error::{CommandError, Exit};
use super::filled::Filled;
use super::outputs;
use super::ui::Ui;
pub use notes::Notes;

/// Reads filled scorecards and shows the scores.
#[derive(Debug, clap::Args)]
#[command(
    about = "성과표에 적은 결과로 달성률과 점수를 냅니다: 지표, 관점, 조직, 시 | Show achievement and score from the results on the scorecards: KPIs, perspectives, organisations, city"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    /// See `help`.
    #[arg(
        long,
        value_name = "폴더 | FOLDER",
        help = "결과를 적은 성과표의 폴더 (기본값: output/scorecards, 거기에 없으면 DIR/output/scorecards) | The folder of filled scorecards (default: output/scorecards, else DIR/output/scorecards)"
    )]
    scorecards: Option<PathBuf>,
    /// See `help`.
    #[arg(
        long,
        value_name = "조직 | NAME",
        value_parser = args::text,
        help = "이 조직의 관점과 지표를 하나씩 보여 줍니다 | Show perspectives and KPIs of this organisation"
    )]
    org: Option<String>,
    /// See `help`.
    #[arg(
        long,
        value_name = "형식 | FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t,
        help = "출력 형식: text 표(기본값), json 자료 | Format: text (default) or json"
    )]
    format: TextOrJson,
}

impl Args {
    /// Prints the scores on standard output.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let (run, config) = outputs::run(&self.folder.dir, ui)?;
        let asked = self.org.as_deref().map(|org| tables::plans_of(org, &run.city)).transpose()?;
        let given = self.scorecards.as_deref();
        let filled = Filled::find(given, Path::new(OUTPUT), &self.folder.dir, &run.city, &config);
        if filled.folder.is_none() && !run.city.workbooks().any(is_scorecard) {
            return Err(CommandError::NoScorecards(filled.looked));
        }
        filled.tell(ui);
        let elsewhere = &filled.entries.elsewhere;
        if let Some(folder) =
            filled.folder.as_ref().filter(|_| filled.entries.rows.is_empty() && !elsewhere.is_empty())
        {
            let years = elsewhere.iter().filter_map(|other| other.year).collect();
            return Err(CommandError::OtherYears { folder: folder.clone(), years, year: run.city.year });
        }
        let mut score = score::evaluate(&Context { city: &run.city, config: &config }, &filled.entries);
        if let Some(asked) = &asked {
            score.plans.retain(|plan| asked.iter().any(|id| id.number() == plan.plan));
        }
        let about = Asked { city: &run.city, ids: &RowIds::of(&run.city), plans: asked.as_deref() };
        let report = report(about, score, &filled, &self.folder.dir, ui.lang);
        match self.format {
            TextOrJson::Json => {
                let json = serde_json::to_vec_pretty(&report).map_err(std::io::Error::from);
                let mut json = json.map_err(CommandError::Output)?;
                json.push(b'\n');
                ui.data(&json)?;
            }
            TextOrJson::Text => {
                let text = match &asked {
                    Some(_) => tables::each(&report.score, ui),
                    None => tables::overview(&report.score, ui),
                };
                ui.text(&text)?;
            }
        }
        notes::tell(&report, asked.is_some(), ui);
        Ok(Exit::of(&run.findings))
    }
}

/// Returns the full report of `score` for the plans `asked` for, or for all.
fn report(asked: Asked<'_>, score: CityScore, filled: &Filled, dir: &Path, lang: Lang) -> ScoreReport {
    let not_plain = filled.entries.not_plain.iter();
    ScoreReport {
        score,
        scorecards: filled.folder.as_deref().map(shown),
        again: filled.again(dir),
        untaken: Untaken::of(asked, &filled.entries, &filled.files, lang),
        not_plain: not_plain.filter_map(|id| asked.kpi(id)).collect(),
    }
}
