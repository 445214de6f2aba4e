//! Words being typed over several lines: broken where they must be, no letter lost, the caret always in sight.

use super::pen::{Pen, lines_of, shown};
use super::theme::Role;
use crate::app::field::Field;
use ratatui::layout::{Position, Rect};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The lines of a text at most this many columns wide, as bytes of it. Line ends of the text are kept; longer lines
/// break behind a space, or in a word that is longer than a line. Spaces at a break stay at the end of their line.
pub(super) fn broken(text: &str, width: usize) -> Vec<Range<usize>> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut begin = 0;
    for hard in text.split('\n') {
        let (mut start, mut used) = (begin, 0);
        // Where a break may come: behind the last space, with the columns up to there.
        let mut space: Option<(usize, usize)> = None;
        for (at, grapheme) in hard.grapheme_indices(true) {
            let at = begin + at;
            let wide = shown(grapheme).1;
            if grapheme == " " {
                used += 1;
                space = Some((at + 1, used));
                continue;
            }
            if used + wide > width && at > start {
                let (end, before) = space.filter(|(end, _)| *end > start).unwrap_or((at, used));
                lines.push(start..end);
                (start, used, space) = (end, used - before, None);
            }
            used += wide;
        }
        lines.push(start..begin + hard.len());
        begin += hard.len() + 1;
    }
    lines
}

/// A dot for each letter; spaces and line ends stay, so that the caret stands where it would.
fn dots(text: &str, dot: char) -> String {
    let seen = |grapheme: &str| match grapheme {
        " " | "\n" => grapheme.to_owned(),
        _ => dot.to_string(),
    };
    text.graphemes(true).map(seen).collect()
}

/// Draws a box of several lines to type in; focused it scrolls to its caret and has it.
pub(super) fn input(pen: &mut Pen<'_>, area: Rect, field: &Field, focused: bool) {
    if area.is_empty() {
        return;
    }
    let style = pen.style(if focused {
        Role::FormFieldFocus
    } else {
        Role::FormField
    });
    pen.lay(area, style);
    let dotted = pen
        .hides()
        .then(|| dots(field.text(), pen.theme.glyphs().veil));
    let text = dotted.as_deref().unwrap_or(field.text());
    // The caret needs a column of its own behind the last letter.
    let lines = broken(text, usize::from(area.width).saturating_sub(1));
    let caret = match dotted {
        Some(_) => dots(field.before(), pen.theme.glyphs().veil).len(),
        None => field.before().len(),
    };
    let on = lines
        .iter()
        .rposition(|line| line.start <= caret)
        .unwrap_or(0);
    let height = usize::from(area.height);
    let top = if focused {
        (on + 1).saturating_sub(height)
    } else {
        0
    };
    for (place, line) in lines_of(area).zip(lines.iter().skip(top)) {
        let words = text.get(line.clone()).unwrap_or_default();
        pen.text(place, words.trim_end_matches(' '), style);
    }
    let cut = lines.len() > top + height;
    if cut && !focused {
        let sign = format!(" {}", pen.theme.glyphs().down);
        let last = Rect {
            y: area.bottom() - 1,
            height: 1,
            ..area
        };
        pen.right(last, &sign, Role::TextMuted);
    }
    if focused {
        let begin = lines.get(on).map_or(0, |line| line.start);
        let before = text.get(begin..caret).unwrap_or_default();
        let column = super::pen::columns(before).min(usize::from(area.width) - 1);
        let row = (on - top).min(height - 1);
        pen.cursor = Some(Position::new(area.x + column as u16, area.y + row as u16));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Edit;
    use crate::ui::pen::columns;
    use crate::ui::theme::Theme;
    use ratatui::buffer::Buffer;

    fn words(text: &str, width: usize) -> Vec<&str> {
        broken(text, width)
            .into_iter()
            .map(|line| &text[line])
            .collect()
    }

    #[test]
    fn text_breaks_behind_spaces_and_no_letter_is_lost() {
        assert_eq!(words("one two three", 8), ["one two ", "three"]);
        assert_eq!(words("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(words("a\n\nb c", 9), ["a", "", "b c"]);
        assert_eq!(words("", 9), [""]);
        for text in [
            "so   many    spaces in it",
            "\u{6f22}\u{5b57}\u{6f22} e\u{301}x",
            "a\n",
        ] {
            for width in 1..12 {
                let joined = words(text, width).concat();
                assert_eq!(joined, text.replace('\n', ""), "{width}");
                for line in words(text, width) {
                    let wide = columns(line.trim_end());
                    assert!(wide <= width.max(2), "{line:?} in {width}");
                }
            }
        }
    }

    #[test]
    fn the_caret_is_in_sight_wherever_it_goes() {
        let theme = Theme::mono();
        let area = Rect::new(1, 1, 8, 2);
        let mut field = Field::with("").of_lines();
        assert!(field.paste("one two three four five\nsix"));
        for (edit, seen) in [(Edit::End, "six"), (Edit::Left, "six")] {
            field.edit(edit);
            let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 4));
            let mut pen = Pen::new(&mut buffer, &theme);
            input(&mut pen, area, &field, true);
            let at = pen.cursor.unwrap();
            assert!(area.contains(at));
            let row: String = (1..9).map(|x| buffer[(x, at.y)].symbol()).collect();
            assert_eq!(row.trim(), seen);
        }
        while field.move_line(false) {}
        field.edit(Edit::Start);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 4));
        let mut pen = Pen::new(&mut buffer, &theme);
        input(&mut pen, area, &field, true);
        assert_eq!(pen.cursor, Some(Position::new(1, 1)));
    }
}
