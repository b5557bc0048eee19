//! `[score]`: how results become achievement, score and grade.

use schemars::JsonSchema;

/// `[score]` of planbook.toml.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Scoring {
    /// The highest achievement that counts, in percent.
    pub cap: f64,
    /// The lowest achievement that counts, in percent.
    pub floor: f64,
    /// How achievement is calculated where lower is better.
    pub lower: Lower,
    /// Grades by achievement.
    pub grades: Vec<Grade>,
}

/// How achievement is calculated where lower is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Lower {
    /// 2 − result ÷ target: a tenth above the target is 90 %, a tenth below it 110 %.
    #[default]
    Complement,
    /// target ÷ result: half the target is 200 %, twice the target 50 %.
    Inverse,
}

impl Lower {
    /// Their names in planbook.toml.
    pub(super) const NAMES: &[(&str, Self)] = &[("complement", Self::Complement), ("inverse", Self::Inverse)];
}

/// A grade and the least achievement for it.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Its name.
    pub name: String,
    /// The least achievement for it, in percent.
    pub from: f64,
}

impl Grade {
    /// The least achievement for it, as a share of 1.
    pub fn share(&self) -> f64 {
        // 99.9 ÷ 100 does not always equal the number written 0.999.
        (self.from * 1e7).round() / 1e9
    }
}

impl Default for Scoring {
    fn default() -> Self {
        let grades = [("S", 110.0), ("A", 100.0), ("B", 90.0), ("C", 80.0), ("D", 0.0)];
        Self {
            cap: 120.0,
            floor: 0.0,
            lower: Lower::default(),
            grades: grades.map(|(name, from)| Grade { name: name.to_owned(), from }).into(),
        }
    }
}

impl Scoring {
    /// The grades, lowest first.
    pub fn ascending(&self) -> Vec<&Grade> {
        let mut grades: Vec<&Grade> = self.grades.iter().collect();
        grades.sort_by(|a, b| a.from.total_cmp(&b.from));
        grades
    }
}
