//! Signals that end the program or change its window, heard on a thread of their own, so that a stuck loop ends too.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::Duration;

/// What to do on a signal. Each is called on the signal thread.
pub struct Reaction<End, Restore, Resize> {
    /// The program is asked to end: tell the loop.
    pub on_end: End,
    /// The loop has not ended in time: put the terminal back; the process ends right after, whatever runs.
    pub restore: Restore,
    /// The window has another size.
    pub on_resize: Resize,
}

/// The thread that listens. It lives as long as the process.
#[derive(Debug, Clone, Default)]
pub struct Signals {
    ended_by: Arc<AtomicI32>,
    lent: Arc<AtomicBool>,
}

/// While this is held the keys Ctrl-C and Ctrl-\ are another program's: INT and QUIT end nothing here.
#[derive(Debug)]
pub struct Lent(Arc<AtomicBool>);

impl Drop for Lent {
    fn drop(&mut self) {
        /// The key that ended the other program is heard here too, by another thread: it has been by then.
        const SETTLE: Duration = Duration::from_millis(50);
        std::thread::sleep(SETTLE);
        self.0.store(false, Ordering::SeqCst);
    }
}

impl Signals {
    /// The signal that asked the program to end, if one did; an exit code is 128 more by custom.
    pub fn ended_by(&self) -> Option<i32> {
        match self.ended_by.load(Ordering::SeqCst) {
            0 => None,
            signal => Some(signal),
        }
    }

    /// Leaves INT and QUIT to a program that has the terminal now.
    pub fn lend_keys(&self) -> Lent {
        self.lent.store(true, Ordering::SeqCst);
        Lent(Arc::clone(&self.lent))
    }
}

/// Listens from now on for TERM, HUP, INT, QUIT and window changes.
///
/// After one of the first four the program has 800 ms to end by itself (an open transaction is gone by itself
/// then); after that it is ended hard, so that a closed window is over within a second.
#[cfg(unix)]
pub fn listen<End, Restore, Resize>(reaction: Reaction<End, Restore, Resize>) -> io::Result<Signals>
where
    End: Fn() + Send + 'static,
    Restore: Fn() + Send + 'static,
    Resize: Fn() + Send + 'static,
{
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
    /// How long the loop has to end by itself.
    const GRACE: Duration = Duration::from_millis(800);

    let mut heard =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH])?;
    let signals = Signals::default();
    let (ended_by, lent) = (Arc::clone(&signals.ended_by), Arc::clone(&signals.lent));
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in heard.forever() {
                if signal == SIGWINCH {
                    (reaction.on_resize)();
                    continue;
                }
                if (signal == SIGINT || signal == SIGQUIT) && lent.load(Ordering::SeqCst) {
                    continue;
                }
                ended_by.store(signal, Ordering::SeqCst);
                (reaction.on_end)();
                std::thread::sleep(GRACE);
                (reaction.restore)();
                signal_hook::low_level::exit(128 + signal);
            }
        })?;
    Ok(signals)
}

/// Where there are no such signals nothing is heard: the console closes the program itself.
#[cfg(not(unix))]
pub fn listen<End, Restore, Resize>(reaction: Reaction<End, Restore, Resize>) -> io::Result<Signals>
where
    End: Fn() + Send + 'static,
    Restore: Fn() + Send + 'static,
    Resize: Fn() + Send + 'static,
{
    drop(reaction);
    Ok(Signals::default())
}
