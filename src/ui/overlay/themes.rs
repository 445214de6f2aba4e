//! Themes to choose from: a line to type in, the themes that fit, and what a status looks like in the one shown.

use crate::app::layout::Areas;
use crate::app::overlay::themes::{HEAD, Row, ThemeBox};
use crate::ui::mark;
use crate::ui::pen::{Pen, after, below, columns, line_at};
use crate::ui::theme::Role;
use ratatui::layout::Rect;

/// Why every theme looks alike.
const COLOURLESS: &str =
    "No colours here (NO_COLOR, --plain or this terminal): all look like mono.";

/// The box.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, open: &ThemeBox) {
    let room = pen.popup(open.area(areas), "Theme");
    let first = line_at(room, 0);
    let used = pen.say(first, "Type to narrow ", Role::FormLabel);
    pen.own(|pen| mark::input(pen, after(first, used), &open.query, true));
    // Where there is little room the rows come before the rules and the sample.
    let roomy = room.height > HEAD + open.foot();
    let (head, foot) = if roomy { (HEAD, open.foot()) } else { (1, 0) };
    if roomy {
        pen.rule(line_at(room, 1));
        let end = below(room, room.height - foot);
        pen.rule(line_at(end, 0));
        sample(pen, line_at(end, 1));
        if open.colourless {
            pen.wrapped(below(end, 2), COLOURLESS, Role::TextMuted);
        }
    }
    let list = Rect {
        height: room.height.saturating_sub(head + foot),
        ..below(room, head)
    };
    if open.rows.is_empty() {
        let text = format!("No theme fits \"{}\".", open.query.text());
        pen.wrapped(list, &text, Role::TextMuted);
        return;
    }
    let titles = open.rows.iter().map(|row| columns(row.title())).max();
    let titles = titles.unwrap_or(0).min(usize::from(list.width / 2)) as u16;
    let page = open.list.page();
    let rows = open.rows.iter().enumerate().skip(page.start);
    for (n, (at, row)) in rows.take(usize::from(list.height)).enumerate() {
        let under_cursor = open.list.cursor() == Some(at);
        one(pen, line_at(list, n as u16), row, titles, under_cursor);
    }
}

fn one(pen: &mut Pen<'_>, place: Rect, row: &Row, titles: u16, under_cursor: bool) {
    if under_cursor {
        let sign = pen.theme.glyphs().cursor.to_string();
        pen.say(place, &sign, Role::TextStrong);
    }
    let title = Rect {
        width: titles,
        ..after(place, 2)
    };
    pen.say(title, row.title(), Role::TextNormal);
    pen.say(after(place, 4 + titles), &row.about, Role::TextMuted);
    if under_cursor {
        let style = pen.style(Role::ListCursor);
        pen.lay(place, style);
    }
}

/// The statuses as they look, for where the box covers most of what it changes.
fn sample(pen: &mut Pen<'_>, place: Rect) {
    let glyphs = pen.theme.glyphs();
    let mut rest = place;
    for (sign, word, role) in [
        (glyphs.ok, "done", Role::StatusOk),
        (glyphs.soon, "due soon", Role::StatusSoon),
        (glyphs.late, "late", Role::StatusLate),
    ] {
        let used = pen.say(rest, &format!("{sign} {word}"), role);
        rest = after(rest, used + 2);
    }
}
