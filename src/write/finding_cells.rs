//! The cells of lists of findings, wherever a workbook has one.

use crate::finding::{Finding, Lang, Reader};
use crate::workbook::{Cell, CellStyle, Columns};
use crate::write::words::told::FindingColumn;

/// The row of the finding at `index` below the heading in the row `heading`.
pub(super) fn row_of(heading: u32, index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX - heading - 1) + heading + 1
}

/// What a list tells `reader` of `finding`; what is waived matters less.
fn cell(told: FindingColumn, finding: &Finding, reader: Reader, lang: Lang) -> Cell {
    let is_waived = finding.waived.is_some();
    let text = told.text(finding, reader, lang);
    let cell = match told {
        FindingColumn::Severity if is_waived => Cell::text(lang.pick("유예됨", "waived")).centred(),
        FindingColumn::Severity => Cell::text(&text).marked(finding.severity).centred(),
        FindingColumn::Code => Cell::text(&text).centred(),
        FindingColumn::Found | FindingColumn::Expected => Cell::value(&text),
        FindingColumn::Id => Cell::text(&text).muted(),
        _ => Cell::text(&text),
    };
    cell.styled_if(is_waived, CellStyle::Muted)
}

/// The columns of a list that tells `reader` these of a finding, each with its width. `other` makes of the usual cell another
/// one.
pub(super) fn columns<'a>(
    list: impl IntoIterator<Item = (FindingColumn, f64)>,
    reader: Reader,
    lang: Lang,
    other: impl Fn(FindingColumn, &Finding, Cell) -> Cell + Copy + 'a,
) -> Columns<'a, Finding> {
    list.into_iter().fold(Columns::<Finding>::new(lang), |columns, (told, width)| {
        columns.named(told.heading(lang), width, move |finding| {
            other(told, finding, cell(told, finding, reader, lang))
        })
    })
}
