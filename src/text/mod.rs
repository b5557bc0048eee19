//! Name matching: when two names mean the same, and which known names resemble a mistyped one. Depends on no
//! other room.

pub mod names;

pub use names::{NameKey, Names, near, plain_key};
