//! The entries of `[[forms]]` that `planbook forms --teach` writes.

use std::collections::BTreeSet;

use planbook::finding::{Lang, with_particle};
use planbook::plan::{Field, ValueKind};
use planbook::project::Config;
use planbook::project::forms::{FormEntry, FormNotes, FormRole, HeadingKey, ValueRole};
use planbook::read::forms::{ColumnMet, FormMet};

use super::list;
use super::named::Named;

/// The entries for the forms that planbook.toml does not know, those to be checked first.
pub(super) fn notes(forms: &[Named], config: &Config, lang: Lang) -> Vec<FormNotes> {
    let mut known: Vec<BTreeSet<HeadingKey>> = config.forms.iter().map(FormEntry::keys).collect();
    let mut notes = Vec::new();
    for Named { name, form } in forms.iter().filter(|named| named.form.taught.is_none()) {
        let note = note(name, form, lang);
        // The same headings in another order are known by the same entry.
        if !note.form.headings.is_empty() && !known.contains(&note.form.keys()) {
            known.push(note.form.keys());
            notes.push(note);
        }
    }
    notes
}

fn note(name: &str, form: &FormMet, lang: Lang) -> FormNotes {
    let mut notes = FormNotes { intro: intro(form, lang), ..FormNotes::default() };
    let mut met = BTreeSet::new();
    for column in form.columns.iter().filter(|column| !column.heading.is_empty()) {
        let role = settled(column);
        // A column of the plan table is read from one column of the form.
        let role =
            if matches!(role, FormRole::Column(_)) && !met.insert(role) { FormRole::Extra } else { role };
        notes.headings.push(comment(column, role, lang));
        notes.form.headings.push(column.heading.clone());
        notes.form.roles.insert(column.heading.clone(), role);
    }
    notes.form.name = name.to_owned();
    notes.form.shape = Some(form.shape);
    if !form.is_sure {
        let words =
            lang.pick("계획이 아닌 표이면 true로 고치십시오", "write true if the table is not a plan");
        notes.not_a_plan = Some(words.to_owned());
    }
    notes
}

/// The role to be written. A target in a column without a year is always the plan year's.
fn settled(column: &ColumnMet) -> FormRole {
    match FormRole::parse(&column.role) {
        Some(FormRole::Value(value))
            if value.kind == Some(ValueKind::Target) && HeadingKey::of(&column.heading).year.is_none() =>
        {
            FormRole::Value(ValueRole { year: None, ..value })
        }
        role => role.unwrap_or(FormRole::Extra),
    }
}

fn intro(form: &FormMet, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(first) = form.tables.first() {
        let at = format!("{} {}!{}", first.file, first.sheet, first.range);
        let shape = list::shape(form.shape, lang);
        lines.push(match form.tables.len() - 1 {
            0 => format!("{at}: {shape}"),
            more => lang.pick(
                format!("{at} 외 {more}개 표: {shape}"),
                format!("{at} and {more} more tables: {shape}"),
            ),
        });
    }
    if !form.is_sure {
        lines.push(
            lang.pick(
                "계획인지 확실하지 않습니다. 열마다 뜻이 맞는지 보고 고치십시오",
                "this may not be a plan; check the role of each column",
            )
            .to_owned(),
        );
    }
    let kpi = FormRole::Column(Field::Kpi);
    if form.columns.iter().all(|column| FormRole::parse(&column.role) != Some(kpi)) {
        lines.push(
            lang.pick(
                "지표가 적힌 열을 정하지 못했습니다. 그 열의 뜻을 kpi로 고치십시오",
                "no column of KPIs was found; give that column the role kpi",
            )
            .to_owned(),
        );
    }
    lines
}

/// What a column was taken for, and what it may be instead.
fn comment(column: &ColumnMet, role: FormRole, lang: Lang) -> String {
    let (at, sure) = (&column.at, column.confidence);
    let word = |role: FormRole| lang.pick(format!("{role}({})", role.name(lang)), role.to_string());
    let others: Vec<String> = role.alternatives().into_iter().map(word).collect();
    let others = others.join(", ");
    let name = role.name(lang);
    let taken = with_particle(&name, "으로/로");
    lang.pick(
        format!("{at}: {taken} 보았습니다 (확실한 정도 {sure}%). 다른 말: {others}"),
        format!("{at}: read as {name} ({sure}% sure). Other words: {others}"),
    )
}
