//! References to cells, ranges and parts.
#![no_main]

libfuzzer_sys::fuzz_target!(
    // Panics of the reader that planbook catches are no findings; those that nobody catches still end the run.
    init: drop(std::panic::take_hook()),
    |data: &[u8]| planbook_fuzz::targets::references(data)
);
