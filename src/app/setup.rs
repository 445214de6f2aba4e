//! What the desk is opened with: settings, places and the machine, each handed in.

use super::first_run::MakeDemo;
use super::job::Jobs;
use super::keymap::Keymap;
use super::overlay::themes::Entry;
use crate::store::Places;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use std::time::Duration;

/// What the desk is opened with.
#[derive(Debug)]
pub struct Setup {
    /// Where its files are.
    pub places: Places,
    /// The working date.
    pub today: NaiveDate,
    /// The working date, when it was given and is not the real day: it does not follow the clock.
    pub working_date: Option<NaiveDate>,
    /// Tells the time on the wall.
    pub time: fn() -> NaiveTime,
    /// Tells what the clock on the wall showed at a moment.
    pub local: fn(DateTime<Utc>) -> NaiveDateTime,
    /// What is open is invented, whatever desk it is on.
    pub invented: bool,
    /// The school to open; none is the desk's current one.
    pub school: Option<String>,
    /// The name of the theme the settings give; one kept on the desk stands before it.
    pub theme: String,
    /// The themes there are, in the order `:theme` shows them.
    pub themes: Vec<Entry>,
    /// True where no colour is shown, whatever the theme.
    pub colourless: bool,
    /// The bindings.
    pub keymap: Keymap,
    /// The operating system's login name.
    pub login: String,
    /// Minutes without a key before the desk locks.
    pub idle: Option<Duration>,
    /// Makes a demo, for a look round in the first run.
    pub demo: MakeDemo,
    /// Where work is done.
    pub jobs: Jobs,
    /// What `:paths` shows.
    pub paths: Vec<String>,
    /// Things to say once the desk is open: faults in configuration.
    pub notes: Vec<String>,
}
