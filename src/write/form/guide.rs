//! The sheet that says how to fill in a form.

use rust_xlsxwriter::{FormatBorder, Worksheet, XlsxError};

use super::layout::Layout;
use super::next::Next;
use super::words;
use crate::finding::Lang;
use crate::plan::{Field, Group};
use crate::workbook::Sheet;
use crate::workbook::{CellFormat, CellStyle, Formats, color};
use crate::write::words as outputs;

/// Writes the guide to the plan of `next`, whose columns are those of `layout`.
pub(super) fn write(
    worksheet: &mut Worksheet,
    formats: &Formats,
    name: &str,
    (next, layout): (&Next, &Layout),
    year: i32,
    lang: Lang,
) -> Result<(), XlsxError> {
    let columns = vec![(String::new(), 8.0), (String::new(), 112.0)];
    let mut sheet = Sheet::new(worksheet, formats, name, columns)?;
    let title = lang.pick(format!("{year}년도 계획 작성 안내"), format!("How to fill in the plan of {year}"));
    sheet.title(&title, "")?;
    let mut row = 2;
    for (number, step) in (1..).zip(words::steps(year, lang)) {
        sheet.text(row, 0, &format!("{number}"), CellStyle::Strong, CellFormat::Centre)?;
        sheet.text(row, 1, &step, CellStyle::Body, CellFormat::Text(0))?;
        row += 1;
    }
    row += 1;
    let [fill, proposed, wrong] = words::colours(lang);
    for (text, look) in [(fill, &formats.entry), (proposed, &formats.proposed), (wrong, &formats.wrong)] {
        let format = look.clone().set_border(FormatBorder::Thin).set_border_color(color(formats.style.line));
        sheet.worksheet.write_blank(row, 0, &format)?;
        sheet.text(row, 1, text, CellStyle::Body, CellFormat::Text(0))?;
        row += 1;
    }
    row += 1;
    sheet.text(
        row,
        1,
        lang.pick("칸마다 적는 법", "What to write in each column"),
        CellStyle::SubBand,
        CellFormat::Text(0),
    )?;
    // Name and text in one cell: side by side, headings and texts could be taken for a plan's table.
    for &field in &layout.columns {
        row += 1;
        let text = words::note(field, next, year, lang).replace('\n', " ");
        let text = format!("{} — {text}", heading(field, next, layout, lang));
        sheet.text(row, 1, &text, CellStyle::Body, CellFormat::Text(0))?;
    }
    sheet.worksheet.protect();
    sheet.finish()
}

/// What a column is called: as it is headed, but that the parent's are told from the own ones, and actuals from targets.
fn heading(field: Field, next: &Next, layout: &Layout, lang: Lang) -> String {
    let years = &next.plan.years;
    let head = layout.heads.iter().find(|head| head.field == Some(field));
    match (field, head) {
        (Field::Year(year), _) => {
            let kind = years.iter().find(|column| column.year == year).and_then(|column| column.kind);
            outputs::year(year, kind, lang)
        }
        (_, Some(head)) if field.group() != Group::Parent => head.text.clone(),
        _ => outputs::field(field, lang),
    }
}
