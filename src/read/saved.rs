//! Detects whether another program has saved a workbook that planbook wrote.

use super::package::Package;

/// The part with the dates of creation and last save.
const PROPERTIES: &str = "docProps/core.xml";

/// Whether the workbook is unchanged since planbook wrote it: any program that saves it changes the date.
/// False if it is not a workbook.
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
