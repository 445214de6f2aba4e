//! The Desk: the four panes at once, each under its own title; where there is little room, the three without the keys
//! in a line each.

use super::list::{self, Title};
use super::{diary, list_of, provision, register, tasks};
use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas};
use crate::app::pane::Pane;
use crate::app::state::State;
use crate::ui::pen::{Pen, lines_of};
use crate::ui::theme::Role;
use crate::ui::{contact, mark, task, when::Clock};
use ratatui::layout::Rect;

/// All four.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap) {
    let tiles = layout::tiles(areas, state.pane);
    seam(pen, tiles.seam, &tiles.each[state.pane.place()]);
    for pane in Pane::ALL {
        let tile = &tiles.each[pane.place()];
        if tile.list.is_empty() {
            continue;
        }
        if tiles.folded && pane != state.pane {
            folded(pen, tile, state, pane);
        } else {
            list_of(pen, tile, state, keymap, pane);
        }
    }
}

/// The line between left and right, in the colour of what has the keys beside that tile.
fn seam(pen: &mut Pen<'_>, seam: Rect, keys: &Areas) {
    let sign = pen.theme.glyphs().vertical.to_string();
    for place in lines_of(seam) {
        let beside = (keys.list.y..keys.list.bottom()).contains(&place.y);
        let role = if beside {
            Role::SurfaceBorderFocus
        } else {
            Role::SurfaceBorder
        };
        pen.say(place, &sign, role);
    }
}

/// A pane in a line: what its list shows, how many, and the row its cursor is on.
fn folded(pen: &mut Pen<'_>, tile: &Areas, state: &State, pane: Pane) {
    let (told, row) = match pane {
        Pane::Register => (register::title(state), on_register(pen, state)),
        Pane::Provision => (provision::title(state), on_map(state)),
        Pane::Diary => (diary::title(&state.diary), in_diary(pen, state)),
        Pane::Tasks => (tasks::title(state), in_queue(pen, state)),
    };
    let told = Title {
        order: String::new(),
        place: None,
        note: told.note.or(row.map(|text| (text, Role::TextMuted))),
        ..told
    };
    list::title(pen, tile.list, state, pane, &told);
}

fn on_register(pen: &Pen<'_>, state: &State) -> Option<String> {
    Some(mark::with_class(pen, &state.register.current_row()?.pupil))
}

fn on_map(state: &State) -> Option<String> {
    let run = &state.provision.current_run()?.run.provision;
    let staff = run.staff_name.as_deref();
    let staff = staff.map(|name| format!(", {name}")).unwrap_or_default();
    Some(format!("{}{staff}", run.title()))
}

fn in_diary(pen: &Pen<'_>, state: &State) -> Option<String> {
    let entry = state.diary.current_row()?;
    let day = Clock::of(state).listed(entry.at.day);
    let whom = match state.diary.of {
        Some(_) => String::new(),
        None => format!(" {}", contact::about(pen, entry)),
    };
    Some(
        format!("{day} {}{whom}", entry.kind.short())
            .trim_end()
            .to_owned(),
    )
}

fn in_queue(pen: &Pen<'_>, state: &State) -> Option<String> {
    let line = state.tasks.current()?;
    let told = task::due(pen.theme.glyphs(), &line.task, state.today);
    let due = format!("{} {}", told.sign.trim(), told.text.trim());
    Some(
        format!("{} {}", due.trim(), pen.words(&line.task.title))
            .trim_start()
            .to_owned(),
    )
}
