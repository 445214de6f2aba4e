//! A paper of 80 columns: paragraphs, and rows with something short on the left and words on the right.

use crate::cli::out::Out;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of a line.
const WIDTH: usize = 80;

/// Columns before the left part of a row.
const INDENT: usize = 2;

/// Columns of the left part, with the gap after it: `Fri 20 Nov 2026`.
const LEFT: usize = 17;

/// Prints a paragraph.
pub(super) fn paragraph(text: &str, out: &mut Out) {
    for line in wrap(text, WIDTH) {
        out.line(&line);
    }
}

/// Prints a row: short lines on the left, each part of the words on lines of its own.
pub(super) fn row(left: &[String], words: &[String], out: &mut Out) {
    let room = WIDTH - INDENT - LEFT;
    let words: Vec<String> = words.iter().flat_map(|part| wrap(part, room)).collect();
    for at in 0..left.len().max(words.len()) {
        let left = left.get(at).map_or("", String::as_str);
        let words = words.get(at).map_or("", String::as_str);
        let gap = LEFT.saturating_sub(left.width());
        let line = format!("{:INDENT$}{left}{:gap$}{words}", "", "");
        out.line(line.trim_end());
    }
}

/// Words in lines of at most so many columns; a word that is longer is broken.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for letter in word.chars() {
            if line.width() + letter.width().unwrap_or(0) > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped_by_the_columns_they_take_and_none_is_lost() {
        for (text, want) in [
            ("", &[][..]),
            ("one two three", &["one two", "three"]),
            ("one  two\nthree", &["one two", "three"]),
            ("abcdefghij", &["abcdefg", "hij"]),
            ("a abcdefghij", &["a", "abcdefg", "hij"]),
            ("李李李李", &["李李李", "李"]),
        ] {
            assert_eq!(wrap(text, 7), want, "{text}");
        }
    }
}
