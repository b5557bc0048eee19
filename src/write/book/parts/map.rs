//! The city's strategy map: perspectives as bands, objectives as boxes, their KPIs inside.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::measure::Lines;
use super::carriers::Carriers;
use super::objectives::{DrawnObjective, Objectives};
use super::perspectives::Perspectives;
use super::{BOLD, PAD, PartHead, PartInput, SIZE};
use crate::write::book::plan::text_height;

/// Size of an objective's name.
const NAME_SIZE: f64 = 8.0;
/// Width of a band's left edge, which holds its perspective's name.
const LABEL: f64 = 58.0;
/// Space between boxes, and between bands.
const GAP: f64 = 4.0;
/// The minimum box widths that are tried; the first that takes the fewest pages is used.
const BOXES: [f64; 2] = [165.0, 132.0];
/// The shares of a box that a KPI's target and the number of organisations may take.
const TARGET: f64 = 0.36;
const COUNT: f64 = 0.14;
/// Space below a KPI, including its bar.
const BELOW: f64 = 4.6;

/// The strategy map and which organisations carry its objectives.
#[derive(Serialize)]
pub(crate) struct MapData {
    pub head: PartHead,
    /// Alternative text of the drawing, for readers who cannot see it.
    alt: String,
    width: f64,
    size: f64,
    name_size: f64,
    label_width: f64,
    pad: f64,
    pages: Vec<Vec<Band>>,
    /// Objectives listed under another's name: heading and lines.
    folded: Option<(&'static str, Lines)>,
    /// Whether the folded objectives need their own page.
    folded_apart: bool,
    carriers: Carriers,
}

/// A perspective, or the portion of it on one page.
#[derive(Serialize)]
struct Band {
    y: f64,
    height: f64,
    name: Lines,
    #[serde(rename = "goals")]
    objectives: Vec<ObjectiveBox>,
}

/// An objective, placed on the page.
#[derive(Clone, Serialize)]
struct ObjectiveBox {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    number: usize,
    name: Lines,
    name_height: f64,
    name_width: f64,
    kpis: Vec<KpiLine>,
}

/// A KPI in an objective's box.
#[derive(Clone, Serialize)]
struct KpiLine {
    y: f64,
    height: f64,
    name: Lines,
    name_width: f64,
    target: Lines,
    target_width: f64,
    /// The position of the target's right edge.
    target_end: f64,
    count: String,
    /// Length of the bar below: the share of organisations that carry the KPI.
    bar: f64,
}

impl MapData {
    /// Draws the map of the city's objectives.
    pub(crate) fn new(input: &PartInput<'_>) -> Self {
        let (city, lang) = (input.city, input.lang);
        let perspectives = Perspectives::of(city);
        let objectives = Objectives::of(city, &perspectives);
        let kpis: usize = objectives.drawn.iter().map(|objective| objective.kpis.len()).sum();
        let title = lang.pick("시 전략지도", "Strategy map of the city");
        let head = PartHead::new(input, "map", title, &lead(input, objectives.drawn.len(), kpis));
        let names: Vec<_> = perspectives.names().collect();
        let count =
            objectives.drawn.iter().map(|objective| objective.perspective).collect::<BTreeSet<_>>().len();
        let (name, total) = (&city.name, objectives.drawn.len());
        let alt = lang.pick(
            format!("{name} 전략지도: 관점 {count}개에 시 목표 {total}개와 지표 {kpis}개를 그렸습니다."),
            format!("Strategy map of {name}: {total} goals with {kpis} KPIs in {count} perspectives."),
        );
        let label = |perspective: Option<usize>| match perspective {
            Some(place) => names.get(place).map_or("", |name| name),
            None if names.is_empty() => "",
            None => lang.pick("관점 없음", "No perspective"),
        };
        let layouts = BOXES.map(|width| Sheets::new(input, &head, width).bands(&objectives, &label));
        let pages = layouts.into_iter().min_by_key(Vec::len).unwrap_or_default();
        let folded = folded(input, &objectives);
        let carriers = Carriers::new(input, &objectives);
        let needed = folded.as_ref().map_or(0.0, |(_, lines)| 12.0 + text_height(lines.len() + 1, SIZE));
        let folded_apart = needed > 0.0 && carriers.left().is_none_or(|left| left < needed);
        Self {
            alt,
            width: input.sheet.width(),
            size: SIZE,
            name_size: NAME_SIZE,
            label_width: LABEL,
            pad: PAD,
            pages,
            folded,
            folded_apart,
            carriers,
            head,
        }
    }
}

impl MapData {
    /// How many pages it takes.
    pub(crate) fn pages(&self) -> usize {
        self.pages.len() + self.carriers.pages() + usize::from(self.folded_apart)
    }
}

fn lead(input: &PartInput<'_>, objectives: usize, kpis: usize) -> String {
    let year = input.city.year;
    if objectives == 0 {
        let (ko, en) = ("시 목표를 인용한 계획이 없습니다.", "No plan cites a goal of the city.");
        return input.lang.pick(ko, en).to_owned();
    }
    input.lang.pick(
        format!(
            "시 목표 {objectives}개와 그 핵심성과지표 {kpis}개입니다. 지표 옆에는 {year}년 시 목표치와, 그 지표를 상위 지표로 인용한 조직의 수를 적었습니다. \
             아래의 굵은 선은 전체 조직 가운데 그 조직들이 차지하는 몫입니다. *는 시가 정한 값을 몰라 계획에 가장 많이 적힌 값을 적은 것입니다."
        ),
        format!(
            "The city's {objectives} goals and their {kpis} KPIs, each with the city's target for {year} and the number of \
             organisations whose plans cite it. The bar below a KPI shows their share of all organisations. * marks targets that nobody declared: most plans cite them."
        ),
    )
}

/// Returns the objectives listed under another's name, so that the map still mentions them.
fn folded(input: &PartInput<'_>, objectives: &Objectives) -> Option<(&'static str, Lines)> {
    if objectives.folded.is_empty() {
        return None;
    }
    let named = |(name, place): &(std::sync::Arc<str>, usize)| format!("{name} → {}", place + 1);
    let text = objectives.folded.iter().map(named).collect::<Vec<_>>().join(" · ");
    let heading = input.lang.pick(
        "계획에 다음과 같이 적힌 시 목표는, 지표가 같은 다른 목표(번호)에 함께 나타냈습니다.",
        "Goals that plans name as follows share their KPIs with another goal, and are shown there (number).",
    );
    Some((heading, input.lines(&text, input.sheet.width(), SIZE)))
}

/// Places the boxes on sheets.
struct Sheets<'a> {
    input: &'a PartInput<'a>,
    columns: usize,
    box_width: f64,
    /// Height left by the title on the first page and on the others.
    first: f64,
    other: f64,
}

impl<'a> Sheets<'a> {
    fn new(input: &'a PartInput<'a>, head: &PartHead, least: f64) -> Self {
        let width = input.sheet.width() - LABEL - GAP;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few columns")]
        let columns = ((width + GAP) / (least + GAP)).floor().max(1.0) as usize;
        let box_width = (width + GAP) / columns as f64 - GAP;
        // The typesetter's rounding must not overfill a full page.
        let height = input.sheet.height() - 1.0;
        Self { input, columns, box_width, first: height - head.height, other: height - head.again }
    }

    /// Returns the bands page by page, from the first perspective to the last.
    fn bands(&self, objectives: &Objectives, label: &impl Fn(Option<usize>) -> &'a str) -> Vec<Vec<Band>> {
        let mut pages = vec![Vec::new()];
        let (mut y, mut room) = (0.0, self.first);
        let numbered: Vec<_> = objectives.drawn.iter().enumerate().collect();
        for group in numbered.chunk_by(|a, b| a.1.perspective == b.1.perspective) {
            let boxes: Vec<_> =
                group.iter().flat_map(|(place, objective)| self.boxes(*place, objective)).collect();
            let name = label(group[0].1.perspective);
            let mut rest = &boxes[..];
            while !rest.is_empty() {
                let (placed, height) = self.stack(rest, room - y - 2.0 * GAP, y == 0.0);
                if !placed.is_empty() {
                    rest = &rest[placed.len()..];
                    let name = self.input.lines(name, (LABEL - 2.0 * PAD) / BOLD, NAME_SIZE);
                    let band = Band { y, height: height + 2.0 * GAP, name, objectives: placed };
                    y += band.height + GAP;
                    if let Some(page) = pages.last_mut() {
                        page.push(band);
                    }
                }
                if !rest.is_empty() {
                    pages.push(Vec::new());
                    (y, room) = (0.0, self.other);
                }
            }
        }
        pages
    }

    /// Places as many of `boxes` as fit in `room`, each on the shortest column, and returns them with the
    /// height they take. On an empty page the first is always placed.
    fn stack(&self, boxes: &[ObjectiveBox], room: f64, empty_page: bool) -> (Vec<ObjectiveBox>, f64) {
        let mut heights = vec![0.0f64; self.columns];
        let mut placed = Vec::new();
        for objective in boxes {
            let shortest = heights.iter().copied().fold(f64::INFINITY, f64::min);
            let column = heights.iter().position(|&height| height <= shortest).unwrap_or(0);
            if shortest + objective.height > room && !(empty_page && placed.is_empty()) {
                break;
            }
            let x = LABEL + column as f64 * (self.box_width + GAP);
            placed.push(ObjectiveBox { x, y: GAP + shortest, ..objective.clone() });
            heights[column] += objective.height + GAP;
        }
        (placed, heights.into_iter().fold(0.0, f64::max) - GAP)
    }

    /// Returns the box of an objective; several if it has too many KPIs for a page.
    fn boxes(&self, place: usize, objective: &DrawnObjective) -> Vec<ObjectiveBox> {
        let inner = self.box_width - 2.0 * PAD;
        let name_width = inner - 2.0 * NAME_SIZE;
        let name = self.input.lines(&objective.name, name_width / BOLD, NAME_SIZE);
        let name_height = text_height(name.len(), NAME_SIZE) + 5.0;
        let empty = ObjectiveBox {
            x: 0.0,
            y: 0.0,
            width: self.box_width,
            height: name_height + PAD,
            number: place + 1,
            name,
            name_height,
            name_width,
            kpis: Vec::new(),
        };
        let room = self.first - 2.0 * GAP;
        let mut boxes = vec![empty.clone()];
        for (kpi, plans) in &objective.kpis {
            let line = self.kpi(*kpi, plans.len());
            let mut last = boxes.pop().unwrap_or_else(|| empty.clone());
            if last.height + line.height > room && !last.kpis.is_empty() {
                boxes.push(std::mem::replace(&mut last, empty.clone()));
            }
            let y = last.height;
            last.height += line.height;
            last.kpis.push(KpiLine { y, ..line });
            boxes.push(last);
        }
        boxes
    }

    fn kpi(&self, kpi: usize, carriers: usize) -> KpiLine {
        let city = self.input.city;
        let inner = self.box_width - 2.0 * PAD;
        let kpi = &city.city_kpis[kpi];
        let text = kpi.printed_target();
        let text = if text.is_empty() { "–" } else { &*text };
        let target = self.input.ruler.measure(text);
        let target_width = (target.natural() * SIZE + 0.1).min(inner * TARGET);
        let target_end = inner * (1.0 - COUNT);
        let name_width = target_end - target_width - 2.0 * PAD;
        let name = self.input.lines(&kpi.name, name_width, SIZE);
        let target = self.input.lines(text, target_width, SIZE);
        let count = self.input.lang.pick(format!("{carriers}곳"), carriers.to_string());
        let height = text_height(name.len().max(target.len()), SIZE) + BELOW;
        let bar = inner * carriers as f64 / city.plans.len().max(1) as f64;
        KpiLine { y: 0.0, height, name, name_width, target, target_width, target_end, count, bar }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::City;
    use crate::finding::Lang;
    use crate::project::Config;
    use crate::testing::{city, config, consistent_city, plan};
    use crate::write::book::measure::Ruler;
    use crate::write::book::sheet::PaperSheet;

    fn map(city: &City) -> (MapData, PaperSheet) {
        let (sheet, ruler) = (PaperSheet::a4_landscape(), Ruler::new(|_| 0.9));
        let config = Config::default();
        let input = PartInput { city, config: &config, sheet: &sheet, ruler: &ruler, lang: Lang::Ko };
        (MapData::new(&input), sheet)
    }

    #[test]
    fn each_perspective_is_a_band_with_its_objectives_and_who_carries_them() {
        let (map, _) = map(&city(consistent_city(), &config("city = '가나시'")));
        let bands = &map.pages[0];
        let names: Vec<String> = bands.iter().map(|band| band.name.concat()).collect();
        assert_eq!(names, ["시민 고객", "정책 성과", "창의", "조직 역량"]);
        let customers = &bands[0].objectives[0];
        assert_eq!(customers.name.concat(), "시민이 만족하는 시정");
        assert_eq!((customers.number, customers.kpis[0].target.concat().as_str()), (1, "70%*"));
        assert_eq!(customers.kpis[0].count, "2곳");
        assert_eq!(map.alt, "가나시 전략지도: 관점 4개에 시 목표 8개와 지표 8개를 그렸습니다.");
    }

    #[test]
    fn many_objectives_with_long_names_flow_over_pages_and_touch_nothing() {
        let long = "아주 긴 이름을 가진 시의 목표 ".repeat(12);
        let bureau = (0..120).fold(plan("교통국", "가나시"), |plan, row| {
            let objective = row / 4;
            plan.row(&format!("정책 | {long} {objective} | 지표 {long} {row} | 50% | 목표 | 지표 {row} | 1 | 2 | 3 | 4 | 건 | 1 | "))
        });
        let (map, sheet) = map(&city([bureau], &config("city = '가나시'")));
        assert!(map.pages.len() > 3);
        let drawn: usize = map
            .pages
            .iter()
            .flatten()
            .flat_map(|band| &band.objectives)
            .map(|objective| objective.kpis.len())
            .sum();
        assert_eq!(drawn, 120);
        for (page, bands) in map.pages.iter().enumerate() {
            let above = if page == 0 { map.head.height } else { map.head.again };
            for objective in bands.iter().flat_map(|band| &band.objectives) {
                assert!(objective.x + objective.width <= sheet.width() + 0.01);
            }
            let end = bands.last().map_or(0.0, |band| band.y + band.height);
            assert!(above + end <= sheet.height(), "page {page} ends at {end}");
        }
        for objectives in map.pages.iter().flatten().map(|band| &band.objectives) {
            for (place, objective) in objectives.iter().enumerate() {
                let overlaps = |other: &ObjectiveBox| {
                    (other.x - objective.x).abs() < 1.0
                        && other.y < objective.y + objective.height
                        && objective.y < other.y + other.height
                };
                assert!(!objectives[place + 1..].iter().any(overlaps));
            }
        }
    }

    #[test]
    fn objectives_without_perspectives_stand_in_one_band_without_a_name() {
        let bureau = plan("교통국", "가나시")
            .row("~ | 시의 목표 | 시의 지표 | 50% | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 1 | ")
            .row("~ | 다른 목표 | 다른 지표 | 50% | 목표 | 지표 2 | 1 | 2 | 3 | 4 | 건 | 1 | ");
        let (map, _) = map(&city([bureau], &config("city = '가나시'")));
        assert_eq!(map.pages[0].len(), 1);
        assert_eq!(map.pages[0][0].name.concat(), "");
        assert_eq!(map.pages[0][0].objectives.len(), 2);
    }

    #[test]
    fn a_city_without_objectives_says_so() {
        let (map, _) = map(&city([plan("교통국", "가나시")], &Config::default()));
        assert_eq!(map.head.lead.concat(), "시 목표를 인용한 계획이 없습니다.");
        assert!(map.pages.iter().flatten().next().is_none());
    }
}
