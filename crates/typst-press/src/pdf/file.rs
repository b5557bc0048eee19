//! Splits an exported PDF file into objects and rewrites it as compactly as PDF 1.7 allows.
//!
//! Tagging creates some hundred thousand short objects in a large document, which the export writes one by
//! one and uncompressed. Here all objects except streams go into compressed object streams (ISO 32000-1,
//! 7.5.7), and the cross-reference table becomes a stream (7.5.8). Streams stay as they are: PDF/A requires
//! uncompressed metadata.

use std::borrow::Cow;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rayon::prelude::*;

use crate::upstream::bytes::{Parts, take_apart};

/// Objects per stream: more are smaller, but a reader must decompress all of them for one.
const PER_STREAM: usize = 256;

/// A file split into its parts.
pub(crate) struct PdfFile<'a>(Parts<'a>);

/// One entry of the cross-reference stream: the position of an object.
#[derive(Clone, Copy)]
enum XrefEntry {
    Free,
    At(usize),
    In { stream: usize, index: usize },
}

impl<'a> PdfFile<'a> {
    /// Parses a file written by typst-pdf; `None` if its structure is not as expected.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        take_apart(bytes).map(Self)
    }

    /// The objects, for editing.
    pub(super) fn objects_mut(&mut self) -> impl Iterator<Item = &mut Cow<'a, [u8]>> {
        self.0.objects.iter_mut().flatten()
    }

    /// Adds an object and returns its number.
    pub(super) fn add(&mut self, object: Vec<u8>) -> usize {
        self.0.objects.push(Some(Cow::Owned(object)));
        self.0.objects.len()
    }

    /// The compressed file.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = self.0.header.to_vec();
        let mut entries = vec![XrefEntry::Free; self.0.objects.len() + 1];
        let mut small = Vec::new();
        for (number, object) in (1..).zip(&self.0.objects) {
            match object {
                Some(stream) if stream.ends_with(b"endstream") => {
                    entries[number] = XrefEntry::At(out.len());
                    write_object(&mut out, number, stream);
                }
                Some(object) => small.push((number, object)),
                None => {}
            }
        }
        let packed: Vec<Vec<u8>> = small.par_chunks(PER_STREAM).map(object_stream).collect();
        for (members, object) in small.chunks(PER_STREAM).zip(packed) {
            let stream = entries.len();
            for (index, &(number, _)) in members.iter().enumerate() {
                entries[number] = XrefEntry::In { stream, index };
            }
            entries.push(XrefEntry::At(out.len()));
            write_object(&mut out, stream, &object);
        }
        let (start, number) = (out.len(), entries.len());
        entries.push(XrefEntry::At(start));
        write_object(&mut out, number, &self.xref_stream(&entries));
        out.extend(format!("startxref\n{start}\n%%EOF").into_bytes());
        out
    }

    fn xref_stream(&self, entries: &[XrefEntry]) -> Vec<u8> {
        const WIDTH: usize = 7;
        let mut rows = Vec::with_capacity(entries.len() * (WIDTH + 1));
        let mut above = [0; WIDTH];
        for entry in entries {
            let row = entry.row();
            // Each row as the difference from the previous one (predictor "up"): almost nothing for
            // consecutive objects.
            rows.push(2);
            rows.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
            above = row;
        }
        let mut keys = format!(
            "/Type/XRef/Size {}/W[1 4 2]/DecodeParms<</Predictor 12/Columns {WIDTH}>>",
            entries.len()
        )
        .into_bytes();
        keys.extend_from_slice(self.0.trailer);
        stream(&keys, &rows)
    }
}

impl XrefEntry {
    fn row(self) -> [u8; 7] {
        let (kind, place, rest) = match self {
            XrefEntry::Free => (0, 0, u16::MAX),
            XrefEntry::At(place) => (1, place, 0),
            XrefEntry::In { stream, index } => (2, stream, index as u16),
        };
        let mut row = [kind, 0, 0, 0, 0, 0, 0];
        row[1..5].copy_from_slice(&(place as u32).to_be_bytes());
        row[5..].copy_from_slice(&rest.to_be_bytes());
        row
    }
}

fn write_object(out: &mut Vec<u8>, number: usize, object: &[u8]) {
    out.extend(format!("{number} 0 obj\n").into_bytes());
    out.extend_from_slice(object);
    out.extend_from_slice(b"\nendobj\n");
}

/// The objects as one stream: their numbers and offsets, then the objects.
fn object_stream(members: &[(usize, &Cow<'_, [u8]>)]) -> Vec<u8> {
    let (mut index, mut bodies) = (String::new(), Vec::new());
    for (number, object) in members {
        index.push_str(&format!("{number} {} ", bodies.len()));
        bodies.extend_from_slice(object);
        bodies.push(b'\n');
    }
    let keys = format!("/Type/ObjStm/N {}/First {}", members.len(), index.len());
    stream(keys.as_bytes(), &[index.into_bytes(), bodies].concat())
}

/// A compressed stream whose dictionary has these `keys`.
pub(super) fn stream(keys: &[u8], data: &[u8]) -> Vec<u8> {
    let data = compressed(data);
    let mut out = b"<<".to_vec();
    out.extend_from_slice(keys);
    out.extend(format!("/Filter/FlateDecode/Length {}>>\nstream\n", data.len()).into_bytes());
    out.extend(data);
    out.extend_from_slice(b"\nendstream");
    out
}

fn compressed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    let _ = encoder.write_all(data);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use memchr::memmem;

    use super::*;
    use crate::upstream::bytes::sample;

    #[test]
    fn streams_stay_as_they_are_and_the_rest_is_packed() {
        let packed = PdfFile::read(&sample()).unwrap().write();
        let has = |text: &[u8]| memmem::find(&packed, text).is_some();
        assert!(packed.starts_with(
            b"%PDF-1.7\n%bin\n\n3 0 obj\n<</Length 9>>\nstream\nendobj\nabc\nendstream\nendobj\n"
        ));
        assert!(has(b"5 0 obj\n<</Type/ObjStm/N 2/First 9/Filter/FlateDecode"));
        assert!(has(b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 2]") && has(b"/Root 4 0 R/ID[(a)(b)]/Filter"));
        assert!(!has(b"/Catalog") && !has(b"trailer"));
    }
}
