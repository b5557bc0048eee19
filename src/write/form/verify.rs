//! Compares what planbook reads from a form with its intended content.

use super::layout::FormLayout;
use super::next::{Next, shared};
use crate::finding::Lang;
use crate::plan::{Field, Group, Indicator, Plan};
use crate::read::{Contents, Remark, RemarkKind};
use crate::write::words::field as field_words;

/// The first difference, in words, between `contents`, read from a form, and the plans it was made of. Any
/// remark of the reader counts as one.
pub(super) fn difference(contents: &Contents, meant: &[(&Next, &FormLayout)], lang: Lang) -> Option<String> {
    // A workbook without any row is not read as plans: nothing to compare.
    let is_empty = !meant.iter().any(|(next, _)| next.plan.rows.iter().any(is_row));
    let is_known = |remark: &&Remark| is_empty && matches!(remark.kind, RemarkKind::NoRows(_));
    if let Some(remark) = contents.remarks.iter().find(|remark| !is_known(remark)) {
        return Some(remarked(remark, lang));
    }
    if is_empty && contents.plans.is_empty() {
        return None;
    }
    if contents.plans.len() != meant.len() {
        let (read, meant) = (contents.plans.len(), meant.len());
        return Some(lang.pick(
            format!("계획 {meant}개를 담았으나 {read}개가 읽힙니다"),
            format!("it holds {meant} plans and {read} are read"),
        ));
    }
    contents.plans.iter().zip(meant).find_map(|(read, (next, layout))| in_plan(read, next, layout, lang))
}

/// An unexpected remark of the reader.
fn remarked(remark: &Remark, lang: Lang) -> String {
    let cell = remark.cell.map(|cell| format!("!{cell}")).unwrap_or_default();
    let place = format!("{}{cell}", remark.sheet);
    match &remark.kind {
        RemarkKind::NoRows(_) => lang.pick(
            format!("{place}: 머리글은 읽히나 지표 행이 읽히지 않습니다"),
            format!("{place}: headings are read, and no KPI below them"),
        ),
        RemarkKind::MissingColumns { missing, .. } => lang.pick(
            format!("{place}: 머리글을 알아보지 못한 열이 있습니다 ({})", missing.join(", ")),
            format!("{place}: columns without a known heading ({})", missing.join(", ")),
        ),
        RemarkKind::UnreadColumn { heading, .. } => lang.pick(
            format!("{place}: `{heading}` 열이 읽히지 않습니다"),
            format!("{place}: the column `{heading}` is not read"),
        ),
        RemarkKind::RowWithoutKpi | RemarkKind::StrayRow => lang.pick(
            format!("{place}: 이 행이 지표로 읽히지 않습니다"),
            format!("{place}: this row is not read as a KPI"),
        ),
        RemarkKind::HeadingAsValue(word) | RemarkKind::DecimalComma(word) | RemarkKind::ErrorCell(word) => {
            lang.pick(
                format!("{place}: `{word}`가 값으로 읽히지 않습니다"),
                format!("{place}: `{word}` is not read as a value"),
            )
        }
        _ => lang
            .pick(format!("{place}: 다르게 읽히는 곳이 있습니다"), format!("{place}: it is read otherwise")),
    }
}

/// The intended and the actually read value.
fn instead(what: &str, (meant, read): (&str, &str), lang: Lang) -> String {
    lang.pick(
        format!("{what}: `{meant}`로 적었으나 `{read}`로 읽힙니다"),
        format!("{what}: `{meant}` was written and `{read}` is read"),
    )
}

fn in_plan(read: &Plan, next: &Next, layout: &FormLayout, lang: Lang) -> Option<String> {
    let meant = &next.plan;
    let years =
        |plan: &Plan| plan.years.iter().map(|year| year.year.to_string()).collect::<Vec<_>>().join(", ");
    // Where no heading says actual or target, the plan year decides.
    let same_kinds = read
        .years
        .iter()
        .zip(&meant.years)
        .all(|(read, meant)| read.kind.is_none_or(|kind| Some(kind) == meant.kind));
    if years(read) != years(meant) || !same_kinds {
        return Some(instead(lang.pick("연도", "years"), (&years(meant), &years(read)), lang));
    }
    // The form adds names to a header without them. Without parent columns it cannot show the parent's name.
    let cites = layout.col(Field::ParentKpi).is_some();
    let names = [
        (lang.pick("제목", "title"), &read.title, &meant.title, true),
        (
            lang.pick("상위 조직", "parent"),
            &read.parent_label,
            &meant.parent_label,
            cites && !meant.parent_label.is_empty(),
        ),
        (lang.pick("조직", "organisation"), &read.own_label, &meant.own_label, !meant.own_label.is_empty()),
    ];
    if let Some((what, read, meant, _)) =
        names.into_iter().find(|(_, read, meant, is_told)| *is_told && read.text != meant.text)
    {
        return Some(instead(what, (&meant.text, &read.text), lang));
    }
    let rows: Vec<&Indicator> = meant.rows.iter().filter(|row| is_row(row)).collect();
    if read.rows.len() != rows.len() {
        let (read, meant) = (read.rows.len(), rows.len());
        return Some(lang.pick(
            format!("지표 {meant}개를 적었으나 {read}개가 읽힙니다"),
            format!("{meant} KPIs were written and {read} are read"),
        ));
    }
    read.rows.iter().zip(&rows).find_map(|(read, meant)| in_row(read, (meant, next), lang)).or_else(|| {
        let notes =
            |plan: &Plan| plan.footnotes.iter().map(|note| note.text.text.to_string()).collect::<Vec<_>>();
        let read_rows: Vec<&Indicator> = read.rows.iter().collect();
        if !same_cells(&read_rows, &rows, layout) {
            return Some(
                lang.pick("병합한 칸이 다르게 읽힙니다", "merged cells are read otherwise").to_owned(),
            );
        }
        let (read, meant) = (notes(read).join(" / "), notes(meant).join(" / "));
        (read != meant)
            .then(|| instead(lang.pick("표 아래의 글", "lines below the table"), (&meant, &read), lang))
    })
}

/// Whether a row has enough content to be read as a KPI's.
fn is_row(row: &Indicator) -> bool {
    !row.kpi.is_empty()
        && (row.values.iter().any(|value| !value.text.is_empty())
            || !row.unit.text.is_empty()
            || !row.weight.text.is_empty())
}

fn in_row(read: &Indicator, (meant, next): (&Indicator, &Next), lang: Lang) -> Option<String> {
    let years = &next.plan.years;
    let text =
        |row: &Indicator, field| row.text_of(field, years).map(|text| text.text.clone()).unwrap_or_default();
    let mut fields = Field::of_table(years.iter().map(|year| year.year));
    let field = fields.find(|&field| text(read, field) != text(meant, field))?;
    let what = format!("{} ({})", meant.kpi.text, field_words(field, lang));
    Some(instead(&what, (&text(meant, field), &text(read, field)), lang))
}

/// Whether merged cells span the same rows.
fn same_cells(read: &[&Indicator], meant: &[&Indicator], layout: &FormLayout) -> bool {
    Group::Parent.fields().filter(|&field| layout.col(field).is_some()).all(|field| {
        read.windows(2)
            .zip(meant.windows(2))
            .all(|(read, meant)| shared(read[0], read[1], field) == shared(meant[0], meant[1], field))
    })
}
