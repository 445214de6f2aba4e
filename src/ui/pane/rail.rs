//! The rail: how many there are of what, and the keys to start with.

use crate::app::command::COMMANDS;
use crate::app::keymap::Keymap;
use crate::app::layout::Areas;
use crate::app::state::State;
use crate::domain::code::Status;
use crate::ui::pen::{Pen, after, below, line_at};
use crate::ui::status::key_of;
use crate::ui::theme::Role;
use ratatui::layout::Rect;

/// The rail.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap) {
    let area = areas.rail;
    if area.is_empty() {
        return;
    }
    let ground = pen.style(Role::SurfacePanel);
    pen.clear(area, ground);
    pen.rule_down(area);
    let inside = after(area, 2);
    let mut room = Rect {
        width: inside.width.saturating_sub(1),
        ..inside
    };
    let used = counts(pen, room, state);
    room = below(room, used + 1);
    keys(pen, room, keymap);
}

/// How many there are of what; gives the lines used.
fn counts(pen: &mut Pen<'_>, room: Rect, state: &State) -> u16 {
    let counts = state.register.counts();
    pen.say(line_at(room, 0), "Pupils", Role::TextStrong);
    let rows = [
        ("", "on roll", counts.on_roll, Role::TextNormal),
        (
            Status::E.code(),
            Status::E.label(),
            counts.e,
            Role::StatusInfo,
        ),
        (
            Status::K.code(),
            Status::K.label(),
            counts.k,
            Role::StatusInfo,
        ),
        (
            Status::N.code(),
            Status::N.label(),
            counts.n,
            Role::StatusOff,
        ),
        (
            "?",
            "not known",
            counts.unknown,
            if counts.unknown > 0 {
                Role::StatusSoon
            } else {
                Role::StatusOff
            },
        ),
        ("-", "left", counts.left, Role::StatusOff),
    ];
    for (n, (letter, word, count, role)) in rows.into_iter().enumerate() {
        let place = pen.right(line_at(room, n as u16 + 1), &count.to_string(), role);
        pen.say(place, letter, role);
        pen.say(after(place, 2), word, role);
    }
    rows.len() as u16 + 1
}

/// The keys to start with.
fn keys(pen: &mut Pen<'_>, area: Rect, keymap: &Keymap) {
    pen.say(line_at(area, 0), "Keys to start with", Role::TextStrong);
    let mut room = below(area, 1);
    for command in COMMANDS.iter().filter(|command| command.start) {
        if room.is_empty() {
            break;
        }
        let word = if command.hint.is_empty() {
            command.title
        } else {
            command.hint
        };
        pen.say(
            line_at(room, 0),
            &key_of(keymap, command.name),
            Role::BarHintKey,
        );
        pen.say(after(line_at(room, 0), 8), word, Role::BarHintText);
        room = below(room, 1);
    }
}
