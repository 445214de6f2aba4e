//! What this process may leave behind, and for whom it runs.

use std::io;

/// To be called first thing in `main`: new files are the user's alone, no core dump holds keys, and a file size
/// limit is an error that can be told rather than an end without a word. What the system refuses is passed over:
/// none of it is worth not starting for.
pub fn settle() {
    private_umask();
    let _ = no_core_dump();
    let _ = report_file_limit();
}

/// New files and folders are for the user alone (umask 077).
pub fn private_umask() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// No core dump, and no other process of the user may read this one's memory.
pub fn no_core_dump() -> io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        setrlimit(
            Resource::Core,
            Rlimit {
                current: Some(0),
                maximum: Some(0),
            },
        )?;
    }
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}

/// A write beyond the file size limit fails with an error; by default the signal SIGXFSZ would end the program.
pub fn report_file_limit() -> io::Result<()> {
    #[cfg(unix)]
    {
        // A handler of any kind takes the place of the deadly default; the flag itself is never read.
        let noted = std::sync::Arc::default();
        signal_hook::flag::register(rustix::process::Signal::XFSZ.as_raw(), noted)?;
    }
    Ok(())
}

/// The name the user is logged in under, as the environment has it; `unknown` where it has none.
pub fn login() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "unknown".to_owned())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn files_made_from_now_on_can_be_read_by_nobody_else() {
        private_umask();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plain");
        std::fs::write(&path, "x").unwrap();
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}
