//! Distinguishes changes of content from changes of notation.

use unicode_normalization::UnicodeNormalization;

use crate::plan::value::Number;
use crate::plan::{Initiatives, Meaning, Unit, Value, Weight};

/// How two texts compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sameness {
    /// Identical.
    Same,
    /// The same in another notation: spaces, full-width forms, separators, a known spelling.
    Notation,
    /// Different content.
    Differs,
}

use Sameness::{Differs, Notation, Same};

/// Compares two names. `same_key`: whether they have the same key. Keys drop dots, so numbers are compared
/// separately: 1.5배 is not 15배.
pub(super) fn names(old: &str, new: &str, same_key: bool) -> Sameness {
    if old == new {
        Same
    } else if same_key && numbers_in(old) == numbers_in(new) {
        Notation
    } else {
        Differs
    }
}

/// Compares two values, each with the unit of its row.
pub(super) fn values(old: &Value, old_unit: &Unit, new: &Value, new_unit: &Unit) -> Sameness {
    let (a, b) = (&*old.text.text, &*new.text.text);
    if a == b {
        Same
    } else if squeezed(a) == squeezed(b)
        || same_form(&old.meaning, &new.meaning) && old.agrees(old_unit, new, new_unit, 0.0)
    {
        Notation
    } else {
        Differs
    }
}

/// If exactly one of two values is blank, whether it is the new one.
pub(super) fn blank(old: &Value, new: &Value) -> Option<bool> {
    match (old.text.is_empty(), new.text.is_empty()) {
        (false, true) => Some(true),
        (true, false) => Some(false),
        _ => None,
    }
}

/// Compares two weights.
pub(super) fn weights(old: &Weight, new: &Weight) -> Sameness {
    let (a, b) = (&*old.text.text, &*new.text.text);
    match (old.percent, new.percent) {
        _ if a == b => Same,
        (Some(a), Some(b)) if (a - b).abs() < 1e-9 => Notation,
        (None, None) if squeezed(a) == squeezed(b) => Notation,
        _ => Differs,
    }
}

/// Compares two cells of initiative codes; their order does not matter.
pub(super) fn codes(old: &Initiatives, new: &Initiatives) -> Sameness {
    let (a, b) = (&*old.text.text, &*new.text.text);
    let sorted = |initiatives: &Initiatives| {
        let mut codes = initiatives.codes.clone();
        codes.sort();
        codes
    };
    let name = |initiatives: &Initiatives| initiatives.name.as_deref().map(squeezed);
    let is_list = !old.codes.is_empty() && sorted(old) == sorted(new) && name(old) == name(new);
    if a == b {
        Same
    } else if is_list || squeezed(a) == squeezed(b) {
        Notation
    } else {
        Differs
    }
}

/// Compares two lines of free text.
pub(super) fn lines(old: &str, new: &str) -> Sameness {
    if old == new {
        Same
    } else if squeezed(old) == squeezed(new) {
        Notation
    } else {
        Differs
    }
}

/// `text` without differences of notation: spaces, width of letters, case, thousands separators.
pub(super) fn squeezed(text: &str) -> String {
    let plain: Vec<char> = text
        .nfkc()
        .filter(|c| {
            !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
        })
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '−' | '‐' | '‑' | '–' | '—' => '-',
            '∼' | '〜' => '~',
            'ㆍ' | '‧' | '∙' | '•' | '・' => '·',
            c => c,
        })
        .collect();
    let separates = |at: usize| {
        let digit = |at: usize| plain.get(at).is_some_and(char::is_ascii_digit);
        at > 0 && digit(at - 1) && (1..=3).all(|ahead| digit(at + ahead)) && !digit(at + 4)
    };
    plain.iter().enumerate().filter(|&(at, &c)| c != ',' || !separates(at)).map(|(_, &c)| c).collect()
}

/// The numbers in a name, as texts.
fn numbers_in(name: &str) -> Vec<String> {
    let plain = squeezed(name);
    plain
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|number| number.trim_matches('.').to_owned())
        .filter(|number| !number.is_empty())
        .collect()
}

/// Whether two values have the same form, so that agreement means equal content. A bound that became a
/// number, or words removed, are a change even if checks treat both values alike.
fn same_form(old: &Meaning, new: &Meaning) -> bool {
    use Meaning as M;
    match (old, new) {
        (M::Empty | M::NotApplicable, M::Empty | M::NotApplicable) => true,
        (M::Number(a), M::Number(b))
        | (M::Bound(_, a), M::Bound(_, b))
        | (M::Range(_, a), M::Range(_, b))
        | (M::Tolerance(a), M::Tolerance(b))
        | (M::Growth(a), M::Growth(b))
        | (M::Pair(None, a), M::Pair(None, b)) => same_unit(a, b),
        (M::Pair(Some(a), c), M::Pair(Some(b), d)) => same_unit(a, b) && same_unit(c, d),
        (M::Rank(_), M::Rank(_)) | (M::Baseline(_), M::Baseline(_)) => true,
        (M::MultiValue(a), M::MultiValue(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_form(a, b))
        }
        _ => false,
    }
}

/// Whether the units written at two numbers are the same, or at least one number has none.
fn same_unit(a: &Number, b: &Number) -> bool {
    match (a.unit.as_deref().unwrap_or_default(), b.unit.as_deref().unwrap_or_default()) {
        ("", _) | (_, "") => true,
        (a, b) => squeezed(a) == squeezed(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Text;
    use crate::source::CellRef;

    fn compared(old: &str, new: &str) -> Sameness {
        let value = |text: &str| Value::read(Text::new(text, CellRef::default()));
        let unit = Unit::read(Text::new("건", CellRef::default()));
        let forth = values(&value(old), &unit, &value(new), &unit);
        assert_eq!(forth, values(&value(new), &unit, &value(old), &unit), "{old} | {new}");
        forth
    }

    #[test]
    fn a_value_in_another_notation_is_not_a_change() {
        for (old, new) in [
            ("1,000", "1000"),
            ("80", "80.0"),
            ("８５", "85"),
            ("75점 이상", "75점이상"),
            ("84~86", "84 ∼ 86"),
            ("24회", "24"),
            ("-", ""),
            ("6천만", "60,000,000"),
            ("우수 이상 3개", "우수이상 3개"),
        ] {
            assert_eq!(compared(old, new), Notation, "{old} | {new}");
        }
    }

    #[test]
    fn another_value_is_a_change() {
        for (old, new) in [
            ("80", "85"),
            ("1.5", "15"),
            ("75점 이상", "75"),
            ("75점 이상", "75점 이하"),
            ("70점", "70%"),
            ("10", "-"),
            ("0", ""),
            ("우수이상 3개", "3개"),
            ("40(65)", "40"),
        ] {
            assert_eq!(compared(old, new), Differs, "{old} | {new}");
        }
    }

    #[test]
    fn a_decimal_point_in_a_name_counts() {
        assert_eq!(names("1.5배 확대", "15배 확대", true), Differs);
        assert_eq!(names("시정 만족도(1,000명)", "시정만족도 (1000명)", true), Notation);
        assert_eq!(names("예산집행율", "예산집행률", true), Notation);
    }
}
