//! The pane in front, or the four of the Desk.

pub(super) mod day;
mod desk;
mod diary;
mod list;
pub(super) mod peek;
mod provision;
mod rail;
mod register;
mod tasks;

use super::pen::{Pen, after, below};
use super::theme::Role;
use crate::app::keymap::Keymap;
use crate::app::layout::Areas;
use crate::app::pane::Pane;
use crate::app::state::State;
use ratatui::layout::Rect;

/// The pane in front, or all four.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap) {
    if state.all {
        return day::draw(pen, areas, state, keymap);
    }
    if state.is_tiled() {
        return desk::draw(pen, areas, state, keymap);
    }
    list_of(pen, areas, state, keymap, state.pane);
    peek::draw(pen, areas, state, keymap);
    rail::draw(pen, areas, state, keymap);
}

/// A pane's list.
fn list_of(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap, pane: Pane) {
    match pane {
        Pane::Register => register::draw(pen, areas, state, keymap),
        Pane::Provision => provision::draw(pen, areas, state, keymap),
        Pane::Diary => diary::draw(pen, areas, state, keymap),
        Pane::Tasks => tasks::draw(pen, areas, state, keymap),
    }
}

/// Sentences a third down an area, the first one strong.
pub(super) fn paragraphs(pen: &mut Pen<'_>, body: Rect, lines: &[&str]) {
    let top = if body.height > 8 {
        body.height / 4
    } else {
        1.min(body.height.saturating_sub(1))
    };
    let margin = if body.width > 40 { 4 } else { 1 };
    let inside = after(below(body, top), margin);
    let mut room = Rect {
        width: inside.width.min(72),
        ..inside
    };
    for (n, line) in lines.iter().enumerate() {
        let role = if n == 0 {
            Role::TextNormal
        } else {
            Role::TextMuted
        };
        let used = pen.wrapped(room, line, role);
        room = below(room, used + u16::from(n == 0 && body.height > 8));
    }
}
