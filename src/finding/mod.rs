//! Findings: what is wrong with a plan, where, what was found, what is expected and what to do.
//!
//! A finding holds its facts and their wording in both languages. Rendering is the job of `write` and `cli`.

mod answer;
mod code;
mod facts;
mod id;
mod severity;
mod wording;

pub use answer::{Action, Answer, ReviewForm};
pub use code::{Code, UnknownCode};
pub use facts::{Finding, Related};
pub(crate) use id::numbered_id;
pub use id::{finding_id, local_ids};
pub use severity::Severity;
pub use wording::{Args, Lang, Message, Reader, Wording, with_particle};
