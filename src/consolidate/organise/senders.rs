//! Infers the organisation of a file without a readable plan from the file's name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Registry;
use super::label::is_kind_of_organisation;
use crate::plan::Plan;
use crate::read::{Submission, WorkbookKind, organisations_in_names};

impl Registry<'_> {
    /// The organisation of each file without a readable plan, by file. A document, picture or workbook
    /// without a plan counts only if the organisation has no plan and the file is named after it alone:
    /// otherwise it may be a mere letter.
    pub(super) fn senders(
        &mut self,
        submissions: &[Submission],
        plans: &[Plan],
        parents: &[Arc<str>],
    ) -> BTreeMap<Arc<str>, Arc<str>> {
        let mut senders = BTreeMap::new();
        let mut known: Vec<Arc<str>> = self.roster();
        known.extend(parents.iter().filter(|label| !label.is_empty()).cloned());
        let known: Vec<_> = known.iter().map(|name| self.table.key(name)).collect();
        let with_plan: BTreeSet<&str> = plans.iter().map(|plan| &*plan.file).collect();
        let is_without = |file: &Submission| match &file.outcome {
            Err(_) => true,
            Ok(contents) => contents.kind == WorkbookKind::Own && !with_plan.contains(&*file.file),
        };
        let without: Vec<&Submission> = submissions.iter().filter(|file| is_without(file)).collect();
        let names = organisations_in_names(without.iter().map(|file| &*file.file), self.config);
        for (submission, (whole, words)) in without.into_iter().zip(names) {
            let may_be_other = submission.outcome.is_ok() || submission.is_document();
            let words = if may_be_other { Vec::new() } else { words };
            let names = whole.into_iter().chain(words);
            let names: Vec<Arc<str>> = names.map(|name| self.resolve(&name.into())).collect();
            let mut names: Vec<_> = names.into_iter().map(|name| (self.table.key(&name), name)).collect();
            names.retain(|(key, _)| !(may_be_other && self.plans.contains_key(key)));
            let is_known = |key| self.plans.contains_key(key) || known.contains(key);
            let by_kind = |name: &str| self.config.roster.is_empty() && is_kind_of_organisation(name);
            let sender = names.iter().find(|(key, _)| is_known(key));
            let sender = sender.or_else(|| names.iter().find(|(_, name)| by_kind(name)));
            senders.extend(sender.map(|(_, org)| (submission.file.clone(), org.clone())));
        }
        senders
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::{City, consolidate};
    use crate::read::{Contents, ReadError};
    use crate::testing::{config, plan, submissions};

    fn city(toml: &str, files: &[(&str, ReadError)]) -> City {
        let mut all = submissions([plan("교통국", "가나시")]);
        all.extend(files.iter().map(|(file, error)| Submission::named(*file, Err(error.clone()))));
        consolidate(all, &config(toml))
    }

    #[test]
    fn an_organisation_whose_file_cannot_be_read_was_reported_missing_too() {
        let other = |extension: &str| ReadError::OtherDocument(extension.into());
        let files = [
            ("w/환경국_2026 성과계획.hwp", other("hwp")),
            ("w/교통국.pdf", other("pdf")),
            ("w/복지국 단체사진.hwp", other("hwp")),
            ("w/소방본부.jpg", other("jpg")),
            ("w/복지국 단체사진.png", other("png")),
            ("w/03 문화국 수정요청.xlsx", ReadError::Encrypted),
            ("w/감사관.cell", other("cell")),
            ("w/점검결과.hwp", other("hwp")),
        ];
        let summary = |toml: &str| {
            let city = city(toml, &files);
            let senders: Vec<String> = city.senders.values().map(|org| org.to_string()).collect();
            (senders, city.missing.clone(), city.file_counts())
        };
        let roster = "roster = ['교통국', '환경국', '복지국', '소방본부', '문화국', '감사관']";
        let (senders, missing, counts) = summary(roster);
        assert_eq!(senders, ["문화국", "감사관", "소방본부", "환경국"]);
        assert_eq!(missing, ["복지국".into()]);
        assert_eq!((counts.workbooks, counts.unread, counts.documents), (3, 2, 6));
        assert_eq!(summary("").0, ["문화국", "감사관", "소방본부", "환경국"]);
    }

    #[test]
    fn an_organisation_whose_workbook_has_no_plan_table_was_reported_missing_too() {
        let mut all = submissions([plan("교통국", "가나시")]);
        let file = |name: &str| Submission::named(name, Ok(Contents::default()));
        all.extend(["w/40_환경국.xlsx", "w/회의자료.xlsx"].map(file));
        let city = consolidate(all, &config("roster = ['교통국', '환경국']"));
        assert_eq!(
            city.senders.into_iter().collect::<Vec<_>>(),
            [("w/40_환경국.xlsx".into(), "환경국".into())]
        );
        assert_eq!(city.missing, [""; 0].map(Arc::from));
    }
}
