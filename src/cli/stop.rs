//! Why a command ends before its end, and the exit code that says so.

use crate::store;
use std::path::Path;

/// Why a command stopped.
#[derive(Debug)]
pub(super) enum Stop {
    /// It could not be done: 1.
    Failed(String),
    /// It was asked wrongly: 2.
    Usage(String),
    /// The passphrase is wrong or missing: 3.
    Locked(String),
    /// Several records match; they have been printed: 4.
    Choice(String),
    /// A signal ended the desk: 128 and its number, by custom.
    Signal(i32),
    /// What there was to say has been said: 1.
    Told,
    /// It was asked wrongly, and clap has said how: 2.
    ToldUsage,
    /// Nobody reads the answer any more, as with `| head`: not a fault.
    Unread,
    /// What was asked was done, and the answer to it could not be written: 0, since a script that did it again would do it
    /// twice.
    Unwritten(String),
}

impl Stop {
    /// Could not be done.
    pub(super) fn failed(text: impl Into<String>) -> Self {
        Self::Failed(text.into())
    }

    /// Was asked wrongly.
    pub(super) fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }

    /// A file that cannot be read, told by what it means.
    pub(super) fn unreadable(path: &Path, fault: &std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        let why = match fault.kind() {
            Kind::NotFound => "there is no such file. Check the name and the folder.".to_owned(),
            Kind::PermissionDenied => "you may not read it. Check its rights.".to_owned(),
            Kind::IsADirectory => "it is a folder, not a file.".to_owned(),
            Kind::InvalidInput | Kind::FileTooLarge | Kind::InvalidData => format!("{fault}."),
            _ => format!("it cannot be read ({fault})."),
        };
        Self::Failed(format!("{}: {why}", path.display()))
    }

    /// The exit code.
    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Unread | Self::Unwritten(_) => 0,
            Self::Signal(number) => u8::try_from(128 + number).unwrap_or(1),
            Self::Failed(_) | Self::Told => 1,
            Self::Usage(_) | Self::ToldUsage => 2,
            Self::Locked(_) => 3,
            Self::Choice(_) => 4,
        }
    }

    /// What is still to be said.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Failed(text)
            | Self::Usage(text)
            | Self::Locked(text)
            | Self::Choice(text)
            | Self::Unwritten(text) => Some(text),
            Self::Signal(_) | Self::Told | Self::ToldUsage | Self::Unread => None,
        }
    }
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        if error.is_locked() {
            Self::Locked(error.to_string())
        } else {
            Self::Failed(error.to_string())
        }
    }
}
