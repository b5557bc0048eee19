//! A workbook to be annotated.

use std::borrow::Cow;

use crate::added_before;
use crate::added_sheet::{SheetWriter, add_formats};
use crate::annotation::{AddedSheet, Annotated, Annotation};
use crate::error::Error;
use crate::graph::WorkbookParts;
use crate::marks::{Marker, mark_sheet};
use crate::opc;
use crate::package::Package;
use crate::part::Part;
use crate::relationships::folder;
use crate::signature::Signature;
use crate::state::State;
use crate::strip::strip;
use crate::styles::{self, Styles};
use crate::tab;
use crate::verify::verify;

const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

/// The most sheets with marks, because each adds to the relationships and content types of the whole
/// workbook.
const MOST_SHEETS: usize = 500;

/// An .xlsx or .xlsm without the additions under a signature.
#[derive(Clone, Debug)]
pub struct Workbook<'a> {
    clean: Cow<'a, [u8]>,
    was_annotated: bool,
    signature: Signature,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetInfo {
    /// Its name.
    pub name: String,
    /// Whether its tab is shown.
    pub visible: bool,
    /// Whether it is a worksheet with an existing part, unlike charts, dialogs and macro sheets.
    pub is_worksheet: bool,
}

impl<'a> Workbook<'a> {
    /// Opens the package `bytes` and removes the additions under `signature`, if any. If no other program has
    /// written it since, the result is the original, each part byte for byte.
    ///
    /// # Errors
    /// For every reason not to touch the package: see [`Error`].
    pub fn open(bytes: &'a [u8], signature: Signature) -> Result<Self, Error> {
        let stripped = strip(bytes, signature)?;
        let was_annotated = stripped.is_some();
        Ok(Self { clean: stripped.map_or(Cow::Borrowed(bytes), Cow::Owned), was_annotated, signature })
    }

    /// The package without additions; the bytes it was opened with where there are none.
    pub fn bytes(&self) -> &[u8] {
        &self.clean
    }

    /// Whether there were additions to remove.
    pub fn was_annotated(&self) -> bool {
        self.was_annotated
    }

    /// Its sheets in the order of their tabs.
    ///
    /// # Errors
    /// As [`Workbook::open`].
    pub fn sheets(&self) -> Result<Vec<SheetInfo>, Error> {
        let graph = WorkbookParts::of(&Package::open(&self.clean)?)?;
        let info = graph.sheets.into_iter().map(|sheet| SheetInfo {
            name: sheet.name,
            visible: sheet.visible,
            is_worksheet: sheet.part.is_some(),
        });
        Ok(info.collect())
    }

    /// The workbook with `annotation`. An empty annotation gives the same bytes.
    ///
    /// # Errors
    /// When something cannot be added without loss: see [`Error`].
    pub fn annotate(&self, annotation: &Annotation) -> Result<Annotated, Error> {
        let mut package = Package::open(&self.clean)?;
        let graph = WorkbookParts::of(&package)?;
        let mut result = Annotated::default();
        if annotation.marks.len() > MOST_SHEETS {
            return Err(Error::TooLarge(format!("{} sheets", annotation.marks.len())));
        }
        if annotation.sheet.is_some() || !annotation.marks.is_empty() {
            self.add(&mut package, &graph, annotation, &mut result)?;
        }
        let changes = package.changes();
        (result.changed, result.added) = (changes.changed, changes.added);
        result.bytes = package.write()?;
        Ok(result)
    }

    fn add(
        &self,
        package: &mut Package<'_>,
        graph: &WorkbookParts,
        annotation: &Annotation,
        result: &mut Annotated,
    ) -> Result<(), Error> {
        let name = match &graph.styles {
            Some(name) => name.clone(),
            None => add_styles(package, graph)?,
        };
        let part = Part::decode(&name, &package.read(&name)?)?;
        let mut marker = Marker::new(Styles::read(&name, &part.text)?, &annotation.fills, self.signature);
        for (sheet, marks) in &annotation.marks {
            mark_sheet(package, graph, &mut marker, (sheet, marks), result)?;
        }
        let sheet = annotation.sheet.as_ref().map(|sheet| tab::named(sheet, graph, self.signature));
        let sheet = sheet
            .map(|sheet| -> Result<(AddedSheet, Vec<usize>, String), Error> {
                let formats = add_formats(&mut marker.styles, &sheet);
                let part = tab::enter(package, graph, &sheet)?;
                Ok((sheet, formats, part))
            })
            .transpose()?;
        let Marker { styles, fills, digests, .. } = marker;
        opc::apply(package, &name, &part, styles.finish())?;
        if let Some((sheet, formats, part)) = sheet {
            let marks = annotation.fills.clone();
            let state = State { fills, marks, notes: digests, ..State::of(package)? };
            let writer = SheetWriter { sheet: &sheet, formats: &formats };
            package.put(&part, writer.xml(graph, &state, self.signature).into_bytes())?;
        }
        Ok(())
    }

    /// Compares `result` of [`Workbook::annotate`] with this workbook.
    ///
    /// Entries of parts not listed as changed must be the same to the byte, and in the same order. Changed
    /// parts may differ only by additions, and marked cells keep their formats except the fill. It shares
    /// with the writing code the reading of packages, relationships, tags and style lists. It does not
    /// calculate what cells show; use a cell reader as a second opinion.
    ///
    /// # Errors
    /// [`Error::NotPreserved`] where something else differs.
    pub fn verify(&self, result: &Annotated) -> Result<(), Error> {
        verify(&self.clean, result)
    }
}

/// Whether `workbook` has additions under `signature`; false where it cannot be read.
pub fn is_annotated(workbook: &[u8], signature: Signature) -> bool {
    let found = Package::open(workbook)
        .and_then(|package| added_before::find(&package, &WorkbookParts::of(&package)?, signature));
    matches!(found, Ok(Some(_)))
}

/// Adds a style sheet to a workbook that has none; gives the name of its part.
///
/// Some programs look for a style sheet only at its usual place, and expect the usual content: a font, two
/// fills, a border, a format and its name (ECMA-376 Part 1, 18.8).
fn add_styles(package: &mut Package<'_>, graph: &WorkbookParts) -> Result<String, Error> {
    let usual = format!("{}styles.xml", folder(&graph.workbook));
    let part = match &graph.missing_styles {
        Some(told) => told.clone(),
        None if !package.has(&usual) => usual,
        None => package.free_name(&format!("{}styles", folder(&graph.workbook)), ".xml"),
    };
    let content = styles::empty_sheet(graph.main_namespace());
    package.put(&part, content.into_bytes())?;
    opc::declare(package, &part, STYLES_TYPE)?;
    if graph.missing_styles.is_none() {
        opc::relate(package, &graph.workbook, &graph.relationship_type("styles"), &part)?;
    }
    Ok(part)
}
