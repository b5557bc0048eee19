//! What lies in a plan-year folder, by name.

use std::path::Path;
use std::sync::Arc;

/// The name of the settings file in a plan-year folder.
pub const FILE_NAME: &str = "planbook.toml";
/// The folder inside the plan-year folder that holds the workbooks.
pub const WORKBOOKS: &str = "workbooks";
/// The default folder of outputs. Never read, even if the plan-year folder has no `workbooks`.
pub const OUTPUT: &str = "output";
/// The folder of the office's own templates and their pictures, in the plan-year folder.
pub(super) const TEMPLATES: &str = "templates";
/// The history of submissions and returns, in the plan-year folder.
pub const LEDGER: &str = "ledger.json";

/// Extensions of the files that planbook reads, in lower case.
const EXTENSIONS: [&str; 13] =
    ["xlsx", "xlsm", "xltx", "xltm", "xls", "xlt", "xlsb", "ods", "ots", "csv", "tsv", "hwpx", "docx"];

/// Whether a file's name is that of a spreadsheet.
pub(super) fn is_spreadsheet(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    EXTENSIONS.contains(&extension.as_str())
}

/// `path` relative to `dir`, separated by `/`.
pub(super) fn relative_name(dir: &Path, path: &Path) -> Arc<str> {
    let inside = path.strip_prefix(dir).unwrap_or(path);
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    if parts.is_empty() { Arc::from(".") } else { Arc::from(parts.join("/")) }
}
