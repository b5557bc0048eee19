//! Writes `cascade.xlsx`.

use super::workbook;
use crate::files::Output;
use crate::write::{WriteContext, Writer, WriterError, Written};

/// Writes `cascade.xlsx`.
#[derive(Debug)]
pub struct CascadeWriter;

impl Writer for CascadeWriter {
    fn name(&self) -> &'static str {
        "cascade.xlsx"
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        output: &Output,
        written: &mut Written,
    ) -> Result<(), WriterError> {
        let (links_base, rounds) = (output.path_to_plans(), context.rounds());
        let bytes =
            workbook(&context.plans(), &context.findings, &rounds, context.lang, links_base.as_deref())?;
        Ok(written.put(output, self.name(), &bytes)?)
    }
}
