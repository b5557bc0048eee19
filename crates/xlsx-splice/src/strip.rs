//! Removes previous additions.
//!
//! If no other program has written the workbook since, the changes are undone to the byte. Otherwise marks
//! are identified by their colours, notes by their first line and the added sheet by its state; other
//! people's changes stay.

mod formats;
mod notes;
mod tab;

use crate::added_before;
use crate::error::Error;
use crate::graph::WorkbookParts;
use crate::opc;
use crate::package::Package;
use crate::part::{Part, undo};
use crate::records::crc32;
use crate::relationships::relationships_part;
use crate::signature::Signature;
use crate::state::State;

/// `workbook` without the additions under `signature`; none where there are none.
pub(crate) fn strip(workbook: &[u8], signature: Signature) -> Result<Option<Vec<u8>>, Error> {
    let mut package = Package::open(workbook)?;
    let graph = WorkbookParts::of(&package)?;
    let Some((added, state)) = added_before::find(&package, &graph, signature)? else { return Ok(None) };
    if is_unmodified(&package, &state)? {
        undo_all(&mut package, &state)?;
    } else {
        for (index, sheet) in graph.sheets.iter().enumerate() {
            if let (Some(part), false) = (&sheet.part, index == added) {
                notes::take_off(&mut package, part, signature, &state.notes)?;
                let related = relationships_part(part);
                if state.added.contains(&related) && opc::relationships(&package, part)?.is_empty() {
                    package.remove(&related);
                }
            }
        }
        formats::take_off(&mut package, &graph, &state)?;
        tab::take_off(&mut package, &graph, added)?;
    }
    package.write().map(Some)
}

/// Whether no other program has written the parts that were changed.
fn is_unmodified(package: &Package<'_>, state: &State) -> Result<bool, Error> {
    for (name, sum, length) in &state.sums {
        if !package.has(name) {
            return Ok(false);
        }
        let content = package.read(name)?;
        if content.len() != *length || crc32(&content) != *sum {
            return Ok(false);
        }
    }
    Ok(state.added.iter().all(|name| package.has(name)))
}

/// Undoes every change in reverse order.
fn undo_all(package: &mut Package<'_>, state: &State) -> Result<(), Error> {
    for (name, changes) in state.changes.iter().rev() {
        let part = Part::decode(name, &package.read(name)?)?;
        let text = undo(&part.text, changes).ok_or_else(|| Error::corrupt(name, "damaged"))?;
        package.put(name, part.encode(&text))?;
    }
    for name in &state.added {
        package.remove(name);
    }
    Ok(())
}
