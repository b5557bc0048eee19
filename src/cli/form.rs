//! `planbook form`: forms for the next year.

use std::path::{Path, PathBuf};

use planbook::consolidate::{Context, consolidate};
use planbook::files::shown;
use planbook::files::{self, Output, earlier};
use planbook::pipeline::PipelineError;
use planbook::plan::PlanId;
use planbook::plan::value::show_count;
use planbook::project::Config;
use planbook::score::{self, Asked, Doubt, PlanScore, RowIds, RowScore, Untaken};
use planbook::source::{escape_controls, writable};
use planbook::write::form::{self, FOLDER, Forms, Wanted};

use super::args::{self, FolderArg, OutArg};
use super::error::{CommandError, Exit};
use super::filled::Filled;
use super::offer;
use super::outputs;
use super::score::Notes;
use super::ui::Ui;
use super::untaken;

/// Writes `forms/`.
#[derive(Debug, clap::Args)]
#[command(
    about = "다음 해 계획의 서식을 부서마다 미리 채워 만듭니다: forms/ | Make next year's forms, filled in with what is known: forms/",
    after_help = "예: planbook form 폴더 --year 2010 · planbook form 폴더 --blank --org 새부서 --parent 교통국 | \
                  Examples: planbook form DIR --year 2010 · planbook form DIR --blank --org NEW --parent BUREAU"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    #[command(flatten)]
    out: OutArg,
    /// See `help`.
    #[arg(
        long,
        value_name = "연도 | YEAR",
        value_parser = args::year,
        help = "서식의 계획 연도 (기본값: 계획 연도의 다음 해) | The plan year of the forms (default: the year after the plan year)"
    )]
    year: Option<i32>,
    /// See `help`.
    #[arg(
        long,
        value_name = "조직 | NAME",
        value_parser = args::text,
        help = "이 조직의 통합 문서만 만듭니다. `--blank`와 함께 쓰면 새 조직의 이름. 여러 번 적어도 됩니다 | Only the workbook of this organisation; with `--blank` the name of the new one. May be given several times"
    )]
    org: Vec<String>,
    /// See `help`.
    #[arg(
        long,
        help = "계획이 없던 새 조직의 빈 서식을 만듭니다. `--org`와 `--parent`를 함께 적습니다. 폴더에 계획이 하나도 없으면 `--year`를 적고 `--parent`는 빼도 됩니다. `--org`를 빼면 roster에 있으나 계획을 내지 않은 조직마다 만듭니다 | An empty form for a new organisation, with `--org` and `--parent`; where the folder has no plan yet, with `--year`, and `--parent` may be left out. Without `--org`, one for each organisation on the roster that has no plan"
    )]
    blank: bool,
    /// See `help`.
    #[arg(
        long,
        value_name = "조직 | NAME",
        requires = "blank",
        value_parser = args::text,
        help = "새 조직의 상위 조직: 시 이름이나 계획을 낸 조직 | The new organisation's parent: the city, or an organisation with a plan"
    )]
    parent: Option<String>,
    /// See `help`.
    #[arg(
        long,
        value_name = "폴더 | FOLDER",
        help = "결과를 적은 성과표의 폴더. 그 결과를 실적으로 옮깁니다 (기본값: OUT/scorecards, output/scorecards, DIR/output/scorecards 가운데 결과가 있는 첫 폴더) | The folder of filled scorecards, whose results become the actuals (default: the first with results of OUT/scorecards, output/scorecards, DIR/output/scorecards)"
    )]
    scorecards: Option<PathBuf>,
}

impl Args {
    /// Reads the folder and writes the forms.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let dir = &self.folder.dir;
        let run = match outputs::run(dir, ui) {
            Ok(run) => run,
            // A city in its first year has no workbook yet.
            Err(CommandError::Pipeline(PipelineError::NoWorkbook { .. })) if self.blank => {
                return self.first(&Config::load(dir)?, ui);
            }
            Err(error) => return Err(error),
        };
        let (run, config) = run;
        let plans = run.city.submissions.iter().map(|submission| &*submission.file);
        let output = Output::new(&self.out.out, dir)?.protecting(plans);
        let context = Context { city: &run.city, config: &config };
        let forms = if self.blank {
            self.empty(&context, &output, ui)?
        } else {
            let given = self.scorecards.as_deref();
            let filled = Filled::find(given, &self.out.out, dir, &run.city, &config);
            let forms = form::write(&context, self.wanted(&self.org, ui), &filled.entries, &output)?;
            self.tell_results(&context, &filled, &forms, ui);
            forms
        };
        self.tell_year(run.city.year, forms.year, ui);
        let folder = output.path(FOLDER)?;
        if self.org.is_empty() {
            tell_others(&forms, &folder, ui);
        }
        tell(&forms, &output, ui)?;
        Ok(outputs::finish(&run, ui))
    }

    fn wanted<'a>(&self, orgs: &'a [String], ui: &Ui) -> Wanted<'a> {
        Wanted { year: self.year, orgs, lang: ui.lang }
    }

    /// Writes empty forms where there is no plan yet.
    fn first(&self, config: &Config, ui: &Ui) -> Result<Exit, CommandError> {
        let output = Output::new(&self.out.out, &self.folder.dir)?;
        let city = consolidate(Vec::new(), config);
        let forms = self.empty(&Context { city: &city, config }, &output, ui)?;
        tell(&forms, &output, ui)?;
        Ok(Exit::Done)
    }

    fn empty(&self, context: &Context<'_>, output: &Output, ui: &Ui) -> Result<Forms, CommandError> {
        let city = context.city;
        let orgs: Vec<String> = match self.org.as_slice() {
            // Without a name, all organisations on the roster without a plan.
            [] => city.missing.iter().map(|org| org.to_string()).collect(),
            names => names.iter().map(|org| writable(org).trim().to_owned()).collect(),
        };
        let nameless = orgs.is_empty() || orgs.iter().any(String::is_empty);
        let given = self.parent.as_deref().map(writable);
        let parent = given.as_deref().map(str::trim).or(city.plans.is_empty().then_some(&*city.name));
        let Some(parent) = parent.filter(|_| !nameless) else {
            let parent = parent.is_none().then(|| city.name.to_string());
            return Err(CommandError::BlankNeeds { org: nameless, parent });
        };
        Ok(form::write_blank(context, self.wanted(&orgs, ui), parent, output)?)
    }

    /// Reports how many results became actuals and which scorecards do not count, and queries doubtful
    /// results.
    fn tell_results(&self, context: &Context<'_>, filled: &Filled, forms: &Forms, ui: &Ui) {
        let year = context.city.year;
        let score = score::evaluate(context, &filled.entries);
        let of = |plans: &[PlanId]| -> Vec<(&PlanScore, &RowScore)> {
            let plans = plans.iter().filter_map(|plan| score.plans.get(plan.index()));
            let rows = plans.flat_map(|plan| plan.rows.iter().map(move |row| (plan, row)));
            rows.filter(|(_, row)| row.result.is_some()).collect()
        };
        let rows = of(&forms.reached);
        let (count, looked) = (show_count(rows.len()), filled.looked_words());
        if !rows.is_empty() {
            filled.tell(ui);
            ui.say(&ui.lang.pick(
                format!("성과표에 적은 결과 {count}개를 {year}년 실적으로 옮깁니다"),
                format!("{count} results on the scorecards become the actuals of {year}"),
            ));
            ask(&rows, Notes { ui, asked: !self.org.is_empty() });
        } else if year != 0 && of(&forms.carried).is_empty() {
            ui.say(&ui.lang.pick(
                format!("서식에 옮길 {year}년 결과가 없습니다. 성과표를 찾아본 곳: {looked}"),
                format!("no results of {year} to become actuals; searched for scorecards in {looked}"),
            ));
        } else {
            ui.note(&ui.lang.pick(
                format!("{}년 서식에는 {year}년 실적을 적는 칸이 없어 성과표의 결과를 옮기지 않았습니다", forms.year),
                format!("forms for {} have no column for the actuals of {year}; the results on the scorecards were not carried over", forms.year),
            ));
        }
        let asked = (!self.org.is_empty()).then_some(&forms.carried[..]);
        let about = Asked { city: context.city, ids: &RowIds::of(context.city), plans: asked };
        untaken::tell(&Untaken::of(about, &filled.entries, &filled.files, ui.lang), ui);
    }

    /// Queries a year that is not the next one. A new organisation may need its form for the plan year too.
    fn tell_year(&self, plan_year: i32, year: i32, ui: &Ui) {
        let next = plan_year + 1;
        if plan_year == 0 || year == next || (self.blank && year == plan_year) {
            return;
        }
        let (apart, again) = (year - plan_year, offer::with(&format!("--year {next}"), "으로/로"));
        ui.note(&match apart {
            0 => ui.lang.pick(
                format!("서식의 연도가 계획 연도({plan_year}년)와 같습니다. 다음 해의 서식이면 {again} 다시 만드십시오"),
                format!("the forms are for the plan year {plan_year} itself; for the next one use `--year {next}`"),
            ),
            _ => ui.lang.pick(
                format!("서식의 연도 {year}년은 계획 연도({plan_year}년)의 {apart}년 뒤입니다. 다음 해의 서식이면 {again} 다시 만드십시오"),
                format!("the forms are for {year}, {apart} years after the plan year {plan_year}; for the next one use `--year {next}`"),
            ),
        });
    }
}

/// Queries those of `rows` whose results `score` also queries, before they are handed out as actuals.
fn ask(rows: &[(&PlanScore, &RowScore)], notes: Notes<'_>) {
    const MOST: usize = 50;
    let words: Vec<_> = rows.iter().copied().filter(|(_, row)| row.is_words).collect();
    let others: Vec<_> = rows.iter().copied().filter(|(_, row)| row.doubt != Some(Doubt::NoShare)).collect();
    let count = words.len();
    let heading = notes.ui.lang.pick(
        format!("숫자가 아닌 결과 {count}개를 적힌 대로 옮깁니다. 숫자를 적어야 하면 성과표를 고친 뒤 다시 실행하십시오"),
        format!("{count} results that are not numbers become actuals as written; if a number is meant, correct the scorecard and run this again"),
    );
    notes.list(&heading, &words, MOST);
    notes.doubtful(&others);
}

/// Lists the files in the folder of forms that this run did not make.
fn tell_others(forms: &Forms, folder: &Path, ui: &Ui) {
    const LISTED: usize = 5;
    let mut others: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && !files::is_set_aside(path))
        .filter(|path| forms.made.iter().all(|made| made.path != *path))
        .filter_map(|path| Some(escape_controls(&path.file_name()?.to_string_lossy())))
        .collect();
    others.sort();
    if others.is_empty() {
        return;
    }
    let count = others.len();
    let more = if count > LISTED { " …" } else { "" };
    let names = format!("{}{more}", others[..count.min(LISTED)].join(", "));
    ui.note(&ui.lang.pick(
        format!("서식 폴더에 이번에 만들지 않은 파일 {count}개가 있습니다. 함께 나누어 주지 않도록 살펴 주십시오: {names}"),
        format!("{count} files in the folder of forms were not made by this run; take care not to hand them out: {names}"),
    ));
}

/// Reports the forms made and what the office should look at.
fn tell(forms: &Forms, output: &Output, ui: &Ui) -> Result<(), CommandError> {
    for (org, file) in &forms.passed_over {
        ui.say(&ui.lang.pick(
            format!("{org}의 계획이 또 있습니다. {file}의 것은 서식에 넣지 않았습니다"),
            format!("{org} has another plan; the one in {file} is not in its form"),
        ));
    }
    for made in &forms.made {
        let Some(difference) = &made.difference else { continue };
        let path = shown(&made.path);
        ui.note(&ui.lang.pick(
            format!("{path}: 이 서식을 planbook으로 읽으면 담으려던 내용과 다릅니다: {difference}. planbook.toml의 [labels]를 확인하고, 나누어 주기 전에 열어 보십시오"),
            format!("{path}: planbook reads this form differently from its intended content: {difference}; check [labels] in planbook.toml, and open the form before you hand it out"),
        ));
    }
    if forms.kept > 0 {
        let (count, place) = (forms.kept, shown(&output.path(format!("{}/{FOLDER}", earlier(ui.lang)))?));
        ui.note(&ui.lang.pick(
            format!("누군가 적어 저장한 서식 {count}개를 그대로 {place} 폴더로 옮겨 두었습니다. 적은 내용은 새 서식에 없습니다"),
            format!("{count} saved forms were moved to {place} unchanged; their entries are not on the new forms"),
        ));
    }
    let [count, plans] = [forms.made.len(), forms.made.iter().map(|made| made.plans).sum()].map(show_count);
    let year = forms.year;
    let place = match &forms.made[..] {
        [one] => shown(&one.path),
        _ => shown(&output.path(FOLDER)?),
    };
    ui.say(&ui.lang.pick(
        format!("만들었습니다: {place} ({year}년 서식: 통합 문서 {count}개, 계획 {plans}개)"),
        format!("made {place} (forms for {year}: {count} workbooks, {plans} plans)"),
    ));
    Ok(())
}
