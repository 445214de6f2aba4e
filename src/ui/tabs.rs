//! The panes by their digits, the one in front named and starred, and how many there are of what.

use super::pane::day;
use super::pen::{Pen, Piece, after, columns};
use super::theme::Role;
use crate::app::layout::{Areas, Width};
use crate::app::pane::Pane;
use crate::app::state::State;
use crate::domain::code::Status;
use ratatui::layout::Rect;

/// The line of tabs.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State) {
    let place = after(areas.tabs, 1);
    let mut line: Vec<Piece> = Vec::new();
    for pane in Pane::ALL {
        if !line.is_empty() {
            line.push(pen.piece("  ", Role::TextMuted));
        }
        let front = pane == state.pane && !state.is_tiled() && !state.all;
        if front {
            line.push(pen.piece(
                format!("{}*{}", pane.digit(), pane.title()),
                Role::TextStrong,
            ));
        } else if areas.width == Width::Narrow {
            line.push(pen.piece(pane.digit().to_string(), Role::TextMuted));
        } else {
            line.push(pen.piece(
                format!("{} {}", pane.digit(), pane.title()),
                Role::TextMuted,
            ));
        }
    }
    if let Some((text, role)) = day::tab(state, areas.width == Width::Narrow) {
        line.push(pen.piece(text, role));
    }
    desk(pen, state, areas.width == Width::Narrow, &mut line);
    let told: usize = line.iter().map(|piece| columns(&piece.text)).sum();
    if told > usize::from(place.width) && !state.is_tiled() {
        // Left out, not cut.
        line.pop();
    }
    let used = pen.line(place, &line);
    // Where everything fits, the rail counts.
    if areas.rail.is_empty() && areas.width != Width::Narrow {
        counts(pen, after(place, used), state);
    }
}

/// How many there are of what, where it fits beside the panes.
fn counts(pen: &mut Pen<'_>, area: Rect, state: &State) {
    let counts = state.register.counts();
    let text = format!(
        "{} on roll   {} {}   {} {} ",
        counts.on_roll,
        counts.e,
        Status::E.code(),
        counts.k,
        Status::K.code()
    );
    if counts.on_roll > 0 && columns(&text) < usize::from(area.width) {
        pen.right(area, &text, Role::TextMuted);
    }
}

/// The Desk, after the panes.
fn desk(pen: &Pen<'_>, state: &State, narrow: bool, line: &mut Vec<Piece>) {
    line.push(if state.is_tiled() && !state.all {
        pen.piece("  `*Desk", Role::TextStrong)
    } else if narrow {
        pen.piece("  `", Role::TextMuted)
    } else {
        pen.piece("  ` Desk", Role::TextMuted)
    });
}
