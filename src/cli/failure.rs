//! Prints why a command failed: the one place that decides the heading and the order of lines.

use planbook::finding::Severity;

use super::error::{CommandError, Exit};
use super::ui::Ui;
use super::words;

/// Reports `error` and returns the exit code.
pub fn report(error: &CommandError, ui: &Ui) -> Exit {
    let words = words::of(error, ui);
    complain(ui, &words.trouble);
    for line in words.details.iter().chain(&words.hint) {
        ui.complain(&format!("  {line}"));
    }
    Exit::Failed
}

/// Reports `error` as a note that does not stop the command.
pub fn mention(error: &CommandError, ui: &Ui) {
    let words = words::of(error, ui);
    ui.note(&words.trouble);
    for line in words.details.iter().chain(&words.hint) {
        ui.say(&format!("  {line}"));
    }
}

/// Prints `trouble` under the heading of errors.
pub fn complain(ui: &Ui, trouble: &str) {
    let heading = ui.err.severity(Severity::Error, ui.lang.pick("오류", "error"));
    ui.complain(&format!("{heading}: {trouble}"));
}

/// Reports a bug in planbook in plain words; `place` is the position in its source.
pub fn report_panic(ui: &Ui, place: &str) -> Exit {
    ui.progress_done();
    complain(
        ui,
        ui.lang.pick(
            "planbook 내부 오류로 멈추었습니다. 멈추기 전에 다 만든 결과는 새것이고, 나머지는 이전 것 그대로입니다",
            "planbook stopped because of an internal error; outputs finished before it are new, all others are unchanged",
        ),
    );
    ui.complain(&format!("  {}", words::please_report(ui.lang, place)));
    Exit::Failed
}
