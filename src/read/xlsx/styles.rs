//! Reads the number formats of a workbook's cells (ECMA-376 Part 1, 18.8).

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_xml::events::Event;

use crate::read::ReadError;
use crate::read::shown::built_in;
use crate::read::xml;

/// The format code of each cell style, by index.
pub(super) fn read(name: &str, content: &[u8]) -> Result<Vec<Arc<str>>, ReadError> {
    let mut reader = xml::reader(content);
    let mut buffer = Vec::new();
    let mut own: BTreeMap<u32, Arc<str>> = BTreeMap::new();
    let mut ids = Vec::new();
    // Skip `mc:Fallback` alternatives (written by Hancom), so that each style counts once.
    let (mut in_formats, mut in_cells, mut fallbacks) = (false, false, 0u32);
    loop {
        let event = xml::next(&mut reader, &mut buffer, name)?;
        match &event {
            Event::Start(e) => match e.local_name().as_ref() {
                "Fallback" => fallbacks += 1,
                _ if fallbacks > 0 => {}
                "numFmts" => in_formats = true,
                "cellXfs" => in_cells = true,
                "numFmt" if in_formats => {
                    let id = xml::attribute(e, "numFmtId").and_then(|id| id.trim().parse().ok());
                    if let (Some(id), Some(code)) = (id, xml::attribute(e, "formatCode")) {
                        own.insert(id, code.into());
                    }
                }
                "xf" if in_cells => {
                    ids.push(xml::attribute(e, "numFmtId").and_then(|id| id.trim().parse::<u32>().ok()));
                }
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "Fallback" => fallbacks = fallbacks.saturating_sub(1),
                "numFmts" => in_formats = false,
                "cellXfs" => in_cells = false,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    let mut code = |id: u32| own.entry(id).or_insert_with(|| built_in(id).into()).clone();
    Ok(ids.into_iter().map(|id| id.map_or_else(|| "".into(), &mut code)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_that_is_worded_twice_counts_once() {
        let part = br#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0&quot;%&quot;"/></numFmts><cellStyleXfs><xf numFmtId="1"/></cellStyleXfs>
            <cellXfs><mc:AlternateContent><mc:Choice><xf numFmtId="9"/></mc:Choice><mc:Fallback><xf numFmtId="2"/></mc:Fallback ></mc:AlternateContent>
            <xf numFmtId="164"><alignment/></xf><xf/><xf numFmtId="999"/></cellXfs><dxfs><dxf><numFmt numFmtId="9" formatCode="x"/></dxf></dxfs></styleSheet>"#;
        let codes = read("s", part).unwrap();
        assert_eq!(codes.iter().map(|code| &**code).collect::<Vec<_>>(), ["0%", "0.0\"%\"", "", ""]);
    }
}
