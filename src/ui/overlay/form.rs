//! A form: label, box, and at the right what the box was understood as or what is wrong with it. Words of several
//! lines have a box of several lines.
//!
//! Fields never move: help, faults in full and choices stand in the lines below them.

mod foot;

use crate::app::form::{Blank, Form};
use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas};
use crate::domain::form::Entry;
use crate::ui::lines;
use crate::ui::mark;
use crate::ui::pen::{Pen, after, below, columns, first_row, fitting, line_at};
use crate::ui::theme::Role;
use ratatui::layout::Rect;

/// Lines below the fields: a blank one, help or fault, choices, keys.
const FOOT: u16 = 7;
/// The same for a form of one cell.
const CELL_FOOT: u16 = 5;
/// Lines of a box for words, at least where there is room, and at most.
const WORDS: (u16, u16) = (3, 10);
/// Columns words are still read easily in; with fewer beside it the label stands above its box.
const BESIDE: u16 = 30;

/// The form.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, form: &Form, keymap: &Keymap) {
    let count = form.blanks.len() as u16;
    let worded = form.blanks.iter().filter(|blank| has_lines(blank)).count() as u16;
    let lone = count == 1 && worded == 0;
    let most = if lone { CELL_FOOT } else { FOOT };
    let asked = count + worded * (WORDS.1 - 1) + most + 2;
    let area = layout::over(areas, if lone { 76 } else { 92 }, asked);
    let title = if pen.hides() {
        // Nothing is long by a name now.
        form.title.clone()
    } else {
        let width = usize::from(area.width.saturating_sub(8));
        title(form, width, pen.theme.glyphs().ellipsis)
    };
    let room = pen.popup(area, &title);
    let columns = Columns::of(form, room.width);
    let label_lines = worded * u16::from(columns.stacked);
    let singles = count - worded + label_lines;
    // The box for words takes what the rest leaves of the room: it is settled by the screen, not by what is typed.
    let words = match room
        .height
        .saturating_sub(singles + most)
        .checked_div(worded)
    {
        Some(share) => share.clamp(WORDS.0, WORDS.1),
        None => 1,
    };
    // One line at least for the field, then keys, help, choices, as there is room.
    let foot = most
        .min(room.height.saturating_sub(singles + worded * words).max(3))
        .min(room.height.saturating_sub(1));
    let fields = Rect {
        height: room.height - foot,
        ..room
    };
    let focus = form.focus.min(form.blanks.len().saturating_sub(1));
    let words = words.min(
        fields
            .height
            .saturating_sub(u16::from(columns.stacked))
            .max(1),
    );
    draw_fields(pen, fields, form, (focus, words), &columns);
    // Where a reading has no room beside its box, the one of the field with the caret stands below.
    let beside = fields
        .width
        .saturating_sub(columns.label + columns.boxed + 3);
    foot::draw(
        pen,
        below(room, room.height - foot),
        form,
        (focus, beside),
        keymap,
    );
}

/// True for a field whose words go over several lines.
fn has_lines(blank: &Blank) -> bool {
    matches!(blank.def.entry, Entry::Lines(_))
}

/// What is filled in and for whom, for so many columns. The child's name is never cut before the rest: first the
/// school gives way, then what is filled in.
fn title(form: &Form, width: usize, ellipsis: &str) -> String {
    if columns(&form.title) <= width {
        return form.title.clone();
    }
    let Some(lead) = form.title.strip_suffix(form.whom.as_str()) else {
        return form.title.clone();
    };
    let (who, school) = form.whom.rsplit_once(" at ").unwrap_or((&form.whom, ""));
    let used = columns(lead) + columns(who);
    if used <= width {
        let room = (width - used).saturating_sub(columns(ellipsis) + 4);
        return match fitting(school, room) {
            cut if room < 4 || cut.is_empty() => format!("{lead}{who}"),
            cut => format!("{lead}{who} at {}{ellipsis}", cut.trim_end()),
        };
    }
    let room = width.saturating_sub(columns(who) + columns(ellipsis) + 1);
    match fitting(lead, room).trim_end_matches([' ', ':']) {
        "" => who.to_owned(),
        cut => format!("{cut}{ellipsis} {who}"),
    }
}

/// Where label, box and reading stand.
struct Columns {
    label: u16,
    boxed: u16,
    /// The label of words stands above their box.
    stacked: bool,
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
        Self {
            label,
            boxed,
            stacked: rest < BESIDE,
        }
    }
}

/// The fields from the first on from which the one with the caret is whole in sight; a box for words has `words` lines.
fn draw_fields(
    pen: &mut Pen<'_>,
    area: Rect,
    form: &Form,
    (focus, words): (usize, u16),
    columns: &Columns,
) {
    let tall = |at: usize| match form.blanks.get(at) {
        Some(blank) if has_lines(blank) => usize::from(words + u16::from(columns.stacked)),
        _ => 1,
    };
    let first = first_row(0, focus, usize::from(area.height), tall);
    let mut place = area;
    for (at, blank) in form.blanks.iter().enumerate().skip(first) {
        if place.is_empty() {
            break;
        }
        let height = (tall(at) as u16).min(place.height);
        let here = Rect { height, ..place };
        if has_lines(blank) {
            words_field(pen, here, blank, at == focus, columns);
        } else {
            field(pen, here, blank, at == focus, columns);
        }
        place = below(place, height);
    }
}

/// The cursor's sign and the label.
fn label(pen: &mut Pen<'_>, place: Rect, blank: &Blank, focused: bool, width: u16) {
    if focused {
        let sign = pen.theme.glyphs().cursor.to_string();
        pen.say(place, &sign, Role::TextStrong);
    }
    let label = Rect {
        width: width.min(place.width.saturating_sub(2)),
        ..after(place, 2)
    };
    let role = if focused {
        Role::TextStrong
    } else {
        Role::FormLabel
    };
    pen.say(label, blank.def.label, role);
}

/// A field of several lines; where it is narrow its label stands above the box.
fn words_field(pen: &mut Pen<'_>, place: Rect, blank: &Blank, focused: bool, columns: &Columns) {
    let stacked = columns.stacked && place.height > 1;
    let boxed = if stacked {
        label(pen, line_at(place, 0), blank, focused, place.width);
        after(below(place, 1), 2)
    } else {
        label(pen, line_at(place, 0), blank, focused, columns.label);
        after(place, 2 + columns.label)
    };
    lines::input(pen, boxed, &blank.input, focused);
}

fn field(pen: &mut Pen<'_>, place: Rect, blank: &Blank, focused: bool, columns: &Columns) {
    label(pen, place, blank, focused, columns.label);
    let rest = after(place, 2 + columns.label);
    let boxed = Rect {
        width: columns.boxed.min(rest.width),
        ..rest
    };
    if blank.def.is_personal() {
        mark::input(pen, boxed, &blank.input, focused);
    } else {
        pen.own(|pen| mark::input(pen, boxed, &blank.input, focused));
    }
    let beside = after(rest, columns.boxed + 1);
    let glyphs = pen.theme.glyphs();
    let (text, role) = match &blank.reading {
        Err(fault) if foot::tells(blank, focused) => {
            (format!("{} {}", glyphs.late, fault.text), Role::FormError)
        }
        Err(_) => return,
        Ok(reading) => match (&reading.warning, &reading.advice) {
            (Some(warning), _) => (format!("{} {warning}", glyphs.soon), Role::StatusSoon),
            // Below, the advice about the field with the caret is read whole.
            (None, Some(advice)) if !focused => {
                (format!("{} {advice}", glyphs.soon), Role::StatusSoon)
            }
            (None, _) if foot::shows_reading(pen, blank, reading) => (
                format!("{} {}", glyphs.arrow, reading.shown),
                Role::FormReading,
            ),
            (None, _) => return,
        },
    };
    // One letter says nothing.
    if beside.width > 3 {
        pen.say(beside, &text, role);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::form::{About, Opening};
    use crate::domain::form::{Context, Kind, Values};
    use crate::domain::id::PupilId;
    use chrono::NaiveDate;

    fn titled(whom: &str, width: usize) -> String {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let opening = Opening::new(Kind::Task, About::New(Some(PupilId(1))));
        let form = Form::open(opening, Values::new(), whom.into(), &Context::on(today));
        title(&form, width, "..")
    }

    #[test]
    fn a_title_gives_up_the_school_and_then_the_kind_before_the_childs_name() {
        let whom = "Aisha Okafor 5B at Oakfield Primary";
        assert_eq!(
            titled(whom, 60),
            "New task: Aisha Okafor 5B at Oakfield Primary"
        );
        assert_eq!(titled(whom, 38), "New task: Aisha Okafor 5B at Oakfiel..");
        assert_eq!(titled(whom, 30), "New task: Aisha Okafor 5B");
        assert_eq!(titled(whom, 22), "New.. Aisha Okafor 5B");
        assert_eq!(titled(whom, 10), "Aisha Okafor 5B");
    }
}
