//! Annotates workbooks of other programs: nothing but the additions changes.

use std::path::{Path, PathBuf};

use xlsx_splice::{Annotation, Workbook};

use crate::proof::{SIGNATURE, annotate, remarks, strip, verify};

/// The workbooks to try: those in the folder `XLSX_SPLICE_PACKAGES`, and those in the repository.
fn packages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.join("../../../shared/packages"), root.join("../../examples/seoul-2009/workbooks")];
    let given = std::env::var_os("XLSX_SPLICE_PACKAGES").map(PathBuf::from);
    let mut found: Vec<PathBuf> = given
        .iter()
        .chain(&folders)
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension().is_some_and(|e| ["xlsx", "xlsm", "xltx"].iter().any(|known| e == *known))
        })
        .collect();
    found.sort();
    found
}

#[test]
fn annotated_and_taken_off_again() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("annotated");
    std::fs::create_dir_all(&out).unwrap();
    for path in packages() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let original = std::fs::read(&path).unwrap();
        let opened = Workbook::open(&original, SIGNATURE).and_then(|workbook| workbook.sheets());
        let sheets = match opened {
            Ok(sheets) => sheets,
            Err(error) => {
                eprintln!("{name}: {error}");
                continue;
            }
        };
        let mut annotation = Annotation::default();
        for sheet in sheets.iter().take(2) {
            let own = remarks(&sheet.name, &["B2", "A1", "D7", "H40"]);
            annotation = Annotation { marks: annotation.marks.into_iter().chain(own.marks).collect(), ..own };
        }
        match annotate(&original, &annotation) {
            Ok(annotated) => {
                std::fs::write(out.join(&name), &annotated.bytes).unwrap();
                assert_eq!(verify(&original, &annotated), Ok(()), "{name}");
                let again = annotate(&annotated.bytes, &annotation).unwrap();
                assert!(again.bytes == annotated.bytes, "{name}: annotated twice");
                strip(&annotated.bytes).unwrap();
            }
            Err(error) => eprintln!("{name}: {error}"),
        }
    }
}
