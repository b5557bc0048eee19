//! Why a book could not be made.

use super::phrases;
use super::trouble::BookTemplateError;
use crate::finding::{Lang, Wording};

/// A book could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// No font found can show Korean.
    #[error("{}", self.text(Lang::En))]
    NoFont,
    /// The requested font folder cannot be read.
    #[error("{}", self.text(Lang::En))]
    NoFontFolder {
        /// The folder.
        folder: String,
    },
    /// The requested organisation has no plan.
    #[error("{}", self.text(Lang::En))]
    NoOrganisation {
        /// The name as given.
        name: String,
        /// Organisations it may mean, likeliest first.
        near: Vec<String>,
    },
    /// There is no font at all.
    #[error("{}", self.text(Lang::En))]
    NoFontAtAll,
    /// The picture for the cover cannot be used.
    #[error("{}", self.text(Lang::En))]
    Logo {
        /// As planbook.toml names it.
        file: String,
        /// The reason.
        reason: &'static Wording,
    },
    /// A template of the plan-year folder cannot be read.
    #[error("{}", self.text(Lang::En))]
    UnreadableTemplate {
        /// The file.
        file: String,
        /// The operating system's message.
        reason: String,
    },
    /// The folder of templates holds far more than templates.
    #[error("{}", self.text(Lang::En))]
    TooManyTemplates {
        /// The folder.
        folder: String,
    },
    /// A template has an error.
    #[error("{}", self.text(Lang::En))]
    Template(Box<BookTemplateError>),
    /// The data for the templates could not be written.
    #[error("{}", self.text(Lang::En))]
    Data(String),
    /// A library panicked, and leaving out what may have caused it did not help.
    #[error("{}", self.text(Lang::En))]
    Stopped(String),
}

static NO_FONT: Wording = Wording {
    ko: "한글 글꼴을 찾지 못해 책자를 만들 수 없습니다. Windows의 맑은 고딕, macOS의 Apple SD Gothic Neo는 설치되어 있으면 \
         그대로 쓰입니다. Debian·Ubuntu에서는 `apt install fonts-nanum`으로 나눔 글꼴을 설치하거나, 글꼴 파일이 있는 폴더를 \
         `--fonts 폴더`로 알려 주십시오.",
    en: "The book cannot be made: no font that shows Korean was found. Malgun Gothic (Windows) and Apple SD Gothic Neo \
         (macOS) are used where they are installed. On Debian or Ubuntu install the Nanum fonts with \
         `apt install fonts-nanum`, or name a folder with font files: `--fonts DIR`.",
};

static NO_FONT_FOLDER: Wording = Wording {
    ko: "글꼴 폴더 {folder|을/를} 열 수 없습니다. `--fonts`에 적은 경로를 확인해 주십시오.",
    en: "The font folder {folder} cannot be opened. Please check the path given with `--fonts`.",
};

static NO_ORGANISATION: Wording = Wording {
    ko: "{name|이라는/라는} 조직의 계획이 없습니다. `--org` 없이 만든 책자의 차례에서 이름을 볼 수 있습니다",
    en: "there is no plan of an organisation {name}; the contents of the whole book, made without `--org`, list the names",
};

static NEAR_ORGANISATION: Wording = Wording {
    ko: "{name|이라는/라는} 조직의 계획이 없습니다. 혹시 이 가운데 하나입니까? {near}",
    en: "there is no plan of an organisation {name}; did you mean one of these? {near}",
};

static NO_FONT_AT_ALL: Wording = Wording {
    ko: "글꼴을 하나도 찾지 못해 책자를 만들 수 없습니다. 글꼴 파일이 있는 폴더를 `--fonts 폴더`로 알려 주십시오.",
    en: "The book cannot be made: no font was found. Name a folder with font files: `--fonts DIR`.",
};

static LOGO: Wording = Wording {
    ko: "planbook.toml의 [book] logo에 적은 {file|을/를} 표지에 넣을 수 없습니다: {reason}",
    en: "{file}, which planbook.toml names as [book] logo, cannot be put on the cover: {reason}",
};

static UNREADABLE_TEMPLATE: Wording = Wording {
    ko: "책자 서식 {file|을/를} 읽을 수 없습니다: {reason}",
    en: "The book's template {file} cannot be read: {reason}",
};

static TOO_MANY_TEMPLATES: Wording = Wording {
    ko: "{folder} 폴더에 책자 서식이라기에는 파일이 너무 많거나 큽니다. 책자에 쓰는 파일만 두십시오 (500개, 64 MiB까지)",
    en: "The folder {folder} holds more than templates; leave only what the book uses there (up to 500 files, 64 MiB)",
};

static TEMPLATE: Wording = Wording {
    ko: "책자 서식에 오류가 있습니다: {place}: {message}",
    en: "There is an error in the book's template: {place}: {message}",
};

static DATA: Wording = Wording {
    ko: "책자에 넣을 자료를 정리하지 못했습니다: {message}",
    en: "The data for the book could not be prepared: {message}",
};

static STOPPED: Wording = Wording {
    ko: "책자를 조판하는 프로그램이 스스로 멈추어 책자를 만들지 못했습니다 ({message})",
    en: "The typesetter stopped by itself and the book could not be made ({message})",
};

impl BookError {
    /// Returns what went wrong and what to do, in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        let message = match self {
            BookError::NoFont => NO_FONT.with([]),
            BookError::NoFontFolder { folder } => NO_FONT_FOLDER.with([("folder", folder.clone())]),
            BookError::NoOrganisation { name, near } if near.is_empty() => {
                NO_ORGANISATION.with([("name", format!("`{name}`"))])
            }
            BookError::NoOrganisation { name, near } => {
                NEAR_ORGANISATION.with([("name", format!("`{name}`")), ("near", near.join(", "))])
            }
            BookError::NoFontAtAll => NO_FONT_AT_ALL.with([]),
            BookError::Logo { file, reason } => {
                let reason = lang.pick(reason.ko, reason.en).to_owned();
                LOGO.with([("file", file.clone()), ("reason", reason)])
            }
            BookError::UnreadableTemplate { file, reason } => {
                UNREADABLE_TEMPLATE.with([("file", file.clone()), ("reason", reason.clone())])
            }
            BookError::TooManyTemplates { folder } => TOO_MANY_TEMPLATES.with([("folder", folder.clone())]),
            BookError::Template(trouble) => TEMPLATE.with([
                ("place", trouble.headline(lang)),
                ("message", phrases::said(&trouble.error.message, lang)),
            ]),
            BookError::Data(message) => DATA.with([("message", message.clone())]),
            BookError::Stopped(message) => STOPPED.with([("message", message.clone())]),
        };
        message.text(lang)
    }

    /// Whether printing is impossible on this computer.
    pub fn is_no_way_to_print(&self) -> bool {
        matches!(self, BookError::NoFont | BookError::NoFontAtAll)
    }

    /// Returns further lines: for an error in a template, its source line, hints and the plan it occurred in.
    pub fn details(&self, lang: Lang) -> Vec<String> {
        match self {
            BookError::Template(trouble) => trouble.details(lang),
            _ => Vec::new(),
        }
    }
}
