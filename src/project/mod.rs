//! The plan-year folder: planbook.toml, the workbooks in it, and the tables of spellings.

mod around;
mod book;
pub mod colour;
pub mod config;
pub(crate) mod defaults;
mod direction;
mod encoding;
pub mod files;
mod letters;
mod load;
mod mistake;
mod obstacle;
mod paper;
pub mod scoring;
mod style;
mod validate;
mod waive;

pub use book::{Book, BookPart, Margins};
pub use colour::Rgb;
pub use config::Config;
pub use direction::Directions;
pub use load::{ConfigError, FILE_NAME, Fault, decoded};
pub use paper::{Paper, UnknownPaper};
pub use scoring::Scoring;
pub use style::{HouseStyle, NumberFormats, SeverityColours};
pub use waive::add_waivers;
