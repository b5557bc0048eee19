//! The table of changes: one line a change, old and new side by side.

use rust_xlsxwriter::XlsxError;

use super::{Input, colour, real, words};
use crate::diff::{Change, PlanDiff};
use crate::finding::Wording;
use crate::workbook::link::{external, shown};
use crate::workbook::{Cell, CellStyle, Columns, Sheet, Table};

pub(super) const NAME: Wording = Wording { ko: "신구대비표", en: "Changes" };
pub(super) const HEADING: u32 = 2;

/// A change of a plan.
struct Line<'a> {
    plan: &'a PlanDiff,
    change: &'a Change,
    is_first: bool,
}

/// One of the sides that stand side by side.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Old,
    New,
}

impl Side {
    fn of(self, change: &Change) -> Option<&crate::diff::Side> {
        if self == Side::Old { change.old.as_ref() } else { change.new.as_ref() }
    }
}

fn columns(input: Input<'_>) -> Columns<'_, Line<'_>> {
    let Input { diff, lang, old, new } = input;
    let says = |side: Side| {
        let style = if side == Side::Old { CellStyle::Old } else { CellStyle::New };
        move |Line { plan, change, .. }: &Line<'_>| {
            let text = words::side(diff, plan, change, side == Side::New, lang);
            Cell::text(&text).styled(side.of(change).map_or(CellStyle::Body, |_| style))
        }
    };
    let place = |side: Side| {
        let base = if side == Side::Old { old } else { new }.links_base.as_deref();
        move |line: &Line<'_>| match side.of(line.change).and_then(|side| side.place.as_ref()) {
            Some(place) => Cell::link(&shown(place), base.and_then(|base| external(base, place))).muted(),
            None => Cell::blank().muted(),
        }
    };
    Columns::<Line<'_>>::new()
        // Written into every line, so that a filter leaves none without its organisation.
        .column(("조직", "Organisation"), 20.0, |line| {
            let style = if line.is_first { CellStyle::Strong } else { CellStyle::Repeated };
            Cell::text(&line.plan.org).styled(style)
        })
        .column(("구분", "Kind"), 11.0, move |line| {
            let kind = line.change.kind;
            Cell::text(words::kind(kind, lang)).styled(CellStyle::Severity(colour(kind))).centred()
        })
        .column(("지표", "KPI"), 32.0, move |line| {
            Cell::text(&words::kpis(diff, line.plan, line.change, lang))
        })
        .column(("항목", "Item"), 18.0, move |line| Cell::text(&words::item(line.change.item, lang)))
        .column(("이전", "Old"), 36.0, says(Side::Old))
        .column(("이후", "New"), 36.0, says(Side::New))
        .column(("이전 위치", "Old cell"), 20.0, place(Side::Old))
        .column(("이후 위치", "New cell"), 20.0, place(Side::New))
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let lang = input.lang;
    let (old, new) = (&input.old.name, &input.new.name);
    let note = lang.pick(
        format!("이전: {old} · 이후: {new}. 띄어쓰기처럼 표기만 다른 것은 싣지 않았습니다. 위치를 누르면 해당 통합 문서가 열립니다."),
        format!("Old: {old} · new: {new}. What differs in notation only is left out. A cell opens the workbook it stands in."),
    );
    sheet.title(lang.pick("신·구 대비표", "Old and new side by side"), &note)?;
    let mut table = Table::new(sheet, lang, HEADING, columns(input))?;
    for plan in input.diff.changed_plans() {
        let changes = real(plan).enumerate();
        table.lines(sheet, changes.map(|(at, change)| Line { plan, change, is_first: at == 0 }))?;
    }
    table.finish(sheet, 1)?;
    Ok(())
}
