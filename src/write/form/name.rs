//! The name of a form: the source workbook's, without copy and version suffixes.

use std::path::Path;

use super::years::shift_years;
use crate::files::path_name;
use crate::project::files::WORKBOOKS;

/// Words at the end of a file name that mark a copy or version.
const COPIES: [&str; 24] = [
    "최종",
    "최종본",
    "최종안",
    "수정",
    "수정본",
    "수정안",
    "재수정",
    "확정",
    "확정본",
    "확정안",
    "초안",
    "사본",
    "복사본",
    "제출",
    "제출용",
    "재제출",
    "final",
    "copy",
    "revised",
    "rev",
    "draft",
    "submitted",
    "ver",
    "v",
];

/// The name of the form made from the workbook `file`, relative to the folder of workbooks, with the plan
/// year shifted.
pub(super) fn form_name(file: &str, plan_year: i32, year: i32) -> String {
    let inner = file.strip_prefix(WORKBOOKS).and_then(|rest| rest.strip_prefix('/')).unwrap_or(file);
    let (folder, name) = inner.rsplit_once('/').map_or(("", inner), |(folder, name)| (folder, name));
    let stem = Path::new(name).file_stem().map_or_else(|| name.into(), |stem| stem.to_string_lossy());
    let stem = shift_years(without_copy(&stem), year - plan_year, &|own| own == plan_year);
    format!("{}.xlsx", path_name(&format!("{folder}/{stem}")))
}

/// The name without a suffix such as `_최종(수정)`, ` - 복사본`, ` (2)`, `_final_v2`; unchanged where nothing would
/// remain.
fn without_copy(name: &str) -> &str {
    const SEPARATORS: [char; 6] = ['_', '-', ' ', '.', '~', '+'];
    let whole = name.trim();
    let mut left = whole;
    loop {
        let shorter = match left.strip_suffix([')', ']', '）']) {
            Some(inner) => inner.rfind(['(', '[', '（']).filter(|&at| {
                let word = inner[at..].trim_start_matches(['(', '[', '（']);
                is_copy(word)
                    || (!word.is_empty() && word.len() < 3 && word.chars().all(|c| c.is_ascii_digit()))
            }),
            None => left.rfind(SEPARATORS).filter(|&at| is_copy(&left[at + 1..])),
        };
        match shorter.map(|at| left[..at].trim_end_matches(SEPARATORS)) {
            Some(shorter) if !shorter.is_empty() => left = shorter,
            _ => return left,
        }
    }
}

/// Whether a word marks a copy or version: `최종`, `최종2`, `v3`, `Final`.
fn is_copy(word: &str) -> bool {
    let word = word.trim().trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').to_lowercase();
    COPIES.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_not_called_final() {
        for (file, form) in [
            ("workbooks/가/01_교통국 2025.xls", "가/01_교통국 2026.xlsx"),
            ("51_인재개발원.ods", "51_인재개발원.xlsx"),
            ("workbooks/30_문화시설사업단_최종(수정).xlsx", "30_문화시설사업단.xlsx"),
            ("27_재무국 - 복사본.xlsx", "27_재무국.xlsx"),
            ("27_재무국 - 복사본 (2).xlsx", "27_재무국.xlsx"),
            ("교통국_최종_진짜최종.xlsx", "교통국_최종_진짜최종.xlsx"),
            ("Transport_Final_v2.xlsx", "Transport.xlsx"),
            ("Transport - Copy.xlsx", "Transport.xlsx"),
            ("29_기술심사담당관(국).xlsx", "29_기술심사담당관(국).xlsx"),
            ("2025 교통국 (1).xlsx", "2026 교통국.xlsx"),
            ("최종.xlsx", "최종.xlsx"),
            ("교통국_수정_2025.xlsx", "교통국_수정_2026.xlsx"),
        ] {
            assert_eq!(form_name(file, 2025, 2026), form, "{file}");
        }
    }

    #[test]
    fn no_folder_leads_out_of_the_forms() {
        let name = form_name("workbooks/x\\..\\..\\evil/a.xlsx", 2025, 2026);
        assert!(name.ends_with("/a.xlsx") && !name.split('/').any(|part| part.contains("..\\")), "{name}");
    }
}
