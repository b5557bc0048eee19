//! The file structure that typst-pdf writes: objects in plain text, the cross-reference table, the trailer.

use std::borrow::Cow;

use memchr::memmem;

/// A rectangle: left, bottom, right, top, in points.
pub(crate) type Rect = [f64; 4];

/// The parts of a file.
pub(crate) struct Parts<'a> {
    /// The version and the binary marker.
    pub header: &'a [u8],
    /// The objects by number, from 1; `None` for a free number.
    pub objects: Vec<Option<Cow<'a, [u8]>>>,
    /// The trailer without the number of objects.
    pub trailer: &'a [u8],
}

/// The length of an entry in a cross-reference table.
const ENTRY: usize = 20;
/// Trailer keys of files with more than one table.
const MORE: [&[u8]; 3] = [b"/Prev", b"/XRefStm", b"/Encrypt"];

/// Parses a file; `None` if its structure is not as expected.
pub(crate) fn take_apart(bytes: &[u8]) -> Option<Parts<'_>> {
    let end = memmem::rfind(bytes, b"\nstartxref\n")?;
    let table_at = leading_number(&bytes[end + b"\nstartxref\n".len()..])?;
    let trailer_at = memmem::rfind(&bytes[..end], b"trailer\n<<")?;
    let table = bytes.get(table_at..trailer_at)?.strip_prefix(b"xref\n0 ")?;
    let table = table.get(memchr::memchr(b'\n', table)? + 1..)?;
    let trailer = bytes[trailer_at + b"trailer\n<<".len()..end].strip_suffix(b">>")?;
    let trailer = trailer.strip_prefix(b"/Size ")?;
    let trailer = &trailer[trailer.iter().position(|byte| !byte.is_ascii_digit())?..];
    if MORE.iter().any(|key| memmem::find(trailer, key).is_some()) || table.len() % ENTRY != 0 {
        return None;
    }
    let mut used: Vec<(usize, usize)> = Vec::new();
    for (number, entry) in table.chunks_exact(ENTRY).enumerate() {
        match entry[17] {
            b'n' => used.push((leading_number(entry)?, number)),
            b'f' => {}
            _ => return None,
        }
    }
    used.sort_unstable();
    let header = bytes.get(..used.first()?.0)?;
    let mut objects = vec![None; table.len() / ENTRY - 1];
    let ends = used.iter().skip(1).map(|&(start, _)| start).chain([table_at]);
    for (&(start, number), end) in used.iter().zip(ends) {
        let object = bytes.get(start..end)?.strip_prefix(format!("{number} 0 obj").as_bytes())?;
        let object = object.trim_ascii().strip_suffix(b"endobj")?.trim_ascii();
        *objects.get_mut(number.checked_sub(1)?)? = Some(Cow::Borrowed(object));
    }
    Some(Parts { header, objects, trailer })
}

fn leading_number(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()
}

/// The bleed and the trim box of `object`, if it is a page that has both.
pub(crate) fn page_boxes(object: &[u8]) -> Option<(Rect, Rect)> {
    let page = object.starts_with(b"<</Type/Page/").then(|| std::str::from_utf8(object).ok())??;
    let rect = |key: &str| {
        let (_, rest) = page.split_once(key)?;
        let mut numbers = rest.split(']').next()?.split(' ').map_while(|number| number.parse().ok());
        Some([numbers.next()?, numbers.next()?, numbers.next()?, numbers.next()?])
    };
    Some((rect("/MediaBox[")?, rect("/TrimBox[")?))
}

/// The page on a larger `sheet`, given as four numbers; its previous media box becomes its bleed box. The
/// objects numbered `before` and `after` are drawn before and after its content.
pub(crate) fn on_sheet(page: &[u8], sheet: &str, (before, after): (usize, usize)) -> Option<Vec<u8>> {
    let page = std::str::from_utf8(page).ok()?;
    let (head, rest) = page.split_once("/MediaBox[")?;
    let (own, rest) = rest.split_once(']')?;
    let (middle, tail) = rest.split_once("/Contents ")?;
    let (content, tail) = tail.split_once(" 0 R")?;
    Some(
        format!(
            "{head}/MediaBox[{sheet}]/BleedBox[{own}]{middle}/Contents[{before} 0 R {content} 0 R {after} 0 R]{tail}"
        )
        .into_bytes(),
    )
}

/// A small file as typst-pdf writes it; object 2 is free.
#[cfg(test)]
pub(crate) fn sample() -> Vec<u8> {
    const OBJECTS: &str = "%PDF-1.7\n%bin\n\n1 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n\n\
        3 0 obj\n<</Length 9>>\nstream\nendobj\nabc\nendstream\nendobj\n\n4 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\n\n";
    let at = |text: &str| OBJECTS.find(text).unwrap();
    let entries = [at("1 0 obj"), at("3 0 obj"), at("4 0 obj")].map(|at| format!("{at:010} 00000 n\r\n"));
    let [one, three, four] = entries;
    let table = format!("xref\n0 5\n0000000002 65535 f\r\n{one}0000000000 00001 f\r\n{three}{four}");
    let start = OBJECTS.len();
    format!("{OBJECTS}{table}trailer\n<</Size 5/Root 4 0 R/ID[(a)(b)]>>\nstartxref\n{start}\n%%EOF")
        .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_apart_by_its_cross_reference_table() {
        let sample = sample();
        let parts = take_apart(&sample).unwrap();
        let objects: Vec<_> =
            parts.objects.iter().map(|object| object.as_ref().map(|o| String::from_utf8_lossy(o))).collect();
        assert_eq!(objects.len(), 4);
        assert_eq!(objects[0].as_deref(), Some("<</Type/Pages/Count 0/Kids[]>>"));
        assert_eq!(objects[1], None);
        assert_eq!(objects[2].as_deref(), Some("<</Length 9>>\nstream\nendobj\nabc\nendstream"));
        assert_eq!(parts.trailer, b"/Root 4 0 R/ID[(a)(b)]");
    }

    #[test]
    fn a_file_of_other_make_is_not_taken_apart() {
        let sample = sample();
        let changed = |from: &str, to: &str| {
            String::from_utf8(sample.clone()).unwrap().replacen(from, to, 1).into_bytes()
        };
        for bytes in [
            vec![],
            b"%PDF-1.7\n".to_vec(),
            sample[..200].to_vec(),
            sample[10..].to_vec(),
            changed("xref\n0 5\n", "xref\n0 0\n\n"),
            changed("/Size 5/Root", "/Size 5/Prev 9/Root"),
            changed("00000 n", "00000 x"),
            changed("trailer\n", "trailer "),
            changed("3 0 obj", "3 1 obj"),
            changed("startxref\n", "startxref\n9"),
        ] {
            assert!(take_apart(&bytes).is_none(), "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn a_page_is_put_on_a_larger_sheet_with_its_bleed_named() {
        let page = "<</Type/Page/Resources 9 0 R/MediaBox[0 0 300 200]/TrimBox[10 10 290 190]/Tabs/S\
            /Parent 1 0 R/Contents 7 0 R/Annots[8 0 R]>>";
        let boxes = page_boxes(page.as_bytes());
        assert_eq!(boxes, Some(([0.0, 0.0, 300.0, 200.0], [10.0, 10.0, 290.0, 190.0])));
        let page = String::from_utf8(on_sheet(page.as_bytes(), "-9 -9 309 209", (20, 21)).unwrap()).unwrap();
        assert_eq!(
            page,
            "<</Type/Page/Resources 9 0 R/MediaBox[-9 -9 309 209]/BleedBox[0 0 300 200]\
             /TrimBox[10 10 290 190]/Tabs/S/Parent 1 0 R/Contents[20 0 R 7 0 R 21 0 R]/Annots[8 0 R]>>"
        );
    }

    #[test]
    fn pages_without_a_trim_box_and_other_objects_have_no_boxes() {
        assert_eq!(page_boxes(b"<</Type/Page/MediaBox[0 0 300 200]/Contents 7 0 R>>"), None);
        assert_eq!(page_boxes(b"<</Type/Pages/Kids[]>>"), None);
    }
}
