//! The exported file: taken apart, given crop marks, packed.

mod file;
mod marks;

pub(crate) use file::PdfFile;
pub(crate) use marks::add as add_crop_marks;
