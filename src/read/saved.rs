//! Whether a workbook that planbook wrote has been saved by another program since.

use super::package::Package;

/// The part that says when a workbook was made and last saved.
const PROPERTIES: &str = "docProps/core.xml";

/// Whether the workbook of these bytes is as it was made: any program that saves it again gives it another date.
/// What is no workbook is not.
pub fn is_as_made(content: &[u8]) -> bool {
    let properties =
        Package::in_memory(content.to_vec()).and_then(|mut package| package.unpacked(PROPERTIES));
    let Ok(Some(properties)) = properties else { return false };
    let text = String::from_utf8_lossy(&properties);
    let date = |name: &str| {
        let (_, rest) = text.split_once(&format!("<dcterms:{name}"))?;
        let (_, rest) = rest.split_once('>')?;
        rest.split_once('<').map(|(date, _)| date)
    };
    date("created").is_some_and(|created| date("modified") == Some(created))
}
