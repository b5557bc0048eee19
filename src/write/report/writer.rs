//! Writes `report.html`.

use super::input::ReportInput;
use super::page::{FILE, TEMPLATES, page};
use crate::files::Output;
use crate::write::{Told, WriteContext, Writer, WriterError, Written};

/// Writes `report.html`.
#[derive(Debug)]
pub struct ReportWriter;

impl Writer for ReportWriter {
    fn name(&self) -> &'static str {
        FILE
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        output: &Output,
        written: &mut Written,
    ) -> Result<(), WriterError> {
        if let Err(error) = context.ledger() {
            written.told.push(Told::NoLedger(error));
        }
        let links_base = output.path_to_plans();
        let input = ReportInput {
            context: context.plans(),
            findings: &context.findings,
            board: context.board(),
            lang: context.lang,
            links_base: links_base.as_deref(),
        };
        let page = page(&input, &written.templates(context.dir, &TEMPLATES)?)?;
        Ok(written.put(output, FILE, page.as_bytes())?)
    }

    /// True, because the report shows why each unreadable workbook could not be read.
    fn tells_of_unreadable(&self) -> bool {
        true
    }
}
