//! The finder: what is typed, and the nine who fit it, each behind the digit that picks it.

use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas};
use crate::app::overlay::finder::{Finder, SHOWN};
use crate::app::state::State;
use crate::domain::pupil::Line;
use crate::ui::mark::{self, CODE_WIDTH, STATUS_WIDTH};
use crate::ui::pen::{Pen, after, below, line_at};
use crate::ui::status::key_of;
use crate::ui::theme::Role;
use ratatui::layout::Rect;

/// The finder.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    areas: &Areas,
    state: &State,
    finder: &Finder,
    keymap: &Keymap,
) {
    let area = layout::over(areas, 76, SHOWN as u16 + 5);
    let school = &state.school.name;
    let title = if finder.across {
        "Find a pupil at any school".to_owned()
    } else {
        format!("Find a pupil at {school}")
    };
    let room = pen.popup(area, &title);
    mark::input(pen, line_at(room, 0), &finder.query, true);
    // The terminal's cursor stays at the caret; the row Enter takes has the sign and the light.
    let list = below(room, 1);
    if finder.query.text().trim().is_empty() {
        pen.wrapped(
            below(list, 1),
            "Two initials, or the start of either name. A digit picks, Enter takes the first.",
            Role::TextMuted,
        );
        return;
    }
    if finder.hits.is_empty() {
        let text = nobody(finder, school, keymap);
        pen.wrapped(below(list, 1), &text, Role::TextNormal);
        return;
    }
    let list = nearly(pen, list, finder);
    for (n, hit) in finder.hits.iter().enumerate() {
        let place = line_at(list, n as u16);
        // In a narrow box the date of birth stands only where it tells two children apart.
        let name = hit.pupil.listed_name();
        let twins = finder
            .hits
            .iter()
            .filter(|other| other.pupil.listed_name() == name);
        let born = place.width >= 44 || twins.count() > 1;
        let at = finder.places.get(n).copied();
        row(
            pen,
            place,
            state,
            (n + 1, hit, born),
            (n == finder.cursor, at),
        );
    }
    if finder.adds() {
        let place = line_at(list, finder.hits.len() as u16);
        add_row(pen, place, finder);
    }
    if room.height > SHOWN as u16 + 2 {
        let help = if room.width < 60 {
            "1 to 9 pick, Enter takes"
        } else if finder.query.text().starts_with(' ') {
            "Enter takes"
        } else {
            "1 to 9 pick   Enter takes   a space first makes digits text"
        };
        pen.say(line_at(room, room.height - 1), help, Role::TextMuted);
    }
}

/// Says of those nearly found what they are; the place below.
fn nearly(pen: &mut Pen<'_>, list: Rect, finder: &Finder) -> Rect {
    if !finder.nearly {
        return list;
    }
    let typed = finder.query.text().trim();
    let text = format!("Nobody is called \"{typed}\". Nearly, but for a letter:");
    let used = pen.wrapped(list, &text, Role::TextMuted);
    below(list, used)
}

/// The row behind those nearly found.
fn add_row(pen: &mut Pen<'_>, place: Rect, finder: &Finder) {
    let taken = finder.cursor == finder.hits.len();
    let text = format!("+ add \"{}\" as a new pupil", finder.query.text().trim());
    if taken {
        pen.say(
            place,
            &pen.theme.glyphs().cursor.to_string(),
            Role::TextStrong,
        );
    }
    pen.say(after(place, 1), &text, Role::TextNormal);
    if taken {
        let style = pen.style(Role::ListCursor);
        pen.lay(place, style);
    }
}

/// Nobody was found: where, and what helps.
fn nobody(finder: &Finder, school: &str, keymap: &Keymap) -> String {
    let (typed, leave) = (finder.query.text().trim(), key_of(keymap, "picker.leave"));
    if finder.across {
        return format!("Nobody matches \"{typed}\" at any school of the desk. {leave} closes.");
    }
    let take = key_of(keymap, "picker.take");
    format!(
        "Nobody matches \"{typed}\" at {school}. {take} adds a pupil with that name, {leave} closes."
    )
}

fn row(
    pen: &mut Pen<'_>,
    place: Rect,
    state: &State,
    (digit, line, dated): (usize, &Line, bool),
    (taken, at): (bool, Option<usize>),
) {
    let glyphs = pen.theme.glyphs();
    let pupil = &line.pupil;
    let wide = place.width >= 64;
    if taken {
        pen.say(place, &glyphs.cursor.to_string(), Role::TextStrong);
    }
    pen.say(after(place, 1), &digit.to_string(), Role::BarHintKey);
    let code = at.and_then(|at| state.schools.get(at));
    let mut rest = after(place, if code.is_some() { 4 + CODE_WIDTH } else { 3 });
    let (letter, word, role) = mark::line_status(line, state.today, glyphs.off);
    // From the right: date of birth, which tells twins apart, then status and class; the name has the rest.
    let mut take = |width: u16| {
        let width = width.min(rest.width);
        let cell = after(rest, rest.width - width);
        rest = Rect {
            width: (rest.width - width).saturating_sub(1),
            ..rest
        };
        cell
    };
    if dated {
        let born = take(10);
        let day = mark::born(pen, pupil);
        pen.say(born, &day, Role::TextMuted);
    }
    let status = take(if wide { STATUS_WIDTH } else { 1 });
    let class = take(if wide || !dated { 8 } else { 4 });
    pen.say(
        status,
        &if wide {
            format!("{letter} {word}")
        } else {
            letter
        },
        role,
    );
    pen.say(
        class,
        pupil.class.as_deref().unwrap_or_default(),
        Role::TextNormal,
    );
    let name = if pupil.is_leaver(state.today) {
        Role::StatusOff
    } else {
        Role::TextNormal
    };
    let told = (pupil.known_as(), pupil.surname.as_str());
    let told = pen.child(pupil.id, told, pupil.listed_name());
    pen.say(rest, &told, name);
    if taken {
        let style = pen.style(Role::ListCursor);
        pen.lay(place, style);
    }
    if let (Some(listed), Some(at)) = (code, at) {
        mark::school(pen, after(place, 3), (&listed.code, at));
    }
}
