//! Typst's errors in templates: place, message and call trace.

use std::fmt::{self, Display, Formatter};
use std::ops::Range;

use typst::diag::SourceDiagnostic;
use typst::syntax::{DiagSpan, DiagSpanKind, Spanned};

use crate::upstream::messages::Message;
use crate::world::{FileWorld, file_name};

/// An error in a Typst file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypstError {
    /// The file; none where Typst does not give it.
    pub file: Option<String>,
    /// The position in it; none where the error has none.
    pub place: Option<SourcePlace>,
    /// The message.
    pub message: Message,
    /// Typst's hints.
    pub hints: Vec<String>,
    /// The call sites of the failing function, nearest first: `file:line`.
    pub calls: Vec<String>,
}

/// A place in a Typst file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePlace {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The line's text.
    pub text: String,
    /// The length of the error in characters, at least 1.
    pub length: usize,
}

/// The most call sites reported.
const CALLS: usize = 4;

impl TypstError {
    /// The first of `errors`, raised in `world`.
    pub(crate) fn of(errors: &[SourceDiagnostic], world: &FileWorld<'_>) -> Self {
        let Some(first) = errors.first() else { return Self::default() };
        let calls =
            first.trace.iter().filter_map(|Spanned { span, .. }| file_and_line((*span).into(), world));
        Self {
            file: first.span.id().map(|id| file_name(&id).to_owned()),
            place: place(first.span, world),
            message: Message::of(&first.message),
            hints: first.hints.iter().map(|hint| hint.v.to_string()).collect(),
            calls: calls.take(CALLS).collect(),
        }
    }
}

impl Display for TypstError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}:")?;
        }
        if let Some(place) = &self.place {
            write!(f, "{}:{}:", place.line, place.column)?;
        }
        let space = if self.file.is_some() { " " } else { "" };
        write!(f, "{space}{}", self.message.text)
    }
}

/// The position of `span` as `file:line`.
pub(crate) fn file_and_line(span: DiagSpan, world: &FileWorld<'_>) -> Option<String> {
    Some(format!("{}:{}", file_name(&span.id()?), place(span, world)?.line))
}

fn place(span: DiagSpan, world: &FileWorld<'_>) -> Option<SourcePlace> {
    let source = world.source(span.id()?).ok()?;
    let range: Range<usize> = match span.get() {
        DiagSpanKind::Detached => return None,
        DiagSpanKind::Number { num, sub_range, .. } => source.range(num, sub_range)?,
        DiagSpanKind::Range { range, .. } => range,
    };
    let (line, column) = source.lines().byte_to_line_column(range.start)?;
    let text = source.text().lines().nth(line)?.to_owned();
    let concerned = source.text().get(range)?.lines().next().unwrap_or_default().chars().count();
    Some(SourcePlace { line: line + 1, column: column + 1, text, length: concerned.max(1) })
}
