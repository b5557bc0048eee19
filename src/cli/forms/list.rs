//! The list of forms for people.

use std::fmt::Write;

use planbook::finding::Lang;
use planbook::plan::value::show_count;
use planbook::project::forms::{FormRole, TableShape};
use planbook::read::TableForm;
use planbook::read::forms::{ColumnMet, FormMet};
use planbook::source::escape_controls;

use super::named::Named;
use crate::cli::render::LISTED;
use crate::cli::table::{Align, TextTable};
use crate::cli::ui::Ui;

/// A block for each form.
pub(super) fn text(forms: &[Named], ui: &Ui) -> String {
    forms.iter().map(|named| block(named, ui)).collect::<Vec<_>>().join("\n")
}

fn block(Named { name, form }: &Named, ui: &Ui) -> String {
    let lang = ui.lang;
    let title = format!("{} · {} · {}", escape_controls(name), standing(form, lang), shape(form.shape, lang));
    let mut out = format!("{}\n{}\n", ui.out.bold(&title), count(form, lang));
    let listed = if ui.verbose { form.tables.len() } else { LISTED };
    for table in form.tables.iter().take(listed) {
        let (file, sheet) = (escape_controls(&table.file), escape_controls(&table.sheet));
        let rows = lang.pick(
            format!("지표 {}행", show_count(table.rows)),
            format!("{} KPI rows", show_count(table.rows)),
        );
        let _ = writeln!(out, "- {file} {sheet}!{} ({rows})", table.range);
    }
    if form.tables.len() > listed {
        let more = show_count(form.tables.len() - listed);
        let _ = writeln!(
            out,
            "- {}",
            lang.pick(format!("외 {more}개 (`--verbose`)"), format!("{more} more (`--verbose`)"))
        );
    }
    if !form.is_plan {
        return out;
    }
    out.push_str(&columns(form, ui));
    for (role, words) in [
        (FormRole::Extra, lang.pick("그대로 둔 열", "kept as they are")),
        (FormRole::Aside, lang.pick("읽지 않은 열", "not read")),
    ] {
        let of_role = form.columns.iter().filter(|column| column.role == role.to_string());
        let listed: Vec<String> =
            of_role.map(|column| format!("{} {}", column.at, heading(column, lang))).collect();
        if !listed.is_empty() {
            let _ = writeln!(out, "{words}: {}", listed.join(", "));
        }
    }
    out
}

/// The columns with a meaning.
fn columns(form: &FormMet, ui: &Ui) -> String {
    let lang = ui.lang;
    let headings = [
        lang.pick("열", "At"),
        lang.pick("머리글", "Heading"),
        lang.pick("무엇으로 보았는지", "Read as"),
        lang.pick("확인", "Check"),
    ];
    let mut table = TextTable::new(headings.map(|heading| (heading, Align::Left)));
    let aside = [FormRole::Extra, FormRole::Aside].map(|role| role.to_string());
    let meant = || form.columns.iter().filter(|column| !aside.contains(&column.role));
    for column in meant() {
        let doubt = if column.confidence < TableForm::SURE { to_be_checked(lang) } else { "" };
        let role = format!("→ {}", role(column, lang));
        table.row([column.at.clone(), heading(column, lang), role, doubt.to_owned()]);
    }
    if meant().next().is_none() { String::new() } else { table.render(ui.width, |text| ui.out.dim(text)) }
}

fn heading(column: &ColumnMet, lang: Lang) -> String {
    let heading = escape_controls(&column.heading);
    lang.pick(format!("‘{heading}’"), format!("“{heading}”"))
}

/// A role in plain words, with those it has in other tables.
fn role(column: &ColumnMet, lang: Lang) -> String {
    let words = |role: &String| FormRole::parse(role).map_or_else(|| role.clone(), |role| role.name(lang));
    let own = words(&column.role);
    let also: Vec<String> = column.also.iter().map(words).collect();
    if also.is_empty() {
        return own;
    }
    let also = also.join(", ");
    lang.pick(format!("{own} (다른 표에서는 {also})"), format!("{own} (in other tables {also})"))
}

fn to_be_checked(lang: Lang) -> &'static str {
    lang.pick("확인 필요", "to be checked")
}

fn standing(form: &FormMet, lang: Lang) -> &'static str {
    match form {
        FormMet { is_plan: false, .. } => lang.pick("계획이 아님", "not a plan"),
        FormMet { taught: Some(_), .. } => lang.pick("가르친 서식", "taught"),
        FormMet { is_sure: true, .. } => lang.pick("확실", "sure"),
        _ => to_be_checked(lang),
    }
}

/// The shape of a table in words.
pub(super) fn shape(shape: TableShape, lang: Lang) -> &'static str {
    match shape {
        TableShape::List => lang.pick("한 줄에 지표 하나", "a row for each KPI"),
        TableShape::Long => lang.pick("한 줄에 지표와 기간 하나", "a row for each KPI and period"),
        TableShape::Transposed => lang.pick("한 열에 지표 하나", "a column for each KPI"),
        TableShape::Card => lang.pick("지표마다 카드 하나", "a card for each KPI"),
        TableShape::Matrix => {
            lang.pick("한 열에 지표, 한 줄에 조직 하나", "a column for each KPI, a row for each organisation")
        }
    }
}

fn count(form: &FormMet, lang: Lang) -> String {
    let files: std::collections::BTreeSet<&str> = form.tables.iter().map(|table| &*table.file).collect();
    let rows = form.tables.iter().map(|table| table.rows).sum();
    let [files, tables, rows] = [files.len(), form.tables.len(), rows].map(show_count);
    lang.pick(
        format!("통합 문서 {files}개, 표 {tables}개, 지표 {rows}행"),
        format!("workbooks: {files}, tables: {tables}, KPI rows: {rows}"),
    )
}
