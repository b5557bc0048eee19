//! A department's answer to a finding, on the review sheet of its returned workbook.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Lang, Wording};

/// A department's answer to a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// The action it reports.
    pub action: Action,
    /// Its remark; empty where it wrote none.
    pub remark: String,
}

/// What a department says it did about a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Action {
    /// It corrected the plan.
    Fixed,
    /// It does not agree.
    Disagree,
    /// The finding does not concern it.
    NotApplicable,
    /// Something else, in its own words; empty where it only made a remark.
    Other(String),
}

impl Action {
    /// The choices that the review sheet's drop-down list offers, in order.
    pub const CHOICES: [Action; 3] = [Action::Fixed, Action::Disagree, Action::NotApplicable];

    /// Parses the text of the cell in either language, ignoring spaces, dots and case.
    pub fn read(text: &str) -> Self {
        let folded = fold(text);
        let is_meant =
            |choice: &Action| [Lang::Ko, Lang::En].iter().any(|&lang| fold(choice.text(lang)) == folded);
        Self::CHOICES.into_iter().find(is_meant).unwrap_or_else(|| Action::Other(text.to_owned()))
    }

    /// Its name on the review sheet.
    pub fn text(&self, lang: Lang) -> &str {
        match self {
            Action::Fixed => lang.pick("수정함", "fixed"),
            Action::Disagree => lang.pick("이견 있음", "disagree"),
            Action::NotApplicable => lang.pick("해당 없음", "not applicable"),
            Action::Other(text) => text,
        }
    }

    /// The fixed name used in JSON; the department's own words where it chose none.
    pub fn name(&self) -> &str {
        match self {
            Action::Fixed => "fixed",
            Action::Disagree => "disagree",
            Action::NotApplicable => "not_applicable",
            Action::Other(text) => text,
        }
    }
}

impl From<String> for Action {
    fn from(name: String) -> Self {
        Self::CHOICES.into_iter().find(|choice| choice.name() == name).unwrap_or(Action::Other(name))
    }
}

impl From<Action> for String {
    fn from(action: Action) -> Self {
        action.name().to_owned()
    }
}

fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The markers and headings of a review sheet, used to write it and to read it back.
#[derive(Debug)]
pub struct ReviewForm;

impl ReviewForm {
    /// Prefix of the cell that identifies a review sheet, in its first row.
    pub const SIGN: &'static str = "planbook 1 ";
    /// Heading of the column that holds the findings' ids.
    pub const ID: &'static str = "id";
    /// Heading of the column for the action.
    pub const ACTION: Wording = Wording { ko: "조치", en: "Action" };
    /// Heading of the column for the remark.
    pub const REMARK: Wording = Wording { ko: "의견", en: "Remark" };
    /// Suffix of the file name of a review workbook: one made for the remarks alone, beside a file that
    /// cannot hold them.
    pub const SUFFIX: Wording = Wording { ko: "_검토의견", en: "_review" };
    /// The longest file name before the suffix, in bytes.
    const LONGEST: usize = 200;

    /// The two possible names of the review workbook for the workbook at `path`, without the suffix: the name
    /// without its extension or, if that is taken, with it.
    pub fn stems(path: &str) -> [&str; 2] {
        let folder = path.rfind('/').map_or(0, |slash| slash + 1);
        let name = &path[folder..];
        let upto = |end: usize| &path[..folder + name[..end].floor_char_boundary(Self::LONGEST)];
        [upto(name.rfind('.').unwrap_or(name.len())), upto(name.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choices_are_understood_in_both_languages_however_they_are_spaced() {
        for choice in Action::CHOICES {
            assert_eq!(Action::read(choice.text(Lang::Ko)), choice);
            assert_eq!(Action::read(choice.text(Lang::En)), choice);
        }
        assert_eq!(Action::read(" 이견있음."), Action::Disagree);
        assert_eq!(Action::read("NOT APPLICABLE"), Action::NotApplicable);
    }

    #[test]
    fn other_words_are_kept_as_they_are() {
        assert_eq!(Action::read("협의 중"), Action::Other("협의 중".to_owned()));
        let json = serde_json::to_string(&Action::read("협의 중")).unwrap();
        assert_eq!(json, "\"협의 중\"");
        assert_eq!(serde_json::from_str::<Action>("\"fixed\"").unwrap(), Action::Fixed);
    }
}
