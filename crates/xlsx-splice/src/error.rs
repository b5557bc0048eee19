//! Why a workbook is refused.

use std::io;

/// Why a workbook is refused. There are no partial results.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It is not an Office Open XML package but, for example, an .xls, an .ods or a text.
    #[error("the file is not an Office Open XML package")]
    NotAPackage,
    /// It is encrypted.
    #[error("the file is encrypted")]
    Encrypted,
    /// It has a digital signature, which any change would invalidate.
    #[error("the file is digitally signed")]
    Signed,
    /// It is an .xlsb, whose parts are not XML.
    #[error("the file is a binary workbook")]
    Binary,
    /// An entry occurs twice, ignoring case: programs disagree about which one counts.
    #[error("the entry {0} occurs twice")]
    DuplicateEntry(String),
    /// The result would need ZIP64 records.
    #[error("the result would need ZIP64 records")]
    Zip64,
    /// The named part or limit is exceeded.
    #[error("{0} is too large")]
    TooLarge(String),
    /// A required part is missing.
    #[error("{0} is missing")]
    Missing(String),
    /// The part has a document type declaration, which may pull in other files.
    #[error("{0} has a DOCTYPE")]
    Doctype(String),
    /// The file is corrupt.
    #[error("the file is corrupt: {}{problem}", part.as_ref().map(|part| format!("{part}: ")).unwrap_or_default())]
    Corrupt {
        /// The part; none for the package as a whole.
        part: Option<String>,
        /// What is wrong with it.
        problem: String,
    },
    /// Verification found a difference other than the additions, in this part or sheet.
    #[error("{0} is not preserved")]
    NotPreserved(String),
    /// The source could not be read.
    #[error("the file cannot be read: {0}")]
    Io(io::ErrorKind),
}

impl Error {
    /// A part is corrupt.
    pub(crate) fn corrupt(part: &str, problem: impl std::fmt::Display) -> Self {
        Self::Corrupt { part: Some(part.to_owned()), problem: problem.to_string() }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error.kind())
    }
}
