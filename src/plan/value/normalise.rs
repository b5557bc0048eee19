//! Normalises characters that look alike, so that the grammar needs a single form of each.

use unicode_normalization::UnicodeNormalization;

/// `text` trimmed, with full-width forms, spaces, dashes and tildes normalised.
///
/// Typographic thousands spaces (thin, narrow, figure and non-breaking) between digits and a group of three
/// become commas. `이상` broken over two lines is rejoined.
pub(super) fn normalise(text: &str) -> String {
    let plain: Vec<char> = text.nfc().filter(|&c| !is_invisible(c)).collect();
    let mut folded = String::with_capacity(text.len());
    for (at, &c) in plain.iter().enumerate() {
        folded.push(if is_thousands_space(c) && is_between_thousands(&plain, at) {
            ','
        } else {
            plain_char(c)
        });
    }
    rejoin_bound(folded.trim())
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

fn is_thousands_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2007}' | '\u{2008}' | '\u{2009}' | '\u{202f}')
}

fn is_between_thousands(text: &[char], at: usize) -> bool {
    let digit = |i: usize| text.get(i).is_some_and(char::is_ascii_digit);
    at > 0 && digit(at - 1) && (1..=3).all(|i| digit(at + i)) && !digit(at + 4)
}

fn plain_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).map_or(c, plain_char)
        }
        '−' | '‐' | '‑' | '‒' | '–' | '—' | '―' | 'ー' | 'ㅡ' | '─' | '━' => '-',
        '∼' | '〜' | '˜' | '∽' => '~',
        '≧' | '⩾' => '≥',
        '≦' | '⩽' => '≤',
        '⁄' | '∕' => '/',
        '▲' | '▽' | '▼' => '△',
        '￦' => '₩',
        '’' | '‘' | '`' | '´' => '\'',
        '、' => ',',
        c if c.is_whitespace() || c.is_control() => ' ',
        c => c,
    }
}

/// Rejoins `65점이 상`, which is `65점이상` broken at the edge of a narrow cell.
fn rejoin_bound(text: &str) -> String {
    let mut mended = text.to_owned();
    for (broken, whole) in [("이 상", "이상"), ("이 하", "이하"), ("이 내", "이내")] {
        let mut from = 0;
        while let Some(at) = mended[from..].find(broken).map(|at| at + from) {
            let after = at + broken.len();
            let attached = mended[..at].chars().next_back().is_some_and(|c| !c.is_whitespace());
            let ends = mended[after..].chars().next().is_none_or(|c| c == ' ' || c == ')');
            if attached && ends {
                mended.replace_range(at..after, whole);
            }
            from = at + '이'.len_utf8();
        }
    }
    mended
}

/// `text` in lower case without spaces, to search for phrases.
pub(super) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn look_alikes_become_one() {
        for (text, plain) in [
            ("２８，６０４", "28,604"),
            ("28\u{a0}604", "28,604"),
            ("1\u{202f}234\u{202f}567", "1,234,567"),
            ("30\u{a0}10", "30 10"),
            ("84～86위", "84~86위"),
            ("–", "-"),
            ("65점이 상", "65점이상"),
            ("이 상", "이 상"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
        ] {
            assert_eq!(normalise(text), plain, "{text}");
        }
    }
}
