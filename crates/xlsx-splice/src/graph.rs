//! The workbook part of a package and its sheets (ECMA-376 Part 1, 18.2).

use std::collections::BTreeMap;

use crate::error::Error;
use crate::opc::{CONTENT_TYPES, relationships};
use crate::package::Package;
use crate::part::Part;
use crate::relationships::{Relationship, relationships_part};
use crate::xml::{TagKind, Tags};

/// The root of relationship types of transitional documents.
const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The same of strict documents.
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

/// A worksheet.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// The tab's name.
    pub name: String,
    /// Its part; none where it is missing or not a worksheet.
    pub part: Option<String>,
    /// The id of its relationship.
    pub id: String,
    /// Whether its tab is shown.
    pub visible: bool,
}

/// The workbook of a package.
pub(crate) struct WorkbookParts {
    /// The workbook's part.
    pub workbook: String,
    /// The sheets in the order of their tabs.
    pub sheets: Vec<Sheet>,
    /// The style sheet.
    pub styles: Option<String>,
    /// The name of a style sheet that is referenced but missing.
    pub missing_styles: Option<String>,
    /// The shared strings.
    pub strings: Option<String>,
    /// Whether it is a strict document.
    pub strict: bool,
}

impl WorkbookParts {
    /// Finds the workbook and its sheets. Refuses packages that must not be changed.
    pub(crate) fn of(package: &Package<'_>) -> Result<Self, Error> {
        if !package.has(CONTENT_TYPES) {
            // An OpenDocument file is a zip archive too; it is recognised by its mimetype or parts.
            let other =
                package.has("mimetype") || (package.has("content.xml") && !package.has("_rels/.rels"));
            return Err(if other { Error::NotAPackage } else { Error::Missing(CONTENT_TYPES.to_owned()) });
        }
        let root = relationships(package, "")?;
        let signed = root.iter().any(|r| r.kind == "origin" || r.kind.starts_with("digital-signature"));
        if signed || package.names().any(|name| name.to_lowercase().contains("_xmlsignatures/")) {
            return Err(Error::Signed);
        }
        let workbook = root.iter().find(|r| r.kind == "officeDocument").and_then(|r| r.target.clone());
        let workbook = workbook.ok_or_else(|| Error::Missing("officeDocument".to_owned()))?;
        if workbook.to_lowercase().ends_with(".bin") {
            return Err(Error::Binary);
        }
        let own = relationships(package, &workbook)?;
        if own.is_empty() {
            return Err(Error::Missing(relationships_part(&workbook)));
        }
        let worksheets: BTreeMap<&str, &Relationship> =
            own.iter().rev().filter(|r| r.kind == "worksheet").map(|r| (r.id.as_str(), r)).collect();
        let target = |id: &str| worksheets.get(id)?.target.clone().filter(|part| package.has(part));
        let part = Part::decode(&workbook, &package.read(&workbook)?)?;
        let (mut sheets, mut strict) = (Vec::new(), false);
        let mut tags = Tags::new(&workbook, &part.text);
        while let Some(tag) = tags.next()? {
            if tag.depth == 0 && tag.kind != TagKind::Close {
                strict = tag
                    .attributes()
                    .iter()
                    .any(|(_, _, value)| value.contains("purl.oclc.org/ooxml/spreadsheetml"));
            }
            if tag.local() == "sheet" && tag.depth == 2 && tag.kind != TagKind::Close {
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
    pub(crate) fn relationship_type(&self, kind: &str) -> String {
        // Strict documents use the transitional type for VML, which is not part of strict.
        let root = if self.strict && kind != "vmlDrawing" { STRICT } else { TRANSITIONAL };
        format!("{root}/{kind}")
    }

    /// The namespace of relationship ids in sheets and workbooks.
    pub(crate) fn relationship_namespace(&self) -> &'static str {
        if self.strict { STRICT } else { TRANSITIONAL }
    }

    /// The namespace of spreadsheets.
    pub(crate) fn main_namespace(&self) -> &'static str {
        if self.strict {
            "http://purl.oclc.org/ooxml/spreadsheetml/main"
        } else {
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        }
    }
}
