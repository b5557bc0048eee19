//! The files of the languages: every word gives its role.

use super::language::SOURCES;
use super::*;
use crate::project::config::LabelSettings;
use crate::read::table::vocabulary::Vocabulary;

/// Every word of the files with its role, and whether it only suggests it.
fn every_word() -> Vec<(&'static str, Role, bool)> {
    let mut all = Vec::new();
    for language in LANGUAGES.iter() {
        for (lists, weak) in [(&language.roles, false), (&language.weak, true)] {
            for (id, words) in lists {
                let role = roles().find(|(known, _)| known == id);
                let (_, role) = role.unwrap_or_else(|| panic!("{id} is no role"));
                all.extend(words.iter().map(|word| (word.as_str(), role, weak)));
            }
        }
    }
    all
}

#[test]
fn every_file_is_read() {
    for source in SOURCES {
        let language: LanguageWords = toml::from_str(source).unwrap();
        assert!(language.roles.len() >= 25, "{:?}", language.roles.keys());
    }
}

#[test]
fn every_word_gives_its_role_as_a_heading() {
    let words = Vocabulary::new(&LabelSettings::default());
    let mut wrong = Vec::new();
    for (word, role, weak) in every_word() {
        let label = words.label(word).and_then(|label| label.role);
        // A word of another language or list may come first: then this one is a guess.
        let first =
            WORDS.meanings[&key(word)].iter().find(|meaning| !meaning.weak).map(|meaning| meaning.role);
        if label != first || !words.guess(word).iter().any(|(guess, _)| *guess == role) {
            wrong.push(format!("{word}: {role:?} (weak: {weak}) gives {label:?}, not {first:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_of_two_roles_differ_only_where_this_list_says() {
    let mut conflicts = Vec::new();
    for (word, meanings) in &WORDS.meanings {
        let strong: Vec<String> = meanings
            .iter()
            .filter(|meaning| !meaning.weak)
            .map(|meaning| format!("{:?}", meaning.role))
            .collect();
        if strong.len() > 1 {
            conflicts.push(format!("{word}: {}", strong.join(", ")));
        }
    }
    let known =
        include_str!("conflicts.txt").lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>();
    assert_eq!(conflicts, known, "\n{}\n", conflicts.join("\n"));
}

#[test]
fn a_heading_has_one_key_however_it_is_written() {
    for spellings in [
        &["Name of the Indicator", "name_of_indicator", "NameIndicators"][..],
        &["Nombre del indicador", "NombreIndicador", "nombre_indicadores"],
        &["Línea Estratégica", "linea_estrategica", "LÍNEAS ESTRATÉGICAS"],
        &["responsible_dept", "Responsible Dept", "ResponsibleDept"],
        &["성과 지표", "성과지표", "1. 성과지표", "(1) 성과\n지표", "□ 성과지표", "가. 성과지표"],
        &["ＫＰＩ", "KPI", "kpis", "A. KPI", "Ⅱ. KPI"],
        &["Ação", "ações", "ACAO"],
        &["U.M.", "UM"],
        &["目標 値", "目標値", "（１）目標値"],
    ] {
        let keys: BTreeSet<String> = spellings.iter().map(|text| key(text)).collect();
        assert_eq!(keys.len(), 1, "{keys:?}");
    }
}
