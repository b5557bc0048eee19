//! Files that are read: workbooks as submitted, and outputs of earlier runs.

use std::fs;
use std::io;
use std::path::Path;

use crate::project::files::{Found, FoundKind};

/// The largest input that is read into memory.
pub(super) const MAX_INPUT: u64 = 512 << 20;

/// The content of a workbook as submitted; empty for anything that is not a file.
///
/// # Errors
/// When it cannot be opened, or is too large.
pub fn read_input(found: &Found) -> io::Result<Vec<u8>> {
    match found.kind {
        FoundKind::File if fs::metadata(&found.path)?.len() > MAX_INPUT => {
            Err(io::ErrorKind::FileTooLarge.into())
        }
        FoundKind::File => fs::read(&found.path),
        _ => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// The content of an earlier run's output; empty where it does not exist or cannot be read.
pub fn content(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_default()
}
