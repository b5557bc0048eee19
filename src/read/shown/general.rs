//! Numbers in the General format.

/// A number in the format General: at most eleven digits, no trailing zeros.
pub(in crate::read) fn general(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    let size = number.abs();
    if size != 0.0 && !(1e-9..1e15).contains(&size) {
        return format!("{number:E}");
    }
    let whole = if size < 1.0 { 1.0 } else { size.log10().floor() + 1.0 };
    let decimals = (10.0 - whole).clamp(0.0, 9.0);
    let text = format!("{number:.0$}", decimals as usize);
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
