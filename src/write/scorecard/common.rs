//! The sheet of common KPIs: this plan's values beside those of all organisations with the same KPI.

use super::input::CardInput;
use super::places::CardPlaces;
use crate::consolidate::RowId;
use crate::plan::YearColumn;
use crate::plan::value::show_number;
use crate::project::config::Polarity;
use crate::workbook::link::internal;
use crate::workbook::{self, Cell, CellStyle, Columns, Sheet, Table};
use crate::write::words;

const HEADING: u32 = 2;

/// A year of a row that is a common KPI.
struct CommonLine<'a> {
    id: RowId,
    year: &'a YearColumn,
    /// The row's position on the scorecard.
    at: Option<u32>,
    common: usize,
    /// The comparison's numbers for the year, in ascending order; none where the row is not comparable.
    numbers: Option<Vec<f64>>,
    spread: Option<[f64; 5]>,
}

fn columns<'a>(input: &'a CardInput<'_>) -> Columns<'a, CommonLine<'a>> {
    let (city, lang) = (input.city, input.lang);
    let own = |line: &CommonLine<'_>| city.row(line.id);
    let polarity = |line: &CommonLine<'_>| city.common[line.common].rule.polarity;
    let spread = |at: usize| {
        move |line: &CommonLine<'_>| {
            // Quartiles between two values may have many decimals.
            let number = line.spread.map(|numbers| (numbers[at] * 1e4).round() / 1e4);
            Cell::value(&number.map(show_number).unwrap_or_default())
        }
    };
    Columns::<CommonLine<'_>>::new(lang)
        .column(("공통지표", "Common KPI"), 34.0, move |line: &CommonLine<'_>| {
            Cell::link(&own(line).kpi.text, line.at.map(|at| internal(&input.sheets()[0], at)))
        })
        .column(("단위", "Unit"), 9.0, |line| Cell::text(&unit(input, line.id, line.common)).centred())
        .column(("연도", "Year"), 13.0, move |line| {
            Cell::text(&words::year(line.year.year, line.year.kind, lang)).centred()
        })
        .column(("이 조직", "Here"), 14.0, |line| {
            let year = line.year.year;
            Cell::value(city.written(line.id, year)).styled_if(year == city.year, CellStyle::Strong)
        })
        .column(("최소", "Least"), 12.0, spread(0))
        .column(("25%", "25%"), 12.0, spread(1))
        .column(("중앙값", "Median"), 12.0, spread(2))
        .column(("75%", "75%"), 12.0, spread(3))
        .column(("최대", "Most"), 12.0, spread(4))
        .column(("조직 수", "Organisations"), 10.0, |line| {
            Cell::count(line.numbers.as_ref().map_or(0, Vec::len)).muted()
        })
        .column(("순위", "Rank"), 9.0, move |line| {
            Cell::count_or_blank(rank(input, line, polarity(line)), CellStyle::Strong)
        })
        .column(("좋은 쪽", "Better"), 12.0, move |line| {
            let words = match polarity(line) {
                Polarity::Up => lang.pick("클수록 좋음", "higher"),
                Polarity::Down => lang.pick("작을수록 좋음", "lower"),
            };
            Cell::text(words).muted().centred()
        })
}

pub(super) fn fill(input: &CardInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result {
    let lang = input.lang;
    let note = lang.pick(
        "모든 조직이 각자 관리하는 지표입니다. 같은 단위로 숫자를 적은 조직끼리 견줍니다. 순위는 좋은 쪽부터이고 같으면 같은 순위입니다.",
        "KPIs that every organisation measures for itself, among those that give numbers in the same unit. Rank 1 is best; equals share a rank.",
    );
    sheet.title(lang.pick("공통지표 비교", "Common KPIs"), note)?;
    let places = CardPlaces::of(input);
    let mut table = Table::new(sheet, HEADING, columns(input))?;
    for (row, keys) in input.city.nodes[input.index].row_keys.iter().enumerate() {
        let Some(common) = keys.common else { continue };
        let id = RowId { plan: input.index, row };
        let at = places.kpis.get(row).copied();
        table
            .lines(sheet, input.plan.years.iter().map(|year| CommonLine::of(input, id, year, at, common)))?;
    }
    if table.last == HEADING {
        table.none(sheet, lang.pick("공통지표가 없습니다", "no common KPI"))?;
    }
    table.finish(sheet, 1)?;
    Ok(())
}

/// The unit of the row, with the others' unit where that is on another scale.
fn unit(input: &CardInput<'_>, id: RowId, common: usize) -> String {
    let own = &input.city.row(id).unit;
    let usual = input.numbers.0[common].unit.as_ref();
    let usual = usual
        .filter(|usual| input.numbers.0[common].compares(id) && usual.scale.total_cmp(&own.scale).is_ne());
    match usual {
        Some(usual) if !own.text.is_empty() => format!("{} → {}", own.text.text, usual.text),
        _ => own.text.text.to_string(),
    }
}

impl<'a> CommonLine<'a> {
    fn of(input: &CardInput<'_>, id: RowId, year: &'a YearColumn, at: Option<u32>, common: usize) -> Self {
        let comparison = &input.numbers.0[common];
        let numbers = comparison.compares(id).then(|| {
            let mut numbers: Vec<f64> = comparison.of_year(year.year).map(|(_, number)| number).collect();
            numbers.sort_by(f64::total_cmp);
            numbers
        });
        let spread = comparison.spread(year.year).filter(|_| numbers.is_some()).map(|spread| spread.numbers);
        Self { id, year, at, common, numbers, spread }
    }
}

/// Amounts whose relative difference is at most this are equal.
const SAME: f64 = 1e-9;

/// The rank of the row's number among the others', from 1; 0 where it has none.
fn rank(input: &CardInput<'_>, line: &CommonLine<'_>, polarity: Polarity) -> usize {
    let own = input.numbers.0[line.common].numbers.get(&(line.id, line.year.year));
    let Some((own, numbers)) = own.zip(line.numbers.as_ref()) else { return 0 };
    let near = own.abs().max(1.0) * SAME;
    1 + match polarity {
        Polarity::Up => numbers.len() - numbers.partition_point(|&other| other <= own + near),
        Polarity::Down => numbers.partition_point(|&other| other < own - near),
    }
}
