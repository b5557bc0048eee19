//! Pictures: formats that Typst supports, and their proportions.

use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

/// A picture that Typst can set.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its format.
    pub format: PictureFormat,
    /// The file.
    pub data: Bytes,
    /// Width divided by height.
    pub ratio: f64,
}

/// Picture formats, detected by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// SVG.
    Svg,
}

/// A picture that cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// It has another format.
    #[error("not an SVG, PNG or JPEG picture")]
    OtherFormat,
    /// It cannot be decoded, or has no size.
    #[error("the picture is damaged")]
    Damaged,
}

impl Picture {
    /// The picture in the file `data`.
    ///
    /// # Errors
    /// When it has another format or is damaged.
    pub fn read(data: Bytes) -> Result<Self, PictureError> {
        let raster = |format: ExchangeFormat| {
            let image = RasterImage::plain(data.clone(), format).ok()?;
            Some((f64::from(image.width()), f64::from(image.height())))
        };
        let (format, size) = if data.starts_with(b"\x89PNG") {
            (PictureFormat::Png, raster(ExchangeFormat::Png))
        } else if data.starts_with(b"\xff\xd8\xff") {
            (PictureFormat::Jpeg, raster(ExchangeFormat::Jpg))
        } else if is_svg(&data) {
            let image = SvgImage::new(data.clone()).ok();
            (PictureFormat::Svg, image.map(|image| (image.width(), image.height())))
        } else {
            return Err(PictureError::OtherFormat);
        };
        let size = size.filter(|(width, height)| width.min(*height) > 0.0);
        let (width, height) = size.ok_or(PictureError::Damaged)?;
        Ok(Self { format, data, ratio: width / height })
    }
}

/// Whether `data` begins like SVG: markup, with the root element near the start.
fn is_svg(data: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&data[..data.len().min(4096)]);
    let start = start.trim_start_matches('\u{feff}').trim_start();
    start.starts_with('<') && start.contains("<svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_told_by_the_content() {
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"><rect width="9" height="9"/></svg>"#;
        let picture = Picture::read(Bytes::from_string(svg)).unwrap();
        assert_eq!((picture.format, picture.ratio), (PictureFormat::Svg, 2.0));
        for (data, error) in [
            (&b"%PDF-1.7"[..], PictureError::OtherFormat),
            (b"", PictureError::OtherFormat),
            (b"\x89PNG\r\n\x1a\nnothing", PictureError::Damaged),
            (b"<svg", PictureError::Damaged),
        ] {
            assert_eq!(Picture::read(Bytes::new(data.to_vec())).unwrap_err(), error);
        }
    }
}
