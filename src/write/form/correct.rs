//! Corrects misprints declared in planbook.toml in the next year's form.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::plan::{Perspective, Plan, Text};
use crate::project::Config;
use crate::text::names::plain_key;

/// The declared misprints, folded, with their corrections.
#[derive(Clone, Debug, Default)]
pub(super) struct Corrections {
    /// `[spellings]`.
    names: BTreeMap<String, Arc<str>>,
    /// `[organisations]`.
    organisations: BTreeMap<String, Arc<str>>,
}

impl Corrections {
    pub(super) fn new(config: &Config) -> Self {
        let folded = |table: &BTreeMap<String, String>| {
            table.iter().map(|(from, to)| (plain_key(from), to.as_str().into())).collect()
        };
        Self { names: folded(&config.spellings), organisations: folded(&config.organisations) }
    }

    /// The declared name of an objective or KPI, else `text` itself.
    pub(super) fn name(&self, text: &Arc<str>) -> Arc<str> {
        self.names.get(&plain_key(text)).unwrap_or(text).clone()
    }

    /// The declared name of an organisation; `known`, if `text` differs from it in spaces and signs alone; else `text`.
    fn organisation(&self, text: &Arc<str>, known: &str) -> Arc<str> {
        let key = plain_key(text);
        match self.organisations.get(&key) {
            Some(declared) => declared.clone(),
            None if !known.is_empty() && key == plain_key(known) => known.into(),
            None => text.clone(),
        }
    }

    /// Corrects the texts of `plan`, whose parent is `parent`.
    pub(super) fn apply(&self, plan: &mut Plan, parent: &str) {
        let put = |text: &mut Text, corrected: Arc<str>| {
            if !text.is_empty() {
                text.text = corrected;
            }
        };
        let own = self.organisation(&plan.own_label.text, &plan.org);
        put(&mut plan.own_label, own);
        let above = self.organisation(&plan.parent_label.text, parent);
        put(&mut plan.parent_label, above);
        plan.sheet = self.organisation(&plan.sheet, &plan.org);
        for row in &mut plan.rows {
            let perspective = self.name(&row.perspective.name);
            if perspective != row.perspective.name {
                let text = row.perspective.text.text.replacen(&*row.perspective.name, &perspective, 1);
                let cell = row.perspective.text.cell;
                row.perspective = Perspective::read(Text { text: text.into(), cell });
            }
            for text in [&mut row.parent_objective, &mut row.parent_kpi, &mut row.objective, &mut row.kpi] {
                let corrected = self.name(&text.text);
                put(text, corrected);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{config, plan};

    #[test]
    fn a_form_hands_no_declared_misprint_on() {
        let config = config(
            "[spellings]\n\"건고싶은 거리환경 개선\" = \"걷고싶은 거리환경 개선\"\n[organisations]\n\"교통부분부장\" = \"교통부본부장\"",
        );
        let mut own = plan("교통부본부장", "도시교통본부")
            .row("시민 (100) | 건고싶은  거리환경 개선 | 지표 | 1 | 목표 | 건고싶은 거리환경 개선 | 1 | 2 | 3 | 4 | 점 | 100 | ")
            .build();
        own.own_label.text = "교통부분부장".into();
        own.parent_label.text = "도 시 교 통 본 부".into();
        Corrections::new(&config).apply(&mut own, "도시교통본부");
        assert_eq!((&*own.own_label.text, &*own.parent_label.text), ("교통부본부장", "도시교통본부"));
        let row = &own.rows[0];
        assert_eq!(
            (&*row.kpi.text, &*row.parent_objective.text),
            ("걷고싶은 거리환경 개선", "걷고싶은 거리환경 개선")
        );
        assert_eq!(&*row.objective.text, "목표");
    }
}
