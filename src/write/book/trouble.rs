//! An error in a template: its place, the typesetter's message, and the plan it occurred in.

use typst_press::{SourcePlace, TypstError};
use unicode_width::UnicodeWidthChar;

use super::built_in::FOLDER;
use crate::finding::{Lang, Wording};

/// An error in a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookTemplateError {
    /// The typesetter's message.
    pub error: TypstError,
    /// Whether the template comes from the plan-year folder.
    pub is_own: bool,
    /// The organisation whose plan was being set.
    pub plan: Option<String>,
}

/// How much of a long line is shown, in characters.
const SHOWN: usize = 100;

static BUILT_IN: Wording = Wording { ko: "{file} (내장 서식)", en: "{file} (built in)" };
static AT: Wording =
    Wording { ko: "{file} {line}줄 {column}칸", en: "{file}, line {line}, column {column}" };
static HINT: Wording = Wording { ko: "도움말: {hint}", en: "hint: {hint}" };
static CALLED: Wording = Wording { ko: "부른 곳: {calls}", en: "called from {calls}" };
static PLAN: Wording = Wording { ko: "이때 조판하던 계획: {plan}", en: "at the plan of {plan}" };
static REMEDY: Wording = Wording {
    ko: "이 파일을 고치거나, 이름을 바꾸어 두면 내장 서식을 씁니다",
    en: "mend this file, or rename it to use the built-in template instead",
};

impl BookTemplateError {
    /// Returns the template: its path in the plan-year folder, or the name of a built-in one.
    pub fn file(&self, lang: Lang) -> String {
        match &self.error.file {
            Some(name) if self.is_own => format!("{FOLDER}/{name}"),
            Some(name) => BUILT_IN.with([("file", name.clone())]).text(lang),
            None => String::new(),
        }
    }

    /// Returns the file and, if known, line and column.
    pub(super) fn headline(&self, lang: Lang) -> String {
        let file = self.file(lang);
        match &self.error.place {
            Some(place) => {
                let (line, column) = (place.line.to_string(), place.column.to_string());
                AT.with([("file", file), ("line", line), ("column", column)]).text(lang)
            }
            None => file,
        }
    }

    /// Returns the source line with a mark below it, hints, calls and the plan, a line each.
    pub(super) fn details(&self, lang: Lang) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(place) = &self.error.place {
            lines.extend(drawn(place));
        }
        lines.extend(self.error.hints.iter().map(|hint| HINT.with([("hint", hint.clone())]).text(lang)));
        if let Some(plan) = &self.plan {
            lines.push(PLAN.with([("plan", plan.clone())]).text(lang));
        }
        if !self.error.calls.is_empty() {
            lines.push(CALLED.with([("calls", self.error.calls.join(" ← "))]).text(lang));
        }
        if self.is_own {
            lines.push(REMEDY.with([]).text(lang));
        }
        lines
    }
}

/// Returns the line, and carets under the characters concerned.
fn drawn(place: &SourcePlace) -> [String; 2] {
    let number = format!("{} | ", place.line);
    let indent = place.text.chars().take_while(|c| c.is_whitespace()).count().min(place.column - 1);
    let text: String =
        place.text.chars().skip(indent).take(SHOWN).map(|c| if c == '\t' { ' ' } else { c }).collect();
    let before: usize = text.chars().take(place.column - 1 - indent).map(columns).sum();
    let under: usize = text.chars().skip(place.column - 1 - indent).take(place.length).map(columns).sum();
    let gap = " ".repeat(number.chars().count() - 2);
    let marks = format!("{gap}| {}{}", " ".repeat(before), "^".repeat(under.max(1)));
    [number + &text, marks]
}

/// How many terminal columns `c` takes.
fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stands_under_what_is_meant_whatever_the_letters_before() {
        let place =
            SourcePlace { line: 7, column: 14, text: "  text(\"교통국\", p.x)".to_owned(), length: 3 };
        let [line, marks] = drawn(&place);
        assert_eq!(line, "7 | text(\"교통국\", p.x)");
        // Three syllables are six columns wide.
        assert_eq!(marks, "  |               ^^^");
    }

    #[test]
    fn a_very_long_line_is_cut() {
        let place = SourcePlace { line: 1, column: 1, text: "x".repeat(1000), length: 1000 };
        assert!(drawn(&place).iter().all(|line| line.len() < 120));
    }
}
