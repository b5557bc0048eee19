//! Why a file cannot be accessed.

use std::io;

use serde::{Deserialize, Serialize};

/// Why the operating system refused access to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Obstacle {
    /// It does not exist: it was moved meanwhile, or is a dangling link.
    Gone,
    /// Permission denied.
    Forbidden,
    /// It is a pipe or a device.
    NoFile,
    /// Any other reason.
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
