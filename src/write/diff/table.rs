//! The table of changes: one line per change, old and new side by side.

use super::input::{SheetInput, colour, real};
use super::words;
use crate::diff::{Change, PlanDiff, Side};
use crate::finding::Wording;
use crate::workbook::link::{external, shown};
use crate::workbook::{self, Cell, CellStyle, Columns, Sheet, Table};

pub(super) const NAME: Wording = Wording::of("신구대비표", "Changes");
pub(super) const HEADING: u32 = 2;

/// A change of a plan.
struct ChangeLine<'a> {
    plan: &'a PlanDiff,
    change: &'a Change,
    is_first: bool,
}

/// A side of a change.
fn side(change: &Change, is_new: bool) -> Option<&Side> {
    if is_new { change.new.as_ref() } else { change.old.as_ref() }
}

fn columns(input: SheetInput<'_>) -> Columns<'_, ChangeLine<'_>> {
    let SheetInput { diff, lang, old, new } = input;
    let says = |is_new: bool, style: CellStyle| {
        move |ChangeLine { plan, change, .. }: &ChangeLine<'_>| {
            let text = words::side(diff, plan, change, is_new, lang);
            Cell::text(&text).styled_if(side(change, is_new).is_some(), style)
        }
    };
    let place = |is_new: bool| {
        let base = if is_new { new } else { old }.links_base.as_deref();
        move |line: &ChangeLine<'_>| {
            let place = side(line.change, is_new).and_then(|side| side.place.as_ref());
            let target = place.and_then(|place| external(base?, place));
            Cell::link(&place.map(shown).unwrap_or_default(), target).muted()
        }
    };
    Columns::<ChangeLine<'_>>::new(lang)
        // Repeated on every line, so that filtered lines keep their organisation.
        .column(("조직", "Organisation"), 20.0, |line| {
            Cell::text(&line.plan.org).strong().styled_if(!line.is_first, CellStyle::Repeated)
        })
        .column(("구분", "Kind"), 11.0, move |line| {
            let kind = line.change.kind;
            Cell::text(words::kind(kind, lang)).marked(colour(kind)).centred()
        })
        .column(("지표", "KPI"), 32.0, move |line| words::kpis(diff, line.plan, line.change, lang))
        .column(("항목", "Item"), 18.0, move |line| words::item(&line.change.item, lang))
        .column(("이전", "Old"), 36.0, says(false, CellStyle::Old))
        .column(("이후", "New"), 36.0, says(true, CellStyle::New))
        .column(("이전 위치", "Old cell"), 20.0, place(false))
        .column(("이후 위치", "New cell"), 20.0, place(true))
}

pub(super) fn fill(input: SheetInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result {
    let lang = input.lang;
    let (old, new) = (&input.old.name, &input.new.name);
    let note = lang.pick(
        format!("이전: {old} · 이후: {new}. 띄어쓰기처럼 표기만 다른 것은 싣지 않았습니다. 위치를 누르면 해당 통합 문서가 열립니다."),
        format!("Old: {old} · new: {new}. What differs in notation only is left out. A cell opens the workbook it stands in."),
    );
    sheet.title(lang.pick("신·구 대비표", "Old and new side by side"), &note)?;
    let mut table = Table::new(sheet, HEADING, columns(input))?;
    for plan in input.diff.changed_plans() {
        let changes = real(plan).enumerate();
        table.lines(sheet, changes.map(|(at, change)| ChangeLine { plan, change, is_first: at == 0 }))?;
    }
    table.finish(sheet, 1)?;
    Ok(())
}
