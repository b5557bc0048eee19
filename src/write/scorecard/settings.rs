//! The last sheet: cap, floor and grades, which the formulas refer to, and a short guide.

use super::input::CardInput;
use crate::project::scoring::Grade;
use crate::project::scoring::Lower;
use crate::workbook::range::in_column;
use crate::workbook::{self, Book, Cell, CellFormat, CellStyle, Columns, Sheet, Table};

/// The defined names of the cells.
pub(super) const CAP: &str = "score_cap";
pub(super) const FLOOR: &str = "score_floor";
pub(super) const GRADE_FROM: &str = "grade_from";
pub(super) const GRADE_NAME: &str = "grade_name";

/// The rows above the settings and above the grades.
const SETTINGS: u32 = 2;
const GRADES: u32 = 8;
/// The columns of names and of values. For grades: the lowest share for the grade, and its name.
const NAME: u16 = 0;
const VALUE: u16 = 1;

/// Defines the names of the cells.
pub(super) fn define_names(input: &CardInput<'_>, book: &mut Book<'_>) -> workbook::Result {
    let [.., sheet] = &input.sheets();
    let last = GRADES + u32::try_from(input.rules.grades.len()).unwrap_or(1);
    let grades = GRADES + 1..=last;
    let row = |at: u32| SETTINGS + at..=SETTINGS + at;
    book.name(CAP, sheet, in_column(VALUE, &row(1)))?;
    book.name(FLOOR, sheet, in_column(VALUE, &row(2)))?;
    book.name(GRADE_FROM, sheet, in_column(NAME, &grades))?;
    book.name(GRADE_NAME, sheet, in_column(VALUE, &grades))
}

/// A setting.
struct Setting {
    name: &'static str,
    value: Cell,
    about: &'static str,
}

/// The settings in order: cap and floor first.
fn settings(input: &CardInput<'_>) -> [Setting; 3] {
    let (lang, rules) = (input.lang, input.rules);
    let share = |percent: f64| Cell::number(percent / 100.0, CellFormat::FullShare).styled(CellStyle::Input);
    let lower = match rules.lower {
        Lower::Complement => lang.pick("2 - 결과 ÷ 목표", "2 - result ÷ target"),
        Lower::Inverse => lang.pick("목표 ÷ 결과", "target ÷ result"),
    };
    [
        Setting {
            name: lang.pick("달성률 상한", "Highest achievement"),
            value: share(rules.cap),
            about: lang.pick("이보다 높은 달성률은 이 값으로 봅니다.", "More counts as this."),
        },
        Setting {
            name: lang.pick("달성률 하한", "Lowest achievement"),
            value: share(rules.floor),
            about: lang.pick("이보다 낮은 달성률은 이 값으로 봅니다.", "Less counts as this."),
        },
        Setting {
            name: lang.pick("낮을수록 좋은 지표", "Where lower is better"),
            value: Cell::text(lower).centred(),
            about: lang.pick(
                "달성률의 식. 식은 성과표를 만들 때 정해집니다.",
                "The formula of achievement, settled when the scorecard is made.",
            ),
        },
    ]
}

pub(super) fn fill(input: &CardInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result {
    let lang = input.lang;
    let note = lang.pick(
        "여기서 바꾼 값은 이 파일의 계산에만 쓰입니다. 모든 성과표와 `planbook score 폴더`의 값은 planbook.toml의 [score]에서 바꾸십시오.",
        "What is changed here counts in this file only. For all scorecards and `planbook score DIR` change [score] in planbook.toml.",
    );
    sheet.title(lang.pick("설정과 안내", "Settings and guide"), note)?;
    let columns = Columns::<Setting>::new(lang)
        .column(("", ""), 26.0, |of| Cell::text(of.name).strong())
        .column(("", ""), 14.0, |of| of.value.clone())
        .column(("", ""), 80.0, |of| Cell::text(of.about).muted());
    Table::new(sheet, SETTINGS, columns)?.lines(sheet, settings(input))?;
    let row = fill_grades(input, sheet)?;
    fill_guide(input, sheet, row + 2)
}

/// Writes the grades from the lowest, as LOOKUP requires. Returns the last row.
fn fill_grades(input: &CardInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result<u32> {
    let columns = Columns::<Grade>::new(input.lang)
        .column(("달성률 (이상)", "Achievement from"), 26.0, |grade| {
            Cell::number(grade.share(), CellFormat::FullShare).styled(CellStyle::Input)
        })
        .column(("등급", "Grade"), 14.0, |grade| {
            Cell::text(&grade.name).styled(CellStyle::Input).centred()
        });
    let mut table = Table::new(sheet, GRADES, columns)?;
    table.headings(sheet)?;
    table.lines(sheet, input.rules.ascending())?;
    Ok(table.last)
}

fn fill_guide(input: &CardInput<'_>, sheet: &mut Sheet<'_>, from: u32) -> workbook::Result {
    let lines: [&str; 8] = input.lang.pick(
        [
            "노란 칸에만 적습니다. 나머지 칸은 잠겨 있고 암호는 없습니다(검토 → 시트 보호 해제).",
            "결과는 단위 없이 숫자만 적습니다. % 지표의 97%는 97로 적습니다. 등급은 보이는 달성률(소수 첫째 자리)로 정합니다.",
            "높을수록 좋은 지표의 달성률은 결과 ÷ 목표, 낮을수록 좋은 지표는 위의 식, 범위 안의 결과는 100%입니다.",
            "점수는 비중 × 달성률입니다. 관점과 합계의 달성률은 점수 ÷ 평가한 지표의 비중입니다.",
            "글로 적힌 목표, 기준점, 값이 여럿인 목표는 저절로 평가하지 않습니다. 달성률 칸(노란색)에 직접 적으십시오.",
            "'전년 대비'는 결과를 넣기 전에는 목표를, 넣은 뒤에는 결과를 마지막 실적과 견줍니다.",
            "관점 옆의 +, - 단추로 줄을 접으려면 시트 보호를 먼저 푸십시오.",
            "다 적은 파일을 기획 부서에 보내면 `planbook score 폴더`로 다시 읽습니다. 숨은 열과 행은 그대로 두십시오.",
        ],
        [
            "Fill in the yellow cells only. The others are locked, without a password (Review → Unprotect Sheet).",
            "Results are numbers without a unit. 97% of a KPI in % is entered as 97. Grades go by the achievement as shown, with one decimal.",
            "Achievement is result ÷ target where higher is better, the formula above where lower is, and 100% within a range.",
            "Score is weight × achievement. The achievement of a perspective and of the whole is score ÷ weight of what is scored.",
            "Targets in words, base lines and targets of several numbers are not scored by themselves: enter the achievement (yellow).",
            "'Against last year' compares the target with the last actual, and the result once it is there.",
            "To fold rows with + and -, unprotect the sheet first.",
            "Send the file back when it is filled in; `planbook score DIR` reads it again. Leave hidden rows and columns as they are.",
        ],
    );
    sheet.section(from, input.lang.pick("안내", "Guide"))?;
    for (row, line) in (from + 1..).zip(lines) {
        sheet.worksheet.write_string(row, NAME, line)?;
    }
    Ok(())
}
