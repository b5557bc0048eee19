//! Adds notes, cell marks and a sheet to an existing .xlsx or .xlsm, and removes them again, without touching
//! anything else.
//!
//! A package is never loaded and saved. Its bytes are kept, and the additions are spliced in: the style index
//! of a cell, the note, its box, the added sheet, and their declarations. Every other part (macros, charts,
//! pivot tables, pictures, printer settings) stays byte for byte the same, compressed bytes included. A
//! package that cannot be edited without loss is refused with the reason.
//!
//! ```
//! use std::collections::BTreeMap;
//! use std::sync::Arc;
//! use xlsx_splice::{Annotation, Mark, Rgb, Signature, Workbook};
//!
//! const SIGNATURE: Signature = Signature::new("example");
//!
//! fn mark_total(bytes: &[u8]) -> Result<Vec<u8>, xlsx_splice::Error> {
//!     let workbook = Workbook::open(bytes, SIGNATURE)?;
//!     let sheet: Arc<str> = workbook.sheets()?[0].name.as_str().into();
//!     let mark = Mark { fill: Some(0), note: Some("This does not add up.".to_owned()) };
//!     let annotation = Annotation {
//!         marks: BTreeMap::from([(sheet, BTreeMap::from([("C7".parse().expect("a cell"), mark)]))]),
//!         fills: vec![Rgb([0xfc, 0xe0, 0x8c])],
//!         ..Annotation::default()
//!     };
//!     let annotated = workbook.annotate(&annotation)?;
//!     workbook.verify(&annotated)?;
//!     Ok(annotated.bytes)
//! }
//! # assert_eq!(mark_total(b"no workbook"), Err(xlsx_splice::Error::NotAPackage));
//! ```
//!
//! [`Archive`] reads packages without changing them: tolerant of how they are written, bounded in cost.

mod added_before;
mod added_sheet;
mod annotation;
mod archive;
mod cell;
mod comments;
mod drawing;
mod encoding;
mod error;
mod graph;
mod marks;
mod opc;
mod package;
mod part;
mod records;
mod relationships;
mod signature;
mod state;
mod strip;
mod styles;
mod tab;
mod verify;
mod vml;
mod workbook;
mod worksheet;
mod xml;

pub use added_sheet::MAX_LINKS;
pub use annotation::{
    AddedCell, AddedRow, AddedSheet, Annotated, Annotation, CellFormat, Choices, Font, Formats, Mark, Rgb,
};
pub use archive::{Archive, Limits};
pub use cell::{BadCellRef, CellRange, CellRef, LAST_COLUMN, LAST_ROW, column_letters, parse_column};
pub use encoding::declared_encoding;
pub use error::Error;
pub use relationships::{Relationship, relationships_part};
pub use signature::Signature;
pub use workbook::{SheetInfo, Workbook, is_annotated};
