//! The sheet of cited city targets: which rows cite which city KPI, with which target.

use super::tab::{CascadeInput, FilledTab, HEADING};
use crate::consolidate::{CityKpi, RowId};
use crate::finding::{Lang, Severity};
use crate::plan::Field;
use crate::workbook::{Cell, CellStyle, Columns, Sheet, Table};

/// A city KPI, and a row that cites it, if any.
struct TargetLine<'a> {
    kpi: &'a CityKpi,
    row: Option<RowId>,
}

/// The cell of a column that is filled only for citations.
fn cited<'a, C: Into<Cell>>(cell: impl Fn(RowId) -> C + 'a) -> impl Fn(&TargetLine<'_>) -> Cell + 'a {
    move |line| line.row.map_or_else(Cell::blank, |row| cell(row).into())
}

fn columns(input: CascadeInput<'_>) -> Columns<'_, TargetLine<'_>> {
    let CascadeInput { city, lang, .. } = input;
    let nobody = lang.pick("인용한 조직 없음", "nobody cites it");
    let nobody = Cell::text(nobody).marked(Severity::Warning);
    let own = |row| city.row(row);
    Columns::<TargetLine<'_>>::new(lang)
        .column(("시 핵심성과지표", "City KPI"), 28.0, |line| Cell::text(&line.kpi.name).strong())
        .column(("시 목표치", "City target"), 13.0, |line| {
            Cell::value(&line.kpi.printed_target()).strong()
        })
        .column(("인용한 조직", "Cited by"), 26.0, move |line| {
            line.row.map_or_else(|| nobody.clone(), |row| Cell::text(city.org(row)))
        })
        .column(
            ("인용한 전략목표", "Cited objective"),
            28.0,
            cited(move |row| &own(row).parent_objective.text),
        )
        .column(("인용한 지표", "Cited KPI"), 28.0, cited(move |row| &own(row).parent_kpi.text))
        .column(
            ("인용한 목표치", "Cited target"),
            14.0,
            cited(move |row| Cell::value(&own(row).parent_target.text.text)),
        )
        .column(("시 목표치와", "Against the city's"), 13.0, move |line| {
            line.row
                .map_or_else(Cell::blank, |row| agreement(line.kpi, &own(row).parent_target.text.text, lang))
        })
        .column(("그 조직의 지표", "The organisation's KPI"), 34.0, cited(move |row| &own(row).kpi.text))
        .column(
            ("원본", "Source"),
            23.0,
            cited(move |row| input.place(&city.place(row, Field::ParentTarget))),
        )
}

/// Whether a target is cited correctly.
fn agreement(kpi: &CityKpi, cited: &str, lang: Lang) -> Cell {
    let (word, style) = match (cited.is_empty(), kpi.is_cited_right(cited)) {
        (true, _) => (lang.pick("적지 않음", "not given"), CellStyle::Muted),
        (false, None) => (lang.pick("시 목표치 모름", "city's unknown"), CellStyle::Muted),
        (false, Some(false)) => (lang.pick("다름", "differs"), CellStyle::Severity(Severity::Warning)),
        (false, _) => (lang.pick("같음", "agrees"), CellStyle::Body),
    };
    Cell::text(word).styled(style).centred()
}

pub(super) fn fill(input: CascadeInput<'_>, sheet: &mut Sheet<'_>) -> FilledTab {
    let lang = input.lang;
    let title = lang.pick("시 목표치 인용", "Cited city targets");
    let note = lang.pick(
        "시 지표마다 그것을 인용한 조직과 적은 목표치입니다. 시 목표치는 planbook.toml에 적은 것이고, *는 계획에 가장 많이 적힌 값입니다. 한 값이 뚜렷이 많지 않으면 비웁니다.",
        "Who cites each of the city's KPIs and with which target. The city's is planbook.toml's; * marks what most plans cite; none where no value has a clear majority.",
    );
    sheet.title(title, note)?;
    let mut table = Table::new(sheet, HEADING, columns(input))?;
    for kpi in &input.city.city_kpis {
        if kpi.citations.is_empty() {
            table.line(sheet, &TargetLine { kpi, row: None })?;
        }
        for &row in &kpi.citations {
            table.line(sheet, &TargetLine { kpi, row: Some(row) })?;
        }
    }
    table.finish(sheet, 1).map(Some)
}
