//! The texts of the page in both languages, by the names that templates and script use.

use std::collections::BTreeMap;

use crate::finding::Lang;
use crate::write::words::told::FindingColumn;

/// The texts of the templates: name, Korean, English.
const PAGE: &[(&str, &str, &str)] = &[
    ("report", "점검 보고서", "Report"),
    ("plan_year", "계획 연도", "plan year"),
    ("skip", "본문으로 건너뛰기", "Skip to the content"),
    ("parts", "이 쪽의 부분", "Parts of this page"),
    ("summary", "요약", "Summary"),
    ("steps", "다음에 할 일", "What to do next"),
    ("open_findings", "남은 지적 사항", "Open findings"),
    ("board", "제출 현황", "Submissions"),
    (
        "board_lead",
        "내지 않은 조직이 맨 위에 있고, 나머지는 파일 이름 차례입니다. 조직을 누르면 그 조직의 지적 사항을 봅니다.",
        "Who has not sent anything stands first, the others by file name. An organisation leads to its findings.",
    ),
    (
        "board_answers",
        "수정함·이견·해당 없음·기타: 부서의 답 / 받아들임: 이견을 받아들여 유예한 것 / 그대로: 수정했다고 답했으나 남은 것 / 해결: 지난 지적 가운데 없어진 것",
        "Fixed, Disagree, N/A, Other: the departments' answers / Accepted: waived where the department objected / Still there: answered as fixed, yet found again / Settled: found before and gone",
    ),
    ("board_none", "통합 문서가 없습니다.", "There is no workbook."),
    ("status", "제출", "Status"),
    ("findings", "지적 사항", "Findings"),
    ("findings_none", "지적 사항이 없습니다.", "There is no finding."),
    ("by_org", "조직별", "By organisation"),
    ("by_rule", "점검별", "By check"),
    ("all", "모두", "All"),
    ("check", "점검", "Check"),
    ("count", "건수", "Count"),
    ("search", "찾기", "Search"),
    ("search_hint", "조직, 지표, 파일, 셀, id …", "organisation, KPI, file, cell, id …"),
    ("any_org", "모든 조직", "all organisations"),
    ("any_rule", "모든 점검", "all checks"),
    ("state", "상태", "State"),
    ("state_open", "남은 것", "open"),
    ("state_answered", "부서가 답한 것", "answered"),
    ("state_still", "수정했다는데 그대로인 것", "answered as fixed, still there"),
    ("state_waived", "유예한 것", "waived"),
    ("state_all", "모두", "all"),
    ("order", "차례", "Order"),
    ("order_severity", "심각한 것부터", "severity"),
    ("order_book", "조직 차례", "organisation"),
    ("reset", "조건 지우기", "Clear"),
    ("related", "함께 볼 곳", "See also"),
    ("explain", "이 점검의 뜻과 고치는 법", "What this check means and how to settle it"),
    ("earlier", "앞", "Previous"),
    ("later", "다음", "Next"),
    ("pages", "지적 사항의 쪽", "Pages of findings"),
    ("cascade", "목표·지표 연계도", "Cascade"),
    (
        "cascade_lead",
        "시 전략목표 아래에 시 핵심성과지표를, 그 아래에 이를 인용한 부서와 하위 조직의 지표를 두었습니다. 줄을 눌러 펼치고 접습니다. *는 계획에 가장 많이 적힌 값을 시 목표치로 본 것입니다.",
        "Below each objective of the city its KPIs, below these the rows of departments and offices that cite them. Press a line to open or close it. * marks city targets inferred from what most plans cite.",
    ),
    ("cascade_none", "시 지표를 인용한 계획이 없습니다.", "No plan cites a KPI of the city."),
    (
        "link_legend",
        "직접: 인용한 지표를 그대로 관리 · 공통: 조직마다 따로 재는 지표 · 기여: 다른 지표로 뒷받침",
        "direct: carries the very KPI it cites · shared: a common KPI each measures for itself · contributory: another KPI that serves it",
    ),
    ("loose", "시 지표에 닿지 않는 지표", "KPIs that reach no KPI of the city"),
    ("expand", "모두 펼치기", "Open all"),
    ("collapse", "모두 접기", "Close all"),
    ("tree_search", "연계도에서 찾기", "Search the cascade"),
    ("target", "목표치", "Target"),
    ("weight", "비중", "Weight"),
    ("common", "공통지표", "Common KPIs"),
    (
        "common_lead",
        "모든 조직이 각자 재는 지표입니다. 점 하나가 조직 하나이고, 상자는 가운데 절반, 굵은 줄은 중앙값입니다. 마름모는 다른 조직에서 크게 벗어난 값, 화살표는 눈금 밖의 값, 점선은 시 목표입니다.",
        "KPIs that every organisation measures for itself. Each point is an organisation, the box holds the middle half, the thick line is the median. A diamond lies far from the others, an arrow beyond the scale, the dashed line is the city's target.",
    ),
    ("common_none", "공통지표를 둔 계획이 없습니다.", "No plan carries a common KPI."),
    (
        "common_no_number",
        "숫자로 적힌 값이 없어 그림이 없습니다.",
        "No value is a number, so there is no drawing.",
    ),
    ("year", "연도", "Year"),
    ("values", "값의 수", "Count"),
    ("lowest", "최소", "Lowest"),
    ("quartile1", "1사분위", "Quartile 1"),
    ("median", "중앙값", "Median"),
    ("quartile3", "3사분위", "Quartile 3"),
    ("highest", "최대", "Highest"),
    ("by_org_values", "조직별 값", "Values by organisation"),
    ("unit", "단위", "Unit"),
    ("remark", "비고", "Remark"),
    ("change", "직전 값 ○ → 계획 연도 ●", "last value ○ → plan year ●"),
    ("checks", "점검 설명", "The checks"),
    (
        "checks_lead",
        "이 보고서에 나온 점검입니다. planbook explain 명령으로도 볼 수 있습니다.",
        "The checks that found something. The command planbook explain says the same.",
    ),
    ("top", "맨 위로", "Top"),
    (
        "foot",
        "planbook이 만들었습니다. 같은 자료에서는 언제나 같은 보고서가 나옵니다.",
        "Made by planbook. The same plans always make the same report.",
    ),
];

/// The headings of lists of findings, by the names that the templates use.
const TOLD: &[(&str, FindingColumn)] = &[
    ("severity", FindingColumn::Severity),
    ("code", FindingColumn::Code),
    ("place", FindingColumn::Place),
    ("file", FindingColumn::File),
    ("org", FindingColumn::Organisation),
    ("message", FindingColumn::Message),
    ("actual", FindingColumn::Found),
    ("expected", FindingColumn::Expected),
    ("hint", FindingColumn::ToDo),
    ("waived", FindingColumn::Waived),
    ("answer", FindingColumn::Answer),
];

/// The texts that the script assembles: name, Korean, English. `{name}` is replaced by a number or a text.
const SCRIPT: &[(&str, &str, &str)] = &[
    ("shown", "{all}건 가운데 {found}건", "{found} of {all}"),
    ("range", "{first}–{last} / {found}건", "{first}–{last} of {found}"),
    ("nothing", "조건에 맞는 지적 사항이 없습니다.", "No finding meets these conditions."),
    ("row", "연계도에서 고른 지표: {name}", "KPI chosen in the cascade: {name}"),
    ("file", "고른 파일: {name}", "File chosen: {name}"),
    ("cut", "앞의 {found}건만 찍습니다.", "Only the first {found} are printed."),
    ("tree_found", "{found}줄", "{found} lines"),
    ("tree_nothing", "맞는 줄이 없습니다.", "No line matches."),
];

/// The texts of the templates.
pub(super) fn of(lang: Lang) -> BTreeMap<&'static str, &'static str> {
    let told = TOLD.iter().map(|&(name, told)| (name, told.heading(lang)));
    pick(PAGE, lang).into_iter().chain(told).collect()
}

/// The texts of the script.
pub(super) fn of_script(lang: Lang) -> BTreeMap<&'static str, &'static str> {
    pick(SCRIPT, lang)
}

fn pick(
    words: &[(&'static str, &'static str, &'static str)],
    lang: Lang,
) -> BTreeMap<&'static str, &'static str> {
    words.iter().map(|&(name, ko, en)| (name, lang.pick(ko, en))).collect()
}
