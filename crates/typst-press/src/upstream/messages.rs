//! What Typst says of a template, told apart by its English words.

/// What Typst says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// In Typst's words.
    pub text: String,
    /// What kind of mistake it is.
    pub kind: MessageKind,
    /// What Typst quotes: names, types, numbers. [`MessageKind`] says how many and which.
    pub facts: Vec<String>,
}

/// Makes the kinds of messages and the table of their words: the beginning, the middles and the end of what is said around
/// the facts. The first that fits is it, so what is more general comes last.
macro_rules! messages {
    ($($(#[doc = $doc:literal])+ $kind:ident: $([$($part:literal),+]),+;)+) => {
        /// Kinds of mistakes in templates.
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
    /// A name that is not known: the name.
    UnknownVariable: ["unknown variable: ", ""];
    /// A dictionary lacks a key: the key.
    MissingKey: ["dictionary does not contain key ", ""], ["dictionary does not have key ", ""];
    /// A value of another type: the type that belongs there, the type that is there.
    WrongType: ["expected ", ", found ", ""];
    /// Values that cannot be added: their types.
    CannotAdd: ["cannot add ", " and ", ""];
    /// Values that cannot be joined: their types.
    CannotJoin: ["cannot join ", " with ", ""];
    /// Values that cannot be subtracted: the type of what is taken away, the type of what it is taken from.
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
    /// A named argument that the function does not know: its name.
    UnknownArgument: ["unexpected argument: ", ""];
    /// More arguments than the function takes.
    TooManyArguments: ["unexpected argument"];
    /// An index beyond the end of an array: the index, the length.
    IndexOutOfBounds:
        ["array index out of bounds (index: ", ", len: ", ") and no default value was specified"],
        ["array index out of bounds (index: ", ", len: ", ")"];
    /// A file that is not there: its path.
    FileNotFound: ["file not found (searched at ", ")"];
    /// A file in another encoding: where it is noticed.
    NotUtf8: ["file is not valid UTF-8", ""];
    /// The file imported from lacks the name.
    UnresolvedImport: ["unresolved import"];
    /// A bracket that is not closed.
    UnclosedDelimiter: ["unclosed delimiter"];
    /// A string that is not closed.
    UnclosedString: ["unclosed string"];
    /// Raw text that is not closed.
    UnclosedRaw: ["unclosed raw text"];
    /// A closing bracket without an opening one: the bracket.
    UnexpectedClosing: ["unexpected closing ", ""];
    /// A comment ends that has not begun.
    StrayCommentEnd: ["unexpected end of block comment"];
    /// Something that may not be there: what.
    Unexpected: ["unexpected ", ""];
    /// Something is missing: what.
    Expected: ["expected ", ""];
    /// A character that may not be in code: the character.
    InvalidCharacter: ["the character `", "` is not valid in code"];
    /// A loop without an end.
    InfiniteLoop: ["loop seems to be infinite"], ["condition is always true"];
    /// A function that calls itself without an end.
    CallDepth: ["maximum function call depth exceeded"];
    /// A show rule that applies to itself without an end.
    ShowDepth: ["maximum show rule depth exceeded"];
    /// Containers in containers without an end.
    LayoutDepth: ["maximum layout depth exceeded"];
    /// A label that is nowhere: the label.
    LabelNotFound: ["label ", " does not exist in the document"];
    /// A page break in a container.
    PagebreakInContainer: ["pagebreaks are not allowed inside of containers"];
    /// The page is set up in a container.
    PageInContainer: ["page configuration is not allowed inside of containers"];
    /// A picture that cannot be decoded: why.
    CannotDecodeImage: ["failed to decode image", ""];
    /// Data that cannot be read: of which format, and why.
    CannotParse: ["failed to parse ", ""];
    /// An assertion of the template fails: its message.
    AssertionFailed: ["assertion failed: ", ""];
    /// The template panics: with what.
    Panic: ["panicked with: ", ""];
}

impl Message {
    /// What `text`, said by Typst, means.
    pub(crate) fn of(text: &str) -> Self {
        let known = WORDS.iter().find_map(|(kind, parts)| Some((*kind, facts(text, parts)?)));
        let (kind, facts) = known.unwrap_or_default();
        Self { text: text.to_owned(), kind, facts: facts.into_iter().map(str::to_owned).collect() }
    }
}

/// What is between `parts` in `text`; none where it does not consist of them.
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
