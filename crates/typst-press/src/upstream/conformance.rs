//! typst-pdf's errors about standards that a file cannot meet.

use typst::ecow::EcoString;

/// Why a standard cannot be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnmetReason {
    /// No font has this text.
    MissingGlyph(String),
    /// This private-use character has no defined meaning.
    NoMeaning(String),
    /// The licence of this font forbids embedding it.
    FontLicence(String),
    /// A picture has no alternative text.
    NoAltText,
    /// A level of headings is skipped.
    SkippedHeadingLevel,
    /// The first heading is not on the first level.
    FirstHeadingLevel,
    /// The file is too large.
    TooLarge,
    /// Something else, in Typst's words.
    Other(String),
}

/// The standards that an error mentions. It begins with `PDF/A-2a, PDF/UA-1 error: `, or only says that
/// something does not work in "this export mode"; other errors may be unrelated to standards.
pub(crate) enum Concerned<'m> {
    These(Vec<&'m str>),
    All,
    Unknown,
}

impl<'m> Concerned<'m> {
    /// Those that `message` mentions.
    pub(crate) fn by(message: &'m str) -> Self {
        match message.split_once(" error: ") {
            Some((standards, _)) if standards.starts_with("PDF/") => {
                Self::These(standards.split(", ").collect())
            }
            _ if message.contains("this export mode") => Self::All,
            _ => Self::Unknown,
        }
    }
}

impl UnmetReason {
    /// The reason in `message`.
    pub(crate) fn of(message: &EcoString) -> Self {
        let message = message.split_once(" error: ").map_or(message.as_str(), |(_, rest)| rest);
        let quoted = || message.split('`').nth(1).unwrap_or_default().to_owned();
        let has = |words: &str| message.contains(words);
        if has("could not be displayed") {
            Self::MissingGlyph(quoted())
        } else if has("codepoint") {
            Self::NoMeaning(quoted())
        } else if has("too restrictive") {
            let font = message.strip_prefix("license of ").unwrap_or(message);
            Self::FontLicence(font.strip_suffix(" is too restrictive").unwrap_or(font).to_owned())
        } else if has("missing alt text") {
            Self::NoAltText
        } else if has("heading level") {
            Self::SkippedHeadingLevel
        } else if has("must be of level 1") {
            Self::FirstHeadingLevel
        } else if has("too many indirect objects") {
            Self::TooLarge
        } else {
            Self::Other(message.to_owned())
        }
    }
}
