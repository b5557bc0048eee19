//! Scores of rows, perspectives, plans, bureaus and the city.

use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::edit::{EditedField, IgnoredEdit};
use super::entry::{Entered, Entries, Entry, ManualAchievement};
use super::ids::RowIds;
use super::measure::{ManualReason, Measure, TargetRule, measure_with};
use super::result::{self, Doubt};
use super::rules::{self as score_rules, within_limits};
use crate::consolidate::{City, Context, RowId};
use crate::plan::value::{Number, show_amount};
use crate::plan::{Indicator, Plan, PlanId};
use crate::project::Polarities;
use crate::project::scoring::Scoring;

/// The score of a row.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RowScore {
    /// Position in the plan, from 0.
    pub row: usize,
    /// The KPI.
    pub kpi: String,
    /// The target of the plan year as written.
    pub target: String,
    /// The result as entered; none where it is missing.
    pub result: Option<String>,
    /// The weight in percent of the plan; none where the plan has none.
    pub weight: Option<f64>,
    /// The achievement, a share.
    pub achievement: Option<f64>,
    /// Weight × achievement.
    pub score: Option<f64>,
    /// The grade by achievement; empty where there is none.
    pub grade: String,
    /// Why the achievement must be entered by hand.
    pub by_hand: Option<ManualReason>,
    /// Whether the achievement was entered by hand, which overrides the calculated one.
    pub typed: bool,
    /// The text entered in the achievement cell: a share, or words, which do not count.
    pub given: Option<String>,
    /// Changes on the scorecard that do not count.
    pub edited: Vec<IgnoredEdit>,
    /// Whether the plan's figures have changed since the scorecard was made.
    pub changed: bool,
    /// Whether any scorecard has this row.
    pub on_scorecard: bool,
    /// Why the result is doubtful; none where it looks right.
    pub doubt: Option<Doubt>,
    /// Whether the result is text although the target needs a number.
    #[serde(skip)]
    pub is_words: bool,
    /// Whether a percentage may have been entered as a share: 0.97 for 97 %. The achievement is then close to
    /// 0.
    #[serde(skip)]
    pub looks_like_fraction: bool,
}

/// Tolerance for comparing shares.
const SAME: f64 = 1e-9;

/// The highest achievement at which a percentage entered as a share is suspected.
const SUSPICIOUS_ACHIEVEMENT: f64 = 0.05;

/// Sums over rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Tally {
    /// How many rows.
    pub rows: usize,
    /// How many of them have an achievement.
    pub scored: usize,
    /// The sum of weights.
    pub weight: f64,
    /// The sum of the weights of rows that have an achievement.
    pub scored_weight: f64,
    /// The sum of scores.
    pub score: f64,
}

/// A perspective of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PerspectiveScore {
    /// Its name.
    pub perspective: String,
    /// The sums over its rows.
    pub tally: Tally,
    /// The weighted achievement, a share; none where nothing is scored.
    pub achievement: Option<f64>,
    /// Its grade.
    pub grade: String,
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PlanScore {
    /// Position in book order, from 1.
    pub plan: usize,
    /// The organisation.
    pub org: String,
    /// Steps below the city: 0 for a plan right under it.
    pub depth: usize,
    /// The sums over its rows.
    pub tally: Tally,
    /// The weighted achievement, a share; none where nothing is scored.
    pub achievement: Option<f64>,
    /// Its grade.
    pub grade: String,
    /// The mean achievement over this plan and all plans below it that have one.
    pub with_offices: Option<f64>,
    /// How many plans the mean covers.
    pub offices: usize,
    /// Its perspectives.
    pub perspectives: Vec<PerspectiveScore>,
    /// Its rows.
    pub rows: Vec<RowScore>,
}

/// The city.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CityScore {
    /// Its name.
    pub city: String,
    /// The plan year.
    pub year: i32,
    /// The mean achievement of the plans that have one.
    pub achievement: Option<f64>,
    /// How many plans the mean covers.
    pub scored_plans: usize,
    /// Its grade.
    pub grade: String,
    /// The plans, in book order.
    pub plans: Vec<PlanScore>,
}

/// The sums over `rows`.
pub fn tally<'a>(rows: impl Iterator<Item = &'a RowScore>) -> Tally {
    let mut tally = Tally::default();
    for row in rows {
        tally.rows += 1;
        let weight = row.weight.unwrap_or(0.0);
        tally.weight += weight;
        if row.achievement.is_some() {
            tally.scored += 1;
            tally.scored_weight += weight;
        }
        tally.score += row.score.unwrap_or(0.0);
    }
    tally
}

impl Tally {
    /// The weighted achievement, a share; none where nothing is scored.
    pub fn achievement(&self) -> Option<f64> {
        (self.scored_weight > 0.0).then(|| self.score / self.scored_weight)
    }
}

/// Runs of rows with the same perspective: the groups of a scorecard.
pub fn groups(plan: &Plan) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (index, row) in plan.rows.iter().enumerate() {
        let same =
            |last: &Range<usize>| plan.rows[last.start].perspective.text.text == row.perspective.text.text;
        match groups.last_mut() {
            Some(last) if same(last) => last.end = index + 1,
            _ => groups.push(index..index + 1),
        }
    }
    groups
}

/// The score of the row `id` from its `measure` and `entry`.
pub fn row_score(
    city: &City,
    id: RowId,
    measure: &Measure,
    entry: Option<&Entry>,
    state: &str,
    rules: &Scoring,
) -> RowScore {
    let row = city.row(id);
    let reckoned = entry.and_then(Entry::number).and_then(|result| measure.rule.reached(result, rules));
    // A whole sheet pasted as values holds only what the formulas calculated.
    let is_other = |given: &&ManualAchievement| {
        given.share.zip(reckoned).is_none_or(|(share, reckoned)| (share - reckoned).abs() > SAME)
    };
    let given = given(measure.rule, entry).filter(is_other);
    let share = given.and_then(|given| given.share);
    let achievement = share.map(|share| within_limits(share, rules)).or(reckoned);
    let result = entry.and_then(|entry| entry.result.as_ref()).map(|result| match result {
        Entered::Number(number) => number.to_string(),
        Entered::Text(text) => text.to_string(),
    });
    let in_percent = row.unit.text.text.contains(['%', '％']);
    let of_result = || entry.and_then(Entry::number).and_then(|number| result::doubt(city, id, number));
    let no_share = given.is_some() && share.is_none_or(|share| is_beyond(share, rules));
    let doubt = if no_share { Some(Doubt::NoShare) } else { of_result() };
    let small = entry.and_then(Entry::number).is_some_and(|number| number > 0.0 && number <= 1.0);
    let mut score = RowScore {
        row: id.row,
        kpi: row.kpi.text.to_string(),
        target: city.value(id, city.year).map_or_else(String::new, |value| value.text.text.to_string()),
        result,
        weight: row.weight.percent,
        achievement,
        score: achievement.map(|share| row.weight.percent.unwrap_or(0.0) * share),
        grade: achievement.map_or("", |share| score_rules::grade(share, rules)).to_owned(),
        by_hand: match measure.rule {
            TargetRule::Manual(why) => Some(why),
            _ => None,
        },
        typed: share.is_some(),
        given: given.map(|given| given.text.to_string()),
        edited: Vec::new(),
        changed: entry.is_some_and(|entry| entry.state != state),
        on_scorecard: entry.is_some(),
        doubt,
        is_words: !matches!(measure.rule, TargetRule::Manual(_))
            && entry.is_some_and(|entry| matches!(entry.result, Some(Entered::Text(_)))),
        looks_like_fraction: in_percent
            && small
            && achievement.is_some_and(|share| share < SUSPICIOUS_ACHIEVEMENT),
    };
    let changes = entry.map_or(&[][..], |entry| &entry.changes);
    score.edited = changes.iter().filter_map(|change| IgnoredEdit::of(change, &score, row)).collect();
    score
}

impl RowScore {
    /// The result as displayed: large numbers with separators, unless the target is a large number without
    /// them.
    pub fn shown_result(&self) -> Option<String> {
        let result = self.result.as_ref()?;
        let is_large =
            |text: &str| text.trim_start_matches('-').bytes().take_while(u8::is_ascii_digit).count() > 3;
        let number = result.parse().ok().filter(|_| is_large(result) && !is_large(self.target.trim()));
        Some(number.map_or_else(|| result.clone(), show_amount))
    }
}

/// The achievement entered by hand: a share, or words. Beside a numeric result it may be the formula's,
/// unless the entry is known to be typed.
fn given(aim: TargetRule, entry: Option<&Entry>) -> Option<&ManualAchievement> {
    let follows = entry?.number().is_some() && !matches!(aim, TargetRule::Manual(_));
    entry?.given.as_ref().filter(|given| given.typed || !follows)
}

fn is_beyond(share: f64, rules: &Scoring) -> bool {
    (within_limits(share, rules) - share).abs() > SAME
}

/// The scores of the whole city.
pub fn evaluate(context: &Context<'_>, entries: &Entries) -> CityScore {
    let Context { city, config } = *context;
    let rules = &config.score;
    let ids = RowIds::of(city);
    let polarities = Polarities::new(config, &city.names);
    let mut plans: Vec<PlanScore> = city
        .plan_ids()
        .map(|plan| {
            let row = |row: usize| {
                let id = RowId { plan, row };
                let key = ids.key(id);
                let measure = measure_with(city, id, &polarities);
                row_score(city, id, &measure, entries.rows.get(&key.id), &key.state, rules)
            };
            plan_score(city, plan, (0..city.plans[plan].rows.len()).map(row).collect(), rules)
        })
        .collect();
    let own: Vec<Option<f64>> = plans.iter().map(|plan| plan.achievement).collect();
    for (plan, score) in city.plan_ids().zip(&mut plans) {
        let below = subtree(city, plan);
        (score.with_offices, score.offices) = mean(below.into_iter().filter_map(|plan| own[plan]));
    }
    let (achievement, scored_plans) = mean(own.into_iter().flatten());
    CityScore {
        city: city.name.to_string(),
        year: city.year,
        achievement,
        scored_plans,
        grade: achievement.map_or("", |share| score_rules::grade(share, rules)).to_owned(),
        plans,
    }
}

fn plan_score(city: &City, plan: PlanId, rows: Vec<RowScore>, rules: &Scoring) -> PlanScore {
    let tally = self::tally(rows.iter());
    let achievement = tally.achievement();
    let grade = |share: Option<f64>| share.map_or("", |share| score_rules::grade(share, rules)).to_owned();
    let perspectives = groups(&city.plans[plan])
        .into_iter()
        .map(|group| {
            let tally = self::tally(rows[group.clone()].iter());
            let perspective = &city.plans[plan].rows[group.start].perspective;
            PerspectiveScore {
                perspective: perspective.name.to_string(),
                tally,
                achievement: tally.achievement(),
                grade: grade(tally.achievement()),
            }
        })
        .collect();
    PlanScore {
        plan: plan.number(),
        org: city.plans[plan].org.to_string(),
        depth: city.ancestors(plan).len(),
        tally,
        achievement,
        grade: grade(achievement),
        with_offices: None,
        offices: 0,
        perspectives,
        rows,
    }
}

/// The plan and all plans below it. Parents never form a circle.
fn subtree(city: &City, plan: PlanId) -> Vec<PlanId> {
    let mut found = vec![plan];
    let mut at = 0;
    while let Some(&next) = found.get(at) {
        found.extend(&city.nodes[next].children);
        at += 1;
    }
    found
}

/// The mean of `shares` and their number. Every plan counts the same, however many KPIs it has.
fn mean(shares: impl Iterator<Item = f64>) -> (Option<f64>, usize) {
    let (sum, count) = shares.fold((0.0, 0usize), |(sum, count), share| (sum + share, count + 1));
    #[allow(clippy::cast_precision_loss, reason = "plans are few")]
    let mean = (count > 0).then(|| sum / count as f64);
    (mean, count)
}

/// Tolerance for scores, which are shown with two decimals.
const SAME_SCORE: f64 = 0.006;

impl IgnoredEdit {
    /// The edit in a row with this score. None where the value on the scorecard equals the one that counts,
    /// for example after a whole sheet was pasted as values.
    fn of((what, there): &(EditedField, Arc<str>), row: &RowScore, own: &Indicator) -> Option<Self> {
        let counts = match what {
            EditedField::Target => row.target.clone(),
            EditedField::Unit => own.unit.text.text.to_string(),
            EditedField::Weight => own.weight.text.text.to_string(),
            EditedField::Score => row.score.map_or_else(String::new, |score| format!("{score:.2}")),
            EditedField::Grade => row.grade.clone(),
        };
        let is_near = |score: f64| {
            Number::parse_plain(there.trim()).is_some_and(|there| (there - score).abs() < SAME_SCORE)
        };
        let is_same = match what {
            EditedField::Score => row.score.is_some_and(is_near),
            _ => there.trim() == counts.trim(),
        };
        (!is_same).then(|| Self { what: *what, there: there.to_string(), counts })
    }
}
