//! Kinds of values that several sections use.

use super::section::{SettingValue, number, parsed, text, that, whole};
use crate::finding::{Code, Message, Severity, Wording};
use crate::project::colour::{self, Rgb};
use crate::project::near::nearest;

static YEAR: Wording = Wording {
    ko: "연도는 네 자리 숫자여야 합니다: `{value}`",
    en: "the year `{value}` should have four digits",
};
static EMPTY: Wording = Wording { ko: "`{key}` 항목이 비어 있습니다", en: "`{key}` is empty" };
static NO_SUCH_CHECK: Wording =
    Wording { ko: "없는 점검 코드입니다: `{value}`", en: "there is no check `{value}`" };
static NO_SUCH_CHECK_NEAR: Wording = Wording {
    ko: "없는 점검 코드입니다: `{value}`. 혹시 {near}입니까?",
    en: "there is no check `{value}`; did you mean {near}?",
};
static SEVERITY: Wording = Wording {
    ko: "없는 심각도입니다: `{value}`. error(오류), warning(경고), info(참고) 가운데 하나를 적으십시오",
    en: "`{value}` is no severity; write error, warning or info",
};
static COLOUR: Wording = Wording {
    ko: "색이 아닙니다: `{value}`. #과 여섯 자리 16진수로 적으십시오 (예: #1f4e79)",
    en: "`{value}` is no colour; write # and six hexadecimal digits (as in #1f4e79)",
};
static LIMIT: Wording = Wording { ko: "1 이상이어야 합니다", en: "must be 1 or more" };

/// Text that is not empty.
pub(super) fn filled(value: &mut SettingValue<'_>) -> Option<String> {
    let text = text(value)?;
    if text.trim().is_empty() {
        let key = ("key", value.name.to_owned());
        return value.complain(EMPTY.with([key]));
    }
    Some(text)
}

/// A number, 0 or more.
pub(super) fn at_least_0(value: &mut SettingValue<'_>, wording: &'static Wording) -> Option<f64> {
    that(number, |number| number.is_finite() && *number >= 0.0, |_| wording.with([]))(value)
}

/// A whole number, 1 or more.
pub(super) fn limit(value: &mut SettingValue<'_>) -> Option<u64> {
    that(whole, |limit| *limit > 0, |_| LIMIT.with([]))(value)
}

pub(super) fn year(value: &mut SettingValue<'_>) -> Option<i32> {
    that(whole, |year| is_year(*year), |year| no_year(&year.to_string()))(value)
}

/// The year that `name` denotes.
pub(super) fn year_named(name: &str) -> Result<i32, Message> {
    name.parse().ok().filter(|year| is_year(*year)).ok_or_else(|| no_year(name))
}

fn is_year(year: i32) -> bool {
    (1000..=9999).contains(&year)
}

fn no_year(value: &str) -> Message {
    YEAR.with([("value", value.to_owned())])
}

pub(super) fn severity(value: &mut SettingValue<'_>) -> Option<Severity> {
    parsed(Severity::named, &SEVERITY)(value)
}

pub(super) fn colour(value: &mut SettingValue<'_>) -> Option<Rgb> {
    parsed(colour::parse, &COLOUR)(value)
}

/// The check with exactly this code: lists and letters do not print `w101`.
pub(super) fn code_named(code: &str) -> Result<Code, Message> {
    let value = ("value", code.to_owned());
    let known = || Code::ALL.iter().copied();
    known().find(|known| known.as_str() == code).ok_or_else(|| {
        match nearest(&code.to_uppercase(), known().map(Code::as_str)) {
            Some(near) => NO_SUCH_CHECK_NEAR.with([value, ("near", near.to_owned())]),
            None => NO_SUCH_CHECK.with([value]),
        }
    })
}
