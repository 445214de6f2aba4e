//! What a command does beside answering, as its flags say it.

use super::{ReportVerb, SchoolVerb, Verb};

impl Verb {
    /// True where `--all` means something.
    pub(in crate::cli) fn reads_every_school(&self) -> bool {
        matches!(
            self,
            Self::List(_)
                | Self::Find(_)
                | Self::Today
                | Self::Due(_)
                | Self::Backup(_)
                | Self::Report(ReportVerb::Time(_))
        )
    }

    /// True where something was done when it ends well, which stays done though nobody sees the answer. Not for what is
    /// asked for its answer alone, nor for `init`, whose answer is shown once and never again.
    pub(in crate::cli) fn acts(&self) -> bool {
        match self {
            Self::School(verb) => match verb {
                SchoolVerb::List => false,
                SchoolVerb::RecordsFrom { day, .. } => day.is_some(),
                SchoolVerb::Detach(verb) => !verb.dry_run,
                SchoolVerb::Add(_)
                | SchoolVerb::Use { .. }
                | SchoolVerb::Handover(_)
                | SchoolVerb::TakeBack { .. }
                | SchoolVerb::Adopt(_)
                | SchoolVerb::Attach { .. } => true,
            },
            Self::Import(verb) => !verb.dry_run,
            Self::Restore(verb) => !verb.dry_run,
            Self::Demo(_)
            | Self::Add(_)
            | Self::Done(_)
            | Self::New(_)
            | Self::Set(_)
            | Self::Remove(_)
            | Self::Recost(_)
            | Self::Undo(_)
            | Self::Redo
            | Self::Backup(_)
            | Self::Passphrase(_)
            | Self::Recover(_) => true,
            Self::Init(_)
            | Self::List(_)
            | Self::Show(_)
            | Self::Find(_)
            | Self::Today
            | Self::Due(_)
            | Self::Fields(_)
            | Self::History(_)
            | Self::Report(_)
            | Self::Doctor(_)
            | Self::Paths
            | Self::Keys(_)
            | Self::Play(_)
            | Self::Theme(_)
            | Self::Completions(_)
            | Self::Man => false,
            #[cfg(any(debug_assertions, feature = "selftest"))]
            Self::Selftest(_) => false,
        }
    }
}
