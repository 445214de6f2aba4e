//! The shape of a file: its delimiter, the line of its headings, and the lines that are no pupil.

use super::Error;
use super::heading::{Vocabulary, Wish, squash};
use super::record::{self, Line, Records};
use crate::domain::batch::Target;
use crate::domain::text::{clean, fold};
use std::collections::HashSet;

/// Headings stand in one of the first so many lines that hold something.
const FIRST_LINES: usize = 60;
/// A line of a pupil list is never this long.
const LONGEST_LINE: usize = 1024 * 1024;
/// Pupils' rows a file may have.
pub(super) const MOST_ROWS: usize = 100_000;
/// Records a file may have: pupils, titles, page headings and totals.
const MOST_RECORDS: usize = MOST_ROWS + 20_000;

/// Delimiters that are tried, with their names.
const DELIMITERS: [(u8, &str); 3] = [(b',', "comma"), (b';', "semicolon"), (b'\t', "tab")];

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
    pub(super) passed: Vec<usize>,
    /// Lines whose quotation mark is never closed.
    pub(super) strays: Vec<usize>,
}

/// Finds headings and rows.
pub(super) fn read_table(
    text: &str,
    vocabulary: &Vocabulary,
    wishes: &[Wish],
) -> Result<Table, Error> {
    refuse_long_lines(text)?;
    let (text, first, told) = read_separator(text);
    let delimiter = match told {
        Some(delimiter) => delimiter,
        None => sniff_delimiter(text, vocabulary, wishes),
    };
    let name = DELIMITERS
        .iter()
        .find(|(byte, _)| *byte == delimiter)
        .map_or("other", |(_, name)| name);
    let records = record::split(text, first, delimiter, MOST_RECORDS);
    if records.cut {
        return Err(Error::TooManyRows { limit: MOST_ROWS });
    }
    let Some((at, _)) = find_headings(&records, vocabulary, wishes) else {
        return Err(no_pupil_list(&records, vocabulary));
    };
    let table = classify(records, at, name, vocabulary);
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

fn joined(line: &Line) -> String {
    let cells: Vec<&str> = line.filled().map(|(_, cell)| cell).collect();
    fold(&clean(&cells.join(" ")))
}

fn classify(
    records: Records,
    at: usize,
    delimiter: &'static str,
    vocabulary: &Vocabulary,
) -> Table {
    let mut lines = records.lines.into_iter();
    let titles: Vec<Line> = lines.by_ref().take(at).collect();
    let mut passed: Vec<usize> = titles.iter().map(|line| line.row).collect();
    let titles: HashSet<String> = titles.iter().map(joined).collect();
    let mut table = Table {
        delimiter,
        header_row: 0,
        headings: Vec::new(),
        width: 0,
        lines: Vec::new(),
        passed: Vec::new(),
        strays: records.strays,
    };
    let mut own: Vec<String> = Vec::new();
    let mut meant: Vec<Option<Target>> = Vec::new();
    for line in lines {
        if table.header_row == 0 {
            table.header_row = line.row;
            table.width = line.cells.len();
            table.headings = line.cells.iter().map(clean).collect();
            while table.headings.last().is_some_and(String::is_empty) {
                table.headings.pop();
            }
            own = table
                .headings
                .iter()
                .map(|heading| squash(heading))
                .collect();
            meant = table
                .headings
                .iter()
                .map(|heading| vocabulary.meaning(heading))
                .collect();
            continue;
        }
        let width = table.headings.len();
        let again = || is_same(&line, &own);
        let few = line.filled().count() <= 3 && width > line.filled().count();
        if (few && (titles.contains(&joined(&line)) || is_remark(&line, &meant))) || again() {
            passed.push(line.row);
        } else {
            table.lines.push(line);
        }
    }
    table.passed = passed;
    table
}

/// True when a line has the headings again, as the top of a printed page does.
fn is_same(line: &Line, headings: &[String]) -> bool {
    let mut wanted = headings.iter().filter(|heading| !heading.is_empty());
    line.cells
        .iter()
        .map(squash)
        .filter(|cell| !cell.is_empty())
        .all(|cell| wanted.next() == Some(&cell))
        && wanted.next().is_none()
}

/// Openings of lines that tell about the list.
const REMARKS: &[&str] = &[
    "report generated",
    "report produced",
    "report run",
    "report date",
    "report created",
    "report printed",
    "report:",
    "generated on",
    "generated by",
    "generated:",
    "generated at",
    "printed on",
    "printed by",
    "printed:",
    "printed at",
    "produced on",
    "produced by",
    "created on",
    "created by",
    "exported on",
    "exported by",
    "exported from",
    "exported:",
    "run date",
    "run on",
    "date printed",
    "date:",
    "print date",
    "end of report",
    "end of list",
    "end of file",
    "total number",
    "total pupils",
    "total students",
    "number of pupils",
    "number of students",
    "number of records",
    "no of pupils",
    "no. of pupils",
    "grand total",
    "confidential",
    "official-sensitive",
    "official sensitive",
    "\u{a9}",
    "(c) ",
    "school:",
    "filter:",
    "criteria:",
    "effective date:",
    "academic year:",
];

/// Words that head a total or a page number, with nothing but figures after them.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "sub total",
    "subtotal",
    "sub-total",
    "count",
    "sum",
    "average",
    "pupils",
    "students",
    "records",
    "rows",
    "date",
    "page",
    "printed",
    "generated",
    "report",
    "pupil count",
    "student count",
];

/// Openings of a line that heads a class or year in a list by classes.
const GROUPS: &[&str] = &[
    "class ",
    "class:",
    "year ",
    "year:",
    "yr ",
    "reg ",
    "reg group",
    "registration group",
    "form ",
    "form:",
    "tutor group",
    "nc year",
    "group:",
    "year group",
    "house:",
];

/// True for a line of few cells that tells about the list, counts it, or heads a part of it. What stands where a
/// pupil's own date, class or year stands is of a pupil, whose name is missing. `meant` is what each heading means.
fn is_remark(line: &Line, meant: &[Option<Target>]) -> bool {
    let cells: Vec<String> = line.filled().map(|(_, cell)| fold(&clean(cell))).collect();
    let Some((first, others)) = cells.split_first() else {
        return true;
    };
    if REMARKS.iter().any(|start| first.starts_with(start)) {
        return true;
    }
    let figures = |text: &str| !text.replace(" of ", " ").chars().any(char::is_alphabetic);
    let counted = |rest: &str| {
        figures(rest)
            && others.iter().all(|cell| figures(cell))
            && (rest.contains(':')
                || rest
                    .chars()
                    .chain(others.iter().flat_map(|cell| cell.chars()))
                    .any(|c| c.is_ascii_digit()))
    };
    if TOTALS
        .iter()
        .any(|word| first.strip_prefix(word).is_some_and(counted))
    {
        return true;
    }
    let many = first.trim_start_matches(|c: char| c.is_ascii_digit());
    if many.len() < first.len()
        && [
            "pupil", "pupils", "student", "students", "records", "rows", "children",
        ]
        .contains(&many.trim())
    {
        return true;
    }
    if !others.is_empty() {
        return false;
    }
    let date_alone =
        figures(first) && first.matches(['/', '-', '.']).count() == 2 && first.len() >= 6;
    let group = meant.len() >= 3
        && first.len() <= 30
        && GROUPS.iter().any(|start| first.starts_with(start));
    let column = line.filled().next().map_or(0, |(column, _)| column);
    match meant.get(column).copied().flatten() {
        Some(Target::Dob | Target::StatusFrom | Target::LeftOn) => group,
        // In the first column it heads what follows, whatever else the column holds.
        Some(Target::Class | Target::Year) if column > 0 => date_alone,
        _ => date_alone || group,
    }
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
