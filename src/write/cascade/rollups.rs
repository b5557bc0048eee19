//! The sheet of roll-ups: the children's figures, their sum by formula, and the parent's beside it.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use super::{HEADING, Input};
use crate::consolidate::{City, RollUpSum, RowId};
use crate::finding::{Lang, Severity};
use crate::measure::comparison;
use crate::plan::Meaning;
use crate::source::{CellRange, CellRef};
use crate::workbook::range::cells;
use crate::workbook::{Cell, CellFormat, CellStyle, Columns, Formula, Sheet, Table};
use crate::write::words;

/// A line of a block.
struct Line<'a> {
    /// The common KPI.
    name: &'a str,
    part: Part,
    /// The row it is of; sums are the parent's.
    row: RowId,
    parent: RowId,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Parent,
    Child,
    Sum,
    Gap,
}

impl Part {
    /// The style of the line where nothing else is said.
    fn style(self) -> CellStyle {
        if self == Part::Parent { CellStyle::SubBand } else { CellStyle::Body }
    }

    fn is_sum(self) -> bool {
        matches!(self, Part::Sum | Part::Gap)
    }

    fn name(self, lang: Lang) -> Cell {
        match self {
            Part::Parent => Cell::text(lang.pick("상위", "parent")).styled(CellStyle::SubBand),
            Part::Child => Cell::text(lang.pick("하위", "child")),
            Part::Sum => Cell::text(lang.pick("하위 합계", "sum of children")).strong(),
            Part::Gap => Cell::text(lang.pick("차이(상위-합계)", "parent less sum")).strong(),
        }
    }
}

/// The columns, and which of them are those of the years.
fn columns(input: Input<'_>) -> (Columns<'_, Line<'_>>, BTreeMap<i32, u16>) {
    let Input { city, lang, .. } = input;
    let mut columns = Columns::<Line<'_>>::new()
        .column(("공통지표", "Common KPI"), 28.0, |line| {
            let is_first = line.part == Part::Parent;
            Cell::text(line.name).styled(if is_first { CellStyle::SubBand } else { CellStyle::Repeated })
        })
        .column(("구분", "Line"), 14.0, move |line| line.part.name(lang))
        .column(("조직", "Organisation"), 30.0, move |line| {
            let name = Cell::text(city.org(line.row));
            match line.part {
                Part::Child => name.indented(1),
                Part::Parent => name.styled(CellStyle::SubBand),
                Part::Sum | Part::Gap => name.muted(),
            }
        });
    let mut years = BTreeMap::new();
    for (year, kind) in comparison::years(city) {
        years.insert(year, columns.next());
        columns = columns.column(words::year(year, kind, lang), 14.0, move |line| match line.part {
            Part::Child => figure(city, line.row, line.parent, year),
            other => Cell::blank().styled(other.style()),
        });
    }
    let columns = columns
        .column(("단위", "Unit"), 10.0, move |line| match line.part.is_sum() {
            true => Cell::blank(),
            false => Cell::text(&city.row(line.row).unit.text.text).styled(line.part.style()).centred(),
        })
        .column(("원본", "Source"), 24.0, move |line| match line.part.is_sum() {
            true => Cell::blank(),
            false => input.source(line.row).styled(line.part.style()),
        });
    (columns, years)
}

/// What `id` has for `year`: a plain number in the parent's unit, anything else as it is written.
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

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<Option<CellRange>, XlsxError> {
    let Input { city, lang, .. } = input;
    let title = lang.pick("하위 조직의 합계", "Roll-ups");
    let note = lang.pick(
        "더해서 상위 값이 되는 지표만 적었습니다. 합계와 차이는 수식이며, 숫자가 아닌 값이 있으면 더하지 않습니다. 비율은 평균하지 않습니다.",
        "Only KPIs whose children add up. Sum and difference are formulas; where a value is no number nothing is added. \
         Rates are never averaged.",
    );
    sheet.title(title, note)?;
    let (columns, years) = columns(input);
    let mut table = Table::new(sheet, lang, HEADING, columns)?;
    for same in city.rollups.chunk_by(|a, b| (a.common, a.parent) == (b.common, b.parent)) {
        block(city, sheet, &mut table, same, &years)?;
    }
    if city.rollups.is_empty() {
        table.none(sheet, lang.pick("더해서 견줄 지표가 없습니다", "There is nothing to add up"))?;
    }
    sheet.worksheet.group_symbols_above(true);
    table.finish(sheet, 3)?;
    Ok(None)
}

/// A parent's line, its children, their sum and the difference.
fn block<'a>(
    city: &'a City,
    sheet: &mut Sheet<'_>,
    table: &mut Table<'a, Line<'a>>,
    sums: &[RollUpSum],
    years: &BTreeMap<i32, u16>,
) -> Result<(), XlsxError> {
    let Some(&RollUpSum { common, parent, ref children, .. }) = sums.first() else { return Ok(()) };
    let line = |part, row| Line { name: &city.common[common].name, part, row, parent };
    let head = table.line(sheet, &line(Part::Parent, parent))?;
    table.lines(sheet, children.iter().map(|&child| line(Part::Child, child)))?;
    let rows = head + 1..=table.last;
    let total = table.line(sheet, &line(Part::Sum, parent))?;
    let gap = table.line(sheet, &line(Part::Gap, parent))?;
    for sum in sums {
        let Some(&col) = years.get(&sum.year) else { continue };
        let own = figure(city, parent, parent, sum.year).styled(CellStyle::SubBand);
        sheet.put(head, col, own)?;
        let Some(added) = sum.sum else { continue };
        let formula = Formula::new(format!("SUM({})", cells(col, &rows)), added);
        sheet.put(total, col, Cell::formula(formula, CellFormat::Weight).strong())?;
        if let Some(value) = sum.value {
            // Rounded, as sums of decimals differ from the decimal written by a hair.
            let [head, total] = [head, total].map(|row| CellRef::new(row, col));
            let lacks = ((value - added) * 1e9).round() / 1e9;
            let formula = Formula::new(format!("ROUND({head}-{total},9)"), lacks + 0.0);
            let style = if lacks == 0.0 { CellStyle::Muted } else { CellStyle::Severity(Severity::Warning) };
            sheet.put(gap, col, Cell::formula(formula, CellFormat::Weight).styled(style))?;
        }
    }
    sheet.worksheet.group_rows(*rows.start(), gap)?;
    Ok(())
}
