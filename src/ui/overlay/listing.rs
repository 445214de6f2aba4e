//! A list to read and to take from: when, what, whose; what no longer counts steps back.

use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas};
use crate::app::overlay::listing::{Listing, Purpose, Row};
use crate::ui::pen::{Pen, after, below, columns, first_row, line_at};
use crate::ui::status::{Hint, hints, key_of};
use crate::ui::theme::Role;
use ratatui::layout::{Position, Rect};
use std::borrow::Cow;

/// The box.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, listing: &Listing, keymap: &Keymap) {
    let title = if listing.rows.is_empty() {
        listing.title.clone()
    } else {
        format!("{} ({})", listing.title, listing.rows.len())
    };
    let room = pen.popup(layout::plan(areas), &title);
    let foot = 2.min(room.height.saturating_sub(1));
    let list = Rect {
        height: room.height - foot,
        ..room
    };
    let end = below(room, list.height);
    if foot > 1 {
        pen.rule(line_at(end, 0));
    }
    hints(
        pen,
        below(end, foot.saturating_sub(1)),
        &keys(listing.purpose, listing.rows.is_empty(), keymap),
    );
    if listing.rows.is_empty() {
        pen.wrapped(list, &empty(listing.purpose, keymap), Role::TextMuted);
        return;
    }
    rows(pen, list, listing);
}

/// What a row says: in the bin a kind, and somebody's own words behind it.
fn what<'r>(pen: &Pen<'_>, purpose: Purpose, row: &'r Row) -> Cow<'r, str> {
    if let (true, Some(coded)) = (pen.hides() || pen.in_meeting(), &row.coded) {
        return Cow::Borrowed(coded);
    }
    match row.what.split_once(": ") {
        Some((kind, words)) if purpose == Purpose::Bin && pen.hides() => {
            Cow::Owned(format!("{kind}: {}", pen.words(words)))
        }
        _ => Cow::Borrowed(&row.what),
    }
}

/// More about a row; what hours went on is somebody's own words.
fn more<'r>(pen: &Pen<'_>, purpose: Purpose, row: &'r Row) -> Cow<'r, str> {
    if matches!(purpose, Purpose::Hours | Purpose::Places(_)) && pen.hides() && !row.more.is_empty()
    {
        return Cow::Owned(pen.words(&row.more).into());
    }
    Cow::Borrowed(&row.more)
}

/// What stands in an empty list: why, and the next key.
fn empty(purpose: Purpose, keymap: &Keymap) -> String {
    let key = |name: &str| key_of(keymap, name);
    match purpose {
        Purpose::Bin => format!(
            "The bin is empty. {} puts a task or a fresh diary entry there.",
            key("rows.bin")
        ),
        Purpose::Steps => format!(
            "Nothing was done at this school yet. {} takes back whatever was done last.",
            key("global.undo")
        ),
        Purpose::History => format!(
            "Nothing is on record about this. {} closes.",
            key("global.back")
        ),
        Purpose::Drafts => format!(
            "No draft is kept. Leave a form with {} and what you typed waits here.",
            key("form.leave")
        ),
        Purpose::Calendar => format!(
            "No term dates yet. {} usual terms fills in the six half-terms usual in England, to be put right. {} enters a term (Autumn, or its halves Autumn 1 and Autumn 2), {} a closure.",
            key("global.palette"),
            key("listing.new-term"),
            key("listing.new-closure")
        ),
        Purpose::Places(_) => format!(
            "No child is on it. {} in the map puts one on it.",
            key("global.put-on")
        ),
        Purpose::Hours => format!(
            "No hours yet. {} enters what a week took at this school, such as 2h30. The minutes on contacts are added by themselves; sendesk report time shows both, for every school.",
            key("listing.new-term")
        ),
    }
}

/// The keys of the list, that which Enter does first.
fn keys(purpose: Purpose, empty: bool, keymap: &Keymap) -> Vec<Hint> {
    let mut keys = Vec::new();
    let mut add = |name: &str, word: &str| keys.push((key_of(keymap, name), word.to_owned()));
    if !empty && !purpose.takes().is_empty() {
        add("list.open", purpose.takes());
    }
    add("global.back", "close");
    if let Some(kind) = purpose.makes() {
        add("listing.new-term", &format!("new {}", kind.noun()));
    }
    if purpose == Purpose::Calendar {
        add("listing.new-closure", "new closure");
    }
    if !empty && purpose.removes() {
        add("listing.remove", "take out");
    }
    keys
}

/// The rows from the page on; the one under the cursor is read whole.
fn rows(pen: &mut Pen<'_>, area: Rect, listing: &Listing) {
    let cursor = listing.list.cursor().unwrap_or(0);
    let when = listing.rows.iter().map(|row| columns(&row.when)).max();
    let when = when.unwrap_or(0).min(20) as u16;
    // Where there is little room, when and whose go below what.
    let shape = if area.width >= when + 34 {
        Shape::Beside(when)
    } else {
        Shape::Below
    };
    let height = usize::from(area.height);
    let tall = |pen: &Pen<'_>, at: usize| match listing.rows.get(at) {
        Some(row) if at == cursor => shape
            .lines(pen, listing.purpose, row, area.width)
            .len()
            .clamp(1, height.max(1)),
        _ => 1,
    };
    let top = first_row(listing.list.page().start, cursor, height, |at| {
        tall(pen, at)
    });
    let mut place = area;
    for (at, row) in listing.rows.iter().enumerate().skip(top) {
        if place.is_empty() {
            break;
        }
        let height = (tall(pen, at) as u16).min(place.height);
        let here = Rect { height, ..place };
        one(pen, here, (shape, listing.purpose), row, at == cursor);
        place = below(place, height);
    }
}

/// Where the parts of a row stand.
#[derive(Clone, Copy)]
enum Shape {
    /// When in its own column of this width, then what, then more at the right.
    Beside(u16),
    /// One after another.
    Below,
}

impl Shape {
    /// Columns before what a row says.
    fn indent(self) -> u16 {
        match self {
            Self::Beside(when) => when + 4,
            Self::Below => 2,
        }
    }

    /// What a row says, on one line.
    fn told(self, pen: &Pen<'_>, purpose: Purpose, row: &Row) -> String {
        let (what, more) = (what(pen, purpose, row), more(pen, purpose, row));
        let parts: Vec<&str> = match self {
            Self::Beside(_) => vec![&what, &more],
            Self::Below => vec![&what, &row.when, &more],
        };
        let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        told.join("  ")
    }

    /// A row read whole.
    fn lines(self, pen: &Pen<'_>, purpose: Purpose, row: &Row, width: u16) -> Vec<String> {
        let width = usize::from(width.saturating_sub(self.indent()));
        pen.wrap(&self.told(pen, purpose, row), width)
    }
}

fn one(
    pen: &mut Pen<'_>,
    place: Rect,
    (shape, purpose): (Shape, Purpose),
    row: &Row,
    under_cursor: bool,
) {
    let role = if row.off {
        Role::StatusOff
    } else {
        Role::TextNormal
    };
    let first = line_at(place, 0);
    if let Shape::Beside(when) = shape {
        let cell = Rect {
            width: when.min(first.width.saturating_sub(2)),
            ..after(first, 2)
        };
        pen.say(cell, &row.when, Role::TextMuted);
    }
    let lines = shape.lines(pen, purpose, row, place.width);
    let words = after(place, shape.indent());
    if place.height > 1 && lines.len() > 1 {
        for (n, line) in lines.iter().enumerate() {
            pen.say(line_at(words, n as u16), line, role);
        }
    } else if let Shape::Below = shape {
        let told = shape.told(pen, purpose, row);
        pen.say(line_at(words, 0), &told, role);
    } else {
        let mut rest = line_at(words, 0);
        if rest.width > 40 {
            let more = more(pen, purpose, row);
            rest = pen.right(rest, &format!("  {more}"), Role::TextMuted);
        }
        let what = what(pen, purpose, row);
        pen.say(rest, &what, role);
    }
    if under_cursor {
        let sign = pen.theme.glyphs().cursor.to_string();
        pen.say(first, &sign, Role::TextStrong);
        pen.cursor = Some(Position::new(first.x, first.y));
        let style = pen.style(Role::ListCursor);
        pen.lay(place, style);
    }
}
