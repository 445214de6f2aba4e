//! Text to records: delimiter and quotation marks, and which line of the file each record starts on.
//!
//! A quotation mark that is never closed swallows the rest of a file; here it costs its own line only.

use csv::{ReaderBuilder, StringRecord};

/// Records are split anew after a stray quotation mark at most this often.
const MOST_STRAYS: usize = 20;

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
    /// Lines whose quotation mark is never closed.
    pub(super) strays: Vec<usize>,
    /// True when there are more records than were asked for.
    pub(super) cut: bool,
}

/// Splits text whose first line is line `first` of the file, up to `most` records that hold something.
pub(super) fn split(text: &str, first: usize, delimiter: u8, most: usize) -> Records {
    let mut found = Records::default();
    let (mut rest, mut line) = (text, first);
    while let Some(stray) = split_until_stray(rest, line, delimiter, most, &mut found) {
        found.strays.push(line + stray.lines);
        let start = &rest[stray.offset..];
        let length = start.find('\n').map_or(start.len(), |end| end + 1);
        rest = &start[length..];
        line += stray.lines + 1;
    }
    found
}

/// Where a stray quotation mark's record starts: bytes and lines from the start of the text.
struct Stray {
    offset: usize,
    lines: usize,
}

fn split_until_stray(
    text: &str,
    first: usize,
    delimiter: u8,
    most: usize,
    found: &mut Records,
) -> Option<Stray> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut width = 0;
    while let Ok(true) = reader.read_record(&mut record) {
        let at = record.position()?;
        // The position is that of the line end before; blank lines count too.
        let start = usize::try_from(at.byte()).unwrap_or(text.len());
        let blank = text[start..].bytes().take_while(|b| *b == b'\n').count();
        let offset = start + blank;
        let lines = usize::try_from(at.line()).unwrap_or(1) - 1 + blank;
        let end = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        if found.strays.len() < MOST_STRAYS && record.iter().any(|cell| cell.contains('\n')) {
            let quoting = Quoting::of(&text[offset..end.min(text.len())], delimiter);
            let odd = quoting.sloppy || record.len() != width;
            if quoting.open || (odd && swallows(&record, width, delimiter)) {
                return Some(Stray { offset, lines });
            }
        }
        width = record.len();
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

/// True when a cell holds what looks like another whole record: its opening quotation mark is a stray one.
fn swallows(record: &StringRecord, width: usize, delimiter: u8) -> bool {
    width >= 3
        && record
            .iter()
            .filter(|cell| cell.contains('\n'))
            .any(|cell| {
                cell.split('\n')
                    .skip(1)
                    .any(|line| line.bytes().filter(|b| *b == delimiter).count() + 1 >= width)
            })
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
    fn a_quotation_mark_never_closed_costs_its_own_line_only() {
        let read = split("a,b,c\n\"d,e,f\ng,h,i\nj,k,l\n", 1, b',', 100);
        assert_eq!(read.strays, [2]);
        let lines: Vec<usize> = read.lines.iter().map(|line| line.row).collect();
        assert_eq!(lines, [1, 3, 4]);
    }

    #[test]
    fn two_stray_marks_do_not_swallow_what_is_between_them() {
        let read = split("a,b,c\n\"d,e,f\ng,h,i\n\"j,k,l\nm,n,o\n", 1, b',', 100);
        assert_eq!(read.strays, [2, 4]);
        assert_eq!(read.lines.len(), 3);
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
