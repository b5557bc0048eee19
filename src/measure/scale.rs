//! The scale of a chart: the position of a number on it, and its ticks.

use crate::plan::value::show_number;

/// A scale from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    step: f64,
    /// Whether the scale is logarithmic.
    pub logarithmic: bool,
}

/// The marker of a number, the same in every output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A point, or a cap at the end of a range.
    Point,
    /// A diamond: an outlier within the scale.
    Far,
    /// An arrow at the low end: the number is below the scale.
    Below,
    /// An arrow at the high end: the number is above the scale.
    Above,
}

/// Above this ratio of largest to smallest number, the scale is logarithmic.
const LOGARITHMIC_FROM: f64 = 40.0;

impl Scale {
    /// A scale with round ends that holds all of `numbers`. `None` without numbers.
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let least = numbers.iter().copied().reduce(f64::min)?;
        let most = numbers.iter().copied().reduce(f64::max)?;
        let smallest = numbers.iter().copied().filter(|&number| number > 0.0).reduce(f64::min);
        if let Some(smallest) =
            smallest.filter(|&smallest| least >= 0.0 && most / smallest > LOGARITHMIC_FROM)
        {
            let (low, high) = (smallest.log10().floor(), most.log10().ceil());
            return Some(Self { low, high, step: 1.0, logarithmic: true });
        }
        let span = if most > least { most - least } else { most.abs().max(1.0) * 0.2 };
        let step = round_step(span / 4.0);
        let (low, high) = ((least / step).floor() * step, (most / step).ceil() * step);
        let (low, high) = if low < high { (low, high) } else { (low - step, high + step) };
        Some(Self { low, high, step, logarithmic: false })
    }

    /// The position of `number`: 0 at the low end, 1 at the high end, clamped.
    pub fn at(&self, number: f64) -> f64 {
        let number = if self.logarithmic { number.max(f64::MIN_POSITIVE).log10() } else { number };
        ((number - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Whether `number` is within the scale.
    pub fn holds(&self, number: f64) -> bool {
        let number = if self.logarithmic { number.max(f64::MIN_POSITIVE).log10() } else { number };
        (self.low - 1e-9..=self.high + 1e-9).contains(&number)
    }

    /// The marker of `number`; `far` says that it is an outlier.
    pub fn shape(&self, number: f64, far: bool) -> Shape {
        match self.holds(number) {
            true if far => Shape::Far,
            true => Shape::Point,
            false if self.at(number) < 0.5 => Shape::Below,
            false => Shape::Above,
        }
    }

    /// The ticks: position and label.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of ticks")]
        let steps = ((self.high - self.low) / self.step).round() as usize;
        (0..=steps)
            .map(|tick| {
                let at = self.low + tick as f64 * self.step;
                let number = if self.logarithmic { 10f64.powf(at) } else { at };
                ((at - self.low) / (self.high - self.low), show(number))
            })
            .collect()
    }
}

/// The next of 1, 2, 5, 10 … that is not less than `step`.
fn round_step(step: f64) -> f64 {
    let power = 10f64.powf(step.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= step * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * power
}

/// A number with at most two decimals and with thousands separators.
pub fn show(number: f64) -> String {
    let plain = show_number((number * 100.0).round() / 100.0);
    let (sign, digits) = plain.strip_prefix('-').map_or(("", &*plain), |digits| ("-", digits));
    let (whole, rest) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
    let mut separated = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            separated.push(',');
        }
        separated.push(digit);
    }
    separated + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(numbers: &[f64]) -> Vec<String> {
        Scale::of(numbers).unwrap().ticks().into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn ends_are_round_and_hold_all() {
        assert_eq!(ticks(&[53.0, 97.5, 88.0]), ["40", "60", "80", "100"]);
        assert_eq!(ticks(&[8.95, 9.4]), ["8.8", "9", "9.2", "9.4"]);
        assert_eq!(ticks(&[80.0]), ["75", "80", "85"]);
        assert_eq!(ticks(&[0.0]), ["-0.05", "0", "0.05"]);
        assert_eq!(Scale::of(&[]), None);
    }

    #[test]
    fn counts_from_five_to_forty_thousand_use_a_logarithmic_scale() {
        let scale = Scale::of(&[5.0, 39_589.0, 0.0]).unwrap();
        assert!(scale.logarithmic);
        assert_eq!(ticks(&[5.0, 39_589.0]), ["1", "10", "100", "1,000", "10,000", "100,000"]);
        assert!((scale.at(1000.0) - 0.6).abs() < 1e-9);
        assert_eq!(scale.at(0.0), 0.0);
        assert!(!scale.holds(0.0) && scale.holds(5.0));
    }

    #[test]
    fn what_lies_off_the_scale_was_drawn_as_if_it_lay_at_its_end() {
        let scale = Scale::of(&[40.0, 100.0]).unwrap();
        let shapes = [(9.0, true), (9.0, false), (300.0, true), (60.0, true), (60.0, false), (100.0, false)]
            .map(|(number, far)| scale.shape(number, far));
        use Shape::{Above, Below, Far, Point};
        assert_eq!(shapes, [Below, Below, Above, Far, Point, Point]);
    }

    #[test]
    fn numbers_are_shown_with_thousands_parted() {
        assert_eq!([1234567.891, -1000.0, 999.5, 0.0].map(show), ["1,234,567.89", "-1,000", "999.5", "0"]);
    }
}
