//! Finds what is wrong with a planbook.toml, line by line, and how each line should be written.
//!
//! The parser says where it fails. The line there is mended in the usual ways (**line**, **scan**,
//! **value**); the first way that lets the parser get further shows what was wrong. The search then goes on
//! to the next error, so that all are reported at once. A line that cannot be mended is left out of that
//! search. The lines lie on one **desk** meanwhile; **parsed** says what is still wrong with them. Korean names of settings are replaced first (**office**). Once the syntax is right, names and
//! values are checked in the same way (**meaning**).

mod desk;
mod form;
mod line;
mod meaning;
mod office;
mod parsed;
mod scan;
#[cfg(test)]
mod tests;
mod value;
mod words;

use self::desk::Desk;
use super::fault::Fault;

/// The longest file that is parsed repeatedly, in bytes.
const LONGEST: usize = 1 << 18;

/// All errors in `text`, in the order of its lines; empty only if the text is valid.
pub(super) fn faults(text: &str) -> Vec<Fault> {
    let mut desk = Desk::of(text);
    if text.len() > LONGEST {
        desk.stumble();
        return desk.faults();
    }
    desk.mend_names();
    if desk.mend_form() {
        desk.mend_meaning();
    }
    desk.faults()
}
