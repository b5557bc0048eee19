//! Whether two values agree.

use super::{Bound, Meaning, Number, Value};
use crate::plan::Unit;
use crate::text::names::plain_key;

/// The units of the two rows, and how far numbers may differ.
#[derive(Clone, Copy)]
struct ComparedUnits<'a> {
    own: &'a Unit,
    other: &'a Unit,
    tolerance: f64,
}

impl ComparedUnits<'_> {
    /// Whether the amounts are equal in base units. The units are not compared: 70, 70점 and 70% are equal,
    /// and a separate check reports rows whose units differ.
    fn same(&self, own: &Number, other: &Number) -> bool {
        let (a, b) = (own.in_base(self.own), other.in_base(self.other));
        (a - b).abs() <= self.tolerance * self.own.scale + 1e-9 * a.abs().max(b.abs())
    }
}

impl Value {
    /// Whether this value, in a row with the unit `own`, agrees with `other`, in a row with the unit
    /// `other_unit`. `tolerance` is how far numbers may differ, in this row's unit; usually 0.
    ///
    /// Formatting is ignored: see `docs/values.md`. A row without a unit is assumed to have the other's.
    pub fn agrees(&self, own: &Unit, other: &Value, other_unit: &Unit, tolerance: f64) -> bool {
        let scope = ComparedUnits {
            own: if own.text.is_empty() { other_unit } else { own },
            other: if other_unit.text.is_empty() { own } else { other_unit },
            tolerance,
        };
        agree(&self.meaning, &other.meaning, scope)
    }

    /// Whether `cited`, a child's citation of this value, repeats it: the two agree, or one of them has
    /// several numbers (`40(65)`, a value and its running total) and the other is one of these.
    ///
    /// A citation without a unit of its own is in the unit of this row, `own`.
    pub fn is_cited_as(&self, own: &Unit, cited: &Value, tolerance: f64) -> bool {
        let scope = ComparedUnits { own, other: own, tolerance };
        let (here, there) = (self.meaning.numbers(), cited.meaning.numbers());
        agree(&self.meaning, &cited.meaning, scope)
            || ((here.len() == 1) != (there.len() == 1)
                && here.iter().any(|a| there.iter().any(|b| scope.same(a, b))))
    }
}

/// Whether two meanings are the same within `scope`.
fn agree(own: &Meaning, other: &Meaning, scope: ComparedUnits<'_>) -> bool {
    use Meaning as M;
    match (own, other) {
        (M::Empty | M::NotApplicable, M::Empty | M::NotApplicable) => true,
        (M::Baseline(a), M::Baseline(b)) => (a - b).abs() <= scope.tolerance + 1e-9,
        (M::Growth(a), M::Growth(b)) => (a.amount - b.amount).abs() <= scope.tolerance + 1e-9,
        (M::Tolerance(a), M::Tolerance(b)) => scope.same(a, b),
        (M::Bound(kind, a), M::Bound(other_kind, b)) => kind == other_kind && scope.same(a, b),
        // A target of 75 points is met from 75 on, with or without 이상.
        (M::Bound(kind, a), M::Number(b)) | (M::Number(a), M::Bound(kind, b)) => {
            matches!(kind, Bound::AtLeast | Bound::AtMost) && scope.same(a, b)
        }
        (M::Range(from, to), M::Range(other_from, other_to)) => {
            let start = |from: &f64, to: &Number| Number { amount: *from, unit: to.unit.clone() };
            scope.same(to, other_to) && scope.same(&start(from, to), &start(other_from, other_to))
        }
        (M::Pair(a, second), M::Pair(b, other_second)) => {
            scope.same(second, other_second)
                && match (a, b) {
                    (Some(a), Some(b)) => scope.same(a, b),
                    (None, None) => true,
                    _ => false,
                }
        }
        (M::Grade(a, inner), M::Grade(b, other_inner)) => {
            same_words(a, b) && optional_agree(inner.as_deref(), other_inner.as_deref(), scope, true)
        }
        (M::State(a, inner), M::State(b, other_inner)) => {
            same_words(a, b) && optional_agree(inner.as_deref(), other_inner.as_deref(), scope, false)
        }
        // Words on one side only are a remark on the number.
        (M::Grade(_, Some(inner)) | M::State(_, Some(inner)), other) => agree(inner, other, scope),
        (own, M::Grade(_, Some(inner)) | M::State(_, Some(inner))) => agree(own, inner, scope),
        (M::Grade(a, None), M::State(b, None)) | (M::State(a, None), M::Grade(b, None)) => same_words(a, b),
        (
            M::Number(_) | M::Rank(_) | M::Frequency { .. },
            M::Number(_) | M::Rank(_) | M::Frequency { .. },
        ) => {
            matches!((own.number(), other.number()), (Some(a), Some(b)) if scope.same(&a, &b))
        }
        (
            M::MultiValue(_) | M::Parts(_) | M::Pair(Some(_), _),
            M::MultiValue(_) | M::Parts(_) | M::Pair(Some(_), _),
        ) => lists_agree(own, other, scope),
        _ => false,
    }
}

/// Whether two lists of numbers agree one by one; a label on one side only is a remark.
fn lists_agree(own: &Meaning, other: &Meaning, scope: ComparedUnits<'_>) -> bool {
    let (own, other) = (members(own), members(other));
    own.len() == other.len()
        && own.iter().zip(&other).all(|((label, a), (other_label, b))| {
            (label.is_empty() || other_label.is_empty() || same_words(label, other_label))
                && agree(a, b, scope)
        })
}

fn members(meaning: &Meaning) -> Vec<(&str, Meaning)> {
    match meaning {
        Meaning::MultiValue(sides) => sides.iter().map(|side| ("", side.clone())).collect(),
        Meaning::Parts(parts) => parts.iter().map(|(label, part)| (&**label, part.clone())).collect(),
        other => other.numbers().into_iter().map(|number| ("", Meaning::Number(number))).collect(),
    }
}

/// Whether the values attached to words agree. `may_lack`: one side may have none.
fn optional_agree(
    own: Option<&Meaning>,
    other: Option<&Meaning>,
    scope: ComparedUnits<'_>,
    may_lack: bool,
) -> bool {
    match (own, other) {
        (Some(a), Some(b)) => agree(a, b, scope),
        (None, None) => true,
        _ => may_lack,
    }
}

/// Whether words are equal apart from case, spaces, dots and brackets.
fn same_words(a: &str, b: &str) -> bool {
    a == b || plain_key(a) == plain_key(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Text;
    use crate::source::CellRef;

    fn value(text: &str) -> Value {
        Value::read(Text::new(text, CellRef::default()))
    }

    fn unit(text: &str) -> Unit {
        Unit::read(Text::new(text, CellRef::default()))
    }

    fn agree_in(a: &str, own: &str, b: &str, other: &str) -> bool {
        let forth = value(a).agrees(&unit(own), &value(b), &unit(other), 0.0);
        let back = value(b).agrees(&unit(other), &value(a), &unit(own), 0.0);
        assert_eq!(forth, back, "{a} {own} | {b} {other}");
        forth
    }

    #[test]
    fn formatting_alone_makes_no_difference() {
        for (a, own, b, other) in [
            ("70", "%", "70.0", "%"),
            ("70점", "점", "70%", "%"),
            ("2,650", "천명", "2,650,000", "명"),
            ("880천명", "천명", "880", "천명"),
            ("65,664 백만원", "백만원", "65,664", "백만원"),
            ("250", "만명", "250", ""),
            ("24회", "회", "24", "회"),
            ("987kW (850KW)", "kW", "987 (850)", "kW"),
            ("11(34개소)", "개소", "11 (34개소)", "개소"),
            ("14,000/ 6,600", "억원", "14,000 / 6,600", "억원"),
            ("우수이상 3개공기업", "수준", "우수이상 3개", "개"),
            ("우수이상 3개공기업", "수준", "3개", "개"),
            ("75점 이상", "점", "75점이상", "점"),
            ("75점이상", "점", "75", "점"),
            ("중·상 (75점이상)", "등급", "중상", "등급"),
            ("84 ~86위", "위", "84~86", "위"),
            ("83위", "위", "83", ""),
            ("전년대비 5%이상", "%", "전년 대비 5% 이상", "%"),
            ("시행 (정비추진)", "%", "시행(정비 추진)", "%"),
            ("-", "건", "", "건"),
            ("반기별 1회", "회", "2", "회"),
        ] {
            assert!(agree_in(a, own, b, other), "{a} {own} | {b} {other}");
        }
    }

    #[test]
    fn what_is_written_otherwise_differs() {
        for (a, own, b, other) in [
            ("250", "만명", "249", "만명"),
            ("55(85)", "%", "50(85)", "%"),
            ("20(100)", "%", "20", "%"),
            ("100", "%", "-", "%"),
            ("0", "%", "-", "%"),
            ("0", "%", "", "%"),
            ("30", "%", "30", "천명"),
            ("83위", "위", "84~86위", "위"),
            ("전년대비 5%이상", "%", "전년대비 10%이상", "%"),
            ("전년대비 5%이상", "건", "5", "건"),
            ("75점이상", "점", "75점 미만", "점"),
            ("우수이상 2개", "개", "나급 이상", "수준"),
            ("우수이상 2개", "개", "양호이상 2개", "개"),
            ("1.5", "", "15", ""),
        ] {
            assert!(!agree_in(a, own, b, other), "{a} {own} | {b} {other}");
        }
        assert!(value("90").agrees(&unit("%"), &value("90.4"), &unit("%"), 0.5));
    }

    #[test]
    fn a_citation_may_give_one_of_two_numbers() {
        let cites = |own: &str, cited: &str| value(own).is_cited_as(&unit("%"), &value(cited), 0.0);
        assert!(cites("40(65)", "65"));
        assert!(cites("411(1,142)", "411"));
        assert!(cites("13", "4회 13건"));
        assert!(!cites("40(65)", "25"));
        assert!(!cites("40(65)", "40(60)"));
        assert!(!cites("35", "30"));
    }
}
