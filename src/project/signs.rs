//! Characters as people type them: invisible blanks, quotes of every kind, full-width letters.

pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{2060}')
}

pub(super) fn is_double(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '″' | '＂' | '〝' | '〞')
}

pub(super) fn is_single(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '‚' | '‛' | '′' | '＇')
}

pub(super) fn is_quote(c: char) -> bool {
    is_double(c) || is_single(c)
}

/// The half-width letter for a full-width one.
pub(super) fn half(c: char) -> char {
    match c {
        '！'..='～' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        '、' => ',',
        _ => c,
    }
}
