//! Units in brackets after the names of KPIs.

use super::BodyReader;
use crate::plan::{Field, Text, Unit};

impl BodyReader<'_> {
    /// Takes units in brackets after the KPIs' names where the table has no column of units.
    pub(super) fn take_units_from_names(&mut self) {
        if self.columns.col(Field::Unit).is_some() {
            return;
        }
        let usual = self.indicators.iter().filter(|row| unit_in_name(&row.kpi.text, true).is_some()).count();
        let any = usual * 10 >= self.indicators.len() * 6;
        for row in &mut self.indicators {
            if let (Some(unit), Some(cell)) = (unit_in_name(&row.kpi.text, any), row.kpi.cell) {
                row.unit = Unit::read(Text::new(unit, cell));
            }
        }
    }
}

/// The unit in brackets at the end of a KPI's name. `any`: whether every short text counts, not only a usual
/// unit.
fn unit_in_name(name: &str, any: bool) -> Option<&str> {
    let inner = name.trim().strip_suffix([')', '）', ']'])?;
    let (_, unit) = inner.rsplit_once(['(', '（', '['])?;
    let unit = unit.trim();
    let short = !unit.is_empty() && unit.chars().count() <= 8 && !unit.contains(char::is_numeric);
    let bare = unit.trim_start_matches(['천', '만', '백', '억']);
    const USUAL: [&str; 44] = [
        "%", "％", "건", "명", "개", "개소", "회", "점", "시간", "일", "원", "분", "초", "톤", "대", "가구",
        "곳", "등급", "위", "배", "호", "면", "편", "팀", "인", "세대", "km", "㎞", "㎡", "㎥", "ha", "kg",
        "t", "hrs", "hours", "days", "minutes", "number", "no.", "count", "usd", "$", "€", "#",
    ];
    let usual = bare.is_empty() || USUAL.iter().any(|usual| bare.eq_ignore_ascii_case(usual));
    (short && (any || usual)).then_some(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_told_from_a_remark() {
        for (name, any, unit) in [
            ("지방재정 신속집행률(%)", false, Some("%")),
            ("지역사랑상품권 가맹점 수(천개)", false, Some("천개")),
            ("안전교육 이수 인원 (만명)", false, Some("만명")),
            ("Response time (minutes)", false, Some("minutes")),
            ("공무원 청렴도 (권익위)", false, None),
            ("도로 연장(㎞)", true, Some("㎞")),
            ("Visits (2024)", true, None),
            ("만족도", true, None),
        ] {
            assert_eq!(unit_in_name(name, any), unit, "{name}");
        }
    }
}
