//! Taking off what a former round put on.
//!
//! A workbook that no other program has written since is undone to the byte. In any other one the marks are known
//! by their colours, the notes by their first line and the review sheet by what it keeps; what the department changed
//! in between stays.

mod formats;
mod remarks;
mod tab;

use super::Refusal;
use super::graph::{self, Graph};
use super::package::Package;
use super::part::{Part, undo};
use super::review;
use super::state::State;

/// `workbook` without any remark of ours; the same bytes where there is none.
pub(super) fn strip(workbook: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut package = Package::open(workbook)?;
    let graph = Graph::of(&package)?;
    let Some((review, state)) = review::find(&package, &graph)? else { return Ok(workbook.to_vec()) };
    if is_as_left(&package, &state)? {
        undo_all(&mut package, &state)?;
    } else {
        for (index, sheet) in graph.sheets.iter().enumerate() {
            if let (Some(part), false) = (&sheet.part, index == review) {
                remarks::take_off(&mut package, part, &state.notes)?;
                let related = graph::relationships_part(part);
                if state.added.contains(&related) && graph::relationships(&package, part)?.is_empty() {
                    package.remove(&related);
                }
            }
        }
        formats::take_off(&mut package, &graph, &state)?;
        tab::take_off(&mut package, &graph, review)?;
    }
    package.write()
}

/// Whether no other program has written the parts that were changed.
fn is_as_left(package: &Package<'_>, state: &State) -> Result<bool, Refusal> {
    for (name, sum, length) in &state.sums {
        if !package.has(name) {
            return Ok(false);
        }
        let content = package.read(name)?;
        if content.len() != *length || super::package::crc(&content) != *sum {
            return Ok(false);
        }
    }
    Ok(state.added.iter().all(|name| package.has(name)))
}

/// Undoes every change, the last first.
fn undo_all(package: &mut Package<'_>, state: &State) -> Result<(), Refusal> {
    for (name, changes) in state.changes.iter().rev() {
        let part = Part::decode(name, &package.read(name)?)?;
        let text = undo(&part.text, changes).ok_or_else(|| Refusal::Damaged(name.clone()))?;
        package.put(name, part.encode(&text))?;
    }
    for name in &state.added {
        package.remove(name);
    }
    Ok(())
}
