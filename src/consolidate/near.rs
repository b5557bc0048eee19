//! Suggests organisations for a mistyped name.

use std::sync::Arc;

use super::city::City;
use crate::text::names;

impl City {
    /// The organisations with a plan that `name` may mean.
    pub fn near_orgs(&self, name: &str) -> Vec<Arc<str>> {
        let orgs = self.plans.iter().zip(self.org_keys()).map(|(plan, key)| (key.as_str(), plan.org.clone()));
        names::near(self.names.key(name).as_str(), orgs)
    }
}
