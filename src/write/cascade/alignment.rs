//! The sheet of alignment: the city objectives that each organisation has KPIs for, by count and weight.

use super::tab::{CascadeInput, FilledTab, HEADING};
use crate::finding::Severity;
use crate::plan::PlanId;
use crate::source::CellRange;
use crate::workbook::{self, Cell, CellFormat, CellStyle, Columns, Sheet, Table, Total};
use crate::write::alignment::{Alignment, Share};

/// With this many objectives or more they are listed line by line: a table so wide is unreadable, and a sheet
/// has only 16,384 columns.
const MOST_OBJECTIVES: usize = 80;
/// Objectives side by side on a printed page.
const OBJECTIVES_A_PAGE: usize = 12;
/// The print scale in percent at which that many fit.
const SCALE: u16 = 60;

/// An objective by its position among the city's. KPIs without an objective have the position after the last.
struct Objective<'a> {
    at: usize,
    name: &'a str,
    is_carried: bool,
}

/// Every objective; then, if there are KPIs without one, an entry for those.
fn objectives<'a>(input: CascadeInput<'a>, alignment: &Alignment) -> Vec<Objective<'a>> {
    let is_carried = |at: usize| alignment.shares.iter().any(|shares| shares.contains_key(&at));
    let named = input.city.city_objectives.iter().map(|objective| &*objective.name);
    let unnamed = input.lang.pick("(전략목표 없음)", "(no objective)");
    let all = named.chain(is_carried(input.city.city_objectives.len()).then_some(unnamed)).enumerate();
    all.map(|(at, name)| Objective { at, name, is_carried: is_carried(at) }).collect()
}

/// The input of the sheet.
struct CarrierSheet<'a> {
    input: CascadeInput<'a>,
    alignment: Alignment,
    objectives: Vec<Objective<'a>>,
}

pub(super) fn fill(input: CascadeInput<'_>, sheet: &mut Sheet<'_>) -> FilledTab {
    let lang = input.lang;
    let alignment = Alignment::of(input.city);
    let objectives = objectives(input, &alignment);
    let title = lang.pick("시 전략목표를 맡은 조직", "Who carries the city's objectives");
    let note = lang.pick(
        "시 전략목표로 이어지는 지표의 수와 비중(%)입니다. 과의 지표는 국의 지표를 거쳐 이어집니다. 한 지표가 여러 목표로 이어지면 목표마다 셉니다.",
        "KPIs that lead up to each objective, by number and weight (%); an office's through its bureau's. A KPI that \
         leads to several is counted for each.",
    );
    sheet.title(title, note)?;
    let carriers = CarrierSheet { input, alignment, objectives };
    let fits = carriers.objectives.len() < MOST_OBJECTIVES;
    if fits { carriers.side_by_side(sheet) } else { carriers.listed(sheet) }.map(Some)
}

/// The number of KPIs.
fn count(share: Share) -> Cell {
    Cell::count(share.count)
}

/// The weight of the KPIs.
fn weight(share: Share) -> Cell {
    Cell::number(share.weight, CellFormat::Weight)
}

/// Appends count and weight to `columns` under a shared heading; cells are blank for 0.
fn pair<'a>(
    columns: Columns<'a, PlanId>,
    over: &str,
    over_style: CellStyle,
    style: CellStyle,
    share: impl Fn(PlanId) -> Option<Share> + Copy + 'a,
) -> Columns<'a, PlanId> {
    let of = move |cell: fn(Share) -> Cell| {
        move |&plan: &PlanId| {
            let share = share(plan).filter(|share| share.count > 0);
            share.map_or_else(Cell::blank, |share| cell(share).styled(style))
        }
    };
    let count = columns.column(("지표", "KPIs"), 7.0, of(count)).under(over, over_style).summed();
    count.column(("비중", "Weight"), 8.0, of(weight))
}

impl CarrierSheet<'_> {
    /// The columns, and the first column of an objective.
    fn columns(&self) -> (Columns<'_, PlanId>, u16) {
        use CellStyle::{Heading, Severity as Marked, Strong, SubBand};
        let Self { input, alignment, objectives } = self;
        let (city, lang) = (input.city, input.lang);
        let columns = Columns::<PlanId>::new(lang)
            .column(("조직", "Organisation"), 26.0, |&plan| {
                let is_bare = alignment.aligned[plan].count == 0;
                let org = Cell::text(&city.plans[plan].org).strong();
                org.styled_if(is_bare, Marked(Severity::Warning))
            })
            .under(lang.pick("조직", "Organisation"), Heading)
            .column(("상위 조직", "Parent"), 22.0, |&plan| Cell::text(city.parent_name(plan)).muted());
        let aligned = lang.pick("시 목표로 이어짐", "Leads up to an objective");
        let mut columns = pair(columns, aligned, Heading, Strong, |plan| Some(alignment.aligned[plan]));
        let first = columns.count();
        for objective in objectives {
            let nobody = (lang.pick(" (맡은 조직 없음)", " (nobody carries it)"), Marked(Severity::Warning));
            let (gap, over) = if objective.is_carried { ("", Heading) } else { nobody };
            columns = pair(columns, &format!("{}{gap}", objective.name), over, SubBand, |plan| {
                alignment.shares[plan].get(&objective.at).copied()
            });
        }
        let (loose, info) = (lang.pick("이어지지 않음", "Leads up to none"), Marked(Severity::Info));
        (pair(columns, loose, info, info, |plan| Some(alignment.loose[plan])), first)
    }

    /// Writes a line per organisation, with the objectives side by side.
    fn side_by_side(&self, sheet: &mut Sheet<'_>) -> workbook::Result<CellRange> {
        let lang = self.input.lang;
        let (columns, first) = self.columns();
        let mut table = Table::new(sheet, HEADING + 1, columns)?;
        table.headings(sheet)?;
        table.lines(sheet, self.input.city.plan_ids())?;
        let totals = [
            (lang.pick("지표 수", "KPIs"), Total::Sum),
            (lang.pick("맡은 조직 수", "Organisations"), Total::Lines),
        ];
        table.totals(sheet, &totals)?;
        // On A3, with as many pages side by side as legible figures need.
        let pages = 1..self.objectives.len().div_ceil(OBJECTIVES_A_PAGE);
        let breaks: Vec<u32> = pages
            .filter_map(|page| u32::try_from(usize::from(first) + 2 * OBJECTIVES_A_PAGE * page).ok())
            .collect();
        sheet.worksheet.set_paper_size(8).set_print_scale(SCALE).set_vertical_page_breaks(&breaks)?;
        sheet.worksheet.set_repeat_columns(0, 0)?;
        table.pin(sheet, 1)
    }

    /// Writes a line per objective and organisation with KPIs for it.
    fn listed(&self, sheet: &mut Sheet<'_>) -> workbook::Result<CellRange> {
        /// An objective with an organisation and its share of it.
        type CarrierLine<'a> = (&'a str, Option<(PlanId, Share)>);
        let CascadeInput { city, lang, .. } = self.input;
        let nobody = lang.pick("맡은 조직 없음", "nobody carries it");
        let warning = CellStyle::Severity(Severity::Warning);
        let of = |cell: fn(Share) -> Cell| {
            move |&(_, carrier): &CarrierLine<'_>| carrier.map_or_else(Cell::blank, |(_, share)| cell(share))
        };
        let columns = Columns::<CarrierLine<'_>>::new(lang)
            .column(("시 전략목표", "City objective"), 44.0, |&(objective, carrier)| {
                Cell::text(objective).strong().styled_if(carrier.is_none(), warning)
            })
            .column(("조직", "Organisation"), 28.0, |&(_, carrier)| match carrier {
                Some((plan, _)) => Cell::text(&city.plans[plan].org),
                None => Cell::text(nobody).styled(warning),
            })
            .column(("상위 조직", "Parent"), 28.0, |&(_, carrier)| {
                carrier.map_or_else(Cell::blank, |(plan, _)| Cell::text(city.parent_name(plan)).muted())
            })
            .column(("지표 수", "KPIs"), 10.0, of(count))
            .column(("비중", "Weight"), 10.0, of(weight));
        let mut table = Table::new(sheet, HEADING, columns)?;
        for objective in &self.objectives {
            if !objective.is_carried {
                table.line(sheet, &(objective.name, None))?;
            }
            for (plan, shares) in self.input.city.plan_ids().zip(&self.alignment.shares) {
                if let Some(&share) = shares.get(&objective.at) {
                    table.line(sheet, &(objective.name, Some((plan, share))))?;
                }
            }
        }
        table.finish(sheet, 2)
    }
}
