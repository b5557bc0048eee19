//! Outputs: one folder each.
