//! The rail: what is due, where the term stands, how many there are of what, and the keys to start with.

use crate::app::command::COMMANDS;
use crate::app::keymap::Keymap;
use crate::app::layout::Areas;
use crate::app::state::State;
use crate::domain::code::Status;
use crate::ui::pen::{Pen, after, below, line_at};
use crate::ui::status::key_of;
use crate::ui::theme::Role;
use chrono::Days;
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
    let used = due(pen, room, state);
    room = below(room, used + 1);
    let used = counts(pen, room, state);
    room = below(room, used + 1);
    keys(pen, room, keymap);
}

/// What is late, due today and on the days ahead, a bar a day, and where the term stands; gives the lines used.
fn due(pen: &mut Pen<'_>, room: Rect, state: &State) -> u16 {
    let tasks = &state.tasks;
    let glyphs = pen.theme.glyphs();
    pen.say(line_at(room, 0), "Due", Role::TextStrong);
    let role = |count: usize, role: Role| if count > 0 { role } else { Role::StatusOff };
    let counted = [
        (glyphs.late, "late", tasks.late, Role::StatusLate),
        (glyphs.soon, "today", tasks.due_today, Role::StatusSoon),
    ];
    let mut used = 1;
    for (sign, word, count, colour) in counted {
        let colour = role(count, colour);
        let place = pen.right(line_at(room, used), &count.to_string(), colour);
        pen.say(place, &sign.to_string(), colour);
        pen.say(after(place, 2), word, colour);
        used += 1;
    }
    let week = state.today.checked_add_days(Days::new(7));
    let ahead = tasks.ahead.iter().filter(|(day, _)| Some(*day) <= week);
    let most = ahead.clone().map(|(_, count)| *count).max().unwrap_or(1);
    for (day, count) in ahead {
        let place = line_at(room, used);
        pen.say(place, &day.format("%a %-d").to_string(), Role::TextNormal);
        let place = pen.right(after(place, 7), &format!(" {count}"), Role::TextNormal);
        bar(pen, place, *count, most);
        used += 1;
    }
    if let Some((term, number)) = state.calendar.week(state.today) {
        let all = state.calendar.teaching_weeks(state.today);
        let of = all.map(|(_, all)| format!(" of {all}")).unwrap_or_default();
        let text = format!("{term}, week {number}{of}");
        pen.say(line_at(room, used + 1), &text, Role::TextMuted);
        used += 2;
    }
    used
}

/// A bar as long as its share of the longest, with a half cell at its end.
fn bar(pen: &mut Pen<'_>, place: Rect, count: usize, most: usize) {
    let glyphs = pen.theme.glyphs();
    let halves = (usize::from(place.width) * 2 * count / most.max(1)).max(1);
    let mut text = glyphs.bar.to_string().repeat(halves / 2);
    if halves % 2 == 1 {
        text.push(glyphs.bar_half);
    }
    pen.say(place, &text, Role::ChartBar);
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
