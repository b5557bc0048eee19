//! The fuzz targets over their stored corpus and simple mutations of it: what a fuzzer would do, in seconds and on stable Rust.
//!
//! `cargo +nightly fuzz run package` (or `parts`, `references`) continues from there. Its findings go into
//! the corpus.

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::book as package;
use crate::targets;

/// How long each target is mutated, unless `XLSX_SPLICE_FUZZ_SECONDS` is set.
const SECONDS: u64 = 2;
/// Pieces that mutations insert.
const PIECES: [&str; 24] = [
    "<c r=\"B2\" s=\"9\"/>",
    "<row r=\"2\">",
    "</row>",
    "<row/>",
    "<sheetData/>",
    "</sheetData>",
    "<legacyDrawing r:id=\"rId1\"/>",
    "<extLst>",
    "<mc:AlternateContent>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x ?>",
    "&#0;",
    "&amp;",
    "\u{feff}",
    "splice-test 1 {}",
    "[splice-test]\n",
    "PK\x05\x06",
    "PK\x01\x02",
    "XFD1048576",
    "A1:B2",
    "\u{0}",
];

fn corpus(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "fuzz", "corpus", target].iter().collect();
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// Pseudo-random numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % below.max(1)
    }
}

fn mutated(seed: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut data = seed.to_vec();
    for _ in 0..=dice.throw(4) {
        let (at, length) = (dice.throw(data.len() + 1), dice.throw(40));
        let end = (at + length).min(data.len());
        match dice.throw(7) {
            0 => data.truncate(at),
            1 => drop(data.drain(at..end)),
            2 => data.splice(at..at, PIECES[dice.throw(PIECES.len())].bytes()).for_each(drop),
            3 if at < data.len() => data[at] ^= 1 << dice.throw(8),
            4 => {
                let piece = data[at..end].to_vec();
                let to = dice.throw(data.len() + 1);
                data.splice(to..to, piece).for_each(drop);
            }
            5 if !other.is_empty() => {
                let from = dice.throw(other.len());
                let piece = other[from..(from + length).min(other.len())].to_vec();
                data.splice(at..end, piece).for_each(drop);
            }
            _ if at < data.len() => data[at] = [0, 0xff, b'<', b'>', b'"', b'/', b'9', b'\n'][dice.throw(8)],
            _ => {}
        }
    }
    data
}

fn run(name: &str, target: fn(&[u8])) {
    if !Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").exists() {
        eprintln!("the corpus is not part of the published package");
        return;
    }
    let corpus = corpus(name);
    assert!(corpus.len() > 4, "the corpus of {name}");
    for (path, seed) in &corpus {
        assert!(catch_unwind(|| target(seed)).is_ok(), "{}", path.display());
    }
    let seconds =
        std::env::var("XLSX_SPLICE_FUZZ_SECONDS").ok().and_then(|n| n.parse().ok()).unwrap_or(SECONDS);
    let (start, mut dice) = (Instant::now(), Dice(0x9e37_79b9_7f4a_7c15));
    let mut count = 0u64;
    while start.elapsed() < Duration::from_secs(seconds) {
        let (seed, other) = (&corpus[dice.throw(corpus.len())].1, &corpus[dice.throw(corpus.len())].1);
        let data = mutated(seed, other, &mut dice);
        count += 1;
        if catch_unwind(|| target(&data)).is_err() {
            let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{count}"));
            fs::write(&path, &data).unwrap();
            panic!(
                "the target {name} fails; the input is in {}: put it into fuzz/corpus/{name}",
                path.display()
            );
        }
    }
}

#[test]
fn packages() {
    run("package", targets::package);
}

#[test]
fn parts() {
    run("parts", targets::parts);
}

#[test]
fn references() {
    run("references", targets::references);
}

/// Writes the seeds made here, beside a fuzzer's findings. `cargo test --test it -- --ignored`
#[test]
#[ignore = "writes into the project"]
fn seeds() {
    let put = |target: &str, name: &str, data: &[u8]| {
        let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "fuzz", "corpus", target].iter().collect();
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), data).unwrap();
    };
    let form = package::Form::default();
    for (name, form) in [
        ("plain", form.clone()),
        ("stored", package::Form { stored: true, ..form.clone() }),
        ("descriptor", package::Form { descriptor: true, ..form.clone() }),
        ("zip64", package::Form { zip64: true, ..form.clone() }),
        ("extra", package::Form { extra: b"UT\x05\x00\x03\0\0\0\0".to_vec(), ..form }),
    ] {
        let mut book = targets::with_notes();
        book.form(&form);
        book.zip64_end = form.zip64;
        put("package", name, &book.pack());
    }
    put("package", "compound", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    let book = targets::with_notes();
    for (which, name) in (0u8..).zip(targets::PARTS) {
        let file = name.trim_matches(['[', ']']).replace(['/', ']'], "_");
        let text = [&[which], book.text(name).as_bytes()].concat();
        put("parts", &file, &text);
        let spread = [&[which], book.text(name).replace("><", "> <!-- --> <").as_bytes()].concat();
        put("parts", &format!("{file}_spread"), &spread);
    }
    for (name, rows) in [
        ("rows_without_places", "<row><c/><c><v>1</v></c></row><row/>"),
        (
            "rows_out_of_order",
            "<row r=\"9\"/><row r=\"2\"><c r=\"C2\"/><c r=\"A2\"/></row><row r=\"0\"/><row r=\"2\"/>",
        ),
    ] {
        let tail = "<conditionalFormatting><cfRule><extLst/></cfRule></conditionalFormatting><tableParts/>";
        put("parts", name, &[b"\0", package::sheet("", rows, tail).as_bytes()].concat());
    }
    for (name, text) in [
        ("cells", "B2\nXFD1048576\n$A$1\nc3\nA0\nXFE1\nA1048577\n1\n9999999999"),
        ("ranges", "A1:D1\nB2:A1\nA:C\n1:3\nB2:B2\nA1:XFD1048576"),
        ("targets", "/xl/worksheets/sheet1.xml\n../../x\n\\worksheets\\sheet1.xml"),
        ("other", "../xl/./worksheets//sheet1.xml\nB2 C3\n가1\n"),
        ("none", "\n\n"),
    ] {
        put("references", name, text.as_bytes());
    }
}
