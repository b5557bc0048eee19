//! Hand-made packages with all the quirks of real programs, and an independent reader for them.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, reason = "each file of tests uses some of it")]

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, Reader, XmlVersion};

/// How an entry of the archive is written.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Without compression.
    pub stored: bool,
    /// Sizes and checksum behind the content.
    pub descriptor: bool,
    /// The same with ZIP64 sizes.
    pub zip64: bool,
    /// A further field in the local header, and in the directory.
    pub extra: Vec<u8>,
    /// A comment in the directory.
    pub comment: Vec<u8>,
}

/// A package: its parts in their order.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Name, content and form of each entry.
    pub parts: Vec<(String, Vec<u8>, Form)>,
    /// Bytes before the archive.
    pub before: Vec<u8>,
    /// The archive's comment.
    pub comment: Vec<u8>,
    /// Whether the archive ends in ZIP64 records.
    pub zip64_end: bool,
}

pub const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
pub const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const RELS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
pub const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The rows of the first sheet of [`book`].
pub const ROWS: &str = "<row r=\"1\"><c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>연간 자료의 제목</t></is></c></row>\
    <row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" s=\"2\"><v>60</v></c><c r=\"C2\"><f>B2*2</f><v>120</v></c></row>\
    <row r=\"4\"><c r=\"B4\" t=\"b\"><v>1</v></c><c r=\"D4\" t=\"e\"><v>#N/A</v></c></row>";

/// A small workbook of two sheets, 자료 and 기타, with strings and styles.
pub fn book() -> Book {
    let mut book = Book::default();
    book.set("[Content_Types].xml", "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override PartName=\"/xl/worksheets/sheet2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/></Types>");
    book.set("_rels/.rels", relationships(&[("rId1", "officeDocument", "xl/workbook.xml")]));
    book.set("xl/workbook.xml", format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><bookViews><workbookView/></bookViews><sheets><sheet name=\"자료\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"기타\" sheetId=\"2\" r:id=\"rId2\"/></sheets><definedNames><definedName name=\"합계\">자료!$C$2</definedName></definedNames><calcPr calcId=\"191029\"/></workbook>"));
    book.set(
        "xl/_rels/workbook.xml.rels",
        relationships(&[
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "worksheets/sheet2.xml"),
            ("rId3", "styles", "styles.xml"),
            ("rId4", "sharedStrings", "sharedStrings.xml"),
        ]),
    );
    book.set(SHEET, sheet("", ROWS, "<mergeCells count=\"1\"><mergeCell ref=\"A1:D1\"/></mergeCells><pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>"));
    book.set("xl/worksheets/sheet2.xml", sheet("", "<row r=\"1\"><c r=\"A1\"><v>7</v></c></row>", ""));
    book.set("xl/styles.xml", format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{MAIN}\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"맑은 고딕\"/></font><font><b/><sz val=\"14\"/><name val=\"맑은 고딕\"/></font></fonts><fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF00FF00\"/></patternFill></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"><alignment horizontal=\"center\"/></xf><xf numFmtId=\"9\" fontId=\"0\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFill=\"1\"/></cellXfs><cellStyles count=\"1\"><cellStyle name=\"표준\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"));
    book.set("xl/sharedStrings.xml", format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<sst xmlns=\"{MAIN}\" count=\"1\" uniqueCount=\"1\"><si><t>이름과 값</t></si></sst>"));
    book
}

/// A relationships part. A kind with a colon is the full type.
pub fn relationships(entries: &[(&str, &str, &str)]) -> String {
    let entries: String = entries
        .iter()
        .map(|(id, kind, target)| {
            let kind = if kind.contains(':') { (*kind).to_owned() } else { format!("{OFFICE}/{kind}") };
            format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{RELS}\">{entries}</Relationships>"
    )
}

/// A worksheet: the XML before the rows, the rows, the XML after them.
pub fn sheet(head: &str, rows: &str, tail: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{head}<sheetData>{rows}</sheetData>{tail}</worksheet>"
    )
}

impl Book {
    /// The parts of a workbook as another program wrote it.
    pub fn of(bytes: &[u8]) -> Self {
        let parts = entries(bytes).into_iter().map(|entry| (entry.name, entry.content, Form::default()));
        Self { parts: parts.collect(), ..Self::default() }
    }

    /// The index of a part.
    fn at(&self, name: &str) -> Option<usize> {
        self.parts.iter().position(|(known, ..)| known == name)
    }

    /// Adds a part, or replaces it.
    pub fn set(&mut self, name: &str, content: impl AsRef<[u8]>) -> &mut Self {
        let content = content.as_ref().to_vec();
        match self.at(name) {
            Some(at) => self.parts[at].1 = content,
            None => self.parts.push((name.to_owned(), content, Form::default())),
        }
        self
    }

    /// The text of a part.
    pub fn text(&self, name: &str) -> String {
        text_of(&self.parts[self.at(name).unwrap_or_else(|| panic!("no part {name}"))].1)
    }

    /// Replaces `old` by `new` in a part; `old` must occur.
    pub fn edit(&mut self, name: &str, old: &str, new: &str) -> &mut Self {
        let text = self.text(name);
        assert!(text.contains(old), "{name} lacks {old}: {text}");
        self.set(name, text.replace(old, new))
    }

    /// Removes a part.
    pub fn without(&mut self, name: &str) -> &mut Self {
        self.parts.retain(|(known, ..)| known != name);
        self
    }

    /// Renames a part, but not the references to it.
    pub fn rename(&mut self, old: &str, new: &str) -> &mut Self {
        let at = self.at(old).unwrap();
        new.clone_into(&mut self.parts[at].0);
        self
    }

    /// Writes a part in UTF-16 with a byte order mark.
    pub fn utf16(&mut self, name: &str, big: bool) -> &mut Self {
        let text = self.text(name).replace("UTF-8", "UTF-16");
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        let bytes: Vec<u8> =
            units.flat_map(|unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
        self.set(name, bytes)
    }

    /// Gives every entry a form.
    pub fn form(&mut self, form: &Form) -> &mut Self {
        self.parts.iter_mut().for_each(|(_, _, own)| own.clone_from(form));
        self
    }

    /// Declares the content type of a part.
    pub fn declare(&mut self, part: &str, content_type: &str) -> &mut Self {
        let entry = format!("<Override PartName=\"/{part}\" ContentType=\"{content_type}\"/></Types>");
        self.edit("[Content_Types].xml", "</Types>", &entry)
    }

    /// The relationships of the first sheet.
    pub fn relate_sheet(&mut self, entries: &[(&str, &str, &str)]) -> &mut Self {
        self.set("xl/worksheets/_rels/sheet1.xml.rels", relationships(entries))
    }

    /// The archive.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = self.before.clone();
        let base = out.len();
        let mut directory = Vec::new();
        for (name, content, form) in &self.parts {
            let place = out.len() - base;
            write_entry(&mut out, &mut directory, (name, content, form), place);
        }
        let (start, size, count) = (out.len() - base, directory.len(), self.parts.len());
        out.extend(&directory);
        if self.zip64_end {
            let at = out.len() - base;
            out.extend(b"PK\x06\x06");
            out.extend(44u64.to_le_bytes());
            out.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            for number in [count, count, size, start] {
                out.extend((number as u64).to_le_bytes());
            }
            out.extend(b"PK\x06\x07\0\0\0\0");
            out.extend((at as u64).to_le_bytes());
            out.extend(1u32.to_le_bytes());
        }
        out.extend(b"PK\x05\x06\0\0\0\0");
        let (count, size, start) = if self.zip64_end {
            (0xffff, u32::MAX, u32::MAX)
        } else {
            (count as u16, size as u32, start as u32)
        };
        out.extend(count.to_le_bytes());
        out.extend(count.to_le_bytes());
        out.extend(size.to_le_bytes());
        out.extend(start.to_le_bytes());
        out.extend((self.comment.len() as u16).to_le_bytes());
        out.extend(&self.comment);
        out
    }
}

fn write_entry(out: &mut Vec<u8>, directory: &mut Vec<u8>, part: (&str, &[u8], &Form), place: usize) {
    let (name, content, form) = part;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    let packed = if form.stored { content.to_vec() } else { encoder.finish().unwrap() };
    let mut crc = flate2::Crc::new();
    crc.update(content);
    let method = if form.stored { 0u16 } else { 8 };
    let flags = if form.descriptor { 1u16 << 3 } else { 0 } | if name.is_ascii() { 0 } else { 1 << 11 };
    let sums = |out: &mut Vec<u8>, sizes: [u32; 2], crc: u32| {
        out.extend(crc.to_le_bytes());
        sizes.iter().for_each(|size| out.extend(size.to_le_bytes()));
    };
    let sizes = [packed.len() as u32, content.len() as u32];
    let head = |out: &mut Vec<u8>| {
        out.extend([if form.zip64 { 45 } else { 20 }, 0]);
        out.extend(flags.to_le_bytes());
        out.extend(method.to_le_bytes());
        out.extend([0x21, 0x43, 0x65, 0x57]);
    };
    // Local: uncompressed first; directory: the same, then the offset.
    let long = |fields: &[u64]| {
        let mut extra = vec![1, 0];
        extra.extend((fields.len() as u16 * 8).to_le_bytes());
        fields.iter().for_each(|field| extra.extend(field.to_le_bytes()));
        extra
    };
    let mut extra = form.extra.clone();
    if form.zip64 {
        extra = [long(&[u64::from(sizes[1]), u64::from(sizes[0])]), extra].concat();
    }
    out.extend(b"PK\x03\x04");
    head(out);
    match (form.descriptor, form.zip64) {
        (true, _) => sums(out, [0, 0], 0),
        (_, true) => sums(out, [u32::MAX; 2], crc.sum()),
        _ => sums(out, sizes, crc.sum()),
    }
    out.extend((name.len() as u16).to_le_bytes());
    out.extend((extra.len() as u16).to_le_bytes());
    out.extend(name.as_bytes());
    out.extend(&extra);
    out.extend(&packed);
    if form.descriptor {
        out.extend(b"PK\x07\x08");
        out.extend(crc.sum().to_le_bytes());
        if form.zip64 {
            sizes.iter().for_each(|size| out.extend(u64::from(*size).to_le_bytes()));
        } else {
            sizes.iter().for_each(|size| out.extend(size.to_le_bytes()));
        }
    }
    let mut extra = form.extra.clone();
    if form.zip64 {
        extra = [long(&[u64::from(sizes[1]), u64::from(sizes[0]), place as u64]), extra].concat();
    }
    directory.extend(b"PK\x01\x02\x14\0");
    head(directory);
    sums(directory, if form.zip64 { [u32::MAX; 2] } else { sizes }, crc.sum());
    directory.extend((name.len() as u16).to_le_bytes());
    directory.extend((extra.len() as u16).to_le_bytes());
    directory.extend((form.comment.len() as u16).to_le_bytes());
    directory.extend([0, 0, 0, 0, 0x20, 0, 0, 0]);
    directory.extend(if form.zip64 { u32::MAX } else { place as u32 }.to_le_bytes());
    directory.extend(name.as_bytes());
    directory.extend(&extra);
    directory.extend(&form.comment);
}

/// An archive entry, read by the tests' own reader.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: String,
    pub content: Vec<u8>,
    /// Local header, name, fields and compressed bytes as stored.
    pub stored: Vec<u8>,
}

/// The entries of an archive in the order of its directory.
pub fn entries(bytes: &[u8]) -> Vec<Entry> {
    let u16_at = |at: usize| usize::from(u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()));
    let u32_at = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let u64_at = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap()) as usize;
    let end = bytes.windows(4).rposition(|four| four == b"PK\x05\x06").unwrap();
    let (mut size, mut start, mut behind) = (u32_at(end + 12), u32_at(end + 16), end);
    if start == u32::MAX as usize || size == u32::MAX as usize {
        behind = end - 20 - 56;
        (size, start) = (u64_at(behind + 40), u64_at(behind + 48));
    }
    let base = behind - size - start;
    let (mut at, mut found) = (base + start, Vec::new());
    while at < behind {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02", "a record of the directory");
        let (name, extra) = (u16_at(at + 28), u16_at(at + 30));
        let mut long = at + 46 + name + 4;
        let mut field = |value: usize| {
            if value < u32::MAX as usize {
                return value;
            }
            long += 8;
            u64_at(long - 8)
        };
        let unpacked = field(u32_at(at + 24));
        let packed = field(u32_at(at + 20));
        let local = base + field(u32_at(at + 42));
        assert_eq!(&bytes[local..local + 4], b"PK\x03\x04", "a local header");
        let from = local + 30 + u16_at(local + 26) + u16_at(local + 28);
        let raw = &bytes[from..from + packed];
        let mut content = Vec::new();
        match u16_at(at + 10) {
            0 => content.extend(raw),
            _ => drop(DeflateDecoder::new(raw).read_to_end(&mut content).unwrap()),
        }
        assert_eq!(content.len(), unpacked);
        let mut crc = flate2::Crc::new();
        crc.update(&content);
        assert_eq!(crc.sum() as usize, u32_at(at + 16), "a checksum");
        found.push(Entry {
            name: String::from_utf8_lossy(&bytes[at + 46..at + 46 + name]).into_owned(),
            content,
            stored: bytes[local..from + packed].to_vec(),
        });
        at += 46 + name + extra + u16_at(at + 32);
    }
    assert_eq!(at, behind, "the directory ends where its end is told");
    found
}

/// A part as text.
pub fn text_of(content: &[u8]) -> String {
    let units = |big: bool| -> Vec<u16> {
        let pairs = content[2..].chunks_exact(2).map(|pair| [pair[0], pair[1]]);
        pairs.map(|pair| if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }).collect()
    };
    match content {
        [0xff, 0xfe, ..] => String::from_utf16(&units(false)).unwrap(),
        [0xfe, 0xff, ..] => String::from_utf16(&units(true)).unwrap(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).unwrap(),
        _ => String::from_utf8(content.to_vec()).unwrap(),
    }
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Its name without prefix.
    pub name: String,
    /// Its attributes as written.
    pub attributes: Vec<(String, String)>,
    /// Elements in it.
    pub children: Vec<Node>,
    /// Its direct text.
    pub text: String,
}

impl Node {
    /// The root element of `text`; fails where it is not well-formed, or a prefix is not declared.
    pub fn parse(text: &str) -> Result<Self, String> {
        prefixes(text)?;
        let mut reader = Reader::from_str(text);
        let mut open = vec![Node::default()];
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Start(tag) => open.push(Node::of(&tag)?),
                Event::Empty(tag) => {
                    let node = Node::of(&tag)?;
                    open.last_mut().unwrap().children.push(node);
                }
                Event::End(_) => {
                    let node = open.pop().unwrap();
                    open.last_mut().ok_or("too many ends")?.children.push(node);
                }
                Event::Text(text) => open.last_mut().unwrap().text.push_str(&text.xml10_content()),
                Event::CData(text) => open.last_mut().unwrap().text.push_str(&text),
                Event::GeneralRef(name) => {
                    let resolved =
                        quick_xml::escape::unescape(&format!("&{};", &*name)).unwrap().into_owned();
                    open.last_mut().unwrap().text.push_str(&resolved);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let mut root = open.pop().filter(|_| open.is_empty()).ok_or("incomplete")?;
        if root.children.len() == 1 { Ok(root.children.remove(0)) } else { Err("not one root".to_owned()) }
    }

    fn of(tag: &BytesStart<'_>) -> Result<Self, String> {
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value =
                attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
            attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        Ok(Self { name: tag.local_name().as_ref().to_owned(), attributes, ..Self::default() })
    }

    /// The value of an attribute, by its name as written.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All descendants with this name.
    pub fn all(&self, name: &str) -> Vec<&Node> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }

    /// The first of them.
    pub fn first(&self, name: &str) -> Option<&Node> {
        self.all(name).into_iter().next()
    }

    /// The text of all `t` in it, without phonetic text.
    pub fn shown(&self) -> String {
        let of = |child: &Node| match child.name.as_str() {
            "t" => child.text.clone(),
            "rPh" => String::new(),
            _ => child.shown(),
        };
        self.children.iter().map(of).collect()
    }
}

/// Whether every prefix is declared: without that no program opens it.
fn prefixes(text: &str) -> Result<(), String> {
    let mut reader = NsReader::from_str(text);
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let tag = match &event {
            Event::Start(tag) | Event::Empty(tag) => tag,
            Event::Eof => return Ok(()),
            _ => continue,
        };
        if let (ResolveResult::Unknown(prefix), _) = reader.resolver().resolve_element(tag.name()) {
            return Err(format!("prefix {prefix:?} of an element"));
        }
        for attribute in tag.attributes().flatten() {
            if let (ResolveResult::Unknown(prefix), _) = reader.resolver().resolve_attribute(attribute.key) {
                return Err(format!("prefix {prefix:?} of an attribute"));
            }
        }
    }
}
