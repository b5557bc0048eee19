//! The sheet of common KPIs, one block per KPI: every organisation by year, the distribution, and a chart.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType,
};

use super::tab::{CascadeInput, FilledTab, HEADING};
use crate::consolidate::{CommonMatrix, Context, RowId};
use crate::finding::{Code, Severity, Wording};
use crate::measure::{Comparison, comparison};
use crate::plan::Field;
use crate::project::config::RollUpRule;
use crate::workbook::pages::Orientation;
use crate::workbook::range::cells;
use crate::workbook::{
    self, Cell, CellFormat, CellStyle, Columns, Formula, Sheet, TEXT_SIZE, Table, color, number_in,
};
use crate::write::words;

pub(super) const NAME: Wording = Wording::of("공통지표", "Common KPIs");

/// The number of rows of a chart, and their height in points.
const CHART: u32 = 15;
const CHART_ROW: f64 = 18.0;
/// The most rows for which a chart is readable.
const MOST_BARS: usize = 120;

/// Cells with a finding that their value is far from the others.
type Far = BTreeSet<(RowId, Field)>;
/// The comparable numbers, by row and year.
type ComparableNumbers = BTreeMap<(RowId, i32), f64>;

/// The table of a KPI.
struct MatrixLayout<'a> {
    columns: Columns<'a, RowId>,
    /// The columns of the years.
    years: Vec<(i32, u16)>,
    /// The column with the number of the plan year.
    number: u16,
}

impl<'a> MatrixLayout<'a> {
    fn new(input: CascadeInput<'a>, far: &'a Far, numbers: &'a ComparableNumbers) -> Self {
        let CascadeInput { city, lang, .. } = input;
        let marked = |cell: Cell, id: RowId, field: Field| {
            cell.styled_if(far.contains(&(id, field)), CellStyle::Severity(Severity::Warning))
        };
        let mut columns = Columns::<RowId>::new(lang)
            .column(("조직", "Organisation"), 30.0, move |&id| Cell::text(city.org(id)).strong())
            .column(("상위 조직", "Parent"), 26.0, move |id| {
                Cell::text(city.parent_name(id.plan)).muted()
            });
        let mut years = Vec::new();
        for (year, kind) in comparison::years(city) {
            years.push((year, columns.count()));
            columns = columns.named(words::year(year, kind, lang), 13.0, move |&id| {
                marked(Cell::value(city.written(id, year)), id, Field::Year(year))
            });
        }
        let columns = columns
            .column(("단위", "Unit"), 10.0, move |&id| {
                marked(Cell::text(&city.row(id).unit.text.text).centred(), id, Field::Unit)
            })
            .column(("비중", "Weight"), 9.0, move |&id| Cell::value(&city.row(id).weight.text.text));
        let (year, number) = (city.year, columns.count());
        let heading = lang.pick(format!("{year} 수치"), format!("{year} number"));
        let columns = columns
            .named(heading, 11.0, move |&id| {
                Cell::number_or_blank(numbers.get(&(id, year)).copied(), CellFormat::Weight)
            })
            .column(("원본", "Source"), 24.0, move |&id| input.source(id));
        Self { columns, years, number }
    }
}

pub(super) fn fill(input: CascadeInput<'_>, sheet: &mut Sheet<'_>) -> FilledTab {
    let lang = input.lang;
    let note = lang.pick(
        "모든 조직이 각자 재는 지표입니다. 색이 있는 칸은 다른 조직과 동떨어진 값(S306)입니다. 맨 오른쪽 수치는 가장 많이 쓰인 단위로 맞춘 수로, 그래프와 아래의 통계가 쓰는 값입니다. 단위가 다른 값은 견주지 않습니다.",
        "What every organisation measures for itself. Coloured cells lie far from the others (S306). The number on the \
         right is in the unit that most have; the chart and the statistics below show it. Values in other units do not compare.",
    );
    sheet.title(lang.pick("공통지표 비교", "Common KPIs"), note)?;
    let far: Far = input
        .findings
        .iter()
        .filter(|finding| finding.rule == Code::S306 && finding.waived.is_none())
        .filter_map(|finding| Some((RowId { plan: finding.plan?, row: finding.row? }, finding.field)))
        .collect();
    let kpis = || input.city.common.iter().filter(|matrix| !matrix.rows.is_empty());
    let mut row = HEADING;
    let mut breaks = Vec::new();
    for matrix in kpis() {
        let begin = if row > HEADING { row } else { 0 };
        breaks.extend((begin > 0).then_some(begin));
        let block = block(input, sheet, row, matrix, &far)?;
        // Explicit page breaks make every program print the same pages, none of which splits a chart.
        let page = sheet.page(Orientation::Landscape);
        let flow = page.flow(sheet.heights(begin..block.chart.unwrap_or(block.last + 1)));
        breaks.extend(flow.begins.iter().map(|row| begin + row));
        let high = f64::from(CHART) * CHART_ROW;
        breaks.extend(block.chart.filter(|_| page.parts(&flow, high)));
        row = block.last + 2;
    }
    if kpis().next().is_none() {
        let numbers = ComparableNumbers::new();
        let mut table = Table::new(sheet, HEADING - 1, MatrixLayout::new(input, &far, &numbers).columns)?;
        table.none(sheet, lang.pick("공통지표가 없습니다", "There are no common KPIs"))?;
    }
    // Excel allows 1,023 page breaks.
    breaks.truncate(1000);
    sheet.worksheet.set_page_breaks(&breaks)?;
    sheet.worksheet.set_freeze_panes(HEADING, 1)?;
    Ok(None)
}

/// The position of a KPI's block.
struct MatrixBlock {
    last: u32,
    /// The first row of its chart, if it has one.
    chart: Option<u32>,
}

/// A common KPI as shown on the sheet.
struct Kpi<'a> {
    input: CascadeInput<'a>,
    comparison: &'a Comparison<'a>,
    /// The columns of the years.
    years: Vec<(i32, u16)>,
    /// The column with the number of the plan year.
    number: u16,
}

/// Writes a KPI's block, starting at row `head`.
fn block(
    input: CascadeInput<'_>,
    sheet: &mut Sheet<'_>,
    head: u32,
    matrix: &CommonMatrix,
    far: &Far,
) -> workbook::Result<MatrixBlock> {
    let city = input.city;
    let comparison = Comparison::of(Context { city, config: input.config }, matrix);
    let MatrixLayout { columns, years, number } = MatrixLayout::new(input, far, &comparison.numbers);
    let mut table = Table::new(sheet, head + 1, columns)?;
    table.above(sheet, &[&matrix.name, &lead(input, &comparison)], CellStyle::Band)?;
    table.headings(sheet)?;
    table.lines(sheet, &matrix.rows)?;
    let rows = head + 2..=table.last;
    let kpi = Kpi { input, comparison: &comparison, years, number };
    kpi.spreads(sheet, &mut table, &rows)?;
    let last = table.last;
    if matrix.rows.len() > MOST_BARS || kpi.comparison.of_year(city.year).next().is_none() {
        return Ok(MatrixBlock { last, chart: None });
    }
    kpi.chart(sheet, &rows, last + 1)?;
    Ok(MatrixBlock { last: last + CHART, chart: Some(last + 1) })
}

/// The lead text: how many organisations have the KPI, how its values are used, and the city's target.
fn lead(input: CascadeInput<'_>, comparison: &Comparison<'_>) -> String {
    let (CascadeInput { city, lang, .. }, matrix) = (input, comparison.matrix);
    let count = matrix.rows.iter().map(|id| id.plan).collect::<BTreeSet<_>>().len();
    let mut parts = vec![
        lang.pick(format!("{count}개 조직"), format!("{count} organisations")),
        match matrix.rule.rollup {
            RollUpRule::Sum => lang.pick("하위 조직을 더하면 상위 값", "children add up to the parent"),
            RollUpRule::Compare => lang.pick("견주기만 함", "values only compare"),
        }
        .to_owned(),
    ];
    let compared = comparison.of_year(city.year).count();
    parts.push(match &comparison.unit {
        Some(_) => lang.pick(format!("견준 값 {compared}개"), format!("{compared} values compared")),
        None => lang.pick("단위가 제각각이라 견주지 않음", "no unit is usual: nothing compares").to_owned(),
    });
    if matrix.required {
        parts.push(lang.pick("모든 계획에 필수", "required in every plan").to_owned());
    }
    let kpi = city.city_kpis.iter().find(|kpi| kpi.key == matrix.key);
    if let Some(target) = kpi.map(|kpi| kpi.printed_target()).filter(|target| !target.is_empty()) {
        parts.push(format!("{} {target}", lang.pick("시 목표치", "city target")));
    }
    parts.join(" · ")
}

impl Kpi<'_> {
    /// Writes minimum, quartiles and maximum of every year: as formulas where the cells contain exactly the
    /// compared numbers.
    fn spreads(
        &self,
        sheet: &mut Sheet<'_>,
        table: &mut Table<'_, RowId>,
        rows: &RangeInclusive<u32>,
    ) -> workbook::Result {
        let Self { input: CascadeInput { city, lang, .. }, comparison, .. } = self;
        let words = lang.pick(
            ["가장 작은 값", "1사분위", "중앙값", "3사분위", "가장 큰 값", "값의 수"],
            ["smallest", "first quartile", "median", "third quartile", "largest", "count"],
        );
        for word in words {
            table.band(sheet, &[word], CellStyle::SubBand)?;
        }
        let years = self.years.iter().copied().chain([(city.year, self.number)]);
        for (year, col) in years {
            let count = Cell::count(comparison.of_year(year).count()).styled(CellStyle::SubBand);
            sheet.put(table.last, col, count)?;
            let Some(spread) = comparison.spread(year) else { continue };
            // A formula covers all cells of the column, so it is used only if they contain just the
            // comparable numbers.
            let number = |id: RowId| comparison.numbers.get(&(id, year)).copied();
            let shown = |id: RowId| number_in(city.written(id, year));
            let alive =
                col == self.number || comparison.matrix.rows.iter().all(|&id| shown(id) == number(id));
            for (quart, (row, number)) in (rows.end() + 1..).zip(spread.numbers).enumerate() {
                let formula = Formula::new(format!("QUARTILE({},{quart})", cells(col, rows)), number);
                let cell = match alive {
                    true => Cell::formula(formula, CellFormat::Weight),
                    false => Cell::number(number, CellFormat::Weight),
                };
                sheet.put(row, col, cell.styled(CellStyle::SubBand))?;
            }
        }
        Ok(())
    }

    /// Adds a chart with one bar per row.
    fn chart(&self, sheet: &mut Sheet<'_>, rows: &RangeInclusive<u32>, row: u32) -> workbook::Result {
        let style = &sheet.formats.style;
        let mut font = ChartFont::new();
        font.set_name(&style.font).set_size(TEXT_SIZE - 1.0).set_color(color(style.ink));
        let tab = sheet.name.as_str();
        let (first, last) = (*rows.start(), *rows.end());
        let mut chart = Chart::new(ChartType::Column);
        let mut bars = ChartFormat::new();
        bars.set_solid_fill(ChartSolidFill::new().set_color(color(style.accent)));
        let (matrix, year) = (self.comparison.matrix, self.input.city.year);
        chart
            .add_series()
            .set_name((tab, first - 1, self.number))
            .set_categories((tab, first, 0, last, 0))
            .set_values((tab, first, self.number, last, self.number))
            .set_format(&mut bars)
            .set_gap(60);
        // Refers to the cell, so that a name that looks like a formula remains a name.
        chart
            .title()
            .set_name((tab, first - 2, 0))
            .set_font(font.clone().set_bold().set_size(TEXT_SIZE + 1.0));
        chart.legend().set_position(ChartLegendPosition::Bottom).set_hidden();
        chart.x_axis().set_font(font.clone().set_rotation(-45));
        let mut rule = ChartLine::new();
        rule.set_color(color(style.line));
        let axis = chart.y_axis().set_font(&font).set_major_gridlines_line(&rule);
        // Bars are compared by length, so the axis starts at 0.
        if matrix.rows.iter().filter_map(|&id| self.input.city.amount(id, year)).all(|number| number >= 0.0) {
            axis.set_min(0);
        }
        let alt = self.input.lang.pick(
            format!("조직마다 {year}년의 {}. 숫자는 위의 표에 있습니다.", matrix.name),
            format!("{} of {year} by organisation; the numbers are in the table above.", matrix.name),
        );
        chart.set_alt_text(alt.chars().take(250).collect::<String>());
        let wide: f64 = sheet.widths().iter().map(|width| width * 7.0 + 5.0).sum();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "widths of columns in pixels"
        )]
        chart.set_width(wide.min(1400.0) as u32).set_height((f64::from(CHART - 1) * CHART_ROW / 0.75) as u32);
        for row in row..row + CHART {
            sheet.worksheet.set_row_height(row, CHART_ROW)?;
        }
        sheet.worksheet.insert_chart_with_offset(row, 0, &chart, 4, 4)?;
        Ok(())
    }
}
