//! The lock: nothing of any child, a box for the passphrase, and why it did not open.

use super::mark;
use super::pen::{Pen, after, below, line_at};
use super::theme::Role;
use crate::app::layout::{Areas, Width};
use crate::app::state::Lock;
use ratatui::layout::Rect;

/// A column of text in the middle of the screen, a third down.
pub(super) fn middle(areas: &Areas, width: u16, height: u16) -> Rect {
    let body = areas.body.union(areas.message);
    let frame = if areas.width == Width::Tiny {
        areas.body
    } else {
        body
    };
    let margin = if frame.width > 20 { 2 } else { 0 };
    let width = width.min(frame.width.saturating_sub(margin));
    let height = height.min(frame.height);
    Rect::new(
        frame.x + (frame.width - width) / 2,
        frame.y + (frame.height - height) / 3,
        width,
        height,
    )
}

/// The lock.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, lock: &Lock) {
    let mut room = middle(areas, 56, 10);
    if room.height > 3 {
        pen.say(line_at(room, 0), "Locked", Role::TextStrong);
        room = below(room, 2);
    }
    if lock.demo {
        let used = pen.wrapped(
            room,
            "Enter opens the demo. Its children are invented.",
            Role::TextNormal,
        );
        room = below(room, used + 1);
    } else {
        let used = pen.say(line_at(room, 0), "Passphrase ", Role::FormLabel);
        mark::input(
            pen,
            after(line_at(room, 0), used),
            &lock.input,
            !lock.working,
        );
        room = below(room, 2.min(room.height));
    }
    if lock.working {
        let text = format!("working{}", pen.theme.glyphs().ellipsis);
        pen.say(line_at(room, 0), &text, Role::FormReading);
    } else if let Some(fault) = &lock.fault {
        let text = format!("{} {fault}", pen.theme.glyphs().late);
        pen.wrapped(room, &text, Role::FormError);
    }
}
