//! What the commands take that keep a desk safe: copies and their way back, hand-overs, checks, the passphrase.

use clap::Args as Group;
use std::path::PathBuf;

/// `school handover`.
#[derive(Debug, Group)]
pub(in crate::cli) struct HandoverArgs {
    /// Its code
    pub(in crate::cli) code: String,
    /// The file to make
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: PathBuf,
    /// A file whose first line is the hand-over's passphrase; without it that is asked for twice
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) new_passphrase_file: Option<PathBuf>,
}

/// `school adopt`.
#[derive(Debug, Group)]
pub(in crate::cli) struct AdoptArgs {
    /// The hand-over
    pub(in crate::cli) file: PathBuf,
    /// A file whose first line is its passphrase
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) phrase_file: Option<PathBuf>,
}

/// `school detach`.
#[derive(Debug, Group)]
pub(in crate::cli) struct DetachArgs {
    /// Its code
    pub(in crate::cli) code: String,
    /// Remove its file, what was set aside, its drafts and its backups, and print a record of it for the school
    #[arg(long)]
    pub(in crate::cli) erase: bool,
    /// Show what lies here of it, and change nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Do not ask
    #[arg(long)]
    pub(in crate::cli) yes: bool,
}

/// `backup`.
#[derive(Debug, Group)]
pub(in crate::cli) struct BackupArgs {
    /// The file to make, instead of one among the desk's own backups
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
}

/// `restore`.
#[derive(Debug, Group)]
pub(in crate::cli) struct RestoreArgs {
    /// The backup
    pub(in crate::cli) file: PathBuf,
    /// Show what would be lost, and change nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Do not ask
    #[arg(long)]
    pub(in crate::cli) yes: bool,
    /// A file whose first line is the backup phrase of another desk
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) phrase_file: Option<PathBuf>,
}

/// `doctor`.
#[derive(Debug, Group)]
pub(in crate::cli) struct DoctorArgs {
    /// Mend what can be mended without losing anything
    #[arg(long)]
    pub(in crate::cli) repair: bool,
    /// Print what a data protection officer asks for; no child is named
    #[arg(long, conflicts_with = "repair")]
    pub(in crate::cli) evidence: bool,
}

/// `passphrase`.
#[derive(Debug, Group)]
pub(in crate::cli) struct PassphraseArgs {
    /// A file whose first line is the new passphrase; without it the passphrase is asked for twice
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) new_passphrase_file: Option<PathBuf>,
}

/// `recover`.
#[derive(Debug, Group)]
pub(in crate::cli) struct RecoverArgs {
    /// A file whose first line is the recovery code
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) code_file: Option<PathBuf>,
    /// A file whose first line is the new passphrase; without it the passphrase is asked for twice
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) new_passphrase_file: Option<PathBuf>,
}
