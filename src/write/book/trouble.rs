//! An error in a template: where it is, what the typesetter says, and the plan it met.

use typst::WorldExt;
use typst::diag::SourceDiagnostic;
use typst::syntax::{DiagSpan, FileId, Spanned};
use unicode_width::UnicodeWidthChar;

use super::BookError;
use super::templates::FOLDER;
use super::world::BookWorld;
use crate::finding::{Lang, Wording};

/// An error in a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateError {
    /// The template: its path in the plan-year folder, or the name of a built-in one.
    pub file: String,
    /// The place in it; none where the error has none.
    pub place: Option<TemplatePlace>,
    /// What is wrong, in the words of the typesetter.
    pub message: String,
    /// What the typesetter proposes.
    pub hints: Vec<String>,
    /// Where the function at fault was called from, nearest first: `file:line`.
    pub calls: Vec<String>,
    /// The organisation whose plan was being set.
    pub plan: Option<String>,
}

/// A place in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplatePlace {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The line's text.
    pub text: String,
    /// How many characters are concerned, at least 1.
    pub length: usize,
}

/// How many calls are told.
const CALLS: usize = 4;
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

impl TemplateError {
    /// The file and, if known, line and column.
    pub(super) fn headline(&self, lang: Lang) -> String {
        match &self.place {
            Some(place) => {
                let (line, column) = (place.line.to_string(), place.column.to_string());
                AT.with([("file", self.file.clone()), ("line", line), ("column", column)]).text(lang)
            }
            None => self.file.clone(),
        }
    }

    /// The source line with a mark below it, hints, calls, the plan; a line each.
    pub(super) fn details(&self, lang: Lang) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(place) = &self.place {
            lines.extend(place.drawn());
        }
        lines.extend(self.hints.iter().map(|hint| HINT.with([("hint", hint.clone())]).text(lang)));
        if let Some(plan) = &self.plan {
            lines.push(PLAN.with([("plan", plan.clone())]).text(lang));
        }
        if !self.calls.is_empty() {
            lines.push(CALLED.with([("calls", self.calls.join(" ← "))]).text(lang));
        }
        if self.file.starts_with(FOLDER) {
            lines.push(REMEDY.with([]).text(lang));
        }
        lines
    }
}

impl TemplatePlace {
    /// The line, and carets under the characters concerned.
    fn drawn(&self) -> [String; 2] {
        let number = format!("{} | ", self.line);
        let indent = self.text.chars().take_while(|c| c.is_whitespace()).count().min(self.column - 1);
        let text: String =
            self.text.chars().skip(indent).take(SHOWN).map(|c| if c == '\t' { ' ' } else { c }).collect();
        let before: usize = text.chars().take(self.column - 1 - indent).map(columns).sum();
        let under: usize = text.chars().skip(self.column - 1 - indent).take(self.length).map(columns).sum();
        let gap = " ".repeat(number.chars().count() - 2);
        let marks = format!("{gap}| {}{}", " ".repeat(before), "^".repeat(under.max(1)));
        [number + &text, marks]
    }
}

/// How many columns of a terminal `c` takes.
fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

impl BookWorld<'_> {
    /// The first of the typesetter's errors, with its place.
    pub(super) fn explain(&self, errors: &[SourceDiagnostic]) -> BookError {
        BookError::Template(Box::new(self.describe(errors)))
    }

    /// Where in the templates `error` stands: `file:line`.
    pub(super) fn place_of(&self, error: &SourceDiagnostic) -> Option<String> {
        self.call(error.span)
    }

    /// The first of the typesetter's errors, with its place.
    pub(super) fn describe(&self, errors: &[SourceDiagnostic]) -> TemplateError {
        let Some(first) = errors.first() else { return TemplateError::default() };
        let file = first.span.id().map_or_else(String::new, |id| self.file_name(id));
        let calls = first.trace.iter().filter_map(|Spanned { span, .. }| self.call((*span).into()));
        TemplateError {
            file,
            place: self.place(first.span),
            message: first.message.to_string(),
            hints: first.hints.iter().map(|hint| hint.v.to_string()).collect(),
            calls: calls.take(CALLS).collect(),
            plan: None,
        }
    }

    fn file_name(&self, id: FileId) -> String {
        let name = id.vpath().get_without_slash();
        if self.is_own(id) {
            format!("{FOLDER}/{name}")
        } else {
            BUILT_IN.with([("file", name.to_owned())]).text(Lang::En)
        }
    }

    fn place(&self, span: DiagSpan) -> Option<TemplatePlace> {
        let source = typst::World::source(self, span.id()?).ok()?;
        let range = self.range(span)?;
        let (line, column) = source.lines().byte_to_line_column(range.start)?;
        let text = source.text().lines().nth(line)?.to_owned();
        let concerned = source.text().get(range)?.lines().next().unwrap_or_default().chars().count();
        Some(TemplatePlace { line: line + 1, column: column + 1, text, length: concerned.max(1) })
    }

    fn call(&self, span: DiagSpan) -> Option<String> {
        let id = span.id()?;
        let line = self.place(span)?.line;
        Some(format!("{}:{line}", id.vpath().get_without_slash()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stands_under_what_is_meant_whatever_the_letters_before() {
        let place =
            TemplatePlace { line: 7, column: 14, text: "  text(\"교통국\", p.x)".to_owned(), length: 3 };
        let [line, marks] = place.drawn();
        assert_eq!(line, "7 | text(\"교통국\", p.x)");
        // Three syllables are six columns wide.
        assert_eq!(marks, "  |               ^^^");
    }

    #[test]
    fn a_very_long_line_is_cut() {
        let place = TemplatePlace { line: 1, column: 1, text: "x".repeat(1000), length: 1000 };
        assert!(place.drawn().iter().all(|line| line.len() < 120));
    }
}
