//! Papers that say what the program says: they are made of it, and stay what it says.
//!
//! `PLANBOOK_UPDATE=1 cargo test --test commands docs` writes them again.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use planbook::check::explain;
use planbook::finding::{Code, Lang};
use planbook::write::words::severity;

/// Holds the file `name` of the project against what it should say.
pub fn keep(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    #[allow(clippy::disallowed_methods, reason = "a switch for whoever works on planbook")]
    if std::env::var_os("PLANBOOK_UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(found == text, "{name} is not what the program says; PLANBOOK_UPDATE=1 writes it again");
}

#[test]
fn the_paper_of_checks_is_what_explain_prints() {
    let mut text = String::from(
        "# 점검 · Checks\n\n`planbook explain`이 보여 주는 글을 모은 것입니다. What `planbook explain` prints, code by code.\n",
    );
    for (lang, heading) in [(Lang::Ko, "한국어"), (Lang::En, "English")] {
        write!(text, "\n## {heading}\n").unwrap();
        for &code in Code::ALL {
            let explained = explain(code, lang);
            let severity = severity(code.default_severity(), lang);
            write!(text, "\n### {code} {}\n\n*{severity}*\n\n{}\n", explained.title, explained.text).unwrap();
        }
    }
    keep("docs/checks.md", &text);
}
