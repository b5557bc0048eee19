//! `planbook forms`: the forms met in the workbooks, and what their columns were taken for.

mod list;
mod named;
mod teach;

use planbook::project::Config;
use planbook::project::add_forms;
use planbook::read::forms::{self, FormMet};

use self::named::{Named, named};
use super::args::{FolderArg, TextOrJson};
use super::error::{CommandError, Exit};
use super::offer;
use super::outputs;
use super::settings_file;
use super::ui::Ui;

/// Lists the forms met.
#[derive(Debug, clap::Args)]
#[command(
    about = "통합 문서에 있는 표의 서식과, 열마다 무엇으로 읽었는지를 보여 줍니다 | Show the forms of the tables found, and what each column was read as"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    /// See `help`.
    #[arg(
        long,
        help = "아직 가르치지 않은 서식을 planbook.toml에 적습니다. 적힌 뜻은 고칠 수 있습니다 | Write the forms that planbook.toml does not have into it, where they can be corrected"
    )]
    teach: bool,
    /// See `help`.
    #[arg(
        long,
        value_name = "형식 | FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t,
        help = "출력 형식: text 글(기본값), json 자료 | Format: text (default) or json"
    )]
    format: TextOrJson,
}

impl Args {
    /// Prints the forms on standard output; with `--teach`, writes them into planbook.toml.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let (run, config) = outputs::run(&self.folder.dir, ui)?;
        let forms = named(forms::met(&run.city.submissions, &config), &config, ui);
        self.show(&forms, ui)?;
        if self.teach {
            self.teach(&forms, &config, ui)?;
        } else {
            tell_next(&forms, ui);
        }
        Ok(Exit::Done)
    }

    fn show(&self, forms: &[Named], ui: &Ui) -> Result<(), CommandError> {
        match self.format {
            TextOrJson::Text => ui.text(&list::text(forms, ui)),
            TextOrJson::Json => {
                let forms: Vec<&FormMet> = forms.iter().map(|named| &named.form).collect();
                let json = serde_json::to_vec_pretty(&forms).map_err(std::io::Error::from);
                let mut json = json.map_err(CommandError::Output)?;
                json.push(b'\n');
                ui.data(&json)
            }
        }
    }

    fn teach(&self, forms: &[Named], config: &Config, ui: &Ui) -> Result<(), CommandError> {
        let notes = teach::notes(forms, config, ui.lang);
        let check = offer::with(&ui.command("check", &[]), "을/를");
        if notes.is_empty() {
            ui.say(
                ui.lang
                    .pick("planbook.toml에 더 적을 서식이 없습니다", "planbook.toml already has all forms"),
            );
            return Ok(());
        }
        settings_file::edit(&self.folder.dir, |text| add_forms(text, &notes))?;
        let (file, count) = (settings_file::shown_in(&self.folder.dir), notes.len());
        ui.say(&ui.lang.pick(
            format!("{file}에 서식 {count}개를 적었습니다. 열의 뜻을 확인해 고치고, 계획이 아닌 표에는 not_a_plan = true를 적은 뒤 {check} 실행하십시오"),
            format!("{} written into {file}; check the roles of their columns, write not_a_plan = true for tables that are not plans, then run {}", english(count), check.trim_end_matches(['을', '를'])),
        ));
        Ok(())
    }
}

/// Says what to do about forms that are not certain.
fn tell_next(forms: &[Named], ui: &Ui) {
    let unsure = forms.iter().filter(|named| !named.form.is_sure).count();
    let teach = ui.command("forms", &["--teach"]);
    if forms.is_empty() {
        let check = ui.command("check", &["--code", "R002"]);
        ui.say(&ui.lang.pick(
            format!(
                "계획일 만한 표를 찾지 못했습니다. 시트마다 머리글에 가까운 줄은 {} 볼 수 있습니다",
                offer::with(&check, "으로/로")
            ),
            format!(
                "found no table that may be a plan; `{check}` shows the most likely header row of each sheet"
            ),
        ));
    } else if unsure > 0 {
        ui.say(&ui.lang.pick(
            format!("확인이 필요한 서식이 {unsure}개 있습니다. {} 실행하면 planbook.toml에 적어 드립니다. 적힌 뜻을 고치면 됩니다", offer::with(&teach, "을/를")),
            format!("{} to be checked; `{teach}` writes them into planbook.toml, where they can be corrected", english(unsure)),
        ));
    }
}

/// A number of forms in English.
fn english(count: usize) -> String {
    if count == 1 { "1 form".to_owned() } else { format!("{count} forms") }
}

#[cfg(test)]
mod tests {
    use planbook::finding::Lang;
    use planbook::project::forms::TableShape;
    use planbook::read::forms::{ColumnMet, FormPlace};

    use super::*;

    /// A table that may be a plan, and `more` tables like it.
    fn unsure(more: usize) -> FormMet {
        let columns = [
            ("A", "사업명", "kpi", 35),
            ("B", "산출내역", "extra", 100),
            ("C", "2026년", "target 2026", 60),
            ("D", "비고", "aside", 100),
        ];
        let column = |(at, heading, role, confidence): (&str, &str, &str, u8)| ColumnMet {
            at: at.to_owned(),
            heading: heading.to_owned(),
            role: role.to_owned(),
            also: Vec::new(),
            confidence,
        };
        let table = |number: usize| FormPlace {
            file: format!("workbooks/{number}.xlsx").into(),
            sheet: "예산".into(),
            range: "A3:D3".to_owned(),
            rows: 0,
        };
        FormMet {
            taught: None,
            is_plan: true,
            shape: TableShape::List,
            confidence: 35,
            is_sure: false,
            tables: (1..=more + 1).map(table).collect(),
            columns: columns.into_iter().map(column).collect(),
        }
    }

    #[test]
    fn a_form_that_is_not_certain_is_listed_with_what_is_to_be_checked() {
        let mut ui = Ui::plain(Lang::Ko);
        ui.width = None;
        let forms = named(vec![unsure(6)], &Config::default(), &ui);
        assert_eq!(
            list::text(&forms, &ui),
            "서식 1 · 확인 필요 · 한 줄에 지표 하나\n\
             통합 문서 7개, 표 7개, 지표 0행\n\
             - workbooks/1.xlsx 예산!A3:D3 (지표 0행)\n\
             - workbooks/2.xlsx 예산!A3:D3 (지표 0행)\n\
             - workbooks/3.xlsx 예산!A3:D3 (지표 0행)\n\
             - workbooks/4.xlsx 예산!A3:D3 (지표 0행)\n\
             - workbooks/5.xlsx 예산!A3:D3 (지표 0행)\n\
             - 외 2개 (`--verbose`)\n\
             열  머리글    무엇으로 보았는지  확인\n\
             A   ‘사업명’  → 핵심성과지표     확인 필요\n\
             C   ‘2026년’  → 2026년 목표\n\
             그대로 둔 열: B ‘산출내역’\n\
             읽지 않은 열: D ‘비고’\n"
        );
    }

    #[test]
    fn what_is_written_for_a_form_that_is_not_certain_says_what_to_decide() {
        let ui = Ui::plain(Lang::Ko);
        let taken = Config::parse("[[forms]]\nname = \"서식 1\"\nheadings = [\"지표\"]\n").unwrap();
        let forms = named(vec![unsure(0)], &taken, &ui);
        let notes = teach::notes(&forms, &taken, Lang::Ko);
        let text = add_forms("", &notes).unwrap();
        let begin = "# workbooks/1.xlsx 예산!A3:D3: 한 줄에 지표 하나\n\
                     # 계획인지 확실하지 않습니다. 열마다 뜻이 맞는지 보고 고치십시오\n\
                     [[forms]]\n\
                     name = \"서식 2\"\n\
                     headings = [\"사업명\", \"산출내역\", \"2026년\", \"비고\"]\n\
                     shape = \"list\"\n\
                     # 계획이 아닌 표이면 true로 고치십시오\n\
                     not_a_plan = false\n\
                     [forms.roles]\n\
                     # A: 핵심성과지표로 보았습니다 (확실한 정도 35%). 다른 말: goal(전략목표), ";
        assert!(text.starts_with(begin), "{text}");
        assert!(text.contains("\n\"2026년\" = \"target 2026\"\n"), "{text}");
    }
}
