//! Ids that survive re-runs and moved rows.

use sha2::{Digest, Sha256};

use super::Code;

/// The id of a finding: a short hash over the rule and what identifies the trouble.
///
/// `parts` are the organisation, the KPI (as compared, not as spelled) and whatever tells this trouble
/// from another of the same rule: the year, the cited name, the code. Rows, cells, file names and found
/// values stay out where the trouble remains the same without them.
pub fn finding_id(rule: Code, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    let hex: String = digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    format!("{rule}-{hex}")
}
