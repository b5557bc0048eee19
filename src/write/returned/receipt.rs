//! `data/returned.json`: what was done to each workbook.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

use xlsx_splice::Annotated;

use super::original::Original;
use crate::files::sha256;
use crate::finding::Finding;
use crate::ledger::{NotedCell, Receipt, ReturnOutcome};
use crate::source::CellRef;

impl Receipt {
    /// A receipt for the workbook `file` with this number of findings, and for its covering message.
    pub(super) fn of(file: &Arc<str>, findings: usize, letter: &str) -> Self {
        Self {
            file: file.clone(),
            outcome: ReturnOutcome::Unchanged,
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

    /// Records the submitted file's hash, if it could be opened.
    pub(super) fn sent(&mut self, original: Option<&Original<'_>>) {
        self.sha256 = original.map(|original| original.sha256.clone());
    }

    /// Records that the file was copied unchanged to `name`.
    pub(super) fn copied(&mut self, name: &str) {
        self.returned = Some(name.to_owned());
        self.returned_sha256.clone_from(&self.sha256);
    }

    /// Records that the file was written to `name` with remarks on `findings`, or unchanged if it has no
    /// findings.
    pub(super) fn annotated(&mut self, name: &str, annotated: &Annotated, findings: &[&Finding]) {
        self.returned = Some(name.to_owned());
        self.outcome = if self.findings == 0 { ReturnOutcome::Unchanged } else { ReturnOutcome::Annotated };
        self.remarks(annotated, findings);
    }

    /// Records that a review workbook was written to `name`, because of `reason`.
    pub(super) fn substituted(
        &mut self,
        name: &str,
        annotated: &Annotated,
        findings: &[&Finding],
        reason: String,
    ) {
        self.review = Some(name.to_owned());
        self.reason = Some(reason);
        self.outcome = ReturnOutcome::Substituted;
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

/// The cells with the findings noted or marked there.
fn cells(
    by_sheet: &BTreeMap<Arc<str>, BTreeSet<CellRef>>,
    annotated: &Annotated,
    findings: &[&Finding],
) -> Vec<NotedCell> {
    let stands_in = |finding: &Finding, sheet: &Arc<str>, cell: CellRef| {
        if finding.at.cell.is_none() {
            // A finding about the workbook as a whole is noted in the first cell.
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

/// The receipts of an earlier run; empty if they cannot be read.
pub(super) fn read(receipts: &[u8]) -> Vec<Receipt> {
    serde_json::from_slice(receipts).unwrap_or_default()
}

/// The files that an earlier run wrote, by its receipts: hash by name relative to the output folder.
pub(super) fn written_before(receipts: Vec<Receipt>) -> BTreeMap<String, String> {
    let mut written = BTreeMap::new();
    for receipt in receipts {
        // If there is a review workbook, the original was returned unchanged.
        let remarked = receipt.review.or(receipt.returned.clone());
        written.extend(receipt.returned.zip(receipt.sha256));
        written.extend(remarked.zip(receipt.returned_sha256));
    }
    written
}

/// Writes the receipts, one per line.
///
/// # Errors
/// When writing to `out` fails.
pub(super) fn write_all(receipts: &[Receipt], out: &mut impl Write) -> io::Result<()> {
    crate::write::json::lines(out, receipts.iter())
}
