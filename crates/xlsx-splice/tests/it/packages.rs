//! Packages with all the quirks of real programs: annotated without loss, or refused for the right reason.

use crate::book::{
    self as package, Book, Form, MAIN, OFFICE, ROWS, SHEET, book, entries, relationships, sheet,
};
use crate::proof::{self, annotate, content, notes, proven, refused};
use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatDataBar, ConditionalFormatIconSet, ConditionalFormatIconType,
    DataValidation, Image, Note, Sparkline, Table, Workbook,
};
use xlsx_splice::{Annotation, Error};

const CELLS: [&str; 6] = ["B2", "C2", "A1", "F3", "D40", "XFD1048576"];
const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";

/// The base with the first sheet's XML changed.
fn with_sheet(head: &str, rows: &str, tail: &str) -> Book {
    let mut book = book();
    book.set(SHEET, sheet(head, rows, tail));
    book
}

#[test]
fn a_plain_workbook() {
    proven("plain", &book().pack(), &CELLS);
}

#[test]
fn entries_stored_with_descriptors_fields_comments_and_something_before_and_behind() {
    let forms = [
        ("stored", Form { stored: true, ..Form::default() }),
        ("descriptors", Form { descriptor: true, ..Form::default() }),
        ("further fields", Form { extra: b"UT\x05\x00\x03\0\0\0\0".to_vec(), ..Form::default() }),
        (
            "padded as by JarMarker and zipalign",
            Form { extra: b"\xfe\xca\0\0\0\0\0".to_vec(), ..Form::default() },
        ),
        ("comments", Form { comment: "주석".as_bytes().to_vec(), ..Form::default() }),
    ];
    for (what, form) in forms {
        let mut book = book();
        book.form(&form);
        proven(what, &book.pack(), &CELLS);
        book.comment = b"a comment of the archive".to_vec();
        book.before = b"MZ something before".to_vec();
        proven(what, &book.pack(), &CELLS);
    }
}

#[test]
fn zip64_records_in_a_small_archive() {
    let form = Form { zip64: true, ..Form::default() };
    let mut long = book();
    long.form(&form);
    long.zip64_end = true;
    for (what, book) in [("entries and end", &long), ("entries", &Book { zip64_end: false, ..long.clone() })]
    {
        proven(what, &book.pack(), &CELLS);
    }
    let mut end = book();
    end.zip64_end = true;
    proven("end", &end.pack(), &CELLS);
    let streamed = Form { zip64: true, descriptor: true, ..Form::default() };
    proven("streamed", &book().form(&streamed).pack(), &CELLS);
}

#[test]
fn names_twice_or_differing_by_case_are_refused() {
    for name in ["XL/worksheets/SHEET1.xml", "xl\\worksheets\\sheet1.xml", "/xl/worksheets/sheet1.xml"] {
        let mut book = book();
        book.parts.push((name.to_owned(), b"<worksheet/>".to_vec(), Form::default()));
        assert!(matches!(refused(name, &book.pack()), Error::DuplicateEntry(_)), "{name}");
    }
}

#[test]
fn folders_as_entries_and_names_in_another_case_or_with_the_wrong_slash() {
    let mut folders = book();
    for folder in ["xl/worksheets/", "xl/", "_rels/"] {
        folders.parts.insert(0, (folder.to_owned(), Vec::new(), Form { stored: true, ..Form::default() }));
    }
    proven("folders", &folders.pack(), &CELLS);
    let mut case = book();
    case.rename(SHEET, "xl/Worksheets/Sheet1.XML").rename("xl/styles.xml", "xl/Styles.xml");
    proven("case", &case.pack(), &CELLS);
    let mut slash = book();
    for (name, ..) in &mut slash.parts {
        *name = name.replace('/', "\\");
    }
    proven("slash", &slash.pack(), &CELLS);
    let mut leading = book();
    leading.rename(SHEET, "/xl/worksheets/sheet1.xml");
    proven("leading slash", &leading.pack(), &CELLS);
}

#[test]
fn targets_absolute_roundabout_and_with_the_wrong_slash() {
    for target in [
        "/xl/worksheets/sheet1.xml",
        "./worksheets/sheet1.xml",
        "../xl/worksheets/sheet1.xml",
        "worksheets\\sheet1.xml",
    ] {
        let mut book = book();
        book.edit("xl/_rels/workbook.xml.rels", "\"worksheets/sheet1.xml\"", &format!("\"{target}\""));
        proven(target, &book.pack(), &CELLS);
    }
}

#[test]
fn parts_elsewhere_than_usual() {
    let mut root = book();
    root.rename("xl/workbook.xml", "workbook.xml")
        .rename("xl/_rels/workbook.xml.rels", "_rels/workbook.xml.rels");
    root.edit("_rels/.rels", "xl/workbook.xml", "workbook.xml");
    root.edit("_rels/workbook.xml.rels", "Target=\"", "Target=\"xl/");
    root.edit("[Content_Types].xml", "/xl/workbook.xml", "/workbook.xml");
    let annotated = annotate(&root.pack(), &proof::remarks("자료", &CELLS)).unwrap();
    proof::nothing_lost("workbook in the root", &root.pack(), &annotated);
    let mut odd = book();
    odd.rename(SHEET, "xl/worksheets/자료 1.xml").edit(
        "xl/_rels/workbook.xml.rels",
        "sheet1.xml",
        "자료 1.xml",
    );
    odd.edit("[Content_Types].xml", "sheet1.xml", "자료 1.xml");
    proven("a part named in Korean", &odd.pack(), &CELLS);
}

#[test]
fn parts_in_utf16_with_a_byte_order_mark_or_with_windows_line_ends() {
    for big in [false, true] {
        let mut book = book();
        for name in [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"] {
            book.utf16(name, big);
        }
        proven("UTF-16", &book.pack(), &CELLS);
    }
    let mut marked = book();
    for (_, content, _) in &mut marked.parts {
        *content = [b"\xef\xbb\xbf", content.as_slice()].concat();
    }
    proven("byte order mark", &marked.pack(), &CELLS);
    let mut lines = book();
    for (_, content, _) in &mut lines.parts {
        *content = String::from_utf8(content.clone()).unwrap().replace("><", ">\r\n  <").into_bytes();
    }
    proven("line ends", &lines.pack(), &CELLS);
}

#[test]
fn a_declaration_with_single_quotes_and_another_encoding() {
    let mut quoted = book();
    quoted.edit(
        SHEET,
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
        "<?xml version='1.0' encoding='utf-8'?>",
    );
    proven("single quotes", &quoted.pack(), &CELLS);
    let mut bare = book();
    bare.edit(SHEET, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n", "");
    proven("no declaration", &bare.pack(), &CELLS);
    let mut korean = book();
    let text = korean.text(SHEET).replace("UTF-8", "EUC-KR");
    korean.set(SHEET, encoding_rs::EUC_KR.encode(&text).0);
    let annotated = annotate(&korean.pack(), &proof::remarks("자료", &["B2"])).unwrap();
    assert!(!annotated.noted.is_empty());
}

#[test]
fn elements_with_a_prefix() {
    let mut book = book();
    for name in [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"] {
        let text = book.text(name);
        let (head, body) = text.split_at(text.find("?>").unwrap() + 2);
        let body = body.replace("</", "\u{1}").replace('<', "<x:").replace('\u{1}', "</x:");
        book.set(name, format!("{head}{}", body.replace("xmlns=\"", "xmlns:x=\"")));
    }
    for name in ["[Content_Types].xml", "xl/_rels/workbook.xml.rels"] {
        let text = book.text(name);
        let (head, body) = text.split_at(text.find("?>").unwrap() + 2);
        let body = body.replace("</", "\u{1}").replace('<', "<p:").replace('\u{1}', "</p:");
        book.set(name, format!("{head}{}", body.replace("xmlns=\"", "xmlns:p=\"")));
    }
    proven("prefixes", &book.pack(), &CELLS);
}

#[test]
fn a_strict_document() {
    let mut book = book();
    for (name, content, _) in &mut book.parts {
        let text = String::from_utf8(content.clone()).unwrap();
        let text = text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main");
        let text = text.replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships");
        *content = text.into_bytes();
        assert!(!name.is_empty());
    }
    proven("strict", &book.pack(), &CELLS);
}

#[test]
fn attributes_of_other_namespaces_are_not_taken_for_the_sheet_s_own() {
    let mut book = book();
    book.edit(SHEET, "<worksheet ", "<worksheet xmlns:ex=\"urn:example\" ");
    book.edit(SHEET, "<c r=\"B2\" s=\"2\">", "<c ex:s=\"x\" ex:r=\"ZZ9\" r=\"B2\" s=\"2\">");
    book.edit(SHEET, "<row r=\"4\">", "<row ex:r=\"9\" r=\"4\">");
    book.edit(SHEET, "<c r=\"C2\">", "<c r=\"C2\" ex:s=\"1\">");
    proven("foreign attributes", &book.pack(), &["B2", "C2", "B4"]);
}

#[test]
fn rows_and_cells_that_do_not_say_where_they_stand() {
    let rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c/><c><v>3</v></c></row>";
    proven("neither", &with_sheet("", rows, "").pack(), &["A1", "B1", "D1", "A2", "B3", "A5"]);
    let rows = "<row><c r=\"B5\"><v>1</v></c></row><row><c r=\"B6\"><v>2</v></c></row>";
    proven("cells say it, rows do not", &with_sheet("", rows, "").pack(), &["B5", "C6", "A7", "A1"]);
    let rows = "<row r=\"2\"><c r=\"$B$2\"><v>1</v></c><c r=\"c2\"><v>1</v></c></row>";
    proven("written with dollars or in small letters", &with_sheet("", rows, "").pack(), &["B2", "D2"]);
}

#[test]
fn rows_out_of_order_twice_or_empty() {
    let rows = "<row r=\"9\"><c r=\"A9\"><v>9</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row><row r=\"5\"/>";
    proven("out of order", &with_sheet("", rows, "").pack(), &["A2", "A9", "B5", "A7", "A20"]);
    let rows = "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"2\"><c r=\"B2\"><v>2</v></c></row>";
    proven("twice", &with_sheet("", rows, "").pack(), &["A2", "B2"]);
    let rows = "<row r=\"3\"><c r=\"C3\"><v>3</v></c><c r=\"A3\"><v>1</v></c></row>";
    proven("cells out of order", &with_sheet("", rows, "").pack(), &["A3", "C3"]);
}

#[test]
fn no_rows_at_all() {
    let mut book = book();
    book.set(SHEET, sheet("", "", "").replace("<sheetData></sheetData>", "<sheetData/>"));
    proven("self-closing", &book.pack(), &CELLS);
    book.set(SHEET, sheet("", "", "").replace("<sheetData></sheetData>", "<sheetData />"));
    proven("self-closing with a blank", &book.pack(), &CELLS);
    proven("empty", &with_sheet("", "", "").pack(), &CELLS);
    proven("blanks", &with_sheet("", "\n\t", "").pack(), &CELLS);
    book.set(SHEET, format!("<worksheet xmlns=\"{MAIN}\"><sheetData/></worksheet>"));
    proven("nothing but an empty table", &book.pack(), &CELLS);
}

#[test]
fn comments_instructions_and_literal_sections_between_everything() {
    let rows = "<!-- <row r=\"1\"> --><row r=\"2\"><!-- <c r=\"B2\"/> --><c r=\"A2\" t=\"str\"><v><![CDATA[</c><c r=\"B2\">]]></v></c>\
        <?excel ?><c r=\"B2\"><v>60</v></c></row><?x <sheetData> ?>";
    let tail = "<!-- sheetData --><mergeCells\n count='1'><mergeCell\n\tref='A1:D1'></mergeCell></mergeCells><!-- <legacyDrawing/> <extLst/> -->";
    proven("sheet", &with_sheet("<!-- <sheetData/> -->", rows, tail).pack(), &["A2", "B2", "B1", "C9"]);
    let mut book = book();
    book.edit(
        "xl/styles.xml",
        "<cellXfs count=\"3\">",
        "<!-- <xf/> --><cellXfs count=\"3\"><!-- <xf/> --><?x <xf/>?>",
    );
    book.edit(
        "xl/workbook.xml",
        "<sheets>",
        "<!-- <sheets><sheet name=\"x\"/></sheets> --><sheets><!-- <sheet/> -->",
    );
    book.edit("[Content_Types].xml", "</Types>", "<!-- </Types> --></Types><!-- after -->");
    proven("others", &book.pack(), &CELLS);
}

#[test]
fn a_table_row_and_a_note_in_one_made_with_data_bars_and_everything_behind_the_rows() {
    let bar = "<conditionalFormatting sqref=\"B2:B9\"><cfRule type=\"dataBar\" priority=\"1\"><dataBar><cfvo type=\"min\"/><cfvo type=\"max\"/>\
        <color rgb=\"FF638EC6\"/></dataBar><extLst><ext xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\" \
        uri=\"{B025F937-C7B1-47D3-B67F-A62EFF666E3E}\"><x14:id>{00000000-0001-0000-0000-000000000000}</x14:id></ext></extLst></cfRule></conditionalFormatting>";
    let tail = format!(
        "{bar}<dataValidations count=\"1\"><dataValidation type=\"list\" sqref=\"A9\"><formula1>\"가,나\"</formula1></dataValidation></dataValidations>\
        <pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/><headerFooter><oddHeader>sheetData mergeCell ref=</oddHeader></headerFooter>\
        <ignoredErrors><ignoredError sqref=\"A1\" numberStoredAsText=\"1\"/></ignoredErrors><extLst><ext uri=\"x\"/></extLst>"
    );
    proven("data bar", &with_sheet("", ROWS, &tail).pack(), &CELLS);
}

#[test]
fn alternatives_around_controls_and_formats() {
    let controls = format!(
        "<mc:AlternateContent xmlns:mc=\"{MC}\"><mc:Choice Requires=\"x14\" xmlns:x14=\"urn:x14\"><controls><mc:AlternateContent><mc:Choice Requires=\"x14\">\
        <control shapeId=\"1025\" r:id=\"rId9\" name=\"단추\"><controlPr/></control></mc:Choice></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>"
    );
    proven("controls", &with_sheet("", ROWS, &controls).pack(), &CELLS);
    let mut book = book();
    let format = "<xf numFmtId=\"9\" fontId=\"0\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFill=\"1\"/>";
    let wrapped = format!(
        "<mc:AlternateContent xmlns:mc=\"{MC}\"><mc:Choice Requires=\"hs\" xmlns:hs=\"http://schemas.haansoft.com/office/spreadsheet/8.0\">{format}</mc:Choice><mc:Fallback>{format}</mc:Fallback></mc:AlternateContent>"
    );
    book.edit("xl/styles.xml", format, &wrapped);
    proven("formats as Hancom writes them", &book.pack(), &CELLS);
}

#[test]
fn styles_missing_empty_or_without_what_they_should_have() {
    let mut none = book();
    none.without("xl/styles.xml").set(
        "xl/_rels/workbook.xml.rels",
        relationships(&[
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "worksheets/sheet2.xml"),
            ("rId4", "sharedStrings", "sharedStrings.xml"),
        ]),
    );
    none.edit("[Content_Types].xml", "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>", "");
    let annotated = proven("none", &none.pack(), &CELLS);
    let made = entries(&annotated.bytes).into_iter().find(|part| part.name == "xl/styles.xml").unwrap();
    let text = package::text_of(&made.content);
    for needed in ["<fonts", "<name val=", "<fills", "<borders", "<cellStyleXfs", "<cellXfs", "<cellStyles"] {
        assert!(text.contains(needed), "a style sheet that other programs read has {needed}: {text}");
    }
    let mut dangling = book();
    dangling.without("xl/styles.xml");
    proven("told of, not there", &dangling.pack(), &CELLS);
    for (what, styles) in [
        ("empty", format!("<styleSheet xmlns=\"{MAIN}\"></styleSheet>")),
        ("self-closing", format!("<styleSheet xmlns=\"{MAIN}\"/>")),
        (
            "empty lists",
            format!(
                "<styleSheet xmlns=\"{MAIN}\"><fonts count=\"0\"/><fills/><cellXfs count=\"0\"></cellXfs></styleSheet>"
            ),
        ),
        ("wrong counts", book().text("xl/styles.xml").replace("count=\"3\"", "count=\"77\"")),
        ("no counts", book().text("xl/styles.xml").replace(" count=\"3\"", "").replace(" count=\"2\"", "")),
    ] {
        proven(what, &book().set("xl/styles.xml", styles).pack(), &CELLS);
    }
    let beyond =
        book().edit(SHEET, "s=\"2\"", "s=\"99\"").edit(SHEET, "<c r=\"C2\">", "<c r=\"C2\" s=\"\">").pack();
    proven("formats that are not there", &beyond, &CELLS);
}

#[test]
fn content_types_by_default_only_or_by_override_only() {
    let types = |body: &str| {
        format!(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">{body}</Types>"
        )
    };
    let main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let over = |part: &str, kind: &str| format!("<Override ContentType=\"{kind}\" PartName=\"/{part}\"/>");
    let work = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
    let rels = "application/vnd.openxmlformats-package.relationships+xml";
    let by_override: String = [
        ("xl/workbook.xml", main),
        (SHEET, work),
        ("xl/worksheets/sheet2.xml", work),
        ("_rels/.rels", rels),
        ("xl/_rels/workbook.xml.rels", rels),
    ]
    .map(|(part, kind)| over(part, kind))
    .concat();
    let by_default = format!(
        "<Default Extension=\"XML\" ContentType=\"{work}\"/><Default Extension=\"Rels\" ContentType=\"{rels}\"/>{}",
        over("xl/workbook.xml", main)
    );
    let vml = format!("{by_override}<Default Extension=\"VML\" ContentType=\"application/octet-stream\"/>");
    for (what, body) in
        [("overrides", &by_override), ("defaults", &by_default), ("another type for vml", &vml)]
    {
        let packed = book().set("[Content_Types].xml", types(body)).pack();
        proven(what, &packed, &CELLS);
    }
    let last = {
        let mut book = book();
        let types = book.parts.remove(0);
        book.parts.push(types);
        book
    };
    proven("declared last of all", &last.pack(), &CELLS);
}

#[test]
fn names_of_sheets_and_of_the_workbook_s_ranges() {
    for name in ["자료", "It's ‘1/4’ & <2>", "덧붙임", "Review 2026 ﹙가﹚", "'"] {
        let escaped = name.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&apos;");
        let mut book = book();
        book.edit("xl/workbook.xml", "name=\"기타\"", &format!("name=\"{escaped}.\""));
        proven(name, &book.pack(), &CELLS);
    }
    let mut empty = book();
    empty.edit(
        "xl/workbook.xml",
        "<definedNames><definedName name=\"합계\">자료!$C$2</definedName></definedNames>",
        "<definedNames/>",
    );
    proven("an empty list of names", &empty.pack(), &CELLS);
    let mut none = book();
    none.edit(
        "xl/workbook.xml",
        "<definedNames><definedName name=\"합계\">자료!$C$2</definedName></definedNames>",
        "<externalReferences><externalReference r:id=\"rId4\"/></externalReferences>",
    );
    proven("no list of names", &none.pack(), &CELLS);
    let mut ids = book();
    ids.edit("xl/workbook.xml", "sheetId=\"2\"", "sheetId=\"4294967295\"");
    proven("the last number for a sheet", &ids.pack(), &CELLS);
    let quoted = book()
        .edit(
            "xl/workbook.xml",
            "name=\"자료\" sheetId=\"1\" r:id=\"rId1\"",
            "name='자료' sheetId='1' r:id='rId1'",
        )
        .pack();
    proven("single quotes", &quoted, &CELLS);
}

#[test]
fn the_workbook_s_own_prefix_for_relationships() {
    let mut book = book();
    book.edit("xl/workbook.xml", "xmlns:r=", "xmlns:rel=").edit("xl/workbook.xml", "r:id", "rel:id");
    book.edit(SHEET, "xmlns:r=", "xmlns:d3p1=");
    proven("another prefix", &book.pack(), &CELLS);
}

#[test]
fn protected_dated_from_1904_and_recalculated() {
    let mut book = book();
    book.edit("xl/workbook.xml", "<bookViews>", "<workbookPr date1904=\"1\"/><workbookProtection workbookPassword=\"83AF\" lockStructure=\"1\"/><bookViews>");
    book.set(SHEET, sheet("<sheetPr codeName=\"Sheet1\"/>", ROWS, "<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\"/><mergeCells><mergeCell ref=\"A1:D1\"/></mergeCells>"));
    proven("protected", &book.pack(), &CELLS);
}

#[test]
fn columns_as_wide_as_the_sheet_hidden_or_without_sense() {
    for cols in [
        "<col min=\"1\" max=\"16384\" width=\"255\" customWidth=\"1\" style=\"1\"/>",
        "<col min=\"1\" max=\"16384\" hidden=\"1\" width=\"0\"/>",
        "<col min=\"0\" max=\"0\"/><col min=\"9\" max=\"3\" width=\"NaN\"/><col/>",
    ] {
        let head = format!("<sheetFormatPr defaultRowHeight=\"0\" zeroHeight=\"1\"/><cols>{cols}</cols>");
        proven(cols, &with_sheet(&head, ROWS, "").pack(), &CELLS);
    }
}

#[test]
fn a_cell_that_is_not_there_gets_the_format_it_shows() {
    let rows = "<row r=\"3\" s=\"2\" customFormat=\"1\"/><row r=\"4\" s=\"2\"/>";
    let head = "<cols><col min=\"2\" max=\"2\" width=\"9\" style=\"1\"/></cols>";
    let annotated = proven("formats", &with_sheet(head, rows, "").pack(), &["A3", "B9", "A4", "B4"]);
    let parts = entries(&annotated.bytes);
    let styles = package::Node::parse(&content(&parts, "xl/styles.xml")).unwrap();
    let formats = styles.first("cellXfs").unwrap();
    let sheet = package::Node::parse(&content(&parts, SHEET)).unwrap();
    let font_and_number = |at: &str| {
        let cell = sheet.all("c").into_iter().find(|cell| cell.value("r") == Some(at)).unwrap();
        let format = &formats.children[cell.value("s").unwrap().parse::<usize>().unwrap()];
        format!("{} {}", format.value("fontId").unwrap(), format.value("numFmtId").unwrap())
    };
    assert_eq!(["A3", "B9", "A4", "B4"].map(font_and_number), ["0 9", "1 0", "0 0", "1 0"]);
}

/// The base with two notes by somebody else, on B2 and A9, and boxes for them.
fn noted() -> Book {
    let mut book = with_sheet("", ROWS, "<legacyDrawing r:id=\"rId7\"/><tableParts count=\"0\"/>");
    book.relate_sheet(&[
        ("rId7", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
        ("rId8", "comments", "../comments1.xml"),
    ]);
    book.set("xl/comments1.xml", format!("<comments xmlns=\"{MAIN}\"><authors><author>김</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><r><rPr><b/></rPr><t>김:</t></r><r><t xml:space=\"preserve\">\n확인함 </t></r></text></comment><comment ref=\"A9\" authorId=\"0\"><text><t>그대로</t></text></comment></commentList></comments>"));
    book.declare("xl/comments1.xml", COMMENTS);
    book.edit("[Content_Types].xml", "</Types>", "<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/></Types>");
    book.set("xl/drawings/vmlDrawing1.vml", "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\
        <v:shapetype id=\"_x0000_t202\"/><v:shape id=\"_x0000_s1025\" type=\"#_x0000_t202\"><x:ClientData ObjectType=\"Note\"><x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:shape>\
        <v:shape id=\"_x0000_s1026\" type=\"#_x0000_t201\"><v:textbox><div style='text-align:center'><font>단추<br></font></div></v:textbox><x:ClientData ObjectType=\"Button\"/></v:shape></xml>");
    book
}

#[test]
fn notes_of_others_stay_above_ours_and_other_shapes_stay() {
    let annotated = proven("notes", &noted().pack(), &["B2", "C2", "A9"]);
    let notes = notes(&annotated.bytes, "자료");
    assert!(notes["B2"].starts_with("김:\n확인함 \n\n[splice-test]\n"), "{notes:?}");
    assert!(notes["C2"].starts_with("[splice-test]\nC2의 값"));
    let mut phonetic = noted();
    phonetic.edit(
        "xl/comments1.xml",
        "<t>그대로</t></text>",
        "<t>그대로</t><rPh sb=\"0\" eb=\"1\"><t>소리</t></rPh><phoneticPr fontId=\"1\"/></text>",
    );
    proven("phonetic", &phonetic.pack(), &["B2", "C2", "A9"]);
    let mut empty = noted();
    empty.edit("xl/comments1.xml", "<text><t>그대로</t></text>", "<text/>");
    proven("a note without text", &empty.pack(), &["A9", "C2"]);
    let mut textless = noted();
    textless.edit(
        "xl/comments1.xml",
        "<comment ref=\"A9\" authorId=\"0\"><text><t>그대로</t></text></comment>",
        "<comment ref=\"A9\" authorId=\"0\"/>",
    );
    proven("a note without anything", &textless.pack(), &["A9", "C2"]);
}

#[test]
fn lines_added_to_a_note_are_not_cut_off_its_box_grows() {
    let mut book = noted();
    book.edit(
        "xl/drawings/vmlDrawing1.vml",
        "type=\"#_x0000_t202\"><x:ClientData ObjectType=\"Note\">",
        "type=\"#_x0000_t202\" style='position:absolute;width:108pt;height:59.25pt'><x:ClientData ObjectType=\"Note\">\
         <x:Anchor> 2, 15, 0, 2, 4, 31, 4, 1</x:Anchor>",
    );
    let annotated = proven("small box", &book.pack(), &["B2"]);
    let drawing = entries(&annotated.bytes).into_iter().find(|part| part.name.ends_with(".vml")).unwrap();
    let drawing = package::text_of(&drawing.content);
    assert!(drawing.contains("<x:Anchor>2, 15, 0, 2, "), "{drawing}");
    assert!(!drawing.contains("108pt") && !drawing.contains("59.25pt"), "{drawing}");
    assert!(drawing.contains("단추<br>"), "{drawing}");
}

#[test]
fn a_sheet_that_is_not_well_formed_is_refused() {
    for (what, old, new) in [
        ("text before the root", "<worksheet", "text<worksheet"),
        ("text behind the root", "</worksheet>", "</worksheet>text"),
    ] {
        let refusal = refused(what, &book().edit(SHEET, old, new).pack());
        assert!(matches!(refusal, Error::Corrupt { .. }), "{what}: {refusal}");
    }
}

#[test]
fn an_ods_without_mimetype_is_said_to_be_no_xlsx() {
    let mut ods = book();
    for name in ["[Content_Types].xml", "_rels/.rels"] {
        ods.without(name);
    }
    ods.rename(SHEET, "content.xml");
    assert_eq!(refused("ods", &ods.pack()), Error::NotAPackage);
}

#[test]
fn an_xls_with_a_theme_inside_is_no_damaged_package() {
    let mut xls = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    xls.resize(1024, 0);
    xls.extend(book().pack());
    assert_eq!(refused("theme", &xls), Error::NotAPackage);
}

#[test]
fn notes_parts_that_lack_what_they_should_have() {
    for (what, comments) in [
        ("empty lists", format!("<comments xmlns=\"{MAIN}\"><authors/><commentList/></comments>")),
        ("a prefix", format!("<x:comments xmlns:x=\"{MAIN}\"><x:authors/><x:commentList/></x:comments>")),
        ("no authors", format!("<comments xmlns=\"{MAIN}\"><commentList/></comments>")),
        ("no list", format!("<comments xmlns=\"{MAIN}\"><authors/></comments>")),
        ("neither", format!("<comments xmlns=\"{MAIN}\"></comments>")),
    ] {
        proven(what, &noted().set("xl/comments1.xml", comments).pack(), &["C2", "C4"]);
    }
}

#[test]
fn boxes_shared_with_pictures_of_headers_or_missing() {
    let mut pictures = noted();
    pictures.set(SHEET, sheet("", ROWS, "<legacyDrawingHF r:id=\"rId9\"/>"));
    pictures.relate_sheet(&[("rId9", "vmlDrawing", "../drawings/vmlDrawing1.vml")]);
    pictures.without("xl/comments1.xml");
    pictures.edit(
        "[Content_Types].xml",
        &format!("<Override PartName=\"/xl/comments1.xml\" ContentType=\"{COMMENTS}\"/>"),
        "",
    );
    let annotated = proven("pictures of headers", &pictures.pack(), &CELLS);
    assert!(
        !annotated.changed.iter().any(|part| part.ends_with(".vml")),
        "the notes have a drawing of their own"
    );
    let mut boxless = noted();
    boxless.set(SHEET, sheet("", ROWS, ""));
    proven("notes without boxes", &boxless.pack(), &["B2", "C2"]);
    let mut dangling = noted();
    dangling.without("xl/drawings/vmlDrawing1.vml");
    assert!(matches!(
        refused("a link to nothing", &dangling.edit("xl/comments1.xml", "ref=\"B2\"", "ref=\"Z9\"").pack()),
        Error::Missing(_)
    ));
    let ending = noted().edit("xl/drawings/vmlDrawing1.vml", "</xml>", "</xml >\n").pack();
    proven("an end with a blank", &ending, &["B2", "C2"]);
    let mut empty = noted();
    empty.set("xl/drawings/vmlDrawing1.vml", "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\"/>");
    assert!(matches!(
        refused("boxes nowhere", &empty.edit("xl/comments1.xml", "ref=\"B2\"", "ref=\"Z9\"").pack()),
        Error::Corrupt { .. }
    ));
}

#[test]
fn a_cell_with_a_threaded_comment_is_marked_only() {
    let mut book = noted();
    book.relate_sheet(&[
        ("rId7", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
        ("rId8", "comments", "../comments1.xml"),
        (
            "rId9",
            "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
            "../threadedComments/threadedComment1.xml",
        ),
    ]);
    book.set("xl/threadedComments/threadedComment1.xml", "<ThreadedComments xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments\"><threadedComment ref=\"B2\" id=\"{1}\"><text>확인</text></threadedComment></ThreadedComments>");
    book.declare("xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments+xml");
    let annotated = proven("threaded", &book.pack(), &["B2", "C2"]);
    assert_eq!(annotated.marked_only.len(), 1);
    assert_eq!(notes(&annotated.bytes, "자료")["B2"], "김:\n확인함 ");
}

#[test]
fn parts_that_no_note_needs_are_kept_whatever_is_in_them() {
    let mut book = noted();
    let binary: Vec<u8> = (0..5000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    for name in [
        "xl/vbaProject.bin",
        "xl/activeX/activeX1.bin",
        "xl/activeX/activeX1.xml",
        "customXml/item1.xml",
        "customXml/itemProps1.xml",
        "xl/printerSettings/printerSettings1.bin",
        "xl/media/image1.emf",
        "xl/charts/chart1.xml",
        "xl/drawings/drawing1.xml",
        "xl/pivotTables/pivotTable1.xml",
        "xl/pivotCache/pivotCacheRecords1.xml",
        "xl/slicers/slicer1.xml",
        "xl/slicerCaches/slicerCache1.xml",
        "xl/timelines/timeline1.xml",
        "xl/model/item.data",
        "xl/connections.xml",
        "xl/queryTables/queryTable1.xml",
        "xl/externalLinks/externalLink1.xml",
        "xl/metadata.xml",
        "xl/richData/rdrichvalue.xml",
        "xl/calcChain.xml",
        "xl/persons/person.xml",
        "xl/ctrlProps/ctrlProp1.xml",
        "docProps/thumbnail.wmf",
        "docMetadata/LabelInfo.xml",
        "[trash]/0000.dat",
        "mimetype",
    ] {
        let content: Vec<u8> = if name.ends_with(".xml") {
            format!("<part of=\"{name}\"/>").into_bytes()
        } else {
            binary.clone()
        };
        book.set(name, content);
    }
    let annotated = proven("everything", &book.pack(), &CELLS);
    assert!(annotated.changed.len() < 9, "{:?}", annotated.changed);
}

#[test]
fn signed_encrypted_binary_and_cut_short_are_refused_for_that() {
    let origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin";
    let mut signed = book();
    signed.set(
        "_rels/.rels",
        relationships(&[
            ("rId1", "officeDocument", "xl/workbook.xml"),
            ("rId2", origin, "_xmlsignatures/origin.sigs"),
        ]),
    );
    assert_eq!(refused("signed", &signed.pack()), Error::Signed);
    let mut binary = book();
    binary
        .edit("_rels/.rels", "xl/workbook.xml", "xl/workbook.bin")
        .rename("xl/workbook.xml", "xl/workbook.bin");
    assert_eq!(refused("binary", &binary.pack()), Error::Binary);
    let mut encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    encrypted.resize(4096, 0);
    assert_eq!(refused("an .xls", &encrypted), Error::NotAPackage);
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused("a password", &encrypted), Error::Encrypted);
    let whole = book().pack();
    for cut in (0..whole.len()).step_by(61) {
        assert!(matches!(refused("cut short", &whole[..cut]), Error::NotAPackage | Error::Corrupt { .. }));
    }
    let doctype = book().edit(SHEET, "?>\n", "?>\n<!DOCTYPE worksheet [<!ENTITY a \"b\">]>").pack();
    assert!(matches!(refused("a document type", &doctype), Error::Doctype(_)));
    for name in ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"] {
        assert!(matches!(refused(name, &book().without(name).pack()), Error::Missing(_)), "{name}");
    }
}

#[test]
fn broken_parts_are_refused_and_others_do_not_matter() {
    for (what, name, old, new) in [
        ("an end that is missing", SHEET, "</sheetData>", ""),
        ("a tag that is cut", SHEET, "</worksheet>", "</work"),
        ("no rows", SHEET, "sheetData", "sheetDatum"),
        ("ends crossed", "xl/styles.xml", "</fonts>", "</fills>"),
        ("no sheets", "xl/workbook.xml", "sheets>", "tabs>"),
        ("no root", "[Content_Types].xml", "<Types", "<Types/><Types"),
    ] {
        let mut book = book();
        book.edit(name, old, new);
        let refusal = annotate(&book.pack(), &proof::remarks("자료", &["B2"])).map(|_| ());
        assert!(refusal.is_err(), "{what}");
    }
    let mut elsewhere = book();
    elsewhere
        .set("xl/worksheets/sheet2.xml", "<worksheet><sheetData>")
        .set("docProps/app.xml", "<Properties");
    let annotated = annotate(&elsewhere.pack(), &proof::remarks("자료", &["B2"])).unwrap();
    assert!(!annotated.changed.iter().any(|part| part.contains("sheet2")));
}

#[test]
fn sheets_of_other_kinds_and_sheets_without_a_part() {
    let mut book = book();
    book.edit("xl/workbook.xml", "</sheets>", "<sheet name=\"차트\" sheetId=\"7\" r:id=\"rId7\"/><sheet name=\"없음\" sheetId=\"8\" state=\"veryHidden\" r:id=\"rId8\"/></sheets>");
    book.edit("xl/_rels/workbook.xml.rels", "</Relationships>", &format!("<Relationship Id=\"rId7\" Type=\"{OFFICE}/chartsheet\" Target=\"chartsheets/sheet1.xml\"/></Relationships>"));
    book.set("xl/chartsheets/sheet1.xml", format!("<chartsheet xmlns=\"{MAIN}\"><sheetViews/></chartsheet>"));
    book.declare(
        "xl/chartsheets/sheet1.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.chartsheet+xml",
    );
    let annotated = annotate(&book.pack(), &proof::remarks("자료", &CELLS)).unwrap();
    proof::nothing_lost("kinds", &book.pack(), &annotated);
    let elsewhere = annotate(&book.pack(), &proof::remarks("차트", &["A1"])).unwrap();
    assert_eq!(elsewhere.missing_sheets.len(), 1);
}

#[test]
fn a_workbook_as_excel_makes_it_with_all_that_can_stand_in_a_sheet() {
    let mut made = Workbook::new();
    let sheet = made.add_worksheet().set_name("자료").unwrap();
    for row in 1..9u32 {
        sheet.write_string(row, 0, format!("항목 {row}")).unwrap();
        for col in 1..5u16 {
            sheet.write_number(row, col, f64::from(row * u32::from(col))).unwrap();
        }
    }
    sheet.write_formula(10, 1, "=SUM(B2:B9)").unwrap();
    sheet.add_conditional_format(1, 1, 8, 1, &ConditionalFormatDataBar::new()).unwrap();
    sheet
        .add_conditional_format(
            1,
            2,
            8,
            2,
            &ConditionalFormatIconSet::new().set_icon_type(ConditionalFormatIconType::ThreeTrafficLights),
        )
        .unwrap();
    sheet.add_sparkline(1, 6, &Sparkline::new().set_range(("자료", 1, 1, 1, 4))).unwrap();
    sheet.add_table(20, 0, 24, 2, &Table::new()).unwrap();
    sheet
        .add_data_validation(30, 0, 39, 0, &DataValidation::new().allow_list_strings(&["건", "명"]).unwrap())
        .unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values(("자료", 1, 1, 8, 1));
    sheet.insert_chart(12, 3, &chart).unwrap();
    sheet.insert_note(3, 1, &Note::new("남의 메모")).unwrap();
    sheet.insert_image(40, 0, &Image::new_from_buffer(PIXEL).unwrap()).unwrap();
    sheet.set_header("&L&[Picture]");
    sheet
        .set_header_image(&Image::new_from_buffer(PIXEL).unwrap(), rust_xlsxwriter::HeaderImagePosition::Left)
        .unwrap();
    sheet.protect();
    let bytes = made.save_to_buffer().unwrap();
    proven("by XlsxWriter", &bytes, &["B4", "B2", "G2", "A21", "H50", "B31"]);
}

/// A picture of one point.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82";

#[test]
fn many_remarks_on_many_rows_take_no_time() {
    let rows: String =
        (1..=6000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c></row>")).collect();
    let book = with_sheet("<sheetFormatPr defaultRowHeight=\"0\"/>", &rows, "");
    let cells: Vec<String> = (1..=6000).map(|row| format!("B{row}")).collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let start = std::time::Instant::now();
    annotate(&book.pack(), &proof::remarks("자료", &cells)).unwrap();
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn nothing_to_say_gives_back_the_same_bytes() {
    for book in [book(), noted()] {
        let bytes = book.pack();
        assert!(annotate(&bytes, &Annotation::default()).unwrap().bytes == bytes);
    }
}
