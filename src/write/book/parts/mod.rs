//! The parts of the book around the plans, a file each: what the templates of the same name are given.

pub(super) mod code_index;
pub(super) mod contents;
pub(super) mod findings;
pub(super) mod index;
pub(super) mod kpi_index;
