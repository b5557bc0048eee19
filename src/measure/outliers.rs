//! Which of some numbers lie far from the others: robust distances from the median.

/// The distance allowed where planbook.toml gives none.
pub const TOLERANCE: f64 = 3.5;
/// Fewer organisations than this say nothing about what is usual.
pub const ENOUGH: usize = 8;

/// Nearer to the median than this part of it, no value is far: among equal values 81 beside 80 would be.
const NEAR: f64 = 0.2;

/// Which of `numbers` lie far from their median. `tolerance` is the distance allowed.
pub fn far(numbers: &[f64], tolerance: f64) -> Vec<bool> {
    let median = median(numbers.to_vec());
    let spread = spread(numbers, median);
    let far = |number: &f64| {
        let distance = (number - median).abs();
        spread.is_some_and(|spread| distance > tolerance * spread && distance >= NEAR * median.abs())
    };
    numbers.iter().map(far).collect()
}

/// What a distance of 1 is: the median absolute deviation, else the mean one, each scaled to the standard deviation of a
/// normal distribution (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993). `None` where all are equal.
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

/// The median; 0 of nothing.
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
