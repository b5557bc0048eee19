//! Texts as such: when two names mean the same, and which name comes near another. Rests on nothing.

pub mod names;

pub use names::{NameKey, Names, near, plain_key};
