//! Texts without a meaning of their own: when two names mean the same, which known names resemble a mistyped
//! one, how a number format shows a number. Depends on no other room.

pub mod names;
pub mod number_format;

pub use names::{NameKey, Names, near, plain_key};
pub use number_format::NumberFormat;
