//! Organisations that a mistyped name may mean.

use std::sync::Arc;

use super::city::City;

/// How many are named.
const MOST: usize = 5;
/// How alike they must be, from 0 to 1.
const ALIKE: f64 = 0.4;

impl City {
    /// The organisations with a plan that `name` may mean: those that contain it, else those spelt much like it.
    pub fn near_orgs(&self, name: &str) -> Vec<Arc<str>> {
        let key = self.names.key(name);
        let mut found: Vec<(f64, &Arc<str>)> = self
            .plans
            .iter()
            .zip(&self.org_keys)
            .map(|(plan, org)| {
                let contains = !key.is_empty() && org.as_str().contains(key.as_str());
                let alike = strsim::normalized_damerau_levenshtein(org.as_str(), key.as_str());
                (if contains { 1.0 + alike } else { alike }, &plan.org)
            })
            .filter(|(alike, _)| *alike >= ALIKE)
            .collect();
        found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        // Where the name is a part of another, nothing else is meant.
        if found.first().is_some_and(|(alike, _)| *alike >= 1.0) {
            found.retain(|(alike, _)| *alike >= 1.0);
        }
        found.dedup_by_key(|(_, org)| *org);
        found.into_iter().take(MOST).map(|(_, org)| org.clone()).collect()
    }
}
