//! Puts the font files of the folder `PLANBOOK_FONTS` into the program, where it is built with `embed-fonts`.

#![allow(clippy::disallowed_methods, reason = "what a build is made of comes by the environment")]

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PLANBOOK_FONTS");
    if env::var_os("CARGO_FEATURE_EMBED_FONTS").is_none() {
        return Ok(());
    }
    let folder = env::var_os("PLANBOOK_FONTS").map(PathBuf::from).ok_or(
        "the feature embed-fonts takes the font files of the folder that the variable PLANBOOK_FONTS names; it is not set",
    )?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let fonts = fonts(&folder).map_err(|error| format!("PLANBOOK_FONTS, {}: {error}", folder.display()))?;
    if fonts.is_empty() {
        return Err(format!("PLANBOOK_FONTS, {}: there is no .ttf, .otf or .ttc file", folder.display()));
    }
    let entries = fonts.iter().map(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        format!("    ({name:?}, include_bytes!({:?})),\n", path.to_string_lossy())
    });
    let code = format!(
        "/// File names and data.\npub(super) const FILES: &[(&str, &[u8])] = &[\n{}];\n",
        entries.collect::<String>()
    );
    let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or("OUT_DIR is not set")?;
    fs::write(out.join("embedded_fonts.rs"), code).map_err(|error| error.to_string())
}

/// The font files in `folder`, by name.
fn fonts(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut fonts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = fs::canonicalize(entry?.path())?;
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if ["ttf", "otf", "ttc"].contains(&extension.as_str()) {
            fonts.push(path);
        }
    }
    fonts.sort();
    Ok(fonts)
}
