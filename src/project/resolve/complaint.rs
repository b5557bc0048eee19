//! Complaints about names and values of a planbook.toml whose syntax is right.

use std::ops::Range;

use crate::finding::{Message, Wording};
use crate::project::near::near;

static UNKNOWN_KEY: Wording = Wording {
    ko: "없는 항목입니다: `{key}`. 쓸 수 있는 항목: {keys}",
    en: "unknown key `{key}`; expected one of: {keys}",
};
static UNKNOWN_KEY_NEAR: Wording = Wording {
    ko: "없는 항목입니다: `{key}`. 혹시 `{near}` 항목입니까?",
    en: "unknown key `{key}`; did you mean `{near}`?",
};
static MISSING_KEY: Wording =
    Wording { ko: "`{key}` 항목이 빠졌습니다", en: "the key `{key}` is missing" };
static UNKNOWN_VALUE: Wording = Wording {
    ko: "쓸 수 없는 값입니다: `{value}`. 쓸 수 있는 값: {values}",
    en: "unknown value `{value}`; expected one of: {values}",
};
static UNKNOWN_VALUE_NEAR: Wording = Wording {
    ko: "쓸 수 없는 값입니다: `{value}`. 혹시 `{near}`입니까?",
    en: "unknown value `{value}`; did you mean `{near}`?",
};
static WANTS_NUMBER: Wording = Wording {
    ko: "값의 종류가 맞지 않습니다. 따옴표 없이 숫자를 적으십시오 (예: 2026)",
    en: "wrong kind of value: write a number, without quotes (as in 2026)",
};
static WANTS_TEXT: Wording = Wording {
    ko: "값의 종류가 맞지 않습니다. 큰따옴표로 묶은 글을 적으십시오 (예: \"한빛시\")",
    en: "wrong kind of value: write text in quotes (as in \"한빛시\")",
};
static WANTS_SWITCH: Wording = Wording {
    ko: "값의 종류가 맞지 않습니다. 따옴표 없이 true나 false를 적으십시오",
    en: "wrong kind of value: write true or false, without quotes",
};
static WANTS_LIST: Wording = Wording {
    ko: "값의 종류가 맞지 않습니다. 대괄호로 묶은 목록을 적으십시오 (예: [\"가\", \"나\"])",
    en: "wrong kind of value: write a list in brackets (as in [\"a\", \"b\"])",
};
static WANTS_TABLE: Wording = Wording {
    ko: "값의 종류가 맞지 않습니다. `이름 = 값`으로 된 줄들이 올 곳입니다",
    en: "wrong kind of value: lines of the form `name = value` belong here",
};

/// An invalid name or value.
#[derive(Debug)]
pub(in crate::project) struct Complaint {
    /// The bytes it is about.
    pub span: Range<usize>,
    pub message: Message,
    pub cause: Cause,
}

/// The kind of mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::project) enum Cause {
    /// The name is none of these known ones.
    Name(Vec<&'static str>),
    /// A value of this kind is expected.
    SettingKind(SettingKind),
    /// The value is none of the allowed ones.
    Value,
    /// A required setting is missing.
    Missing,
}

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::project) enum SettingKind {
    Text,
    Number,
    Switch,
    List,
    Table,
}

impl Cause {
    /// Whether both are the same kind of mistake.
    pub fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl SettingKind {
    pub(super) fn wanted(self) -> Message {
        let wording = match self {
            Self::Text => &WANTS_TEXT,
            Self::Number => &WANTS_NUMBER,
            Self::Switch => &WANTS_SWITCH,
            Self::List => &WANTS_LIST,
            Self::Table => &WANTS_TABLE,
        };
        wording.with([])
    }
}

impl Complaint {
    /// What is probably meant instead.
    pub fn near(&self) -> Option<&str> {
        self.message.args.iter().find(|(name, _)| *name == "near").map(|(_, near)| near.as_str())
    }
}

/// The message that `key` is none of `known`, with the name that is probably meant.
pub(in crate::project) fn unknown_key(key: &str, known: &[&str]) -> Message {
    match near(key, known) {
        Some(near) => near_key(key, near),
        None => no_key(key, known),
    }
}

/// The message that `key` does not exist, with the names that do.
pub(in crate::project) fn no_key(key: &str, known: &[&str]) -> Message {
    UNKNOWN_KEY.with([("key", key.to_owned()), ("keys", known.join(", "))])
}

/// The message that `key` does not exist and `near` is meant.
pub(in crate::project) fn near_key(key: &str, near: &str) -> Message {
    UNKNOWN_KEY_NEAR.with([("key", key.to_owned()), ("near", near.to_owned())])
}

pub(super) fn missing_key(key: &str) -> Message {
    MISSING_KEY.with([("key", key.to_owned())])
}

pub(super) fn unknown_value(value: &str, known: &[&str]) -> Message {
    let value_is = ("value", value.to_owned());
    match near(value, known) {
        Some(near) => UNKNOWN_VALUE_NEAR.with([value_is, ("near", near.to_owned())]),
        None => UNKNOWN_VALUE.with([value_is, ("values", known.join(", "))]),
    }
}
