//! Wakes the desk when another session saves: an eye on each file that matters now and its write-ahead log.
//!
//! The kernel tells where it can; elsewhere a thread looks once a second. What was changed is not known here.

use crate::app::event::Event;
use crate::sys::process;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Weak};
use std::time::{Duration, SystemTime};

/// How often the thread looks where the kernel does not tell.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How long after the kernel has told, and nothing more came, it is told again. The kernel tells of the bytes of a
/// change before they are synced; readers see it only after that, and of that moment the kernel tells nothing.
const TELL_AGAIN: [Duration; 3] = [
    Duration::from_millis(50),
    Duration::from_millis(200),
    Duration::from_millis(500),
];

/// The eyes. At most one [`Event::Changed`] is under way at a time, however much is written.
pub(super) struct Watch {
    post: Post,
    aimed: Vec<PathBuf>,
    eyes: Vec<Eye>,
}

/// What looks, for as long as it is held.
struct Eye {
    _kernel: Option<RecommendedWatcher>,
    _thread: Option<Sender<()>>,
    /// Gone with the eye: nothing more is told then, even if the kernel's thread still runs.
    _open: Arc<()>,
}

#[derive(Clone)]
struct Post {
    sender: Sender<Event>,
    under_way: Arc<AtomicBool>,
}

impl Post {
    fn changed(&self) {
        if !self.under_way.swap(true, Ordering::SeqCst) {
            // Nobody listens any more when the desk ends.
            let _ = self.sender.send(Event::Changed);
        }
    }
}

impl Watch {
    /// An eye on nothing yet.
    pub(super) fn new(sender: Sender<Event>) -> Self {
        let post = Post {
            sender,
            under_way: Arc::default(),
        };
        Self {
            post,
            aimed: Vec::new(),
            eyes: Vec::new(),
        }
    }

    /// Looks at these database files from now on. The same files again cost nothing.
    pub(super) fn aim(&mut self, files: Vec<PathBuf>) {
        if self.aimed == files {
            return;
        }
        self.eyes = files.iter().map(|file| self.eye_on(file)).collect();
        self.aimed = files;
    }

    /// Looks at nothing any more, and waits for the threads that looked.
    pub(super) fn shut(&mut self) {
        self.aim(Vec::new());
        process::await_end_of(&["watch", "notify-rs inoti"]);
    }

    fn eye_on(&self, file: &Path) -> Eye {
        let open = Arc::new(());
        let kernel = by_kernel(file, self.post.clone(), Arc::downgrade(&open)).ok();
        let thread = if kernel.is_none() {
            by_looking(file, LOOK_EVERY, self.post.clone())
        } else {
            None
        };
        Eye {
            _kernel: kernel,
            _thread: thread,
            _open: open,
        }
    }

    /// The change was delivered: the next one may be told.
    pub(super) fn delivered(&self) {
        self.post.under_way.store(false, Ordering::SeqCst);
    }
}

/// `school.db` and `school.db-wal`.
fn names(file: &Path) -> [OsString; 2] {
    let name = file.file_name().unwrap_or_default().to_owned();
    let mut log = name.clone();
    log.push("-wal");
    [name, log]
}

fn by_kernel(file: &Path, post: Post, open: Weak<()>) -> notify::Result<RecommendedWatcher> {
    let told = tell_again(post, open)?;
    let names = names(file);
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let ours = move |path: &PathBuf| {
        path.file_name()
            .is_some_and(|name| names.iter().any(|ours| ours == name))
    };
    let mut watcher =
        notify::recommended_watcher(move |event: notify::Result<notify::Event>| match event {
            Ok(event) if event.kind.is_access() => {}
            Ok(event) if !event.need_rescan() && !event.paths.iter().any(&ours) => {}
            // A fault of the watch may hide a change, so it counts as one.
            Ok(_) | Err(_) => {
                // Nobody listens any more when the eye is shut.
                let _ = told.send(());
            }
        })?;
    // The folder, not the file: the log comes and goes.
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}

/// A thread that tells of a change at once and some more times; it ends when the sender it gives is dropped or the
/// eye is shut.
fn tell_again(post: Post, open: Weak<()>) -> std::io::Result<Sender<()>> {
    let (told, heard) = mpsc::channel();
    let tell = move || {
        while heard.recv().is_ok() {
            let mut again = TELL_AGAIN.iter();
            while open.strong_count() > 0 {
                post.changed();
                let Some(pause) = again.next() else { break };
                match heard.recv_timeout(*pause) {
                    Ok(()) => again = TELL_AGAIN.iter(),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        }
    };
    std::thread::Builder::new()
        .name("watch".to_owned())
        .spawn(tell)?;
    Ok(told)
}

/// A thread that ends when the sender it gives is dropped.
fn by_looking(file: &Path, every: Duration, post: Post) -> Option<Sender<()>> {
    let paths = names(file).map(|name| file.with_file_name(name));
    let (keep, stop): (Sender<()>, Receiver<()>) = mpsc::channel();
    let look = move || {
        let mut before = paths.each_ref().map(|path| state(path));
        while stop.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
            let now = paths.each_ref().map(|path| state(path));
            if now != before {
                post.changed();
                before = now;
            }
        }
    };
    std::thread::Builder::new()
        .name("watch".to_owned())
        .spawn(look)
        .ok()
        .map(|_| keep)
}

/// When a file was last written and how long it is; none where it is not there.
fn state(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const SOON: Duration = Duration::from_secs(5);
    const NOT_YET: Duration = Duration::from_millis(100);

    fn changed(receiver: &Receiver<Event>, within: Duration) -> bool {
        matches!(receiver.recv_timeout(within), Ok(Event::Changed))
    }

    #[test]
    fn a_write_to_the_log_is_told_once_until_it_is_delivered() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("oak.db");
        fs::write(&file, "x").unwrap();
        let (sender, receiver) = mpsc::channel();
        let mut watch = Watch::new(sender);
        watch.aim(vec![file.clone()]);
        fs::write(folder.path().join("oak.db-shm"), "x").unwrap();
        fs::read(&file).unwrap();
        assert!(
            !changed(&receiver, NOT_YET),
            "neither the shared memory nor a reader is a change"
        );
        for n in 0..50 {
            fs::write(folder.path().join("oak.db-wal"), format!("{n}")).unwrap();
        }
        assert!(changed(&receiver, SOON));
        assert!(!changed(&receiver, NOT_YET));
        watch.delivered();
        fs::write(folder.path().join("oak.db-wal"), "again").unwrap();
        assert!(changed(&receiver, SOON));
    }

    #[test]
    fn one_write_is_told_again_for_readers_see_it_later_than_the_kernel() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("oak.db");
        let (sender, receiver) = mpsc::channel();
        let mut watch = Watch::new(sender);
        watch.aim(vec![file.clone()]);
        fs::write(&file, "x").unwrap();
        for time in 0..=TELL_AGAIN.len() {
            assert!(changed(&receiver, SOON), "{time}");
            watch.delivered();
        }
    }

    #[test]
    fn aimed_elsewhere_it_no_longer_tells_of_the_old_school() {
        let folder = tempfile::tempdir().unwrap();
        let (oak, ash) = (folder.path().join("oak.db"), folder.path().join("ash.db"));
        let (sender, receiver) = mpsc::channel();
        let mut watch = Watch::new(sender);
        watch.aim(vec![oak.clone()]);
        watch.aim(vec![ash.clone()]);
        fs::write(&oak, "x").unwrap();
        assert!(!changed(&receiver, NOT_YET));
        fs::write(&ash, "x").unwrap();
        assert!(changed(&receiver, SOON));
        // One write is several events: the rest are let pass before the eye is shut.
        assert!(!changed(&receiver, NOT_YET));
        watch.delivered();
        watch.aim(Vec::new());
        fs::write(&ash, "y").unwrap();
        assert!(!changed(&receiver, NOT_YET));
    }

    #[test]
    fn of_several_files_each_is_told_of() {
        for name in ["oak.db", "desk.db"] {
            let folder = tempfile::tempdir().unwrap();
            let files = ["oak.db", "desk.db"].map(|name| folder.path().join(name));
            let (sender, receiver) = mpsc::channel();
            let mut watch = Watch::new(sender);
            watch.aim(files.to_vec());
            assert!(!changed(&receiver, NOT_YET));
            fs::write(folder.path().join(name), "x").unwrap();
            assert!(changed(&receiver, SOON), "{name}");
        }
    }

    #[test]
    fn where_the_kernel_does_not_tell_a_thread_looks() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("oak.db");
        let (sender, receiver) = mpsc::channel();
        let post = Post {
            sender,
            under_way: Arc::default(),
        };
        let keep = by_looking(&file, Duration::from_millis(5), post).unwrap();
        assert!(!changed(&receiver, NOT_YET));
        fs::write(folder.path().join("oak.db-wal"), "x").unwrap();
        assert!(changed(&receiver, SOON));
        drop(keep);
        assert!(matches!(
            receiver.recv_timeout(SOON),
            Err(RecvTimeoutError::Disconnected)
        ));
    }

    #[test]
    fn a_folder_that_is_not_there_stops_nothing() {
        let (sender, receiver) = mpsc::channel();
        let mut watch = Watch::new(sender);
        watch.aim(vec![PathBuf::from("/no/such/folder/oak.db")]);
        assert_eq!(watch.eyes.len(), 1);
        assert!(!changed(&receiver, NOT_YET));
    }
}
