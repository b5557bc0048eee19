//! The sheet of common KPIs, a block a KPI: every organisation by year, how the values lie, and a chart.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, XlsxError,
};

use super::tab::Tab;
use super::{HEADING, Input};
use crate::consolidate::{CommonMatrix, Context, RowId};
use crate::finding::{Code, Severity};
use crate::measure::{Comparison, comparison};
use crate::plan::Field;
use crate::project::config::RollUp;
use crate::workbook::pages::Way;
use crate::workbook::{CellFormat, CellStyle, TEXT_SIZE, color};
use crate::workbook::{Column, Sheet, cells};
use crate::write::words;

/// The column of the first year.
const YEARS: u16 = 2;
/// Rows that a chart takes, and how high they are in points.
const CHART: u32 = 15;
const CHART_ROW: f64 = 18.0;
/// More organisations than these make no readable chart.
const MOST_BARS: usize = 120;

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let lang = input.lang;
    let own = |text: &str, width: f64| (text.to_owned(), width);
    let mut columns =
        vec![own(lang.pick("조직", "Organisation"), 30.0), own(lang.pick("상위 조직", "Parent"), 26.0)];
    let years = comparison::years(input.city).into_iter();
    columns.extend(years.map(|(year, kind)| (words::year(year, kind, lang), 13.0)));
    let year = input.city.year;
    columns.extend([
        own(lang.pick("단위", "Unit"), 10.0),
        own(lang.pick("비중", "Weight"), 9.0),
        (lang.pick(format!("{year} 수치"), format!("{year} number")), 11.0),
        own(lang.pick("원본", "Source"), 24.0),
    ]);
    columns
}

/// Cells about which a finding says that they lie far from the others.
type Far = BTreeSet<(RowId, Field)>;

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
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
    let kpis: Vec<&CommonMatrix> =
        input.city.common.iter().filter(|matrix| !matrix.rows.is_empty()).collect();
    let mut row = HEADING;
    let mut breaks = Vec::new();
    for matrix in &kpis {
        let begin = if row > HEADING { row } else { 0 };
        breaks.extend((begin > 0).then_some(begin));
        let block = block(input, sheet, row, matrix, &far)?;
        // Pages end where they are reckoned to, in every program, and none of them cuts a chart.
        let page = sheet.page(Way::Across);
        let flow = page.flow(sheet.heights(begin..block.chart.unwrap_or(block.last + 1)));
        breaks.extend(flow.begins.iter().map(|row| begin + row));
        let high = f64::from(CHART) * CHART_ROW;
        breaks.extend(block.chart.filter(|_| page.parts(&flow, high)));
        row = block.last + 2;
    }
    if kpis.is_empty() {
        let none = lang.pick("공통지표가 없습니다", "There are no common KPIs");
        sheet.text(row, 0, none, CellStyle::Muted, CellFormat::Text(0))?;
    }
    // Excel has room for 1,023 of them.
    breaks.truncate(1000);
    sheet.worksheet.set_page_breaks(&breaks)?;
    sheet.worksheet.set_freeze_panes(HEADING, 1)?;
    Ok(())
}

/// Where a KPI's block stands.
struct Block {
    last: u32,
    /// The first row of its chart, if it has one.
    chart: Option<u32>,
}

/// Writes a KPI's block from `head` on.
fn block(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    head: u32,
    matrix: &CommonMatrix,
    far: &Far,
) -> Result<Block, XlsxError> {
    let city = input.city;
    let comparison = Comparison::of(Context { city, config: input.config }, matrix);
    let years: Vec<i32> = comparison::years(city).into_iter().map(|(year, _)| year).collect();
    let headings: Vec<String> = columns(input).into_iter().map(|(heading, _)| heading).collect();
    sheet.text(head, 0, &matrix.name, CellStyle::Band, CellFormat::Text(0))?;
    sheet.blanks(head, 1..u16::try_from(headings.len()).unwrap_or(u16::MAX), CellStyle::Band)?;
    sheet.text(head, 1, &lead(input, &comparison), CellStyle::Band, CellFormat::Text(0))?;
    sheet.headings(head + 1, &headings)?;
    let unit = YEARS + u16::try_from(years.len()).unwrap_or(0);
    let first = head + 2;
    let mut row = head + 1;
    for &id in &matrix.rows {
        row += 1;
        let own = city.row(id);
        sheet.text(row, 0, city.org(id), CellStyle::Strong, CellFormat::Text(0))?;
        sheet.text(row, 1, city.parent_name(id.plan), CellStyle::Muted, CellFormat::Text(0))?;
        for (col, &year) in (YEARS..).zip(&years) {
            let look = look_of(far, id, Field::Year(year));
            sheet.value(row, col, city.value(id, year).map_or("", |value| &value.text.text), look)?;
        }
        sheet.text(row, unit, &own.unit.text.text, look_of(far, id, Field::Unit), CellFormat::Centre)?;
        sheet.value(row, unit + 1, &own.weight.text.text, CellStyle::Body)?;
        super::kpis::amount(sheet, row, unit + 2, comparison.numbers.get(&(id, city.year)).copied())?;
        let (source, link) = input.source(id);
        sheet.link(row, unit + 3, &source, link, CellStyle::Body)?;
    }
    let last = row;
    let row = spreads(input, sheet, (first, last), &comparison, &years)?;
    if matrix.rows.len() > MOST_BARS || comparison.of_year(city.year).next().is_none() {
        return Ok(Block { last: row, chart: None });
    }
    chart(input, sheet, (first, last), matrix, unit + 2, row + 1)?;
    Ok(Block { last: row + CHART, chart: Some(row + 1) })
}

fn look_of(far: &Far, id: RowId, field: Field) -> CellStyle {
    if far.contains(&(id, field)) { CellStyle::Severity(Severity::Warning) } else { CellStyle::Body }
}

/// How many have it, what comes of the values, and the city's own target.
fn lead(input: Input<'_>, comparison: &Comparison<'_>) -> String {
    let (Input { city, lang, .. }, matrix) = (input, comparison.matrix);
    let count = matrix.rows.iter().map(|id| id.plan).collect::<BTreeSet<_>>().len();
    let mut parts = vec![
        lang.pick(format!("{count}개 조직"), format!("{count} organisations")),
        match matrix.rule.rollup {
            RollUp::Sum => lang.pick("하위 조직을 더하면 상위 값", "children add up to the parent"),
            RollUp::Compare => lang.pick("견주기만 함", "values only compare"),
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

/// Smallest, quartiles and largest of every year, by formula where the cells hold all the numbers there are. Returns
/// the last row written.
fn spreads(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    (first, last): (u32, u32),
    comparison: &Comparison<'_>,
    years: &[i32],
) -> Result<u32, XlsxError> {
    let city = input.city;
    let rows = &comparison.matrix.rows;
    let words = input.lang.pick(
        ["가장 작은 값", "1사분위", "중앙값", "3사분위", "가장 큰 값", "값의 수"],
        ["smallest", "first quartile", "median", "third quartile", "largest", "count"],
    );
    let unit = YEARS + u16::try_from(years.len()).unwrap_or(0);
    for (row, word) in (last + 1..).zip(words) {
        sheet.text(row, 0, word, CellStyle::SubBand, CellFormat::Text(0))?;
        sheet.blanks(row, 1..unit + 4, CellStyle::SubBand)?;
    }
    let columns = (YEARS..).zip(years.iter().copied()).chain([(unit + 2, city.year)]);
    for (col, year) in columns {
        sheet.count(last + 6, col, comparison.of_year(year).count(), CellStyle::SubBand)?;
        let Some(spread) = comparison.spread(year) else { continue };
        // A formula looks at all cells of the column: it stands where they hold just the numbers that compare.
        let number = |id: RowId| comparison.numbers.get(&(id, year)).copied();
        let alive = col > unit || rows.iter().all(|&id| shown(input, id, year) == number(id));
        for (quart, (row, number)) in (last + 1..).zip(spread.numbers).enumerate() {
            let cells = cells(col, first, last);
            if alive {
                let formula = format!("QUARTILE({cells},{quart})");
                sheet.formula(
                    row,
                    col,
                    (formula, (number).to_string()),
                    CellStyle::SubBand,
                    CellFormat::Weight,
                )?;
            } else {
                sheet.number(row, col, number, CellStyle::SubBand, CellFormat::Weight)?;
            }
        }
    }
    Ok(last + 6)
}

/// The number that the cell of a year holds, if it holds one.
fn shown(input: Input<'_>, id: RowId, year: i32) -> Option<f64> {
    crate::workbook::number_in(&input.city.value(id, year)?.text.text)
}

/// A column for each organisation.
fn chart(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    (first, last): (u32, u32),
    matrix: &CommonMatrix,
    numbers: u16,
    row: u32,
) -> Result<(), XlsxError> {
    let style = &sheet.formats.style;
    let mut font = ChartFont::new();
    font.set_name(&style.font).set_size(TEXT_SIZE - 1.0).set_color(color(style.ink));
    let tab = Tab::Common.name(input.lang);
    let mut chart = Chart::new(ChartType::Column);
    let mut bars = ChartFormat::new();
    bars.set_solid_fill(ChartSolidFill::new().set_color(color(style.accent)));
    let year = input.city.year;
    chart
        .add_series()
        .set_name((tab, first - 1, numbers))
        .set_categories((tab, first, 0, last, 0))
        .set_values((tab, first, numbers, last, numbers))
        .set_format(&mut bars)
        .set_gap(60);
    // By its cell: a name that looks like a formula stays a name.
    chart.title().set_name((tab, first - 2, 0)).set_font(font.clone().set_bold().set_size(TEXT_SIZE + 1.0));
    chart.legend().set_position(ChartLegendPosition::Bottom).set_hidden();
    chart.x_axis().set_font(font.clone().set_rotation(-45));
    let mut rule = ChartLine::new();
    rule.set_color(color(style.line));
    let axis = chart.y_axis().set_font(&font).set_major_gridlines_line(&rule);
    // Bars compare by their length: they begin at nothing.
    if matrix.rows.iter().filter_map(|&id| input.city.amount(id, year)).all(|number| number >= 0.0) {
        axis.set_min(0);
    }
    let alt = input.lang.pick(
        format!("조직마다 {year}년의 {}. 숫자는 위의 표에 있습니다.", matrix.name),
        format!("{} of {year} by organisation; the numbers are in the table above.", matrix.name),
    );
    chart.set_alt_text(alt.chars().take(250).collect::<String>());
    let columns = columns(input);
    let wide: f64 = columns.iter().map(|(_, width)| width * 7.0 + 5.0).sum();
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
