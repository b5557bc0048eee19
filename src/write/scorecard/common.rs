//! The sheet of common KPIs: this plan's values beside those of all organisations that measure the same.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use super::Input;
use super::table::Places;
use crate::consolidate::{City, RowId, Spread};
use crate::plan::value::show_number;
use crate::project::NameKey;
use crate::project::config::Direction;
use crate::write::sheet::{Column, Sheet, internal};
use crate::write::style::{Look, Set};
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
            sheet.link(row, 0, &own.kpi.text, link, Look::Body)?;
            sheet.text(row, 1, &own.unit.text.text, Look::Body, Set::Centre)?;
            sheet.text(row, 2, &words::year(column.year, column.kind, lang), Look::Body, Set::Centre)?;
            let look = if column.year == city.year { Look::Strong } else { Look::Body };
            let text = city.value(id, column.year).map_or("", |value| &*value.text.text);
            sheet.value(row, 3, text, look)?;
            fill_spread(input, sheet, row, id, column.year, common)?;
        }
    }
    if row == HEADING {
        row += 1;
        sheet.text(row, 0, lang.pick("공통지표가 없습니다", "no common KPI"), Look::Muted, Set::Text(0))?;
    }
    sheet.table(HEADING, row, 1)
}

/// What all organisations give for each common KPI, gathered once for all scorecards: by KPI, unit and year, in the base
/// of the unit and in order.
pub(super) struct Numbers(BTreeMap<(usize, NameKey, i32), Vec<f64>>);

impl Numbers {
    pub(super) fn of(city: &City) -> Self {
        let mut all: BTreeMap<(usize, NameKey, i32), Vec<f64>> = BTreeMap::new();
        for (common, matrix) in city.common.iter().enumerate() {
            for &row in &matrix.rows {
                let base = city.units.key(city.row(row).unit.base());
                for year in city.plans[row.plan].years.iter().map(|column| column.year) {
                    if let Some(amount) = city.amount(row, year) {
                        all.entry((common, base.clone(), year)).or_default().push(amount);
                    }
                }
            }
        }
        all.values_mut().for_each(|numbers| numbers.sort_by(f64::total_cmp));
        Self(all)
    }

    /// The numbers of `year` in the unit of the row `id`.
    fn beside(&self, city: &City, id: RowId, year: i32, common: usize) -> &[f64] {
        let base = city.units.key(city.row(id).unit.base());
        self.0.get(&(common, base, year)).map_or(&[], Vec::as_slice)
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
    let numbers = input.numbers.beside(city, id, year, common);
    let (direction, scale) = (city.common[common].rule.direction, city.row(id).unit.scale);
    let rank = city.amount(id, year).map(|own| {
        let near = own.abs().max(scale) * SAME;
        1 + match direction {
            Direction::Up => numbers.len() - numbers.partition_point(|&other| other <= own + near),
            Direction::Down => numbers.partition_point(|&other| other < own - near),
        }
    });
    let spread = Spread::of(numbers.to_vec()).map(|spread| spread.numbers);
    for (at, col) in (4..9).enumerate() {
        // Quartiles between two values may have many decimals.
        let number = spread.map(|numbers| (numbers[at] / scale * 1e4).round() / 1e4);
        sheet.value(row, col, &number.map(show_number).unwrap_or_default(), Look::Body)?;
    }
    sheet.count(row, 9, numbers.len(), Look::Muted)?;
    match rank {
        Some(rank) => sheet.count(row, 10, rank, Look::Strong)?,
        None => sheet.text(row, 10, "", Look::Body, Set::Centre)?,
    }
    let words = match direction {
        Direction::Up => lang.pick("클수록 좋음", "higher"),
        Direction::Down => lang.pick("작을수록 좋음", "lower"),
    };
    sheet.text(row, 11, words, Look::Muted, Set::Centre)
}
