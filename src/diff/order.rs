//! Finds rows whose order changed.

/// For each element of `order`, which are distinct numbers, whether it moved relative to the others.
///
/// An element is unmoved if it belongs to every longest increasing subsequence. If two neighbours were
/// swapped, both moved.
pub(super) fn moved(order: &[usize]) -> Vec<bool> {
    let ending = longest_ending(order.iter().copied());
    // The same from the end, with mirrored numbers so that descending becomes ascending.
    let top = order.iter().copied().max().unwrap_or(0);
    let mut starting = longest_ending(order.iter().rev().map(|&number| top - number));
    starting.reverse();
    let longest = ending.iter().copied().max().unwrap_or(0);
    let mut at_length = vec![0usize; longest + 1];
    let in_some: Vec<bool> = ending.iter().zip(&starting).map(|(a, b)| a + b == longest + 1).collect();
    for (length, _) in ending.iter().zip(&in_some).filter(|(_, in_some)| **in_some) {
        at_length[*length] += 1;
    }
    ending.iter().zip(&in_some).map(|(length, in_some)| !in_some || at_length[*length] > 1).collect()
}

/// For each number, the length of the longest increasing subsequence that ends with it.
fn longest_ending(numbers: impl Iterator<Item = usize>) -> Vec<usize> {
    // The smallest last number of a subsequence of each length.
    let mut ends: Vec<usize> = Vec::new();
    numbers
        .map(|number| {
            let length = ends.partition_point(|&end| end < number);
            match ends.get_mut(length) {
                Some(end) => *end = number,
                None => ends.push(number),
            }
            length + 1
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn only_what_left_its_place_moved() {
        for (order, expected) in [
            (vec![], vec![]),
            (vec![0, 1, 2], vec![false, false, false]),
            (vec![0, 2, 5], vec![false, false, false]),
            (vec![3, 0, 1, 2], vec![true, false, false, false]),
            (vec![1, 2, 3, 0], vec![false, false, false, true]),
            (vec![1, 0, 2], vec![true, true, false]),
            (vec![2, 1, 0], vec![true, true, true]),
        ] {
            assert_eq!(moved(&order), expected, "{order:?}");
        }
    }
}
