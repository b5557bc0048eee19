//! What stands between planbook and a file.

use std::io;

use serde::{Deserialize, Serialize};

/// Why the operating system refuses a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Obstacle {
    /// It is not there: moved meanwhile, or a link leads nowhere.
    Gone,
    /// Nobody allows to read it.
    Forbidden,
    /// A pipe, a device.
    NoFile,
    /// Something else.
    Other,
}

impl From<&io::Error> for Obstacle {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Gone,
            io::ErrorKind::PermissionDenied => Self::Forbidden,
            _ => Self::Other,
        }
    }
}
