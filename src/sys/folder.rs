//! Whether a folder is on this machine alone: a live database is safe neither on a file system of the network nor in a
//! folder that a program copies elsewhere.

use std::path::{Component, Path, PathBuf};

/// Why a folder is no place for a live database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Away {
    /// It is on another machine, reached by this kind of file system.
    Network(String),
    /// This program copies it to other machines.
    Synced(&'static str),
}

/// Kinds of file systems whose locks and shared memory do not hold between machines, as Linux names them.
const NETWORK: [&str; 17] = [
    "afs",
    "ceph",
    "cifs",
    "davfs",
    "fuse.davfs2",
    "fuse.glusterfs",
    "fuse.gvfsd-fuse",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "glusterfs",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb2",
    "smb3",
    "smbfs",
];

/// How the folders of such programs begin, in small letters. A longer word, as in `Boxing`, is another folder.
const SYNCED: [(&str, &str); 12] = [
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("icloud drive", "iCloud Drive"),
    ("icloud~", "iCloud Drive"),
    ("mobile documents", "iCloud Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("pclouddrive", "pCloud"),
    ("box sync", "Box"),
    ("cloudstorage", "a cloud store"),
];

/// Files that such programs leave at the top of the folder they copy.
const LEFT: [(&str, &str); 4] = [
    (".dropbox", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
];

/// Why the folder, which need not be there yet, is not on this machine alone; `None` where nothing speaks against it.
/// Only what can be seen from here is told: file systems on Linux, shares by their name on Windows.
pub fn away(folder: &Path) -> Option<Away> {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    // What it is a link to counts, as far as it is there.
    let real = folder
        .ancestors()
        .find_map(|there| {
            let rest = folder.strip_prefix(there).ok()?;
            Some(there.canonicalize().ok()?.join(rest))
        })
        .unwrap_or(folder);
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    network(&real, &mounts)
        .map(Away::Network)
        .or_else(|| synced(&real).map(Away::Synced))
}

/// The kind of the file system, when it is one of the network.
fn network(folder: &Path, mounts: &str) -> Option<String> {
    let share = folder.to_string_lossy();
    if cfg!(windows) && (share.starts_with(r"\\?\UNC\") || is_share(&share)) {
        return Some("a share".to_owned());
    }
    // The longest mount point it is under, the last one where several lie over each other.
    let kind = mounts
        .lines()
        .filter_map(|line| {
            let (before, after) = line.split_once(" - ")?;
            let point = unescaped(before.split(' ').nth(4)?);
            folder.starts_with(&point).then_some((point, after))
        })
        .max_by_key(|(point, _)| point.components().count())
        .and_then(|(_, after)| after.split(' ').next())?;
    NETWORK.contains(&kind).then(|| kind.to_owned())
}

fn is_share(path: &str) -> bool {
    path.starts_with(r"\\") && !path.starts_with(r"\\?\") && !path.starts_with(r"\\.\")
}

/// A mount point as it is written in the list: blank, tab, line end and backslash as octal numbers.
fn unescaped(text: &str) -> PathBuf {
    let text = text.replace(r"\040", " ").replace(r"\011", "\t");
    PathBuf::from(text.replace(r"\012", "\n").replace(r"\134", r"\"))
}

/// The program that copies the folder, by the name of a folder above it or by what such programs leave there.
fn synced(folder: &Path) -> Option<&'static str> {
    let named = folder.components().find_map(|part| {
        let Component::Normal(name) = part else {
            return None;
        };
        let name = name.to_string_lossy().to_lowercase();
        SYNCED.iter().find_map(|(start, program)| {
            let rest = name.strip_prefix(start)?;
            let ends = rest.chars().next().is_none_or(|c| !c.is_alphabetic());
            (ends || start.ends_with('~')).then_some(*program)
        })
    });
    named.or_else(|| {
        folder.ancestors().find_map(|above| {
            let left = LEFT.iter().find(|(file, _)| above.join(file).exists());
            left.map(|(_, program)| *program)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / /home rw,relatime shared:9 - nfs4 files:/home rw,vers=4.2
31 30 0:41 / /home/una/local rw - ext4 /dev/vdb rw
32 22 0:42 / /mnt/school\\040share rw - cifs //office/share rw
33 22 0:43 / /mnt/ssh rw master:1 propagate_from:2 - fuse.sshfs una@host: rw
34 22 0:44 / /mnt/key rw - fuse.gocryptfs /home/una/vault rw
";

    #[test]
    fn file_systems_of_the_network_are_known_by_the_nearest_mount() {
        for (folder, kind) in [
            ("/home/una/.local/share/sendesk", Some("nfs4")),
            ("/home/una/local/sendesk", None),
            ("/homes/una", None),
            ("/mnt/school share/send", Some("cifs")),
            ("/mnt/school", None),
            ("/mnt/ssh", Some("fuse.sshfs")),
            ("/mnt/key/desk", None),
        ] {
            let found = network(Path::new(folder), MOUNTS);
            assert_eq!(found.as_deref(), kind, "{folder}");
        }
        assert_eq!(network(Path::new("/home"), ""), None);
        assert!(is_share(r"\\office\send") && !is_share(r"\\?\C:\send"));
    }

    #[test]
    fn folders_that_a_program_copies_are_known_by_name() {
        for (folder, program) in [
            ("/Users/una/OneDrive - Oakfield/sendesk", Some("OneDrive")),
            ("/Users/una/OneDrive/sendesk", Some("OneDrive")),
            ("/home/una/Dropbox (Personal)/x", Some("Dropbox")),
            (
                "/Users/una/Library/CloudStorage/Box-Box",
                Some("a cloud store"),
            ),
            (
                "/Users/una/Library/Mobile Documents/x",
                Some("iCloud Drive"),
            ),
            ("/home/una/Nextcloud2/x", Some("Nextcloud")),
            ("/home/una/onedriveless", None),
            ("/home/una/Boxing club", None),
            ("/home/una/.local/share/sendesk", None),
        ] {
            assert_eq!(synced(Path::new(folder)), program, "{folder}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_such_programs_leave_and_links_are_seen() {
        let folder = tempfile::tempdir().unwrap();
        let shared = folder.path().join("shared");
        std::fs::create_dir_all(shared.join("a")).unwrap();
        assert_eq!(away(&shared.join("a/not/yet")), None);
        std::fs::write(shared.join(".stfolder"), "").unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(shared.join("a"), &link).unwrap();
        for at in [shared.join("a/not/yet"), link.join("b")] {
            assert_eq!(away(&at), Some(Away::Synced("Syncthing")), "{at:?}");
        }
    }
}
