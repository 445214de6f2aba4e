//! One read of the terminal: all that it has said by then, and what belongs to a paste right behind it.

use super::burst::{self, Burst};
use super::input::translate;
use crate::app::event::Event;
use crate::app::key::{Code, Key};
use crossterm::event::Event as Heard;
use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// What is known before a read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// What waits was typed before the terminal was in raw mode.
    pub(super) early: bool,
    /// What waits is too short to be a paste: its first key need not wait for others.
    pub(super) is_short: bool,
}

/// What is heard from.
pub(super) trait Ears {
    /// True when something was said within this time.
    fn waits(&mut self, time: Duration) -> io::Result<bool>;
    /// What was said.
    fn hear(&mut self) -> io::Result<Heard>;
}

/// The terminal, through crossterm, which never looks into its queue when asked with no time at all.
pub(super) struct Terminal;

impl Ears for Terminal {
    fn waits(&mut self, time: Duration) -> io::Result<bool> {
        crossterm::event::poll(time)
    }

    fn hear(&mut self) -> io::Result<Heard> {
        crossterm::event::read()
    }
}

/// Sends all that crossterm has or can read now; gives how much it heard. An error is the end, once what was heard before it
/// is sent.
pub(super) fn drain(ears: &mut impl Ears, sender: &Sender<Event>, look: Look) -> io::Result<u32> {
    let mut burst = Burst::default();
    let heard = listen(ears, sender, look, &mut burst);
    tell(sender, burst.take())?;
    heard
}

fn listen(
    ears: &mut impl Ears,
    sender: &Sender<Event>,
    look: Look,
    burst: &mut Burst,
) -> io::Result<u32> {
    /// The rest of a paste comes right behind its first part, when the terminal gets to it; a hand takes longer.
    const BEHIND: Duration = Duration::from_millis(250);
    let (mut heard, mut is_first, mut behind) = (0, look.is_short, false);
    loop {
        if !ears.waits(if behind { BEHIND } else { burst.quiet() })? {
            if behind || !burst.is_paste() {
                return Ok(heard);
            }
            behind = true;
            continue;
        }
        heard += 1;
        let key = match ears.hear()? {
            // The signal thread tells of sizes at once; crossterm would tell again with the next key.
            Heard::Resize(..) => continue,
            event => match translate(event) {
                Some(Event::Key(key)) if look.early && key == Key::ctrl('j') => {
                    Key::plain(Code::Enter)
                }
                Some(Event::Key(key)) => key,
                Some(event) => {
                    tell(sender, burst.take())?;
                    tell(sender, [event])?;
                    continue;
                }
                None => continue,
            },
        };
        // A key that is no text, a while behind a paste, is the user's again.
        if std::mem::take(&mut behind) && burst::text_of(key).is_none() {
            tell(sender, burst.take())?;
        }
        if std::mem::take(&mut is_first) {
            tell(sender, [Event::Key(key)])?;
        } else {
            burst.push(key);
        }
    }
}

fn tell(sender: &Sender<Event>, events: impl IntoIterator<Item = Event>) -> io::Result<()> {
    for event in events {
        sender.send(event).map_err(|_| io::ErrorKind::BrokenPipe)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    /// What a terminal says in pieces: `None` is a wait in vain, as long as one of a read or, where it is twice, of a pause.
    struct Pieces(Vec<Option<Heard>>);

    impl Ears for Pieces {
        fn waits(&mut self, _: Duration) -> io::Result<bool> {
            match self.0.first() {
                Some(Some(_)) => Ok(true),
                Some(None) => {
                    self.0.remove(0);
                    Ok(false)
                }
                None => Err(io::ErrorKind::BrokenPipe.into()),
            }
        }

        fn hear(&mut self) -> io::Result<Heard> {
            Ok(self.0.remove(0).unwrap())
        }
    }

    /// `|` is a wait in vain, `~` Esc, `^` a marked paste; what is said to the desk, one sign an event or a paste in brackets.
    fn heard(said: &str, look: Look) -> String {
        let key = |code| Some(Heard::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        let pieces = said.chars().map(|c| match c {
            '|' => None,
            '\r' => key(KeyCode::Enter),
            '~' => key(KeyCode::Esc),
            '^' => Some(Heard::Paste("marked".to_owned())),
            c => key(KeyCode::Char(c)),
        });
        let mut pieces = Pieces(pieces.collect());
        let (sender, receiver) = std::sync::mpsc::channel();
        while !pieces.0.is_empty() {
            let _ = drain(&mut pieces, &sender, look);
        }
        drop(sender);
        receiver
            .iter()
            .map(|event| match event {
                Event::Key(key) => key.to_string().replace("Enter", "\r").replace("Space", " "),
                Event::Stray(text) => format!("[{text}]"),
                Event::Paste(text) => format!("({text})"),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn what_comes_right_behind_a_paste_is_of_it_and_a_key_after_a_pause_is_not() {
        let look = Look {
            early: false,
            is_short: false,
        };
        for (said, told) in [
            ("ab\rfirst words|", "[ab\rfirst words]"),
            // Its rest in pieces, none of which would be a paste alone; the end of the terminal loses nothing.
            ("ab\rfirst words|d|D\r|x", "[ab\rfirst wordsdD\rx]"),
            ("ab\rfirst words||dD||", "[ab\rfirst words]dD"),
            ("ab\rfirst words|~d||", "[ab\rfirst words]Escd"),
            ("cnab\r|3/ahead\r", "cnab\r3/ahead\r"),
            ("j^j", "j(marked)j"),
        ] {
            assert_eq!(heard(said, look), told, "{said:?}");
        }
        let look = Look {
            is_short: true,
            ..look
        };
        assert_eq!(heard("j|", look), "j");
        assert_eq!(heard("ja\rfirst words||", look), "j[a\rfirst words]");
    }
}
