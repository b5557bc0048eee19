//! What a writer has to tell, in both languages. It prints nothing itself.

use crate::finding::Lang;

/// A line for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Whether it asks for attention; else it is mere news.
    pub is_caution: bool,
    /// Whether it is a detail, is told with the others or in their place.
    pub detail: Detail,
    ko: String,
    en: String,
}

/// When a notice is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Always.
    Always,
    /// Where all details are asked for.
    Full,
    /// Where they are not: it stands for them.
    Brief,
}

impl Notice {
    /// What was done.
    pub fn news(words: impl Fn(Lang) -> String) -> Self {
        Self { is_caution: false, detail: Detail::Always, ko: words(Lang::Ko), en: words(Lang::En) }
    }

    /// What the user should look at.
    pub fn caution(words: impl Fn(Lang) -> String) -> Self {
        Self { is_caution: true, ..Self::news(words) }
    }

    /// The same, told as `detail` says.
    #[must_use]
    pub fn told(self, detail: Detail) -> Self {
        Self { detail, ..self }
    }

    /// The line in `lang`.
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.ko, &self.en)
    }
}
