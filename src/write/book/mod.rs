//! The printed book: the plans of all organisations as a PDF.
//!
//! Order of work: find the fonts, fit every plan's table to its pages, hand the result to the templates
//! (`templates/book`), let Typst set and export them. Text from workbooks reaches Typst as data and never
//! becomes markup.

mod built_in;
mod conceded;
mod data;
mod embedded;
mod error;
mod exported;
mod fonts;
mod labels;
mod logo;
mod look;
mod make;
mod measure;
mod options;
mod pages;
mod parts;
mod phrases;
mod plan;
mod press;
mod scope;
mod sections;
mod sheet;
mod templates;
#[cfg(test)]
mod tests;
mod tree;
mod trouble;
mod writer;

pub use built_in::FOLDER as TEMPLATES_FOLDER;
pub use conceded::Conceded;
pub use error::BookError;
pub use exported::{unmet, warning};
pub use fonts::{find_fonts, font_sources, unavailable};
pub use logo::Logo;
pub use make::{BookPress, TypesetBook, pdf};
pub use options::BookOptions;
pub use press::Press;
pub use scope::Scope;
pub use templates::{BookTemplates, built_in_templates};
pub use trouble::BookTemplateError;
pub use typst_press::{FontSources, Fonts};
pub use writer::BookWriter;
