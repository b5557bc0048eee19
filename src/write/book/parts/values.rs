//! The forms in which a city's plans write values, each with an example.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::measure::Lines;
use super::super::pages::{SLACK, cut};
use super::super::plan::text_height;
use super::{BOLD, LEAD_SIZE, PAD, PartHead, PartInput, SIZE, row_height};
use crate::consolidate::RowId;
use crate::plan::value::{Meaning, series};

/// Widths of the columns of the table of values: the example as written, its place.
const EXAMPLE: f64 = 130.0;
const PLACE: f64 = 270.0;
/// The least width of the meaning's column, if there is room.
const MEANING: f64 = 200.0;
/// Height of the table's heading, and of the title above it with the space around the lead.
const HEADS: f64 = 16.0;
const ABOVE: f64 = 13.0 + 6.0 + 6.0;
/// Size of the text.
const TEXT_SIZE: f64 = 9.0;

/// The forms of values.
#[derive(Serialize)]
pub(super) struct Values {
    title: &'static str,
    lead: Lines,
    lead_size: f64,
    heads: [&'static str; 3],
    widths: [f64; 3],
    forms: Vec<Form>,
    /// For each page, its first form and the one after the last.
    pages: Vec<(usize, usize)>,
}

#[derive(Serialize)]
struct Form {
    height: f64,
    example: Lines,
    meaning: Lines,
    place: Lines,
    link: String,
}

impl Values {
    /// Finds the forms that this city's plans use.
    pub(super) fn new(input: &PartInput<'_>, head: &PartHead) -> Self {
        let lang = input.lang;
        let narrow = (input.sheet.width() / (EXAMPLE + PLACE + MEANING)).min(1.0);
        let (example_width, place_width) = (EXAMPLE * narrow, PLACE * narrow);
        let meaning_width = input.sheet.width() - example_width - place_width;
        let forms: Vec<Form> = examples(input)
            .into_iter()
            .map(|(form, (id, year))| {
                let city = input.city;
                let text = city.value(id, year).map_or("", |value| &*value.text.text);
                let place = format!("{} › {} ({year})", city.org(id), city.row(id).kpi.text);
                let example = input.lines(text, (example_width - 2.0 * PAD) / BOLD, TEXT_SIZE);
                let (ko, en) = form.explained();
                let meaning = input.lines(lang.pick(ko, en), meaning_width - 2.0 * PAD, TEXT_SIZE);
                let place = input.lines(&place, place_width - 2.0 * PAD, SIZE);
                let lines = example.len().max(meaning.len()).max(place.len());
                let height = row_height(lines) * TEXT_SIZE / SIZE + 5.0;
                Form { height, example, meaning, place, link: format!("plan-{}", id.plan.number()) }
            })
            .collect();
        let lead = lang.pick(
            "부서는 값을 여러 꼴로 적습니다. 이 책에 나오는 꼴마다 보기를 하나씩 들었습니다.",
            "Departments write values in several forms. Here is an example of each that occurs in this book.",
        );
        let lead = input.lines(lead, input.sheet.width(), LEAD_SIZE);
        let room = input.sheet.height() - SLACK - HEADS;
        let first = room - ABOVE - text_height(lead.len(), LEAD_SIZE);
        let pages = cut(forms.iter().map(|form| form.height), first, room - head.again);
        Self {
            title: lang.pick("값을 적는 꼴", "How values are written"),
            lead,
            lead_size: LEAD_SIZE,
            heads: [
                lang.pick("적힌 값", "Written"),
                lang.pick("뜻", "Meaning"),
                lang.pick("어디에", "Where"),
            ],
            widths: [example_width, meaning_width, place_width],
            pages: pages.into_iter().map(|rows| (rows.start, rows.end)).collect(),
            forms,
        }
    }
}

impl Values {
    /// How many pages they take: none if the city's plans use no form that needs explaining.
    pub(super) fn pages(&self) -> usize {
        self.pages.len()
    }
}

/// A form in which values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum WrittenForm {
    Dash,
    Baseline,
    RunningTotal,
    Pair,
    Sides,
    Parts,
    Bound,
    Tolerance,
    Range,
    Rank,
    Growth,
    Frequency,
    Grade,
    GradeWithPoints,
    OwnUnit,
    State,
}

impl WrittenForm {
    /// Returns what the form means, in Korean and in English.
    fn explained(self) -> (&'static str, &'static str) {
        match self {
            WrittenForm::Dash => {
                ("재지 않았거나 목표를 두지 않았습니다.", "Nothing was measured, or nothing is aimed at.")
            }
            WrittenForm::Baseline => (
                "처음 재는 해입니다. 이때의 값을 기준으로 다음 해부터 견줍니다.",
                "The first measurement: later years count from it.",
            ),
            WrittenForm::RunningTotal => (
                "앞의 수는 그해의 값이고, 괄호 안의 수는 그해까지의 누계입니다.",
                "The value of the year, and in brackets the running total up to it.",
            ),
            WrittenForm::Pair => (
                "앞의 수가 그해의 값이고, 괄호 안에는 함께 보는 다른 수를 적었습니다.",
                "The value of the year, and in brackets another number that goes with it.",
            ),
            WrittenForm::Sides => (
                "두 가지를 나란히 적었습니다. 순서는 지표의 이름을 따릅니다.",
                "Several values side by side, in the order of the KPI's name.",
            ),
            WrittenForm::Parts => (
                "나누어 잰 값을 이름과 함께 하나씩 적었습니다.",
                "Values of several parts, each after its name.",
            ),
            WrittenForm::Bound => (
                "적힌 값을 넘거나 밑돌지 않아야 이룬 것입니다.",
                "Reached when the value is not below, or not above, what is written.",
            ),
            WrittenForm::Tolerance => (
                "위아래로 이만큼까지 벗어나도 이룬 것입니다.",
                "Reached when the value is off by no more than this to either side.",
            ),
            WrittenForm::Range => ("두 수 사이의 값입니다.", "A value between the two."),
            WrittenForm::Rank => {
                ("순위입니다. 1위가 가장 좋습니다.", "A place in a ranking; the first is the best.")
            }
            WrittenForm::Growth => (
                "앞해의 값보다 그만큼 늘리거나 줄이겠다는 뜻입니다.",
                "So much more, or less, than the year before.",
            ),
            WrittenForm::Frequency => ("정한 기간마다 하는 횟수입니다.", "So many times in each period."),
            WrittenForm::Grade => ("등급입니다.", "A grade."),
            WrittenForm::GradeWithPoints => (
                "등급입니다. 괄호 안에는 그 등급에 드는 점수를 적었습니다.",
                "A grade, and in brackets the points it stands for.",
            ),
            WrittenForm::OwnUnit => (
                "수와 함께 단위를 적었습니다. 단위 칸보다 이것이 앞섭니다.",
                "A number with a unit of its own, which comes before that of the column.",
            ),
            WrittenForm::State => {
                ("그해에 이르려는 상태를 말로 적었습니다.", "The state to be reached in the year, in words.")
            }
        }
    }
}

/// Returns the first place of each form that the plans use: in the plan year if it occurs there.
fn examples(input: &PartInput<'_>) -> BTreeMap<WrittenForm, (RowId, i32)> {
    let city = input.city;
    let mut found = BTreeMap::new();
    for plan_year in [true, false] {
        for id in city.rows() {
            for column in city.plans[id.plan].years.iter().filter(|own| (own.year == city.year) == plan_year)
            {
                let form = city.value(id, column.year).and_then(|value| form(input, id, &value.meaning));
                if let Some(form) = form {
                    found.entry(form).or_insert((id, column.year));
                }
            }
        }
    }
    found
}

/// Returns the form of a value that is not a plain number.
fn form(input: &PartInput<'_>, id: RowId, meaning: &Meaning) -> Option<WrittenForm> {
    let row = input.city.row(id);
    Some(match meaning {
        Meaning::Number(number) if number.unit.is_some() => WrittenForm::OwnUnit,
        Meaning::Empty | Meaning::Number(_) => return None,
        Meaning::NotApplicable => WrittenForm::Dash,
        Meaning::Baseline(_) => WrittenForm::Baseline,
        Meaning::Pair(..) => match series::running_total(&row.values, &row.kpi.text, &row.unit) {
            Some(_) => WrittenForm::RunningTotal,
            None => WrittenForm::Pair,
        },
        Meaning::MultiValue(_) => WrittenForm::Sides,
        Meaning::Tolerance(_) => WrittenForm::Tolerance,
        Meaning::Bound(..) => WrittenForm::Bound,
        Meaning::Range(..) => WrittenForm::Range,
        Meaning::Rank(_) => WrittenForm::Rank,
        Meaning::Growth(_) => WrittenForm::Growth,
        Meaning::Grade(_, Some(_)) => WrittenForm::GradeWithPoints,
        Meaning::Grade(_, None) => WrittenForm::Grade,
        Meaning::Parts(_) => WrittenForm::Parts,
        Meaning::Frequency { .. } => WrittenForm::Frequency,
        Meaning::State(..) => WrittenForm::State,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Lang;
    use crate::project::Config;
    use crate::testing::{city, plan};
    use crate::write::book::measure::Ruler;
    use crate::write::book::sheet::PaperSheet;

    #[test]
    fn only_forms_that_occur_are_shown_each_with_its_first_place() {
        let row =
            |kpi: &str, values: &str| format!("정책 | 시 | 지표 | 1 | 목표 | {kpi} | {values} | 건 | 50 | ");
        let plans = [plan("교통국", "가나시")
            .row(&row("저상버스", "1 | 2(3) | 4(7) | 5(12)"))
            .row(&row("정시율", "- | 기준점 | 75점이상 | 80점이상"))
            .row(&row("사고", "5 | 6 | 70점이상 | 8"))];
        let city = city(plans, &Config::default());
        let (sheet, ruler, config) = (PaperSheet::a4_landscape(), Ruler::new(|_| 0.9), Config::default());
        let input = PartInput { city: &city, config: &config, sheet: &sheet, ruler: &ruler, lang: Lang::Ko };
        let values = Values::new(&input, &PartHead::new(&input, "guide", "", ""));
        let told: Vec<_> =
            values.forms.iter().map(|form| (form.example.concat(), form.place.concat())).collect();
        assert_eq!(
            told,
            [
                ("-".to_owned(), "교통국 › 정시율 (2023)".to_owned()),
                ("기준점".to_owned(), "교통국 › 정시율 (2024)".to_owned()),
                ("4(7)".to_owned(), "교통국 › 저상버스 (2025)".to_owned()),
                ("75점이상".to_owned(), "교통국 › 정시율 (2025)".to_owned()),
            ]
        );
    }
}
