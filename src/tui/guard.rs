//! The terminal's state, taken once and given back once: on a quiet end, a fault, a signal.
//!
//! Giving back must work from any thread and on a terminal that is stopped or gone; then it is silent.

use super::crash;
use crossterm::clipboard::CopyToClipboard;
use crossterm::{cursor, event, style, terminal};
use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(unix)]
use std::sync::{Mutex, PoisonError};

#[cfg(unix)]
use crate::sys::tty;

/// XTWINOPS 22: keeps the window's title, for terminals that can. No reply comes.
const KEEP_TITLE: &str = "\x1b[22;0t";
/// XTWINOPS 23: brings the kept title back.
const BRING_TITLE_BACK: &str = "\x1b[23;0t";

/// What an editor that died may have left on: application cursor keys and keypad, origin mode, mouse and focus
/// reports, no wrapping, insertion, a scrolling region, another character set, colours, a cursor of its own (xterm's
/// control sequences).
const CALM: &str = "\x1b[?1;6;9;1000;1002;1003;1004;1005;1006;1015l\x1b[?7h\x1b[4l\x1b[r\x1b>\x1b(B\x1b[0m\x1b[0 q";

/// Holds the terminal in raw mode on its alternate screen; gives it back when dropped.
#[derive(Debug)]
pub(super) struct Guard {
    restorer: Restorer,
}

/// Gives the terminal back, from wherever it is called; only the first call after a taking does anything.
#[derive(Clone, Debug)]
pub(super) struct Restorer(Arc<Found>);

/// What was found.
#[derive(Debug)]
struct Found {
    taken: AtomicBool,
    /// The terminal's clipboard holds something of ours.
    copied: AtomicBool,
    #[cfg(unix)]
    tty: tty::Tty,
    #[cfg(unix)]
    modes: Mutex<tty::Modes>,
}

impl Guard {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste, no cursor, the title given.
    pub(super) fn enter(title: &str) -> io::Result<Self> {
        #[cfg(unix)]
        let found = {
            let tty = tty::Tty::open()?;
            Found {
                taken: AtomicBool::new(true),
                copied: AtomicBool::new(false),
                modes: Mutex::new(tty.modes()?),
                tty,
            }
        };
        #[cfg(not(unix))]
        let found = Found {
            taken: AtomicBool::new(true),
            copied: AtomicBool::new(false),
        };
        let guard = Self {
            restorer: Restorer(Arc::new(found)),
        };
        // From here on the guard's end gives back whatever was taken.
        take(title, false)?;
        Ok(guard)
    }

    /// Gives the terminal back for a while, to an editor or the shell.
    #[cfg(unix)]
    pub(super) fn lend(&self) {
        self.restorer.restore();
    }

    /// Takes the terminal again from an editor, whatever state that left it in; at the end the modes are put back as
    /// they were found before it.
    #[cfg(unix)]
    pub(super) fn take_from_editor(&self, title: &str) -> io::Result<()> {
        let found = &self.restorer.0;
        found.taken.store(true, Ordering::SeqCst);
        found.tty.set_modes(&found.modes())?;
        take(title, true)
    }

    /// Takes the terminal again from the shell: at the end the modes are put back as they are now.
    #[cfg(unix)]
    pub(super) fn take_from_shell(&self, title: &str) -> io::Result<()> {
        let found = &self.restorer.0;
        let modes = found.tty.modes()?;
        *found.modes.lock().unwrap_or_else(PoisonError::into_inner) = modes;
        found.taken.store(true, Ordering::SeqCst);
        take(title, false)
    }

    /// Forgets what was typed to another program, or answered to it by the terminal.
    #[cfg(unix)]
    pub(super) fn forget_input(&self) -> io::Result<()> {
        self.restorer.0.tty.forget_input()
    }

    /// Whether the terminal is ours to use now.
    #[cfg(unix)]
    pub(super) fn is_in_foreground(&self) -> bool {
        self.restorer.0.tty.is_in_foreground()
    }

    /// Whether the terminal's clipboard holds something of ours, which goes with us.
    pub(super) fn note_copied(&self, holds: bool) {
        self.restorer.0.copied.store(holds, Ordering::SeqCst);
    }

    /// A hand on the terminal for the signal thread.
    pub(super) fn restorer(&self) -> Restorer {
        self.restorer.clone()
    }

    /// From now on a panic gives the terminal back first, then calls `clean`, leaves a crash file in the folder and
    /// one sentence for the user. On other threads it leaves the file alone: the desk stands on.
    pub(super) fn catch_panics(&self, folder: PathBuf, clean: impl Fn() + Send + Sync + 'static) {
        let restorer = self.restorer();
        let drawing = std::thread::current().id();
        std::panic::set_hook(Box::new(move |fault| {
            let ours = std::thread::current().id() == drawing;
            if ours {
                restorer.restore();
                clean();
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

/// Takes the terminal; with `calm` from a program that may have died. Raw mode comes first: where the terminal is not
/// ours to use, the system stops the program there.
fn take(title: &str, calm: bool) -> io::Result<()> {
    terminal::enable_raw_mode()?;
    let mut out = Vec::new();
    enter(&mut out, title, calm)?;
    let mut stdout = io::stdout().lock();
    stdout.write_all(&out)?;
    stdout.flush()
}

fn enter(out: &mut Vec<u8>, title: &str, calm: bool) -> io::Result<()> {
    out.extend_from_slice(KEEP_TITLE.as_bytes());
    crossterm::queue!(
        out,
        terminal::SetTitle(plain(title)),
        terminal::EnterAlternateScreen,
    )?;
    if calm {
        // Behind the alternate screen, because it moves the cursor, which was kept on the way there.
        out.extend_from_slice(CALM.as_bytes());
    }
    crossterm::queue!(
        out,
        event::EnableBracketedPaste,
        cursor::Hide,
        terminal::Clear(terminal::ClearType::All),
    )
}

#[cfg(unix)]
impl Found {
    fn modes(&self) -> tty::Modes {
        self.modes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
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
        if self.0.copied.swap(false, Ordering::SeqCst) {
            let _ = forget_copied(&mut out);
        }
        // Into memory: it cannot fail.
        let _ = leave(&mut out);
        #[cfg(unix)]
        {
            /// A terminal that takes nothing for so long is stopped or dead.
            const PATIENCE: std::time::Duration = std::time::Duration::from_millis(100);
            // Not through the standard handle: a thread stuck in a write to it would hold its lock.
            let _ = tty::write_if_taken(&out, PATIENCE);
            let _ = terminal::disable_raw_mode();
            let _ = self.0.tty.set_modes(&self.0.modes());
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

/// Takes our text out of the terminal's clipboard, whatever is in it by now: there is no asking. A blank in its place
/// first, since many terminals know no emptying.
pub(super) fn forget_copied(out: &mut impl io::Write) -> io::Result<()> {
    crossterm::queue!(out, CopyToClipboard::to_clipboard_from(" "))?;
    out.write_all(b"\x1b]52;c;!\x1b\\")
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
    fn after_an_editor_its_modes_are_taken_off_once_the_users_screen_is_kept() {
        let taken = |calm| {
            let mut out = Vec::new();
            enter(&mut out, "sendesk", calm).unwrap();
            String::from_utf8(out).unwrap()
        };
        let after = taken(true);
        let at = |part| after.find(part).unwrap();
        assert!(at("\x1b[?1049h") < at(CALM) && at(CALM) < at("\x1b[2J"));
        assert!(!taken(false).contains(CALM));
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
