//! Identifies a caller's additions.

/// The name that marks a program's additions to workbooks, so that it can recognise them later.
///
/// It appears in three places: as the author of new comments, as the first line of every note (`[name]`), and
/// at the beginning of the state kept on the added sheet (`name 1 `, where 1 is the version of that state).
/// Additions under other names are never touched, so a name must not change while workbooks with it are in
/// use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature(&'static str);

impl Signature {
    /// The signature called `name`: 1 to 20 ASCII letters, digits, `-` and `_`, so that it reads the same raw and escaped.
    ///
    /// # Panics
    /// With an invalid name; in a `const`, that is a compile error.
    pub const fn new(name: &'static str) -> Self {
        let bytes = name.as_bytes();
        assert!(!bytes.is_empty() && bytes.len() <= 20, "a signature has 1 to 20 letters");
        let mut at = 0;
        while at < bytes.len() {
            let plain = bytes[at].is_ascii_alphanumeric() || bytes[at] == b'-' || bytes[at] == b'_';
            assert!(plain, "a signature consists of ASCII letters, digits, `-` and `_`");
            at += 1;
        }
        Self(name)
    }

    /// The name itself.
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// The first line of every note. Other programs may drop the author and split the text into runs by script, but a
    /// line of one script stays whole.
    pub fn headline(self) -> String {
        format!("[{}]", self.0)
    }

    /// The beginning of the text in the first hidden cell of the added sheet.
    pub fn state_prefix(self) -> String {
        format!("{} 1 ", self.0)
    }
}
