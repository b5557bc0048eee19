//! Handlebars templates: the built-in ones, and those of the plan-year folder that take their place.
//!
//! They are strict: a name that there is no value for is an error with its file and line, never a hole in the output.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use handlebars::{Handlebars, RenderErrorReason, TemplateErrorReason, html_escape, no_escape};
use serde::Serialize;

use super::notice::Notice;
use crate::finding::{Lang, Wording};

/// The largest template that is read, in bytes.
const LARGEST: u64 = 4 << 20;
/// How the name of a template ends; other files are taken as they are.
const EXTENSION: &str = ".hbs";

/// The built-in files of one output.
#[derive(Debug)]
pub struct Set {
    /// Where a plan-year folder keeps files of its own that take their place.
    pub folder: &'static str,
    /// File name and text.
    pub files: &'static [(&'static str, &'static str)],
    /// Whether the output is HTML, in which values must not become markup.
    pub html: bool,
}

/// The files of one output, ready for use.
#[derive(Debug)]
pub struct Templates {
    set: &'static Set,
    files: BTreeMap<&'static str, String>,
    engine: Handlebars<'static>,
}

/// A template that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub struct TemplateError {
    /// The file, relative to the plan-year folder.
    pub file: String,
    /// Line and column, from 1, where they are known.
    pub at: Option<(usize, usize)>,
    /// What is wrong with it.
    pub fault: TemplateFault,
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateFault {
    /// It cannot be read; what the operating system says.
    Unreadable(String),
    /// It is no text in UTF-8.
    NotText,
    /// It is larger than any template.
    TooLarge,
    /// It names a value that there is none of.
    NoValue(String),
    /// It asks for a template that there is none of.
    NoTemplate(String),
    /// It uses a helper that there is none of.
    NoHelper(String),
    /// It is not put together as handlebars wants it.
    Syntax(String),
    /// Something else.
    Other(String),
}

static UNREADABLE: Wording =
    Wording { ko: "서식을 읽을 수 없습니다 ({what})", en: "the template cannot be read ({what})" };
static NOT_TEXT: Wording =
    Wording { ko: "UTF-8로 저장한 글이 아닙니다", en: "the template is no text saved as UTF-8" };
static TOO_LARGE: Wording = Wording {
    ko: "서식이라기에는 파일이 너무 큽니다",
    en: "the file is too large for a template",
};
static NO_VALUE: Wording =
    Wording { ko: "{what|이라는/라는} 값이 없습니다", en: "there is no value called {what}" };
static NO_TEMPLATE: Wording = Wording {
    ko: "{what|이라는/라는} 서식이 없습니다",
    en: "there is no template called {what}",
};
static NO_HELPER: Wording =
    Wording { ko: "{what|이라는/라는} 기능이 없습니다", en: "there is no helper called {what}" };
static SYNTAX: Wording = Wording {
    ko: "서식의 짜임이 맞지 않습니다: {what}",
    en: "the template is not put together rightly: {what}",
};
static OTHER: Wording =
    Wording { ko: "서식에 잘못이 있습니다: {what}", en: "the template is wrong: {what}" };

impl TemplateError {
    /// File, place and fault in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        let (wording, what) = match &self.fault {
            TemplateFault::Unreadable(what) => (&UNREADABLE, what.as_str()),
            TemplateFault::NotText => (&NOT_TEXT, ""),
            TemplateFault::TooLarge => (&TOO_LARGE, ""),
            TemplateFault::NoValue(what) => (&NO_VALUE, what.as_str()),
            TemplateFault::NoTemplate(what) => (&NO_TEMPLATE, what.as_str()),
            TemplateFault::NoHelper(what) => (&NO_HELPER, what.as_str()),
            TemplateFault::Syntax(what) => (&SYNTAX, what.as_str()),
            TemplateFault::Other(what) => (&OTHER, what.as_str()),
        };
        let fault = wording.with([("what", what.to_owned())]).text(lang);
        match self.at {
            Some((line, column)) => lang.pick(
                format!("{} {line}줄 {column}칸: {fault}", self.file),
                format!("{}, line {line}, column {column}: {fault}", self.file),
            ),
            None => format!("{}: {fault}", self.file),
        }
    }
}

impl Templates {
    /// The files of `set`, each replaced by the file of the same name in the plan-year folder `dir` where there is one.
    /// Links are not followed.
    ///
    /// # Errors
    /// When such a file cannot be read or is no template.
    pub fn of(dir: &Path, set: &'static Set) -> Result<Self, TemplateError> {
        let folder = dir.join(set.folder);
        let mut files = BTreeMap::new();
        for &(name, built_in) in set.files {
            let own = read(&folder.join(name)).map_err(|fault| fault_in(set, name, fault))?;
            // Where files are checked out or edited on Windows, lines end in CR LF; the output is the same.
            files.insert(name, own.as_deref().unwrap_or(built_in).replace("\r\n", "\n"));
        }
        let mut engine = Handlebars::new();
        engine.set_strict_mode(true);
        engine.set_prevent_indent(true);
        engine.register_escape_fn(if set.html { html_escape } else { no_escape });
        for (name, text) in &files {
            let Some(stem) = name.strip_suffix(EXTENSION) else { continue };
            engine.register_template_string(stem, text).map_err(|error| {
                let fault = match error.reason() {
                    TemplateErrorReason::InvalidSyntax(what) => TemplateFault::Syntax(one_line(what)),
                    other => TemplateFault::Syntax(one_line(&other.to_string())),
                };
                TemplateError { at: error.pos(), ..fault_in(set, name, fault) }
            })?;
        }
        Ok(Self { set, files, engine })
    }

    /// The files of the plan-year folder that take the place of built-in ones and differ from them.
    pub fn changed(&self) -> impl Iterator<Item = &str> {
        let built_in =
            self.set.files.iter().filter(|(name, text)| self.text(name) != text.replace("\r\n", "\n"));
        built_in.map(|(name, _)| *name)
    }

    /// The folder that they may come from.
    pub fn folder(&self) -> &'static str {
        self.set.folder
    }

    /// The text of the file `name`, lines ending in LF; empty where the set has no such file.
    pub(super) fn text(&self, name: &str) -> &str {
        self.files.get(name).map_or("", String::as_str)
    }

    /// The template `name` filled in with `data`.
    ///
    /// # Errors
    /// When it, or one it asks for, names something that there is not.
    pub(super) fn render(&self, name: &str, data: &impl Serialize) -> Result<String, TemplateError> {
        self.engine.render(name, data).map_err(|error| {
            let fault = match error.reason() {
                RenderErrorReason::MissingVariable(what) => {
                    TemplateFault::NoValue(what.clone().unwrap_or_default())
                }
                RenderErrorReason::PartialNotFound(what) | RenderErrorReason::TemplateNotFound(what) => {
                    TemplateFault::NoTemplate(what.clone())
                }
                RenderErrorReason::HelperNotFound(what) => TemplateFault::NoHelper(what.clone()),
                other => TemplateFault::Other(one_line(&other.to_string())),
            };
            let template = error.template_name.as_deref().unwrap_or(name);
            TemplateError {
                file: format!("{}/{template}{EXTENSION}", self.set.folder),
                at: error.line_no.zip(error.column_no),
                fault,
            }
        })
    }
}

fn fault_in(set: &Set, name: &str, fault: TemplateFault) -> TemplateError {
    TemplateError { file: format!("{}/{name}", set.folder), at: None, fault }
}

/// The text of the file at `path`; none where there is none.
fn read(path: &Path) -> Result<Option<String>, TemplateFault> {
    let unreadable = |error: io::Error| TemplateFault::Unreadable(error.to_string());
    let found = match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => found,
        Ok(_) => return Ok(None),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(unreadable(error)),
    };
    if found.len() > LARGEST {
        return Err(TemplateFault::TooLarge);
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|_| TemplateFault::NotText)?;
    // Editors of Windows put a byte order mark before it.
    Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// That the templates `own` of the plan-year folder's `folder` are used, if there are any.
pub(super) fn own_templates(folder: &str, own: &str) -> Option<Notice> {
    let words = |lang: Lang| {
        lang.pick(
            format!("{folder} 폴더의 서식을 씁니다: {own}"),
            format!("using the templates in {folder}: {own}"),
        )
    };
    (!own.is_empty()).then(|| Notice::news(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    static SET: Set = Set {
        folder: "templates/test",
        files: &[("page.hbs", "<b>{{name}}</b>{{> part}}"), ("part.hbs", "{{#each list}}{{this}},{{/each}}")],
        html: true,
    };

    fn with(name: &str, text: &[u8]) -> Result<Templates, TemplateError> {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join(SET.folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), text).unwrap();
        Templates::of(dir.path(), &SET)
    }

    fn data() -> serde_json::Value {
        serde_json::json!({ "name": "<a&b>", "list": [1, 2] })
    }

    #[test]
    fn values_are_escaped_and_files_of_the_folder_take_the_place_of_built_in_ones() {
        let built_in = Templates::of(Path::new("nowhere"), &SET).unwrap();
        assert_eq!(built_in.render("page", &data()).unwrap(), "<b>&lt;a&amp;b&gt;</b>1,2,");
        assert_eq!(built_in.changed().count(), 0);
        let own = with("part.hbs", "\u{feff}own {{name}}\r\n".as_bytes()).unwrap();
        assert_eq!(own.render("page", &data()).unwrap(), "<b>&lt;a&amp;b&gt;</b>own &lt;a&amp;b&gt;\n");
        assert_eq!(own.changed().collect::<Vec<_>>(), ["part.hbs"]);
    }

    #[test]
    fn what_is_wrong_is_told_with_file_and_line() {
        let error = with("part.hbs", b"one\ntwo {{nobody}}\n").unwrap().render("page", &data()).unwrap_err();
        assert_eq!(error.text(Lang::Ko), "templates/test/part.hbs 2줄 5칸: nobody라는 값이 없습니다");
        let error = with("page.hbs", b"one\n{{#if name}}never closed").unwrap_err();
        assert_eq!(error.file, "templates/test/page.hbs");
        assert!(matches!(error.fault, TemplateFault::Syntax(_)) && error.at.is_some(), "{error}");
        let error = with("page.hbs", b"\n\n{{> gone}}").unwrap().render("page", &data()).unwrap_err();
        assert_eq!(error.fault, TemplateFault::NoTemplate("gone".to_owned()));
        assert_eq!(error.at.unwrap().0, 3);
        let error = with("page.hbs", b"{{sum name}}").unwrap().render("page", &data()).unwrap_err();
        assert_eq!(error.fault, TemplateFault::NoHelper("sum".to_owned()));
        assert_eq!(with("page.hbs", b"\xff\xfe").unwrap_err().fault, TemplateFault::NotText);
    }
}
