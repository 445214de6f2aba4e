//! The terminal as a device: its modes, its size, and waiting for it. No escape sequence is known here.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::io::Errno;
use rustix::termios::{
    OptionalActions, QueueSelector, Termios, isatty, tcflush, tcgetattr, tcgetpgrp, tcgetwinsize,
    tcsetattr,
};
use std::fs::File;
use std::io;
use std::time::Duration;

/// The terminal the user types on: standard input, or the controlling terminal where that is redirected.
#[derive(Debug)]
pub struct Tty {
    /// None is standard input.
    opened: Option<File>,
}

/// A terminal's modes as they were found (`stty -a`).
#[derive(Debug, Clone)]
pub struct Modes(Termios);

/// What waiting for the terminal came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waited {
    /// There is something to read.
    Ready,
    /// The terminal is gone: reading would give nothing, again and again.
    Gone,
    /// The other side of the [`Stop`] was let go.
    Stopped,
    /// Nothing happened in the time given.
    Quiet,
}

/// Ends a wait from another thread, by being dropped.
#[derive(Debug)]
pub struct Stop {
    _writer: OwnedFd,
}

/// What a wait watches for the end of its [`Stop`].
#[derive(Debug)]
pub struct Stopped {
    reader: OwnedFd,
}

/// A stop and what it stops.
pub fn stop() -> io::Result<(Stop, Stopped)> {
    let (reader, writer) = rustix::pipe::pipe()?;
    for end in [&reader, &writer] {
        rustix::io::fcntl_setfd(end, rustix::io::FdFlags::CLOEXEC)?;
    }
    Ok((Stop { _writer: writer }, Stopped { reader }))
}

impl From<File> for Tty {
    /// A device that is open already.
    fn from(file: File) -> Self {
        Self { opened: Some(file) }
    }
}

impl Tty {
    /// The terminal; an error where the process has none.
    pub fn open() -> io::Result<Self> {
        if isatty(rustix::stdio::stdin()) {
            return Ok(Self { opened: None });
        }
        let opened = File::options().read(true).write(true).open("/dev/tty")?;
        Ok(Self {
            opened: Some(opened),
        })
    }

    fn fd(&self) -> BorrowedFd<'_> {
        self.opened
            .as_ref()
            .map_or_else(|| rustix::stdio::stdin(), AsFd::as_fd)
    }

    /// The modes in force.
    pub fn modes(&self) -> io::Result<Modes> {
        Ok(Modes(tcgetattr(self.fd())?))
    }

    /// Puts modes in force at once, without waiting for output that may never drain.
    pub fn set_modes(&self, modes: &Modes) -> io::Result<()> {
        Ok(tcsetattr(self.fd(), OptionalActions::Now, &modes.0)?)
    }

    /// Throws away what was typed, or answered by the terminal to another program, and not read yet.
    pub fn forget_input(&self) -> io::Result<()> {
        Ok(tcflush(self.fd(), QueueSelector::IFlush)?)
    }

    /// How many bytes wait to be read; none where it cannot be asked.
    pub fn waiting(&self) -> Option<u64> {
        rustix::io::ioctl_fionread(self.fd()).ok()
    }

    /// Whether the terminal is this job's to use: not while the shell, or another job, has it.
    pub fn is_in_foreground(&self) -> bool {
        tcgetpgrp(self.fd()).is_ok_and(|group| group == rustix::process::getpgrp())
    }

    /// Waits until there is something to read, the terminal is gone, the stop is let go, or the time is over
    /// (none: for ever).
    pub fn wait(&self, stopped: &Stopped, time: Option<Duration>) -> io::Result<Waited> {
        let time = time
            .map(Timespec::try_from)
            .transpose()
            .map_err(io::Error::other)?;
        let mut ends = [
            PollFd::from_borrowed_fd(self.fd(), PollFlags::IN),
            PollFd::new(&stopped.reader, PollFlags::IN),
        ];
        match poll(&mut ends, time.as_ref()) {
            Ok(0) | Err(Errno::INTR) => return Ok(Waited::Quiet),
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        let [terminal, stop] = ends.map(|end| end.revents());
        let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
        Ok(if !stop.is_empty() {
            Waited::Stopped
        } else if terminal.intersects(gone) {
            Waited::Gone
        } else if terminal.is_empty() {
            Waited::Quiet
        } else {
            Waited::Ready
        })
    }
}

/// A handle of its own to standard output, without the small buffer and the lock of the standard one.
pub fn output() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// Columns and rows of the terminal on standard output or input; none where neither is one or it gives no size.
pub fn size() -> Option<(u16, u16)> {
    [rustix::stdio::stdout(), rustix::stdio::stdin()]
        .into_iter()
        .filter_map(|fd| tcgetwinsize(fd).ok())
        .find(|size| size.ws_col > 0 && size.ws_row > 0)
        .map(|size| (size.ws_col, size.ws_row))
}

/// Writes to standard output if it takes anything within the patience given; a stopped or dead terminal is left alone.
pub fn write_if_taken(bytes: &[u8], patience: Duration) -> io::Result<()> {
    let out = rustix::stdio::stdout();
    let time = Timespec::try_from(patience).map_err(io::Error::other)?;
    let mut ends = [PollFd::from_borrowed_fd(out, PollFlags::OUT)];
    poll(&mut ends, Some(&time))?;
    if ends[0].revents() == PollFlags::OUT {
        rustix::io::write(out, bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letting_go_of_the_stop_ends_the_wait() {
        let (stop, stopped) = stop().unwrap();
        let (reader, writer) = rustix::pipe::pipe().unwrap();
        let tty = Tty::from(File::from(reader));
        assert_eq!(
            tty.wait(&stopped, Some(Duration::ZERO)).unwrap(),
            Waited::Quiet
        );
        rustix::io::write(&writer, b"x").unwrap();
        assert_eq!(tty.wait(&stopped, None).unwrap(), Waited::Ready);
        drop(writer);
        assert_eq!(tty.wait(&stopped, None).unwrap(), Waited::Gone);
        drop(stop);
        assert_eq!(tty.wait(&stopped, None).unwrap(), Waited::Stopped);
    }
}
