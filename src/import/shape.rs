//! The shape of a file: its delimiter, the line of its headings, and the lines that are no pupil.

use super::Error;
use super::dialect;
use super::heading::{Vocabulary, Wish};
use super::record::{self, Line, Records};
use super::remark::Remarks;
use crate::domain::batch::{Passed, Target};
use crate::domain::text::clean;

/// Headings stand in one of the first so many lines that hold something.
const FIRST_LINES: usize = 60;
/// A line of a pupil list is never this long.
const LONGEST_LINE: usize = 1024 * 1024;
/// Pupils' rows a file may have.
pub(super) const MOST_ROWS: usize = 100_000;
/// Records a file may have: pupils, titles, page headings and totals.
const MOST_RECORDS: usize = MOST_ROWS + 20_000;

/// Delimiters that are tried, with their names.
const DELIMITERS: [(u8, &str); 4] = [
    (b',', "comma"),
    (b';', "semicolon"),
    (b'\t', "tab"),
    (b'|', "pipe"),
];

/// What is told of a line passed over is cut after so many characters.
const LONGEST_TOLD: usize = 100;

/// A file cut into headings and rows.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) delimiter: &'static str,
    /// The line of the headings, counted from 1.
    pub(super) header_row: usize,
    /// Headings by column; blank where a column has none.
    pub(super) headings: Vec<String>,
    /// Cells of the heading line, blank ones at its end too.
    pub(super) width: usize,
    pub(super) lines: Vec<Line>,
    /// Lines that are no pupil: titles, headings again, group headings, totals.
    pub(super) passed: Vec<Passed>,
    /// Lines whose quotation mark is never closed, and whose cells are not as many as the headings.
    pub(super) strays: Vec<usize>,
    /// Lines taken without a quotation mark that is never closed.
    pub(super) unquoted: Vec<usize>,
    /// What to tell the reader.
    pub(super) notes: Vec<String>,
}

/// Finds headings and rows.
pub(super) fn read_table(
    text: &str,
    vocabulary: &Vocabulary,
    wishes: &[Wish],
) -> Result<Table, Error> {
    refuse_long_lines(text)?;
    let (text, first, told) = read_separator(text);
    let (text, note) = dialect::straighten(text);
    let delimiter = match told {
        Some(delimiter) => delimiter,
        None => sniff_delimiter(&text, vocabulary, wishes),
    };
    let text = dialect::close_up(&text, delimiter);
    let name = DELIMITERS
        .iter()
        .find(|(byte, _)| *byte == delimiter)
        .map_or("other", |(_, name)| name);
    let records = record::split(&text, first, delimiter, MOST_RECORDS);
    if records.cut {
        return Err(Error::TooManyRows { limit: MOST_ROWS });
    }
    if is_transposed(&records, vocabulary) {
        return Err(Error::Transposed);
    }
    let Some((at, _)) = find_headings(&records, vocabulary, wishes) else {
        return Err(no_pupil_list(&records, vocabulary));
    };
    let mut table = classify(records, at, name, vocabulary);
    table.notes.extend(note);
    if table.lines.is_empty() && table.strays.is_empty() {
        return Err(Error::NoRows {
            line: table.header_row,
        });
    }
    if table.lines.len() > MOST_ROWS {
        return Err(Error::TooManyRows { limit: MOST_ROWS });
    }
    Ok(table)
}

fn refuse_long_lines(text: &str) -> Result<(), Error> {
    match text.split('\n').position(|line| line.len() > LONGEST_LINE) {
        Some(at) => Err(Error::LongLine {
            line: at + 1,
            limit: LONGEST_LINE / 1024 / 1024,
        }),
        None => Ok(()),
    }
}

/// Takes Excel's `sep=;` line off: the rest, the number of its first line and the delimiter.
fn read_separator(text: &str) -> (&str, usize, Option<u8>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let line = first.trim_matches(['"', ' ', '\u{feff}']);
    let mark = line
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="))
        .and_then(|_| line.as_bytes().get(4).copied());
    match mark {
        Some(mark) if mark.is_ascii() && line.len() <= 5 => (rest, 2, Some(mark)),
        // A tab after `sep=` may have been trimmed off, or split off by another program.
        None if line.eq_ignore_ascii_case("sep=") => (rest, 2, Some(b'\t')),
        _ => (text, 1, None),
    }
}

/// The delimiter under which the headings are best known; when none are, the one that makes most columns.
fn sniff_delimiter(text: &str, vocabulary: &Vocabulary, wishes: &[Wish]) -> u8 {
    let end = text
        .bytes()
        .enumerate()
        .filter(|(_, b)| *b == b'\n')
        .nth(FIRST_LINES * 2)
        .map_or(text.len(), |(at, _)| at);
    let mut best = (b',', (0, 0));
    for (delimiter, _) in DELIMITERS {
        let records = record::split(&text[..end], 1, delimiter, FIRST_LINES);
        let weight = find_headings(&records, vocabulary, wishes).map_or(0, |(_, weight)| weight);
        let columns = records.lines.iter().map(|line| line.cells.len()).max();
        let score = (weight, columns.unwrap_or(0));
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    best.0
}

/// The place of the headings among the records, and how much speaks for it.
fn find_headings(
    records: &Records,
    vocabulary: &Vocabulary,
    wishes: &[Wish],
) -> Option<(usize, i32)> {
    let mut best: Option<(usize, i32)> = None;
    for (at, line) in records.lines.iter().take(FIRST_LINES).enumerate() {
        if let Some(weight) = vocabulary.weigh(line.cells.iter(), wishes)
            && best.is_none_or(|(_, most)| weight > most)
        {
            best = Some((at, weight));
        }
    }
    best
}

fn no_pupil_list(records: &Records, vocabulary: &Vocabulary) -> Error {
    let (seen, others) = records
        .lines
        .iter()
        .take(FIRST_LINES)
        .map(|line| vocabulary.safe_to_tell(line.cells.iter()))
        .filter(|(seen, others)| seen.len() >= 2 && seen.len() >= *others)
        .max_by_key(|(seen, _)| seen.len())
        .unwrap_or_default();
    Error::NoPupilList { seen, others }
}

/// True when the headings stand below each other in the first column, and each child is a column.
fn is_transposed(records: &Records, vocabulary: &Vocabulary) -> bool {
    let mut lines = records
        .lines
        .iter()
        .take(FIRST_LINES)
        .filter(|line| line.filled().count() >= 2)
        .peekable();
    let Some(top) = lines.peek() else {
        return false;
    };
    let known = |cell: &str| vocabulary.meaning(cell).is_some();
    if top.filled().skip(1).any(|(_, cell)| known(cell)) {
        return false;
    }
    let (mut all, mut meant) = (0_usize, Vec::new());
    for line in lines {
        all += 1;
        let first = line.cells.get(0).and_then(|cell| vocabulary.meaning(cell));
        meant.extend(first.filter(|target| !meant.contains(target)));
    }
    let named = |target: &Target| {
        matches!(
            target,
            Target::Surname | Target::Forename | Target::FullName
        )
    };
    meant.len() >= 2 && meant.len() * 4 >= all * 3 && meant.iter().any(named)
}

/// A line that is passed over, as it is told.
pub(super) fn passed(line: &Line) -> Passed {
    let cells: Vec<&str> = line.filled().map(|(_, cell)| cell).collect();
    let text: String = clean(&cells.join(", "));
    Passed {
        row: line.row,
        text: text.chars().take(LONGEST_TOLD).collect(),
    }
}

fn classify(
    records: Records,
    at: usize,
    delimiter: &'static str,
    vocabulary: &Vocabulary,
) -> Table {
    let mut lines = records.lines.into_iter();
    let titles: Vec<Line> = lines.by_ref().take(at).collect();
    let mut table = Table {
        delimiter,
        header_row: 0,
        headings: Vec::new(),
        width: 0,
        lines: Vec::new(),
        passed: titles.iter().map(passed).collect(),
        strays: records.strays,
        unquoted: records.unquoted,
        notes: records.notes,
    };
    let Some(top) = lines.next() else {
        return table;
    };
    table.header_row = top.row;
    table.width = top.cells.len();
    table.headings = top.cells.iter().map(clean).collect();
    while table.headings.last().is_some_and(String::is_empty) {
        table.headings.pop();
    }
    let mut remarks = Remarks::new(vocabulary, &titles, &table.headings);
    for line in lines {
        if remarks.passes(&line) {
            table.passed.push(passed(&line));
        } else {
            table.lines.push(line);
        }
    }
    let rows = &table.passed;
    table
        .unquoted
        .retain(|row| !rows.iter().any(|passed| passed.row == *row));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        read_table(text, &Vocabulary::new(), &[]).unwrap()
    }

    fn rows(table: &Table) -> Vec<usize> {
        table.lines.iter().map(|line| line.row).collect()
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_headings() {
        for (text, want) in [
            ("Surname,Forename\nOkafor,Ada\n", "comma"),
            ("Surname;Forename\nOkafor;Ada, Bea\n", "semicolon"),
            ("Surname\tForename\nOkafor\tAda\n", "tab"),
            ("sep=;\nSurname;Forename\nOkafor;Ada\n", "semicolon"),
            ("SEP=,\nSurname,Forename\nOkafor,Ada\n", "comma"),
            ("\"sep=;\"\nSurname;Forename\nOkafor;Ada\n", "semicolon"),
            ("sep=\t\nSurname\tForename\nOkafor\tAda\n", "tab"),
            ("Pupil Name\n\"Okafor, Ada\"\n", "comma"),
        ] {
            assert_eq!(table(text).delimiter, want, "{text}");
        }
        assert_eq!(table("sep=;\nSurname;Forename\nOkafor;Ada\n").header_row, 2);
    }

    #[test]
    fn titles_blank_lines_pages_groups_and_totals_are_no_rows() {
        let text = "Oakfield Primary\nPupil list,,\n23/11/2026,,\n\nSurname,Forename,Class,\nOkafor,Ada,5B,\n\n\
                    Class 5C,,,\nMoss,Ben,5C,\nOakfield Primary,,,\nSurname,Forename,Class,\nHale,Cy,5C,\n\
                    Page 1 of 3,,,\nTotal: 3,,,\nTotal,,3,\n3 pupils,,,\nReport generated 23/11/2026 08:15,,,\n\
                    Printed by,J. Doe,,\n23/11/2026\n";
        let table = table(text);
        assert_eq!(table.header_row, 5);
        assert_eq!(rows(&table), [6, 9, 12]);
        assert_eq!(table.passed.len(), 13);
        assert_eq!(table.headings, ["Surname", "Forename", "Class"]);
    }

    #[test]
    fn children_whose_names_are_such_words_are_rows() {
        let text = "Surname,Forename,Class\nPage,Ada,5B\nCount,Ben,\nTotal,Cy,5C\nPage,,\nForm,Di,5C\nYear,Ed,5C\n";
        assert_eq!(rows(&table(text)), [2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn a_lone_cell_where_a_pupils_own_stands_is_a_row() {
        let text = "Surname,Forename,DOB,Year\n,,01/02/2016,\n,,,Year 4\nOkafor,Ada,02/03/2016,Year 4\nYear 5,,,\n\
                    23/11/2026,,,\n";
        assert_eq!(rows(&table(text)), [2, 3, 4]);
        assert_eq!(rows(&table("DOB,Surname,Forename\n01/02/2016,,\n")), [2]);
    }

    #[test]
    fn a_file_without_rows_or_without_headings_is_refused() {
        let refuse = |text: &str| read_table(text, &Vocabulary::new(), &[]).unwrap_err();
        assert_eq!(
            refuse("Surname,Forename\n\nTotal: 0,\n"),
            Error::NoRows { line: 1 }
        );
        let product = refuse("Product,Price,Stock,Zorb\nKettle,9.99,4,1\n");
        assert_eq!(
            product,
            Error::NoPupilList {
                seen: vec!["Product".into(), "Price".into(), "Stock".into()],
                others: 1
            }
        );
        let headless = refuse("Okafor,Ada,5B\nMoss,Ben,5C\n").to_string();
        assert!(!headless.contains("Okafor"), "{headless}");
        let long = format!("Surname,Forename\n{}\n", "a,".repeat(LONGEST_LINE));
        assert_eq!(refuse(&long), Error::LongLine { line: 2, limit: 1 });
    }
}
