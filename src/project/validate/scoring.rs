//! What `[score]` may not say.

use super::{Complaints, empty};
use crate::finding::Wording;
use crate::project::scoring::Scoring;

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
    /// Every value of `[score]` that makes no sense.
    pub(super) fn complaints(&self, out: &mut Complaints) {
        let floor = || ("floor", self.floor.to_string());
        let floor_right = self.floor.is_finite() && self.floor >= 0.0;
        out.unless(floor_right, &["score", "floor"], || FLOOR.with([]));
        let cap_right = self.cap.is_finite() && self.cap > self.floor;
        out.unless(cap_right, &["score", "cap"], || CAP.with([floor()]));
        out.unless(!self.grades.is_empty(), &["score", "grades"], || NO_GRADE.with([]));
        for (index, grade) in self.grades.iter().enumerate() {
            let index_text = index.to_string();
            let at = ["score", "grades", &index_text];
            out.unless(!grade.name.trim().is_empty(), &at, || empty("name"));
            let twice = self.grades[..index].iter().any(|other| other.from.total_cmp(&grade.from).is_eq());
            out.unless(grade.from.is_finite() && !twice, &at, || FROM.with([]));
        }
        if let Some(lowest) = self.ascending().first() {
            out.unless(lowest.from <= self.floor, &["score", "grades"], || {
                LOWEST.with([("from", lowest.from.to_string()), floor()])
            });
        }
    }
}
