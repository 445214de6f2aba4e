//! The date box: what is typed, the day it was read as, and what speaks against that day.

use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas};
use crate::app::overlay::date::DateBox;
use crate::ui::mark;
use crate::ui::pen::{Pen, after, below, line_at};
use crate::ui::status::{hints, key_of};
use crate::ui::theme::Role;
use ratatui::layout::Rect;

/// What may be typed.
const HELP: &str = "fri  1w  12/3  5sd  eoht  9:15   empty: someday";

/// The box.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, open: &DateBox, keymap: &Keymap) {
    let wide = 60.min(areas.body.width);
    let inner = usize::from(wide.saturating_sub(4)).max(1);
    let told = told(pen, open, keymap);
    let lines: usize = told
        .iter()
        .map(|(text, _)| pen.wrap(text, inner).len())
        .sum();
    let area = layout::over(areas, wide, lines as u16 + 4);
    let title = match open.title.split_once(": ") {
        Some((lead, task)) => format!("{lead}: {}", pen.words(task)),
        None => open.title.clone(),
    };
    let room = pen.popup(area, &title);
    let first = line_at(room, 0);
    let used = pen.say(first, "Due ", Role::FormLabel);
    let boxed = after(first, used);
    let width = boxed.width.min(24);
    let boxed_input = Rect { width, ..boxed };
    pen.own(|pen| mark::input(pen, boxed_input, &open.blank.input, true));
    if open.blank.whole && !open.blank.input.is_empty() {
        // The next letter takes its place: it stands there as chosen.
        let rest = after(boxed, width + 1);
        pen.say(rest, "type to replace", Role::TextMuted);
    }
    let mut rest = below(room, 1);
    if !rest.is_empty() {
        let keys = [
            ("picker.take", "set"),
            ("picker.leave", "close"),
            ("picker.up", "day later"),
            ("picker.down", "earlier"),
        ]
        .map(|(name, word)| (key_of(keymap, name), word.to_owned()));
        hints(pen, line_at(rest, rest.height - 1), &keys);
        rest.height -= 1;
    }
    for (text, role) in told {
        let used = pen.wrapped(rest, &text, role);
        rest = below(rest, used);
    }
}

/// The reading, advice or fault, and help.
fn told(pen: &Pen<'_>, open: &DateBox, keymap: &Keymap) -> Vec<(String, Role)> {
    let glyphs = pen.theme.glyphs();
    let takes = |instead: &Option<String>| match instead {
        Some(_) => format!(" {} takes it.", key_of(keymap, "picker.complete")),
        None => String::new(),
    };
    let mut all = Vec::new();
    match &open.blank.reading {
        Ok(reading) => {
            let shown = if reading.value.is_none() {
                "someday: no day"
            } else {
                &reading.shown
            };
            all.push((format!("{} {shown}", glyphs.arrow), Role::FormReading));
            if let Some(advice) = &reading.advice {
                let text = format!("{} {advice}{}", glyphs.soon, takes(&reading.instead));
                all.push((text, Role::StatusSoon));
            }
        }
        Err(fault) if open.blank.visited || fault.instead.is_some() => {
            let text = format!("{} {}{}", glyphs.late, fault.text, takes(&fault.instead));
            all.push((text, Role::FormError));
        }
        Err(_) => all.push((pen.theme.glyphs().ellipsis.to_owned(), Role::TextMuted)),
    }
    all.push((HELP.to_owned(), Role::TextMuted));
    all
}
