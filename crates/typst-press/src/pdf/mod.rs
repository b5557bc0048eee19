//! Post-processing of the exported file: crop marks and compression.

mod file;
mod marks;

pub(crate) use file::PdfFile;
pub(crate) use marks::add as add_crop_marks;
