//! In the place of [`super::press`] where planbook is built without the book.

use std::path::{Path, PathBuf};

use planbook::consolidate::{City, Context};
use planbook::finding::{Finding, Lang};
use planbook::project::Config;

use super::args::ScopeArgs;
use super::error::{CommandError, Exit};
use super::ui::Ui;

/// There is none.
pub enum Book {}

/// There is none: [`Press::open`] never gives one.
pub struct Press;

impl Press {
    /// Says that this planbook cannot print.
    pub fn open(_: &Path, _: Option<PathBuf>, _: &City, _: &Config, _: Lang) -> Result<Self, CommandError> {
        Err(CommandError::BuiltWithoutBook)
    }

    /// Never comes to pass.
    pub fn shows(&self, _: char) -> bool {
        false
    }

    /// Never comes to pass.
    pub fn tell_what_it_uses(&self, _: &Ui) {}

    /// Never comes to pass.
    pub fn about(self, _: ScopeArgs, _: bool) -> Self {
        self
    }

    /// Never comes to pass.
    pub fn print(&self, _: &Context<'_>, _: &[Finding], _: Lang) -> Result<Book, CommandError> {
        Err(CommandError::BuiltWithoutBook)
    }

    /// Never comes to pass.
    pub fn unset(&self, book: &Book, _: &Context<'_>) -> Vec<Finding> {
        match *book {}
    }

    /// Never comes to pass.
    pub fn tell<'b>(&self, book: &'b Book, _: &Ui) -> (String, &'b [u8]) {
        match *book {}
    }
}

/// Says that this planbook has no templates.
pub fn eject(_: &Path, _: &Ui) -> Result<Exit, CommandError> {
    Err(CommandError::BuiltWithoutBook)
}
