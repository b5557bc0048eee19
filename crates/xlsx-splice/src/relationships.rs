//! Relationships and the names of parts (ECMA-376 Part 2, 6 and 9).

use crate::error::Error;
use crate::xml::{TagKind, Tags};

/// A relationship of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    /// Its id within the part; some programs leave it empty.
    pub id: String,
    /// The last segment of its type: `worksheet`, `comments`.
    pub kind: String,
    /// The name of the target part, without a leading slash; none for a target outside the package.
    pub target: Option<String>,
}

/// Reads the relationships of `part` from the `tags` of its relationships part.
pub(crate) fn read(mut tags: Tags<'_>, part: &str) -> Result<Vec<Relationship>, Error> {
    let mut found = Vec::new();
    while let Some(tag) = tags.next()? {
        if tag.kind == TagKind::Close || tag.local() != "Relationship" {
            continue;
        }
        let value = |name| tag.value(name).unwrap_or_default();
        let kind = value("Type").rsplit('/').next().unwrap_or_default().to_owned();
        let outside = value("TargetMode") == "External";
        let target = (!outside).then(|| resolve(folder(part), &value("Target")));
        found.push(Relationship { id: value("Id"), kind, target });
    }
    Ok(found)
}

/// The canonical part name: OPC compares names without case, and some writers use backslashes.
pub(crate) fn canonical(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The folder of a part, with its slash.
pub(crate) fn folder(part: &str) -> &str {
    part.rfind('/').map_or("", |at| &part[..=at])
}

/// The relationships part of `part`, or of the package for an empty name.
pub fn relationships_part(part: &str) -> String {
    format!("{}_rels/{}.rels", folder(part), &part[folder(part).len()..])
}

/// Resolves a relationship's target to a part name: absolute, or relative to its source's folder.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_resolve_absolute_and_relative() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/", "../other/s.xml"), "other/s.xml");
        assert_eq!(resolve("", "xl\\workbook.xml"), "xl/workbook.xml");
    }
}
