//! The number formats of a document's cells (OpenDocument 1.3 Part 3, 16.27), in the words of Excel.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event};

use crate::read::xml;

/// The styles of a document, while they are read and after.
#[derive(Default)]
pub(super) struct Styles {
    /// Tables that bear one of these styles are hidden.
    hidden: BTreeSet<String>,
    /// The data style of each style.
    data: BTreeMap<String, String>,
    /// The format code of each data style.
    codes: BTreeMap<String, String>,
    /// The style that is open.
    style: String,
    /// The data style that is open, and its code so far.
    open: Option<(String, String)>,
    /// Whether the text that comes is a part of the code.
    in_text: bool,
}

impl Styles {
    /// Whether tables of a style are hidden.
    pub(super) fn hides(&self, style: &str) -> bool {
        self.hidden.contains(style)
    }

    /// The format code of the cells of a style.
    pub(super) fn code(&self, style: &str) -> Option<&str> {
        self.codes.get(self.data.get(style)?).map(String::as_str).filter(|code| !code.is_empty())
    }

    /// Takes an event before the tables.
    pub(super) fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(e) => self.start(e),
            Event::End(e) => match e.local_name().as_ref() {
                "text" => self.in_text = false,
                "number-style" | "percentage-style" | "date-style" | "time-style" | "currency-style" => {
                    self.codes.extend(self.open.take());
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
                if let Some(data) = value("data-style-name") {
                    self.data.insert(self.style.clone(), data);
                }
            }
            "table-properties" if value("display").as_deref() == Some("false") => {
                self.hidden.insert(self.style.clone());
            }
            "number-style" | "percentage-style" | "date-style" | "time-style" | "currency-style" => {
                self.open = value("name").map(|name| (name, String::new()));
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

    fn push(&mut self, piece: &str) {
        if let Some((_, code)) = &mut self.open {
            code.push_str(piece);
        }
    }

    fn literal(&mut self, text: &str) {
        if !self.in_text || text.is_empty() {
            return;
        }
        // The % of a percentage is text there and makes a hundredth here.
        let pieces: Vec<String> = text
            .split('%')
            .map(|piece| piece.replace('"', ""))
            .map(|piece| if piece.is_empty() { piece } else { format!("\"{piece}\"") })
            .collect();
        self.push(&pieces.join("%"));
    }
}

/// The days since the end of 1899 of a date as documents write it, `2026-06-30T12:00:00`.
pub(super) fn serial(date: &str) -> Option<f64> {
    let (day, time) = date.split_once('T').unwrap_or((date, "00:00:00"));
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1900..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years begin in March, so that the day that is not always there is the last one.
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
