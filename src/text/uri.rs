//! Paths in links.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is escaped in a path: all but the unreserved characters of RFC 3986 and the separator.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A relative path, separated by `/`, as a URI reference (RFC 3986).
pub fn uri_path(path: &str) -> String {
    utf8_percent_encode(path, ESCAPED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri_path("workbooks/01_대.xlsx"), "workbooks/01_%EB%8C%80.xlsx");
        assert_eq!(uri_path("a:b/c d#%-._~.xlsx"), "a%3Ab/c%20d%23%25-._~.xlsx");
    }
}
