//! Which school this is: the top line and, with several schools, the code down the left edge.

use super::pen::{Pen, after, columns, fitting, line_at, lines_of};
use crate::app::layout::{Areas, Width};
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
        pen.theme.school_band(state.school.place)
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
    let day = if narrow {
        state.today.format("%a %-d %b ").to_string()
    } else {
        format!("{} ", date::full(state.today))
    };
    // In a narrow place what keeps from harm comes before the date.
    let crowded = narrow && open && (demo || state.school.read_only);
    let mut rest = if crowded {
        areas.band
    } else {
        right(pen, areas.band, &day, style)
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

/// One short line: the code and how many there are.
fn tiny(pen: &mut Pen<'_>, band: Rect, state: &State, open: bool, style: Style) {
    if !open {
        pen.text(band, "SENDESK", style);
        return;
    }
    let register = &state.register;
    let place = register.list.cursor().map_or(0, |row| row + 1);
    let mut text = format!("{} {place} of {}", state.school.code, register.rows.len());
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
    let style = pen.theme.school_band(state.school.place);
    let code = format!("{} ", state.school.code);
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
