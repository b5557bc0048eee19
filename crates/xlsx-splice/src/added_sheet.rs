//! Writes the part of an added sheet (ECMA-376 Part 1, 18.3).

use std::fmt::Write;

use crate::annotation::{AddedCell, AddedRow, AddedSheet, Choices, Font, Rgb};
use crate::cell::{CellRange, CellRef, column_letters};
use crate::graph::WorkbookParts;
use crate::signature::Signature;
use crate::state::State;
use crate::styles::{List, Styles, solid};
use crate::xml::{Tags, escape};

/// How many links Excel allows on a sheet.
pub const MAX_LINKS: usize = 65_530;
/// The most characters of the state, and of a text, in one cell (Excel allows 32,767).
const STATE_LIMIT: usize = 30_000;
const TEXT_LIMIT: usize = 32_000;
/// The number of hidden columns after the visible ones: room for the state.
const HIDDEN: usize = 200;

/// Adds the formats of `sheet` to the workbook's; gives the index of each.
pub(crate) fn add_formats(styles: &mut Styles<'_>, sheet: &AddedSheet) -> Vec<usize> {
    // The workbook's typeface, because programs display a font without a name differently.
    let typeface = typeface(&styles.plain_entry(List::Fonts, 0));
    let font = |font: &Font| {
        let bold = if font.bold { "<b/>" } else { "" };
        let underline = if font.underline { "<u/>" } else { "" };
        let color = font.color.map(|rgb| format!("<color rgb=\"FF{rgb}\"/>")).unwrap_or_default();
        format!("<font>{bold}{underline}<sz val=\"{}\"/>{color}{typeface}</font>", font.size)
    };
    let border = |border: &Option<Rgb>| match border {
        None => List::Borders.defaults()[0].to_owned(),
        Some(rgb) => {
            let line = format!("style=\"thin\"><color rgb=\"FF{rgb}\"/>");
            format!(
                "<border><left {line}</left><right {line}</right><top {line}</top><bottom {line}</bottom><diagonal/></border>"
            )
        }
    };
    let formats = &sheet.formats;
    let mut fonts =
        formats.fonts.iter().map(|own| styles.append(List::Fonts, &font(own))).collect::<Vec<_>>();
    let mut borders =
        formats.borders.iter().map(|own| styles.append(List::Borders, &border(own))).collect::<Vec<_>>();
    fonts.push(0);
    borders.push(0);
    let of = |indices: &[usize], index: usize| indices.get(index).copied().unwrap_or(0);
    let mut cells = Vec::with_capacity(formats.cells.len());
    for format in &formats.cells {
        let fill = format.fill.map_or(0, |rgb| styles.append(List::Fills, &solid(rgb)));
        let horizontal = if format.centered { "horizontal=\"center\" " } else { "" };
        let vertical = if format.top { "top" } else { "center" };
        let wrap = if format.wrapped { " wrapText=\"1\"" } else { "" };
        let xf = format!(
            "<xf numFmtId=\"0\" fontId=\"{}\" fillId=\"{fill}\" borderId=\"{}\" applyFont=\"1\" applyFill=\"1\" \
             applyBorder=\"1\" applyAlignment=\"1\"><alignment {horizontal}vertical=\"{vertical}\"{wrap}/></xf>",
            of(&fonts, format.font),
            of(&borders, format.border)
        );
        cells.push(styles.append(List::CellXfs, &xf));
    }
    cells
}

/// The element that names the typeface of the font `entry`.
fn typeface(entry: &str) -> String {
    let mut tags = Tags::new("fonts", entry);
    while let Ok(Some(tag)) = tags.next() {
        if let ("name", Some(name)) = (tag.local(), tag.value("val")) {
            return format!("<name val=\"{}\"/>", escape(&name));
        }
    }
    String::new()
}

/// Writes the part of an added sheet.
pub(crate) struct SheetWriter<'a> {
    pub sheet: &'a AddedSheet,
    /// The index of each of its formats among the workbook's.
    pub formats: &'a [usize],
}

impl SheetWriter<'_> {
    /// The part, with `state` in it.
    pub(crate) fn xml(&self, graph: &WorkbookParts, state: &State, signature: Signature) -> String {
        let sheet = self.sheet;
        let head = sheet.table.first.row + 1;
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        let _ = write!(
            out,
            "<worksheet xmlns=\"{}\"><sheetPr><tabColor rgb=\"FF{}\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
             <sheetViews><sheetView showGridLines=\"0\" workbookViewId=\"0\"><pane ySplit=\"{head}\" topLeftCell=\"A{}\" \
             activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\"/></sheetView></sheetViews>\
             <sheetFormatPr defaultRowHeight=\"15\"/><cols>",
            graph.main_namespace(),
            sheet.tab,
            head + 1
        );
        for (number, width) in (1..).zip(&sheet.columns) {
            let _ =
                write!(out, "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>");
        }
        let hidden = sheet.columns.len() + 1;
        let _ = write!(out, "<col min=\"{hidden}\" max=\"{}\" width=\"9\" hidden=\"1\"/>", hidden + HIDDEN);
        out.push_str("</cols><sheetData>");
        self.write_rows(&mut out, &state.chunks(signature, STATE_LIMIT));
        let _ = write!(out, "</sheetData><autoFilter ref=\"{}\"/>", corners(sheet.table));
        write_list(&mut out, "mergeCells", sheet.merges.iter().map(merge));
        write_list(&mut out, "dataValidations", sheet.choices.iter().map(validation));
        self.write_links(&mut out);
        out.push_str(
            "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
             <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>\
             <headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>",
        );
        out
    }

    /// The rows; the first has the `state` after the visible columns.
    fn write_rows(&self, out: &mut String, state: &[String]) {
        let hidden = u16::try_from(self.sheet.columns.len()).unwrap_or(0);
        let state: String = (hidden..)
            .zip(state)
            .map(|(column, chunk)| text_cell(CellRef::new(0, column), 0, chunk))
            .collect();
        if !self.sheet.rows.contains_key(&0) {
            let _ = write!(out, "<row r=\"1\">{state}</row>");
        }
        for (&number, AddedRow { height, cells }) in &self.sheet.rows {
            let _ = write!(out, "<row r=\"{}\" ht=\"{height}\" customHeight=\"1\">", number + 1);
            for (column, AddedCell { text, format, .. }) in (0..).zip(cells) {
                let style = format.and_then(|format| self.formats.get(format)).copied().unwrap_or(0);
                out.push_str(&text_cell(CellRef::new(number, column), style, text));
            }
            if number == 0 {
                out.push_str(&state);
            }
            out.push_str("</row>");
        }
    }

    fn write_links(&self, out: &mut String) {
        let cells = self.sheet.rows.iter().flat_map(|(&row, AddedRow { cells, .. })| {
            (0..).zip(cells).map(move |(column, cell)| (CellRef::new(row, column), cell))
        });
        let links = cells.filter_map(|(at, cell)| Some((at, cell.link.as_ref()?))).take(MAX_LINKS);
        let links: String = links
            .map(|(at, (sheet, cell))| {
                let sheet = escape(&sheet.replace('\'', "''"));
                format!("<hyperlink ref=\"{at}\" location=\"'{sheet}'!{cell}\"/>")
            })
            .collect();
        if !links.is_empty() {
            let _ = write!(out, "<hyperlinks>{links}</hyperlinks>");
        }
    }
}

/// Writes a list with its count, unless it is empty.
fn write_list(out: &mut String, name: &str, entries: impl ExactSizeIterator<Item = String>) {
    let count = entries.len();
    if count > 0 {
        let _ = write!(out, "<{name} count=\"{count}\">{}</{name}>", entries.collect::<String>());
    }
}

fn merge(range: &CellRange) -> String {
    format!("<mergeCell ref=\"{}\"/>", corners(*range))
}

fn validation(Choices { range, values }: &Choices) -> String {
    format!(
        "<dataValidation type=\"list\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\" \
         sqref=\"{}\"><formula1>\"{}\"</formula1></dataValidation>",
        corners(*range),
        escape(&values.join(","))
    )
}

/// A range with both corners, even for a single cell.
fn corners(CellRange { first, last }: CellRange) -> String {
    format!("{first}:{last}")
}

fn text_cell(at: CellRef, style: usize, text: &str) -> String {
    if text.is_empty() {
        return format!("<c r=\"{at}\" s=\"{style}\"/>");
    }
    let text: String = text.chars().take(TEXT_LIMIT).collect();
    format!(
        "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
        escape(&text)
    )
}

/// A range as names give it: `$A$4:$K$9`.
pub(crate) fn absolute(CellRange { first, last }: CellRange) -> String {
    let corner = |cell: CellRef| format!("${}${}", column_letters(cell.col), cell.row + 1);
    format!("{}:{}", corner(first), corner(last))
}
