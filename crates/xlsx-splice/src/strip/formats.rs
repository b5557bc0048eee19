//! Restores the fills of marked cells.

use std::collections::BTreeMap;

use crate::annotation::Rgb;
use crate::error::Error;
use crate::graph::WorkbookParts;
use crate::marks::token_of;
use crate::opc;
use crate::package::Package;
use crate::part::{Edits, Part};
use crate::state::State;
use crate::styles::{List, Styles};
use crate::xml::{TagKind, Tags};

/// Restores every marked cell's fill and keeps the rest of its format.
pub(crate) fn take_off(package: &mut Package<'_>, graph: &WorkbookParts, state: &State) -> Result<(), Error> {
    let Some(name) = &graph.styles else { return Ok(()) };
    let part = Part::decode(name, &package.read(name)?)?;
    let mut styles = Styles::read(name, &part.text)?;
    let marks: BTreeMap<usize, usize> = styles
        .entries(List::Fills)
        .enumerate()
        .filter_map(|(fill, entry)| Some((fill, token_of(&state.marks, solid_color(name, entry)?)?)))
        // If somebody used the same colour, its token may match no previous fill.
        .filter(|(_, token)| *token < state.fills.len())
        .collect();
    let formats: Vec<(usize, Vec<Attributed>)> = styles
        .entries(List::CellXfs)
        .enumerate()
        .map(|(format, entry)| (styles.fill_of(format), without_fill(name, entry)))
        .collect();
    let mut before = BTreeMap::new();
    for (format, (fill, rest)) in formats.iter().enumerate() {
        let Some(token) = marks.get(fill) else { continue };
        let fill = state.fills.get(*token).map_or(0, |fill| fill_index(&mut styles, fill));
        // The cell's previous format usually still exists.
        let known = formats.iter().position(|(other, others)| *other == fill && others == rest);
        before.insert(format, known.map_or_else(|| styles.with_fill(format, fill), Ok)?);
    }
    if before.is_empty() {
        return Ok(());
    }
    opc::apply(package, name, &part, styles.finish())?;
    for sheet in graph.sheets.iter().filter_map(|sheet| sheet.part.as_ref()) {
        let part = Part::decode(sheet, &package.read(sheet)?)?;
        let edits = restyle(sheet, &part.text, &before)?;
        opc::apply(package, sheet, &part, edits)?;
    }
    Ok(())
}

/// A tag's name and its attributes.
type Attributed = (String, Vec<(String, String)>);

/// The tags of a format without the fill.
fn without_fill(part: &str, entry: &str) -> Vec<Attributed> {
    let mut tags = Tags::new(part, entry);
    let mut found = Vec::new();
    while let Ok(Some(tag)) = tags.next() {
        let attributes = tag.attributes().into_iter().map(|(name, _, value)| (name, value));
        let kept = attributes.filter(|(name, _)| !matches!(name.as_str(), "fillId" | "applyFill"));
        let mut kept: Vec<(String, String)> = kept.collect();
        kept.sort();
        found.push((tag.name().to_owned(), kept));
    }
    found
}

/// The colour of a solid fill, without its alpha.
fn solid_color(part: &str, entry: &str) -> Option<Rgb> {
    let mut tags = Tags::new(part, entry);
    let mut solid = false;
    while let Ok(Some(tag)) = tags.next() {
        match tag.local() {
            "patternFill" => solid |= tag.value("patternType").as_deref() == Some("solid"),
            "fgColor" if solid => return Rgb::try_from(tag.value("rgb")?.get(2..8)?.to_owned()).ok(),
            _ => {}
        }
    }
    None
}

/// The index of a fill, added if there is no identical one.
fn fill_index(styles: &mut Styles<'_>, fill: &str) -> usize {
    if fill.is_empty() {
        return 0;
    }
    let count = styles.entries(List::Fills).count();
    let known = (0..count).find(|&at| styles.plain_entry(List::Fills, at) == fill);
    known.unwrap_or_else(|| styles.append(List::Fills, fill))
}

/// The edits that change the formats of cells, rows and columns.
fn restyle(part: &str, text: &str, formats: &BTreeMap<usize, usize>) -> Result<Edits, Error> {
    let mut edits = Edits::default();
    let mut tags = Tags::new(part, text);
    while let Some(tag) = tags.next()? {
        let attribute = match (tag.local(), tag.kind) {
            (_, TagKind::Close) => continue,
            ("c" | "row", _) => tag.attribute("s"),
            ("col", _) => tag.attribute("style"),
            _ => continue,
        };
        let Some((place, value)) = attribute else { continue };
        if let Some(format) = value.parse().ok().and_then(|format: usize| formats.get(&format)) {
            edits.replace(place, format.to_string());
        }
    }
    Ok(edits)
}
