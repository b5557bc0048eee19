//! Whole commands as they are typed, and the files they write: one file for each command or habit.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;
mod libreoffice;
#[path = "../../crates/xlsx-splice/tests/it/book.rs"]
mod package;

mod answers;
#[cfg(feature = "book")]
mod book;
mod cascade_workbook;
mod cli;
mod diff;
mod docs;
mod form;
mod forms;
#[cfg(unix)]
mod interrupted;
mod library;
mod officer;
mod report;
mod returning;
mod rounds;
mod schemas;
mod scorecards;
mod slips;
mod style;
mod texts;
mod year_two;
