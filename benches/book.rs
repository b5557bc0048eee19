//! The book: beside a plain template set by the same typesetter, set again after a change, and of many plans.
//!
//! `cargo bench --bench book` needs a Korean font. Whole books are made by fresh processes, as users make them, in turn
//! with the plain one. The plain template stands beside the project, `../shared/tools/plain_book.typ`, and is
//! passed over with a word where it is missing.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a benchmark")]

mod made_up;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use planbook::consolidate::Context;
use planbook::finding::Lang;
use planbook::pipeline;
use planbook::project::Config;
use planbook::write::book::{BookOptions, BookPress, FontSources, find_fonts};
use typst_press::typst::diag::{FileError, FileResult};
use typst_press::typst::foundations::{Bytes, Datetime, Duration as Span};
use typst_press::typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst_press::typst::text::{Font, FontBook};
use typst_press::typst::utils::LazyHash;
use typst_press::typst::{self, Library, LibraryExt, World};
use typst_press::{Fonts, PagedDocument, Script, typst_pdf};

const ROUNDS: usize = 5;
/// How many plans the large books have.
const SIZES: [usize; 4] = [125, 250, 500, 1_000];
/// The argument with which this program sets the plain book and does nothing else.
const PLAIN: &str = "plain-book";

fn main() {
    if std::env::args().any(|argument| argument == PLAIN) {
        Plain::new().set();
        return;
    }
    whole();
    again();
    large();
}

/// The example, whole, by fresh processes in turn.
fn whole() {
    let out = tempfile::tempdir().unwrap();
    let (mut plain, mut book) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        if shared().is_dir() {
            plain.push(made_up::measured(Command::new(std::env::current_exe().unwrap()).arg(PLAIN)));
        }
        book.push(book_of(&example(), out.path()));
    }
    let (time, memory) = median(book);
    println!("the example's book: {:.2} s, {memory} MB at most", time.as_secs_f64());
    if plain.is_empty() {
        println!("no plain book to compare with: ../shared is missing");
    } else {
        let (plain, memory) = median(plain);
        let ratio = time.as_secs_f64() / plain.as_secs_f64();
        println!(
            "the plain book: {:.2} s, {memory} MB at most; the book takes {ratio:.2} of it",
            plain.as_secs_f64()
        );
    }
}

/// The example set again in one process after one plan has changed.
fn again() {
    let folder = example();
    let config = Config::load(&folder).unwrap();
    let mut run = pipeline::run(&folder, &config, None, &mut |_| {}).unwrap();
    let mut made = Vec::new();
    let mut press = BookPress::default();
    for round in 0..ROUNDS {
        let plan = run.city.plans.len() * round / ROUNDS;
        run.city.plans[plan].rows[0].kpi.text = format!("바뀐 지표 {round}").into();
        let start = Instant::now();
        let context = Context { city: &run.city, config: &config };
        let fonts = find_fonts(&context, Lang::Ko, &FontSources::default()).unwrap();
        black_box(press.pdf(&context, &[], Lang::Ko, &fonts, &BookOptions::default()).unwrap());
        made.push((start.elapsed(), 0));
    }
    let first = made.remove(0).0;
    println!(
        "in one process: {:.2} s at first, {:.2} s after a plan has changed (reading left out)",
        first.as_secs_f64(),
        median(made).0.as_secs_f64()
    );
}

/// Books of many plans.
fn large() {
    let all = made_up::workbooks(SIZES[SIZES.len() - 1]);
    let out = tempfile::tempdir().unwrap();
    for size in SIZES {
        let folder = made_up::folder_of(&all, size);
        let (time, memory) = book_of(folder.path(), out.path());
        println!(
            "{size:>6} plans: {:.2} s, {:.2} ms each, {memory} MB at most",
            time.as_secs_f64(),
            time.as_secs_f64() * 1e3 / size as f64
        );
    }
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009")
}

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared")
}

fn book_of(folder: &Path, out: &Path) -> (Duration, u64) {
    let mut book = Command::new(env!("CARGO_BIN_EXE_planbook"));
    made_up::measured(book.args(["book", "--quiet"]).arg(folder).arg("--out").arg(out))
}

fn median(mut measured: Vec<(Duration, u64)>) -> (Duration, u64) {
    measured.sort();
    measured[measured.len() / 2]
}

/// The plain template and the data it reads from the disk.
struct Plain {
    library: LazyHash<Library>,
    fonts: Fonts,
    main: FileId,
}

impl Plain {
    fn new() -> Self {
        let path = VirtualPath::new("tools/plain_book.typ").unwrap();
        Self {
            library: LazyHash::new(Library::builder().build()),
            fonts: Fonts::find(&Script::KOREAN, &[], &FontSources::default()).unwrap(),
            main: RootedPath::new(VirtualRoot::Project, path).intern(),
        }
    }

    fn set(&self) {
        let document = typst::compile::<PagedDocument>(self).output.unwrap();
        black_box(typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).unwrap());
    }
}

impl World for Plain {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let bytes = self.file(id)?;
        Ok(Source::new(id, std::str::from_utf8(&bytes).unwrap().to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = shared().join(id.vpath().get_without_slash());
        std::fs::read(&path).map(Bytes::new).map_err(|error| FileError::from_io(error, &path))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Span>) -> Option<Datetime> {
        None
    }
}
