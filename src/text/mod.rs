//! Texts without a meaning of their own: when two names mean the same, which known names resemble a mistyped
//! one, how a number format shows a number, how a path is written in a link. Depends on no other room.

pub mod names;
pub mod number_format;
mod uri;

pub use names::{NameKey, Names, near, plain_key};
pub use number_format::NumberFormat;
pub use uri::uri_path;
