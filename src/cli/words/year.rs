//! Texts about years: scores, forms, and results of other years.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use planbook::source::escape_controls;
use planbook::write::form::FormError;

use super::super::offer;
use super::super::places;
use super::super::ui::Ui;
use super::asked;
use super::files;
use super::text::ErrorWords;

/// The folder `dir` is no plan year, but contains `years`.
pub(super) fn years_inside(dir: &Path, years: &[String], ui: &Ui) -> ErrorWords {
    let (lang, place, count) = (ui.lang, places::folder(dir, ui.lang), years.len());
    let names = years.iter().map(|year| escape_controls(year)).collect::<Vec<_>>().join(", ");
    let words = ErrorWords::new(match count {
        1 => lang.pick(
            format!("{place}에 한 해 폴더가 따로 있습니다: {names}"),
            format!("{place} is not a plan-year folder, but contains one: {names}"),
        ),
        _ => lang.pick(
            format!("{place}에 한 해 폴더가 {count}개 있습니다: {names}"),
            format!("{place} contains {count} plan-year folders: {names}"),
        ),
    });
    let choose = lang.pick("한 해의 폴더를 적어 주십시오", "give the folder of one plan year");
    let Some(line) = ui.typed.for_year(dir, years) else { return words.hint(choose) };
    let (line, such) = (offer::line(&line[1..]), lang.pick("예", "such as"));
    words.hint(match count {
        1 => format!("{choose}: `{line}`"),
        _ => lang.pick(format!("{choose}. {such}: `{line}`"), format!("{choose}, {such} `{line}`")),
    })
}

pub(super) fn form(error: &FormError, ui: &Ui) -> ErrorWords {
    let lang = ui.lang;
    match error {
        FormError::Write(error) => files::write(error, lang),
        FormError::NoYear => ErrorWords::new(lang.pick(
            "어느 해의 계획인지 알 수 있는 통합 문서가 없습니다",
            "no workbook says which year its plan is for",
        ))
        .hint(lang.pick(
            "서식의 연도를 `--year`로 적으십시오 (예: --year 2027)",
            "give the year of the forms with `--year`, such as --year 2027",
        )),
        FormError::Year { asked, plan_year } => ErrorWords::new(lang.pick(
            format!("{plan_year}년 계획으로는 {asked}년 서식을 만들 수 없습니다"),
            format!("forms for {asked} cannot be made from plans of {plan_year}"),
        ))
        .hint(lang.pick(
            format!(
                "`--year`에 {plan_year}년이나 그 뒤의 해를 적으십시오. 적지 않으면 {}년입니다",
                plan_year + 1
            ),
            format!("give `--year` {plan_year} or later; without it the forms are for {}", plan_year + 1),
        )),
        FormError::UnknownOrg { name, near } => ErrorWords::new(lang.pick(
            format!("계획을 낸 조직 가운데 `{}` 조직이 없습니다", escape_controls(name)),
            format!("there is no plan of `{}`", escape_controls(name)),
        ))
        .hint(asked::one_of(near, lang).unwrap_or_else(|| {
            let names = asked::names_of_orgs(ui);
            lang.pick(
                format!("{names}. 계획이 없던 조직이면 `--blank`를 쓰십시오"),
                format!("{names}; for an organisation without a plan use `--blank`"),
            )
        })),
        FormError::UnknownParent { name, near, city } => ErrorWords::new(lang.pick(
            format!("상위 조직으로 적은 `{}`의 계획이 없습니다", escape_controls(name)),
            format!("there is no plan of the parent `{}`", escape_controls(name)),
        ))
        .hint(asked::one_of(near, lang).unwrap_or_else(|| {
            let (names, city) = (asked::names_of_orgs(ui), escape_controls(city));
            lang.pick(
                format!("`--parent`에는 시 이름({city})이나 계획을 낸 조직을 적으십시오. {names}"),
                format!("give the city ({city}) or an organisation with a plan with `--parent`; {names}"),
            )
        })),
        FormError::HasPlan(org) => ErrorWords::new(lang.pick(
            format!("{org}의 계획이 이미 있어 빈 서식을 만들지 않았습니다"),
            format!("{org} already has a plan, so no empty form was made"),
        ))
        .hint(lang.pick(
            format!("`{}`: 지금 계획으로 채운 서식을 만듭니다", ui.command("form", &["--org", org])),
            format!("`{}` makes a form filled in from its plan", ui.command("form", &["--org", org])),
        )),
        FormError::Workbook { file, source } => ErrorWords::new(lang.pick(
            format!("{} 서식을 만들 수 없습니다: {source}", escape_controls(file)),
            format!("cannot make the form {}: {source}", escape_controls(file)),
        )),
    }
}

pub(super) fn no_scorecards(folders: &[PathBuf], ui: &Ui) -> ErrorWords {
    let (make, folders) = (ui.command("scorecards", &[]), places::listed(folders));
    ErrorWords::new(ui.lang.pick(
        format!("성과표가 없습니다. 찾아본 곳: {folders}"),
        format!("there is no scorecard in {folders}"),
    ))
    .hint(ui.lang.pick(
        format!(
            "{} 만들어 결과를 적은 뒤 다시 실행하거나, `--scorecards`로 성과표가 있는 폴더를 적으십시오",
            offer::with(&make, "으로/로")
        ),
        format!("make them with `{make}` and fill them in, or name their folder with `--scorecards`"),
    ))
}

pub(super) fn other_years(folder: &Path, years: &BTreeSet<i32>, year: i32, ui: &Ui) -> ErrorWords {
    let (lang, make) = (ui.lang, ui.command("scorecards", &[]));
    let years = years.iter().map(i32::to_string).collect::<Vec<_>>().join(", ");
    ErrorWords::new(lang.pick(
        format!("{}에는 {years}년 성과표만 있고 {year}년 성과표는 없습니다", places::folder(folder, lang)),
        format!("{} contains scorecards of {years} only, none of {year}", places::folder(folder, lang)),
    ))
    .hint(lang.pick(
        format!(
            "{} {year}년 성과표를 만들면 {years}년 것은 적은 결과와 함께 따로 옮겨 둡니다",
            offer::with(&make, "으로/로")
        ),
        format!(
            "`{make}` makes those of {year} and moves those of {years}, with their results, to another folder"
        ),
    ))
}

/// An empty form lacks the name of its `org`, or its `parent`, for which the given city is suggested.
pub(super) fn blank_needs(org: bool, parent: Option<&str>, ui: &Ui) -> ErrorWords {
    let lang = ui.lang;
    let mut words = ui.typed.words().iter().skip(1).cloned().collect::<Vec<_>>();
    if org {
        words.extend(["--org", lang.pick("새조직", "NEW")].map(OsString::from));
    }
    if let Some(city) = parent {
        let city = if city.is_empty() { lang.pick("시 이름", "CITY") } else { city };
        words.extend(["--parent", city].map(OsString::from));
    }
    let line = offer::line(&words);
    ErrorWords::new(match org {
        true => lang
            .pick("빈 서식을 만들 새 조직의 이름이 없습니다", "the name of the new organisation is missing"),
        false => {
            lang.pick("빈 서식을 만들 조직의 상위 조직이 없습니다", "the organisation's parent is missing")
        }
    })
    .hint(lang.pick(
        format!("`--org`에 새 조직을, `--parent`에 상위 조직이나 시를 적으십시오. 예: `{line}`"),
        format!(
            "give the organisation with `--org`, its parent or the city with `--parent`, such as `{line}`"
        ),
    ))
}
