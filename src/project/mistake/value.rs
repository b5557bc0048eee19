//! Scans text, numbers and booleans as people write them.

use super::scan::{Inside, Scan, half, is_blank, is_double, is_quote, is_value, quoted};
use super::words;

impl Scan {
    /// Scans text in quotes of any kind.
    pub(super) fn text(&mut self, inside: Inside) {
        let begin = self.at;
        let Some(open) = self.peek() else { return };
        let triple = self.slice(begin, begin + 3);
        if triple == "\"\"\"" || triple == "'''" {
            self.triple(&triple);
            return;
        }
        let (end, next) = match self.closing(begin, open, inside) {
            Some(end) => (end, end + 1),
            None => {
                self.remark(begin, &words::QUOTES_MISSING);
                let end = self.open_end(begin + 1, inside);
                (end, end)
            }
        };
        self.at = next;
        let raw = self.slice(begin, next);
        let closed = next > end;
        if closed && is_value(&raw) && !is_path(&raw) {
            self.out.push_str(&raw);
            return;
        }
        let content = self.slice(begin + 1, end);
        if closed {
            let close = self.chars.get(end).copied().unwrap_or(open);
            let odd = |c: char| !matches!(c, '"' | '\'');
            if odd(open) || odd(close) {
                self.remark(if odd(open) { begin } else { end }, &words::CURLY);
            } else if let Some(at) = content.chars().position(|c| c == '\\') {
                self.remark(begin + 1 + at, &words::BACKSLASH);
            } else if let Some(at) = content.chars().position(is_quote) {
                self.remark(begin + 1 + at, &words::QUOTES_INSIDE);
            }
        }
        self.out.push_str(&quoted(&content));
    }

    fn triple(&mut self, quotes: &str) {
        let begin = self.at;
        let rest = self.slice(begin + 3, self.chars.len());
        if let Some(length) = rest.find(quotes) {
            let length = rest[..length].chars().count() + 6;
            let raw = self.slice(begin, begin + length);
            self.out.push_str(&raw);
            self.at = begin + length;
            return;
        }
        self.remark(begin, &words::TRIPLE);
        self.out.push_str(&quoted(rest.trim_end_matches(|c| is_blank(c) || is_quote(c))));
        self.at = self.chars.len();
    }

    /// The end of the text that opens at `begin`: the quote after which a value can end, else the first
    /// quote.
    fn closing(&self, begin: usize, open: char, inside: Inside) -> Option<usize> {
        let closes = |at: usize| {
            let c = self.chars.get(at).copied().unwrap_or_default();
            is_quote(c) && is_double(c) == is_double(open)
        };
        let escaped = |at: usize| {
            let before = self.chars[begin + 1..at].iter().rev().take_while(|c| **c == '\\').count();
            open == '"' && before % 2 == 1
        };
        let quotes: Vec<usize> = (begin + 1..self.chars.len()).filter(|at| closes(*at)).collect();
        let first = quotes.iter().copied().find(|at| !escaped(*at));
        if let Some(first) = first
            && (self.ends(first + 1, inside) || self.goes_on(first + 1))
        {
            return Some(first).filter(|first| !self.runs_into_next(begin, *first, inside));
        }
        let proper = quotes.iter().copied().find(|at| self.ends(at + 1, inside));
        if proper.is_some_and(|end| self.runs_into_next(begin, end, inside)) {
            return None;
        }
        proper.or(first)
    }

    /// Whether a value can end before `at`.
    fn ends(&self, at: usize, inside: Inside) -> bool {
        match self.after(at).map(half) {
            None | Some('#' | ',' | ';') => true,
            Some(']' | '}') => inside != Inside::Line,
            Some(_) => false,
        }
    }

    /// Whether another text or another setting begins at `at`.
    fn goes_on(&self, at: usize) -> bool {
        let parted = self.chars.get(at).is_some_and(|c| is_blank(*c));
        parted && (self.after(at).is_some_and(is_quote) || self.between(at).is_some())
    }

    /// Whether `begin..end` holds the rest of one entry and the beginning of the next.
    fn runs_into_next(&self, begin: usize, end: usize, inside: Inside) -> bool {
        let before = self.slice(begin + 1, end);
        inside != Inside::Line
            && (before.trim_end_matches(is_blank).ends_with([',', '，'])
                || [", \"", ",\"", "， \""].iter().any(|sign| before.contains(sign)))
    }

    /// The end of text that has no closing quote.
    fn open_end(&self, from: usize, inside: Inside) -> usize {
        let mut end = self.chars.len();
        for at in from..self.chars.len() {
            let c = half(self.chars[at]);
            let remark = c == '#' && is_blank(self.chars[at - 1]) && !self.is_colour(at);
            let sign = match inside {
                Inside::Line => false,
                Inside::List => matches!(c, ',' | ';' | ']'),
                Inside::Table => matches!(c, ',' | ';' | '}'),
            };
            if remark || sign {
                end = at;
                break;
            }
        }
        while end > from && is_blank(self.chars[end - 1]) {
            end -= 1;
        }
        end
    }

    /// Whether `#` at `at` is followed by six or three hexadecimal digits.
    fn is_colour(&self, at: usize) -> bool {
        let digits = self.chars[at + 1..].iter().take_while(|c| half(**c).is_ascii_hexdigit()).count();
        let end = self
            .chars
            .get(at + 1 + digits)
            .is_none_or(|c| is_blank(*c) || matches!(half(*c), ',' | '}' | ']' | '"' | '\''));
        matches!(digits, 3 | 6) && end
    }

    /// Scans a value without quotes.
    pub(super) fn bare(&mut self, inside: Inside) {
        let begin = self.at;
        let empty = match self.sign() {
            None => true,
            Some('#') => !self.is_colour(begin),
            Some(_) => false,
        };
        if empty {
            self.remark(begin.saturating_sub(1), &words::NO_VALUE);
            return;
        }
        let mut end = self.open_end(begin + 1, inside);
        // A second setting after a word or a number.
        if inside == Inside::Line
            && let Some((sign, _)) = self.between(begin)
            && sign < end
        {
            let name = self.chars[begin..sign].iter().rposition(|c| !is_blank(*c)).unwrap_or(0);
            let gap = self.chars[begin..begin + name].iter().rposition(|c| is_blank(*c));
            end = gap.map_or(end, |gap| begin + gap);
        }
        while end > begin + 1
            && (is_blank(self.chars[end - 1])
                || inside == Inside::Line && matches!(half(self.chars[end - 1]), ',' | ';'))
        {
            end -= 1;
        }
        self.at = end;
        let text = self.slice(begin, end);
        self.plain(begin, &text);
    }

    fn plain(&mut self, begin: usize, text: &str) {
        if is_value(text) {
            self.out.push_str(text);
            return;
        }
        let narrow: String = text.chars().map(half).collect();
        let bare = text.trim_matches(is_quote);
        if self.taken.plain {
            if let Some(switch) = switch(&narrow) {
                self.remark(begin, &words::SWITCH);
                self.out.push_str(switch);
                return;
            }
            if let Some(number) = number(&narrow) {
                let wording = if number == narrow { &words::FULL_WIDTH } else { &words::NUMBER };
                self.remark(begin, wording);
                self.out.push_str(&number);
                return;
            }
        }
        let wording = if bare.len() < text.len() { &words::QUOTES_MISSING } else { &words::VALUE_QUOTES };
        self.remark(begin, wording);
        self.out.push_str(&quoted(bare));
    }
}

/// Whether quoted text is a Windows path that lost letters: TOML reads `"C:\temp"` as `C:`, a tab and
/// `emp`.
pub(super) fn is_path(raw: &str) -> bool {
    let mut letters = raw.chars().skip(1);
    raw.starts_with('"')
        && letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.next() == Some(':')
        && letters.next() == Some('\\')
        && raw.replace("\\\\", "").contains('\\')
}

/// The boolean that a word for yes or no means.
pub(super) fn switch(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "예" | "네" | "참" | "켬" | "o" | "사용" => Some("true"),
        "false" | "no" | "n" | "off" | "아니오" | "아니요" | "거짓" | "끔" | "x" | "미사용" => {
            Some("false")
        }
        _ => None,
    }
}

/// The number that `text` shows: `0,5`, `1,000`, `120%`, `2026년`.
pub(super) fn number(text: &str) -> Option<String> {
    let text = text.trim_end_matches(|c: char| c.is_alphabetic() || is_blank(c) || matches!(c, '%' | '.'));
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = match unsigned.split_once('.') {
        Some((whole, decimals)) if digits(decimals) => (whole, Some(decimals)),
        Some(_) => return None,
        None => (unsigned, None),
    };
    let parts: Vec<&str> = whole.split(',').collect();
    if !parts.iter().all(|part| digits(part)) {
        return None;
    }
    let sign = if unsigned.len() < text.len() { "-" } else { "" };
    let trimmed = |whole: &str| match whole.trim_start_matches('0') {
        "" => "0".to_owned(),
        rest => rest.to_owned(),
    };
    Some(match (parts.as_slice(), decimals) {
        ([whole], None) => format!("{sign}{}", trimmed(whole)),
        ([whole], Some(decimals)) => format!("{sign}{}.{decimals}", trimmed(whole)),
        ([whole, decimals], None) if decimals.len() != 3 || *whole == "0" => {
            format!("{sign}{}.{decimals}", trimmed(whole))
        }
        (many, decimals) => {
            if many[1..].iter().any(|part| part.len() != 3) {
                return None;
            }
            let whole = trimmed(&many.concat());
            decimals.map_or_else(|| format!("{sign}{whole}"), |decimals| format!("{sign}{whole}.{decimals}"))
        }
    })
}
