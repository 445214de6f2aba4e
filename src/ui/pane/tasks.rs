//! The task queue as a list: groups by when, a row a task with its day, its child and where it came from; in narrow
//! places two lines a row.

use super::list::{self, GUTTER, Stand, Title, capital, gutter, light};
use super::paragraphs;
use crate::app::action::{Action, Tasks as Act};
use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas, Width};
use crate::app::pane::Pane;
use crate::app::pane::tasks::{Row, Tasks, Worklist};
use crate::app::state::State;
use crate::domain::date;
use crate::domain::task::{Group, Line};
use crate::ui::contact;
use crate::ui::mark;
use crate::ui::pen::{Pen, after, below, columns, first_row, line_at};
use crate::ui::status::key_of;
use crate::ui::task;
use crate::ui::theme::Role;
use chrono::NaiveDate;
use ratatui::layout::Rect;

/// The list.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap) {
    let tasks = &state.tasks;
    let focused = state.has_keys(Pane::Tasks);
    let rows = list::head(pen, areas, state, Pane::Tasks, &title(state));
    if tasks.rows.is_empty() {
        return empty(pen, rows, state, keymap);
    }
    let width = areas.list.width - list::gap(areas);
    let rows = Rect { width, ..rows };
    let tells = |row: &Row| {
        tasks
            .line(*row)
            .is_some_and(|line| !task::more(pen, line).is_empty())
    };
    let shape = Shape::of(
        width,
        state.register.index.widest_class(),
        tasks.rows.iter().any(tells),
        tasks.of.is_some(),
    );
    if layout::list_head(areas.width) > 1 {
        let place = line_at(areas.list, 1);
        headings(
            pen,
            Rect { width, ..place },
            &shape,
            focused.then_some(tasks.cell),
        );
    }
    let narrow = areas.width == Width::Narrow;
    let tall = |at: usize| match tasks.rows.get(at) {
        Some(Row::Task(_)) if narrow => 2,
        _ => 1,
    };
    let cursor = tasks.list.cursor().unwrap_or(0);
    let top = tasks.list.top_under(&tasks.rows, Row::is_head);
    let first = first_row(top, cursor, usize::from(rows.height), tall);
    let mut place = rows;
    for (at, row) in tasks.rows.iter().enumerate().skip(first) {
        if place.is_empty() {
            break;
        }
        let height = (tall(at) as u16).min(place.height);
        let here = Rect { height, ..place };
        match (*row, tasks.line(*row)) {
            (Row::Head(group, count), _) => group_head(pen, here, state, (at, group, count)),
            (Row::Task(_), Some(line)) => {
                let stand = Stand {
                    under_cursor: at == cursor,
                    marked: tasks.marks.holds(line.task.id),
                    focused,
                };
                if narrow {
                    two_lines(pen, here, state, line, stand);
                } else {
                    one_line(pen, here, state, (line, stand), &shape);
                }
            }
            (Row::Task(_), None) => {}
        }
        place = below(place, height);
    }
}

/// What the list shows, and how it is narrowed.
pub(super) fn title(state: &State) -> Title<'_> {
    let tasks = &state.tasks;
    let what = match (&tasks.of, tasks.worklist) {
        (Some(of), None) => format!("{}: tasks", of.name),
        (Some(of), Some(worklist)) => format!("{}: {}", of.name, worklist.title()),
        (None, Some(worklist)) => capital(worklist.title()),
        (None, None) => "Open tasks".to_owned(),
    };
    let quiet = tasks.late == 0 && tasks.due_today == 0 && tasks.worklist.is_none();
    let note = (quiet && tasks.of.is_none() && tasks.unfiltered() > 0).then(|| {
        let next = tasks.ahead.first().map(|(day, count)| {
            let things = if *count == 1 { "thing" } else { "things" };
            let day = date::named(*day, state.today);
            format!("; next {day}, {count} {things}")
        });
        let text = format!("nothing due today{}", next.unwrap_or_default());
        (text, Role::TextNormal)
    });
    Title {
        what,
        shown: tasks.shown(),
        all: tasks.unfiltered(),
        filter: &tasks.narrow.filter,
        typing: tasks.narrow.typing,
        marked: tasks.marks.len(),
        ranging: tasks.marks.anchor.is_some(),
        order: list::ordered(tasks.order.title(), tasks.reversed),
        place: tasks.place(),
        note,
    }
}

/// How many of the rows under a heading fall on which day, in order.
pub(super) fn by_day(tasks: &Tasks, head: usize) -> Vec<(NaiveDate, usize)> {
    let mut days: Vec<(NaiveDate, usize)> = Vec::new();
    let under = tasks.rows.iter().skip(head + 1);
    for line in under.map_while(|row| tasks.line(*row)) {
        let Some(due) = line.task.due.filter(|_| line.task.done_on.is_none()) else {
            continue;
        };
        match days.iter_mut().find(|(day, _)| *day == due.day) {
            Some((_, count)) => *count += 1,
            None => days.push((due.day, 1)),
        }
    }
    days.sort_unstable();
    days
}

/// A group's heading in its rule; for the days to come how many fall on each, as far as they fit.
fn group_head(
    pen: &mut Pen<'_>,
    place: Rect,
    state: &State,
    (at, group, count): (usize, Group, usize),
) {
    pen.rule(place);
    let sign = pen.theme.glyphs().rule;
    let role = match group {
        Group::Late => Role::StatusLate,
        Group::Today => Role::StatusSoon,
        _ => Role::ListHeader,
    };
    let lead = format!("{sign}{sign} ");
    let used = pen.say(place, &lead, Role::SurfaceBorder);
    let mut rest = after(place, used);
    let used = pen.say(rest, &format!("{} ({count}) ", group.title()), role);
    rest = after(rest, used);
    if group != Group::NextSeven {
        return;
    }
    for (n, (day, count)) in by_day(&state.tasks, at).into_iter().enumerate() {
        let text = format!("{} {count} ", day.format("%a"));
        let gap = if n == 0 { lead.as_str() } else { " " };
        if columns(&text) + columns(gap) > usize::from(rest.width) {
            return;
        }
        let used = pen.say(rest, gap, Role::SurfaceBorder);
        rest = after(rest, used);
        let used = pen.say(rest, &text, Role::TextMuted);
        rest = after(rest, used);
    }
}

/// Columns of the list, by what fits: a place of no columns is left out.
struct Shape {
    due: u16,
    title: u16,
    child: u16,
    class: u16,
    more: u16,
}

/// Columns of the sign before a task's day.
const SIGN: u16 = 2;

impl Shape {
    /// The widths of a list: day, title and child first, then what else there is (`told`), then the class whole where
    /// `widest` columns are not too many; of one child's tasks (`own`) child and class are left out.
    fn of(width: u16, widest: usize, told: bool, own: bool) -> Self {
        let whose = |wide: u16| if own { 0 } else { wide };
        let class = whose(u16::try_from(widest).unwrap_or(u16::MAX).clamp(2, 12));
        let more = |wide: u16| if told { wide } else { 0 };
        let mut shape = Self {
            due: 0,
            title: 8,
            child: 0,
            class: 0,
            more: 0,
        };
        let used = |shape: &Self| {
            let part = |width: u16| if width > 0 { width + 2 } else { 0 };
            let due = if shape.due > 0 { shape.due + 1 } else { 0 };
            GUTTER
                + SIGN
                + 1
                + due
                + shape.title
                + part(shape.child)
                + part(shape.class)
                + part(shape.more)
        };
        let wanted: [&dyn Fn(&mut Self); 12] = [
            &|shape| shape.due = 7,
            &|shape| shape.title = 11,
            &|shape| shape.child = whose(12),
            &|shape| shape.title = 16,
            // A class alone tells nobody whom it is about.
            &|shape| shape.class = if shape.child > 0 { class.min(5) } else { 0 },
            &|shape| shape.title = 22,
            &|shape| shape.child = whose(15),
            &|shape| shape.more = more(16),
            &|shape| shape.class = class,
            &|shape| shape.title = 30,
            &|shape| shape.child = whose(20),
            &|shape| shape.more = more(28),
        ];
        for grow in wanted {
            let before = Self { ..shape };
            grow(&mut shape);
            if used(&shape) > width {
                shape = before;
            }
        }
        let spare = width.saturating_sub(used(&shape));
        let to_title = if shape.more > 0 {
            spare.min(44_u16.saturating_sub(shape.title))
        } else {
            spare
        };
        shape.title += to_title;
        if shape.more > 0 {
            shape.more += spare - to_title;
        }
        shape
    }

    /// Splits a line into its cells: sign, due, title, child, class, more.
    fn cells(&self, area: Rect) -> [Rect; 6] {
        let mut rest = after(area, GUTTER);
        let mut take = |width: u16, gap: u16| {
            let cell = Rect {
                width: width.min(rest.width),
                ..rest
            };
            rest = after(rest, if width > 0 { width + gap } else { 0 });
            cell
        };
        [
            take(SIGN, 1),
            take(self.due, 1),
            take(self.title, 2),
            take(self.child, 2),
            take(self.class, 2),
            take(self.more, 0),
        ]
    }
}

/// Column headings; `cell` is the one a key would edit, by its place in [`Tasks::CELLS`].
fn headings(pen: &mut Pen<'_>, area: Rect, shape: &Shape, cell: Option<usize>) {
    let words = [
        ("", None),
        ("due", Some(0)),
        ("task", Some(1)),
        ("pupil", None),
        ("cl", None),
        ("", None),
    ];
    for (place, (word, edits)) in shape.cells(area).into_iter().zip(words) {
        list::heading(pen, place, word, edits.is_some() && edits == cell);
    }
}

/// How a task's words are coloured: what is done steps back.
fn role_of(line: &Line, stand: Stand) -> Role {
    if stand.marked {
        Role::ListMarked
    } else if line.task.done_on.is_some() {
        Role::StatusOff
    } else {
        Role::TextNormal
    }
}

fn one_line(
    pen: &mut Pen<'_>,
    place: Rect,
    state: &State,
    (line, stand): (&Line, Stand),
    shape: &Shape,
) {
    let [sign, due, title, child, class, more] = shape.cells(place);
    gutter(pen, place, stand);
    let told = task::due(pen.theme.glyphs(), &line.task, state.today);
    pen.say(sign, &told.sign, told.role);
    pen.say(due, &told.text, told.role);
    let role = role_of(line, stand);
    let filter = state.tasks.narrow.filter.text();
    let words = pen.words(&line.task.title);
    let hides = pen.hides();
    let say = |pen: &mut Pen<'_>, cell: Rect, text: &str| {
        pen.say(cell, text, role);
        mark::matched(pen, cell, text, filter);
    };
    say(pen, title, &words);
    if let Some(about) = &line.about {
        let names = (about.known_as.as_str(), about.surname.as_str());
        let name = if hides {
            mark::numbered(pen, about.pupil, names, child.width)
        } else {
            about.spoken_name()
        };
        say(pen, child, &name);
        say(pen, class, about.class.as_deref().unwrap_or_default());
    }
    parts(pen, more, line);
    light(pen, place, stand);
}

/// What else there is to tell, each part whole or left out.
fn parts(pen: &mut Pen<'_>, area: Rect, line: &Line) {
    let done = line.task.done_on.is_some();
    let mut rest = area;
    for (n, (text, role)) in task::more(pen, line).into_iter().enumerate() {
        // The first part may be cut: it is the one most wanted.
        if n > 0 && columns(&text) > usize::from(rest.width) {
            continue;
        }
        let role = if done { Role::StatusOff } else { role };
        let used = pen.say(rest, &text, role);
        rest = after(rest, used + 2);
    }
}

fn two_lines(pen: &mut Pen<'_>, place: Rect, state: &State, line: &Line, stand: Stand) {
    let first = line_at(place, 0);
    gutter(pen, first, stand);
    let told = task::due(pen.theme.glyphs(), &line.task, state.today);
    let mut rest = after(first, GUTTER);
    for text in [&told.sign, &told.text] {
        if !text.is_empty() {
            let used = pen.say(rest, text, told.role);
            rest = after(rest, used + 1);
        }
    }
    let filter = state.tasks.narrow.filter.text();
    let words = pen.words(&line.task.title);
    pen.say(rest, &words, role_of(line, stand));
    mark::matched(pen, rest, &words, filter);
    let second = after(line_at(place, 1), GUTTER + 3);
    if !second.is_empty() {
        let name = line
            .about
            .as_ref()
            .map(|about| contact::spoken(pen, about))
            .unwrap_or_default();
        let used = pen.say(second, &name, role_of(line, stand));
        mark::matched(pen, second, &name, filter);
        parts(
            pen,
            after(second, if used > 0 { used + 2 } else { 0 }),
            line,
        );
    }
    light(pen, place, stand);
}

/// No row to show: why, and what helps.
fn empty(pen: &mut Pen<'_>, area: Rect, state: &State, keymap: &Keymap) {
    let tasks = &state.tasks;
    if list::none_found(
        pen,
        area,
        (&tasks.narrow.filter, tasks.unfiltered()),
        keymap,
    ) {
        return;
    }
    let school = &state.school.name;
    let task = key_of(keymap, "global.task");
    if let Some(worklist) = tasks.worklist {
        let whose = tasks
            .of
            .as_ref()
            .map_or_else(|| format!("at {school}"), |of| format!("about {}", of.name));
        let text = if worklist == Worklist::Done {
            format!("No task {whose} was done in the last 30 days.")
        } else {
            format!("No task {whose} is in this worklist: {}.", worklist.title())
        };
        let action = Action::Tasks(Act::Worklist(worklist));
        let again = list::again(keymap, action, "all that is open");
        return paragraphs(pen, area, &[&text, &again]);
    }
    if let Some(of) = &tasks.of {
        let text = format!("No tasks for {}. {task} adds one.", of.name);
        let back = list::back(state, Pane::Tasks, keymap);
        return paragraphs(pen, area, &[&text, &back]);
    }
    let text = format!("Nothing due today at {school}, and nothing else is open.");
    let help = format!(
        "{task} new task; {} takes a whole line, such as: order overlays > fri",
        key_of(keymap, "global.add")
    );
    let mut told = vec![text, help];
    if state.calendar.terms().is_empty() {
        let palette = key_of(keymap, "global.palette");
        told.push(format!(
            "No term dates yet; {palette} term dates takes them, so that days due keep out of the holidays."
        ));
    }
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    paragraphs(pen, area, &told);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_the_queue_never_take_more_than_it_has() {
        for width in 0..=200 {
            let area = Rect::new(0, 0, width, 1);
            let cells = Shape::of(width, 5, true, width % 2 == 0).cells(area);
            assert!(cells.iter().all(|cell| cell.right() <= width), "{width}");
        }
    }

    #[test]
    fn a_narrow_queue_keeps_the_task_and_a_wide_one_says_where_it_came_from() {
        let narrow = Shape::of(34, 3, true, false);
        assert!(narrow.title >= 16 && narrow.child == 0);
        let wide = Shape::of(80, 3, true, false);
        assert!(wide.title >= 22 && wide.child >= 12 && wide.more >= 16);
    }
}
