//! The plans in the order of the organisations: each bureau, then its offices.

use crate::consolidate::{City, Parent};
use crate::plan::PlanId;

/// Returns every plan once, with its depth below the city: top plans in book order, each followed by the
/// plans below it.
pub(super) fn in_order(city: &City) -> Vec<(PlanId, usize)> {
    let mut order = Vec::with_capacity(city.plans.len());
    let mut seen = vec![false; city.plans.len()];
    let tops = city.plan_ids().filter(|&plan| !matches!(city.nodes[plan].parent, Parent::Plan(_)));
    // Parents given in planbook.toml may form a cycle that no top plan leads to: its plans follow at the end.
    for start in tops.chain(city.plan_ids()) {
        let mut stack = vec![(start, 0)];
        while let Some((plan, depth)) = stack.pop() {
            if !std::mem::replace(&mut seen[plan], true) {
                order.push((plan, depth));
                stack.extend(city.nodes[plan].children.iter().rev().map(|&child| (child, depth + 1)));
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{city, config, plan};

    fn order(city: &City) -> Vec<(&str, usize)> {
        in_order(city).into_iter().map(|(plan, depth)| (&*city.plans[plan].org, depth)).collect()
    }

    #[test]
    fn offices_follow_their_bureau() {
        let plans = [
            plan("도로과", "교통국"),
            plan("교통국", "가나시"),
            plan("환경국", "가나시"),
            plan("버스과", "교통국"),
        ];
        let city = city(plans, &config("city = '가나시'"));
        assert_eq!(order(&city), [("교통국", 0), ("도로과", 1), ("버스과", 1), ("환경국", 0)]);
    }

    #[test]
    fn plans_whose_parents_form_a_circle_are_printed_all_the_same() {
        let config = config("city = '가나시'\n[parents]\n'교통국' = '도로과'\n'도로과' = '교통국'");
        let city =
            city([plan("교통국", "가나시"), plan("도로과", "교통국"), plan("환경국", "가나시")], &config);
        let mut orgs: Vec<&str> = order(&city).into_iter().map(|(org, _)| org).collect();
        orgs.sort_unstable();
        assert_eq!(orgs, ["교통국", "도로과", "환경국"]);
    }
}
