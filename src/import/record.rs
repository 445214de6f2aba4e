//! Text to records: delimiter and quotation marks, and which line of the file each record starts on.
//!
//! A quotation mark that is never closed, or is closed by another stray one lines below, swallows what is between; here
//! its own line is read without it.

use csv::{ReaderBuilder, StringRecord};

/// What is read twice for stray quotation marks is at most so many times the text.
const MOST_AGAIN: usize = 20;

/// A record that holds something.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Line of the file it starts on, counted from 1.
    pub(super) row: usize,
    pub(super) cells: StringRecord,
}

impl Line {
    /// The cells that hold something, with their columns.
    pub(super) fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        self.cells
            .iter()
            .enumerate()
            .map(|(column, cell)| (column, cell.trim()))
            .filter(|(_, cell)| !cell.is_empty())
    }
}

/// The records of a text.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) lines: Vec<Line>,
    /// Lines whose quotation mark is never closed, and whose cells are not as many as the headings.
    pub(super) strays: Vec<usize>,
    /// Lines taken without a quotation mark that is never closed.
    pub(super) unquoted: Vec<usize>,
    /// What to tell the reader.
    pub(super) notes: Vec<String>,
    /// True when there are more records than were asked for.
    pub(super) cut: bool,
}

/// Splits text whose first line is line `first` of the file, up to `most` records that hold something.
pub(super) fn split(text: &str, first: usize, delimiter: u8, most: usize) -> Records {
    let mut found = Records::default();
    let (mut rest, mut line, mut again) = (text, first, 0);
    let mut width = 0;
    while let Some(stray) = split_until_stray(rest, line, delimiter, most, &mut width, &mut found) {
        let start = &rest[stray.offset..];
        let length = start.find('\n').map_or(start.len(), |end| end + 1);
        let own = start[..length].trim_end_matches('\n');
        line += stray.lines;
        take_bare(own, line, delimiter, width, &mut found);
        line += 1;
        rest = &start[length..];
        again += stray.read;
        if again > text.len() * MOST_AGAIN {
            split_bare(rest, line, delimiter, most, &mut found);
            break;
        }
    }
    found
}

/// Takes one line as it stands, its quotation marks left out, when it has the cells it should have.
fn take_bare(own: &str, row: usize, delimiter: u8, width: usize, found: &mut Records) {
    let bare = own.replace('"', "");
    let cells: StringRecord = bare.split(char::from(delimiter)).collect();
    if cells.len() == width {
        found.unquoted.push(row);
        found.lines.push(Line { row, cells });
    } else {
        found.strays.push(row);
    }
}

/// What is left of a file with stray marks without number: every line by itself, marks and all.
fn split_bare(text: &str, first: usize, delimiter: u8, most: usize, found: &mut Records) {
    found.notes.push(format!(
        "From line {first} on quotation marks are taken for letters: too many of them are never closed."
    ));
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        if found.lines.len() == most {
            found.cut = true;
            return;
        }
        found.lines.push(Line {
            row: first + at,
            cells: line.split(char::from(delimiter)).collect(),
        });
    }
}

/// Where a stray quotation mark's record starts: bytes and lines from the start of the text; and how much was read.
struct Stray {
    offset: usize,
    lines: usize,
    read: usize,
}

fn split_until_stray(
    text: &str,
    first: usize,
    delimiter: u8,
    most: usize,
    width: &mut usize,
    found: &mut Records,
) -> Option<Stray> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    while let Ok(true) = reader.read_record(&mut record) {
        let at = record.position()?;
        // The position is that of the line end before; blank lines count too.
        let start = usize::try_from(at.byte()).unwrap_or(text.len());
        let blank = text[start..].bytes().take_while(|b| *b == b'\n').count();
        let offset = start + blank;
        let lines = usize::try_from(at.line()).unwrap_or(1) - 1 + blank;
        let end = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        if record.iter().any(|cell| cell.contains('\n')) {
            let own = &text[offset..end.min(text.len())];
            if is_stray(own, &record, *width, delimiter) {
                return Some(Stray {
                    offset,
                    lines,
                    read: end.saturating_sub(offset),
                });
            }
        }
        *width = record.len();
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if found.lines.len() == most {
            found.cut = true;
            return None;
        }
        found.lines.push(Line {
            row: first + lines,
            cells: std::mem::take(&mut record),
        });
    }
    None
}

/// True when a record of several lines is one only because of a stray quotation mark: it is never closed, it does not
/// fit and its lines do, or each of its lines is a whole record and none reads like a sentence.
fn is_stray(own: &str, record: &StringRecord, width: usize, delimiter: u8) -> bool {
    let quoting = Quoting::of(own, delimiter);
    if quoting.open {
        return true;
    }
    let mark = char::from(delimiter);
    let cells = |line: &str| line.split(mark).count();
    let lines = || own.trim_end_matches('\n').split('\n');
    let fits = width >= 2 && cells(lines().next().unwrap_or_default()) == width;
    if quoting.sloppy || record.len() != width {
        return fits || swallows(record, width, delimiter);
    }
    let prose = [mark, ' '].iter().collect::<String>();
    width >= 3
        && lines().all(|line| cells(line) == width && !line.contains(&prose))
        && !lines().next_back().is_some_and(|line| line.ends_with('"'))
}

/// True when a cell holds what looks like another whole record: its opening quotation mark is a stray one.
fn swallows(record: &StringRecord, width: usize, delimiter: u8) -> bool {
    let whole = |line: &str| line.bytes().filter(|b| *b == delimiter).count() + 1 >= width;
    width >= 3
        && record
            .iter()
            .filter(|cell| cell.contains('\n'))
            .any(|cell| cell.split('\n').any(whole))
}

/// How the quotation marks of one record stand.
struct Quoting {
    /// The text ends inside quotation marks.
    open: bool,
    /// A closing mark has text right after it.
    sloppy: bool,
}

impl Quoting {
    fn of(text: &str, delimiter: u8) -> Self {
        let (mut open, mut sloppy) = (false, false);
        let mut before = delimiter;
        for b in text.bytes() {
            let ended = b == delimiter || b == b'\n';
            if open {
                open = b != b'"';
            } else if b == b'"' {
                // A mark inside a bare cell is a letter like any other; right after a closing one it is doubled.
                open = before == delimiter || before == b'"' || before == b'\n';
            } else if before == b'"' && !ended {
                sloppy = true;
            }
            before = if open && b != b'"' { 0 } else { b };
        }
        Self { open, sloppy }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        split(text, 1, b',', 100)
            .lines
            .iter()
            .map(|line| (line.row, line.cells.iter().map(str::to_owned).collect()))
            .collect()
    }

    #[test]
    fn the_row_is_the_line_a_record_starts_on() {
        let read = rows("\n\na,b\n\n,,\n\"c\nd\",e\n\nf,g\n");
        let lines: Vec<usize> = read.iter().map(|(row, _)| *row).collect();
        assert_eq!(lines, [3, 6, 9]);
        assert_eq!(read[1].1, ["c\nd", "e"]);
    }

    #[test]
    fn a_quotation_mark_never_closed_costs_nobody() {
        let read = split("a,b,c\n\"d,e,f\ng,h,i\nj,k,l\n", 1, b',', 100);
        assert_eq!(read.unquoted, [2]);
        let lines: Vec<usize> = read.lines.iter().map(|line| line.row).collect();
        assert_eq!(lines, [1, 2, 3, 4]);
        assert_eq!(&read.lines[1].cells, &["d", "e", "f"][..]);
        let read = split("a,b\n\"d, e,f\ng,h\n", 1, b',', 100);
        assert_eq!((read.strays, read.lines.len()), (vec![2], 2));
    }

    #[test]
    fn two_stray_marks_do_not_swallow_what_is_between_them() {
        let read = split("a,b,c\n\"d,e,f\ng,h,i\n\"j,k,l\nm,n,o\n", 1, b',', 100);
        assert_eq!(read.unquoted, [2, 4]);
        assert_eq!(read.lines.len(), 5);
    }

    #[test]
    fn stray_marks_on_neighbouring_lines_swallow_nobody() {
        for text in [
            "a,b,c\n\"d,e,f\n\"g,h,i\nj,k,l\n",
            "a,b,c,d\nd,e,\"f,1\ng,h,\"i,2\nj,k,,3\n",
            "a,b,c\nd,\"e,f\ng,h\",i\nj,k,l\n",
        ] {
            let read = split(text, 1, b',', 100);
            assert_eq!(read.lines.len(), 4, "{text}");
            assert!(read.strays.is_empty(), "{text}");
            let width = read.lines[0].cells.len();
            assert!(read.lines.iter().all(|line| line.cells.len() == width));
        }
    }

    #[test]
    fn lines_and_commas_inside_a_cell_are_text() {
        let read = split(
            "a,b,c\nd,e,\"one\ntwo, three, four, five\"\nf,g,h\n",
            1,
            b',',
            100,
        );
        assert_eq!((read.strays.len(), read.lines.len()), (0, 3));
        assert_eq!(read.lines[2].row, 4);
    }

    #[test]
    fn marks_inside_a_bare_cell_and_doubled_marks_are_text() {
        let read = rows("5' 2\",b\n\"say \"\"aye\"\"\",c\n");
        assert_eq!(read[0].1, ["5' 2\"", "b"]);
        assert_eq!(read[1].1, ["say \"aye\"", "c"]);
    }

    #[test]
    fn no_more_records_are_split_than_asked_for() {
        let read = split("a\nb\nc\n", 1, b',', 2);
        assert_eq!((read.lines.len(), read.cut), (2, true));
    }
}
