//! What this process may leave behind, and for whom it runs.

use std::io;
use std::time::Duration;

/// To be called first thing in `main`: new files are the user's alone, no core dump holds keys, and a file size
/// limit is an error that can be told rather than an end without a word. What the system refuses is passed over:
/// none of it is worth not starting for.
pub fn settle() {
    private_umask();
    if !is_read_by_a_test() {
        let _ = no_core_dump();
    }
    let _ = report_file_limit();
}

/// True where the test of what is left in memory asks to read it, in a build that is for tests.
fn is_read_by_a_test() -> bool {
    cfg!(any(debug_assertions, feature = "selftest"))
        && std::env::var_os("SENDESK_SELFTEST_READ_MEMORY").is_some()
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

/// Waits a moment until no thread of this process has one of these names any more, of which the system keeps 15 bytes.
/// Where it does not tell, nothing is waited for.
pub fn await_end_of(names: &[&str]) {
    let is_there = || {
        let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten();
        tasks.flatten().any(|task| {
            let name = std::fs::read_to_string(task.path().join("comm")).unwrap_or_default();
            names.iter().any(|ended| *ended == name.trim_end())
        })
    };
    let mut waits = 0;
    while is_there() && waits < 100 {
        std::thread::sleep(Duration::from_millis(2));
        waits += 1;
    }
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

/// The name the user is logged in under, as the environment has it; else the name of the account this runs as, `unknown`
/// where that has none, as in some containers.
pub fn login() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.trim().is_empty())
        .or_else(account)
        .unwrap_or_else(|| "unknown".to_owned())
}

/// The name of the account this runs as, from the machine's own list of accounts: one of a directory service is not there.
fn account() -> Option<String> {
    #[cfg(unix)]
    {
        /// Largest list that is read, in bytes.
        const MOST: u64 = 8 * 1024 * 1024;
        let list = super::read::at_most(std::path::Path::new("/etc/passwd"), MOST).ok()?;
        let id = rustix::process::getuid().as_raw();
        named_in(&String::from_utf8_lossy(&list), id)
    }
    #[cfg(not(unix))]
    None
}

/// The name of an account by its number: `ann:x:1000:…`.
#[cfg(unix)]
fn named_in(list: &str, id: u32) -> Option<String> {
    let line = list
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find(|parts| parts.get(2).and_then(|number| number.parse().ok()) == Some(id));
    let name = line?.first()?.trim().to_owned();
    (!name.is_empty()).then_some(name)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn an_account_is_found_by_its_number() {
        let list =
            "root:x:0:0:root:/root:/bin/sh\n# none\n\nann:x:1000:1000::/home/ann:/bin/sh\n:x:7:7\n";
        assert_eq!(named_in(list, 1000).as_deref(), Some("ann"));
        assert_eq!(named_in(list, 0).as_deref(), Some("root"));
        assert_eq!(named_in(list, 7), None);
        assert_eq!(named_in(list, 100), None);
    }

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
