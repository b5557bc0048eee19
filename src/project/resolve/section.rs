//! Reads typed values from a table of planbook.toml. A value that cannot be read becomes a complaint with
//! its position, and the default stays: so one pass finds all complaints of a file.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::complaint::{Cause, Complaint, SettingKind, missing_key, unknown_key, unknown_value};
use crate::finding::{Message, Wording};
use crate::source::writable;

type TableEntry<'a> = (&'a Spanned<DeString<'a>>, &'a Spanned<DeValue<'a>>);

/// A table whose settings are being read.
pub(super) struct Section<'a> {
    table: &'a DeTable<'a>,
    /// Its position in the text.
    span: Range<usize>,
    /// The names of its settings.
    known: Vec<&'static str>,
    /// Alternative names under which a setting was found.
    also: Vec<&'static str>,
    complaints: &'a mut Vec<Complaint>,
}

/// A value that is being read, and its name.
pub(super) struct SettingValue<'a> {
    pub name: &'a str,
    /// Its position in the text.
    span: Range<usize>,
    value: &'a DeValue<'a>,
    complaints: &'a mut Vec<Complaint>,
}

impl<'a> Section<'a> {
    /// Reads `table` with `read` and complains about unknown settings.
    pub fn read<T>(
        table: &'a DeTable<'a>,
        span: Range<usize>,
        complaints: &'a mut Vec<Complaint>,
        read: impl Fn(&mut Section<'_>) -> T,
    ) -> T {
        let mut section = Section { table, span, known: Vec::new(), also: Vec::new(), complaints };
        let value = read(&mut section);
        section.complain_of_unknown();
        value
    }

    /// Stores the value of `key` in `into`, if it is present and of the right kind.
    pub fn set<T, U: From<T>>(
        &mut self,
        key: &'static str,
        into: &mut U,
        kind: impl Fn(&mut SettingValue<'_>) -> Option<T>,
    ) {
        self.known.push(key);
        self.take(key, into, kind);
    }

    /// Like [`Self::set`], for a setting that has an alternative name.
    pub fn set_called<T, U: From<T>>(
        &mut self,
        [key, other]: [&'static str; 2],
        into: &mut U,
        kind: impl Fn(&mut SettingValue<'_>) -> Option<T>,
    ) {
        self.known.push(key);
        if self.has(key) {
            return self.take(key, into, kind);
        }
        self.also.push(other);
        self.take(other, into, kind);
    }

    fn take<T, U: From<T>>(
        &mut self,
        key: &str,
        into: &mut U,
        kind: impl Fn(&mut SettingValue<'_>) -> Option<T>,
    ) {
        let Some((name, value)) = self.entry(key) else { return };
        let (name, span, value) = (name.get_ref(), place(name, value), value.get_ref());
        let found = kind(&mut SettingValue { name, span, value, complaints: self.complaints });
        if let Some(found) = found {
            *into = found.into();
        }
    }

    /// Complains about each of `keys` that is missing.
    pub fn require(&mut self, keys: &[&str]) {
        for key in keys {
            if !self.has(key) {
                self.lacks(missing_key(key));
            }
        }
    }

    /// Complains about something that is missing.
    pub fn lacks(&mut self, message: Message) {
        self.complain_at(self.span.clone(), message, Cause::Missing);
    }

    /// Complains about the value of `key`, or about the section if it is not written.
    pub fn complain(&mut self, key: &str, message: Message) {
        match self.entry(key) {
            Some((name, value)) => self.complain_at(place(name, value), message, Cause::Value),
            None => self.lacks(message),
        }
    }

    pub fn complain_at(&mut self, span: Range<usize>, message: Message, cause: Cause) {
        self.complaints.push(Complaint { span, message, cause });
    }

    /// The number of complaints so far: checks across several values run only if none of them was wrong.
    pub fn complaints(&self) -> usize {
        self.complaints.len()
    }

    /// Whether `key` is present, valid or not.
    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    fn entry(&self, key: &str) -> Option<TableEntry<'a>> {
        self.table.iter().find(|(name, _)| *name.get_ref() == key)
    }

    fn complain_of_unknown(self) {
        for (name, _) in self.table {
            let key = name.get_ref().as_ref();
            if !self.known.contains(&key) && !self.also.contains(&key) {
                let message = unknown_key(&writable(key), &self.known);
                let cause = Cause::Name(self.known.clone());
                self.complaints.push(Complaint { span: name.span(), message, cause });
            }
        }
    }
}

/// The position of a value; for a table below a heading, that of its name.
fn place(name: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> Range<usize> {
    let is_behind = value.span().start >= name.span().end;
    if value.get_ref().is_table() && !is_behind { name.span() } else { value.span() }
}

impl SettingValue<'_> {
    /// Complains about the value and returns `None`.
    pub fn complain<T>(&mut self, message: Message) -> Option<T> {
        self.complaints.push(Complaint { span: self.span.clone(), message, cause: Cause::Value });
        None
    }

    fn wants<T>(&mut self, kind: SettingKind) -> Option<T> {
        let (span, message) = (self.span.clone(), kind.wanted());
        self.complaints.push(Complaint { span, message, cause: Cause::SettingKind(kind) });
        None
    }
}

/// Text, without characters that no workbook can hold.
pub(super) fn text(value: &mut SettingValue<'_>) -> Option<String> {
    match value.value {
        DeValue::String(text) => Some(writable(text).into_owned()),
        _ => value.wants(SettingKind::Text),
    }
}

/// `true` or `false`.
pub(super) fn switch(value: &mut SettingValue<'_>) -> Option<bool> {
    value.value.as_bool().or_else(|| value.wants(SettingKind::Switch))
}

/// A whole number.
pub(super) fn whole<T: TryFrom<i64>>(value: &mut SettingValue<'_>) -> Option<T> {
    let digits = value.value.as_integer();
    let number = digits.and_then(|digits| i64::from_str_radix(digits.as_str(), digits.radix()).ok());
    number.and_then(|number| T::try_from(number).ok()).or_else(|| value.wants(SettingKind::Number))
}

/// A number with or without decimals.
pub(super) fn number(value: &mut SettingValue<'_>) -> Option<f64> {
    match value.value.as_float() {
        Some(digits) => digits.as_str().parse().ok(),
        None => whole::<i64>(value)?.to_string().parse().ok(),
    }
}

/// The value for one of these names.
pub(super) fn one_of<T: Copy>(
    names: &'static [(&'static str, T)],
) -> impl Fn(&mut SettingValue<'_>) -> Option<T> {
    move |value: &mut SettingValue<'_>| {
        let name = text(value)?;
        let found = names.iter().find(|(known, _)| *known == name).map(|(_, found)| *found);
        found.or_else(|| {
            let known: Vec<&str> = names.iter().map(|(known, _)| *known).collect();
            value.complain(unknown_value(&name, &known))
        })
    }
}

/// The result of `parse` for the text; if it fails, complains with `wording` about that `value`.
pub(super) fn parsed<T>(
    parse: impl Fn(&str) -> Option<T>,
    wording: &'static Wording,
) -> impl Fn(&mut SettingValue<'_>) -> Option<T> {
    move |value: &mut SettingValue<'_>| {
        let text = text(value)?;
        parse(&text).or_else(|| value.complain(wording.with([("value", text)])))
    }
}

/// What `kind` reads, if it is `right`.
pub(super) fn that<T>(
    kind: impl Fn(&mut SettingValue<'_>) -> Option<T>,
    right: impl Fn(&T) -> bool,
    message: impl Fn(&T) -> Message,
) -> impl Fn(&mut SettingValue<'_>) -> Option<T> {
    move |value: &mut SettingValue<'_>| {
        let found = kind(value)?;
        if right(&found) { Some(found) } else { value.complain(message(&found)) }
    }
}

/// What `kind` reads, with its position.
pub(super) fn placed<T>(
    kind: impl Fn(&mut SettingValue<'_>) -> Option<T>,
) -> impl Fn(&mut SettingValue<'_>) -> Option<(Range<usize>, T)> {
    move |value: &mut SettingValue<'_>| Some((value.span.clone(), kind(value)?))
}

/// A list; `None` if any entry is wrong.
pub(super) fn list<T>(
    kind: impl Fn(&mut SettingValue<'_>) -> Option<T>,
) -> impl Fn(&mut SettingValue<'_>) -> Option<Vec<T>> {
    move |value: &mut SettingValue<'_>| {
        let Some(entries) = value.value.as_array() else { return value.wants(SettingKind::List) };
        let mut read = Vec::new();
        for entry in entries {
            let (name, span) = (value.name, entry.span());
            read.push(kind(&mut SettingValue {
                name,
                span,
                value: entry.get_ref(),
                complaints: value.complaints,
            }));
        }
        read.into_iter().collect()
    }
}

/// Values by names that the user chooses.
pub(super) fn named<T>(
    kind: impl Fn(&mut SettingValue<'_>) -> Option<T>,
) -> impl Fn(&mut SettingValue<'_>) -> Option<BTreeMap<String, T>> {
    keyed(|name| Ok(writable(name).into_owned()), kind)
}

/// Values by their names, converted with `key`; `None` if any of them is wrong.
pub(super) fn keyed<K: Ord, T>(
    key: impl Fn(&str) -> Result<K, Message>,
    kind: impl Fn(&mut SettingValue<'_>) -> Option<T>,
) -> impl Fn(&mut SettingValue<'_>) -> Option<BTreeMap<K, T>> {
    move |value: &mut SettingValue<'_>| {
        let Some(table) = value.value.as_table() else { return value.wants(SettingKind::Table) };
        let mut read = Vec::new();
        for (name, entry) in table {
            let key = key(name.get_ref()).map_err(|message| {
                value.complaints.push(Complaint { span: name.span(), message, cause: Cause::Value });
            });
            let (span, value_of) = (place(name, entry), entry.get_ref());
            let found = kind(&mut SettingValue {
                name: name.get_ref(),
                span,
                value: value_of,
                complaints: value.complaints,
            });
            read.push(key.ok().zip(found));
        }
        read.into_iter().collect()
    }
}

/// The settings of a table, read with `read`.
pub(super) fn table<T>(read: impl Fn(&mut Section<'_>) -> T) -> impl Fn(&mut SettingValue<'_>) -> Option<T> {
    move |value: &mut SettingValue<'_>| match value.value.as_table() {
        Some(table) => Some(Section::read(table, value.span.clone(), value.complaints, &read)),
        None => value.wants(SettingKind::Table),
    }
}
