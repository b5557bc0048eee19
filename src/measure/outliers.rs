//! Outlier detection by robust distance from the median.

/// The default tolerance.
pub const TOLERANCE: f64 = 3.5;
/// The fewest organisations for which outliers are sought.
pub const MIN_ORGANISATIONS: usize = 8;

/// A value within this share of the median is never an outlier; otherwise 81 among many 80s would be one.
const MIN_DISTANCE: f64 = 0.2;

/// Which of `numbers` are outliers. `tolerance` is the allowed distance in robust standard deviations.
pub fn far(numbers: &[f64], tolerance: f64) -> Vec<bool> {
    let median = median(numbers.to_vec());
    let spread = spread(numbers, median);
    let far = |number: &f64| {
        let distance = (number - median).abs();
        spread.is_some_and(|spread| distance > tolerance * spread && distance >= MIN_DISTANCE * median.abs())
    };
    numbers.iter().map(far).collect()
}

/// The unit of distance: the median absolute deviation or, if that is 0, the mean one, each scaled to the
/// standard deviation of a normal distribution (Iglewicz and Hoaglin, How to Detect and Handle Outliers,
/// 1993). `None` if all numbers are equal.
fn spread(numbers: &[f64], center: f64) -> Option<f64> {
    let distances: Vec<f64> = numbers.iter().map(|number| (number - center).abs()).collect();
    #[allow(clippy::cast_precision_loss, reason = "a count of organisations")]
    let mean = distances.iter().sum::<f64>() / distances.len() as f64;
    let mad = median(distances);
    if mad > 0.0 {
        Some(mad / 0.6745)
    } else if mean > 0.0 {
        Some(mean * 1.253_314)
    } else {
        None
    }
}

/// The median; 0 for an empty list.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => numbers[middle],
        _ => f64::midpoint(numbers[middle - 1], numbers[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_even_and_odd_counts() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
    }
}
