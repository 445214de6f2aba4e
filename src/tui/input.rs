//! The one reader of the terminal: a thread that turns what crossterm hears into [`Event`]s.
//!
//! It waits on the device itself and calls crossterm only when there is something to read, because crossterm spins
//! for ever on a terminal that is gone (its issue 793) and, read from two places, loses keys.

#[cfg(unix)]
use super::burst;
use super::listen::{Look, Terminal, drain};
use crate::app::event::Event;
use crate::app::key::{Code, Key};
use crossterm::event::{Event as Heard, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

#[cfg(unix)]
use crate::sys::tty::{self, Stop, Stopped, Tty, Waited};
#[cfg(unix)]
use std::thread::JoinHandle;

/// The thread; told to end when this is dropped.
#[derive(Debug)]
pub(super) struct Reader {
    #[cfg(unix)]
    stop: Stop,
    #[cfg(unix)]
    thread: JoinHandle<()>,
}

/// Sends Quit when the thread ends, unless it was told to: a desk nobody can type to must not stand.
struct Farewell {
    sender: Sender<Event>,
    told: bool,
}

impl Farewell {
    fn new(sender: Sender<Event>) -> Self {
        Self {
            sender,
            told: false,
        }
    }
}

impl Drop for Farewell {
    fn drop(&mut self) {
        if !self.told {
            // Nobody listens any more when the desk itself has ended.
            let _ = self.sender.send(Event::Quit);
        }
    }
}

impl Reader {
    /// Reads from now on. Keys typed before are read too; an Enter among them, which the terminal turned into a
    /// line feed while it was not yet in raw mode, is taken for Enter.
    #[cfg(unix)]
    pub(super) fn start(sender: Sender<Event>) -> io::Result<Self> {
        let hear = {
            let sender = sender.clone();
            move |look| drain(&mut Terminal, &sender, look)
        };
        Self::start_on(Tty::open()?, sender, hear)
    }

    /// Reads a device with `hear`, which sends what it heard and gives how much that was.
    #[cfg(unix)]
    fn start_on(
        tty: Tty,
        sender: Sender<Event>,
        hear: impl FnMut(Look) -> io::Result<u32> + Send + 'static,
    ) -> io::Result<Self> {
        let (stop, stopped) = tty::stop()?;
        let thread = std::thread::Builder::new()
            .name("input".to_owned())
            .spawn(move || {
                let mut farewell = Farewell::new(sender);
                farewell.told = read_on(&tty, &stopped, hear);
            })?;
        Ok(Self { stop, thread })
    }

    /// Ends the thread and waits for its end: from then on what is typed is another program's.
    #[cfg(unix)]
    pub(super) fn park(self) {
        drop(self.stop);
        // It ends either way; a panic on it has been noted and has asked the desk to end.
        let _ = self.thread.join();
    }

    /// Reads from now on, until the program ends.
    #[cfg(not(unix))]
    pub(super) fn start(sender: Sender<Event>) -> io::Result<Self> {
        std::thread::Builder::new()
            .name("input".to_owned())
            .spawn(move || {
                let farewell = Farewell::new(sender);
                // Nobody tells how much waits: each key is held back for the moment in which others may come.
                let look = Look {
                    early: false,
                    is_short: false,
                };
                while let Ok(waits) = crossterm::event::poll(Duration::from_hours(1)) {
                    if waits && drain(&mut Terminal, &farewell.sender, look).is_err() {
                        break;
                    }
                }
            })?;
        Ok(Self {})
    }
}

/// Reads until the stop is let go (true), the terminal is gone or nobody listens (false).
#[cfg(unix)]
fn read_on(tty: &Tty, stopped: &Stopped, mut hear: impl FnMut(Look) -> io::Result<u32>) -> bool {
    /// After a burst crossterm is asked once more: its first check of its own queue is skipped when the thread is
    /// held up at the wrong moment, and a key left in there would wait for the next.
    const SETTLE: Duration = Duration::from_millis(50);
    /// So often may a terminal be ready and give nothing before it counts as gone.
    const EMPTY_MAX: u32 = 3;

    let mut time = Some(Duration::ZERO);
    let mut early = true;
    let mut empty = 0;
    loop {
        match tty.wait(stopped, time) {
            Ok(Waited::Ready) => match hear(Look {
                early,
                is_short: tty.waiting().is_some_and(|bytes| bytes < burst::LEAST),
            }) {
                Ok(0) if empty >= EMPTY_MAX => return false,
                Ok(0) => empty += 1,
                Ok(_) => empty = 0,
                Err(_) => return false,
            },
            Ok(Waited::Quiet) if time.is_some() => {
                // What crossterm still holds may be the rest of a paste.
                let is_short = false;
                if hear(Look { early, is_short }).is_err() {
                    return false;
                }
                early = false;
                time = None;
                continue;
            }
            // A signal came between: wait on.
            Ok(Waited::Quiet) => {}
            Ok(Waited::Stopped) => return true,
            Ok(Waited::Gone) | Err(_) => return false,
        }
        time = Some(SETTLE);
    }
}

/// What the desk is told of something the terminal said; none for what it has no use for.
pub(super) fn translate(heard: Heard) -> Option<Event> {
    match heard {
        Heard::Key(key) => press(key).map(Event::Key),
        Heard::Paste(text) => Some(Event::Paste(text)),
        Heard::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
        Heard::FocusGained | Heard::FocusLost | Heard::Mouse(_) => None,
    }
}

/// A press or repeat as sendesk names it; none for releases (Windows sends them) and keys it does not know.
fn press(key: KeyEvent) -> Option<Key> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let held = |modifier| key.modifiers.contains(modifier);
    let (shift, ctrl, alt) = (
        held(KeyModifiers::SHIFT),
        held(KeyModifiers::CONTROL),
        held(KeyModifiers::ALT),
    );
    let code = match key.code {
        // The only new-line key every terminal can send is the line feed.
        KeyCode::Enter if shift => return Some(Key::ctrl('j')),
        KeyCode::Char(c) if ctrl && !alt => return Some(control(c)),
        KeyCode::Char(c) if shift => Code::Char(upper(c)),
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Tab if shift => Code::BackTab,
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n @ 1..=12) => Code::F(n),
        _ => return None,
    };
    // AltGr arrives as Ctrl-Alt and has made its character already.
    let altgr = ctrl && alt && matches!(code, Code::Char(c) if !c.is_ascii_alphabetic());
    Some(Key {
        code,
        ctrl: ctrl && !altgr,
        alt: alt && !altgr,
    })
}

/// A control character by the name of the key that makes it.
fn control(c: char) -> Key {
    match c.to_ascii_lowercase() {
        'h' => Key::plain(Code::Backspace),
        // Terminals send Ctrl-_ as the byte 0x1F, which crossterm calls Ctrl-7.
        '7' => Key::ctrl('_'),
        c => Key::ctrl(c),
    }
}

/// The capital, where it is one character; terminals that send Shift apart send the small letter.
fn upper(c: char) -> char {
    let mut capital = c.to_uppercase();
    match (capital.next(), capital.next()) {
        (Some(capital), None) => capital,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        press(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn every_key_has_its_name() {
        const NONE: KeyModifiers = KeyModifiers::NONE;
        const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
        const CTRL: KeyModifiers = KeyModifiers::CONTROL;
        const ALT: KeyModifiers = KeyModifiers::ALT;
        let altgr = CTRL.union(ALT);
        for (code, modifiers, name) in [
            (KeyCode::Char('a'), NONE, "a"),
            (KeyCode::Char('G'), SHIFT, "G"),
            (KeyCode::Char('g'), SHIFT, "G"),
            (KeyCode::Char('ß'), SHIFT, "ß"),
            (KeyCode::Char('!'), SHIFT, "!"),
            (KeyCode::Char('b'), ALT, "Alt-b"),
            (KeyCode::Char('['), altgr, "["),
            (KeyCode::Char('l'), CTRL, "Ctrl-L"),
            (KeyCode::Char('L'), CTRL.union(SHIFT), "Ctrl-L"),
            (KeyCode::Char('h'), CTRL, "Backspace"),
            (KeyCode::Backspace, NONE, "Backspace"),
            (KeyCode::Char('j'), CTRL, "Ctrl-J"),
            (KeyCode::Enter, SHIFT, "Ctrl-J"),
            (KeyCode::Enter, NONE, "Enter"),
            (KeyCode::Char('7'), CTRL, "Ctrl-_"),
            (KeyCode::Char('_'), CTRL, "Ctrl-_"),
            (KeyCode::BackTab, SHIFT, "Shift-Tab"),
            (KeyCode::Tab, SHIFT, "Shift-Tab"),
            (KeyCode::Left, CTRL, "Ctrl-Left"),
            (KeyCode::F(12), NONE, "F12"),
            (KeyCode::PageDown, NONE, "PgDn"),
        ] {
            assert_eq!(
                told(code, modifiers).map(|key| key.to_string()).as_deref(),
                Some(name),
                "{code:?}"
            );
        }
        for unknown in [
            KeyCode::F(13),
            KeyCode::CapsLock,
            KeyCode::Insert,
            KeyCode::Null,
        ] {
            assert_eq!(told(unknown, NONE), None);
        }
    }

    #[test]
    fn a_release_is_no_key_and_a_repeat_is_one() {
        for (kind, keys) in [
            (KeyEventKind::Press, 1),
            (KeyEventKind::Repeat, 1),
            (KeyEventKind::Release, 0),
        ] {
            let event = KeyEvent::new_with_kind(KeyCode::Char('x'), KeyModifiers::NONE, kind);
            assert_eq!(
                translate(Heard::Key(event)).into_iter().count(),
                keys,
                "{kind:?}"
            );
        }
    }

    #[test]
    fn a_paste_is_passed_on_as_it_is_and_focus_is_nothing() {
        let text = "q\u{1b}[2J\n".repeat(1000);
        assert!(
            matches!(translate(Heard::Paste(text.clone())), Some(Event::Paste(same)) if same == text)
        );
        assert!(translate(Heard::FocusLost).is_none());
        assert!(matches!(
            translate(Heard::Resize(80, 24)),
            Some(Event::Resize(80, 24))
        ));
    }

    #[test]
    fn a_reader_that_ends_asks_the_desk_to_end() {
        let (sender, receiver) = std::sync::mpsc::channel();
        drop(Farewell::new(sender));
        assert!(matches!(receiver.try_recv(), Ok(Event::Quit)));
    }

    /// A reader of a pipe in place of the terminal: every byte is a key.
    #[cfg(unix)]
    fn reader_of(pipe: &std::io::PipeReader, sender: &Sender<Event>) -> Reader {
        let device = |pipe: &std::io::PipeReader| {
            std::fs::File::from(std::os::fd::OwnedFd::from(pipe.try_clone().unwrap()))
        };
        let (sender, mut keys) = (sender.clone(), device(pipe));
        let told = sender.clone();
        let mut first = true;
        let hear = move |_| {
            // The first look is at what crossterm may hold already.
            if std::mem::take(&mut first) {
                return Ok(0);
            }
            let mut byte = [0];
            std::io::Read::read_exact(&mut keys, &mut byte)?;
            let key = Key::char(char::from(byte[0]));
            sender
                .send(Event::Key(key))
                .map_err(|_| io::ErrorKind::BrokenPipe)?;
            Ok(1)
        };
        Reader::start_on(Tty::from(device(pipe)), told, hear).unwrap()
    }

    #[cfg(unix)]
    #[test]
    fn a_parked_reader_leaves_what_is_typed_to_others_and_the_next_one_reads_on() {
        use std::io::{Read, Write};
        let (mut typed, mut keyboard) = std::io::pipe().unwrap();
        let (sender, receiver) = std::sync::mpsc::channel();
        let next = || receiver.recv_timeout(Duration::from_secs(10));
        let reader = reader_of(&typed, &sender);
        // The first wait must be over before there is something to read.
        std::thread::sleep(Duration::from_millis(50));
        keyboard.write_all(b"a").unwrap();
        assert!(matches!(next(), Ok(Event::Key(key)) if key == Key::char('a')));
        reader.park();
        keyboard.write_all(b"b").unwrap();
        let mut byte = [0];
        typed.read_exact(&mut byte).unwrap();
        assert_eq!(&byte, b"b");
        let reader = reader_of(&typed, &sender);
        std::thread::sleep(Duration::from_millis(50));
        keyboard.write_all(b"c").unwrap();
        assert!(matches!(next(), Ok(Event::Key(key)) if key == Key::char('c')));
        // No Quit came of parking; one comes when the device is gone.
        drop(keyboard);
        assert!(matches!(next(), Ok(Event::Quit)));
        reader.park();
    }
}
