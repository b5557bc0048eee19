//! Finding ids that stay the same across runs and when rows move.

use std::collections::BTreeMap;

use super::{Code, Finding};

/// Offset basis and prime of 64-bit FNV-1a (RFC 9923).
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;
/// Terminates each part. It never occurs in UTF-8, so different parts cannot hash alike by concatenation.
const END: u8 = 0xff;

/// The id of a finding: the rule and a short hash of what identifies the problem.
///
/// `parts` are the organisation, the KPI (normalised) and whatever distinguishes the problem from others of
/// the same rule: the year, the cited name, the code. Rows, cells, file names and found values are left out
/// unless needed, because they change while the problem stays the same.
pub fn finding_id<'a>(rule: Code, parts: impl IntoIterator<Item = &'a str>) -> String {
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([END]));
    let hash = bytes.fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    // Fold to 40 bits: ten hexadecimal digits, short enough to type into planbook.toml.
    format!("{rule}-{:010x}", (hash >> 40) ^ (hash & 0xff_ffff_ffff))
}

/// The ids of `findings` with duplicates numbered within each file instead of across all files. If two files
/// hold a plan of one organisation, these ids do not depend on the other file.
pub fn local_ids(findings: &[Finding]) -> Vec<String> {
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let local = findings.iter().map(|finding| {
        let id = without_number(&finding.id);
        let count = seen.entry((&finding.at.file, id)).or_default();
        *count += 1;
        if *count == 1 { id.to_owned() } else { numbered_id(id, *count) }
    });
    local.collect()
}

/// The id of duplicate `number` (from 1) among the findings that share `id`.
pub(crate) fn numbered_id(id: &str, number: usize) -> String {
    format!("{id}-{number}")
}

/// An id without its duplicate number.
fn without_number(id: &str) -> &str {
    id.match_indices('-').nth(1).map_or(id, |(at, _)| &id[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_same_for_ever_and_parts_do_not_run_together() {
        assert_eq!(finding_id(Code::W101, []), "W101-e484e9d1b9");
        assert_eq!(
            finding_id(Code::W101, ["교통국", "weight"]),
            finding_id(Code::W101, ["교통국", "weight"])
        );
        assert_ne!(finding_id(Code::W101, ["ab", "c"]), finding_id(Code::W101, ["a", "bc"]));
        assert_ne!(finding_id(Code::W101, ["a"]), finding_id(Code::W101, ["a", ""]));
    }
}
