//! Arguments that several commands share.

use std::path::PathBuf;

use clap::{ArgAction, Args, ColorChoice, ValueEnum};
use planbook::finding::{Code, Lang, UnknownCode};
use planbook::project::files::OUTPUT;
use unicode_normalization::UnicodeNormalization;

/// Options of every command.
#[derive(Debug, Args)]
pub struct GlobalArgs {
    /// See `help`.
    #[arg(
        long,
        short,
        global = true,
        help_heading = super::localise::GLOBAL,
        help = "결과와 오류만 보여 줍니다 | Show only results and errors"
    )]
    pub quiet: bool,
    /// See `help`.
    #[arg(
        long,
        short,
        global = true,
        conflicts_with = "quiet",
        help_heading = super::localise::GLOBAL,
        help = "하는 일을 자세히 알려 줍니다 | Show more detail"
    )]
    pub verbose: bool,
    /// See `help`.
    #[arg(
        long,
        global = true,
        value_name = "때 | WHEN",
        value_enum,
        ignore_case = true,
        default_value_t,
        help_heading = super::localise::GLOBAL,
        help = "색을 쓸 때: auto 화면일 때만(기본값), always 언제나, never 쓰지 않음 | Colours: auto (default), always, never"
    )]
    pub color: Color,
    /// See `help`. Resolved before parsing, because the help itself depends on it.
    #[arg(
        long,
        global = true,
        value_name = "언어 | LANG",
        value_enum,
        ignore_case = true,
        help_heading = super::localise::GLOBAL,
        help = "언어: ko 한국어, en 영어 (기본값은 컴퓨터의 설정) | Language: ko, en (default: from the environment)"
    )]
    pub lang: Option<Language>,
    /// See `help`.
    #[arg(
        long,
        short = 'V',
        action = ArgAction::Version,
        help_heading = super::localise::GLOBAL,
        help = "버전을 보여 줍니다 | Print the version"
    )]
    version: Option<bool>,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl From<Color> for ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
    }
}

/// The language as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    Ko,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Ko => Lang::Ko,
            Language::En => Lang::En,
        }
    }
}

/// Returns `text` trimmed; fails if nothing is left.
pub fn text(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("there is nothing".to_owned()) } else { Ok(text.to_owned()) }
}

/// Parses a year: `2027`, `2027년`, `２０２７`.
pub fn year(text: &str) -> Result<i32, String> {
    let text: String = text.nfkc().collect();
    let bare = text.trim().trim_end_matches('도').trim_end_matches('년').trim_end();
    let is_year = bare.len() == 4 && bare.bytes().all(|c| c.is_ascii_digit());
    bare.parse().ok().filter(|_| is_year).ok_or_else(|| "a year has four digits".to_owned())
}

/// Returns the entries of a list separated by commas, semicolons or blanks.
pub fn listed(words: &str) -> impl Iterator<Item = &str> {
    words
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';'))
        .filter(|word| !word.is_empty())
}

/// Returns the check that `word` names, by its code or by the id of one of its findings.
pub fn code(word: &str) -> Result<Code, UnknownCode> {
    let is_id = |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_hexdigit());
    let half: String = word.nfkc().collect();
    let code = half.split_once('-').filter(|(_, id)| is_id(id)).map_or(&*half, |(code, _)| code);
    code.parse().map_err(|_| UnknownCode(word.to_owned()))
}

/// The plan-year folder.
#[derive(Debug, Args)]
pub struct FolderArg {
    /// See `help`.
    #[arg(
        value_name = "폴더 | DIR",
        default_value = ".",
        help = "한 해 계획의 폴더 (기본값: 지금 폴더). 통합 문서는 그 안의 workbooks 폴더에 둡니다 | The plan-year folder (default: the current one), with the workbooks in its folder `workbooks`"
    )]
    pub dir: PathBuf,
}

/// Where outputs go.
#[derive(Debug, Args)]
pub struct OutArg {
    /// See `help`.
    #[arg(
        long = "out",
        short,
        value_name = "폴더 | OUT",
        default_value = OUTPUT,
        help = "결과를 저장할 폴더 (기본값: output) | Where to put the outputs (default: output)"
    )]
    pub out: PathBuf,
}

/// Where to look for fonts.
#[derive(Debug, Args)]
pub struct FontsArg {
    /// See `help`.
    #[arg(
        id = "fonts",
        long,
        value_name = "폴더 | DIR",
        help = "글꼴을 더 찾아볼 폴더 | A folder with more fonts"
    )]
    pub dir: Option<PathBuf>,
}

/// What the book is about.
#[derive(Debug, Default, Args)]
pub struct ScopeArgs {
    /// See `help`.
    #[arg(
        long,
        value_name = "조직 | NAME",
        value_parser = text,
        help = "이 조직과 그 아래 조직의 계획만 담습니다: book-조직.pdf | Only this organisation and those below it: book-NAME.pdf"
    )]
    pub org: Option<String>,
    /// See `help`.
    #[arg(
        long,
        requires = "org",
        help = "`--org`로 정한 조직의 계획 하나만 담습니다: plan-조직.pdf | Only the plan of the organisation given with `--org`: plan-NAME.pdf"
    )]
    pub only: bool,
}

/// The form of what is printed: for people, or for other programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    #[default]
    Text,
    Json,
}
