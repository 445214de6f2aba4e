//! A pupil's record, full size: the pupil, every period of status, every need, and what is to be mended.

use crate::app::layout::Areas;
use crate::app::overlay::record::{Item, View};
use crate::app::state::State;
use crate::domain::code::need_type;
use crate::domain::date;
use crate::domain::pupil::{Need, StatusPeriod};
use crate::ui::fact::{fact, heading, identity, mend};
use crate::ui::mark;
use crate::ui::pen::{Line, Pen, after, below, first_row, line_at};
use crate::ui::theme::Role;
use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};

/// A line of the record, and the item it opens.
struct Place {
    line: Line,
    item: Option<usize>,
}

/// The record, over the whole body.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, view: &View) {
    let ground = pen.style(Role::SurfaceBase);
    pen.clear(areas.body, ground);
    let mut room = areas.body;
    if room.height > 3 {
        let mut line = heading(pen, &view.record.pupil, state.today);
        line.push(pen.piece(format!("  at {}", state.school.name), Role::TextMuted));
        pen.line(after(line_at(room, 0), 1), &line);
        pen.rule(line_at(room, 1));
        room = below(room, 2);
    }
    let width = usize::from(room.width.saturating_sub(5)).min(96);
    let places = places(pen, view, state.today, width);
    let cursor = view.list.cursor();
    let on = places
        .iter()
        .position(|place| place.item.is_some() && place.item == cursor)
        .unwrap_or(0);
    // Whole from the top while the cursor is seen there, else the cursor's line last.
    let first = first_row(0, on, usize::from(room.height), |_| 1);
    let focused = matches!(
        state.overlays.last(),
        Some(crate::app::overlay::Overlay::Record(_))
    );
    for (n, place) in places
        .iter()
        .skip(first)
        .take(usize::from(room.height))
        .enumerate()
    {
        let at = line_at(room, n as u16);
        pen.line(after(at, 3), &place.line);
        if place.item.is_some() && place.item == cursor {
            light(pen, at, focused);
        }
    }
}

fn light(pen: &mut Pen<'_>, place: Rect, focused: bool) {
    let place = after(place, 1);
    let sign = pen.theme.glyphs().cursor.to_string();
    pen.say(place, &sign, Role::TextStrong);
    pen.cursor = Some(Position::new(place.x, place.y));
    let style = pen.style(if focused {
        Role::ListCursor
    } else {
        Role::ListCursorAway
    });
    pen.lay(place, style);
}

/// All lines of the record.
fn places(pen: &Pen<'_>, view: &View, today: NaiveDate, width: usize) -> Vec<Place> {
    let record = &view.record;
    let item = |wanted: Item| view.items.iter().position(|item| *item == wanted);
    let mut places = Vec::new();
    let plain = |line: Line| Place { line, item: None };
    let head = |places: &mut Vec<Place>, text: &str| {
        if !places.is_empty() {
            places.push(Place {
                line: Vec::new(),
                item: None,
            });
        }
        places.push(Place {
            line: vec![pen.piece(text, Role::ListHeader)],
            item: None,
        });
    };
    head(&mut places, "Pupil");
    places.push(Place {
        line: vec![
            pen.piece(record.pupil.listed_name(), Role::TextStrong),
            pen.piece(format!("  {}", record.pupil.id), Role::TextMuted),
        ],
        item: item(Item::Pupil),
    });
    for (label, text) in identity(&record.pupil, today, true, pen.theme.glyphs().dot) {
        places.extend(
            fact(pen, label, &text, Role::TextNormal, width)
                .into_iter()
                .map(plain),
        );
    }
    head(&mut places, "SEN status");
    for (at, period) in record.statuses.iter().enumerate() {
        places.push(Place {
            line: status_line(pen, period),
            item: item(Item::Status(at)),
        });
        places.extend(told(pen, period, width).into_iter().map(plain));
    }
    if record.statuses.is_empty() {
        places.push(plain(vec![pen.piece("? not known", Role::StatusSoon)]));
    }
    head(&mut places, "Needs");
    for (at, need) in record.needs.iter().enumerate() {
        places.push(Place {
            line: need_line(pen, need),
            item: item(Item::Need(at)),
        });
    }
    if record.needs.is_empty() {
        places.push(plain(vec![pen.piece("none recorded", Role::TextMuted)]));
    }
    if !view.faults.is_empty() {
        places.push(plain(Vec::new()));
        places.extend(mend(pen, &view.faults, width).into_iter().map(plain));
    }
    places
}

fn span(starts: Option<NaiveDate>, ends: Option<NaiveDate>) -> String {
    let starts = starts.map_or_else(|| "start not known".to_owned(), date::medium);
    match ends {
        Some(ends) => format!("{starts} to {}", date::medium(ends)),
        None => format!("since {starts}").replace("since start", "start"),
    }
}

fn status_line(pen: &Pen<'_>, period: &StatusPeriod) -> Line {
    let (letter, word, role) = mark::status(Some(&period.code));
    let ended = period.ends.is_some();
    let role = if ended { Role::StatusOff } else { role };
    let words = format!("{letter} {word}");
    vec![
        pen.piece(format!("{words:<16}"), role),
        pen.piece(
            span(period.starts, period.ends),
            if ended {
                Role::StatusOff
            } else {
                Role::TextNormal
            },
        ),
    ]
}

/// Why a status changed and when parents were told.
fn told(pen: &Pen<'_>, period: &StatusPeriod, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(reason) = &period.reason {
        lines.extend(fact(pen, "  why", reason, Role::TextMuted, width));
    }
    if let Some(day) = period.parents_informed {
        lines.extend(fact(
            pen,
            "  told",
            &format!("parents, {}", date::medium(day)),
            Role::TextMuted,
            width,
        ));
    }
    lines
}

fn need_line(pen: &Pen<'_>, need: &Need) -> Line {
    let label = need_type(&need.code).map_or("in no census list", |known| known.label);
    let role = if need.ends.is_some() {
        Role::StatusOff
    } else {
        Role::TextNormal
    };
    vec![
        pen.piece(format!("{} {:<5} {label}", need.rank, need.code), role),
        pen.piece(
            format!("   {}", span(need.starts, need.ends)),
            Role::TextMuted,
        ),
    ]
}
