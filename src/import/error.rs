//! Why a file as a whole cannot be taken. A bad row is never one of these; no child's data is in them.

/// A file that is no pupil list, or not one that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing in it.
    #[error("The file is empty. Export the pupil list again from the office's system.")]
    Empty,
    /// Headings and nothing below.
    #[error("The file has headings on line {line} and no pupil below them.")]
    NoRows {
        /// The line of the headings, counted from 1.
        line: usize,
    },
    /// No line reads like the headings of a pupil list.
    #[error(
        "The file is no pupil list: no line of headings with a name (such as Surname, Forename or Pupil Name) and \
         something else about a pupil (such as UPN, Date of Birth, Year Group or Class) was found.{}",
        tell_seen(.seen, *.others)
    )]
    NoPupilList {
        /// Headings it does have, as far as they are words that headings are made of.
        seen: Vec<String>,
        /// How many more cells that line has.
        others: usize,
    },
    /// The list lies on its side.
    #[error(
        "The headings of this list stand below each other, and each pupil is a column. Turn it in a spreadsheet (copy, \
         paste special, transpose), save it as CSV and import that."
    )]
    Transposed,
    /// Bytes that are no text.
    #[error(
        "The file holds bytes that are no text, so it is no CSV. Export the pupil list as CSV."
    )]
    Binary,
    /// A file of another kind, by its first bytes.
    #[error("This is {what}, not a CSV file: {remedy}.")]
    OtherKind {
        /// What it is, with its article.
        what: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// More than the limit.
    #[error(
        "The file has {size} MB; a pupil list of a whole school has less than {limit}. Is it the right file?"
    )]
    TooLarge {
        /// Its size in megabytes, rounded up.
        size: usize,
        /// The limit in megabytes.
        limit: usize,
    },
    /// A line no pupil's data can be.
    #[error(
        "Line {line} of the file has more than {limit} MB. It is no pupil list, or its line ends are lost: export it again."
    )]
    LongLine {
        /// The line, counted from 1.
        line: usize,
        /// The limit in megabytes.
        limit: usize,
    },
    /// More rows than the limit.
    #[error("The file has more than {limit} rows. Export one school's pupil list.")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// `--map` names a heading the file does not have.
    #[error("The file has no heading \"{heading}\". Its headings are: {}.", .headings.join(", "))]
    UnknownHeading {
        /// The heading asked for.
        heading: String,
        /// The file's headings.
        headings: Vec<String>,
    },
    /// `--map` names a field that is none.
    #[error(
        "\"{target}\" is no field a heading can fill. Fields are: {targets}; \"ignore\" leaves a column out."
    )]
    UnknownTarget {
        /// The field asked for.
        target: String,
        /// All there are.
        targets: String,
    },
    /// `--map` gives one field two columns.
    #[error("The field {target} was given two columns, \"{first}\" and \"{second}\". Give it one.")]
    MappedTwice {
        /// The field.
        target: String,
        /// One heading.
        first: String,
        /// The other.
        second: String,
    },
}

fn tell_seen(seen: &[String], others: usize) -> String {
    let more = match others {
        0 => String::new(),
        1 => " and one more".to_owned(),
        n => format!(" and {n} more"),
    };
    if seen.is_empty() {
        String::new()
    } else {
        let seen: Vec<String> = seen
            .iter()
            .map(|heading| format!("\"{heading}\""))
            .collect();
        format!(
            " Its headings are {}{more}. Name the columns yourself with sendesk import FILE --map \"Heading=field\".",
            seen.join(", ")
        )
    }
}
