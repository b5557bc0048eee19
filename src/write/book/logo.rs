//! The picture on the cover.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use typst_press::{Bytes, Picture, PictureError, PictureFormat};

use super::BookError;
use crate::finding::Wording;

/// The largest file accepted, in bytes.
const LARGEST: u64 = 16 << 20;

/// A picture that Typst can draw.
#[derive(Clone, Debug)]
pub struct Logo {
    /// The name under which the templates read it.
    pub(super) name: &'static str,
    /// The file.
    pub(super) data: Bytes,
    /// Width divided by height.
    pub(super) ratio: f64,
}

static NOT_THERE: Wording = Wording {
    ko: "그런 파일이 없습니다. 경로는 한 해 계획의 폴더를 기준으로 적습니다",
    en: "there is no such file; the path is taken from the plan-year folder",
};
static TOO_LARGE: Wording = Wording {
    ko: "파일이 너무 큽니다. 16 MiB보다 작게 줄이십시오",
    en: "the file is too large; make it smaller than 16 MiB",
};
static OTHER_FORMAT: Wording = Wording {
    ko: "SVG, PNG, JPEG 그림이 아닙니다. 그 가운데 하나로 바꾸어 저장하십시오. 인쇄에는 SVG가 가장 좋습니다",
    en: "this is no SVG, PNG or JPEG picture; save it as one of them (SVG prints best)",
};
static DAMAGED: Wording = Wording {
    ko: "그림이 손상되어 열 수 없습니다. 다시 저장한 파일을 쓰십시오",
    en: "the picture is damaged; save it anew",
};
static UNREADABLE: Wording = Wording {
    ko: "파일을 읽을 수 없습니다. 권한을 확인하십시오",
    en: "the file cannot be read; check its permissions",
};

impl Logo {
    /// Reads the picture `path`, as named in planbook.toml, from the plan-year folder `dir`.
    ///
    /// # Errors
    /// When it is missing, too large, of another format or damaged.
    pub fn read(dir: &Path, path: &str) -> Result<Self, BookError> {
        let trouble = |wording: &'static Wording| BookError::Logo { file: path.to_owned(), reason: wording };
        let full = dir.join(path);
        let size = match fs::metadata(&full) {
            Ok(found) if found.is_file() => found.len(),
            _ => return Err(trouble(&NOT_THERE)),
        };
        if size > LARGEST {
            return Err(trouble(&TOO_LARGE));
        }
        let mut data = Vec::new();
        File::open(&full)
            .and_then(|file| file.take(LARGEST).read_to_end(&mut data))
            .map_err(|_| trouble(&UNREADABLE))?;
        Self::of(Bytes::new(data)).map_err(trouble)
    }

    fn of(data: Bytes) -> Result<Self, &'static Wording> {
        let picture = Picture::read(data).map_err(|error| match error {
            PictureError::OtherFormat => &OTHER_FORMAT,
            PictureError::Damaged => &DAMAGED,
        })?;
        let name = match picture.format {
            PictureFormat::Png => "logo.png",
            PictureFormat::Jpeg => "logo.jpg",
            PictureFormat::Svg => "logo.svg",
        };
        Ok(Self { name, data: picture.data, ratio: picture.ratio })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str =
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>"#;

    fn read(name: &str, data: &[u8]) -> Result<&'static str, String> {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(name), data).unwrap();
        let logo = Logo::read(dir.path(), name);
        logo.map(|logo| logo.name).map_err(|error| error.to_string())
    }

    #[test]
    fn the_format_is_told_by_the_content() {
        assert_eq!(read("휘장.png", SVG.as_bytes()), Ok("logo.svg"));
        assert!(read("a.svg", b"%PDF-1.7").unwrap_err().contains("no SVG, PNG or JPEG"));
        assert!(read("a.svg", b"").unwrap_err().contains("no SVG, PNG or JPEG"));
    }

    #[test]
    fn a_damaged_or_missing_picture_is_named() {
        let error = read("a.png", b"\x89PNG\r\n\x1a\nnothing").unwrap_err();
        assert!(error.contains("a.png") && error.contains("damaged") && error.contains("logo"), "{error}");
        assert!(read("a.svg", b"<svg").unwrap_err().contains("damaged"));
        let dir = tempfile::tempdir().unwrap();
        assert!(Logo::read(dir.path(), "없음.svg").unwrap_err().to_string().contains("no such file"));
    }
}
