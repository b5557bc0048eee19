//! Foreign workbooks annotated: what comes back is what came in, and the remarks.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use planbook::finding::Severity;
use planbook::write::annotate::{
    Annotation, ColumnKind, Mark, ReviewColumn, ReviewRow, ReviewSheet, annotate, strip, verify,
};

fn packages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.join("../shared/packages"), root.join("examples/seoul-2009/workbooks")];
    let mut found: Vec<PathBuf> = folders
        .iter()
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

/// Marks on the first sheets' cells at four places, and a review sheet with a row for each.
fn annotation(names: &[String]) -> Annotation {
    let mut annotation = Annotation::default();
    let mut rows = Vec::new();
    for name in names.iter().take(2) {
        let name: Arc<str> = Arc::from(name.as_str());
        let cells = [
            ("B2", Severity::Error),
            ("A1", Severity::Warning),
            ("D7", Severity::Info),
            ("H40", Severity::Error),
        ];
        let mut marks = BTreeMap::new();
        for (cell, severity) in cells {
            let cell = cell.parse().unwrap();
            marks.insert(
                cell,
                Mark {
                    severity, note: format!("[W101] {cell}에 적힌 값 <120>\n있어야 할 값 & \"100\"")
                },
            );
            rows.push(ReviewRow {
                cells: ["오류", "W101", &format!("{name}!{cell}"), "비중 합계가 120입니다", "", ""]
                    .map(str::to_owned)
                    .to_vec(),
                severity,
                link: Some((name.clone(), cell)),
                id: format!("id-{name}-{cell}"),
            });
        }
        annotation.marks.insert(name, marks);
    }
    let column = |heading: &str, width, kind| ReviewColumn { heading: heading.to_owned(), width, kind };
    annotation.review = Some(ReviewSheet {
        name: "검토의견".to_owned(),
        title: "검토 의견".to_owned(),
        lead: "아래 지적 사항을 보시고 조치와 의견을 적어 주십시오.".to_owned(),
        columns: vec![
            column("심각도", 8.0, ColumnKind::Severity),
            column("코드", 8.0, ColumnKind::Text),
            column("위치", 24.0, ColumnKind::Place),
            column("무엇이 문제인가", 50.0, ColumnKind::Text),
            column("조치", 12.0, ColumnKind::Action),
            column("의견", 30.0, ColumnKind::Remark),
        ],
        rows,
        choices: ["수정함", "이견 있음", "해당 없음"].map(str::to_owned).to_vec(),
    });
    annotation
}

fn sheet_names(path: &Path) -> Vec<String> {
    use calamine::Reader;
    calamine::open_workbook::<calamine::Xlsx<_>, _>(path)
        .map(|workbook| workbook.sheet_names())
        .unwrap_or_default()
}

#[test]
fn annotated_and_taken_off_again() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("annotated");
    std::fs::create_dir_all(&out).unwrap();
    for path in packages() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let original = std::fs::read(&path).unwrap();
        let annotation = annotation(&sheet_names(&path));
        match annotate(&original, &annotation) {
            Ok(annotated) => {
                std::fs::write(out.join(&name), &annotated.bytes).unwrap();
                if planbook::read::sheets_in(&original).is_ok() {
                    assert_eq!(verify(&original, &annotated), Ok(()), "{name}");
                }
                let again = annotate(&annotated.bytes, &annotation).unwrap();
                assert!(again.bytes == annotated.bytes, "{name}: annotated twice");
                strip(&annotated.bytes).unwrap();
            }
            Err(refusal) => eprintln!("{name}: {refusal}"),
        }
    }
}
