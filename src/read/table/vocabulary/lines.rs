//! Lines that stand above the rows they hold for: levels of objectives, perspectives, names of organisations.

use super::{Role, Vocabulary, before_brackets, heading_key};

/// The longest name of a perspective, in characters.
const MAX_PERSPECTIVE: usize = 40;
/// The longest line that is an objective, in characters.
const MAX_LEVEL: usize = 300;

/// A line that says an objective or a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read::table) struct LevelLine<'t> {
    /// What the line calls its level (`전략목표`, `Goal`); empty if it begins with a number.
    pub name: &'t str,
    /// Its number (`Ⅰ-1`).
    pub number: Option<String>,
}

impl Vocabulary {
    /// Reads a line such as `성과목표 Ⅰ-1. …`, `Goal 2: …` or `1-2 …`.
    pub(in crate::read::table) fn level_line<'t>(&self, text: &'t str) -> Option<LevelLine<'t>> {
        let line = text.trim().trim_start_matches(['[', '【', '<', '○', '◎', '□', '■', '▶', '◆', ' ']);
        if line.chars().count() > MAX_LEVEL {
            return None;
        }
        let (name, rest) = self.level_name(line);
        let (number, after) = leading_number(rest.trim_start_matches([' ', '#']));
        let said = after.trim_start_matches(|c: char| !c.is_alphanumeric());
        let parted = after.starts_with([':', '：', '.', ')', ']', '】', '–', '-', '—', '>']);
        let is_text = said.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        let counts = match (name.is_empty(), number.is_empty()) {
            (false, false) => is_text,
            (false, true) => {
                is_text && (after.starts_with([':', '：', '–', '—']) || rest.starts_with([':', '：']))
            }
            (true, false) => is_text && (parted || number.contains(['-', '.'])) && !number.contains("20"),
            (true, true) => false,
        };
        counts.then(|| LevelLine { name, number: (!number.is_empty()).then(|| number.to_owned()) })
    }

    /// Splits the name of a level off the front of a line.
    fn level_name<'t>(&self, line: &'t str) -> (&'t str, &'t str) {
        let ends = line.char_indices().map(|(at, c)| at + c.len_utf8()).take(40);
        let names = ends.filter(|&end| {
            let next = line[end..].chars().next();
            let at_end = next.is_none_or(|c| {
                !c.is_alphabetic() || matches!(c, 'Ⅰ'..='ⅿ') || !line[..end].is_ascii() && is_numeral(c)
            });
            at_end && !line[..end].ends_with(' ') && self.built_in.levels.contains(&heading_key(&line[..end]))
        });
        let end = names.last().unwrap_or(0);
        line.split_at(end)
    }

    /// The perspective that a line or a heading names (`고객 관점 (30)`, `PERSPECTIVA FINANCIERA`).
    pub(in crate::read::table) fn perspective_line(&self, text: &str) -> Option<String> {
        if text.chars().count() > MAX_PERSPECTIVE {
            return None;
        }
        let name = before_brackets(text).unwrap_or(text).trim().trim_end_matches([':', '：']);
        let key = heading_key(name);
        const WORDS: [&str; 11] = [
            "관점",
            "perspective",
            "perspectivas",
            "perspectiva",
            "perspektif",
            "視点",
            "の視点",
            "構面",
            "构面",
            "层面",
            "維度",
        ];
        let bare = WORDS.iter().find_map(|word| key.strip_suffix(word).or_else(|| key.strip_prefix(word)));
        let bare = bare
            .map(|bare| bare.trim_start_matches("de").trim_start_matches("del").trim_start_matches("des"));
        let named = self.built_in.perspectives.contains(&key)
            || bare.is_some_and(|bare| {
                !bare.is_empty() && (self.built_in.perspectives.contains(bare) || bare.chars().count() <= 16)
            });
        named.then(|| name.to_owned())
    }

    /// Whether a text is the title of a plan.
    pub(in crate::read::table) fn is_sheet_title(&self, text: &str) -> bool {
        self.title(text).is_some() || self.is_title_word(text)
    }

    /// Whether a name has a word for organisations (`Parks Department`).
    pub(in crate::read::table) fn names_organisation(&self, name: &str) -> bool {
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_org = |word: &&str| {
            word.chars().count() >= 4 && self.role(&heading_key(word)) == Some(Role::Organisation)
        };
        words.len() <= 6 && words.len() >= 2 && words.iter().any(is_org)
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 'Ⅰ'..='ⅿ' | '①'..='⑳') || "IVX".contains(c)
}

/// Splits a number such as `Ⅰ-1`, `2.3`, `IV` or `가` off the front of a line.
fn leading_number(line: &str) -> (&str, &str) {
    let mut end = 0;
    for (at, c) in line.char_indices() {
        let joins =
            matches!(c, '-' | '.' | '–') && end > 0 && line[at + c.len_utf8()..].starts_with(is_numeral);
        if !is_numeral(c) && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    let (number, rest) = line.split_at(end);
    // `Improve`, `Visits`: a letter of a word is no number.
    let in_word =
        number.ends_with(|c: char| c.is_ascii_alphabetic()) && rest.starts_with(char::is_alphabetic);
    if in_word { ("", line) } else { (number, rest) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::config::Labels;

    #[test]
    fn lines_of_levels() {
        let words = Vocabulary::new(&Labels::default());
        for (text, name, number) in [
            ("전략목표 Ⅰ. 지역이 주도한다", "전략목표", Some("Ⅰ")),
            ("성과목표 Ⅰ-1. 재정의 자율성을 높인다", "성과목표", Some("Ⅰ-1")),
            ("성과목표Ⅱ-2 안전을 지킨다", "성과목표", Some("Ⅱ-2")),
            ("Goal 2: A safe city", "Goal", Some("2")),
            ("Programme 3 – Public health", "Programme", Some("3")),
            ("Objetivo Estratégico 1: Mejorar el servicio", "Objetivo Estratégico", Some("1")),
            ("Eje 2. Desarrollo social", "Eje", Some("2")),
            ("基本目標1 安心して暮らせるまち", "基本目標", Some("1")),
            ("施策1-2 子育て支援", "施策", Some("1-2")),
            ("Outcome: Safe water used", "Outcome", None),
            ("1-1. 세입을 늘린다", "", Some("1-1")),
            ("Ⅱ. 안전한 나라", "", Some("Ⅱ")),
        ] {
            let line = words.level_line(text);
            let said = line.as_ref().map(|line| (line.name, line.number.as_deref()));
            assert_eq!(said, Some((name, number)), "{text}");
        }
        for text in [
            "Improve the roads",
            "2025년도 성과관리 시행계획",
            "Goal",
            "부서명: 환경국",
            "12",
            "3.5 점",
            "Visits",
        ] {
            assert_eq!(words.level_line(text), None, "{text}");
        }
    }

    #[test]
    fn lines_of_perspectives() {
        let words = Vocabulary::new(&Labels::default());
        for text in [
            "고객 관점 (30)",
            "Customer perspective",
            "PERSPECTIVA FINANCIERA",
            "Learning and Growth",
            "顧客の視点",
            "Finance",
        ] {
            assert!(words.perspective_line(text).is_some(), "{text}");
        }
        for text in ["관점", "Average response time", "민원 만족도"] {
            assert!(words.perspective_line(text).is_none(), "{text}");
        }
    }
}
