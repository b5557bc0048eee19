//! Builds plans, workbooks and cities from terse text, for tests.
//!
//! Table layout: header from `A3`, rows from `A6`, perspective in `A`, the parent's objective, KPI and target
//! in `B`–`D`, objective and KPI in `E` and `F`, the years from `G`, then unit, weight, code.

use std::sync::Arc;

use crate::check;
use crate::consolidate::{City, Context, consolidate};
use crate::finding::{Code, Finding, Lang};
use crate::plan::{Field, Footnote, Indicator, Initiatives, Plan, Text, Value, YearColumn, YearKind};
use crate::project::Config;
use crate::read::{Contents, FormColumn, Remark, RemarkKind, Submission, TableForm, TableShape};
use crate::source::{CellRange, CellRef};

/// First row of the table's body, from 0.
const BODY: u32 = 5;
/// Column of the first year, from 0.
const FIRST_YEAR: usize = 6;

/// A plan builder, started by [`plan`].
#[derive(Clone, Debug)]
pub(crate) struct PlanText {
    plan: Plan,
    /// Cells of the previous row, for `^`.
    above: Vec<Text>,
}

/// A plan of `org` whose header names `parent`, with actuals of 2023 and 2024 and targets of 2025 and 2026.
pub(crate) fn plan(org: &str, parent: &str) -> PlanText {
    let plan = Plan {
        org: org.into(),
        title: Text::new(format!("{org} 균형성과계획"), CellRef::new(0, 0)),
        note: "".into(),
        parent_label: Text::new(parent, CellRef::new(2, 1)),
        parent_in_rows: false,
        own_label: Text::new(org, CellRef::new(2, 4)),
        labels: crate::plan::Labels::default(),
        years: Vec::new(),
        rows: Vec::new(),
        footnotes: Vec::new(),
        file: "".into(),
        sheet: org.into(),
        header: CellRef::new(2, 0),
    };
    PlanText { plan, above: Vec::new() }.years("2023a 2024a 2025t 2026t")
}

impl PlanText {
    /// Sets the years, each with `a` for actual, `t` for target or nothing if the headings do not say.
    pub(crate) fn years(mut self, years: &str) -> Self {
        self.plan.years = years
            .split_whitespace()
            .map(|word| {
                let year = word.trim_end_matches(['a', 't']);
                let (group, kind) = match &word[year.len()..] {
                    "a" => ("실적치", Some(YearKind::Actual)),
                    "t" => ("목표치", Some(YearKind::Target)),
                    _ => ("목표치", None),
                };
                let label = format!("{year}년").into();
                YearColumn { year: year.parse().unwrap(), label, group: group.into(), kind }
            })
            .collect();
        self
    }

    /// Sets the workbook's file name. Plans with the same name share the workbook, each on its own sheet; by
    /// default every plan has its own workbook.
    pub(crate) fn file(mut self, name: &str) -> Self {
        self.plan.file = format!("workbooks/{name}").into();
        self
    }

    /// Adds a row, cells separated by `|`: perspective, parent's objective, KPI and target, objective, KPI,
    /// one value a year, unit, weight, code. `^` continues the cell above (merged), `~` means that the table
    /// has no such column.
    pub(crate) fn row(mut self, cells: &str) -> Self {
        let years = self.plan.years.len();
        let row = BODY + u32::try_from(self.plan.rows.len()).unwrap();
        let texts: Vec<Text> = cells
            .split('|')
            .map(str::trim)
            .enumerate()
            .map(|(col, text)| match text {
                "^" => self.above[col].clone(),
                "~" => Text::absent(),
                _ => Text::new(text, CellRef::new(row, u16::try_from(col).unwrap())),
            })
            .collect();
        assert_eq!(texts.len(), FIRST_YEAR + years + 3, "cells of the row: {cells}");
        let mut indicator = Indicator { sheet: self.plan.sheet.clone(), ..Indicator::default() };
        for (field, text) in Field::of_table(self.plan.years.iter().map(|year| year.year)).zip(&texts) {
            match field.column() {
                Some(column) => (column.read)(&mut indicator, text.clone()),
                None => indicator.values.push(Value::read(text.clone())),
            }
        }
        self.plan.rows.push(indicator);
        self.above = texts;
        self
    }

    /// Adds a line below the table, in column `A`. Call it after adding the rows.
    pub(crate) fn footnote(mut self, line: &str) -> Self {
        let below = self.plan.rows.len() + self.plan.footnotes.len();
        let text = Text::new(line, CellRef::new(BODY + u32::try_from(below).unwrap(), 0));
        let initiatives = Initiatives::read_footnote(text.clone());
        self.plan.footnotes.push(Footnote { sheet: self.plan.sheet.clone(), text, initiatives });
        self
    }

    /// The finished plan, for changes that the text cannot express.
    pub(crate) fn build(self) -> Plan {
        self.plan
    }
}

impl From<PlanText> for Plan {
    fn from(text: PlanText) -> Self {
        text.build()
    }
}

/// The workbooks that hold `plans`, in order. A plan without a workbook gets one numbered by its position.
pub(crate) fn submissions<P: Into<Plan>>(plans: impl IntoIterator<Item = P>) -> Vec<Submission> {
    let mut workbooks: Vec<(Arc<str>, Contents)> = Vec::new();
    for (index, plan) in plans.into_iter().map(P::into).enumerate() {
        let mut plan: Plan = plan;
        if plan.file.is_empty() {
            plan.file = format!("workbooks/{:02}_{}.xlsx", index + 1, plan.org).into();
        }
        match workbooks.iter_mut().find(|(file, _)| *file == plan.file) {
            Some((_, contents)) => contents.plans.push(plan),
            None => {
                workbooks.push((plan.file.clone(), Contents { plans: vec![plan], ..Contents::default() }));
            }
        }
    }
    workbooks.into_iter().map(|(file, contents)| Submission::named(file, Ok(contents))).collect()
}

/// A table whose headings begin at `cell`: `heading=role|heading=role`, five rows if it is sure.
pub(crate) fn form(cell: &str, confidence: u8, columns: &str) -> TableForm {
    let first: CellRef = cell.parse().unwrap();
    let column = |(col, column): (u16, &str)| {
        let (heading, role) = column.split_once('=').unwrap();
        FormColumn {
            cell: CellRef::new(first.row, col),
            heading: heading.into(),
            role: role.to_owned(),
            confidence,
        }
    };
    let columns: Vec<FormColumn> = (first.col..).zip(columns.split('|')).map(column).collect();
    TableForm {
        sheet: "Sheet1".into(),
        headings: CellRange::new(first, columns.last().unwrap().cell),
        shape: TableShape::List,
        columns,
        confidence,
        taught: None,
        rows: if confidence < TableForm::SURE { 0 } else { 5 },
    }
}

/// A workbook without a plan, with these tables.
pub(crate) fn workbook_of_forms(file: &str, forms: Vec<TableForm>) -> Submission {
    Submission::named(format!("workbooks/{file}"), Ok(Contents { forms, ..Contents::default() }))
}

/// The city of `plans`.
pub(crate) fn city<P: Into<Plan>>(plans: impl IntoIterator<Item = P>, config: &Config) -> City {
    consolidate(submissions(plans), config)
}

/// The city of one plan in which the formula in `cell` has no stored result.
pub(crate) fn with_unread_formula(plan: PlanText, cell: &str) -> City {
    let mut workbooks = submissions([plan]);
    if let Ok(contents) = &mut workbooks[0].outcome {
        contents.remarks.push(Remark {
            sheet: contents.plans[0].sheet.clone(),
            cell: Some(cell.parse().unwrap()),
            plan: Some(0),
            kind: RemarkKind::FormulaWithoutResult,
        });
    }
    consolidate(workbooks, &Config::default())
}

/// Settings parsed from the text of a planbook.toml.
pub(crate) fn config(toml: &str) -> Config {
    Config::parse(toml).unwrap()
}

/// Findings of the check `code` in the city of `plans`.
pub(crate) fn findings<P: Into<Plan>>(
    code: Code,
    plans: impl IntoIterator<Item = P>,
    config: &Config,
) -> Vec<Finding> {
    findings_in(code, &city(plans, config), config)
}

/// Findings of the check `code` in `city`.
pub(crate) fn findings_in(code: Code, city: &City, config: &Config) -> Vec<Finding> {
    let mut findings = check::run(&Context { city, config });
    findings.retain(|finding| finding.rule == code);
    findings
}

/// The location of a finding, as `sheet!A1`.
pub(crate) fn at(finding: &Finding) -> String {
    let sheet = finding.at.sheet.as_deref().unwrap_or(&finding.at.file);
    finding.at.cell.map_or_else(|| sheet.to_owned(), |cell| format!("{sheet}!{cell}"))
}

/// The text of a finding: the message in Korean and English, then the hint in both.
pub(crate) fn told(finding: &Finding) -> String {
    let mut lines = vec![finding.message.text(Lang::Ko), finding.message.text(Lang::En)];
    if let Some(hint) = &finding.hint {
        lines.extend([Lang::Ko, Lang::En].map(|lang| format!("→ {}", hint.text(lang))));
    }
    lines.join("\n")
}

/// Three bureaus and four offices of 가나시 that agree in everything: no check has an error or a warning to report.
pub(crate) fn consistent_city() -> Vec<PlanText> {
    vec![
        plan("교통국", "가나시")
            .file("01_교통국.xlsx")
            .row("시민 고객 (30) | 시민이 만족하는 시정 | 시정만족도 | 70% | 편리한 교통 | 교통 만족도 | 61.0 | 63.5 | 65.0 | 67.0 | 점 | 30 | 교통-1")
            .row("정책 성과 (40) | 안전한 도시 | 재난안전 지수 | 85점 | 안전한 도로 | 도로 정비율 | 85 | 88 | 92 | 95 | % | 25 | 교통-2")
            .row("^ | 편리한 도시 | 대중교통 분담률 | 66% | 대중교통 활성화 | 저상버스 도입 대수 | 100 | 120 | 150 | 180 | 대 | 15 | 교통-3")
            .row("창의 (20) | 효율적 자원 운영 | 예산운영의 효율성 | 100% | 효율적인 재정 운영 | 예산집행률 | 94.0 | 95.0 | 96.0 | 97.0 | % | 10 | ")
            .row("^ | 창의적 업무 개선 | 창의아이디어 제안 건수 | 전년대비 5% 이상 | 창의적 업무 개선 | 창의 아이디어 제안 건수 | 80 | 100 | 110 | 120 | 건 | 10 | ")
            .row("조직 역량 (10) | 인재 양성 | 1인당 교육시간 | 80시간 | 역량 있는 직원 | 1인당 교육시간 | 70 | 75 | 80 | 85 | 시간 | 10 | ")
            .footnote("※ 기타주요사업 : 교통-7"),
        plan("도로과", "국 장")
            .file("01_교통국.xlsx")
            .row("시민 고객 (40) | 편리한 교통 | 교통 만족도 | 65.0 | 편리한 도로 | 교통만족도 | 61.0 | 63.5 | 65 | 67 | 점 | 40 | 교통-4")
            .row("정책 성과 (30) | 안전한 도로 | 도로 정비율 | 92% | 깨끗한 도로 | 포장 보수율 | 86 | 89 | 93 | 96 | % | 30 | 교통-5")
            .row("창의 (20) | 효율적인 재정 운영 | 예산 집행률 | 96% | 효율적인 재정 운영 | 예산 집행률 | 94.5 | 95.5 | 96.5 | 97.0 | % | 10 | ")
            .row("^ | 창의적 업무 개선 | 창의아이디어 제안 건수 | 110건 | 창의적 업무 개선 | 창의아이디어 제안 건수 | 50 | 60 | 65 | 70 | 건 | 10 | ")
            .row("조직 역량 (10) | 역량 있는 직원 | 1인당 교육시간 | 80시간 | 배우는 직원 | 1인당 교육시간 | 72 | 76 | 81 | 86 | 시간 | 10 | "),
        plan("대중교통과", "교통국장")
            .file("01_교통국.xlsx")
            .row("정책 성과 (70) | 대중교통 활성화 | 저상버스 도입 대수 | 150대 | 타기 쉬운 버스 | 저상버스 도입 대수 | 100 | 120 | 150 | 180 | 대 | 70 | 교통-6")
            .row("창의 (20) | 효율적인 재정 운영 | 예산집행률 | 96% | 효율적인 재정 운영 | 예산집행율 | 93.5 | 95.0 | 96.0 | 97.5 | % | 10 | ")
            .row("^ | 창의적 업무 개선 | 창의아이디어 제안 건수 | 110 | 창의적 업무 개선 | 창의아이디어 제안 건수 | 30 | 40 | 45 | 50 | 건 | 10 | ")
            .row("조직 역량 (10) | 역량 있는 직원 | 1인당 교육시간 | 80시간 | 배우는 직원 | 1인당 교육시간 | 71 | 76 | 80 | 84 | 시간 | 10 | "),
        plan("환경국", "가나시")
            .file("02_환경국.xlsx")
            .row("시민 고객 (30) | 시민이 만족하는 시정 | 시정 만족도 | 70% | 쾌적한 환경 | 환경 만족도 | 58.0 | 60.0 | 62.0 | 64.0 | 점 | 30 | 환경-1")
            .row("정책 성과 (40) | 깨끗한 도시 | 생활폐기물 재활용률 | 65% | 자원의 순환 | 생활폐기물 재활용률 | 55 | 60 | 65 | 70 | % | 40 | 환경-2")
            .row("창의 (20) | 효율적 자원 운영 | 예산운영의 효율성 | 100% | 효율적인 재정 운영 | 예산집행률 | 93.0 | 94.0 | 95.0 | 96.0 | % | 10 | ")
            .row("^ | 창의적 업무 개선 | 창의아이디어 제안 건수 | 전년대비 5% 이상 | 창의적 업무 개선 | 창의아이디어 제안 건수 | 40 | 50 | 55 | 60 | 건 | 10 | ")
            .row("조직 역량 (10) | 인재 양성 | 1인당 교육시간 | 80시간 | 역량 있는 직원 | 1인당 교육시간 | 69 | 75 | 80 | 86 | 시간 | 10 | "),
        plan("자원순환과", "환경국")
            .file("02_환경국.xlsx")
            .row("정책 성과 (70) | 자원의 순환 | 생활폐기물 재활용률 | 65 | 버리지 않는 생활 | 생활폐기물 재활용률 | 55 | 60 | 65.0 | 70.0 | % | 70 | 환경-3")
            .row("창의 (20) | 효율적인 재정 운영 | 예산집행률 | 95% | 효율적인 재정 운영 | 예산집행률 | 93.5 | 94.5 | 95.5 | 96.0 | % | 10 | ")
            .row("^ | 창의적 업무 개선 | 창의아이디어 제안 건수 | 55건 | 창의적 업무 개선 | 창의아이디어 제안 건수 | 40 | 50 | 55 | 60 | 건 | 10 | ")
            .row("조직 역량 (10) | 역량 있는 직원 | 1인당 교육시간 | 80시간 | 배우는 직원 | 1인당 교육시간 | 70 | 76 | 82 | 86 | 시간 | 10 | "),
        plan("경영기획실", "가나시")
            .file("03_경영기획실.xlsx")
            .row("정책 성과 (70) | 건전한 재정 | 채무 상환율 | 20% | 튼튼한 재정 | 세외수입 징수율 | 90 | 91 | 92 | 93 | % | 70 | 경영-1")
            .row("창의 (20) | 효율적 자원 운영 | 예산운영의 효율성 | 100% | 효율적인 재정 운영 | 예산집행률 | 94.0 | 95.5 | 96.0 | 97.0 | % | 10 | ")
            .row("^ | 창의적 업무 개선 | 창의아이디어 제안 건수 | 전년대비 5% 이상 | 창의적 업무 개선 | 창의아이디어 제안 건수 | 20 | 24 | 26 | 28 | 건 | 10 | ")
            .row("조직 역량 (10) | 인재 양성 | 1인당 교육시간 | 80시간 | 역량 있는 직원 | 1인당 교육시간 | 71 | 77 | 81 | 86 | 시간 | 10 | "),
        plan("예산과", "경영기획실장")
            .file("03_경영기획실.xlsx")
            .row("정책 성과 (70) | 튼튼한 재정 | 세외수입 징수율 | 92% | 알뜰한 살림 | 예산 절감률 | 5.0 | 5.5 | 6.0 | 6.5 | % | 70 | 경영-2")
            .row("창의 (20) | 효율적인 재정 운영 | 예산집행률 | 96% | 효율적인 재정 운영 | 예산집행률 | 94.0 | 95.5 | 97.0 | 97.5 | % | 10 | ")
            .row("^ | 창의적 업무 개선 | 창의아이디어 제안 건수 | 26건 | 창의적 업무 개선 | 창의아이디어 제안 건수 | 20 | 24 | 26 | 28 | 건 | 10 | ")
            .row("조직 역량 (10) | 역량 있는 직원 | 1인당 교육시간 | 81시간 | 배우는 직원 | 1인당 교육시간 | 72 | 78 | 82 | 87 | 시간 | 10 | "),
    ]
}
