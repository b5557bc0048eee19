//! The plan-year folder: planbook.toml, the workbooks in it, and the tables of spellings.

mod around;
mod book;
pub mod colour;
mod common;
pub mod config;
pub(crate) mod defaults;
mod encoding;
mod fault;
pub mod files;
mod folder;
pub mod forms;
mod load;
mod mistake;
mod near;
mod obstacle;
mod paper;
mod polarity;
mod resolve;
mod schema;
pub mod scoring;
mod signs;
mod style;
mod waive;

pub use book::{BookPart, BookSettings, Margins};
pub use colour::Rgb;
pub use config::Config;
pub use fault::Fault;
pub use folder::FILE_NAME;
pub use forms::add_forms;
pub use load::{ConfigError, decoded};
pub use paper::{Paper, UnknownPaper};
pub use polarity::Polarities;
pub use scoring::Scoring;
pub use style::{HouseStyle, NumberFormats, SeverityColourSettings};
pub use waive::add_waivers;
