//! Translates the number formats of a document (OpenDocument 1.3 Part 3, 16.27) to Excel format codes.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event};

use crate::read::{ReadError, xml};

/// The part with the named styles.
pub(super) const NAMED: &str = "styles.xml";
/// Maximum depth of style inheritance.
const MAX_PARENTS: usize = 32;

/// The styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    /// Table styles whose tables are hidden.
    hidden: BTreeSet<String>,
    /// The data style of each cell style.
    data: BTreeMap<String, String>,
    /// The parent style of each cell style.
    parents: BTreeMap<String, String>,
    /// The format code of each data style.
    codes: BTreeMap<String, String>,
    /// The open style.
    style: String,
    /// The open data style, and its code so far.
    open: Option<(String, String)>,
    /// Its conditional sections (`[>=0]#,##0;`).
    sections: String,
    /// Whether it is for plain numbers, which show all decimals unless it limits them.
    plain: bool,
    /// Whether text events belong to the code.
    in_text: bool,
}

impl Styles {
    /// Whether tables of `style` are hidden.
    pub(super) fn hides(&self, style: &str) -> bool {
        self.hidden.contains(style)
    }

    /// Reads the named styles from the part `styles.xml`. Its automatic styles, which follow, are only for
    /// headers and footers.
    pub(super) fn take_named(&mut self, part: &[u8]) -> Result<(), ReadError> {
        let mut reader = xml::reader(part);
        let mut buffer = Vec::new();
        loop {
            match xml::next(&mut reader, &mut buffer, NAMED)? {
                Event::Start(e) if e.local_name().as_ref() == "automatic-styles" => return Ok(()),
                Event::Eof => return Ok(()),
                event => self.take(&event),
            }
        }
    }

    /// The format code of a cell style: its own, or that of the nearest ancestor.
    pub(super) fn code(&self, style: &str) -> Option<&str> {
        let styles = std::iter::successors(Some(style), |style| self.parents.get(*style).map(String::as_str));
        let data = styles.take(MAX_PARENTS).find_map(|style| self.data.get(style))?;
        self.codes.get(data).map(String::as_str).filter(|code| !code.is_empty())
    }

    /// Handles an event before the tables.
    pub(super) fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(e) => self.start(e),
            Event::End(e) => match e.local_name().as_ref() {
                "text" => self.in_text = false,
                "number-style" | "percentage-style" | "date-style" | "time-style" | "currency-style" => {
                    let sections = std::mem::take(&mut self.sections);
                    self.codes.extend(self.open.take().map(|(name, code)| (name, sections + &code)));
                }
                _ => {}
            },
            Event::Text(e) => self.literal(&e.xml10_content()),
            _ => {}
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let value = |name: &str| xml::attribute(element, name);
        let is_long = || value("style").as_deref() == Some("long");
        let number =
            |name: &str| value(name).and_then(|value| value.parse::<usize>().ok()).unwrap_or(0).min(15);
        match element.local_name().as_ref() {
            "style" => {
                self.style = value("name").unwrap_or_default();
                // Style names are unique only within a family.
                if value("family").is_none_or(|family| family == "table-cell") {
                    self.data.extend(value("data-style-name").map(|data| (self.style.clone(), data)));
                    self.parents
                        .extend(value("parent-style-name").map(|parent| (self.style.clone(), parent)));
                }
            }
            "table-properties" if value("display").as_deref() == Some("false") => {
                self.hidden.insert(self.style.clone());
            }
            "number-style" | "percentage-style" | "date-style" | "time-style" | "currency-style" => {
                self.open = value("name").map(|name| (name, String::new()));
                self.plain = element.local_name().as_ref() == "number-style";
                self.sections.clear();
            }
            "map" => self.section(value("condition"), value("apply-style-name")),
            "number" if self.plain && value("decimal-places").is_none() && value("grouping").is_none() => {
                self.push("General");
            }
            "number" => {
                let grouped = value("grouping").as_deref() == Some("true");
                let whole = if grouped {
                    "#,##0".to_owned()
                } else {
                    "0".repeat(number("min-integer-digits").max(1))
                };
                let decimals = number("decimal-places");
                let least = if value("min-decimal-places").is_some() {
                    number("min-decimal-places")
                } else {
                    decimals
                };
                let least = least.min(decimals);
                let point = if decimals > 0 { "." } else { "" };
                self.push(&format!("{whole}{point}{}{}", "0".repeat(least), "#".repeat(decimals - least)));
            }
            "text" | "currency-symbol" => self.in_text = true,
            "year" => self.push(if is_long() { "yyyy" } else { "yy" }),
            "month" if value("textual").as_deref() == Some("true") => {
                self.push(if is_long() { "mmmm" } else { "mmm" })
            }
            "month" => self.push(if is_long() { "mm" } else { "m" }),
            "day" => self.push(if is_long() { "dd" } else { "d" }),
            "hours" => self.push(if is_long() { "hh" } else { "h" }),
            "minutes" => self.push("mm"),
            "seconds" => self.push("ss"),
            _ => {}
        }
    }

    /// Adds a section: numbers that meet `condition` use another data style.
    fn section(&mut self, condition: Option<String>, style: Option<String>) {
        let Some(condition) = condition else { return };
        let Some(code) = style.and_then(|style| self.codes.get(&style)) else { return };
        let condition = condition.replace("value()", "").replace("!=", "<>");
        if self.open.is_some() {
            self.sections.push_str(&format!("[{condition}]{code};"));
        }
    }

    fn push(&mut self, piece: &str) {
        if let Some((_, code)) = &mut self.open {
            code.push_str(piece);
        }
    }

    fn literal(&mut self, text: &str) {
        if !self.in_text || text.is_empty() {
            return;
        }
        // A % is text in OpenDocument but scales the number in Excel, so it is not quoted.
        let pieces: Vec<String> = text
            .split('%')
            .map(|piece| piece.replace('"', ""))
            .map(|piece| if piece.is_empty() { piece } else { format!("\"{piece}\"") })
            .collect();
        self.push(&pieces.join("%"));
    }
}

/// An OpenDocument date (`2026-06-30T12:00:00`) as days since 1899-12-30.
pub(super) fn serial(date: &str) -> Option<f64> {
    let (day, time) = date.split_once('T').unwrap_or((date, "00:00:00"));
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1900..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years start in March here, so that the leap day is the last day.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    let mut parts = time.splitn(3, ':').map(|part| part.trim_end_matches('Z').parse::<f64>().unwrap_or(0.0));
    let mut next = || parts.next().unwrap_or(0.0);
    let seconds = (next() * 60.0 + next()) * 60.0 + next();
    Some((days - 693_899) as f64 + seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_the_days_that_formats_count() {
        assert_eq!(serial("2026-06-30"), Some(46_203.0));
        assert_eq!(serial("1999-12-31T12:00:00"), Some(36_525.5));
        assert_eq!(serial("2000-02-29"), Some(36_585.0));
        assert_eq!(serial("30.6.2026"), None);
    }
}
