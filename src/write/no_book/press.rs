//! The error of a planbook without the book, and a press that never is.

use std::path::{Path, PathBuf};

use crate::consolidate::Context;
use crate::finding::Lang;
use crate::write::notice::Notice;

/// What a book is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The whole city.
    #[default]
    City,
    /// An organisation, by its name, and everything below it.
    Bureau(String),
    /// The plan of one organisation and nothing else.
    Plan(String),
}

/// This planbook was built without the book.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this planbook was built without the book")]
pub struct BookError;

impl BookError {
    /// What went wrong, in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        let words = lang.pick(
            "이 planbook은 책자 기능 없이 만들어져 book.pdf를 만들 수 없습니다",
            "this planbook was built without the book and cannot make book.pdf",
        );
        words.to_owned()
    }

    /// What to do.
    pub fn details(&self, lang: Lang) -> Vec<String> {
        let words = lang.pick(
            "책자 기능이 든 planbook을 쓰십시오 (--no-default-features 없이 설치한 것)",
            "use a planbook with the book (one installed without --no-default-features)",
        );
        vec![words.to_owned()]
    }

    /// Whether there is no way to print on this computer.
    pub fn is_no_way_to_print(&self) -> bool {
        true
    }
}

/// There is none: [`Press::open`] never gives one.
#[derive(Debug)]
pub struct Press(());

impl Press {
    /// Never gives one.
    ///
    /// # Errors
    /// Always.
    pub fn open(_: &Path, _: Option<PathBuf>, _: &Context<'_>, _: Lang) -> Result<Self, BookError> {
        Err(BookError)
    }

    /// Never comes to pass.
    #[must_use]
    pub fn about(self, _: Scope, _: bool) -> Self {
        self
    }

    /// Never comes to pass.
    pub fn shows(&self, _: char) -> bool {
        false
    }

    /// Never comes to pass.
    pub fn notices(&self) -> Vec<Notice> {
        Vec::new()
    }
}

/// The built-in templates, of which there are none.
///
/// # Errors
/// Always.
pub fn built_in_templates() -> Result<&'static [(&'static str, &'static str)], BookError> {
    Err(BookError)
}

/// Where a plan-year folder keeps templates of its own.
pub const TEMPLATES_FOLDER: &str = "templates/book";
