//! The sheets of the city-wide workbook: their order, names and what each is for.

use rust_xlsxwriter::{Color, XlsxError};

use super::{
    Input, alignment, chain, codes, common, findings, kpis, loose, organisations, overview, rollups, targets,
    values,
};
use crate::finding::Lang;
use crate::workbook::{Column, Sheet};
use crate::workbook::{Style, color};

/// A sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Overview,
    Organisations,
    Chain,
    Alignment,
    Targets,
    Common,
    RollUps,
    Findings,
    Loose,
    Codes,
    Kpis,
    Values,
}

impl Tab {
    /// All of them, in their order.
    pub(super) const ALL: [Tab; 12] = [
        Tab::Overview,
        Tab::Organisations,
        Tab::Chain,
        Tab::Alignment,
        Tab::Targets,
        Tab::Common,
        Tab::RollUps,
        Tab::Findings,
        Tab::Loose,
        Tab::Codes,
        Tab::Kpis,
        Tab::Values,
    ];

    /// Its name: at most 31 letters, none that a sheet's name may not have.
    pub(super) fn name(self, lang: Lang) -> &'static str {
        match self {
            Tab::Overview => lang.pick("요약", "Overview"),
            Tab::Organisations => lang.pick("조직", "Organisations"),
            Tab::Chain => lang.pick("연계도", "Cascade"),
            Tab::Alignment => lang.pick("목표×조직", "Alignment"),
            Tab::Targets => lang.pick("시 목표치 인용", "City targets"),
            Tab::Common => lang.pick("공통지표", "Common KPIs"),
            Tab::RollUps => lang.pick("합산", "Roll-ups"),
            Tab::Findings => lang.pick("지적사항", "Findings"),
            Tab::Loose => lang.pick("미연결", "Loose rows"),
            Tab::Codes => lang.pick("주요사업 코드", "Initiative codes"),
            Tab::Kpis => lang.pick("지표 자료", "KPI data"),
            Tab::Values => lang.pick("연도별 자료", "Values by year"),
        }
    }

    /// What is on it, for the contents.
    pub(super) fn about(self, lang: Lang) -> &'static str {
        match self {
            Tab::Overview => "",
            Tab::Organisations => lang.pick(
                "조직마다 지표 수, 비중, 지적 사항, 차수",
                "each organisation's KPIs, weights, findings and round",
            ),
            Tab::Chain => lang.pick(
                "시 전략목표에서 과 지표까지, 펼치고 접으며 봅니다",
                "from the city's objectives down to the offices' KPIs, to open and close",
            ),
            Tab::Alignment => lang.pick(
                "어느 조직이 어느 시 목표를 맡았는지, 빈 곳은 어디인지",
                "who carries which city objective, and where nobody does",
            ),
            Tab::Targets => lang.pick("누가 시 목표치를 얼마로 인용했는지", "who cites which city target"),
            Tab::Common => lang.pick(
                "모든 조직이 재는 지표를 나란히, 분포와 그래프와 함께",
                "what every organisation measures, side by side, with spread and chart",
            ),
            Tab::RollUps => lang
                .pick("하위 조직의 합계와 상위 조직의 값", "the children's sum beside the parent's figure"),
            Tab::Findings => lang.pick("점검에서 나온 모든 것", "all that the checks found"),
            Tab::Loose => lang.pick("상위 계획과 이어지지 않은 지표", "KPIs that lead up to nothing"),
            Tab::Codes => {
                lang.pick("주요사업 코드와 그것을 적은 지표", "initiative codes and the KPIs that name them")
            }
            Tab::Kpis => lang.pick(
                "지표마다 한 줄: 피벗 테이블을 만들 자료",
                "a line for each KPI, to make pivot tables from",
            ),
            Tab::Values => lang.pick(
                "지표와 연도마다 한 줄: 피벗 테이블을 만들 자료",
                "a line for each KPI and year, to make pivot tables from",
            ),
        }
    }

    /// The name by which formulas call its table.
    pub(super) fn defined_name(self, lang: Lang) -> String {
        self.name(lang).replace([' ', '-', '×'], "_") + lang.pick("_표", "_table")
    }

    /// Overviews, what is to be done, and data are told apart by colour.
    pub(super) fn colour(self, style: &Style) -> Color {
        use crate::finding::Severity;
        match self {
            Tab::Findings | Tab::Loose => color(style.severity(Severity::Warning).mark),
            Tab::Codes | Tab::Kpis | Tab::Values => color(style.line),
            _ => color(style.accent),
        }
    }

    /// Its columns.
    pub(super) fn columns(self, input: Input<'_>) -> Vec<Column> {
        match self {
            Tab::Overview => overview::columns(input),
            Tab::Organisations => organisations::columns(input),
            Tab::Chain => chain::columns(input),
            Tab::Alignment => alignment::columns(input),
            Tab::Targets => targets::columns(input),
            Tab::Common => common::columns(input),
            Tab::RollUps => rollups::columns(input),
            Tab::Findings => findings::columns(input),
            Tab::Loose => loose::columns(input),
            Tab::Codes => codes::columns(input),
            Tab::Kpis => kpis::columns(input),
            Tab::Values => values::columns(input),
        }
    }

    /// Fills it, and gives the range of its table if it has one alone.
    pub(super) fn fill(self, input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<Option<String>, XlsxError> {
        match self {
            Tab::Overview => overview::fill(input, sheet).map(|()| None),
            Tab::Organisations => organisations::fill(input, sheet).map(Some),
            Tab::Chain => chain::fill(input, sheet).map(Some),
            Tab::Alignment => alignment::fill(input, sheet).map(Some),
            Tab::Targets => targets::fill(input, sheet).map(Some),
            Tab::Common => common::fill(input, sheet).map(|()| None),
            Tab::RollUps => rollups::fill(input, sheet).map(|()| None),
            Tab::Findings => findings::fill(input, sheet).map(Some),
            Tab::Loose => loose::fill(input, sheet).map(Some),
            Tab::Codes => codes::fill(input, sheet).map(Some),
            // Excel knows the tables of these by their own names.
            Tab::Kpis => kpis::fill(input, sheet).map(|()| None),
            Tab::Values => values::fill(input, sheet).map(|()| None),
        }
    }
}
