//! The loop: wait for something to happen, tell the desk all that has happened, draw once.
//!
//! There is no tick. The loop sleeps until an event comes or a moment that was worked out beforehand: a pause in
//! typing, the idle time, midnight.

use super::errand::{Left, Outside, Terminal, UnderWay};
use super::guard::Guard;
use super::input::Reader;
use super::screen::Screen;
use super::watch::Watch;
use crate::app::event::{Errand, Event};
use crate::sys::clock::{self, Stamp};
use crate::sys::memory;
use crate::sys::signal::{self, Reaction, Signals};
use chrono::NaiveDate;
use ratatui::Frame;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// What the loop drives.
pub trait Desk {
    /// Something happened. After [`Event::Quit`] nothing else comes: drafts are stored in it.
    fn event(&mut self, event: Event);
    /// Whether anything to be seen has changed since this was last asked.
    fn take_dirty(&mut self) -> bool;
    /// Whether the user is done.
    fn ended(&self) -> bool;
    /// What it wants done away from the screen now, asked after each event.
    fn take_errand(&mut self) -> Option<Errand>;
    /// A frame was drawn: what it did without is got ready for the next key.
    fn drawn(&mut self);
    /// Draws all of it. The cursor is hidden unless the frame sets one.
    fn draw(&self, frame: &mut Frame<'_>);
    /// How long after the last key [`Event::Pause`] is wanted: when a draft is not stored yet.
    fn pause_after(&self) -> Option<Duration>;
    /// Whether something typed is not stored yet: while typing goes on [`Event::Keep`] is wanted now and then.
    fn is_unkept(&self) -> bool;
    /// How long after the last key [`Event::Idle`] is wanted: when the desk is open and locks by itself.
    fn idle_after(&self) -> Option<Duration>;
    /// The database files whose changes by other sessions matter now.
    fn watched(&self) -> Vec<PathBuf>;
    /// Whether the desk is locked: nothing of it may stay in the clipboard.
    fn is_locked(&self) -> bool;
    /// The window's title: the program and the school's code, never a child.
    fn title(&self) -> String;
}

/// How the desk came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The user asked for it.
    Asked,
    /// This signal asked for it; the exit code is 128 more by custom.
    Signal(i32),
    /// The terminal is gone.
    Gone,
}

/// Runs the desk on the terminal until it ends, and gives the terminal back as it was found.
///
/// `sender` and `receiver` are the two ends of one channel: jobs of the desk answer through it too. `crashes` is the
/// folder for crash files. `colour` is false where no colour may be sent. Fails only where there is no terminal.
pub fn run(
    desk: &mut impl Desk,
    sender: &Sender<Event>,
    receiver: &Receiver<Event>,
    crashes: &Path,
    colour: bool,
) -> io::Result<Ending> {
    crossterm::style::force_color_output(colour);
    let guard = Guard::enter(&desk.title())?;
    let under_way = UnderWay::default();
    let left = under_way.clone();
    guard.catch_panics(crashes.to_path_buf(), move || left.wipe());
    let signals = hear(sender, &guard, &under_way)?;
    let mut turn = Turn {
        screen: Screen::new(output()?, size())?,
        watch: Watch::new(sender.clone()),
        pace: Pace::start(),
        was_open: false,
        outside: Terminal {
            reader: Some(Reader::start(sender.clone())?),
            guard,
            sender: sender.clone(),
            signals: signals.clone(),
            under_way: under_way.clone(),
        },
    };
    let (columns, rows) = size();
    desk.event(Event::Resize(columns, rows));
    let asked = turn.round(desk, receiver);
    drop(turn);
    under_way.wipe();
    Ok(match (signals.ended_by(), asked) {
        (Some(signal), _) => Ending::Signal(signal),
        (None, true) => Ending::Asked,
        (None, false) => Ending::Gone,
    })
}

fn hear(sender: &Sender<Event>, guard: &Guard, under_way: &UnderWay) -> io::Result<Signals> {
    let (quit, resize, restorer) = (sender.clone(), sender.clone(), guard.restorer());
    let (running, left) = (under_way.clone(), under_way.clone());
    signal::listen(Reaction {
        on_end: move || {
            // Nobody listens any more when the loop has ended already.
            let _ = quit.send(Event::Quit);
            // The loop waits for it; its words come back before it hears of the end.
            running.end();
        },
        restore: move || {
            left.wipe();
            restorer.restore();
        },
        on_resize: move || {
            let (columns, rows) = size();
            let _ = resize.send(Event::Resize(columns, rows));
        },
    })
}

/// What a terminal that tells no size is taken for.
const SIZE: (u16, u16) = (80, 24);

#[cfg(unix)]
fn size() -> (u16, u16) {
    crate::sys::tty::size().unwrap_or(SIZE)
}

#[cfg(not(unix))]
fn size() -> (u16, u16) {
    crossterm::terminal::size().unwrap_or(SIZE)
}

#[cfg(unix)]
fn output() -> io::Result<std::fs::File> {
    crate::sys::tty::output()
}

#[cfg(not(unix))]
fn output() -> io::Result<io::Stdout> {
    Ok(io::stdout())
}

/// The loop's own things.
struct Turn<W: Write, O: Outside> {
    screen: Screen<W>,
    watch: Watch,
    pace: Pace,
    /// The desk was open since memory was last wiped.
    was_open: bool,
    outside: O,
}

impl<W: Write, O: Outside> Turn<W, O> {
    /// Turns until the desk ends (true), or must end because the terminal is gone or the system says so (false).
    fn round(&mut self, desk: &mut impl Desk, receiver: &Receiver<Event>) -> bool {
        let mut first = true;
        while !desk.ended() {
            self.watch.aim(desk.watched());
            while desk.take_dirty() || std::mem::take(&mut first) {
                if self.draw(desk).is_err() {
                    desk.event(Event::Quit);
                    return false;
                }
                desk.drawn();
            }
            // Behind the frame, so that no key waits for it.
            if self.pace.keeps(desk) {
                desk.event(Event::Keep);
                continue;
            }
            self.wipe(desk);
            match receiver.recv_timeout(self.pace.rest(desk)) {
                Ok(event) => {
                    if !self.burst(desk, event, receiver) {
                        return desk.ended();
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return false,
            }
            if self.forget_copied(desk).is_err() {
                desk.event(Event::Quit);
                return false;
            }
            if !desk.ended() {
                for event in self.pace.due(desk, clock::today()) {
                    desk.event(event);
                }
                if !self.run_errands(desk) {
                    desk.event(Event::Quit);
                    return false;
                }
            }
        }
        true
    }

    /// Tells the desk this event and all that wait behind it, so that a held key costs one frame; false after Quit.
    fn burst(&mut self, desk: &mut impl Desk, event: Event, receiver: &Receiver<Event>) -> bool {
        /// An endless burst is drawn now and then.
        const LONGEST: Duration = Duration::from_millis(50);
        let began = Stamp::now();
        let mut next = Some(event);
        while let Some(event) = next {
            if matches!(event, Event::Quit) {
                desk.event(Event::Quit);
                return false;
            }
            self.tell(desk, event);
            if !self.run_errands(desk) {
                desk.event(Event::Quit);
                return false;
            }
            if desk.ended() || began.elapsed() > LONGEST {
                break;
            }
            next = receiver.try_recv().ok();
        }
        true
    }

    fn tell(&mut self, desk: &mut impl Desk, event: Event) {
        match &event {
            Event::Key(_) | Event::Paste(_) | Event::Stray(_) => {
                // After a laptop's sleep the key comes first; it must find a locked desk.
                for late in self.pace.due(desk, clock::today()) {
                    desk.event(late);
                }
                self.pace.typed();
            }
            Event::Resize(columns, rows) => {
                // Into memory; the terminal hears of it with the next frame.
                let _ = self.screen.fit((*columns, *rows));
            }
            Event::Changed => self.watch.delivered(),
            _ => {}
        }
        desk.event(event);
    }

    /// Does what the desk wants done away from the screen; false when the terminal is gone.
    fn run_errands(&mut self, desk: &mut impl Desk) -> bool {
        while !desk.ended()
            && let Some(errand) = desk.take_errand()
        {
            // A desk that locked to be suspended leaves nothing behind.
            if self.forget_copied(desk).is_err() {
                return false;
            }
            if let Errand::Copy { text } = &errand {
                let Ok(()) = self.screen.copy(text) else {
                    return false;
                };
                self.pace.copied = Some(Stamp::now());
                self.outside.note_copied(true);
            }
            if matches!(errand, Errand::Suspend) {
                // Nothing is drawn or wiped while it is stopped.
                let Ok(()) = self.draw(desk) else {
                    return false;
                };
                self.wipe(desk);
            }
            let is_edit = matches!(errand, Errand::Edit { .. });
            let back = self.outside.run(errand, &desk.title());
            if back.terminal == Left::Used {
                if is_edit {
                    self.pace.came_back(desk);
                }
                // The window may have another size now, of which only the foreground is told; drawn whole either way.
                let (columns, rows) = size();
                self.tell(desk, Event::Resize(columns, rows));
            }
            if let Some(event) = back.event {
                self.tell(desk, event);
            }
            if back.terminal == Left::Gone {
                return false;
            }
        }
        true
    }

    /// Takes what was copied out of the clipboard once its time is over, and by a lock.
    fn forget_copied(&mut self, desk: &impl Desk) -> io::Result<()> {
        let over = |at: Stamp| at.elapsed() >= COPIED || desk.is_locked();
        if self.pace.copied.is_some_and(over) {
            self.pace.copied = None;
            self.outside.note_copied(false);
            self.screen.forget_copied()?;
        }
        Ok(())
    }

    /// Once the lock is drawn, overwrites what the open desk left in memory.
    fn wipe(&mut self, desk: &impl Desk) {
        if !desk.is_locked() {
            self.was_open = true;
        } else if std::mem::take(&mut self.was_open) {
            self.screen.forget();
            // What their heaps hold is in reach once they have ended.
            self.watch.shut();
            memory::forget();
        }
    }

    fn draw(&mut self, desk: &impl Desk) -> io::Result<()> {
        self.screen.entitle(&desk.title())?;
        self.screen.draw(|frame| desk.draw(frame))
    }
}

/// How long a text stays in the terminal's clipboard.
const COPIED: Duration = Duration::from_secs(30);

/// How long typing may go on with something not stored: what a kill or a power cut takes at most.
const KEEP_EVERY: Duration = Duration::from_secs(3);

/// What was told since the last key, and what is due when.
struct Pace {
    typed: Stamp,
    /// Since when something typed has not been stored.
    unkept: Option<Stamp>,
    /// When something was given to the clipboard that is there still.
    copied: Option<Stamp>,
    paused: bool,
    idled: bool,
    today: NaiveDate,
}

impl Pace {
    fn start() -> Self {
        Self {
            typed: Stamp::now(),
            unkept: None,
            copied: None,
            paused: false,
            idled: false,
            today: clock::today(),
        }
    }

    fn typed(&mut self) {
        *self = Self {
            today: self.today,
            copied: self.copied,
            unkept: self.unkept,
            ..Self::start()
        };
    }

    /// True once something typed has not been stored for a while. Asked after each frame: nothing wakes the loop for it,
    /// since a pause in typing does.
    fn keeps(&mut self, desk: &impl Desk) -> bool {
        if !desk.is_unkept() {
            self.unkept = None;
            return false;
        }
        let since = *self.unkept.get_or_insert_with(Stamp::now);
        let due = since.elapsed() >= KEEP_EVERY;
        if due {
            // Where it could not be stored it is tried again after as long.
            self.unkept = None;
        }
        due
    }

    /// Leaving an editor takes a key, which counts like one typed here; but a desk that was due to lock still is,
    /// for nobody may have sat before the editor.
    fn came_back(&mut self, desk: &impl Desk) {
        let quiet = self.typed.elapsed();
        if desk.idle_after().is_none_or(|after| quiet < after) {
            self.typed();
        }
    }

    /// How long the loop may sleep.
    fn rest(&self, desk: &impl Desk) -> Duration {
        let pause = desk.pause_after().filter(|_| !self.paused);
        let idle = desk.idle_after().filter(|_| !self.idled);
        let rest = rest(self.typed.elapsed(), pause, idle, clock::until_midnight());
        let copied = self.copied.map(|at| COPIED.saturating_sub(at.elapsed()));
        copied.map_or(rest, |left| rest.min(left))
    }

    /// What has become due and is told now, once.
    fn due(&mut self, desk: &impl Desk, today: NaiveDate) -> Vec<Event> {
        let quiet = self.typed.elapsed();
        let mut events = Vec::new();
        if !self.paused && desk.pause_after().is_some_and(|after| quiet >= after) {
            self.paused = true;
            events.push(Event::Pause);
        }
        if !self.idled && desk.idle_after().is_some_and(|after| quiet >= after) {
            self.idled = true;
            events.push(Event::Idle);
        }
        if self.today != today {
            self.today = today;
            events.push(Event::Day(today));
        }
        events
    }
}

/// How long to sleep, `quiet` after the last key: to the nearest of what is wanted, and never so long that a clock
/// set anew, or a laptop's sleep that the machine's clock does not count, goes unnoticed.
fn rest(
    quiet: Duration,
    pause: Option<Duration>,
    idle: Option<Duration>,
    midnight: Duration,
) -> Duration {
    /// While the desk is open, so that after a sleep it locks within the minute.
    const OPEN: Duration = Duration::from_mins(1);
    const LOCKED: Duration = Duration::from_hours(1);
    let longest = if idle.is_some() { OPEN } else { LOCKED };
    let wanted = [pause, idle]
        .into_iter()
        .flatten()
        .map(|after| after.saturating_sub(quiet));
    // A little late rather than a moment early, when it would still be yesterday.
    let midnight = midnight + Duration::from_millis(50);
    wanted.chain([midnight, longest]).min().unwrap_or(longest)
}

#[cfg(test)]
mod tests;
