//! The ways to mend a line of planbook.toml.

use super::scan::{CommentAt, Inside, Scan, Taken, half, is_blank, is_quote, is_value, quoted};
use super::words;
use crate::finding::Message;

/// A line as it should be written, which may be two lines or none, and its errors: position in characters,
/// and message.
#[derive(Clone, Debug)]
pub(super) struct Mended {
    pub line: String,
    pub remarks: Vec<(usize, Message)>,
}

impl Mended {
    pub(super) fn new(line: String, remarks: Vec<CommentAt>) -> Self {
        let mut remarks: Vec<_> = remarks.into_iter().map(|(at, wording)| (at, wording.with([]))).collect();
        remarks.sort_by_key(|(at, _)| *at);
        Self { line, remarks }
    }
}

/// The tables that may occur several times.
const LISTS: [&str; 5] = ["waive", "city_kpis", "labels.fixed", "forms", "score.grades"];

/// How comments begin in other languages and in prose.
const REMARKS: [&str; 8] = ["//", "--", "/*", "※", "·", "■", "*", "<!--"];

const WAYS: [Taken; 4] = [
    Taken { plain: true, closed: false },
    Taken { plain: false, closed: false },
    Taken { plain: true, closed: true },
    Taken { plain: false, closed: true },
];

/// The ways to mend `line`, the likeliest first. `known` are the names allowed here.
pub(super) fn ways(line: &str, in_list: bool, known: &[&str]) -> Vec<Mended> {
    let text = line.trim_matches(is_blank);
    let mut ways = Vec::new();
    if in_list {
        ways.extend(WAYS.iter().filter_map(|taken| entries(line, *taken)));
    } else if text.chars().next().map(half) == Some('[') {
        ways.extend(heading(line));
    } else if matches!(text, "{" | "}" | "}," | "{}") {
        ways.push(Mended::new(String::new(), vec![(0, &words::BRACES)]));
    } else if !REMARKS.iter().any(|sign| text.starts_with(sign)) {
        ways.extend(WAYS.iter().filter_map(|taken| setting(line, *taken)));
        ways.extend(WAYS.iter().filter_map(|taken| without_sign(line, *taken, known)));
    }
    ways.extend(remark(line));
    ways.retain(|mended| mended.line != line && !mended.remarks.is_empty());
    ways
}

/// The line with a `#` in front.
fn remark(line: &str) -> Option<Mended> {
    let begin = line.chars().position(|c| !is_blank(c))?;
    let text = line.trim_matches(is_blank);
    // Part of a list is not prose.
    if text.starts_with(|c| is_quote(c) || matches!(half(c), '{' | '}' | '[' | ']')) {
        return None;
    }
    let full_width = text.strip_prefix('＃');
    let bare = full_width.unwrap_or_else(|| {
        REMARKS.iter().find_map(|sign| text.strip_prefix(sign)).unwrap_or(text).trim_start_matches(is_blank)
    });
    let wording = if full_width.is_some() {
        &words::FULL_WIDTH
    } else if text.starts_with('=') || text.starts_with('＝') {
        &words::NO_NAME
    } else {
        &words::REMARK
    };
    let bare: String = bare.chars().filter(|c| !c.is_control()).collect();
    Some(Mended::new(format!("# {bare}"), vec![(begin, wording)]))
}

/// `name = value`.
fn setting(line: &str, taken: Taken) -> Option<Mended> {
    let mut scan = begin(line, taken);
    let (sign, length) = scan.between(scan.at)?;
    if scan.slice(scan.at, sign).trim_matches(is_blank).is_empty() {
        return None;
    }
    scan.pair(sign, length, Inside::Line);
    finish(scan)
}

/// `year 2026`, if `year` is allowed here.
fn without_sign(line: &str, taken: Taken, known: &[&str]) -> Option<Mended> {
    let mut scan = begin(line, taken);
    let rest = scan.rest();
    let name: String =
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect();
    if !known.contains(&name.as_str()) || scan.between(scan.at).is_some() {
        return None;
    }
    scan.out.push_str(&name);
    scan.at += name.chars().count();
    scan.remark(scan.at, &words::EQUALS);
    scan.out.push_str(" = ");
    scan.value(Inside::Line);
    finish(scan)
}

/// Entries of a list that began on a line above.
fn entries(line: &str, taken: Taken) -> Option<Mended> {
    let mut scan = begin(line, taken);
    let indent = std::mem::take(&mut scan.out);
    scan.items();
    scan.out.insert_str(0, &indent);
    finish(scan)
}

/// A scan of the line, with the indent already passed.
fn begin(line: &str, taken: Taken) -> Scan {
    let mut scan = Scan::new(line, taken);
    scan.skip_blanks();
    let odd = scan.chars[..scan.at].iter().any(|c| !matches!(c, ' ' | '\t'));
    if odd {
        scan.remark(0, &words::FULL_WIDTH);
    }
    scan.out = " ".repeat(scan.at);
    scan
}

/// Handles what follows the value.
fn finish(mut scan: Scan) -> Option<Mended> {
    loop {
        let blanks = scan.at;
        scan.skip_blanks();
        match scan.sign() {
            None => break,
            Some('#') => {
                let gap = " ".repeat((scan.at - blanks).max(1));
                let rest: String = scan.rest().chars().skip(1).collect();
                if scan.peek() != Some('#') {
                    scan.remark(scan.at, &words::FULL_WIDTH);
                }
                let rest: String = rest.chars().filter(|c| !c.is_control() || *c == '\t').collect();
                scan.out.push_str(&format!("{gap}#{rest}"));
                break;
            }
            Some(',' | ';') => {
                scan.remark(scan.at, &words::TRAILING);
                scan.at += 1;
            }
            Some(']' | '}' | ')') => {
                scan.remark(scan.at, &words::BRACKET);
                scan.at += 1;
            }
            Some(_) => {
                if let Some((sign, length)) = scan.between(scan.at) {
                    scan.remark(scan.at, &words::TWO);
                    scan.out.push('\n');
                    scan.pair(sign, length, Inside::Line);
                } else {
                    scan.remark(scan.at, &words::REMARK);
                    let rest: String = scan.rest().chars().filter(|c| !c.is_control()).collect();
                    scan.out.push_str(&format!(" # {rest}"));
                    break;
                }
            }
        }
    }
    let Scan { mut out, remarks, .. } = scan;
    out.truncate(out.trim_end_matches(is_blank).len());
    Some(Mended::new(out, remarks))
}

/// `[name]` and `[[name]]`.
fn heading(line: &str) -> Vec<Mended> {
    let mut scan = begin(line, WAYS[0]);
    let begins = scan.at;
    let mut depth = 0;
    while scan.sign() == Some('[') || depth > 0 && scan.peek().is_some_and(is_blank) {
        depth += usize::from(scan.sign() == Some('['));
        scan.step();
    }
    let from = scan.at;
    let mut quote = None;
    while let Some(c) = scan.peek() {
        match quote {
            Some(()) if is_quote(c) => quote = None,
            None if is_quote(c) => quote = Some(()),
            None if matches!(half(c), ']' | ')' | '}' | '#' | '=') => break,
            _ => {}
        }
        scan.at += 1;
    }
    let raw = scan.slice(from, scan.at);
    let name = path(&mut scan, from, raw.trim_matches(is_blank));
    if name.is_empty() {
        return Vec::new();
    }
    let mut closed = 0;
    while matches!(scan.sign(), Some(']' | ')' | '}'))
        || closed > 0 && closed < depth && scan.peek().is_some_and(is_blank)
    {
        closed += usize::from(scan.sign() == Some(']'));
        scan.step();
    }
    let double = LISTS.contains(&name.as_str());
    if closed != depth {
        scan.remark(scan.at, &words::BRACKET);
    }
    scan.out.push_str(&if double { format!("[[{name}]]") } else { format!("[{name}]") });
    let Some(mut mended) = on_new_line(scan) else { return Vec::new() };
    if double != (depth > 1) && closed == depth {
        let wording = if double { &words::ONE_OF_MANY } else { &words::ONE_ONLY };
        mended.remarks.push((begins, wording.with([("name", name)])));
    }
    vec![mended]
}

/// The heading, and the setting after it on its own line.
fn on_new_line(mut scan: Scan) -> Option<Mended> {
    let at = scan.at;
    scan.skip_blanks();
    if scan.sign().is_some_and(|c| !matches!(c, '#' | ',' | ';'))
        && let Some((sign, length)) = scan.between(scan.at)
    {
        scan.remark(scan.at, &words::TWO);
        scan.out.push('\n');
        scan.pair(sign, length, Inside::Line);
    } else {
        scan.at = at;
    }
    finish(scan)
}

/// The names between the brackets of a heading, as they should be written.
fn path(scan: &mut Scan, from: usize, raw: &str) -> String {
    let straight: String =
        raw.chars().map(|c| if is_quote(c) && c != '\'' { '"' } else { half(c) }).collect();
    if straight != raw {
        let odd = raw.chars().any(|c| is_quote(c) && !matches!(c, '"' | '\''));
        scan.remark(from, if odd { &words::CURLY } else { &words::FULL_WIDTH });
    }
    if is_value(&format!("{{ {straight} = 1 }}")) {
        return straight;
    }
    let mut parts: Vec<String> = Vec::new();
    let mut rest = straight.as_str();
    // The name of a check or a KPI follows these; it may contain dots.
    for section in ["common", "checks"] {
        if let Some(name) = rest.strip_prefix(section)
            && name.starts_with(['.', ' ', ',', '"'])
        {
            parts.push(section.to_owned());
            rest = name.trim_start_matches(['.', ' ', ',']);
        }
    }
    let bare = rest.trim_matches(|c: char| is_blank(c) || is_quote(c));
    if bare.is_empty() {
        return String::new();
    }
    let wording = if rest.contains('"') { &words::QUOTES_MISSING } else { &words::NAME_QUOTES };
    scan.remark(from, wording);
    let is_bare = bare.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    parts.push(if is_bare { bare.to_owned() } else { quoted(bare) });
    parts.join(".")
}
