//! The first run: one question a screen, and the two things to write down, big and plain.

use super::lock::middle;
use super::mark;
use super::overlay::offers;
use super::pen::{Pen, after, below, columns, line_at};
use super::theme::Role;
use crate::app::first_run::{FirstRun, Question};
use crate::app::layout::Areas;
use ratatui::layout::Rect;

/// The question asked.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, first: &FirstRun) {
    let mut room = middle(
        areas,
        68,
        if first.question == Question::WriteDown {
            18
        } else {
            16
        },
    );
    let number = Question::ALL
        .iter()
        .position(|question| *question == first.question)
        .map_or(1, |at| at + 1);
    if room.height > 4 {
        let used = pen.say(line_at(room, 0), "First run", Role::TextStrong);
        pen.say(
            after(line_at(room, 0), used + 2),
            &format!("step {number} of {}", Question::ALL.len()),
            Role::TextMuted,
        );
        room = below(room, 2);
    }
    // The box is kept in sight where the question would fill the screen.
    let question = Rect {
        height: room.height.saturating_sub(2),
        ..room
    };
    let used = pen.wrapped(question, first.question.text(), Role::TextNormal);
    room = below(room, used + u16::from(room.height > used + 4));
    if let Some((code, phrase)) = &first.shown
        && first.question == Question::WriteDown
    {
        let used = write_down(pen, room, code, phrase);
        if let Some(fault) = &first.fault {
            let text = format!("{} {fault}", pen.theme.glyphs().late);
            pen.wrapped(below(room, used), &text, Role::FormError);
        } else {
            let text = "Enter when both are written down.";
            pen.say(line_at(room, used), text, Role::TextMuted);
        }
        return;
    }
    let label = first.question.label();
    let used = if label.is_empty() {
        0
    } else {
        pen.say(line_at(room, 0), &format!("{label} "), Role::FormLabel)
    };
    mark::input(
        pen,
        after(line_at(room, 0), used),
        &first.input,
        !first.working,
    );
    room = below(room, 1 + u16::from(room.height > 3));
    if first.working {
        let text = format!("making the keys{}", pen.theme.glyphs().ellipsis);
        pen.say(line_at(room, 0), &text, Role::FormReading);
    } else if let Some(fault) = &first.fault {
        let text = format!("{} {fault}", pen.theme.glyphs().late);
        let used = pen.wrapped(room, &text, Role::FormError);
        room = below(room, used + 1);
    }
    if !first.working {
        offers(pen, room, &first.offers);
    }
}

/// Recovery code and backup phrase, each with what it is for; gives the lines used.
fn write_down(pen: &mut Pen<'_>, area: Rect, code: &str, phrase: &str) -> u16 {
    let mut room = area;
    let parts = [
        (
            "Recovery code: a second key to this desk, for a forgotten passphrase",
            code,
        ),
        ("Backup phrase: the key to this desk's backups", phrase),
    ];
    for (label, text) in parts {
        let used = pen.wrapped(room, label, Role::FormLabel);
        room = below(room, used);
        // A code is never broken for the sake of an indent.
        let indent = 2 * u16::from(columns(text) + 2 <= usize::from(room.width));
        let used = pen.wrapped(after(room, indent), text, Role::TextStrong);
        room = below(room, used + u16::from(room.height > 6));
    }
    room.y - area.y
}
