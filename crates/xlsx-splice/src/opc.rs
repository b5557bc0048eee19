//! Reads and writes relationships and content types of a package (ECMA-376 Part 2, clauses 6.5 and 7.2).

use crate::error::Error;
use crate::package::Package;
use crate::part::{Edits, Part};
use crate::relationships::{self, Relationship, relationships_part};
use crate::xml::{TagKind, Tags, escape};

pub(crate) const CONTENT_TYPES: &str = "[Content_Types].xml";
const PACKAGE_RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The relationships of `part`, or of the package for an empty name.
pub(crate) fn relationships(package: &Package<'_>, part: &str) -> Result<Vec<Relationship>, Error> {
    let name = relationships_part(part);
    if !package.has(&name) {
        return Ok(Vec::new());
    }
    let text = Part::decode(&name, &package.read(&name)?)?.text;
    relationships::read(Tags::new(&name, &text), part)
}

/// Adds a relationship from `part` to the part `target` and returns its id.
pub(crate) fn relate(
    package: &mut Package<'_>,
    part: &str,
    kind: &str,
    target: &str,
) -> Result<String, Error> {
    let taken = relationships(package, part)?;
    let name = relationships_part(part);
    let id = (taken.len() + 1..).map(|n| format!("rId{n}")).find(|id| taken.iter().all(|r| r.id != *id));
    let id = id.unwrap_or_default();
    let entry = |prefix: &str| {
        let target = escape(target);
        format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"/{target}\"/>")
    };
    if package.has(&name) {
        append_to_root(package, &name, entry)?;
    } else {
        let content = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <Relationships xmlns=\"{PACKAGE_RELATIONSHIPS}\">{}</Relationships>",
            entry("")
        );
        package.put(&name, content.into_bytes())?;
        declare_default(package, "rels", "application/vnd.openxmlformats-package.relationships+xml")?;
    }
    Ok(id)
}

/// Appends an element to the root of the part `name`; `entry` receives the root's prefix.
fn append_to_root(
    package: &mut Package<'_>,
    name: &str,
    entry: impl Fn(&str) -> String,
) -> Result<(), Error> {
    let part = Part::decode(name, &package.read(name)?)?;
    let mut edits = Edits::default();
    let mut tags = Tags::new(name, &part.text);
    while let Some(tag) = tags.next()? {
        match tag.kind {
            TagKind::Close if tag.depth == 0 => edits.insert(tag.span.start, entry(tag.prefix())),
            TagKind::Empty if tag.depth == 0 => {
                edits.replace(
                    tag.span.end - 2..tag.span.end,
                    format!(">{}</{}>", entry(tag.prefix()), tag.name()),
                );
            }
            _ => {}
        }
    }
    apply(package, name, &part, edits)
}

/// Writes the part with `edits`.
pub(crate) fn apply(package: &mut Package<'_>, name: &str, part: &Part, edits: Edits) -> Result<(), Error> {
    let (text, undo) = edits.apply(&part.text).ok_or_else(|| Error::corrupt(name, "damaged"))?;
    package.put(name, part.encode(&text))?;
    package.log(name, undo);
    Ok(())
}

/// The declared content types. Names are in lower case.
#[derive(Default)]
struct ContentTypes {
    by_extension: Vec<(String, String)>,
    by_part: Vec<(String, String)>,
}

fn content_types(package: &Package<'_>) -> Result<ContentTypes, Error> {
    let part = Part::decode(CONTENT_TYPES, &package.read(CONTENT_TYPES)?)?;
    let mut tags = Tags::new(CONTENT_TYPES, &part.text);
    let mut types = ContentTypes::default();
    while let Some(tag) = tags.next()? {
        if tag.kind == TagKind::Close {
            continue;
        }
        let content_type = tag.value("ContentType").unwrap_or_default();
        match tag.local() {
            "Default" => {
                let extension = tag.value("Extension").unwrap_or_default().to_lowercase();
                types.by_extension.push((extension, content_type));
            }
            "Override" => {
                let name = tag.value("PartName").unwrap_or_default().to_lowercase();
                types.by_part.push((name.trim_start_matches('/').to_owned(), content_type));
            }
            _ => {}
        }
    }
    Ok(types)
}

/// Declares the content type of one part.
pub(crate) fn declare(package: &mut Package<'_>, part: &str, content_type: &str) -> Result<(), Error> {
    let ContentTypes { by_part, .. } = content_types(package)?;
    if by_part.iter().any(|(name, _)| *name == part.to_lowercase()) {
        return Ok(());
    }
    append_to_root(package, CONTENT_TYPES, |prefix| {
        format!("<{prefix}Override PartName=\"/{}\" ContentType=\"{content_type}\"/>", escape(part))
    })
}

/// Declares the content type of an extension, unless it has one. Returns whether the extension now has this
/// type.
pub(crate) fn declare_default(
    package: &mut Package<'_>,
    extension: &str,
    content_type: &str,
) -> Result<bool, Error> {
    let ContentTypes { by_extension, .. } = content_types(package)?;
    if let Some((_, declared)) = by_extension.iter().find(|(known, _)| known == extension) {
        return Ok(declared == content_type);
    }
    append_to_root(package, CONTENT_TYPES, |prefix| {
        format!("<{prefix}Default Extension=\"{extension}\" ContentType=\"{content_type}\"/>")
    })?;
    Ok(true)
}

/// Removes the declarations of `part`: its content type, and the relationship `id` of `owner`.
pub(crate) fn undeclare(package: &mut Package<'_>, owner: &str, id: &str, part: &str) -> Result<(), Error> {
    let same = |name: &str| name.trim_start_matches('/').eq_ignore_ascii_case(part);
    drop_elements(package, CONTENT_TYPES, |value| value("PartName").is_some_and(|name| same(&name)))?;
    drop_elements(package, &relationships_part(owner), |value| value("Id").as_deref() == Some(id))
}

/// Removes the empty elements whose attributes `condemned` accepts.
fn drop_elements(
    package: &mut Package<'_>,
    name: &str,
    condemned: impl Fn(&dyn Fn(&str) -> Option<String>) -> bool,
) -> Result<(), Error> {
    let part = Part::decode(name, &package.read(name)?)?;
    let mut edits = Edits::default();
    let mut tags = Tags::new(name, &part.text);
    while let Some(tag) = tags.next()? {
        if tag.depth == 1 && tag.kind != TagKind::Close && condemned(&|attribute| tag.value(attribute)) {
            let end = tags.skip(&tag)?.end;
            edits.replace(tag.span.start..end, "");
        }
    }
    apply(package, name, &part, edits)
}
