//! Workbook → sheets → tables → plans. The only user of calamine.
//!
//! What comes in is other people's files, so the way is: [`package`] looks at the file before anything is
//! opened, the reader of its format makes [`grid`]s of it, and [`table`] finds the plans on them. A workbook that may
//! be dangerous is read in a process of its own ([`isolate`]).

mod delimited;
mod grid;
mod ods;
mod outcome;
mod package;
mod shown;
mod table;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use outcome::{Contents, ReadError, Remark, RemarkKind, Submission};

use std::path::Path;
use std::sync::Arc;

use crate::project::Config;
use package::{Format, Package};

/// Reads one workbook in this process.
pub fn read_workbook(path: &Path, file: &Arc<str>, config: &Config) -> Result<Contents, ReadError> {
    let grids = match package::sniff(path)? {
        Format::Xlsx => {
            let mut package = Package::open(path)?;
            let sheets = xlsx::take_parts(&mut package)?;
            xlsx::read(&package.finish()?, &sheets)?
        }
        Format::Ods => ods::read(&mut Package::open(path)?)?,
        Format::Delimited => delimited::read(path)?,
        Format::Xls => xls::read(path)?,
        Format::Xlsb => {
            let mut package = Package::open(path)?;
            xlsb::take_parts(&mut package)?;
            xlsb::read(&package.finish()?)?
        }
    };
    Ok(table::plans(file, &grids, &config.labels))
}
