//! Which school this is: the top line and, with several schools, the code down the left edge.

use super::pen::{Pen, after, columns, fitting, line_at, lines_of};
use super::theme::Role;
use crate::app::layout::{Areas, Width};
use crate::app::list::List;
use crate::app::pane::Pane;
use crate::app::state::{Stage, State};
use crate::domain::date;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// What invented data is called wherever it is shown.
const DEMO: &str = "DEMO - invented children";

/// The top line, on the school's colour.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State) {
    let open = state.is_open() && !state.school.code.is_empty();
    let style = if open {
        ground(pen, state)
    } else {
        pen.theme.all_band()
    };
    pen.clear(areas.band, style);
    let demo = if open {
        state.school.demo
    } else {
        matches!(&state.stage, Stage::Locked(lock) if lock.demo)
    };
    let left = if open {
        format!(
            " [{}] {}",
            state.school.code,
            state.school.name.to_uppercase()
        )
    } else {
        " SENDESK".to_owned()
    };
    if areas.width == Width::Tiny {
        return tiny(pen, areas.band, state, open, style);
    }
    let narrow = areas.width == Width::Narrow;
    // In a narrow place what keeps from harm comes before what is due, and that before the date.
    let crowded = narrow && open && (demo || state.school.read_only);
    let mut rest = if crowded {
        areas.band
    } else {
        told(pen, areas.band, state, (narrow, columns(&left)), style)
    };
    if open && state.school.read_only {
        rest = right(pen, rest, " READ ONLY ", turned(style));
        rest = right(pen, rest, " ", style);
    }
    // The words about invented data come before the end of a long name.
    let stripe = if demo && !narrow {
        columns(DEMO) as u16 + 4
    } else if demo {
        7
    } else {
        1
    };
    let name = Rect {
        width: rest.width.saturating_sub(stripe),
        ..rest
    };
    let used = pen.text(name, &left, style);
    if demo {
        stripes(pen, after(rest, used), style);
    }
}

/// The colour of the school in front; of the day across schools a neutral one.
fn ground(pen: &Pen<'_>, state: &State) -> Style {
    if state.all {
        pen.theme.all_band()
    } else {
        pen.theme.school_band(state.school.place)
    }
}

/// The name of a school that has just come to the front, large over the top three lines.
pub(super) fn arrival(pen: &mut Pen<'_>, areas: &Areas, state: &State) {
    if !state.arrived || areas.width == Width::Tiny {
        return;
    }
    let style = pen.theme.school_band(state.school.place);
    let place = Rect {
        height: 3.min(areas.keys.y),
        ..areas.band
    };
    pen.clear(place, style);
    let name = format!(
        "[{}] {}",
        state.school.code,
        state.school.name.to_uppercase()
    );
    let name = fitting(&name, usize::from(place.width)).to_owned();
    let spare = usize::from(place.width).saturating_sub(columns(&name));
    let middle = after(line_at(place, 1), (spare / 2) as u16);
    pen.text(middle, &name, style.add_modifier(Modifier::BOLD));
    if state.school.demo {
        let first = Rect { height: 1, ..place };
        stripes(pen, first, style);
    }
}

/// What is late and due, the teaching week and the day, from the right, each whole or left out: the school's own
/// name keeps its room before the week. Gives what is left of the line.
fn told(
    pen: &mut Pen<'_>,
    area: Rect,
    state: &State,
    (narrow, name): (bool, usize),
    style: Style,
) -> Rect {
    let (late, due) = if state.all {
        (state.day.late, state.day.due_today)
    } else {
        (state.tasks.late, state.tasks.due_today)
    };
    let open = state.is_open();
    let mut rest = area;
    if open && due > 0 {
        rest = right(pen, rest, &format!(" {due} today "), style);
    }
    if open && late > 0 {
        rest = chip(pen, rest, &format!(" {late} late "), Role::StatusLate);
    }
    if let Some(later) = state.school.later.filter(|_| open) {
        // What the lists show is newer than the day at the right.
        let text = format!(" lists of {} ", date::day_month(later));
        rest = chip(pen, rest, &text, Role::StatusSoon);
    }
    if narrow {
        let day = state.today.format(" %a %-d %b ").to_string();
        let counted = open && (late + due > 0 || state.school.later.is_some());
        return if counted {
            rest
        } else {
            right(pen, rest, &day, style)
        };
    }
    let day = date::full(state.today);
    let week = state
        .calendar
        .week(state.today)
        .filter(|_| open && !state.all);
    let week = week.map(|(term, number)| {
        let weeks = state.calendar.teaching_weeks(state.today);
        match weeks.filter(|_| area.width >= 140) {
            Some((_, all)) => format!("{term} wk {number} of {all}"),
            None => format!("{term} wk {number}"),
        }
    });
    let whole = week.map(|week| format!("{day}  {week}  "));
    let fits = |text: &String| columns(text) + name < usize::from(rest.width);
    match whole.filter(fits) {
        Some(text) => right(pen, rest, &text, style),
        None => right(pen, rest, &format!("{day} "), style),
    }
}

/// Words in a status colour: they stand on the screen's own ground, where that colour is sure to be read.
fn chip(pen: &mut Pen<'_>, area: Rect, text: &str, role: Role) -> Rect {
    let width = columns(text) as u16;
    if width > area.width {
        return area;
    }
    let place = Rect {
        width,
        ..after(area, area.width - width)
    };
    let ground = pen.style(Role::SurfaceBase);
    pen.clear(place, ground);
    pen.say(place, text, role);
    Rect {
        width: area.width - width,
        ..area
    }
}

/// One short line: the code and how many there are.
fn tiny(pen: &mut Pen<'_>, band: Rect, state: &State, open: bool, style: Style) {
    if !open {
        pen.text(band, "SENDESK", style);
        return;
    }
    let row = |list: &List| list.cursor().map_or(0, |row| row + 1);
    let (place, all) = match state.pane {
        _ if state.all => (state.day.place().unwrap_or(0), state.day.shown()),
        Pane::Provision => {
            let map = &state.provision;
            (map.place().unwrap_or(0), map.count())
        }
        Pane::Register => {
            let list = &state.register.list;
            (row(list), list.len())
        }
        Pane::Diary => (row(&state.diary.list), state.diary.rows().len()),
        Pane::Tasks => (state.tasks.place().unwrap_or(0), state.tasks.shown()),
    };
    let mut text = format!("{} {place} of {all}", state.school.code);
    if state.school.demo {
        text.push_str(" DEMO");
    }
    if state.school.read_only {
        text.push_str(" READ ONLY");
    }
    pen.text(band, &text, style);
}

/// Says over the whole room that the data is invented.
fn stripes(pen: &mut Pen<'_>, area: Rect, style: Style) {
    let room = usize::from(area.width).saturating_sub(4);
    let count = room / (columns(DEMO) + 3);
    let text = match count {
        0 if room >= columns(DEMO) => DEMO.to_owned(),
        0 => "DEMO".to_owned(),
        count => vec![DEMO; count].join("   "),
    };
    let text = fitting(&text, usize::from(area.width)).to_owned();
    let spare = usize::from(area.width).saturating_sub(columns(&text));
    pen.text(after(area, (spare / 2) as u16), &text, style);
}

fn right(pen: &mut Pen<'_>, area: Rect, text: &str, style: Style) -> Rect {
    let width = columns(text) as u16;
    if width > area.width {
        return area;
    }
    pen.text(after(area, area.width - width), text, style);
    Rect {
        width: area.width - width,
        ..area
    }
}

/// The other way round: what must stand out on the band.
fn turned(style: Style) -> Style {
    if style.add_modifier.contains(Modifier::REVERSED) {
        return style.remove_modifier(Modifier::REVERSED);
    }
    style.add_modifier(Modifier::REVERSED)
}

/// The code down the left edge, letter by letter.
pub(super) fn spine(pen: &mut Pen<'_>, areas: &Areas, state: &State) {
    if areas.spine.is_empty() || state.school.code.is_empty() {
        return;
    }
    let style = ground(pen, state);
    // No school is in front on the day across them: no letters that could be taken for one.
    let code = if state.all {
        "=".to_owned()
    } else {
        format!("{} ", state.school.code)
    };
    let letters: Vec<String> = code.chars().map(String::from).collect();
    let edge = Rect {
        width: 1,
        ..areas.spine
    };
    pen.clear(edge, style);
    for (place, letter) in lines_of(edge).zip(letters.iter().cycle()) {
        pen.text(line_at(place, 0), letter, style);
    }
}
