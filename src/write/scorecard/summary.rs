//! The second sheet: weight, score and achievement by perspective, with charts.

use crate::write::words::{of_year, plan_year};
use rust_xlsxwriter::{Chart, ChartDataLabel, ChartFont, ChartType};

use super::input::CardInput;
use super::places::CardPlaces;
use crate::score::rules::grade;
use crate::score::{self, Tally, groups};
use crate::source::CellRef;
use crate::workbook::range::on_sheet;
use crate::workbook::{self, Cell, CellFormat, CellStyle, Columns, Formula, Sheet, Table, color};

const HEADING: u32 = 2;

/// A perspective, or the whole plan.
struct PerspectiveLine<'a> {
    name: &'a str,
    /// The scorecard's sheet, and its row of sums.
    card: String,
    from: u32,
    tally: Tally,
    share: String,
    grade: &'a str,
    style: CellStyle,
}

impl<'a> PerspectiveLine<'a> {
    fn new(input: &'a CardInput<'_>, name: &'a str, from: u32, tally: Tally, style: CellStyle) -> Self {
        let [card, ..] = input.sheets();
        let share = tally.achievement();
        let grade = share.map_or("", |share| grade(share, input.rules));
        let share = share.map_or_else(String::new, |share| share.to_string());
        Self { name, card, from, tally, share, grade, style }
    }

    /// A cell that refers to a figure of the scorecard.
    fn there(&self, col: u16, result: impl ToString, format: CellFormat) -> Cell {
        let cell = on_sheet(&self.card, &CellRef::new(self.from, col).to_string());
        Cell::formula(Formula::new(cell, result), format).styled(self.style)
    }
}

/// The table, and the columns that the charts show.
struct SummaryLayout<'a> {
    columns: Columns<'a, PerspectiveLine<'a>>,
    weight: u16,
    achievement: u16,
}

impl<'a> SummaryLayout<'a> {
    fn new(input: &'a CardInput<'_>) -> Self {
        use CellFormat::{Centre, General, Percent, Score};
        let (card, scored) = (&input.columns, input.lang.pick("평가", "scored"));
        let columns =
            Columns::<PerspectiveLine<'_>>::new(input.lang)
                .column(("관점", "Perspective"), 34.0, |line| Cell::text(line.name).styled(line.style));
        let weight = columns.count();
        let columns = columns
            .column(("비중", "Weight"), 14.0, |line| line.there(card.weight, line.tally.weight, General))
            .column(("점수", "Score"), 14.0, |line| line.there(card.score, line.tally.score, Score));
        let achievement = columns.count();
        let columns = columns
            .column(("달성률", "Achieved"), 14.0, |line| {
                line.there(card.achievement, &line.share, Percent)
            })
            .column(("등급", "Grade"), 12.0, |line| line.there(card.grade, line.grade, Centre))
            .column(("평가한 지표", "KPIs scored"), 16.0, move |line| {
                let count = format!("{scored} {}/{}", line.tally.scored, line.tally.rows);
                line.there(card.how, count, Centre)
            });
        Self { columns, weight, achievement }
    }
}

pub(super) fn fill(input: &CardInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result {
    let lang = input.lang;
    let (org, year) = (&input.plan.org, input.city.year);
    let (titled, of) = (plan_year(year, lang), of_year(year, lang));
    let title = lang.pick(format!("{org} {titled}결과 요약"), format!("{org}: results{of}"));
    let note = lang.pick(
        "성과표에 결과를 넣으면 함께 바뀝니다. 달성률은 결과가 들어간 지표만으로 계산합니다.",
        "Follows the results on the scorecard. Achievement is that of the KPIs with results.",
    );
    sheet.title(&title, note)?;
    let SummaryLayout { columns, weight, achievement } = SummaryLayout::new(input);
    let mut table = Table::new(sheet, HEADING, columns)?;
    table.headings(sheet)?;
    let places = CardPlaces::of(input);
    for (group, place) in groups(input.plan).into_iter().zip(&places.groups) {
        let tally = score::tally(input.rows[group.clone()].iter().map(|row| &row.score));
        let name = &input.plan.rows[group.start].perspective.name;
        table.line(sheet, &PerspectiveLine::new(input, name, place.sums, tally, CellStyle::Body))?;
    }
    let last = table.last;
    if last > HEADING {
        let tally = score::tally(input.rows.iter().map(|row| &row.score));
        let name = lang.pick("합계", "Total");
        table.line(sheet, &PerspectiveLine::new(input, name, places.total, tally, CellStyle::SubBand))?;
        charts(input, sheet, last, weight, achievement)?;
    }
    Ok(())
}

/// Weights and achievements by perspective.
fn charts(
    input: &CardInput<'_>,
    sheet: &mut Sheet<'_>,
    last: u32,
    weight: u16,
    achievement: u16,
) -> workbook::Result {
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
        // A bar chart has its categories on the vertical axis; the first one is on top.
        chart.y_axis().set_reverse();
        chart.x_axis().set_min(0).set_hidden(true).set_major_gridlines(false);
        chart.set_width(400).set_height(300);
        sheet.worksheet.insert_chart_with_offset(last + 3, at, &chart, if at == 0 { 0 } else { 80 }, 0)?;
    }
    Ok(())
}
