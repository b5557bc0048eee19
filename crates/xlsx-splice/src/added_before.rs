//! Finds a previously added sheet by its signature.

use crate::error::Error;
use crate::graph::WorkbookParts;
use crate::package::Package;
use crate::part::Part;
use crate::signature::Signature;
use crate::state::State;
use crate::xml::{TagKind, Tags, unescape};

/// How many bytes and rows of a sheet are searched for the signature, so that other sheets are not
/// uncompressed as a whole.
const HEAD: u64 = 256 << 10;
const HEAD_ROWS: usize = 20;

/// The sheet added to the workbook under `signature`: its index among the sheets, and the state kept in it.
pub(crate) fn find(
    package: &Package<'_>,
    graph: &WorkbookParts,
    signature: Signature,
) -> Result<Option<(usize, State)>, Error> {
    let prefix = signature.state_prefix();
    let sign = prefix.as_bytes();
    let strings = match &graph.strings {
        Some(name) => package.read(name)?,
        None => Vec::new(),
    };
    // Other programs move all texts into the shared strings.
    let shared = memchr::memmem::find(&strings, sign).is_some();
    let texts = match (&graph.strings, shared) {
        (Some(name), true) => shared_strings(name, &Part::decode(name, &strings)?.text)?,
        _ => Vec::new(),
    };
    // It is the last sheet, unless somebody moved it.
    for (index, sheet) in graph.sheets.iter().enumerate().rev() {
        let Some(name) = &sheet.part else { continue };
        if shared || package.begins_with(name, sign, HEAD) {
            let text = Part::decode(name, &package.read(name)?)?.text;
            let row = signed_row(name, &text, &texts, &prefix)?;
            if let Some(state) = row.and_then(|chunks| State::read(signature, &chunks)) {
                return Ok(Some((index, state)));
            }
        }
    }
    Ok(None)
}

/// The shared strings, their runs joined.
fn shared_strings(part: &str, text: &str) -> Result<Vec<String>, Error> {
    let mut tags = Tags::new(part, text);
    let (mut strings, mut current) = (Vec::new(), String::new());
    while let Some(tag) = tags.next()? {
        match (tag.local(), tag.kind) {
            ("t", TagKind::Close) => current.push_str(&unescape(tags.text_before())),
            ("rPh", TagKind::Open) => {
                tags.skip(&tag)?;
            }
            ("si", TagKind::Close) => strings.push(std::mem::take(&mut current)),
            ("si", TagKind::Empty) => strings.push(String::new()),
            _ => {}
        }
    }
    Ok(strings)
}

/// The row with a text that begins with `prefix`, from that text on; somebody may have inserted rows above
/// it.
fn signed_row(part: &str, text: &str, shared: &[String], prefix: &str) -> Result<Option<Vec<String>>, Error> {
    let mut tags = Tags::new(part, text);
    let (mut texts, mut rows) = (Vec::new(), 0);
    while let Some(tag) = tags.next()? {
        match (tag.local(), tag.kind) {
            ("t", TagKind::Close) => texts.push(unescape(tags.text_before())),
            ("v", TagKind::Close) => {
                let at = tags.text_before().parse::<usize>().ok();
                texts.extend(at.and_then(|at| shared.get(at)).cloned());
            }
            ("row", TagKind::Close) => {
                if let Some(sign) = texts.iter().position(|text| text.starts_with(prefix)) {
                    return Ok(Some(texts.split_off(sign)));
                }
                texts.clear();
                rows += 1;
                if rows == HEAD_ROWS {
                    return Ok(None);
                }
            }
            _ => {}
        }
    }
    Ok(None)
}
