//! Adds notes to a workbook and a sheet that lists them; without notes, removes those of an earlier run.
//!
//! `cargo run --example annotate -- in.xlsx out.xlsx "Sheet1!C7=This does not add up." …`
#![allow(clippy::print_stderr, reason = "a program for the command line")]

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

use xlsx_splice::{
    AddedCell, AddedRow, AddedSheet, Annotation, CellFormat, CellRange, CellRef, Font, Formats, Mark, Rgb,
    Signature, Workbook,
};

const SIGNATURE: Signature = Signature::new("annotate-example");
const YELLOW: Rgb = Rgb([0xfc, 0xe0, 0x8c]);
const BLUE: Rgb = Rgb([0x1f, 0x3a, 0x5f]);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, to, notes @ ..] = arguments.as_slice() else {
        eprintln!("annotate FROM TO [SHEET!CELL=NOTE …]");
        return ExitCode::from(2);
    };
    match annotate(from, to, notes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{from}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn annotate(from: &str, to: &str, notes: &[String]) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(from)?;
    let workbook = Workbook::open(&bytes, SIGNATURE)?;
    let mut annotation = Annotation { fills: vec![YELLOW], ..Annotation::default() };
    let mut list = Vec::new();
    for argument in notes {
        let (place, note) = argument.split_once('=').ok_or("a note is SHEET!CELL=NOTE")?;
        let (sheet, cell) = place.rsplit_once('!').ok_or("a place is SHEET!CELL")?;
        let (sheet, cell): (Arc<str>, CellRef) = (sheet.into(), cell.parse()?);
        let mark = Mark { fill: Some(0), note: Some(note.to_owned()) };
        annotation.marks.entry(sheet.clone()).or_default().insert(cell, mark);
        list.push(Note { place, note, link: (sheet, cell) });
    }
    annotation.sheet = (!list.is_empty()).then(|| sheet(&list));
    let annotated = workbook.annotate(&annotation)?;
    workbook.verify(&annotated)?;
    for sheet in &annotated.missing_sheets {
        eprintln!("{from} has no sheet {sheet}");
    }
    std::fs::write(to, &annotated.bytes)?;
    Ok(())
}

struct Note<'a> {
    place: &'a str,
    note: &'a str,
    link: (Arc<str>, CellRef),
}

/// A sheet with a row per note: its cell, as a link, and its text.
fn sheet(list: &[Note<'_>]) -> AddedSheet {
    let cell = |text: &str, format| AddedCell { text: text.to_owned(), format: Some(format), link: None };
    let mut rows =
        BTreeMap::from([(0, AddedRow { height: 20.0, cells: vec![cell("Place", 0), cell("Note", 0)] })]);
    rows.extend((1..).zip(list).map(|(row, Note { place, note, link })| {
        let place = AddedCell { link: Some(link.clone()), ..cell(place, 1) };
        (row, AddedRow { height: 18.0, cells: vec![place, cell(note, 1)] })
    }));
    let last = rows.keys().last().copied().unwrap_or(0);
    let font = Font { size: 10, ..Font::default() };
    AddedSheet {
        name: "Notes".to_owned(),
        tab: BLUE,
        columns: vec![20.0, 80.0],
        table: CellRange::new(CellRef::new(0, 0), CellRef::new(last, 1)),
        rows,
        merges: Vec::new(),
        choices: Vec::new(),
        formats: Formats {
            fonts: vec![Font { bold: true, color: Some(Rgb([0xff; 3])), ..font }, font],
            borders: vec![Some(Rgb([0xbf; 3]))],
            cells: vec![
                CellFormat { font: 0, fill: Some(BLUE), ..CellFormat::default() },
                CellFormat { font: 1, top: true, wrapped: true, ..CellFormat::default() },
            ],
        },
    }
}
