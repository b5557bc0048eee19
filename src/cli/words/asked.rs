//! Texts for what was asked for but does not exist: a check, a finding, an organisation, a workbook.

use std::path::Path;
use std::sync::Arc;

use planbook::files::shown;
use planbook::finding::{Code, Lang, UnknownCode};
use planbook::source::escape_controls;
use unicode_normalization::UnicodeNormalization;

use super::super::offer;
use super::super::ui::Ui;
use super::text::ErrorWords;

pub(super) fn code(error: &UnknownCode, lang: Lang) -> ErrorWords {
    let words = ErrorWords::new(lang.pick(
        format!("없는 점검 코드입니다: `{}`", escape_controls(&error.0)),
        format!("there is no check `{}`", escape_controls(&error.0)),
    ));
    match near_code(&error.0) {
        Some(near) => words.hint(lang.pick(format!("혹시 {near}입니까?"), format!("did you mean {near}?"))),
        None => {
            words.hint(lang.pick(
                "모든 코드는 `planbook explain`으로 볼 수 있습니다",
                "`planbook explain` lists all codes",
            ))
        }
    }
}

/// Returns the check whose code `word` probably mistypes.
pub(super) fn near_code(word: &str) -> Option<Code> {
    let given: String = word.nfkc().flat_map(char::to_uppercase).collect();
    let near = Code::ALL.iter().map(|code| (strsim::damerau_levenshtein(&given, code.as_str()), *code)).min();
    near.filter(|(distance, _)| *distance <= 1).map(|(_, code)| code)
}

pub(super) fn unknown_finding(id: &str, near: Option<&str>, ui: &Ui) -> ErrorWords {
    let (lang, check) = (ui.lang, ui.command("check", &["--severity", "info"]));
    let it = offer::with(&check, "이/가");
    let id = escape_controls(id);
    let words = ErrorWords::new(lang.pick(
        format!("그런 지적 사항이 없습니다: `{id}`. 아무것도 바꾸지 않았습니다"),
        format!("there is no finding `{id}`; nothing was changed"),
    ));
    match near {
        Some(near) => words.hint(lang.pick(format!("혹시 {near}입니까?"), format!("did you mean {near}?"))),
        None => words.hint(lang.pick(
            format!("식별번호는 {it} 지적 사항마다 마지막 줄에 보여 줍니다. 이미 고쳐진 것은 유예하지 않아도 됩니다"),
            format!("`{check}` shows the id as the last line of each finding; one that is resolved needs no waiver"),
        )),
    }
}

pub(super) fn no_id(ui: &Ui) -> ErrorWords {
    let (lang, check) = (ui.lang, ui.command("check", &[]));
    let it = offer::with(&check, "이/가");
    ErrorWords::new(lang.pick("유예할 지적 사항의 식별번호가 없습니다", "the id of the finding is missing"))
        .hint(lang.pick(
            format!("{it} 지적 사항마다 마지막 줄에 보여 주는 식별번호를 적으십시오 (예: W101-f6559a211c)"),
            format!(
                "give the id that `{check}` shows as the last line of a finding, such as W101-f6559a211c"
            ),
        ))
}

pub(super) fn no_such_plan(name: &str, near: &[Arc<str>], ui: &Ui) -> ErrorWords {
    ErrorWords::new(ui.lang.pick(
        format!("그런 조직의 계획이 없습니다: {}", escape_controls(name)),
        format!("there is no plan of {}", escape_controls(name)),
    ))
    .hint(one_of(near, ui.lang).unwrap_or_else(|| names_of_orgs(ui)))
}

/// Returns a hint on where to see the names of the organisations.
pub(super) fn names_of_orgs(ui: &Ui) -> String {
    let status = ui.command("status", &["--verbose"]);
    ui.lang.pick(
        format!("조직의 이름은 {} 볼 수 있습니다", offer::with(&status, "으로/로")),
        format!("`{status}` shows the names of the organisations"),
    )
}

pub(super) fn no_such_workbook(name: &str, near: &[Arc<str>], lang: Lang) -> ErrorWords {
    ErrorWords::new(lang.pick(
        format!("그런 통합 문서가 없습니다: {}", escape_controls(name)),
        format!("there is no workbook {}", escape_controls(name)),
    ))
    .hint(one_of(near, lang).unwrap_or_else(|| {
        let all = lang.pick(
            "workbooks 폴더에 있는 파일의 이름을 적으십시오",
            "give the name of a file in the folder `workbooks`",
        );
        all.to_owned()
    }))
}

pub(super) fn several_folders(one: &Path, other: &Path, lang: Lang) -> ErrorWords {
    ErrorWords::new(lang.pick(
        format!("폴더는 하나만 적을 수 있습니다: {}, {}", shown(one), shown(other)),
        format!("give one folder, not several: {}, {}", shown(one), shown(other)),
    ))
    .hint({
        let diff = offer::command("diff", Some(one), &[&shown(other)]);
        lang.pick(
            format!("한 해씩 따로 실행하십시오. 두 해를 비교하려면 `{diff}`"),
            format!("run it for each year; `{diff}` compares two"),
        )
    })
}

/// Returns a list of what may be meant; `None` where it is empty.
pub(in crate::cli) fn one_of(near: &[impl AsRef<str>], lang: Lang) -> Option<String> {
    let names = near.iter().map(|name| escape_controls(name.as_ref())).collect::<Vec<_>>().join(", ");
    match near {
        [] => None,
        [_] => Some(lang.pick(format!("혹시 {names}입니까?"), format!("did you mean {names}?"))),
        _ => Some(lang.pick(
            format!("혹시 이 가운데 하나입니까? {names}"),
            format!("did you mean one of these? {names}"),
        )),
    }
}
