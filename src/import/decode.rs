//! Bytes to text: which encoding a file is in, and which files are no text at all.

use super::Error;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A file as text, every line end a line feed, without byte order mark.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// As `Shape::encoding` names it.
    pub(super) encoding: &'static str,
    /// What to tell the reader.
    pub(super) notes: Vec<String>,
}

/// First bytes of files that offices send by mistake, what they are and what to do.
const OTHER_KINDS: &[(&[u8], &str, &str)] = &[
    (
        b"PK\x03\x04",
        "an Excel workbook (or another zipped file)",
        "open it and save it as CSV",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "an Excel workbook of the older kind, or one with a password",
        "open it and save it as CSV",
    ),
    (b"%PDF", "a PDF", "export the list as CSV"),
    (
        b"{\\rtf",
        "a word processor's document",
        "export the list as CSV",
    ),
    (b"SQLite format 3\0", "a database", "export the list as CSV"),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
];

/// Openings of marked-up text in disguise, in lower case.
const MARKUP: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<meta",
    "<body",
    "<table",
    "<style",
    "<script",
];

/// What a file is by its first bytes, when it is of a kind that is no delimited text.
pub(super) fn other_kind(bytes: &[u8]) -> Option<Error> {
    OTHER_KINDS
        .iter()
        .find(|(start, _, _)| bytes.starts_with(start))
        .map(|(_, what, remedy)| Error::OtherKind { what, remedy })
}

/// The text of a file.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Error> {
    if let Some(error) = other_kind(bytes) {
        return Err(error);
    }
    let decoded = read_text(bytes)?;
    if decoded.text.trim().is_empty() {
        return Err(Error::Empty);
    }
    if decoded.text.contains('\0') {
        return Err(Error::Binary);
    }
    refuse_markup(&decoded.text)?;
    let ascii = decoded.text.is_ascii();
    Ok(match super::mend::mend(&decoded.text, ascii) {
        Some((text, told)) => Decoded {
            text,
            notes: [decoded.notes, told].concat(),
            ..decoded
        },
        None => decoded,
    })
}

fn read_text(bytes: &[u8]) -> Result<Decoded, Error> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let lossy = String::from_utf8_lossy(rest);
        return Ok(decoded(&lossy, "UTF-8 with BOM", count_lost(&lossy, rest)));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Ok(read_wide(rest, UTF_16LE, "UTF-16LE"));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Ok(read_wide(rest, UTF_16BE, "UTF-16BE"));
    }
    let start = &bytes[..bytes.len().min(2000)];
    if start.contains(&0) {
        return match wide_order(start) {
            Some((encoding, name)) => Ok(read_wide(bytes, encoding, name)),
            None => Err(Error::Binary),
        };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(decoded(text, "UTF-8", 0));
    }
    let (good, bad) = count_sequences(bytes);
    if good > bad {
        return Ok(decoded(&String::from_utf8_lossy(bytes), "UTF-8", bad));
    }
    // Windows-1252 holds ISO-8859-1's letters in the same places.
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok(decoded(&text, "Windows-1252", 0))
}

fn read_wide(bytes: &[u8], encoding: &'static Encoding, name: &'static str) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let lost = text.matches('\u{fffd}').count();
    decoded(&text, name, lost)
}

fn decoded(text: &str, encoding: &'static str, lost: usize) -> Decoded {
    let notes = match lost {
        0 => Vec::new(),
        1 => vec!["One character could not be read and is shown as \u{fffd}.".to_owned()],
        n => vec![format!(
            "{n} characters could not be read and are shown as \u{fffd}."
        )],
    };
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    };
    Decoded {
        text,
        encoding,
        notes,
    }
}

/// Replacement marks that were not in the file itself.
fn count_lost(text: &str, bytes: &[u8]) -> usize {
    if std::str::from_utf8(bytes).is_ok() {
        0
    } else {
        text.matches('\u{fffd}').count()
    }
}

/// UTF-16 without its mark: plain text has a nought in every other byte.
fn wide_order(start: &[u8]) -> Option<(&'static Encoding, &'static str)> {
    let pairs = start.len() / 2;
    let noughts = |offset: usize| {
        let halves = start.iter().skip(offset).step_by(2);
        halves.filter(|byte| **byte == 0).count()
    };
    let (first, second) = (noughts(0), noughts(1));
    if pairs >= 4 && second * 10 >= pairs * 8 && first * 10 <= pairs {
        Some((UTF_16LE, "UTF-16LE"))
    } else if pairs >= 4 && first * 10 >= pairs * 8 && second * 10 <= pairs {
        Some((UTF_16BE, "UTF-16BE"))
    } else {
        None
    }
}

/// Letters outside ASCII that are right UTF-8, and places that are not: tells a damaged UTF-8 file from Windows-1252.
fn count_sequences(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(good, bad), chunk| {
        let letters = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (
            good + letters,
            bad + usize::from(!chunk.invalid().is_empty()),
        )
    })
}

fn refuse_markup(text: &str) -> Result<(), Error> {
    let start: String = text
        .trim_start()
        .chars()
        .take(200)
        .flat_map(char::to_lowercase)
        .collect();
    if MARKUP.iter().any(|mark| start.starts_with(mark)) || start.contains("<html") {
        return Err(Error::OtherKind {
            what: "a web page, whatever its name says",
            remedy: "open it in a spreadsheet and save it as CSV",
        });
    }
    if start.starts_with("<?xml") || start.starts_with("<ctfile") {
        return Err(Error::OtherKind {
            what: "an XML file",
            remedy: "export the pupil list as CSV",
        });
    }
    if start.starts_with("{\"") || start.starts_with("[{") {
        return Err(Error::OtherKind {
            what: "a JSON file",
            remedy: "export the pupil list as CSV",
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn every_encoding_an_office_saves_in_is_read() {
        let text = "Zo\u{eb} O\u{2019}Brien,5B\n";
        let marked = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
        for (bytes, want) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (
                marked(b"\xef\xbb\xbf", text.as_bytes().to_vec()),
                "UTF-8 with BOM",
            ),
            (b"Zo\xeb O\x92Brien,5B\n".to_vec(), "Windows-1252"),
            (marked(b"\xff\xfe", wide(text, false)), "UTF-16LE"),
            (marked(b"\xfe\xff", wide(text, true)), "UTF-16BE"),
            (wide(text, false), "UTF-16LE"),
            (wide(text, true), "UTF-16BE"),
        ] {
            let read = decode(&bytes).unwrap();
            assert_eq!((read.text.as_str(), read.encoding), (text, want));
            assert!(read.notes.is_empty());
        }
    }

    #[test]
    fn iso_8859_1_letters_are_read_as_windows_1252_has_them() {
        assert_eq!(
            decode(b"Ren\xe9e,Bj\xf8rn").unwrap().text,
            "Ren\u{e9}e,Bj\u{f8}rn"
        );
    }

    #[test]
    fn a_damaged_utf_8_file_stays_utf_8_and_says_so() {
        let read = decode(b"Zo\xc3\xab,Ren\xc3\xa9,Bj\xf8rn").unwrap();
        assert_eq!(read.encoding, "UTF-8");
        assert!(read.text.starts_with("Zo\u{eb},Ren\u{e9},Bj\u{fffd}"));
        assert_eq!(read.notes.len(), 1);
    }

    #[test]
    fn line_ends_of_every_kind_are_one() {
        assert_eq!(decode(b"a\r\nb\rc\nd").unwrap().text, "a\nb\nc\nd");
    }

    #[test]
    fn what_is_no_text_is_named_with_what_to_do() {
        for (bytes, want) in [
            (&b"PK\x03\x04rest"[..], "Excel workbook"),
            (b"\xd0\xcf\x11\xe0rest", "Excel workbook"),
            (b"%PDF-1.7", "PDF"),
            (b"\n <HTML><table>", "web page"),
            (b"<?xml version=\"1.0\"?><html>", "web page"),
            (b"<?xml version=\"1.0\"?><CTfile>", "XML"),
            (b"[{\"a\":1}]", "JSON"),
            (b"Surname,Forename\nOka\0for,Ada\n", "no text"),
            (b"\xff\xfeS\x00\x00\x00\x00\x00", "no text"),
            (b"", "empty"),
            (b"\xef\xbb\xbf \r\n", "empty"),
        ] {
            let text = decode(bytes).unwrap_err().to_string();
            assert!(text.contains(want), "{text}");
            assert!(text.ends_with('.'), "{text}");
        }
    }
}
