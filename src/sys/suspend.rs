//! Handing the terminal back to the shell for a while (Ctrl-Z, `fg`), as the terminal itself would do it.

use rustix::process::{Signal, getppid, getsid, kill_current_process_group};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Whether a shell that could take over may be there: not where the program is the first of its window or session.
/// A yes may still turn out wrong; then [`suspend`] says so.
pub fn may_suspend() -> bool {
    let session = |pid| getsid(pid).ok();
    getppid().is_some_and(|parent| session(Some(parent)) == session(None))
}

/// Stops all processes of this job and returns when they go on in the foreground, or when `ended` says the program
/// shall end. False where nothing was stopped, because no shell controls the job.
///
/// The whole job, not this process alone: a script that started it would otherwise wait in front of a dead terminal.
pub fn suspend(in_foreground: impl Fn() -> bool, ended: impl Fn() -> bool) -> io::Result<bool> {
    let gone_on = Arc::new(AtomicBool::new(false));
    let id = signal_hook::flag::register(Signal::CONT.as_raw(), Arc::clone(&gone_on))?;
    let outcome = stop_and_go(&gone_on, in_foreground, ended);
    signal_hook::low_level::unregister(id);
    outcome
}

fn stop_and_go(
    gone_on: &AtomicBool,
    in_foreground: impl Fn() -> bool,
    ended: impl Fn() -> bool,
) -> io::Result<bool> {
    /// A signal that came with the one to go on is noted by then.
    const SETTLE: Duration = Duration::from_millis(30);
    loop {
        gone_on.store(false, Ordering::SeqCst);
        kill_current_process_group(Signal::TSTP)?;
        if !comes(gone_on) {
            return Ok(false);
        }
        std::thread::sleep(SETTLE);
        // Told to go on in the background (`bg`), there is nothing to do but stop again.
        if ended() || in_foreground() {
            return Ok(true);
        }
    }
}

/// Whether the flag is up within half a second of running: time the process is stopped for does not count.
fn comes(flag: &AtomicBool) -> bool {
    for _ in 0..50 {
        if flag.load(Ordering::SeqCst) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_that_never_comes_is_not_waited_for_long() {
        assert!(comes(&AtomicBool::new(true)));
        assert!(!comes(&AtomicBool::new(false)));
    }
}
