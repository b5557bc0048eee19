//! Irregular and oversized workbooks: a defect affects only itself, and a small file never takes much memory
//! or time.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::process::{Command, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MACROS: &str = "http://schemas.microsoft.com/office/2006/relationships";
const GOOD: &str = "good.xlsx";

/// The parts of a package by their names.
type Parts = BTreeMap<String, String>;

fn texts(row: &[&str]) -> String {
    let cells = row.iter().map(|text| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#));
    format!("<row>{}</row>", cells.collect::<String>())
}

/// The rows of a plan of `org` with two KPIs.
fn plan(org: &str) -> String {
    let title = texts(&[&format!("{org} 성과계획")]);
    let head = texts(&["관점", "전략목표", "핵심성과지표", "2025년", "2026년", "단위", "비중"]);
    let rows = ["가", "나"].map(|kpi| texts(&["고객", "목표", &format!("지표 {kpi}"), "1", "2", "건", "50"]));
    format!("{title}{head}{}", rows.concat())
}

fn sheet(rows: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

/// A workbook whose first sheet holds `first`; `sheets` are further entries of the workbook, `rels` the relationships.
fn parts(first: &str, sheets: &str, rels: &str) -> Parts {
    let rel = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    let around = |rels: String| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>"#
        )
    };
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    Parts::from([
        (
            "[Content_Types].xml".to_owned(),
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"#.to_owned(),
        ),
        ("_rels/.rels".to_owned(), around(rel("r1", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml".to_owned(),
            format!(r#"<workbook xmlns="{main}" xmlns:r="{OFFICE}"><sheets><sheet name="계획" sheetId="1" r:id="r1"/>{sheets}</sheets></workbook>"#),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            around(rel("r1", "worksheet", "worksheets/sheet1.xml") + rels),
        ),
        ("xl/worksheets/sheet1.xml".to_owned(), first.to_owned()),
    ])
}

fn zipped<'p>(parts: impl IntoIterator<Item = (&'p str, &'p [u8])>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn packed(parts: &Parts) -> Vec<u8> {
    zipped(parts.iter().map(|(name, content)| (name.as_str(), content.as_bytes())))
}

fn ods(tables: &str) -> Vec<u8> {
    let content = format!(r#"<d xmlns:table="t" xmlns:text="x"><table:a/>{tables}</d>"#);
    let kind = b"application/vnd.oasis.opendocument.spreadsheet".as_slice();
    zipped([("mimetype", kind), ("content.xml", content.as_bytes())])
}

/// The result of a run.
struct Ran {
    /// Findings by file.
    findings: BTreeMap<String, Vec<Json>>,
    /// The command's peak memory in MB; 0 if the system does not report it.
    peak: u64,
    folder: TempDir,
}

/// Runs `planbook check` on a folder with a good workbook and `files`.
fn check(settings: &str, files: &[(&str, Vec<u8>)]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let workbooks = folder.path().join("workbooks");
    fs::create_dir(&workbooks).unwrap();
    fs::write(folder.path().join("planbook.toml"), settings).unwrap();
    fs::write(workbooks.join(GOOD), packed(&parts(&sheet(&plan("교통국")), "", ""))).unwrap();
    for (name, content) in files {
        fs::write(workbooks.join(name), content).unwrap();
    }
    let output = folder.path().join("findings.json");
    let mut child = Command::new(env!("CARGO_BIN_EXE_planbook"))
        .args(["check", "--format", "json", "--lang", "en"])
        .arg(folder.path())
        .stdout(Stdio::from(fs::File::create(&output).unwrap()))
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut peak = 0;
    let status = loop {
        if let Ok(text) = fs::read_to_string(format!("/proc/{}/status", child.id()))
            && let Some(line) = text.lines().find(|line| line.starts_with("VmHWM"))
        {
            peak = line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or(peak);
        }
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    assert!(matches!(status.code(), Some(0 | 1)), "{status:?}");
    let mut findings: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    let list: Vec<Json> = serde_json::from_slice(&fs::read(&output).unwrap()).unwrap();
    for finding in list {
        let file = finding["at"]["file"].as_str().unwrap().trim_start_matches("workbooks/").to_owned();
        findings.entry(file).or_default().push(finding);
    }
    let ran = Ran { findings, peak: peak / 1024, folder };
    assert_eq!(ran.rules(GOOD, &["R001", "R002"]), [""; 0], "the good workbook was not read");
    ran
}

impl Ran {
    /// The codes among `rules` that are reported for `name`.
    fn rules<'r>(&self, name: &str, rules: &[&'r str]) -> Vec<&'r str> {
        let found = self.findings.get(name).map_or(&[][..], Vec::as_slice);
        rules.iter().copied().filter(|rule| found.iter().any(|finding| finding["rule"] == *rule)).collect()
    }

    /// Asserts that the plan of `name` was read, with exactly the findings `expected`.
    fn read(&self, name: &str, expected: &[&str]) {
        assert_eq!(
            self.rules(name, &["R001", "R002", "R016"]),
            expected,
            "{name}: {:?}",
            self.findings.get(name)
        );
    }

    /// Asserts that `name` could not be read, for `reason`.
    fn refused(&self, name: &str, reason: &str) {
        let found = self.findings.get(name).unwrap_or_else(|| panic!("nothing about {name}"));
        let finding =
            found.iter().find(|f| f["rule"] == "R001").unwrap_or_else(|| panic!("{name}: {found:?}"));
        assert!(finding["message"].as_str().unwrap().contains(reason), "{name}: {}", finding["message"]);
    }
}

#[test]
fn a_sheet_without_a_part_does_not_make_the_workbook_unreadable() {
    let with = |entry: &str| packed(&parts(&sheet(&plan("환경국")), entry, ""));
    let ran = check(
        "",
        &[
            ("module.xlsm", with(r#"<sheet name="Module1" sheetId="9" state="veryHidden" r:id=""/>"#)),
            ("gone.xlsx", with(r#"<sheet name="지난해" sheetId="9" r:id="r9"/>"#)),
            ("nameless.xlsx", with(r#"<sheet name="지난해" sheetId="9"/>"#)),
            ("twice.xlsx", with(r#"<sheet name="지난해" sheetId="9" r:id="r1"/>"#)),
        ],
    );
    ran.read("module.xlsm", &[]);
    ran.read("gone.xlsx", &["R016"]);
    ran.read("nameless.xlsx", &["R016"]);
    ran.read("twice.xlsx", &["R016"]);
}

#[test]
fn macro_dialog_and_chart_sheets_do_not_make_the_workbook_unreadable() {
    let other = |kind: &str, root: &str| {
        let rel = format!(r#"<Relationship Id="r2" Type="{kind}" Target="other/sheet1.xml"/>"#);
        let entry = r#"<sheet name="다른 것" sheetId="2" r:id="r2"/>"#;
        let mut parts = parts(&sheet(&plan("환경국")), entry, &rel);
        parts.insert(
            "xl/other/sheet1.xml".to_owned(),
            format!("<{root} xmlns:xm=\"m\"><sheetData/></{root}>"),
        );
        packed(&parts)
    };
    let ran = check(
        "",
        &[
            ("macro.xlsm", other(&format!("{MACROS}/xlMacrosheet"), "xm:macrosheet")),
            ("intl.xlsm", other(&format!("{MACROS}/xlIntlMacrosheet"), "xm:macrosheet")),
            ("dialog.xlsm", other(&format!("{OFFICE}/dialogsheet"), "dialogsheet")),
            ("chart.xlsx", other(&format!("{OFFICE}/chartsheet"), "chartsheet")),
            ("odd.xlsm", other("urn:unheard-of", "xm:macrosheet")),
        ],
    );
    for name in ["macro.xlsm", "intl.xlsm", "dialog.xlsm", "chart.xlsx", "odd.xlsm"] {
        ran.read(name, &[]);
    }
}

#[test]
fn a_missing_only_sheet_is_not_reported_as_a_missing_plan() {
    let mut parts = parts(&sheet(""), "", "");
    parts.remove("xl/worksheets/sheet1.xml");
    check("", &[("a.xlsx", packed(&parts))]).refused("a.xlsx", "xl/worksheets/sheet1.xml is missing");
}

#[test]
fn entries_with_backslashes_or_in_other_case_are_read() {
    let parts = parts(&sheet(&plan("환경국")), "", "");
    let renamed = |name: &dyn Fn(&str) -> String| {
        let parts: Parts = parts.iter().map(|(old, content)| (name(old), content.clone())).collect();
        packed(&parts)
    };
    let ran = check(
        "",
        &[
            ("back.xlsx", renamed(&|name| name.replace('/', "\\"))),
            ("case.xlsx", renamed(&str::to_uppercase)),
        ],
    );
    ran.read("back.xlsx", &[]);
    ran.read("case.xlsx", &[]);
}

#[test]
fn a_cell_beyond_the_sheet_costs_that_cell_and_is_reported() {
    let with = |cell: &str| packed(&parts(&sheet(&format!("{}<row>{cell}</row>", plan("환경국"))), "", ""));
    let ran = check(
        "",
        &[
            ("beyond.xlsx", with(r#"<c r="XFE1048577"><v>1</v></c>"#)),
            ("zero.xlsx", with(r#"<c r="A0"><v>1</v></c>"#)),
            ("nonsense.xlsx", with(r#"<c r="여기"><v>1</v></c>"#)),
            (
                "string.xlsx",
                with(r#"<c t="e"><v>#오류!</v></c><c t="b"><v>예</v></c><c t="neu"><v>1</v></c>"#),
            ),
        ],
    );
    ran.read("beyond.xlsx", &["R016"]);
    ran.read("zero.xlsx", &["R016"]);
    ran.read("nonsense.xlsx", &["R016"]);
    ran.read("string.xlsx", &[]);
}

#[test]
fn a_sheet_that_is_not_well_formed_is_neither_read_nor_annotated_as_if_sound() {
    let sound = sheet(&plan("환경국"));
    let files = [
        ("before.xlsx", format!("Workbook{sound}")),
        ("behind.xlsx", format!("{sound}{sound}")),
        ("broken.xlsx", sound.replace("</sheetData></worksheet>", "</sheetData>")),
        ("html.xlsx", "<html><body/></html>".to_owned()),
    ]
    .map(|(name, sheet)| (name, packed(&parts(&sheet, "", ""))));
    let ran = check("", &files);
    for (name, _) in &files {
        ran.refused(name, "sheet1.xml");
    }
    let output = ran.folder.path().join("output");
    let status = Command::new(env!("CARGO_BIN_EXE_planbook"))
        .args(["return", "--quiet", "--lang", "en"])
        .arg(ran.folder.path())
        .arg("-o")
        .arg(&output)
        .status()
        .unwrap();
    assert!(matches!(status.code(), Some(0 | 1)), "{status:?}");
    let receipts: Vec<Json> =
        serde_json::from_slice(&fs::read(output.join("data/returned.json")).unwrap()).unwrap();
    for (name, _) in &files {
        let receipt = receipts.iter().find(|r| r["file"].as_str().unwrap().ends_with(name)).unwrap();
        assert_eq!(receipt["outcome"], "substituted", "{name}");
        assert!(receipt["reason"].as_str().unwrap().contains("sheet1.xml"), "{name}: {receipt}");
    }
}

#[test]
fn thousands_of_sheets_are_read() {
    let count = 3000;
    let entry = |n: usize| format!(r#"<sheet name="s{n}" sheetId="{}" r:id="s{n}"/>"#, n + 10);
    let rel = |n: usize| {
        format!(r#"<Relationship Id="s{n}" Type="{OFFICE}/worksheet" Target="worksheets/s{n}.xml"/>"#)
    };
    let sheets: String = (0..count).map(entry).collect();
    let rels: String = (0..count).map(rel).collect();
    let mut blank = parts(&sheet(&plan("환경국")), &sheets, &rels);
    let mut filled = blank.clone();
    for n in 0..count {
        let name = format!("xl/worksheets/s{n}.xml");
        blank.insert(name.clone(), sheet(""));
        filled.insert(name, sheet(&plan(&format!("가상{n}과"))));
    }
    let one_part =
        packed(&parts(&sheet(&plan("복지국")), &sheets.replace("r:id=\"s", "r:id=\"r1\" n=\""), ""));
    // Unoptimised, the fullest workbook may exceed the default time limit.
    let settings = "[read]\nseconds = 100\n";
    let ran = check(
        settings,
        &[("blank.xlsx", packed(&blank)), ("filled.xlsx", packed(&filled)), ("one-part.xlsx", one_part)],
    );
    ran.read("blank.xlsx", &[]);
    ran.read("filled.xlsx", &[]);
    ran.read("one-part.xlsx", &["R016"]);
    let count = ran.findings["one-part.xlsx"].iter().filter(|finding| finding["rule"] == "R016").count();
    assert_eq!(count, 1, "one finding tells of all sheets");
}

#[test]
fn a_small_file_never_takes_much_memory() {
    let long = "가".repeat(340_000);
    let shared = |cells: usize| {
        let row = format!("<row>{}</row>", r#"<c t="s"><v>0</v></c>"#.repeat(100));
        let mut parts = parts(&sheet(&row.repeat(cells / 100)), "", "");
        parts.insert("xl/sharedStrings.xml".to_owned(), format!("<sst><si><t>{long}</t></si></sst>"));
        packed(&parts)
    };
    let merges: String = (1..=20_000).map(|row| format!(r#"<mergeCell ref="A{row}:XFD{row}"/>"#)).collect();
    let merges = sheet("").replace("</worksheet>", &format!("<mergeCells>{merges}</mergeCells></worksheet>"));
    let cell = |repeats: &str, text: &str| {
        format!(
            "<table:table-row {}><table:table-cell {}><text:p>{text}</text:p></table:table-cell></table:table-row>",
            repeats.split('|').next().unwrap(),
            repeats.split('|').nth(1).unwrap()
        )
    };
    let table = |rows: &str| format!(r#"<table:table table:name="s">{rows}</table:table>"#);
    let square = r#"table:number-rows-repeated="1000"|table:number-columns-repeated="1000""#;
    let column = r#"table:number-rows-repeated="1048576"|"#;
    let spans = r#"|table:number-columns-spanned="16384" table:number-rows-spanned="1048576""#;
    let hidden = r#"<table:table-row table:visibility="collapse" table:number-rows-repeated="1000"/>"#;
    let ran = check(
        "",
        &[
            ("shared.xlsx", shared(20_000)),
            ("merges.xlsx", packed(&parts(&merges, "", ""))),
            ("cells.ods", ods(&table(&cell(square, "x")).repeat(500))),
            ("column.ods", ods(&table(&cell(column, "x")))),
            ("long.ods", ods(&table(&cell(square, &long)))),
            ("spans.ods", ods(&table(&cell(spans, "x").repeat(2000)))),
            ("hidden.ods", ods(&table(&hidden.repeat(40_000)))),
            ("wide.csv", "x,".repeat(1_000_000).into_bytes()),
            ("strings.xls", strings_xls()),
        ],
    );
    for name in ["shared.xlsx", "merges.xlsx", "cells.ods", "long.ods", "spans.ods"] {
        ran.refused(name, "too large");
    }
    for name in ["column.ods", "hidden.ods", "wide.csv"] {
        ran.read(name, &["R002"]);
    }
    assert!(ran.findings.contains_key("strings.xls"));
    // As many are read in parallel as there are cores.
    assert!(ran.peak < 700, "{} MB", ran.peak);
}

/// A BIFF8 workbook in which thousands of cells share a string of 60,000 letters.
fn strings_xls() -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes()[..], data].concat()
    };
    let bof = |kind: u16| {
        record(0x0809, &[&0x0600u16.to_le_bytes()[..], &kind.to_le_bytes()[..], &[0; 12]].concat())
    };
    let letters = 60_000u16;
    let mut table = [1u32.to_le_bytes(), 1u32.to_le_bytes()].concat();
    table.extend(letters.to_le_bytes());
    table.push(0);
    let mut strings = Vec::new();
    // A long string continues in further records, each starting with a byte for the character width.
    let mut rest = usize::from(letters);
    let first = rest.min(8000);
    table.extend(vec![b'a'; first]);
    strings.extend(record(0x00FC, &table));
    rest -= first;
    while rest > 0 {
        let piece = rest.min(8000);
        strings.extend(record(0x003C, &[vec![0], vec![b'a'; piece]].concat()));
        rest -= piece;
    }
    let start = bof(5).len() + 4 + 8 + 1 + strings.len() + 4;
    let mut entry = u32::try_from(start).unwrap().to_le_bytes().to_vec();
    entry.extend([0, 0, 1, 0, b's']);
    let mut stream = bof(5);
    stream.extend(record(0x0085, &entry));
    stream.extend(strings);
    stream.extend(record(0x000A, &[]));
    stream.extend(bof(0x10));
    for row in 0..20_000u16 {
        let cell = [&row.to_le_bytes()[..], &[0, 0, 0, 0], &0u32.to_le_bytes()[..]].concat();
        stream.extend(record(0x00FD, &cell));
    }
    stream.extend(record(0x000A, &[]));
    let mut compound = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    compound.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    compound.flush().unwrap();
    compound.into_inner().into_inner()
}

/// Only these systems limit the memory of the reader process; macOS relies on the time limit.
#[cfg(any(target_os = "linux", windows))]
#[test]
fn a_workbook_over_the_memory_limit_ends_only_its_reader() {
    let mut parts = parts(&sheet(""), "", "");
    let strings = format!("<sst>{}</sst>", "<si><t>a</t></si>".repeat(3_000_000));
    parts.insert("xl/sharedStrings.xml".to_owned(), strings);
    let ran = check("[read]\nmemory_mb = 100\nseconds = 60\n", &[("strings.xlsx", packed(&parts))]);
    ran.refused("strings.xlsx", "too large to be read (100 MB)");
    assert!(ran.peak < 100, "{} MB", ran.peak);
    let numbers = sheet(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(15)).repeat(100_000));
    let numbers = packed(&self::parts(&numbers, "", ""));
    let ran = check("[read]\nmemory_mb = 60\nseconds = 60\n", &[("numbers.xlsx", numbers.clone())]);
    ran.refused("numbers.xlsx", "too large to be read (60 MB)");
    // With enough memory it is read.
    check("[read]\nmemory_mb = 400\nseconds = 60\n", &[("numbers.xlsx", numbers)])
        .read("numbers.xlsx", &["R002"]);
}

#[test]
fn nested_brackets_in_a_value_do_not_end_the_run() {
    let value = "(".repeat(30_000);
    let row = texts(&["고객", "목표", "지표 다", "1", &value, "건", "50"]);
    let rows = plan("환경국") + &row;
    check("", &[("a.xlsx", packed(&parts(&sheet(&rows), "", "")))]).read("a.xlsx", &[]);
}
