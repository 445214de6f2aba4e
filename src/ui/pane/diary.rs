//! The liaison diary as a list: newest first, a row an entry, the day told once for all of its entries; in narrow
//! places two lines a row.

use super::list::{self, GUTTER, Stand, Title, capital, gutter, light};
use super::paragraphs;
use crate::app::action::{Action, Diary as Act};
use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas, Width};
use crate::app::pane::Pane;
use crate::app::pane::diary::{Diary, FOUND_MOST};
use crate::app::state::State;
use crate::domain::contact::{Contact, Visibility};
use crate::ui::contact;
use crate::ui::mark;
use crate::ui::pen::{Pen, after, below, line_at};
use crate::ui::status::key_of;
use crate::ui::theme::Role;
use crate::ui::when::Clock;
use ratatui::layout::Rect;

/// The list.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap) {
    let diary = &state.diary;
    let focused = state.has_keys(Pane::Diary);
    let rows = list::head(pen, areas, state, Pane::Diary, &title(diary));
    if diary.rows().is_empty() {
        if diary.is_loaded() {
            empty(pen, rows, state, keymap);
        }
        return;
    }
    let width = areas.list.width - list::gap(areas);
    let rows = Rect { width, ..rows };
    let shape = Shape::of(width, diary.of.is_some());
    if layout::list_head(areas.width) > 1 {
        let place = line_at(areas.list, 1);
        headings(
            pen,
            Rect { width, ..place },
            &shape,
            focused.then_some(diary.cell),
        );
    }
    let tall = layout::row_lines(areas.width);
    let fit = usize::from(rows.height / tall.max(1));
    let mut above: Option<&Contact> = None;
    for (n, at) in diary.list.page().take(fit).enumerate() {
        let Some(contact) = row_of(diary, at) else {
            continue;
        };
        let place = Rect {
            height: tall,
            ..below(rows, n as u16 * tall)
        }
        .intersection(rows);
        let row = Row {
            contact,
            dated: above.is_none_or(|other| other.at.day != contact.at.day),
            stand: Stand {
                under_cursor: diary.list.cursor() == Some(at),
                marked: diary.marks.holds(contact.id),
                focused,
            },
        };
        if areas.width == Width::Narrow {
            two_lines(pen, place, state, &row);
        } else {
            one_line(pen, place, state, &row, &shape);
        }
        above = Some(contact);
    }
}

/// A row to draw.
struct Row<'a> {
    contact: &'a Contact,
    /// The row above is of another day.
    dated: bool,
    stand: Stand,
}

/// The loaded entry of a row of the list.
fn row_of(diary: &Diary, at: usize) -> Option<&Contact> {
    let id = *diary.rows().get(at)?;
    let place = at.checked_sub(diary.list.page().start)?;
    let by_place = diary.page.get(place).filter(|contact| contact.id == id);
    by_place.or_else(|| diary.page.iter().find(|contact| contact.id == id))
}

/// What the list shows, and how it is narrowed.
pub(super) fn title(diary: &Diary) -> Title<'_> {
    let what = match (&diary.of, diary.worklist) {
        (Some(of), None) => format!("{}: diary", of.name),
        (Some(of), Some(worklist)) => format!("{}: {}", of.name, worklist.title()),
        (None, Some(worklist)) => capital(worklist.title()),
        (None, None) => "Diary".to_owned(),
    };
    let shown = diary.rows().len();
    let note = (!diary.narrow.filter.is_empty() && shown >= FOUND_MOST)
        .then(|| (format!("the first {FOUND_MOST} only"), Role::StatusSoon));
    Title {
        what,
        shown,
        all: diary.unfiltered(),
        filter: &diary.narrow.filter,
        typing: diary.narrow.typing,
        marked: diary.marks.len(),
        ranging: diary.marks.anchor.is_some(),
        order: list::ordered(diary.order.title(), diary.reversed),
        place: diary.list.cursor().map(|cursor| cursor + 1),
        note,
    }
}

/// Columns of the list, by what fits: a place of no columns is left out.
struct Shape {
    day: u16,
    time: u16,
    kind: u16,
    sees: u16,
    child: u16,
    with: u16,
    words: u16,
    next: u16,
}

impl Shape {
    /// The widths of a list; of one child's diary (`own`) the child is left out.
    fn of(width: u16, own: bool) -> Self {
        let child = |wide: u16| if own { 0 } else { wide };
        let mut shape = Self {
            day: 0,
            time: 0,
            kind: 0,
            sees: 0,
            child: child(6),
            with: 0,
            words: if own { 6 } else { 0 },
            next: 0,
        };
        let used = |shape: &Self| {
            let parts = [
                shape.day,
                shape.time,
                shape.kind,
                shape.sees,
                shape.child,
                shape.with,
                shape.words,
                shape.next,
            ];
            let gaps = parts.iter().filter(|part| **part > 0).count() as u16;
            GUTTER + parts.iter().sum::<u16>() + gaps.saturating_sub(1)
        };
        let wanted: [&dyn Fn(&mut Self); 11] = [
            &|shape| shape.day = 10,
            &|shape| shape.kind = 7,
            &|shape| shape.child = child(14),
            &|shape| shape.words = 12,
            &|shape| shape.next = 9,
            &|shape| shape.child = child(18),
            &|shape| shape.words = 20,
            &|shape| shape.time = 5,
            &|shape| shape.sees = 1,
            &|shape| shape.with = 12,
            &|shape| shape.with = 18,
        ];
        for grow in wanted {
            let before = Self { ..shape };
            grow(&mut shape);
            if used(&shape) > width {
                shape = before;
            }
        }
        let spare = width.saturating_sub(used(&shape));
        if shape.words > 0 {
            shape.words += spare;
        } else {
            shape.child += spare;
        }
        shape
    }

    /// Splits a line into its cells: day, time, kind, who sees it, child, with, words, what was promised.
    fn cells(&self, area: Rect) -> [Rect; 8] {
        let mut rest = after(area, GUTTER);
        let mut take = |width: u16| {
            let cell = Rect {
                width: width.min(rest.width),
                ..rest
            };
            rest = after(rest, if width > 0 { width + 1 } else { 0 });
            cell
        };
        [
            take(self.day),
            take(self.time),
            take(self.kind),
            take(self.sees),
            take(self.child),
            take(self.with),
            take(self.words),
            take(self.next),
        ]
    }
}

/// Column headings; `cell` is the one a key would edit, by its place in [`Diary::CELLS`].
fn headings(pen: &mut Pen<'_>, area: Rect, shape: &Shape, cell: Option<usize>) {
    let words = [
        ("day", Some(0)),
        ("time", None),
        ("kind", None),
        ("", None),
        ("pupil", None),
        ("with", Some(1)),
        ("words", Some(2)),
        ("next", None),
    ];
    for (place, (word, edits)) in shape.cells(area).into_iter().zip(words) {
        list::heading(pen, place, word, edits.is_some() && edits == cell);
    }
}

/// How an entry's words are coloured: what is struck steps back.
fn role_of(row: &Row<'_>) -> Role {
    if row.stand.marked {
        Role::ListMarked
    } else if row.contact.strike().is_some() {
        Role::StatusOff
    } else {
        Role::TextNormal
    }
}

/// The time of day, where one is known.
fn time_of(contact: &Contact) -> String {
    let time = contact.at.time.map(|time| time.format("%H:%M").to_string());
    time.unwrap_or_default()
}

fn one_line(pen: &mut Pen<'_>, place: Rect, state: &State, row: &Row<'_>, shape: &Shape) {
    let [day, time, kind, sees, child, with, words, next] = shape.cells(place);
    let contact = row.contact;
    let glyphs = pen.theme.glyphs();
    let role = role_of(row);
    gutter(pen, place, row.stand);
    if row.dated {
        pen.say(
            day,
            &Clock::of(state).listed(contact.at.day),
            Role::TextMuted,
        );
    }
    pen.say(time, &time_of(contact), Role::TextMuted);
    pen.say(kind, contact.kind.short(), role);
    if contact.visibility == Visibility::Shareable {
        // What parents may be shown; the peek says it in words.
        pen.say(sees, "s", Role::TextMuted);
    }
    let filter = state.diary.narrow.filter.text();
    let who = contact::about(pen, contact);
    let who = mark::listed(pen, &contact.pupils, child.width).unwrap_or(who);
    let whom = pen.whom(contact.with.as_deref().unwrap_or_default());
    let said = contact::first_words(pen, contact, usize::from(words.width));
    let mut say = |cell: Rect, text: &str| {
        pen.say(cell, text, role);
        mark::matched(pen, cell, text, filter);
    };
    say(child, &who);
    say(with, &whom);
    say(words, &said);
    if let Some((text, role)) = contact::promised(glyphs, contact, state.today) {
        pen.say(next, &text, role);
    }
    light(pen, place, row.stand);
}

fn two_lines(pen: &mut Pen<'_>, place: Rect, state: &State, row: &Row<'_>) {
    let contact = row.contact;
    let glyphs = pen.theme.glyphs();
    let role = role_of(row);
    let first = line_at(place, 0);
    gutter(pen, first, row.stand);
    let mut rest = after(first, GUTTER);
    let day = contact.at.day.format("%-d %b").to_string();
    let kind = contact.kind.short();
    rest = pen.right(rest, &format!(" {kind} {day} "), Role::TextMuted);
    let mut second = after(line_at(place, 1), GUTTER);
    if let Some((text, role)) = contact::promised(glyphs, contact, state.today) {
        second = pen.right(second, &format!(" {text} "), role);
    }
    let filter = state.diary.narrow.filter.text();
    let who = contact::about(pen, contact);
    let who = mark::listed(pen, &contact.pupils, rest.width).unwrap_or(who);
    let said = contact::first_words(pen, contact, usize::from(second.width));
    let mut say = |cell: Rect, text: &str| {
        pen.say(cell, text, role);
        mark::matched(pen, cell, text, filter);
    };
    say(rest, &who);
    say(second, &said);
    light(pen, place, row.stand);
}

/// No row to show: why, and what helps.
fn empty(pen: &mut Pen<'_>, area: Rect, state: &State, keymap: &Keymap) {
    let diary = &state.diary;
    if list::none_found(
        pen,
        area,
        (&diary.narrow.filter, diary.unfiltered()),
        keymap,
    ) {
        return;
    }
    let key = |name: &str| key_of(keymap, name);
    let school = &state.school.name;
    if let Some(worklist) = diary.worklist {
        let text = match &diary.of {
            Some(of) => format!("No contact about {}: {}.", of.name, worklist.title()),
            None => format!("No contact at {school}: {}.", worklist.title()),
        };
        let action = Action::Diary(Act::Worklist(worklist));
        let again = list::again(keymap, action, "the whole diary");
        return paragraphs(pen, area, &[&text, &again]);
    }
    let phone = key("global.log-phone");
    if let Some(of) = &diary.of {
        let text = format!("No contacts yet for {}.", of.name);
        let help = format!(
            "{phone} logs a phone call, {} a meeting. {}",
            key("global.log-meeting"),
            list::back(state, Pane::Diary, keymap)
        );
        return paragraphs(pen, area, &[&text, &help]);
    }
    let text = format!("No contacts yet at {school}.");
    let help = format!(
        "{phone} logs a phone call and asks for two letters of the child, - for nobody; {} takes a whole line.",
        key("global.add")
    );
    paragraphs(pen, area, &[&text, &help]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_the_diary_never_take_more_than_it_has() {
        for width in 0..=200 {
            for own in [false, true] {
                let area = Rect::new(0, 0, width, 1);
                let cells = Shape::of(width, own).cells(area);
                assert!(cells.iter().all(|cell| cell.right() <= width), "{width}");
            }
        }
    }

    #[test]
    fn one_childs_diary_gives_the_childs_place_to_whom_it_was_with() {
        let (all, own) = (Shape::of(80, false), Shape::of(80, true));
        assert!(all.child >= 14 && all.words >= 12 && all.day == 10);
        assert!(all.with == 0 && own.child == 0 && own.with > 0 && own.words >= 20);
    }
}
