//! Reading workbooks, from the smallest layout to the real book, and rejecting bad input.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod hostile;
mod layouts;
mod limits;
mod seoul;
mod seoul_cascade;
mod shapes;
mod truth;
mod values;
