//! Palette, menu and help: a line to type in, then the commands that fit, each with its keys at the right.

use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas};
use crate::app::overlay::chooser::{Chooser, Purpose, Row};
use crate::ui::mark;
use crate::ui::pen::{Pen, after, below, first_row, line_at};
use crate::ui::status::key_of;
use crate::ui::theme::Role;
use ratatui::layout::Rect;

/// The box.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, chooser: &Chooser, keymap: &Keymap) {
    let title = match chooser.purpose {
        Purpose::Palette => "Any command",
        Purpose::Menu => "What can be done here",
        Purpose::Help => "Help: every key",
    };
    let room = pen.popup(layout::chooser(areas), title);
    let first = line_at(room, 0);
    let label = if chooser.query.is_empty() {
        "Type to narrow "
    } else {
        "Narrowed by "
    };
    let used = pen.say(first, label, Role::FormLabel);
    let boxed = after(first, used);
    if chooser.takes_words() {
        // A child may be named behind the command.
        mark::input(pen, boxed, &chooser.query, true);
    } else {
        pen.own(|pen| mark::input(pen, boxed, &chooser.query, true));
    }
    // The rule gives way to a command where there is room for one of the two.
    let ruled = room.height > 3;
    let list = below(room, 1 + u16::from(ruled));
    if ruled {
        pen.rule(line_at(room, 1));
    }
    if chooser.rows.is_empty() {
        let leave = key_of(keymap, "picker.leave");
        let text = format!(
            "No command fits \"{}\". {leave} closes.",
            chooser.query.text()
        );
        pen.wrapped(list, &text, Role::TextMuted);
        return;
    }
    let cursor = chooser.list.cursor().unwrap_or(0);
    let lines =
        |at: usize| 1 + usize::from(chooser.rows.get(at).is_some_and(|row| row.heads.is_some()));
    let mut place = list;
    let top = first_row(
        chooser.list.page().start,
        cursor,
        usize::from(list.height),
        lines,
    );
    for (at, command) in chooser.rows.iter().enumerate().skip(top) {
        if let Some(heading) = command.heads
            && place.height > 1
        {
            pen.own(|pen| pen.say(line_at(place, 0), heading, Role::ListHeader));
            place = below(place, 1);
        }
        if place.is_empty() {
            break;
        }
        pen.own(|pen| row(pen, line_at(place, 0), *command, keymap, at == cursor));
        place = below(place, 1);
    }
}

fn row(pen: &mut Pen<'_>, place: Rect, row: Row, keymap: &Keymap, under_cursor: bool) {
    if under_cursor {
        let sign = pen.theme.glyphs().cursor.to_string();
        pen.say(place, &sign, Role::TextStrong);
    }
    let titles: Vec<&str> = row.commands().map(|command| command.title).collect();
    let title = titles.join(", ");
    let keys: Vec<String> = row.commands().flat_map(|one| keymap.keys_of(one)).collect();
    let keys = keys.join("  ");
    let mut rest = pen.right(after(place, 2), &keys, Role::BarHintKey);
    rest.width = rest.width.saturating_sub(2);
    if let Some(unfit) = row.unfit {
        let used = pen.say(rest, &title, Role::TextMuted);
        let why = after(rest, used + 2);
        pen.say(why, &format!("({unfit})"), Role::TextMuted);
    } else {
        pen.say(rest, &title, Role::TextNormal);
    }
    if under_cursor {
        let style = pen.style(Role::ListCursor);
        pen.lay(place, style);
    }
}
