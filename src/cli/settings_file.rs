//! Changes planbook.toml of a plan-year folder.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use planbook::files;
use planbook::files::shown;
use planbook::project::{ConfigError, FILE_NAME, Fault, decoded};

use super::error::CommandError;

/// Replaces the text of `dir/planbook.toml`, empty where there is none, by what `change` makes of it.
pub fn edit(dir: &Path, change: impl FnOnce(&str) -> Result<String, Vec<Fault>>) -> Result<(), CommandError> {
    let path = dir.join(FILE_NAME);
    // Replace the file that a link points to, not the link.
    let path = path.canonicalize().unwrap_or(path);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(source) => return Err(ConfigError::Io { path, source }.into()),
    };
    let text = decoded(&bytes)
        .and_then(|text| change(&text))
        .map_err(|faults| ConfigError::Invalid { path: path.clone(), faults })?;
    // A file saved in another encoding gets a byte order mark, by which its editor recognises UTF-8.
    let mark = if std::str::from_utf8(&bytes).is_ok() && !bytes.contains(&0) { "" } else { "\u{feff}" };
    let text = format!("{mark}{text}");
    Ok(files::replace(&path, |file| file.write_all(text.as_bytes()))?)
}

/// The name of the settings file of `dir`, as messages show it.
pub fn shown_in(dir: &Path) -> String {
    if dir == Path::new(".") { FILE_NAME.to_owned() } else { shown(&dir.join(FILE_NAME)) }
}
