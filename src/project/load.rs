//! Reads planbook.toml and finds everything wrong with it, with line and column.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::config::Config;
use super::fault::Fault;
use super::folder::{FILE_NAME, WORKBOOKS};
use super::{encoding, mistake, resolve};
use crate::finding::Wording;

static OTHER_ENCODING: Wording = Wording {
    ko: "읽을 수 없는 글자가 있습니다. 메모장에서 ‘다른 이름으로 저장’을 골라 인코딩을 UTF-8로 바꾸어 다시 저장하십시오",
    en: "the file has characters that cannot be read; save it again with the encoding UTF-8",
};

/// planbook.toml cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be opened.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// It is not TOML, or a key or value in it is invalid.
    #[error("{path}: {list}", path = path.display(), list = join(faults))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// The errors, in the order of the file; at least one.
        faults: Vec<Fault>,
    },
    /// It is missing, but a file has a similar name or is among the workbooks.
    #[error("{} is not where planbook.toml should be", path.display())]
    Misnamed {
        /// The file.
        path: PathBuf,
    },
}

fn join(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("; ")
}

impl Config {
    /// Reads `dir/planbook.toml`. If there is none, all settings have their defaults.
    ///
    /// # Errors
    /// When the file cannot be opened, has another name or contains an error.
    pub fn load(dir: &Path) -> Result<Self, ConfigError> {
        let path = dir.join(FILE_NAME);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            // The reader of the workbooks reports a missing folder.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return match misnamed(dir) {
                    Some(path) => Err(ConfigError::Misnamed { path }),
                    None => Ok(Self::default()),
                };
            }
            Err(source) => return Err(ConfigError::Io { path, source }),
        };
        let parsed = decoded(&bytes).and_then(|text| Self::parse(&text));
        parsed.map_err(|faults| ConfigError::Invalid { path, faults })
    }

    /// Reads the text of a planbook.toml.
    ///
    /// # Errors
    /// All errors in it, line by line.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let read = resolve::settings(text).filter(|(_, complaints)| complaints.is_empty());
        // A path may have lost letters to backslashes and still parse.
        let is_clear = read.is_some() && !text.contains('\\');
        let faults = if is_clear { Vec::new() } else { mistake::faults(text) };
        match read {
            Some((config, _)) if faults.is_empty() => Ok(config),
            _ => Err(faults),
        }
    }
}

/// A file in `dir` with a similar name, or one among the workbooks: its settings would be ignored.
fn misnamed(dir: &Path) -> Option<PathBuf> {
    let is_meant = |name: &str| {
        let name = name.to_lowercase();
        let Some(rest) = name.strip_prefix("planbook") else { return false };
        let (rest, known) =
            match [".toml.txt", ".toml", ".txt"].into_iter().find_map(|end| rest.strip_suffix(end)) {
                Some(rest) => (rest, true),
                None => (rest, false),
            };
        // `planbook (1)` by a browser, `planbook - 복사본` by the Explorer.
        known && (rest.is_empty() || rest.starts_with([' ', '(', '_', '-']))
    };
    let mut found: Vec<PathBuf> = [dir.to_owned(), dir.join(WORKBOOKS)]
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flat_map(|entries| entries.flatten())
        .filter(|entry| entry.file_name().to_str().is_some_and(is_meant))
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found.into_iter().next()
}

/// The text of a planbook.toml, saved in any encoding.
///
/// # Errors
/// When it contains letters that cannot be decoded.
pub fn decoded(bytes: &[u8]) -> Result<String, Vec<Fault>> {
    encoding::decoded(bytes).map_err(|text| {
        let (line, column) = position(&text, text.find('\u{fffd}').unwrap_or(0));
        let written = text.lines().nth(line - 1).unwrap_or_default().to_owned();
        vec![Fault { line, column, message: OTHER_ENCODING.with([]), written, instead: None }]
    })
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
    use crate::finding::Lang;

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
        assert_eq!(faults("# 설정\nyaer = 2009\n"), ["2:1: unknown key `yaer`; did you mean `year`?"]);
        assert_eq!(faults("[book]\ntitel = \"x\"\n"), ["2:1: unknown key `titel`; did you mean `title`?"]);
        let korean =
            Config::parse("[checks.W101]\n\"마음대로\" = 1\n").unwrap_err()[0].message.text(Lang::Ko);
        assert_eq!(
            korean,
            "없는 항목입니다: `마음대로`. 쓸 수 있는 항목: severity, off, tolerance, except, sum, per"
        );
    }

    #[test]
    fn broken_toml_names_its_line() {
        assert!(faults("city = \"a\"\nyear = = 1\n")[0].starts_with("2:"));
    }

    #[test]
    fn a_korean_key_without_quotes_says_what_to_do() {
        assert_eq!(
            faults("[spellings]\n예산율 = \"예산률\"\n"),
            ["2:1: a name with spaces or Korean letters needs quotes around it"]
        );
    }

    #[test]
    fn a_value_of_the_wrong_kind_names_its_place() {
        assert!(faults("year = \"2009\"\n")[0].starts_with("1:8: wrong kind of value"));
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
    fn a_file_in_another_encoding_is_read_and_what_is_none_says_what_to_do() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE_NAME);
        fs::write(&path, b"# ok\ncity = \"\xbc\xad\xbf\xef\"\n").unwrap();
        assert_eq!(Config::load(dir.path()).unwrap().city.as_deref(), Some("\u{c11c}\u{c6b8}"));
        fs::write(&path, b"# ok\ncity = \"\xff\xff\"\n").unwrap();
        let error = Config::load(dir.path()).unwrap_err().to_string();
        assert!(error.contains("2:9: the file has characters that cannot be read"), "{error}");
    }

    #[test]
    fn a_file_of_settings_under_another_name_is_not_passed_over() {
        for name in [
            "planbook.toml.txt",
            "Planbook.toml",
            "planbook (1).toml",
            "planbook - 복사본.toml",
            "workbooks/planbook.toml",
        ] {
            let dir = tempfile::tempdir().unwrap();
            fs::create_dir(dir.path().join(WORKBOOKS)).unwrap();
            fs::write(dir.path().join(name), "year = 2026\n").unwrap();
            let loaded = Config::load(dir.path());
            // A case-insensitive file system finds the file.
            let right = matches!(&loaded, Err(ConfigError::Misnamed { path }) if path.ends_with(name));
            assert!(right || loaded.is_ok_and(|config| config.year == Some(2026)), "{name}");
            fs::write(dir.path().join(FILE_NAME), "year = 2027\n").unwrap();
            assert!(Config::load(dir.path()).is_ok());
        }
    }

    #[test]
    fn a_byte_order_mark_does_no_harm() {
        assert_eq!(Config::parse("\u{feff}year = 2010\n").unwrap().year, Some(2010));
    }

    #[test]
    fn letters_that_no_workbook_holds_do_not_come_in_by_the_settings() {
        for written in ["서울\u{fffe}시", "서울\\uFFFF시", "서울_xFFFE_시"] {
            let config =
                Config::parse(&format!("city = \"{written}\"\nspellings = {{ \"{written}\" = \"가\" }}"))
                    .unwrap();
            assert_eq!(config.city.as_deref(), Some("서울시"), "{written}");
            assert!(config.spellings.contains_key("서울시"), "{written}");
        }
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
        assert_eq!(places, ["1:8", "3:9", "7:12", "11:10", "14:13", "15:19", "15:24"], "{faults:#?}");
    }

    #[test]
    fn the_commented_file_of_init_changes_nothing_and_each_of_its_examples_is_valid() {
        let template = include_str!("../../templates/planbook.toml");
        assert_eq!(Config::parse(template).unwrap(), Config::default());
        // "#key = …" is an example, "# words" is prose.
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
