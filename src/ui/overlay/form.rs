//! A form: label, box, and at the right what the box was understood as or what is wrong with it.
//!
//! Fields never move: help, faults in full and choices stand in the lines below them.

use crate::app::form::{Blank, Form};
use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas};
use crate::ui::mark;
use crate::ui::pen::{Pen, Piece, after, below, columns, line_at};
use crate::ui::status::{Hint, hints, key_of};
use crate::ui::theme::Role;
use ratatui::layout::Rect;

/// Lines below the fields: a blank one, help or fault, choices, keys.
const FOOT: u16 = 7;

/// The form.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, form: &Form, keymap: &Keymap) {
    let count = form.blanks.len() as u16;
    let area = layout::over(areas, 92, count + FOOT + 2);
    let room = pen.popup(area, &form.title);
    // One line at least for the field, then keys, help, choices, as there is room.
    let foot = FOOT
        .min(room.height.saturating_sub(count).max(3))
        .min(room.height.saturating_sub(1));
    let fields = Rect {
        height: room.height - foot,
        ..room
    };
    let focus = form.focus.min(form.blanks.len().saturating_sub(1));
    let first = (focus + 1).saturating_sub(usize::from(fields.height));
    let columns = Columns::of(form, fields.width);
    for (n, blank) in form
        .blanks
        .iter()
        .skip(first)
        .take(usize::from(fields.height))
        .enumerate()
    {
        field(
            pen,
            line_at(fields, n as u16),
            blank,
            n + first == focus,
            &columns,
        );
    }
    // Where a reading has no room beside its box, the one of the field with the caret stands below.
    let beside = fields
        .width
        .saturating_sub(columns.label + columns.boxed + 3)
        >= 16;
    foot_lines(
        pen,
        below(room, room.height - foot),
        form,
        (focus, beside),
        keymap,
    );
}

/// Where label, box and reading stand.
struct Columns {
    label: u16,
    boxed: u16,
}

impl Columns {
    fn of(form: &Form, width: u16) -> Self {
        let label = form
            .blanks
            .iter()
            .map(|blank| columns(blank.def.label))
            .max()
            .unwrap_or(0) as u16
            + 1;
        let rest = width.saturating_sub(label + 2);
        let boxed = if rest > 40 {
            (rest / 2).min(36)
        } else {
            rest.saturating_sub(2)
        };
        Self { label, boxed }
    }
}

fn field(pen: &mut Pen<'_>, place: Rect, blank: &Blank, focused: bool, columns: &Columns) {
    let glyphs = pen.theme.glyphs();
    if focused {
        pen.say(place, &glyphs.cursor.to_string(), Role::TextStrong);
    }
    let label = Rect {
        width: columns.label.min(place.width.saturating_sub(2)),
        ..after(place, 2)
    };
    pen.say(
        label,
        blank.def.label,
        if focused {
            Role::TextStrong
        } else {
            Role::FormLabel
        },
    );
    let rest = after(place, 2 + columns.label);
    let boxed = Rect {
        width: columns.boxed.min(rest.width),
        ..rest
    };
    mark::input(pen, boxed, &blank.input, focused);
    let beside = after(rest, columns.boxed + 1);
    match &blank.reading {
        Err(fault) if blank.visited => {
            pen.say(
                beside,
                &format!("{} {}", glyphs.late, fault.text),
                Role::FormError,
            );
        }
        Ok(reading) => match &reading.warning {
            Some(warning) => {
                pen.say(
                    beside,
                    &format!("{} {warning}", glyphs.soon),
                    Role::StatusSoon,
                );
            }
            None if !reading.shown.is_empty() => {
                pen.say(
                    beside,
                    &format!("{} {}", glyphs.arrow, reading.shown),
                    Role::FormReading,
                );
            }
            None => {}
        },
        Err(_) => {}
    }
}

/// Help or fault of the field with the caret, its choices, faults of the whole form, and the keys.
fn foot_lines(
    pen: &mut Pen<'_>,
    area: Rect,
    form: &Form,
    (focus, beside): (usize, bool),
    keymap: &Keymap,
) {
    let keys = line_at(area, area.height.saturating_sub(1));
    hints(pen, keys, &form_keys(form, keymap));
    let mut room = Rect {
        height: area.height.saturating_sub(1),
        ..area
    };
    if room.height > 4 {
        room = below(room, 1);
    }
    let Some(blank) = form.blanks.get(focus) else {
        return;
    };
    let offers = blank.def.offers();
    let kept = u16::from(!offers.is_empty() && room.height > 1);
    let words = Rect {
        height: room.height - kept,
        ..room
    };
    let used = said(pen, words, form, (blank, beside), keymap);
    room = below(room, used);
    if !offers.is_empty() {
        choices(pen, room, blank);
    }
}

/// What is to be said: faults first, then the warning, then help. Gives the lines used.
fn said(
    pen: &mut Pen<'_>,
    area: Rect,
    form: &Form,
    (blank, beside): (&Blank, bool),
    keymap: &Keymap,
) -> u16 {
    let glyphs = pen.theme.glyphs();
    let mut lines: Vec<(String, Role)> = Vec::new();
    let own = match &blank.reading {
        Err(fault) if blank.visited => Some(fault.to_string()),
        _ => None,
    };
    lines.extend(
        own.iter()
            .map(|text| (format!("{} {text}", glyphs.late), Role::FormError)),
    );
    let others = form
        .faults
        .iter()
        .filter(|text| own.as_ref() != Some(*text));
    lines.extend(others.map(|text| (format!("{} {text}", glyphs.late), Role::FormError)));
    let warning = blank
        .reading
        .as_ref()
        .ok()
        .and_then(|reading| reading.warning.as_ref());
    lines.extend(warning.map(|text| {
        (
            format!(
                "{} {}: {text}: kept, and listed to be mended.",
                glyphs.soon, blank.def.label
            ),
            Role::StatusSoon,
        )
    }));
    let shown = blank
        .reading
        .as_ref()
        .map_or("", |reading| reading.shown.as_str());
    if !beside && !shown.is_empty() {
        lines.push((format!("{} {shown}", glyphs.arrow), Role::FormReading));
    }
    if lines.is_empty() {
        lines.push((blank.def.help.to_owned(), Role::TextMuted));
    }
    if form.from_draft {
        let key = key_of(keymap, "form.afresh");
        let text = format!("This is the draft you left. {key} starts afresh.");
        lines.push((text, Role::StatusInfo));
    }
    let mut used = 0;
    for (text, role) in lines {
        used += pen.wrapped(below(area, used), &text, role);
    }
    used
}

/// The choices of a field: the one understood in brackets, and as many of the others as fit, from its line on.
fn choices(pen: &mut Pen<'_>, area: Rect, blank: &Blank) {
    let value = blank
        .reading
        .as_ref()
        .ok()
        .and_then(|reading| reading.value.as_ref())
        .map(crate::domain::form::Value::to_text);
    let width = usize::from(area.width);
    let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut used = 0;
    let mut on = 0;
    for offer in blank.def.offers() {
        let chosen = value.as_deref() == Some(offer.value);
        let text = format!("{} {}", offer.value, offer.label);
        let text = if chosen {
            format!("[{text}]")
        } else {
            format!(" {text} ")
        };
        if used + columns(&text) > width && used > 0 {
            lines.push(Vec::new());
            used = 0;
        }
        used += columns(&text) + 1;
        if chosen {
            on = lines.len() - 1;
        }
        if let Some(line) = lines.last_mut() {
            line.push(pen.piece(
                format!("{text} "),
                if chosen {
                    Role::TextStrong
                } else {
                    Role::TextMuted
                },
            ));
        }
    }
    let height = usize::from(area.height);
    let first = on.min(lines.len().saturating_sub(height));
    for (n, line) in lines.iter().skip(first).take(height).enumerate() {
        pen.line(line_at(area, n as u16), line);
    }
}

/// The keys of a form, those that matter most first.
fn form_keys(form: &Form, keymap: &Keymap) -> Vec<Hint> {
    let mut keys = vec![
        (key_of(keymap, "form.save"), "save".to_owned()),
        (key_of(keymap, "form.leave"), "keep draft".to_owned()),
        (key_of(keymap, "form.next"), "next".to_owned()),
        ("arrows".to_owned(), "change".to_owned()),
    ];
    if form.from_draft || form.is_touched() {
        keys.push((key_of(keymap, "form.afresh"), "afresh".to_owned()));
    }
    keys
}
