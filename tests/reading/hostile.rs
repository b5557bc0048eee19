//! Bad input: every kind becomes a finding with its reason, and the other workbooks are still read.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const GOOD: &str = "09_비상기획관.xlsx";

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009/workbooks").join(name)
}

/// Checks a plan-year folder with one good workbook and the files that `fill` adds; returns the findings by
/// file.
fn check(fill: impl FnOnce(&Path)) -> BTreeMap<String, Vec<Json>> {
    let folder = tempfile::tempdir().unwrap();
    let workbooks = folder.path().join("workbooks");
    fs::create_dir(&workbooks).unwrap();
    fs::copy(example(GOOD), workbooks.join(GOOD)).unwrap();
    fill(&workbooks);
    let output = Command::new(env!("CARGO_BIN_EXE_planbook"))
        .args(["check", "--format", "json", "--lang", "en"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{:?}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    let findings: Vec<Json> = serde_json::from_slice(&output.stdout).unwrap();
    let mut by_file: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    for finding in findings {
        let file = finding["at"]["file"].as_str().unwrap().to_owned();
        by_file.entry(file.trim_start_matches("workbooks/").to_owned()).or_default().push(finding);
    }
    // The good workbook was read in any case.
    assert!(
        by_file
            .get(GOOD)
            .is_none_or(|found| found.iter().all(|f| f["rule"] != "R001" && f["rule"] != "R002"))
    );
    by_file
}

/// Asserts that `rule` reports `name` with `reason` in its message and with a hint.
fn reported(findings: &BTreeMap<String, Vec<Json>>, name: &str, rule: &str, reason: &str) {
    let found = findings.get(name).unwrap_or_else(|| panic!("nothing about {name}: {:?}", findings.keys()));
    let finding = found.iter().find(|f| f["rule"] == rule).unwrap_or_else(|| panic!("{name}: {found:?}"));
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains(reason), "{name}: {message}");
    assert!(finding["hint"].as_str().is_some_and(|hint| hint.len() > 10), "{name} has no hint");
}

/// Writes the content of a part.
type Part<'a> = &'a dyn Fn(&mut dyn Write);

/// A workbook of one sheet with this XML, and the given shared strings.
fn workbook(sheet: impl FnOnce(&mut dyn Write), strings: Option<Part<'_>>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let rels = |target: &str, kind: &str| {
        format!(
            r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    for (name, content) in [
        ("[Content_Types].xml", format!(r#"<Types xmlns="{package}/content-types"/>"#)),
        ("_rels/.rels", rels("xl/workbook.xml", "officeDocument")),
        ("xl/_rels/workbook.xml.rels", rels("worksheets/sheet1.xml", "worksheet")),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{office}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    if let Some(strings) = strings {
        zip.start_file("xl/sharedStrings.xml", options).unwrap();
        strings(&mut zip);
    }
    zip.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    sheet(&mut zip);
    zip.finish().unwrap().into_inner()
}

fn sheet(data: &str, after: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>{data}</sheetData>{after}</worksheet>"#
    )
}

fn write(path: PathBuf, content: impl AsRef<[u8]>) {
    fs::write(path, content).unwrap();
}

fn megabytes(out: &mut dyn Write, count: usize) {
    let block = vec![b'a'; 1 << 20];
    for _ in 0..count {
        out.write_all(&block).unwrap();
    }
}

#[test]
fn files_other_than_workbooks_are_reported_by_format() {
    let findings = check(|folder| {
        write(folder.join("empty.xlsx"), "");
        write(folder.join("text.xlsx"), "관점,목표\n");
        write(folder.join("page.xls"), "<html><p>login</p></html>");
        let whole = fs::read(example(GOOD)).unwrap();
        write(folder.join("truncated.xlsx"), &whole[..whole.len() / 2]);
        fs::create_dir(folder.join("folder.xlsx")).unwrap();
        write(folder.join("noise.xlsx"), [0u8, 1, 2, 0, 255, 254, 3].repeat(50));
    });
    reported(&findings, "empty.xlsx", "R001", "empty");
    reported(&findings, "text.xlsx", "R001", "TXT");
    reported(&findings, "page.xls", "R001", "HTML");
    reported(&findings, "truncated.xlsx", "R001", "damaged");
    reported(&findings, "folder.xlsx", "R001", "folder");
    reported(&findings, "noise.xlsx", "R001", "");
}

#[test]
fn an_xls_named_xlsx_is_read_all_the_same() {
    let findings = check(|folder| {
        fs::copy(example("52_어린이병원.xls"), folder.join("52.xlsx")).unwrap();
    });
    assert!(findings.get("52.xlsx").is_none_or(|found| found.iter().all(|f| f["rule"] != "R001")));
}

#[test]
fn an_encrypted_workbook_asks_for_its_password_to_be_removed() {
    let findings = check(|folder| {
        let mut compound = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        compound.create_stream("/EncryptedPackage").unwrap().write_all(b"secret").unwrap();
        compound.create_stream("/EncryptionInfo").unwrap().write_all(b"info").unwrap();
        compound.flush().unwrap();
        write(folder.join("locked.xlsx"), compound.into_inner().into_inner());
    });
    reported(&findings, "locked.xlsx", "R001", "password");
}

#[test]
fn zip_bombs_are_refused() {
    let findings = check(|folder| {
        let bomb = workbook(
            |out| {
                out.write_all(b"<worksheet><sheetData>").unwrap();
                megabytes(out, 200);
            },
            None,
        );
        write(folder.join("bomb.xlsx"), bomb);
        let strings = |out: &mut dyn Write| {
            out.write_all(b"<sst><si><t>").unwrap();
            megabytes(out, 120);
            out.write_all(b"</t></si></sst>").unwrap();
        };
        let one_string = workbook(|out| out.write_all(sheet("", "").as_bytes()).unwrap(), Some(&strings));
        write(folder.join("one-string.xlsx"), one_string);
        let many_strings = |out: &mut dyn Write| {
            out.write_all(b"<sst>").unwrap();
            let block = "<si><t>a</t></si>".repeat(1 << 16);
            for _ in 0..80 {
                out.write_all(block.as_bytes()).unwrap();
            }
            out.write_all(b"</sst>").unwrap();
        };
        let strings = workbook(|out| out.write_all(sheet("", "").as_bytes()).unwrap(), Some(&many_strings));
        write(folder.join("many-strings.xlsx"), strings);
    });
    reported(&findings, "bomb.xlsx", "R001", "too large");
    reported(&findings, "one-string.xlsx", "R001", "too large");
    assert!(findings.contains_key("many-strings.xlsx"));
}

#[test]
fn sheets_without_a_plan_but_with_a_million_rows_corners_or_merges_are_read() {
    let findings = check(|folder| {
        let rows = |out: &mut dyn Write| {
            out.write_all(b"<worksheet><sheetData>").unwrap();
            for row in 1..=1_000_000 {
                write!(out, "<row r=\"{row}\"/>").unwrap();
            }
            out.write_all(b"</sheetData></worksheet>").unwrap();
        };
        write(folder.join("rows.xlsx"), workbook(rows, None));
        let corners =
            r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
        write(
            folder.join("corners.xlsx"),
            workbook(|out| out.write_all(sheet(corners, "").as_bytes()).unwrap(), None),
        );
        let merges: String =
            (1..=100_000).map(|row| format!(r#"<mergeCell ref="A{row}:XFD{row}"/>"#)).collect();
        let merges = sheet("", &format!("<mergeCells>{merges}</mergeCells>"));
        write(folder.join("merges.xlsx"), workbook(|out| out.write_all(merges.as_bytes()).unwrap(), None));
        let deep = |out: &mut dyn Write| {
            out.write_all(b"<worksheet>").unwrap();
            out.write_all("<x>".repeat(1_000_000).as_bytes()).unwrap();
            out.write_all(b"<sheetData></sheetData>").unwrap();
        };
        write(folder.join("deep.xlsx"), workbook(deep, None));
    });
    reported(&findings, "rows.xlsx", "R002", "");
    reported(&findings, "corners.xlsx", "R002", "");
    reported(&findings, "merges.xlsx", "R001", "too large");
    assert!(findings["deep.xlsx"].iter().any(|f| f["rule"] == "R001" || f["rule"] == "R002"));
}

#[test]
fn a_doctype_with_entities_is_refused() {
    let findings = check(|folder| {
        let evil = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData/></worksheet>"#;
        write(folder.join("doctype.xlsx"), workbook(|out| out.write_all(evil.as_bytes()).unwrap(), None));
    });
    reported(&findings, "doctype.xlsx", "R001", "DOCTYPE");
}

#[test]
fn a_wrong_checksum_is_not_read_as_if_right() {
    let findings = check(|folder| {
        let mut bytes = fs::read(example(GOOD)).unwrap();
        // The checksum of every entry in the central directory: 16 bytes after the signature PK\1\2.
        let marks: Vec<usize> =
            (0..bytes.len() - 4).filter(|&at| bytes[at..at + 4] == [b'P', b'K', 1, 2]).collect();
        for at in marks {
            bytes[at + 16] ^= 0xFF;
        }
        write(folder.join("checksum.xlsx"), bytes);
    });
    reported(&findings, "checksum.xlsx", "R001", "damaged");
}

#[test]
fn an_xls_with_a_looping_sector_chain_or_far_corners_does_not_end_the_run() {
    let findings = check(|folder| {
        let mut bytes = fs::read(example("52_어린이병원.xls")).unwrap();
        // The header has the first FAT sector at offset 76; entry n is the sector that follows sector n.
        let fat = u32::from_le_bytes(bytes[76..80].try_into().unwrap()) as usize;
        let table = 512 + fat * 512;
        for entry in 0..20u32 {
            let at = table + entry as usize * 4;
            bytes[at..at + 4].copy_from_slice(&entry.to_le_bytes());
        }
        write(folder.join("loop.xls"), bytes);
        write(folder.join("corners.xls"), far_corners_xls());
    });
    reported(&findings, "loop.xls", "R001", "");
    assert!(findings["corners.xls"].iter().any(|f| f["rule"] == "R001" || f["rule"] == "R002"));
}

/// A BIFF8 workbook with numbers in A1 and IV65536.
fn far_corners_xls() -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let mut bytes = kind.to_le_bytes().to_vec();
        bytes.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
        bytes.extend(data);
        bytes
    };
    let bof = |kind: u16| {
        let mut data = 0x0600u16.to_le_bytes().to_vec();
        data.extend(kind.to_le_bytes());
        data.extend([0u8; 12]);
        record(0x0809, &data)
    };
    let number = |row: u16, col: u16| {
        let mut data = row.to_le_bytes().to_vec();
        data.extend(col.to_le_bytes());
        data.extend(0u16.to_le_bytes());
        data.extend(1.5f64.to_le_bytes());
        record(0x0203, &data)
    };
    let globals_length = bof(5).len() + 4 + 6 + 2 + 1 + 4;
    let mut sheet = u32::try_from(globals_length).unwrap().to_le_bytes().to_vec();
    sheet.extend([0, 0, 1, 0, b's']);
    let mut stream = bof(5);
    stream.extend(record(0x0085, &sheet));
    stream.extend(record(0x000A, &[]));
    stream.extend(bof(0x10));
    stream.extend(number(0, 0));
    stream.extend(number(65535, 255));
    stream.extend(record(0x000A, &[]));
    let mut compound = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    compound.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    compound.flush().unwrap();
    compound.into_inner().into_inner()
}

#[cfg(unix)]
#[test]
fn a_looping_link_is_reported_and_skipped() {
    let findings = check(|folder| {
        fs::create_dir(folder.join("inner")).unwrap();
        std::os::unix::fs::symlink(folder, folder.join("inner/loop.xlsx")).unwrap();
    });
    reported(&findings, "inner/loop.xlsx", "R001", "");
}

#[cfg(unix)]
#[test]
fn a_workbook_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let mut refused = false;
    let findings = check(|folder| {
        let path = folder.join("private.xlsx");
        fs::copy(example(GOOD), &path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
        // root can read everything.
        refused = fs::File::open(&path).is_err();
    });
    if refused {
        reported(&findings, "private.xlsx", "R001", "");
    } else {
        assert!(findings.contains_key("private.xlsx"), "a second plan of one organisation is reported");
    }
}
