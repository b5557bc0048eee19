//! Compares a workbook with additions with the original, part by part.
//!
//! It walks the old and the new text of each changed part in parallel and allows only the differences that an
//! addition makes. It shares with the writing code the reading of packages, relationships, tags, style lists
//! and VML boxes, but none of the editing: it detects an edit in the wrong place, but not an entry that the
//! shared reader misunderstands.

mod pieces;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::annotation::Annotated;
use crate::cell::CellRef;
use crate::drawing::VML_END;
use crate::error::Error;
use crate::graph::{Sheet, WorkbookParts};
use crate::opc;
use crate::package::Package;
use crate::part::Part;
use crate::relationships::canonical;
use crate::styles::{List, Styles};
use crate::vml;
use crate::xml::Tags;
use pieces::compare;
use rules::{AppendRule, SheetRule, StylesRule};

fn not_preserved(what: impl Into<String>) -> Error {
    Error::NotPreserved(what.into())
}

/// Compares `result` with the workbook `original` it was made from, which has no additions.
pub(crate) fn verify(original: &[u8], result: &Annotated) -> Result<(), Error> {
    let before = Package::open(original)?;
    let after = Package::open(&result.bytes).map_err(|_| not_preserved("zip"))?;
    let changed = changed_entries(&before, &after, result)?;
    let (graph, new) =
        (WorkbookParts::of(&before)?, WorkbookParts::of(&after).map_err(|_| not_preserved("zip"))?);
    same_sheets(&graph, &new)?;
    let mut formats = BTreeSet::new();
    for name in &changed {
        let same = PartPair { name, before: &before, after: &after }.compare(&graph, result, &mut formats)?;
        if !same {
            return Err(not_preserved(name.as_str()));
        }
    }
    same_but_for_fill(&before, &after, &graph, &formats)
}

/// The parts whose entries differ; they must be among the expected ones, in unchanged order.
fn changed_entries(
    before: &Package<'_>,
    after: &Package<'_>,
    result: &Annotated,
) -> Result<Vec<String>, Error> {
    let mut new = after.stored();
    let mut changed = Vec::new();
    for (name, stored, record) in before.stored() {
        let (other, new_stored, new_record) = new.next().ok_or_else(|| not_preserved(name))?;
        if name != other {
            return Err(not_preserved(name));
        }
        if stored != new_stored || record != new_record {
            if !result.changed.iter().any(|part| part == name) {
                return Err(not_preserved(name));
            }
            changed.push(name.to_owned());
        }
    }
    match new.find(|(name, ..)| !result.added.iter().any(|part| part == name)) {
        Some((name, ..)) => Err(not_preserved(name)),
        None => Ok(changed),
    }
}

/// Checks that the old sheets keep their order; one may follow them.
fn same_sheets(graph: &WorkbookParts, new: &WorkbookParts) -> Result<(), Error> {
    let key = |sheet: &Sheet| (sheet.name.clone(), sheet.part.clone(), sheet.id.clone());
    let same = graph.sheets.len() <= new.sheets.len()
        && new.sheets.len() <= graph.sheets.len() + 1
        && graph.sheets.iter().zip(&new.sheets).all(|(a, b)| key(a) == key(b));
    if same { Ok(()) } else { Err(not_preserved(graph.workbook.as_str())) }
}

/// A format before and after a cell was marked.
type FormatPairs = BTreeSet<(usize, usize)>;

/// The old and new versions of a part.
struct PartPair<'a> {
    name: &'a str,
    before: &'a Package<'a>,
    after: &'a Package<'a>,
}

impl PartPair<'_> {
    /// Whether the part differs only by additions.
    fn compare(
        &self,
        graph: &WorkbookParts,
        result: &Annotated,
        formats: &mut FormatPairs,
    ) -> Result<bool, Error> {
        let old = self.before.read(self.name)?;
        let new = self.after.read(self.name).map_err(|_| not_preserved(self.name))?;
        let old = Part::decode(self.name, &old)?;
        // A changed encoding would not read back as written.
        let text = Part::decode(self.name, &new).map_err(|_| not_preserved(self.name))?.text;
        if old.encode(&text) != new {
            return Ok(false);
        }
        if let Some(sheet) = graph.sheets.iter().find(|sheet| self.is(sheet.part.as_ref())) {
            let mut rule = SheetRule::new(marked(result, &sheet.name));
            let same = compare(self.name, &old.text, &text, &mut rule)?;
            formats.extend(rule.formats());
            return Ok(same);
        }
        if self.is(graph.styles.as_ref()) {
            return compare(self.name, &old.text, &text, &mut StylesRule);
        }
        if let Some(sheet) = self.drawing_of(graph) {
            let noted = marked(result, &sheet.name);
            return Ok(same_drawing(&without_sizes(&old.text, &noted), &without_sizes(&text, &noted)));
        }
        compare(self.name, &old.text, &text, &mut AppendRule)
    }

    /// Whether it is the part `name`, ignoring spelling differences.
    fn is(&self, name: Option<&String>) -> bool {
        name.is_some_and(|name| canonical(name) == canonical(self.name))
    }

    /// The sheet whose note boxes the part holds.
    fn drawing_of<'g>(&self, graph: &'g WorkbookParts) -> Option<&'g Sheet> {
        graph.sheets.iter().find(|sheet| {
            let part = sheet.part.as_ref();
            // Errors in unchanged sheets do not matter.
            let related =
                part.and_then(|part| opc::relationships(self.before, part).ok()).unwrap_or_default();
            related.iter().any(|r| r.kind == "vmlDrawing" && self.is(r.target.as_ref()))
        })
    }
}

/// Whether the only change to a drawing is one insertion before its last end tag. Compared as text, because
/// Excel writes VML that is not well-formed XML.
fn same_drawing(old: &str, new: &str) -> bool {
    let (head, tail) = old.split_at(old.rfind(VML_END).unwrap_or(0));
    new.len() >= old.len() && new.starts_with(head) && new.ends_with(tail)
}

/// The text of a drawing without the box sizes of the noted cells, which may grow.
fn without_sizes(text: &str, noted: &BTreeSet<CellRef>) -> String {
    let (mut kept, mut done) = (String::with_capacity(text.len()), 0);
    let own = vml::note_boxes(text).into_iter().filter(|found| noted.contains(&found.cell));
    for range in own.flat_map(|found| found.size()) {
        kept.push_str(&text[done..range.start]);
        done = range.end;
    }
    kept.push_str(&text[done..]);
    kept
}

/// The cells of a sheet that were marked.
fn marked(result: &Annotated, sheet: &str) -> BTreeSet<CellRef> {
    let both = [&result.noted, &result.marked_only];
    both.into_iter().filter_map(|cells| cells.get(sheet)).flatten().copied().collect()
}

/// Checks that the new formats of marked cells differ only in the fill.
fn same_but_for_fill(
    before: &Package<'_>,
    after: &Package<'_>,
    graph: &WorkbookParts,
    formats: &FormatPairs,
) -> Result<(), Error> {
    let Some(name) = &graph.styles else { return Ok(()) };
    let (old, new) =
        (Part::decode(name, &before.read(name)?)?.text, Part::decode(name, &after.read(name)?)?.text);
    let (old, new) = (Styles::read(name, &old)?, Styles::read(name, &new)?);
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.entries(List::CellXfs).collect(), new.entries(List::CellXfs).collect());
    for &(from, to) in formats {
        // Cells without a format use the default one.
        let (Some(from), Some(to)) = (old.get(from), new.get(to)) else { continue };
        if without_fill(name, from)? != without_fill(name, to)? {
            return Err(not_preserved(name.as_str()));
        }
    }
    Ok(())
}

/// A tag's name and its attributes.
type Attributed = (String, BTreeMap<String, String>);

/// The tags of a format with their attributes, except the fill. Hancom wraps some formats and writes them
/// twice.
fn without_fill(part: &str, entry: &str) -> Result<Vec<Attributed>, Error> {
    let mut tags = Tags::new(part, entry);
    let mut found = Vec::new();
    while let Some(tag) = tags.next()? {
        let is_fill = |name: &str| tag.local() == "xf" && matches!(name, "fillId" | "applyFill");
        let attributes = tag.attributes().into_iter().map(|(name, _, value)| (name, value));
        found.push((tag.name().to_owned(), attributes.filter(|(name, _)| !is_fill(name)).collect()));
    }
    Ok(found)
}
