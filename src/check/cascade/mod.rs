//! Checks of what plans cite of their parents and of the city.

pub(super) mod cited_kpi;
pub(super) mod cited_target;
pub(super) mod city_target;
pub(super) mod missing_parent;
pub(super) mod near_names;
pub(super) mod unknown_target;
