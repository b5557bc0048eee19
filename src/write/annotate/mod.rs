//! Remarks in a department's own workbook, and nothing else changed.
//!
//! A package is never loaded and saved again. Its bytes are kept; only what a remark needs is spliced in at its
//! place: the style number of the cell, the note, its box, the review sheet, and what declares them. A package that
//! cannot be touched without loss is refused, and the reason is said.

mod boxes;
mod graph;
mod marks;
mod notes;
mod package;
mod part;
mod refusal;
mod review;
mod sheet;
mod state;
mod strip;
mod styles;
mod tab;
#[cfg(test)]
mod tests;
mod verify;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::finding::Severity;
use crate::project::Rgb;
use crate::source::CellRef;
use crate::workbook::Style;
use graph::Graph;
use marks::Marker;
use package::Package;
use part::Part;
pub use refusal::Refusal;
use state::State;
use styles::Styles;
pub use verify::verify;

const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

/// What is to be said about a workbook.
#[derive(Clone, Debug, Default)]
pub struct Annotation {
    /// Marks by sheet and cell.
    pub marks: BTreeMap<Arc<str>, BTreeMap<CellRef, Mark>>,
    /// The review sheet; none for a workbook without findings.
    pub review: Option<ReviewSheet>,
    /// The colours.
    pub palette: Palette,
}

/// A mark on a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The most severe of its findings.
    pub severity: Severity,
    /// The note.
    pub note: String,
}

/// Colours, as six hexadecimal digits.
#[derive(Clone, Debug)]
pub struct Palette {
    /// Headings of the review sheet.
    pub head: String,
    /// Text on `head`.
    pub on_head: String,
    /// Cells to fill in.
    pub answer: String,
    /// Marks by severity: error, warning, info.
    pub marks: [String; 3],
}

impl Default for Palette {
    fn default() -> Self {
        Self::of(&Style::default())
    }
}

impl Palette {
    /// The colours of the house style.
    pub fn of(style: &Style) -> Self {
        let digits = |[red, green, blue]: Rgb| format!("{red:02X}{green:02X}{blue:02X}");
        let mark = |severity| digits(style.severity(severity).mark);
        Self {
            head: digits(style.accent),
            on_head: digits(style.on_accent),
            answer: digits(style.answer),
            marks: [Severity::Error, Severity::Warning, Severity::Info].map(mark),
        }
    }

    fn color(&self, severity: Severity) -> &str {
        &self.marks[severity as usize]
    }
}

/// The review sheet, worded.
#[derive(Clone, Debug)]
pub struct ReviewSheet {
    /// The tab's name.
    pub name: String,
    /// The line above all.
    pub title: String,
    /// What to do.
    pub lead: String,
    /// The columns.
    pub columns: Vec<ReviewColumn>,
    /// A row a finding.
    pub rows: Vec<ReviewRow>,
    /// What can be chosen as an answer.
    pub choices: Vec<String>,
}

/// A column of the review sheet.
#[derive(Clone, Debug)]
pub struct ReviewColumn {
    /// Its heading.
    pub heading: String,
    /// Its width in characters.
    pub width: f64,
    /// What it holds.
    pub kind: ColumnKind,
}

/// What a column of the review sheet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// The severity, in its colour.
    Severity,
    /// The place, with a link to it.
    Place,
    /// The department's answer, chosen from a list.
    Action,
    /// The department's remark.
    Remark,
}

/// A finding on the review sheet.
#[derive(Clone, Debug)]
pub struct ReviewRow {
    /// Its texts, column by column.
    pub cells: Vec<String>,
    /// Its severity.
    pub severity: Severity,
    /// The cell it points at.
    pub link: Option<(Arc<str>, CellRef)>,
    /// The finding's id.
    pub id: String,
}

/// A workbook with remarks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotated {
    /// The package.
    pub bytes: Vec<u8>,
    /// Cells that got a note, by sheet.
    pub noted: BTreeMap<Arc<str>, BTreeSet<CellRef>>,
    /// Cells that were marked only: a threaded comment stands there, which a note would hide.
    pub marked_only: BTreeMap<Arc<str>, BTreeSet<CellRef>>,
    /// Marks meant for a cell inside a merged range, by sheet: that cell, and the top left one that got them.
    pub merged: BTreeMap<Arc<str>, BTreeMap<CellRef, CellRef>>,
    /// Sheets that marks were meant for and that are not there.
    pub missing_sheets: Vec<Arc<str>>,
    /// Parts that changed, and parts that are new.
    pub changed: Vec<String>,
    /// Parts that are new.
    pub added: Vec<String>,
}

/// On how many sheets marks are put: each of them changes what stands for the workbook as a whole.
const MOST_SHEETS: usize = 500;

/// `original` with `annotation`. Remarks of ours that stand in it are taken off first. Without anything to say, and with
/// nothing of ours in it, it comes back byte for byte.
pub fn annotate(original: &[u8], annotation: &Annotation) -> Result<Annotated, Refusal> {
    let clean = strip(original)?;
    let mut package = Package::open(&clean)?;
    let graph = Graph::of(&package)?;
    let mut result = Annotated::default();
    if annotation.marks.len() > MOST_SHEETS {
        return Err(Refusal::TooLarge(format!("{} sheets", annotation.marks.len())));
    }
    if annotation.review.is_some() || !annotation.marks.is_empty() {
        let name = match &graph.styles {
            Some(name) => name.clone(),
            None => add_styles(&mut package, &graph)?,
        };
        let part = Part::decode(&name, &package.read(&name)?)?;
        let mut marker = Marker::new(Styles::read(&name, &part.text)?, &annotation.palette);
        for (sheet, marks) in &annotation.marks {
            marks::mark_sheet(&mut package, &graph, &mut marker, (sheet, marks), &mut result)?;
        }
        let review = annotation.review.clone().map(|sheet| tab::named(sheet, &graph));
        let review = review
            .as_ref()
            .map(|sheet| {
                let formats = review::Formats::add(&mut marker.styles, &annotation.palette);
                tab::enter(&mut package, &graph, sheet).map(|part| (sheet, formats, part))
            })
            .transpose()?;
        let Marker { styles, fills, prints, .. } = marker;
        graph::apply(&mut package, &name, &part, styles.finish())?;
        if let Some((sheet, formats, part)) = review {
            let marks = annotation.palette.marks.clone();
            let state = State { fills, marks, notes: prints, ..package.state()? };
            package.put(&part, sheet.xml(&graph, &formats, &annotation.palette, &state).into_bytes())?;
        }
    }
    let changes = package.changes();
    (result.changed, result.added) = (changes.changed, changes.added);
    result.bytes = package.write()?;
    Ok(result)
}

/// `workbook` without any remark of ours; the same bytes where there is none.
pub fn strip(workbook: &[u8]) -> Result<Vec<u8>, Refusal> {
    strip::strip(workbook)
}

/// Whether `workbook` bears remarks of ours.
pub fn is_annotated(workbook: &[u8]) -> bool {
    let found = Package::open(workbook).and_then(|package| review::find(&package, &Graph::of(&package)?));
    matches!(found, Ok(Some(_)))
}

/// The first sheet of `workbook` that its reader sees, our own left aside.
pub fn first_sheet(workbook: &[u8]) -> Result<Option<Arc<str>>, Refusal> {
    let clean = strip(workbook)?;
    let graph = Graph::of(&Package::open(&clean)?)?;
    let mut sheets = graph.sheets.iter().filter(|sheet| sheet.part.is_some());
    let first = sheets.clone().find(|sheet| sheet.visible).or_else(|| sheets.next());
    Ok(first.map(|sheet| Arc::from(sheet.name.as_str())))
}

/// Adds a style sheet to a workbook that has none; gives the name of its part.
///
/// Some programs look for a style sheet at its usual place only, and want in it what every style sheet has: a font, two
/// fills, a border, a format and its name (ECMA-376 Part 1, 18.8).
fn add_styles(package: &mut Package<'_>, graph: &Graph) -> Result<String, Refusal> {
    let usual = format!("{}styles.xml", graph::folder(&graph.workbook));
    let part = match &graph.missing_styles {
        Some(told) => told.clone(),
        None if !package.has(&usual) => usual,
        None => package.free_name(&format!("{}styles", graph::folder(&graph.workbook)), ".xml"),
    };
    let content = styles::empty_sheet(graph.main_namespace());
    package.put(&part, content.into_bytes())?;
    graph::declare(package, &part, STYLES_TYPE)?;
    if graph.missing_styles.is_none() {
        graph::relate(package, &graph.workbook, &graph.relationship_type("styles"), &part)?;
    }
    Ok(part)
}
