//! Which files of a crate use which, by the paths written in them outside their tests.

use std::collections::{BTreeMap, BTreeSet};

/// The files of a crate.
pub struct Files(Vec<File>);

struct File {
    /// Path below `src`.
    name: String,
    /// Its module: `cli/words/mod.rs` and `cli/words.rs` are `["cli", "words"]`.
    module: Vec<String>,
    /// The modules it declares.
    children: BTreeSet<String>,
    /// What its `use` lines bring in: the name here, and the path.
    imports: Vec<(String, Vec<String>)>,
    /// All paths in it, of `use` lines and of code.
    paths: Vec<Vec<String>>,
    /// Whether it holds more than `mod` and `use` lines.
    has_code: bool,
}

impl Files {
    /// Reads files, given as path below `src` and text.
    pub fn read(sources: &[(String, String)]) -> Self {
        let is_code = |name: &str| !name.ends_with("tests.rs") && name != "main.rs" && name != "testing.rs";
        Self(
            sources
                .iter()
                .filter(|(name, _)| is_code(name))
                .map(|(name, text)| File::read(name, text))
                .collect(),
        )
    }

    /// Every file with those it uses, other than itself. Files that only list others use none.
    pub fn uses(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let of = |file: &File| {
            let paths = file.paths.iter().filter(|_| file.has_code);
            let used = paths.filter_map(|path| self.file_of(&file.whole(path)?, 0));
            used.filter(|used| used.name != file.name).map(|used| used.name.as_str()).collect()
        };
        self.0.iter().map(|file| (file.name.as_str(), of(file))).collect()
    }

    /// The circles: sets of files that all use each other, perhaps by way of others.
    pub fn circles(&self) -> Vec<Vec<&str>> {
        let uses = self.uses();
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            uses.keys().map(|name| (*name, reached(name, &uses))).collect();
        let mut circles: Vec<Vec<&str>> = Vec::new();
        for (name, _) in reached.iter().filter(|(name, reached)| reached.contains(*name)) {
            if !circles.iter().any(|circle| circle.contains(name)) {
                let is_in =
                    |other: &&&str| reached[name].contains(**other) && reached[**other].contains(name);
                circles.push(reached.keys().filter(is_in).copied().collect());
            }
        }
        circles
    }

    /// The file that holds what `path`, from the crate's root, names. Re-exports are followed to its home.
    fn file_of(&self, path: &[String], depth: usize) -> Option<&File> {
        let home = |length: &usize| self.0.iter().find(|file| file.module == path[..*length]);
        let length = (1..=path.len()).rev().find(|length| home(length).is_some())?;
        let file = home(&length)?;
        let (Some(name), true) = (path.get(length), depth < 8) else { return Some(file) };
        let import =
            file.imports.iter().find(|(here, _)| here == name).and_then(|(_, path)| file.whole(path));
        let further = import.and_then(|import| {
            let whole: Vec<String> = import.into_iter().chain(path[length + 1..].iter().cloned()).collect();
            self.file_of(&whole, depth + 1)
        });
        Some(further.unwrap_or(file))
    }
}

fn reached<'f>(start: &str, uses: &BTreeMap<&'f str, BTreeSet<&'f str>>) -> BTreeSet<&'f str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = uses[start].iter().copied().collect();
    while let Some(name) = next.pop() {
        if reached.insert(name) {
            next.extend(&uses[name]);
        }
    }
    reached
}

impl File {
    fn read(name: &str, text: &str) -> Self {
        let bare = name.trim_end_matches(".rs");
        let module = bare.strip_suffix("/mod").or(bare.strip_suffix("lib")).unwrap_or(bare);
        let mut file = Self {
            name: name.to_owned(),
            module: module.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect(),
            children: BTreeSet::new(),
            imports: Vec::new(),
            paths: Vec::new(),
            has_code: false,
        };
        let words = words(text);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut rest = &words[..];
        while !rest.is_empty() {
            rest = &rest[file.take(rest)..];
        }
        file
    }

    /// Reads what `words` begin with; returns how many words that are.
    fn take(&mut self, words: &[&str]) -> usize {
        match words {
            ["#", "[", "cfg", "(", "test", ")", "]", item @ ..] => 7 + item_length(item),
            ["#", "!", "[", ..] | ["#", "[", ..] => {
                let length = group_length(words, "[", "]");
                self.take_paths(&words[2..length]);
                length
            }
            ["pub", "(", ..] => group_length(words, "(", ")"),
            ["pub", ..] => 1,
            ["use", tree @ ..] => {
                let end = tree.iter().position(|word| *word == ";").unwrap_or(tree.len());
                self.take_tree(&tree[..end], &[]);
                end + 2
            }
            ["mod", name, ";", ..] => {
                self.children.insert((*name).to_owned());
                3
            }
            _ => {
                self.has_code = true;
                self.take_path(words)
            }
        }
    }

    fn take_paths(&mut self, mut words: &[&str]) {
        while !words.is_empty() {
            words = &words[self.take_path(words)..];
        }
    }

    /// Reads the path that `words` begin with, if they do.
    fn take_path(&mut self, words: &[&str]) -> usize {
        let mut path: Vec<String> = Vec::new();
        let mut at = 0;
        while words.get(at).is_some_and(|word| is_name(word)) {
            path.push(words[at].to_owned());
            match words.get(at + 1..at + 3) {
                Some(["::", next]) if is_name(next) => at += 2,
                _ => break,
            }
        }
        let length = at + 1;
        if path.len() > 1 {
            self.paths.push(path);
        }
        length
    }

    /// Reads a tree of `use`: `a::{b, c::d as e}` below `above`. Returns how many words it has.
    fn take_tree(&mut self, words: &[&str], above: &[String]) -> usize {
        let mut path = above.to_vec();
        let mut at = 0;
        loop {
            match words.get(at..) {
                Some(["{", ..]) => {
                    at += 1;
                    while words.get(at).is_some_and(|word| *word != "}") {
                        at += if words[at] == "," { 1 } else { self.take_tree(&words[at..], &path) };
                    }
                    return at + 1;
                }
                Some(["self", ..]) if !path.is_empty() => at += 1,
                Some([name, ..]) if is_name(name) || *name == "*" => {
                    path.push((*name).to_owned());
                    at += 1;
                }
                _ => {}
            }
            match words.get(at..) {
                Some(["::", ..]) => at += 1,
                Some(["as", alias, ..]) => {
                    self.import(alias, path);
                    return at + 2;
                }
                _ => {
                    let name = path.last().cloned().unwrap_or_default();
                    self.import(&name, path);
                    return at.max(1);
                }
            }
        }
    }

    fn import(&mut self, name: &str, path: Vec<String>) {
        self.paths.push(path.clone());
        self.imports.push((name.to_owned(), path));
    }

    /// `path`, as written in this file, from the crate's root; `None` where it leads elsewhere.
    fn whole(&self, path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let above = path.iter().take_while(|part| *part == "super").count();
        let (from, rest) = match first.as_str() {
            "crate" => (&[][..], rest),
            "self" => (&self.module[..], rest),
            "super" => (&self.module[..self.module.len().checked_sub(above)?], &path[above..]),
            name if self.children.contains(name) => (&self.module[..], path),
            name => {
                let is_other = |path: &[String]| path.first().is_some_and(|first| first != name);
                let (_, import) = self.imports.iter().find(|(here, path)| here == name && is_other(path))?;
                let mut whole = self.whole(import)?;
                whole.extend(rest.iter().cloned());
                return Some(whole);
            }
        };
        Some(from.iter().chain(rest).cloned().collect())
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The length of an item: to its `;`, or to the end of its braces.
fn item_length(words: &[&str]) -> usize {
    let semicolon = words.iter().position(|word| *word == ";").map_or(words.len(), |at| at + 1);
    let brace = words.iter().position(|word| *word == "{");
    match brace {
        Some(brace) if brace < semicolon && words[0] != "use" => {
            brace + group_length(&words[brace..], "{", "}")
        }
        _ => semicolon,
    }
}

/// The length up to the end of the first group in brackets.
fn group_length(words: &[&str], open: &str, close: &str) -> usize {
    let mut depth = 0usize;
    for (at, word) in words.iter().enumerate() {
        if *word == open {
            depth += 1;
        } else if *word == close {
            depth -= 1;
            if depth == 0 {
                return at + 1;
            }
        }
    }
    words.len()
}

/// The words and signs of a source text, without comments; a literal is the sign `"`.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let end = |end: Option<usize>| end.unwrap_or(rest.len());
        let raw = rest.strip_prefix('r').map(|raw| (raw, raw.len() - raw.trim_start_matches('#').len()));
        let length = if rest.starts_with("//") {
            end(rest.find('\n'))
        } else if let Some((raw, hashes)) = raw.filter(|(raw, hashes)| raw[*hashes..].starts_with('"')) {
            let close = format!("\"{}", "#".repeat(hashes));
            words.push("\"".to_owned());
            end(raw[hashes + 1..].find(&close).map(|at| hashes + 2 + at + close.len()))
        } else if c == '"' {
            words.push("\"".to_owned());
            end(closing(rest, '"'))
        } else if c == '\'' {
            let letter = rest[1..].chars().next().map_or(0, char::len_utf8);
            let is_letter = rest[1..].starts_with('\\') || rest[1 + letter..].starts_with('\'');
            if is_letter { end(closing(rest, '\'')) } else { 1 }
        } else if c.is_alphanumeric() || c == '_' {
            let length = end(rest.find(|c: char| !c.is_alphanumeric() && c != '_'));
            words.push(rest[..length].to_owned());
            length
        } else {
            let length = if rest.starts_with("::") { 2 } else { c.len_utf8() };
            words.extend((!c.is_whitespace()).then(|| rest[..length].to_owned()));
            length
        };
        rest = &rest[length..];
    }
    words
}

/// The end of the literal that `text` begins with.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[test]
fn paths_lead_to_the_files_that_hold_what_they_name() {
    let files: Vec<(String, String)> = [
        ("a/mod.rs", "mod b;\npub mod c;\npub use b::B;\n#[cfg(test)]\nmod tests;\nmod d;"),
        ("a/b.rs", "use crate::{a::c::{self, deep::D as Other}, e};\npub(in crate::f) struct B(c::Thing);"),
        ("a/c.rs", "pub mod deep;\nfn text<'a>(c: &'a str) { let _ = ('\"', \"crate::e\", r#\"crate::f\"#); }"),
        ("a/c/deep.rs", "// crate::e\nfn d() -> super::super::B { self::d() }\n#[cfg(test)]\nmod tests { use crate::e; }"),
        ("a/d.rs", "#[derive(A)]\nstruct D {\n#[with = super::c::text]\nd: u8 }\nuse crate::g as h;\nfn f() { h::deep::x() }"),
        ("e.rs", "mod inner;\nfn e() { inner::f() }"),
        ("e/inner.rs", "use super::e;\nfn f() { e() }"),
        ("f.rs", ""),
        ("g/mod.rs", "pub mod deep;"),
        ("g/deep.rs", "fn x() {}"),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .into();
    let files = Files::read(&files);
    let uses = files.uses();
    let of = |name: &str| uses[name].iter().copied().collect::<Vec<_>>();
    assert!(of("a/mod.rs").is_empty());
    assert_eq!(of("a/b.rs"), ["a/c.rs", "a/c/deep.rs", "e.rs"]);
    assert!(of("a/c.rs").is_empty());
    assert_eq!(of("a/c/deep.rs"), ["a/b.rs"]);
    assert_eq!(of("a/d.rs"), ["a/c.rs", "g/deep.rs", "g/mod.rs"]);
    assert_eq!(files.circles(), [vec!["a/b.rs", "a/c/deep.rs"], vec!["e.rs", "e/inner.rs"]]);
}
