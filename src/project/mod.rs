//! The plan-year folder: planbook.toml, the workbooks in it, and the tables of spellings.

pub mod config;
mod defaults;
mod direction;
pub mod files;
pub mod names;

pub use config::{Config, ConfigError};
pub use direction::Directions;
pub use names::{NameKey, Names};
