//! The row under the pane's cursor at full size: an entry or a task with all that belongs to it.

use crate::app::keymap::Keymap;
use crate::app::layout::Areas;
use crate::app::pane::Pane;
use crate::app::state::State;
use crate::ui::pane::peek;
use crate::ui::pen::{Pen, after, below, line_at};
use crate::ui::theme::Role;
use ratatui::layout::{Position, Rect};

/// Columns a line is still read easily in.
const WIDEST: u16 = 96;

/// The row, over the whole body.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap) {
    let ground = pen.style(Role::SurfaceBase);
    pen.clear(areas.body, ground);
    let mut room = areas.body;
    if room.height > 6 {
        let (what, place, all) = match state.pane {
            Pane::Tasks => ("Task", state.tasks.place(), state.tasks.shown()),
            Pane::Provision => {
                let map = &state.provision;
                ("Provision", map.place(), map.count())
            }
            Pane::Diary | Pane::Register => {
                let list = &state.diary.list;
                ("Diary entry", list.cursor().map(|at| at + 1), list.len())
            }
        };
        let head = after(line_at(room, 0), 1);
        let mut rest = head;
        if let Some(place) = place {
            rest = pen.right(head, &format!(" {place} of {all} "), Role::TextMuted);
        }
        let line = [
            pen.piece(what, Role::ListHeader),
            pen.piece(format!("  at {}", state.school.name), Role::TextMuted),
        ];
        pen.line(rest, &line);
        pen.rule(line_at(room, 1));
        room = below(room, 2);
    }
    let margin = if room.width > 40 { 3 } else { 1 };
    let inside = after(room, margin);
    let text = Rect {
        width: inside.width.saturating_sub(1).min(WIDEST),
        ..inside
    };
    if let Some((lines, top)) = peek::told(pen, state, usize::from(text.width), true) {
        peek::scrolled(pen, room, text, (&lines, top), keymap);
    }
    if !text.is_empty() {
        pen.cursor = Some(Position::new(text.x, text.y));
    }
}
