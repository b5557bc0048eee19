//! The second sheet: weight, score and achievement by perspective, with charts.

use rust_xlsxwriter::{Chart, ChartDataLabel, ChartFont, ChartType, XlsxError};

use super::Input;
use super::table::Places;
use crate::score::{self, Tally, groups};
use crate::source::CellRef;
use crate::workbook::range::on_sheet;
use crate::workbook::{Cell, CellFormat, CellStyle, Columns, Formula, Sheet, Table, color};

const HEADING: u32 = 2;

/// A perspective, or the whole: its name, the row of the scorecard with its sums, and what they come to.
struct Line<'a> {
    name: &'a str,
    from: u32,
    tally: Tally,
    style: CellStyle,
}

/// The table, and which of its columns charts show.
struct Layout<'a> {
    columns: Columns<'a, Line<'a>>,
    weight: u16,
    achievement: u16,
}

impl<'a> Layout<'a> {
    fn new(input: &'a Input<'_>) -> Self {
        let card = &input.columns;
        // A figure of the scorecard.
        let there = |col: u16, result: fn(&Input<'_>, &Tally) -> String, format: CellFormat| {
            move |line: &Line<'_>| {
                let cell = on_sheet(&input.sheets()[0], &CellRef::new(line.from, col).to_string());
                let formula = Formula::new(cell, result(input, &line.tally));
                Cell::formula(formula, format).styled(line.style)
            }
        };
        let weighs = there(card.weight, |_, tally| tally.weight.to_string(), CellFormat::General);
        let score = there(card.score, |_, tally| tally.score.to_string(), CellFormat::Score);
        let share = |_: &Input<'_>, tally: &Tally| {
            tally.achievement().map_or_else(String::new, |share| share.to_string())
        };
        let share = there(card.achievement, share, CellFormat::Percent);
        let grade = |input: &Input<'_>, tally: &Tally| {
            tally.achievement().map_or("", |share| input.rules.grade(share)).to_owned()
        };
        let grade = there(card.grade, grade, CellFormat::Centre);
        let scored = |input: &Input<'_>, tally: &Tally| {
            format!("{}{}/{}", input.lang.pick("평가 ", "scored "), tally.scored, tally.rows)
        };
        let scored = there(card.how, scored, CellFormat::Centre);
        let columns = Columns::<Line<'_>>::new()
            .column(("관점", "Perspective"), 34.0, |line| Cell::text(line.name).styled(line.style));
        let weight = columns.next();
        let columns = columns.column(("비중", "Weight"), 14.0, weighs).column(("점수", "Score"), 14.0, score);
        let achievement = columns.next();
        let columns = columns
            .column(("달성률", "Achieved"), 14.0, share)
            .column(("등급", "Grade"), 12.0, grade)
            .column(("평가한 지표", "KPIs scored"), 16.0, scored);
        Self { columns, weight, achievement }
    }
}

pub(super) fn fill(input: &Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let lang = input.lang;
    let (org, year) = (&input.plan.org, input.city.year);
    let title = lang.pick(format!("{org} {year}년도 결과 요약"), format!("{org}: results of {year}"));
    let note = lang.pick(
        "성과표에 결과를 넣으면 함께 바뀝니다. 달성률은 결과가 들어간 지표만으로 계산합니다.",
        "Follows the results on the scorecard. Achievement is that of the KPIs with results.",
    );
    sheet.title(&title, note)?;
    let Layout { columns, weight, achievement } = Layout::new(input);
    let mut table = Table::new(sheet, lang, HEADING, columns)?;
    table.headings(sheet)?;
    let places = Places::of(input);
    for (group, place) in groups(input.plan).into_iter().zip(&places.groups) {
        let tally = score::tally(input.rows[group.clone()].iter().map(|row| &row.score));
        let name = &input.plan.rows[group.start].perspective.name;
        table.line(sheet, &Line { name, from: place.sums, tally, style: CellStyle::Body })?;
    }
    let last = table.last;
    if last > HEADING {
        let tally = score::tally(input.rows.iter().map(|row| &row.score));
        let (name, from) = (lang.pick("합계", "Total"), places.total);
        table.line(sheet, &Line { name, from, tally, style: CellStyle::SubBand })?;
        charts(input, sheet, last, weight, achievement)?;
    }
    Ok(())
}

/// Weights and achievements by perspective.
fn charts(
    input: &Input<'_>,
    sheet: &mut Sheet<'_>,
    last: u32,
    weight: u16,
    achievement: u16,
) -> Result<(), XlsxError> {
    let lang = input.lang;
    let tab = sheet.name.clone();
    let style = &input.formats.style;
    let charts = [
        (weight, style.accent, lang.pick("관점별 비중", "Weight by perspective"), "0.##", 0u16),
        (achievement, style.reached, lang.pick("관점별 달성률", "Achievement by perspective"), "0%", 2),
    ];
    for (col, fill, title, format, at) in charts {
        let mut chart = Chart::new(ChartType::Bar);
        let mut label = ChartDataLabel::new();
        label.show_value().set_num_format(format);
        chart
            .add_series()
            .set_categories((tab.as_str(), HEADING + 1, 0, last, 0))
            .set_values((tab.as_str(), HEADING + 1, col, last, col))
            .set_name(title)
            .set_format(
                rust_xlsxwriter::ChartFormat::new()
                    .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(color(fill))),
            )
            .set_data_label(&label)
            .set_gap(60);
        let mut font = ChartFont::new();
        font.set_name(&style.font).set_size(12).set_color(color(style.ink));
        chart.title().set_name(title).set_font(&font);
        chart.legend().set_hidden();
        // In a chart of bars the categories stand on the upright axis, the first one on top.
        chart.y_axis().set_reverse();
        chart.x_axis().set_min(0).set_hidden(true).set_major_gridlines(false);
        chart.set_width(400).set_height(300);
        sheet.worksheet.insert_chart_with_offset(last + 3, at, &chart, if at == 0 { 0 } else { 80 }, 0)?;
    }
    Ok(())
}
