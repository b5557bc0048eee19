//! What the sheets of a scorecard are made from.

use super::columns::CardColumns;
use super::numbers::CommonNumbers;
use crate::consolidate::City;
use crate::finding::{Finding, Lang};
use crate::plan::{Plan, PlanId, RowId};
use crate::project::Polarities;
use crate::project::scoring::Scoring;
use crate::score::{Entry, Measure, RowIds, RowScore};
use crate::workbook::{Formats, sheet_name};

/// A KPI row with the results of all its formulas.
pub(super) struct CardRow<'a> {
    pub id: RowId,
    pub measure: Measure,
    pub entry: Option<&'a Entry>,
    pub score: RowScore,
}

/// The shared input of all sheets.
pub(super) struct CardInput<'a> {
    pub city: &'a City,
    pub rules: &'a Scoring,
    pub polarities: &'a Polarities<'a>,
    pub plan: &'a Plan,
    pub index: PlanId,
    pub findings: &'a [&'a Finding],
    pub lang: Lang,
    pub formats: &'a Formats,
    pub numbers: &'a CommonNumbers<'a>,
    pub ids: &'a RowIds,
    pub columns: CardColumns,
    pub rows: Vec<CardRow<'a>>,
}

impl CardInput<'_> {
    /// The names of the sheets, in order.
    pub(super) fn sheets(&self) -> [String; 5] {
        let mut names = self.lang.pick(
            ["성과표", "요약", "공통지표", "지적사항", "설정"],
            ["Scorecard", "Summary", "Common KPIs", "Findings", "Settings"],
        );
        // If neither title nor header names the organisation, the tab's name did, and does so again.
        let named = !self.plan.title.is_empty() || !self.plan.own_label.is_empty();
        let tab = &*self.plan.sheet;
        let fits =
            sheet_name(tab) == tab && names[1..].iter().all(|name| name.to_lowercase() != tab.to_lowercase());
        if !named && fits {
            names[0] = tab;
        }
        names.map(str::to_owned)
    }
}
