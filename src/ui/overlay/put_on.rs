//! The box that puts children on provision: what is typed, and what fits it.

use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas};
use crate::app::overlay::put_on::PutOnBox;
use crate::ui::mark;
use crate::ui::pen::{Pen, after, below, columns, line_at};
use crate::ui::status::{hints, key_of};
use crate::ui::theme::Role;

/// The box.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, open: &PutOnBox, keymap: &Keymap) {
    let area = layout::put_on(areas);
    let title = match &open.naming {
        Some(offer) => format!("A name for this run of {}: {}", offer.name, open.whom),
        None => format!("Put on provision: {}", open.whom),
    };
    let room = pen.popup(area, &title);
    mark::input(pen, line_at(room, 0), &open.query, true);
    let mut list = below(room, 1);
    if list.height > 1 {
        let keys = [("picker.take", "put on"), ("picker.leave", "close")]
            .map(|(name, word)| (key_of(keymap, name), word.to_owned()));
        hints(pen, line_at(list, list.height - 1), &keys);
        list.height -= 1;
    }
    if let Some(offer) = &open.naming {
        let other = open.beside(offer);
        let other = other.map_or_else(String::new, |other| {
            let more = other.more.trim_start_matches("join: ");
            format!("{} ({more})", other.name)
        });
        let text = format!(
            "Another run is there: {other}. A name, such as mornings or Year 3, tells this one apart. Enter takes it, or \
             goes without one."
        );
        pen.wrapped(list, &text, Role::TextMuted);
        return;
    }
    if open.rows.is_empty() {
        let text =
            "Nothing is called that: no provision of the school's, and no name to start from.";
        pen.wrapped(list, text, Role::TextMuted);
        return;
    }
    let page = open.list.page();
    let cursor = open.list.cursor();
    for (line, at) in page.enumerate() {
        let (Some(offer), Ok(line)) = (open.rows.get(at), u16::try_from(line)) else {
            break;
        };
        let place = line_at(list, line);
        if place.is_empty() {
            break;
        }
        let taken = cursor == Some(at);
        if taken {
            pen.say(
                place,
                &pen.theme.glyphs().cursor.to_string(),
                Role::TextStrong,
            );
        }
        let name = after(place, 2);
        let used = pen.say(name, &offer.name, Role::TextNormal);
        mark::matched(pen, name, &offer.name, open.query.text());
        let rest = after(name, used + 2);
        if usize::from(rest.width) >= columns(&offer.more).min(16) {
            pen.say(rest, &offer.more, Role::TextMuted);
        }
        if taken {
            let style = pen.style(Role::ListCursor);
            pen.lay(place, style);
        }
    }
}
