//! References to cells, ranges and parts.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| planbook_fuzz::targets::references(data));
