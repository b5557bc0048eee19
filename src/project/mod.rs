//! The plan-year folder: planbook.toml, the workbooks in it, and the tables of spellings.

pub mod config;
mod defaults;
pub mod files;
pub mod names;

pub use config::{Config, ConfigError};
pub use names::{NameKey, Names};
