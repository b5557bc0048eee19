//! The years of a form: the former plan's, shifted, under headings that distinguish actuals from targets.

use crate::consolidate::City;
use crate::finding::Lang;
use crate::plan::{Plan, YearColumn, YearKind};

/// The years of `plan` shifted so that its targets of the plan year become those of `year`, and the shift in
/// years. Those before `year` are actuals, whatever the old headings said.
pub(super) fn moved(city: &City, plan: &Plan, year: i32, lang: Lang) -> (Vec<YearColumn>, i32) {
    let by = shift(city, plan, year);
    let mut years: Vec<YearColumn> = if plan.years.is_empty() {
        usual_years(city, year, lang)
    } else {
        plan.years.iter().map(|column| shifted(column, by)).collect()
    };
    set_kinds(&mut years, year);
    (years, by)
}

/// Sets the kind of each year. The usual headings replace one that covered both actuals and targets, or that
/// called actuals targets.
fn set_kinds(years: &mut [YearColumn], year: i32) {
    let mut wrong = false;
    for column in years.iter_mut() {
        let kind = Some(if column.year < year { YearKind::Actual } else { YearKind::Target });
        wrong |= column.kind.is_some() && column.kind != kind;
        column.kind = kind;
    }
    let one_for_both =
        |a: &YearColumn, b: &YearColumn| a.kind != b.kind && !a.group.is_empty() && a.group == b.group;
    wrong |= years.iter().any(|a| years.iter().any(|b| one_for_both(a, b)));
    if !wrong {
        return;
    }
    let printed: String = years.iter().map(|column| format!("{}{}", column.group, column.label)).collect();
    let lang = if printed.chars().any(|c| ('가'..='힣').contains(&c)) { Lang::Ko } else { Lang::En };
    for column in years {
        *column = usual_year(column.year, column.kind, lang);
    }
}

/// The usual heading of a year and of its group.
pub(super) fn usual_year(year: i32, kind: Option<YearKind>, lang: Lang) -> YearColumn {
    let group = match kind {
        Some(YearKind::Actual) => lang.pick("실적치", "Actual"),
        _ => lang.pick("목표치", "Target"),
    };
    let label = lang.pick(format!("{year}년"), year.to_string()).into();
    YearColumn { year, label, group: group.into(), kind }
}

/// The shift of a plan in years: its targets of the plan year become those of `year`. Without any of the plan
/// year, as in a plan with wrong years, its first target moves there.
fn shift(city: &City, plan: &Plan, year: i32) -> i32 {
    let targets = || plan.years.iter().filter(|c| c.kind == Some(YearKind::Target)).map(|c| c.year);
    let first = targets().find(|&target| target == city.year).or_else(|| targets().min());
    year - first.unwrap_or(city.year)
}

/// The years of the first plan with any, for a plan without.
fn usual_years(city: &City, year: i32, lang: Lang) -> Vec<YearColumn> {
    match city.plans.iter().find(|plan| !plan.years.is_empty()) {
        Some(plan) => {
            let by = shift(city, plan, year);
            plan.years.iter().map(|column| shifted(column, by)).collect()
        }
        None => two_and_two(year, lang).to_vec(),
    }
}

/// Two years of actuals before `year`, and targets for it and the next.
pub(super) fn two_and_two(year: i32, lang: Lang) -> [YearColumn; 4] {
    [(-2, YearKind::Actual), (-1, YearKind::Actual), (0, YearKind::Target), (1, YearKind::Target)]
        .map(|(by, kind)| usual_year(year + by, Some(kind), lang))
}

fn shifted(column: &YearColumn, by: i32) -> YearColumn {
    YearColumn {
        year: column.year + by,
        label: shift_years(&column.label, by, &|_| true).into(),
        group: shift_years(&column.group, by, &|_| true).into(),
        kind: column.kind,
    }
}

/// `text` with the years that `which` accepts shifted: `2009년`, `’09`, `FY26`.
pub(super) fn shift_years(text: &str, by: i32, which: &dyn Fn(i32) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        out.push_str(before);
        let short = before.ends_with(['’', '‘', '\'', '`'])
            || before.to_lowercase().ends_with("fy")
            || after.starts_with('년');
        match (digits.len(), digits.parse::<i32>()) {
            (4, Ok(year)) if (1900..2200).contains(&year) && which(year) => {
                out.push_str(&(year + by).to_string());
            }
            (2, Ok(year)) if short && which(2000 + year) => {
                out.push_str(&format!("{:02}", (year + by).rem_euclid(100)));
            }
            _ => out.push_str(digits),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
