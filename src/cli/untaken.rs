//! What lies among the scorecards and does not count: the same for every command that reads results.

use std::collections::{BTreeMap, BTreeSet};

use planbook::check::why_unreadable;
use planbook::consolidate::City;
use planbook::finding::Lang;
use planbook::score::{Conflict, ForeignScorecard, RowIds};
use planbook::source::visible;
use serde::Serialize;

use super::filled::{Filled, is_scorecard};
use super::ui::Ui;

/// What does not count.
#[derive(Serialize)]
pub struct Untaken {
    /// Scorecards that could not be read, with the reason.
    unreadable: Vec<(String, String)>,
    /// Workbooks in the folder that are no scorecards.
    no_scorecard: Vec<String>,
    /// Rows filled in differently on two scorecards: KPI, the scorecard that counts, the other.
    conflicts: Vec<[String; 3]>,
    /// Results for KPIs that the plans do not have (any more): scorecard and row id.
    unknown: Vec<[String; 2]>,
    /// Scorecards of another year or city.
    elsewhere: Vec<Other>,
}

/// A scorecard of another year or city.
#[derive(Serialize)]
struct Other {
    file: String,
    year: Option<i32>,
    city: String,
    results: usize,
}

/// The name of the KPI in the row `id`, if it is of the plans `asked` for, or of any.
pub fn kpi(id: &str, (city, ids): (&City, &RowIds), asked: Option<&[usize]>) -> Option<String> {
    let row = ids.row(id).filter(|row| is_asked(row.plan, asked));
    row.map(|row| city.row(row).kpi.text.to_string())
}

fn is_asked(plan: usize, asked: Option<&[usize]>) -> bool {
    asked.is_none_or(|asked| asked.contains(&plan))
}

impl Untaken {
    /// What does not count of the plans `asked` for, or of all.
    pub fn of((city, ids): (&City, &RowIds), filled: &Filled, asked: Option<&[usize]>, lang: Lang) -> Self {
        let (entries, files) = (&filled.entries, &filled.files);
        // Whose scorecard it is, its other rows tell.
        let of_others: BTreeSet<&str> = entries
            .rows
            .iter()
            .filter(|(id, _)| ids.row(id).is_some_and(|row| !is_asked(row.plan, asked)))
            .map(|(_, entry)| &*entry.file)
            .collect();
        let unknown = entries.rows.iter().filter(|(id, entry)| {
            ids.row(id).is_none() && !entry.is_blank() && !of_others.contains(&*entry.file)
        });
        let conflict = |Conflict { id, first, other }: &Conflict| {
            Some([kpi(id, (city, ids), asked)?, first.to_string(), other.to_string()])
        };
        Self {
            unreadable: files
                .iter()
                .filter_map(|file| {
                    Some((file.file.to_string(), why_unreadable(file.outcome.as_ref().err()?).text(lang)))
                })
                .collect(),
            no_scorecard: files
                .iter()
                .filter(|file| file.outcome.is_ok() && !is_scorecard(file))
                .map(|file| file.file.to_string())
                .collect(),
            conflicts: entries.conflicts.iter().filter_map(conflict).collect(),
            unknown: unknown.map(|(id, entry)| [entry.file.to_string(), id.clone()]).collect(),
            elsewhere: entries.elsewhere.iter().map(Other::of).collect(),
        }
    }

    /// Says all of it.
    pub fn tell(&self, ui: &Ui) {
        self.tell_conflicts(ui);
        self.tell_elsewhere(ui);
        for (file, reason) in &self.unreadable {
            let (file, reason) = (visible(file), visible(reason));
            ui.note(&ui.lang.pick(
                format!("{file}: 읽을 수 없습니다 ({reason})"),
                format!("{file}: cannot be read ({reason})"),
            ));
        }
        for file in &self.no_scorecard {
            let file = visible(file);
            ui.note(&ui.lang.pick(
                format!("{file}: planbook이 만든 성과표가 아니어서 지나쳤습니다"),
                format!("{file} is no scorecard made by planbook and was passed over"),
            ));
        }
    }

    /// Results that contradict each other, or have no KPI.
    fn tell_conflicts(&self, ui: &Ui) {
        for [kpi, first, other] in &self.conflicts {
            let (kpi, first, other) = (visible(kpi), visible(first), visible(other));
            ui.note(&ui.lang.pick(
                format!("{kpi}: {first}, {other}의 결과가 다릅니다. {first}의 것을 썼습니다"),
                format!("{kpi}: {first} and {other} give different results; the one of {first} counts"),
            ));
        }
        let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
        for [file, _] in &self.unknown {
            *unknown.entry(file).or_default() += 1;
        }
        for (file, count) in unknown {
            let file = visible(file);
            ui.note(&ui.lang.pick(
                format!("{file}: 지금 계획에 없는 지표의 결과가 {count}개 있습니다(지표나 목표의 이름이 바뀌었을 수 있습니다)"),
                format!("{file}: {count} results are for KPIs that the plan does not have now; they may have been renamed"),
            ));
        }
    }

    fn tell_elsewhere(&self, ui: &Ui) {
        let mut elsewhere: BTreeMap<(Option<i32>, &str), (usize, usize)> = BTreeMap::new();
        for other in &self.elsewhere {
            let (files, results) = elsewhere.entry((other.year, &other.city)).or_default();
            *files += 1;
            *results += other.results;
        }
        for ((year, city), (files, results)) in elsewhere {
            let city = if city.is_empty() { String::new() } else { format!("{} ", visible(city)) };
            let year =
                year.map(|year| ui.lang.pick(format!("{year}년"), year.to_string())).unwrap_or_default();
            ui.note(&ui.lang.pick(
                format!("{city}{year} 성과표 {files}개(적은 결과 {results}개)는 쓰지 않았습니다"),
                format!("{files} scorecards of {city}{year} ({results} results on them) do not count"),
            ));
        }
    }
}

impl Other {
    fn of(other: &ForeignScorecard) -> Self {
        let ForeignScorecard { file, year, city, results } = other;
        Self { file: file.to_string(), year: *year, city: city.to_string(), results: *results }
    }
}
