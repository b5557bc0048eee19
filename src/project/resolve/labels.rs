//! `[labels]`: words of headings, and tables at fixed places.

use super::kinds::year_named;
use super::section::{Section, keyed, list, parsed, table, text, whole};
use crate::finding::{Message, Wording};
use crate::plan::{ByColumn, COLUMNS, Field};
use crate::project::config::{FixedTable, LabelSettings};
use crate::source::{CellRef, LAST_ROW, parse_column};

static ROW: Wording = Wording {
    ko: "행 번호는 1부터 {last}까지이고, 끝 행은 첫 행보다 앞설 수 없습니다",
    en: "rows are counted from 1 to {last}, and the last may not stand before the first",
};
static CELL: Wording = Wording {
    ko: "셀 주소가 아닙니다: `{value}` (예: B2)",
    en: "`{value}` is no cell (such as B2)",
};
static COLUMN: Wording = Wording {
    ko: "열 이름이 아닙니다: `{value}` (예: F)",
    en: "`{value}` is no column (such as F)",
};
static FIELD: Wording = Wording {
    ko: "없는 열 이름입니다: `{value}`. 쓸 수 있는 이름: {known}",
    en: "there is no field `{value}`; known: {known}",
};
static NO_KPI: Wording = Wording {
    ko: "지표명이 있는 열(`columns`의 kpi)을 적어야 합니다",
    en: "`columns` must name the column of the KPI",
};

impl LabelSettings {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let mut labels = Self::default();
        section.set("perspective", &mut labels.perspective, list(text));
        section.set("goal", &mut labels.objective, list(text));
        section.set("kpi", &mut labels.kpi, list(text));
        section.set("target", &mut labels.target, list(text));
        section.set("actual", &mut labels.actual, list(text));
        section.set("unit", &mut labels.unit, list(text));
        section.set("weight", &mut labels.weight, list(text));
        section.set("code", &mut labels.code, list(text));
        section.set("owner", &mut labels.owner, list(text));
        section.set("number", &mut labels.number, list(text));
        section.set("indicator_type", &mut labels.indicator_type, list(text));
        section.set("direction", &mut labels.polarity, list(text));
        section.set("definition", &mut labels.definition, list(text));
        section.set("formula", &mut labels.formula, list(text));
        section.set("data_source", &mut labels.data_source, list(text));
        section.set("frequency", &mut labels.frequency, list(text));
        section.set("rationale", &mut labels.rationale, list(text));
        section.set("budget", &mut labels.budget, list(text));
        section.set("remark", &mut labels.remark, list(text));
        section.set("parent", &mut labels.parent, list(text));
        section.set("title", &mut labels.title, list(text));
        section.set("total", &mut labels.total, list(text));
        section.set("footnote", &mut labels.footnote, list(text));
        section.set("fixed", &mut labels.fixed, list(table(FixedTable::read)));
        labels
    }
}

impl FixedTable {
    fn read(section: &mut Section<'_>) -> Self {
        let mut fixed = Self::default();
        section.set("sheet", &mut fixed.sheet, text);
        let before = section.complaints();
        section.set("first_row", &mut fixed.first_row, whole::<u32>);
        section.set("last_row", &mut fixed.last_row, whole::<u32>);
        if section.complaints() == before {
            fixed.check_rows(section);
        }
        section.set("org", &mut fixed.org, parsed(cell, &CELL));
        section.set("parent", &mut fixed.parent, parsed(cell, &CELL));
        let column = || parsed(parse_column, &COLUMN);
        let before = section.complaints();
        section.set("columns", &mut fixed.columns, |value| {
            let columns = keyed(field_named, column())(value)?;
            Some(ByColumn::of(|known| columns.get(&known.field).copied()))
        });
        if section.complaints() == before && fixed.columns.get(Field::Kpi).copied().flatten().is_none() {
            section.lacks(NO_KPI.with([]));
        }
        section.set("actuals", &mut fixed.actuals, keyed(year_named, column()));
        section.set("targets", &mut fixed.targets, keyed(year_named, column()));
        fixed
    }

    fn check_rows(&self, section: &mut Section<'_>) {
        let last = LAST_ROW + 1;
        let right = (1..=last).contains(&self.first_row)
            && (self.last_row == 0 || (self.first_row..=last).contains(&self.last_row));
        if !right {
            section.complain("first_row", ROW.with([("last", last.to_string())]));
        }
    }
}

fn cell(text: &str) -> Option<CellRef> {
    text.parse().ok()
}

/// The column with this `name`.
fn field_named(name: &str) -> Result<Field, Message> {
    let known = || COLUMNS.iter().map(|column| column.id).collect::<Vec<_>>().join(", ");
    let found = COLUMNS.iter().find(|column| column.id == name).map(|column| column.field);
    found.ok_or_else(|| FIELD.with([("value", name.to_owned()), ("known", known())]))
}
