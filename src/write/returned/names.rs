//! The paths of the returned files.

use std::collections::BTreeSet;

use crate::finding::{Lang, ReviewForm};

/// The folder of the returned workbooks, inside the output folder.
pub const FOLDER: &str = "returned";

/// The file of the receipts, inside the output folder.
pub const RECEIPTS: &str = "data/returned.json";

/// The paths of a workbook's files, relative to the output folder.
pub(super) struct ReturnedNames {
    /// The workbook itself.
    pub returned: String,
    /// The review workbook, if one is needed.
    pub review: String,
    /// The covering message.
    pub letter: String,
}

/// The names for all workbooks, unique even where case does not count. A review workbook is named after the
/// workbook it replaces.
pub(super) fn names<'a>(files: impl Iterator<Item = &'a str>, lang: Lang) -> Vec<ReturnedNames> {
    let mut taken = BTreeSet::new();
    let mut free = |first: &[String], others: &dyn Fn(u32) -> String| {
        let candidates = first.iter().cloned().chain((2..).map(others));
        let name = candidates.into_iter().find(|name| taken.insert(name.to_lowercase()));
        name.unwrap_or_default()
    };
    let returned: Vec<String> = files
        // File names that are not UTF-8 may become equal.
        .map(|file| free(&[format!("{FOLDER}/{file}")], &|n| format!("{FOLDER}/{n}/{file}")))
        .collect();
    let suffix = lang.pick(ReviewForm::SUFFIX.ko, ReviewForm::SUFFIX.en);
    returned
        .into_iter()
        .map(|returned| {
            let stems = ReviewForm::stems(&returned);
            let review = free(&stems.map(|stem| format!("{stem}{suffix}.xlsx")), &|n| {
                format!("{}{suffix}{n}.xlsx", stems[1])
            });
            let letter = free(&stems.map(|stem| format!("{stem}.txt")), &|n| format!("{}{n}.txt", stems[1]));
            ReturnedNames { returned, review, letter }
        })
        .collect()
}
