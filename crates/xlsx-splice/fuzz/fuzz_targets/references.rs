//! References to cells, ranges and parts.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| xlsx_splice_fuzz::targets::references(data));
