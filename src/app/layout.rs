//! Where things stand for a size of terminal: settled here, before drawing.
//!
//! ```text
//! ┌ band: the school ─────────────┐
//! │ tabs                          │
//! │s list            │ peek │ rail│
//! │p                 │      │     │
//! │ message                       │
//! └ keys ─────────────────────────┘
//! ```

use super::pane::Pane;
use ratatui::layout::Rect;

/// How much fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// Under 36 x 10: one row and the count.
    Tiny,
    /// 36 to 59: one column, two lines a row.
    Narrow,
    /// 60 to 99: the list, a peek under it.
    Middle,
    /// 100 to 139: the list, the peek beside it.
    Wide,
    /// 140 and up: list, peek and rail.
    Full,
}

/// Areas of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// How much fits.
    pub width: Width,
    /// The top line.
    pub band: Rect,
    /// The line of tabs.
    pub tabs: Rect,
    /// The school's code down the left edge; one column, empty when there is one school.
    pub spine: Rect,
    /// All between tabs and message line.
    pub body: Rect,
    /// The list, its title and heading line included.
    pub list: Rect,
    /// The selected row in full; empty when there is no room.
    pub peek: Rect,
    /// Counts at the right; empty when there is no room.
    pub rail: Rect,
    /// The message line.
    pub message: Rect,
    /// The line of keys.
    pub keys: Rect,
}

/// Lines of a list that are no rows: its title, and its column headings where there is room for them.
pub fn list_head(width: Width) -> u16 {
    match width {
        Width::Tiny => 0,
        Width::Narrow => 1,
        _ => 2,
    }
}

/// Lines of one row.
pub fn row_lines(width: Width) -> u16 {
    if width == Width::Narrow { 2 } else { 1 }
}

/// Settles the areas of the desk for a size; `schools` is how many the desk holds.
pub fn areas((columns, rows): (u16, u16), schools: usize) -> Areas {
    let width = match columns {
        _ if columns < 36 || rows < 10 => Width::Tiny,
        36..=59 => Width::Narrow,
        60..=99 => Width::Middle,
        100..=139 => Width::Wide,
        _ => Width::Full,
    };
    let line = |y: u16| Rect::new(0, y.min(rows), columns, u16::from(y < rows));
    let empty = Rect::new(0, 0, 0, 0);
    if width == Width::Tiny {
        let body = Rect::new(0, 1.min(rows), columns, rows.saturating_sub(2));
        return Areas {
            width,
            band: line(0),
            tabs: empty,
            spine: empty,
            body,
            list: body,
            peek: empty,
            rail: empty,
            message: if rows > 1 { line(rows - 1) } else { empty },
            keys: empty,
        };
    }
    let spine_width = u16::from(schools > 1) * 2;
    let body_height = rows.saturating_sub(4);
    let spine = Rect::new(0, 2, spine_width, body_height);
    let body = Rect::new(spine_width, 2, columns - spine_width, body_height);
    let (list, peek, rail) = split(width, body);
    Areas {
        width,
        band: line(0),
        tabs: line(1),
        spine,
        body,
        list,
        peek,
        rail,
        message: line(rows - 2),
        keys: line(rows - 1),
    }
}

fn split(width: Width, body: Rect) -> (Rect, Rect, Rect) {
    let none = Rect::new(body.right(), body.y, 0, 0);
    match width {
        Width::Tiny | Width::Narrow => (body, none, none),
        Width::Middle => {
            let peek_height = match body.height {
                0..=11 => 0,
                12..=15 => 4,
                16..=19 => 5,
                _ => 7,
            };
            let list = Rect::new(body.x, body.y, body.width, body.height - peek_height);
            (
                list,
                Rect::new(body.x, list.bottom(), body.width, peek_height),
                none,
            )
        }
        Width::Wide | Width::Full => {
            let rail_width = if width == Width::Full { 26 } else { 0 };
            let rest = body.width - rail_width;
            let list_width = (rest * 11 / 20).min(96);
            let list = Rect::new(body.x, body.y, list_width, body.height);
            let peek = Rect::new(list.right(), body.y, rest - list_width, body.height);
            (
                list,
                peek,
                Rect::new(peek.right(), body.y, rail_width, body.height),
            )
        }
    }
}

/// Rows of the list that fit.
pub fn rows_shown(areas: &Areas) -> usize {
    usize::from(areas.list.height.saturating_sub(list_head(areas.width)) / row_lines(areas.width))
}

/// From this size on the Desk is the first screen.
pub const DESK_OPENS: (u16, u16) = (140, 40);

/// From this size on the Desk has its four panes side by side; under it the three without the keys are a line each.
pub const DESK_WHOLE: (u16, u16) = (80, 24);

/// True where a terminal of this size has at least that one's columns and rows.
pub fn holds(size: (u16, u16), least: (u16, u16)) -> bool {
    size.0 >= least.0 && size.1 >= least.1
}

/// The four panes of the Desk, in the order of their digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tiles {
    /// Where each stands. Its list is its tile; peek and rail have no room there.
    pub each: [Areas; 4],
    /// True where only the pane with the keys is open and the others are told in a line each.
    pub folded: bool,
    /// The line between left and right; empty where they stand under each other.
    pub seam: Rect,
}

/// Settles the tiles of the Desk within the areas of a screen; `keys` is the pane that has the keys.
///
/// ```text
/// │1 register │2 provision│      │1 register, a line  │
/// │           │           │  or  │3 diary             │
/// │3 diary    │4 tasks    │      │                    │
/// │           │           │      │4 tasks, a line     │
/// ```
pub fn tiles(areas: &Areas, keys: Pane) -> Tiles {
    let body = areas.body;
    let none = Rect::new(body.right(), body.y, 0, 0);
    let tile = |list: Rect| Areas {
        width: areas.width.min(Width::Middle),
        body: list,
        list,
        peek: none,
        rail: none,
        ..*areas
    };
    let size = (body.right(), areas.keys.bottom());
    if holds(size, DESK_WHOLE) {
        let (left, top) = ((body.width - 1) / 2, body.height / 2);
        let right = body.width - 1 - left;
        let at = |column: u16, row: u16| {
            tile(Rect::new(
                body.x + column * (left + 1),
                body.y + row * top,
                if column == 0 { left } else { right },
                if row == 0 { top } else { body.height - top },
            ))
        };
        return Tiles {
            each: [at(0, 0), at(1, 0), at(0, 1), at(1, 1)],
            folded: false,
            seam: Rect::new(body.x + left, body.y, 1, body.height),
        };
    }
    // In the smallest place there is room for one alone.
    let line = u16::from(areas.width != Width::Tiny);
    let mut y = body.y;
    let each = Pane::ALL.map(|pane| {
        let height = if pane == keys {
            body.height.saturating_sub(3 * line)
        } else {
            line
        };
        let list = Rect::new(body.x, y, body.width, height).intersection(body);
        y += height;
        tile(list)
    });
    Tiles {
        each,
        folded: true,
        seam: none,
    }
}

/// A box over the middle of the body: finder, palette, form. As wide as asked, never wider than there is room, and
/// as wide as the room where only a strip of what is under it would be left.
pub fn over(areas: &Areas, columns: u16, lines: u16) -> Rect {
    let frame = if areas.width == Width::Tiny {
        areas.body
    } else {
        areas.body.union(areas.message)
    };
    let width = if columns.saturating_add(8) >= frame.width {
        frame.width
    } else {
        columns
    };
    let height = lines.min(frame.height);
    Rect::new(
        frame.x + (frame.width - width) / 2,
        frame.y + (frame.height - height) / 3,
        width,
        height,
    )
}

/// Lines inside a box's frame.
pub fn inner_lines(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(2))
}

/// The box commands are chosen in.
pub fn chooser(areas: &Areas) -> Rect {
    // A command that cannot be run here is told of on the message line.
    let area = over(areas, 92, 40);
    let under = area.bottom().saturating_sub(areas.message.y);
    let under = if areas.message.is_empty() || areas.width == Width::Tiny {
        0
    } else {
        under
    };
    Rect {
        height: area.height - under.min(area.height),
        ..area
    }
}

/// The box children are put on provision in.
pub fn put_on(areas: &Areas) -> Rect {
    over(areas, 76, 18)
}

/// The box an import's plan is read in.
pub fn plan(areas: &Areas) -> Rect {
    over(areas, 120, 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_has_its_areas_inside_the_terminal_and_apart() {
        for columns in 1..=220 {
            for rows in 1..=70 {
                for schools in [1, 3] {
                    let found = areas((columns, rows), schools);
                    let screen = Rect::new(0, 0, columns, rows);
                    for area in [
                        found.band,
                        found.tabs,
                        found.spine,
                        found.list,
                        found.peek,
                        found.rail,
                        found.message,
                        found.keys,
                    ] {
                        assert_eq!(
                            area.intersection(screen).area(),
                            area.area(),
                            "{columns}x{rows} {area:?}"
                        );
                    }
                    let total: u32 = [found.list, found.peek, found.rail]
                        .iter()
                        .map(|area| area.area())
                        .sum();
                    assert_eq!(total, found.body.area(), "{columns}x{rows}");
                }
            }
        }
    }

    #[test]
    fn every_size_has_its_four_tiles_inside_the_body_and_apart() {
        for columns in 1..=220 {
            for rows in 1..=70 {
                for keys in Pane::ALL {
                    let found = areas((columns, rows), 1 + usize::from(rows % 2));
                    let tiles = tiles(&found, keys);
                    let parts = tiles.each.map(|tile| tile.list);
                    let total: u32 = parts.iter().map(|part| part.area()).sum();
                    assert_eq!(
                        total + tiles.seam.area(),
                        found.body.area(),
                        "{columns}x{rows}"
                    );
                    for (n, part) in parts.iter().enumerate() {
                        assert_eq!(
                            part.intersection(found.body).area(),
                            part.area(),
                            "{columns}x{rows} {part:?}"
                        );
                        let others = parts[n + 1..].iter().chain([&tiles.seam]);
                        for other in others {
                            assert!(!part.intersects(*other), "{columns}x{rows} {part:?}");
                        }
                    }
                    let open = tiles.each[keys.place()];
                    let least = usize::from(found.width != Width::Tiny);
                    assert!(rows_shown(&open) >= least, "{columns}x{rows} {open:?}");
                }
            }
        }
    }

    #[test]
    fn the_desk_has_four_tiles_from_eighty_by_twenty_four_on() {
        let shown = |size| {
            tiles(&areas(size, 1), Pane::Diary)
                .each
                .map(|tile| rows_shown(&tile))
        };
        assert_eq!(shown((80, 24)), [8, 8, 8, 8]);
        assert_eq!(shown((160, 50)), [21, 21, 21, 21]);
        assert_eq!(shown((80, 23)), [0, 0, 14, 0]);
        assert_eq!(shown((36, 20)), [0, 0, 6, 0]);
    }

    #[test]
    fn the_layouts_change_at_their_widths() {
        for (columns, want) in [
            (35, Width::Tiny),
            (36, Width::Narrow),
            (59, Width::Narrow),
            (60, Width::Middle),
            (99, Width::Middle),
            (100, Width::Wide),
            (139, Width::Wide),
            (140, Width::Full),
        ] {
            assert_eq!(areas((columns, 24), 1).width, want, "{columns}");
        }
        assert_eq!(areas((80, 9), 1).width, Width::Tiny);
    }

    #[test]
    fn eighty_by_twenty_four_shows_eleven_rows_and_a_peek() {
        let found = areas((80, 24), 1);
        assert_eq!((rows_shown(&found), found.peek.height), (11, 7));
    }
}
