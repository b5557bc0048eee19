//! The sections of a number format, and the choice among them for a number (ECMA-376 Part 1, 18.8.31).

use super::general::general;

/// A section of a number format.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FormatSection {
    /// Its code, without the condition.
    pub code: String,
    /// The code in lower case, without quoted, escaped or bracketed text.
    pub bare: String,
    condition: Option<NumberCondition>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct NumberCondition {
    /// The comparison operator.
    sign: Sign,
    bound: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Sign {
    Less,
    AtMost,
    Equal,
    Other,
    AtLeast,
    More,
}

/// The sections of a code that are for numbers: the fourth is for texts.
pub(super) fn sections(code: &str) -> Vec<FormatSection> {
    let mut sections = vec![FormatSection::default()];
    let mut letters = code.chars();
    let mut quoted = false;
    while let Some(c) = letters.next() {
        let Some(section) = sections.last_mut() else { break };
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => {
                sections.push(FormatSection::default());
                continue;
            }
            '\\' | '_' | '*' if !quoted => {
                section.code.push(c);
                section.code.extend(letters.next());
                continue;
            }
            '[' if !quoted => {
                let inside: String = letters.by_ref().take_while(|&c| c != ']').collect();
                match NumberCondition::read(&inside) {
                    Some(condition) => section.condition = Some(condition),
                    None => section.code.extend(["[", &inside, "]"]),
                }
                continue;
            }
            _ => {}
        }
        section.code.push(c);
    }
    sections.truncate(3);
    for section in &mut sections {
        section.bare = bare(&section.code);
    }
    // A last section for texts only (`0;@`) does not apply to numbers.
    if sections.len() > 1 && sections.last().is_some_and(|last| last.condition.is_none() && last.is_text()) {
        sections.pop();
    }
    sections
}

/// The section for `number`, and whether a minus sign is shown if it is negative.
pub(super) fn choose(sections: &[FormatSection], number: f64) -> Option<(&FormatSection, bool)> {
    let any = sections.iter().any(|section| section.condition.is_some());
    let last = sections.len().checked_sub(1)?;
    if !any {
        let at = match last {
            0 => 0,
            1 => usize::from(number < 0.0),
            _ if number > 0.0 => 0,
            _ if number < 0.0 => 1,
            _ => 2,
        };
        return Some((&sections[at], at == 0));
    }
    // If other sections have conditions, a middle section without one is for negative numbers.
    let below = NumberCondition { sign: Sign::Less, bound: 0.0 };
    let own = |at: usize| sections[at].condition.or((at == 1 && last > 1).then_some(below));
    let fits = |at: &usize| own(*at).is_none_or(|condition| condition.holds(number));
    let at = (0..sections.len()).find(fits).unwrap_or(last);
    let only_negative = match own(at) {
        Some(condition) => condition.is_negative(),
        // All remaining numbers, if the section before covers all non-negative ones.
        None => at == 1 && own(0).is_some_and(NumberCondition::is_the_rest_negative),
    };
    Some((&sections[at], !only_negative))
}

impl FormatSection {
    fn is_text(&self) -> bool {
        self.code.contains('@') && !self.code.contains(['0', '#', '?'])
    }

    /// The text of a `General` section with the words around it; none for other sections.
    pub(super) fn around(&self, number: f64) -> Option<String> {
        if !self.bare.contains("general") {
            return None;
        }
        let mut text = String::new();
        let mut quoted = false;
        let mut rest = self.code.as_str();
        while let Some(c) = rest.chars().next() {
            let mut length = c.len_utf8();
            match c {
                '"' => quoted = !quoted,
                _ if quoted => text.push(c),
                '\\' | '_' | '*' => {
                    let next = rest[1..].chars().next();
                    length += next.map_or(0, char::len_utf8);
                    match c {
                        '\\' => text.extend(next),
                        '_' => text.push(' '),
                        _ => {}
                    }
                }
                '[' => length = rest.find(']').map_or(rest.len(), |end| end + 1),
                _ if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("general")) => {
                    text.push_str(&general(number));
                    length = 7;
                }
                c => text.push(c),
            }
            rest = &rest[length..];
        }
        Some(text)
    }
}

fn bare(code: &str) -> String {
    let mut bare = String::new();
    let mut quoted = false;
    let mut letters = code.chars();
    while let Some(c) = letters.next() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => while letters.next().is_some_and(|c| c != ']') {},
            c => bare.push(c.to_ascii_lowercase()),
        }
    }
    bare
}

impl NumberCondition {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let bound = text.trim_start_matches(['<', '>', '=']);
        let sign = match &text[..text.len() - bound.len()] {
            "<" => Sign::Less,
            "<=" => Sign::AtMost,
            "=" => Sign::Equal,
            "<>" => Sign::Other,
            ">=" => Sign::AtLeast,
            ">" => Sign::More,
            _ => return None,
        };
        Some(Self { sign, bound: bound.trim().parse().ok()? })
    }

    fn holds(self, number: f64) -> bool {
        match self.sign {
            Sign::Less => number < self.bound,
            Sign::AtMost => number <= self.bound,
            Sign::Equal => number == self.bound,
            Sign::Other => number != self.bound,
            Sign::AtLeast => number >= self.bound,
            Sign::More => number > self.bound,
        }
    }

    /// Whether it is true only for negative numbers.
    fn is_negative(self) -> bool {
        match self.sign {
            Sign::Less => self.bound <= 0.0,
            Sign::AtMost | Sign::Equal => self.bound < 0.0,
            Sign::Other | Sign::AtLeast | Sign::More => false,
        }
    }

    /// Whether it is true for all positive and no negative numbers.
    fn is_the_rest_negative(self) -> bool {
        matches!(self.sign, Sign::AtLeast | Sign::More) && self.bound == 0.0
    }
}
