//! Plans → one city-wide cascade: collect → link → roll up → finalize.

mod city;

pub use city::*;
