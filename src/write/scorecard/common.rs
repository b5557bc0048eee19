//! The sheet of common KPIs: this plan's values beside those of all organisations that measure the same.

use rust_xlsxwriter::XlsxError;

use super::Input;
use super::table::Places;
use crate::consolidate::{Context, RowId};
use crate::measure::Comparison;
use crate::plan::value::show_number;
use crate::project::config::Direction;
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet, internal};
use crate::write::words;

const HEADING: u32 = 2;

pub(super) fn columns(input: &Input<'_>) -> Vec<Column> {
    let titles = input.lang.pick(
        [
            "공통지표",
            "단위",
            "연도",
            "이 조직",
            "최소",
            "25%",
            "중앙값",
            "75%",
            "최대",
            "조직 수",
            "순위",
            "좋은 쪽",
        ],
        [
            "Common KPI",
            "Unit",
            "Year",
            "Here",
            "Least",
            "25%",
            "Median",
            "75%",
            "Most",
            "Organisations",
            "Rank",
            "Better",
        ],
    );
    let widths = [34.0, 9.0, 13.0, 14.0, 12.0, 12.0, 12.0, 12.0, 12.0, 10.0, 9.0, 12.0];
    titles.map(str::to_owned).into_iter().zip(widths).collect()
}

pub(super) fn fill(input: &Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let (city, lang) = (input.city, input.lang);
    let note = lang.pick(
        "모든 조직이 각자 관리하는 지표입니다. 같은 단위로 숫자를 적은 조직끼리 견줍니다. 순위는 좋은 쪽부터이고 같으면 같은 순위입니다.",
        "KPIs that every organisation measures for itself, among those that give numbers in the same unit. Rank 1 is best; equals share a rank.",
    );
    sheet.title(lang.pick("공통지표 비교", "Common KPIs"), note)?;
    let places = Places::of(input);
    let mut row = HEADING;
    for (index, keys) in city.keys[input.index].iter().enumerate() {
        let Some(common) = keys.common else { continue };
        let id = RowId { plan: input.index, row: index };
        for column in &input.plan.years {
            row += 1;
            let own = city.row(id);
            let link = places.kpis.get(index).map(|&at| internal(&input.sheets()[0], at));
            sheet.link(row, 0, &own.kpi.text, link, CellStyle::Body)?;
            sheet.text(row, 1, &unit(input, id, common), CellStyle::Body, CellFormat::Centre)?;
            sheet.text(
                row,
                2,
                &words::year(column.year, column.kind, lang),
                CellStyle::Body,
                CellFormat::Centre,
            )?;
            let look = if column.year == city.year { CellStyle::Strong } else { CellStyle::Body };
            let text = city.value(id, column.year).map_or("", |value| &*value.text.text);
            sheet.value(row, 3, text, look)?;
            fill_spread(input, sheet, row, id, column.year, common)?;
        }
    }
    if row == HEADING {
        row += 1;
        sheet.text(
            row,
            0,
            lang.pick("공통지표가 없습니다", "no common KPI"),
            CellStyle::Muted,
            CellFormat::Text(0),
        )?;
    }
    sheet.table(HEADING, row, 1)
}

/// The common KPIs as all organisations have them, gathered once for all scorecards.
pub(super) struct Numbers<'a>(Vec<Comparison<'a>>);

impl<'a> Numbers<'a> {
    pub(super) fn of(context: Context<'a>) -> Self {
        Self(context.city.common.iter().map(|matrix| Comparison::of(context, matrix)).collect())
    }
}

/// The unit of the row; where the others are counted on another scale, that too.
fn unit(input: &Input<'_>, id: RowId, common: usize) -> String {
    let own = &input.city.row(id).unit;
    let usual = input.numbers.0[common].unit.as_ref();
    let usual = usual
        .filter(|usual| input.numbers.0[common].compares(id) && usual.scale.total_cmp(&own.scale).is_ne());
    match usual {
        Some(usual) if !own.text.is_empty() => format!("{} → {}", own.text.text, usual.text),
        _ => own.text.text.to_string(),
    }
}

/// Amounts that differ by no more than this part are the same.
const SAME: f64 = 1e-9;

fn fill_spread(
    input: &Input<'_>,
    sheet: &mut Sheet<'_>,
    row: u32,
    id: RowId,
    year: i32,
    common: usize,
) -> Result<(), XlsxError> {
    let (city, lang) = (input.city, input.lang);
    let comparison = &input.numbers.0[common];
    let direction = city.common[common].rule.direction;
    let compares = comparison.compares(id);
    let mut numbers: Vec<f64> = comparison.of_year(year).map(|(_, number)| number).collect();
    numbers.sort_by(f64::total_cmp);
    let rank = comparison.numbers.get(&(id, year)).map(|own| {
        let near = own.abs().max(1.0) * SAME;
        1 + match direction {
            Direction::Up => numbers.len() - numbers.partition_point(|&other| other <= own + near),
            Direction::Down => numbers.partition_point(|&other| other < own - near),
        }
    });
    let spread = comparison.spread(year).filter(|_| compares).map(|spread| spread.numbers);
    for (at, col) in (4..9).enumerate() {
        // Quartiles between two values may have many decimals.
        let number = spread.map(|numbers| (numbers[at] * 1e4).round() / 1e4);
        sheet.value(row, col, &number.map(show_number).unwrap_or_default(), CellStyle::Body)?;
    }
    sheet.count(row, 9, if compares { numbers.len() } else { 0 }, CellStyle::Muted)?;
    match rank {
        Some(rank) => sheet.count(row, 10, rank, CellStyle::Strong)?,
        None => sheet.text(row, 10, "", CellStyle::Body, CellFormat::Centre)?,
    }
    let words = match direction {
        Direction::Up => lang.pick("클수록 좋음", "higher"),
        Direction::Down => lang.pick("작을수록 좋음", "lower"),
    };
    sheet.text(row, 11, words, CellStyle::Muted, CellFormat::Centre)
}
