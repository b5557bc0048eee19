//! Workbook → sheets → tables → plans. The only user of calamine.

mod outcome;

pub use outcome::{Contents, ReadError, Remark, RemarkKind, Submission};
