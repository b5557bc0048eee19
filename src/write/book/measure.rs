//! Measures text and breaks it into lines.
//!
//! Typst breaks Korean between any two syllables. Here lines end between words (eojeol); a word is broken
//! only if it is wider than its cell. Widths are in em, so that one measurement serves every type size.

use std::ops::{Deref, DerefMut};

use serde::{Serialize, Serializer};
use typst_press::{Fonts, Replacements};

/// Measures text.
pub(super) struct Ruler<'a> {
    advance: Box<dyn Fn(char) -> f64 + Sync + 'a>,
}

/// Text in lines. A line that ends between two words keeps its space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lines(Vec<String>);

impl Deref for Lines {
    type Target = Vec<String>;

    fn deref(&self) -> &Vec<String> {
        &self.0
    }
}

impl DerefMut for Lines {
    fn deref_mut(&mut self) -> &mut Vec<String> {
        &mut self.0
    }
}

impl FromIterator<String> for Lines {
    fn from_iter<I: IntoIterator<Item = String>>(lines: I) -> Self {
        Self(lines.into_iter().collect())
    }
}

impl IntoIterator for Lines {
    type Item = String;
    type IntoIter = std::vec::IntoIter<String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// For templates: text that ends between two words is an entry of its own, without the space; any other line
/// ends with a line break inside an entry.
impl Serialize for Lines {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let by_space = self.0.chunk_by(|line, _| !line.ends_with(' '));
        serializer.collect_seq(by_space.map(|lines| {
            let mut text = lines.join("\n");
            text.truncate(text.trim_end().len());
            text
        }))
    }
}

/// How far sums of widths may be off.
const ROUNDING: f64 = 1e-6;

/// The most letters of a line.
const REST: usize = 400;

/// Text, word by word, with the width of each letter.
pub(super) struct Measured {
    /// Lines that the text itself prescribes, each a list of words.
    lines: Vec<Vec<Word>>,
    space: f64,
}

struct Word {
    letters: Vec<(char, f64)>,
    width: f64,
    /// Whether it belongs to the word before it: a number as in `응대율 80`, an entry of a list as in
    /// `- 6,500 - 3,500`.
    follows: bool,
}

impl<'a> Ruler<'a> {
    /// Returns a ruler for text set in `fonts`, in which some letters are `replaced`.
    pub(super) fn of_fonts(fonts: &'a Fonts, replaced: &'a Replacements) -> Self {
        Self::new(|c| replaced.of(c).map_or(0.0, |c| fonts.advance(c)))
    }

    /// Returns a ruler that gets the width of each letter from `advance`, in em.
    pub(super) fn new(advance: impl Fn(char) -> f64 + Sync + 'a) -> Self {
        Self { advance: Box::new(advance) }
    }

    /// Returns the words of `text`, to be kept whole when lines are broken; a word wider than `width` is cut
    /// into pieces that fit. A word keeps the space that separates it from the next.
    pub(super) fn words(&self, text: &str, width: f64) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            if let Some(last) = words.last_mut() {
                last.push(' ');
            }
            words.extend(self.measure(word).broken(width).0);
        }
        words
    }

    /// Measures `text`; a line break in it is kept.
    pub(super) fn measure(&self, text: &str) -> Measured {
        let lines = text.split('\n').map(|line| self.line(line)).collect();
        Measured { lines, space: (self.advance)(' ') }
    }

    /// Returns `text` on one line of at most `width` em; text that does not fit is replaced by a mark.
    pub(super) fn shortened(&self, text: &str, width: f64) -> String {
        // Line and paragraph separators would end the line.
        let text = &text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.measure(text).natural() <= width + ROUNDING {
            return text.clone();
        }
        let mut left = width - (self.advance)('…');
        let fitting = text.chars().take_while(|&c| {
            left -= (self.advance)(c);
            left >= 0.0
        });
        format!("{}…", fitting.collect::<String>().trim_end())
    }

    /// Returns the first `most` of `lines` of at most `width` em; text that does not fit is replaced by a
    /// mark.
    pub(super) fn at_most(&self, mut lines: Lines, most: usize, width: f64) -> Lines {
        if lines.len() > most {
            let rest = lines.drain(most.saturating_sub(1)..).collect::<String>();
            // `REST` characters are more than one line can show.
            let rest: String = rest.chars().take(REST).collect();
            lines.push(self.shortened(&format!("{rest}…"), width));
        }
        lines
    }

    fn line(&self, line: &str) -> Vec<Word> {
        let mut texts: Vec<&str> = line.split_whitespace().collect();
        // A label set with spaces (`단 위`, `본 부 장`) is one word.
        if texts.iter().all(|text| is_one_letter(text)) && !texts.is_empty() {
            texts = vec![line.trim()];
        }
        let above = std::iter::once(None).chain(texts.iter().copied().map(Some));
        let word = |(text, above): (&&str, Option<&str>)| {
            let letters: Vec<(char, f64)> = text.chars().map(|c| (c, (self.advance)(c))).collect();
            let follows = above.is_some_and(|above| {
                is_bullet(above) || (is_number(text) && above.chars().all(char::is_alphabetic))
            });
            Word { width: letters.iter().map(|(_, width)| width).sum(), letters, follows }
        };
        texts.iter().zip(above).map(word).collect()
    }
}

fn is_one_letter(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Whether `text` is the mark before an entry of a list.
fn is_bullet(text: &str) -> bool {
    matches!(text, "-" | "–" | "·" | "•" | "※" | "*" | "○" | "□")
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '%'))
}

impl Measured {
    /// The width of the text when unbroken.
    pub(super) fn natural(&self) -> f64 {
        self.lines.iter().map(|words| self.width_of(words)).fold(0.0, f64::max)
    }

    /// The width of the widest word.
    pub(super) fn widest_word(&self) -> f64 {
        self.lines.iter().flatten().map(|word| word.width).fold(0.0, f64::max)
    }

    /// The width of the widest phrase: a word and the words that belong to it.
    pub(super) fn widest_phrase(&self) -> f64 {
        let phrases = self.lines.iter().flat_map(|words| phrases(words));
        phrases.map(|words| self.width_of(words)).fold(0.0, f64::max)
    }

    /// Breaks the text into lines of at most `width`. A line that ends between two words keeps its space, so
    /// that the text copies as written. Words stay whole if they fit. Phrases do too: always in a list
    /// (`응대율 80 배차율 80`), a single one only if that costs no line (not `대비 5%` in
    /// `전년 대비 5% 증가`).
    pub(super) fn broken(&self, width: f64) -> Lines {
        let by_word = self.broken_between(width, |words| words.chunks(1).collect());
        let followers = self.lines.iter().flatten().filter(|word| word.follows).count();
        if followers == 0 || by_word.len() == self.lines.len() {
            return Lines(by_word);
        }
        let fits = |words: &[Word]| self.width_of(words) <= width + ROUNDING;
        let by_phrase = self.broken_between(width, |words| {
            phrases(words)
                .flat_map(|phrase| phrase.chunks(if fits(phrase) { phrase.len() } else { 1 }))
                .collect()
        });
        Lines(if followers == 1 && by_phrase.len() > by_word.len() { by_word } else { by_phrase })
    }

    /// Breaks the text into lines of at most `width` that end between the units of `units`.
    fn broken_between<'m>(
        &'m self,
        width: f64,
        units: impl Fn(&'m [Word]) -> Vec<&'m [Word]>,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        for words in &self.lines {
            let mut line = String::new();
            let mut used = 0.0;
            for unit in units(words) {
                let unit_width = self.width_of(unit);
                if !line.is_empty() {
                    line.push(' ');
                    if used + self.space + unit_width > width + ROUNDING {
                        lines.push(std::mem::take(&mut line));
                        used = 0.0;
                    } else {
                        used += self.space;
                    }
                }
                if line.is_empty() && unit_width > width + ROUNDING {
                    used = self.cut(unit, width, &mut lines, &mut line);
                    continue;
                }
                for (index, word) in unit.iter().enumerate() {
                    if index > 0 {
                        line.push(' ');
                    }
                    line.extend(word.letters.iter().map(|(c, _)| c));
                }
                used += unit_width;
            }
            lines.push(line);
        }
        lines
    }

    /// Cuts a word that is wider than `width` and begins a line: full lines go to `lines`, the rest to
    /// `line`. Returns the width of the rest.
    fn cut(&self, unit: &[Word], width: f64, lines: &mut Vec<String>, line: &mut String) -> f64 {
        let letters: Vec<(char, f64)> = unit.iter().flat_map(|word| &word.letters).copied().collect();
        let mut rest = letters.as_slice();
        while let Some(cut) = cut_point(rest, width) {
            lines.push(rest[..cut].iter().map(|(c, _)| c).collect());
            rest = &rest[cut..];
        }
        line.extend(rest.iter().map(|(c, _)| c));
        rest.iter().map(|(_, width)| width).sum()
    }

    fn width_of(&self, words: &[Word]) -> f64 {
        let gaps = words.len().saturating_sub(1) as f64 * self.space;
        words.iter().map(|word| word.width).sum::<f64>() + gaps
    }
}

/// Returns the words of a line, each with the words that belong to it.
fn phrases(words: &[Word]) -> impl Iterator<Item = &[Word]> {
    words.chunk_by(|_, next| next.follows)
}

/// Returns where to cut `letters` that are wider than `width`: at the last natural break, else after the last
/// letter that fits, but not inside a number. `None` if all of them fit.
fn cut_point(letters: &[(char, f64)], width: f64) -> Option<usize> {
    let mut used = 0.0;
    let fitting = letters.iter().position(|(_, letter)| {
        used += letter;
        used > width + ROUNDING
    })?;
    let between = |allowed: fn(char, char) -> bool| {
        (1..=fitting).rev().find(|&at| allowed(letters[at - 1].0, letters[at].0))
    };
    let cut = between(breaks_between).or_else(|| between(no_number_between)).unwrap_or(fitting).max(1);
    (cut < letters.len()).then_some(cut)
}

/// Whether a line may end between `left` and `right` without damaging a word.
fn breaks_between(left: char, right: char) -> bool {
    let after = matches!(left, ' ' | '/' | '·' | '‧' | 'ㆍ' | ',' | '~' | '&' | ')' | '-' | '_' | '?' | '=')
        || (left == '.' && right.is_alphabetic());
    let inside_a_number = left == ',' && right.is_ascii_digit();
    let hangs_on = matches!(right, ',' | '.' | ')' | ']' | '%' | '/');
    matches!(right, '(' | '[' | '「') || (after && !inside_a_number && !hangs_on)
}

/// Whether a break between `left` and `right` keeps numbers whole and no closing sign at the start of a line.
fn no_number_between(left: char, right: char) -> bool {
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '%');
    let inside_a_number = numeric(left) && numeric(right);
    !inside_a_number && !matches!(right, ',' | '.' | ')' | ']' | '」')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Measures with every letter one em wide and a space half of that.
    fn measured(text: &str) -> Measured {
        Ruler::new(|c| if c == ' ' { 0.5 } else { 1.0 }).measure(text)
    }

    #[test]
    fn lines_end_between_words() {
        let text = measured("시민고객과 소통·협력하는 열린시정 구현");
        assert_eq!(text.broken(8.0).0, ["시민고객과 ", "소통·협력하는 ", "열린시정 구현"]);
        assert_eq!(text.broken(100.0).0, ["시민고객과 소통·협력하는 열린시정 구현"]);
    }

    #[test]
    fn templates_are_given_lines_without_the_spaces_between_them() {
        let json =
            |width: f64| serde_json::to_value(measured("건설·교통 분야 만족도").broken(width)).unwrap();
        assert_eq!(json(5.0), serde_json::json!(["건설·교통", "분야", "만족도"]));
        assert_eq!(json(4.0), serde_json::json!(["건설·\n교통", "분야", "만족도"]));
        assert_eq!(json(99.0), serde_json::json!(["건설·교통 분야 만족도"]));
    }

    #[test]
    fn words_are_kept_whole_where_they_fit() {
        let ruler = Ruler::new(|_| 1.0);
        assert_eq!(ruler.words("건설·교통분야  시민 만족도", 4.0), ["건설·", "교통분야 ", "시민 ", "만족도"]);
    }

    #[test]
    fn a_word_wider_than_its_cell_breaks_at_its_parts_first() {
        assert_eq!(measured("건설·교통·주택분야").broken(5.0).0, ["건설·", "교통·", "주택분야"]);
        assert_eq!(measured("185(1,825)").broken(7.0).0, ["185", "(1,825)"]);
        assert_eq!(measured("가나다라마바사").broken(3.0).0, ["가나다", "라마바", "사"]);
    }

    #[test]
    fn a_number_stays_with_the_word_it_follows_where_both_fit() {
        let text = measured("응대율 80 배차율 80 탑승률 80");
        assert_eq!(text.broken(6.0).0, ["응대율 80 ", "배차율 80 ", "탑승률 80"]);
        assert_eq!(text.broken(9.0).0, ["응대율 80 ", "배차율 80 ", "탑승률 80"]);
        assert_eq!(text.broken(3.0).0, ["응대율 ", "80 ", "배차율 ", "80 ", "탑승률 ", "80"]);
        assert_eq!(text.widest_phrase(), 5.5);
        assert_eq!(measured("- 6,500 - 3,500").broken(8.0).0, ["- 6,500 ", "- 3,500"]);
        assert_eq!(measured("전년 대비 5% 증가").broken(5.0).0, ["전년 대비 ", "5% 증가"]);
    }

    #[test]
    fn a_label_set_wide_is_one_word() {
        assert_eq!(measured("단 위").widest_word(), 2.5);
        assert_eq!(measured("본 부 장").broken(4.0).0, ["본 부 장"]);
        assert_eq!(measured("본 부 장").broken(2.6).0, ["본 ", "부 장"]);
        assert_eq!(measured("가 나다").widest_word(), 2.0);
    }

    #[test]
    fn addresses_and_codes_break_at_their_signs_and_numbers_last() {
        assert_eq!(
            measured("https://www.seoul.go.kr/plan").broken(9.0).0,
            ["https://", "www.", "seoul.go.", "kr/plan"]
        );
        assert_eq!(measured("교통기획관-12345").broken(7.0).0, ["교통기획관-", "12345"]);
        assert_eq!(measured("가나다123456").broken(7.0).0, ["가나다", "123456"]);
        assert_eq!(measured("1234567890").broken(4.0).0, ["1234", "5678", "90"]);
    }

    #[test]
    fn a_shortened_text_shows_that_something_is_missing() {
        let ruler = Ruler::new(|_| 1.0);
        assert_eq!(ruler.shortened("서울시", 3.0), "서울시");
        assert_eq!(ruler.shortened("서울시 도시교통본부", 5.0), "서울시…");
        assert_eq!(ruler.shortened("서울시\u{2028}도시", 9.0), "서울시 도시");
    }

    #[test]
    fn breaking_loses_no_letter_even_where_nothing_fits() {
        let text = "응대율 80 배차율 80\n(전년대비 5%이상)";
        for width in [0.0, 0.5, 1.0, 3.7, 6.0] {
            let joined: String = measured(text).broken(width).concat();
            assert_eq!(joined.replace(' ', ""), text.replace([' ', '\n'], ""), "{width}");
        }
    }

    #[test]
    fn a_line_break_of_the_text_stays() {
        assert_eq!(measured("정책 성과\n(60)").broken(9.0).0, ["정책 성과", "(60)"]);
        assert_eq!(measured("").broken(9.0).0, [""]);
    }
}
