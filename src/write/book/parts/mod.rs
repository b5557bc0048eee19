//! The parts of the book around the plans, a file each: what the templates of the same name are given.

pub(super) mod cover;
