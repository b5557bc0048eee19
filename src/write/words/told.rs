//! The columns of finding lists: one order and one set of headings for every output.

use super::{answer, field, severity};
use crate::finding::{Finding, Lang, Reader};

/// A column of a finding list, in the order used by every list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingColumn {
    /// The severity.
    Severity,
    /// The check's code.
    Code,
    /// Sheet and cell in one text.
    Place,
    /// The workbook.
    File,
    /// The sheet.
    Sheet,
    /// The cell.
    Cell,
    /// The organisation.
    Organisation,
    /// The KPI.
    Kpi,
    /// The column of the plan's table.
    Field,
    /// The message.
    Message,
    /// The value found.
    Found,
    /// The value expected, or, labelled as such, the value compared with.
    Expected,
    /// The hint.
    ToDo,
    /// The finding's id.
    Id,
    /// Why it was waived.
    Waived,
    /// The department's answer.
    Answer,
}

impl FindingColumn {
    /// The review sheet, followed by the columns to answer in.
    pub const REVIEW: [Self; 9] = [
        Self::Severity,
        Self::Code,
        Self::Place,
        Self::Organisation,
        Self::Field,
        Self::Message,
        Self::Found,
        Self::Expected,
        Self::ToDo,
    ];
    /// The city-wide workbook.
    pub const CITY: [Self; 14] = [
        Self::Severity,
        Self::Code,
        Self::File,
        Self::Sheet,
        Self::Cell,
        Self::Organisation,
        Self::Field,
        Self::Message,
        Self::Found,
        Self::Expected,
        Self::ToDo,
        Self::Id,
        Self::Waived,
        Self::Answer,
    ];
    /// A scorecard, which belongs to one organisation.
    pub const SCORECARD: [Self; 12] = [
        Self::Severity,
        Self::Code,
        Self::Place,
        Self::Kpi,
        Self::Field,
        Self::Message,
        Self::Found,
        Self::Expected,
        Self::ToDo,
        Self::Id,
        Self::Waived,
        Self::Answer,
    ];
    /// The book, where some columns are combined to save room. An id begins with the code.
    pub const BOOK: [&'static [Self]; 8] = [
        &[Self::Severity],
        &[Self::Code, Self::Id],
        &[Self::Place],
        &[Self::Kpi, Self::Field],
        &[Self::Message],
        &[Self::Found],
        &[Self::Expected],
        &[Self::ToDo],
    ];

    /// Its heading.
    pub fn heading(self, lang: Lang) -> &'static str {
        match self {
            Self::Severity => lang.pick("심각도", "Severity"),
            Self::Code => lang.pick("코드", "Code"),
            Self::Place => lang.pick("위치", "Place"),
            Self::File => lang.pick("파일", "File"),
            Self::Sheet => lang.pick("시트", "Sheet"),
            Self::Cell => lang.pick("셀", "Cell"),
            Self::Organisation => lang.pick("조직", "Organisation"),
            Self::Kpi => lang.pick("성과지표", "KPI"),
            Self::Field => lang.pick("항목", "Column"),
            Self::Message => lang.pick("무엇이 문제인지", "What is wrong"),
            Self::Found => lang.pick("적힌 값", "Found"),
            Self::Expected => lang.pick("있어야 할 값", "Expected"),
            Self::ToDo => lang.pick("할 일", "What to do"),
            Self::Id => lang.pick("식별번호", "ID"),
            Self::Waived => lang.pick("유예 사유", "Waived because"),
            Self::Answer => lang.pick("부서의 답", "Answer"),
        }
    }

    /// The text of this column for `reader`; empty for the KPI, which only the city knows.
    pub fn text(self, finding: &Finding, reader: Reader, lang: Lang) -> String {
        let at = &finding.at;
        let cell = || at.cell.map(|cell| cell.to_string());
        match self {
            Self::Severity => severity(finding.severity, lang).to_owned(),
            Self::Code => finding.rule.to_string(),
            Self::Place => {
                let cell = cell().map(|cell| format!("!{cell}")).unwrap_or_default();
                format!("{}{cell}", at.sheet.as_deref().unwrap_or(&at.file))
            }
            Self::File => at.file.to_string(),
            Self::Sheet => at.sheet.as_deref().unwrap_or_default().to_owned(),
            Self::Cell => cell().unwrap_or_default(),
            Self::Organisation => finding.org.as_deref().unwrap_or_default().to_owned(),
            Self::Kpi => String::new(),
            Self::Field => field(finding.field, lang),
            Self::Message => finding.message.text(lang),
            Self::Found => finding.found(lang).unwrap_or_default(),
            Self::Expected => finding.expectation(lang).unwrap_or_default(),
            Self::ToDo => finding.hint.as_ref().map(|hint| hint.text_for(reader, lang)).unwrap_or_default(),
            Self::Id => finding.id.clone(),
            Self::Waived => finding.waived.clone().unwrap_or_default(),
            Self::Answer => finding.answer.as_ref().map(|given| answer(given, lang)).unwrap_or_default(),
        }
    }

    /// The heading of a combined column.
    pub fn joined(these: &[Self], lang: Lang) -> String {
        let headings: Vec<&str> = these.iter().map(|told| told.heading(lang)).collect();
        headings.join(lang.pick("·", ", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_findings_told_the_same_in_four_orders() {
        assert!(
            FindingColumn::REVIEW.is_sorted()
                && FindingColumn::CITY.is_sorted()
                && FindingColumn::SCORECARD.is_sorted()
        );
        assert!(FindingColumn::BOOK.map(|these| these[0]).is_sorted());
        assert_eq!(FindingColumn::joined(FindingColumn::BOOK[3], Lang::Ko), "성과지표·항목");
    }
}
