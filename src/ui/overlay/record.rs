//! A pupil's record, full size: the pupil, every period of status, every need, what is to be mended, the people
//! around the pupil, open tasks and the last contacts.

use crate::app::keymap::Keymap;
use crate::app::layout::Areas;
use crate::app::overlay::record::{Item, View};
use crate::app::state::State;
use crate::domain::code::need_type;
use crate::domain::date;
use crate::domain::pupil::{Need, StatusPeriod};
use crate::ui::contact;
use crate::ui::fact::{fact, heading, identity, mend};
use crate::ui::mark;
use crate::ui::pen::{Line, Pen, after, below, first_row, line_at};
use crate::ui::person;
use crate::ui::status::key_of;
use crate::ui::task;
use crate::ui::theme::Role;
use crate::ui::when::Clock;
use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};

/// A line of the record, and the item it opens.
struct Place {
    line: Line,
    item: Option<usize>,
}

/// The record, over the whole body.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, view: &View, keymap: &Keymap) {
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
    let mut places = places(pen, view, state.today, (width, keymap));
    places.extend(around(pen, view, state, (width, keymap)));
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

/// A line that opens nothing.
fn plain(line: Line) -> Place {
    Place { line, item: None }
}

/// A heading, apart from what is above it.
fn head(pen: &Pen<'_>, places: &mut Vec<Place>, text: &str) {
    if !places.is_empty() {
        places.push(plain(Vec::new()));
    }
    places.push(plain(vec![pen.piece(text, Role::ListHeader)]));
}

fn item_of(view: &View, wanted: Item) -> Option<usize> {
    view.items.iter().position(|item| *item == wanted)
}

/// The lines of the pupil, of status and needs, and what is to be mended.
fn places(
    pen: &Pen<'_>,
    view: &View,
    today: NaiveDate,
    (width, keymap): (usize, &Keymap),
) -> Vec<Place> {
    let record = &view.record;
    let item = |wanted: Item| item_of(view, wanted);
    let mut places = Vec::new();
    head(pen, &mut places, "Pupil");
    places.push(Place {
        line: vec![
            pen.piece(mark::name(pen, &record.pupil, u16::MAX), Role::TextStrong),
            pen.piece(
                if pen.hides() {
                    String::new()
                } else {
                    format!("  {}", record.pupil.id)
                },
                Role::TextMuted,
            ),
        ],
        item: item(Item::Pupil),
    });
    for (label, text) in identity(pen, &record.pupil, today, true) {
        let lines = fact(pen, label, &text, Role::TextNormal, width);
        places.extend(lines.into_iter().map(plain));
    }
    head(pen, &mut places, "SEN status");
    for (at, period) in record.statuses.iter().enumerate() {
        places.push(Place {
            line: status_line(pen, period),
            item: item(Item::Status(at)),
        });
        places.extend(told(pen, period, width).into_iter().map(plain));
    }
    if record.statuses.is_empty() {
        let key = key_of(keymap, "record.status");
        places.push(plain(vec![
            pen.piece("? not known", Role::StatusSoon),
            pen.piece(format!("; {key} records one"), Role::TextMuted),
        ]));
    }
    head(pen, &mut places, "Needs");
    for (at, need) in record.needs.iter().enumerate() {
        places.push(Place {
            line: need_line(pen, need),
            item: item(Item::Need(at)),
        });
    }
    if record.needs.is_empty() {
        places.push(plain(vec![pen.piece(
            format!("none recorded; {} adds one", key_of(keymap, "record.need")),
            Role::TextMuted,
        )]));
    }
    if let Some(untold) = view.untold.as_ref().filter(|_| !pen.in_meeting()) {
        places.push(plain(Vec::new()));
        let lines = fact(pen, "To tell", &untold.text(), Role::StatusSoon, width);
        places.extend(lines.into_iter().map(plain));
    }
    if !view.faults.is_empty() && !pen.in_meeting() {
        places.push(plain(Vec::new()));
        places.extend(mend(pen, &view.faults, width).into_iter().map(plain));
    }
    places
}

/// The people around the pupil, what is open and what was said last; each with the key that adds one.
fn around(
    pen: &Pen<'_>,
    view: &View,
    state: &State,
    (width, keymap): (usize, &Keymap),
) -> Vec<Place> {
    let clock = Clock::of(state);
    let mut places = vec![plain(Vec::new())];
    places.push(plain(vec![pen.piece("People", Role::ListHeader)]));
    for (at, one) in view.people.iter().enumerate() {
        let item = item_of(view, Item::Person(at));
        // Whom nothing is shared with, the others at the table need not learn of.
        let lines = if pen.in_meeting() && one.share == Some(false) {
            vec![vec![pen.piece("somebody else", Role::TextMuted)]]
        } else {
            person::lines(pen, one, width)
        };
        let lines = lines.into_iter().enumerate();
        places.extend(lines.map(|(n, line)| Place {
            line,
            item: item.filter(|_| n == 0),
        }));
    }
    let none = |places: &mut Vec<Place>, text: String| {
        places.push(plain(vec![pen.piece(text, Role::TextMuted)]));
    };
    if view.people.is_empty() {
        let key = key_of(keymap, "record.person");
        none(&mut places, format!("nobody on file; {key} adds one"));
    }
    head(pen, &mut places, "Open tasks");
    for (at, line) in view.tasks.iter().enumerate() {
        let item = item_of(view, Item::Task(at));
        let line = task::brief(pen, line, state.today);
        places.push(Place { line, item });
    }
    if view.tasks.is_empty() {
        let key = key_of(keymap, "global.task");
        none(&mut places, format!("none; {key} adds one"));
    }
    head(pen, &mut places, "Last contacts");
    for (at, one) in view.contacts.iter().enumerate() {
        let item = item_of(view, Item::Contact(at));
        let line = contact::brief(pen, one, clock, width);
        places.push(Place { line, item });
    }
    if view.contacts.is_empty() {
        let key = key_of(keymap, "global.log-phone");
        none(&mut places, format!("none yet; {key} logs a phone call"));
    }
    if let Some(kept) = &view.kept {
        none(&mut places, kept.text());
    }
    if view.contact_count > view.contacts.len() {
        let key = key_of(keymap, "global.go-diary");
        let (shown, all) = (view.contacts.len(), view.contact_count);
        none(&mut places, format!("{shown} of {all}; {key} shows all"));
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
        let reason = pen.internal(reason);
        lines.extend(fact(pen, "  why", &reason, Role::TextMuted, width));
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
