//! Selects findings by organisation, check or workbook.

use std::path::Path;
use std::sync::Arc;

use planbook::consolidate::City;
use planbook::finding::{Code, Finding, UnknownCode};
use planbook::pipeline::Run;
use planbook::project::Config;
use planbook::read::Submission;
use planbook::text::names::{self, NameKey};

use super::args;
use super::error::CommandError;

/// Options of the commands that show findings.
#[derive(Debug, Default, clap::Args)]
pub struct FilterArgs {
    /// See `help`.
    #[arg(
        long,
        value_name = "조직 | NAME",
        value_parser = args::text,
        help = "이 조직의 지적 사항만 보여 줍니다. 여러 번 적어도 됩니다 | Only findings of this organisation; may be given several times"
    )]
    pub org: Vec<String>,
    /// See `help`.
    #[arg(
        long,
        value_name = "코드,… | CODE,…",
        value_parser = args::text,
        help = "이 점검의 지적 사항만 보여 줍니다 (예: W101,T406) | Only findings of these checks, such as W101,T406"
    )]
    pub code: Vec<String>,
    /// See `help`.
    #[arg(
        long,
        value_name = "파일 | FILE",
        value_parser = args::text,
        help = "이 통합 문서의 지적 사항만 보여 줍니다. 여러 번 적어도 됩니다 | Only findings in this workbook; may be given several times"
    )]
    pub file: Vec<String>,
}

impl FilterArgs {
    /// Whether all findings are wanted.
    pub fn is_empty(&self) -> bool {
        self.org.is_empty() && self.code.is_empty() && self.file.is_empty()
    }

    /// Returns the checks asked for; this needs no workbook to be read.
    pub fn codes(&self) -> Result<Vec<Code>, UnknownCode> {
        self.code.iter().flat_map(|words| args::listed(words)).map(args::code).collect()
    }

    /// Returns the findings of `run` that the options select.
    pub fn findings(&self, run: &Run, config: &Config) -> Result<Vec<Finding>, CommandError> {
        let filter = Filter {
            city: &run.city,
            orgs: self.org.iter().map(|org| known_org(org, run, config)).collect::<Result<_, _>>()?,
            codes: self.codes()?,
            files: self.files(run)?,
        };
        Ok(run.findings.iter().filter(|finding| filter.takes(finding)).cloned().collect())
    }

    fn files(&self, run: &Run) -> Result<Vec<Arc<str>>, CommandError> {
        let mut files = Vec::new();
        for name in &self.file {
            let known = known_files(name, run);
            if known.is_empty() {
                return Err(CommandError::NoSuchWorkbook { name: name.clone(), near: near_files(name, run) });
            }
            files.extend(known);
        }
        Ok(files)
    }
}

/// The selection; an empty list selects all.
struct Filter<'a> {
    city: &'a City,
    orgs: Vec<NameKey>,
    codes: Vec<Code>,
    files: Vec<Arc<str>>,
}

impl Filter<'_> {
    fn takes(&self, finding: &Finding) -> bool {
        (self.codes.is_empty() || self.codes.contains(&finding.rule))
            && (self.files.is_empty() || self.files.contains(&finding.at.file))
            && (self.orgs.is_empty() || self.is_of_org(finding))
    }

    /// Whether a finding concerns a selected organisation. A finding about a whole workbook concerns every
    /// organisation with a plan in it.
    fn is_of_org(&self, finding: &Finding) -> bool {
        let wanted = |key: &NameKey| self.orgs.contains(key);
        match &finding.org {
            Some(org) => wanted(&self.city.names.key(org)),
            None => {
                let plans = self.city.plans.iter().zip(self.city.org_keys());
                plans.filter(|(plan, _)| plan.file == finding.at.file).any(|(_, key)| wanted(key))
            }
        }
    }
}

/// Returns the key by which the organisation `name` is compared, resolving the other names in planbook.toml.
pub fn org_key(name: &str, city: &City, config: &Config) -> NameKey {
    let key = city.names.key(name);
    let other = config.organisations.iter().find(|(printed, _)| city.names.key(printed) == key);
    other.map_or(key, |(_, name)| city.names.key(name))
}

fn known_org(name: &str, run: &Run, config: &Config) -> Result<NameKey, CommandError> {
    let city = &run.city;
    let key = org_key(name, city, config);
    let has_findings = || {
        let orgs = run.findings.iter().filter_map(|finding| finding.org.as_ref());
        orgs.chain(&city.missing).chain(city.senders.values()).any(|org| city.names.key(org) == key)
    };
    if city.org_keys().any(|own| *own == key) || has_findings() {
        return Ok(key);
    }
    Err(CommandError::NoSuchPlan { name: name.to_owned(), near: city.near_orgs(name) })
}

/// Returns the workbooks called `name`, with or without folders and extension, or by a path to them.
fn known_files(name: &str, run: &Run) -> Vec<Arc<str>> {
    let real = Path::new(name).canonicalize().ok();
    let is_at = |submission: &&Submission| submission.found.path.canonicalize().ok() == real;
    let by_path = run.city.workbooks().filter(|_| real.is_some()).find(is_at);
    if let Some(submission) = by_path {
        return vec![submission.file.clone()];
    }
    let names = &run.city.names;
    let key = names.key(name);
    let is_meant = |file: &str| {
        let path = Path::new(file);
        let called = |part: Option<&std::ffi::OsStr>| {
            part.is_some_and(|part| names.key(&part.to_string_lossy()) == key)
        };
        names.key(file) == key || called(path.file_name()) || called(path.file_stem())
    };
    files(run).filter(|file| is_meant(file)).cloned().collect()
}

fn files(run: &Run) -> impl Iterator<Item = &Arc<str>> {
    run.city.submissions.iter().map(|submission| &submission.file)
}

/// Returns the workbooks that `name` may mean.
fn near_files(name: &str, run: &Run) -> Vec<Arc<str>> {
    let stem = |path: &str| Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    names::near(&stem(name), files(run).map(|file| (stem(file), file.clone())))
}
