//! The built-in templates, and where those of an office stand.

/// The folder of the plan-year folder's own templates.
pub const FOLDER: &str = "templates/book";

/// The template that Typst starts from.
pub(super) const MAIN: &str = "book.typ";

/// The template set in place of a chunk that cannot be set. Hidden files are not read as templates, so no
/// file of the office can clash with it.
pub(super) const NOTICE: (&str, &str) = (".notice.typ", include_str!("../../../templates/book/notice.typ"));

/// The built-in templates: file name and text.
pub(super) const BUILT_IN: &[(&str, &str)] = &[
    (MAIN, include_str!("../../../templates/book/book.typ")),
    ("style.typ", include_str!("../../../templates/book/style.typ")),
    ("links.typ", include_str!("../../../templates/book/links.typ")),
    ("cover.typ", include_str!("../../../templates/book/cover.typ")),
    ("contents.typ", include_str!("../../../templates/book/contents.typ")),
    ("guide.typ", include_str!("../../../templates/book/guide.typ")),
    ("map.typ", include_str!("../../../templates/book/map.typ")),
    ("common.typ", include_str!("../../../templates/book/common.typ")),
    ("weights.typ", include_str!("../../../templates/book/weights.typ")),
    ("table.typ", include_str!("../../../templates/book/table.typ")),
    ("plan.typ", include_str!("../../../templates/book/plan.typ")),
    ("index.typ", include_str!("../../../templates/book/index.typ")),
    ("findings.typ", include_str!("../../../templates/book/findings.typ")),
    ("imprint.typ", include_str!("../../../templates/book/imprint.typ")),
];
