//! Texts on why remarks cannot be inserted into a workbook, and what to do.

use xlsx_splice::Error;

use crate::finding::{Lang, Message, Wording};
use crate::source::escape_controls;

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
    en: "the file is corrupt ({part}); open it in Excel or Hancell and save again",
};
static NOT_KEPT: Wording = Wording {
    ko: "적어 넣은 파일을 원본과 맞추어 보니 메모와 표시 말고도 달라지는 곳이 있어 내보내지 않았습니다({part}). \
         엑셀에서 열어 다시 저장하면 대개 해결됩니다",
    en: "held against the original, more than the remarks would have changed ({part}), so it was not handed out; \
         opening it in Excel and saving again usually helps",
};

/// The obstacle and what to do, in `lang`.
pub(super) fn text(error: &Error, lang: Lang) -> String {
    let about = |wording: &'static Wording, part: &str| wording.with([("part", escape_controls(part))]);
    let message: Message = match error {
        Error::NotAPackage => NO_PACKAGE.with([]),
        Error::Encrypted => ENCRYPTED.with([]),
        Error::Signed => SIGNED.with([]),
        Error::Binary => BINARY.with([]),
        Error::DuplicateEntry(part) => about(&DOUBLED, part),
        Error::Zip64 => about(&TOO_LARGE, "zip64"),
        Error::TooLarge(part) => about(&TOO_LARGE, part),
        Error::Missing(part) | Error::Corrupt { part: Some(part), .. } => about(&DAMAGED, part),
        Error::Doctype(part) => about(&DAMAGED, &format!("{part}: DOCTYPE")),
        Error::NotPreserved(part) => about(&NOT_KEPT, part),
        _ => about(&DAMAGED, "ZIP"),
    };
    message.text(lang)
}
