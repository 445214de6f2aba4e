//! What lies over the panes: a record, a form, a box to find or choose in, the plan of an import, a note.

pub mod add;
pub mod chooser;
pub mod date;
pub mod finder;
pub mod listing;
pub mod plan;
pub mod put_on;
pub mod record;
pub mod schools;
pub mod themes;

use super::field::Field;
use super::form::Form;

/// One layer over the panes.
#[derive(Debug)]
pub enum Overlay {
    /// A pupil's record, full size.
    Record(record::View),
    /// A form.
    Form(Form),
    /// The finder.
    Finder(finder::Finder),
    /// Palette, menu or help: commands to choose from.
    Chooser(chooser::Chooser),
    /// Themes to choose from.
    Themes(themes::ThemeBox),
    /// Asks for the file to bring in.
    Path(PathBox),
    /// The plan of an import.
    Plan(plan::View),
    /// The add line.
    Add(Box<add::AddBox>),
    /// The date box.
    Date(date::DateBox),
    /// What children are put on.
    PutOn(Box<put_on::PutOnBox>),
    /// Which school is meant.
    Schools(schools::SchoolBox),
    /// A list to read and to take from.
    Listing(listing::Listing),
    /// The row under the pane's cursor, full size; its text scrolls as the peek's does.
    Reading,
    /// Something to read: any key closes it.
    Note(Note),
}

/// Asks for a file's path.
#[derive(Debug, Default)]
pub struct PathBox {
    /// The path being typed.
    pub input: Field,
    /// What could not be done with the last one.
    pub fault: Option<String>,
    /// Files and folders that complete what is typed.
    pub offers: Vec<String>,
    /// The number of the job that reads the file, while it is read.
    pub reading: Option<u64>,
}

/// Something to read.
#[derive(Debug, Default)]
pub struct Note {
    /// Its heading.
    pub title: String,
    /// Its lines.
    pub lines: Vec<String>,
}
