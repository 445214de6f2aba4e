//! What can go wrong with the store, as sentences a user can act on. No child's name is ever in one.

use super::file;
use crate::domain::contact::Locked;
use std::io;
use std::path::{Path, PathBuf};

/// What the store answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A situation the user can do something about; the text names the thing and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The passphrase opens nothing; or the sealed key is damaged, which looks the same.
    #[error(
        "That passphrase does not open this desk. Check capitals and the keyboard's language. If you are sure of it, \
         desk.keys may be damaged: put back a copy of it."
    )]
    WrongPassphrase,
    /// The same of a passphrase that is given in a way that is easily not what was meant.
    #[error(
        "That passphrase does not open this desk. It {why}: look whether that is meant. Check capitals and the keyboard's \
         language too."
    )]
    OddPassphrase {
        /// What about it: `begins or ends with a blank`.
        why: &'static str,
    },
    /// Others are trying, and each try is waited for.
    #[error(
        "Other tries at this desk's passphrase are being made, one after the other, and after two minutes it was not this \
         one's turn: it was not tried and not counted. Try again; look for a script with an old passphrase. The printed \
         recovery code is not kept waiting: sendesk recover"
    )]
    TriesInLine,
    /// Another changed the passphrase while this change was under way.
    #[error(
        "The passphrase of this desk was changed elsewhere meanwhile: that one holds, and yours was not taken."
    )]
    PassphraseMoved,
    /// The passphrase opens no copy; or its first page is damaged, which looks the same.
    #[error(
        "That passphrase does not open {path}.{} A backup has the backup phrase, six words, printed with the recovery \
         code; a hand-over has its own. Nothing was changed. If you are sure of it, the file is damaged: take another copy.",
        odd.map(|why| format!(" It {why}: look whether that is meant.")).unwrap_or_default()
    )]
    WrongPhrase {
        /// The copy.
        path: PathBuf,
        /// What about the passphrase is easily not what was meant: `begins or ends with a blank`.
        odd: Option<&'static str>,
    },
    /// The recovery code is well formed and opens nothing.
    #[error(
        "That recovery code does not open this desk. Check that it was printed for this desk; if it was, desk.keys \
         may be damaged: put back a copy of it."
    )]
    WrongRecoveryCode,
    /// The recovery code has a slip of the pen in it.
    #[error(
        "That is not a recovery code as it was printed: 27 letters and digits in groups of four. Check it for a slip."
    )]
    MistypedRecoveryCode,
    /// The desk is not a demonstration desk and opens only by passphrase.
    #[error("This desk opens only with its passphrase.")]
    NeedsPassphrase,
    /// The new one is in its place, and may not be there any more after a power cut.
    #[error(
        "The new passphrase opens the desk from now on, but the disk did not confirm it: after a power cut the old one \
         may open it again. Keep both until the disk is sound."
    )]
    NewPassphraseUnsure,
    /// A demonstration desk has none.
    #[error("An invented desk has no passphrase. Make a desk of your own with: sendesk init")]
    NoPassphrase,
    /// A file that some other program made.
    #[error(
        "{path} is not a file of sendesk. Check the folder you named; sendesk has changed nothing in it."
    )]
    NotADesk {
        /// The file.
        path: PathBuf,
    },
    /// A backup or hand-over that no sendesk made like that.
    #[error(
        "{path} was not taken: {why}. Nothing was changed. Ask whoever gave it to you for another, or take another backup."
    )]
    Unfit {
        /// The file.
        path: PathBuf,
        /// What is wrong with it: `it is not as long as it says`.
        why: String,
    },
    /// A school whose code is none, from before codes were held to their letters.
    #[error(
        "{code:?} is no code that a school can have, so its file is not opened and nothing was changed. Take it off the \
         desk with that code: sendesk school detach CODE --erase"
    )]
    OddCode {
        /// The code.
        code: String,
    },
    /// A backup whose code is another school's here.
    #[error(
        "{code} on this desk is another school's file, so the backup cannot take its place. Nothing was changed: \
         restore it on a desk without a {code}."
    )]
    OtherSchool {
        /// The code.
        code: String,
    },
    /// A school that another desk works on now.
    #[error(
        "{code} was handed over on {}: this copy can only be read. To work on it here again: sendesk school take-back \
         {code}",
        crate::domain::date::short(*day)
    )]
    HandedOver {
        /// The school's code.
        code: String,
        /// The day.
        day: chrono::NaiveDate,
    },
    /// There is nothing to take back.
    #[error("{code} was not handed over: it can be worked on here as it is.")]
    NotHandedOver {
        /// The school's code.
        code: String,
    },
    /// A school that was taken off the desk.
    #[error(
        "{code} was taken off this desk on {}; its file lies here still. To work on it again: sendesk school attach \
         {code}. To remove it: sendesk school detach {code} --erase",
        crate::domain::date::short(*day)
    )]
    Detached {
        /// The school's code.
        code: String,
        /// The day.
        day: chrono::NaiveDate,
    },
    /// There is nothing to bring back to the desk.
    #[error("{code} was not taken off this desk: it can be worked on as it is.")]
    NotDetached {
        /// The school's code.
        code: String,
    },
    /// Another session has the school open.
    #[error("Another sendesk has {code} open. Close it, then try again; nothing was changed.")]
    InUse {
        /// The school's code.
        code: String,
    },
    /// The file that is open is no longer the one at its place.
    #[error(
        "{path} {}: nothing is saved to it any more. What you were typing {}. Leave, put the file back or restore a backup, \
         then open it anew.",
        moved.told(),
        if *kept { KEPT } else { "stays on the screen alone" }
    )]
    Moved {
        /// The file.
        path: PathBuf,
        /// What became of it.
        moved: super::Moved,
        /// True where what was begun is kept.
        kept: bool,
    },
    /// Another session is putting a file in the place of this one, or removing it.
    #[error(
        "Another sendesk has been putting a file in the place of {what} for half a minute. Nothing was opened or \
         changed; try again once it is done."
    )]
    Replacing {
        /// The school's code, or `the desk`.
        what: String,
    },
    /// No desk has been made there yet.
    #[error("There is no desk in {path} yet. Make one with: sendesk init")]
    NoDesk {
        /// The folder.
        path: PathBuf,
    },
    /// A desk is there already.
    #[error(
        "There is a desk in {path} already. Open it with: sendesk; nothing was made or changed."
    )]
    DeskExists {
        /// The folder.
        path: PathBuf,
    },
    /// A folder of another machine, or one that is copied to others.
    #[error(
        "{path} is {why}. A desk in use does not survive that, and children's files would leave this machine. Nothing \
         was made: name a folder of this machine in SENDESK_HOME. Backups may go there."
    )]
    Away {
        /// The folder.
        path: PathBuf,
        /// `a folder that OneDrive copies to other machines`.
        why: String,
    },
    /// A file stands where a new one is to be made.
    #[error(
        "{path} is in the way of the file to be made. Move it to another folder, then try again."
    )]
    InTheWay {
        /// The file.
        path: PathBuf,
    },
    /// A newer sendesk made the file.
    #[error(
        "{path} was written by a newer sendesk (file format {found}; this program knows up to {known}). \
         Nothing was changed. Install the newer sendesk to open it."
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format known here.
        known: i64,
    },
    /// The contents fail their check.
    #[error(
        "{path} is damaged or is not the file this desk knows: what it holds does not pass its own check. \
         Nothing was changed. Keep the file as it is, and put back a backup."
    )]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The file can be read but not written.
    #[error(
        "{path} can only be read, so nothing was saved. Check the room on its disk and the rights of the file and of \
         its folder, or copy it to a disk that can be written."
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The disk took no more.
    #[error(
        "The disk holding {path} took no more ({}), so this change was not saved and everything before it was kept. \
         {}", room(*.free), if *.freed { GAVE_UP } else { "Make room, then save again." }
    )]
    Full {
        /// The folder.
        path: PathBuf,
        /// Bytes free, where the system says.
        free: Option<u64>,
        /// True when room kept in reserve was given up for it.
        freed: bool,
    },
    /// The operating system refuses.
    #[error(
        "sendesk may not open {path}. Check that it is yours, and that you may write in its folder."
    )]
    NoPermission {
        /// The file or folder.
        path: PathBuf,
    },
    /// A name the database does not take.
    #[error(
        "{path} is too long a path: {length} bytes, and the store opens at most {most}. Nothing was changed: name a folder \
         with a shorter one (of the desk itself, in SENDESK_HOME)."
    )]
    TooLong {
        /// The file.
        path: PathBuf,
        /// Its bytes, from the root on.
        length: usize,
        /// The most that is taken.
        most: usize,
    },
    /// The file is gone.
    #[error("{path} is not there. If it was moved, move it back; otherwise put back a backup.")]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Another session holds the file.
    #[error("Another session has been saving for half a minute. Nothing was saved; try again.")]
    Busy,
    /// No school of that code.
    #[error("There is no school {code} on this desk. See: sendesk school list")]
    NoSuchSchool {
        /// The code asked for.
        code: String,
    },
    /// A school of that code is there.
    #[error("There is a school {code} on this desk already. Give the new one another code.")]
    SchoolExists {
        /// The code.
        code: String,
    },
    /// A code that stands for something else here.
    #[error(
        "{code} is the code of no school here: it stands for your own tasks or for all schools. Nothing was added."
    )]
    ReservedCode {
        /// The code.
        code: String,
    },
    /// No record of that id.
    #[error("There is no {id} in this school.")]
    NoSuchRecord {
        /// The id with its letter.
        id: String,
    },
    /// No table of that name that could be shown.
    #[error("There is no table {name}.")]
    NoSuchTable {
        /// The name asked for.
        name: String,
    },
    /// A field a record cannot be made without was not given.
    #[error("{field}: this cannot be empty.")]
    NotGiven {
        /// The field's name.
        field: &'static str,
    },
    /// Two periods of status would overlap.
    #[error("{text}")]
    StatusOverlap {
        /// What overlaps and which date to use.
        text: String,
    },
    /// Undo or redo would overwrite a later change.
    #[error("{text}, so this was left alone and nothing was changed.")]
    HistoryMoved {
        /// What has changed since: `pupil p2 has changed since`.
        text: String,
    },
    /// An entry that is evidence is not overwritten, binned or taken back.
    #[error("{}: amend it or strike it; the first text stays.", .why.reason(.id))]
    Evidence {
        /// The entry.
        id: String,
        /// Why it is.
        why: Locked,
    },
    /// A change that would make no sense of what is on file.
    #[error("{text}")]
    Refused {
        /// Why, and what to do instead.
        text: String,
    },
    /// A step that was asked to be taken back by its number and cannot be.
    #[error("{id} cannot be taken back: {why}. Nothing was changed.")]
    NotToUndo {
        /// The step.
        id: String,
        /// Why not.
        why: &'static str,
    },
    /// No change of this author is left to take back.
    #[error("There is nothing of yours to take back.")]
    NothingToUndo,
    /// No change of this author waits to be brought back.
    #[error("There is nothing of yours to bring back.")]
    NothingToRedo,
    /// The record moved under an open form.
    #[error(
        "This record was changed elsewhere while the form was open, so it was not saved over. Look at what it says \
         now, then save again."
    )]
    Changed,
    /// The operating system gave no random bytes.
    #[error("The operating system gives no random numbers, so no key can be made.")]
    NoRandom,
    /// Deriving a key needs 64 MiB or more for a moment.
    #[error(
        "There is not enough memory free to work out the key. Close something, then try again."
    )]
    NoRoomForKey,
    /// The register moved between an import's plan and its application.
    #[error(
        "The register was changed by somebody else since this plan was made. Nothing was brought in; read the file \
         again."
    )]
    RegisterMoved,
    /// A file could not be read or written.
    #[error("{path}: {source}.")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Anything else the database says.
    #[error("The store refused: {0}.")]
    Sqlite(#[from] rusqlite::Error),
}

impl Error {
    /// True when a right passphrase is what is missing.
    pub fn is_locked(&self) -> bool {
        matches!(
            self,
            Self::WrongPassphrase
                | Self::OddPassphrase { .. }
                | Self::TriesInLine
                | Self::WrongRecoveryCode
                | Self::WrongPhrase { .. }
                | Self::MistypedRecoveryCode
                | Self::NeedsPassphrase
        )
    }

    /// True for what is said of a file when there is no room for those beside it.
    pub(super) fn wants_room(&self) -> bool {
        matches!(
            self,
            Self::Full { .. } | Self::ReadOnly { .. } | Self::NoPermission { .. }
        )
    }

    /// A failure of the file system, told by what it means.
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::PermissionDenied => Self::NoPermission { path },
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::AlreadyExists => Self::InTheWay { path },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => full(&path),
            _ => Self::Io { path, source },
        }
    }

    /// What a failure of the database means for the file it happened on; others pass through.
    pub(super) fn on(self, path: Option<&Path>) -> Self {
        use rusqlite::ErrorCode as Code;
        use rusqlite::ffi;
        let (Self::Sqlite(error), Some(path)) = (&self, path) else {
            return self;
        };
        let extended = error.sqlite_extended_error_code().unwrap_or_default();
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => full(path),
            Some(Code::SystemIoFailure) => match extended {
                ffi::SQLITE_IOERR_WRITE
                | ffi::SQLITE_IOERR_SHMSIZE
                | ffi::SQLITE_IOERR_SHMMAP
                | ffi::SQLITE_IOERR_TRUNCATE => full(path),
                // Pages that are not whole, or fail their seal.
                ffi::SQLITE_IOERR_SHORT_READ | ffi::SQLITE_IOERR_CORRUPTFS => Self::Damaged {
                    path: path.to_owned(),
                },
                _ => self,
            },
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged {
                path: path.to_owned(),
            },
            Some(Code::ReadOnly) => Self::ReadOnly {
                path: path.to_owned(),
            },
            Some(Code::PermissionDenied | Code::CannotOpen) => {
                file::too_long(path).unwrap_or_else(|| Self::NoPermission {
                    path: path.to_owned(),
                })
            }
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            _ => self,
        }
    }
}

/// Said of words that are kept in another file.
const KEPT: &str = "is kept sealed beside it, and is offered when the school is opened again";

/// Said once room kept in reserve was given up.
const GAVE_UP: &str =
    "The 1 MB that sendesk keeps in reserve was given up for it: save again now, then make room.";

fn full(path: &Path) -> Error {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() && !path.is_dir() => parent,
        _ => path,
    };
    Error::Full {
        path: folder.to_owned(),
        free: crate::sys::file::free_bytes(folder),
        freed: false,
    }
}

fn room(free: Option<u64>) -> String {
    match free {
        Some(bytes) if bytes >= 10 * 1024 * 1024 => format!("{} MB free", bytes / (1024 * 1024)),
        Some(bytes) => format!("{} kB free", bytes / 1024),
        None => "free space unknown".to_owned(),
    }
}
