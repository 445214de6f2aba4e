//! What every pane's list has: the line above it, the signs before a row, the light on the row under the cursor, and
//! the words where no row is left.

use super::paragraphs;
use crate::app::action::Action;
use crate::app::command::COMMANDS;
use crate::app::field::Field;
use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas};
use crate::app::pane::Pane;
use crate::app::state::State;
use crate::ui::mark;
use crate::ui::pen::{Pen, after, below, columns, line_at};
use crate::ui::status::key_of;
use crate::ui::theme::Role;
use ratatui::layout::{Position, Rect};

/// Columns before a row's first words: the cursor's sign, the mark and a space.
pub(super) const GUTTER: u16 = 3;

/// The line above a list: what it shows, narrowed by what, in which order, and where the cursor is in it.
pub(super) struct Title<'a> {
    /// Which list, in a few words.
    pub what: String,
    /// Rows shown.
    pub shown: usize,
    /// Rows before the filter.
    pub all: usize,
    /// The filter.
    pub filter: &'a Field,
    /// True while it is being typed.
    pub typing: bool,
    /// How many rows are marked.
    pub marked: usize,
    /// True while a range is being marked.
    pub ranging: bool,
    /// `name, turned round`.
    pub order: String,
    /// The row under the cursor, from 1.
    pub place: Option<usize>,
    /// Something else worth knowing about the list.
    pub note: Option<(String, Role)>,
}

impl Title<'_> {
    /// How many rows; with a filter, of how many.
    fn count(&self) -> String {
        if self.filter.is_empty() {
            self.all.to_string()
        } else {
            format!("{} of {}", self.shown, self.all)
        }
    }
}

/// Draws what stands above the rows and gives the room for them: the title, where there is room for it or a filter
/// is being typed.
pub(super) fn head(
    pen: &mut Pen<'_>,
    areas: &Areas,
    state: &State,
    pane: Pane,
    told: &Title<'_>,
) -> Rect {
    let lines = layout::list_head(areas.width);
    let typed = told.typing && state.has_keys(pane);
    if lines > 0 || typed {
        // A row and the count is all there is room for in the smallest place: there the filter takes the first row
        // while it is typed.
        title(pen, line_at(areas.list, 0), state, pane, told);
    }
    below(areas.list, lines.max(u16::from(typed)))
}

/// The column a list leaves free before what stands beside it: a peek, or another tile.
pub(super) fn gap(areas: &Areas) -> u16 {
    u16::from(areas.list.width > 0 && areas.list.right() < areas.band.right())
}

/// The line above a list.
pub(super) fn title(pen: &mut Pen<'_>, area: Rect, state: &State, pane: Pane, told: &Title<'_>) {
    let (tiled, focused) = (state.is_tiled(), state.has_keys(pane));
    let mut place = if tiled {
        tile(pen, area, state, pane)
    } else {
        after(area, 1)
    };
    let count = told.count();
    if told.typing && focused {
        // The field stands on no rule.
        let ground = pen.style(Role::SurfaceBase);
        pen.clear(place, ground);
        place = pen.right(place, &format!("{count} "), Role::TextMuted);
        let used = pen.say(place, "Filter ", Role::FormLabel);
        place = after(place, used);
        let width = place.width.saturating_sub(2).min(40);
        mark::input(pen, Rect { width, ..place }, told.filter, true);
        return;
    }
    if let Some(at) = told.place {
        place = pen.right(place, &format!(" {at} of {} ", told.shown), Role::TextMuted);
    }
    let dot = pen.theme.glyphs().dot;
    let strong = if tiled && state.pane != pane {
        Role::TextNormal
    } else {
        Role::TextStrong
    };
    let mut line = vec![pen.piece(told.what.as_str(), strong)];
    let counted = format!(" {count}");
    // Beside its place in the list the count may be left out, not cut.
    if told.place.is_none() || columns(&told.what) + columns(&counted) <= usize::from(place.width) {
        line.push(pen.piece(counted, Role::TextNormal));
    }
    let mut room = usize::from(place.width)
        .saturating_sub(line.iter().map(|piece| columns(&piece.text)).sum());
    let mut add = |text: String, role: Role| {
        // What does not fit whole is left out; a filter is always told.
        let width = columns(&text) + 3;
        if width > room && role != Role::StatusInfo {
            return;
        }
        room = room.saturating_sub(width);
        line.push(pen.piece(format!(" {dot} "), Role::TextMuted));
        line.push(pen.piece(text, role));
    };
    if !told.filter.is_empty() {
        add(
            format!("filter \"{}\"", told.filter.text()),
            Role::StatusInfo,
        );
    }
    if told.marked > 0 {
        add(format!("marked {}", told.marked), Role::ListMarked);
    }
    if told.ranging {
        add("range: v ends it".to_owned(), Role::ListMarked);
    }
    if let Some((text, role)) = &told.note {
        add(text.clone(), *role);
    }
    if !told.order.is_empty() {
        add(format!("by {}", told.order), Role::TextMuted);
    }
    if tiled {
        // Before the rule goes on.
        line.push(pen.piece(" ", Role::TextMuted));
    }
    pen.line(place, &line);
}

/// The line above a tile of the Desk: a rule with the pane's digit in it, starred and in the colour of what has the keys
/// where it has them. Gives the room that is left.
pub(super) fn tile(pen: &mut Pen<'_>, area: Rect, state: &State, pane: Pane) -> Rect {
    let keys = state.pane == pane;
    let (sign, edge, role) = if keys {
        ('*', Role::SurfaceBorderFocus, Role::TextStrong)
    } else {
        (' ', Role::SurfaceBorder, Role::TextMuted)
    };
    let line = pen.theme.glyphs().rule.to_string();
    pen.say(area, &line.repeat(usize::from(area.width)), edge);
    let place = after(area, 1);
    let used = pen.say(place, &format!("{}{sign}", pane.digit()), role);
    after(place, used)
}

/// `name`, or `name, turned round`.
pub(super) fn ordered(title: &str, reversed: bool) -> String {
    let turned = if reversed { ", turned round" } else { "" };
    format!("{title}{turned}")
}

/// A sentence's first letter as it begins one.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}

/// How a row stands in its list.
#[derive(Clone, Copy)]
pub(super) struct Stand {
    /// The cursor is on it.
    pub under_cursor: bool,
    /// It is marked.
    pub marked: bool,
    /// The pane has the keys.
    pub focused: bool,
}

/// Signs before a row: the cursor's and the mark. Puts the terminal's cursor on the row, unless it is in the filter.
pub(super) fn gutter(pen: &mut Pen<'_>, place: Rect, stand: Stand) {
    let glyphs = pen.theme.glyphs();
    if stand.under_cursor {
        pen.say(place, &glyphs.cursor.to_string(), Role::TextStrong);
        if stand.focused && pen.cursor.is_none() && !place.is_empty() {
            pen.cursor = Some(Position::new(place.x, place.y));
        }
    }
    if stand.marked {
        pen.say(after(place, 1), &glyphs.mark.to_string(), Role::ListMarked);
    }
}

/// The cursor's style lies over everything else in the row.
pub(super) fn light(pen: &mut Pen<'_>, place: Rect, stand: Stand) {
    if stand.under_cursor {
        let role = if stand.focused {
            Role::ListCursor
        } else {
            Role::ListCursorAway
        };
        let style = pen.style(role);
        pen.lay(place, style);
    }
}

/// A column's heading. The one whose cell a key would edit is underlined; one without room is left out, not cut.
pub(super) fn heading(pen: &mut Pen<'_>, cell: Rect, word: &str, current: bool) {
    let width = columns(word);
    if width > usize::from(cell.width) {
        return;
    }
    pen.say(cell, word, Role::ListHeader);
    if current {
        let style = pen.style(Role::ListMatch);
        let width = width as u16;
        pen.lay(Rect { width, ..cell }, style);
    }
}

/// How one child's list becomes everybody's again; nothing where another pane has the keys.
pub(super) fn back(state: &State, pane: Pane, keymap: &Keymap) -> String {
    if state.pane == pane {
        format!("{} shows everybody's.", key_of(keymap, "global.back"))
    } else {
        String::new()
    }
}

/// How a worklist is left: the keys that showed it, or the way back.
pub(super) fn again(keymap: &Keymap, action: Action, all: &str) -> String {
    let command = COMMANDS.iter().find(|command| command.action == action);
    let keys = command.map_or_else(String::new, |command| key_of(keymap, command.name));
    let back = key_of(keymap, "global.back");
    format!("{keys} again, or {back}, shows {all}.")
}

/// Says that the filter shows nothing; false without a filter.
pub(super) fn none_found(
    pen: &mut Pen<'_>,
    area: Rect,
    (filter, all): (&Field, usize),
    keymap: &Keymap,
) -> bool {
    if filter.is_empty() {
        return false;
    }
    let back = key_of(keymap, "global.back");
    let text = format!("0 of {all} shown by \"{}\". {back} clears.", filter.text());
    paragraphs(pen, area, &[&text]);
    true
}
