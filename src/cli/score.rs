//! `planbook score`: achievement and score by what was entered on the scorecards.

use std::path::{Path, PathBuf};

use planbook::consolidate::{City, Context};
use planbook::finding::Lang;
use planbook::pipeline::Run;
use planbook::project::Config;
use planbook::project::files::{self, OUTPUT};
use planbook::read::{Submission, read_workbooks};
use planbook::score::{self, CityScore, Conflict, Entries, PlanScore, RowIds, RowScore, Tally};
use planbook::source::visible;
use planbook::write::scorecard;
use serde::Serialize;

use super::args::{FolderArg, TextOrJson};
use super::error::{CommandError, Exit};
use super::outputs;
use super::reader;
use super::render::shown;
use super::table::{Align, Table};
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
        help = "이 조직의 관점과 지표를 하나씩 보여 줍니다 | Show perspectives and KPIs of this organisation"
    )]
    org: Option<String>,
    /// See `help`.
    #[arg(
        long,
        value_name = "모양 | FORMAT",
        value_enum,
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
}

impl Args {
    /// Prints the scores on standard output.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let (run, config) = outputs::run(&self.folder.dir, ui)?;
        let folder = self.scorecards.clone().unwrap_or_else(|| Path::new(OUTPUT).join(scorecard::FOLDER));
        let files = read_folder(&folder, &config);
        if files.iter().all(|file| !is_scorecard(file)) {
            return Err(CommandError::NoScorecards(folder));
        }
        let entries = Entries::of(&files);
        let score = score::evaluate(&Context { city: &run.city, config: &config }, &entries);
        let report = report(&run.city, &score, &entries, &files);
        match self.format {
            TextOrJson::Json => {
                let json = serde_json::to_vec_pretty(&report).map_err(std::io::Error::from);
                let mut json = json.map_err(CommandError::Output)?;
                json.push(b'\n');
                ui.data(&json)?;
            }
            TextOrJson::Text => {
                let text = match &self.org {
                    Some(org) => one(&run.city, &score, org, ui)?,
                    None => overview(&score, ui),
                };
                ui.data(text.as_bytes())?;
            }
        }
        tell(&report, &run.city, self.org.as_deref(), ui);
        Ok(exit(&run))
    }
}

fn exit(run: &Run) -> Exit {
    Exit::of(run)
}

/// Reads every workbook of `folder`.
pub fn read_folder(folder: &Path, config: &Config) -> Vec<Submission> {
    read_workbooks(&files::list(folder).found, config, reader::worker().as_ref())
}

/// Whether a workbook is a scorecard of ours.
pub fn is_scorecard(file: &Submission) -> bool {
    file.outcome.as_ref().is_ok_and(|contents| contents.results.is_some())
}

fn report<'a>(city: &City, score: &'a CityScore, entries: &Entries, files: &[Submission]) -> Report<'a> {
    let ids = RowIds::of(city);
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
    }
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(String::new, |share| format!("{:.1}%", share * 100.0))
}

/// A line for each organisation, steps below the city indented.
fn overview(score: &CityScore, ui: &Ui) -> String {
    let lang = ui.lang;
    let headings = lang.pick(
        ["조직", "지표", "평가", "빠짐", "비중", "점수", "달성률", "등급", "하위 포함"],
        ["Organisation", "KPIs", "Scored", "Missing", "Weight", "Score", "Achieved", "Grade", "With offices"],
    );
    let align = |at: usize| if at == 0 { Align::Left } else { Align::Right };
    let mut table = Table::new(headings.into_iter().enumerate().map(|(at, heading)| (heading, align(at))));
    for plan in &score.plans {
        let tally = &plan.tally;
        let missing = tally.rows - tally.scored;
        table.row([
            format!("{}{}", "  ".repeat(plan.depth), visible(&plan.org)),
            tally.rows.to_string(),
            tally.scored.to_string(),
            if missing == 0 { String::new() } else { missing.to_string() },
            planbook::plan::value::show_number(tally.weight),
            if tally.scored == 0 { String::new() } else { format!("{:.2}", tally.score) },
            percent(plan.achievement),
            plan.grade.clone(),
            if plan.offices > 1 { percent(plan.with_offices) } else { String::new() },
        ]);
    }
    let mut out = table.render(9, |text| ui.out.bold(text));
    let (city, year, plans) = (visible(&score.city), score.year, score.scored_plans);
    let (mean, grade) = (percent(score.achievement), &score.grade);
    let all = score.plans.len();
    let of_all =
        |count: fn(&Tally) -> usize| score.plans.iter().map(|plan| count(&plan.tally)).sum::<usize>();
    let (scored, rows) = (of_all(|tally| tally.scored), of_all(|tally| tally.rows));
    let so_far = if scored < rows { lang.pick(" (잠정)", " (so far)") } else { "" };
    out.push_str(&match score.achievement {
        Some(_) => lang.pick(
            format!(
                "\n{city} {year}년: 결과가 있는 계획 {plans}/{all}개, 지표 {scored}/{rows}개의 평균 달성률 {mean}, 등급 {grade}{so_far}\n"
            ),
            format!(
                "\n{city} {year}: mean achievement of {plans} of {all} plans and {scored} of {rows} KPIs {mean}, grade {grade}{so_far}\n"
            ),
        ),
        None => lang.pick(
            format!("\n{city} {year}년: 아직 적은 결과가 없습니다\n"),
            format!("\n{city} {year}: no results yet\n"),
        ),
    });
    let explained = lang.pick(
        "점수: 비중 × 달성률의 합 / 달성률: 점수 ÷ 평가한 지표의 비중 / 하위 포함: 이 조직과 하위 조직의 달성률 평균",
        "Score: sum of weight × achievement / Achieved: score ÷ weight of what is scored / With offices: mean achievement of the organisation and those below it",
    );
    out.push_str(&format!("{}\n", ui.out.dim(explained)));
    out
}

/// Perspectives and KPIs of one organisation.
fn one(city: &City, score: &CityScore, org: &str, ui: &Ui) -> Result<String, CommandError> {
    let key = city.names.key(org);
    let plans: Vec<&PlanScore> =
        score.plans.iter().filter(|plan| city.org_keys[plan.plan - 1] == key).collect();
    if plans.is_empty() {
        return Err(CommandError::NoSuchPlan(org.to_owned()));
    }
    Ok(plans.into_iter().map(|plan| detail(plan, ui)).collect::<Vec<_>>().join("\n"))
}

fn detail(plan: &PlanScore, ui: &Ui) -> String {
    let lang = ui.lang;
    let headings = lang.pick(
        ["성과지표", "비중", "목표", "결과", "달성률", "점수", "등급", "비고"],
        ["KPI", "Weight", "Target", "Result", "Achieved", "Score", "Grade", "Remark"],
    );
    let align = |at: usize| if at == 0 || at == 7 { Align::Left } else { Align::Right };
    let mut table = Table::new(headings.into_iter().enumerate().map(|(at, heading)| (heading, align(at))));
    let score_text = |score: Option<f64>| score.map_or_else(String::new, |score| format!("{score:.2}"));
    let show = planbook::plan::value::show_number;
    let mut rows = plan.rows.iter();
    for perspective in &plan.perspectives {
        for row in rows.by_ref().take(perspective.tally.rows) {
            table.row([
                visible(&row.kpi),
                row.weight.map_or_else(String::new, show),
                visible(&row.target),
                visible(row.result.as_deref().unwrap_or_default()),
                percent(row.achievement),
                score_text(row.score),
                row.grade.clone(),
                remark(row, lang).to_owned(),
            ]);
        }
        let tally = &perspective.tally;
        table.row([
            format!("  [{}]", visible(&perspective.perspective)),
            show(tally.weight),
            String::new(),
            format!("{}/{}", tally.scored, tally.rows),
            percent(perspective.achievement),
            score_text(perspective.achievement.map(|_| tally.score)),
            perspective.grade.clone(),
            String::new(),
        ]);
    }
    let total = score_text(plan.achievement.map(|_| plan.tally.score));
    let summary = format!("{} {} {}", percent(plan.achievement), total, plan.grade);
    format!(
        "{}\n{}{}\n",
        ui.out.bold(&visible(&plan.org)),
        table.render(8, |text| ui.out.bold(text)),
        summary.trim()
    )
}

/// What is to be known of a row that has no achievement, or not the one of its scorecard.
fn remark(row: &score::RowScore, lang: Lang) -> &'static str {
    match (&row.achievement, &row.result, row.by_hand) {
        _ if !row.on_scorecard => lang.pick("성과표에 없음", "not on the scorecard"),
        _ if row.changed => lang.pick("성과표를 만든 뒤 계획이 바뀜", "the plan has changed since"),
        (None, _, Some(_)) => lang.pick("달성률 직접 입력 필요", "achievement to be entered"),
        (None, Some(_), None) => lang.pick("결과가 숫자가 아님", "the result is no number"),
        (None, None, None) => lang.pick("결과 없음", "no result"),
        (Some(_), ..) => "",
    }
}

/// How many KPIs are listed at most that were filled in and do not count as meant, and that were not filled in.
const MOST_ENTERED: usize = 50;
const MOST_BLANK: usize = 10;

/// Says what is missing and what does not fit, of the organisation asked for or of all.
fn tell(report: &Report<'_>, city: &City, org: Option<&str>, ui: &Ui) {
    let lang = ui.lang;
    let asked = |plan: &&PlanScore| org.is_none_or(|org| city.org_keys[plan.plan - 1] == city.names.key(org));
    let rows = || {
        let plans = report.score.plans.iter().filter(asked);
        plans.flat_map(|plan| plan.rows.iter().map(move |row| (plan, row)))
    };
    // What somebody filled in and does not count comes before what nobody has filled in yet.
    let (entered, blank): (Vec<_>, Vec<_>) =
        rows().filter(|(_, row)| row.achievement.is_none()).partition(|(_, row)| row.result.is_some());
    let (by_hand, blank): (Vec<_>, Vec<_>) = blank.into_iter().partition(|(_, row)| row.by_hand.is_some());
    let count = entered.len();
    list(
        lang.pick(
            format!("적은 결과로 점수를 낼 수 없는 지표 {count}개: 결과를 숫자로 고치거나, 달성률 칸에 직접 적으십시오"),
            format!("{count} KPIs whose results give no score: enter a number, or the achievement itself"),
        ),
        &entered,
        MOST_ENTERED,
        ui,
    );
    let parts_of_one: Vec<_> = rows().filter(|(_, row)| row.may_be_a_part_of_1).collect();
    let count = parts_of_one.len();
    list(
        lang.pick(
            format!("단위가 %인데 1 이하로 적은 결과 {count}개: 97%를 뜻하면 0.97이 아니라 97로 적으십시오"),
            format!("{count} results in % that are not above 1: where 97 % is meant, enter 97, not 0.97"),
        ),
        &parts_of_one,
        MOST_ENTERED,
        ui,
    );
    let count = by_hand.len();
    list(
        lang.pick(
            format!("목표가 숫자가 아니어서 달성률을 직접 적어야 하는 지표 {count}개"),
            format!(
                "{count} KPIs whose targets are no plain numbers: the achievement itself is to be entered"
            ),
        ),
        &by_hand,
        MOST_BLANK,
        ui,
    );
    let count = blank.len();
    list(
        lang.pick(format!("결과가 빠진 지표 {count}개"), format!("{count} KPIs without a result")),
        &blank,
        MOST_BLANK,
        ui,
    );
    let changed = rows().filter(|(_, row)| row.changed).count();
    if changed > 0 {
        ui.note(&lang.pick(
            format!("성과표를 만든 뒤 목표나 비중, 단위가 바뀐 지표 {changed}개: 지금의 계획으로 계산했습니다. `planbook scorecards`로 새로 만들면 적은 결과는 그대로 옮겨집니다"),
            format!("{changed} KPIs have another target, weight or unit than on their scorecard and were scored by the plan as it is now; `planbook scorecards` makes new ones and takes the results over"),
        ));
    }
    for [kpi, first, other] in &report.conflicts {
        let (kpi, first, other) = (visible(kpi), visible(first), visible(other));
        ui.note(&lang.pick(
            format!("{kpi}: {first}, {other}의 결과가 다릅니다. {first}의 것으로 계산했습니다"),
            format!("{kpi}: {first} and {other} give different results; the one of {first} counts"),
        ));
    }
    for [file, _] in &report.unknown {
        let file = visible(file);
        ui.note(&lang.pick(
            format!("{file}: 지금 계획에 없는 지표의 결과가 있습니다(지표나 목표의 이름이 바뀌었을 수 있습니다)"),
            format!("{file}: there is a result for a KPI that the plan does not have now; it may have been renamed"),
        ));
    }
    for (file, reason) in &report.unreadable {
        let (file, reason) = (visible(file), visible(reason));
        ui.note(&lang.pick(
            format!("{file}: 읽을 수 없습니다 ({reason})"),
            format!("{file}: cannot be read ({reason})"),
        ));
    }
    for file in &report.no_scorecard {
        let file = visible(file);
        ui.note(&lang.pick(
            format!("{file}: planbook이 만든 성과표가 아니어서 지나쳤습니다"),
            format!("{file} is no scorecard made by planbook and was passed over"),
        ));
    }
}

/// Lists `rows` under `heading`, at most so many of them.
fn list(heading: String, rows: &[(&PlanScore, &RowScore)], most: usize, ui: &Ui) {
    if rows.is_empty() {
        return;
    }
    let lang = ui.lang;
    ui.note(&heading);
    let shown = if ui.verbose { rows.len() } else { most };
    for (plan, row) in rows.iter().take(shown) {
        let remark = match remark(row, lang) {
            "" => lang.pick("결과", "result"),
            remark => remark,
        };
        let entered = row.result.as_deref().map(|result| format!(": {}", visible(result)));
        let (org, kpi) = (visible(&plan.org), visible(&row.kpi));
        ui.say(&format!("  {org}: {kpi} ({remark}{})", entered.unwrap_or_default()));
    }
    if let Some(rest) = rows.len().checked_sub(shown).filter(|rest| *rest > 0) {
        ui.say(&lang.pick(
            format!("  … 그 밖에 {rest}개 (`--verbose`로 모두, `--org 조직`으로 조직마다)"),
            format!("  … and {rest} more (`--verbose` for all, `--org NAME` for one organisation)"),
        ));
    }
}

/// What is said where there is no scorecard in `folder`.
pub fn folder_words(folder: &Path, lang: Lang) -> String {
    lang.pick(
        format!("{} 폴더에 성과표가 없습니다", shown(folder)),
        format!("there is no scorecard in {}", shown(folder)),
    )
}
