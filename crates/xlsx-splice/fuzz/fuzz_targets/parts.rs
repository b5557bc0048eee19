//! A part of a sound package, whatever its text.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| xlsx_splice_fuzz::targets::parts(data));
