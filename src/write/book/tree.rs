//! The plans in the order of the organisations: each bureau, then its offices.

use crate::consolidate::{City, Parent};

/// Every plan once, with its depth below the city: top plans in book order, each followed by what stands below it.
pub(super) fn in_order(city: &City) -> Vec<(usize, usize)> {
    let mut order = Vec::with_capacity(city.plans.len());
    let mut seen = vec![false; city.plans.len()];
    let tops = (0..city.plans.len()).filter(|&plan| !matches!(city.parents[plan], Parent::Plan(_)));
    // Parents given in planbook.toml may form a circle that no top plan leads to: its plans follow at the end.
    for start in tops.chain(0..city.plans.len()) {
        let mut stack = vec![(start, 0)];
        while let Some((plan, depth)) = stack.pop() {
            if !std::mem::replace(&mut seen[plan], true) {
                order.push((plan, depth));
                stack.extend(city.children[plan].iter().rev().map(|&child| (child, depth + 1)));
            }
        }
    }
    order
}
