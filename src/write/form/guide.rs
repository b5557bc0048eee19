//! The sheet with the instructions for a form.

use rust_xlsxwriter::FormatBorder;

use super::layout::FormLayout;
use super::next::Next;
use super::words;
use crate::finding::Lang;
use crate::plan::{Field, Group};
use crate::workbook::{self, Cell, CellStyle, Sheet, color};
use crate::write::words as outputs;

/// The columns: a number or a colour, and its explanation.
const MARK: u16 = 0;
const TEXT: u16 = 1;
const WIDTHS: [f64; 2] = [8.0, 112.0];

/// Writes the guide to the plan of `next`, whose columns are those of `layout`.
pub(super) fn write(
    mut sheet: Sheet<'_>,
    next: &Next,
    layout: &FormLayout,
    year: i32,
    lang: Lang,
) -> workbook::Result {
    sheet.set_widths(WIDTHS)?;
    let title = lang.pick(format!("{year}년도 계획 작성 안내"), format!("How to fill in the plan of {year}"));
    sheet.title(&title, "")?;
    let mut row = 2;
    for (number, step) in (1..).zip(words::steps(year, lang)) {
        sheet.put(row, MARK, Cell::text(&format!("{number}")).strong().centred())?;
        sheet.put(row, TEXT, Cell::text(&step))?;
        row += 1;
    }
    row += 1;
    let formats = sheet.formats;
    let [fill, proposed, wrong] = words::colours(lang);
    for (text, format) in [(fill, &formats.entry), (proposed, &formats.proposed), (wrong, &formats.wrong)] {
        let line = color(formats.style.line);
        let format = format.clone().set_border(FormatBorder::Thin).set_border_color(line);
        sheet.worksheet.write_blank(row, MARK, &format)?;
        sheet.put(row, TEXT, Cell::text(text))?;
        row += 1;
    }
    row += 1;
    let heading = lang.pick("칸마다 적는 법", "What to write in each column");
    sheet.put(row, TEXT, Cell::text(heading).styled(CellStyle::SubBand))?;
    // Name and text share a cell: side by side, they could be read as a plan table.
    for &field in &layout.columns {
        row += 1;
        let text = words::note(field, next, year, lang).replace('\n', " ");
        let name = self::heading(field, next, layout, lang);
        sheet.put(row, TEXT, Cell::text(&format!("{name} — {text}")))?;
    }
    sheet.worksheet.protect();
    sheet.finish()
}

/// A column's name: its heading, qualified to distinguish the parent's columns from the own ones, and actuals
/// from targets.
fn heading(field: Field, next: &Next, layout: &FormLayout, lang: Lang) -> String {
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
