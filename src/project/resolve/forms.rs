//! `[[forms]]`: forms known by their headings.

use std::collections::BTreeMap;

use super::complaint::Cause;
use super::kinds::filled;
use super::section::{Section, SettingValue, list, named, one_of, placed, switch, table, text};
use crate::finding::Wording;
use crate::project::config::Config;
use crate::project::forms::{FormEntry, FormRole, TableShape, role_ids};
use crate::project::near::near;

static ROLE: Wording = Wording {
    ko: "열의 뜻이 아닙니다: `{value}`. 쓸 수 있는 말: {known}. 값에는 연도와 기간을 붙일 수 있습니다 (예: target 2026, actual 2025 Q1, 2026년 목표)",
    en: "`{value}` is no role of a column; known: {known}; values may have a year and a part of it (such as target 2026, actual 2025 Q1)",
};
static ROLE_NEAR: Wording = Wording {
    ko: "열의 뜻이 아닙니다: `{value}`. 혹시 `{near}`입니까?",
    en: "`{value}` is no role of a column; did you mean `{near}`?",
};
static NO_HEADING: Wording = Wording {
    ko: "서식을 알아볼 머리글을 하나 이상 적어야 합니다",
    en: "give at least one heading by which the form is known",
};
static TWICE: Wording = Wording {
    ko: "한 서식에서 `{role}` 열은 하나뿐입니다: `{one}`, `{other}`. 하나는 extra(그대로 둠)나 aside(읽지 않음)로 적으십시오",
    en: "a form has one column `{role}`: `{one}`, `{other}`; make one of them extra (kept) or aside (not read)",
};
static TWINS: Wording = Wording {
    ko: "두 서식의 이름이나 머리글이 같습니다: `{name}`. 하나를 지우거나 고치십시오",
    en: "two forms have the same name or the same headings: `{name}`; delete or change one of them",
};

impl FormEntry {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let mut form = Self::default();
        section.set("name", &mut form.name, filled);
        let before = section.complaints();
        section.set("headings", &mut form.headings, list(filled));
        if section.has("headings") && section.complaints() == before && form.headings.is_empty() {
            section.complain("headings", NO_HEADING.with([]));
        }
        section.set("roles", &mut form.roles, named(role));
        section.set("shape", &mut form.shape, one_of(TableShape::NAMES));
        section.set("not_a_plan", &mut form.not_a_plan, switch);
        section.require(&["name", "headings"]);
        form.complain_of_twice(section);
        form
    }

    /// A column of the plan table is read from one column of the form.
    fn complain_of_twice(&self, section: &mut Section<'_>) {
        let mut met: BTreeMap<FormRole, &str> = BTreeMap::new();
        for (heading, role) in &self.roles {
            if !matches!(role, FormRole::Column(_)) {
                continue;
            }
            if let Some(one) = met.insert(*role, heading) {
                let facts = [("role", role.to_string()), ("one", one.to_owned()), ("other", heading.clone())];
                section.complain("roles", TWICE.with(facts));
            }
        }
    }
}

impl Config {
    pub(super) fn read_forms(&mut self, section: &mut Section<'_>) {
        let mut entries = Vec::new();
        section.set("forms", &mut entries, list(placed(table(FormEntry::read))));
        for (span, form) in entries {
            // Two forms of one name, or known by the same headings, cannot be told apart.
            let is_twin = |other: &FormEntry| other.name == form.name || other.keys() == form.keys();
            if self.forms.iter().any(is_twin) {
                section.complain_at(span, TWINS.with([("name", form.name.clone())]), Cause::Value);
            }
            self.forms.push(form);
        }
    }
}

/// A role; `None` if the text is none.
fn role(value: &mut SettingValue<'_>) -> Option<FormRole> {
    let text = text(value)?;
    let known = role_ids();
    FormRole::parse(&text).or_else(|| {
        let (kind, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        // `taget 2026`: the year stays.
        let meant = near(&text, &known).map(str::to_owned);
        let meant =
            meant.or_else(|| near(kind, &known).map(|near| format!("{near} {rest}").trim().to_owned()));
        let value_is = ("value", text.clone());
        value.complain(match meant.filter(|meant| FormRole::parse(meant).is_some()) {
            Some(near) => ROLE_NEAR.with([value_is, ("near", near)]),
            None => ROLE.with([value_is, ("known", known.join(", "))]),
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::finding::Lang;
    use crate::project::Config;

    const FORM: &str = "[[forms]]\nname = \"서식 1\"\nheadings = [\"사업명\", \"2026년 목표\"]\n";

    #[test]
    fn a_form_is_read_with_korean_and_english_roles() {
        let text = format!(
            "{FORM}shape = \"list\"\n[forms.roles]\n\"사업명\" = \"성과지표\"\n\"2026년 목표\" = \"target 2026\"\n"
        );
        let form = &Config::parse(&text).unwrap().forms[0];
        let roles: Vec<String> = form.roles.values().map(ToString::to_string).collect();
        assert_eq!(roles, ["target 2026", "kpi"]);
    }

    #[test]
    fn what_is_wrong_with_a_form_is_told_where_it_stands() {
        for (text, at, instead) in [
            (format!("{FORM}[forms.roles]\n\"사업명\" = \"kpii\"\n"), (5, 9), Some("\"사업명\" = \"kpi\"")),
            (
                format!("{FORM}[forms.roles]\n\"사업명\" = \"taget 2026\"\n"),
                (5, 9),
                Some("\"사업명\" = \"target 2026\""),
            ),
            (format!("{FORM}[forms.roles]\n사업명 = kpi\n"), (5, 1), Some("\"사업명\" = \"kpi\"")),
            (format!("{FORM}[forms.roles]\n\"사업명\" = \"뭔가 다른 것\"\n"), (5, 9), None),
            (format!("{FORM}[forms.roles]\n\"가\" = \"kpi\"\n\"나\" = \"지표\"\n"), (4, 8), None),
            (format!("{FORM}계획이 아님 = 예\n"), (4, 1), Some("not_a_plan = true")),
            (format!("{FORM}shape = \"lst\"\n"), (4, 9), Some("shape = \"list\"")),
            (FORM.replace("[[forms]]", "[forms]"), (1, 1), Some("[[forms]]")),
            (FORM.replace("[[forms]]", "[[서식]]"), (1, 3), Some("[[forms]]")),
            ("[[forms]]\nheadings = [\"가\"]\n".to_owned(), (1, 1), None),
            ("[[forms]]\nname = \"가\"\nheadings = []\n".to_owned(), (3, 12), None),
            (format!("{FORM}{}", FORM.replace("서식 1", "서식 2").replace("2026", "2027")), (4, 1), None),
        ] {
            let faults = Config::parse(&text).unwrap_err();
            assert_eq!((faults[0].line, faults[0].column), at, "{text}\n{faults:#?}");
            let mended = faults.iter().find_map(|fault| fault.instead.as_deref());
            assert_eq!(mended, instead, "{text}\n{faults:#?}");
            assert!(faults.iter().all(|fault| fault.message.text(Lang::Ko).chars().any(|c| c >= '가')));
        }
    }
}
