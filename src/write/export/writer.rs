//! Writes `data/`.

use super::{cascade_json, findings_json, indicators_csv, indicators_json};
use crate::files::Output;
use crate::write::{WriteContext, Writer, WriterError, Written};

/// Writes `data/`.
#[derive(Debug)]
pub struct DataWriter;

impl Writer for DataWriter {
    fn name(&self) -> &'static str {
        "data"
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        output: &Output,
        written: &mut Written,
    ) -> Result<(), WriterError> {
        let (plans, lang) = (context.plans(), context.lang);
        let made = [
            output.write("data/indicators.json", |out| indicators_json::write(&plans, out))?,
            output.write("data/indicators.csv", |out| indicators_csv::write(&plans, out))?,
            output.write("data/findings.json", |out| findings_json::write(&context.findings, lang, out))?,
            output.write("data/cascade.json", |out| cascade_json::write(&plans, out))?,
        ];
        made.into_iter().for_each(|path| written.add(path));
        Ok(())
    }
}
