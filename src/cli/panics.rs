//! Records where a panic happened, so that it can be reported in plain words.

use std::panic;
use std::sync::Mutex;

/// Stops panics from printing themselves and records where the last one happened. The library handles most of
/// them; the rest are reported in plain words.
pub fn record() {
    panic::set_hook(Box::new(|info| {
        if let (Ok(mut place), Some(location)) = (PANICKED_AT.lock(), info.location()) {
            *place = location.to_string();
        }
    }));
}

/// The source position of the last panic.
static PANICKED_AT: Mutex<String> = Mutex::new(String::new());

/// Returns the source position of the last panic, in planbook or a library.
pub fn last_position() -> String {
    PANICKED_AT.lock().map(|place| place.clone()).unwrap_or_default()
}
