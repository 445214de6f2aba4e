//! What may be typed after `sendesk`: from this come parsing, `--help`, completions and the man page.

mod effect;
mod keep;
mod one;
mod report;

pub(super) use keep::{
    AdoptArgs, BackupArgs, DetachArgs, DoctorArgs, HandoverArgs, PassphraseArgs, RecoverArgs,
    RestoreArgs,
};
pub(super) use one::{RecostArgs, RemoveArgs};
pub(super) use report::{ReportVerb, TimeArgs};

use crate::domain::form::Kind;
use crate::domain::id::StepId;
use chrono::NaiveDate;
use clap::{Args as Group, Parser, Subcommand, builder::PossibleValuesParser};
use std::path::PathBuf;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "sendesk",
    version,
    about = "The SENCO's desk: pupil register, liaison diary and task queue over an encrypted local store",
    long_about = "The SENCO's desk: pupil register, liaison diary and task queue over an encrypted local store.\n\n\
        Without a command the desk opens on the terminal. The commands below do the same from a shell or a script, \
        on the same file, with the same rules and the same undo. Ids are printed with their kind (p12).",
    after_help = "Exit codes: 0 done, 1 could not be done, 2 wrong usage, 3 locked (wrong or missing passphrase), \
        4 needs a choice (several pupils match, or it is not plain; what is asked is printed).\n\
        --school ME is your own tasks, at no school: add, done, list tasks, today, due, undo, redo and backup know them, and \
        --all reads them too.\n\
        SENDESK_HOME=DIR puts everything under DIR. SENDESK_PASSPHRASE_FILE=PATH is --passphrase-file PATH.",
    max_term_width = 100
)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) globals: Globals,
    /// What to do; without one the desk opens.
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
}

/// Flags every command takes.
#[derive(Debug, Clone, Default, Group)]
pub(super) struct Globals {
    /// The school, by its code; without it the desk's current one
    #[arg(long, global = true, value_name = "CODE")]
    pub(super) school: Option<String>,
    /// Read every school (list, find, today, due and backup)
    #[arg(long, global = true, conflicts_with = "school")]
    pub(super) all: bool,
    /// The working date that rules and checks go by; entries are always timed by the real clock
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = read_day)]
    pub(super) today: Option<NaiveDate>,
    /// A file whose first line is the passphrase; refused when others can read it
    #[arg(long, global = true, value_name = "PATH")]
    pub(super) passphrase_file: Option<PathBuf>,
    /// Print one JSON value
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// No colour and no layout: rows with tabs between their cells
    #[arg(long, global = true, conflicts_with = "json")]
    pub(super) plain: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Open an invented school to look around in; nothing is kept
    Demo(DemoArgs),
    /// Make the desk; prints the recovery code and the backup phrase once
    Init(InitArgs),
    /// Add, list or choose schools
    #[command(subcommand)]
    School(SchoolVerb),
    /// Bring in the office's pupil list: shows the plan, then applies it as one step
    Import(ImportArgs),
    /// List the pupils, the diary, the tasks, the hours or the provision
    #[command(subcommand)]
    List(ListVerb),
    /// Show one record whole
    Show(ShowArgs),
    /// Find pupils by name
    Find(FindArgs),
    /// Log a contact or a task by one line of text
    Add(AddArgs),
    /// List what is late and what is due today
    Today,
    /// List what is late and what is due within some days
    Due(DueArgs),
    /// Tick a task, or the follow-up of a contact, as done
    Done(DoneArgs),
    /// Add a record by its form's fields
    New(NewArgs),
    /// Change fields of a record
    Set(SetArgs),
    /// Take out what was entered by mistake, by its id
    Remove(RemoveArgs),
    /// Plan the cost of a run anew, at the rate on file by now
    Recost(RecostArgs),
    /// Tell the fields of a kind of record
    Fields(FieldsArgs),
    /// Take your last change back
    Undo(UndoArgs),
    /// Bring back what was taken back last
    Redo,
    /// List what was done, newest first
    History(HistoryArgs),
    /// Print what is handed over to the next SENCO, or the time spent by school and week
    #[command(subcommand)]
    Report(ReportVerb),
    /// Make an encrypted copy of a school, opened again and compared
    Backup(BackupArgs),
    /// Put a backup back; the present file is kept under another name
    Restore(RestoreArgs),
    /// Check every file, its history, its backups and its rights
    Doctor(DoctorArgs),
    /// Change the passphrase of the desk
    Passphrase(PassphraseArgs),
    /// Set a new passphrase with the printed recovery code
    Recover(RecoverArgs),
    /// Print where everything is
    Paths,
    /// Print every key and its command
    Keys(KeysArgs),
    /// Play a script of keys against an invented school in memory
    Play(PlayArgs),
    /// List themes, or check one
    #[command(
        subcommand,
        after_help = "The desk is drawn in the theme of config.toml: theme = \"auto\", \"light\", \"dark\" or a name. \
                      auto, the default, goes by COLORFGBG where the terminal sets it: slate on a dark ground, paper on a \
                      light one. Otherwise terminal is used, which keeps to the sixteen colours of the terminal's own \
                      palette; the terminal is never asked. NO_COLOR means mono. On the desk :theme shows each theme as \
                      you move over it and remembers the one you keep; a theme kept there stands before config.toml's."
    )]
    Theme(ThemeVerb),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the man page
    Man,
    /// For the fault scripts
    #[cfg(any(debug_assertions, feature = "selftest"))]
    #[command(subcommand, hide = true)]
    Selftest(SelftestVerb),
}

/// `demo`.
#[derive(Debug, Group)]
pub(super) struct DemoArgs {
    /// How many pupils, up to 100,000, over all schools [default: 103 in one, 300 in three]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(super) pupils: Option<u32>,
    /// How many diary entries in each school, up to 1,000,000, over the years the children have been there [default: a term's worth]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(super) entries: Option<u32>,
    /// How many schools, up to 3 [default: 3 small primaries; 1 with --pupils or --entries]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=3))]
    pub(super) schools: Option<u32>,
    /// Another number, another school; the same number and date, the same school [default: 1]
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Make it in this folder and keep it; later it is opened again from there
    #[arg(long, value_name = "DIR")]
    pub(super) keep: Option<PathBuf>,
}

/// `init`.
#[derive(Debug, Group)]
pub(super) struct InitArgs {
    /// Your name, as the history is to show it [default: your login name]
    #[arg(long, value_name = "NAME")]
    pub(super) author: Option<String>,
}

/// `school`.
#[derive(Debug, Subcommand)]
pub(super) enum SchoolVerb {
    /// Add a school: its own encrypted file. The first one becomes the current one
    Add(SchoolAddArgs),
    /// List the schools; the current one is marked
    List,
    /// Make a school the current one
    Use {
        /// Its code
        code: String,
    },
    /// Say from which day records are kept at this school; before it nothing is missing, only kept elsewhere
    RecordsFrom {
        /// The day, such as 2026-09-01; none forgets it; without one the day is printed
        day: Option<String>,
        /// Where the rest is, such as "paper file"
        #[arg(long, value_name = "WORDS", requires = "day")]
        elsewhere: Option<String>,
    },
    /// Hand a school over in one encrypted file; the copy here can only be read from then on
    Handover(HandoverArgs),
    /// Work on a school again that was handed over
    TakeBack {
        /// Its code
        code: String,
    },
    /// Take a school over from a hand-over, history and all
    Adopt(AdoptArgs),
    /// Take a school off this desk; its file stays until it is erased
    Detach(DetachArgs),
    /// Bring a school back that was taken off
    Attach {
        /// Its code
        code: String,
    },
}

/// `school add`.
#[derive(Debug, Group)]
pub(super) struct SchoolAddArgs {
    /// The name as the school writes it
    #[arg(long)]
    pub(super) name: String,
    /// Two to four letters or digits, shown wherever the school's data is
    #[arg(long)]
    pub(super) code: String,
    /// Unique reference number: six digits
    #[arg(long)]
    pub(super) urn: Option<String>,
    /// Local authority and establishment number: seven digits
    #[arg(long)]
    pub(super) laestab: Option<String>,
    /// Primary, secondary, special…
    #[arg(long)]
    pub(super) phase: Option<String>,
}

/// `import`.
#[derive(Debug, Group)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(super) struct ImportArgs {
    /// The file the office exported: CSV
    pub(super) file: PathBuf,
    /// Show the plan and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Take a heading for a field, such as "Given Name=forename"; "Heading=ignore" leaves a column out. May be repeated
    #[arg(long, value_name = "HEADING=FIELD")]
    pub(super) map: Vec<String>,
    /// Apply without asking
    #[arg(long)]
    pub(super) yes: bool,
    /// Mark those on roll who are not in the file as having left
    #[arg(long)]
    pub(super) leavers: bool,
    /// Mark those who left and are in the file again as back on roll
    #[arg(long)]
    pub(super) returners: bool,
}

/// `list`.
#[derive(Debug, Subcommand)]
pub(super) enum ListVerb {
    /// The pupils, by name
    Pupils {
        /// Only those that fit every part: see below
        #[arg(long = "where", value_name = "FILTER", help = "Only those that fit every word", long_help = super::filter::HELP)]
        filter: Option<String>,
    },
    /// The liaison diary, newest first
    Diary {
        /// Only those that fit every part: see below
        #[arg(long = "where", value_name = "FILTER", help = "Only those that fit every part", long_help = super::filter::diary::HELP)]
        filter: Option<String>,
        /// Most entries that are printed
        #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// The tasks that are open, in the order of the queue
    Tasks {
        /// Only those that fit every part: see below
        #[arg(long = "where", value_name = "FILTER", help = "Only those that fit every part", long_help = super::filter::task::HELP)]
        filter: Option<String>,
        /// Those that are done instead, the last one first
        #[arg(long)]
        done: bool,
    },
    /// The hours typed for each week, the last week first
    Hours,
    /// The provision map: runs with their costs, by the day they start
    Provision {
        /// Only those that fit every part: see below
        #[arg(long = "where", value_name = "FILTER", help = "Only those that fit every part", long_help = super::filter::provision::HELP)]
        filter: Option<String>,
    },
}

/// `add`.
#[derive(Debug, Group)]
pub(super) struct AddArgs {
    /// The line, in double quotes; - reads it from standard input; without one it is asked for
    #[arg(value_name = "LINE|-", long_help = super::add::HELP)]
    pub(super) line: Vec<String>,
    /// Before the others of its day: the follow-up, or the task
    #[arg(long)]
    pub(super) urgent: bool,
}

/// `due`.
#[derive(Debug, Group)]
pub(super) struct DueArgs {
    /// How far ahead: 14d, 2w, 12/3, eoht
    #[arg(long, value_name = "SPAN", default_value = "7d")]
    pub(super) within: String,
}

/// `done`.
#[derive(Debug, Group)]
pub(super) struct DoneArgs {
    /// t3; or c7, for the follow-up of that contact
    pub(super) id: String,
    /// Open it again
    #[arg(long)]
    pub(super) undo: bool,
}

/// `undo`.
#[derive(Debug, Group)]
pub(super) struct UndoArgs {
    /// Take back this step alone, as history lists it (j40); refused when later steps touched the same
    #[arg(long, value_name = "ID")]
    pub(super) step: Option<StepId>,
}

/// `play`.
#[derive(Debug, Group)]
pub(super) struct PlayArgs {
    /// The script: lines such as `school Oakfield sample`, `keys f a s`, `screen`
    pub(super) script: PathBuf,
}

/// `keys`.
#[derive(Debug, Group)]
pub(super) struct KeysArgs {
    /// Only say whether keys.toml can be taken: exit 1 when something in it cannot
    #[arg(long)]
    pub(super) check: bool,
    /// Print the default keys as the table README holds
    #[arg(long, hide = true)]
    pub(super) markdown: bool,
}

/// `show`.
#[derive(Debug, Group)]
pub(super) struct ShowArgs {
    /// p12, c7, t3, a2…: any id; or the letters of a pupil's name, as the finder takes them
    pub(super) id: String,
}

/// `find`.
#[derive(Debug, Group)]
pub(super) struct FindArgs {
    /// Initials or parts of a name
    #[arg(required = true, num_args = 1..)]
    pub(super) text: Vec<String>,
}

fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(Kind::ALL.map(|kind| kind.def().name))
}

/// `new`.
#[derive(Debug, Group)]
pub(super) struct NewArgs {
    /// The kind of record
    #[arg(value_parser = kinds())]
    pub(super) kind: String,
    /// field=value, as `sendesk fields KIND` lists them; - reads such lines from standard input
    #[arg(value_name = "FIELD=VALUE|-")]
    pub(super) values: Vec<String>,
    /// Do what would be asked about (a pupil on file already, a double, a rate a hundredfold off); otherwise it is printed and exits 4
    #[arg(long)]
    pub(super) anyway: bool,
}

/// `set`.
#[derive(Debug, Group)]
pub(super) struct SetArgs {
    /// p12, c7, t3, a2…: any id; or the letters of a pupil's name
    pub(super) id: String,
    /// field=value; nothing after = empties the field; - reads such lines from standard input
    #[arg(value_name = "FIELD=VALUE|-", required = true)]
    pub(super) values: Vec<String>,
    /// Do what would be asked about (a double, a rate a hundredfold off); otherwise it is printed and exits 4
    #[arg(long)]
    pub(super) anyway: bool,
}

/// `fields`.
#[derive(Debug, Group)]
pub(super) struct FieldsArgs {
    /// The kind of record
    #[arg(value_parser = kinds())]
    pub(super) kind: String,
}

/// `history`.
#[derive(Debug, Group)]
pub(super) struct HistoryArgs {
    /// Since this day: 2026-09-01, 1/9, -3d, y
    #[arg(long, value_name = "D", allow_hyphen_values = true)]
    pub(super) since: Option<String>,
    /// Only the steps that touched this record: c7, t3, p12
    #[arg(long, value_name = "ID")]
    pub(super) of: Option<String>,
}

/// `theme`.
#[derive(Debug, Subcommand)]
pub(super) enum ThemeVerb {
    /// List the themes there are
    List,
    /// Check a theme file, or every theme, and name what is wrong by its line
    Check {
        /// The theme file
        file: Option<PathBuf>,
    },
}

/// `completions`.
#[derive(Debug, Group)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

/// `selftest`.
#[cfg(any(debug_assertions, feature = "selftest"))]
#[derive(Debug, Subcommand)]
pub(super) enum SelftestVerb {
    /// Makes a desk that needs no passphrase, with a school that holds nothing
    Make {
        /// Statements that make the school's file instead, such as tests/data/v1.sql
        #[arg(long, value_name = "FILE")]
        shape: Option<PathBuf>,
    },
    /// Takes the desk's own file back to the shape of version 1
    OldDesk,
    /// Adds so many pupils and an entry about each, a step each; prints `ack ID DIGEST STEP HASH` once it is kept
    Write {
        /// How many
        count: u64,
    },
    /// Opens the school, prints `held`, waits for a line, then adds one as `write` does
    Hold,
    /// Imports a list of so many invented pupils; acknowledges each once they are kept
    Import {
        /// How many
        rows: u64,
    },
    /// Opens the file, whatever its shape, and acknowledges each pupil, entry and task it reads
    Open,
    /// Prints `row ID DIGEST STEP HASH` for each pupil, entry and task, `step ID HASH` for each step and a digest of each table;
    /// fails when the file is not sound
    Check {
        /// A file whose first line is the recovery code: it opens the desk instead of the passphrase
        #[arg(long, value_name = "PATH")]
        code_file: Option<PathBuf>,
    },
    /// Does what no program of ours does, with the key, so that the scripts are seen to find it
    Spoil {
        /// What is done to what was written last
        #[arg(value_parser = read_spoil)]
        how: crate::store::selftest::Spoil,
        /// The number of the entry, or of the step [default: the newest]
        number: Option<i64>,
    },
    /// Takes the terminal and falls over at the first key
    Panic,
}

#[cfg(any(debug_assertions, feature = "selftest"))]
fn read_spoil(text: &str) -> Result<crate::store::selftest::Spoil, String> {
    use crate::store::selftest::Spoil;
    match text {
        "drop-row" => Ok(Spoil::DropRow),
        "change-words" => Ok(Spoil::ChangeWords),
        "cut-step" => Ok(Spoil::CutStep),
        _ => Err("drop-row, change-words or cut-step".to_owned()),
    }
}

fn read_day(text: &str) -> Result<NaiveDate, String> {
    let written = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    written
        .filter(|day| text.len() == 10 && (1900..=2200).contains(&chrono::Datelike::year(day)))
        .ok_or_else(|| "a day is written as 2026-11-23".to_owned())
}
