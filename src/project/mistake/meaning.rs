//! Mending names and values of a file whose form is right.

use std::ops::Range;

use toml::de::DeTable;

use super::scan::{is_blank, is_quote, quoted};
use super::value::{is_path, number, switch};
use super::{Desk, MOST, form, office, words};
use crate::finding::{Message, Wording};
use crate::project::config::Config;
use crate::project::load::{locate, nearest};

pub(super) static UNKNOWN_KEY: Wording = Wording {
    ko: "없는 항목입니다: `{key}`. 쓸 수 있는 항목: {keys}",
    en: "there is no key `{key}`; known here: {keys}",
};
pub(super) static UNKNOWN_KEY_NEAR: Wording = Wording {
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

/// Settings that stand above all headings.
pub(super) const OF_THE_WHOLE: [&str; 4] = ["city", "year", "roster", "lower_is_better"];

/// The first name or value that makes no sense in `text`, whose form is right: where, and what serde says.
pub(super) fn trouble(text: &str) -> Option<(Range<usize>, String)> {
    let error = toml::from_str::<Config>(text).err()?;
    Some((error.span().unwrap_or(0..0), error.message().to_owned()))
}

/// Whether a line makes sense below its heading.
pub(super) fn makes_sense(heading: Option<&str>, line: &str) -> bool {
    let text =
        format!("{}\n{line}\n", heading.filter(|_| !line.trim_start().starts_with('[')).unwrap_or_default());
    match toml::from_str::<Config>(&text) {
        Ok(config) => config.complaints().is_empty(),
        Err(error) => error.message().starts_with("missing field"),
    }
}

/// The names that may stand below a heading; none where any may.
pub(super) fn known(heading: Option<&str>) -> Vec<String> {
    const NONE: &str = "no-such-name";
    let text = format!("{}\n{NONE} = 1\n", heading.unwrap_or_default());
    let Err(error) = toml::from_str::<Config>(&text) else { return Vec::new() };
    if !error.message().starts_with("unknown field") {
        return Vec::new();
    }
    error.message().split('`').skip(1).step_by(2).skip(1).map(str::to_owned).collect()
}

/// Puts what serde says about a key or a value into our words. Serde names the culprit first and then what it
/// knows, each in backticks; a message of another form is passed on as it is.
pub(super) fn explain(message: &str) -> Message {
    let mut quoted = message.split('`').skip(1).step_by(2);
    match quoted.next() {
        Some(key) if message.starts_with("unknown field") => {
            let known: Vec<&str> = quoted.collect();
            match near(key, &known) {
                Some(near) => UNKNOWN_KEY_NEAR.with([("key", key.to_owned()), ("near", near.to_owned())]),
                None => UNKNOWN_KEY.with([("key", key.to_owned()), ("keys", known.join(", "))]),
            }
        }
        Some(key) if message.starts_with("missing field") => MISSING_KEY.with([("key", key.to_owned())]),
        Some(value) if message.starts_with("unknown variant") => {
            let known: Vec<&str> = quoted.collect();
            let value_is = ("value", value.to_owned());
            match near(value, &known) {
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

/// The one of `known` that is meant: what an office calls it, or what it is a slip for.
fn near<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    office::meant(word, known).or_else(|| nearest(&word.trim().to_lowercase(), known.iter().copied()))
}

/// What should stand where serde expected another type: `invalid type: string "2026", expected i32`.
fn wanted(message: &str) -> Option<&'static Wording> {
    let rest = message.strip_prefix("invalid type").or_else(|| message.strip_prefix("invalid value"))?;
    let (_, wanted) = rest.rsplit_once("expected ")?;
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

impl Desk {
    /// Mends names and kinds of values. Tells whether all is known in the end.
    pub(super) fn mend_meaning(&mut self) -> bool {
        for _ in 0..MOST {
            let text = self.text();
            let Some((span, message)) = trouble(&text) else { return true };
            if message.starts_with("missing field") && !self.unmended.is_empty() {
                return false;
            }
            self.mend_headings(usize::MAX);
            if self.text() != text && form::trouble(&self.text()).is_none() {
                continue;
            }
            let (index, column) = self.place(&text, span.start);
            let misplaced = self.misplaced(index, &message);
            self.tell(index, column, misplaced.clone().unwrap_or_else(|| explain(&message)));
            if misplaced.is_none() && self.replace(index, &text, &span, &proposals(&text, &span, &message)) {
                continue;
            }
            let mut lines = self.lines_of(&text, &span);
            if self.lines.get(index).is_some_and(|line| line.trim_start().starts_with('[')) {
                lines.end = self.end_of_table(index);
            }
            self.leave_out(lines);
            if form::trouble(&self.text()).is_some() {
                return false;
            }
        }
        false
    }

    /// Says so of a setting of the whole that stands below a heading.
    fn misplaced(&self, index: usize, message: &str) -> Option<Message> {
        self.heading_of(index)?;
        let line = self.lines.get(index)?.trim_start();
        let (name, _) = line.split_once('=')?;
        let name = name.trim().trim_matches('"');
        let unknown = message.starts_with("unknown field") || message.starts_with("invalid type");
        (unknown && OF_THE_WHOLE.contains(&name)).then(|| words::MISPLACED.with([("key", name.to_owned())]))
    }

    /// Puts the first of `proposals` in place of `span` with which the trouble on line `index` is gone.
    fn replace(&mut self, index: usize, text: &str, span: &Range<usize>, proposals: &[String]) -> bool {
        let begin: usize = self.lines[..index].iter().map(|line| line.len() + 1).sum();
        let Some(line) = self.lines.get(index) else { return false };
        let (Some(from), Some(to)) = (span.start.checked_sub(begin), span.end.checked_sub(begin)) else {
            return false;
        };
        let (Some(before), Some(after)) = (line.get(..from), line.get(to..)) else { return false };
        let found = proposals.iter().map(|proposal| format!("{before}{proposal}{after}")).find(|line| {
            let mended = self.text_with(index, line);
            form::trouble(&mended).is_none() && is_further(&mended, text, begin..begin + line.len())
        });
        let Some(line) = found else { return false };
        self.lines[index] = line;
        true
    }

    /// Tells of values that make no sense although their kind is right, and mends what has a name near them.
    pub(super) fn mend_values(&mut self) {
        self.mend_paths();
        let text = self.text();
        let Ok(table) = DeTable::parse(&text) else { return };
        let Ok(config) = toml::from_str::<Config>(&text) else { return };
        for complaint in config.complaints() {
            let (key, content, exact) = locate(table.get_ref(), &complaint.at);
            let span = if complaint.is_of_key() || !exact { key } else { content };
            let message = complaint.message;
            let (index, column) = self.place(&text, span.start);
            // What was left out cannot be missed.
            if !exact && !self.unmended.is_empty() {
                continue;
            }
            self.tell(index, column, message.clone());
            let value =
                message.args.iter().find(|(name, _)| *name == "value").map(|(_, value)| value.clone());
            let near = message.args.iter().find(|(name, _)| *name == "near").map(|(_, near)| near.clone());
            if let Some(value) = value {
                self.mend_value(index, &value, near.as_deref());
            }
        }
    }

    /// Writes for `value` on line `index` what is probably meant, where the complaint goes by that.
    fn mend_value(&mut self, index: usize, value: &str, near: Option<&str>) {
        let Some(line) =
            self.lines.get(index).filter(|line| line.matches(value).count() == 1 && !value.is_empty())
        else {
            return;
        };
        let known = ["error", "warning", "info"];
        let proposals = near
            .map(str::to_owned)
            .into_iter()
            .chain([format!("#{}", value.trim_start_matches('#').trim())])
            .chain(self::near(value, &known).map(str::to_owned))
            .chain(super::value::number(value));
        let count = |text: &str| {
            toml::from_str::<Config>(text).map_or(usize::MAX, |config| super::complaints(&config).len())
        };
        let now = count(&self.text());
        let found = proposals.map(|proposal| line.replacen(value, &proposal, 1)).find(|line| {
            let text = self.text_with(index, line);
            count(&text) < now
        });
        if let Some(line) = found {
            self.lines[index] = line;
        }
    }

    /// Finds paths that lost letters to backslashes without the parser minding.
    pub(super) fn mend_paths(&mut self) {
        for index in 0..self.lines.len() {
            let line = self.lines[index].clone();
            if line.trim_start().starts_with('#') || !line.contains('\\') {
                continue;
            }
            let Some((before, raw)) = line.split_once('"').and_then(|(before, rest)| {
                let raw = rest.split('"').next()?;
                Some((before, format!("\"{raw}\"")))
            }) else {
                continue;
            };
            if !is_path(&raw) {
                continue;
            }
            let mended = line.replacen(&raw, &quoted(raw.trim_matches('"')), 1);
            if mended != line && form::trouble(&self.text_with(index, &mended)).is_none() {
                let column = before.chars().count() + raw.chars().position(|c| c == '\\').unwrap_or(0);
                self.tell(index, column, words::BACKSLASH.with([]));
                self.lines[index] = mended;
            }
        }
    }
}

/// Whether nothing on the line of bytes `line` of `mended` is in the way any more that was in `text`.
fn is_further(mended: &str, text: &str, line: Range<usize>) -> bool {
    let Some((span, message)) = trouble(mended) else { return true };
    let before = trouble(text);
    !(line.contains(&span.start) || before.is_some_and(|(_, old)| old == message))
        || message.starts_with("missing field")
}

/// What may be meant instead of what stands at `span`.
fn proposals(text: &str, span: &Range<usize>, message: &str) -> Vec<String> {
    let Some(raw) = text.get(span.clone()) else { return Vec::new() };
    let bare = raw.trim_matches(|c: char| is_quote(c) || is_blank(c));
    let told = explain(message);
    if let Some((_, near)) = told.args.iter().find(|(name, _)| *name == "near") {
        return vec![if is_quote(raw.chars().next().unwrap_or(' ')) {
            format!("\"{near}\"")
        } else {
            near.clone()
        }];
    }
    let wants = |wording: &Wording| told.wording == wording;
    let mut proposals = Vec::new();
    if wants(&WANTS_NUMBER) {
        proposals.extend(number(bare));
        proposals.extend(number(bare).and_then(|number| Some(number.split_once('.')?.0.to_owned())));
    }
    if wants(&WANTS_SWITCH) {
        proposals.extend(switch(bare).map(str::to_owned));
        proposals.extend(match bare {
            "1" => Some("true".to_owned()),
            "0" => Some("false".to_owned()),
            _ => None,
        });
    }
    if wants(&WANTS_TEXT) {
        proposals.push(quoted(bare));
    }
    if wants(&WANTS_LIST) {
        proposals.push(format!("[{}]", if bare == raw { quoted(raw) } else { raw.to_owned() }));
        proposals.push(format!("[{raw}]"));
    }
    proposals
}
