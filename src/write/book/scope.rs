//! The scope of a book: the city, a bureau, or a single plan.

use super::BookError;
use super::tree;
use crate::consolidate::City;
use crate::plan::PlanId;
use crate::project::{BookPart, BookSettings};

/// The scope of a book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The whole city.
    #[default]
    City,
    /// An organisation, by its name, and everything below it.
    Bureau(String),
    /// The plan of one organisation and nothing else.
    Plan(String),
}

/// The plans and the parts of one book.
pub(super) struct Selection {
    /// The plans, in the order of the organisations, each with its depth in this book.
    pub plans: Vec<(PlanId, usize)>,
    /// The organisation of the book's scope; `None` for the whole city.
    pub org: Option<String>,
    /// The parts, in order.
    pub parts: Vec<BookPart>,
    /// The file name in the output folder, without its ending.
    pub file_stem: String,
}

impl Selection {
    /// Selects what `scope` covers of `city`, printed as `book` says.
    pub(super) fn new(scope: &Scope, city: &City, book: &BookSettings) -> Result<Self, BookError> {
        let order = tree::in_order(city);
        let parts = book.parts.clone();
        let (name, plans, parts, stem) = match scope {
            Scope::City => return Ok(Self { plans: order, org: None, parts, file_stem: "book".to_owned() }),
            Scope::Bureau(name) => {
                let parts = parts.into_iter().filter(|part| BookPart::BOOKLET.contains(part)).collect();
                (name, branches(&order, city, name), parts, "book")
            }
            Scope::Plan(name) => {
                let mut plans = branches(&order, city, name);
                plans.retain(|&(_, depth)| depth == 0);
                (name, plans, vec![BookPart::Plans], "plan")
            }
        };
        let Some(&(first, _)) = plans.first() else {
            let near = city.near_orgs(name).iter().map(ToString::to_string).collect();
            return Err(BookError::NoOrganisation { name: name.clone(), near });
        };
        let org = city.plans[first].org.to_string();
        Ok(Self { plans, parts, file_stem: format!("{stem}-{org}"), org: Some(org) })
    }

    /// Whether the book holds more than its plans.
    pub(super) fn has_other_parts(&self) -> bool {
        self.parts.len() > 1
    }
}

/// Returns the plans of the organisation `name` and of all below it, with depths counted from it.
fn branches(order: &[(PlanId, usize)], city: &City, name: &str) -> Vec<(PlanId, usize)> {
    let key = city.names.key(name);
    let mut root = None;
    let mut inside = Vec::new();
    for &(plan, depth) in order {
        if root.is_none_or(|root| depth <= root) {
            root = (city.nodes[plan].org_key == key).then_some(depth);
        }
        inside.extend(root.map(|root| (plan, depth - root)));
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{city, plan};

    fn some_city() -> City {
        let plans = [
            plan("교통국", "가나시"),
            plan("도로과", "교통국"),
            plan("버스과", "교통국"),
            plan("환경국", "가나시"),
        ];
        city(plans, &Config::default())
    }

    fn selected(scope: &Scope) -> Result<Selection, BookError> {
        Selection::new(scope, &some_city(), &BookSettings::default())
    }

    fn orgs(selection: &Selection) -> Vec<(String, usize)> {
        let city = some_city();
        selection.plans.iter().map(|&(plan, depth)| (city.plans[plan].org.to_string(), depth)).collect()
    }

    #[test]
    fn a_bureaus_booklet_holds_the_bureau_and_its_offices() {
        let booklet = selected(&Scope::Bureau("교통 국".to_owned())).unwrap();
        let names = [("교통국", 0), ("도로과", 1), ("버스과", 1)];
        assert_eq!(orgs(&booklet), names.map(|(org, depth)| (org.to_owned(), depth)));
        assert_eq!((booklet.org.as_deref(), &*booklet.file_stem), (Some("교통국"), "book-교통국"));
    }

    #[test]
    fn an_office_is_the_top_of_its_own_booklet() {
        assert_eq!(orgs(&selected(&Scope::Bureau("버스과".to_owned())).unwrap()), [("버스과".to_owned(), 0)]);
    }

    #[test]
    fn a_single_plan_comes_without_offices_and_without_other_parts() {
        let single = selected(&Scope::Plan("교통국".to_owned())).unwrap();
        assert_eq!(orgs(&single), [("교통국".to_owned(), 0)]);
        assert_eq!((single.parts, &*single.file_stem), (vec![BookPart::Plans], "plan-교통국"));
    }

    #[test]
    fn an_unknown_organisation_is_answered_with_those_spelt_alike() {
        let Err(error) = selected(&Scope::Bureau("교통".to_owned())) else { panic!("there is none") };
        assert_eq!(error, BookError::NoOrganisation { name: "교통".into(), near: vec!["교통국".into()] });
    }
}
