//! Units of measurement and the scale some of them carry (천명, 만명, 백만원).

use serde::{Deserialize, Serialize};

use super::Text;

/// A unit as written, with the scale its name carries taken apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// The cell as written.
    pub text: Text,
    /// How many of [`Unit::base`] one of this unit is: 1,000 for 천명.
    pub scale: f64,
}
impl Unit {
    /// Reads a unit.
    pub fn read(text: Text) -> Self {
        Self { text, scale: 1.0 }
    }
}
