//! Cell formats (ECMA-376 Part 1, 18.8): entries are appended, existing ones never changed or moved.

use crate::annotation::Rgb;
use crate::error::Error;
use crate::part::Edits;
use crate::xml::{Tag, TagKind, Tags};

/// The elements of a style sheet in their order.
const ORDER: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

/// A style sheet list that can grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    /// Fonts.
    Fonts,
    /// Fills.
    Fills,
    /// Borders.
    Borders,
    /// Cell formats.
    CellXfs,
}

impl List {
    const ALL: [List; 4] = [List::Fonts, List::Fills, List::Borders, List::CellXfs];

    fn name(self) -> &'static str {
        match self {
            List::Fonts => "fonts",
            List::Fills => "fills",
            List::Borders => "borders",
            List::CellXfs => "cellXfs",
        }
    }

    /// The default entries for a list that the document lacks.
    pub(crate) fn defaults(self) -> &'static [&'static str] {
        match self {
            List::Fonts => &["<font><sz val=\"10\"/><name val=\"Arial\"/><family val=\"2\"/></font>"],
            List::Fills => &[
                "<fill><patternFill patternType=\"none\"/></fill>",
                "<fill><patternFill patternType=\"gray125\"/></fill>",
            ],
            List::Borders => &["<border><left/><right/><top/><bottom/><diagonal/></border>"],
            List::CellXfs => &["<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"],
        }
    }
}

/// A style sheet with only the defaults. Its font is the one that programs use without a style sheet, so
/// nothing looks different.
pub(crate) fn empty_sheet(namespace: &str) -> String {
    let list = |list: List| {
        let entries = list.defaults();
        format!("<{0} count=\"{1}\">{2}</{0}>", list.name(), entries.len(), entries.concat())
    };
    let [fonts, fills, borders, formats] = List::ALL.map(list);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{namespace}\">{fonts}{fills}\
         {borders}<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         {formats}<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    )
}

/// A solid fill.
pub(crate) fn solid(rgb: Rgb) -> String {
    format!(
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{rgb}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
    )
}

/// A list of the style sheet.
struct StyleList {
    /// Its entries as written.
    entries: Vec<String>,
    /// The position of its start tag, and whether that is an empty element.
    open: std::ops::Range<usize>,
    empty: bool,
    /// Where its end tag begins.
    close: usize,
    /// Its count and the count's position.
    count: Option<std::ops::Range<usize>>,
    name: String,
}

/// A style sheet being added to.
pub(crate) struct Styles<'a> {
    part: &'a str,
    prefix: String,
    lists: Vec<Option<StyleList>>,
    added: [Vec<String>; 4],
    /// The children of the root: name and start.
    children: Vec<(String, usize)>,
    root_end: usize,
    /// The name of the root, where that is an empty element.
    empty_root: Option<String>,
}

impl<'a> Styles<'a> {
    /// Reads the style sheet `text` of the part `part`.
    pub(crate) fn read(part: &'a str, text: &str) -> Result<Self, Error> {
        let mut styles = Self {
            part,
            prefix: String::new(),
            lists: (0..4).map(|_| None).collect(),
            added: Default::default(),
            children: Vec::new(),
            root_end: text.len(),
            empty_root: None,
        };
        let mut tags = Tags::new(part, text);
        while let Some(tag) = tags.next()? {
            match (tag.depth, tag.kind) {
                (0, TagKind::Close) => styles.root_end = tag.span.start,
                (0, TagKind::Open) => tag.prefix().clone_into(&mut styles.prefix),
                (0, TagKind::Empty) => {
                    tag.prefix().clone_into(&mut styles.prefix);
                    (styles.root_end, styles.empty_root) = (tag.span.end, Some(tag.name().to_owned()));
                }
                (1, TagKind::Open | TagKind::Empty) => {
                    styles.children.push((tag.local().to_owned(), tag.span.start));
                    let list = List::ALL.iter().position(|list| list.name() == tag.local());
                    if let Some(list) = list.filter(|&list| styles.lists[list].is_none()) {
                        styles.lists[list] = Some(read_list(&mut tags, text, &tag)?);
                    }
                }
                _ => {}
            }
        }
        Ok(styles)
    }

    fn found(&self, list: List) -> Option<&StyleList> {
        self.lists[list as usize].as_ref()
    }

    /// The entries of a list as written, including added ones.
    pub(crate) fn entries(&self, list: List) -> impl Iterator<Item = &str> {
        let found = self.found(list).map_or(&[][..], |found| &found.entries);
        found.iter().chain(&self.added[list as usize]).map(String::as_str)
    }

    /// The entry at `index`, written without the document's prefix.
    pub(crate) fn plain_entry(&self, list: List, index: usize) -> String {
        let entry = self.entries(list).nth(index).unwrap_or_default();
        if self.prefix.is_empty() { entry.to_owned() } else { entry.replace(&self.prefix, "") }
    }

    /// Appends an entry, written without prefix, and returns its index; reuses an identical added entry.
    pub(crate) fn append(&mut self, list: List, entry: &str) -> usize {
        let written = prefixed(entry, &self.prefix);
        self.append_written(list, written)
    }

    /// Appends an entry written with the document's own prefix.
    pub(crate) fn append_written(&mut self, list: List, written: String) -> usize {
        if self.lists[list as usize].as_ref().is_none_or(|found| found.entries.is_empty()) {
            let defaults: Vec<String> =
                list.defaults().iter().map(|entry| prefixed(entry, &self.prefix)).collect();
            let added = &mut self.added[list as usize];
            if added.is_empty() {
                *added = defaults;
            }
        }
        let before = self.found(list).map_or(0, |found| found.entries.len());
        let added = &mut self.added[list as usize];
        let at = added.iter().position(|known| *known == written).unwrap_or_else(|| {
            added.push(written);
            added.len() - 1
        });
        before + at
    }

    /// The format `base` with the fill at index `fill`.
    pub(crate) fn with_fill(&mut self, base: usize, fill: usize) -> Result<usize, Error> {
        let entry = match self.entries(List::CellXfs).nth(base) {
            Some(entry) => entry.to_owned(),
            None => prefixed(List::CellXfs.defaults()[0], &self.prefix),
        };
        let written =
            set_attributes(self.part, &entry, &[("fillId", &fill.to_string()), ("applyFill", "1")])?;
        Ok(self.append_written(List::CellXfs, written))
    }

    /// The index of the fill of the format `xf`.
    pub(crate) fn fill_of(&self, xf: usize) -> usize {
        let entry = self.entries(List::CellXfs).nth(xf).unwrap_or_default();
        let mut tags = Tags::new(self.part, entry);
        while let Ok(Some(tag)) = tags.next() {
            if tag.local() == "xf" {
                return tag.value("fillId").and_then(|id| id.parse().ok()).unwrap_or(0);
            }
        }
        0
    }

    /// The edits that insert the appended entries.
    pub(crate) fn finish(self) -> Edits {
        let mut edits = Edits::default();
        let mut all = String::new();
        for list in List::ALL {
            let added = &self.added[list as usize];
            if added.is_empty() {
                continue;
            }
            let content = added.concat();
            match self.found(list) {
                Some(found) => {
                    if let Some(count) = &found.count {
                        edits.replace(count.clone(), (found.entries.len() + added.len()).to_string());
                    }
                    if found.empty {
                        let end = found.open.end;
                        edits.replace(end - 2..end, format!(">{content}</{}>", found.name));
                    } else {
                        edits.insert(found.close, content);
                    }
                }
                None => {
                    let name = format!("{}{}", self.prefix, list.name());
                    let element = format!("<{name} count=\"{}\">{content}</{name}>", added.len());
                    match &self.empty_root {
                        Some(_) => all.push_str(&element),
                        None => edits.insert(self.insertion_point(list.name()), element),
                    }
                }
            }
        }
        if let Some(name) = &self.empty_root {
            edits.replace(self.root_end - 2..self.root_end, format!(">{all}</{name}>"));
        }
        edits
    }

    /// Where the missing element `name` belongs.
    fn insertion_point(&self, name: &str) -> usize {
        let rank = |name: &str| ORDER.iter().position(|known| *known == name).unwrap_or(ORDER.len());
        let after = self.children.iter().find(|(child, _)| rank(child) > rank(name));
        after.map_or(self.root_end, |(_, start)| *start)
    }
}

/// Reads the list that `tag` opens: its direct children are its entries. An entry wrapped in an
/// `mc:AlternateContent`, as Hancom writes, counts as one.
fn read_list(tags: &mut Tags<'_>, text: &str, tag: &Tag<'_>) -> Result<StyleList, Error> {
    let mut found = StyleList {
        entries: Vec::new(),
        open: tag.span.clone(),
        empty: tag.kind == TagKind::Empty,
        close: tag.span.end,
        count: tag.attribute("count").map(|(place, _)| place),
        name: tag.name().to_owned(),
    };
    if found.empty {
        return Ok(found);
    }
    while let Some(child) = tags.next()? {
        if child.kind == TagKind::Close {
            found.close = child.span.start;
            break;
        }
        let end = tags.skip(&child)?.end;
        found.entries.push(text[child.span.start..end].to_owned());
    }
    Ok(found)
}

/// `element` with `prefix` added to its element names.
fn prefixed(element: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        return element.to_owned();
    }
    element
        .replace("</", "\u{1}")
        .replace('<', &format!("<{prefix}"))
        .replace('\u{1}', &format!("</{prefix}"))
}

/// An entry with these attributes set on its `xf` elements.
fn set_attributes(part: &str, entry: &str, values: &[(&str, &str)]) -> Result<String, Error> {
    let mut edits = Edits::default();
    let mut tags = Tags::new(part, entry);
    while let Some(tag) = tags.next()? {
        if tag.local() != "xf" || tag.kind == TagKind::Close {
            continue;
        }
        for (name, value) in values {
            match tag.attribute(name) {
                Some((place, _)) => edits.replace(place, *value),
                None => edits.insert(tag.after_name(), format!(" {name}=\"{value}\"")),
            }
        }
    }
    edits.apply(entry).map(|(text, _)| text).ok_or_else(|| Error::corrupt(part, "damaged"))
}
