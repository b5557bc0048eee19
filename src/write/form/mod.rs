//! Forms for the next plan year: one workbook per department in its own layout, prefilled from this year's
//! plan.
//!
//! `next` carries a plan over, `layout` positions its columns, and `sheet` with `body`, `sums` and `rules`
//! writes it. Before a form is delivered, it is read back and compared with what it should contain
//! (`verify`).

mod blank;
mod body;
mod correct;
mod error;
mod guide;
mod layout;
mod lists;
mod name;
mod next;
mod pages;
mod results;
mod rules;
mod sheet;
mod sums;
mod verify;
mod words;
mod years;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use self::correct::Corrections;
pub use self::error::FormError;
use self::layout::FormLayout;
use self::lists::{CityLists, Lists};
use self::name::form_name;
use self::next::{Carry, Next};
use self::results::KnownResults;
use self::sheet::{FormSettings, PlanSheet};
use crate::consolidate::{City, Context, Parent};
use crate::files::{Output, WriteError, content, earlier, file_name};
use crate::finding::Lang;
use crate::plan::PlanId;
use crate::read;
use crate::score::Entries;
use crate::text::NameKey;
use crate::workbook::{self, About, Book, Formats, SheetNames, Style};

/// The output subfolder of the forms.
pub const FOLDER: &str = "forms";

/// The forms written.
#[derive(Debug, Default)]
pub struct Forms {
    /// The plan year of the forms.
    pub year: i32,
    /// The workbooks, by the name of the source workbook.
    pub made: Vec<Made>,
    /// The indices of the plans carried over.
    pub carried: Vec<PlanId>,
    /// Those of them whose results became actuals.
    pub reached: Vec<PlanId>,
    /// How many existing forms somebody had saved. They were moved to the folder of earlier outputs.
    pub kept: usize,
    /// Additional plans of an organisation that already has a form: organisation and workbook.
    pub passed_over: Vec<(Arc<str>, Arc<str>)>,
}

/// A form written.
#[derive(Debug)]
pub struct Made {
    /// Its path.
    pub path: PathBuf,
    /// The plans in it.
    pub plans: usize,
    /// The first difference between the form as read back and as intended; none where they agree.
    pub difference: Option<String>,
}

/// The forms requested.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The plan year of the forms; by default the year after the plan year.
    pub year: Option<i32>,
    /// The organisations; none means all, except for empty forms.
    pub orgs: &'a [String],
    /// The language.
    pub lang: Lang,
}

/// Writes the forms of all plans, or of the workbooks with the requested plans. Results in `entries` become
/// the actuals of the plan year.
///
/// # Errors
/// When the year or an organisation is invalid, or a file cannot be written.
pub fn write(
    context: &Context<'_>,
    wanted: Wanted<'_>,
    entries: &Entries,
    output: &Output,
) -> Result<Forms, FormError> {
    let city = context.city;
    let year = year_of(city, wanted.year)?;
    let plans: Vec<PlanId> = wanted.orgs.iter().map(|org| known_org(city, org)).collect::<Result<_, _>>()?;
    let files: BTreeSet<&Arc<str>> = plans.iter().map(|&plan| &city.plans[plan].file).collect();
    let mut forms = Forms { year, ..Forms::default() };
    let workbooks = workbooks(city, &mut forms.passed_over);
    let mut used = BTreeSet::new();
    let names: Vec<String> = workbooks
        .iter()
        .map(|(file, _)| {
            let name = form_name(file, city.year, year);
            let more = (2..).map(|n| format!("{}_{n}.xlsx", name.trim_end_matches(".xlsx")));
            let mut names = std::iter::once(name.clone()).chain(more);
            names.find(|name| used.insert(name.to_lowercase())).unwrap_or(name)
        })
        .collect();
    let press = FormWriter::new(context, year, wanted.lang);
    let results = KnownResults::new(entries, city);
    let carry = Carry { results: Some(&results), ..press.carry() };
    let wanted_ones: Vec<_> = workbooks
        .iter()
        .zip(&names)
        .filter(|((file, _), _)| files.is_empty() || files.contains(file))
        .collect();
    forms.kept = keep(wanted_ones.iter().map(|(_, name)| name.as_str()), output, wanted.lang)?;
    forms.carried = wanted_ones.iter().flat_map(|((_, plans), _)| plans.iter().copied()).collect();
    let made: Vec<(Made, Vec<PlanId>)> = wanted_ones
        .into_par_iter()
        .map(|((_, plans), name)| {
            let next: Vec<Next> = plans.iter().map(|&plan| next::carry_over(carry, plan)).collect();
            let reached = plans.iter().zip(&next).filter(|(_, next)| next.reached.is_some());
            Ok((press.put(&next, name, output)?, reached.map(|(&plan, _)| plan).collect()))
        })
        .collect::<Result<_, FormError>>()?;
    for (made, reached) in made {
        forms.made.push(made);
        forms.reached.extend(reached);
    }
    Ok(forms)
}

/// Moves away the forms called `names` that somebody has saved, to keep their entries. Returns how many.
fn keep<'a>(names: impl Iterator<Item = &'a str>, output: &Output, lang: Lang) -> Result<usize, WriteError> {
    let mut kept = 0;
    for name in names {
        let name = format!("{FOLDER}/{name}");
        let path = output.path(&name)?;
        if path.is_file() && !read::is_as_made(&content(&path)) {
            output.move_aside(&name, &format!("{}/{name}", earlier(lang)))?;
            kept += 1;
        }
    }
    Ok(kept)
}

/// The workbooks in book order, with the first plan of each organisation; the others are `passed_over`.
fn workbooks(city: &City, passed_over: &mut Vec<(Arc<str>, Arc<str>)>) -> Vec<(Arc<str>, Vec<PlanId>)> {
    let mut taken: BTreeSet<&NameKey> = BTreeSet::new();
    let mut workbooks: Vec<(Arc<str>, Vec<PlanId>)> = Vec::new();
    for (index, plan) in city.numbered_plans() {
        if !taken.insert(&city.nodes[index].org_key) {
            passed_over.push((plan.org.clone(), plan.file.clone()));
            continue;
        }
        match workbooks.last_mut() {
            Some((file, plans)) if *file == plan.file => plans.push(index),
            _ => workbooks.push((plan.file.clone(), vec![index])),
        }
    }
    workbooks
}

/// Writes an empty form for each requested organisation, none of which has a plan, below `parent`. Without
/// any plan in the city it has the usual layout, and the parent may be omitted.
///
/// # Errors
/// When an organisation has a plan, the parent is unknown, or a file cannot be written.
pub fn write_blank(
    context: &Context<'_>,
    wanted: Wanted<'_>,
    parent: &str,
    output: &Output,
) -> Result<Forms, FormError> {
    let city = context.city;
    let year = match wanted.year {
        // Without plans, planbook.toml's year is the year of the forms.
        None if city.plans.is_empty() && city.year != 0 => city.year,
        asked => year_of(city, asked)?,
    };
    for org in wanted.orgs {
        if let Some(plan) = plan_of(city, org) {
            return Err(FormError::HasPlan(city.plans[plan].org.clone()));
        }
    }
    let is_city = city.names.key(parent) == city.names.key(&city.name);
    let above = match () {
        () if parent.is_empty() => Parent::Unnamed,
        () if is_city || city.plans.is_empty() => Parent::City,
        () => Parent::Plan(plan_of(city, parent).ok_or_else(|| FormError::UnknownParent {
            name: parent.to_owned(),
            near: city.near_orgs(parent),
            city: city.name.clone(),
        })?),
    };
    let press = FormWriter::new(context, year, wanted.lang);
    let mut forms = Forms { year, ..Forms::default() };
    for (at, org) in wanted.orgs.iter().enumerate() {
        if wanted.orgs[..at].contains(org) {
            continue;
        }
        let next = blank::plan(press.carry(), org, (parent, &above));
        let name = format!("{}.xlsx", file_name(org));
        forms.kept += keep(std::iter::once(name.as_str()), output, wanted.lang)?;
        forms.made.push(press.put(&[next], &name, output)?);
    }
    Ok(forms)
}

fn year_of(city: &City, asked: Option<i32>) -> Result<i32, FormError> {
    let year = match asked {
        Some(year) => year,
        None if city.year == 0 => return Err(FormError::NoYear),
        None => city.year + 1,
    };
    // The reader accepts only such numbers as years.
    let known = (1902..2190).contains(&year);
    (known && year >= city.year).then_some(year).ok_or(FormError::Year { asked: year, plan_year: city.year })
}

/// The first plan of the organisation called `name`.
fn plan_of(city: &City, name: &str) -> Option<PlanId> {
    let key = city.names.key(name);
    city.plan_ids().find(|&plan| city.nodes[plan].org_key == key)
}

fn known_org(city: &City, name: &str) -> Result<PlanId, FormError> {
    let unknown = || FormError::UnknownOrg { name: name.to_owned(), near: city.near_orgs(name) };
    plan_of(city, name).ok_or_else(unknown)
}

/// The shared input of all forms of a city.
struct FormWriter<'a> {
    context: &'a Context<'a>,
    common: CityLists,
    corrections: Corrections,
    formats: Formats,
    year: i32,
    lang: Lang,
}

impl<'a> FormWriter<'a> {
    fn new(context: &'a Context<'a>, year: i32, lang: Lang) -> Self {
        Self {
            context,
            common: CityLists::new(context),
            corrections: Corrections::new(context.config),
            formats: Formats::of(Style::of(context.config)),
            year,
            lang,
        }
    }

    /// The input for carrying plans over, without results.
    fn carry(&self) -> Carry<'_> {
        let Self { context, corrections, year, lang, .. } = self;
        Carry { city: context.city, results: None, corrections, year: *year, lang: *lang }
    }

    fn put(&self, plans: &[Next], name: &str, output: &Output) -> Result<Made, FormError> {
        let failed = |source| FormError::Workbook { file: name.to_owned(), source };
        let (bytes, difference) = self.make(plans).map_err(failed)?;
        let path = output.put(format!("{FOLDER}/{name}"), &bytes)?;
        Ok(Made { path, plans: plans.len(), difference })
    }

    /// The workbook in the plans' own layouts, or in the usual one where these cannot be read back reliably,
    /// and the first difference on reading back.
    fn make(&self, plans: &[Next]) -> workbook::Result<(Vec<u8>, Option<String>)> {
        let lang = self.lang;
        let attempts: [fn(&Next, Lang) -> FormLayout; 2] = [FormLayout::own, FormLayout::usual];
        let mut made = (Vec::new(), None);
        for attempt in attempts {
            let layouts: Vec<FormLayout> = plans.iter().map(|next| attempt(next, lang)).collect();
            let bytes = self.workbook(plans, &layouts)?;
            let meant: Vec<(&Next, &FormLayout)> = plans.iter().zip(&layouts).collect();
            let difference = match read::plans_in(&bytes, &"form.xlsx".into(), self.context.config) {
                Ok(contents) => verify::difference(&contents, &meant, lang),
                Err(error) => Some(error.to_string()),
            };
            made = (bytes, difference);
            if made.1.is_none() {
                break;
            }
        }
        Ok(made)
    }

    fn workbook(&self, plans: &[Next], layouts: &[FormLayout]) -> workbook::Result<Vec<u8>> {
        let (formats, lang, year) = (&self.formats, self.lang, self.year);
        let names = words::names(lang);
        let mut taken = SheetNames::default();
        let one_each =
            plans.iter().map(|next| &next.plan.sheet).collect::<BTreeSet<_>>().len() == plans.len();
        let sheets: Vec<String> = plans
            .iter()
            .map(|next| taken.add(if one_each { &next.plan.sheet } else { &next.plan.org }))
            .collect();
        let (guide, lists) = (taken.add(names.guide), taken.add(names.lists));
        let lists = Lists::new(self.context.city, &self.common, &self.corrections, lists, plans);
        let title = plans.first().map_or("", |next| &next.plan.title.text);
        let mut book = Book::new(formats, Some(About { title, subject: "", company: "", year }))?;
        let paper = FormSettings { formats, lists: &lists, lang, year };
        for ((next, layout), name) in plans.iter().zip(layouts).zip(&sheets) {
            PlanSheet::new(book.worksheet(), paper, next, layout, name)?.write()?;
        }
        if let (Some(next), Some(layout)) = (plans.first(), layouts.first()) {
            guide::write(book.sheet(&guide)?, next, layout, year, lang)?;
        }
        lists.write(book.sheet(lists.name())?, lang)?;
        book.save()
    }
}

#[cfg(test)]
mod tests;
