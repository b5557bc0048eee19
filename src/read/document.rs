//! Documents (.hwpx, .docx): each of their tables as a sheet, with the lines above it.
//!
//! The lines stand in the first `LINES_ABOVE` rows of the sheet, the table below them, so that titles, names of
//! organisations and heading lines are found as on a worksheet.

mod docx;
mod hwpx;
mod tables;

pub(super) use docx::read as read_docx;
pub(super) use hwpx::read as read_hwpx;

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};
    use std::sync::Arc;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use crate::plan::Field;
    use crate::project::Config;
    use crate::read::{Contents, ReadError, read_workbook};

    fn read(name: &str, parts: &[(&str, &str)]) -> Result<Contents, ReadError> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (part, content) in parts {
            archive.start_file(*part, SimpleFileOptions::default()).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, archive.finish().unwrap().into_inner()).unwrap();
        read_workbook(&path, &Arc::from(name), &Config::default())
    }

    fn hangul_row(row: usize, cells: &[&str]) -> String {
        let cell = |(col, text): (usize, &&str)| {
            format!(
                "<hp:tc><hp:subList><hp:p><hp:run><hp:t>{text}</hp:t></hp:run></hp:p></hp:subList>\
                 <hp:cellAddr colAddr=\"{col}\" rowAddr=\"{row}\"/><hp:cellSpan colSpan=\"1\" rowSpan=\"1\"/></hp:tc>"
            )
        };
        format!("<hp:tr>{}</hp:tr>", cells.iter().enumerate().map(cell).collect::<String>())
    }

    #[test]
    fn a_plan_in_a_hangul_document_is_read_with_its_lines() {
        let rows = hangul_row(0, &["성과지표", "단위", "가중치", "2025년 실적", "2026년 목표"])
            + &hangul_row(1, &["민원 만족도", "점", "100", "82", "8<hp:deleteBegin/>4<hp:deleteEnd/>5"]);
        let section = format!(
            "<hs:sec xmlns:hs=\"s\" xmlns:hp=\"p\"><hp:p><hp:run><hp:t>부서명: 민원과</hp:t></hp:run></hp:p>\
             <hp:p><hp:run><hp:t>성과목표 1. 친절한 행정</hp:t></hp:run></hp:p>\
             <hp:p><hp:run><hp:tbl>{rows}</hp:tbl></hp:run></hp:p></hs:sec>"
        );
        let parts = [("mimetype", "application/hwp+zip"), ("Contents/section0.xml", section.as_str())];
        let contents = read("민원.hwpx", &parts).unwrap();
        let plan = &contents.plans[0];
        assert_eq!((&*plan.org, &*plan.rows[0].objective.text), ("민원과", "성과목표 1. 친절한 행정"));
        assert_eq!(&*plan.rows[0].values[1].text.text, "85");
        let place = plan.place(0, Field::Kpi).to_string();
        assert_eq!(place, "민원.hwpx 표 1 성과목표 1. 친절한 행정, 2행 1열");
        let locked = ("META-INF/manifest.xml", "<m><encryption-data/></m>");
        assert_eq!(read("민원.hwpx", &[parts[0], parts[1], locked]), Err(ReadError::Encrypted));
    }

    #[test]
    fn a_plan_in_a_word_document_is_read_without_what_was_deleted() {
        let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        let row = |cells: &[&str]| {
            format!("<w:tr>{}</w:tr>", cells.iter().map(|text| cell(text)).collect::<String>())
        };
        let above = "<w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>Clean streets</w:t></w:r></w:p></w:tc>";
        let below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>";
        let body = format!(
            "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>Department: Streets</w:t></w:r></w:p><w:tbl>{}\
             <w:tr>{above}{}{}</w:tr><w:tr>{below}{}{}</w:tr></w:tbl></w:body></w:document>",
            row(&["Objective", "Indicator", "Target 2026"]),
            cell("Litter index"),
            "<w:tc><w:p><w:del><w:r><w:delText>4</w:delText></w:r></w:del><w:ins><w:r><w:t>5</w:t></w:r></w:ins></w:p></w:tc>",
            cell("Bins emptied"),
            cell("900"),
        );
        let contents = read("Streets.docx", &[("word/document.xml", body.as_str())]).unwrap();
        let plan = &contents.plans[0];
        let said: Vec<(&str, &str, &str)> = plan
            .rows
            .iter()
            .map(|row| (&*row.objective.text, &*row.kpi.text, &*row.values[0].text.text))
            .collect();
        assert_eq!(said, [("Clean streets", "Litter index", "5"), ("Clean streets", "Bins emptied", "900")]);
        assert_eq!(&*plan.org, "Streets");
        assert_eq!(
            plan.place(1, Field::Kpi).to_string(),
            "Streets.docx table 1 Department  Streets, row 3, column 2"
        );
    }

    #[test]
    fn documents_that_nest_or_span_without_end_cost_only_themselves() {
        let nested = "<w:tbl><w:tr><w:tc>".repeat(5000) + &"</w:tc></w:tr></w:tbl>".repeat(5000);
        let body = format!("<w:document xmlns:w=\"w\"><w:body>{nested}</w:body></w:document>");
        assert!(read("a.docx", &[("word/document.xml", body.as_str())]).is_ok());
        let wide = "<hp:tc><hp:cellAddr colAddr=\"4000000000\" rowAddr=\"4000000000\"/>\
                    <hp:cellSpan colSpan=\"4000000000\" rowSpan=\"4000000000\"/></hp:tc>";
        let section = format!("<s xmlns:hp=\"p\"><hp:tbl><hp:tr>{}</hp:tr></hp:tbl></s>", wide.repeat(100));
        let parts = [("mimetype", "application/hwp+zip"), ("Contents/section0.xml", section.as_str())];
        assert!(read("a.hwpx", &parts).is_ok());
    }
}
