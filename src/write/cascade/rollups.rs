//! The sheet of roll-ups: the children's figures, their sum as a formula, and the parent's figure.

use std::collections::BTreeMap;

use super::tab::{CascadeInput, FilledTab, HEADING};
use crate::consolidate::{City, RollUpSum, RowId};
use crate::finding::Severity;
use crate::measure::comparison;
use crate::plan::Meaning;
use crate::source::CellRef;
use crate::workbook::range::cells;
use crate::workbook::{self, Cell, CellFormat, CellStyle, Columns, Formula, Sheet, Table};
use crate::write::words;

/// A line of a block.
struct RollUpLine {
    /// The common KPI.
    name: Cell,
    /// The kind of line.
    part: Cell,
    org: Cell,
    /// The style of the line's cells by default.
    style: CellStyle,
    /// The line's row; none for sums.
    row: Option<RowId>,
    /// The parent, in whose unit the row's figures are shown; none if the figures are written later.
    parent: Option<RowId>,
}

/// The columns, and the positions of those of years.
fn columns(input: CascadeInput<'_>) -> (Columns<'_, RollUpLine>, BTreeMap<i32, u16>) {
    let CascadeInput { city, lang, .. } = input;
    let mut columns = Columns::<RollUpLine>::new(lang)
        .column(("공통지표", "Common KPI"), 28.0, |line| line.name.clone())
        .column(("구분", "Line"), 14.0, |line| line.part.clone())
        .column(("조직", "Organisation"), 30.0, |line| line.org.clone());
    let mut years = BTreeMap::new();
    for (year, kind) in comparison::years(city) {
        years.insert(year, columns.count());
        columns = columns.named(words::year(year, kind, lang), 14.0, move |line| {
            let figure = line.row.zip(line.parent).map(|(row, parent)| figure(city, row, parent, year));
            figure.unwrap_or_else(Cell::blank).styled(line.style)
        });
    }
    let columns = columns
        .column(("단위", "Unit"), 10.0, move |line| {
            let unit = line.row.map(|row| Cell::text(&city.row(row).unit.text.text).centred());
            unit.unwrap_or_else(Cell::blank).styled(line.style)
        })
        .column(("원본", "Source"), 24.0, move |line| {
            line.row.map_or_else(Cell::blank, |row| input.source(row)).styled(line.style)
        });
    (columns, years)
}

/// The cell for `id` and `year`: a plain number in the parent's unit, anything else as written.
fn figure(city: &City, id: RowId, parent: RowId, year: i32) -> Cell {
    let Some(value) = city.value(id, year) else { return Cell::blank() };
    match &value.meaning {
        Meaning::Number(number) => {
            let number = number.in_base(&city.row(id).unit) / city.row(parent).unit.scale;
            Cell::number(number, CellFormat::Weight)
        }
        _ => Cell::text(&value.text.text).centred(),
    }
}

pub(super) fn fill(input: CascadeInput<'_>, sheet: &mut Sheet<'_>) -> FilledTab {
    let CascadeInput { city, lang, .. } = input;
    let title = lang.pick("하위 조직의 합계", "Roll-ups");
    let note = lang.pick(
        "더해서 상위 값이 되는 지표만 적었습니다. 합계와 차이는 수식이며, 숫자가 아닌 값이 있으면 더하지 않습니다. 비율은 평균하지 않습니다.",
        "Only KPIs whose children add up. Sum and difference are formulas; where a value is no number nothing is added. \
         Rates are never averaged.",
    );
    sheet.title(title, note)?;
    let (columns, years) = columns(input);
    let mut table = Table::new(sheet, HEADING, columns)?;
    for same in city.rollups.chunk_by(|a, b| (a.common, a.parent) == (b.common, b.parent)) {
        block(input, sheet, &mut table, same, &years)?;
    }
    if city.rollups.is_empty() {
        table.none(sheet, lang.pick("더해서 견줄 지표가 없습니다", "There is nothing to add up"))?;
    }
    sheet.worksheet.group_symbols_above(true);
    table.finish(sheet, 3)?;
    Ok(None)
}

/// Writes a parent's line, its children, their sum and the difference.
fn block(
    input: CascadeInput<'_>,
    sheet: &mut Sheet<'_>,
    table: &mut Table<'_, RollUpLine>,
    sums: &[RollUpSum],
    years: &BTreeMap<i32, u16>,
) -> workbook::Result {
    let CascadeInput { city, lang, .. } = input;
    let Some(&RollUpSum { common, parent, ref children, .. }) = sums.first() else { return Ok(()) };
    let name = Cell::text(&city.common[common].name);
    let repeated = || name.clone().styled(CellStyle::Repeated);
    let word = |ko, en| Cell::text(lang.pick(ko, en));
    let org = |row| Cell::text(city.org(row));
    let style = CellStyle::SubBand;
    let [name, part, own] =
        [name.clone(), word("상위", "parent"), org(parent)].map(|cell| cell.styled(style));
    let head =
        table.line(sheet, &RollUpLine { name, part, org: own, style, row: Some(parent), parent: None })?;
    let style = CellStyle::Body;
    for &child in children {
        let (part, org) = (word("하위", "child"), org(child).indented(1));
        let (row, parent) = (Some(child), Some(parent));
        table.line(sheet, &RollUpLine { name: repeated(), part, org, style, row, parent })?;
    }
    let rows = head + 1..=table.last;
    let sum = |part: Cell| {
        let (part, org) = (part.strong(), org(parent).muted());
        RollUpLine { name: repeated(), part, org, style, row: None, parent: None }
    };
    let total = table.line(sheet, &sum(word("하위 합계", "sum of children")))?;
    let gap = table.line(sheet, &sum(word("차이(상위-합계)", "parent less sum")))?;
    for sum in sums {
        let Some(&col) = years.get(&sum.year) else { continue };
        let own = figure(city, parent, parent, sum.year).styled(CellStyle::SubBand);
        sheet.put(head, col, own)?;
        let Some(added) = sum.sum else { continue };
        let formula = Formula::new(format!("SUM({})", cells(col, &rows)), added);
        sheet.put(total, col, Cell::formula(formula, CellFormat::Weight).strong())?;
        if let Some(value) = sum.value {
            // Rounded, because sums of decimals have binary fraction errors.
            let [head, total] = [head, total].map(|row| CellRef::new(row, col));
            let lacks = ((value - added) * 1e9).round() / 1e9;
            let formula = Formula::new(format!("ROUND({head}-{total},9)"), lacks + 0.0);
            let cell = Cell::formula(formula, CellFormat::Weight).marked(Severity::Warning);
            sheet.put(gap, col, cell.styled_if(lacks == 0.0, CellStyle::Muted))?;
        }
    }
    sheet.worksheet.group_rows(*rows.start(), gap)?;
    Ok(())
}
