//! Recovery from panics of a library: right-to-left text, unusual character combinations, damaged fonts.
//!
//! A section that cannot be set never costs the document. First its unusual characters are omitted; if that
//! does not help, or it has none, plain content replaces it. Each step sets the document again, reusing what
//! has not changed.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use typst::foundations::Bytes;
use typst::syntax::FileId;

use crate::letters::is_unusual;
use crate::world::file_name;

/// The result of `work`, or its panic message.
///
/// # Errors
/// When it panicked.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|said| {
        let text = said.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| said.downcast_ref::<String>().cloned()).unwrap_or_default()
    })
}

/// A library panicked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panicked {
    /// The sections that cause the panic; empty where only a combination does.
    pub sections: Vec<PanickedSection>,
    /// The panic message.
    pub reason: String,
}

/// A section that causes a panic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanickedSection {
    /// The name of the section.
    pub name: String,
    /// The text of the data files it reads.
    pub text: String,
}

impl PanickedSection {
    /// The section `name`, which read the files `read`.
    pub(crate) fn new(name: &str, read: &[(FileId, Bytes)]) -> Self {
        let data = read.iter().filter(|(id, _)| !file_name(id).ends_with(".typ"));
        let text = data.filter_map(|(_, content)| std::str::from_utf8(content).ok()).collect();
        Self { name: name.to_owned(), text }
    }
}

/// What a document omits so that it can be made.
///
/// Set the document; on [`PressError::Panicked`](crate::PressError::Panicked), [`concede`](Self::concede),
/// remove the conceded letters and sections from the data, and set it again:
///
/// ```
/// # use typst_press::{Concessions, PressError};
/// # fn attempt(conceded: &Concessions) -> Result<(), PressError> { Ok(()) }
/// let mut conceded = Concessions::default();
/// let made = loop {
///     match attempt(&conceded) {
///         Err(PressError::Panicked(panicked)) if conceded.concede(&panicked) => {}
///         made => break made,
///     }
/// };
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concessions {
    /// Characters to be replaced everywhere, because sections could not be set with them.
    pub letters: BTreeSet<char>,
    /// Names of the sections to be replaced by plain content.
    pub sections: BTreeSet<String>,
}

impl Concessions {
    /// Whether the document is complete.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty() && self.sections.is_empty()
    }

    /// Omits something of each section that caused a panic: its unusual characters, or else all of it. False
    /// where nothing is left to omit.
    pub fn concede(&mut self, panicked: &Panicked) -> bool {
        let before = self.clone();
        for section in &panicked.sections {
            let unusual: BTreeSet<char> = section.text.chars().filter(|&c| is_unusual(c)).collect();
            if unusual.is_subset(&before.letters) {
                self.sections.insert(section.name.clone());
            } else {
                self.letters.extend(unusual);
            }
        }
        *self != before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panicked(sections: &[(&str, &str)]) -> Panicked {
        let section = |(name, text): &(&str, &str)| PanickedSection {
            name: (*name).to_owned(),
            text: (*text).to_owned(),
        };
        Panicked { sections: sections.iter().map(section).collect(), reason: String::new() }
    }

    #[test]
    fn what_a_library_says_when_it_panics_is_kept() {
        assert_eq!(caught(|| 1), Ok(1));
        assert_eq!(
            caught(|| -> u8 { panic!("end byte index {} is out of bounds", 9) }),
            Err("end byte index 9 is out of bounds".to_owned())
        );
    }

    #[test]
    fn unusual_letters_are_given_up_before_the_section_and_nothing_twice() {
        let mut made = Concessions::default();
        assert!(made.concede(&panicked(&[("three", "가 א 나"), ("four", "א")])));
        assert_eq!((made.letters.iter().collect::<String>().as_str(), made.sections.len()), ("א", 0));
        assert!(made.concede(&panicked(&[("three", "가 א 나"), ("five", "다")])));
        assert_eq!(made.sections.iter().collect::<Vec<_>>(), ["five", "three"]);
        assert!(!made.concede(&panicked(&[("three", "가 א 나")])), "nothing is left to give up");
        assert!(!made.concede(&panicked(&[])));
    }
}
