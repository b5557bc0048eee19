//! The little that planbook reads from a package's XML by itself.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::ReadError;

/// A reader over one part. Prefixes do not matter: names are compared without them.
pub(super) fn reader(part: &[u8]) -> Reader<&[u8]> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    reader
}

/// The next event, errors in planbook's words.
pub(super) fn next<'b>(
    reader: &mut Reader<&[u8]>,
    buffer: &'b mut Vec<u8>,
    part: &str,
) -> Result<Event<'b>, ReadError> {
    buffer.clear();
    reader.read_event_into(buffer).map_err(|error| ReadError::Damaged(format!("{part}: {error}")))
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        (attribute.key.local_name().as_ref() == name)
            .then(|| {
                attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|v| v.into_owned())
            })
            .flatten()
    })
}

/// Whether an attribute says yes.
pub(super) fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
}
