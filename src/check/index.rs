//! The findings of a run by what they are about: looked up by every output, put in order once.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::consolidate::RowId;
use crate::finding::Finding;
use crate::plan::PlanId;

/// All findings of a run, which it stands for as a list, and those of one workbook, plan or row.
#[derive(Clone, Debug)]
pub struct FindingIndex<'a> {
    all: &'a [Finding],
    by_workbook: BTreeMap<&'a str, Vec<&'a Finding>>,
    by_plan: BTreeMap<PlanId, Vec<&'a Finding>>,
    by_row: BTreeMap<RowId, Vec<&'a Finding>>,
}

impl<'a> FindingIndex<'a> {
    /// Of `all`, whose order is kept within each group.
    pub fn of(all: &'a [Finding]) -> Self {
        let (mut by_workbook, mut by_plan, mut by_row) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for finding in all {
            push(&mut by_workbook, &*finding.at.file, finding);
            if let Some(plan) = finding.plan {
                push(&mut by_plan, plan, finding);
                if let Some(row) = finding.row {
                    push(&mut by_row, RowId { plan, row }, finding);
                }
            }
        }
        Self { all, by_workbook, by_plan, by_row }
    }

    /// Those in the workbook `file`, waived ones among them.
    pub fn of_workbook(&self, file: &str) -> &[&'a Finding] {
        self.by_workbook.get(file).map_or(&[], Vec::as_slice)
    }

    /// Those about the plan at the position `plan` in book order, waived ones among them.
    pub fn of_plan(&self, plan: PlanId) -> &[&'a Finding] {
        self.by_plan.get(&plan).map_or(&[], Vec::as_slice)
    }

    /// Those about a row, waived ones among them.
    pub fn of_row(&self, row: RowId) -> &[&'a Finding] {
        self.by_row.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The rows that have findings, in book order, with these.
    pub fn rows(&self) -> impl Iterator<Item = (RowId, &[&'a Finding])> {
        self.by_row.iter().map(|(row, findings)| (*row, findings.as_slice()))
    }
}

impl Deref for FindingIndex<'_> {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        self.all
    }
}

fn push<'a, K: Ord>(groups: &mut BTreeMap<K, Vec<&'a Finding>>, key: K, finding: &'a Finding) {
    groups.entry(key).or_default().push(finding);
}
