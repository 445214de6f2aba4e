//! What is seen: draws the state it is shown, and can change nothing.
//!
//! One file per region; `pen` keeps every text in its columns, and hides names in it while they are hidden. The last
//! step sweeps the whole screen, so that no name on file can command a terminal.

mod band;
mod contact;
mod fact;
mod first_run;
mod lines;
mod lock;
mod mark;
mod overlay;
mod pane;
mod pen;
mod person;
mod run;
mod status;
mod tabs;
mod task;
#[cfg(test)]
mod tests;
pub mod theme;
mod when;

use crate::app::keymap::Keymap;
use crate::app::layout::{self, Width};
use crate::app::overlay::Overlay;
use crate::app::state::{Stage, State};
use pen::Pen;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use theme::{Role, Theme};

/// Draws one frame. The terminal's cursor stands at the caret, or on the selected row where nothing is typed.
pub fn draw(frame: &mut Frame<'_>, state: &State, keymap: &Keymap, theme: &Theme) {
    if let Some(cursor) = paint(frame.buffer_mut(), state, keymap, theme) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws the whole screen into a buffer; gives where the terminal's cursor belongs.
pub fn paint(
    buffer: &mut Buffer,
    state: &State,
    keymap: &Keymap,
    theme: &Theme,
) -> Option<Position> {
    let screen = buffer.area;
    let mut pen = Pen::new(buffer, theme).hiding(state.veil.as_deref());
    let base = pen.style(Role::SurfaceBase);
    pen.clear(screen, base);
    if screen.is_empty() {
        return None;
    }
    let schools = if state.is_open() {
        state.school.schools
    } else {
        1
    };
    let areas = layout::areas((screen.width, screen.height), schools);
    pen.own(|pen| band::draw(pen, &areas, state));
    match &state.stage {
        Stage::Locked(lock) => lock::draw(&mut pen, &areas, lock),
        Stage::FirstRun(first) => first_run::draw(&mut pen, &areas, first, keymap),
        Stage::Open => {
            if areas.width != Width::Tiny {
                pen.own(|pen| tabs::draw(pen, &areas, state));
                pen.own(|pen| band::spine(pen, &areas, state));
            }
            open(&mut pen, &areas, state, keymap);
            status::message(&mut pen, &areas, state, keymap);
        }
    }
    status::keys(&mut pen, &areas, state, keymap);
    pen.sweep();
    pen.cursor.filter(|at| screen.contains(*at))
}

/// The pane and what lies over it. Only what can be seen is drawn: a record, or an entry read full size, covers its pane.
fn open(pen: &mut Pen<'_>, areas: &layout::Areas, state: &State, keymap: &Keymap) {
    let covered = state
        .overlays
        .iter()
        .rposition(|overlay| matches!(overlay, Overlay::Record(_) | Overlay::Reading));
    if covered.is_none() {
        pane::draw(pen, areas, state, keymap);
    }
    // Under what lies over the pane, so that no title of a form is hidden.
    band::arrival(pen, areas, state);
    for overlay in &state.overlays[covered.unwrap_or(0)..] {
        // Only the top layer has the cursor.
        pen.cursor = None;
        overlay::draw(pen, areas, state, keymap, overlay);
    }
    if !state.pending.is_empty() && state.pending_shown {
        status::followers(pen, areas, state, keymap);
    }
}
