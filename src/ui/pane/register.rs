//! The register as a list: what it shows in its title, then a row a pupil; in narrow places two lines a row.

use super::list::{self, GUTTER, Stand, Title, capital, gutter, light};
use super::paragraphs;
use crate::app::action::{Action, Register as Act};
use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas, Width};
use crate::app::pane::Pane;
use crate::app::pane::register::Register;
use crate::app::state::State;
use crate::domain::fault::faults;
use crate::domain::pupil::Line;
use crate::ui::mark::{self, STATUS_WIDTH};
use crate::ui::pen::{Pen, Piece, after, below, line_at};
use crate::ui::theme::Role;
use ratatui::layout::Rect;

/// The list.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap) {
    let focused = state.has_keys(Pane::Register);
    let rows = list::head(pen, areas, state, Pane::Register, &title(state));
    if state.register.rows.is_empty() {
        return empty(pen, rows, state, keymap);
    }
    let shape = Shape::of(
        areas.list.width - list::gap(areas),
        state.register.index.widest_class(),
    );
    if layout::list_head(areas.width) > 1 {
        let cell = focused.then_some(state.register.cell);
        headings(pen, line_at(areas.list, 1), &shape, cell);
    }
    let row_lines = layout::row_lines(areas.width);
    let register = &state.register;
    let fit = usize::from(rows.height / row_lines.max(1));
    for (n, at) in register.list.page().take(fit).enumerate() {
        let Some(line) = line_of(register, at) else {
            continue;
        };
        let place = Rect {
            height: row_lines,
            ..below(rows, n as u16 * row_lines)
        }
        .intersection(rows);
        let row = Row {
            line,
            stand: Stand {
                under_cursor: register.list.cursor() == Some(at),
                marked: register.marks.holds(line.pupil.id),
                focused,
            },
        };
        if areas.width == Width::Narrow {
            two_lines(pen, place, state, &row);
        } else {
            one_line(pen, place, state, &row, &shape);
        }
    }
}

/// A row to draw.
struct Row<'a> {
    line: &'a Line,
    stand: Stand,
}

/// The loaded line of a row of the list.
fn line_of(register: &Register, at: usize) -> Option<&Line> {
    let id = register
        .index
        .entries()
        .get(*register.rows.get(at)? as usize)?
        .id;
    let place = at.checked_sub(register.list.page().start)?;
    let by_place = register.page.get(place).filter(|line| line.pupil.id == id);
    by_place.or_else(|| register.page.iter().find(|line| line.pupil.id == id))
}

/// What the list shows: which pupils, in which order, narrowed by what; and where the cursor is in it.
pub(super) fn title(state: &State) -> Title<'_> {
    let register = &state.register;
    let absent = state
        .desk
        .child
        .as_ref()
        .filter(|_| state.desk.absent && state.is_tiled());
    let note = absent.map(|of| (format!("not {}", of.name), Role::StatusSoon));
    Title {
        what: capital(register.worklist.map_or("On roll", |list| list.title())),
        shown: register.rows.len(),
        all: register.unfiltered(),
        filter: &register.narrow.filter,
        typing: register.narrow.typing,
        marked: register.marks.len(),
        ranging: register.marks.anchor.is_some(),
        order: list::ordered(register.order.title(), register.reversed),
        place: register.list.cursor().map(|cursor| cursor + 1),
        note,
    }
}

/// Columns of the list, by what fits: a place of no columns is left out.
struct Shape {
    name: u16,
    class: u16,
    year: u16,
    status: u16,
    needs: u16,
    born: u16,
}

impl Shape {
    /// The widths of a list: name and letter first, then class, needs, the status in words, year, the class whole
    /// where `widest` columns are not too many, date of birth.
    fn of(width: u16, widest: usize) -> Self {
        let class = u16::try_from(widest).unwrap_or(u16::MAX).clamp(5, 12);
        let mut shape = Self {
            name: 12,
            class: 0,
            year: 0,
            status: 1,
            needs: 0,
            born: 0,
        };
        let used = |shape: &Self| {
            let part = |width: u16| if width > 0 { width + 2 } else { 0 };
            // After the name one column for the sign that something is to be mended.
            GUTTER
                + shape.name
                + 2
                + part(shape.class)
                + part(shape.year)
                + part(shape.status)
                + part(shape.needs)
                + part(shape.born)
        };
        let wanted: [&dyn Fn(&mut Self); 7] = [
            &|shape| shape.class = 5,
            &|shape| shape.name = 18,
            &|shape| shape.needs = 8,
            &|shape| shape.status = STATUS_WIDTH,
            &|shape| shape.year = 2,
            &|shape| shape.class = class,
            &|shape| shape.born = 10,
        ];
        for grow in wanted {
            let before = Self { ..shape };
            grow(&mut shape);
            if used(&shape) > width + 2 {
                shape = before;
            }
        }
        let spare = (width + 2).saturating_sub(used(&shape));
        let to_name = spare.min(30_u16.saturating_sub(shape.name));
        shape.name += to_name;
        if shape.needs > 0 {
            shape.needs += (spare - to_name).min(12);
        }
        shape
    }

    /// Splits a line into its cells: name, sign, class, year, status, needs, date of birth.
    fn cells(&self, area: Rect) -> [Rect; 7] {
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
            take(self.name, 0),
            take(1, 1),
            take(self.class, 2),
            take(self.year, 2),
            take(self.status, 2),
            take(self.needs, 2),
            take(self.born, 2),
        ]
    }
}

/// Column headings; `cell` is the one a key would edit, by its place in [`Register::CELLS`].
fn headings(pen: &mut Pen<'_>, area: Rect, shape: &Shape, cell: Option<usize>) {
    let words = [
        ("name", Some(0)),
        ("", None),
        ("class", Some(1)),
        ("yr", Some(2)),
        (if shape.status > 1 { "SEN" } else { "S" }, None),
        ("needs", None),
        ("born", Some(3)),
    ];
    for (place, (word, edits)) in shape.cells(area).into_iter().zip(words) {
        list::heading(pen, place, word, edits.is_some() && edits == cell);
    }
}

fn name_role(state: &State, row: &Row<'_>) -> Role {
    if row.stand.marked {
        Role::ListMarked
    } else if row.line.pupil.is_leaver(state.today) {
        Role::StatusOff
    } else {
        Role::TextNormal
    }
}

fn one_line(pen: &mut Pen<'_>, place: Rect, state: &State, row: &Row<'_>, shape: &Shape) {
    let pupil = &row.line.pupil;
    let glyphs = pen.theme.glyphs();
    let [name, sign, class, year, status, needs, born] = shape.cells(place);
    gutter(pen, place, row.stand);
    let shown = mark::name(pen, pupil, name.width);
    pen.say(name, &shown, name_role(state, row));
    let filter = state.register.narrow.filter.text();
    mark::matched(pen, name, &shown, filter);
    if !pupil.is_leaver(state.today) && !faults(row.line, state.today).is_empty() {
        pen.say(sign, &glyphs.soon.to_string(), Role::StatusSoon);
    }
    pen.say(
        class,
        pupil.class.as_deref().unwrap_or_default(),
        Role::TextNormal,
    );
    mark::matched(
        pen,
        class,
        pupil.class.as_deref().unwrap_or_default(),
        filter,
    );
    pen.say(
        year,
        pupil.year_on(state.today).unwrap_or_default(),
        Role::TextNormal,
    );
    let (letter, word, role) = mark::line_status(row.line, state.today, glyphs.off);
    if shape.status > 1 {
        pen.say(status, &format!("{letter} {word}"), role);
    } else {
        pen.say(status, &letter, role);
    }
    pen.say(needs, &mark::needs(row.line), Role::TextNormal);
    let day = mark::born(pen, pupil);
    pen.say(born, &day, Role::TextMuted);
    light(pen, place, row.stand);
}

fn two_lines(pen: &mut Pen<'_>, place: Rect, state: &State, row: &Row<'_>) {
    let pupil = &row.line.pupil;
    let glyphs = pen.theme.glyphs();
    let first = line_at(place, 0);
    gutter(pen, first, row.stand);
    let class = pupil.class.as_deref().unwrap_or_default();
    let name = pen.right(
        after(first, GUTTER),
        &format!(" {class} "),
        Role::TextNormal,
    );
    let shown = mark::name(pen, pupil, name.width);
    pen.say(name, &shown, name_role(state, row));
    mark::matched(pen, name, &shown, state.register.narrow.filter.text());
    let (letter, word, role) = mark::line_status(row.line, state.today, glyphs.off);
    let mut line: Vec<Piece> = vec![pen.piece(format!("{letter} {word}"), role)];
    let needs = mark::needs(row.line);
    if !needs.is_empty() {
        line.push(pen.piece(format!("  {needs}"), Role::TextNormal));
    }
    if !pupil.is_leaver(state.today) && !faults(row.line, state.today).is_empty() {
        line.push(pen.piece(format!("  {} to mend", glyphs.soon), Role::StatusSoon));
    }
    pen.line(after(line_at(place, 1), GUTTER), &line);
    light(pen, place, row.stand);
}

/// No row to show: why, and what helps.
fn empty(pen: &mut Pen<'_>, area: Rect, state: &State, keymap: &Keymap) {
    let register = &state.register;
    let school = &state.school.name;
    let key = |name: &str| crate::ui::status::key_of(keymap, name);
    if list::none_found(
        pen,
        area,
        (&register.narrow.filter, register.unfiltered()),
        keymap,
    ) {
        return;
    }
    if let Some(list) = register.worklist {
        let text = format!("Nobody at {school} is in this worklist: {}.", list.title());
        let action = Action::Register(Act::Worklist(list));
        let again = list::again(keymap, action, "everyone on roll");
        return paragraphs(pen, area, &[&text, &again]);
    }
    if register.counts().left > 0 {
        let text = format!("Nobody is on roll at {school}.");
        let help = format!(
            "{} shows who has left; {} adds a pupil.",
            key("register.leavers"),
            key("global.new")
        );
        return paragraphs(pen, area, &[&text, &help]);
    }
    let text = format!("No pupils yet at {school}.");
    let import = format!(
        "{} import brings in the office's list (CSV); nothing is written before you agree.",
        key("global.palette")
    );
    let add = format!("{} adds one.", key("global.new"));
    paragraphs(pen, area, &[&text, &import, &add]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_the_list_never_take_more_than_it_has() {
        for width in 12..=200 {
            let cells = Shape::of(width, 9).cells(Rect::new(0, 0, width, 1));
            assert!(cells.iter().all(|cell| cell.right() <= width), "{width}");
        }
    }

    #[test]
    fn the_wider_the_list_the_more_it_says() {
        let shown = |width| {
            let shape = Shape::of(width, 5);
            (
                shape.class > 0,
                shape.year > 0,
                shape.needs > 0,
                shape.status > 1,
                shape.born > 0,
            )
        };
        assert_eq!(shown(30), (true, true, false, false, false));
        assert_eq!(shown(54), (true, false, true, true, false));
        assert_eq!(shown(80), (true, true, true, true, true));
    }

    #[test]
    fn a_class_is_shown_whole_where_there_is_room() {
        assert_eq!(Shape::of(80, "chestnut".len()).class, 8);
        assert_eq!(Shape::of(36, "chestnut".len()).class, 5);
        assert_eq!(Shape::of(80, 2).class, 5);
    }
}
