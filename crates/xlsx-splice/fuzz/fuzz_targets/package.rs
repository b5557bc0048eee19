//! A whole archive, whatever its bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| xlsx_splice_fuzz::targets::package(data));
