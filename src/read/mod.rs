//! Workbook → sheets → tables → plans. The only user of calamine.
//!
//! What comes in is other people's files, so the way is: `package` looks at the file before anything is
//! opened, the reader of its format makes grids of it, and `table` finds the plans on them. A workbook that may
//! be dangerous is read in a process of its own: [`isolate`].

mod delimited;
mod grid;
pub mod isolate;
mod ods;
mod outcome;
mod package;
mod shown;
mod table;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

pub use isolate::Worker;
pub use outcome::{Contents, ReadError, Remark, RemarkKind, Submission};

use crate::project::Config;
use crate::project::files::{Found, FoundKind};
use package::{Format, Package};

/// Reads every workbook found, on all cores, in the order given. One that cannot be read does not touch the others.
///
/// Without a `worker` everything is read in this process: a panic is then caught, but a workbook made to exhaust memory
/// can end it.
pub fn read_workbooks(found: &[Found], config: &Config, worker: Option<&Worker>) -> Vec<Submission> {
    found
        .par_iter()
        .map(|found| Submission { file: found.name.clone(), outcome: read_found(found, config, worker) })
        .collect()
}

fn read_found(found: &Found, config: &Config, worker: Option<&Worker>) -> Result<Contents, ReadError> {
    match &found.kind {
        FoundKind::Folder => return Err(ReadError::Folder),
        FoundKind::LinkLoop => return Err(ReadError::LinkLoop),
        FoundKind::Unreadable(reason) => return Err(ReadError::Unreadable(reason.clone())),
        FoundKind::File => {}
    }
    let read = || match package::sniff(&found.path)? {
        format if is_harmless(&found.path, format)? => open(&found.path, format, &found.name, config),
        format => match worker {
            Some(worker) => isolate::read(worker, &found.path, &found.name, config),
            None => open(&found.path, format, &found.name, config),
        },
    };
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|panic| Err(ReadError::ReaderFailed(panic_message(panic.as_ref()))))
}

/// Whether a file is bounded by what is known of it already: a package of small parts, a short text.
fn is_harmless(path: &Path, format: Format) -> Result<bool, ReadError> {
    Ok(match format {
        Format::Xlsx | Format::Ods => Package::open(path)?.claimed_size() <= package::SMALL,
        Format::Delimited => std::fs::metadata(path).is_ok_and(|meta| meta.len() <= package::SMALL),
        // calamine lays the cells of an .xls out as one rectangle, however far apart they lie.
        Format::Xls | Format::Xlsb => false,
    })
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_owned())
}

/// Reads one workbook in this process. `file` is the name its plans will bear, relative to the plan-year folder.
pub fn read_workbook(path: &Path, file: &Arc<str>, config: &Config) -> Result<Contents, ReadError> {
    open(path, package::sniff(path)?, file, config)
}

fn open(path: &Path, format: Format, file: &Arc<str>, config: &Config) -> Result<Contents, ReadError> {
    let grids = match format {
        Format::Xlsx => {
            let mut package = Package::open(path)?;
            let sheets = xlsx::take_parts(&mut package)?;
            xlsx::read(&package.finish()?, &sheets)?
        }
        Format::Xlsb => {
            let mut package = Package::open(path)?;
            xlsb::take_parts(&mut package)?;
            xlsb::read(&package.finish()?)?
        }
        Format::Xls => xls::read(path)?,
        Format::Ods => ods::read(&mut Package::open(path)?)?,
        Format::Delimited => delimited::read(path)?,
    };
    Ok(table::plans(file, &grids, &config.labels))
}
