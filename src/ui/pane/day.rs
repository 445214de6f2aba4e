//! The day across schools: late, today, the next seven days, a row a task with its school's code on the school's
//! colour; under the list the row in words, the school's name first.

use super::list::{self, GUTTER, Stand, gutter, light};
use super::paragraphs;
use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas, Width};
use crate::app::overlay::schools::OWN;
use crate::app::pane::day::{Entry, Row, Whose};
use crate::app::state::State;
use crate::domain::date;
use crate::domain::task::Group;
use crate::ui::contact;
use crate::ui::mark::{self, CODE_WIDTH};
use crate::ui::pen::{Pen, after, below, first_row, line_at};
use crate::ui::status::key_of;
use crate::ui::task;
use crate::ui::theme::Role;
use ratatui::layout::Rect;

/// The list and what is told of the row under the cursor.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap) {
    let day = &state.day;
    let head = layout::list_head(areas.width).min(1);
    if head > 0 {
        title(pen, line_at(areas.list, 0), state);
    }
    let area = below(areas.list, head);
    let width = area.width - list::gap(areas).min(area.width);
    let rows = Rect { width, ..area };
    if day.rows.is_empty() {
        return empty(pen, rows, state, keymap);
    }
    let narrow = areas.width == Width::Narrow;
    let tall = |at: usize| match day.rows.get(at) {
        Some(Row::Task(_)) if narrow => 2,
        _ => 1,
    };
    let cursor = day.list.cursor().unwrap_or(0);
    let top = day.list.top_under(&day.rows, Row::is_head);
    let first = first_row(top, cursor, usize::from(rows.height), tall);
    let mut place = rows;
    for (at, row) in day.rows.iter().enumerate().skip(first) {
        if place.is_empty() {
            break;
        }
        let height = (tall(at) as u16).min(place.height);
        let here = Rect { height, ..place };
        match (*row, day.entry(*row)) {
            (Row::Head(group, count), _) => group_head(pen, here, state, (group, count)),
            (Row::Task(_), Some(entry)) => {
                let stand = Stand {
                    under_cursor: at == cursor,
                    marked: false,
                    focused: state.overlays.is_empty(),
                };
                one(pen, here, state, (entry, stand), areas.width);
            }
            (Row::Task(_), None) => {}
        }
        place = below(place, height);
    }
    peek(pen, areas, state);
}

fn title(pen: &mut Pen<'_>, area: Rect, state: &State) {
    let day = &state.day;
    let mut place = after(area, 1);
    if let Some(at) = day.place() {
        let text = format!(" {at} of {} ", day.shown());
        place = pen.right(place, &text, Role::TextMuted);
    }
    let what = match day.on {
        _ if day.visits.is_some() => "Due before my next visit".to_owned(),
        Some(on) => format!("The day across schools: {}", date::full(on)),
        None => "The day across schools".to_owned(),
    };
    let mut line = vec![
        pen.piece(what, Role::TextStrong),
        pen.piece(format!(" {}", day.shown()), Role::TextNormal),
    ];
    let code = |place: &usize| state.schools.get(*place).map(|one| one.code.clone());
    let here: Vec<String> = day.here.iter().filter_map(code).collect();
    if !here.is_empty() {
        let dot = pen.theme.glyphs().dot;
        line.push(pen.piece(format!(" {dot} "), Role::TextMuted));
        line.push(pen.piece(format!("here: {}", here.join(", ")), Role::StatusInfo));
    }
    if !day.missing.is_empty() {
        let text = format!("  without {}", day.missing.join(", "));
        line.push(pen.piece(text, Role::StatusLate));
    }
    pen.line(place, &line);
}

fn group_head(pen: &mut Pen<'_>, place: Rect, state: &State, (group, count): (Group, usize)) {
    pen.rule(place);
    let sign = pen.theme.glyphs().rule;
    let role = match group {
        Group::Late => Role::StatusLate,
        Group::Today => Role::StatusSoon,
        _ => Role::ListHeader,
    };
    let title = match (group, state.day.on) {
        (Group::Today, Some(on)) => date::full(on),
        (Group::NextSeven, Some(_)) => "The 7 days after".to_owned(),
        (group, _) => group.title().to_owned(),
    };
    let used = pen.say(place, &format!("{sign}{sign} "), Role::SurfaceBorder);
    pen.say(after(place, used), &format!("{title} ({count}) "), role);
}

fn one(
    pen: &mut Pen<'_>,
    place: Rect,
    state: &State,
    (entry, stand): (&Entry, Stand),
    width: Width,
) {
    let line = &entry.line;
    let first = line_at(place, 0);
    gutter(pen, first, stand);
    let told = task::due(pen.theme.glyphs(), &line.task, state.today);
    let role = if line.task.done_on.is_some() {
        Role::StatusOff
    } else {
        Role::TextNormal
    };
    let coded = after(first, GUTTER);
    let mut rest = after(coded, CODE_WIDTH + 1);
    let name = line
        .about
        .as_ref()
        .map(|about| contact::spoken(pen, about))
        .unwrap_or_default();
    let words = pen.words(&line.task.title);
    if width <= Width::Narrow {
        for text in [&told.sign, &told.text] {
            if !text.is_empty() {
                let used = pen.say(rest, text, told.role);
                rest = after(rest, used + 1);
            }
        }
        pen.say(rest, &words, role);
        let second = after(line_at(place, 1), GUTTER + CODE_WIDTH + 1);
        pen.say(second, &name, role);
    } else {
        pen.say(rest, &told.sign, told.role);
        pen.say(after(rest, 3), &told.text, told.role);
        rest = after(rest, 11);
        // The child's name has its room first: a task without it may be anybody's.
        let child = (rest.width * 4 / 9).min(36);
        let title = match line.about {
            Some(_) => rest.width.saturating_sub(child + 2),
            None => rest.width,
        };
        let title = Rect {
            width: title,
            ..rest
        };
        pen.say(title, &words, role);
        pen.say(after(rest, title.width + 2), &name, role);
    }
    light(pen, place, stand);
    // After the light: the school's colour is seen on the row under the cursor too.
    match entry.whose {
        Whose::School(place) => {
            let code = state.schools.get(place).map_or("", |one| &one.code);
            mark::school(pen, coded, (code, place));
        }
        Whose::Mine => mark::own(pen, coded),
    }
}

/// The row under the cursor in words.
fn peek(pen: &mut Pen<'_>, areas: &Areas, state: &State) {
    let area = areas.peek;
    if area.is_empty() {
        return;
    }
    let ground = pen.style(Role::SurfacePanel);
    pen.clear(area, ground);
    let beside = area.x > areas.list.x;
    if beside {
        pen.rule_down(area);
    } else {
        pen.rule(line_at(area, 0));
    }
    let mut room = if beside {
        after(area, 2)
    } else {
        after(below(area, 1), 1)
    };
    let Some(entry) = state.day.current() else {
        return;
    };
    let (line, day) = (&entry.line, &state.day);
    let mut told = vec![(pen.words(&line.task.title).into_owned(), Role::TextStrong)];
    let of = match entry.whose {
        Whose::School(place) => {
            let here = match (day.here.contains(&place), day.on) {
                (false, _) => "",
                (true, None) => ", where you are today",
                (true, Some(_)) => ", where you are that day",
            };
            let school = state.schools.get(place);
            school.map(|school| format!("At {}{here}", school.name))
        }
        Whose::Mine => Some(OWN.to_owned()),
    };
    told.extend(of.map(|text| (text, Role::TextNormal)));
    told.extend(line.about.as_ref().map(|about| {
        let text = format!("About {}", contact::spoken(pen, about));
        (text, Role::TextNormal)
    }));
    if let Some(due) = line.task.due {
        told.push((format!("Due {}", date::full(due.day)), Role::TextNormal));
    }
    told.extend(task::more(pen, line));
    for (text, role) in told {
        let used = pen.wrapped(room, &text, role);
        room = below(room, used);
    }
}

/// No row to show: when the next one comes, and what helps.
fn empty(pen: &mut Pen<'_>, area: Rect, state: &State, keymap: &Keymap) {
    let key = |name: &str| key_of(keymap, name);
    let when = match state.day.on {
        Some(on) => format!("on {} or in the seven days after", date::full(on)),
        None => "today or in the next seven days".to_owned(),
    };
    let count = state.schools.len();
    let whom = if count == 1 {
        "at your school".to_owned()
    } else {
        format!("at any of the {count} schools")
    };
    let nothing = if state.day.missing.is_empty() {
        format!("Nothing is due {when} {whom}, and no task of your own is open.")
    } else {
        format!("Of what could be read nothing is due {when}.")
    };
    let help = format!(
        "{} the day after, {} the day before; {} new task, which asks whose it is; {} back to the school you came from.",
        key("day.next"),
        key("day.previous"),
        key("global.task"),
        key("global.back"),
    );
    paragraphs(pen, area, &[&nothing, &help]);
}

/// Columns of the tab.
pub(in crate::ui) fn tab(state: &State, narrow: bool) -> Option<(String, Role)> {
    if state.schools.len() < 2 && !state.all {
        return None;
    }
    Some(match (state.all, narrow) {
        (true, true) => ("  0*All".to_owned(), Role::TextStrong),
        (true, false) => ("  0*All schools".to_owned(), Role::TextStrong),
        (false, true) => ("  0".to_owned(), Role::TextMuted),
        (false, false) => ("  0 All schools".to_owned(), Role::TextMuted),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::pen::columns;

    #[test]
    fn the_tab_is_there_once_there_are_several_schools() {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let mut state = State::new(today, "slate", |at| at.naive_utc());
        assert_eq!(tab(&state, false), None);
        let listed = |code: &str| crate::app::state::Listed {
            code: code.to_owned(),
            name: code.to_owned(),
        };
        state.schools = vec![listed("OAK"), listed("STB")];
        let (text, _) = tab(&state, true).unwrap();
        assert!(columns(&text) < 5);
    }
}
