//! Recognises Typst's messages about templates by their English wording.

/// A message of Typst.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Typst's wording.
    pub text: String,
    /// The kind of error.
    pub kind: MessageKind,
    /// Quoted facts: names, types, numbers. [`MessageKind`] lists them.
    pub facts: Vec<String>,
}

/// Defines the kinds of messages and their wording: the beginning, middle and end parts around the facts. The
/// first match counts, so more general ones come last.
macro_rules! messages {
    ($($(#[doc = $doc:literal])+ $kind:ident: $([$($part:literal),+]),+;)+) => {
        /// Kinds of errors in templates.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum MessageKind {
            $($(#[doc = $doc])+ $kind,)+
            /// Anything else.
            #[default]
            Other,
        }

        const WORDS: &[(MessageKind, &[&str])] = &[$($((MessageKind::$kind, &[$($part),+]),)+)+];
    };
}

messages! {
    /// An unknown name: the name.
    UnknownVariable: ["unknown variable: ", ""];
    /// A dictionary lacks a key: the key.
    MissingKey: ["dictionary does not contain key ", ""], ["dictionary does not have key ", ""];
    /// A wrong type: the expected type, the actual type.
    WrongType: ["expected ", ", found ", ""];
    /// Values that cannot be added: their types.
    CannotAdd: ["cannot add ", " and ", ""];
    /// Values that cannot be joined: their types.
    CannotJoin: ["cannot join ", " with ", ""];
    /// Values that cannot be subtracted: the type of the subtrahend, the type of the minuend.
    CannotSubtract: ["cannot subtract ", " from ", ""];
    /// Values that cannot be multiplied: their types.
    CannotMultiply: ["cannot multiply ", " with ", ""];
    /// A division by zero.
    DivisionByZero: ["cannot divide by zero"];
    /// A type without fields: the type.
    NoFields: ["cannot access fields on type ", ""];
    /// A type lacks a method: the type, the method.
    NoMethod: ["type ", " has no method `", "`"];
    /// An argument is missing: its name.
    MissingArgument: ["missing argument: ", ""];
    /// An unknown named argument: its name.
    UnknownArgument: ["unexpected argument: ", ""];
    /// More arguments than the function takes.
    TooManyArguments: ["unexpected argument"];
    /// An index beyond the end of an array: the index, the length.
    IndexOutOfBounds:
        ["array index out of bounds (index: ", ", len: ", ") and no default value was specified"],
        ["array index out of bounds (index: ", ", len: ", ")"];
    /// A missing file: its path.
    FileNotFound: ["file not found (searched at ", ")"];
    /// A file that is not UTF-8: the position.
    NotUtf8: ["file is not valid UTF-8", ""];
    /// An import of a name that the file lacks.
    UnresolvedImport: ["unresolved import"];
    /// A bracket that is not closed.
    UnclosedDelimiter: ["unclosed delimiter"];
    /// A string that is not closed.
    UnclosedString: ["unclosed string"];
    /// Raw text that is not closed.
    UnclosedRaw: ["unclosed raw text"];
    /// A closing bracket without an opening one: the bracket.
    UnexpectedClosing: ["unexpected closing ", ""];
    /// A comment end without a beginning.
    StrayCommentEnd: ["unexpected end of block comment"];
    /// Something unexpected: what.
    Unexpected: ["unexpected ", ""];
    /// Something is missing: what.
    Expected: ["expected ", ""];
    /// A character that is invalid in code: the character.
    InvalidCharacter: ["the character `", "` is not valid in code"];
    /// An infinite loop.
    InfiniteLoop: ["loop seems to be infinite"], ["condition is always true"];
    /// An infinite recursion.
    CallDepth: ["maximum function call depth exceeded"];
    /// A show rule that applies to itself infinitely.
    ShowDepth: ["maximum show rule depth exceeded"];
    /// Infinitely nested containers.
    LayoutDepth: ["maximum layout depth exceeded"];
    /// A missing label: the label.
    LabelNotFound: ["label ", " does not exist in the document"];
    /// A page break in a container.
    PagebreakInContainer: ["pagebreaks are not allowed inside of containers"];
    /// Page settings in a container.
    PageInContainer: ["page configuration is not allowed inside of containers"];
    /// A picture that cannot be decoded: why.
    CannotDecodeImage: ["failed to decode image", ""];
    /// Data that cannot be read: its format, and why.
    CannotParse: ["failed to parse ", ""];
    /// A failed assertion of the template: its message.
    AssertionFailed: ["assertion failed: ", ""];
    /// A panic of the template: its message.
    Panic: ["panicked with: ", ""];
}

impl Message {
    /// Recognises Typst's message `text`.
    pub(crate) fn of(text: &str) -> Self {
        let known = WORDS.iter().find_map(|(kind, parts)| Some((*kind, facts(text, parts)?)));
        let (kind, facts) = known.unwrap_or_default();
        Self { text: text.to_owned(), kind, facts: facts.into_iter().map(str::to_owned).collect() }
    }
}

/// The texts between `parts` in `text`; none where it does not match.
fn facts<'m>(text: &'m str, parts: &[&str]) -> Option<Vec<&'m str>> {
    let (first, others) = parts.split_first()?;
    let mut rest = text.strip_prefix(first)?;
    let mut facts = Vec::new();
    for (index, part) in others.iter().enumerate() {
        let last = index + 1 == others.len();
        let at = if last {
            rest.len().checked_sub(part.len()).filter(|_| rest.ends_with(part))?
        } else {
            rest.find(part)?
        };
        facts.push(&rest[..at]);
        rest = &rest[at + part.len()..];
    }
    rest.is_empty().then_some(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_taken_out_of_the_words_around_it() {
        for (text, kind, quoted) in [
            ("unknown variable: titel", MessageKind::UnknownVariable, &["titel"][..]),
            ("expected length, found string", MessageKind::WrongType, &["length", "string"]),
            ("array index out of bounds (index: 3, len: 2)", MessageKind::IndexOutOfBounds, &["3", "2"]),
            ("unexpected argument", MessageKind::TooManyArguments, &[]),
            ("something new", MessageKind::Other, &[]),
        ] {
            let message = Message::of(text);
            assert_eq!(
                (message.kind, &message.facts[..]),
                (kind, &quoted.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()[..])
            );
        }
    }
}
