//! Says that there is no book.

use super::press::BookError;
use crate::files::Output;
use crate::write::context::WriteContext;
use crate::write::writer::{Stopped, Writer, WriterError, Written};

/// Says that there is no book.
#[derive(Debug)]
pub struct BookWriter;

impl Writer for BookWriter {
    fn name(&self) -> &'static str {
        "book.pdf"
    }

    fn write(&self, _: &WriteContext<'_>, _: &Output, _: &mut Written) -> Result<(), WriterError> {
        Err(BookError.into())
    }

    fn prints(&self) -> bool {
        true
    }
}

impl From<Stopped> for BookError {
    fn from(_: Stopped) -> Self {
        Self
    }
}
