//! `[score]`: how results become achievement, score and grade.

use std::cmp::Ordering;

use super::complaint::Cause;
use super::kinds::{at_least_0, filled};
use super::section::{Section, list, number, one_of, placed, table, that};
use crate::finding::Wording;
use crate::project::scoring::{Grade, Lower, Scoring};

static FLOOR: Wording = Wording {
    ko: "하한은 0 이상의 숫자여야 합니다",
    en: "the floor should be a number, 0 or more",
};
static CAP: Wording = Wording {
    ko: "상한은 하한({floor})보다 큰 숫자여야 합니다",
    en: "the cap should be a number above the floor ({floor})",
};
static NO_GRADE: Wording =
    Wording { ko: "등급을 하나 이상 적어야 합니다", en: "give at least one grade" };
static FROM: Wording = Wording {
    ko: "등급의 하한은 서로 다른 숫자여야 합니다",
    en: "grades should begin at different numbers",
};
static LOWEST: Wording = Wording {
    ko: "가장 낮은 등급이 {from}부터여서 하한 {floor}까지의 달성률에는 등급이 없습니다. from = {floor}인 등급을 두십시오",
    en: "the lowest grade begins at {from}, so achievements down to the floor of {floor} would have none; give a grade with from = {floor}",
};

impl Scoring {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let mut score = Self::default();
        let before = section.complaints();
        section.set("cap", &mut score.cap, number);
        section.set("floor", &mut score.floor, |value| at_least_0(value, &FLOOR));
        let floor = ("floor", score.floor.to_string());
        let cap_right = score.cap.is_finite() && score.cap > score.floor;
        if section.complaints() == before && !cap_right {
            section.complain("cap", CAP.with([floor.clone()]));
        }
        section.set("lower", &mut score.lower, one_of(Lower::NAMES));
        score.read_grades(section);
        let lowest = score.ascending().first().map(|grade| grade.from);
        if let Some(from) = lowest.filter(|from| *from > score.floor) {
            section.complain("grades", LOWEST.with([("from", from.to_string()), floor]));
        }
        score
    }

    fn read_grades(&mut self, section: &mut Section<'_>) {
        let mut grades = None;
        section.set("grades", &mut grades, list(placed(table(Grade::read))));
        let Some(grades) = grades else { return };
        if grades.is_empty() {
            section.complain("grades", NO_GRADE.with([]));
        }
        self.grades.clear();
        for (span, grade) in grades {
            if self.grades.iter().any(|other| other.from.partial_cmp(&grade.from) == Some(Ordering::Equal)) {
                section.complain_at(span, FROM.with([]), Cause::Value);
            }
            self.grades.push(grade);
        }
    }
}

impl Grade {
    fn read(section: &mut Section<'_>) -> Self {
        // NaN until the threshold is read: it compares as neither below nor above another.
        let mut grade = Self { name: String::new(), from: f64::NAN };
        section.set("name", &mut grade.name, filled);
        section.set("from", &mut grade.from, that(number, |from| from.is_finite(), |_| FROM.with([])));
        section.require(&["name", "from"]);
        grade
    }
}

#[cfg(test)]
mod tests {
    use crate::project::Config;

    #[test]
    fn what_is_wrong_with_one_grade_hides_nothing_of_the_others() {
        let text = "[score]\ncap = 10\nfloor = 20\n[[score.grades]]\nname = \"S\"\nfrom = 50\n[[score.grades]]\nname = \"\"\nfrom = 50\n[[score.grades]]\nname = \"B\"\n";
        let faults = Config::parse(text).unwrap_err();
        let told: Vec<(usize, &str)> =
            faults.iter().map(|fault| (fault.line, fault.message.wording.en)).collect();
        assert_eq!(
            told,
            [
                (2, super::CAP.en),
                (4, super::LOWEST.en),
                (7, super::FROM.en),
                (8, "`{key}` is empty"),
                (10, "the key `{key}` is missing"),
            ]
        );
    }
}
