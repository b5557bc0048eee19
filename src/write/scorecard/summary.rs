//! The second sheet: weight, score and achievement by perspective, with charts.

use rust_xlsxwriter::{Chart, ChartDataLabel, ChartFont, ChartType, XlsxError};

use super::Input;
use super::columns::cell;
use super::table::Places;
use crate::score::{self, Tally, groups};
use crate::workbook::{CellFormat, CellStyle, color};
use crate::workbook::{Column, Sheet};

const HEADING: u32 = 2;

pub(super) fn columns(input: &Input<'_>) -> Vec<Column> {
    let titles = input.lang.pick(
        ["관점", "비중", "점수", "달성률", "등급", "평가한 지표"],
        ["Perspective", "Weight", "Score", "Achieved", "Grade", "KPIs scored"],
    );
    titles.map(str::to_owned).into_iter().zip([34.0, 14.0, 14.0, 14.0, 12.0, 16.0]).collect()
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
    let headings: Vec<String> = columns(input).into_iter().map(|(heading, _)| heading).collect();
    sheet.headings(HEADING, &headings)?;
    let places = Places::of(input);
    let mut row = HEADING;
    for (group, &(.., sums)) in groups(input.plan).into_iter().zip(&places.groups) {
        row += 1;
        let tally = score::tally(input.rows[group.clone()].iter().map(|row| &row.score));
        let name = &input.plan.rows[group.start].perspective.name;
        fill_row(input, sheet, row, (name, sums), &tally, CellStyle::Body)?;
    }
    let last = row;
    if last > HEADING {
        let tally = score::tally(input.rows.iter().map(|row| &row.score));
        fill_row(
            input,
            sheet,
            last + 1,
            (lang.pick("합계", "Total"), places.total),
            &tally,
            CellStyle::SubBand,
        )?;
        charts(input, sheet, last)?;
    }
    Ok(())
}

/// The figures of the row `from` of the scorecard.
fn fill_row(
    input: &Input<'_>,
    sheet: &mut Sheet<'_>,
    row: u32,
    (name, from): (&str, u32),
    tally: &Tally,
    look: CellStyle,
) -> Result<(), XlsxError> {
    let columns = &input.columns;
    let there = |col: u16| format!("={}{}", input.sheet_ref(0), cell(from, col));
    sheet.text(row, 0, name, look, CellFormat::Text(0))?;
    sheet.formula(row, 1, (there(columns.weight), tally.weight.to_string()), look, CellFormat::General)?;
    sheet.formula(
        row,
        2,
        (there(columns.score), tally.score.to_string()),
        look,
        CellFormat::Number(2, false),
    )?;
    let share = tally.achievement();
    let result = share.map_or_else(String::new, |share| share.to_string());
    sheet.formula(row, 3, (there(columns.achievement), result), look, CellFormat::Share)?;
    let grade = share.map_or("", |share| input.rules.grade(share)).to_owned();
    sheet.formula(row, 4, (there(columns.grade), grade), look, CellFormat::Centre)?;
    let entered = input.lang.pick("평가 ", "scored ");
    let count = format!("{entered}{}/{}", tally.scored, tally.rows);
    sheet.formula(row, 5, (there(columns.how), count), look, CellFormat::Centre)
}

/// Weights and achievements by perspective.
fn charts(input: &Input<'_>, sheet: &mut Sheet<'_>, last: u32) -> Result<(), XlsxError> {
    let lang = input.lang;
    let tab = &input.sheets()[1];
    let style = &input.formats.style;
    let charts = [
        (1u16, style.accent, lang.pick("관점별 비중", "Weight by perspective"), "0.##", 0u16),
        (3, style.reached, lang.pick("관점별 달성률", "Achievement by perspective"), "0%", 2),
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
