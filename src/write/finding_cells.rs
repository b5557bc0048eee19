//! The cells of lists of findings, wherever a workbook has one.

use crate::finding::{Finding, Lang, Reader};
use crate::workbook::{Cell, CellStyle, Columns};
use crate::write::words::told::Told;

/// The row of the finding at `index` below the heading in the row `heading`.
pub(super) fn row_of(heading: u32, index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX - heading - 1) + heading + 1
}

/// What a list tells `reader` of `finding`; what is waived matters less.
fn cell(told: Told, finding: &Finding, reader: Reader, lang: Lang) -> Cell {
    let is_waived = finding.waived.is_some();
    let text = told.text(finding, reader, lang);
    let cell = match told {
        Told::Severity if is_waived => Cell::text(lang.pick("유예됨", "waived")).centred(),
        Told::Severity => Cell::text(&text).marked(finding.severity).centred(),
        Told::Code => Cell::text(&text).centred(),
        Told::Found | Told::Expected => Cell::value(&text),
        Told::Id => Cell::text(&text).muted(),
        _ => Cell::text(&text),
    };
    cell.styled_if(is_waived, CellStyle::Muted)
}

/// The columns of a list that tells `reader` these of a finding, each with its width. `other` makes of the usual cell another
/// one.
pub(super) fn columns<'a>(
    list: impl IntoIterator<Item = (Told, f64)>,
    reader: Reader,
    lang: Lang,
    other: impl Fn(Told, &Finding, Cell) -> Cell + Copy + 'a,
) -> Columns<'a, Finding> {
    list.into_iter().fold(Columns::<Finding>::new(lang), |columns, (told, width)| {
        columns.named(told.heading(lang), width, move |finding| {
            other(told, finding, cell(told, finding, reader, lang))
        })
    })
}
