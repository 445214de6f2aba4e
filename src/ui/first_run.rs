//! The first run: one question a screen, and the two things to write down, big and plain.

use super::lock::middle;
use super::mark;
use super::overlay::offers;
use super::pen::{Pen, after, below, columns, line_at};
use super::status::{Hint, key_of};
use super::theme::Role;
use crate::app::command::named;
use crate::app::first_run::dates::{Dates, Row};
use crate::app::first_run::{FirstRun, Question};
use crate::app::keymap::Keymap;
use crate::app::layout::Areas;
use crate::domain::date;
use crate::domain::form::Value;
use ratatui::layout::{Position, Rect};

/// Columns of a date's box: the longest that is typed, and the caret.
const DATE: u16 = 11;

/// The question asked.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, first: &FirstRun, keymap: &Keymap) {
    let tall = match first.question {
        Question::WriteDown | Question::Dates => 18,
        _ => 16,
    };
    let mut room = middle(areas, 68, tall);
    if room.height > 4 {
        let used = pen.say(line_at(room, 0), "First run", Role::TextStrong);
        let place = after(line_at(room, 0), used + 2);
        pen.say(place, first.question.place(), Role::TextMuted);
        room = below(room, 2);
    }
    // The box is kept in sight where the question would fill the screen.
    let question = Rect {
        height: room.height.saturating_sub(2),
        ..room
    };
    let used = pen.wrapped(question, first.question.text(), Role::TextNormal);
    room = below(room, used + u16::from(room.height > used + 4));
    match (first.question, &first.shown, &first.dates) {
        (Question::WriteDown, Some((code, phrase)), _) => {
            return write_down(pen, room, first, (code, phrase));
        }
        (Question::Dates, _, Some(dates)) => return table(pen, room, (first, dates), keymap),
        _ if first.question.is_choice() => return choice(pen, room, first, keymap),
        _ => {}
    }
    let label = first.question.label();
    let used = pen.say(line_at(room, 0), &format!("{label} "), Role::FormLabel);
    let boxed = after(line_at(room, 0), used);
    mark::input(pen, boxed, &first.input, first.working.is_none());
    room = below(room, 1 + u16::from(room.height > 3));
    room = told(pen, room, first);
    if first.working.is_none() {
        offers(pen, room, &first.offers);
    }
}

/// What is under way, or why the last answer was not taken, or something to know; gives the room that is left.
fn told(pen: &mut Pen<'_>, room: Rect, first: &FirstRun) -> Rect {
    let glyphs = pen.theme.glyphs();
    let (text, role) = match (first.working, &first.fault, &first.note) {
        (Some(working), ..) => (format!("{working}{}", glyphs.ellipsis), Role::FormReading),
        (None, Some(fault), _) => (format!("{} {fault}", glyphs.late), Role::FormError),
        (None, None, Some(note)) => (format!("{} {note}", glyphs.info), Role::StatusInfo),
        (None, None, None) => return room,
    };
    let used = pen.wrapped(room, &text, role);
    below(room, used + 1)
}

/// Recovery code and backup phrase, each with what it is for.
fn write_down(pen: &mut Pen<'_>, area: Rect, first: &FirstRun, (code, phrase): (&str, &str)) {
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
    if first.fault.is_some() {
        told(pen, room, first);
    } else {
        let text = "Enter when both are written down.";
        pen.say(line_at(room, 0), text, Role::TextMuted);
    }
}

/// One of several: the rows with the cursor, then what the one under it means.
fn choice(pen: &mut Pen<'_>, area: Rect, first: &FirstRun, keymap: &Keymap) {
    let detail = detail(first, keymap);
    let numbered = first.question != Question::Theme;
    let count = first.choices.len();
    let kept = u16::from(!detail.is_empty() || first.fault.is_some()) * 3;
    let height = usize::from(area.height.saturating_sub(kept).max(1)).min(count);
    let top = (first.chosen + 1).saturating_sub(height);
    for (n, name) in first.choices.iter().enumerate().skip(top).take(height) {
        let place = line_at(area, (n - top) as u16);
        let under_cursor = n == first.chosen;
        if under_cursor {
            let sign = pen.theme.glyphs().cursor.to_string();
            pen.say(place, &sign, Role::TextStrong);
            pen.cursor = Some(Position::new(place.x, place.y));
        }
        let mut words = after(place, 2);
        if numbered {
            pen.say(words, &(n + 1).to_string(), Role::BarHintKey);
            words = after(words, 3);
        }
        pen.say(words, name, Role::TextNormal);
        if under_cursor {
            let style = pen.style(Role::ListCursor);
            pen.lay(place, style);
        }
    }
    let rest = below(
        area,
        height as u16 + u16::from(area.height > height as u16 + 2),
    );
    let told_first = first.fault.is_some() || first.note.is_some() || first.working.is_some();
    let rest = told(pen, rest, first);
    if told_first && rest.height <= 2 {
        return;
    }
    let used = pen.wrapped(rest, &detail, Role::TextMuted);
    if first.question == Question::Theme {
        sample(pen, below(rest, used + 1));
    }
}

/// What a theme makes of signs and words that a first run has none of.
fn sample(pen: &mut Pen<'_>, room: Rect) {
    let glyphs = pen.theme.glyphs();
    let signs = [
        (format!("{} late", glyphs.late), Role::StatusLate),
        (format!("{} soon", glyphs.soon), Role::StatusSoon),
        (format!("{} done", glyphs.ok), Role::StatusOk),
        (format!("{} note", glyphs.info), Role::StatusInfo),
    ];
    let mut place = line_at(room, 0);
    for (text, role) in signs {
        let used = pen.say(place, &text, role);
        place = after(place, used + 3);
    }
}

/// What the choice under the cursor means.
fn detail(first: &FirstRun, keymap: &Keymap) -> String {
    let key = |name: &str| key_of(keymap, name);
    match (first.question, first.chosen) {
        (Question::Terms, 0) => "Six half-terms are filled in with the dates usual in England; you put them right for your school. Enter saves them all at once.".to_owned(),
        (Question::Terms, _) => format!(
            "{} term dates takes them at any time. Until then every weekday that is no bank holiday counts as a school day.",
            key("global.palette")
        ),
        (Question::Begin, 0) => "You name the file; what it would change is shown before anything is written.".to_owned(),
        (Question::Begin, 1) => {
            let close = key("global.close");
            format!("An invented school to try everything on, marked DEMO and kept nowhere. {close} {close} comes back to this question.")
        }
        (Question::Begin, _) => format!(
            "{} adds a pupil; {} import brings the office's list in at any time.",
            key("global.new"),
            key("global.palette")
        ),
        (Question::Theme, _) => format!("{} theme changes it at any time.", key("global.palette")),
        _ => String::new(),
    }
}

/// The table of term dates: a half-term a row, and below it how the box with the caret was understood.
fn table(pen: &mut Pen<'_>, area: Rect, (first, dates): (&FirstRun, &Dates), keymap: &Keymap) {
    let (at, on_last) = dates.place();
    let mut room = area;
    if room.height > dates.rows.len() as u16 + 3 {
        let [name, starts, ends] = cells(line_at(room, 0));
        pen.say(name, &dates.year.to_string(), Role::ListHeader);
        pen.say(starts, "first day", Role::ListHeader);
        pen.say(ends, "last day", Role::ListHeader);
        room = below(room, 1);
    }
    let height = usize::from(room.height.saturating_sub(2).max(1)).min(dates.rows.len());
    let top = (at + 1).saturating_sub(height);
    for (n, row) in dates.rows.iter().enumerate().skip(top).take(height) {
        let place = line_at(room, (n - top) as u16);
        half_term(pen, place, row, (n == at).then_some(usize::from(on_last)));
    }
    room = below(room, height as u16);
    if room.height > 3 {
        room = below(room, 1);
    }
    let Some(row) = dates.rows.get(at) else {
        return;
    };
    room = if first.fault.is_some() {
        let left = told(pen, room, first);
        Rect {
            y: left.y.saturating_sub(1),
            ..left
        }
    } else {
        reading(pen, room, row, on_last)
    };
    // A better day that is offered is one key away.
    let offered = match &row.blanks[usize::from(on_last)].reading {
        Ok(reading) => (&reading.advice, &reading.instead),
        Err(fault) => (&None, &fault.instead),
    };
    let advice = offered.0.as_ref().map(|advice| format!("{advice} "));
    if offered.1.is_some() {
        let key = key_of(keymap, "form.next");
        let text = format!("{}{key} takes it.", advice.unwrap_or_default());
        pen.wrapped(room, &text, Role::StatusSoon);
    }
}

/// Name, first day and last day of a line.
fn cells(place: Rect) -> [Rect; 3] {
    let gap = if place.width > 36 { 3 } else { 1 };
    let name = Rect {
        width: 8.min(place.width),
        ..place
    };
    let starts = after(place, 8 + gap);
    let ends = after(starts, DATE + gap);
    let cell = |place: Rect| Rect {
        width: DATE.min(place.width),
        ..place
    };
    [name, cell(starts), cell(ends)]
}

fn half_term(pen: &mut Pen<'_>, place: Rect, row: &Row, focus: Option<usize>) {
    let [name, starts, ends] = cells(place);
    pen.say(name, row.name, Role::FormLabel);
    for (n, (cell, blank)) in [starts, ends].into_iter().zip(&row.blanks).enumerate() {
        if focus == Some(n) {
            mark::input(pen, cell, &blank.input, true);
            continue;
        }
        let role = if blank.reading.is_err() && !blank.input.is_empty() {
            Role::FormError
        } else {
            Role::TextNormal
        };
        pen.say(cell, blank.input.text(), role);
    }
}

/// How a date was understood, and how long the half-term is; gives the room that is left.
fn reading(pen: &mut Pen<'_>, room: Rect, row: &Row, on_last: bool) -> Rect {
    let glyphs = pen.theme.glyphs();
    let days = row.blanks.each_ref().map(|blank| match &blank.reading {
        Ok(reading) => match reading.value {
            Some(Value::Date(day)) => Some(day),
            _ => None,
        },
        Err(_) => None,
    });
    let blank = &row.blanks[usize::from(on_last)];
    let (text, role) = match (&blank.reading, days) {
        _ if row.blanks.iter().all(|blank| blank.input.is_empty()) => {
            (format!("{} is left out.", row.name), Role::FormReading)
        }
        (Err(fault), _) => (format!("{} {}", glyphs.late, fault.text), Role::FormError),
        (Ok(_), [Some(starts), Some(ends)]) if starts <= ends => {
            let weeks = ((ends - starts).num_days() + 6) / 7;
            let arrow = glyphs.arrow;
            let (starts, ends) = (date::full(starts), date::full(ends));
            (
                format!("{arrow} {starts} to {ends}, {weeks} weeks"),
                Role::FormReading,
            )
        }
        (Ok(reading), _) => (
            format!("{} {}", glyphs.arrow, reading.shown),
            Role::FormReading,
        ),
    };
    let used = pen.wrapped(room, &text, role);
    below(room, used)
}
/// Keys of a question of the first run.
pub(super) fn hints(first: &FirstRun, keymap: &Keymap) -> Vec<Hint> {
    if first.working.is_some() {
        return Vec::new();
    }
    let mut all: Vec<Hint> = Vec::new();
    let mut add = |name: &str, word: &str| all.push((key_of(keymap, name), word.to_owned()));
    match first.question {
        Question::WriteDown => add("picker.take", "written down"),
        Question::Dates => {
            add("form.save", "next");
            add("form.leave", "back");
            add("form.next", "box");
            add("form.value-up", "day later");
        }
        _ => add("picker.take", "next"),
    }
    let goes_back = first.question.before(false).is_some();
    if goes_back && first.question != Question::Dates {
        add("picker.leave", "back");
    }
    match first.question {
        Question::Pupils => add("picker.complete", "complete"),
        _ if first.question.is_choice() => add("picker.down", "choose"),
        _ => {}
    }
    let ctrl = |keys: &String| keys.starts_with("Ctrl");
    let leave = named("picker.leave").map(|command| keymap.keys_of(command));
    if let Some(keys) = leave.and_then(|keys| keys.into_iter().find(ctrl)) {
        all.push((keys, "leave".to_owned()));
    }
    all
}
