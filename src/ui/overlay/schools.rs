//! Which school: each behind the digit that picks it, in its own colour.

use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas};
use crate::app::overlay::schools::{OWN, SchoolBox};
use crate::app::pane::day::Whose;
use crate::ui::mark;
use crate::ui::pen::{Pen, after, below, line_at};
use crate::ui::status::{hints, key_of};
use crate::ui::theme::Role;

/// The box.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, open: &SchoolBox, keymap: &Keymap) {
    let lines = open.rows.len().max(1) as u16 + 5;
    let room = pen.popup(layout::over(areas, 60, lines), &open.title);
    mark::input(pen, line_at(room, 0), &open.query, true);
    let list = below(room, 1);
    if open.rows.is_empty() {
        let text = format!("No school of the desk fits \"{}\".", open.query.text());
        pen.wrapped(list, &text, Role::TextMuted);
    }
    for (n, whose) in open.rows.iter().enumerate() {
        let here = line_at(list, n as u16);
        let name = open.of(*whose).map_or(OWN, |school| &school.name);
        let digit = match whose {
            Whose::School(place) => place + 1,
            Whose::Mine => 0,
        };
        let taken = open.cursor == Some(n);
        if taken {
            let sign = pen.theme.glyphs().cursor.to_string();
            pen.say(here, &sign, Role::TextStrong);
        }
        if digit < 10 && open.query.is_empty() {
            pen.say(after(here, 1), &digit.to_string(), Role::BarHintKey);
        }
        pen.say(after(here, 9), name, Role::TextNormal);
        if taken {
            let style = pen.style(Role::ListCursor);
            pen.lay(here, style);
        }
        match (whose, open.of(*whose)) {
            (Whose::School(place), Some(school)) => {
                mark::school(pen, after(here, 3), (&school.code, *place));
            }
            _ => mark::own(pen, after(here, 3)),
        }
    }
    let foot = line_at(room, room.height.saturating_sub(1));
    let keys = [
        (open.digits().to_owned(), "pick".to_owned()),
        (key_of(keymap, "picker.take"), "takes".to_owned()),
        (key_of(keymap, "picker.leave"), "close".to_owned()),
    ];
    hints(pen, foot, &keys);
}
