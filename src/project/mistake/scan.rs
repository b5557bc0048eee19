//! Reads a line of planbook.toml as leniently as a person does, and writes it as it should be.

use toml::de::DeTable;

use super::words;
use crate::finding::Wording;
pub(super) use crate::project::signs::{half, is_blank, is_double, is_quote};

/// An error on a line: its position in characters, and the message.
pub(super) type CommentAt = (usize, &'static Wording);

/// How to take a line that can be taken in more than one way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    /// `2026년` and `예` mean a number and a boolean, not text.
    pub plain: bool,
    /// A list that does not end on the line should have ended there.
    pub closed: bool,
}

/// What contains a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    Line,
    List,
    Table,
}

/// Reads a line and writes the mended one.
pub(super) struct Scan {
    pub chars: Vec<char>,
    pub at: usize,
    pub out: String,
    pub remarks: Vec<CommentAt>,
    pub taken: Taken,
}

/// The signs between a name and its value as people write them, longest first.
const BETWEEN: [&str; 12] = ["==>", "=>", "==", ":=", "->", "=", "＝", "→", "⇒", "＝＞", ":", "："];

/// Whether the parser takes `text` for a value.
pub(super) fn is_value(text: &str) -> bool {
    !text.contains('\n') && DeTable::parse(&format!("x = {text}\n")).is_ok()
}

/// `text` in whatever quotes leave it as it is.
pub(super) fn quoted(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control() || *c == '\t').collect();
    if !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else if !text.contains('\'') {
        format!("'{text}'")
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

impl Scan {
    pub fn new(line: &str, taken: Taken) -> Self {
        Self { chars: line.chars().collect(), at: 0, out: String::new(), remarks: Vec::new(), taken }
    }

    pub fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// The next letter, made half-width.
    pub fn sign(&self) -> Option<char> {
        self.peek().map(half)
    }

    /// Steps over a letter, with a remark if it is full-width.
    pub fn step(&mut self) {
        if self.peek().is_some_and(|c| half(c) != c) {
            self.remark(self.at, &words::FULL_WIDTH);
        }
        self.at += 1;
    }

    pub fn remark(&mut self, at: usize, wording: &'static Wording) {
        if self.remarks.iter().all(|(_, told)| *told != wording) {
            self.remarks.push((at, wording));
        }
    }

    pub fn skip_blanks(&mut self) {
        while self.peek().is_some_and(is_blank) {
            self.at += 1;
        }
    }

    /// The rest of the line.
    pub fn rest(&self) -> String {
        self.slice(self.at, self.chars.len())
    }

    pub fn slice(&self, from: usize, to: usize) -> String {
        self.chars.get(from..to).unwrap_or_default().iter().collect()
    }

    /// The first non-blank letter from `from` on.
    pub fn after(&self, from: usize) -> Option<char> {
        self.chars.get(from..)?.iter().copied().find(|c| !is_blank(*c))
    }

    /// Position and length of the sign between name and value, from `from` on. Signs in quotes and brackets
    /// do not count; an equals sign takes precedence over others.
    pub fn between(&self, from: usize) -> Option<(usize, usize)> {
        let mut other = None;
        let (mut quote, mut at): (Option<char>, usize) = (None, from);
        while let Some(&c) = self.chars.get(at) {
            match quote {
                Some(open) if is_quote(c) && is_double(c) == is_double(open) => quote = None,
                Some(_) => {}
                None if is_quote(c) && self.opens(at, c) => quote = Some(c),
                None if matches!(half(c), '[' | '{' | '#') => break,
                None => {
                    let found = BETWEEN.iter().find(|sign| {
                        let length = sign.chars().count();
                        self.chars
                            .get(at..at + length)
                            .is_some_and(|here| here.iter().copied().eq(sign.chars()))
                    });
                    match found {
                        Some(sign) if half(c) == '=' || sign.contains('=') => {
                            return Some((at, sign.chars().count()));
                        }
                        Some(sign) if other.is_none() => other = Some((at, sign.chars().count())),
                        _ => {}
                    }
                }
            }
            at += 1;
        }
        other
    }

    /// Whether the quote at `at` can open text: it has a partner before the sign between name and value, or
    /// at all.
    fn opens(&self, at: usize, open: char) -> bool {
        self.chars[at + 1..].iter().any(|c| is_quote(*c) && is_double(*c) == is_double(open))
            && self.chars[at + 1..].iter().take_while(|c| **c != '=').any(|c| is_quote(*c))
    }

    /// Reads a value and writes it.
    pub fn value(&mut self, inside: Inside) {
        self.skip_blanks();
        match (self.peek(), self.sign()) {
            (Some(c), _) if is_quote(c) => self.text(inside),
            (_, Some('[')) => self.list(),
            (_, Some('{')) => self.table(),
            _ => self.bare(inside),
        }
    }

    fn list(&mut self) {
        self.step();
        self.out.push('[');
        self.items();
    }

    /// Reads the entries of a list up to its end or the end of the line.
    pub fn items(&mut self) {
        let mut any = self.out.trim_end().ends_with(|c| c != '[');
        let mut parted = true;
        let begin = self.at;
        loop {
            self.skip_blanks();
            match self.sign() {
                None | Some('#') => {
                    if any && !parted && !self.taken.closed {
                        self.out.push(',');
                        self.remark(self.at.max(1) - 1, &words::COMMA);
                    }
                    if self.taken.closed {
                        self.remark(begin.max(1) - 1, &words::BRACKET);
                        self.out.push(']');
                    }
                    return;
                }
                Some(']') => {
                    self.step();
                    self.out.push(']');
                    return;
                }
                Some('}' | ')') => {
                    self.remark(self.at, &words::BRACKET);
                    self.at += 1;
                    self.out.push(']');
                    return;
                }
                Some(',' | ';') => {
                    if any && !parted {
                        self.out.push(',');
                    }
                    if self.sign() == Some(';') {
                        self.remark(self.at, &words::COMMA);
                    }
                    self.step();
                    parted = true;
                }
                Some(_) => {
                    if any && !parted {
                        self.remark(self.at, &words::COMMA);
                        self.out.push(',');
                    }
                    if any {
                        self.out.push(' ');
                    }
                    let from = self.at;
                    self.value(Inside::List);
                    // Always advances, so that the loop ends.
                    self.at = self.at.max(from + 1);
                    any = true;
                    parted = false;
                }
            }
        }
    }

    fn table(&mut self) {
        let begin = self.at;
        self.step();
        self.out.push('{');
        let mut any = false;
        loop {
            self.skip_blanks();
            match self.sign() {
                None => {
                    self.remark(begin, &words::BRACKET);
                    break;
                }
                Some('}') => {
                    self.step();
                    break;
                }
                Some(']' | ')') => {
                    self.remark(self.at, &words::BRACKET);
                    self.at += 1;
                    break;
                }
                Some(',' | ';') => {
                    self.step();
                }
                Some(_) => {
                    self.out.push_str(if any { ", " } else { " " });
                    any = true;
                    let Some((sign, length)) = self.between(self.at) else {
                        let rest = self.rest();
                        self.out.push_str(&rest);
                        self.at = self.chars.len();
                        return;
                    };
                    self.pair(sign, length, Inside::Table);
                }
            }
        }
        self.out.push_str(if any { " }" } else { "}" });
    }

    /// Reads a name, the sign at `sign` and a value.
    pub fn pair(&mut self, sign: usize, length: usize, inside: Inside) {
        self.name(sign);
        if self.slice(sign, sign + length) == "＝" {
            self.remark(sign, &words::FULL_WIDTH);
        } else if self.slice(sign, sign + length) != "=" {
            self.remark(sign, &words::EQUALS);
        }
        self.at = sign + length;
        self.out.push_str(" = ");
        self.value(inside);
    }

    /// Reads the name that ends before `end`.
    fn name(&mut self, end: usize) {
        let begin = self.at;
        let raw = self.slice(begin, end);
        let raw = raw.trim_matches(is_blank);
        if is_value(&format!("{{ {raw} = 1 }}")) {
            self.out.push_str(raw);
        } else {
            let bare = raw.trim_matches(is_quote);
            let odd = raw.chars().any(|c| is_quote(c) && !matches!(c, '"' | '\''));
            let halved = !bare.is_empty() && raw.chars().any(is_quote);
            let wording = match (odd, halved) {
                (true, _) => &words::CURLY,
                (_, true) => &words::QUOTES_MISSING,
                _ if bare.is_empty() => &words::NO_NAME,
                _ => &words::NAME_QUOTES,
            };
            self.remark(begin, wording);
            self.out.push_str(&quoted(bare));
        }
        self.at = end;
    }
}
