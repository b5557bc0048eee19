//! `data/returned.json`: what was done to each workbook.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

use xlsx_splice::Annotated;

use super::original::Original;
use crate::files::sha256;
use crate::finding::Finding;
use crate::ledger::{NotedCell, Outcome, Receipt};
use crate::source::CellRef;

impl Receipt {
    /// For the workbook `file`, of which there are so many findings, and its covering message.
    pub(super) fn of(file: &Arc<str>, findings: usize, letter: &str) -> Self {
        Self {
            file: file.clone(),
            outcome: Outcome::Unchanged,
            returned: None,
            review: None,
            reason: None,
            letter: Some(letter.to_owned()),
            findings,
            sha256: None,
            returned_sha256: None,
            notes: Vec::new(),
            marked_only: Vec::new(),
            changed: Vec::new(),
            added: Vec::new(),
            outdated: None,
            aside: Vec::new(),
        }
    }

    /// The file came in like this, if it could be opened.
    pub(super) fn sent(&mut self, original: Option<&Original<'_>>) {
        self.sha256 = original.map(|original| original.sha256.clone());
    }

    /// It went to `name` as it is.
    pub(super) fn copied(&mut self, name: &str) {
        self.returned = Some(name.to_owned());
        self.returned_sha256.clone_from(&self.sha256);
    }

    /// It went to `name` with the remarks about `findings`, or without any where there was nothing to say.
    pub(super) fn annotated(&mut self, name: &str, annotated: &Annotated, findings: &[&Finding]) {
        self.returned = Some(name.to_owned());
        self.outcome = if self.findings == 0 { Outcome::Unchanged } else { Outcome::Annotated };
        self.remarks(annotated, findings);
    }

    /// A review workbook went to `name`, because of `reason`.
    pub(super) fn substituted(
        &mut self,
        name: &str,
        annotated: &Annotated,
        findings: &[&Finding],
        reason: String,
    ) {
        self.review = Some(name.to_owned());
        self.reason = Some(reason);
        self.outcome = Outcome::Substituted;
        self.remarks(annotated, findings);
    }

    fn remarks(&mut self, annotated: &Annotated, findings: &[&Finding]) {
        self.returned_sha256 = Some(sha256(&annotated.bytes));
        self.notes = cells(&annotated.noted, annotated, findings);
        self.marked_only = cells(&annotated.marked_only, annotated, findings);
        self.changed.clone_from(&annotated.changed);
        self.added.clone_from(&annotated.added);
    }
}

/// The cells with the findings that were told there.
fn cells(
    by_sheet: &BTreeMap<Arc<str>, BTreeSet<CellRef>>,
    annotated: &Annotated,
    findings: &[&Finding],
) -> Vec<NotedCell> {
    let stands_in = |finding: &Finding, sheet: &Arc<str>, cell: CellRef| {
        if finding.at.cell.is_none() {
            // The workbook as a whole is meant; what is said of it stands in its first cell.
            return finding.at.sheet.is_none() && cell == CellRef::default();
        }
        let merged = annotated.merged.get(sheet);
        let at = finding.at.cell.map(|at| merged.and_then(|merged| merged.get(&at)).copied().unwrap_or(at));
        finding.at.sheet.as_ref() == Some(sheet) && at == Some(cell)
    };
    let all = by_sheet.iter().flat_map(|(sheet, cells)| cells.iter().map(move |cell| (sheet, *cell)));
    all.map(|(sheet, cell)| NotedCell {
        sheet: sheet.clone(),
        cell: cell.to_string(),
        ids: findings.iter().filter(|f| stands_in(f, sheet, cell)).map(|f| f.id.clone()).collect(),
    })
    .collect()
}

/// The receipts of an earlier run. Those that cannot be read tell of nothing.
pub(super) fn read(receipts: &[u8]) -> Vec<Receipt> {
    serde_json::from_slice(receipts).unwrap_or_default()
}

/// What an earlier run wrote by its receipts: the hash of each file, by its name relative to the output folder.
pub(super) fn written_before(receipts: Vec<Receipt>) -> BTreeMap<String, String> {
    let mut written = BTreeMap::new();
    for receipt in receipts {
        // Beside a review workbook the original lies as it came.
        let remarked = receipt.review.or(receipt.returned.clone());
        written.extend(receipt.returned.zip(receipt.sha256));
        written.extend(remarked.zip(receipt.returned_sha256));
    }
    written
}

/// Writes the receipts, one a line.
///
/// # Errors
/// When `out` fails.
pub(super) fn write_all(receipts: &[Receipt], out: &mut impl Write) -> io::Result<()> {
    crate::write::export::lines(out, receipts.iter())
}
