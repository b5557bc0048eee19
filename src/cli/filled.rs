//! Finds filled scorecards and reads their entries, in the same way for every command that reads results.

use std::path::{Path, PathBuf};

use planbook::consolidate::City;
use planbook::files::shown;
use planbook::project::Config;
use planbook::project::files::OUTPUT;
use planbook::read::{Submission, read_folder};
use planbook::score::{Entries, RowIds, is_scorecard};
use planbook::write::scorecard;

use super::offer;
use super::places;
use super::reader;
use super::ui::Ui;

/// The scorecards of a city and their entries.
pub struct Filled {
    /// The folder that was read; `None` where no folder has a scorecard.
    pub folder: Option<PathBuf>,
    /// The folders searched for scorecards.
    pub looked: Vec<PathBuf>,
    /// The workbooks in the folder that was read.
    pub files: Vec<Submission>,
    /// The entries on them, and on scorecards among the plans.
    pub entries: Entries,
    /// Other folders with results of this year, which were not read.
    others: Vec<PathBuf>,
}

impl Filled {
    /// Reads the scorecards in the folder `given`. Without one, searches the outputs `out` of this run, then
    /// `output` of the current folder, then `output` of the plan-year folder `dir`: takes the first with
    /// results of this year, else the first with a scorecard.
    pub fn find(given: Option<&Path>, out: &Path, dir: &Path, city: &City, config: &Config) -> Self {
        let looked = given.map_or_else(|| candidates(out, dir), |given| vec![given.to_owned()]);
        let (ids, worker) = (RowIds::of(city), reader::worker());
        let read = |folder: &PathBuf| {
            let files = read_folder(folder, config, worker.as_ref());
            let has_results = Entries::of(&files, city, &ids).results() > 0;
            (folder.clone(), files, has_results)
        };
        let mut read: Vec<_> =
            looked.iter().map(read).filter(|(_, files, _)| files.iter().any(is_scorecard)).collect();
        let at = read.iter().position(|(.., has_results)| *has_results).unwrap_or(0);
        let (folder, files) = match read.is_empty() {
            // Other files in the folder are reported all the same.
            true => (
                None,
                looked.first().map(|folder| read_folder(folder, config, worker.as_ref())).unwrap_or_default(),
            ),
            false => {
                let (folder, files, _) = read.remove(at);
                (Some(folder), files)
            }
        };
        let entries = Entries::of(files.iter().chain(city.workbooks()), city, &ids);
        let others =
            read.into_iter().filter(|(.., has_results)| *has_results).map(|(folder, ..)| folder).collect();
        Self { folder, looked, files, entries, others }
    }

    /// Reports which folder was read, and which others have results too.
    pub fn tell(&self, ui: &Ui) {
        let Some(folder) = &self.folder else { return };
        let folder = shown(folder);
        ui.say(
            &ui.lang.pick(format!("성과표를 읽은 폴더: {folder}"), format!("scorecards read from {folder}")),
        );
        for other in &self.others {
            let (option, other) = (format!("--scorecards {}", offer::path(other)), shown(other));
            let to_add = offer::with(&option, "을/를");
            ui.note(&ui.lang.pick(
                format!("{other} 폴더에도 결과를 적은 성과표가 있으나 읽지 않았습니다. 그것을 쓰려면 {to_add} 붙이십시오"),
                format!("{other} has filled scorecards too, which were not read; `{option}` reads those"),
            ));
        }
    }

    /// Returns the command that makes the scorecards of `dir` again in the folder they were read from.
    pub fn again(&self, dir: &Path) -> String {
        let own = |folder: &PathBuf| folder.file_name().is_some_and(|name| name == scorecard::FOLDER);
        let out = self.folder.as_ref().filter(|folder| own(folder)).and_then(|folder| folder.parent());
        let out = out.filter(|out| !is_same(out, Path::new(OUTPUT))).map(shown);
        let more: Vec<&str> = out.iter().flat_map(|out| ["-o", out]).collect();
        offer::command("scorecards", Some(dir), &more)
    }

    /// Returns the folders searched, as a list.
    pub fn looked_words(&self) -> String {
        places::listed(&self.looked)
    }
}

/// Returns the folders that may hold scorecards, each once.
fn candidates(out: &Path, dir: &Path) -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> = Vec::new();
    for outputs in [out.to_owned(), OUTPUT.into(), dir.join(OUTPUT)] {
        let place = outputs.join(scorecard::FOLDER);
        if !places.iter().any(|known| is_same(known, &place)) {
            places.push(place);
        }
    }
    places
}

fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    whole(one) == whole(other)
}
