//! The peek: the row under the cursor in full, without leaving the list.

use crate::app::keymap::Keymap;
use crate::app::layout::{Areas, Width};
use crate::app::pane::Pane;
use crate::app::state::State;
use crate::domain::code::need_type;
use crate::domain::date;
use crate::domain::fault::DataFault;
use crate::domain::pupil::Record;
use crate::ui::contact;
use crate::ui::fact::{fact, heading, identity, mend};
use crate::ui::mark;
use crate::ui::pen::{Line, Pen, after, below, line_at, lines_of};
use crate::ui::run;
use crate::ui::status::key_of;
use crate::ui::task;
use crate::ui::theme::Role;
use crate::ui::when::Clock;
use chrono::NaiveDate;
use ratatui::layout::Rect;

/// The peek: the row under the cursor of the pane in front.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap) {
    let area = areas.peek;
    if area.is_empty() {
        return;
    }
    let ground = pen.style(Role::SurfacePanel);
    pen.clear(area, ground);
    let beside = areas.width != Width::Middle;
    let room = if beside {
        pen.rule_down(area);
        after(area, 2)
    } else {
        pen.rule(line_at(area, 0));
        after(below(area, 1), 1)
    };
    let room = Rect {
        width: room.width.saturating_sub(1),
        ..room
    };
    let Some((lines, top)) = told(pen, state, usize::from(room.width), beside) else {
        return;
    };
    scrolled(pen, area, room, (&lines, top), keymap);
}

/// The row under the cursor in full, and from which line on it is shown.
pub(in crate::ui) fn told(
    pen: &Pen<'_>,
    state: &State,
    width: usize,
    roomy: bool,
) -> Option<(Vec<Line>, usize)> {
    let today = state.today;
    match state.pane {
        Pane::Provision => {
            let map = &state.provision;
            let of = map.current_key().map(|key| [key]);
            let child = of.and_then(|keys| map.children(&keys).next());
            let lines = run::full(pen, map.peek.as_ref()?, child, width);
            Some((lines, map.peek_top))
        }
        Pane::Register => {
            let (record, faults) = state.register.peek.as_ref()?;
            let lines = record_lines(pen, record, faults, today, width, roomy);
            Some((lines, state.register.peek_top))
        }
        Pane::Diary => {
            let contact = state.diary.peek.as_ref()?;
            let of = state.diary.of.as_ref().map(|of| of.pupil);
            let lines = contact::full(pen, (contact, of), Clock::of(state), width, roomy);
            Some((lines, state.diary.peek_top))
        }
        Pane::Tasks => {
            let line = state.tasks.current()?;
            let peek = state.tasks.peek.as_ref();
            let peek = peek.filter(|(id, _)| *id == line.task.id);
            let row = (line, peek.map(|(_, peek)| peek));
            let lines = task::full(pen, row, (&state.calendar, Clock::of(state)), width, roomy);
            Some((lines, state.tasks.peek_top))
        }
    }
}

/// Draws as many of the lines as there is room for, from the one wanted on; the last page stays full.
pub(in crate::ui) fn scrolled(
    pen: &mut Pen<'_>,
    area: Rect,
    room: Rect,
    (lines, top): (&[Line], usize),
    keymap: &Keymap,
) {
    let top = top.min(lines.len().saturating_sub(usize::from(room.height)));
    for (place, line) in lines_of(room).zip(lines.iter().skip(top)) {
        pen.line(place, line);
    }
    more(pen, area, room, top, lines.len(), keymap);
}

/// Says that there is more above or below, and the key that shows it.
fn more(pen: &mut Pen<'_>, area: Rect, room: Rect, top: usize, all: usize, keymap: &Keymap) {
    let glyphs = pen.theme.glyphs();
    if top + usize::from(room.height) < all {
        let last = Rect {
            width: area.width,
            x: area.x,
            ..line_at(room, room.height.saturating_sub(1))
        };
        let text = format!(" {} {} ", key_of(keymap, "list.peek-down"), glyphs.down);
        pen.right(last, &text, Role::TextMuted);
    }
    if top > 0 {
        let first = Rect {
            width: area.width,
            x: area.x,
            ..line_at(room, 0)
        };
        let text = format!(" {} {} ", key_of(keymap, "list.peek-up"), glyphs.up);
        pen.right(first, &text, Role::TextMuted);
    }
}

/// The record in lines.
fn record_lines(
    pen: &Pen<'_>,
    record: &Record,
    faults: &[DataFault],
    today: NaiveDate,
    width: usize,
    roomy: bool,
) -> Vec<Line> {
    let pupil = &record.pupil;
    let mut lines = vec![heading(pen, pupil, today)];
    let gap = |lines: &mut Vec<Line>| {
        if roomy {
            lines.push(Vec::new());
        }
    };
    gap(&mut lines);
    let line = record.line();
    let (letter, word, role) = mark::line_status(&line, today, pen.theme.glyphs().off);
    let since = line
        .status_since
        .map(|day| format!(" since {}", date::medium(day)))
        .unwrap_or_default();
    let since = if pupil.is_leaver(today) {
        String::new()
    } else {
        since
    };
    lines.extend(fact(
        pen,
        "SEN",
        &format!("{letter} {word}{since}"),
        role,
        width,
    ));
    for (n, need) in record.current_needs().enumerate() {
        let label = need_type(&need.code).map_or("in no census list", |known| known.label);
        let text = format!("{} {} {label}", need.rank, need.code);
        lines.extend(fact(
            pen,
            if n == 0 { "Needs" } else { "" },
            &text,
            Role::TextNormal,
            width,
        ));
    }
    gap(&mut lines);
    for (label, text) in identity(pen, pupil, today, roomy) {
        lines.extend(fact(pen, label, &text, Role::TextNormal, width));
    }
    if !faults.is_empty() {
        gap(&mut lines);
        lines.extend(mend(pen, faults, width));
    }
    lines
}
