//! The sheet of the cascade: city objectives, city KPIs, and below each the rows of departments and offices.

use std::collections::BTreeSet;

use super::tab::{CascadeInput, FilledTab, HEADING};
use crate::consolidate::{LinkKind, RowId, UnlinkedReason, UnlinkedRow};
use crate::finding::{Severity, Wording};
use crate::workbook::{self, Cell, CellStyle, Columns, Sheet, Table};
use crate::write::branches::{KpiBranch, ObjectiveBranch, below, branches};
use crate::write::words;

pub(super) const NAME: Wording = Wording::of("연계도", "Cascade");

/// Outline levels (ECMA-376 Part 1, 18.3.1.73: outlineLevel up to 7), minus those of objective and KPI.
const MAX_LEVEL: usize = 5;

/// A line of the sheet: its objective and KPI, and what the line shows.
struct ChainLine<'a> {
    objective: &'a str,
    kpi: &'a str,
    target: String,
    /// The style of KPI and target.
    style: CellStyle,
    of: Of,
}

/// What a line shows.
enum Of {
    /// The city's KPI itself, with the number of rows that cite it.
    Kpi(usize),
    /// A row of a plan.
    Row(ChainStep),
}

/// A row of a plan; an unlinked one has no link.
struct ChainStep {
    row: RowId,
    /// The depth below the city KPI.
    depth: usize,
    link: Option<LinkKind>,
    remark: Cell,
}

/// The cell of a column that is filled only for rows of plans.
fn of_row<'a, C: Into<Cell>>(cell: impl Fn(&ChainStep) -> C + 'a) -> impl Fn(&ChainLine<'_>) -> Cell + 'a {
    move |line| match &line.of {
        Of::Kpi(_) => Cell::blank().styled(line.style),
        Of::Row(step) => cell(step).into(),
    }
}

fn columns(input: CascadeInput<'_>) -> Columns<'_, ChainLine<'_>> {
    let CascadeInput { city, lang, .. } = input;
    let own = move |step: &ChainStep| city.row(step.row);
    Columns::<ChainLine<'_>>::new(lang)
        .column(("시 전략목표", "City objective"), 20.0, |line| {
            Cell::text(line.objective).styled(CellStyle::Repeated)
        })
        .column(("시 핵심성과지표", "City KPI"), 20.0, |line| Cell::text(line.kpi).styled(line.style))
        .column(("시 목표치", "City target"), 10.0, |line| Cell::value(&line.target).styled(line.style))
        .column(("단계", "Level"), 7.0, move |line| match &line.of {
            Of::Kpi(_) => Cell::text(lang.pick("시", "city")).styled(line.style).centred(),
            Of::Row(step) => {
                Cell::text(&step.link.map_or(String::new(), |_| (step.depth + 1).to_string())).centred()
            }
        })
        .column(("조직", "Organisation"), 25.0, move |line| match &line.of {
            Of::Kpi(count) => {
                Cell::text(&lang.pick(format!("지표 {count}개가 인용"), format!("cited by {count} rows")))
                    .styled(line.style)
            }
            Of::Row(step) => Cell::text(city.org(step.row))
                .styled_if(step.depth == 0, CellStyle::Strong)
                .indented(2 * step.depth),
        })
        .column(
            ("연계", "Link"),
            lang.pick(8.0, 12.0),
            of_row(move |step| Cell::text(step.link.map_or("", |kind| words::link(kind, lang))).centred()),
        )
        .column(("전략목표", "Objective"), 28.0, of_row(move |step| &own(step).objective.text))
        .column(
            ("핵심성과지표", "KPI"),
            34.0,
            of_row(move |step| Cell::text(&own(step).kpi.text).styled_if(step.depth == 0, CellStyle::Strong)),
        )
        .named(
            input.target_heading(),
            14.0,
            of_row(move |step| Cell::value(city.written(step.row, city.year))),
        )
        .column(("단위", "Unit"), 9.0, of_row(move |step| Cell::text(&own(step).unit.text.text).centred()))
        .column(("비중", "Weight"), 8.0, of_row(move |step| Cell::value(&own(step).weight.text.text)))
        .column(("주요사업", "Initiatives"), 13.0, of_row(move |step| own(step).initiatives.codes.join(", ")))
        .column(("원본", "Source"), 23.0, of_row(move |step| input.source(step.row)))
        .column(("살필 것", "Look into"), 24.0, of_row(|step| step.remark.clone()))
}

/// The sheet being filled.
struct Filling<'t, 's, 'a> {
    input: CascadeInput<'a>,
    sheet: &'t mut Sheet<'s>,
    table: Table<'a, ChainLine<'a>>,
    /// Rows of a plan with children, none of which cites them.
    uncited: BTreeSet<RowId>,
}

pub(super) fn fill(input: CascadeInput<'_>, sheet: &mut Sheet<'_>) -> FilledTab {
    let lang = input.lang;
    let title = lang.pick("목표·지표 연계도", "Cascade of objectives and KPIs");
    let note = lang.pick(
        "직접: 인용한 지표를 그대로 관리 · 공통: 조직마다 따로 재는 지표 · 기여: 다른 지표로 뒷받침. 왼쪽의 +/-로 펼치고 접습니다. *는 계획에 가장 많이 적힌 값을 시 목표치로 본 것입니다.",
        "direct: carries the very KPI it cites · shared: a common KPI each measures for itself · contributory: \
         another KPI that serves it. Open and close with +/- on the left. * marks city targets inferred from what most plans cite.",
    );
    sheet.title(title, note)?;
    sheet.worksheet.group_symbols_above(true);
    let (uncited, ends): (Vec<&UnlinkedRow>, Vec<&UnlinkedRow>) =
        input.city.unlinked.iter().partition(|row| row.reason == UnlinkedReason::NotCited);
    let uncited = uncited.into_iter().map(|row| row.row).collect();
    let table = Table::new(sheet, HEADING, columns(input))?;
    let mut filling = Filling { input, sheet, table, uncited };
    for objective in branches(input.city) {
        filling.objective(&objective)?;
    }
    filling.loose_ends(&ends)?;
    filling.table.finish(filling.sheet, 5).map(Some)
}

impl<'a> Filling<'_, '_, 'a> {
    /// Writes a city objective and everything below it.
    fn objective(&mut self, objective: &ObjectiveBranch<'a>) -> workbook::Result {
        let unnamed = self.input.lang.pick("(전략목표 없음)", "(no objective)");
        let name = if objective.name.is_empty() { unnamed } else { objective.name };
        let head = self.table.band(self.sheet, &[name], CellStyle::Band)?;
        for branch in &objective.kpis {
            self.kpi(name, branch)?;
        }
        self.group_below(head)
    }

    /// Writes a city KPI and the rows below it.
    fn kpi(&mut self, objective: &'a str, branch: &KpiBranch<'a>) -> workbook::Result {
        let line = |style, of| ChainLine {
            objective,
            kpi: &branch.kpi.name,
            target: branch.kpi.printed_target(),
            style,
            of,
        };
        let cited = branch.steps.iter().filter(|step| step.depth == 0).count();
        let head = self.table.line(self.sheet, &line(CellStyle::SubBand, Of::Kpi(cited)))?;
        for (index, step) in branch.steps.iter().enumerate() {
            let uncited = self.uncited.contains(&step.row);
            let remark = if uncited { words::loose(UnlinkedReason::NotCited, self.input.lang) } else { "" };
            let remark = Cell::text(remark).muted();
            let of = Of::Row(ChainStep { row: step.row, depth: step.depth, link: Some(step.kind), remark });
            let row = self.table.line(self.sheet, &line(CellStyle::Repeated, of))?;
            let under = u32::try_from(below(&branch.steps[index..])).unwrap_or(0);
            if under > 0 && step.depth < MAX_LEVEL - 1 {
                self.sheet.worksheet.group_rows(row + 1, row + under)?;
            }
        }
        self.group_below(head)
    }

    /// Writes the rows without a parent KPI, by reason.
    fn loose_ends(&mut self, ends: &[&'a UnlinkedRow]) -> workbook::Result {
        if ends.is_empty() {
            return Ok(());
        }
        let lang = self.input.lang;
        let objective = lang.pick("(시 목표로 이어지지 않음)", "(leads up to no city objective)");
        let head = self.table.band(self.sheet, &[objective], CellStyle::Band)?;
        for loose in ends {
            let own = self.input.city.row(loose.row);
            let reason = words::loose(loose.reason, lang);
            let remark = Cell::text(reason).marked(Severity::Warning);
            let line = ChainLine {
                objective,
                kpi: &own.parent_kpi.text,
                target: own.parent_target.text.text.to_string(),
                style: CellStyle::Muted,
                of: Of::Row(ChainStep { row: loose.row, depth: 0, link: None, remark }),
            };
            self.table.line(self.sheet, &line)?;
        }
        self.group_below(head)
    }

    /// Groups the rows below `head`, so that they can be collapsed.
    fn group_below(&mut self, head: u32) -> workbook::Result {
        if self.table.last > head {
            self.sheet.worksheet.group_rows(head + 1, self.table.last)?;
        }
        Ok(())
    }
}
