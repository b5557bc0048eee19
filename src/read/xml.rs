//! XML reading shared by the readers of packages.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::ReadError;

/// A reader for one part. Callers compare names without prefixes.
pub(super) fn reader(part: &[u8]) -> Reader<&[u8]> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    reader
}

/// The next event, with errors as [`ReadError`].
pub(super) fn next<'b>(
    reader: &mut Reader<&[u8]>,
    buffer: &'b mut Vec<u8>,
    part: &str,
) -> Result<Event<'b>, ReadError> {
    buffer.clear();
    reader.read_event_into(buffer).map_err(|error| ReadError::damaged_part(part, error))
}

/// The events of a part that must be one well-formed document; anything else is an error.
pub(super) struct Document<'p> {
    reader: Reader<&'p [u8]>,
    name: &'p str,
    depth: u32,
    rooted: bool,
}

/// Above this total length, attributes are not checked for duplicates, which takes quadratic time.
const COMPARED_ATTRIBUTES: usize = 2048;

impl<'p> Document<'p> {
    /// The part `name` with this content.
    pub(super) fn new(name: &'p str, content: &'p [u8]) -> Self {
        let mut reader = Reader::from_reader(content);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, name, depth: 0, rooted: false }
    }

    /// The number of open elements, after the last event.
    pub(super) fn depth(&self) -> u32 {
        self.depth
    }

    /// The next event. The last one is [`Event::Eof`], returned only if the document is complete.
    pub(super) fn next(&mut self) -> Result<Event<'p>, ReadError> {
        let event = self.reader.read_event().map_err(|error| self.broken(&error))?;
        match &event {
            Event::Start(element) => {
                if self.depth == 0 && self.rooted {
                    return Err(self.broken(&"a second element follows the document's own"));
                }
                (self.depth, self.rooted) = (self.depth + 1, true);
                let compared = element.attributes_raw().len() <= COMPARED_ATTRIBUTES;
                let mut attributes = element.attributes();
                if let Some(Err(error)) = attributes.with_checks(compared).find(Result::is_err) {
                    return Err(self.broken(&error));
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Text(text) if self.depth == 0 => {
                // Some programs pad with NUL, and a stray byte order mark may occur.
                let is_nothing = |c: char| c.is_ascii_whitespace() || matches!(c, '\0' | '\u{feff}');
                if !text.chars().all(is_nothing) {
                    return Err(self.broken(&"text outside the document"));
                }
            }
            Event::CData(_) | Event::GeneralRef(_) if self.depth == 0 => {
                return Err(self.broken(&"text outside the document"));
            }
            Event::Eof if self.depth > 0 => return Err(self.broken(&"it breaks off")),
            Event::Eof if !self.rooted => return Err(self.broken(&"it holds nothing")),
            _ => {}
        }
        Ok(event)
    }

    /// Skips the rest of the element that has just started.
    pub(super) fn skip(&mut self) -> Result<(), ReadError> {
        let own = self.depth;
        while self.depth >= own {
            self.next()?;
        }
        Ok(())
    }

    /// Appends the text of the element that has just started to `text`, until it exceeds `most` bytes.
    pub(super) fn text(&mut self, text: &mut String, most: usize) -> Result<(), ReadError> {
        let own = self.depth;
        while self.depth >= own {
            let event = self.next()?;
            if text.len() > most {
                continue;
            }
            match event {
                Event::Text(piece) => text.push_str(&piece.xml10_content()),
                Event::CData(piece) => text.push_str(&piece.xml10_content()),
                Event::GeneralRef(name) => match entity(&name) {
                    Some(c) => text.push(c),
                    None => return Err(self.broken(&format!("&{};", name.as_ref()))),
                },
                _ => {}
            }
        }
        Ok(())
    }

    /// An error with the problem and its position in the part.
    fn broken(&self, what: &dyn std::fmt::Display) -> ReadError {
        ReadError::damaged_part(self.name, what)
    }
}

/// The character of a predefined or numeric entity; documents without a DOCTYPE have no others.
fn entity(name: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return Some(c);
    }
    match name.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// The text of an entity; empty if unknown.
pub(super) fn character(name: &quick_xml::events::BytesRef<'_>) -> String {
    entity(name).map(String::from).unwrap_or_default()
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        (attribute.key.local_name().as_ref() == name)
            .then(|| attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(Cow::into_owned))
            .flatten()
    })
}

/// Whether a boolean attribute is true.
pub(super) fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(content: &str) -> Result<(), String> {
        let mut document = Document::new("a.xml", content.as_bytes());
        loop {
            match document.next() {
                Ok(Event::Eof) => return Ok(()),
                Ok(_) => {}
                Err(error) => return Err(error.to_string()),
            }
        }
    }

    #[test]
    fn a_whole_document_is_distinguished_from_one_that_is_not_well_formed() {
        for sound in [
            "<a/>",
            "\u{feff}<?xml version=\"1.0\"?>\n<!-- a --><a><b c='1' d=\"&lt;\"/>&amp;</a >\r\n",
            "<a>]]&gt;</a>\0\0",
            "<a><![CDATA[<b>]]></a><?p?>",
        ] {
            assert_eq!(whole(sound), Ok(()), "{sound}");
        }
        for broken in [
            "",
            " ",
            "text",
            "text<a/>",
            "<a/>text",
            "<a/><b/>",
            "<a/>&amp;",
            "<a><b></a></b>",
            "<a><b>",
            "<a></b>",
            "</a>",
            "<a b=1/>",
            "<a b='1' b='2'/>",
            "<a b='1/>",
            "<a",
            "<a>&amp</a>",
        ] {
            assert!(whole(broken).is_err(), "{broken}");
        }
    }
}
