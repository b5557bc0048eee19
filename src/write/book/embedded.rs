//! The fonts that are part of this program: those of the folder `PLANBOOK_FONTS` when it was built with the feature
//! `embed-fonts`.

#[cfg(feature = "embed-fonts")]
include!(concat!(env!("OUT_DIR"), "/embedded_fonts.rs"));

/// File names and data.
#[cfg(not(feature = "embed-fonts"))]
pub(super) const FILES: &[(&str, &[u8])] = &[];
