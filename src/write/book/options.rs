//! What a book is made with.

use std::path::Path;

use super::error::BookError;
use super::logo::Logo;
use super::scope::Scope;
use super::templates::BookTemplates;
use crate::project::Config;

/// Options for making a book.
#[derive(Clone, Debug)]
pub struct BookOptions {
    /// The templates to use.
    pub templates: BookTemplates,
    /// The picture on its cover.
    pub logo: Option<Logo>,
    /// The scope of the book.
    pub scope: Scope,
    /// Whether it is for the printing house: with bleed and crop marks.
    pub print: bool,
}

impl Default for BookOptions {
    fn default() -> Self {
        Self { templates: BookTemplates::built_in(), logo: None, scope: Scope::City, print: false }
    }
}

impl BookOptions {
    /// Returns the options with the templates and the logo of the plan-year folder `dir`.
    ///
    /// # Errors
    /// When one of those files cannot be used.
    pub fn of(dir: &Path, config: &Config) -> Result<Self, BookError> {
        let logo = config.book.logo.as_deref().map(|path| Logo::read(dir, path)).transpose()?;
        Ok(Self { templates: BookTemplates::of(dir)?, logo, ..Self::default() })
    }
}
