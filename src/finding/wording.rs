//! Words in Korean and English with places for facts in them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The language of messages and outputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Korean.
    #[default]
    Ko,
    /// English.
    En,
}

impl Lang {
    /// Picks the words of this language.
    pub fn pick<T>(self, ko: T, en: T) -> T {
        match self {
            Lang::Ko => ko,
            Lang::En => en,
        }
    }
}

/// A sentence in both languages. `{name}` stands for a fact; `{name|이/가}` adds the Korean particle that
/// fits the fact's last sound (the form after a consonant stands first).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Korean.
    pub ko: &'static str,
    /// English.
    pub en: &'static str,
}

/// Facts by name.
pub type Args = Vec<(&'static str, String)>;

/// A [`Wording`] with its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The sentence.
    pub wording: &'static Wording,
    /// Its facts.
    pub args: Args,
}

impl Wording {
    /// This sentence with `args` in it.
    pub fn with(&'static self, args: impl IntoIterator<Item = (&'static str, String)>) -> Message {
        Message { wording: self, args: args.into_iter().collect() }
    }
}

impl Message {
    /// The sentence in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        let template = lang.pick(self.wording.ko, self.wording.en);
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let Some(close) = rest[open..].find('}') else {
                rest = &rest[open..];
                break;
            };
            let slot = &rest[open + 1..open + close];
            rest = &rest[open + close + 1..];
            let (name, particle) = match slot.split_once('|') {
                Some((name, particle)) => (name, Some(particle)),
                None => (slot, None),
            };
            let fact = self.args.iter().find(|(key, _)| *key == name).map_or("", |(_, fact)| fact);
            out.push_str(fact);
            if let Some(particle) = particle {
                out.push_str(&josa(fact, particle));
            }
        }
        out.push_str(rest);
        out
    }
}

/// The form of a Korean particle that fits the end of `word`. `forms` is `after consonant/after vowel`.
fn josa<'a>(word: &str, forms: &'a str) -> Cow<'a, str> {
    let Some((closed, open)) = forms.split_once('/') else {
        return Cow::Borrowed(forms);
    };
    let last = word.chars().rev().find(|c| c.is_alphanumeric() || *c == '%');
    // The final consonant of a syllable is its offset in the block modulo 28; ㄹ is 8.
    let coda = match last {
        Some(c @ '가'..='힣') => (u32::from(c) - 0xAC00) % 28,
        Some('0' | '3' | '6') => 1,
        Some('1' | '7' | '8') => 8,
        Some('2' | '4' | '5' | '9' | '%') => 0,
        Some('l' | 'L' | 'r' | 'R') => 8,
        Some('m' | 'M' | 'n' | 'N') => 1,
        _ => 0,
    };
    // 으로/로: the vowel form also follows ㄹ.
    let vowel_form = coda == 0 || (coda == 8 && closed.starts_with('으'));
    Cow::Borrowed(if vowel_form { open } else { closed })
}

#[cfg(test)]
mod tests {
    use super::*;

    static SUM: Wording =
        Wording { ko: "{kpi|이/가} {found|으로/로} 되어 있습니다", en: "{kpi} is {found}" };

    #[test]
    fn facts_and_particles() {
        let message = SUM.with([("kpi", "시정만족도".into()), ("found", "120".into())]);
        assert_eq!(message.text(Lang::Ko), "시정만족도가 120으로 되어 있습니다");
        assert_eq!(message.text(Lang::En), "시정만족도 is 120");
        let message = SUM.with([("kpi", "예산집행률".into()), ("found", "91".into())]);
        assert_eq!(message.text(Lang::Ko), "예산집행률이 91로 되어 있습니다");
    }

    #[test]
    fn braces_inside_facts_stay() {
        let message = SUM.with([("kpi", "{found}".into()), ("found", "x".into())]);
        assert_eq!(message.text(Lang::En), "{found} is x");
    }
}
