//! The number of findings of each organisation, as a table shown before the findings.

use std::collections::BTreeMap;

use planbook::finding::{Finding, Severity};
use planbook::pipeline::Run;
use planbook::project::Config;
use planbook::source::escape_controls;
use planbook::text::names::NameKey;

use super::filter::org_key;
use super::table::{Align, TextTable};
use super::ui::Ui;

/// Errors, warnings, infos, waived.
type FindingCounts = [usize; 4];

/// Returns a row for the total, then one for each organisation in roster order; organisations not on the
/// roster follow in book order, then workbooks without an organisation. Empty where there is no finding.
pub fn table(findings: &[Finding], run: &Run, config: &Config, ui: &Ui) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let city = &run.city;
    let roster: Vec<NameKey> = config.roster.iter().map(|name| org_key(name, city, config)).collect();
    let mut all = FindingCounts::default();
    let mut lines: BTreeMap<(usize, usize, String), FindingCounts> = BTreeMap::new();
    for finding in findings {
        let place = finding.org.as_ref().map(|org| {
            let key = city.names.key(org);
            let rank = roster.iter().position(|name| *name == key).unwrap_or(roster.len());
            (rank, city.org_keys().position(|name| *name == key).unwrap_or(usize::MAX))
        });
        let (rank, plan) = place.unwrap_or((usize::MAX, usize::MAX));
        let name = escape_controls(finding.org.as_ref().unwrap_or(&finding.at.file));
        let counts = lines.entry((rank, plan, name)).or_default();
        for counts in [counts, &mut all] {
            counts[column_of(finding)] += 1;
        }
    }
    let lang = ui.lang;
    let headings = lang.pick(
        ["조직", "오류", "경고", "참고", "유예"],
        ["Organisation", "Errors", "Warnings", "Infos", "Waived"],
    );
    let align = |at: usize| if at == 0 { Align::Left } else { Align::Right };
    let mut table =
        TextTable::new(headings.into_iter().enumerate().map(|(at, heading)| (heading, align(at))));
    let total = lang.pick("합계", "Total").to_owned();
    let lines = lines.into_iter().map(|((_, _, name), counts)| (name, counts));
    for (name, counts) in [(total, all)].into_iter().chain(lines) {
        let shown = counts.map(|count| if count == 0 { String::new() } else { count.to_string() });
        table.row([name].into_iter().chain(shown));
    }
    table.render(ui.width, |text| ui.out.bold(text)) + "\n"
}

fn column_of(finding: &Finding) -> usize {
    match finding.severity {
        _ if finding.waived.is_some() => 3,
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}
