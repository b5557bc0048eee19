//! Distribution of the values of many organisations.

/// Minimum, quartiles and maximum of some numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Minimum, first quartile, median, third quartile, maximum.
    pub numbers: [f64; 5],
}

impl Spread {
    /// The spread of `numbers`, quartiles interpolated linearly. `None` without numbers.
    pub fn of(mut numbers: Vec<f64>) -> Option<Self> {
        numbers.sort_by(f64::total_cmp);
        let last = numbers.len().checked_sub(1)?;
        let quantile = |part: f64| {
            let at = part * last as f64;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
            let below = at.floor() as usize;
            let above = (below + 1).min(last);
            numbers[below] + (numbers[above] - numbers[below]) * (at - at.floor())
        };
        Some(Self { numbers: [0.0, 0.25, 0.5, 0.75, 1.0].map(quantile) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_lie_between_neighbours() {
        assert_eq!(Spread::of(vec![4.0, 1.0, 3.0, 2.0]).unwrap().numbers, [1.0, 1.75, 2.5, 3.25, 4.0]);
        assert_eq!(Spread::of(vec![7.0]).unwrap().numbers, [7.0; 5]);
        assert_eq!(Spread::of(Vec::new()), None);
    }
}
