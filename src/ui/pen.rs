//! What everything is drawn with: text in columns, cut at graphemes, never outside its place.
//!
//! Text is data. Whatever could command a terminal, turn the reading order or take no column is not put on screen.
//! While names are hidden, every text goes through the veil here, and here alone: nothing else can write on the screen.

mod veil;

use super::theme::{Role, Theme};
use crate::domain::text::is_unsafe;
use crate::domain::veil::Veil;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// A piece of a line: words in one style.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// The words.
    pub text: String,
    /// Laid over the ground they stand on.
    pub style: Style,
}

/// A line of pieces.
pub(super) type Line = Vec<Piece>;

/// The screen being drawn.
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    /// Styles and signs.
    pub theme: &'a Theme,
    /// Where the terminal's cursor goes: the caret, or the row under the cursor.
    pub cursor: Option<Position>,
    /// Names to hide, while they are hidden.
    veil: Option<&'a Veil>,
    /// What is written now is the program's own.
    owning: bool,
    /// Where the program's own words stand.
    own: Vec<Rect>,
}

/// One grapheme as it may be shown, and its columns: a question mark for what is not fit for a screen.
pub(super) fn shown(grapheme: &str) -> (&str, usize) {
    if grapheme.contains(is_unsafe) {
        return ("?", 1);
    }
    match grapheme.cell_width() {
        0 => ("?", 1),
        columns => (grapheme, usize::from(columns)),
    }
}

/// Columns a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.graphemes(true).map(|grapheme| shown(grapheme).1).sum()
}

/// The longest start of a text that takes at most this many columns.
pub(super) fn fitting(text: &str, width: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += shown(grapheme).1;
        if used > width {
            return &text[..at];
        }
    }
    text
}

/// Lines of at most this many columns: what fits stays as it is, the rest is broken at spaces; a word that is longer is broken where it must be.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let whole = text.trim_end();
    if !whole.contains('\n') && columns(whole) <= width {
        return vec![whole.to_owned()];
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = columns(word);
        if !line.is_empty() && used + 1 + wide > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        let mut rest = word;
        while wide > width && columns(rest) > width {
            let mut start = fitting(rest, width);
            if start.is_empty() {
                // Wider than the line by itself: it is cut when drawn.
                start = rest.graphemes(true).next().unwrap_or(rest);
            }
            lines.push(start.to_owned());
            rest = &rest[start.len()..];
        }
        if !line.is_empty() && !rest.is_empty() {
            line.push(' ');
            used += 1;
        }
        line.push_str(rest);
        used += if rest.len() == word.len() {
            wide
        } else {
            columns(rest)
        };
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The first row to draw so that the row under the cursor is seen: `top`, or further down when rows take more lines
/// than the list reckoned with. `lines` gives the lines of a row.
pub(super) fn first_row(
    top: usize,
    cursor: usize,
    height: usize,
    lines: impl Fn(usize) -> usize,
) -> usize {
    let mut first = top.min(cursor);
    let mut used: usize = (first..=cursor).map(&lines).sum();
    while used > height && first < cursor {
        used -= lines(first);
        first += 1;
    }
    first
}

/// A rectangle's lines, each one line high.
pub(super) fn lines_of(area: Rect) -> impl Iterator<Item = Rect> {
    (area.y..area.bottom()).map(move |y| Rect {
        y,
        height: 1,
        ..area
    })
}

/// The n-th line of a rectangle; empty when it has none such.
pub(super) fn line_at(area: Rect, n: u16) -> Rect {
    let height = u16::from(n < area.height);
    Rect {
        y: area.y.saturating_add(n).min(area.bottom()),
        height,
        ..area
    }
}

/// A rectangle without its first columns.
pub(super) fn after(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect {
        x: area.x + columns,
        width: area.width - columns,
        ..area
    }
}

/// A rectangle without its first lines.
pub(super) fn below(area: Rect, lines: u16) -> Rect {
    let lines = lines.min(area.height);
    Rect {
        y: area.y + lines,
        height: area.height - lines,
        ..area
    }
}

impl<'a> Pen<'a> {
    /// A pen over a buffer.
    pub(super) fn new(buffer: &'a mut Buffer, theme: &'a Theme) -> Self {
        Self {
            buffer,
            theme,
            cursor: None,
            veil: None,
            owning: false,
            own: Vec::new(),
        }
    }

    /// The style of a role.
    pub(super) fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// A piece of a line in a role's style.
    pub(super) fn piece(&self, text: impl Into<String>, role: Role) -> Piece {
        let text = text.into();
        Piece {
            text: match self.shown(&text) {
                Cow::Borrowed(_) => text,
                Cow::Owned(hidden) => hidden,
            },
            style: self.style(role),
        }
    }

    /// Blanks an area and lays a ground under what comes next. A wide character reaching into it goes.
    pub(super) fn clear(&mut self, area: Rect, ground: Style) {
        let area = area.intersection(self.buffer.area);
        for y in area.y..area.bottom() {
            if area.x > self.buffer.area.x
                && let Some(cell) = self.buffer.cell_mut((area.x - 1, y))
                && cell.symbol().cell_width() > 1
            {
                cell.set_symbol(" ");
            }
            for x in area.x..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                    cell.set_style(ground);
                }
            }
        }
    }

    /// Lays a style over what stands in an area.
    pub(super) fn lay(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        self.buffer.set_style(area, style);
    }

    /// Writes text at the start of an area's first line, cut with an ellipsis. Gives the columns used.
    pub(super) fn text(&mut self, area: Rect, text: &str, style: Style) -> u16 {
        let area = area.intersection(self.buffer.area);
        if area.is_empty() {
            return 0;
        }
        let text = &*self.shown(text);
        let width = usize::from(area.width);
        if columns(text) <= width {
            return self.write(area, text, style);
        }
        let ellipsis = self.theme.glyphs().ellipsis;
        let room = width.saturating_sub(columns(ellipsis));
        if room == 0 {
            return self.write(area, fitting(text, width), style);
        }
        let used = self.write(area, fitting(text, room).trim_end(), style);
        used + self.write(after(area, used), ellipsis, style)
    }

    /// Writes graphemes from the left as far as they fit.
    fn write(&mut self, area: Rect, text: &str, style: Style) -> u16 {
        let mut x = area.x;
        // Text has its own weight, not that of a line it is written over.
        let style = if style.add_modifier.contains(Modifier::BOLD) {
            style
        } else {
            style.remove_modifier(Modifier::BOLD)
        };
        for grapheme in text.graphemes(true) {
            let (symbol, columns) = shown(grapheme);
            let end = usize::from(x) + columns;
            if end > usize::from(area.right()) {
                break;
            }
            let mut next = Some(symbol);
            while usize::from(x) < end {
                if let Some(cell) = self.buffer.cell_mut((x, area.y)) {
                    cell.set_symbol(next.take().unwrap_or(" ")).set_style(style);
                }
                x += 1;
            }
        }
        if self.owning && self.veil.is_some() {
            self.own.push(Rect {
                width: x - area.x,
                height: 1,
                ..area
            });
        }
        x - area.x
    }

    /// Writes text in a role's style.
    pub(super) fn say(&mut self, area: Rect, text: &str, role: Role) -> u16 {
        self.text(area, text, self.style(role))
    }

    /// Writes text against the right edge; nothing when it does not fit whole. Gives what is left of the line.
    pub(super) fn right(&mut self, area: Rect, text: &str, role: Role) -> Rect {
        let text = &*self.shown(text);
        let width = columns(text);
        if width == 0 || width > usize::from(area.width) || area.height == 0 {
            return area;
        }
        let width = width as u16;
        self.say(after(area, area.width - width), text, role);
        Rect {
            width: area.width - width,
            ..area
        }
    }

    /// Writes pieces one after another, the last that fits cut with an ellipsis. Gives the columns used.
    pub(super) fn line(&mut self, area: Rect, line: &[Piece]) -> u16 {
        let mut used = 0;
        for piece in line {
            used += self.text(after(area, used), &piece.text, piece.style);
        }
        used
    }

    /// Writes wrapped text from the top of an area. Gives the lines used.
    pub(super) fn wrapped(&mut self, area: Rect, text: &str, role: Role) -> u16 {
        let mut used = 0;
        for (place, line) in lines_of(area).zip(self.wrap(text, usize::from(area.width))) {
            self.say(place, &line, role);
            used += 1;
        }
        used
    }

    /// A line across.
    pub(super) fn rule(&mut self, area: Rect) {
        let sign = self.theme.glyphs().rule.to_string();
        self.say(
            area,
            &sign.repeat(usize::from(area.width)),
            Role::SurfaceBorder,
        );
    }

    /// A line down the first column.
    pub(super) fn rule_down(&mut self, area: Rect) {
        let sign = self.theme.glyphs().vertical.to_string();
        for place in lines_of(area) {
            self.say(place, &sign, Role::SurfaceBorder);
        }
    }

    /// A box over the screen with its title in the frame. Gives the room inside; where there is little, no frame is
    /// drawn, so that there is some.
    pub(super) fn popup(&mut self, area: Rect, title: &str) -> Rect {
        let ground = self.style(Role::SurfacePopup);
        self.clear(area, ground);
        if area.height < 3 || area.width < 16 {
            return area;
        }
        let glyphs = self.theme.glyphs();
        let width = usize::from(area.width) - 2;
        let edge = |left: char, right: char| {
            format!("{left}{}{right}", glyphs.rule.to_string().repeat(width))
        };
        let frame = Role::SurfaceBorderFocus;
        self.say(
            line_at(area, 0),
            &edge(glyphs.top_left, glyphs.top_right),
            frame,
        );
        self.say(
            line_at(area, area.height - 1),
            &edge(glyphs.bottom_left, glyphs.bottom_right),
            frame,
        );
        let side = glyphs.vertical.to_string();
        for place in lines_of(Rect {
            y: area.y + 1,
            height: area.height - 2,
            ..area
        }) {
            self.say(place, &side, frame);
            self.say(after(place, area.width - 1), &side, frame);
        }
        let room = Rect {
            x: area.x + 2,
            width: area.width - 4,
            ..line_at(area, 0)
        };
        if !title.is_empty() {
            let title = format!(" {title} ");
            self.say(room, &title, Role::TextStrong);
        }
        Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width - 4,
            height: area.height - 2,
        }
    }

    /// The last look over the screen: nothing that could command the terminal, no half of a wide character, and no name
    /// that was written piece by piece.
    pub(super) fn sweep(&mut self) {
        if let Some(veil) = self.veil {
            self.sweep_names(veil);
        }
        let area = self.buffer.area;
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                let follower_is_blank = x + 1 < area.right()
                    && self
                        .buffer
                        .cell((x + 1, y))
                        .is_some_and(|cell| cell.symbol() == " ");
                let Some(cell) = self.buffer.cell_mut((x, y)) else {
                    continue;
                };
                let symbol = cell.symbol();
                if symbol.len() == 1 && symbol.as_bytes()[0] >= b' ' && symbol.as_bytes()[0] != 0x7f
                {
                    continue;
                }
                if symbol.contains(is_unsafe)
                    || symbol.cell_width() == 0
                    || (symbol.cell_width() > 1 && !follower_is_blank)
                {
                    cell.set_symbol("?");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_by_grapheme_and_what_is_unfit_is_one() {
        assert_eq!(columns("e\u{301}\u{4e2d}x"), 4);
        assert_eq!(columns("a\u{1b}\u{200b}b"), 4);
        assert_eq!(fitting("a\u{4e2d}b", 2), "a");
    }

    #[test]
    fn text_wraps_at_spaces_and_inside_only_what_is_too_long() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn text_is_cut_with_an_ellipsis_and_a_wide_letter_is_never_halved() {
        let theme = Theme::mono();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        let mut pen = Pen::new(&mut buffer, &theme);
        pen.text(Rect::new(0, 0, 4, 1), "Okafor", Style::new());
        pen.text(Rect::new(5, 0, 2, 1), "a\u{4e2d}", Style::new());
        let row: String = (0..8).map(|x| buffer[(x, 0)].symbol().to_owned()).collect();
        assert_eq!(row, "Ok.. a  ");
    }

    #[test]
    fn a_box_over_half_a_wide_letter_takes_the_other_half_too() {
        let theme = Theme::mono();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        let mut pen = Pen::new(&mut buffer, &theme);
        pen.text(Rect::new(0, 0, 6, 1), "\u{4e2d}\u{4e2d}", Style::new());
        pen.clear(Rect::new(1, 0, 2, 1), Style::new());
        assert!((0..6).all(|x| buffer[(x, 0)].symbol() == " "));
    }

    #[test]
    fn the_row_under_the_cursor_is_seen_however_many_lines_rows_take() {
        assert_eq!(first_row(0, 2, 3, |_| 1), 0);
        assert_eq!(first_row(0, 3, 3, |row| if row == 0 { 2 } else { 1 }), 1);
        assert_eq!(first_row(5, 5, 0, |_| 2), 5);
    }
}
