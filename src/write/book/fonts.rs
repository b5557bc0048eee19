//! The fonts of a book: for the script it is written in, and the families that planbook.toml names.

use std::path::PathBuf;

use typst_press::{FontError, FontSources, Fonts, Script, UnavailableFont};

use super::{BookError, embedded};
use crate::consolidate::Context;
use crate::finding::{Lang, Wording};
use crate::source::escape_controls;

/// Returns the fonts of `folder`, of this program and of the system.
pub fn font_sources(folder: Option<PathBuf>) -> FontSources {
    FontSources { folder, embedded: embedded::FILES, system: true }
}

/// Looks for the fonts of the book of `context` in `sources`.
///
/// # Errors
/// When the folder cannot be opened, or no font shows the book's script.
pub fn find_fonts(context: &Context<'_>, lang: Lang, sources: &FontSources) -> Result<Fonts, BookError> {
    let hangul = lang == Lang::Ko || has_hangul(context);
    let script = if hangul { &Script::KOREAN } else { &Script::LATIN };
    Fonts::find(script, &context.config.book.fonts, sources).map_err(|error| match error {
        FontError::NoFolder(folder) => BookError::NoFontFolder { folder: folder.display().to_string() },
        FontError::NoFont { .. } if hangul => BookError::NoFont,
        FontError::NoFont { .. } => BookError::NoFontAtAll,
    })
}

/// Whether anything in the plans of `context` is written in Hangul.
fn has_hangul(context: &Context<'_>) -> bool {
    let hangul = |text: &str| text.chars().any(|c| matches!(c, '가'..='힣' | 'ㄱ'..='ㆎ' | 'ᄀ'..='ᇿ'));
    let city = context.city;
    hangul(&city.name) || city.plans.iter().any(|plan| plan.printed().any(|text| hangul(text.text)))
}

static NOT_FOUND: Wording = Wording {
    ko: "planbook.toml에 적은 글꼴 {family|이/가} 이 컴퓨터에 없습니다. 비슷한 이름의 글꼴: {near}",
    en: "the font {family} named in planbook.toml is not installed here; the nearest names: {near}",
};
static LACKS_SCRIPT: Wording = Wording {
    ko: "planbook.toml에 적은 글꼴 {family}에는 한글이 없어 쓰지 않았습니다",
    en: "the font {family} named in planbook.toml does not have the letters of the book and was not used",
};

/// Returns the message about a font that planbook.toml names but that is not used, in `lang`.
pub fn unavailable(font: &UnavailableFont, lang: Lang) -> String {
    let message = match font {
        UnavailableFont::NotFound { family, near } => {
            NOT_FOUND.with([("family", escape_controls(family)), ("near", escape_controls(&near.join(", ")))])
        }
        UnavailableFont::LacksScript { family } => LACKS_SCRIPT.with([("family", escape_controls(family))]),
    };
    message.text(lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{city, config, consistent_city, plan};

    #[test]
    fn a_family_that_is_not_there_is_told_with_the_names_that_are_near() {
        let config = config("[book]\nfonts = ['NanumGothik']");
        let city = city(consistent_city(), &config);
        let context = Context { city: &city, config: &config };
        let fonts = find_fonts(&context, Lang::Ko, &FontSources::default()).unwrap();
        let [font] = fonts.unavailable() else { panic!("{:?}", fonts.unavailable()) };
        let told = unavailable(font, Lang::Ko);
        assert!(told.contains("NanumGothik가 이 컴퓨터에 없습니다") && !told.ends_with(": "), "{told}");
    }

    #[test]
    fn a_plan_in_english_alone_asks_for_no_korean_font() {
        let plans =
            vec![plan("Roads", "Springfield").row("A | B | C | 1 | D | E | 1 | 2 | 3 | 4 | F | 100 | ")];
        let config = Config::default();
        let english = city(plans, &config);
        let context = Context { city: &english, config: &config };
        // The test plans have Korean titles.
        assert_eq!(has_hangul(&context), english.plans[0].title.text.contains('균'));
        assert!(has_hangul(&Context { city: &city(consistent_city(), &config), config: &config }));
    }
}
