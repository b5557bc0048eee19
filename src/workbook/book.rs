//! A workbook: its sheets, defined names and document properties.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use super::Result;
use super::range::{Fixed, cell, on_sheet, range};
use super::sheet::Sheet;
use super::style::Formats;
use crate::source::CellRange;

/// A workbook's document properties.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its subject, or empty.
    pub subject: &'a str,
    /// Its author, or empty.
    pub company: &'a str,
    /// The plan year. Its first day is the workbook's date, which must not depend on the clock.
    pub year: i32,
}

/// The date year of a workbook without a plan year, or with one before Excel's first.
const NO_YEAR: u16 = 2000;

fn dated(year: u16) -> Result<DocProperties> {
    Ok(DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(year, 1, 1)?))
}

impl About<'_> {
    fn properties(&self) -> Result<DocProperties> {
        let year = u16::try_from(self.year).ok().filter(|year| (1900..=9999).contains(year));
        let dated = dated(year.unwrap_or(NO_YEAR))?.set_author("planbook");
        Ok(dated.set_title(self.title).set_subject(self.subject).set_company(self.company))
    }
}

/// A workbook being written.
pub struct Book<'a> {
    workbook: Workbook,
    formats: &'a Formats,
}

impl<'a> Book<'a> {
    /// An empty workbook; `about` is none for a copy of another workbook.
    pub fn new(formats: &'a Formats, about: Option<About<'_>>) -> Result<Self> {
        let mut workbook = Workbook::new();
        workbook.set_default_format(&formats.style.plain(), 20, 64)?;
        workbook.set_properties(&match about {
            Some(about) => about.properties()?,
            None => dated(NO_YEAR)?,
        });
        Ok(Self { workbook, formats })
    }

    /// Adds a sheet in the house style.
    pub fn sheet(&mut self, name: &str) -> Result<Sheet<'_>> {
        Sheet::new(self.workbook.add_worksheet(), self.formats, name)
    }

    /// Adds a sheet without any style.
    pub fn worksheet(&mut self) -> &mut Worksheet {
        self.workbook.add_worksheet()
    }

    /// Defines a name for cells of a sheet, for use in formulas.
    pub fn name(&mut self, name: &str, sheet: &str, area: CellRange) -> Result {
        let is_single = area.first == area.last;
        let reference = if is_single { cell(area.first, Fixed::Both) } else { range(area, Fixed::Both) };
        self.workbook.define_name(name, &format!("={}", on_sheet(sheet, &reference)))?;
        Ok(())
    }

    /// The workbook as bytes, the same for the same input.
    pub fn save(mut self) -> Result<Vec<u8>> {
        self.workbook.save_to_buffer()
    }
}
