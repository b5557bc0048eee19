//! Colours of the terminal, and what else must not steer it.

use planbook::finding::Severity;
use planbook::source::is_invisible;

use super::args::Color;
use super::environment;

/// Colours, if enabled.
#[derive(Clone, Copy, Debug)]
pub struct Paint(bool);

impl Paint {
    /// Colours as asked for; left to the output, they depend on whether it is a terminal.
    pub fn new(color: Color, is_terminal: bool) -> Self {
        Self(match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !environment::without_color(),
        })
    }

    /// No colours.
    pub const NONE: Self = Self(false);

    /// Whether colours are enabled.
    pub fn is_on(self) -> bool {
        self.0
    }

    pub fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    /// Dimmed.
    pub fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    /// In the colour of a severity.
    pub fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "33",
            Severity::Info => "36",
        };
        self.with(code, text)
    }

    /// Escapes control characters in `text` except line ends and, where enabled, colours. This catches names
    /// that were not escaped elsewhere.
    pub fn harmless(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let colour = if self.0 { colour(rest) } else { 0 };
            let length = if colour > 0 { colour } else { c.len_utf8() };
            if colour > 0 || c == '\n' || !is_invisible(c) {
                out.push_str(&rest[..length]);
            } else {
                out.extend(c.escape_unicode());
            }
            rest = &rest[length..];
        }
        out
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// Returns the length of the colour sequence at the start of `text`; 0 where there is none.
fn colour(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("\x1b[") else { return 0 };
    let code = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
    if rest[code..].starts_with('m') { code + 3 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_and_line_ends_steer_the_terminal() {
        let line = "\x1b[33m알림\x1b[0m: a\u{202e}b\x1b[2Jc\n둘째";
        assert_eq!(Paint(true).harmless(line), "\x1b[33m알림\x1b[0m: a\\u{202e}b\\u{1b}[2Jc\n둘째");
        assert_eq!(Paint(false).harmless("\x1b[31m"), "\\u{1b}[31m");
    }
}
