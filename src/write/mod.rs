//! Outputs: one folder each.
//!
//! Each output of `build` is a [`Writer`] in its own room, made from one [`WriteContext`]; none knows another. Writers decide no
//! severity, read no cell again and print nothing.

pub mod alignment;
#[cfg(feature = "book")]
pub mod book;
#[cfg(not(feature = "book"))]
#[path = "no_book/mod.rs"]
pub mod book;
pub mod branches;
pub mod cascade;
mod context;
pub mod diff;
pub mod export;
mod finding_cells;
pub mod form;
mod json;
mod notice;
pub mod report;
pub mod returned;
pub mod scorecard;
pub mod templates;
pub mod words;
mod writer;

pub use context::WriteContext;
pub use notice::{Detail, Notice};
pub use writer::{Stopped, Told, Writer, WriterError, Written};
