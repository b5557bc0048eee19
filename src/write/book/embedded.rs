//! The fonts built into this program: those of the folder `PLANBOOK_FONTS` at build time, with the feature
//! `embed-fonts`.

#[cfg(feature = "embed-fonts")]
include!(concat!(env!("OUT_DIR"), "/embedded_fonts.rs"));

/// File names and data.
#[cfg(not(feature = "embed-fonts"))]
pub(super) const FILES: &[(&str, &[u8])] = &[];
