use super::*;

fn grid_of(page: impl AsRef<[u8]>) -> Result<Grid, ReadError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("표.xls");
    std::fs::write(&path, page).unwrap();
    read(&path).map(|mut grids| grids.remove(0))
}

/// The texts of the sheet, by cell.
fn texts(page: impl AsRef<[u8]>) -> Vec<String> {
    let grid = grid_of(page).unwrap();
    let rows = grid.rows_from(0);
    rows.flat_map(|(row, cells)| {
        cells.iter().map(move |(col, shown)| format!("{} {}", CellRef::new(row, *col), shown.text))
    })
    .collect()
}

#[test]
fn an_html_table_named_xls_is_read_with_its_spans_and_line_breaks() {
    let grid = grid_of(
        "<html><body><h2>환경국 성과관리계획</h2><table><tr><th rowspan=2>관점<th colspan=2>목표</tr>\
         <tr><td>가<br>나<td>&lt;다&gt;</table></body></html>",
    )
    .unwrap();
    let text = |row, col| grid.shown(CellRef::new(row, col)).map(|(_, shown)| shown.text.to_string());
    assert_eq!(text(0, 0).as_deref(), Some("환경국 성과관리계획"));
    assert_eq!((text(2, 0).as_deref(), text(1, 2).as_deref()), (Some("관점"), Some("목표")));
    assert_eq!((text(2, 1).as_deref(), text(2, 2).as_deref()), (Some("가 나"), Some("<다>")));
}

#[test]
fn a_page_without_a_table_is_not_a_spreadsheet() {
    assert!(matches!(grid_of("<html><p>로그인이 필요합니다</p></html>"), Err(ReadError::NotASpreadsheet(_))));
}

#[test]
fn half_a_million_nested_elements_use_no_stack() {
    let deep = format!("{}<table><tr><td>가</table>", "<div>".repeat(500_000));
    assert_eq!(texts(deep), ["A1 가"]);
    assert_eq!(grid_of("<table><tr><td>".repeat(100_000)).err(), Some(ReadError::TooLarge("표".into())));
}

#[test]
fn cells_that_span_a_thousand_rows_and_columns_use_little_memory() {
    let page = format!("<table>{}", "<tr><td rowspan=1000 colspan=1000>가".repeat(40_000));
    // Cells beyond the last column of a sheet are dropped.
    assert!(grid_of(page).unwrap().merged_ranges().len() < 1_000);
    let page = format!("<table>{}", "<tr><td colspan=1000>가".repeat(40_000));
    assert_eq!(grid_of(page).err(), Some(ReadError::TooLarge("표".into())));
    let page = "<table><tr><td rowspan=1000 colspan=1000>가<tr><td>나</table><table><tr><td>다</table>";
    assert_eq!(texts(page).last().map(String::as_str), Some("A4 다"));
    assert_eq!(grid_of(page).unwrap().merged_ranges().len(), 1);
}

#[test]
fn a_table_inside_a_layout_table_is_read_as_a_table() {
    let page = "<table><tr><td colspan=2>머리<tr><td>차림<td><h2>환경국</h2>\
        <table><tr><td>관점<td>목표<tr><td>시민<td>가</table>꼬리<tr><td>끝</table>";
    assert_eq!(
        texts(page),
        ["A1 머리", "A2 차림", "A3 환경국", "A4 관점", "B4 목표", "A5 시민", "B5 가", "A7 꼬리", "A8 끝"]
    );
    assert!(grid_of(page).unwrap().merged_ranges().is_empty());
    // A table that only frames a text becomes that text.
    assert_eq!(
        texts("<table><tr><td><table><tr><td>가<tr><td>나</table><td>다</table>"),
        ["A1 가 나", "B1 다"]
    );
}

#[test]
fn tags_that_are_never_closed_leave_the_cells_in_their_places() {
    let page = "<table><tbody><tr><td rowspan=2>가<td>나<tr><td>다<table><tr><td>라";
    assert_eq!(texts(page), ["A1 가", "B1 나", "B2 다 라"]);
    assert_eq!(texts("<table><tr><td>가</td></tr><table><tr><td>나"), ["A1 가", "A3 나"]);
}

#[test]
fn hidden_rows_are_known_as_such_and_hidden_text_is_not_read() {
    let page = "<table><tr style='display: none'><td>가<tr><td style='display:none'>나<td>다\
        <div style='display:none'>라<div>마</div></div><script>'<td>바'</script></table>";
    assert_eq!(texts(page), ["A1 가", "A2 다"]);
    assert_eq!(grid_of(page).unwrap().hidden_rows, [0]);
}

#[test]
fn numbers_show_in_the_format_that_the_page_has_for_excel() {
    let page = "<table><tr><td x:num='0.5'><td x:num style='mso-number-format:Percent'>0.971\
        <td x:num style='mso-number-format:\"0\\.0\\0022점\\0022\"'>75<td style='mso-number-format:\"\\@\"'>007\
        <td x:num=1234.56>1,235</table>";
    assert_eq!(texts(page), ["A1 0.5", "B1 97.10%", "C1 75.0점", "D1 007", "E1 1,235"]);
}

#[test]
fn text_between_tables_is_placed_above_the_next_one() {
    let page = "<body>환경국<table><caption>표 1</caption><tr><td>가</table><b>교통국</b><br>2026년<table><tr><td>나</table>";
    assert_eq!(texts(page), ["A1 환경국", "A2 표 1", "A3 가", "A5 교통국", "A6 2026년", "A7 나"]);
}

#[test]
fn a_page_that_declares_one_encoding_and_is_written_in_another_is_read() {
    let page = |charset: &str| {
        format!("<html><meta charset={charset}><table><tr><td>성과관리 계획 지표와 목표</table>")
    };
    let korean = |charset| encoding_rs::EUC_KR.encode(&page(charset)).0.into_owned();
    for bytes in [
        korean("euc-kr"),
        korean("utf-8"),
        page("euc-kr").into_bytes(),
        page("utf-16").into_bytes(),
        format!("\u{feff}{}", page("euc-kr")).into_bytes(),
    ] {
        assert_eq!(texts(bytes), ["A1 성과관리 계획 지표와 목표"]);
    }
}
