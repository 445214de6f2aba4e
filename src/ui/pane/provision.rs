//! The provision map as a list: runs under their area, or children with what each gets; in narrow places two lines a
//! row.

use super::list::{self, GUTTER, Stand, Title, capital, gutter, light};
use super::paragraphs;
use crate::app::keymap::Keymap;
use crate::app::layout::{self, Areas, Width};
use crate::app::pane::Pane;
use crate::app::pane::provision::{By, Provision, Row, Shown, Worklist};
use crate::app::state::State;
use crate::domain::code::Area;
use crate::domain::date;
use crate::domain::provision::cost::{Cost, pounds};
use crate::domain::provision::{Phase, hours};
use crate::ui::contact;
use crate::ui::mark;
use crate::ui::pen::{Pen, after, below, columns, first_row, line_at};
use crate::ui::status::key_of;
use crate::ui::theme::Role;
use ratatui::layout::Rect;

/// The list.
pub(super) fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap) {
    let map = &state.provision;
    let focused = state.has_keys(Pane::Provision);
    let rows = list::head(pen, areas, state, Pane::Provision, &title(state));
    if map.rows.is_empty() {
        return empty(pen, rows, state, keymap);
    }
    let width = areas.list.width - list::gap(areas);
    let shape = Shape::of(width, by_child(map), shows_past(map), leaves_out(map));
    if layout::list_head(areas.width) > 1 {
        let place = line_at(areas.list, 1);
        headings(pen, Rect { width, ..place }, &shape, by_child(map));
    }
    let narrow = areas.width == Width::Narrow;
    let tall = |at: usize| match map.rows.get(at) {
        Some(Row::Head(..)) => 1,
        _ if narrow => 2,
        _ => 1,
    };
    let cursor = map.list.cursor().unwrap_or(0);
    let top = map.list.top_under(&map.rows, Row::is_head);
    let first = first_row(top, cursor, usize::from(rows.height), tall);
    let mut place = Rect { width, ..rows };
    for (at, row) in map.rows.iter().enumerate().skip(first) {
        if place.is_empty() {
            break;
        }
        let height = (tall(at) as u16).min(place.height);
        let here = Rect { height, ..place };
        if let Row::Head(of, count) = *row {
            group_head(pen, here, map, at, (of, count));
        } else {
            let stand = Stand {
                under_cursor: at == cursor,
                marked: map.key(*row).is_some_and(|key| map.marks.holds(key)),
                focused,
            };
            one_row(pen, here, state, (*row, stand), &shape);
        }
        place = below(place, height);
    }
}

/// True where a row is a child's place, not a run.
fn by_child(map: &Provision) -> bool {
    map.by == By::Child || map.of.is_some()
}

/// What stands above the list.
pub(super) fn title(state: &State) -> Title<'_> {
    let map = &state.provision;
    let what = match (&map.of, map.worklist) {
        (Some(of), None) => format!("{}: provision", of.name),
        (Some(of), Some(worklist)) => format!("{}: {}", of.name, worklist.title()),
        (None, Some(worklist)) => capital(worklist.title()),
        (None, None) => "Provision map".to_owned(),
    };
    // One child's hours and cost are what is asked for.
    let note = map.of.as_ref().and_then(|_| {
        let rows = map.rows.iter().filter(|row| !matches!(row, Row::Head(..)));
        let told = totals(map, rows.copied());
        told.map(|text| (text, Role::TextNormal))
    });
    Title {
        what,
        shown: map.count(),
        all: map.unfiltered(),
        filter: &map.narrow.filter,
        typing: map.narrow.typing,
        marked: map.marks.len(),
        ranging: map.marks.anchor.is_some(),
        order: if map.of.is_some() {
            String::new()
        } else {
            list::ordered(map.by.title(), map.reversed)
        },
        place: map.place(),
        note,
    }
}

/// Hours a week of what runs, and planned cost of all, in a few words; nothing of nothing.
fn totals(map: &Provision, rows: impl Iterator<Item = Row>) -> Option<String> {
    let (mut minutes, mut pence, mut unknown, mut any) = (0, 0, false, false);
    let mut nobody = 0;
    for row in rows {
        let (shown, cost) = match row {
            Row::Run(at) => {
                let shown = map.shown(at)?;
                nobody += shown.unallocated.unwrap_or(0);
                (shown, shown.planned)
            }
            Row::Member(at, place) => {
                let shown = map.shown(at)?;
                (shown, shown.parts.get(place).copied()?)
            }
            Row::Head(..) => continue,
        };
        any = true;
        if shown.phase == Phase::Running {
            minutes += shown.run.provision.minutes_week();
        }
        match cost {
            Ok(cost) => pence += cost,
            Err(_) => unknown = true,
        }
    }
    let cost = match (unknown, pence) {
        (true, 0) => "cost not known".to_owned(),
        (true, pence) => format!("{} and more", pounds(pence)),
        (false, pence) => pounds(pence),
    };
    let nobody = match nobody {
        0 => String::new(),
        pence => format!(", {} unallocated", pounds(pence)),
    };
    any.then(|| format!("{} h a week, {cost}{nobody}", hours(minutes)))
}

/// A group's heading in its rule: the area, or the child with what all of it comes to.
fn group_head(
    pen: &mut Pen<'_>,
    place: Rect,
    map: &Provision,
    at: usize,
    (of, count): (usize, usize),
) {
    pen.rule(place);
    let Some(shown) = map.shown(of) else { return };
    let sign = pen.theme.glyphs().rule;
    let used = pen.say(place, &format!("{sign}{sign} "), Role::SurfaceBorder);
    let mut rest = after(place, used);
    let under = map.rows.iter().skip(at + 1).take(count).copied();
    let (name, total) = match map.rows.get(at + 1) {
        Some(Row::Member(of, place)) => {
            let member = map
                .shown(*of)
                .and_then(|shown| shown.run.members.get(*place));
            let name = member.map(|member| contact::spoken(pen, &member.child));
            (name.unwrap_or_default(), totals(map, under))
        }
        _ => (
            shown.area().map_or("No area given", Area::label).to_owned(),
            totals(map, under),
        ),
    };
    let name = format!("{name} ({count}) ");
    // Where all of it has no room, the money alone: with what of it is nobody's.
    let short = total.as_ref().and_then(|text| text.split_once(", "));
    let short = short.map(|(_, money)| money.to_owned());
    let fits = |text: &String| columns(&name) + columns(text) + 2 <= usize::from(rest.width);
    let texts = total.into_iter().chain(short);
    if let Some(total) = texts.map(|text| format!(" {text} ")).find(fits) {
        rest = pen.right(rest, &total, Role::TextMuted);
    }
    pen.say(rest, &name, Role::ListHeader);
}

/// True for a list that holds what is over beside what runs.
fn shows_past(map: &Provision) -> bool {
    map.of.is_some() || map.worklist == Some(Worklist::Over)
}

/// True for a list of runs of which one has cost that falls to nobody.
fn leaves_out(map: &Provision) -> bool {
    let mut rows = map.rows.iter();
    rows.any(|row| match row {
        Row::Run(at) => map.shown(*at).is_some_and(|shown| nobodys(shown).is_some()),
        _ => false,
    })
}

/// What of the planned cost of a run falls to nobody, where any does.
fn nobodys(shown: &Shown) -> Option<i64> {
    shown.unallocated.ok().filter(|pence| *pence != 0)
}

/// Columns of the list, by what fits: a place of no columns is left out.
struct Shape {
    name: u16,
    staff: u16,
    children: u16,
    hours: u16,
    cost: u16,
    nobody: u16,
    until: u16,
}

impl Shape {
    /// The widths of a list: name, hours and cost first, then until when, who runs it and how many are on it.
    fn of(width: u16, by_child: bool, ended: bool, nobody: bool) -> Self {
        let mut shape = Self {
            name: 8,
            staff: 0,
            children: 0,
            hours: 0,
            cost: 0,
            nobody: 0,
            until: 0,
        };
        let used = |shape: &Self| {
            let part = |width: u16| if width > 0 { width + 2 } else { 0 };
            GUTTER
                + shape.name
                + part(shape.staff)
                + part(shape.children)
                + part(shape.hours)
                + part(shape.cost)
                + part(shape.nobody)
                + part(shape.until)
        };
        let wanted: [&dyn Fn(&mut Self); 9] = [
            &|shape| shape.name = 14,
            &|shape| shape.cost = 8,
            &|shape| shape.nobody = if nobody { 8 } else { 0 },
            &|shape| shape.hours = 5,
            &|shape| shape.until = if ended { 11 } else { 8 },
            &|shape| shape.name = 20,
            &|shape| shape.children = if by_child { 0 } else { 3 },
            &|shape| shape.staff = 12,
            &|shape| shape.staff = 18,
        ];
        for grow in wanted {
            let before = Self { ..shape };
            grow(&mut shape);
            if used(&shape) > width {
                shape = before;
            }
        }
        shape.name += width.saturating_sub(used(&shape)).min(24);
        shape
    }

    /// Splits a line into its cells: name, run by, on it, hours, cost, what of it is nobody's, until.
    fn cells(&self, area: Rect) -> [Rect; 7] {
        let mut rest = after(area, GUTTER);
        let mut take = |width: u16| {
            let cell = Rect {
                width: width.min(rest.width),
                ..rest
            };
            rest = after(rest, if width > 0 { width + 2 } else { 0 });
            cell
        };
        [
            take(self.name),
            take(self.staff),
            take(self.children),
            take(self.hours),
            take(self.cost),
            take(self.nobody),
            take(self.until),
        ]
    }
}

fn headings(pen: &mut Pen<'_>, area: Rect, shape: &Shape, by_child: bool) {
    let [name, staff, children, time, cost, nobody, until] = shape.cells(area);
    for (place, word) in [(name, "provision"), (staff, "run by"), (until, "until")] {
        list::heading(pen, place, word, false);
    }
    let planned = if by_child { "share" } else { "planned" };
    for (place, word) in [
        (children, "on"),
        (time, "h/wk"),
        (cost, planned),
        (nobody, "unalloc."),
    ] {
        if columns(word) <= usize::from(place.width) {
            pen.right(place, word, Role::ListHeader);
        }
    }
}

fn one_row(
    pen: &mut Pen<'_>,
    place: Rect,
    state: &State,
    (row, stand): (Row, Stand),
    shape: &Shape,
) {
    let map = &state.provision;
    let (Row::Run(at) | Row::Member(at, _)) = row else {
        return;
    };
    let Some(shown) = map.shown(at) else { return };
    let cost = match row {
        Row::Member(_, member) => shown.parts.get(member).copied().unwrap_or(shown.planned),
        _ => shown.planned,
    };
    gutter(pen, line_at(place, 0), stand);
    let role = match shown.phase {
        _ if stand.marked => Role::ListMarked,
        Phase::Over => Role::StatusOff,
        _ => Role::TextNormal,
    };
    if place.height > 1 {
        two_lines(pen, place, state, (shown, cost), role);
    } else {
        let [name, staff, children, time, price, nobody, until] = shape.cells(place);
        let is_over = until.width == 0 && shown.phase == Phase::Over;
        let name = if is_over {
            pen.right(name, " over", role)
        } else {
            name
        };
        name_of(pen, name, state, shown, role);
        let run = &shown.run.provision;
        pen.say(staff, run.staff_name.as_deref().unwrap_or_default(), role);
        let on_it = shown.run.members_on(state.today).count();
        pen.right(children, &on_it.to_string(), role);
        pen.right(time, &hours(run.minutes_week()), role);
        let (text, priced) = told_cost(cost, role);
        pen.right(price, &text, priced);
        if let Some(pence) = nobodys(shown).filter(|_| matches!(row, Row::Run(_))) {
            pen.right(nobody, &pounds(pence), Role::StatusSoon);
        }
        pen.say(until, &told_until(shown), role);
    }
    light(pen, place, stand);
}

/// The name, after the sign of what is to be mended.
fn name_of(pen: &mut Pen<'_>, place: Rect, state: &State, shown: &Shown, role: Role) {
    let mut rest = place;
    if !shown.faults.is_empty() {
        let sign = pen.theme.glyphs().soon;
        let used = pen.say(rest, &sign.to_string(), Role::StatusSoon);
        rest = after(rest, used + 1);
    }
    let name = shown.run.provision.title();
    let used = pen.say(rest, &name, role);
    mark::matched(pen, rest, &name, state.provision.narrow.filter.text());
    if let Some(child) = only_child(pen, state, shown) {
        let whose = match role {
            Role::TextNormal => Role::TextMuted,
            other => other,
        };
        pen.say(after(rest, used + 2), &child, whose);
    }
}

/// Who has a run alone, or is on one of two of one name: they would be alike otherwise, row after row.
fn only_child(pen: &Pen<'_>, state: &State, shown: &Shown) -> Option<String> {
    if state.provision.by != By::Provision || state.provision.of.is_some() {
        return None;
    }
    let mut there = shown.run.members_on(state.today);
    let first = contact::spoken(pen, &there.next()?.child);
    match there.count() {
        0 => Some(first),
        more if state.provision.has_twin(shown) => Some(format!("{first} +{more}")),
        _ => None,
    }
}

fn two_lines(
    pen: &mut Pen<'_>,
    place: Rect,
    state: &State,
    (shown, cost): (&Shown, Cost),
    role: Role,
) {
    let first = after(line_at(place, 0), GUTTER);
    let (text, priced) = told_cost(cost, role);
    let rest = pen.right(first, &format!(" {text}"), priced);
    name_of(pen, rest, state, shown, role);
    let run = &shown.run.provision;
    let staff = run.staff_name.as_deref();
    let staff = staff.map(|name| format!("{name}, ")).unwrap_or_default();
    let nobody = match nobodys(shown).filter(|_| !by_child(&state.provision)) {
        Some(pence) => format!("{} unallocated, ", pounds(pence)),
        None => String::new(),
    };
    let text = format!(
        "{nobody}{staff}{} h/wk, {}",
        hours(run.minutes_week()),
        told_until(shown)
    );
    let second = after(line_at(place, 1), GUTTER + 2);
    pen.say(second, &text, Role::TextMuted);
}

fn told_cost(cost: Cost, role: Role) -> (String, Role) {
    match cost {
        Ok(pence) => (pounds(pence), role),
        Err(_) => ("?".to_owned(), Role::StatusSoon),
    }
}

/// Its last day: `18 Dec`, or `over 18 Dec`; of what is to come its first, `> 4 Jan`.
fn told_until(shown: &Shown) -> String {
    match shown.phase {
        Phase::ToCome => format!("> {}", date::day_month(shown.run.provision.starts)),
        Phase::Running => date::day_month(shown.last),
        // A word, because the colour alone does not tell it in every theme.
        Phase::Over => format!("over {}", date::day_month(shown.last)),
    }
}

/// No row to show: why, and what helps.
fn empty(pen: &mut Pen<'_>, area: Rect, state: &State, keymap: &Keymap) {
    let map = &state.provision;
    if list::none_found(pen, area, (&map.narrow.filter, map.unfiltered()), keymap) {
        return;
    }
    let put_on = key_of(keymap, "global.put-on");
    if let Some(worklist) = map.worklist {
        let text = match worklist {
            Worklist::ToMend => "Nothing is to be mended in the provision map.",
            Worklist::Over => "No provision is over yet.",
        };
        let back = "The same keys again, or Esc, show what runs and what is to come.";
        return paragraphs(pen, area, &[text, back]);
    }
    if let Some(of) = &map.of {
        let text = format!(
            "No provision for {} yet. {put_on} puts the child on one.",
            of.name
        );
        return paragraphs(
            pen,
            area,
            &[&text, &list::back(state, Pane::Provision, keymap)],
        );
    }
    let text = format!("No provision at {} yet.", state.school.name);
    let help = format!(
        "{put_on} on a child in the register puts the child, or all marked, on provision. {} adds one by its form.",
        key_of(keymap, "global.new")
    );
    paragraphs(pen, area, &[&text, &help]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_the_map_never_take_more_than_it_has() {
        for width in 0..=200 {
            let area = Rect::new(0, 0, width, 1);
            for by_child in [false, true] {
                let cells = Shape::of(width, by_child, true, true).cells(area);
                assert!(cells.iter().all(|cell| cell.right() <= width), "{width}");
            }
        }
    }

    #[test]
    fn a_narrow_map_keeps_name_and_cost_and_a_wide_one_says_who_runs_it() {
        let narrow = Shape::of(36, false, false, false);
        assert!(narrow.name >= 14 && narrow.cost > 0 && narrow.staff == 0);
        let wide = Shape::of(80, false, false, false);
        assert!(wide.staff >= 12 && wide.children > 0 && wide.until > 0);
    }
}
