//! How the parts of a package hang together: relationships, content types, workbook and sheets
//! (ECMA-376 Part 2, clause 9, and Part 1, 18.2).

use std::collections::BTreeMap;

use super::Refusal;
use super::package::Package;
use super::part::{Edits, Part};
use super::xml::{Kind, Tags, escape};
use crate::read::part_name;

/// The root of relationship types of transitional documents.
const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The same of strict documents.
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const CONTENT_TYPES: &str = "[Content_Types].xml";
const PACKAGE_RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A relationship of a part.
#[derive(Clone, Debug)]
pub(super) struct Relationship {
    /// Its id within the part.
    pub id: String,
    /// The last word of its type: `worksheet`, `comments`.
    pub kind: String,
    /// The part it leads to; none for what lies outside of the package.
    pub target: Option<String>,
}

/// A worksheet.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// The tab's name.
    pub name: String,
    /// Its part; none for one that is missing or no worksheet.
    pub part: Option<String>,
    /// The id of its relationship.
    pub id: String,
    /// Whether its tab is shown.
    pub visible: bool,
}

/// The workbook of a package.
pub(super) struct Graph {
    /// The workbook's part.
    pub workbook: String,
    /// The sheets in the order of their tabs.
    pub sheets: Vec<Sheet>,
    /// The style sheet.
    pub styles: Option<String>,
    /// The name of a style sheet that is told of and is not there.
    pub missing_styles: Option<String>,
    /// The shared strings.
    pub strings: Option<String>,
    /// Whether it is a strict document.
    pub strict: bool,
}

impl Graph {
    /// Finds the workbook and its sheets. What must not be touched is refused here.
    pub(super) fn of(package: &Package<'_>) -> Result<Self, Refusal> {
        if !package.has(CONTENT_TYPES) {
            // An OpenDocument is a zip archive too; it names itself, or at least its parts.
            let other =
                package.has("mimetype") || (package.has("content.xml") && !package.has("_rels/.rels"));
            return Err(if other { Refusal::NoPackage } else { Refusal::Missing(CONTENT_TYPES.to_owned()) });
        }
        let root = relationships(package, "")?;
        let signed = root.iter().any(|r| r.kind == "origin" || r.kind.starts_with("digital-signature"));
        if signed || package.names().any(|name| name.to_lowercase().contains("_xmlsignatures/")) {
            return Err(Refusal::Signed);
        }
        let workbook = root.iter().find(|r| r.kind == "officeDocument").and_then(|r| r.target.clone());
        let workbook = workbook.ok_or_else(|| Refusal::Missing("officeDocument".to_owned()))?;
        if workbook.to_lowercase().ends_with(".bin") {
            return Err(Refusal::Binary);
        }
        let own = relationships(package, &workbook)?;
        if own.is_empty() {
            return Err(Refusal::Missing(relationships_part(&workbook)));
        }
        let worksheets: BTreeMap<&str, &Relationship> =
            own.iter().rev().filter(|r| r.kind == "worksheet").map(|r| (r.id.as_str(), r)).collect();
        let target = |id: &str| worksheets.get(id)?.target.clone().filter(|part| package.has(part));
        let part = Part::decode(&workbook, &package.read(&workbook)?)?;
        let (mut sheets, mut strict) = (Vec::new(), false);
        let mut tags = Tags::new(&workbook, &part.text);
        while let Some(tag) = tags.next()? {
            if tag.depth == 0 && tag.kind != Kind::Close {
                strict = tag
                    .attributes()
                    .iter()
                    .any(|(_, _, value)| value.contains("purl.oclc.org/ooxml/spreadsheetml"));
            }
            if tag.local() == "sheet" && tag.depth == 2 && tag.kind != Kind::Close {
                let (name, id) = (tag.value("name").unwrap_or_default(), tag.relation().unwrap_or_default());
                let part = target(&id);
                let visible = tag.value("state").is_none_or(|state| state == "visible");
                sheets.push(Sheet { name, part, id, visible });
            }
        }
        let told = |kind: &str| own.iter().find(|r| r.kind == kind).and_then(|r| r.target.clone());
        let there = |part: &String| package.has(part);
        let (styles, missing_styles) = match told("styles") {
            Some(part) if there(&part) => (Some(part), None),
            other => (None, other),
        };
        let strings = told("sharedStrings").filter(there);
        Ok(Self { workbook, sheets, styles, missing_styles, strings, strict })
    }

    /// The full type of a relationship.
    pub(super) fn relationship_type(&self, kind: &str) -> String {
        // Strict documents keep their notes' boxes by the transitional type: VML is not part of strict.
        let root = if self.strict && kind != "vmlDrawing" { STRICT } else { TRANSITIONAL };
        format!("{root}/{kind}")
    }

    /// The namespace of relationship ids in sheets and workbooks.
    pub(super) fn relationship_namespace(&self) -> &'static str {
        if self.strict { STRICT } else { TRANSITIONAL }
    }

    /// The namespace of spreadsheets.
    pub(super) fn main_namespace(&self) -> &'static str {
        if self.strict {
            "http://purl.oclc.org/ooxml/spreadsheetml/main"
        } else {
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        }
    }
}

/// The folder of a part, with its slash.
pub(super) fn folder(part: &str) -> &str {
    part.rfind('/').map_or("", |at| &part[..=at])
}

/// The part that holds the relationships of `part`; of the package itself for an empty name.
pub(super) fn relationships_part(part: &str) -> String {
    format!("{}_rels/{}.rels", folder(part), &part[folder(part).len()..])
}

/// The relationships of `part`.
pub(super) fn relationships(package: &Package<'_>, part: &str) -> Result<Vec<Relationship>, Refusal> {
    let name = relationships_part(part);
    if !package.has(&name) {
        return Ok(Vec::new());
    }
    let rels = Part::decode(&name, &package.read(&name)?)?;
    let mut tags = Tags::new(&name, &rels.text);
    let mut found = Vec::new();
    while let Some(tag) = tags.next()? {
        if tag.kind == Kind::Close || tag.local() != "Relationship" {
            continue;
        }
        let value = |name| tag.value(name).unwrap_or_default();
        let kind = value("Type").rsplit('/').next().unwrap_or_default().to_owned();
        let outside = value("TargetMode") == "External";
        let target = (!outside).then(|| part_name(folder(part), &value("Target")));
        found.push(Relationship { id: value("Id"), kind, target });
    }
    Ok(found)
}

/// Adds a relationship from `part` to the part `target`, and gives its id.
pub(super) fn relate(
    package: &mut Package<'_>,
    part: &str,
    kind: &str,
    target: &str,
) -> Result<String, Refusal> {
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

/// Puts an element last into the root element of the part `name`; `entry` is given the root's prefix.
fn append_to_root(
    package: &mut Package<'_>,
    name: &str,
    entry: impl Fn(&str) -> String,
) -> Result<(), Refusal> {
    let part = Part::decode(name, &package.read(name)?)?;
    let mut edits = Edits::default();
    let mut tags = Tags::new(name, &part.text);
    while let Some(tag) = tags.next()? {
        match tag.kind {
            Kind::Close if tag.depth == 0 => edits.insert(tag.span.start, entry(tag.prefix())),
            Kind::Empty if tag.depth == 0 => {
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
pub(super) fn apply(package: &mut Package<'_>, name: &str, part: &Part, edits: Edits) -> Result<(), Refusal> {
    let (text, undo) = edits.apply(&part.text).ok_or_else(|| Refusal::Damaged(name.to_owned()))?;
    package.put(name, part.encode(&text))?;
    package.log(name, undo);
    Ok(())
}

/// The content types that are declared. Names are in lower case.
#[derive(Default)]
struct ContentTypes {
    by_extension: Vec<(String, String)>,
    by_part: Vec<(String, String)>,
}

fn content_types(package: &Package<'_>) -> Result<ContentTypes, Refusal> {
    let part = Part::decode(CONTENT_TYPES, &package.read(CONTENT_TYPES)?)?;
    let mut tags = Tags::new(CONTENT_TYPES, &part.text);
    let mut types = ContentTypes::default();
    while let Some(tag) = tags.next()? {
        if tag.kind == Kind::Close {
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
pub(super) fn declare(package: &mut Package<'_>, part: &str, content_type: &str) -> Result<(), Refusal> {
    let ContentTypes { by_part, .. } = content_types(package)?;
    if by_part.iter().any(|(name, _)| *name == part.to_lowercase()) {
        return Ok(());
    }
    append_to_root(package, CONTENT_TYPES, |prefix| {
        format!("<{prefix}Override PartName=\"/{}\" ContentType=\"{content_type}\"/>", escape(part))
    })
}

/// Declares the content type of an extension, where it has none. Gives whether the extension now has this type.
pub(super) fn declare_default(
    package: &mut Package<'_>,
    extension: &str,
    content_type: &str,
) -> Result<bool, Refusal> {
    let ContentTypes { by_extension, .. } = content_types(package)?;
    if let Some((_, declared)) = by_extension.iter().find(|(known, _)| known == extension) {
        return Ok(declared == content_type);
    }
    append_to_root(package, CONTENT_TYPES, |prefix| {
        format!("<{prefix}Default Extension=\"{extension}\" ContentType=\"{content_type}\"/>")
    })?;
    Ok(true)
}

/// Takes out what says that there is a part `part`: its content type, and the relationship `id` of `owner`.
pub(super) fn forget(package: &mut Package<'_>, owner: &str, id: &str, part: &str) -> Result<(), Refusal> {
    let same = |name: &str| name.trim_start_matches('/').eq_ignore_ascii_case(part);
    drop_elements(package, CONTENT_TYPES, |value| value("PartName").is_some_and(|name| same(&name)))?;
    drop_elements(package, &relationships_part(owner), |value| value("Id").as_deref() == Some(id))
}

/// Takes the empty elements out for which `condemned` says so of their attributes.
fn drop_elements(
    package: &mut Package<'_>,
    name: &str,
    condemned: impl Fn(&dyn Fn(&str) -> Option<String>) -> bool,
) -> Result<(), Refusal> {
    let part = Part::decode(name, &package.read(name)?)?;
    let mut edits = Edits::default();
    let mut tags = Tags::new(name, &part.text);
    while let Some(tag) = tags.next()? {
        if tag.depth == 1 && tag.kind != Kind::Close && condemned(&|attribute| tag.value(attribute)) {
            let end = tags.skip(&tag)?.end;
            edits.replace(tag.span.start..end, "");
        }
    }
    apply(package, name, &part, edits)
}
