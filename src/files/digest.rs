//! The SHA-256 of contents and files, which identifies a state of a workbook.

use std::fs::File;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

use crate::project::files::{Found, FoundKind};

/// The SHA-256 of `content` in hexadecimal digits, which identifies a state of a workbook.
pub fn sha256(content: &[u8]) -> String {
    hexadecimal(&Sha256::digest(content))
}

/// The SHA-256 of a workbook as submitted.
///
/// # Errors
/// When it cannot be opened, or is not a file.
pub fn sha256_of(found: &Found) -> io::Result<String> {
    if found.kind != FoundKind::File {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut hash = Sha256::new();
    let mut file = File::open(&found.path)?;
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hexadecimal(&hash.finalize())),
            length => hash.update(&piece[..length]),
        }
    }
}

/// `bytes` in hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
