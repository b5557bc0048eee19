//! `planbook score`: achievement and score by what was entered on the scorecards.

mod notes;
mod tables;

use std::path::{Path, PathBuf};

use planbook::consolidate::{City, Context};
use planbook::finding::Lang;
use planbook::project::Config;
use planbook::project::files::{self, OUTPUT};
use planbook::read::{Submission, read_workbooks};
use planbook::score::{self, CityScore, Conflict, Elsewhere, Entries, RowIds};
use planbook::write::scorecard;
use serde::Serialize;

use super::args::{self, FolderArg, TextOrJson};
use super::error::{CommandError, Exit};
use super::outputs;
use super::reader;
use super::render::shown;
use super::ui::Ui;

/// Reads filled scorecards and shows the scores.
#[derive(Debug, clap::Args)]
#[command(
    about = "성과표에 적은 결과로 달성률과 점수를 냅니다: 지표, 관점, 조직, 시 | Achievement and score by the results on the scorecards: KPIs, perspectives, organisations, city"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    /// See `help`.
    #[arg(
        long,
        value_name = "폴더 | FOLDER",
        help = "결과를 적은 성과표의 폴더 (기본값: output/scorecards) | The folder of filled scorecards (default: output/scorecards)"
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
        value_name = "모양 | FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t,
        help = "보여 줄 모양: text 표(기본값), json 자료 | Form: text (default) or json"
    )]
    format: TextOrJson,
}

/// What is shown as JSON.
#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    score: &'a CityScore,
    /// Scorecards that could not be read, with the reason.
    unreadable: Vec<(String, String)>,
    /// Workbooks in the folder that are no scorecards.
    no_scorecard: Vec<String>,
    /// Rows filled in differently on two scorecards: KPI, the scorecard that counts, the other.
    conflicts: Vec<[String; 3]>,
    /// Results for KPIs that the plans do not have (any more): scorecard and row id.
    unknown: Vec<[String; 2]>,
    /// Scorecards of another year or city, which do not count.
    elsewhere: Vec<Other>,
    /// KPIs whose result was written with its unit.
    with_unit: Vec<String>,
}

/// A scorecard that does not count.
#[derive(Serialize)]
struct Other {
    file: String,
    year: Option<i32>,
    city: String,
    results: usize,
}

impl Args {
    /// Prints the scores on standard output.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let (run, config) = outputs::run(&self.folder.dir, ui)?;
        if let Some(org) = &self.org {
            tables::plans_of(org, &run.city)?;
        }
        let folder = self.scorecards.clone().unwrap_or_else(|| Path::new(OUTPUT).join(scorecard::FOLDER));
        let files = read_folder(&folder, &config);
        let sent = || run.city.workbooks().filter(|file| is_scorecard(file));
        if sent().next().is_none() && files.iter().all(|file| !is_scorecard(file)) {
            return Err(CommandError::NoScorecards(folder));
        }
        let ids = RowIds::of(&run.city);
        let entries = Entries::of(files.iter().chain(sent()), &run.city, &ids);
        if entries.rows.is_empty() && !entries.elsewhere.is_empty() {
            let years = entries.elsewhere.iter().filter_map(|other| other.year).collect();
            return Err(CommandError::OtherYears { folder, years, year: run.city.year });
        }
        let score = score::evaluate(&Context { city: &run.city, config: &config }, &entries);
        let report = report((&run.city, &ids), &score, &entries, &files);
        match self.format {
            TextOrJson::Json => {
                let json = serde_json::to_vec_pretty(&report).map_err(std::io::Error::from);
                let mut json = json.map_err(CommandError::Output)?;
                json.push(b'\n');
                ui.data(&json)?;
            }
            TextOrJson::Text => {
                let text = match &self.org {
                    Some(org) => tables::one(&run.city, &score, org, ui)?,
                    None => tables::overview(&score, ui),
                };
                ui.text(&text)?;
            }
        }
        notes::tell(&report, &run.city, self.org.as_deref(), ui);
        Ok(Exit::of(&run.findings))
    }
}

/// Reads every workbook of `folder`; none where there is no such folder.
pub fn read_folder(folder: &Path, config: &Config) -> Vec<Submission> {
    let found = if folder.is_dir() { files::list(folder).found } else { Vec::new() };
    read_workbooks(&found, config, reader::worker().as_ref())
}

/// Whether a workbook is a scorecard of ours.
pub fn is_scorecard(file: &Submission) -> bool {
    file.outcome.as_ref().is_ok_and(|contents| contents.results.is_some())
}

fn report<'a>(
    (city, ids): (&City, &RowIds),
    score: &'a CityScore,
    entries: &Entries,
    files: &[Submission],
) -> Report<'a> {
    let kpi = |id: &str| ids.row(id).map_or_else(String::new, |row| city.row(row).kpi.text.to_string());
    let unknown = entries.rows.iter().filter(|(id, entry)| ids.row(id).is_none() && !entry.is_blank());
    Report {
        score,
        unreadable: files
            .iter()
            .filter_map(|file| Some((file.file.to_string(), file.outcome.as_ref().err()?.to_string())))
            .collect(),
        no_scorecard: files
            .iter()
            .filter(|file| file.outcome.is_ok() && !is_scorecard(file))
            .map(|file| file.file.to_string())
            .collect(),
        conflicts: entries
            .conflicts
            .iter()
            .map(|Conflict { id, first, other }| [kpi(id), first.to_string(), other.to_string()])
            .collect(),
        unknown: unknown.map(|(id, entry)| [entry.file.to_string(), id.clone()]).collect(),
        elsewhere: entries.elsewhere.iter().map(Other::of).collect(),
        with_unit: entries.with_unit.iter().map(|id| kpi(id)).collect(),
    }
}

impl Other {
    fn of(other: &Elsewhere) -> Self {
        let Elsewhere { file, year, city, results } = other;
        Self { file: file.to_string(), year: *year, city: city.to_string(), results: *results }
    }
}

/// What is said where there is no scorecard in `folder`.
pub fn folder_words(folder: &Path, lang: Lang) -> String {
    lang.pick(
        format!("{} 폴더에 성과표가 없습니다", shown(folder)),
        format!("there is no scorecard in {}", shown(folder)),
    )
}
