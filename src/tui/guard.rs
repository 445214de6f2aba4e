//! The terminal's state, taken once and given back once: on a quiet end, a fault, a signal.
//!
//! Giving back must work from any thread and on a terminal that is stopped or gone; then it is silent.

use super::crash;
use crossterm::{cursor, event, style, terminal};
use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[cfg(unix)]
use crate::sys::tty;

/// XTWINOPS 22: keeps the window's title, for terminals that can. No reply comes.
const KEEP_TITLE: &str = "\x1b[22;0t";
/// XTWINOPS 23: brings the kept title back.
const BRING_TITLE_BACK: &str = "\x1b[23;0t";

/// Holds the terminal in raw mode on its alternate screen; gives it back when dropped.
#[derive(Debug)]
pub(super) struct Guard {
    restorer: Restorer,
}

/// Gives the terminal back, from wherever it is called; only the first call does anything.
#[derive(Clone, Debug)]
pub(super) struct Restorer(Arc<Found>);

/// What was found.
#[derive(Debug)]
struct Found {
    taken: AtomicBool,
    #[cfg(unix)]
    tty: tty::Tty,
    #[cfg(unix)]
    modes: tty::Modes,
}

impl Guard {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste, no cursor, the title given.
    pub(super) fn enter(title: &str) -> io::Result<Self> {
        #[cfg(unix)]
        let found = {
            let tty = tty::Tty::open()?;
            Found {
                taken: AtomicBool::new(true),
                modes: tty.modes()?,
                tty,
            }
        };
        #[cfg(not(unix))]
        let found = Found {
            taken: AtomicBool::new(true),
        };
        let guard = Self {
            restorer: Restorer(Arc::new(found)),
        };
        // From here on the guard's end gives back whatever was taken.
        terminal::enable_raw_mode()?;
        let mut out = Vec::new();
        out.extend_from_slice(KEEP_TITLE.as_bytes());
        crossterm::queue!(
            out,
            terminal::SetTitle(plain(title)),
            terminal::EnterAlternateScreen,
            event::EnableBracketedPaste,
            cursor::Hide,
            terminal::Clear(terminal::ClearType::All),
        )?;
        let mut stdout = io::stdout().lock();
        stdout.write_all(&out)?;
        stdout.flush()?;
        Ok(guard)
    }

    /// A hand on the terminal for the signal thread.
    pub(super) fn restorer(&self) -> Restorer {
        self.restorer.clone()
    }

    /// From now on a panic gives the terminal back first, leaves a crash file in the folder and one sentence for
    /// the user. On other threads it leaves the file alone: the desk stands on.
    pub(super) fn catch_panics(&self, folder: PathBuf) {
        let restorer = self.restorer();
        let drawing = std::thread::current().id();
        std::panic::set_hook(Box::new(move |fault| {
            let ours = std::thread::current().id() == drawing;
            if ours {
                restorer.restore();
            }
            let kept = crash::record(&folder, fault);
            if ours {
                let kept =
                    kept.map(|path| format!(" Where it happened is noted in {}.", path.display()));
                let kept = kept.unwrap_or_default();
                // Written with a check: printing to a terminal that is gone would be a second panic.
                let _ = writeln!(
                    io::stderr(),
                    "sendesk stopped because of a fault in the program. What was saved is safe.{kept}"
                );
            }
        }));
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.restorer.restore();
        if !std::thread::panicking() {
            drop(std::panic::take_hook());
        }
    }
}

impl Restorer {
    /// Wipes the alternate screen, leaves it and puts back modes, cursor and title as they were found.
    pub(super) fn restore(&self) {
        if !self.0.taken.swap(false, Ordering::SeqCst) {
            return;
        }
        let mut out = Vec::new();
        // Into memory: it cannot fail.
        let _ = leave(&mut out);
        #[cfg(unix)]
        {
            /// A terminal that takes nothing for so long is stopped or dead.
            const PATIENCE: std::time::Duration = std::time::Duration::from_millis(100);
            // Not through the standard handle: a thread stuck in a write to it would hold its lock.
            let _ = tty::write_if_taken(&out, PATIENCE);
            let _ = terminal::disable_raw_mode();
            let _ = self.0.tty.set_modes(&self.0.modes);
        }
        #[cfg(not(unix))]
        {
            let _ = io::stdout()
                .write_all(&out)
                .and_then(|()| io::stdout().flush());
            let _ = terminal::disable_raw_mode();
        }
    }
}

fn leave(out: &mut Vec<u8>) -> io::Result<()> {
    crossterm::queue!(
        out,
        // A frame may have been cut short inside a synchronized update.
        terminal::EndSynchronizedUpdate,
        style::SetAttribute(style::Attribute::Reset),
        terminal::Clear(terminal::ClearType::All),
        event::DisableBracketedPaste,
        terminal::LeaveAlternateScreen,
        cursor::Show,
    )?;
    out.extend_from_slice(BRING_TITLE_BACK.as_bytes());
    Ok(())
}

/// The title with nothing in it that could end the sequence it travels in.
pub(super) fn plain(title: &str) -> impl fmt::Display {
    title
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .take(40)
        .collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_carries_no_sequence() {
        assert_eq!(
            plain("sendesk OAK\x07\x1b]0;x").to_string(),
            "sendesk OAK0x"
        );
    }

    #[test]
    fn leaving_undoes_all_that_entering_did() {
        let mut out = Vec::new();
        leave(&mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        for sequence in [
            "\x1b[?2026l",
            "\x1b[0m",
            "\x1b[2J",
            "\x1b[?2004l",
            "\x1b[?1049l",
            "\x1b[?25h",
            "\x1b[23;0t",
        ] {
            assert!(out.contains(sequence), "{sequence:?} in {out:?}");
        }
    }
}
