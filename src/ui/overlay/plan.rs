//! The plan of an import: counts, then every line, to be read and ticked before anything is written.

use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas};
use crate::app::overlay::plan::{Line, View};
use crate::app::state::State;
use crate::ui::pen::{Line as Words, Pen, Piece, after, below, columns, first_row, line_at};
use crate::ui::status::key_of;
use crate::ui::theme::Role;
use ratatui::layout::{Position, Rect};
use std::borrow::Cow;

/// The plan.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, view: &View, keymap: &Keymap) {
    let file = &view.plan.shape.file;
    let title = if file.is_empty() {
        state.school.name.clone()
    } else {
        format!("{file} into {}", state.school.name)
    };
    let mut room = pen.popup(layout::plan(areas), &title);
    let used = counts(pen, room, view);
    room = below(room, used);
    let end = ending(view, keymap);
    let foot = pen.wrap(&end, usize::from(room.width));
    let foot_lines = (foot.len() as u16 + 1).min(room.height.saturating_sub(1));
    let bottom = below(room, room.height - foot_lines);
    let list = Rect {
        height: room.height - foot_lines,
        ..room
    };
    lines(pen, list, view);
    if bottom.height > 1 {
        pen.rule(line_at(bottom, 0));
    }
    let role = if view.applying {
        Role::FormReading
    } else {
        Role::TextStrong
    };
    for (n, line) in foot.iter().enumerate() {
        pen.say(line_at(below(bottom, 1), n as u16), line, role);
    }
}

/// What the two answers mean; while it is being applied, that it is.
fn ending(view: &View, keymap: &Keymap) -> String {
    if view.applying {
        return "applying: every pupil or none".to_owned();
    }
    let (yes, no, undo) = (
        key_of(keymap, "plan.apply"),
        key_of(keymap, "plan.leave"),
        key_of(keymap, "global.undo"),
    );
    if view.plan.is_empty() {
        return format!("Nothing would be written. {no} closes.");
    }
    format!(
        "{yes} brings it in as one step, {undo} takes it back; {no} leaves everything as it was"
    )
}

/// How many rows come to what; gives the lines used.
fn counts(pen: &mut Pen<'_>, area: Rect, view: &View) -> u16 {
    let plan = &view.plan;
    let left = plan.left.iter().filter(|leaver| leaver.take).count();
    let back = plan.returned.iter().filter(|one| one.take).count();
    let roles = [
        Role::StatusOk,
        Role::StatusInfo,
        Role::StatusOff,
        Role::StatusSoon,
        Role::StatusLate,
        Role::StatusOff,
    ];
    let sum = plan.sum().into_iter().zip(roles);
    let mut all = vec![(plan.rows, "rows", Role::TextStrong)];
    all.extend(sum.map(|((count, word), role)| (count, word, role)));
    all.extend([
        (plan.flagged.len(), "flagged", Role::StatusSoon),
        (
            plan.differences.len(),
            "cells said otherwise later",
            Role::StatusSoon,
        ),
        (plan.passed_over.len(), "lines passed over", Role::StatusOff),
        (plan.left.len(), "not in the file", Role::StatusOff),
        (left, "to be marked as left", Role::StatusSoon),
        (
            plan.returned.len(),
            "left and in the file again",
            Role::StatusSoon,
        ),
        (back, "to be marked as back", Role::StatusSoon),
    ]);
    let always = ["rows", "added", "changed", "unchanged"];
    let mut used = 0;
    let mut place = line_at(area, 0);
    for (count, word, role) in all
        .into_iter()
        .filter(|(count, word, _)| *count > 0 || always.contains(word))
    {
        let role = if count == 0 { Role::TextMuted } else { role };
        let text = format!("{count} {word}");
        if columns(&text) > usize::from(place.width) && place.x > area.x && used < 4 {
            used += 1;
            place = line_at(area, used);
        }
        let width = pen.say(place, &text, role);
        place = after(place, width + 3);
    }
    used + 1
}

/// Most lines of the box a line of the plan takes while the cursor is elsewhere.
const MOST: usize = 3;

/// The lines, long ones over several of the box; the one under the cursor is shown whole.
fn lines(pen: &mut Pen<'_>, area: Rect, view: &View) {
    let cursor = view.list.cursor().unwrap_or(0);
    let width = usize::from(area.width.saturating_sub(6));
    let tall = |pen: &Pen<'_>, at: usize| match view.lines.get(at) {
        Some(line) => pen
            .wrap(&told(pen, line), width)
            .len()
            .min(if at == cursor { usize::MAX } else { MOST })
            .clamp(1, usize::from(area.height).max(1)),
        None => 1,
    };
    let mut place = area;
    let top = first_row(
        view.list.page().start,
        cursor,
        usize::from(area.height),
        |at| tall(pen, at),
    );
    for (at, line) in view.lines.iter().enumerate().skip(top) {
        if place.is_empty() {
            break;
        }
        let height = (tall(pen, at) as u16).min(place.height);
        row(pen, Rect { height, ..place }, view, line, at == cursor);
        place = below(place, height);
    }
}

/// A line as it is shown. Those the file names may not be on file: while names are hidden all that is written like a
/// name is, and a date of birth with its line.
fn told<'l>(pen: &Pen<'_>, line: &'l Line) -> Cow<'l, str> {
    let text = words(line);
    match line {
        Line::Head(_) => Cow::Borrowed(text),
        _ if pen.hides() && text.contains(DOB) => {
            let whom = text.split_once(DOB).map_or("", |(whom, _)| whom);
            Cow::Owned(format!("{}{DOB} (hidden)", pen.whom(whom)))
        }
        _ => pen.whom(text),
    }
}

/// What a date of birth is called in a line.
const DOB: &str = "date of birth";

fn words(line: &Line) -> &str {
    match line {
        Line::Head(text)
        | Line::Text(text)
        | Line::Warn(text)
        | Line::Leaver(_, text)
        | Line::Returner(_, text)
        | Line::Mend(_, text)
        | Line::Ask(_, text) => text,
    }
}

fn row(pen: &mut Pen<'_>, place: Rect, view: &View, line: &Line, under_cursor: bool) {
    let glyphs = pen.theme.glyphs();
    let text = told(pen, line);
    let (sign, role) = match (line, view.is_ticked(line)) {
        (Line::Head(_), _) => (String::new(), Role::ListHeader),
        (Line::Warn(_), _) => (format!("{}", glyphs.late), Role::StatusLate),
        (_, Some(true)) => ("[x]".to_owned(), Role::StatusSoon),
        (_, Some(false)) => ("[ ]".to_owned(), Role::TextNormal),
        _ => (String::new(), Role::TextNormal),
    };
    let arrow = glyphs.arrow.to_string();
    // The plan writes its arrows with one sign; a terminal that has it not is given its own.
    let text = text.replace('\u{2192}', &arrow);
    let indent = if matches!(line, Line::Head(_)) { 2 } else { 6 };
    let head: Words = vec![Piece {
        text: sign,
        style: pen.style(role),
    }];
    pen.line(after(line_at(place, 0), 2), &head);
    if place.height > 1 {
        pen.wrapped(after(place, indent), &text, role);
    } else {
        pen.say(after(place, indent), &text, role);
    }
    if under_cursor {
        pen.say(place, &glyphs.cursor.to_string(), Role::TextStrong);
        pen.cursor = Some(Position::new(place.x, place.y));
        let style = pen.style(Role::ListCursor);
        pen.lay(place, style);
    }
}
