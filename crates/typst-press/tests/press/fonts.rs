//! Fonts: the choice, and the report on unavailable ones.

use std::path::PathBuf;

use typst_press::{FontError, UnavailableFont};

use super::*;

#[test]
fn a_family_that_is_not_there_is_told_with_the_names_that_are_near() {
    let known = fonts().families()[0].clone();
    let wished = [format!("{known}k"), known.to_uppercase()];
    let fonts = Fonts::find(&Script::LATIN, &wished, &FontSources::default()).unwrap();
    let [UnavailableFont::NotFound { family, near }] = fonts.unavailable() else {
        panic!("{:?}", fonts.unavailable())
    };
    assert_eq!((family, near.contains(&known)), (&wished[0], true));
    assert_eq!(fonts.families()[0], known, "case does not matter");
}

#[test]
fn private_letters_are_missing_and_invisible_ones_are_not() {
    let missing = fonts().missing(["a\u{200b}\u{feff} \u{10FFFD}x"]);
    assert_eq!(missing.into_iter().collect::<Vec<_>>(), ['\u{10FFFD}']);
    assert!(fonts().shows(fonts().substitute()));
    assert_eq!(fonts().advance('\u{200b}'), 0.0);
    assert!(fonts().advance('W') > fonts().advance('i'));
}

#[test]
fn without_fonts_and_without_their_folder_the_error_says_so() {
    let find = |folder: PathBuf| {
        let sources = FontSources { folder: Some(folder), embedded: &[], system: false };
        Fonts::find(&Script::KOREAN, &[], &sources).err()
    };
    let empty = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(find(empty), Some(FontError::NoFont { sample: Script::KOREAN.sample }));
    let gone = PathBuf::from("no such folder");
    assert_eq!(find(gone.clone()), Some(FontError::NoFolder(gone)));
}
