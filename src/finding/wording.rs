//! Message templates in Korean and English, with slots for facts.

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
    /// Picks the value for this language.
    pub fn pick<T>(self, ko: T, en: T) -> T {
        match self {
            Lang::Ko => ko,
            Lang::En => en,
        }
    }
}

/// The reader of a message. The office edits planbook.toml; the others have to write to the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The planning office, which has the plan-year folder.
    Office,
    /// A department, which has its own workbook with the review sheet.
    Department,
    /// Someone who fills in a scorecard, which has no field for remarks.
    ScorecardOwner,
}

impl Reader {
    /// The text of an instruction slot: `waive`, `enter:` with a section of planbook.toml, or `run:` with a
    /// command. The optional fact `id` is the finding to waive.
    fn instruction(self, slot: &str, args: &Args, lang: Lang) -> Option<String> {
        if let Some(command) = slot.strip_prefix("run:") {
            // The folder stands before the options.
            let (name, options) = command.split_at(command.find(" --").unwrap_or(command.len()));
            return Some(format!("`planbook {name}{}{options}`", folder(args, lang)));
        }
        let section = slot.strip_prefix("enter:");
        Some(match (self, section) {
            (Reader::Office, Some(section)) => lang.pick(
                format!("planbook.toml의 {section}에 적으십시오"),
                format!("enter it under {section} in planbook.toml"),
            ),
            (Reader::Department, Some(_)) => lang
                .pick("검토의견 시트의 ‘의견’에 적어 주십시오", "say so as a remark on the review sheet")
                .to_owned(),
            (Reader::Office, None) if slot == "waive" => {
                let id = fact(args, "id").unwrap_or_else(|| lang.pick("식별번호", "ID"));
                let folder = folder(args, lang);
                lang.pick(
                    format!("유예하십시오: `planbook waive {id}{folder} --reason \"사유\"`"),
                    format!("waive it: `planbook waive {id}{folder} --reason \"why it stands\"`"),
                )
            }
            (Reader::Department, None) if slot == "waive" => lang
                .pick(
                    "검토의견 시트에서 ‘이견 있음’을 고르고 까닭을 적어 주십시오",
                    "choose “disagree” on the review sheet and give the reason",
                )
                .to_owned(),
            (Reader::ScorecardOwner, Some(_)) => {
                lang.pick("기획 부서에 알려 주십시오", "tell the planning office").to_owned()
            }
            (Reader::ScorecardOwner, None) if slot == "waive" => {
                lang.pick("까닭을 기획 부서에 알려 주십시오", "tell the planning office why").to_owned()
            }
            _ => return None,
        })
    }
}

fn fact<'a>(args: &'a Args, name: &str) -> Option<&'a str> {
    args.iter().find(|(known, _)| *known == name).map(|(_, fact)| fact.as_str())
}

/// The plan-year folder as a command argument, from the fact `folder`: nothing if that is empty, a
/// placeholder if it is missing (a file may be opened anywhere).
fn folder(args: &Args, lang: Lang) -> String {
    match fact(args, "folder") {
        Some("") => String::new(),
        Some(folder) => format!(" {folder}"),
        None => lang.pick(" 폴더", " DIR").to_owned(),
    }
}

/// A sentence in both languages. `{name}` inserts a fact; `{name|이/가}` adds the Korean particle that fits the
/// fact's last sound (the form after a consonant comes first). `{waive}` and `{enter:[labels]}` insert an
/// instruction that depends on the [`Reader`]; `{run:forms --teach}` inserts that command with the plan-year folder.
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
    /// The wording for departments, if the sentence tells the office what to do.
    pub department: Option<&'static Wording>,
}

impl Wording {
    /// A wording from its Korean and English text.
    pub const fn of(ko: &'static str, en: &'static str) -> Self {
        Self { ko, en }
    }

    /// The template in `lang`, slots not filled.
    pub fn pick(self, lang: Lang) -> &'static str {
        lang.pick(self.ko, self.en)
    }

    /// This sentence with `args` in it.
    pub fn with(&'static self, args: impl IntoIterator<Item = (&'static str, String)>) -> Message {
        Message { wording: self, args: args.into_iter().collect(), department: None }
    }
}

impl Message {
    /// The same sentence with `wording` for departments.
    pub fn to_department(self, wording: &'static Wording) -> Self {
        Self { department: Some(wording), ..self }
    }

    /// The same with a fact added or replaced.
    pub fn with(mut self, name: &'static str, fact: String) -> Self {
        self.args.retain(|(known, _)| *known != name);
        self.args.push((name, fact));
        self
    }

    /// The sentence in `lang`, for the planning office.
    pub fn text(&self, lang: Lang) -> String {
        self.text_for(Reader::Office, lang)
    }

    /// The sentence in `lang`, for `reader`.
    pub fn text_for(&self, reader: Reader, lang: Lang) -> String {
        let wording = self.department.filter(|_| reader != Reader::Office).unwrap_or(self.wording);
        let template = wording.pick(lang);
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
            let instruction = reader.instruction(name, &self.args, lang);
            let text = instruction.as_deref().or_else(|| fact(&self.args, name)).unwrap_or_default();
            out.push_str(text);
            if let Some(particle) = particle {
                out.push_str(&josa(text, particle));
            }
        }
        out.push_str(rest);
        out
    }
}

/// `word` followed by the Korean particle that fits its last sound; `forms` as in a [`Wording`]:
/// `with_particle("교통국", "은/는")`.
pub fn with_particle(word: &str, forms: &str) -> String {
    format!("{word}{}", josa(word, forms))
}

/// Words whose pronunciation does not end like their last letter, with the final consonant as in [`coda`].
const READINGS: [(&str, u32); 22] = [
    ("m", 0),
    ("km", 0),
    ("cm", 0),
    ("mm", 0),
    ("g", 16),
    ("kg", 16),
    ("mg", 16),
    ("t", 4),
    ("ton", 4),
    ("l", 0),
    ("kl", 0),
    ("ml", 0),
    ("db", 8),
    ("ppm", 16),
    ("ppb", 0),
    ("kcal", 0),
    ("xlsx", 0),
    ("xlsm", 16),
    ("txt", 0),
    ("pdf", 0),
    ("planbook", 1),
    ("bak", 1),
];

/// The form of a Korean particle that fits the end of `word`. `forms` is `after consonant/after vowel`.
fn josa<'a>(word: &str, forms: &'a str) -> Cow<'a, str> {
    let Some((closed, open)) = forms.split_once('/') else {
        return Cow::Borrowed(forms);
    };
    let coda = coda(word);
    // 으로/로: the vowel form also follows ㄹ.
    let vowel_form = coda == 0 || (coda == 8 && closed.starts_with('으'));
    Cow::Borrowed(if vowel_form { open } else { closed })
}

/// The final consonant of `word` as pronounced, as an offset in a Hangul syllable block: ㄱ is 1, ㄴ 4, ㄹ 8, ㅁ
/// 16, none 0.
fn coda(word: &str) -> u32 {
    let is_sounded = |c: char| {
        c.is_alphanumeric() || matches!(c, '%' | '‰' | '\u{2100}'..='\u{214f}' | '\u{3300}'..='\u{33ff}')
    };
    let word = word.trim_end_matches(|c| !is_sounded(c));
    let token = word.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default().to_lowercase();
    if let Some((_, coda)) = READINGS.iter().find(|(unit, _)| *unit == token) {
        return *coda;
    }
    match word.chars().next_back() {
        Some(c @ '가'..='힣') => (u32::from(c) - 0xAC00) % 28,
        Some('0' | '3' | '6' | '㎏' | '㎎' | '㎍') => 1,
        Some('1' | '7' | '8' | '‰' | '㏈' | 'l' | 'L' | 'r' | 'R') => 8,
        Some('m' | 'M' | 'n' | 'N') => 16,
        _ => 0,
    }
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
    fn the_office_is_sent_to_its_settings_and_a_department_to_the_review_sheet() {
        static CORRECT_OR_WAIVE: Wording =
            Wording { ko: "고치거나 {enter:[labels]}", en: "correct it or {waive}" };
        let message = CORRECT_OR_WAIVE.with([]);
        assert_eq!(message.text(Lang::Ko), "고치거나 planbook.toml의 [labels]에 적으십시오");
        let text = |lang| message.text_for(Reader::Department, lang);
        assert_eq!(text(Lang::Ko), "고치거나 검토의견 시트의 ‘의견’에 적어 주십시오");
        assert_eq!(text(Lang::En), "correct it or choose “disagree” on the review sheet and give the reason");
    }

    #[test]
    fn braces_inside_facts_stay() {
        let message = SUM.with([("kpi", "{found}".into()), ("found", "x".into())]);
        assert_eq!(message.text(Lang::En), "{found} is x");
    }

    #[test]
    fn a_particle_fits_what_units_and_numbers_are_read_as() {
        for (word, expected) in [
            ("km", "km가"),
            ("120 km", "120 km가"),
            ("kg", "kg이"),
            ("㎏", "㎏이"),
            ("㎥", "㎥가"),
            ("ton", "ton이"),
            ("ppm", "ppm이"),
            ("%", "%가"),
            ("명", "명이"),
            ("‘건수’", "‘건수’가"),
            ("`2010`", "`2010`이"),
            ("1,162", "1,162가"),
            ("교통국.xlsx", "교통국.xlsx가"),
        ] {
            assert_eq!(with_particle(word, "이/가"), expected);
        }
        assert_eq!(with_particle("2,011", "으로/로"), "2,011로");
        assert_eq!(with_particle("‰", "으로/로"), "‰로");
    }
}
