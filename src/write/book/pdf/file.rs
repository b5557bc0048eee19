//! An exported PDF file as its objects, and written again as small as PDF 1.7 allows.
//!
//! The tags make some hundred thousand short objects of a large book. The export writes each by itself and plain; here all
//! that are no streams go together into compressed object streams (ISO 32000-1, 7.5.7), and the table of places becomes
//! a stream as well (7.5.8). Streams stay as they are: PDF/A wants to find the metadata uncompressed.

use std::borrow::Cow;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use memchr::memmem;
use rayon::prelude::*;

/// How many objects share a stream: more are smaller, but a reader unpacks all of them to see one.
const PER_STREAM: usize = 256;

/// A file, taken apart.
pub(super) struct File<'a> {
    /// The version and the mark that the file is binary.
    header: &'a [u8],
    /// The objects by number, from 1; `None` for a number that is free.
    objects: Vec<Option<Cow<'a, [u8]>>>,
    /// What the trailer says, but for the number of objects.
    trailer: &'a [u8],
}

/// Where an object stands: type and two facts, as the table of places has them.
#[derive(Clone, Copy)]
enum Place {
    Free,
    At(usize),
    In { stream: usize, index: usize },
}

impl<'a> File<'a> {
    /// Takes apart what typst-pdf has written; `None` if it is not built like that.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let end = memmem::rfind(bytes, b"\nstartxref\n")?;
        let places_at = leading_number(&bytes[end + b"\nstartxref\n".len()..])?;
        let trailer_at = memmem::rfind(&bytes[..end], b"trailer\n<<")?;
        let places = bytes.get(places_at..trailer_at)?.strip_prefix(b"xref\n0 ")?;
        let places = &places[memchr::memchr(b'\n', places)? + 1..];
        let trailer = bytes[trailer_at + b"trailer\n<<".len()..end].strip_suffix(b">>")?;
        let trailer = trailer.strip_prefix(b"/Size ")?;
        let trailer = &trailer[trailer.iter().position(|byte| !byte.is_ascii_digit())?..];

        let mut used: Vec<(usize, usize)> = Vec::new();
        for (number, place) in places.chunks_exact(20).enumerate() {
            if place[17] == b'n' {
                used.push((leading_number(place)?, number));
            }
        }
        used.sort_unstable();
        let header = bytes.get(..used.first()?.0)?;
        let mut objects = vec![None; places.len() / 20 - 1];
        let ends = used.iter().skip(1).map(|&(start, _)| start).chain([places_at]);
        for (&(start, number), end) in used.iter().zip(ends) {
            let object = bytes.get(start..end)?.strip_prefix(format!("{number} 0 obj").as_bytes())?;
            let object = object.trim_ascii().strip_suffix(b"endobj")?.trim_ascii();
            *objects.get_mut(number.checked_sub(1)?)? = Some(Cow::Borrowed(object));
        }
        Some(Self { header, objects, trailer })
    }

    /// The objects, to be changed.
    pub(super) fn objects_mut(&mut self) -> impl Iterator<Item = &mut Cow<'a, [u8]>> {
        self.objects.iter_mut().flatten()
    }

    /// Adds an object and gives its number.
    pub(super) fn add(&mut self, object: Vec<u8>) -> usize {
        self.objects.push(Some(Cow::Owned(object)));
        self.objects.len()
    }

    /// The file, packed.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut out = self.header.to_vec();
        let mut places = vec![Place::Free; self.objects.len() + 1];
        let mut small = Vec::new();
        for (number, object) in (1..).zip(&self.objects) {
            match object {
                Some(stream) if stream.ends_with(b"endstream") => {
                    places[number] = Place::At(out.len());
                    write_object(&mut out, number, stream);
                }
                Some(object) => small.push((number, object)),
                None => {}
            }
        }
        let packed: Vec<Vec<u8>> = small.par_chunks(PER_STREAM).map(object_stream).collect();
        for (members, object) in small.chunks(PER_STREAM).zip(packed) {
            let stream = places.len();
            for (index, &(number, _)) in members.iter().enumerate() {
                places[number] = Place::In { stream, index };
            }
            places.push(Place::At(out.len()));
            write_object(&mut out, stream, &object);
        }
        let (start, number) = (out.len(), places.len());
        places.push(Place::At(start));
        write_object(&mut out, number, &self.table_of_places(&places));
        out.extend(format!("startxref\n{start}\n%%EOF").into_bytes());
        out
    }

    fn table_of_places(&self, places: &[Place]) -> Vec<u8> {
        const WIDTH: usize = 7;
        let mut rows = Vec::with_capacity(places.len() * (WIDTH + 1));
        let mut above = [0; WIDTH];
        for place in places {
            let row = place.row();
            // Each row as what differs from the one above (predictor "up"): next to nothing where objects follow.
            rows.push(2);
            rows.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
            above = row;
        }
        let mut keys =
            format!("/Type/XRef/Size {}/W[1 4 2]/DecodeParms<</Predictor 12/Columns {WIDTH}>>", places.len())
                .into_bytes();
        keys.extend_from_slice(self.trailer);
        stream(&keys, &rows)
    }
}

impl Place {
    fn row(self) -> [u8; 7] {
        let (kind, place, rest) = match self {
            Place::Free => (0, 0, u16::MAX),
            Place::At(place) => (1, place, 0),
            Place::In { stream, index } => (2, stream, index as u16),
        };
        let mut row = [kind, 0, 0, 0, 0, 0, 0];
        row[1..5].copy_from_slice(&(place as u32).to_be_bytes());
        row[5..].copy_from_slice(&rest.to_be_bytes());
        row
    }
}

fn leading_number(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()
}

fn write_object(out: &mut Vec<u8>, number: usize, object: &[u8]) {
    out.extend(format!("{number} 0 obj\n").into_bytes());
    out.extend_from_slice(object);
    out.extend_from_slice(b"\nendobj\n");
}

/// The objects as one stream: their numbers and places first, then themselves.
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
    use super::*;

    const PLAIN: &str = "%PDF-1.7\n%bin\n\n1 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n\n\
        3 0 obj\n<</Length 9>>\nstream\nendobj\nabc\nendstream\nendobj\n\n4 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\n\n";

    /// A file as typst-pdf writes it; object 2 is free.
    fn plain() -> Vec<u8> {
        let at = |text: &str| PLAIN.find(text).unwrap();
        let places = [at("1 0 obj"), at("3 0 obj"), at("4 0 obj")].map(|at| format!("{at:010} 00000 n\r\n"));
        let [one, three, four] = places;
        let table = format!("xref\n0 5\n0000000002 65535 f\r\n{one}0000000000 00001 f\r\n{three}{four}");
        let start = PLAIN.len();
        format!("{PLAIN}{table}trailer\n<</Size 5/Root 4 0 R/ID[(a)(b)]>>\nstartxref\n{start}\n%%EOF")
            .into_bytes()
    }

    #[test]
    fn a_file_is_taken_apart_by_its_table_of_places() {
        let plain = plain();
        let file = File::read(&plain).unwrap();
        let objects: Vec<_> =
            file.objects.iter().map(|object| object.as_ref().map(|o| String::from_utf8_lossy(o))).collect();
        assert_eq!(objects.len(), 4);
        assert_eq!(objects[0].as_deref(), Some("<</Type/Pages/Count 0/Kids[]>>"));
        assert_eq!(objects[1], None);
        assert_eq!(objects[2].as_deref(), Some("<</Length 9>>\nstream\nendobj\nabc\nendstream"));
        assert_eq!(file.trailer, b"/Root 4 0 R/ID[(a)(b)]");
    }

    #[test]
    fn what_is_no_such_file_is_not_taken_apart() {
        for bytes in [&b""[..], b"%PDF-1.7\n", &plain()[..200], &plain()[10..]] {
            assert!(File::read(bytes).is_none());
        }
    }

    #[test]
    fn streams_stay_as_they_are_and_the_rest_is_packed() {
        let packed = File::read(&plain()).unwrap().write();
        let has = |text: &[u8]| memmem::find(&packed, text).is_some();
        assert!(packed.starts_with(
            b"%PDF-1.7\n%bin\n\n3 0 obj\n<</Length 9>>\nstream\nendobj\nabc\nendstream\nendobj\n"
        ));
        assert!(has(b"5 0 obj\n<</Type/ObjStm/N 2/First 9/Filter/FlateDecode"));
        assert!(has(b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 2]") && has(b"/Root 4 0 R/ID[(a)(b)]/Filter"));
        assert!(!has(b"/Catalog") && !has(b"trailer"));
    }
}
