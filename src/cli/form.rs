//! `planbook form`: forms for the next year.

use std::path::PathBuf;

use planbook::consolidate::Context;
use planbook::write::files::Output;
use planbook::write::form::{self, FOLDER, Forms};

use super::args::{FolderArg, OutArg};
use super::error::{CommandError, Exit};
use super::outputs;
use super::render::shown;
use super::ui::Ui;

/// Writes `forms/`.
#[derive(Debug, clap::Args)]
#[command(
    about = "다음 해 계획의 서식을 부서마다 미리 채워 만듭니다: forms/ | Forms for the next year, filled in as far as is known: forms/",
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
        help = "서식의 계획 연도 (기본값: 계획 연도의 다음 해) | The plan year of the forms (default: the year after the plan year)"
    )]
    year: Option<i32>,
    /// See `help`.
    #[arg(
        long,
        value_name = "조직 | NAME",
        help = "이 조직의 통합 문서만 만듭니다. `--blank`와 함께 쓰면 새 조직의 이름 | Only the workbook of this organisation; with `--blank` the name of the new one"
    )]
    org: Option<String>,
    /// See `help`.
    #[arg(
        long,
        help = "계획이 없던 새 조직의 빈 서식을 만듭니다. `--org`와 `--parent`를 함께 적습니다 | An empty form for a new organisation, with `--org` and `--parent`"
    )]
    blank: bool,
    /// See `help`.
    #[arg(
        long,
        value_name = "조직 | NAME",
        requires = "blank",
        help = "새 조직의 상위 조직: 시 이름이나 계획을 낸 조직 | The new organisation's parent: the city, or an organisation with a plan"
    )]
    parent: Option<String>,
}

impl Args {
    /// Reads the folder and writes the forms.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let (run, config) = outputs::run(&self.folder.dir, ui)?;
        let plans = run.city.submissions.iter().map(|submission| &*submission.file);
        let output = Output::new(&self.out.out, &self.folder.dir)?.protecting(plans);
        let context = Context { city: &run.city, config: &config };
        let forms = if self.blank {
            let (org, parent) = match (self.org.as_deref(), self.parent.as_deref()) {
                (Some(org), Some(parent)) if !org.trim().is_empty() => (org.trim(), parent.trim()),
                (org, _) => {
                    let city = run.city.name.to_string();
                    return Err(CommandError::BlankNeeds {
                        org: org.is_none_or(|org| org.trim().is_empty()),
                        city,
                    });
                }
            };
            form::write_blank(&context, self.year, (org, parent), ui.lang, &output)?
        } else {
            form::write(&context, self.year, self.org.as_deref(), ui.lang, &output)?
        };
        tell(&forms, output.path(FOLDER)?, ui);
        Ok(outputs::finish(&run, ui))
    }
}

/// Says what was made, and what the office should look at.
fn tell(forms: &Forms, folder: PathBuf, ui: &Ui) {
    for (org, file) in &forms.passed_over {
        ui.say(&ui.lang.pick(
            format!("{org}의 계획이 또 있습니다. {file}의 것은 서식에 넣지 않았습니다"),
            format!("there is another plan of {org}; the one in {file} got no form"),
        ));
    }
    for made in forms.made.iter().filter(|made| !made.reads_back) {
        let path = shown(&made.path);
        ui.note(&ui.lang.pick(
            format!("{path}: 다시 읽으면 지금의 계획과 다릅니다. planbook.toml의 [labels]를 확인하고, 나누어 주기 전에 열어 보십시오"),
            format!("{path}: read again it differs from the plan; see [labels] in planbook.toml, and open it before you hand it out"),
        ));
    }
    for made in &forms.made {
        let Some(aside) = &made.aside else { continue };
        let (path, aside) = (shown(&made.path), shown(aside));
        ui.note(&ui.lang.pick(
            format!("{path}: 이미 있던 서식은 내용이 달라 {aside}로 옮겨 두었습니다"),
            format!("{path}: the form that was there said something else and was kept as {aside}"),
        ));
    }
    let (count, plans) = (forms.made.len(), forms.made.iter().map(|made| made.plans).sum::<usize>());
    let year = forms.year;
    let place = match &forms.made[..] {
        [one] => shown(&one.path),
        _ => shown(&folder),
    };
    ui.say(&ui.lang.pick(
        format!("만들었습니다: {place} ({year}년 서식: 통합 문서 {count}개, 계획 {plans}개)"),
        format!("made {place} (forms for {year}: {count} workbooks, {plans} plans)"),
    ));
}
