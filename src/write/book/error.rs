//! Why a book could not be made.

use crate::finding::{Lang, Wording};

/// A book could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// None of the fonts found can show Korean.
    #[error("{}", self.text(Lang::En))]
    NoFont,
    /// The font folder that was asked for cannot be read.
    #[error("{}", self.text(Lang::En))]
    NoFontFolder {
        /// The folder.
        folder: String,
    },
    /// No plan of the organisation that was asked for.
    #[error("{}", self.text(Lang::En))]
    NoOrganisation {
        /// The name as it was given.
        name: String,
        /// Organisations it may mean, likeliest first.
        near: Vec<String>,
    },
    /// A template has an error.
    #[error("{}", self.text(Lang::En))]
    Template {
        /// The template's file name.
        file: String,
        /// The line, counted from 1; none where the error has no place.
        line: Option<usize>,
        /// What is wrong, in the words of the typesetter.
        message: String,
    },
    /// The data for the templates could not be written down.
    #[error("{}", self.text(Lang::En))]
    Data(String),
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
    ko: "{name|이라는/라는} 조직의 계획이 없습니다. `planbook book 폴더`로 만든 책자의 차례에서 이름을 볼 수 있습니다",
    en: "there is no plan of an organisation {name}; the contents of the whole book list the names",
};

static NEAR_ORGANISATION: Wording = Wording {
    ko: "{name|이라는/라는} 조직의 계획이 없습니다. 혹시 이 가운데 하나입니까? {near}",
    en: "there is no plan of an organisation {name}; did you mean one of these? {near}",
};

static TEMPLATE: Wording = Wording {
    ko: "책자 서식 {place}에 오류가 있습니다: {message}",
    en: "There is an error in the book's template {place}: {message}",
};

static DATA: Wording = Wording {
    ko: "책자에 넣을 자료를 정리하지 못했습니다: {message}",
    en: "The data for the book could not be prepared: {message}",
};

impl BookError {
    /// What went wrong and what to do, in `lang`.
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
            BookError::Template { file, line, message } => {
                let place = match line {
                    Some(line) => format!("{file}:{line}"),
                    None => file.clone(),
                };
                TEMPLATE.with([("place", place), ("message", message.clone())])
            }
            BookError::Data(message) => DATA.with([("message", message.clone())]),
        };
        message.text(lang)
    }
}
