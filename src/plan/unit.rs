//! Units of measurement and their scale (천명, 만명, 백만원).

use serde::{Deserialize, Serialize};

use super::Text;
use super::value::{Number, of_unit};

/// A unit as written, with the scale contained in its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// The cell as written.
    pub text: Text,
    /// The factor to [`Unit::base`]: 1,000 for 천명, 1 for most units.
    pub scale: f64,
}

impl Default for Unit {
    fn default() -> Self {
        Self { text: Text::absent(), scale: 1.0 }
    }
}

impl Unit {
    /// Reads a unit. A word that merely starts like a scale (백분율, 조건) has none.
    pub fn read(text: Text) -> Self {
        let (scale, _) = split(&text.text);
        Self { text, scale }
    }

    /// The unit without its scale: `명` for `천명`, `원` for `백만 원` and `원(백만)`; empty if only a scale is
    /// written. A unit without a scale is its own base.
    pub fn base(&self) -> &str {
        split(&self.text.text).1
    }
}

impl Number {
    /// The amount in the base of `unit` (명 if `unit` is 천명); a number with its own unit is already in base
    /// units.
    pub fn in_base(&self, unit: &Unit) -> f64 {
        if self.unit.is_some() { self.amount } else { self.amount * unit.scale }
    }
}

/// The scale of a unit and the rest of its name.
fn split(unit: &str) -> (f64, &str) {
    let unit = unit.trim();
    if let Some(found) = counted_in(unit) {
        return found;
    }
    if let Some((base, scale)) = unit.strip_suffix([')', '）']).and_then(|unit| unit.rsplit_once(['(', '（']))
    {
        let inner = format!("{}{}", scale.trim(), base.trim());
        let (scale, rest) = of_unit(&inner);
        if scale > 1.0 && rest == base.trim() {
            return (scale, base.trim());
        }
    }
    match of_unit(unit) {
        (scale, base) if scale > 1.0 => {
            let running = base.split_once(['(', '（']).filter(|(_, note)| note.starts_with("누"));
            (scale, running.map_or(base, |(base, _)| base).trim())
        }
        whole => whole,
    }
}

/// `1,000명`: a scale in digits.
fn counted_in(unit: &str) -> Option<(f64, &str)> {
    let end = unit.find(|c: char| !c.is_ascii_digit() && c != ',').filter(|&end| end > 0)?;
    let scale = Number::parse_plain(&unit[..end])?;
    let is_power_of_ten = unit[..end].strip_prefix('1')?.chars().all(|c| matches!(c, '0' | ','));
    (is_power_of_ten && scale >= 1e3).then(|| (scale, unit[end..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::CellRef;

    fn unit(text: &str) -> Unit {
        Unit::read(Text::new(text, CellRef::default()))
    }

    #[test]
    fn scales_are_taken_apart() {
        for (text, scale, base) in [
            ("천명", 1e3, "명"),
            ("만명", 1e4, "명"),
            ("만대", 1e4, "대"),
            ("천㎡", 1e3, "㎡"),
            ("천가구", 1e3, "가구"),
            ("백만원", 1e6, "원"),
            ("백만 원", 1e6, "원"),
            ("십억원", 1e9, "원"),
            ("억원", 1e8, "원"),
            ("조원", 1e12, "원"),
            ("천명(누계)", 1e3, "명"),
            ("명(천)", 1e3, "명"),
            ("원(백만)", 1e6, "원"),
            ("천명/년", 1e3, "명/년"),
            ("1,000명", 1e3, "명"),
            ("천", 1e3, ""),
            ("million won", 1e6, "won"),
            ("Thousand persons", 1e3, "persons"),
        ] {
            let unit = unit(text);
            assert_eq!((unit.scale, unit.base()), (scale, base), "{text}");
        }
    }

    #[test]
    fn words_that_begin_like_a_scale_carry_none() {
        for text in [
            "",
            "%",
            "명",
            "백분율",
            "만족도",
            "만점",
            "조",
            "조건",
            "조사건수",
            "천체",
            "시간/인",
            "% (개소)",
            "㎡ (개소)",
            "등급수준 (중·상)",
        ] {
            let unit = unit(text);
            assert_eq!((unit.scale, unit.base()), (1.0, text));
        }
    }
}
