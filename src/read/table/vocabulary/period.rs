//! Headings and cells that name a period.

use super::{Label, Role, Vocabulary};
use crate::plan::YearPart;
use crate::read::table::periods::{date, plain_years, take_year};
use crate::read::table::words::{WORDS, key};

impl Vocabulary {
    /// `text` with the year in front in four digits, where the rest says what the value is: `23실적`, `25 Target`.
    pub(super) fn with_full_year(&self, text: &str) -> Option<String> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = text.get(digits..).filter(|rest| digits == 2 && rest.chars().any(char::is_alphabetic))?;
        let is_value = !rest.starts_with(['.', ',', '%', '/', '-'])
            && self.role(&key(rest), true).is_some_and(Role::is_value);
        is_value.then(|| format!("20{text}"))
    }

    /// A heading with a period but no year number, alone or with its content (`전년도 실적`, `1분기 목표`).
    pub(super) fn period(&self, year: Option<i32>, key: &str) -> Option<Label> {
        if key.len() > 90 || !WORDS.periods.may_be_in(key) {
            return None;
        }
        let relative = WORDS.periods.relative_year(key).filter(|_| year.is_none());
        let relative = relative.map(|(distance, rest)| (Some(distance), rest));
        let whole = (None, key.to_owned());
        relative.into_iter().chain([whole]).find_map(|(distance, rest)| {
            let known = |rest: &str| rest.is_empty() || self.role(rest, true).is_some();
            let part = WORDS.periods.parts_of(&rest).find(|(_, rest)| known(rest));
            let rest = part.as_ref().map_or(&rest, |(_, rest)| rest);
            // `y1_2026_27` is the year 2026.
            let part = part.as_ref().map(|(part, _)| *part);
            let is_period = part.is_some() || distance.is_some();
            let part = part.filter(|part| year.is_none() || !matches!(part, YearPart::Number(_)));
            let label = Label { year, distance, part, ..Label::default() };
            (is_period && known(rest)).then(|| Label { role: self.role(rest, true), ..label })
        })
    }

    /// The year and the part of it in a cell of a period column: `2024`, `2024-Q1`, `Sep 2021`, `2024-03-31`.
    pub(in crate::read::table) fn period_in(&self, text: &str) -> Option<(Option<i32>, Option<YearPart>)> {
        if text.chars().count() > 40 {
            return None;
        }
        let plain = plain_years(text);
        if let Some((year, month, _)) = date(&plain) {
            return Some((Some(year), Some(YearPart::Month(month))));
        }
        if let Some(label) =
            self.label(text).filter(|label| label.role.is_none_or(|role| role == Role::Period))
        {
            let is_period = label.year.is_some() || label.part.is_some();
            return is_period.then_some((label.year, label.part));
        }
        let (year, rest) = take_year(&plain);
        let number = rest.strip_prefix(['m', 'p']).and_then(|number| number.parse::<u8>().ok());
        if let Some(number) = number.filter(|number| (1..=13).contains(number)) {
            let part = if rest.starts_with('m') { YearPart::Month(number) } else { YearPart::Number(number) };
            return Some((year, Some(part)));
        }
        let months = year.map_or_else(|| plain.to_string(), |year| plain.replacen(&year.to_string(), "", 1));
        WORDS.periods.span(&months).map(|part| (year, Some(part)))
    }
}
