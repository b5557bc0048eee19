//! The attributes of a tag.

use html5gum::StartTag;

/// The value of an attribute.
pub(super) fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    tag.attributes.get(name).map(|value| String::from_utf8_lossy(&value.value).into_owned())
}

/// Whether the element is not displayed.
pub(super) fn is_hidden(tag: &StartTag<()>) -> bool {
    let style = attribute(tag, b"style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    style.contains("display:none") || tag.attributes.contains_key(&b"hidden"[..])
}
