//! Delimited text: the file every office system can export.

use super::decode::{self, Decoded};
use super::group::{self, Told};
use super::heading::{self, Columns, Facts, Vocabulary};
use super::record::Line;
use super::row::RowReader;
use super::shape::{self, Table};
use super::{Error, Importer, Options};
use crate::domain::batch::{Batch, Passed, RowFault, Shape, Target};
use crate::domain::text::fold;
use crate::domain::upn;
use std::collections::{BTreeMap, HashSet};

/// A cell may have so many bytes.
const LONGEST_CELL: usize = 64 * 1024;

/// Columns left out are told up to this number; the mapping has them all.
const MOST_NOTES: usize = 20;

/// The reader of delimited text.
pub(super) struct Csv;

impl Importer for Csv {
    fn kind(&self) -> &'static str {
        "csv"
    }

    fn claims(&self, bytes: &[u8]) -> bool {
        decode::other_kind(bytes).is_none()
    }

    fn read(&self, bytes: &[u8], file_name: &str, options: &Options) -> Result<Batch, Error> {
        let wishes = heading::read_wishes(&options.map)?;
        let vocabulary = Vocabulary::new();
        let Decoded {
            text,
            encoding,
            mut notes,
        } = decode::decode(bytes)?;
        let mut table = shape::read_table(&text, &vocabulary, &wishes)?;
        drop(text);
        let facts = Facts::of(&table.lines, table.headings.len());
        let columns = heading::assign(&vocabulary, &table.headings, &facts, &wishes)?;
        pass_remarks(&mut table, &columns);
        if table.lines.is_empty() && table.strays.is_empty() {
            return Err(Error::NoRows {
                line: table.header_row,
            });
        }
        notes.append(&mut table.notes);
        notes.extend(tell_passed(&mut table.passed));
        notes.extend(columns.notes.iter().take(MOST_NOTES).cloned());
        let mut batch = read_rows(&table, &columns, options, &mut notes);
        batch.shape = Shape {
            file: file_name.to_owned(),
            kind: self.kind(),
            encoding: encoding.to_owned(),
            delimiter: table.delimiter,
            header_row: table.header_row,
            mapping: columns.mapping,
            notes,
        };
        Ok(batch)
    }
}

/// A line whose only cell stands where no name does is a title, unless it is a child's number, date, class or year. One
/// that names a class or year of the list heads what follows, wherever it stands.
fn pass_remarks(table: &mut Table, columns: &Columns) {
    if table.headings.len() < 3 {
        return;
    }
    let at = |target: Target| columns.by_target.get(&target).copied();
    let names = [
        at(Target::Surname),
        at(Target::Forename),
        at(Target::FullName),
        at(Target::PreferredForename),
    ];
    let dates = [Target::Dob, Target::StatusFrom, Target::LeftOn].map(at);
    let groups = [Target::Class, Target::Year].map(at);
    let (upn, mis_id) = (at(Target::Upn), at(Target::MisId));
    let parts: HashSet<String> = groups
        .into_iter()
        .flatten()
        .flat_map(|column| {
            table
                .lines
                .iter()
                .filter_map(move |line| line.cells.get(column))
        })
        .map(|cell| fold(cell.trim()))
        .filter(|cell| !cell.is_empty())
        .collect();
    let passed = &mut table.passed;
    table.lines.retain(|line| {
        let mut filled = line.filled();
        let (Some((column, cell)), None) = (filled.next(), filled.next()) else {
            return true;
        };
        let number = (Some(column) == upn
            && upn::check(&upn::normalise(cell)) != upn::Check::Malformed)
            || (Some(column) == mis_id && cell.bytes().all(|b| b.is_ascii_digit()));
        let is_day = dates.contains(&Some(column)) && cell.bytes().any(|b| b.is_ascii_digit());
        // In the first column a class or year heads what follows.
        let placed = column > 0 && groups.contains(&Some(column));
        let heads = !placed && parts.contains(&fold(cell));
        let kept = number || is_day || placed || (names.contains(&Some(column)) && !heads);
        if !kept {
            passed.push(shape::passed(line));
        }
        kept
    });
}

fn tell_passed(passed: &mut [Passed]) -> Option<String> {
    passed.sort_by_key(|line| line.row);
    let shown: Vec<String> = passed
        .iter()
        .take(8)
        .map(|line| line.row.to_string())
        .collect();
    let shown = shown.join(", ");
    match passed.len() {
        0 => None,
        1 => Some(format!(
            "Line {shown} is a title, heading or total and no pupil."
        )),
        n if n <= 8 => Some(format!(
            "Lines {shown} are titles, headings or totals and no pupils."
        )),
        n => Some(format!(
            "Lines {shown} and {} more are titles, headings or totals and no pupils.",
            n - 8
        )),
    }
}

fn read_rows(
    table: &Table,
    columns: &Columns,
    options: &Options,
    notes: &mut Vec<String>,
) -> Batch {
    let reader = RowReader::new(table, columns, options.today, notes);
    let mut batch = Batch {
        rows: table.lines.len() + table.strays.len(),
        ..Batch::default()
    };
    let whole = |row: usize, reason: &str| RowFault {
        row,
        column: String::new(),
        value: String::new(),
        reason: reason.to_owned(),
    };
    batch.rejected.extend(
        table
            .strays
            .iter()
            .map(|row| whole(*row, "a quotation mark is opened and never closed")),
    );
    let mut drafts = Vec::with_capacity(table.lines.len());
    for line in &table.lines {
        if is_swollen(line) {
            batch
                .rejected
                .push(whole(line.row, "a cell holds more than 64 KB"));
            continue;
        }
        drafts.push(reader.read(line));
    }
    let told = columns
        .by_target
        .keys()
        .map(|target| (*target, reader.heading(*target)));
    let gathered = group::gather(drafts, &Told(told.collect::<BTreeMap<_, _>>()));
    notes.extend(tell_capitals(&gathered.pupils));
    batch.pupils = gathered.pupils;
    batch.flagged = gathered.flagged;
    batch.rejected.extend(gathered.rejected);
    batch.turned_away = gathered.turned_away;
    batch.already_listed = gathered.already_listed;
    batch.differences = gathered.differences;
    batch.passed_over.clone_from(&table.passed);
    batch
        .flagged
        .extend(table.unquoted.iter().map(|row| RowFault {
            reason: "a quotation mark is opened and never closed; read without it".to_owned(),
            ..whole(*row, "")
        }));
    let lost: HashSet<usize> = batch.rejected.iter().map(|fault| fault.row).collect();
    batch.flagged.retain(|fault| !lost.contains(&fault.row));
    batch.flagged.sort_by_key(|fault| fault.row);
    batch.rejected.sort_by_key(|fault| fault.row);
    batch
}

fn is_swollen(line: &Line) -> bool {
    line.cells.as_slice().len() > LONGEST_CELL
        && line.cells.iter().any(|cell| cell.len() > LONGEST_CELL)
}

/// Names in capitals are kept as they are: turning them to small letters is the reader's to ask for.
fn tell_capitals(pupils: &[crate::domain::batch::Incoming]) -> Option<String> {
    let surnames = pupils.iter().filter_map(|pupil| pupil.surname.as_deref());
    let (mut all, mut loud) = (0_usize, 0_usize);
    for surname in surnames.filter(|name| name.chars().filter(|c| c.is_alphabetic()).count() > 1) {
        all += 1;
        loud += usize::from(!surname.chars().any(char::is_lowercase));
    }
    (loud >= 3 && loud * 5 > all * 4)
        .then(|| "Surnames are in capitals in the file and are kept so.".to_owned())
}
