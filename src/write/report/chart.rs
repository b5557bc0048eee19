//! The charts of the common KPIs, as SVG. The style sheet sets the colours by class, so that they suit dark
//! mode and print.

use std::collections::BTreeMap;
use std::fmt::Write;

use handlebars::html_escape;

use super::input::{ReportInput, count};
use crate::consolidate::RowId;
use crate::finding::Lang;
use crate::measure::Comparison;
use crate::measure::scale::{Scale, Shape, show};
use crate::source::escape_controls;
use crate::write::words;

/// The width of the chart in SVG units, about one CSS pixel each on a phone.
const WIDTH: f64 = 420.0;
/// The left and right ends of the scale.
const LEFT: f64 = 66.0;
const RIGHT: f64 = WIDTH - 16.0;
/// The heights of a year, and of the areas above and below the years.
const YEAR: f64 = 38.0;
const TOP: f64 = 8.0;
const AXIS: f64 = 24.0;
/// Half the height of the box between the quartiles.
const BOX: f64 = 10.0;
/// The distance between stacked points, and the greatest height of a stack.
const STEP: f64 = 3.2;
const STACK: f64 = 13.0;
/// The least distance between ticks at which their labels do not overlap.
const TICKS_APART: f64 = 56.0;

/// The distribution for each year: a point per organisation, the box between the quartiles, the median, and
/// the city's target. Empty if there are no numbers.
pub(super) fn distribution(input: &ReportInput<'_>, comparison: &Comparison<'_>) -> String {
    let Some(scale) = comparison.scale else { return String::new() };
    let years: Vec<_> =
        comparison.years.iter().filter(|&&(year, _)| comparison.of_year(year).next().is_some()).collect();
    #[allow(clippy::cast_precision_loss, reason = "a handful of years")]
    let bottom = TOP + YEAR * years.len() as f64;
    let height = bottom + AXIS;
    let label = html_escape(&label(comparison, input.lang));
    let mut svg =
        format!("<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{label}\">");
    axis(&mut svg, &scale, bottom);
    if let Some(target) = comparison.target {
        let x = x(&scale, target);
        let text = input.lang.pick("시 목표", "city target");
        let _ = write!(
            svg,
            "<line class=\"target\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{TOP}\" y2=\"{bottom}\"><title>{text} {}</title></line>",
            show(target)
        );
    }
    for (at, &&(year, kind)) in years.iter().enumerate() {
        #[allow(clippy::cast_precision_loss, reason = "a handful of years")]
        let middle = TOP + YEAR * (at as f64 + 0.5);
        let class = if year == input.context.city.year { "year now" } else { "year" };
        let year_label = words::year(year, kind, input.lang);
        let _ = write!(
            svg,
            "<text class=\"{class}\" x=\"0\" y=\"{:.1}\">{}</text>",
            middle + 4.0,
            html_escape(&year_label)
        );
        box_of(&mut svg, &scale, comparison, year, middle);
        points(&mut svg, &scale, input, comparison, year, middle);
    }
    svg + "</svg>"
}

/// An organisation's position on the scale: its last number before the plan year, and that of the plan year.
/// Empty if it has neither.
pub(super) fn place(input: &ReportInput<'_>, comparison: &Comparison<'_>, id: RowId) -> String {
    let (Some(scale), now) = (comparison.scale, input.context.city.year) else { return String::new() };
    let number = |year: i32| comparison.numbers.get(&(id, year)).copied();
    let earlier = comparison.years.iter().rev().map(|&(year, _)| year).filter(|&year| year < now);
    let before = earlier.into_iter().find_map(number);
    if before.is_none() && number(now).is_none() {
        return String::new();
    }
    // Leaves room for an arrow at both ends.
    let x = |number: f64| 9.0 + scale.at(number) * 102.0;
    let mut svg = String::from("<svg class=\"place\" viewBox=\"0 0 120 14\" aria-hidden=\"true\">");
    svg.push_str("<line class=\"track\" x1=\"9\" x2=\"111\" y1=\"7\" y2=\"7\"/>");
    if let Some((before, planned)) = before.zip(number(now)) {
        let (from, to) = (x(before), x(planned));
        let _ = write!(svg, "<line class=\"way\" x1=\"{from:.1}\" x2=\"{to:.1}\" y1=\"7\" y2=\"7\"/>");
    }
    if let Some(before) = before {
        // Earlier values are not marked as far from the others.
        svg.push_str(&mark((x(before), 7.0, 3.0), scale.shape(before, false), Some("before"), None));
    }
    if let Some(planned) = number(now) {
        let far = comparison.far.contains(&(id, now));
        svg.push_str(&mark((x(planned), 7.0, 3.6), scale.shape(planned, far), None, None));
    }
    svg + "</svg>"
}

fn x(scale: &Scale, number: f64) -> f64 {
    LEFT + scale.at(number) * (RIGHT - LEFT)
}

/// The lines of the scale, and as many of its numbers as fit.
fn axis(svg: &mut String, scale: &Scale, bottom: f64) {
    let mut free = f64::MIN;
    for (at, text) in scale.ticks() {
        let x = LEFT + at * (RIGHT - LEFT);
        let _ =
            write!(svg, "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{TOP}\" y2=\"{bottom}\"/>");
        if x >= free {
            let _ = write!(svg, "<text class=\"tick\" x=\"{x:.1}\" y=\"{:.1}\">{text}</text>", bottom + 15.0);
            free = x + TICKS_APART;
        }
    }
}

fn box_of(svg: &mut String, scale: &Scale, comparison: &Comparison<'_>, year: i32, middle: f64) {
    let Some(spread) = comparison.spread(year) else { return };
    let [low, first, median, third, high] = spread.numbers.map(|number| x(scale, number));
    // If an end of the range is off the scale, draws an arrow.
    for end in [spread.numbers[0], spread.numbers[4]] {
        let shape = scale.shape(end, false);
        if shape != Shape::Point {
            svg.push_str(&mark((x(scale, end), middle, 3.0), shape, Some("range"), None));
        }
    }
    let (top, height, width) = (middle - BOX, 2.0 * BOX, (third - first).max(1.0));
    let _ = write!(
        svg,
        "<line class=\"range\" x1=\"{low:.1}\" x2=\"{high:.1}\" y1=\"{middle:.1}\" y2=\"{middle:.1}\"/>\
         <rect class=\"box\" x=\"{first:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"2\"/>\
         <line class=\"median\" x1=\"{median:.1}\" x2=\"{median:.1}\" y1=\"{top:.1}\" y2=\"{:.1}\"/>",
        middle + BOX
    );
}

/// A point per organisation; points at the same position are stacked.
fn points(
    svg: &mut String,
    scale: &Scale,
    input: &ReportInput<'_>,
    comparison: &Comparison<'_>,
    year: i32,
    middle: f64,
) {
    let city = input.context.city;
    let mut stacks: BTreeMap<i64, u32> = BTreeMap::new();
    for (row, number) in comparison.of_year(year) {
        let x = x(scale, number);
        #[allow(clippy::cast_possible_truncation, reason = "a place on the drawing")]
        let stack = stacks.entry((x / 5.0).round() as i64).or_default();
        let (level, side) = (stack.div_ceil(2), if stack.is_multiple_of(2) { 1.0 } else { -1.0 });
        *stack += 1;
        let y = middle + side * (f64::from(level) * STEP).min(STACK);
        let value = city.value(row, year).map_or("", |value| &*value.text.text);
        let title = format!("{}: {value} {}", city.org(row), city.row(row).unit.text.text);
        let shape = scale.shape(number, comparison.far.contains(&(row, year)));
        svg.push_str(&mark((x, y, 3.0), shape, None, Some(&title)));
    }
}

/// A point of radius `r`; a diamond if the value is far from the others, an arrow if it is off the scale.
/// `class` overrides the shape's class.
fn mark((x, y, r): (f64, f64, f64), shape: Shape, class: Option<&str>, title: Option<&str>) -> String {
    let title = title.map(|title| format!("<title>{}</title>", html_escape(escape_controls(title).trim())));
    let title = title.unwrap_or_default();
    let r = if shape == Shape::Point { r } else { r * 1.45 };
    let (left, right, top, bottom) = (x - r, x + r, y - r, y + r);
    let arrow = |tip: f64| format!("M{x:.1} {top:.1}L{tip:.1} {y:.1}L{x:.1} {bottom:.1}Z");
    let (usual, path) = match shape {
        Shape::Point => {
            let class = class.unwrap_or("dot");
            return format!(
                "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r}\">{title}</circle>"
            );
        }
        Shape::Far => {
            ("far", format!("M{left:.1} {y:.1}L{x:.1} {top:.1}L{right:.1} {y:.1}L{x:.1} {bottom:.1}Z"))
        }
        Shape::Below => ("far", arrow(x - 1.6 * r)),
        Shape::Above => ("far", arrow(x + 1.6 * r)),
    };
    format!("<path class=\"{}\" d=\"{path}\">{title}</path>", class.unwrap_or(usual))
}

/// A sentence that describes the chart.
fn label(comparison: &Comparison<'_>, lang: Lang) -> String {
    let name = escape_controls(&comparison.matrix.name);
    let medians = comparison.years.iter().filter_map(|&(year, kind)| {
        let [low, _, median, _, high] = comparison.spread(year)?.numbers.map(show);
        let (year, of) = (words::year(year, kind, lang), count(comparison.of_year(year).count()));
        Some(lang.pick(
            format!("{year} {of}개 값, 최소 {low}, 중앙값 {median}, 최대 {high}"),
            format!("{year}: {of} values, lowest {low}, median {median}, highest {high}"),
        ))
    });
    format!("{name}. {}", medians.collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_off_the_scale_was_a_diamond_at_its_end() {
        let at = |shape| mark((100.0, 7.0, 3.0), shape, None, None);
        assert_eq!(at(Shape::Above), "<path class=\"far\" d=\"M100.0 2.7L107.0 7.0L100.0 11.3Z\"></path>");
        assert!(at(Shape::Below).contains("L93.0 7.0"));
        assert_eq!(at(Shape::Far).matches('L').count(), 3);
        assert!(at(Shape::Point).starts_with("<circle class=\"dot\""));
    }
}
