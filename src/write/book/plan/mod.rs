//! A plan's pages: its title, its table fitted to the sheet, its notes.

mod align;
mod block;
mod columns;
mod fit;
mod flow;
#[cfg(test)]
mod hard_cases;
mod sample;
mod set;
mod table;
mod title;

pub(super) use block::{lines_in, text_height};
pub(super) use sample::{Sample, Topic, labels as topic_labels};
pub(super) use set::{Place, PlanData, bureau};
