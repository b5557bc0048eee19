//! The review sheet: every finding of the workbook on a row, with a place to answer.

use std::fmt::Write;

use super::Refusal;
use super::graph::Graph;
use super::package::Package;
use super::part::Part;
use super::state::{SIGN, State};
use super::styles::{List, Styles};
use super::xml::{Kind, Tags, escape, unescape};
use super::{Palette, ReviewRow, ReviewSheet};
use crate::finding::{ReviewForm, Severity};
use crate::source::{CellRef, column_letters};

/// The row of the column headings, from 0.
pub(super) const HEAD_ROW: u32 = 3;
/// Where our sign is looked for: so many bytes of a sheet, and so many rows.
const HEAD: u64 = 256 << 10;
const HEAD_ROWS: usize = 20;
/// How many links Excel allows on a sheet.
const MAX_LINKS: usize = 65_530;
/// How many characters a cell may hold, with room to spare (Excel: 32,767).
const CELL_LIMIT: usize = 30_000;

/// The formats of the review sheet, as indices of the workbook's cell formats.
pub(super) struct Formats {
    title: usize,
    lead: usize,
    head: usize,
    text: usize,
    link: usize,
    answer: usize,
    severity: [usize; 3],
}

impl Formats {
    /// Adds the formats to the workbook's.
    pub(super) fn add(styles: &mut Styles<'_>, palette: &Palette) -> Self {
        // In the workbook's own font: one without a name is shown as it happens.
        let name = font_name(&styles.plain_entry(List::Fonts, 0));
        let font = |styles: &mut Styles<'_>, what: &str| {
            styles.append(List::Fonts, &format!("<font>{what}{name}</font>"))
        };
        let fill = |styles: &mut Styles<'_>, rgb: &str| styles.append(List::Fills, &solid(rgb));
        let plain = font(styles, "<sz val=\"10\"/>");
        let title = font(styles, "<b/><sz val=\"16\"/>");
        let on_head = format!("<b/><sz val=\"10\"/><color rgb=\"FF{}\"/>", palette.on_head);
        let bold = font(styles, &on_head);
        let link = font(styles, "<u/><sz val=\"10\"/><color rgb=\"FF0563C1\"/>");
        let line = "style=\"thin\"><color rgb=\"FFBFBFBF\"/>";
        let border = styles.append(
            List::Borders,
            &format!("<border><left {line}</left><right {line}</right><top {line}</top><bottom {line}</bottom><diagonal/></border>"),
        );
        let no_border = styles.append(List::Borders, List::Borders.defaults()[0]);
        let dark = fill(styles, &palette.head);
        let soft = fill(styles, &palette.answer);
        let severities =
            [Severity::Error, Severity::Warning, Severity::Info].map(|s| palette.color(s).to_owned());
        let severities = severities.map(|rgb| fill(styles, &rgb));
        let mut xf = |font: usize, fill: usize, border: usize, align: &str| {
            let format = format!(
                "<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" applyFont=\"1\" applyFill=\"1\" \
                 applyBorder=\"1\" applyAlignment=\"1\"><alignment {align}/></xf>"
            );
            styles.append(List::CellXfs, &format)
        };
        let (wrap, centre) =
            ("vertical=\"top\" wrapText=\"1\"", "horizontal=\"center\" vertical=\"top\" wrapText=\"1\"");
        Self {
            title: xf(title, 0, no_border, "vertical=\"center\""),
            lead: xf(plain, 0, no_border, wrap),
            head: xf(bold, dark, border, "horizontal=\"center\" vertical=\"center\" wrapText=\"1\""),
            text: xf(plain, 0, border, wrap),
            link: xf(link, 0, border, centre),
            answer: xf(plain, soft, border, wrap),
            severity: severities.map(|fill| xf(plain, fill, border, centre)),
        }
    }
}

/// The element that names a font, as it stands in `entry`.
fn font_name(entry: &str) -> String {
    let mut tags = Tags::new("fonts", entry);
    while let Ok(Some(tag)) = tags.next() {
        if let ("name", Some(name)) = (tag.local(), tag.value("val")) {
            return format!("<name val=\"{}\"/>", escape(&name));
        }
    }
    String::new()
}

/// A solid fill.
pub(super) fn solid(rgb: &str) -> String {
    format!(
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{rgb}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
    )
}

/// The review sheet of ours in the workbook, by its place among the sheets, and the state kept in it.
pub(super) fn find(package: &Package<'_>, graph: &Graph) -> Result<Option<(usize, State)>, Refusal> {
    let sign = SIGN.as_bytes();
    let strings = match &graph.strings {
        Some(name) => package.read(name)?,
        None => Vec::new(),
    };
    // Other programs move all texts into the shared strings.
    let shared = memchr::memmem::find(&strings, sign).is_some();
    let texts = match (&graph.strings, shared) {
        (Some(name), true) => shared_strings(name, &Part::decode(name, &strings)?.text)?,
        _ => Vec::new(),
    };
    // It stands last, unless somebody moved it.
    for (index, sheet) in graph.sheets.iter().enumerate().rev() {
        let Some(name) = &sheet.part else { continue };
        if shared || package.begins_with(name, sign, HEAD) {
            let text = Part::decode(name, &package.read(name)?)?.text;
            let row = signed_row(name, &text, &texts)?;
            if let Some(state) = row.and_then(|chunks| State::read(&chunks)) {
                return Ok(Some((index, state)));
            }
        }
    }
    Ok(None)
}

/// The shared strings, runs joined.
fn shared_strings(part: &str, text: &str) -> Result<Vec<String>, Refusal> {
    let mut tags = Tags::new(part, text);
    let (mut strings, mut current) = (Vec::new(), String::new());
    while let Some(tag) = tags.next()? {
        match (tag.local(), tag.kind) {
            ("t", Kind::Close) => current.push_str(&unescape(tags.text_before())),
            ("rPh", Kind::Open) => {
                tags.skip(&tag)?;
            }
            ("si", Kind::Close) => strings.push(std::mem::take(&mut current)),
            ("si", Kind::Empty) => strings.push(String::new()),
            _ => {}
        }
    }
    Ok(strings)
}

/// The texts of the row that bears our sign, from the sign on; somebody may have written a few rows above it.
fn signed_row(part: &str, text: &str, shared: &[String]) -> Result<Option<Vec<String>>, Refusal> {
    let mut tags = Tags::new(part, text);
    let (mut texts, mut rows) = (Vec::new(), 0);
    while let Some(tag) = tags.next()? {
        match (tag.local(), tag.kind) {
            ("t", Kind::Close) => texts.push(unescape(tags.text_before())),
            ("v", Kind::Close) => {
                let at = tags.text_before().parse::<usize>().ok();
                texts.extend(at.and_then(|at| shared.get(at)).cloned());
            }
            ("row", Kind::Close) => {
                if let Some(sign) = texts.iter().position(|text| text.starts_with(SIGN)) {
                    return Ok(Some(texts.split_off(sign)));
                }
                texts.clear();
                rows += 1;
                if rows == HEAD_ROWS {
                    return Ok(None);
                }
            }
            _ => {}
        }
    }
    Ok(None)
}

impl ReviewSheet {
    /// The column of the ids, from 0: behind all that is shown.
    pub(super) fn id_column(&self) -> u16 {
        u16::try_from(self.columns.len()).unwrap_or(0)
    }

    pub(super) fn last_column(&self) -> u16 {
        self.id_column()
    }

    pub(super) fn last_row(&self) -> u32 {
        HEAD_ROW + u32::try_from(self.rows.len().max(1)).unwrap_or(0)
    }

    /// The sheet's part.
    pub(super) fn xml(&self, graph: &Graph, formats: &Formats, palette: &Palette, state: &State) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        let (last, head) = (self.last_row() + 1, HEAD_ROW + 1);
        let id_letters = column_letters(self.id_column());
        let _ = write!(
            out,
            "<worksheet xmlns=\"{}\"><sheetPr><tabColor rgb=\"FF{}\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
             <sheetViews><sheetView showGridLines=\"0\" workbookViewId=\"0\"><pane ySplit=\"{head}\" topLeftCell=\"A{}\" \
             activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\"/></sheetView></sheetViews>\
             <sheetFormatPr defaultRowHeight=\"15\"/><cols>",
            graph.main_namespace(),
            palette.head,
            head + 1
        );
        for (number, column) in self.columns.iter().enumerate() {
            let number = number + 1;
            let _ = write!(
                out,
                "<col min=\"{number}\" max=\"{number}\" width=\"{}\" customWidth=\"1\"/>",
                column.width
            );
        }
        // The ids, and what is needed to take everything off again, are there but not to be seen.
        let hidden = self.columns.len() + 1;
        let _ = write!(out, "<col min=\"{hidden}\" max=\"{}\" width=\"9\" hidden=\"1\"/>", hidden + 200);
        out.push_str("</cols><sheetData>");
        self.write_top(&mut out, formats, state);
        for (number, row) in (HEAD_ROW + 1..).zip(&self.rows) {
            let linked = row.link.is_some() && ((number - HEAD_ROW) as usize) <= MAX_LINKS;
            self.write_row(&mut out, formats, number, row, linked);
        }
        let _ = write!(out, "</sheetData><autoFilter ref=\"A{head}:{id_letters}{last}\"/>");
        let last_shown = column_letters(self.id_column().saturating_sub(1));
        let _ = write!(
            out,
            "<mergeCells count=\"2\"><mergeCell ref=\"A1:{last_shown}1\"/><mergeCell ref=\"A2:{last_shown}2\"/></mergeCells>"
        );
        self.write_validation(&mut out);
        self.write_links(&mut out);
        out.push_str(
            "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
             <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>\
             <headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>",
        );
        out
    }

    fn write_top(&self, out: &mut String, formats: &Formats, state: &State) {
        let width = self.columns.iter().map(|column| column.width).sum();
        let lead_height = 15 * wrapped_lines(&self.lead, width) + 6;
        let _ = write!(
            out,
            "<row r=\"1\" ht=\"28\" customHeight=\"1\">{}",
            text_cell(CellRef::new(0, 0), formats.title, &self.title)
        );
        for (column, chunk) in (self.id_column()..).zip(state.chunks(CELL_LIMIT)) {
            out.push_str(&text_cell(CellRef::new(0, column), 0, &chunk));
        }
        let _ = write!(
            out,
            "</row><row r=\"2\" ht=\"{lead_height}\" customHeight=\"1\">{}</row>",
            text_cell(CellRef::new(1, 0), formats.lead, &self.lead)
        );
        let _ = write!(out, "<row r=\"{}\" ht=\"24\" customHeight=\"1\">", HEAD_ROW + 1);
        let headings = self.columns.iter().map(|column| column.heading.as_str()).chain([ReviewForm::ID]);
        for (column, heading) in (0..).zip(headings) {
            out.push_str(&text_cell(CellRef::new(HEAD_ROW, column), formats.head, heading));
        }
        out.push_str("</row>");
    }

    fn write_row(&self, out: &mut String, formats: &Formats, number: u32, row: &ReviewRow, linked: bool) {
        let lines =
            self.columns.iter().zip(&row.cells).map(|(column, text)| wrapped_lines(text, column.width)).max();
        let height = (lines.unwrap_or(1) * 14 + 4).min(400);
        let _ = write!(out, "<row r=\"{}\" ht=\"{height}\" customHeight=\"1\">", number + 1);
        for (column, (spec, text)) in (0..).zip(self.columns.iter().zip(&row.cells)) {
            let style = match spec.kind {
                super::ColumnKind::Severity => formats.severity[row.severity as usize],
                super::ColumnKind::Place if linked => formats.link,
                super::ColumnKind::Action | super::ColumnKind::Remark => formats.answer,
                _ => formats.text,
            };
            out.push_str(&text_cell(CellRef::new(number, column), style, text));
        }
        out.push_str(&text_cell(CellRef::new(number, self.id_column()), 0, &row.id));
        out.push_str("</row>");
    }

    fn write_validation(&self, out: &mut String) {
        let action = self.columns.iter().position(|column| column.kind == super::ColumnKind::Action);
        let Some(column) = action.filter(|_| !self.rows.is_empty()).and_then(|at| u16::try_from(at).ok())
        else {
            return;
        };
        let letters = column_letters(column);
        let _ = write!(
            out,
            "<dataValidations count=\"1\"><dataValidation type=\"list\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\" \
             sqref=\"{letters}{}:{letters}{}\"><formula1>\"{}\"</formula1></dataValidation></dataValidations>",
            HEAD_ROW + 2,
            self.last_row() + 1,
            escape(&self.choices.join(","))
        );
    }

    fn write_links(&self, out: &mut String) {
        let place = self.columns.iter().position(|column| column.kind == super::ColumnKind::Place);
        let Some(place) = place.and_then(|at| u16::try_from(at).ok()) else { return };
        let mut links = String::new();
        for (number, row) in (HEAD_ROW + 1..).zip(self.rows.iter().take(MAX_LINKS)) {
            if let Some((sheet, cell)) = &row.link {
                let sheet = escape(&sheet.replace('\'', "''"));
                let at = CellRef::new(number, place);
                let _ = write!(links, "<hyperlink ref=\"{at}\" location=\"'{sheet}'!{cell}\"/>");
            }
        }
        if !links.is_empty() {
            let _ = write!(out, "<hyperlinks>{links}</hyperlinks>");
        }
    }
}

fn text_cell(at: CellRef, style: usize, text: &str) -> String {
    if text.is_empty() {
        return format!("<c r=\"{at}\" s=\"{style}\"/>");
    }
    let text: String = text.chars().take(32_000).collect();
    format!(
        "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
        escape(&text)
    )
}

/// How many lines a text takes in a column, of the width in characters.
fn wrapped_lines(text: &str, width: f64) -> usize {
    let room = (width - 1.0).max(2.0);
    let length = |line: &str| line.chars().map(|c| if c.is_ascii() { 1.0 } else { 1.75 }).sum::<f64>();
    text.lines().map(|line| (length(line) / room) as usize + 1).sum()
}
