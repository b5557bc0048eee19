//! A recognised header.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::TableColumns;
use super::paths::HeaderRows;
use super::role::Role;
use crate::read::outcome::UnreadReason;
use crate::source::CellRef;

pub(super) mod find;

/// A recognised header.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Header {
    pub block: HeaderRows,
    /// The first row below it.
    pub body: u32,
    pub columns: TableColumns,
    /// The left group's heading: the parent's name, with its cell.
    pub parent: Option<(CellRef, String)>,
    /// The right group's heading: the organisation's own name.
    pub own: Option<(CellRef, String)>,
    /// The perspective of the whole table, where its name is the heading of the KPIs.
    pub perspective: Option<(CellRef, String)>,
    /// How sure the columns are whose headings are not in the vocabulary, from 0 to 1.
    pub confidence: BTreeMap<u16, f32>,
    /// How sure it is that this is a plan table, from 0 to 1.
    pub sure: f32,
    /// The headings above each column, joined.
    pub headings: BTreeMap<u16, String>,
    /// The form of planbook.toml that it belongs to, by its name.
    pub taught: Option<Arc<str>>,
    /// The heading of each column as printed.
    pub printed: BTreeMap<u16, String>,
    /// Unrecognised headings, with their cells.
    pub unknown: Vec<(CellRef, String)>,
    /// Unrecognised headings accepted because they closely resemble a missing one.
    pub misspelt: Vec<(CellRef, String, Role)>,
    /// Non-empty columns that are not read: heading's cell, heading, reason.
    pub unread: Vec<(CellRef, String, UnreadReason)>,
}
