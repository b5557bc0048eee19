//! Words that multiply a number: 천, 만, 백만, 억 …, and thousand, million, billion.

/// The factor of each scale character; consecutive ones multiply (`백만`, `십억`).
const CHARACTERS: [(char, f64); 6] =
    [('십', 10.0), ('백', 100.0), ('천', 1e3), ('만', 1e4), ('억', 1e8), ('조', 1e12)];

/// English scale words, longer ones first.
const WORDS: [(&str, f64); 9] = [
    ("thousands", 1e3),
    ("thousand", 1e3),
    ("millions", 1e6),
    ("million", 1e6),
    ("billions", 1e9),
    ("billion", 1e9),
    ("mn", 1e6),
    ("bn", 1e9),
    ("'000", 1e3),
];

/// Currencies: 조 is a scale only before these, because many other words start with it.
const MONEY: [&str; 6] = ["원", "달러", "불", "유로", "엔", "위안"];

/// Counters used with tens and hundreds.
const COUNTED_IN_HUNDREDS: [&str; 5] = ["명", "건", "개", "대", "회"];

/// Counters that departments use. Words that merely start like a scale (백분율, 만족도, 조건) are not among them.
const COUNTED: [&str; 46] = [
    "명", "인", "건", "개", "개소", "개사", "개교", "대", "회", "가구", "세대", "시간", "톤", "그루", "주",
    "본", "권", "호", "필지", "두", "마리", "부", "매", "편", "장", "면", "동", "리터", "평", "좌석", "석",
    "식", "상자", "쌍", "곳", "병", "포", "켤레", "자리", "일", "년", "점", "위", "번", "차", "팀",
];

/// The scale at the start of `text` and the rest: `천만건` gives 10,000,000 and `건`.
pub(super) fn leading(text: &str) -> Option<(f64, &str)> {
    let rest = text.trim_start_matches(|c| CHARACTERS.iter().any(|&(known, _)| known == c));
    let run = &text[..text.len() - rest.len()];
    let scale =
        run.chars().filter_map(|c| CHARACTERS.iter().find(|&&(known, _)| known == c)).map(|&(_, by)| by);
    let next = rest.trim_start();
    let is_money =
        next.is_empty() || next.starts_with(|c: char| c.is_ascii_digit()) || begins_with(next, &MONEY);
    (!run.is_empty() && (run != "조" || is_money)).then(|| (scale.product(), rest))
}

/// The largest of 만, 억 and 조 not above `scale`; 1 below 만.
pub(super) fn myriad(scale: f64) -> f64 {
    [1e12, 1e8, 1e4].into_iter().find(|&myriad| myriad <= scale).unwrap_or(1.0)
}

/// The English scale word at the start of `text` and the rest.
pub(super) fn leading_word(text: &str) -> Option<(f64, &str)> {
    WORDS.iter().find_map(|&(word, scale)| {
        let head = text.get(..word.len())?;
        let rest = &text[word.len()..];
        let ends = !rest.starts_with(|c: char| c.is_alphanumeric());
        (head.eq_ignore_ascii_case(word) && ends).then_some((scale, rest))
    })
}

/// The scale of a unit and the unit without it: `천명` is 1,000 of `명`.
///
/// A single scale character counts only before a counter, so that 백분율, 만족도 and 조건 stay whole; 천, 만, 억 and
/// compounds such as 백만 may occur alone.
pub(in crate::plan) fn of_unit(unit: &str) -> (f64, &str) {
    if let Some((scale, rest)) = leading_word(unit) {
        return (scale, rest.trim_start().trim_start_matches("of ").trim_start());
    }
    let Some((scale, rest)) = leading(unit) else { return (1.0, unit) };
    let run = unit[..unit.len() - rest.len()].trim();
    let base = rest.trim_start();
    let is_symbol = base.starts_with(|c: char| !is_hangul(c) && c != '(' && c != '/');
    let counts = match run {
        "조" => begins_with(base, &MONEY),
        "십" | "백" => begins_with(base, &MONEY) || begins_with(base, &COUNTED_IN_HUNDREDS),
        "천" | "만" | "억" => {
            base.is_empty()
                || base.starts_with('(')
                || is_symbol
                || begins_with(base, &MONEY)
                || (base != "점" && begins_with(base, &COUNTED))
        }
        _ => true,
    };
    if counts { (scale, base) } else { (1.0, unit) }
}

/// Whether `word` is a unit that a space may separate from its number: `895,879 백만원`, `24 회`.
pub(super) fn is_counter(word: &str) -> bool {
    of_unit(word).0 > 1.0 || COUNTED.contains(&word) || MONEY.contains(&word)
}

/// Whether `text` starts with one of `words`, as a whole word.
fn begins_with(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(|c: char| is_hangul(c) || c.is_numeric()))
    })
}

fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣')
}
