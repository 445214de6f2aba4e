//! A one-line editor with the keys of readline: text and a caret between graphemes.

use super::action::Edit;
use crate::domain::text;
use std::fmt;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Characters a line takes unless it says otherwise; more is refused, never cut silently.
pub const MOST: usize = 4_000;

/// A line being typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    /// Byte offset of the caret, always between graphemes.
    caret: usize,
    /// Earlier states, for undo of typing.
    past: Vec<(String, usize)>,
    /// True for a passphrase: drawn as dots.
    pub hidden: bool,
    /// True where line ends are kept.
    pub many_lines: bool,
    /// Characters it takes; 0 is [`MOST`].
    most: usize,
}

impl fmt::Debug for Field {
    /// Never what is hidden.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if self.hidden { "hidden" } else { &self.text };
        let mut told = f.debug_struct("Field");
        told.field("text", &text).field("past", &self.past);
        told.finish_non_exhaustive()
    }
}

impl Field {
    /// A line holding this text, the caret at its end.
    pub fn with(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            caret: text.len(),
            ..Self::default()
        }
    }

    /// A line whose text is not shown.
    pub fn secret() -> Self {
        Self {
            hidden: true,
            ..Self::default()
        }
    }

    /// Takes so many characters.
    #[must_use]
    pub fn taking(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// Keeps line ends.
    #[must_use]
    pub fn of_lines(mut self) -> Self {
        self.many_lines = true;
        self
    }

    fn most(&self) -> usize {
        if self.most == 0 { MOST } else { self.most }
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the caret.
    pub fn before(&self) -> &str {
        &self.text[..self.caret]
    }

    /// True when nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Replaces the text, the caret at its end.
    pub fn set(&mut self, text: &str) {
        if self.text != text {
            self.remember();
            text.clone_into(&mut self.text);
        }
        self.caret = self.text.len();
    }

    /// Overwrites what was typed, for a passphrase.
    pub fn wipe(&mut self) {
        use zeroize::Zeroize;
        self.text.zeroize();
        self.past.iter_mut().for_each(|(text, _)| text.zeroize());
        self.past.clear();
        self.caret = 0;
    }

    /// Types a character; false when it cannot be taken.
    pub fn insert(&mut self, c: char) -> bool {
        let taken = !text::is_unsafe(c) || (c == '\n' && self.many_lines);
        if !taken || self.text.chars().count() >= self.most() {
            return false;
        }
        self.remember();
        self.text.insert(self.caret, c);
        self.caret += c.len_utf8();
        true
    }

    /// Takes a paste as text: line ends are kept or become spaces, unsafe characters go. A passphrase keeps its blanks, at its
    /// ends too. False when it is too long.
    pub fn paste(&mut self, pasted: &str) -> bool {
        let mut unified = pasted.replace("\r\n", "\n").replace('\r', "\n");
        if self.hidden {
            unified.truncate(unified.trim_end_matches('\n').len());
        }
        let safe: String = unified
            .chars()
            .map(|c| match c {
                '\n' if self.many_lines => c,
                c if c.is_whitespace() && !(self.hidden && c != '\n') => ' ',
                c => c,
            })
            .filter(|c| !text::is_unsafe(*c) || *c == '\n')
            .collect();
        let safe = if self.hidden {
            &safe
        } else {
            safe.trim_matches([' ', '\n'])
        };
        if self.text.chars().count() + safe.chars().count() > self.most() {
            return false;
        }
        self.remember();
        self.text.insert_str(self.caret, safe);
        self.caret += safe.len();
        true
    }

    /// One editing key.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Left => self.caret = self.previous(),
            Edit::Right => self.caret = self.next(),
            Edit::WordLeft => self.caret = self.word_left(),
            Edit::WordRight => self.caret = self.word_right(),
            Edit::Start => self.caret = self.line_start(),
            Edit::End => self.caret = self.line_end(),
            Edit::Backspace => self.cut(self.previous(), self.caret),
            Edit::Delete => self.cut(self.caret, self.next()),
            Edit::CutWord => self.cut(self.word_left(), self.caret),
            Edit::CutToStart => self.cut(self.line_start(), self.caret),
            Edit::CutToEnd => self.cut(self.caret, self.line_end()),
            Edit::Undo => {
                if let Some((text, caret)) = self.past.pop() {
                    self.text = text;
                    self.caret = caret;
                }
            }
        }
    }

    /// One line up or down, as far from its start as the caret is now; false where there is none.
    pub fn move_line(&mut self, down: bool) -> bool {
        let column = self.text[self.line_start()..self.caret]
            .graphemes(true)
            .count();
        let start = if down {
            match self.text[self.caret..].find('\n') {
                Some(end) => self.caret + end + 1,
                None => return false,
            }
        } else {
            let start = self.line_start();
            if start == 0 {
                return false;
            }
            self.text[..start - 1].rfind('\n').map_or(0, |at| at + 1)
        };
        let line = self.text[start..].split('\n').next().unwrap_or_default();
        let along: usize = line.graphemes(true).take(column).map(str::len).sum();
        self.caret = start + along;
        true
    }

    fn line_start(&self) -> usize {
        self.before().rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.caret..]
            .find('\n')
            .map_or(self.text.len(), |at| self.caret + at)
    }

    fn remember(&mut self) {
        if self.hidden {
            return;
        }
        if self.past.len() == 200 {
            self.past.remove(0);
        }
        self.past.push((self.text.clone(), self.caret));
    }

    fn cut(&mut self, from: usize, to: usize) {
        if from < to {
            self.remember();
            self.text.replace_range(from..to, "");
            self.caret = from;
        }
    }

    fn previous(&self) -> usize {
        GraphemeCursor::new(self.caret, self.text.len(), true)
            .prev_boundary(&self.text, 0)
            .ok()
            .flatten()
            .unwrap_or(0)
    }

    fn next(&self) -> usize {
        GraphemeCursor::new(self.caret, self.text.len(), true)
            .next_boundary(&self.text, 0)
            .ok()
            .flatten()
            .unwrap_or(self.text.len())
    }

    fn word_left(&self) -> usize {
        self.before()
            .unicode_word_indices()
            .next_back()
            .map_or(0, |(at, _)| at)
    }

    fn word_right(&self) -> usize {
        let rest = &self.text[self.caret..];
        rest.unicode_word_indices()
            .next()
            .map_or(self.text.len(), |(at, word)| self.caret + at + word.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Field {
        let mut field = Field::default();
        for c in text.chars() {
            field.insert(c);
        }
        field
    }

    #[test]
    fn letters_go_in_at_the_caret() {
        let mut field = typed("Ok");
        field.edit(Edit::Left);
        field.insert('a');
        assert_eq!((field.text(), field.before()), ("Oak", "Oa"));
    }

    #[test]
    fn the_caret_moves_over_whole_graphemes() {
        let mut field = Field::with("e\u{301}\u{1f469}\u{200d}\u{1f3eb}");
        field.edit(Edit::Left);
        assert_eq!(field.before(), "e\u{301}");
        field.edit(Edit::Backspace);
        assert_eq!(field.text(), "\u{1f469}\u{200d}\u{1f3eb}");
    }

    #[test]
    fn words_are_cut_and_typing_is_undone() {
        let mut field = typed("one two three");
        field.edit(Edit::CutWord);
        assert_eq!(field.text(), "one two ");
        field.edit(Edit::CutToStart);
        assert!(field.is_empty());
        field.edit(Edit::Undo);
        field.edit(Edit::Undo);
        assert_eq!(field.text(), "one two three");
    }

    #[test]
    fn a_paste_is_text_and_only_text() {
        let mut field = typed("a");
        assert!(field.paste("\u{1b}[31mb\r\nc\u{202e}\n"));
        assert_eq!(field.text(), "a[31mb c");
        assert!(!field.paste(&"x".repeat(MOST)));
        assert_eq!(field.text(), "a[31mb c");
    }

    #[test]
    fn lines_are_kept_where_they_are_wanted_and_the_caret_goes_up_and_down() {
        let mut field = Field::default().of_lines().taking(40);
        assert!(field.paste("first line\r\nsecond\u{7}\n"));
        assert!(field.insert('\n'));
        assert!(field.insert('x'));
        assert_eq!(field.text(), "first line\nsecond\nx");
        assert!(field.move_line(false));
        assert_eq!(field.before(), "first line\ns");
        field.edit(Edit::End);
        assert!(field.move_line(false) && !field.move_line(false));
        assert_eq!(field.before(), "first ");
        field.edit(Edit::CutToEnd);
        assert!(field.move_line(true) && field.move_line(true) && !field.move_line(true));
        assert_eq!(field.text(), "first \nsecond\nx");
        assert!(!field.paste(&"y".repeat(40)), "more than it takes");
        let mut line = Field::default();
        assert!(!line.insert('\n'), "a line has no line ends");
    }

    #[test]
    fn a_passphrase_keeps_no_past() {
        let mut field = Field::secret();
        field.insert('x');
        field.edit(Edit::Undo);
        assert_eq!(field.text(), "x");
        assert!(!format!("{field:?}").contains("\"x\""));
        field.wipe();
        assert!(field.is_empty());
    }

    #[test]
    fn a_pasted_passphrase_keeps_its_blanks_and_loses_its_line_end_alone() {
        for (pasted, taken) in [
            (" larch moss \r\n", " larch moss "),
            ("larch\u{a0}moss\n\n", "larch\u{a0}moss"),
            ("\u{feff}larch", "larch"),
            ("larch\nmoss", "larch moss"),
        ] {
            let mut field = Field::secret();
            assert!(field.paste(pasted));
            assert_eq!(field.text(), taken);
        }
    }
}
