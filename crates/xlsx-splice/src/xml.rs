//! The tags of a part and their positions in its text.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::error::Error;

/// The kind of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// `<a>`
    Open,
    /// `<a/>`
    Empty,
    /// `</a>`
    Close,
}

/// A tag and its position.
pub(crate) struct Tag<'a> {
    text: &'a str,
    /// Its kind.
    pub kind: TagKind,
    /// From `<` to after `>`.
    pub span: Range<usize>,
    /// The number of enclosing elements.
    pub depth: usize,
    name: Range<usize>,
}

/// Iterates over the tags of a part.
pub(crate) struct Tags<'a> {
    part: &'a str,
    text: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// Whether the root element has begun.
    rooted: bool,
    /// The position of the text between the last two tags.
    before: Range<usize>,
    /// Whether the part must be one well-formed document.
    strict: bool,
}

impl<'a> Tags<'a> {
    /// Over `text` of the part `part`, which must be well-formed.
    pub(crate) fn new(part: &'a str, text: &'a str) -> Self {
        Self::of(part, text, true)
    }

    /// The same for a part that is only read: irrelevant errors are ignored.
    pub(crate) fn lenient(part: &'a str, text: &'a str) -> Self {
        Self::of(part, text, false)
    }

    fn of(part: &'a str, text: &'a str, strict: bool) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = strict;
        Self { part, text, reader, depth: 0, rooted: false, before: 0..0, strict }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The next tag; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Tag<'a>>, Error> {
        let text_start = self.position();
        loop {
            let start = self.position();
            let event = self.reader.read_event().map_err(|error| Error::corrupt(self.part, error))?;
            let end = self.position();
            let (kind, name_from) = match event {
                Event::Start(_) => (TagKind::Open, 1),
                Event::Empty(_) => (TagKind::Empty, 1),
                Event::End(_) => (TagKind::Close, 2),
                Event::DocType(_) => return Err(Error::Doctype(self.part.to_owned())),
                Event::Eof if self.strict && self.depth > 0 => {
                    return Err(Error::corrupt(self.part, "incomplete"));
                }
                Event::Eof if self.strict && !self.rooted => {
                    return Err(Error::corrupt(self.part, "nothing in it"));
                }
                Event::Eof => return Ok(None),
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_)
                    if self.strict && self.depth == 0 && !self.text[start..end].trim().is_empty() =>
                {
                    return Err(Error::corrupt(self.part, "text outside of its root"));
                }
                _ => continue,
            };
            if kind == TagKind::Close {
                self.depth = self.depth.saturating_sub(1);
            }
            let depth = self.depth;
            if depth == 0
                && kind != TagKind::Close
                && std::mem::replace(&mut self.rooted, true)
                && self.strict
            {
                return Err(Error::corrupt(self.part, "more than one root"));
            }
            if kind == TagKind::Open {
                self.depth += 1;
            }
            self.before = text_start..start;
            let name_start = start + name_from;
            let length = self.text[name_start..end]
                .find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))
                .unwrap_or_default();
            let name = name_start..name_start + length;
            return Ok(Some(Tag { text: self.text, kind, span: start..end, depth, name }));
        }
    }

    /// The text between the last two tags.
    pub(crate) fn text_before(&self) -> &'a str {
        &self.text[self.before.clone()]
    }

    /// Skips the element that `tag` opens; returns the range of its end tag.
    pub(crate) fn skip(&mut self, tag: &Tag<'_>) -> Result<Range<usize>, Error> {
        if tag.kind != TagKind::Open {
            return Ok(tag.span.end..tag.span.end);
        }
        while let Some(next) = self.next()? {
            if next.kind == TagKind::Close && next.depth == tag.depth {
                return Ok(next.span);
            }
        }
        Err(Error::corrupt(self.part, "incomplete"))
    }
}

impl<'a> Tag<'a> {
    /// The name with its prefix.
    pub(crate) fn name(&self) -> &'a str {
        &self.text[self.name.clone()]
    }

    /// The name without its prefix.
    pub(crate) fn local(&self) -> &'a str {
        self.name().rsplit(':').next().unwrap_or_default()
    }

    /// The prefix with its colon, or nothing.
    pub(crate) fn prefix(&self) -> &'a str {
        &self.name()[..self.name().len() - self.local().len()]
    }

    /// The insertion point after the name.
    pub(crate) fn after_name(&self) -> usize {
        self.name.end
    }

    /// The element's first child tag.
    pub(crate) fn first_child(&self) -> Option<Tag<'a>> {
        if self.kind != TagKind::Open {
            return None;
        }
        Tags::new("", &self.text[self.span.end..]).next().ok()?
    }

    fn element(&self) -> BytesStart<'a> {
        let end = self.span.end - if self.kind == TagKind::Empty { 2 } else { 1 };
        BytesStart::from_content(&self.text[self.name.start..end], self.name.len())
    }

    /// All attributes: name as written, position of the value between its quotes, value.
    pub(crate) fn attributes(&self) -> Vec<(String, Range<usize>, String)> {
        if self.kind == TagKind::Close {
            return Vec::new();
        }
        let base = self.text.as_ptr() as usize;
        let element = self.element();
        let mut attributes = element.attributes();
        attributes.with_checks(false);
        attributes
            .flatten()
            .filter_map(|attribute| {
                let raw = match &attribute.value {
                    Cow::Borrowed(raw) => *raw,
                    Cow::Owned(_) => return None,
                };
                let start = (raw.as_ptr() as usize).checked_sub(base)?;
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
                Some((attribute.key.as_ref().to_owned(), start..start + raw.len(), value))
            })
            .collect()
    }

    /// The value of the attribute `name`, and its position between the quotes. Prefixed attributes are
    /// different ones that programs add.
    pub(crate) fn attribute(&self, name: &str) -> Option<(Range<usize>, String)> {
        let found = self.attributes().into_iter().find(|(key, ..)| key == name);
        found.map(|(_, place, value)| (place, value))
    }

    /// The relationship id the element refers to: `r:id`, with any prefix.
    pub(crate) fn relation(&self) -> Option<String> {
        let found = self.attributes().into_iter().find(|(key, ..)| key.ends_with(":id"));
        found.map(|(.., value)| value)
    }

    /// The value alone.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        self.attribute(name).map(|(_, value)| value)
    }
}

/// `text` escaped for an element or an attribute, without the characters that XML 1.0 forbids.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// `text` with its references resolved; unchanged where that fails.
pub(crate) fn unescape(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), Cow::into_owned)
}
