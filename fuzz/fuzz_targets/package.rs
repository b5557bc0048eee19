//! A whole archive, whatever its bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| planbook_fuzz::targets::package(data));
