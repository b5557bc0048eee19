//! Wraps text to the width of the terminal without cutting words, and indents continuation lines. Text to
//! type or paste (in backticks, and lines of planbook.toml) stays whole even where it is wider. Nothing is
//! wrapped without a terminal or the variable COLUMNS, so that files and other programs get whole lines.

use std::io::{self, IsTerminal};

use terminal_size::{Width, terminal_size_of};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The least width to wrap to; below it there would be more lines than words.
const NARROWEST: usize = 24;
/// Marks at the start of a line; continuation lines are indented to the text after the mark.
const MARKS: [&str; 6] = ["→ ", "- ", "* ", "• ", "… ", "· "];
/// Characters after which a word longer than a line may be split.
const PARTS: [char; 7] = ['/', ',', '·', ':', ')', '_', '.'];

/// Returns the width of standard output; `None` where nothing is wrapped.
pub fn of_output() -> Option<usize> {
    let out = io::stdout();
    columns().or_else(|| screen(out.is_terminal(), terminal_size_of(&out)))
}

/// Returns the width of standard error; `None` where nothing is wrapped.
pub fn of_talk() -> Option<usize> {
    let err = io::stderr();
    columns().or_else(|| screen(err.is_terminal(), terminal_size_of(&err)))
}

fn screen(is_terminal: bool, size: Option<(Width, terminal_size::Height)>) -> Option<usize> {
    // A Windows console starts a new line by itself when a line is full.
    let spare = usize::from(cfg!(windows));
    let (Width(width), _) = size.filter(|_| is_terminal)?;
    Some(usize::from(width).saturating_sub(spare).max(NARROWEST))
}

#[allow(clippy::disallowed_methods, reason = "how wide the user wants the text")]
fn columns() -> Option<usize> {
    let width: usize = std::env::var_os("COLUMNS")?.to_str()?.trim().parse().ok()?;
    (width > 0).then(|| width.max(NARROWEST))
}

/// Wraps `text` to lines of at most `width` columns. Continuation lines start after the line's mark or below
/// its second column, else `hang` columns further in than the line.
pub fn fold(text: &str, width: Option<usize>, hang: usize) -> String {
    let Some(width) = width else { return text.to_owned() };
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        if is_setting(line) {
            out.push_str(line);
        } else {
            fold_line(line, width, indent(line, width, hang), &mut out);
        }
        out.push_str(end);
    }
    out
}

/// Wraps the text of a cell to `width` columns; marks and wide gaps have no meaning in it.
pub fn fold_cell(text: &str, width: usize, hang: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let leading = text.len() - text.trim_start_matches(' ').len();
    fold_line(text, width, (leading + hang).min(width / 2), &mut out);
    out
}

/// Joins paragraphs broken into lines in the source; lists and tables stay as they are.
pub fn join_paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open = false;
    for line in text.lines() {
        let begins = line.is_empty() || line.starts_with([' ', '|', '#']) || mark(line).is_some();
        if !out.is_empty() {
            out.push(if open && !begins { ' ' } else { '\n' });
        }
        out.push_str(line);
        open = !line.is_empty() && !line.starts_with(['|', '#']);
    }
    if text.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// Returns the columns that `text` takes up, without colours.
pub fn width_of(text: &str) -> usize {
    if text.contains('\x1b') { units(text).map(|(_, width)| width).sum() } else { text.width() }
}

fn fold_line(line: &str, width: usize, indent: usize, out: &mut String) {
    if width_of(line) <= width {
        out.push_str(line);
        return;
    }
    let (mut column, mut is_fresh, mut rest) = (0, true, line);
    loop {
        let word_at = rest.find(|c| c != ' ').unwrap_or(rest.len());
        let (gap, tail) = rest.split_at(word_at);
        let (word, tail) = tail.split_at(word_end(tail));
        if word.is_empty() {
            return;
        }
        let needed = gap.len() + width_of(word);
        if column + needed <= width {
            out.push_str(gap);
            out.push_str(word);
            column += needed;
        } else {
            if is_fresh {
                // The first word stays after the line's leading blanks.
                out.push_str(gap);
                column += gap.len();
            } else {
                new_line(indent, out);
                column = indent;
            }
            column = long_word(word, width, (column, indent), out);
        }
        (is_fresh, rest) = (false, tail);
    }
}

/// Whether `line` is a setting to paste into planbook.toml.
fn is_setting(line: &str) -> bool {
    let line = line.trim_start();
    let line = line
        .split_once(": ")
        .filter(|(head, _)| !head.contains(' '))
        .map_or(line, |(_, line)| line.trim_start());
    let is_key =
        |key: &str| key.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c)) && !key.is_empty();
    line.starts_with("[[") && line.ends_with("]]")
        || line.split_once(" = ").is_some_and(|(key, _)| is_key(key))
}

/// Returns the end of the first word of `text`. Text in backticks is one word, because it is typed or pasted
/// as a whole.
fn word_end(text: &str) -> usize {
    let mut open = false;
    for (at, c) in text.char_indices() {
        match c {
            '`' if open || text[at + 1..].contains('`') => open = !open,
            ' ' if !open => return at,
            _ => {}
        }
    }
    text.len()
}

fn new_line(indent: usize, out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Writes a word at the start of a line, split where it is longer than a line unless it contains a backtick.
/// Returns the column after it.
fn long_word(word: &str, width: usize, (mut column, indent): (usize, usize), out: &mut String) -> usize {
    let mut rest = word;
    while column + width_of(rest) > width && !word.contains('`') {
        let at = part(rest, width.saturating_sub(column));
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.is_empty() {
            return width;
        }
        new_line(indent, out);
        column = indent;
    }
    out.push_str(rest);
    column + width_of(rest)
}

/// Returns where to split a word so that its start takes at most `room` columns; always after at least one
/// letter.
fn part(word: &str, room: usize) -> usize {
    let (mut used, mut at, mut good) = (0, 0, None);
    for (unit, width) in units(word) {
        if used + width > room && used > 0 {
            return good.unwrap_or(at);
        }
        used += width;
        at += unit.len();
        if unit.ends_with(PARTS) && used * 2 > room {
            good = Some(at);
        }
    }
    word.len()
}

/// Returns the letters of `text` with their widths; a colour sequence has width 0.
fn units(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let is_colour = first == '\x1b';
        let colour = if is_colour { rest.find('m').map(|end| end + 1) } else { None };
        let end = colour.unwrap_or(first.len_utf8());
        let (unit, tail) = rest.split_at(end);
        rest = tail;
        Some((unit, if is_colour { 0 } else { first.width().unwrap_or(0) }))
    })
}

/// Returns the column at which continuation lines start.
fn indent(line: &str, width: usize, hang: usize) -> usize {
    let plain: String =
        units(line).filter(|(unit, _)| !unit.starts_with('\x1b')).map(|(unit, _)| unit).collect();
    let leading = plain.len() - plain.trim_start_matches(' ').len();
    let said = &plain[leading..];
    let second = said.find("  ").map(|gap| {
        let column = said[gap..].trim_start_matches(' ');
        said[..said.len() - column.len()].width()
    });
    let within = mark(said).map(UnicodeWidthStr::width).or(second.filter(|at| leading + at <= width / 2));
    (leading + within.unwrap_or(hang)).min(width / 2)
}

/// Returns the mark at the start of a line.
fn mark(line: &str) -> Option<&str> {
    let number =
        line.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0 && line[*end..].starts_with(". "));
    MARKS.into_iter().find(|mark| line.starts_with(mark)).or(number.map(|end| &line[..end + 2]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str, width: usize) -> String {
        fold(text, Some(width), 2)
    }

    #[test]
    fn words_stay_whole_and_korean_letters_take_two_columns() {
        assert_eq!(folded("비중을 고쳐 합계를 맞추십시오\n", 16), "비중을 고쳐\n  합계를\n  맞추십시오\n");
        assert_eq!(folded("짧은 글", 16), "짧은 글");
        assert_eq!(fold("아무리 긴 글이라도", None, 2), "아무리 긴 글이라도");
    }

    #[test]
    fn a_line_goes_on_below_its_second_column_or_behind_its_mark() {
        assert_eq!(folded("  -o  where the outputs go", 20), "  -o  where the\n      outputs go");
        assert_eq!(folded("  → do this and do that", 16), "  → do this and\n    do that");
        assert_eq!(folded("1. one two three", 10), "1. one two\n   three");
    }

    #[test]
    fn colours_take_no_room() {
        let red = "\x1b[1;31m오류\x1b[0m: 하나 둘";
        assert_eq!(folded(red, 15), red);
        assert_eq!(folded(red, 10), "\x1b[1;31m오류\x1b[0m: 하나\n  둘");
    }

    #[test]
    fn a_word_longer_than_a_line_is_parted_behind_a_stroke() {
        assert_eq!(folded("in workbooks/한빛시기획실.xlsx", 16), "in\n  workbooks/\n  한빛시기획실.\n  xlsx");
    }

    #[test]
    fn a_command_or_a_setting_that_was_folded_could_not_be_pasted() {
        assert_eq!(folded("유예: `planbook waive A 시` 끝", 26), "유예:\n  `planbook waive A 시` 끝");
        assert_eq!(folded("a `one two three`로", 12), "a\n  `one two three`로");
        assert_eq!(folded("a ` b c d e f g", 10), "a ` b c d\n  e f g");
        for line in
            ["      goal = \"믿음직한 시 하나\"", "  이렇게: kpi = \"시정 만족도\"", "  [[city_kpis]]"]
        {
            assert_eq!(folded(line, 12), line);
        }
    }

    #[test]
    fn paragraphs_are_joined_and_lists_are_not() {
        assert_eq!(join_paragraphs("가\n나\n\n- 다\n  라\n- 마"), "가 나\n\n- 다\n  라\n- 마");
    }
}
