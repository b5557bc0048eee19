//! Reads web pages saved in one file (MHTML, RFC 2557) by Excel or a browser; each page is read like any HTML
//! page.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use memchr::memmem;

use super::ReadError;
use super::grid::{Budget, Grid};
use super::html;

/// Maximum size of a file.
const MAX_BYTES: u64 = 48 << 20;
/// Maximum nesting of parts.
const MAX_DEPTH: usize = 4;

/// A page of the file.
struct MhtmlPage {
    /// The last segment of its address, in lower case.
    name: String,
    body: Vec<u8>,
}

/// Reads every page with a table as a sheet. If the file was a workbook, it names its sheets and only those
/// are read.
pub(super) fn read(path: &Path) -> Result<Vec<Grid>, ReadError> {
    let unreadable = |error: std::io::Error| ReadError::Unreadable((&error).into());
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge(format!("{} MB", size >> 20)));
    }
    let mut pages = Vec::new();
    take_pages(&std::fs::read(path).map_err(unreadable)?, 0, &mut pages);
    let main = pages.first().map(|page| html::text(&page.body)).transpose()?.unwrap_or_default();
    let sheets = sheets(&main);
    let stem = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let named = pages.iter().filter_map(|page| Some((sheets.get(&page.name)?.clone(), page)));
    let mut named: Vec<(String, &MhtmlPage)> = named.collect();
    if named.is_empty() {
        let only = only_sheet(&main).unwrap_or_else(|| stem.to_string());
        let name = |at: usize| if at == 0 { only.clone() } else { format!("{only} {}", at + 1) };
        named = pages.iter().enumerate().map(|(at, page)| (name(at), page)).collect();
    }
    let budget = Budget::default();
    let grids = named.into_iter().map(|(name, page)| {
        let text = html::text(&page.body)?;
        html::sheet(&text, Grid::within(&budget, &name, false))
    });
    let grids: Vec<Grid> = grids.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    if grids.is_empty() { Err(ReadError::NotASpreadsheet("MHTML".into())) } else { Ok(grids) }
}

/// Collects the decoded pages of a part and its nested parts.
fn take_pages(part: &[u8], depth: usize, pages: &mut Vec<MhtmlPage>) {
    let (headers, body) = headers(part);
    let header = |name: &str| headers.get(name).map_or("", String::as_str);
    let kind = header("content-type");
    let is = |wanted: &str| kind.trim_start().to_ascii_lowercase().starts_with(wanted);
    if is("multipart/") && depth < MAX_DEPTH {
        for part in boundary(kind).map(|boundary| parts(body, &boundary)).unwrap_or_default() {
            take_pages(part, depth + 1, pages);
        }
    } else if is("text/html") || is("application/xhtml") {
        let address = header("content-location").trim().to_lowercase();
        let name = address.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        pages.push(MhtmlPage { name, body: decoded(body, header("content-transfer-encoding").trim()) });
    }
}

/// The headers of a part by lower-case name, and the body.
fn headers(part: &[u8]) -> (BTreeMap<String, String>, &[u8]) {
    let mut headers = BTreeMap::new();
    let (mut rest, mut last) = (part, None::<String>);
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let line = String::from_utf8_lossy(&rest[..end]);
        rest = &rest[end..];
        if line.trim().is_empty() {
            break;
        }
        // An indented line continues the header above.
        if line.starts_with([' ', '\t']) {
            if let Some(value) = last.as_ref().and_then(|last| headers.get_mut(last)) {
                let value: &mut String = value;
                value.push_str(line.trim_end());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            let name = name.trim().to_ascii_lowercase();
            headers.insert(name.clone(), value.trim().to_owned());
            last = Some(name);
        }
    }
    (headers, rest)
}

/// The boundary of a multipart content type.
fn boundary(kind: &str) -> Option<String> {
    let at = kind.to_ascii_lowercase().find("boundary=")?;
    let rest = kind.get(at + "boundary=".len()..)?;
    let boundary = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split(';').next()?.trim(),
    };
    (!boundary.is_empty()).then(|| format!("--{boundary}"))
}

fn parts<'b>(body: &'b [u8], boundary: &str) -> Vec<&'b [u8]> {
    let starts: Vec<usize> =
        memmem::find_iter(body, boundary.as_bytes()).filter(|&at| at == 0 || body[at - 1] == b'\n').collect();
    let ends = starts.iter().skip(1).copied().chain([body.len()]);
    let parts = starts.iter().zip(ends).map(|(start, end)| &body[start + boundary.len()..end]);
    // Two hyphens follow the last boundary.
    let parts = parts.filter(|part| !part.starts_with(b"--"));
    parts
        .map(|part| memchr::memchr(b'\n', part).map_or(&part[part.len()..], |end| &part[end + 1..]))
        .collect()
}

fn decoded(body: &[u8], encoding: &str) -> Vec<u8> {
    match encoding.to_ascii_lowercase().as_str() {
        "quoted-printable" => quoted_printable(body),
        "base64" => {
            let letters: Vec<u8> = body.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
            let lenient = GeneralPurposeConfig::new()
                .with_decode_padding_mode(DecodePaddingMode::Indifferent)
                .with_decode_allow_trailing_bits(true);
            GeneralPurpose::new(&STANDARD, lenient).decode(letters).unwrap_or_default()
        }
        _ => body.to_vec(),
    }
}

/// `=3D` is a byte, and `=` at the end of a line joins it with the next (RFC 2045, 6.7).
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first != b'=' {
            out.push(first);
            continue;
        }
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        let blanks = after.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
        if let Some(byte) = hex {
            out.push(byte);
            rest = &after[2..];
        } else if after.get(blanks).is_none_or(|&b| b == b'\n') {
            rest = after.get(blanks + 1..).unwrap_or_default();
        } else {
            out.push(first);
        }
    }
    out
}

/// The sheet names that Excel lists in the first page, by page.
fn sheets(main: &str) -> BTreeMap<String, String> {
    let listed = main.split("<x:ExcelWorksheet>").skip(1).filter_map(|sheet| {
        let address = sheet.split_once("<x:WorksheetSource")?.1.split_once("HRef=\"")?.1.split('"').next()?;
        Some((address.rsplit(['/', '\\']).next()?.to_lowercase(), sheet_name(sheet)?))
    });
    listed.collect()
}

/// The name of the only sheet, if its table is on the first page itself.
fn only_sheet(main: &str) -> Option<String> {
    main.split_once("<x:ExcelWorksheet>").and_then(|(_, sheet)| sheet_name(sheet))
}

fn sheet_name(sheet: &str) -> Option<String> {
    let name = sheet.split_once("<x:Name>")?.1.split_once("</x:Name>")?.0;
    Some(quick_xml::escape::unescape(name).map_or_else(|_| name.to_owned(), |name| name.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(message: &str) -> Result<Vec<String>, ReadError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("환경국.mht");
        std::fs::write(&path, message).unwrap();
        let texts = |grid: Grid| {
            let name = grid.name.to_string();
            let texts: Vec<String> = grid
                .rows_from(0)
                .flat_map(|(_, cells)| cells.iter().map(|(_, shown)| shown.text.to_string()))
                .collect();
            format!("{name}: {}", texts.join(" "))
        };
        Ok(read(&path)?.into_iter().map(texts).collect())
    }

    const HEAD: &str = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"a=_b\"\r\n\r\nfor old programs\r\n";

    fn part(address: &str, encoding: &str, body: &str) -> String {
        format!(
            "--a=_b\r\nContent-Location: file:///C:/x/{address}\r\nContent-Transfer-Encoding: {encoding}\r\n\
             Content-Type: text/html; charset=\"utf-8\"\r\n\r\n{body}\r\n"
        )
    }

    #[test]
    fn a_web_page_saved_in_one_file_was_reported_and_not_read() {
        let quoted =
            "<html><table><tr><td class=3Dx>=EB=AA=A9=\r\n=ED=91=9C</td><td>91</td></tr></table></html>";
        let page = format!("{HEAD}{}--a=_b--\r\n", part("page.htm", "quoted-printable", quoted));
        assert_eq!(shown(&page), Ok(vec!["환경국: 목표 91".to_owned()]));
        let lines = "PGh0bWw+PHRhYmxlPjx0cj48dGQ+\r\n7Iuk7KCBPC90ZD48L3RyPjwvdGFibGU+\r\n";
        assert_eq!(
            shown(&format!("{HEAD}{}", part("p.htm", "base64", lines))),
            Ok(vec!["환경국: 실적".to_owned()])
        );
        assert_eq!(
            shown(&format!("{HEAD}{}", part("p.htm", "8bit", "<p>글</p>"))),
            Err(ReadError::NotASpreadsheet("MHTML".into()))
        );
    }

    #[test]
    fn the_sheets_of_a_workbook_keep_their_names_and_the_strip_of_tabs_is_none() {
        let sheet = |at: u32, name: &str| {
            format!(
                "<x:ExcelWorksheet><x:Name>{name}</x:Name><x:WorksheetSource HRef=\"a.files/sheet00{at}.htm\"/>\
                 </x:ExcelWorksheet>"
            )
        };
        let main = format!("<html><xml>{}{}</xml></html>", sheet(1, "계획"), sheet(2, "&#48512;&#47197;"));
        let table = |text: &str| format!("<table><tr><td>{text}</td></tr></table>");
        let message = [
            part("a.htm", "8bit", &main),
            part("a.files/sheet001.htm", "8bit", &table("가")),
            part("a.files/tabstrip.htm", "8bit", &table("계획 부록")),
            part("a.files/sheet002.htm", "8bit", &table("나")),
        ];
        let read = shown(&format!("{HEAD}{}--a=_b--", message.concat()));
        assert_eq!(read, Ok(vec!["계획: 가".to_owned(), "부록: 나".to_owned()]));
    }
}
