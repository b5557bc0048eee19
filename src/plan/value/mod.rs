//! The value of a KPI for a year: the text as written, and what it means.
//!
//! `docs/values.md` shows the grammar with an example for each form.

mod number;

use serde::{Deserialize, Serialize};

use super::Text;
pub use number::Number;

/// A value as written and as understood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// The cell as its reader sees it.
    pub text: Text,
    /// What it means.
    pub meaning: Meaning,
}

/// What a value means.
///
/// Numbers are in the unit of the row unless they carry a unit of their own. A number written with
/// a scale (`6천만건`) is multiplied out, so that it compares with one written in full.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Meaning {
    /// Nothing is written.
    #[default]
    Empty,
    /// `-`: nothing was measured or planned.
    Dash,
    /// `기준점`, `기준점 +0.5`: the base from which later years count, perhaps with a change.
    Baseline(f64),
    /// `28,604`, `70.0`, `6천만건`, `44.5%`.
    Number(Number),
    /// `21(22)`, `9.38 (9.07)`, `11 (34개소)`, `- (7.36)`: a value and a second one in brackets. Whether the
    /// second is a running total or another measurement shows in the series: see [`series`].
    Pair(Option<Number>, Number),
    /// `8,804 / 5,206`: alternatives or parts set side by side.
    Sides(Vec<Number>),
    /// `±7`: a tolerance to either side.
    Tolerance(Number),
    /// `75점이상`, `3건이하`: a bound.
    Bound(Bound, Number),
    /// `84~86위`: from the first to the second.
    Range(Number, Number),
    /// `83위`: a place in a ranking; 1 is best.
    Rank(f64),
    /// `전년대비 5% 이상`, `1%이상 감축`: a promise against the year before, in percent; negative for a cut.
    Growth(f64),
    /// `중 (65점이상)`, `나급 이상`: a grade, perhaps with the points it stands for.
    Grade(String, Option<Box<Meaning>>),
    /// `응대율 80 배차율 80`, `신규 12 부적격자 조치10`: labelled parts.
    Parts(Vec<(String, Number)>),
    /// `반기별 1회`: so many times in each of so many periods a year.
    Frequency {
        /// Periods in a year: 2 for half-years.
        periods: u16,
        /// Times in each period.
        times: f64,
    },
    /// `도입`, `신규`, `설계완료 38.2`: a state or milestone, perhaps with a number.
    State(String, Option<Number>),
}

/// Which side a [`Meaning::Bound`] leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    /// 이상: at least.
    AtLeast,
    /// 이하: at most.
    AtMost,
    /// 초과: more than.
    Above,
    /// 미만: less than.
    Below,
}

impl Value {
    /// Reads a value.
    pub fn read(text: Text) -> Self {
        let meaning = Meaning::Empty;
        Self { text, meaning }
    }
}

/// A number as people write it in a message: no needless decimals, no exponent, no thousands separators.
pub fn show_number(number: f64) -> String {
    let rounded = (number * 1e6).round() / 1e6;
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}
