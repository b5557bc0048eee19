use super::house::{INK, PERSPECTIVES, SEVERITIES};
use super::*;
use crate::finding::Severity;
use crate::project::colour::{WHITE, contrast};
use crate::testing::config;

#[test]
fn every_style_and_setting_has_its_own_place() {
    let style = Style::default();
    let formats = Formats::of(style.clone());
    for own in CellStyle::all() {
        for set in CellFormat::all() {
            assert_eq!(*formats.cell(own, set), set.apply(own.format(&style), &style));
        }
    }
}

#[test]
fn planbook_toml_changes_fonts_colours_and_numbers() {
    let style = Style::of(&config(
        "[style]\nfont = \"함초롬돋움\"\naccent = \"#ffe033\"\n[style.severity]\nwarning = \"#ffeb3b\"\n\
         [style.perspectives]\n\"내부 프로세스\" = \"#123456\"\n[style.numbers]\nscore = \"0.000\"\n",
    ));
    assert_eq!((style.font.as_str(), style.numbers.score.as_str()), ("함초롬돋움", "0.000"));
    assert_eq!((style.accent, style.on_accent), ([0xff, 0xe0, 0x33], INK));
    assert!(contrast(style.title, WHITE) >= 4.5);
    assert_eq!(style.perspective("내부프로세스", 3), [0x12, 0x34, 0x56]);
    assert_eq!(style.perspective("시민", 7), PERSPECTIVES[1]);
    assert_eq!(style.severity(Severity::Error), SEVERITIES[0]);
    let warning = style.severity(Severity::Warning);
    assert!(contrast(warning.ink, warning.fill) >= 4.5 && contrast(warning.mark, WHITE) >= 1.15);
    assert_ne!(warning.mark, WHITE);
}

#[test]
fn whatever_the_colour_text_on_it_can_be_read() {
    for colour in [[0, 0, 0], [0xff, 0, 0], [0, 0, 0xff], [0, 0xff, 0], [0xff, 0xff, 0x99], [0x80; 3]] {
        let tints = SeverityColours::tints_of(colour);
        assert!(contrast(tints.ink, tints.fill) >= 4.5, "{tints:?}");
        assert!(contrast(INK, tints.mark) >= 4.5, "{tints:?}");
    }
}
