//! What lies over the panes: one file a layer, the small ones here.

mod add;
mod chooser;
mod date;
mod finder;
mod form;
mod listing;
mod plan;
mod put_on;
mod reading;
mod record;
mod schools;
mod themes;

use super::mark;
use super::pen::{Pen, after, below, line_at};
use super::status::hints;
use super::theme::Role;
use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas};
use crate::app::overlay::{Note, Overlay, PathBox};
use crate::app::state::State;
use ratatui::layout::Rect;

/// One layer.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    areas: &Areas,
    state: &State,
    keymap: &Keymap,
    overlay: &Overlay,
) {
    match overlay {
        Overlay::Record(view) => record::draw(pen, areas, state, view, keymap),
        Overlay::Form(form) => form::draw(pen, areas, form, keymap),
        Overlay::Finder(finder) => finder::draw(pen, areas, state, finder, keymap),
        Overlay::Chooser(chooser) => chooser::draw(pen, areas, chooser, keymap),
        Overlay::Themes(open) => themes::draw(pen, areas, open),
        Overlay::Path(path) => path_box(pen, areas, state, path),
        Overlay::Plan(view) => plan::draw(pen, areas, state, view, keymap),
        Overlay::Note(note) => note_box(pen, areas, note),
        Overlay::Add(open) => add::draw(pen, areas, state, open, keymap),
        Overlay::Date(open) => date::draw(pen, areas, open, keymap),
        Overlay::Schools(open) => schools::draw(pen, areas, open, keymap),
        Overlay::PutOn(open) => put_on::draw(pen, areas, open, keymap),
        Overlay::Listing(listing) => listing::draw(pen, areas, listing, keymap),
        Overlay::Reading => reading::draw(pen, areas, state, keymap),
    }
}

/// Paths that complete what is typed, as many as there is room for.
pub(super) fn offers(pen: &mut Pen<'_>, room: Rect, offers: &[String]) {
    for (n, offer) in offers.iter().enumerate() {
        let place = line_at(room, n as u16);
        if n + 1 == usize::from(room.height) && n + 1 < offers.len() {
            pen.say(
                place,
                &format!("{} more", offers.len() - n),
                Role::TextMuted,
            );
            break;
        }
        pen.say(place, offer, Role::TextNormal);
    }
}

fn path_box(pen: &mut Pen<'_>, areas: &Areas, state: &State, path: &PathBox) {
    let shown = path.offers.len().min(8) as u16;
    let area = layout::over(areas, 84, 9 + shown);
    let mut room = pen.popup(
        area,
        &format!("Bring in a pupil list at {}", state.school.name),
    );
    let used = pen.say(line_at(room, 0), "File ", Role::FormLabel);
    let boxed = after(line_at(room, 0), used);
    pen.own(|pen| mark::input(pen, boxed, &path.input, path.reading.is_none()));
    room = below(room, 1);
    if path.reading.is_some() {
        pen.say(
            line_at(room, 0),
            &format!("reading{}", pen.theme.glyphs().ellipsis),
            Role::FormReading,
        );
        return;
    }
    if let Some(fault) = &path.fault {
        let text = format!("{} {fault}", pen.theme.glyphs().late);
        let used = pen.wrapped(room, &text, Role::FormError);
        room = below(room, used);
    } else {
        let text = "The list the office's system exports, as CSV. What it would change is shown before anything is written.";
        let used = pen.wrapped(
            Rect {
                height: room.height.saturating_sub(1),
                ..room
            },
            text,
            Role::TextMuted,
        );
        room = below(room, used);
    }
    let last = line_at(room, room.height.saturating_sub(1));
    let keys = [("Enter", "read it"), ("Tab", "complete"), ("Esc", "close")]
        .map(|(key, word)| (key.to_owned(), word.to_owned()));
    hints(pen, last, &keys);
    offers(
        pen,
        below(
            Rect {
                height: room.height.saturating_sub(2),
                ..room
            },
            1,
        ),
        &path.offers,
    );
}

fn note_box(pen: &mut Pen<'_>, areas: &Areas, note: &Note) {
    let width = 96.min(areas.body.width);
    let lines: Vec<String> = note
        .lines
        .iter()
        .flat_map(|line| pen.wrap(line, usize::from(width.saturating_sub(4))))
        .collect();
    let area = layout::over(areas, width, lines.len() as u16 + 4);
    let room = pen.popup(area, &note.title);
    let text = Rect {
        height: room.height.saturating_sub(2),
        ..room
    };
    for (n, line) in lines.iter().enumerate() {
        pen.say(line_at(text, n as u16), line, Role::TextNormal);
    }
    pen.say(
        line_at(room, room.height.saturating_sub(1)),
        "any key closes",
        Role::TextMuted,
    );
}
