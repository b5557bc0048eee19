//! The workbook: its sheets in order.

use rust_xlsxwriter::XlsxError;

use super::tab::Purpose::{Data, Reading, ToDo};
use super::tab::{CascadeInput, Tab};
use super::{
    alignment, chain, codes, common, findings, kpis, loose, organisations, overview, rollups, targets, values,
};
use crate::check::FindingIndex;
use crate::consolidate::Context;
use crate::finding::{Lang, Wording};
use crate::ledger::Rounds;
use crate::workbook::{About, Book, Formats, Style, defined_name};

/// The row of the link back to the first sheet.
const WAY_BACK: u32 = 2;

/// The sheets in order. The first one links to all others.
static TABS: [Tab; 12] = [
    Tab::new(Wording::of("요약", "Overview"), Wording::of("", ""), Reading, overview::fill),
    Tab::new(
        organisations::NAME,
        Wording::of(
            "조직마다 지표 수, 비중, 지적 사항, 차수",
            "each organisation's KPIs, weights, findings and round",
        ),
        Reading,
        organisations::fill,
    ),
    Tab::new(
        chain::NAME,
        Wording::of(
            "시 전략목표에서 과 지표까지, 펼치고 접으며 봅니다",
            "from the city's objectives down to the offices' KPIs, to open and close",
        ),
        Reading,
        chain::fill,
    ),
    Tab::new(
        Wording::of("목표×조직", "Alignment"),
        Wording::of(
            "어느 조직이 어느 시 목표를 맡았는지, 빈 곳은 어디인지",
            "who carries which city objective, and where nobody does",
        ),
        Reading,
        alignment::fill,
    ),
    Tab::new(
        Wording::of("시 목표치 인용", "City targets"),
        Wording::of("누가 시 목표치를 얼마로 인용했는지", "who cites which city target"),
        Reading,
        targets::fill,
    ),
    Tab::new(
        common::NAME,
        Wording::of(
            "모든 조직이 재는 지표를 나란히, 분포와 그래프와 함께",
            "what every organisation measures, side by side, with spread and chart",
        ),
        Reading,
        common::fill,
    ),
    Tab::new(
        Wording::of("합산", "Roll-ups"),
        Wording::of("하위 조직의 합계와 상위 조직의 값", "the children's sum beside the parent's figure"),
        Reading,
        rollups::fill,
    ),
    Tab::new(
        findings::NAME,
        Wording::of("점검에서 나온 모든 것", "all that the checks found"),
        ToDo,
        findings::fill,
    ),
    Tab::new(
        loose::NAME,
        Wording::of("상위 계획과 이어지지 않은 지표", "KPIs that lead up to nothing"),
        ToDo,
        loose::fill,
    ),
    Tab::new(
        Wording::of("주요사업 코드", "Initiative codes"),
        Wording::of("주요사업 코드와 그것을 적은 지표", "initiative codes and the KPIs that name them"),
        Data,
        codes::fill,
    ),
    Tab::new(
        Wording::of("지표 자료", "KPI data"),
        Wording::of(
            "지표마다 한 줄: 피벗 테이블을 만들 자료",
            "a line for each KPI, to make pivot tables from",
        ),
        Data,
        kpis::fill,
    ),
    Tab::new(
        Wording::of("연도별 자료", "Values by year"),
        Wording::of(
            "지표와 연도마다 한 줄: 피벗 테이블을 만들 자료",
            "a line for each KPI and year, to make pivot tables from",
        ),
        Data,
        values::fill,
    ),
];

/// The workbook cannot be built: it has more rows than a sheet can hold.
#[derive(Debug, thiserror::Error)]
#[error("cascade.xlsx cannot be put together: {0}")]
pub struct WorkbookError(#[from] XlsxError);

/// The workbook as bytes, deterministic for the same input.
///
/// `links_base` is the path of the plan-year folder relative to the workbook, with `/` as separator
/// (`../examples/seoul-2009`). With it, places are links into the departments' workbooks.
///
/// # Errors
/// When a sheet would need more rows than Excel has.
pub fn workbook(
    context: &Context<'_>,
    findings: &FindingIndex<'_>,
    rounds: &Rounds,
    lang: Lang,
    links_base: Option<&str>,
) -> Result<Vec<u8>, WorkbookError> {
    let Context { city, config } = *context;
    let input = CascadeInput { city, config, findings, rounds, lang, links_base, tabs: &TABS };
    let formats = Formats::of(Style::of(config));
    let title = input.title();
    let subject = lang.pick("목표·지표 연계도", "Cascade of objectives and KPIs");
    let about = About { title: &title, subject, company: &city.name, year: city.year };
    let mut book = Book::new(&formats, Some(about))?;
    let mut tables = Vec::new();
    for (index, tab) in TABS.iter().enumerate() {
        let name = tab.name.pick(lang);
        let mut sheet = book.sheet(name)?;
        // `&` starts a code in headers.
        sheet.worksheet.set_header(format!("&L{}", title.replace('&', "&&")));
        sheet.worksheet.set_tab_color(tab.purpose.colour(&formats.style));
        let table = (tab.fill)(input, &mut sheet)?;
        if index > 0 {
            let back = lang.pick("← 요약으로", "← to the overview");
            sheet.nav_link(WAY_BACK, back, input.way_to(TABS[0].name, 0))?;
        }
        sheet.finish()?;
        tables.extend(table.map(|table| (name, table)));
    }
    for (name, table) in tables {
        book.name(&(defined_name(name) + lang.pick("_표", "_table")), name, table)?;
    }
    Ok(book.save()?)
}
