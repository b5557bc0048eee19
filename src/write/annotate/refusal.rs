//! Why a workbook cannot be annotated, and the words for it.

use crate::finding::{Lang, Message, Wording};
use crate::source::visible;

/// Why a workbook cannot be annotated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is no package of Office Open XML: .xls, .ods, text.
    #[error("no package")]
    NoPackage,
    /// It is encrypted.
    #[error("encrypted")]
    Encrypted,
    /// It bears a digital signature, which any change would make invalid.
    #[error("digitally signed")]
    Signed,
    /// It is an .xlsb, whose parts are no XML.
    #[error("binary workbook")]
    Binary,
    /// An entry stands in it twice: programs do not agree on which one counts.
    #[error("{0} stands in it twice")]
    Doubled(String),
    /// It uses the zip format for huge archives.
    #[error("zip64")]
    Zip64,
    /// A part is too large.
    #[error("{0} is too large")]
    TooLarge(String),
    /// A part it needs is not there.
    #[error("{0} is missing")]
    Missing(String),
    /// A part has a document type declaration, which may draw in other files.
    #[error("{0} has a DOCTYPE")]
    Doctype(String),
    /// Something in it is damaged.
    #[error("damaged: {0}")]
    Damaged(String),
    /// Held against the original, more than the remarks would have changed.
    #[error("not kept: {0}")]
    NotKept(String),
}

static NO_PACKAGE: Wording = Wording {
    ko: ".xlsx나 .xlsm 형식이 아니어서 메모와 표시를 적어 넣을 수 없습니다. .xlsx로 저장해서 내면 다음부터는 그 파일에 바로 적습니다",
    en: "remarks cannot be put into a file that is neither .xlsx nor .xlsm; saved as .xlsx it will get them itself",
};
static ENCRYPTED: Wording = Wording {
    ko: "암호가 걸려 있어 적어 넣을 수 없습니다. 암호를 풀고 다시 저장하십시오",
    en: "it is protected by a password; take the password off and save again",
};
static SIGNED: Wording = Wording {
    ko: "전자 서명이 있어 적어 넣지 않았습니다. 무엇이든 바꾸면 서명이 무효가 됩니다. 고친 뒤 다시 서명하십시오",
    en: "it bears a digital signature, which any change would make invalid; sign again after mending",
};
static BINARY: Wording = Wording {
    ko: ".xlsb 형식이어서 적어 넣을 수 없습니다. .xlsx로 저장해서 내면 다음부터는 그 파일에 바로 적습니다",
    en: "remarks cannot be put into an .xlsb; saved as .xlsx it will get them itself",
};
static DOUBLED: Wording = Wording {
    ko: "파일 안에 같은 이름의 부분({part})이 둘 있어 어느 쪽이 맞는지 알 수 없습니다. 엑셀에서 열어 다시 저장하십시오",
    en: "{part} stands in it twice, and programs differ on which one counts; open it in Excel and save again",
};
static TOO_LARGE: Wording = Wording {
    ko: "너무 커서 적어 넣지 않았습니다({part}). 표 밖의 빈 행과 열, 그림을 지우고 다시 저장하십시오",
    en: "it is too large ({part}); delete blank rows and columns outside the table and pictures, and save again",
};
static DAMAGED: Wording = Wording {
    ko: "파일의 짜임이 손상되어 적어 넣을 수 없습니다({part}). 엑셀이나 한셀에서 열어 다시 저장하십시오",
    en: "its make-up is damaged ({part}); open it in Excel or Hancell and save again",
};
static NOT_KEPT: Wording = Wording {
    ko: "적어 넣은 파일을 원본과 맞추어 보니 메모와 표시 말고도 달라지는 곳이 있어 내보내지 않았습니다({part}). \
         엑셀에서 열어 다시 저장하면 대개 해결됩니다",
    en: "held against the original, more than the remarks would have changed ({part}), so it was not handed out; \
         opening it in Excel and saving again usually helps",
};

impl Refusal {
    /// What stands in the way and what to do, in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        let about = |wording: &'static Wording, part: &str| wording.with([("part", visible(part))]);
        let message: Message = match self {
            Refusal::NoPackage => NO_PACKAGE.with([]),
            Refusal::Encrypted => ENCRYPTED.with([]),
            Refusal::Signed => SIGNED.with([]),
            Refusal::Binary => BINARY.with([]),
            Refusal::Doubled(part) => about(&DOUBLED, part),
            Refusal::Zip64 => about(&TOO_LARGE, "zip64"),
            Refusal::TooLarge(part) => about(&TOO_LARGE, part),
            Refusal::Missing(part) | Refusal::Damaged(part) => about(&DAMAGED, part),
            Refusal::Doctype(part) => about(&DAMAGED, &format!("{part}: DOCTYPE")),
            Refusal::NotKept(part) => about(&NOT_KEPT, part),
        };
        message.text(lang)
    }
}
