//! What the terminal sent in one read: keys, or a paste that it did not mark as one.
//!
//! Terminals without bracketed paste (some on Windows, GNU screen) send what is pasted as keys. Keys typed ahead over a slow
//! line come at once too, and must act. So only what no hand sends is text.

use crate::app::event::Event;
use crate::app::key::{Code, Key};
use std::time::Duration;

/// So many printable characters behind an Enter, with a blank between letters, are a line of words nobody typed ahead.
const LINE: usize = 9;
/// So many in all, with an Enter among them, are no hand's either.
const ALL: usize = 64;
/// Fewer bytes than this are no paste: an Enter and a line behind it are more.
#[cfg(unix)]
pub(super) const LEAST: u64 = 1 + LINE as u64;
/// More than a paste may hold is not kept: it is refused whole.
const MOST: usize = 1 << 20;

/// The printable characters that stand together behind an Enter.
#[derive(Debug, Default)]
struct Line {
    length: usize,
    letter: bool,
    /// A blank stood behind a letter.
    blank: bool,
    /// And a letter behind the blank.
    words: bool,
}

impl Line {
    fn push(&mut self, c: char) {
        self.length += 1;
        self.blank |= self.letter && c.is_whitespace();
        self.words |= self.blank && c.is_alphabetic();
        self.letter |= c.is_alphabetic();
    }

    fn is_prose(&self) -> bool {
        self.length >= LINE && self.words
    }
}

/// The keys of one read, counted as they come.
#[derive(Debug, Default)]
pub(super) struct Burst {
    keys: Vec<Key>,
    printable: usize,
    /// What stands behind the last Enter, while nothing but printable characters does.
    line: Option<Line>,
    entered: bool,
    is_paste: bool,
}

impl Burst {
    /// One more key of this read.
    pub(super) fn push(&mut self, key: Key) {
        match text_of(key) {
            Some('\r' | '\n') => {
                self.entered = true;
                self.line = Some(Line::default());
            }
            Some('\t') | None => self.line = None,
            Some(c) => {
                self.printable += 1;
                if let Some(line) = &mut self.line {
                    line.push(c);
                }
            }
        }
        self.is_paste |= self.line.as_ref().is_some_and(Line::is_prose)
            || (self.entered && self.printable >= ALL);
        if self.keys.len() <= MOST || !self.is_paste {
            self.keys.push(key);
        }
    }

    /// True once it is what no hand sends.
    pub(super) fn is_paste(&self) -> bool {
        self.is_paste
    }

    /// How long nothing may come before the read is over. A terminal hands a long paste on in pieces; but no key that is
    /// held repeats as fast as that.
    pub(super) fn quiet(&self) -> Duration {
        let few = self.keys.len() <= LINE;
        Duration::from_millis(if few { 1 } else { 5 })
    }

    /// What the desk is told of it; empty afterwards.
    pub(super) fn take(&mut self) -> Vec<Event> {
        let burst = std::mem::take(self);
        if burst.is_paste {
            let text = burst.keys.into_iter().filter_map(text_of).collect();
            return vec![Event::Stray(text)];
        }
        burst.keys.into_iter().map(Event::Key).collect()
    }
}

/// The character a key is as text, where it is one.
pub(super) fn text_of(key: Key) -> Option<char> {
    match key.code {
        Code::Char(c) if key.is_text() => Some(c),
        Code::Enter if key == Key::plain(Code::Enter) => Some('\r'),
        Code::Tab if key == Key::plain(Code::Tab) => Some('\t'),
        // A line feed, as some programs paste the end of a line.
        Code::Char('j') if key == Key::ctrl('j') => Some('\n'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys as a terminal sends them; `<` is an arrow.
    fn burst(sent: &str) -> Burst {
        let mut burst = Burst::default();
        for c in sent.chars() {
            burst.push(match c {
                '\r' => Key::plain(Code::Enter),
                '\n' => Key::ctrl('j'),
                '\t' => Key::plain(Code::Tab),
                '<' => Key::plain(Code::Left),
                c => Key::char(c),
            });
        }
        burst
    }

    #[test]
    fn only_what_no_hand_sends_is_a_paste() {
        let long = "x".repeat(62);
        for (sent, paste) in [
            ("cnTyped far ahead\r3/ahead\r", false),
            ("one line of words alone, and no end to it", false),
            ("\rabcd fgh", false),
            ("\rabcd fghi", true),
            ("\nabcd fghi", true),
            ("\rabcdefghi", false),
            ("\rabcdefgh ", false),
            ("\r abcdefgh", false),
            ("\r12 34 567 8", false),
            ("\rabcd, efg", true),
            ("\rjj jjj\rjj jjj\rjj jjj", false),
            ("\rabcd <fghi", false),
            ("\rabcd\tfghi j", false),
            (&format!("{long}\rx"), false),
            (&format!("{long}\rxx"), true),
            (&format!("{long}xx\r"), true),
            (&format!("\r{long}xx"), true),
            (&format!("{long}{long}"), false),
        ] {
            assert_eq!(burst(sent).is_paste(), paste, "{sent:?}");
        }
    }

    #[test]
    fn a_paste_is_told_whole_and_once_and_keys_as_they_came() {
        let mut whole = burst("First line\r\nand a second <one\tmore\r");
        let told = whole.take();
        assert!(
            matches!(told.as_slice(), [Event::Stray(text)] if text == "First line\r\nand a second one\tmore\r"),
            "{told:?}"
        );
        assert!(whole.take().is_empty());
        let told = burst("j<\r").take();
        assert!(
            matches!(told.as_slice(), [Event::Key(j), Event::Key(_), Event::Key(_)] if *j == Key::char('j')),
            "{told:?}"
        );
    }

    #[test]
    fn of_an_endless_paste_no_more_is_kept_than_shows_that_it_is_too_long() {
        let mut whole = burst("a\r");
        (0..MOST + 9_999).for_each(|_| whole.push(Key::char('x')));
        let told = whole.take();
        assert!(matches!(told.as_slice(), [Event::Stray(text)] if text.len() == MOST + 1));
    }
}
