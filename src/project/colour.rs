//! Colours: parsing, mixing and contrast.

/// A colour: red, green, blue.
pub type Rgb = [u8; 3];

/// White.
pub const WHITE: Rgb = [255; 3];

/// Parses a colour such as `#1f4e79`.
pub fn parse(text: &str) -> Option<Rgb> {
    let digits = text.trim().strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([red, green, blue])
}

/// A colour as `#1f4e79`.
pub fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Mixes two colours; `part` is the share of `other`.
pub fn mixed(one: Rgb, other: Rgb, part: f64) -> Rgb {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
    std::array::from_fn(|i| (f64::from(one[i]) * (1.0 - part) + f64::from(other[i]) * part).round() as u8)
}

/// Contrast ratio of two colours (WCAG 2.2).
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Mixes as little of `ink` into `colour` as makes it readable as text on `ground`. 4.5 is the least
/// contrast that WCAG 2.2 requires (1.4.3).
pub fn readable(colour: Rgb, ink: Rgb, ground: Rgb) -> Rgb {
    let darker = (0..=100).map(|percent| mixed(colour, ink, f64::from(percent) / 100.0));
    darker.into_iter().find(|&colour| contrast(colour, ground) >= 4.5).unwrap_or(ink)
}

/// Relative luminance (WCAG 2.2).
fn luminance(colour: Rgb) -> f64 {
    let linear = colour.map(|channel| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_written_alike() {
        assert_eq!(parse(" #1F4e79 "), Some([0x1f, 0x4e, 0x79]));
        assert_eq!(hex([0x1f, 0x4e, 0x79]), "#1f4e79");
        assert_eq!(["1f4e79", "#1f4e7", "#1f4e7g", "blue"].map(parse), [None; 4]);
    }

    #[test]
    fn black_on_white_has_the_most_contrast() {
        assert!((contrast([0; 3], WHITE) - 21.0).abs() < 1e-9);
        assert!(contrast(readable([0xff, 0xe0, 0x33], [0; 3], WHITE), WHITE) >= 4.5);
        assert_eq!(mixed([0; 3], WHITE, 0.5), [128; 3]);
    }
}
