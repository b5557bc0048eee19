//! The command line as typed: corrects its form and finds what a mistyped word means.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::ops::RangeInclusive;
use std::path::Path;

use clap::Command;
use planbook::project::files::is_workbook;
use unicode_normalization::UnicodeNormalization;

use super::args;
use super::offer::quoted;

/// The words typed, with the command moved to the front.
#[derive(Debug, Default)]
pub struct Typed {
    words: Vec<OsString>,
    commands: BTreeSet<String>,
    /// The options of all commands, and what value each takes.
    options: BTreeMap<String, OptionValue>,
}

/// The value that follows an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OptionValue {
    None,
    OneOfSome,
    Words,
}

/// How users ask other programs for help.
const HELP: [&str; 4] = ["/?", "-?", "/h", "/help"];

impl Typed {
    /// Normalises `args`, the program's name first, for `command`. The command may come after its folder or
    /// options, and options may begin with any dashes an editor substituted.
    pub fn new(args: &[OsString], command: &Command) -> Self {
        let names = command.get_subcommands().map(|sub| sub.get_name().to_owned());
        let mut typed = Self { words: Vec::new(), commands: names.collect(), options: options(command) };
        let mut is_value = true;
        for word in args {
            let word = if is_value { word.clone() } else { typed.put_right(word) };
            is_value = !is_value && typed.value_of(&word) != OptionValue::None;
            typed.words.push(word);
            if typed.words.last().is_some_and(|word| word == "--") {
                break;
            }
        }
        typed.words.extend(args.iter().skip(typed.words.len()).cloned());
        typed.put_command_first();
        typed
    }

    /// Returns the words, the program's name first.
    pub fn words(&self) -> &[OsString] {
        &self.words
    }

    /// Returns the command, if there is one.
    pub fn command(&self) -> Option<&str> {
        let first = *self.plain().first()?;
        self.words[first].to_str().filter(|word| self.commands.contains(*word))
    }

    /// Returns the position of the first word that is neither an option nor an option's value.
    pub fn first(&self) -> Option<usize> {
        self.plain().first().copied()
    }

    /// Returns the quoted text that `stray` belongs to where quotes were forgotten: `--reason "부서 협의"`, or a
    /// path with blanks.
    pub fn unquoted(&self, stray: &str) -> Option<String> {
        let plain = self.plain();
        let at = plain.iter().copied().find(|at| self.words[*at] == stray)?;
        self.path_around(at, &plain)
            .or_else(|| self.value_around(at, &plain))
            .or_else(|| self.name_around(at, &plain))
    }

    /// Returns the name of a folder to make, or of a workbook that does not exist.
    fn name_around(&self, at: usize, plain: &[usize]) -> Option<String> {
        let is_part = |at: usize| {
            plain.contains(&at)
                && at > 1
                && !Path::new(&self.words[at]).exists()
                && args::code(&self.words[at].to_string_lossy()).is_err()
        };
        let run = run_around(at, is_part);
        let (is_several, name) = (run.start() < run.end(), self.joined(run));
        let is_meant = self.command() == Some("init") || is_workbook(Path::new(&name));
        (is_several && is_meant).then(|| quoted(&name))
    }

    fn path_around(&self, at: usize, plain: &[usize]) -> Option<String> {
        let run = run_around(at, |at| plain.contains(&at) && self.command() != self.words[at].to_str());
        let (first, last) = (*run.start(), *run.end());
        let spans = (first..=at).flat_map(|from| (at..=last).map(move |to| from..=to));
        let paths = spans.filter(|span| span.start() < span.end()).map(|span| self.joined(span));
        paths.into_iter().find(|path| Path::new(path).exists()).map(|path| quoted(&path))
    }

    fn value_around(&self, at: usize, plain: &[usize]) -> Option<String> {
        let is_loose = |at: usize| {
            plain.contains(&at)
                && !Path::new(&self.words[at]).exists()
                && args::code(&self.words[at].to_string_lossy()).is_err()
        };
        let run = run_around(at, is_loose);
        let (before, last) = (run.start().checked_sub(1)?, *run.end());
        let word = self.words[before].to_string_lossy();
        if let Some((option, value)) = word.split_once('=')
            && self.options.get(option) == Some(&OptionValue::Words)
        {
            let rest = self.joined(before + 1..=last);
            return Some(format!("{option} {}", quoted(&format!("{value} {rest}"))));
        }
        let option = self.words.get(before.checked_sub(1)?)?.to_string_lossy();
        let has_words = self.options.get(&*option) == Some(&OptionValue::Words);
        has_words.then(|| format!("{option} {}", quoted(&self.joined(before..=last))))
    }

    /// Returns the words with `dir` replaced by the first of `years`, its subfolders, that is not among them;
    /// where `dir` is not among them either, the year follows the last positional word. `None` where all
    /// years are named.
    pub fn for_year(&self, dir: &Path, years: &[String]) -> Option<Vec<OsString>> {
        let bare = |path: &Path| path.strip_prefix(".").unwrap_or(path).to_path_buf();
        let (dir, plain) = (bare(dir), self.plain());
        let place = |path: &Path| plain.iter().copied().find(|at| bare(self.words[*at].as_ref()) == path);
        let year = years.iter().map(|year| dir.join(year)).find(|year| place(year).is_none())?;
        let mut words = self.words.clone();
        match place(&dir) {
            Some(at) => words[at] = year.into(),
            None => words.insert(plain.last().map_or(words.len(), |at| at + 1), year.into()),
        }
        Some(words)
    }

    fn joined(&self, span: RangeInclusive<usize>) -> String {
        let words: Vec<_> = self.words[span].iter().map(|word| word.to_string_lossy()).collect();
        words.join(" ")
    }

    /// Returns the positions of the words that are neither options nor their values.
    fn plain(&self) -> Vec<usize> {
        let mut plain = Vec::new();
        let mut at = 1;
        while let Some(word) = self.words.get(at) {
            match self.value_of(word) {
                OptionValue::None if word == "--" => break,
                OptionValue::None if !word.to_string_lossy().starts_with('-') => plain.push(at),
                OptionValue::None => {}
                _ => at += 1,
            }
            at += 1;
        }
        plain
    }

    /// Returns what value follows `word`.
    fn value_of(&self, word: &OsStr) -> OptionValue {
        word.to_str().and_then(|word| self.options.get(word)).copied().unwrap_or(OptionValue::None)
    }

    fn put_command_first(&mut self) {
        let plain = self.plain();
        let names = |at: &usize| self.words[*at].to_str().is_some_and(|word| self.commands.contains(word));
        // A later `help` is not the command.
        let at = plain.iter().copied().find(|at| names(at) && self.words[*at] != "help");
        let is_help = plain.first().is_some_and(|first| self.words[*first] == "help");
        if let Some(at) = at.filter(|_| !is_help) {
            let command = self.words.remove(at);
            self.words.insert(1, command);
        }
    }

    /// Corrects `word` where it is meant as an option or a command: `——org`, `-org`, `－o`, `ｃｈｅｃｋ`, `/?`.
    fn put_right(&self, word: &OsStr) -> OsString {
        let Some(text) = word.to_str().filter(|text| !Path::new(text).exists()) else { return word.into() };
        if HELP.contains(&text) {
            return "--help".into();
        }
        let (name, value) = match text.split_once(['=', '＝']) {
            Some((name, value)) => (name, format!("={value}")),
            None => (text, String::new()),
        };
        let name: String = name.nfkc().map(|c| if is_dash(c) { '-' } else { c }).collect();
        if self.commands.contains(&name) && value.is_empty() {
            return name.into();
        }
        let bare = name.trim_start_matches('-');
        let dashes = if bare.chars().count() == 1 { "-" } else { "--" };
        let option = format!("{dashes}{bare}");
        let is_meant = name.starts_with('-') && self.options.contains_key(&option);
        if is_meant { format!("{option}{value}").into() } else { word.into() }
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー')
}

/// Returns the unbroken range of positions around `at` for which `belongs` holds.
fn run_around(at: usize, belongs: impl Fn(usize) -> bool) -> RangeInclusive<usize> {
    let first = (0..=at).rev().take_while(|at| belongs(*at)).last().unwrap_or(at);
    let last = (at..).take_while(|at| belongs(*at)).last().unwrap_or(at);
    first..=last
}

/// Returns the options of all commands.
fn options(command: &Command) -> BTreeMap<String, OptionValue> {
    let args = command.get_subcommands().flat_map(Command::get_arguments).chain(command.get_arguments());
    let mut options = BTreeMap::new();
    for arg in args {
        let value = match arg.get_action().takes_values() {
            false => OptionValue::None,
            true if arg.get_possible_values().is_empty() => OptionValue::Words,
            true => OptionValue::OneOfSome,
        };
        let long = arg.get_long().map(|long| format!("--{long}"));
        let short = arg.get_short().map(|short| format!("-{short}"));
        options.extend(long.into_iter().chain(short).map(|name| (name, value)));
    }
    options
}
