//! Reading planbook.toml: everything that is wrong with it, with line and column.

use std::fmt;
use std::path::{Path, PathBuf};
use std::{fs, io};

use toml::de::{DeTable, DeValue};

use super::config::Config;
use super::letters::cleaned;
use super::validate::Complaint;
use crate::finding::{Lang, Message, Wording};

/// The name of the file of settings in a plan-year folder.
pub const FILE_NAME: &str = "planbook.toml";

static NOT_UTF8: Wording = Wording {
    ko: "UTF-8로 저장되어 있지 않습니다. 편집기에서 인코딩을 UTF-8로 바꾸어 다시 저장하십시오",
    en: "the file is not UTF-8; save it again with the encoding UTF-8",
};
static UNKNOWN_KEY: Wording = Wording {
    ko: "없는 항목입니다: `{key}`. 쓸 수 있는 항목: {keys}",
    en: "there is no key `{key}`; known here: {keys}",
};
static UNKNOWN_KEY_NEAR: Wording = Wording {
    ko: "없는 항목입니다: `{key}`. 혹시 `{near}` 항목입니까?",
    en: "there is no key `{key}`; did you mean `{near}`?",
};
static MISSING_KEY: Wording =
    Wording { ko: "`{key}` 항목이 빠졌습니다", en: "the key `{key}` is missing" };
static WRONG_TYPE: Wording = Wording {
    ko: "값의 종류가 맞지 않습니다: {detail}",
    en: "a value of the wrong kind: {detail}",
};
static UNKNOWN_VALUE: Wording = Wording {
    ko: "쓸 수 없는 값입니다: `{value}`. 쓸 수 있는 값: {values}",
    en: "there is no value `{value}`; known here: {values}",
};
static UNKNOWN_VALUE_NEAR: Wording = Wording {
    ko: "쓸 수 없는 값입니다: `{value}`. 혹시 `{near}`입니까?",
    en: "there is no value `{value}`; did you mean `{near}`?",
};
static WANTS_NUMBER: Wording = Wording {
    ko: "값의 종류가 맞지 않습니다. 따옴표 없이 숫자를 적으십시오 (예: 2026)",
    en: "a value of the wrong kind: write a number, without quotes (as in 2026)",
};
static WANTS_TEXT: Wording = Wording {
    ko: "값의 종류가 맞지 않습니다. 큰따옴표로 묶은 글을 적으십시오 (예: \"한빛시\")",
    en: "a value of the wrong kind: write text in quotes (as in \"한빛시\")",
};
static WANTS_SWITCH: Wording = Wording {
    ko: "값의 종류가 맞지 않습니다. 따옴표 없이 true나 false를 적으십시오",
    en: "a value of the wrong kind: write true or false, without quotes",
};
static WANTS_LIST: Wording = Wording {
    ko: "값의 종류가 맞지 않습니다. 대괄호로 묶은 목록을 적으십시오 (예: [\"가\", \"나\"])",
    en: "a value of the wrong kind: write a list in brackets (as in [\"a\", \"b\"])",
};
static WANTS_TABLE: Wording = Wording {
    ko: "값의 종류가 맞지 않습니다. `이름 = 값`으로 된 줄들이 올 곳입니다",
    en: "a value of the wrong kind: lines of the form `name = value` belong here",
};
static BAD_TOML: Wording = Wording {
    ko: "파일의 형식이 어긋났습니다: {detail}",
    en: "the file is not written as TOML: {detail}",
};

static BARE_KEY: Wording = Wording {
    ko: "이름을 큰따옴표로 묶어야 합니다 (예: \"예산집행률\")",
    en: "a name with such letters needs quotes around it (as in \"예산집행률\")",
};

/// Something wrong with planbook.toml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what would be right.
    pub message: Message,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message.text(Lang::En))
    }
}

/// planbook.toml cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be opened.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is no TOML, or a key or value in it makes no sense.
    #[error("{path}: {list}", path = path.display(), list = join(faults))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong, in the order of the file; at least one.
        faults: Vec<Fault>,
    },
}

fn join(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("; ")
}

impl Config {
    /// Reads `dir/planbook.toml`. Where there is none, everything has its default.
    ///
    /// # Errors
    /// When the file cannot be opened or anything in it makes no sense.
    pub fn load(dir: &Path) -> Result<Self, ConfigError> {
        let path = dir.join(FILE_NAME);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            // That the folder itself is none is for the reader of the workbooks to say.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(Self::default());
            }
            Err(source) => return Err(ConfigError::Io { path, source }),
        };
        let parsed = match std::str::from_utf8(&bytes) {
            Ok(text) => Self::parse(text),
            Err(error) => {
                let (line, column) = position(&String::from_utf8_lossy(&bytes), error.valid_up_to());
                Err(vec![Fault { line, column, message: NOT_UTF8.with([]) }])
            }
        };
        parsed.map_err(|faults| ConfigError::Invalid { path, faults })
    }

    /// Reads the text of a planbook.toml.
    ///
    /// # Errors
    /// What is wrong with it: the first trouble of form, or else all values that make no sense.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let fault = |offset: usize, message: Message| {
            let (line, column) = position(text, offset);
            Fault { line, column, message }
        };
        let table = DeTable::parse(text)
            .map_err(|error| vec![fault(start(&error), explain_form(error.message()))])?;
        let config: Result<Self, _> = match cleaned(text) {
            Some(table) => table.try_into(),
            None => toml::from_str(text),
        };
        let config = config.map_err(|error| vec![fault(start(&error), explain(error.message()))])?;
        let complaints = config.complaints();
        if complaints.is_empty() {
            return Ok(config);
        }
        let mut faults: Vec<Fault> = complaints
            .into_iter()
            .map(|Complaint { at, message }| fault(locate(table.get_ref(), &at), message))
            .collect();
        faults.sort_by_key(|fault| (fault.line, fault.column));
        Err(faults)
    }
}

fn start(error: &toml::de::Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

/// Puts what the parser says into our words where it is the trouble most likely here: Korean keys need quotes.
fn explain_form(message: &str) -> Message {
    if message.starts_with("invalid unquoted key") {
        return BARE_KEY.with([]);
    }
    BAD_TOML.with([("detail", message.to_owned())])
}

/// Puts what serde says about a key or a value into our words. Serde names the culprit first and then what it
/// knows, each in backticks; a message of another form is passed on as it is.
fn explain(message: &str) -> Message {
    let mut quoted = message.split('`').skip(1).step_by(2);
    match quoted.next() {
        Some(key) if message.starts_with("unknown field") => {
            let known: Vec<&str> = quoted.collect();
            match nearest(key, known.iter().copied()) {
                Some(near) => UNKNOWN_KEY_NEAR.with([("key", key.to_owned()), ("near", near.to_owned())]),
                None => UNKNOWN_KEY.with([("key", key.to_owned()), ("keys", known.join(", "))]),
            }
        }
        Some(key) if message.starts_with("missing field") => MISSING_KEY.with([("key", key.to_owned())]),
        Some(value) if message.starts_with("unknown variant") => {
            let known: Vec<&str> = quoted.collect();
            let value_is = ("value", value.to_owned());
            match nearest(value, known.iter().copied()) {
                Some(near) => UNKNOWN_VALUE_NEAR.with([value_is, ("near", near.to_owned())]),
                None => UNKNOWN_VALUE.with([value_is, ("values", known.join(", "))]),
            }
        }
        _ => match wanted(message) {
            Some(wanted) => wanted.with([]),
            None => WRONG_TYPE.with([("detail", message.to_owned())]),
        },
    }
}

/// What should stand where serde expected another type: `invalid type: string "2026", expected i32`.
fn wanted(message: &str) -> Option<&'static Wording> {
    let (_, wanted) = message.strip_prefix("invalid type")?.rsplit_once("expected ")?;
    Some(match wanted.trim() {
        "a string" => &WANTS_TEXT,
        "a boolean" => &WANTS_SWITCH,
        "a sequence" => &WANTS_LIST,
        "a map" => &WANTS_TABLE,
        "i32" | "u32" | "u64" | "f64" => &WANTS_NUMBER,
        _ if wanted.starts_with("struct ") => &WANTS_TABLE,
        _ => return None,
    })
}

/// The one of `known` that `word` is probably a slip for.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance * 3 <= candidate.chars().count().max(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Where the key or list entry that `path` leads to begins; the nearest one above it where it is not written.
fn locate(table: &DeTable<'_>, path: &[String]) -> usize {
    let mut offset = 0;
    let mut table = Some(table);
    let mut list = None;
    for step in path {
        let value: &DeValue<'_> = if let Some(here) = table {
            let Some((key, value)) = here.iter().find(|(key, _)| *key.get_ref() == step.as_str()) else {
                break;
            };
            offset = key.span().start;
            value.get_ref()
        } else {
            let entry =
                list.zip(step.parse().ok()).and_then(|(list, index): (&DeValue<'_>, usize)| list.get(index));
            let Some(entry) = entry else { break };
            offset = entry.span().start;
            entry.get_ref()
        };
        table = value.as_table();
        list = Some(value);
    }
    offset
}

/// Line and column, both from 1, of a byte offset.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        Config::parse(text).unwrap_err().iter().map(Fault::to_string).collect()
    }

    #[test]
    fn a_missing_file_gives_the_defaults() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Config::load(dir.path()).unwrap(), Config::default());
    }

    #[test]
    fn an_unknown_key_is_named_with_line_column_and_the_near_one() {
        assert_eq!(faults("# 설정\nyaer = 2009\n"), ["2:1: there is no key `yaer`; did you mean `year`?"]);
        assert_eq!(
            faults("[book]\ntitel = \"x\"\n"),
            ["2:1: there is no key `titel`; did you mean `title`?"]
        );
        let korean = Config::parse("[checks.W101]\n\"허용\" = 1\n").unwrap_err()[0].message.text(Lang::Ko);
        assert_eq!(korean, "없는 항목입니다: `허용`. 쓸 수 있는 항목: severity, off, tolerance, except");
    }

    #[test]
    fn broken_toml_names_its_line() {
        assert!(faults("city = \"a\"\nyear = = 1\n")[0].starts_with("2:"));
    }

    #[test]
    fn a_korean_key_without_quotes_says_what_to_do() {
        assert_eq!(
            faults("[spellings]\n예산율 = \"예산률\"\n"),
            ["2:1: a name with such letters needs quotes around it (as in \"예산집행률\")"]
        );
    }

    #[test]
    fn a_value_of_the_wrong_kind_names_its_place() {
        assert!(faults("year = \"2009\"\n")[0].starts_with("1:8: a value of the wrong kind"));
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_told_in_korean() {
        for text in [
            "year = \"2009\"",
            "city = 1",
            "roster = \"가\"",
            "book = 1",
            "[checks.W101]\noff = \"x\"",
            "[common.\"가\"]\nrollup = \"x\"",
        ] {
            let message = Config::parse(text).unwrap_err()[0].message.text(Lang::Ko);
            assert!(!message.contains("invalid") && !message.contains("expected"), "{message}");
            assert!(!message.contains("variant"), "{message}");
        }
    }

    #[test]
    fn a_file_in_another_encoding_says_what_to_do() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(FILE_NAME), b"# ok\ncity = \"\xbc\xad\xbf\xef\"\n").unwrap();
        let error = Config::load(dir.path()).unwrap_err().to_string();
        assert!(error.contains("2:9: the file is not UTF-8"), "{error}");
    }

    #[test]
    fn a_byte_order_mark_does_no_harm() {
        assert_eq!(Config::parse("\u{feff}year = 2010\n").unwrap().year, Some(2010));
    }

    #[test]
    fn all_values_that_make_no_sense_are_told_at_once_where_they_stand() {
        let text = "\
year = 20009

[checks.W999]
off = true

[checks.W101]
severity = \"fatal\"

[[waive]]
id = \"W101-0123456789\"
reason = \"\"

[[labels.fixed]]
first_row = 0
columns = { kpi = \"7\", gaol = \"B\" }
";
        let faults = faults(text);
        let places: Vec<&str> = faults.iter().map(|f| f.split(": ").next().unwrap()).collect();
        assert_eq!(places, ["1:1", "3:9", "7:1", "11:1", "14:1", "15:13", "15:24"], "{faults:#?}");
    }

    #[test]
    fn the_commented_file_of_init_changes_nothing_and_each_of_its_examples_is_valid() {
        let template = include_str!("../../templates/planbook.toml");
        assert_eq!(Config::parse(template).unwrap(), Config::default());
        // "#key = …" is an example, "# words" are words.
        let examples: String = template
            .lines()
            .map(|line| {
                line.strip_prefix('#')
                    .filter(|rest| !rest.starts_with([' ', '#']) || rest.starts_with("    {"))
                    .unwrap_or(line)
            })
            .flat_map(|line| [line, "\n"])
            .collect();
        let config = Config::parse(&examples).unwrap();
        assert!(config.city.is_some() && config.year.is_some() && !config.labels.fixed.is_empty());
    }
}
